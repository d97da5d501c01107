"""Turn a clone of Daybook into a keeper's own, empty archive: ``make new NAME="..." URL=...``.

The samples that come with Daybook (digests, the papers' pages with their ledger, metadata) are
listed with their checksums in ``content/samples.sha256``. Exactly those are removed, and pages that
differ from the list only because this version's converter writes them so: that is known by building
the samples anew, elsewhere, and comparing every byte. If anything else lies among them, or one of
them was changed, nothing at all is removed: it may be somebody's work. Without the list there are
no samples, and only the name and the address are written.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from .archive.ledger import FILE_NAME
from .archive.standing import FILE_NAME as STANDING
from .commands import ended
from .errors import DaybookError
from .plain_files import write_whole
from .report import printable

LIST = "samples.sha256"
"""The list of samples in the content folder, in the format of ``sha256sum --check``."""
LEARNED = "learned/terms.txt"
"""What `make learn` made of the samples, if anybody ran it."""
FOUND = f"papers/{STANDING}"
"""What the last conversion found of the samples: of their own archives keepers commit it."""
FOLDERS = ("digests", "metadata", "papers")
"""Where samples lie in the content folder."""
SETTINGS_FILE = "pelican.conf.py"
_KEPT = frozenset({".gitkeep"})
_NAME = re.compile(r'^SITENAME = ".*"$', re.MULTILINE)
_ADDRESS = re.compile(r'(os\.environ\.get\("SITEURL", )"[^"\n]*"(?=\))')
_MOST_NAMED = 10
_BUILT = {0, 3}
"""Pelican's exit codes for a site that was built, without and with refusals."""


class NewArchiveError(DaybookError):
    """A clone that cannot be made anybody's archive without losing something."""


def make_archive(project: Path, name: str, url: str = "") -> int:
    """Name the archive in `project` and remove the samples; give how many files were removed.

    Running it again only renames the archive.

    Raises:
        NewArchiveError: for a name or address that cannot be one, and when a file that is not a
            sample, or no longer, would be lost. Nothing is changed then.
    """
    settings = project / SETTINGS_FILE
    text = _named(settings.read_text(encoding="utf-8"), _checked_name(name), _checked_url(url))
    content = project / "content"
    samples = _samples(content)
    ours = {*samples, *_refuse_to_lose(project, samples)} if samples else set()
    write_whole(settings, text.encode())
    for sample in ours:
        (content / sample).unlink(missing_ok=True)
    if samples:
        for folder in FOLDERS:
            _clear_empty(content / folder)
        (content / LIST).unlink()
        (content / LEARNED).unlink(missing_ok=True)
        _forget_found(project, content / FOUND)
    return len(ours)


def _forget_found(project: Path, file: Path) -> None:
    """Have git ignore a file no longer that it ignores of the samples, and remove that."""
    file.unlink(missing_ok=True)
    ignored = project / ".gitignore"
    if ignored.is_file():
        lines = ignored.read_text("utf-8").splitlines(keepends=True)
        mine = file.relative_to(project).as_posix()
        write_whole(ignored, "".join(line for line in lines if mine not in line).encode())


def write_list(content: Path) -> None:
    """List the files that now lie in the content folder as Daybook's own samples."""
    lines = [f"{_checksum(content / name)}  {name}\n" for name in _files(content)]
    (content / LIST).write_text("".join(lines), encoding="utf-8")


def _files(content: Path) -> Iterator[str]:
    """Give every file in the folders of samples, relative to the content folder, in order."""
    for folder in FOLDERS:
        for path in sorted((content / folder).rglob("*")):
            name = path.relative_to(content).as_posix()
            is_file = path.is_symlink() or not path.is_dir()
            if is_file and path.name not in _KEPT and name != FOUND:
                yield name


def _checksum(path: Path) -> str:
    """Give the SHA-256 of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _samples(content: Path) -> dict[str, str]:
    """Read the list: names with their checksums; empty where there is no list."""
    try:
        lines = (content / LIST).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    samples = {}
    for line in lines:
        checksum, _, name = line.partition("  ")
        if name.split("/", 1)[0] not in FOLDERS or ".." in name.split("/"):
            raise NewArchiveError(f"content/{LIST} is damaged: it lists {name!r}")
        samples[name] = checksum
    return samples


def _refuse_to_lose(project: Path, samples: Mapping[str, str]) -> list[str]:
    """Stop if anything that is not a sample, or was changed, lies among the samples.

    Gives the files that differ from the list and are what `make site` writes for the samples.
    """
    content = project / "content"
    own = [
        name
        for name in _files(content)
        if name not in samples or _checksum(content / name) != samples[name]
    ]
    written = []
    if own and all(name.startswith("papers/") for name in own):
        written = _written_anew(project, own)
        own = [name for name in own if name not in written]
    if own:
        named = "".join(f"\n  content/{printable(name)}" for name in own[:_MOST_NAMED])
        more = f"\n  and {len(own) - _MOST_NAMED} more" if len(own) > _MOST_NAMED else ""
        raise NewArchiveError(
            "these files are not the samples that came with Daybook, and would be lost or mixed "
            f"with them:{named}{more}\nMove them elsewhere (or undo the changes with git), run it "
            "again, and put your digests back. Nothing was changed."
        )
    return written


def _written_anew(project: Path, names: Sequence[str]) -> list[str]:
    """Give those files that a build from the digests alone writes just so, to the byte.

    It has the ledger, so that slugs and numbers are the same, and none of the pages: what a person
    wrote on one is not in its copy. What is not an ordinary file never counts.
    """
    sys.stderr.write("The samples' pages are not those of the list: building them anew ...\n")
    with tempfile.TemporaryDirectory() as name:
        papers = Path(name, "papers")
        papers.mkdir()
        ledger = project / "content" / "papers" / FILE_NAME
        if ledger.is_file():
            shutil.copy(ledger, papers)
        environment = {
            key: value
            for key, value in os.environ.items()
            if key not in {"DIGESTS", "METADATA", "SITEURL"}
        }
        environment |= {"PAPERS": str(papers), "OUTPUT": str(Path(name, "output"))}
        command = [sys.executable, "-m", "pelican", "content", "-s", SETTINGS_FILE]
        build = subprocess.run(
            command, cwd=project, env=environment, check=False, capture_output=True
        )
        if build.returncode not in _BUILT:
            return []
        return [
            file
            for file in names
            if not (project / "content" / file).is_symlink()
            and Path(name, file).is_file()
            and Path(name, file).read_bytes() == (project / "content" / file).read_bytes()
        ]


def _clear_empty(folder: Path) -> None:
    """Remove the folders in `folder` that are now empty, and keep `folder` itself."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink() and not any(path.iterdir()):
            path.rmdir()
    folder.mkdir(exist_ok=True)
    (folder / ".gitkeep").touch()


def _checked_name(name: str) -> str:
    """Check that a name is one line of text."""
    if not name.strip() or not name.isprintable():
        raise NewArchiveError(
            f'NAME should be the archive\'s name, as in NAME="My papers": {name!r}'
        )
    return name.strip()


def _checked_url(url: str) -> str:
    """Check that an address is a site's, and give it without a slash at its end."""
    address = url.strip().rstrip("/")
    parts = urlsplit(address)
    plain = address.isascii() and address.isprintable() and not re.search(r"[\s\"'<>\\]", address)
    whole = parts.scheme in {"http", "https"} and parts.hostname and not parts.query
    if address and not (plain and whole and not parts.fragment):
        raise NewArchiveError(f"URL should be as https://example.org/papers, and is {url!r}")
    return address


def _named(settings: str, name: str, url: str) -> str:
    """Write name and address where the settings file reads them."""
    title = json.dumps(name, ensure_ascii=False)  # as good a literal of Python as of JSON
    settings, names = _NAME.subn(lambda _: f"SITENAME = {title}", settings)
    settings, addresses = _ADDRESS.subn(lambda at: f'{at[1]}"{url}"', settings)
    if (names, addresses) != (1, 1):
        raise NewArchiveError(
            f"{SETTINGS_FILE} no longer has one place each for SITENAME and SITEURL; name the "
            "archive there by hand"
        )
    return settings


def main(environment: Mapping[str, str] = os.environ) -> int:
    """Make the archive that ``make new`` asks for: NAME and URL, in the current folder."""
    name, url = environment.get("NAME", ""), environment.get("URL", "")
    try:
        removed = make_archive(Path(), name, url)
    except DaybookError as error:
        sys.stderr.write(f"Nothing was made: {error}\n")
        return 1
    sys.stdout.write(
        f"{name.strip()}: named in {SETTINGS_FILE}; {removed} sample files removed.\n"
        "Next: put digests into content/digests/ (or run `make fetch`), then `make site`.\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(ended(main))

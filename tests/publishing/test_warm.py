"""Builds after builds: whatever changed, the site is the one that is built from nothing.

Whole builds by the real command, with a cache and an output; beside each the same without. Each is
a fork of this process: a Python that loads everything would take four times as long.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
import warnings
from pathlib import Path

import daybook.catalogue.generator
import daybook.publishing.build
import daybook.search.generator  # noqa: F401 - what every fork needs
import pelican
import pytest

from .pelican_runs import PROJECT, Archive, contents, daily_papers

PAPERS = 500
EDITS = 10
TEMPLATES = PROJECT / "theme" / "templates" / "daybook"


def papers(rng: random.Random, number: int) -> list[tuple[str, str, str]]:
    """Make some papers up."""
    words = [f"{a}{b}" for a in ("al", "be", "cor", "du", "ez") for b in ("ka", "lim", "non", "ro")]

    def text(length: int) -> str:
        return " ".join(rng.choices(words, k=length)).capitalize()

    ids = [f"24{rng.randint(1, 12):02d}.{rng.randint(0, 99_999):05d}" for _ in range(number)]
    return [(arxiv, f"{text(6)} {arxiv}", f"{text(40)}.") for arxiv in ids]


def forked(arguments: list[str], environment: dict[str, str], file: Path) -> tuple[int, str]:
    """Run Pelican in a fork; give its exit code and what it said, which goes through a file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        process = os.fork()
    if process == 0:
        code = 1
        try:
            with file.open("wb") as stream:
                os.dup2(stream.fileno(), 1)
                os.dup2(stream.fileno(), 2)
            sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
            pelican.console.file = pelican.log.console.file = sys.stdout
            os.environ.clear()
            os.environ.update(environment)
            os.chdir(PROJECT)
            try:
                pelican.main(arguments)
                code = 0
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else 1
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(code)
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status), file.read_text("utf-8", "replace")


class Keeper:
    """Somebody who edits an archive and builds it, with all that a build may depend on."""

    def __init__(self, folder: Path) -> None:
        self.archive = Archive(folder)
        self.content = folder / "content"
        self.content.mkdir()
        self.theme = folder / "theme" / "templates" / "daybook"
        self.theme.mkdir(parents=True)
        self.cache = folder / "cache"
        self.lines: dict[str, object] = {}
        self.expected = 0
        """The exit code."""
        self.said = ""
        self.was_quick = False
        """Whether the last build saw, without reading anything, that it had nothing to do."""

    def build(
        self, papers: Path | None = None, output: Path | None = None, *, cache: bool = True
    ) -> dict[str, int]:
        """Build, and give the report's figures."""
        chosen = {
            "PATH": str(self.content),
            "THEME": str(self.theme.parents[1]),
            "DAYBOOK_CACHE": str(self.cache) if cache else None,
            **self.lines,
        }
        lines = [f"{name} = {value!r}" for name, value in chosen.items()]
        settings = self.archive.settings(*lines)
        places = (papers or self.archive.papers, output or self.archive.output)
        code, said = forked(
            ["-s", str(settings)],
            self.archive.environment(PAPERS=str(places[0]), OUTPUT=str(places[1])),
            self.archive.folder / "said.txt",
        )
        assert code == self.expected, said
        self.was_quick = "Reading digests" not in said
        self.said = said
        figures = {}
        for line in said.splitlines():
            name, _, figure = line.strip().rpartition("  ")
            if line.startswith("  ") and figure.isdecimal():
                figures[name.strip()] = int(figure)
        return figures

    def is_as_from_nothing(self) -> bool:
        """Build what there is with and without cache and output, and compare."""
        cold = self.archive.folder / "cold"
        shutil.rmtree(cold, ignore_errors=True)
        shutil.copytree(self.archive.papers, cold / "papers")
        self.build()
        quick = self.was_quick
        self.build(cold / "papers", cold / "site", cache=False)
        self.was_quick = quick
        return contents(self.archive.papers) == contents(cold / "papers") and contents(
            self.archive.output
        ) == contents(cold / "site")


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    """Give a small archive that was built until nothing more is to be done."""
    keeper = Keeper(tmp_path)
    keeper.build()
    keeper.build()
    return keeper


def edit(keeper: Keeper, rng: random.Random, kind: str) -> None:
    """Change something of a kind."""
    digests = sorted(keeper.archive.digests.iterdir())
    day = f"2024-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
    if kind == "add":
        keeper.archive.digest(f"{day}.json", daily_papers(*papers(rng, 10), day=day))
    elif kind == "change":
        entries = json.loads(digests[0].read_text("utf-8"))
        rng.choice(entries)["paper"]["summary"] += " And more."
        digests[0].write_text(json.dumps(entries), encoding="utf-8")
    elif kind == "remove":
        rng.choice(digests[1:]).unlink()
    elif kind == "metadata":
        fact = {"DOI": "10.1000/1", "URL": "https://arxiv.org/abs/2401.00001", "title": "Counting"}
        folder = keeper.content / "metadata"
        folder.mkdir(exist_ok=True)
        (folder / "facts.json").write_text(json.dumps([fact | {"volume": str(rng.random())}]))
    elif kind == "papers.toml":
        title = f"Corrected {rng.randint(1, 99)}"
        text = f'[[correct]]\npaper = "2401.00001"\ntitle = "{title}"\n'
        (keeper.content / "papers.toml").write_text(text, encoding="utf-8")
    elif kind == "template":
        text = (TEMPLATES / "base.html").read_text("utf-8")
        changed = text.replace("</body>", f"<!-- {rng.random()} --></body>")
        (keeper.theme / "base.html").write_text(changed, encoding="utf-8")
    elif kind == "setting":
        keeper.lines["DAYBOOK_PER_PAGE"] = rng.choice([20, 30, 40])
    elif kind == "output":
        pages = sorted(keeper.archive.output.rglob("*.html"))
        rng.choice(pages).unlink()
        rng.choice(pages[: len(pages) // 2]).write_text("by hand", encoding="utf-8")


def test_any_edits_in_any_order_give_the_site_that_is_built_from_nothing(tmp_path: Path) -> None:
    rng = random.Random(5)
    keeper = Keeper(tmp_path)
    for month in range(1, 11):
        day = f"2024-{month:02d}-15"
        some = papers(rng, PAPERS // 10)
        keeper.archive.digest(f"{day}.json", daily_papers(*some, day=day))
    keeper.build()
    kinds = ["add", "change", "remove", "metadata", "papers.toml", "template", "setting", "output"]
    chosen = rng.sample([*kinds, *rng.choices(kinds, k=EDITS - len(kinds))], k=EDITS)
    for kind in chosen:
        edit(keeper, rng, kind)
        assert keeper.is_as_from_nothing(), kind
    keeper.build()
    assert keeper.is_as_from_nothing()


def test_a_build_that_has_nothing_to_do_reads_nothing_and_says_what_the_last_one_said(
    keeper: Keeper,
) -> None:
    def stamps() -> dict[Path, tuple[int, int]]:
        folders = (keeper.archive.output, keeper.archive.papers, keeper.cache)
        paths = [path for folder in folders for path in (folder, *folder.rglob("*"))]
        return {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in paths}

    before = stamps()
    figures = keeper.build()
    assert keeper.was_quick
    assert stamps() == before
    (keeper.cache / "last-build.json").unlink()
    assert keeper.build() == figures
    assert not keeper.was_quick
    assert (figures["papers"], figures["pages written"]) == (3, 0)


def test_an_edit_that_keeps_size_and_time_is_seen(keeper: Keeper) -> None:
    page = next(keeper.archive.papers.rglob("counting*.md"))
    for file in (keeper.archive.output / "index.html", page, keeper.archive.digests):
        path = next(file.glob("*.json")) if file.is_dir() else file
        stamp = path.stat()
        data = path.read_bytes()
        assert b"Counting sheep" in data
        path.write_bytes(data.replace(b"Counting sheep", b"Counting goats"))
        os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
        assert path.stat().st_size == stamp.st_size
        assert keeper.is_as_from_nothing()
        assert not keeper.was_quick
        shown = (keeper.archive.output / "index.html").read_bytes()
        assert (b"Counting goats" in shown) == (file == keeper.archive.digests)


def test_an_output_that_somebody_changed_is_made_again(keeper: Keeper) -> None:
    page = next((keeper.archive.output / "papers").glob("*.html"))
    before = contents(keeper.archive.output)
    for how in ("changed", "removed", "a link", "a file too many"):
        if how == "changed":
            page.write_bytes(page.read_bytes()[::-1])
        elif how == "a file too many":
            manifest = keeper.archive.output / ".daybook-manifest"
            paths = json.loads(manifest.read_bytes())
            (keeper.archive.output / "stale.html").write_text("from an earlier build")
            manifest.write_text(json.dumps([*paths, "stale.html"]))
        else:
            page.unlink()
            if how == "a link":
                page.symlink_to("/etc/hostname")
        keeper.build()
        assert not keeper.was_quick, how
        assert contents(keeper.archive.output) == before, how
        assert not page.is_symlink()


def test_a_cache_that_is_damaged_or_anothers_changes_nothing(keeper: Keeper) -> None:
    before = contents(keeper.archive.output)
    for damage in ("cut", "foreign", "another machine's"):
        for file in [path for path in keeper.cache.rglob("*") if path.is_file()]:
            data = file.read_bytes()
            if damage == "cut":
                file.write_bytes(data[: len(data) // 2])
            elif damage == "foreign":
                file.write_bytes(b"cos\nsystem\n(S'exit 1'\ntR.")
        if damage == "another machine's":
            for folder in (keeper.archive.digests, keeper.archive.output, keeper.cache):
                shutil.copytree(folder, folder.with_name("copy"))
                shutil.rmtree(folder)
                folder.with_name("copy").rename(folder)
        keeper.build()
        assert not keeper.was_quick, damage
        assert contents(keeper.archive.output) == before, damage


def test_a_changed_template_converts_nothing_and_indexes_nothing_again(keeper: Keeper) -> None:
    def kept() -> dict[str, int]:
        return {
            path.relative_to(keeper.cache).as_posix(): path.stat().st_ino
            for path in keeper.cache.rglob("*")
            if path.is_file() and not path.name.startswith(("last-build", "site"))
        }

    before = kept()
    edit(keeper, random.Random(1), "template")
    figures = keeper.build()
    assert figures["markdown pages written"] == 0
    assert figures["pages written"] > 2 * figures["papers"]
    assert kept() == before


def test_a_site_that_others_write_to_is_built_each_time(keeper: Keeper) -> None:
    (keeper.content / "pages").mkdir()
    page = keeper.content / "pages" / "own.md"
    page.write_text("Title: Mine\nSlug: mine\n\nText.\n", encoding="utf-8")
    for _ in range(2):
        keeper.build()
        assert not keeper.was_quick
    assert (keeper.archive.output / "pages" / "mine.html").is_file()
    assert not (keeper.cache / "last-build.json").exists()


def test_what_is_refused_is_told_again_although_nothing_changed(keeper: Keeper) -> None:
    keeper.archive.digest("broken.json", '[{"paper": ')
    keeper.expected = 3
    for _ in range(2):
        keeper.build()
    assert "broken.json" in keeper.said
    assert keeper.was_quick

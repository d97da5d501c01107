"""A link of the keeper's that leads nowhere: what lies behind it is missing, not unwanted."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from .pelican_runs import PROJECT, Archive, contents

FILES = {
    "papers.toml": '[[hide]]\npaper = "2401.00001"\n',
    "authors.toml": '[[merge]]\nnames = ["Bo Speech", "Bo A"]\n',
    "learned/terms.txt": "Daybook learned 1\npapers 3\n\nterms\n\nacronyms\n\nend\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an archive with all the files that a keeper may have, one paper hidden."""
    archive = _archive(tmp_path_factory.mktemp("links"))
    content = archive.folder / "content"
    shutil.copy(PROJECT / "content" / "topics.toml", content)
    for name, text in FILES.items():
        (content / name).parent.mkdir(exist_ok=True)
        (content / name).write_text(text, "utf-8")
    shutil.copytree(Archive(archive.folder / "other").digests, archive.digests)
    done = archive.build(settings=_settings(archive))
    assert done.returncode == 0, done.stdout + done.stderr
    return archive.folder


def _archive(folder: Path) -> Archive:
    archive = Archive(folder)
    content = folder / "content"
    content.mkdir(exist_ok=True)
    archive.digests, archive.papers = content / "digests", content / "papers"
    return archive


def _settings(archive: Archive) -> Path:
    return archive.settings(
        f"PATH = {str(archive.folder / 'content')!r}",
        "DAYBOOK_DIGESTS, DAYBOOK_PAPERS, DAYBOOK_LEARNED = 'digests', 'papers', 'learned'",
        "DAYBOOK_METADATA = DAYBOOK_CACHE = None",
    )


@pytest.mark.parametrize("target", ["gone", "itself"])
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("papers.toml", 1),
        ("authors.toml", 1),
        ("topics.toml", 1),
        ("digests", 1),
        ("papers", 1),
        ("papers/ledger.jsonl", 1),
        ("papers/topics.txt", 1),
        ("papers/standing.jsonl", 1),
        ("learned", 0),
        ("learned/terms.txt", 0),
    ],
)
def test_a_link_that_leads_nowhere_is_told(
    built: Path, tmp_path: Path, name: str, code: int, target: str
) -> None:
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    archive = _archive(tmp_path)
    place = tmp_path / "content" / name
    place.rename(tmp_path / "elsewhere")
    place.symlink_to(place if target == "itself" else tmp_path / "gone")
    before = contents(archive.output)
    done = archive.build(settings=_settings(archive), DIGESTS="")  # `settings` names them
    said = done.stdout + done.stderr
    said = said.replace(f"Reading digests in {archive.digests}", "")
    assert (done.returncode, place.name in said) == (code, True), said
    assert "Traceback" not in said
    assert code != 1 or contents(archive.output) == before
    assert place.is_symlink()


def test_a_link_to_a_folder_that_is_still_empty_is_none_that_leads_nowhere(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    archive.papers.symlink_to(tmp_path / "elsewhere")
    done = archive.build()
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "elsewhere" / "ledger.jsonl").is_file()

"""`make new` makes a clone somebody's own, and never loses what is somebody's already."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from daybook.new_archive import LIST, NewArchiveError, make_archive, write_list

from .sites import PROJECT, run


@pytest.fixture
def clone(tmp_path: Path, project: Path) -> Path:
    """Give a folder with Daybook's own settings file and a few samples."""
    shutil.copy(project / "pelican.conf.py", tmp_path)
    shutil.copytree(project / "plugins", tmp_path / "plugins", symlinks=True)
    content = tmp_path / "content"
    for name in ("digests/one.txt", "digests/week/two.json", "metadata/facts.json"):
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"the sample {name}")
    page = content / "papers" / "2025" / "03" / "a-paper.md"
    page.parent.mkdir(parents=True)
    page.write_text("Title: A paper\n")
    (content / "topics.toml").write_text("# the taxonomy")
    write_list(content)
    return tmp_path


def test_what_was_found_of_the_samples_goes_and_is_the_keeper_s_to_commit(clone: Path) -> None:
    found = clone / "content" / "papers" / "standing.jsonl"
    found.write_text("{}\n")
    shutil.copy(PROJECT / ".gitignore", clone)
    run("git", "init", "--quiet", cwd=clone)

    def is_ignored() -> bool:
        said = run("git", "status", "--porcelain", "--untracked-files=all", cwd=clone).stdout
        return found.name not in said

    assert is_ignored()
    make_archive(clone, "Ada's")
    assert not found.exists()
    found.parent.mkdir(parents=True, exist_ok=True)
    found.write_text("{}\n")
    assert not is_ignored()
    assert (clone / ".gitignore").read_text() != ""


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "plugins" not in path.parts
    }


def settings(clone: Path) -> list[str]:
    """Ask Python itself what the settings file now says."""
    code = (
        "import json, runpy; found = runpy.run_path('pelican.conf.py'); "
        "print(json.dumps([found['SITENAME'], found['SITEURL']]))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=clone, check=True, capture_output=True)
    found: list[str] = json.loads(run.stdout)
    return found


def test_the_samples_go_and_the_name_and_address_are_set(
    clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SITEURL", raising=False)
    assert (
        make_archive(clone, 'Ada\'s "late" papers \\ ünïcode', "https://ada.example/papers/") == 4
    )
    left = {name for name in files(clone / "content") if not name.endswith(".gitkeep")}
    assert left == {"topics.toml"}
    assert (clone / "content" / "digests").is_dir()
    assert not (clone / "content" / "papers" / "2025").exists()
    assert settings(clone) == ['Ada\'s "late" papers \\ ünïcode', "https://ada.example/papers"]


def test_the_environment_still_has_the_last_word_on_the_address(
    clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_archive(clone, "Mine", "https://ada.example")
    monkeypatch.setenv("SITEURL", "https://elsewhere.example")
    assert settings(clone) == ["Mine", "https://elsewhere.example"]


def test_a_second_run_only_renames_and_keeps_every_digest(clone: Path) -> None:
    make_archive(clone, "Mine", "https://ada.example")
    mine = clone / "content" / "digests" / "mine.txt"
    mine.write_text("my own digest")
    first = files(clone)
    assert make_archive(clone, "Mine", "https://ada.example") == 0
    assert files(clone) == first
    make_archive(clone, "Ours")
    assert mine.read_text() == "my own digest"


@pytest.mark.parametrize(
    "name",
    [
        "digests/mine.txt",
        "digests/one.txt",
        "digests/.hidden.txt",
        "papers/2025/03/a-paper.md",
        "papers/2025/03/mine.md",
        "metadata/mine.bib",
    ],
)
def test_nothing_is_touched_when_something_would_be_lost(clone: Path, name: str) -> None:
    (clone / "content" / name).write_text("somebody's work")
    before = files(clone)
    with pytest.raises(NewArchiveError, match=f"content/{name}"):
        make_archive(clone, "Mine")
    assert files(clone) == before


def test_a_file_that_would_be_lost_moves_no_cursor(clone: Path) -> None:
    (clone / "content" / "digests" / "\x1b[2Jmine\n.txt").write_text("somebody's work")
    with pytest.raises(NewArchiveError, match=r"\n  content/digests/\\x1b\[2Jmine\\n.txt\n"):
        make_archive(clone, "Mine")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Path:
    """Give a clone whose samples' pages an earlier version of the converter wrote."""
    folder = tmp_path_factory.mktemp("built")
    shutil.copy(project / "pelican.conf.py", folder)
    for name in ("plugins", "theme", "node_modules"):
        (folder / name).symlink_to(project / name)
    content = folder / "content"
    for name in ("digests", "metadata", "papers"):
        (content / name).mkdir(parents=True)
    shutil.copy(project / "content" / "topics.toml", content)
    (content / "digests" / "2025-03-11.bib").write_text(
        "@article{a, title={Where storks rest}, author={One, Ada}, doi={10.1000/a}}\n"
        "@article{b, title={Where Storks Rest}, author={One, Ada}, eprint={2503.00001}, "
        "archivePrefix={arXiv}}\n@article{c, title={Loading vessels}, year={2024}}\n"
    )
    build(folder)
    page = content / "papers" / "2025" / "03" / "loading-vessels.md"
    now = page.read_text()
    page.write_text(now.replace("Loading", "LOADING"))
    write_list(content)
    page.write_text(now)
    return folder


def build(clone: Path) -> None:
    command = (sys.executable, "-m", "pelican", "content", "-s", "pelican.conf.py")
    done = run(*command, cwd=clone)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def later(built: Path, tmp_path: Path) -> Path:
    """Give a copy of that clone, `make site` run in it by this version."""
    shutil.copytree(built, tmp_path / "later", symlinks=True)
    return tmp_path / "later"


def test_pages_that_only_this_versions_converter_changed_are_samples(later: Path) -> None:
    assert make_archive(later, "Mine") == 7
    left = {path.name for path in (later / "content").rglob("*") if path.is_file()}
    assert left == {"topics.toml", ".gitkeep"}


@pytest.mark.parametrize("work", ["notes", "key", "title", "page", "linked", "digest", "file"])
def test_what_a_person_wrote_on_such_pages_is_never_lost(later: Path, work: str) -> None:
    papers = later / "content" / "papers"
    page = papers / "2025" / "03" / "loading-vessels.md"
    text = page.read_text()
    if work == "notes":
        page.write_text(text + "\n## Notes\n\nMine.\n")
    elif work == "key":
        page.write_text(text.replace("Slug:", "Topics: robotics\nSlug:"))
    elif work == "title":
        page.write_text(text.replace("Loading vessels", "My title"))
    elif work == "page":
        (papers / "mine.md").write_text("Title: Mine\n\nText.\n")
    elif work == "linked":
        page.rename(later / "elsewhere.md")
        page.symlink_to(later / "elsewhere.md")
    elif work == "digest":
        mine = later / "content" / "digests" / "2025-03-12.bib"
        mine.write_text("@article{d, title={Choirs that hold a note}, year={2024}}\n")
        build(later)
        mine.unlink()
    else:
        (papers / "notes.txt").write_text("mine")
    before, settings_before = files(later / "content"), (later / "pelican.conf.py").read_text()
    with pytest.raises(NewArchiveError, match="content/papers/"):
        make_archive(later, "Mine")
    assert files(later / "content") == before
    assert (later / "pelican.conf.py").read_text() == settings_before


def test_a_link_to_somebodys_folder_is_not_followed(clone: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "digest.txt").write_text("kept elsewhere")
    (clone / "content" / "digests" / "linked").symlink_to(precious)
    with pytest.raises(NewArchiveError, match="digests/linked"):
        make_archive(clone, "Mine")
    assert (precious / "digest.txt").read_text() == "kept elsewhere"


def test_a_list_that_names_other_files_is_refused(clone: Path) -> None:
    for name in ("digests/../topics.toml", "topics.toml", "/etc/hosts"):
        (clone / "content" / LIST).write_text(f"{'0' * 64}  {name}\n")
        with pytest.raises(NewArchiveError, match="is damaged"):
            make_archive(clone, "Mine")
    assert (clone / "content" / "topics.toml").exists()


@pytest.mark.parametrize("name", ["", "  ", "two\nlines", "bell\a"])
def test_a_name_is_one_line_of_text(clone: Path, name: str) -> None:
    with pytest.raises(NewArchiveError, match="NAME"):
        make_archive(clone, name)


@pytest.mark.parametrize(
    "url",
    ["example.org", "ftp://example.org", "https://", 'https://a.example/"', "https://a.example?x"],
)
def test_an_address_is_a_sites(clone: Path, url: str) -> None:
    with pytest.raises(NewArchiveError, match="URL"):
        make_archive(clone, "Mine", url)


def test_the_list_names_exactly_the_samples_of_this_project(project: Path, tmp_path: Path) -> None:
    content = project / "content"
    if not (content / LIST).exists():
        pytest.skip("this is somebody's own archive: it has no samples")
    shutil.copytree(content, tmp_path / "content")
    write_list(tmp_path / "content")
    assert (tmp_path / "content" / LIST).read_text() == (content / LIST).read_text(), (
        "the samples changed: run `make samples`"
    )
    checked = subprocess.run(
        ["sha256sum", "--check", "--quiet", LIST], cwd=content, check=False, capture_output=True
    )
    assert checked.returncode == 0, checked.stderr

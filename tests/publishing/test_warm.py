"""Builds after builds: whatever changed, the site is the one that is built from nothing.

Whole builds by the real command, with a cache and an output; beside each the same without.
"""

from __future__ import annotations

import json
import os
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from daybook.archive.folder import Put, write_files
from daybook.publishing.looks import Sources

from .editing import Keeper, run_scripts
from .edits import change_template
from .pelican_runs import contents, daily_papers

SCRIPTS = 10
PAPERS = 72
"""More than one segment of the search index takes: see `SMALL_SEGMENTS`."""
EXTENSIONS = """
import jinja2.ext, markdown

class Extension(jinja2.ext.Extension):
    pass

class Markdown(markdown.Extension):
    def extendMarkdown(self, md):
        pass

makeExtension = Markdown

def notice(content):
    pass

def listen():
    import pelican
    pelican.signals.content_object_init.connect(notice)
"""


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    """Give a small archive that was built until nothing more is to be done."""
    keeper = Keeper(tmp_path)
    keeper.build()
    keeper.build()
    return keeper


@pytest.mark.long
def test_any_edits_in_any_order_give_the_site_that_is_built_from_nothing(tmp_path: Path) -> None:
    run_scripts(tmp_path, 5, SCRIPTS, PAPERS)


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


def test_a_build_that_wrote_pages_is_the_last_that_has_anything_to_do(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path)
    for day in ("2024-01-06", "2024-01-07"):
        assert keeper.build()["markdown pages written"] > 0
        keeper.check_whether_quick()
        assert keeper.build()["papers"] > 0
        assert keeper.was_quick
        title = f"Another paper of {day}"
        keeper.archive.digest(
            f"{day}.json", daily_papers((f"2401.1000{day[-1]}", title, "Words."), day=day)
        )


def test_whoever_edits_while_a_build_writes_is_not_passed_over(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    old, new, gone, more = (f"2024/{path}.md" for path in ("1/old", "2/new", "1/gone", "2/more"))
    every = {old, new, gone, more}  # whose age does not matter here

    def is_what_was_written(edit: Callable[[], object]) -> bool:
        """Look, write what a build would, let somebody edit, and look again."""
        shutil.rmtree(papers, ignore_errors=True)
        papers.mkdir()
        write_files(papers, [(old, "Old."), (gone, "Gone.")])
        before = Sources.as_they_are([tmp_path], str(papers), frozenset(), every)
        put: dict[str, Put | None] = {**write_files(papers, [(new, "New.")]), gone: None}
        (papers / gone).unlink()
        edit()
        now = Sources.as_they_are([tmp_path], str(papers), frozenset(), every)
        return before.became(now, put)

    assert is_what_was_written(lambda: None)
    assert not is_what_was_written(lambda: (papers / old).write_text("Edited."))
    assert not is_what_was_written(lambda: (papers / new).write_text("New!!"))
    assert not is_what_was_written((papers / new).unlink)
    assert not is_what_was_written(lambda: (papers / gone).write_text("Back."))
    assert not is_what_was_written(lambda: (papers / more).write_text("More."))
    assert not is_what_was_written((papers / "2024/3").mkdir)


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
    for how in ("changed", "a bundle", "removed", "a link", "a file too many"):
        if how in {"changed", "a bundle"}:
            bundle = next((keeper.archive.output / "offline").glob("*.bin"))
            file = bundle if how == "a bundle" else page
            file.write_bytes(file.read_bytes()[::-1])
        elif how == "a file too many":
            manifest = keeper.archive.output / ".daybook-manifest"
            paths = json.loads(zlib.decompress(manifest.read_bytes()))
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


def test_an_index_edited_by_hand_is_taken_over_by_nobody(keeper: Keeper) -> None:
    def index() -> dict[str, bytes]:
        found = contents(keeper.archive.output)
        return {path: data for path, data in found.items() if path.startswith("search/")}

    before = index()
    change_template(keeper, "base.html", 1)
    for path in before:
        file = keeper.archive.output / path
        stamp = file.stat()
        file.write_bytes(file.read_bytes()[::-1])
        os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    keeper.build()
    assert index() == before
    assert any(path.startswith("search/cards/") for path in before)


def test_a_bundle_that_was_damaged_is_packed_anew_without_a_cache_too(keeper: Keeper) -> None:
    """Its name says what is in it, and is no proof of that; the list of what was built is."""
    keeper.build(cache=False)
    before = contents(keeper.archive.output)
    bundles = [path for path in before if path.endswith(".bin")]
    for path in bundles:
        (keeper.archive.output / path).write_bytes(before[path][::-1])
    keeper.build(cache=False)
    assert contents(keeper.archive.output) == before
    assert bundles


def test_a_changed_template_converts_nothing_and_indexes_nothing_again(keeper: Keeper) -> None:
    def kept() -> dict[str, int]:
        return {
            path.relative_to(keeper.cache).as_posix(): path.stat().st_ino
            for path in keeper.cache.rglob("*")
            if path.is_file() and not path.name.startswith(("last-", "site"))
        }

    before = kept()
    assert {path.split("-")[0] for path in before} >= {"archive", "names/people", "search/segment"}
    change_template(keeper, "base.html", 1)
    figures = keeper.build()
    assert figures["markdown pages written"] == 0
    assert figures["pages written"] > 2 * figures["papers"]
    assert kept() == before


def test_templates_that_go_before_the_themes_are_taken_and_looked_at(keeper: Keeper) -> None:
    first = keeper.archive.folder / "first" / "daybook"
    first.mkdir(parents=True)
    keeper.lines["THEME_TEMPLATES_OVERRIDES"] = [str(first.parent)]
    for number in (1, 2):
        change_template(keeper, "about.html", number)
        (keeper.theme / "about.html").rename(first / "about.html")
        keeper.build()
        assert not keeper.was_quick
        page = (keeper.archive.output / "about.html").read_text("utf-8")
        assert f'data-edit="{number}"' in page
        for _ in range(2):  # the first began so soon after the file was written that it is not sure
            keeper.build()
        assert keeper.was_quick


@pytest.fixture
def with_page(keeper: Keeper) -> Keeper:
    """Give the archive with a page of the keeper's own beside it, built."""
    (keeper.content / "pages").mkdir()
    page = keeper.content / "pages" / "own.md"
    page.write_text("Title: Mine\nSlug: mine\n\nText.\n", encoding="utf-8")
    for _ in range(2):
        keeper.build()
    assert (keeper.archive.output / "pages" / "mine.html").is_file()
    return keeper


def test_pages_of_the_keepers_own_are_good_for_a_day(with_page: Keeper) -> None:
    with_page.check_whether_quick()
    with_page.build()
    assert with_page.was_quick
    file = with_page.cache / "last-build.json"
    known = json.loads(file.read_bytes())
    file.write_text(json.dumps({**known, "day": "2024-01-01"}), encoding="utf-8")
    with_page.build()
    assert not with_page.was_quick
    with_page.build()
    assert with_page.was_quick
    page = with_page.content / "pages" / "own.md"
    page.write_text("Title: Mine\nSlug: mine\n\nOther words.\n", encoding="utf-8")
    with_page.build()
    assert not with_page.was_quick
    assert "Other words." in (with_page.archive.output / "pages" / "mine.html").read_text("utf-8")


@pytest.mark.parametrize(
    "lines",
    [
        {"MARKDOWN": {"extensions": ["somebodys"]}},
        {"WITH_FUTURE_DATES": False},
        {"from somebodys import listen as LISTEN; LISTEN(); LISTEN": None},
        {"JINJA_ENVIRONMENT": {"extensions": ["jinja2.ext.do", "somebodys.Extension"]}},
    ],
    ids=str,
)
def test_pages_that_may_depend_on_more_than_sources_are_made_each_time(
    with_page: Keeper, lines: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    (with_page.archive.folder / "somebodys.py").write_text(EXTENSIONS, encoding="utf-8")
    monkeypatch.syspath_prepend(with_page.archive.folder)
    with_page.lines = lines
    for _ in range(2):
        with_page.build()
        assert not with_page.was_quick


def test_what_docutils_reads_is_made_each_time(with_page: Keeper) -> None:
    page = with_page.content / "pages" / "other.rst"
    page.write_text("Other\n=====\n:slug: other\n\n.. |now| date::\n\n|now|\n", encoding="utf-8")
    for _ in range(2):
        with_page.build()
        assert not with_page.was_quick


def test_what_is_refused_is_told_again_although_nothing_changed(keeper: Keeper) -> None:
    keeper.archive.digest("broken.json", '[{"paper": ')
    keeper.expected = 3
    for _ in range(3):  # the first may begin so soon after the file was written that it is not sure
        keeper.build()
    assert "broken.json" in keeper.said
    assert keeper.was_quick

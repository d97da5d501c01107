"""Pages loaded by a second core while this process does something else: the same pages."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from daybook.archive import Taxonomy, convert, loading
from daybook.archive.cache import Cache
from daybook.archive.holding import Held, hold_papers
from daybook.archive.loading import loading_pages
from daybook.archive.slugs import author_key, name_of
from daybook.archive.stored_pages import StoredPage
from daybook.digests import Reading
from daybook.records import Digest, Entry

from ..processes import children
from .conftest import tree

PAPERS = 220
"""So many that there are two turns, and so few that a pipe holds all the other core sends."""

pytestmark = pytest.mark.skipif(
    not hasattr(os, "sched_setaffinity") or len(os.sched_getaffinity(0)) < 2,
    reason="needs two cores of Linux",
)


@contextmanager
def one_core() -> Iterator[None]:
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


def load(folder: Path, *, late: bool = False) -> list[StoredPage]:
    with loading_pages(folder, Cache()) as loading:
        if late:
            wait_for_the_other()
        return loading.pages({"undated/on-7.md": 7})


def wait_for_the_other() -> None:
    """Wait until the other process has loaded everything and ended."""
    (child,) = children()
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)


@pytest.fixture(autouse=True)
def _few_are_worth_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "A_CORES_WORTH", 100)


@pytest.fixture(scope="module")
def digest() -> Digest:
    entries = (
        Entry(n, f"On {n}", abstract=f"We *count* to {n}.", authors=("Ada Önë", f"B. {n:05d} Two"))
        for n in range(1, PAPERS + 1)
    )
    return Digest("0.txt", "hf-json", tuple(entries))


@pytest.fixture
def folder(digest: Digest, taxonomy: Taxonomy, tmp_path: Path) -> Path:
    """Make an archive in which some pages are not as they were written."""
    papers = tmp_path / "papers"
    convert(Reading((digest,), (), 1), papers, None, taxonomy)
    for page, text in (
        ("on-3", "Title:  On 3 \nSlug: on-3\n\nWe count.\n"),
        ("on-5", "No page at all"),
        ("on-210", "Title: On 210\nDigests: nowhere\n"),
    ):
        (papers / "undated" / f"{page}.md").write_text(text, encoding="utf-8")
    (papers / "undated" / "on-9.md").write_bytes(b"Title: \xff\n")
    notes = papers / "undated" / "on-211.md"
    notes.write_text(notes.read_text("utf-8") + "\n## Notes\n\nMine.\n", encoding="utf-8")
    return papers


def test_pages_are_the_same_whoever_reads_them(folder: Path) -> None:
    with one_core():
        plain = load(folder)
    assert load(folder) == plain
    pages = load(folder, late=True)
    assert pages == plain
    assert len(pages) == PAPERS
    assert sum(page.paper is None for page in pages) == 3
    assert {p.path for p in pages if p.text is not None and p.paper} == {"undated/on-3.md"}
    assert [p.paper.number for p in pages if p.paper and p.path.endswith("/on-7.md")] == [7]


def test_what_another_process_worked_out_of_names_is_what_this_one_would(folder: Path) -> None:
    with loading_pages(folder, Cache()) as loading:
        wait_for_the_other()
        loading.pages({})
    assert "Ada Önë" in loading.names
    assert all(told == (author_key(name), name_of(name)) for name, told in loading.names.items())


def test_a_reader_that_is_killed_is_stood_in_for(folder: Path) -> None:
    with loading_pages(folder, Cache()) as loading:
        (child,) = children()
        os.kill(child, signal.SIGKILL)
        pages = loading.pages({"undated/on-7.md": 7})
    assert pages == load(folder)


def test_no_reader_is_left_when_nobody_asks_for_the_pages(folder: Path) -> None:
    with loading_pages(folder, Cache()):
        assert children()
    assert not children()


def test_a_conversion_gives_the_same_with_one_core_and_with_two(
    folder: Path, digest: Digest, taxonomy: Taxonomy
) -> None:
    reading = Reading((digest,), (), 1)
    before = tree(folder)
    with one_core():
        alone = convert(reading, folder, None, taxonomy)
    expected = tree(folder)
    for path, data in before.items():
        (folder / path).write_bytes(data)
    with hold_papers(folder, None, 1) as held:
        assert isinstance(held, Held)
        wait_for_the_other()
        both = convert(reading, folder, None, taxonomy, held=held)
    assert both == alone
    assert tree(folder) == expected
    assert both.pages_written == 1
    assert convert(reading, folder, None, taxonomy).pages_written == 0

"""What the doctor finds in an archive, and that it only looks."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from daybook.archive import Taxonomy, convert
from daybook.archive.doctor import examine
from daybook.archive.ledger import FILE_NAME
from daybook.archive.matching import Sources
from daybook.digests import Reading
from daybook.doctor import render
from daybook.errors import Refusal
from daybook.records import Digest, Entry, PartialDate

from .conftest import tree
from .few_digests import MONDAY, STORKS, TUESDAY, digest

TODAY = dt.date(2025, 4, 1)
Doctor = Callable[..., list[Refusal]]


@pytest.fixture
def doctor(papers: Path, taxonomy: Taxonomy, tmp_path: Path) -> Doctor:
    """Give a function that examines the papers folder beside some digests."""

    def run(*digests: Digest, word: str = "", refusals: tuple[Refusal, ...] = ()) -> list[Refusal]:
        (tmp_path / "papers.toml").write_text(word, encoding="utf-8")
        reading = Reading(digests, refusals, len(digests))
        before = tree(papers)
        found = examine(
            Sources(reading, papers, tmp_path / "metadata", taxonomy, tmp_path / "papers.toml"),
            TODAY,
        )
        assert tree(papers) == before
        assert all(finding.hint for finding in found)
        return found

    return run


@pytest.fixture
def built(papers: Path, taxonomy: Taxonomy) -> Callable[..., None]:
    def build(*digests: Digest) -> None:
        convert(Reading(digests, (), len(digests)), papers, None, taxonomy)

    return build


WRITTEN = dataclasses.replace(STORKS, authors=("Ada One",))
WHOLE = digest("whole.txt", WRITTEN, day="2025-03-10")


def test_a_whole_archive_has_nothing_to_mend(doctor: Doctor, built: Callable[..., None]) -> None:
    built(WHOLE)
    assert doctor(WHOLE) == []
    assert list(render([], 10)) == ["Nothing to mend: the archive is whole."]


def only(found: list[Refusal], words: str) -> Refusal:
    (finding,) = [finding for finding in found if words in finding.message]
    return finding


def test_what_cannot_be_read_is_to_be_mended(
    doctor: Doctor, built: Callable[..., None], papers: Path, tmp_path: Path
) -> None:
    built(WHOLE, MONDAY)
    next(papers.rglob("loading-vessels.md")).write_text("<<<<<<<\n", encoding="utf-8")
    (tmp_path / "metadata").mkdir()
    (tmp_path / "metadata" / "x.json").write_text("{", encoding="utf-8")
    bad = Refusal("bad.txt", None, "expected a list of papers.", "Remove it.")
    found = doctor(WHOLE, MONDAY, word="[[hide]]\n", refusals=(bad,))
    broken = {finding.path for finding in found if finding.fatal}
    assert broken == {"bad.txt", "x.json", "papers.toml", "2025/03/loading-vessels.md"}


def test_an_address_that_leads_nowhere_is_to_be_mended(
    doctor: Doctor, built: Callable[..., None], papers: Path
) -> None:
    built(WHOLE, MONDAY)
    next(papers.rglob("loading-vessels.md")).unlink()
    assert only(doctor(WHOLE), "leads nowhere").fatal
    assert not [finding for finding in doctor(WHOLE, MONDAY) if finding.fatal]


def test_a_page_of_ones_own_that_is_gone_for_good_may_be_said_to_be(
    doctor: Doctor, built: Callable[..., None], papers: Path, taxonomy: Taxonomy, tmp_path: Path
) -> None:
    papers.mkdir(parents=True)
    page = papers / "find.md"
    page.write_text("Title: My find\n", encoding="utf-8")
    built(WHOLE)
    page.unlink()
    (lost,) = doctor(WHOLE)
    assert (lost.fatal, "[[hide]]" in (lost.hint or "")) == (True, True)
    word = '[[hide]]\npaper = "my-find"\nreason = "Never a paper."\n'
    assert doctor(WHOLE, word=word) == []
    file = tmp_path / "papers.toml"
    done = convert(Reading((WHOLE,), (), 1), papers, None, taxonomy, corrections=file)
    assert not done.refusals
    assert done.archive.removed == (("my-find", "Never a paper."),)


def test_a_damaged_ledger_is_to_be_mended(
    doctor: Doctor, built: Callable[..., None], papers: Path
) -> None:
    built(WHOLE)
    (papers / FILE_NAME).unlink()
    assert only(doctor(WHOLE), "missing").fatal


def test_a_page_without_a_digest_is_worth_a_look(
    doctor: Doctor, built: Callable[..., None]
) -> None:
    built(WHOLE, MONDAY)
    finding = only(doctor(WHOLE), "no digest carries 'loading-vessels' any more")
    assert "2025-03-10" in finding.message
    assert not finding.fatal


def test_dates_in_the_future_are_found(doctor: Doctor) -> None:
    ahead = dataclasses.replace(WRITTEN, published=PartialDate(2026, 1))
    found = doctor(digest("x.txt", ahead, day="2025-12-01"))
    assert only(found, "2025-12-01, is in the future").fatal
    assert not only(found, "published in the future").fatal
    assert not [f for f in doctor(digest("x.txt", WRITTEN, day="2025-04-02")) if f.fatal]


def test_merges_by_title_alone_are_doubted_where_years_or_authors_differ(doctor: Doctor) -> None:
    early = Entry(1, "Notes", published=PartialDate(2012), authors=("Ada One",))
    late = Entry(1, "Notes", published=PartialDate(2020), authors=("A. One",))
    found = doctor(digest("1.txt", early), digest("2.txt", late))
    assert "2012 and 2020" in only(found, "nothing but its title").message
    other = dataclasses.replace(late, published=PartialDate(2013), authors=("Bo Two",))
    found = doctor(digest("1.txt", early), digest("2.txt", other))
    assert "different authors" in only(found, "nothing but its title").message
    same = dataclasses.replace(late, published=PartialDate(2013))
    assert not [
        finding
        for finding in doctor(digest("1.txt", early), digest("2.txt", same))
        if "title" in finding.message
    ]


def test_namesakes_and_papers_without_authors_are_told(
    doctor: Doctor, built: Callable[..., None]
) -> None:
    one, two = (
        dataclasses.replace(entry, title="Notes", arxiv=None, position=1)
        for entry in (MONDAY.entries[0], MONDAY.entries[1])
    )
    found = doctor(digest("1.txt", one), digest("2.txt", two))
    assert "'notes', 'notes-2' have the same title" in only(found, "same title").message
    assert len([f for f in found if "nobody says who wrote" in f.message]) == 2
    assert only(found, "2 pages are not as").hint == "Run `make site`."


def test_of_many_alike_a_few_are_shown(doctor: Doctor) -> None:
    many = digest("x.txt", *(Entry(n, f"Title {n}") for n in range(1, 31)), day="2025-03-10")
    found = doctor(many, TUESDAY)
    lines = list(render(found, 10))
    assert sum("nobody says" in line for line in lines) == 10
    assert any("more of these kinds" in line for line in lines)
    assert sum("nobody says" in line for line in render(found, None)) == 32
    assert lines[-1] == f"0 to mend, {len(found)} worth a look."


def test_what_a_file_is_called_moves_no_cursor_and_makes_no_line(doctor: Doctor) -> None:
    called = "\x1b]0;a\x07\u202e\n0 to mend, 0 worth a look."
    lines = list(render(doctor(digest(called, Entry(1, "Title"), day="2999-03-10")), None))
    assert any(r"\x1b]0;a\x07\u202e\n0 to mend" in line for line in lines), lines
    assert all(line.isprintable() for line in lines)

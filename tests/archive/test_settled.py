"""One conversion is enough: another changes nothing, and no cache makes a difference."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from daybook.archive import Conversion, Taxonomy, convert
from daybook.digests import Reading
from daybook.records import Archive, Digest, Entry

from .conftest import tree
from .few_digests import MONDAY, SHIPS, STORKS, TUESDAY, digest, page_of
from .test_keeper import MERGE

Settle = Callable[..., Archive]


@pytest.fixture
def settle(papers: Path, taxonomy: Taxonomy, tmp_path: Path) -> Settle:
    """Give a function that converts with a cache, without one, and again, and compares."""

    def run(word: str, *digests: Digest) -> Archive:
        file = tmp_path / "papers.toml"
        file.write_text(word, encoding="utf-8")
        papers.mkdir(exist_ok=True)
        cold = shutil.copytree(papers, tmp_path / "cold")

        def once(folder: Path, cache: Path | None) -> Conversion:
            reading = Reading(digests, (), len(digests))
            return convert(reading, folder, None, taxonomy, corrections=file, cache_folder=cache)

        plain, done = once(cold, None), once(papers, tmp_path / "cache")
        assert (tree(papers), done.archive) == (tree(cold), plain.archive)
        assert sorted(map(str, done.refusals)) == sorted(map(str, plain.refusals))
        shutil.rmtree(cold)
        before = tree(papers)
        again = once(papers, tmp_path / "cache")
        assert (tree(papers), again.archive) == (before, done.archive)
        return done.archive

    return run


def slugs(archive: Archive) -> dict[str, str]:
    return {paper.title: paper.slug for paper in archive.papers}


def test_topics_that_a_correction_gave_are_assigned_anew_without_it(settle: Settle) -> None:
    """Of a page without a digest, whose words the correction does not change."""
    secret = Entry(1, "Hospitals", abstract="We study differential privacy and privacy attacks.")
    settle("", digest("1.txt", secret), TUESDAY)
    settle("", TUESDAY)
    settle('[[correct]]\npaper = "hospitals"\nabstract = ""\n', TUESDAY)
    (paper,) = (one for one in settle("", TUESDAY).papers if one.title == "Hospitals")
    assert paper.topics


def test_a_page_that_lies_there_twice_is_merged_at_once(settle: Settle, papers: Path) -> None:
    settle("", MONDAY)
    page, copy = page_of(papers, "loading-vessels"), papers / "copies" / "mine.md"
    copy.parent.mkdir()
    copy.write_text(page.read_text("utf-8") + "\n## Notes\n\nMine.\n", encoding="utf-8")
    settle("", MONDAY)
    settle(MERGE, MONDAY)
    assert not copy.exists()
    assert "Mine." in page_of(papers, "where-storks-rest").read_text("utf-8")


def test_what_is_said_of_a_page_that_goes_is_said_of_the_one_that_stays(settle: Settle) -> None:
    other = digest("tuesday.txt", STORKS, day="2025-03-11")
    split = '[[split]]\npaper = "where-storks-rest"\nentries = ["tuesday.txt #1"]\n'
    settle("", MONDAY)
    assert "where-storks-rest-2" in {paper.slug for paper in settle(split, MONDAY, other).papers}
    withdraw = '[[withdraw]]\npaper = "where-storks-rest-2"\nnote = "No."\n'
    (paper,) = (p for p in settle(withdraw, MONDAY, other).papers if p.title == STORKS.title)
    assert paper.withdrawn == "No."


def test_a_paper_that_the_keeper_merged_is_known_by_its_place(settle: Settle) -> None:
    """By its title it may be one of two, and its page is gone."""
    bread = "Bakers keep one sourdough alive for decades by feeding rye at the same hour. " * 2
    first = digest("1.txt", dataclasses.replace(STORKS, arxiv=None), SHIPS, day="2025-03-10")
    namesake = digest("2.txt", Entry(1, STORKS.title, abstract=bread), day="2025-03-11")
    settle("", first)
    merge = '[[merge]]\npapers = ["loading-vessels", "where-storks-rest"]\n'
    found = settle(merge, first, namesake)
    assert {digest.id: [item.slug for item in digest.items] for digest in found.digests} == {
        "2025-03-10": ["loading-vessels", "loading-vessels"],
        "2025-03-11": ["where-storks-rest-2"],
    }


def test_a_doi_that_several_papers_have_gives_none_of_them_anothers_page(settle: Settle) -> None:
    shared = "10.1000/0"
    storks = dataclasses.replace(STORKS, doi=shared)
    ships = dataclasses.replace(SHIPS, arxiv="2401.00002", doi=shared)
    other = Entry(1, "Writings of many", doi=shared)
    before = settle("", digest("1.txt", other, day="2025-03-09"))
    both = digest("2.txt", storks, ships, day="2025-03-10")
    after = settle("", digest("1.txt", other, day="2025-03-09"), both)
    assert slugs(after).items() >= slugs(before).items()
    assert after.redirects == ()


def test_a_page_that_was_split_off_goes_to_the_paper_that_it_is(settle: Settle) -> None:
    """Its digest carries another paper by now, and the split is taken out."""
    other = digest("tuesday.txt", STORKS, day="2025-03-11")
    split = '[[split]]\npaper = "where-storks-rest"\nentries = ["tuesday.txt #1"]\n'
    settle("", MONDAY)
    settle(split, MONDAY, other)
    bread = Entry(1, "Sourdough")
    settle(split, MONDAY, digest("tuesday.txt", bread, day="2025-03-11"))
    settle("", MONDAY, digest("tuesday.txt", bread, day="2025-03-11"))


def test_papers_that_two_entries_of_the_keeper_make_one_come_back(settle: Settle) -> None:
    """A merge that begins with another paper turns the first one round."""
    three = digest("1.txt", STORKS, SHIPS, Entry(3, "Sourdough"), day="2025-03-10")
    before = slugs(settle("", three))
    first = '[[merge]]\npapers = ["loading-vessels", "sourdough"]\n'
    second = '[[merge]]\npapers = ["where-storks-rest", "sourdough"]\n'
    assert len(settle(first + second, three).papers) == 1
    assert slugs(settle("", three)) == before


def test_a_page_that_the_keeper_merged_others_into_is_split_without_taking_their_keys(
    settle: Settle,
) -> None:
    ships = dataclasses.replace(SHIPS, doi="10.1000/7")
    settle("", digest("monday.txt", STORKS, day="2025-03-10"))
    left = digest("left.txt", ships, Entry(2, "Sourdough"), day="2025-03-12")
    settle("", left)
    word = '[[split]]\npaper = "where-storks-rest"\nentries = ["left.txt #2"]\n'
    word += '[[correct]]\npaper = "where-storks-rest"\ndoi = "10.1000/7"\n'
    settle(word, left)


def test_a_ledger_with_a_byte_order_mark_and_windows_line_ends_is_whole(
    settle: Settle, papers: Path
) -> None:
    before = settle("", MONDAY, TUESDAY)
    for file in papers.glob("*.*"):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert settle("", MONDAY, TUESDAY) == before
    assert not list(papers.glob("*.damaged"))


def test_a_paper_of_two_pages_is_merged_with_both_of_them(settle: Settle) -> None:
    """The two become one by themselves in the very conversion in which the keeper merges them."""
    text = STORKS.abstract
    one = digest("1.txt", Entry(1, "At rest", abstract=text), SHIPS, day="2025-03-10")
    two = digest("2.txt", Entry(1, "Storks", abstract=text, arxiv="2401.00001"), day="2025-03-11")
    settle("", one, two)
    known = Entry(1, "At rest", abstract=text, arxiv="2401.00001")
    word = '[[merge]]\npapers = ["loading-vessels", "storks"]\n'
    settle(word, digest("1.txt", known, SHIPS, day="2025-03-10"), two)
    alone = settle(word, digest("1.txt", Entry(1, "At rest"), SHIPS, day="2025-03-10"))
    assert alone.papers[0].slug == "loading-vessels"


def test_what_two_corrections_make_one_paper_of_three_is_settled_at_once(settle: Settle) -> None:
    ships = dataclasses.replace(SHIPS, doi="10.1000/7")
    settle("", digest("1.txt", STORKS, Entry(2, "Sourdough"), day="2025-03-09"))
    left = digest("2.txt", ships, day="2025-03-10")
    settle("", left)
    word = '[[correct]]\npaper = "{}"\ndoi = "10.1000/7"\n'
    settle(word.format("where-storks-rest") + word.format("sourdough"), left)


def test_what_is_said_of_a_page_that_is_lost_is_not_said_of_a_new_one(
    settle: Settle, papers: Path
) -> None:
    settle("", MONDAY)
    page_of(papers, "where-storks-rest").unlink()
    word = '[[split]]\npaper = "loading-vessels"\nentries = ["monday.txt #1"]\n'
    word += '[[withdraw]]\npaper = "where-storks-rest"\nnote = "No."\n'
    (paper,) = (p for p in settle(word, MONDAY).papers if p.title == STORKS.title)
    assert (paper.slug, paper.withdrawn) == ("where-storks-rest-2", None)

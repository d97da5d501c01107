"""What the keeper split off stays the same paper, whatever its digests, names and places become."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from daybook.archive import Conversion, convert
from daybook.archive.topics import Taxonomy
from daybook.digests import Reading
from daybook.records import Digest, Entry

from .conftest import tree
from .few_digests import digest

Obey = Callable[..., Conversion]

BIRDS = Entry(1, "Notes on Birds", authors=("Ada King", "Bo Two"), doi="10.5555/n.1")
EDITORIAL = Entry(1, "Annual Editorial of Birds", authors=("Wei Wang", "Bo Two"))
OTHER = Entry(2, "Notes on Birds", authors=("Ada King", "Omar Haddad"))
FIRST = digest("2026-03-01.csv", BIRDS, day="2026-03-01")
SECOND = digest("2026-03-02.csv", EDITORIAL, OTHER, day="2026-03-02")
OWLS = digest(
    "2026-03-02-zzz.csv",
    Entry(1, "Owls", authors=("Wei Wang",)),
    Entry(2, "Crows", authors=("Eve Five",)),
    day="2026-03-02",
)


@pytest.fixture
def obey(papers: Path, taxonomy: Taxonomy, tmp_path: Path) -> Obey:
    """Give a function that converts digests under a split of these entries, twice."""

    def run(entries: str, *digests: Digest, more: str = "") -> Conversion:
        file = tmp_path / "papers.toml"
        word = f'[[split]]\npaper = "notes-on-birds"\nentries = [{entries}]\n{more}'
        file.write_text(word if entries else "", encoding="utf-8")
        reading = Reading(digests, (), len(digests))
        done = convert(reading, papers, None, taxonomy, corrections=file)
        before = tree(papers)
        again = convert(reading, papers, None, taxonomy, corrections=file)
        assert tree(papers) == before
        assert again.archive == done.archive
        return done

    return run


def listed(*entries: Entry) -> Digest:
    numbered = (dataclasses.replace(e, position=n) for n, e in enumerate(entries, 1))
    return digest("2026-03-02.csv", *numbered, day="2026-03-02")


def split_off(done: Conversion) -> tuple[tuple[str, ...] | None, list[tuple[str, int]]]:
    """Give the people and the places of the paper that was split off."""
    (paper,) = (paper for paper in done.archive.papers if paper.slug == "notes-on-birds-2")
    return paper.authors, [(seen.digest, seen.position) for seen in paper.digests]


def slugs(done: Conversion) -> list[str]:
    return sorted(paper.slug for paper in done.archive.papers)


APART = '"2026-03-02 #2"'
PEOPLE = ("Ada King", "Omar Haddad")


def test_another_digest_of_the_day_takes_nothing_from_a_split(obey: Obey) -> None:
    obey("", FIRST, SECOND)
    assert split_off(obey(APART, FIRST, SECOND)) == (PEOPLE, [("2026-03-02", 2)])
    done = obey(APART, FIRST, SECOND, OWLS)
    assert split_off(done) == (PEOPLE, [("2026-03-02", 2)])
    assert not done.refusals


def test_a_digest_that_is_gone_leaves_its_name_to_no_other(obey: Obey) -> None:
    obey(APART, FIRST, SECOND)
    done = obey(APART, FIRST, OWLS)
    assert {"owls", "crows"} <= set(slugs(done))
    (refusal,) = (r for r in done.refusals if "[[split]]" in r.message)
    assert "there is no entry '2026-03-02 #2'" in refusal.message
    assert split_off(obey(APART, FIRST, SECOND, OWLS)) == (PEOPLE, [("2026-03-02", 2)])


NEW = Entry(1, "An Inserted Entry", authors=("Karl Petrov",))


@pytest.mark.parametrize("ids", [{}, {"arxiv": "2603.00001"}])
def test_an_entry_that_moved_is_followed_and_told(obey: Obey, ids: dict[str, str]) -> None:
    other = dataclasses.replace(OTHER, **ids)  # type: ignore[arg-type]
    more = f'arxiv = "{ids["arxiv"]}"\n' if ids else ""
    obey(APART, FIRST, listed(EDITORIAL, other), more=more)
    done = obey(APART, FIRST, listed(NEW, EDITORIAL, other), more=more)
    assert split_off(done) == (PEOPLE, [("2026-03-02", 3)])
    assert {"an-inserted-entry", "annual-editorial-of-birds", "notes-on-birds"} <= set(slugs(done))
    (refusal,) = done.refusals
    assert "'2026-03-02 #2' is '2026-03-02 #3' by now" in refusal.message
    done = obey('"2026-03-02 #3"', FIRST, listed(NEW, EDITORIAL, other), more=more)
    assert split_off(done) == (PEOPLE, [("2026-03-02", 3)])
    assert slugs(done).count("notes-on-birds-3") == 0
    assert not done.refusals


def test_of_two_entries_of_one_title_the_one_by_the_same_people_is_followed(obey: Obey) -> None:
    again = Entry(1, "Notes on Birds", authors=BIRDS.authors, doi=BIRDS.doi)
    obey(APART, FIRST, listed(EDITORIAL, OTHER))
    done = obey(APART, FIRST, listed(EDITORIAL, again, OTHER))
    assert split_off(done) == (PEOPLE, [("2026-03-02", 3)])


def test_an_entry_whose_title_was_mended_is_still_the_one(obey: Obey) -> None:
    obey(APART, FIRST, SECOND)
    mended = dataclasses.replace(OTHER, title="Notes on Some Birds")
    done = obey(APART, FIRST, listed(EDITORIAL, mended))
    assert split_off(done) == (PEOPLE, [("2026-03-02", 2)])
    assert not done.refusals


def test_an_entry_that_is_gone_gives_its_place_to_nobody(obey: Obey) -> None:
    obey(APART, FIRST, SECOND)
    done = obey(APART, FIRST, listed(EDITORIAL, NEW))
    assert "an-inserted-entry" in slugs(done)
    (refusal,) = (r for r in done.refusals if "[[split]]" in r.message)
    assert "'2026-03-02 #2' is no longer the entry that was split off" in refusal.message


@pytest.mark.parametrize(
    "entries",
    ['"2026-03-02.csv #2"', '"2026-02-15 #1", "2026-03-02 #2"', '"2026-03-02 #2", "2026-02-15 #1"'],
)
def test_however_an_entry_is_named_its_paper_stays(obey: Obey, entries: str) -> None:
    early = dataclasses.replace(OTHER, position=1)
    before = digest("2026-02-15.csv", early, day="2026-02-15")
    obey(APART, before, FIRST, SECOND)
    done = obey(entries, before, FIRST, SECOND)
    authors, places = split_off(done)
    assert authors == PEOPLE
    assert ("2026-03-02", 2) in places
    assert "notes-on-birds-3" not in slugs(done)


def test_a_place_may_be_split_off_anew_for_another_paper(obey: Obey) -> None:
    obey(APART, FIRST, SECOND)
    obey("", FIRST, SECOND)
    done = obey(APART, FIRST, listed(EDITORIAL, BIRDS, OTHER))
    assert split_off(done) == (BIRDS.authors, [("2026-03-02", 2)])

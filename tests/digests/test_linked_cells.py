"""Cells that are links, as sheets and people write them: words and addresses are told apart."""

from __future__ import annotations

import csv
import io

import pytest
from daybook.digests import read_digest
from daybook.records import Entry

ARXIV = "https://arxiv.org/abs/2402.00002"


def read(*rows: list[str]) -> Entry:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    (digest,) = read_digest("list.csv", text.getvalue().encode())
    assert digest.refusals == ()
    (entry,) = digest.entries
    return entry


@pytest.mark.parametrize(
    "cell",
    [
        f'=HYPERLINK("{ARXIV}","Where Storks Rest")',
        f'=HYPERLINK("{ARXIV}";"Where Storks Rest")',
        f'= hyperlink( "{ARXIV}" , "Where Storks Rest" )',
        f"[Where Storks Rest]({ARXIV})",
    ],
)
@pytest.mark.parametrize("link", ["", "none yet"])
def test_a_title_that_is_a_link_gives_title_and_address(cell: str, link: str) -> None:
    entry = read(["Title", "Link"], [cell, link])
    assert (entry.title, entry.arxiv) == ("Where Storks Rest", "2402.00002")


@pytest.mark.parametrize(
    "cell", [f'=HYPERLINK("{ARXIV}","PDF")', f'=HYPERLINK("{ARXIV}")', f"[PDF]({ARXIV})"]
)
@pytest.mark.parametrize("column", ["Link", "arXiv", "Paper link"])
def test_of_a_link_in_another_column_the_address_counts(cell: str, column: str) -> None:
    entry = read(["Title", column], ["Where Storks Rest", cell])
    assert (entry.title, entry.arxiv, entry.links) == ("Where Storks Rest", "2402.00002", ())


def test_the_address_of_the_column_for_it_comes_before_the_titles() -> None:
    title = '=HYPERLINK("https://example.org/x","Where ""Storks"" Rest")'
    entry = read(["Title", "URL"], [title, ARXIV])
    assert (entry.title, entry.arxiv, entry.links) == ('Where "Storks" Rest', "2402.00002", ())


def test_a_formula_that_is_no_link_stays_as_it_is() -> None:
    assert read(["Title", "Link"], ["=A1&B1", ARXIV]).title == "=A1&B1"


@pytest.mark.parametrize(
    "people",
    [
        "Doe, Jane / Smith, John",
        "Doe, Jane & Smith, John",
        "Doe, Jane and Smith, John",
        "Jane Doe / John Smith",
        "Jane Doe\nJohn Smith",
        "Jane Doe,\nJohn Smith",
        '"Jane Doe", "John Smith"',
        "['Jane Doe', 'John Smith']",
    ],
)
def test_people_are_divided_as_their_cell_does(people: str) -> None:
    entry = read(["Title", "Authors", "Link"], ["Where Storks Rest", people, ARXIV])
    assert entry.authors == ("Jane Doe", "John Smith")


def test_and_between_whole_names_turns_none_round() -> None:
    people = "Ada One, Bo Two and Cy Three, Dee Four"
    entry = read(["Title", "Authors", "Link"], ["Where Storks Rest", people, ARXIV])
    assert entry.authors == ("Ada One", "Bo Two", "Cy Three", "Dee Four")


def test_of_two_addresses_that_of_the_paper_names_it() -> None:
    entry = read(["Title", "URL"], [f"[Where Storks Rest]({ARXIV})", "https://storks.org"])
    assert (entry.title, entry.arxiv) == ("Where Storks Rest", "2402.00002")
    assert [link.url for link in entry.links] == ["https://storks.org"]

"""The archive in figures."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from daybook.records import Appearance, Archive, PartialDate

from .small_archive import ARCHIVE, digest, paper, render


def figures(files: dict[str, bytes]) -> dict[str, list[list[str]]]:
    """Read the data of every chart, by what it shows."""
    page = BeautifulSoup(files["overview.html"].decode(), "lxml")

    def rows(figure: Tag) -> list[list[str]]:
        return [[cell.get_text() for cell in row.select("th, td")] for row in figure.select("tr")]

    return {
        figure.figcaption.get_text(): rows(figure)
        for figure in page.select("figure.chart")
        if figure.figcaption
    }


def test_coverage_counts_the_papers_of_which_each_fact_is_known() -> None:
    found = figures(render())["Papers of which this is known"]
    assert found[0] == ["Fact", "Papers", "Of 4"]
    assert ["Authors", "3", "75%"] in found
    assert ["Abstract", "2", "50%"] in found
    assert ["Venue", "1", "25%"] in found
    assert ["Publication, to the day", "1", "25%"] in found


def test_growth_counts_each_paper_once_in_the_month_of_its_first_dated_digest() -> None:
    papers = tuple(
        paper(n, digests=seen)
        for n, seen in enumerate(
            (
                (Appearance("2025-03-11", 1), Appearance("2025-05-02", 1)),
                (Appearance("2025-05-02", 2),),
                (Appearance("undated-1", 1),),
            )
        )
    )
    digests = (
        digest("2025-05-02", "paper-0", "paper-1"),
        digest("2025-03-11", "paper-0"),
        digest("undated-1", "paper-2"),
    )
    files = render(Archive(papers, digests, ()))
    assert figures(files)["Papers in dated digests"] == [
        ["Month", "Papers in all"],
        ["March 2025", "1"],
        ["April 2025", "1"],
        ["May 2025", "2"],
    ]
    assert b"1 paper that no dated digest carried not counted" in files["overview.html"]
    assert ["Undated", "1"] in figures(files)["How digests are dated"]


def test_topics_are_counted_by_year() -> None:
    rows = figures(render())["Papers of the largest topics by year of publication"]
    assert rows == [["Topic", "2024"], ["Vision", "2"], ["Safety", "1"]]


def test_authors_and_teams_are_counted() -> None:
    found = figures(render())
    assert ["2 papers", "1"] in found["Authors by how many papers they wrote"]
    assert found["Papers by number of authors"][1:] == [["1", "1"], ["2", "1"], ["3", "1"]]


def test_an_archive_of_centuries_is_drawn_within_bounds() -> None:
    papers = tuple(
        paper(n, published=PartialDate(1000 + n), digests=(Appearance(f"{1000 + n}-01-01", 1),))
        for n in range(1000)
    )
    digests = tuple(digest(f"{1000 + n}-01-01", f"paper-{n}") for n in reversed(range(1000)))
    files = render(Archive(papers, digests, ARCHIVE.topics))
    assert len(files["overview.html"]) < 150_000
    assert b"960 papers of before 1960 not drawn" in files["overview.html"]


def test_nothing_known_gives_a_page_without_drawings() -> None:
    assert figures(render(Archive((), (), ()))) == {}


def test_the_overview_is_reached_from_the_first_page_and_the_about_page() -> None:
    files = render()
    assert b'href="overview.html"' in files["index.html"]
    assert b'href="overview.html"' in files["about.html"]

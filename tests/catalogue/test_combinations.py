"""What people combine: topics in years, pairs of topics, and what a topic's page tells."""

from __future__ import annotations

from dataclasses import replace

from bs4 import BeautifulSoup
from daybook.records import Appearance, Archive, Paper, PartialDate, Topic

from .small_archive import OPTIONS, TOPICS, digest, paper, render


def papers(count: int, *topics: str, first: int = 0, year: int = 2025) -> tuple[Paper, ...]:
    """Give papers with topics, published one a month."""
    return tuple(
        paper(n, topics=topics, published=PartialDate(year, 1 + n % 12), authors=("Ada One",))
        for n in range(first, first + count)
    )


def page_of(files: dict[str, bytes], path: str) -> BeautifulSoup:
    """Read a page."""
    return BeautifulSoup(files[path].decode(), "lxml")


def test_a_topic_in_a_year_and_two_topics_have_pages_with_all_their_papers() -> None:
    files = render(Archive(papers(6, "safety", "vision"), (), TOPICS))
    for path in ("topics/safety--in-2025.html", "topics/safety--and--vision.html"):
        page = page_of(files, path)
        assert len(page.select(".cards > li")) == 6
        assert f"href=../{path}>" in files["topics/safety.html"].decode()
    assert page.h1 is not None
    assert page.h1.get_text() == "Safety and Vision"
    assert {a["href"] for a in page.select(".crumbs a")} >= {
        "../topics/safety.html",
        "../topics/vision.html",
    }


def test_few_papers_make_no_page_and_no_link() -> None:
    files = render(Archive(papers(4, "safety", "vision"), (), TOPICS))
    assert not [path for path in files if "--" in path]
    assert b"--in-" not in files["topics/safety.html"]


def test_years_lead_to_the_years_before_and_after() -> None:
    both = (*papers(5, "safety", year=2024), *papers(5, "safety", first=5))
    page = page_of(render(Archive(both, (), TOPICS)), "topics/safety--in-2025.html")
    assert [a["href"] for a in page.select(".neighbours a")] == ["../topics/safety--in-2024.html"]


def test_long_lists_of_a_year_are_cut_into_pages() -> None:
    files = render(Archive(papers(7, "safety"), (), TOPICS), replace(OPTIONS, page_size=3))
    shown = [
        len(page_of(files, f"topics/safety--in-2025{page}.html").select(".cards > li"))
        for page in ("", "-page-2", "-page-3")
    ]
    assert shown == [3, 3, 1]


def test_a_large_archive_bounds_its_lists() -> None:
    options = replace(OPTIONS, large_archive=1)
    years = tuple(
        found
        for place in range(6)
        for found in papers(20, "safety", "vision", first=20 * place, year=2018 + place)
    )
    files = render(Archive(years, (), TOPICS), options)
    found = sorted(path for path in files if "safety--in-" in path)
    assert found == [f"topics/safety--in-{year}.html" for year in (2021, 2022, 2023)]
    pair = page_of(files, "topics/safety--and--vision.html")
    assert len(pair.select(".cards > li")) == 50
    assert "The newest 50" in pair.get_text()
    assert "topics/safety--and--vision-page-2.html" not in files


def test_no_topics_name_collides_with_a_combination() -> None:
    topics = (
        *TOPICS,
        Topic("in-2025", "In 2025", "Odd", ""),
        Topic("and-vision", "And", "Odd", ""),
    )
    some = papers(5, "safety", "vision", "in-2025", "and-vision")
    assert "topics/safety--in-2025.html" in render(Archive(some, (), topics))


def test_a_topics_page_draws_its_months_and_lists_them() -> None:
    page = page_of(render(Archive(papers(13, "safety"), (), TOPICS)), "topics/safety.html")
    drawing = page.select_one("figure.chart svg")
    assert drawing is not None
    names = str(drawing["aria-labelledby"]).split()
    assert [page.find(id=name).name for name in names] == ["title", "desc"]  # type: ignore[union-attr]
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in page.select("tbody tr")]
    assert rows[0] == ["January 2025", "2"]
    assert rows[-1] == ["December 2025", "1"]
    assert len(rows) == 12


def test_most_seen_papers_are_named_with_how_often() -> None:
    seen = replace(
        papers(1, "safety")[0],
        digests=(Appearance("2025-03-11", 1), Appearance("2025-03-12", 1)),
        upvotes=1200,
    )
    digests = (digest("2025-03-12", seen.slug), digest("2025-03-11", seen.slug))
    page = page_of(render(Archive((seen,), digests, TOPICS)), "topics/safety.html")
    assert [li.get_text(" ", strip=True) for li in page.select(".seen li")] == [
        "Paper 0 in 2 digests, 1,200 upvotes"
    ]

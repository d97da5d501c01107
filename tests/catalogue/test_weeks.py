"""Time: ISO weeks, crumbs, and maps of days and months."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bs4 import BeautifulSoup
from daybook.records import Archive, PartialDate

from .small_archive import OPTIONS, digest, paper, render

PAPERS = tuple(
    paper(n, published=PartialDate.of(dt.date(2024, 11, 1) + dt.timedelta(days=10 * n)))
    for n in range(12)
)
DIGESTS = (
    digest("2025-01-06", "paper-4", "paper-5"),
    digest("2024-12-31", "paper-2", "paper-3"),
    digest("2024-12-30", "paper-1", "paper-2"),
)
ARCHIVE = Archive(PAPERS, DIGESTS, ())


def page_of(files: dict[str, bytes], path: str) -> BeautifulSoup:
    """Read a page."""
    return BeautifulSoup(files[path].decode(), "lxml")


def test_a_week_of_two_years_is_one_page_with_every_paper_once() -> None:
    files = render(ARCHIVE)
    assert sorted(path for path in files if path.startswith("weeks/")) == [
        "weeks/2025-w01.html",
        "weeks/2025-w02.html",
    ]
    page = page_of(files, "weeks/2025-w01.html")
    assert page.h1 is not None
    assert page.h1.get_text() == "Week 1 of 2025"
    assert "30 December 2024 to 5 January 2025" in page.get_text()
    found = [str(a["href"]) for a in page.select(".cards h2 a")]
    assert found == [f"../papers/paper-{n}.html" for n in (1, 2, 3)]
    assert [str(a["href"]) for a in page.select(".neighbours a")] == ["../weeks/2025-w02.html"]


def test_weeks_are_reached_from_the_dates_and_from_their_days() -> None:
    files = render(ARCHIVE)
    assert b"href=../weeks/2025-w02.html>Week 2 of 2025" in files["dates/index.html"]
    crumbs = page_of(files, "days/2024-12-31.html").select(".crumbs a")
    assert [str(a["href"]) for a in crumbs] == ["../dates/index.html", "../weeks/2025-w01.html"]


def test_a_months_page_leads_to_its_year() -> None:
    crumbs = page_of(render(ARCHIVE), "dates/2024-11.html").select(".crumbs a")
    assert [a.get_text() for a in crumbs] == ["Dates", "2024"]


def test_a_large_archive_names_the_papers_of_a_week_that_were_noticed_most() -> None:
    slugs = [f"paper-{n}" for n in range(30)]
    some = tuple(paper(n, upvotes=n) for n in range(30))
    archive = Archive(some, (digest("2025-01-06", *slugs),), ())
    page = page_of(render(archive, replace(OPTIONS, large_archive=1)), "weeks/2025-w02.html")
    found = [str(a["href"]) for a in page.select(".cards a")]
    assert found == [f"../papers/paper-{n}.html" for n in range(29, 9, -1)]
    assert "Most noticed" in page.get_text()


def test_a_large_archives_year_names_its_months_and_lists_what_has_none() -> None:
    dates = ("2024-03-02", "2024-03", "2024-01-09", *["2024"] * 3)
    some = tuple(paper(n, published=PartialDate.parse(date)) for n, date in enumerate(dates))
    files = render(Archive(some, (), ()), replace(OPTIONS, large_archive=1, page_size=2))
    first, second = (page_of(files, f"dates/2024{end}.html") for end in ("", "-page-2"))
    months = [(li.get_text().strip(), li.a and li.a["href"]) for li in first.select(".index li")]
    assert months == [
        ("March 2", "../dates/2024-03.html"),
        ("January 1", "../dates/2024-01.html"),
    ]
    assert not second.select(".index li")
    listed = [str(a["href"]) for page in (first, second) for a in page.select(".cards a")]
    assert listed == [f"../papers/paper-{n}.html" for n in (3, 4, 5)]
    assert "6 papers published in 2024" in first.get_text()


def test_a_year_is_drawn_day_by_day_with_its_days_as_a_table() -> None:
    page = page_of(render(ARCHIVE), "dates/2024.html")
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in page.select("tbody tr")]
    assert rows[:2] == [["1 November", "1"], ["11 November", "1"]]
    assert len(rows) == 7
    assert len(page.select("figure.chart svg")) == 1


def test_the_dates_are_drawn_month_by_month() -> None:
    page = page_of(render(ARCHIVE), "dates/index.html")
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in page.select("tbody tr")]
    assert rows[0] == ["February 2025", "2"]
    assert ["December 2024", "4"] in rows


def test_the_first_and_the_last_week_of_time_have_pages() -> None:
    for day, week in (("0001-01-01", "0001-w01"), ("9999-12-31", "9999-w52")):
        files = render(Archive(PAPERS, (digest(day, "paper-1"),), ()))
        assert f"weeks/{week}.html" in files

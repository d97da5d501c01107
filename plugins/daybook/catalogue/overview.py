"""The archive in figures: how it grew, what it is about, where from, and how much is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import accumulate

from ..drafts import File
from ..records import MONTHS, Paper
from . import addresses
from .charts import Chart, Points, Subject, bars, columns, growth, series
from .rendering import Press
from .shelves import Shelves
from .wording import counted

_MOST_MONTHS = 120
"""Months drawn of an archive's growth; a longer one is drawn by years."""
_MOST_YEARS = 40
_TOPICS, _TOPIC_YEARS = 12, 8
_FORMATS = 20
_KNOWN: tuple[tuple[str, Callable[[Paper], object]], ...] = (
    ("Authors", lambda paper: paper.authors),
    ("Abstract", lambda paper: paper.abstract),
    ("arXiv identifier", lambda paper: paper.arxiv),
    ("DOI", lambda paper: paper.doi),
    ("Categories", lambda paper: paper.categories),
    ("Venue", lambda paper: paper.venue),
    ("Publication", lambda paper: paper.published),
    ("Publication, to the day", lambda paper: paper.published and paper.published.day),
    ("Topics", lambda paper: paper.topics),
    ("Code", lambda paper: any(link.kind == "code" for link in paper.links)),
)
_DATED_BY = {
    "sidecar": "By the keeper",
    "file": "By the file itself",
    "file name": "By the file’s name",
    "heading": "By a heading",
    "inferred": "By a heading, the year inferred",
    None: "Undated",
}


def overview_page(shelves: Shelves, press: Press) -> File:
    """Give the page."""
    about = f"{press.options.name} in figures: {counted(len(shelves.papers), 'paper')}."
    page = press.page("overview", "Overview", addresses.OVERVIEW, about)
    sections: tuple[tuple[str, list[Chart]], ...] = (
        ("Growth", [*_growth(shelves), *_published(shelves)]),
        ("Topics over time", _topics(shelves)),
        ("Digests and their dates", _sources(shelves)),
        ("Authors", _authors(shelves)),
        ("What is known of the papers", _coverage(shelves)),
    )
    filled = tuple((heading, tuple(charts)) for heading, charts in sections if charts)
    return press.print("overview.html", page, sections=filled)


def _growth(shelves: Shelves) -> list[Chart]:
    """Draw the papers that dated digests had carried by each month."""
    dates = {digest.id: digest.date for digest in shelves.archive.digests}
    found: Counter[int] = Counter()
    for paper in shelves.papers:
        days = [date.earliest for seen in paper.digests if (date := dates.get(seen.digest))]
        if days:
            found[min(days).year * 12 + min(days).month - 1] += 1
    if not found:
        return []
    rest = len(shelves.papers) - found.total()
    note = f"{counted(rest, 'paper')} that no dated digest carried not counted." if rest else ""
    months = range(min(found), max(found) + 1)
    totals = accumulate(found[month] for month in months)
    points = [
        (f"{MONTHS[month % 12]} {month // 12}", total)
        for month, total in zip(months, totals, strict=True)
    ]
    if len(points) <= _MOST_MONTHS:
        return [growth(Subject("growth", "Papers in dated digests", "Month", note), points)]
    years = {month // 12: total for month, (_, total) in zip(months, points, strict=True)}
    by_year = [(str(year), total) for year, total in years.items()]
    return [growth(Subject("growth", "Papers in dated digests", "Year", note), by_year)]


def _published(shelves: Shelves) -> list[Chart]:
    years = Counter(paper.published.year for paper in shelves.papers if paper.published)
    if not years:
        return []
    first = max(min(years), max(years) - _MOST_YEARS + 1)
    older = sum(count for year, count in years.items() if year < first)
    note = f"{counted(older, 'paper')} of before {first} not drawn." if older else ""
    points = [(str(year), years[year]) for year in range(first, max(years) + 1)]
    return [columns(Subject("published", "Papers by year of publication", "Year", note), points)]


def _topics(shelves: Shelves) -> list[Chart]:
    dated = [paper for paper in shelves.papers if paper.published and paper.topics]
    found = Counter(
        (slug, paper.published.year)
        for paper in dated
        for slug in dict.fromkeys(paper.topics)
        if paper.published
    )
    if not found:
        return []
    last = max(year for _, year in found)
    first = max(min(year for _, year in found), last - _TOPIC_YEARS + 1)
    years = range(first, last + 1)
    known = [view for slug, view in shelves.topics.items() if slug != addresses.UNSORTED]
    largest = sorted(known, key=lambda view: (-view.count, view.name))[:_TOPICS]
    lines = [(view.name, [found[view.slug, year] for year in years]) for view in largest]
    caption = "Papers of the largest topics by year of publication"
    note = "All to one scale; a paper may have several topics."
    labels = [str(year) for year in years]
    return [series(Subject("topics", caption, "Topic", note), labels, lines)]


def _sources(shelves: Shelves) -> list[Chart]:
    if not shelves.digests:
        return []
    formats: Counter[str] = Counter()
    dated = Counter(digest.dated_by if digest.date else None for digest in shelves.archive.digests)
    for view in shelves.digests.values():
        formats[view.format] += 1
    ways = [(words, dated[by]) for by, words in _DATED_BY.items() if dated[by]]
    return [
        bars(Subject("formats", "Digests by format", "Format"), _largest(formats)),
        bars(Subject("dated", "How digests are dated", "Date"), ways),
    ]


def _largest(found: Counter[str]) -> Points:
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    rest = sum(count for _, count in ranked[_FORMATS:])
    return [*ranked[:_FORMATS], *([("Others", rest)] if rest else [])]


def _authors(shelves: Shelves) -> list[Chart]:
    everybody = shelves.people.everybody
    if not everybody:
        return []
    few = (("1 paper", 1, 1), ("2 papers", 2, 2), ("3 or 4 papers", 3, 4))
    steps = (*few, ("5 to 9 papers", 5, 9), ("10 papers or more", 10, 10**9))
    sizes = Counter(len(person.papers) for person in everybody)
    points = [
        (name, sum(count for size, count in sizes.items() if least <= size <= most))
        for name, least, most in steps
    ]
    teams = Counter(min(len(paper.authors), 10) for paper in shelves.papers if paper.authors)
    together = [
        ("10 or more" if number == 10 else str(number), teams[number]) for number in range(1, 11)
    ]
    return [
        bars(Subject("authors", "Authors by how many papers they wrote", "Authors of"), points),
        columns(Subject("teams", "Papers by number of authors", "Authors"), together),
    ]


def _coverage(shelves: Shelves) -> list[Chart]:
    papers = shelves.papers
    if not papers:
        return []
    points = [(name, sum(1 for paper in papers if known(paper))) for name, known in _KNOWN]
    subject = Subject("known", "Papers of which this is known", "Fact")
    return [bars(subject, points, of=len(papers))]

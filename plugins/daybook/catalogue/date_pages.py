"""Papers by publication, year by year and month by month, and digests by day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from markupsafe import Markup

from ..drafts import File
from ..records import MONTHS, KeptDigest, Paper
from . import addresses
from .charts import Chart, Subject, months_of_years
from .charts import calendar as draw_calendar
from .list_pages import titled
from .paging import cut
from .rendering import Press
from .shelves import Shelves
from .views import CardGroup, Named, Page, YearView
from .wording import counted

_WEEKS_LISTED = 106
_YEARS_DRAWN = 15
_FEWEST_DRAWN = 3
"""So many days or months make a map."""
_DAYS_LISTED = 366
"""Days named in the index of dates; older digests are in the list of digests."""


class Calendar:
    """The archive by time: years, months and days, newest first."""

    def __init__(self, shelves: Shelves) -> None:
        dated = [paper for paper in shelves.papers if paper.published is not None]
        self.undated = shelves.papers[len(dated) :]
        """Papers whose publication nobody knows; they stand at the end."""
        self.years = _grouped(dated, lambda paper: f"{_year(paper):04d}")
        self.months = _grouped(
            (paper for paper in dated if _month(paper)),
            lambda paper: f"{_year(paper):04d}-{_month(paper):02d}",
        )
        self.days: dict[str, list[KeptDigest]] = {}
        self.weeks: dict[str, list[str]] = {}
        """Days with digests by ISO week (``2025-w11``), newest first."""
        for digest in shelves.archive.digests:
            if digest.date is not None and digest.date.day:
                self.days.setdefault(str(digest.date), []).append(digest)
        for day in self.days:
            self.weeks.setdefault(week_of(dt.date.fromisoformat(day)), []).append(day)

    def week_names(self) -> tuple[Named, ...]:
        """Name the weeks that have digests, with how many entries they have, newest first."""
        return tuple(
            Named(
                week_in_words(text),
                addresses.week(text),
                sum(len(digest.items) for day in days for digest in self.days[day]),
            )
            for text, days in self.weeks.items()
        )

    def year_views(self) -> tuple[YearView, ...]:
        """Describe the years, each with its months in the order of the calendar."""
        months: dict[str, list[Named]] = {}
        for text in sorted(self.months):
            year, month = text.split("-")
            months.setdefault(year, []).append(
                Named(MONTHS[int(month) - 1], addresses.period(text), len(self.months[text]))
            )
        return tuple(
            YearView(
                year=str(int(text)),
                url=addresses.period(text),
                count=len(papers),
                months=tuple(months.get(text, ())),
            )
            for text, papers in self.years.items()
        )


def week_of(day: dt.date) -> str:
    """Give the ISO week of a day, whose year may be another than the day's."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-w{week:02d}"


def week_in_words(text: str) -> str:
    """Write 'Week 11 of 2025'."""
    year, week = text.split("-w")
    return f"Week {int(week)} of {int(year)}"


def _year(paper: Paper) -> int:
    return paper.published.year if paper.published else 0


def _month(paper: Paper) -> int:
    return paper.published.month if paper.published else 0


def _grouped(papers: Iterable[Paper], key: Callable[[Paper], str]) -> dict[str, list[Paper]]:
    found: dict[str, list[Paper]] = {}
    for paper in papers:
        found.setdefault(key(paper), []).append(paper)
    return found


def _month_in_words(text: str) -> str:
    year, month = text.split("-")
    return f"{MONTHS[int(month) - 1]} {int(year)}"


def date_pages(shelves: Shelves, calendar: Calendar, press: Press) -> Iterator[File]:
    """Give the index of dates, years, months, and the undated papers."""
    yield _index(shelves, calendar, press)
    years = {text: str(int(text)) for text in calendar.years}
    months = {text: _month_in_words(text) for text in calendar.months}
    for text, papers in calendar.years.items():
        yield from _period(shelves, press, text, papers, years)
    for text, papers in calendar.months.items():
        yield from _period(shelves, press, text, papers, months)
    if calendar.undated:
        yield from _undated(shelves, press, calendar.undated)


def _index(shelves: Shelves, calendar: Calendar, press: Press) -> File:
    about = f"{counted(len(shelves.papers), 'paper')} by year and month of publication."
    page = press.page("dates", "Dates", addresses.DATES, about)
    unknown = None
    if calendar.undated:
        unknown = Named("Publication unknown", addresses.UNKNOWN_DATE, len(calendar.undated))
    days = tuple(
        Named(_day_in_words(digests), addresses.day(day), sum(len(d.items) for d in digests))
        for day, digests in list(calendar.days.items())[:_DAYS_LISTED]
    )
    years = calendar.year_views()
    return press.print(
        "dates.html",
        page,
        years=years,
        unknown=unknown,
        days=days,
        weeks=calendar.week_names()[:_WEEKS_LISTED],
        months=_months(calendar),
    )


def _months(calendar: Calendar) -> Chart | None:
    """Draw the months of the last years; a single month is no map."""
    if len(calendar.months) < _FEWEST_DRAWN:
        return None
    counts = {
        (int(text[:4]), int(text[5:])): len(papers) for text, papers in calendar.months.items()
    }
    last = max(year for year, _ in counts)
    earliest = min(year for year, _ in counts)
    first = max(earliest, last - _YEARS_DRAWN + 1)
    caption = "Papers by month of publication, where it is known"
    if earliest < first:
        caption += f", since {first}"
    subject = Subject("months", caption, "Month")
    return months_of_years(subject, counts, range(last, first - 1, -1))


def _days_of(text: str, papers: Iterable[Paper]) -> Chart | None:
    """Draw the days of a year."""
    counts = Counter(
        paper.published.earliest for paper in papers if paper.published and paper.published.day
    )
    if len(counts) < _FEWEST_DRAWN:
        return None
    subject = Subject("days", "Papers by day of publication, where it is known", "Day")
    return draw_calendar(subject, int(text), counts)


def _period(
    shelves: Shelves,
    press: Press,
    text: str,
    papers: Sequence[Paper],
    names: dict[str, str],
) -> Iterator[File]:
    """Give the pages of a year, whose months are its headings, or of a month.

    A large archive's year names its months, whose own pages list their papers, and lists those of
    which no month is known.
    """
    order = list(names)
    place = order.index(text)
    kind = "month" if "-" in text else "year"

    def neighbour(where: int) -> Named | None:
        if not 0 <= where < len(order):
            return None
        return Named(names[order[where]], addresses.period(order[where]))

    about = f"{counted(len(papers), 'paper')} published in {names[text]}."
    year = str(int(text[:4]))
    drawn = _days_of(text, papers) if kind == "year" else None
    months: tuple[Named, ...] = ()
    listed = papers
    if kind == "year" and shelves.large:
        months = tuple(_months_alone(papers))
        listed = [paper for paper in papers if not _month(paper)]
    for url, shown, pager in cut(listed, press.options.page_size, addresses.period(text)):
        page = press.page(kind, titled(names[text], pager), url, about)
        if kind == "month" and not shelves.large:
            page = replace(page, bib=addresses.period_bib(text))
        groups = (
            tuple(_by_month(shelves, press, page, shown))
            if kind == "year"
            else (_all(shelves, press, page, shown, pager.number),)
        )
        yield press.print(
            "list.html",
            page,
            above=() if kind == "year" else ((year, addresses.period(text[:4])),),
            calendar=drawn if pager.number == 1 else None,
            months=months if pager.number == 1 else (),
            heading=names[text],
            intro=about,
            groups=groups,
            pager=pager,
            previous=neighbour(place + 1),
            next=neighbour(place - 1),
        )


def _all(
    shelves: Shelves, press: Press, page: Page, papers: Iterable[Paper], number: int
) -> CardGroup:
    cards = press.cards(shelves.cards_of(papers), page, way=shelves.way_of(number))
    return CardGroup(None, None, cards)


def _months_alone(papers: Iterable[Paper]) -> Iterator[Named]:
    """Name the months of a year without their papers, which would be listed a second time."""
    for month, run in groupby(papers, key=_month):
        if month:
            found = list(run)
            yield Named(MONTHS[month - 1], _address(found[0], month), len(found))


def _address(paper: Paper, month: int) -> str:
    return addresses.period(f"{_year(paper):04d}-{month:02d}")


def _by_month(
    shelves: Shelves, press: Press, page: Page, papers: Iterable[Paper]
) -> Iterator[CardGroup]:
    for month, run in groupby(papers, key=_month):
        found = list(run)
        cards = press.cards(shelves.cards_of(found), page, 3, way=shelves.short_way)
        if month:
            url = _address(found[0], month)
            yield CardGroup(MONTHS[month - 1], f"month-{month}", cards, url)
        else:
            yield CardGroup("Month unknown", "month-unknown", cards)


def _undated(shelves: Shelves, press: Press, papers: Sequence[Paper]) -> Iterator[File]:
    about = f"{counted(len(papers), 'paper')} of which nobody knows when they were published."
    for url, shown, pager in cut(papers, press.options.page_size, addresses.UNKNOWN_DATE):
        page = press.page("undated", titled("Publication unknown", pager), url, about)
        yield press.print(
            "list.html",
            page,
            above=(),
            calendar=None,
            heading="Publication unknown",
            intro=about,
            groups=(_all(shelves, press, page, shown, pager.number),),
            pager=pager,
            previous=None,
            next=None,
        )


def _day_in_words(digests: Sequence[KeptDigest]) -> str:
    date = digests[0].date
    return date.in_words if date else ""


def day_pages(shelves: Shelves, calendar: Calendar, press: Press, some: range) -> Iterator[File]:
    """Give the days of digests."""
    order = list(calendar.days)

    def neighbour(where: int) -> Named | None:
        if not 0 <= where < len(order):
            return None
        return Named(_day_in_words(calendar.days[order[where]]), addresses.day(order[where]))

    for place in some:
        day, digests = order[place], calendar.days[order[place]]
        heading = _day_in_words(digests)
        week = week_of(dt.date.fromisoformat(day))
        entries = [
            (digest.id, item.slug)
            for digest in digests
            for item in digest.items
            if item.slug in shelves.cards
        ]
        about = f"{counted(len(entries), 'paper')} in the digests of {heading}."
        guessed = any(digest.dated_by == "inferred" for digest in digests)
        listed = () if shelves.large else entries
        only = tuple(_alone(shelves, digest) for digest in digests) if shelves.large else ()
        for url, shown, pager in cut(listed, press.options.page_size, addresses.day(day)):
            page = press.page("day", titled(f"Digests of {heading}", pager), url, about)
            yield press.print(
                "list.html",
                page,
                above=((week_in_words(week), addresses.week(week)),),
                calendar=None,
                heading=heading,
                intro=about + (" The year is inferred." if guessed else ""),
                groups=only or tuple(_by_digest(shelves, press, page, shown)),
                pager=pager,
                previous=neighbour(place + 1),
                next=neighbour(place - 1),
            )


def _alone(shelves: Shelves, digest: KeptDigest) -> CardGroup:
    """Name a digest without its papers: a large archive does not list them a second time."""
    view = shelves.digests[digest.id]
    return CardGroup(view.name, f"digest-{digest.id}", Markup(), view.url)


def _by_digest(
    shelves: Shelves, press: Press, page: Page, entries: Iterable[tuple[str, str]]
) -> Iterator[CardGroup]:
    """Part a day's entries by digest; places would repeat, so the papers' own cards are shown."""
    for digest_id, run in groupby(entries, key=lambda entry: entry[0]):
        view = shelves.digests[digest_id]
        cards = press.cards(
            (shelves.cards[slug] for _, slug in run), page, 3, way=shelves.short_way
        )
        yield CardGroup(view.name, f"digest-{digest_id}", cards, view.url)

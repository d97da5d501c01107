"""The digests of a week, Monday to Sunday.

Weeks are those of ISO 8601 (https://www.iso.org/iso-8601-date-and-time-format.html), and a week is
that of its digests, as a day is: of most papers nobody knows on which day they were published.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from ..drafts import File
from ..records import Paper, PartialDate
from . import addresses
from .date_pages import Calendar, week_in_words
from .list_pages import titled
from .paging import cut
from .rendering import Press
from .shelves import Shelves
from .views import CardGroup, Named, Page
from .wording import counted

_NOTICED = 20
"""Papers on a week's page in a large archive, whose digests have them all."""


def week_pages(shelves: Shelves, calendar: Calendar, press: Press, some: range) -> Iterator[File]:
    """Give the weeks that have digests, newest first."""
    names = calendar.week_names()
    weeks = list(calendar.weeks)
    for place in some:
        text = weeks[place]
        days = calendar.weeks[text]
        papers = _papers(shelves, calendar, days)
        heading = week_in_words(text)
        shown_papers, label = papers, None
        if shelves.large and len(papers) > _NOTICED:
            shown_papers, label = _noticed(papers), "Most noticed"
        url = addresses.week(text)
        about = f"{counted(len(papers), 'paper')} in the digests of {_span(text)}."
        for here, shown, pager in cut(shown_papers, press.options.page_size, url):
            page = press.page("shelf", titled(heading, pager), here, about)
            yield press.print(
                "shelf.html",
                page,
                above=(("Dates", addresses.DATES),),
                heading=heading,
                intro=f"The digests of {_span(text)}.",
                total=len(papers),
                beside=_beside(shelves, calendar, days, papers) if pager.number == 1 else (),
                groups=(_group(shelves, press, page, shown, label),),
                pager=pager,
                previous=names[place + 1] if place + 1 < len(names) else None,
                next=names[place - 1] if place else None,
            )


def _papers(shelves: Shelves, calendar: Calendar, days: Sequence[str]) -> list[Paper]:
    """Give the papers of a week's digests, each once, in the order of days and digests."""
    slugs = dict.fromkeys(
        item.slug for day in sorted(days) for digest in calendar.days[day] for item in digest.items
    )
    return [shelves.by_slug[slug] for slug in slugs if slug in shelves.by_slug]


def _noticed(papers: Sequence[Paper]) -> list[Paper]:
    def figures(paper: Paper) -> tuple[int, int, int]:
        return -(paper.upvotes or 0), -(paper.comments or 0), -paper.digest_count

    return sorted(papers, key=figures)[:_NOTICED]


def _span(text: str) -> str:
    """Write '10 March 2025 to 16 March 2025'; the last week of time ends with it."""
    year, week = map(int, text.split("-w"))
    first = dt.date.fromisocalendar(year, week, 1)
    last = dt.date.fromordinal(min(first.toordinal() + 6, dt.date.max.toordinal()))
    return f"{PartialDate.of(first).in_words} to {PartialDate.of(last).in_words}"


def _beside(
    shelves: Shelves, calendar: Calendar, days: Sequence[str], papers: Sequence[Paper]
) -> tuple[tuple[str, Sequence[Named]], ...]:
    named = [
        Named(
            PartialDate.parse(day).in_words,
            addresses.day(day),
            sum(len(digest.items) for digest in calendar.days[day]),
        )
        for day in sorted(days)
    ]
    return (("Days", named), ("Topics", shelves.topic_counts(papers, most=8)))


def _group(
    shelves: Shelves, press: Press, page: Page, papers: Sequence[Paper], label: str | None
) -> CardGroup:
    level = 3 if label else 2
    cards = press.cards(shelves.cards_of(papers), page, level, way=shelves.short_way)
    return CardGroup(label, None, cards)

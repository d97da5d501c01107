"""The pages of venues and of what they published in a year, each with BibTeX."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..drafts import File
from ..records import Paper
from . import addresses
from .libraries import has_venue_library
from .list_pages import titled
from .paging import cut
from .rendering import Press
from .shelves import Shelves
from .venues import Venue
from .views import CardGroup, Named
from .wording import counted

_IN_INDEX = 300
"""Venues on one page of the index."""
_ABOVE = ("Venues", addresses.VENUES)


def venue_index(shelves: Shelves, press: Press) -> Iterator[File]:
    """Give the list of venues."""
    found = [Named(venue.name, venue.url, len(venue.papers)) for venue in shelves.venues.all]
    known = sum(1 for paper in shelves.papers if paper.venue)
    about = (
        f"Where papers were published, where that is known: "
        f"of {known:,} of {counted(len(shelves.papers), 'paper')}."
    )
    for url, shown, pager in cut(found, _IN_INDEX, addresses.VENUES):
        page = press.page("venues", titled("Venues", pager), url, about)
        yield press.print("venues.html", page, venues=tuple(shown), pager=pager)


def venue_pages(shelves: Shelves, press: Press, some: range) -> Iterator[File]:
    """Give the pages of venues and of their years."""
    for venue in shelves.venues.all[some.start : some.stop]:
        years = _years(venue)
        whole = Named(venue.name, venue.url)
        beside: dict[str, object] = {"above": (_ABOVE,), "previous": None, "next": None}
        yield from _one(shelves, press, whole, venue.papers, years=years, **beside)
        for place, papers in enumerate(venue.years.values()):
            name = Named(f"{venue.name} {years[place].name}", years[place].url)
            beside = {
                "above": (_ABOVE, (venue.name, venue.url)),
                "previous": years[place + 1] if place + 1 < len(years) else None,
                "next": years[place - 1] if place else None,
            }
            yield from _one(shelves, press, name, papers, years=(), **beside)


def _years(venue: Venue) -> tuple[Named, ...]:
    return tuple(
        Named(str(year), addresses.venue_year(venue.slug, year), len(papers))
        for year, papers in venue.years.items()
    )


def _one(
    shelves: Shelves,
    press: Press,
    venue: Named,
    papers: Sequence[Paper],
    *,
    years: Sequence[Named],
    **beside: object,
) -> Iterator[File]:
    """Give the pages of a venue, or of its year, of which `venue` has name and address."""
    url = venue.url or addresses.VENUES
    bib = addresses.library(url) if has_venue_library(shelves, papers) else None
    topics = shelves.topic_counts(papers, most=6) if len(papers) > 1 else []
    about = f"{counted(len(papers), 'paper')} of {venue.name}."
    for here, shown, pager in cut(papers, press.options.page_size, url):
        page = replace(press.page("shelf", titled(venue.name, pager), here, about), bib=bib)
        cards = press.cards(shelves.cards_of(shown), page, way=shelves.short_way)
        yield press.print(
            "shelf.html",
            page,
            heading=venue.name,
            intro="",
            total=len(papers),
            beside=(("By year", years), ("Topics", topics)) if pager.number == 1 else (),
            groups=(CardGroup(None, None, cards),),
            pager=pager,
            **beside,
        )

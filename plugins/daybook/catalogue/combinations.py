"""What people combine: the papers of a topic in a year, and those that two topics share.

A paper may stand in ten such lists, so that a large archive has those that are asked for most: the
last years, and the strongest neighbours of each topic.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, islice

from ..drafts import File
from ..records import Paper
from . import addresses
from .list_pages import titled
from .paging import cut, pager
from .rendering import Press
from .shelves import Shelves
from .views import CardGroup, Named, Page
from .wording import counted

_LEAST, _LEAST_IN_LARGE = 5, 20
"""So many papers make a page of their own."""
_YEARS, _YEARS_IN_LARGE = 15, 3
_NEIGHBOURS, _NEIGHBOURS_IN_LARGE = 8, 5
_SHOWN_OF_PAIR = 50
"""Papers on the page of a pair in a large archive: the newest."""


class Combinations:
    """The lists that have pages, made once."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves
        large = shelves.large
        least = _LEAST_IN_LARGE if large else _LEAST
        self.years = _years(shelves, least, _YEARS_IN_LARGE if large else _YEARS)
        """By topic and year, newest years first."""
        self.pairs = _pairs(shelves, least, _NEIGHBOURS_IN_LARGE if large else _NEIGHBOURS)
        """By two topics, in the taxonomy's order."""
        self._years_of: dict[str, list[int]] = {}
        for slug, year in self.years:
            self._years_of.setdefault(slug, []).append(year)
        self._pairs_of: dict[str, list[tuple[str, str]]] = {}
        for pair in self.pairs:
            for slug in pair:
                self._pairs_of.setdefault(slug, []).append(pair)

    def beside(self, slug: str) -> tuple[tuple[str, tuple[Named, ...]], ...]:
        """Name the lists that there are of a topic."""
        lists = (("By year", self.years_of(slug)), ("Combined", self.pairs_of(slug)))
        return tuple((name, found) for name, found in lists if found)

    def years_of(self, slug: str) -> tuple[Named, ...]:
        """Name a topic's years that have a page, with their counts, newest first."""
        return tuple(
            Named(str(year), addresses.topic_year(slug, year), len(self.years[slug, year]))
            for year in self._years_of.get(slug, ())
        )

    def pairs_of(self, slug: str) -> tuple[Named, ...]:
        """Name the topics with which a topic shares a page, the strongest first."""
        found = sorted(self._pairs_of.get(slug, ()), key=lambda pair: -len(self.pairs[pair]))
        names = self._shelves.topic_names
        return tuple(
            Named(
                f"with {names[pair[0] if pair[1] == slug else pair[1]].name}",
                addresses.topic_pair(*pair),
                len(self.pairs[pair]),
            )
            for pair in found
        )


def _years(shelves: Shelves, least: int, most: int) -> dict[tuple[str, int], list[Paper]]:
    found: dict[tuple[str, int], list[Paper]] = {}
    for slug in shelves.topics:
        years: dict[int, list[Paper]] = {}
        for paper in shelves.by_topic[slug]:
            if paper.published:
                years.setdefault(paper.published.year, []).append(paper)
        enough = (year for year in sorted(years, reverse=True) if len(years[year]) >= least)
        found.update({(slug, year): years[year] for year in islice(enough, most)})
    return found


def _pairs(shelves: Shelves, least: int, most: int) -> dict[tuple[str, str], list[Paper]]:
    order = {slug: place for place, slug in enumerate(shelves.topics)}
    found: dict[tuple[str, str], list[Paper]] = {}
    for paper in shelves.papers:
        topics = sorted(dict.fromkeys(paper.topics), key=order.__getitem__)
        for one, other in combinations(topics, 2):
            found.setdefault((one, other), []).append(paper)
    strongest = sorted(
        (pair for pair, papers in found.items() if len(papers) >= least),
        key=lambda pair: (-len(found[pair]), order[pair[0]], order[pair[1]]),
    )
    taken = dict.fromkeys(order, 0)
    kept = set()
    for pair in strongest:
        if min(taken[slug] for slug in pair) < most:
            kept.add(pair)
            for slug in pair:
                taken[slug] += 1
    return {
        pair: found[pair]
        for pair in sorted(kept, key=lambda pair: (order[pair[0]], order[pair[1]]))
    }


def year_pages(shelves: Shelves, found: Combinations, press: Press, some: range) -> Iterator[File]:
    """Give the pages of topics in years."""
    for slug, year in islice(found.years, some.start, some.stop):
        papers = found.years[slug, year]
        name = shelves.topic_names[slug].name
        years = found.years_of(slug)
        place = next(place for place, known in enumerate(years) if known.name == str(year))
        heading = f"{name} in {year}"
        url = addresses.topic_year(slug, year)
        for here, shown, pages in cut(papers, press.options.page_size, url):
            about = f"{counted(len(papers), 'paper')} about {name} published in {year}."
            page = press.page("shelf", titled(heading, pages), here, about)
            yield press.print(
                "shelf.html",
                page,
                above=(("Topics", addresses.TOPICS), (name, addresses.topic(slug))),
                heading=heading,
                intro="",
                total=len(papers),
                beside=_others(shelves, papers, slug) if pages.number == 1 else (),
                groups=(_group(shelves, press, page, shown),),
                pager=pages,
                previous=years[place + 1] if place + 1 < len(years) else None,
                next=years[place - 1] if place else None,
            )


def pair_pages(shelves: Shelves, found: Combinations, press: Press, some: range) -> Iterator[File]:
    """Give the pages of pairs of topics."""
    for one, other in islice(found.pairs, some.start, some.stop):
        papers = found.pairs[one, other]
        names = shelves.topic_names
        heading = f"{names[one].name} and {names[other].name}"
        about = f"{counted(len(papers), 'paper')} about {names[one].name} and {names[other].name}."
        url = addresses.topic_pair(one, other)
        size = press.options.page_size
        pages = list(cut(papers, size, url))
        intro = ""
        if shelves.large and len(papers) > _SHOWN_OF_PAIR:
            pages = [(url, papers[:_SHOWN_OF_PAIR], pager(url, 1, size, min(size, len(papers))))]
            intro = f"The newest {_SHOWN_OF_PAIR}; each topic’s own pages have them all."
        for here, shown, place in pages:
            page = press.page("shelf", titled(heading, place), here, about)
            yield press.print(
                "shelf.html",
                page,
                above=(
                    ("Topics", addresses.TOPICS),
                    *((names[slug].name, addresses.topic(slug)) for slug in (one, other)),
                ),
                heading=heading,
                intro=intro,
                total=len(papers),
                beside=_people(shelves, papers) if place.number == 1 else (),
                groups=(_group(shelves, press, page, shown),),
                pager=place,
                previous=None,
                next=None,
            )


def _people(shelves: Shelves, papers: Sequence[Paper]) -> tuple[tuple[str, list[Named]], ...]:
    people, _ = shelves.person_counts(papers, most=6)
    return (("Leading authors", people),) if people else ()


def _others(
    shelves: Shelves, papers: Sequence[Paper], slug: str
) -> tuple[tuple[str, list[Named]], ...]:
    topics = shelves.topic_counts(papers, most=6, but=slug)
    beside = (("Neighbouring topics", topics),) if topics else ()
    return (*beside, *_people(shelves, papers))


def _group(shelves: Shelves, press: Press, page: Page, papers: Sequence[Paper]) -> CardGroup:
    cards = press.cards(shelves.cards_of(papers), page, way=shelves.short_way)
    return CardGroup(None, None, cards)

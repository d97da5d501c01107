"""An author's page: papers by year, and with whom and about what they write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

from ..drafts import Draft, File
from ..records import Paper
from . import addresses
from .feeds import has_feed
from .libraries import has_library
from .list_pages import titled
from .paging import cut
from .people import Person
from .rendering import Press
from .shelves import Shelves
from .stamps import Stamps
from .views import CardGroup, Named, Page, Pager
from .wording import counted

Run = tuple[str, Sequence[Paper], Pager]
"""A page's address, its papers, and its place among an author's pages."""
_FOLDER = addresses.author("").partition("/")[0] + "/"
_CROWD = 100
"""Papers with more authors than this say nothing about who works with whom; 3,000 authors would
otherwise make nine million pairs."""
_NEAR = (1, 24, 12)
"""With so many joint papers a co-author is named, so many co-authors and so many topics at most."""
_NEAR_IN_LARGE = (2, 8, 4)
"""The same where there are thousands of such pages."""


def author_pages(shelves: Shelves, press: Press, stamps: Stamps, some: range) -> Iterator[Draft]:
    """Give the page of every author who has one, with their papers, newest first."""
    size = press.options.page_size
    for person in shelves.people.everybody[some.start : some.stop]:
        if person.url is None:
            continue
        for run in cut(person.papers, size, person.url):
            make = partial(_page, shelves, press, person, run)
            yield stamps.draft(run[0], partial(stamps.person, person), make)


def _page(shelves: Shelves, press: Press, person: Person, run: Run) -> File:
    """Give a page of an author."""
    papers = person.papers
    url, shown, pager = run
    feed = None
    if has_feed(shelves, person):
        feed = Named(f"{person.name} · {press.site.name}", addresses.author_feed(person.slug))
    bib = addresses.author_bib(person.slug) if has_library(shelves, person) else None
    about = f"{counted(len(papers), 'paper')} by {person.name}."
    coauthors: tuple[Named, ...] = ()
    topics: tuple[Named, ...] = ()
    more = 0
    if pager.number == 1:
        least, most_people, most_topics = _NEAR_IN_LARGE if shelves.large else _NEAR
        small = [paper for paper in papers if len(paper.authors or ()) <= _CROWD]
        found, more = shelves.person_counts(small, most=most_people, least=least, but=person.key)
        coauthors, topics = tuple(found), tuple(shelves.topic_counts(papers, most=most_topics))
    page = press.page("author", titled(person.name, pager), url, about)
    page.feed, page.bib = feed, bib
    return press.print(
        "author.html",
        page,
        author=person.named(),
        years=_active(papers),
        groups=_by_year(shown, shelves, press, page),
        pager=pager,
        coauthors=coauthors,
        beside=tuple(map(_beside, coauthors)),
        more_coauthors=more,
        topics=topics,
    )


def _beside(named: Named) -> Named:
    """Lead to somebody's page from beside it: thousands of pages have eight such names each."""
    url = named.url
    if url is not None:
        url = url.removeprefix(_FOLDER) if url.startswith(_FOLDER) else f"../{url}"
    return Named(named.name, url, named.count)


def _year(paper: Paper) -> int | None:
    return paper.published.year if paper.published else None


def _active(papers: Sequence[Paper]) -> str:
    """Say in which years the papers were published; '' where that is one year or unknown."""
    years = [year for year in map(_year, papers) if year]
    return f"{min(years)} to {max(years)}" if years and min(years) != max(years) else ""


def _by_year(
    papers: Sequence[Paper], shelves: Shelves, press: Press, page: Page
) -> tuple[CardGroup, ...]:
    """Part papers by year of publication; those of a single year stand without a heading."""
    runs = [(year, list(run)) for year, run in groupby(papers, key=_year)]
    several = len(runs) > 1
    return tuple(
        CardGroup(
            (str(year) if year else "Year unknown") if several else None,
            None,
            press.cards(shelves.cards_of(run), page, 3 if several else 2, way=shelves.short_way),
        )
        for year, run in runs
    )

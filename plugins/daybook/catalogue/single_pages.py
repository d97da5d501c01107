"""The pages there is one of (home, search, reading list, about, not found), and redirects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import quote, urlsplit

from ..drafts import File
from ..records import AUTHOR_FEEDS
from . import addresses
from .about import default_about
from .date_pages import Calendar, week_in_words, week_of
from .rendering import Press
from .shelves import Shelves
from .trending import FORMULA, trending
from .views import Card, Named
from .wording import counted

_SHOWN = 10
"""Papers in each of the home page's lists."""


def home_page(shelves: Shelves, calendar: Calendar, press: Press) -> File:
    """Give the way in: the newest digest, what was seen most, topics, years."""
    digests = shelves.archive.digests
    newest = digests[0] if digests else None
    name = press.options.name
    about = press.options.tagline or f"{counted(len(shelves.papers), 'paper')} in {name}."
    page = press.page("home", name, addresses.HOME, about)
    cards = shelves.entry_cards(shelves.entries(newest)[:_SHOWN]) if newest else []
    return press.print(
        "home.html",
        page,
        digest=shelves.digests[newest.id] if newest else None,
        cards=press.cards(cards, page, 3),
        shown=len(cards),
        most_seen=press.cards(_most_seen(shelves), page, 3),
        trends=trending(shelves),
        formula=FORMULA,
        groups=shelves.topic_groups,
        years=calendar.year_views(),
    )


def _most_seen(shelves: Shelves) -> tuple[Card, ...]:
    """Give the papers that came in most digests; among equals those with most upvotes."""
    again = [paper for paper in shelves.papers if paper.digest_count > 1]
    again.sort(key=lambda paper: (-paper.digest_count, -(paper.upvotes or 0)))
    return shelves.cards_of(again[:_SHOWN])


def search_page(press: Press) -> File:
    """Give the shell that the search scripts fill."""
    about = "Search titles, abstracts, authors and topics."
    return press.print("search.html", press.page("search", "Search", addresses.SEARCH, about))


def reading_list_page(press: Press) -> File:
    """Give the page on which a reader's browser shows what it keeps."""
    about = "The papers that you starred, with your notes, in your own browser."
    page = press.page("reading-list", "Reading list", addresses.READING_LIST, about)
    return press.print("reading_list.html", page)


def about_page(shelves: Shelves, press: Press) -> File:
    """Give the keeper's own words about the archive, or Daybook's."""
    page = press.page("about", "About", addresses.ABOUT, f"What {press.options.name} is.")
    body = press.options.about or default_about(press.site, shelves)
    return press.print("about.html", page, body=body)


def not_found_page(press: Press) -> File:
    """Give the page that a server shows for any missing address, however deep.

    So its links are absolute paths: from the path of the site's address, not its host, since a
    preview runs elsewhere. They stand without quotes, as all our own addresses do.
    """
    page = press.page("not-found", "Not found", addresses.NOT_FOUND, "No such page.")
    root = quote(urlsplit(press.options.url or "").path.rstrip("/"), safe="/%:@!$&()*+,;~") + "/"
    page = replace(page, root=root, canonical=None, robots="noindex")
    return press.print("404.html", page)


def redirect_pages(shelves: Shelves, press: Press) -> Iterator[File]:
    """Give a page for every old address of a paper or an author, leading to where they are now."""
    for old, person in sorted(shelves.people.moved.items()):
        yield _redirect(press, person.name, addresses.author(old), person.url or addresses.AUTHORS)
    moved = dict(shelves.archive.redirects)
    removed = {slug for slug, _ in shelves.archive.removed}
    for old in sorted(moved.keys() - shelves.by_slug.keys() - removed):
        new = _final(moved, old)
        paper = shelves.by_slug.get(new)
        if paper is None:
            continue
        yield _redirect(press, shelves.titles[new], addresses.paper(old), addresses.paper(new))


def _redirect(press: Press, title: str, old: str, new: str) -> File:
    page = press.page("redirect", title, old, "This page has moved.")
    page = replace(page, canonical=press.absolute(new), robots="noindex")
    return press.print("redirect.html", page, target=Named(title, new))


def removed_pages(shelves: Shelves, press: Press) -> Iterator[File]:
    """Give a page for every address whose paper the keeper took out of the archive."""
    for slug, reason in sorted(shelves.archive.removed, key=lambda pair: pair[0]):
        if slug not in shelves.by_slug:
            yield _removed(press, "papers", addresses.paper(slug), reason)


def gone_pages(
    gone: Mapping[str, str | None], shelves: Shelves, calendar: Calendar, press: Press
) -> Iterator[File]:
    """Give a page for every address of a list that has nothing to show any more.

    It leads to what answers instead, or is nearest, and says so where nothing is.
    """
    names = _names(shelves, calendar)
    for old, near in gone.items():
        if near is not None:
            yield _redirect(press, names[near], old, near)
        else:
            yield _removed(press, old.partition("/")[0], old)


def gone_lists(shelves: Shelves, calendar: Calendar) -> dict[str, str | None]:
    """Give every address of a list that has nothing to show, and what answers or is nearest.

    Papers without a topic, or without a date, have lists that come and go with them.
    """
    names = _names(shelves, calendar)
    moved = {addresses.author(slug) for slug in shelves.people.moved}
    served = _lists(shelves, calendar).keys() | moved
    gone = {
        f"{old}.html": new and f"{new}.html"
        for old, new in shelves.archive.gone
        if not old.startswith(AUTHOR_FEEDS)
    }
    days = [dt.date.fromisoformat(day) for day in map(_day_of, gone) if day]
    gone |= {addresses.week(week_of(day)): None for day in days}
    gone |= {addresses.topic(addresses.UNSORTED): addresses.TOPICS}
    gone |= {addresses.UNKNOWN_DATE: addresses.DATES}
    return {
        old: next((url for url in (gone[old], *_near(old)) if url in names), None)
        for old in sorted(gone.keys() - served)
    }


def _names(shelves: Shelves, calendar: Calendar) -> dict[str, str]:
    """Name all that may answer for a list that is gone, by its address."""
    papers = {addresses.paper(slug): title for slug, title in shelves.titles.items()}
    indexes = {addresses.TOPICS: "Topics", addresses.DATES: "Dates"}
    return papers | indexes | _lists(shelves, calendar)


def _lists(shelves: Shelves, calendar: Calendar) -> dict[str, str]:
    """Name the lists that have pages, by their addresses."""
    names = {person.url: person.name for person in shelves.people.everybody if person.url}
    names |= {topic.url: topic.name for topic in shelves.topics.values()}
    names |= {addresses.digest(digest.id): digest.name for digest in shelves.archive.digests}
    names |= {addresses.day(day): day for day in calendar.days}
    names |= {addresses.week(week): week_in_words(week) for week in calendar.weeks}
    periods = (*calendar.years, *calendar.months)
    if calendar.undated:
        names[addresses.UNKNOWN_DATE] = "Publication unknown"
    return names | {addresses.period(period): period for period in periods}


def _day_of(url: str) -> str:
    """Give the day whose page an address was; '' if it was none's."""
    return url.removeprefix("days/").removesuffix(".html") if url.startswith("days/") else ""


def _near(url: str) -> Iterator[str]:
    """Give the addresses of what a day or a month is a part of."""
    if day := _day_of(url):
        yield addresses.week(week_of(dt.date.fromisoformat(day)))
    elif url.startswith("dates/"):
        yield addresses.period(url.removeprefix("dates/")[: len("2024")])


def _removed(press: Press, kind: str, old: str, reason: str | None = None) -> File:
    """Give a page that says what is gone; every name that the template ever had is given always.

    A keeper's own template may print any of them, and none of them may stop a build.
    """
    what, many = _GONE[kind]
    page = press.page("removed", "Removed", old, f"{what} was here.")
    page = replace(page, robots="noindex")
    list_of = Named(f"All {many}", f"{many}/index.html")
    return press.print("removed.html", page, reason=reason or "", what=what, list_of=list_of)


_GONE = {
    "authors": ("An author", "authors"),
    "dates": ("A month or a year", "dates"),
    "days": ("A day", "dates"),
    "digests": ("A digest", "digests"),
    "papers": ("A paper", "digests"),
    "topics": ("A topic", "topics"),
    "weeks": ("A week", "dates"),
}
"""What was at an address of each folder, and the list to look through."""


def _final(moved: dict[str, str], slug: str) -> str:
    """Follow a chain of moves to its end; a circle ends where it closes."""
    seen = set()
    while slug in moved and slug not in seen:
        seen.add(slug)
        slug = moved[slug]
    return slug

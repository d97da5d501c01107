"""The whole site, from an archive: every page, feed and export, in a fixed order."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from ..records import Archive
from . import addresses
from .author_index import author_index
from .cleaning import clean_archive
from .date_pages import Calendar, date_pages
from .exports import digests_json, papers_jsonl
from .feeds import Feeds
from .list_pages import author_pages, digest_pages, topic_pages
from .options import SiteOptions
from .paper_pages import paper_pages
from .rendering import Press
from .shelves import Shelves
from .single_pages import (
    about_page,
    home_page,
    not_found_page,
    redirect_pages,
    removed_pages,
    search_page,
)
from .sitemaps import robots, sitemaps
from .views import Named, Site

_MENU = (
    Named("Digests", addresses.DIGESTS),
    Named("Topics", addresses.TOPICS),
    Named("Authors", addresses.AUTHORS),
    Named("Dates", addresses.DATES),
    Named("Search", addresses.SEARCH),
    Named("About", addresses.ABOUT),
)


def render_catalogue(archive: Archive, options: SiteOptions) -> Iterator[tuple[str, bytes]]:
    """Give every file of the site but the search index and the theme's own files.

    A path is relative to the base folder, with forward slashes, and comes once. The same archive
    and options give the same files in the same order.

    Args:
        archive: what KEEP knows; texts are plain.
        options: the keeper's choices.
    """
    with _settled_memory():
        archive = clean_archive(archive)
        shelves = Shelves(archive, options)
        calendar = Calendar(shelves)
        press = Press(site_view(shelves, options), options)
    try:
        yield from _pages(shelves, calendar, press)
        yield from Feeds(shelves, press).write_all()
        yield addresses.PAPERS_DUMP, papers_jsonl(archive)
        yield addresses.DIGESTS_DUMP, digests_json(archive)
        if press.site.url is not None:
            yield from sitemaps(press.site.url, press.addresses, options.sitemap_size)
        if not options.base:
            yield not_found_page(press)
            yield addresses.ROBOTS, robots(press.site.url)
    finally:
        gc.unfreeze()


@contextmanager
def _settled_memory() -> Iterator[None]:
    """Keep the garbage collector from walking through the archive again and again.

    At 20,000 papers that takes a fifth of the time. What is made inside stays until the site is
    rendered anyway; the collector goes on with what the pages leave behind.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def _pages(shelves: Shelves, calendar: Calendar, press: Press) -> Iterator[tuple[str, bytes]]:
    yield home_page(shelves, calendar, press)
    yield from digest_pages(shelves, press)
    yield from topic_pages(shelves, press)
    yield from author_index(shelves, press)
    yield from author_pages(shelves, press)
    yield from date_pages(shelves, calendar, press)
    yield from paper_pages(shelves, press)
    yield from redirect_pages(shelves, press)
    yield from removed_pages(shelves, press)
    yield search_page(press)
    yield about_page(shelves, press)


def site_view(shelves: Shelves, options: SiteOptions) -> Site:
    """Describe the site as every page shows it."""
    url = options.url.rstrip("/") if options.url else None
    if url and options.base:
        url = f"{url}/{options.base.strip('/')}"
    return Site(
        name=options.name,
        tagline=options.tagline,
        language=options.language,
        url=url,
        paper_count=len(shelves.papers),
        digest_count=len(shelves.digests),
        author_count=len(shelves.people.everybody),
        topic_count=len(shelves.topics.keys() - {addresses.UNSORTED}),
        menu=(*_MENU, *options.menu),
        keeper=options.keeper,
        offline=len(shelves.papers) <= options.offline,
    )

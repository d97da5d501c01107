"""The whole site, from an archive: every page, feed and export, in a fixed order."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from ..drafts import File, Made, rendered
from ..learning.learned import Learned
from ..learning.relating import Relating
from ..mail_addresses import policy_source
from ..memory import settled_memory
from ..records import Archive
from . import addresses
from .author_index import author_index
from .author_pages import author_pages
from .cleaning import clean_archive
from .combinations import Combinations, pair_pages, year_pages
from .data_files import DataFiles
from .data_pages import data_lists, open_search
from .date_pages import Calendar, date_pages, day_pages
from .digest_changes import digest_changes
from .feeds import Feeds
from .libraries import Libraries
from .list_pages import digest_index, digest_pages
from .newsletters import Newsletters
from .options import SiteOptions
from .overview import overview_page
from .paper_pages import paper_pages
from .rendering import Press
from .script_data import identifiers, on_this_day
from .shelves import Shelves
from .single_pages import (
    about_page,
    gone_lists,
    gone_pages,
    home_page,
    not_found_page,
    reading_list_page,
    redirect_pages,
    removed_pages,
    search_page,
)
from .sitemaps import robots, sitemaps
from .stamps import Stamps
from .topic_pages import topic_index, topic_pages
from .venue_pages import venue_index, venue_pages
from .views import Named, Site
from .week_pages import week_pages

_MENU = (
    Named("Digests", addresses.DIGESTS),
    Named("Topics", addresses.TOPICS),
    Named("Authors", addresses.AUTHORS),
    Named("Dates", addresses.DATES),
    Named("Search", addresses.SEARCH),
    Named("Reading list", addresses.READING_LIST),
)


@dataclass(frozen=True, slots=True)
class Part:
    """Some files of the site, which need nothing that another part makes."""

    files: Callable[[], Iterable[Made]]
    listed: bool = True
    """Whether search engines may list its pages."""
    early: bool = True
    """Whether it may be made while another process finds who is near whom: not what says so, nor
    what takes long, which several processes had better share."""


class Catalogue:
    """The site of an archive, in parts that may be rendered in any order, and by any process.

    A path is relative to the base folder, with forward slashes, and comes once. The same archive
    and options give the same files.
    """

    def __init__(  # noqa: PLR0913 - an archive, the choices, and what may save time
        self,
        archive: Archive,
        options: SiteOptions,
        learned: Learned | None = None,
        cache: Path | None = None,
        remembered: str | None = None,
        *,
        begin: Callable[[Sequence[Callable[[], Iterable[Made]]]], object] | None = None,
    ) -> None:
        """Sort and group what the pages show.

        Args:
            archive: what KEEP knows; texts are plain.
            options: the keeper's choices.
            learned: what was learned from the whole archive; without it, its papers tell.
            cache: a folder for what need not be worked out again.
            remembered: what an earlier build had `to_remember` of related papers.
            begin: has another core begin with parts that do not need what is sorted here.
        """
        self._archive = archive = clean_archive(archive)
        self._options = options
        large = len(archive.papers) > options.large_archive
        data = DataFiles(archive, site_url(options), large=large)
        ready = [Part(partial(iter, [file]), early=False) for file in data.drafts()]
        if begin is not None:
            begin([part.files for part in ready])
        self._relating = Relating(archive.papers, learned, cache, remembered)
        try:
            shelves = Shelves(archive, options, self._relating)
            site = site_view(shelves, options)
            self._press = Press(site, options)
            stamps = Stamps(shelves, site, options)
            if cache is not None:
                stamps.prepare()
            lists = Part(partial(data_lists, shelves, data, self._press))
            parts = _parts(shelves, Calendar(shelves), self._press, stamps)
            self.parts = (lists, *ready, *parts)
        except BaseException:
            self.end()
            raise

    def meanwhile(self) -> Iterator[int]:
        """Give the places of parts to make while another process finds who is near whom.

        Once it has given the last one, all parts can be made, and by any process.
        """
        for place, part in enumerate(self.parts):
            if self._relating.is_ready():
                break
            if part.early:
                yield place
        self._relating.found()

    def to_remember(self) -> str | None:
        """Give related papers as a later build may take them over; ``None`` of too few."""
        return self._relating.to_remember()

    def end(self) -> None:
        """Stop whatever is still being worked out."""
        self._relating.end()

    def closing(self, written: Iterable[Iterable[str]]) -> Iterator[File]:
        """Give the files that name the others, from the paths that each part gave."""
        press, url = self._press, self._press.site.url
        if url is not None:
            listed = [
                f"{url}/{'' if path == addresses.HOME else path}"
                for part, paths in zip(self.parts, written, strict=True)
                if part.listed
                for path in paths
                if path.endswith(".html")
            ]
            yield from sitemaps(
                url, listed, self._options.sitemap_size, large=self._press.site.large
            )
        if not self._options.base:
            yield not_found_page(press)
            yield addresses.ROBOTS, robots(url)


def render_catalogue(archive: Archive, options: SiteOptions) -> Iterator[File]:
    """Give every file of the site but the search index and the theme's own, in a fixed order."""
    with settled_memory(lasting=True):
        catalogue = Catalogue(archive, options)
    try:
        written: list[list[str]] = []
        for part in catalogue.parts:
            written.append([])
            for path, content in rendered(part.files()):
                written[-1].append(path)
                yield path, content
        yield from catalogue.closing(written)
    finally:
        catalogue.end()
        gc.unfreeze()


def _parts(shelves: Shelves, calendar: Calendar, press: Press, stamps: Stamps) -> Iterator[Part]:
    """Divide the site; a part takes a core some tenths of a second at the most."""
    feeds = Feeds(shelves, press)
    archive = shelves.archive
    libraries = Libraries(shelves, press)
    if press.site.searched:
        yield Part(lambda: [*open_search(press), search_page(press)])
    yield Part(lambda: [home_page(shelves, calendar, press)])
    changes = digest_changes(shelves)
    yield Part(partial(digest_index, shelves, press))
    yield from _cut(digest_pages, len(archive.digests), 20, shelves, changes, press, stamps)
    yield from _cut(Newsletters(shelves, press).some, len(archive.digests), 5, stamps)
    yield Part(partial(topic_index, shelves, press))
    combined = Combinations(shelves)
    yield from _cut(topic_pages, len(shelves.topics), 4, shelves, combined, press)
    yield from _cut(year_pages, len(combined.years), 40, shelves, combined, press)
    yield from _cut(pair_pages, len(combined.pairs), 40, shelves, combined, press)
    yield Part(lambda: [overview_page(shelves, press)])
    yield Part(partial(venue_index, shelves, press))
    yield from _cut(venue_pages, len(shelves.venues.all), 100, shelves, press)
    yield Part(partial(author_index, shelves, press))
    yield from _cut(author_pages, len(shelves.people.everybody), 250, shelves, press, stamps)
    yield Part(partial(date_pages, shelves, calendar, press))
    yield from _cut(week_pages, len(calendar.weeks), 100, shelves, calendar, press)
    yield from _cut(day_pages, len(calendar.days), 100, shelves, calendar, press)
    for part in _cut(paper_pages, len(shelves.papers), 100, shelves, press, stamps):
        yield replace(part, early=False)
    yield Part(partial(redirect_pages, shelves, press), listed=False)
    yield Part(partial(removed_pages, shelves, press), listed=False)
    yield Part(partial(_gone_files, shelves, calendar, press, feeds, libraries), listed=False)
    yield Part(lambda: [reading_list_page(press), about_page(shelves, press)])
    yield Part(lambda: [identifiers(shelves), *on_this_day(shelves, calendar)])
    yield Part(feeds.general)
    yield from _cut(feeds.authors, len(shelves.people.everybody), 4000, stamps)
    yield Part(libraries.lists)
    yield from _cut(libraries.authors, len(shelves.people.everybody), 8000, stamps)


def _gone_files(
    shelves: Shelves, calendar: Calendar, press: Press, feeds: Feeds, libraries: Libraries
) -> Iterator[File]:
    """Give what answers at the addresses of lists that have nothing to show any more."""
    gone = gone_lists(shelves, calendar)
    yield from gone_pages(gone, shelves, calendar, press)
    yield from feeds.gone(gone)
    yield from libraries.gone(gone)


def _cut(
    files: Callable[..., Iterable[Made]], total: int, size: int, *views: object
) -> Iterator[Part]:
    """Part files of things of which a part names the places."""
    for start in range(0, total, size):
        yield Part(partial(files, *views, range(start, min(start + size, total))))


def site_url(options: SiteOptions) -> str | None:
    """Give the base folder's address, where it is known."""
    url = options.url.rstrip("/") if options.url else None
    return f"{url}/{options.base.strip('/')}" if url and options.base else url


def site_view(shelves: Shelves, options: SiteOptions) -> Site:
    """Describe the site as every page shows it."""
    return Site(
        name=options.name,
        tagline=options.tagline,
        language=options.language,
        url=site_url(options),
        paper_count=len(shelves.papers),
        digest_count=len(shelves.digests),
        author_count=len(shelves.people.everybody),
        topic_count=len(shelves.topics.keys() - {addresses.UNSORTED}),
        menu=(
            *(item for item in _MENU if options.searched or item.url != addresses.SEARCH),
            *options.menu,
        ),
        searched=options.searched,
        keeper=options.keeper,
        large=shelves.large,
        offline=len(shelves.papers) <= options.offline,
        subscribe=options.subscribe,
        subscribe_field=options.subscribe_field,
        form_action=options.subscribe and policy_source(options.subscribe),
    )

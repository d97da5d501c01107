"""The page that describes the archive's data, the list of digests, and OpenSearch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import escape

from ..drafts import File
from . import addresses
from .data_files import DataFiles
from .exports import COLUMNS, FIELDS, digests_json
from .feeds import feed_letters
from .rendering import Press
from .shelves import Shelves
from .views import Named
from .wording import counted

_OPEN_SEARCH = "http://a9.com/-/spec/opensearch/1.1/"


@dataclass(frozen=True, slots=True)
class DataFile:
    """A kind of file, in one part or several, and what a record of it holds."""

    name: str
    about: str
    files: tuple[Named, ...]
    fields: tuple[tuple[str, str], ...] = ()


def data_lists(shelves: Shelves, files: DataFiles, press: Press) -> Iterator[File]:
    """Give what else is below ``data/``: the list of digests, and the page that describes all."""
    yield addresses.DIGESTS_DUMP, digests_json(shelves.archive)
    if not shelves.papers:
        yield files.address(1, "jsonl"), b""
    yield data_page(shelves, files, press)


def data_page(shelves: Shelves, files: DataFiles, press: Press) -> File:
    """Give the page that names every file and describes every field."""
    papers = counted(len(shelves.papers), "paper")
    form = " Packed with gzip." if shelves.large else ""

    def named(ending: str) -> tuple[Named, ...]:
        return tuple(_named(files.address(part, ending)) for part in files.numbers)

    page = press.page("data", "Data", addresses.DATA, f"{papers} as files for programs.")
    kinds = [
        DataFile(
            "JSON Lines",
            "A line of JSON for every paper, abstracts included, in the order of addresses." + form,
            named("jsonl"),
            FIELDS,
        ),
        DataFile(
            "Tables",
            "CSV in UTF-8 with a heading, in the order in which papers came. A cell that a "
            "spreadsheet would take for a formula begins with an apostrophe." + form,
            named("csv"),
            COLUMNS,
        ),
        DataFile(
            "BibTeX",
            "An entry for every paper; its key is the last part of the paper's address." + form,
            named("bib"),
        ),
        DataFile(
            "Digests",
            "A list in JSON: id, name, date, what dated it (dated_by), the earliest day it can be "
            "of (not_before), and how many entries it has.",
            (Named("digests.json", addresses.DIGESTS_DUMP),),
        ),
    ]
    if press.site.url:
        kinds.append(_feeds(shelves))
    return press.print("data.html", page, kinds=tuple(kinds))


def _named(url: str) -> Named:
    return Named(url.rpartition("/")[2], url)


def _feeds(shelves: Shelves) -> DataFile:
    """Name the lists of feeds."""
    lists = (addresses.FEEDS, *map(addresses.letter_feeds, feed_letters(shelves)))
    about = "Every feed, as OPML, which readers of feeds import."
    return DataFile("Feeds", about, tuple(map(_named, lists)))


def open_search(press: Press) -> Iterator[File]:
    """Give what lets a browser's address bar search here, where the site's address is known.

    https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md
    """
    if press.site.url is None:
        return
    found = f"{press.site.url}/{addresses.SEARCH}?q={{searchTerms}}"
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<OpenSearchDescription xmlns="{_OPEN_SEARCH}">\n'
        f"<ShortName>{escape(press.site.name[:16])}</ShortName>\n"
        f"<Description>{escape((press.site.tagline or press.site.name)[:1024])}</Description>\n"
        f'<Url type="text/html" template="{escape(found)}"/>\n'
        "<InputEncoding>UTF-8</InputEncoding>\n</OpenSearchDescription>\n"
    )
    yield addresses.OPEN_SEARCH, text.encode()

"""The archive's data: its files in parts, the page that describes them, and OpenSearch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from markupsafe import escape

from ..drafts import File, Made
from ..records import Paper
from . import addresses
from .exports import COLUMNS, FIELDS, digests_json, papers_csv, papers_jsonl, parts
from .feeds import feed_letters
from .libraries import Libraries
from .rendering import Press
from .shelves import Shelves
from .stamps import Stamps
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


def data_files(
    shelves: Shelves, press: Press, libraries: Libraries, stamps: Stamps
) -> Iterator[Made]:
    """Give everything below ``data/``."""
    archive = shelves.archive
    yield addresses.PAPERS_DUMP, papers_jsonl(archive)
    yield addresses.DIGESTS_DUMP, digests_json(archive)
    for part, papers in parts(archive.papers):
        facts = partial(stamps.of, papers)
        table, library = (addresses.papers_part(part, form) for form in ("csv", "bib"))
        yield stamps.draft(table, facts, partial(_table, table, papers, press.site.url))
        yield stamps.draft(library, facts, partial(libraries.file, library, papers))
    yield data_page(shelves, press)


def _table(url: str, papers: Sequence[Paper], page: str | None) -> File:
    return url, papers_csv(papers, page)


def data_page(shelves: Shelves, press: Press) -> File:
    """Give the page that names every file and describes every field."""
    papers = counted(len(shelves.papers), "paper")
    numbers = [part for part, _ in parts(shelves.archive.papers)]
    page = press.page("data", "Data", addresses.DATA, f"{papers} as files for programs.")
    kinds = [
        DataFile(
            "JSON Lines",
            "A line of JSON for every paper, abstracts included, in the order of addresses.",
            (Named("papers.jsonl", addresses.PAPERS_DUMP),),
            FIELDS,
        ),
        DataFile(
            "Tables",
            "CSV in UTF-8 with a heading, in the order in which papers came. A cell that a "
            "spreadsheet would take for a formula begins with an apostrophe.",
            tuple(_named(addresses.papers_part(part, "csv")) for part in numbers),
            COLUMNS,
        ),
        DataFile(
            "BibTeX",
            "An entry for every paper; its key is the last part of the paper's address.",
            tuple(_named(addresses.papers_part(part, "bib")) for part in numbers),
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

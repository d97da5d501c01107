"""What is loaded beside the results, when a reader filters or types: its files, and their table.

They are a part of their own, which `make query` and a search that is not filtered never load.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple
from itertools import chain
from pathlib import Path

from ..drafts import Made
from ..memory import settled_memory
from ..records import Archive
from .cache import Bundle, Cache
from .facts import FACTS_SIZE, facts_blocks
from .names import Names, author_names, authors_of, title_names
from .shards import script, table

SIDE_TABLE = "side"


def build_side(archive: Archive, small_archive: int, cache: Path | None = None) -> Iterator[Made]:
    """Give the files, or drafts of them, by their paths below the base folder, and their table.

    Up to `small_archive` papers every author has a page. ``cache`` is a folder of its own, in which
    names are kept for a build that finds the same ones; it changes nothing of what is built.
    """
    kept = Cache(cache)
    with settled_memory():
        facts = tuple(facts_blocks(archive))
        people, titles = _people(archive, small_archive, kept), _titles(archive, kept)
    kept.tidy()
    for file in facts:
        yield file.path, file.content
    yield from people.made()
    yield from titles.made()
    counts = Counter(slug for paper in archive.papers for slug in dict.fromkeys(paper.topics))
    value = {
        "facts": {"size": FACTS_SIZE, "names": "".join(file.key for file in facts)},
        "people": people.summary,
        "titles": titles.summary,
        "topics": [
            [topic.name, counts[topic.slug], topic.slug]
            for topic in archive.topics
            if counts[topic.slug]
        ],
    }
    side = script(SIDE_TABLE, value)
    yield side.path, side.content


def _people(archive: Archive, small_archive: int, kept: Cache) -> Bundle:
    papers = archive.papers
    has_pages = len(papers) <= small_archive
    identities = astuple(archive.identities)
    known: tuple[object, ...] = (archive.author_slugs, identities, has_pages)
    printed: Iterator[object] = ((paper.number, paper.authors) for paper in papers)
    return kept.recall(
        "people",
        chain(known, printed),
        lambda: _bundle(author_names(authors_of(archive, small_archive))),
    )


def _titles(archive: Archive, kept: Cache) -> Bundle:
    contents = ((paper.number, paper.title) for paper in archive.papers)
    return kept.recall("titles", contents, lambda: _bundle(title_names(archive.papers)))


def _bundle(names: Names) -> Bundle:
    ranges = (*names.ranges, *names.likeliest)
    tables = {"all": table(names.ranges), "likeliest": table(names.likeliest)}
    return Bundle(tables, tuple(range_.file for range_ in ranges))

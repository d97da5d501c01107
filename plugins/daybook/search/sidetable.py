"""What is loaded beside the results, when a reader filters or types: its files, and their table.

They are a part of their own, which `make query` and a search that is not filtered never load. The
script of the page, which loads them, is written here too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..records import Archive
from ..scripts import PAGE_SCRIPT, minified
from .facts import FACTS_SIZE, facts_blocks
from .names import Names, author_names, authors_of, title_names
from .shards import Table, script, table

SIDE_TABLE = "side"


def build_side(archive: Archive, small_archive: int) -> Iterator[tuple[str, bytes]]:
    """Give the files, each as its path below the base folder and its bytes, and their table.

    Up to `small_archive` papers every author has a page.
    """
    yield PAGE_SCRIPT, minified()[PAGE_SCRIPT]
    facts = tuple(facts_blocks(archive))
    people = author_names(authors_of(archive, small_archive))
    titles = title_names(archive.papers)
    for file in facts:
        yield file.path, file.content
    for names in (people, titles):
        for range_ in (*names.ranges, *names.likeliest):
            yield range_.file.path, range_.file.content
    counts = Counter(slug for paper in archive.papers for slug in dict.fromkeys(paper.topics))
    value = {
        "facts": {"size": FACTS_SIZE, "names": "".join(file.key for file in facts)},
        "people": _tables(people),
        "titles": _tables(titles),
        "topics": [
            [topic.name, counts[topic.slug], topic.slug]
            for topic in archive.topics
            if counts[topic.slug]
        ],
    }
    side = script(SIDE_TABLE, value)
    yield side.path, side.content


def _tables(names: Names) -> dict[str, Table]:
    return {"all": table(names.ranges), "likeliest": table(names.likeliest)}

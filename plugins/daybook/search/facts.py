"""What results are filtered and sorted by: dates, topics, digests, code, in blocks of their own.

A block speaks of `FACTS_SIZE` papers by number and brings its own lists of topics and digests, so
that it changes only with its own papers. `theme/static/search/facts.js` is the reader.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..records import Archive, KeptDigest, Paper, PartialDate, Topic
from .codes import code
from .shards import File, hashed_script

FACTS_SIZE = 2048
"""Numbers a block."""
_NOBODY = 31
"""As a number of topics: there is no such paper."""


def date_number(date: PartialDate | None) -> int:
    """Give a date as a number in the order of dates, what is unknown counting as 0."""
    return 0 if date is None else (date.year * 13 + date.month) * 32 + date.day


def facts_blocks(archive: Archive) -> Iterator[File]:
    """Write the facts of all papers, by number, a block to a file."""
    topics = {topic.slug: topic for topic in archive.topics}
    digests = {digest.id: digest for digest in archive.digests}
    by_number = {paper.number: paper for paper in archive.papers}
    for start in range(0, max(by_number, default=-1) + 1, FACTS_SIZE):
        block = [by_number.get(number) for number in range(start, start + FACTS_SIZE)]
        while block and block[-1] is None:
            block.pop()
        yield hashed_script("facts", _facts(block, topics, digests))


def _facts(
    papers: Sequence[Paper | None], topics: Mapping[str, Topic], digests: Mapping[str, KeptDigest]
) -> dict[str, object]:
    """Write one block.

    Of each paper: 1 if it has code, plus 2 if its digests are those of the paper before, plus 4
    times the number of its topics. Its date: 0 where unknown, twice the difference to the last
    known one plus 1, or twice the difference down. Its topics' places in the list. Unless they are
    the same, how many digests carried it, and their places. A number that no paper has is
    124 and nothing else.
    """
    topic_places: dict[str, int] = {}
    digest_places: dict[str, int] = {}
    codes = bytearray()
    last_date = 0
    last_digests: tuple[str, ...] = ()
    for paper in papers:
        if paper is None:
            codes += code(4 * _NOBODY)
            continue
        own_topics = tuple(dict.fromkeys(paper.topics))[: _NOBODY - 1]
        own_digests = tuple(
            dict.fromkeys(seen.digest for seen in paper.digests if seen.digest in digests)
        )
        same = own_digests == last_digests
        has_code = any(link.kind == "code" for link in paper.links)
        codes += code(has_code + 2 * same + 4 * len(own_topics))
        date = date_number(paper.published)
        gap = date - last_date if date else 0
        codes += code(0 if not date else 2 * gap + 1 if gap >= 0 else -2 * gap)
        last_date = date or last_date
        for slug in own_topics:
            codes += code(topic_places.setdefault(slug, len(topic_places)))
        if not same:
            codes += code(len(own_digests))
            for digest in own_digests:
                codes += code(digest_places.setdefault(digest, len(digest_places)))
        last_digests = own_digests
    return {
        "topics": [[slug, topics[slug].name if slug in topics else slug] for slug in topic_places],
        "digests": [[digest, digests[digest].name] for digest in digest_places],
        "codes": codes.decode("ascii"),
    }

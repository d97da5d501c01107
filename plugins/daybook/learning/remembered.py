r"""Related papers as the last build found them: ``related.jsonl``, beside the papers' pages.

A file for checkouts without a cache: after a first line a line for each paper with its number and
its related papers, the nearest first, each with the terms that both share (tabs between them) and
perhaps an author of both::

    {"daybook": "related", "version": 1, "of": "91ab...", "rest": "d2e7..."}
    [0, [4711, "spars autoencoders\tfeatures", "Ada Lovelace"], [12, "circuits"]]

``of`` is a hash of all that the lists depend on; with another one, or with any line that no build
wrote, the file is as if it were not there. It is made anew with the lists, and may be lost.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Sequence
from functools import partial
from itertools import accumulate
from typing import Any, cast

from ..archive.cache import program
from ..archive.json_lines import LENGTH, read_sealed, write_sealed
from ..records import Paper
from .learned import Learned
from .relations import Relations

FILE_NAME = "related.jsonl"
_HEAD = {"daybook": "related", "version": 1}


def facts_of(paper: Paper) -> bytes:
    """Give everything of a paper that its own and others' lists depend on."""
    facts = (
        paper.title, paper.abstract, paper.authors, paper.topics,
        paper.published and paper.published.year, paper.withdrawn is None,
    )  # fmt: skip
    return marshal.dumps(cast(Any, facts), 2)


def weights_of(learned: Learned) -> bytes:
    """Give everything of what was learned that the lists depend on."""
    told = f"{learned.papers} {'|'.join(learned.rarities)}".encode()
    return told + bytes(learned.rarities.values())


def origin_of(papers: Sequence[Paper], learned: Learned | None) -> str:
    """Give a hash of all that the lists of these papers depend on."""
    weights = None if learned is None else weights_of(learned)
    told = (weights, [paper.number for paper in papers], list(map(facts_of, papers)))
    found = hashlib.sha256(program(("learning", "archive")))
    found.update(marshal.dumps(cast(Any, told), 2))
    return found.hexdigest()[:LENGTH]


def write_related(relations: Relations, origin: str) -> str:
    """Give the file's text."""
    return write_sealed({**_HEAD, "of": origin}, map(partial(_row, relations), relations.numbers))


def _row(relations: Relations, number: int) -> list[object]:
    pairs = zip(*relations.plain(number), strict=True)
    return [number, *(pair if pair[2] is not None else pair[:2] for pair in pairs)]


def read_related(text: str, origin: str) -> Relations | None:
    """Read the file; ``None`` for one that is of something else, or damaged."""
    read = read_sealed(text, {**_HEAD, "of": origin})
    if read is None or read[0]:
        return None
    try:
        return _relations(read[1])
    except (ValueError, TypeError, LookupError):
        return None


def _relations(rows: Sequence[Sequence[Any]]) -> Relations:
    """Put lists together.

    Raises:
        ValueError, TypeError, LookupError: for lines that no build wrote.
    """
    numbers = [int(row[0]) for row in rows]
    pairs = [pair for row in rows for pair in row[1:]]
    ends = [0, *accumulate(len(row) - 1 for row in rows)]
    others = [pair[0] for pair in pairs]
    if not set(others) <= set(numbers):
        raise ValueError("a paper that is not there")
    words = [str(pair[1]) for pair in pairs]
    names = {place: str(pair[2]) for place, pair in enumerate(pairs) if len(pair) > 2}
    return Relations(numbers, ends, others, words, names)

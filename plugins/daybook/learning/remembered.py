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
import json
import marshal
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, cast

from ..archive.cache import program
from ..records import Paper
from .learned import Learned
from .relations import Relations

FILE_NAME = "related.jsonl"
_HEAD = {"daybook": "related", "version": 1}
_LENGTH = 32
"""Hexadecimal digits of a hash."""


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
    return found.hexdigest()[:_LENGTH]


def write_related(relations: Relations, origin: str) -> str:
    """Give the file's text."""
    lines = []
    for number in relations.numbers:
        pairs = zip(*relations.plain(number), strict=True)
        rows = [row if row[2] is not None else row[:2] for row in pairs]
        lines.append(json.dumps([number, *rows], separators=(",", ":"), ensure_ascii=False) + "\n")
    rest = "".join(lines)
    return f"{json.dumps({**_HEAD, 'of': origin, 'rest': _hash(rest)})}\n{rest}"


def read_related(text: str, origin: str) -> Relations | None:
    """Read the file; ``None`` for one that is of something else, or damaged."""
    first, _, rest = text.partition("\n")
    try:
        if json.loads(first) != {**_HEAD, "of": origin, "rest": _hash(rest)}:
            return None
        return _relations(json.loads(f"[{','.join(rest.splitlines())}]"))
    except (ValueError, TypeError, LookupError, RecursionError):
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


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]

"""The manifest: what a client reads first, and the only file whose name never changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from .cards import BLOCK, GROUP
from .codes import code_runs
from .documents import FIELDS
from .shards import VERSION, File, Table, script

MANIFEST = "manifest"

K1, B = 1.2, 0.75
"""Lunr's own BM25 parameters."""


def manifest(
    numbers: Sequence[int], segments: Sequence[Any], acronyms: Table, cards: Iterable[str]
) -> File:
    """Say how many papers there are, what lunr weighs with, and where everything is.

    ``numbers`` are the papers', ascending, ``segments`` the summaries of the segments, ``cards``
    the hashes of the groups of cards.
    """
    size = numbers[-1] + 1 if numbers else 0
    known = set(numbers)
    absent = () if len(known) == size else (n for n in range(size) if n not in known)
    return script(
        MANIFEST,
        {
            "version": VERSION,
            "documents": len(numbers),
            "size": size,
            "absent": code_runs(absent).decode("ascii"),
            "k1": K1,
            "b": B,
            "fields": [
                {
                    "name": field.name,
                    "boost": field.boost,
                    "length": sum(segment["lengths"][at] for segment in segments),
                }
                for at, field in enumerate(FIELDS)
            ],
            "segments": [segment["segment"] for segment in segments],
            "acronyms": acronyms,
            "cards": {"block": BLOCK, "group": GROUP, "names": "".join(cards)},
        },
    )

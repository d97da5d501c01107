"""How inputs are changed besides by bytes: lines, tags and records are moved, repeated, nested.

A list's readers look at what stands above and below what. Bytes alone seldom make another list.
https://github.com/google/fuzzing/blob/master/docs/structure-aware-fuzzing.md
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import atheris

_PARTS = (
    re.compile(rb"[^\n]*\n|[^\n]+"),
    re.compile(rb"(?:[^\n]+\n)+\n*|\n+|[^\n]+"),
    re.compile(rb"<[^<>]*>?|[^<]+"),
    re.compile(rb"[\[\]{},]|[^\[\]{},]+"),
    re.compile(rb"\s+|[^\s]+"),
)
"""Lines, paragraphs, tags, what JSON holds, words."""
_MARKS = (b"> ", b"    ", b"- ", b"* ", b"| ", b"# ", b"1. ", b"[1] ", b"\t", b" ", b"\\", b"**")
_MOST_CHANGES = 4
_BYTES = 0.4
"""How often libFuzzer changes the bytes itself."""


def changer(words: tuple[str, ...]) -> Callable[[bytes, int, int], bytes]:
    """Give what changes an input into another of at most so many bytes, the same for one seed."""
    known = tuple(word.encode() for word in words)

    def change(data: bytes, most: int, seed: int) -> bytes:
        some = random.Random(seed)
        if not data or some.random() < _BYTES:
            changed: bytes = atheris.Mutate(data, most)
            return changed
        parts = some.choice(_PARTS).findall(data)
        for _ in range(some.randint(1, _MOST_CHANGES)):
            _change_parts(parts, known, some)
        return b"".join(parts)[:most]

    return change


def cross(one: bytes, other: bytes, most: int, seed: int) -> bytes:
    """Put a run of one input's parts between another's."""
    some = random.Random(seed)
    form = some.choice(_PARTS)
    parts, others = form.findall(one), form.findall(other)
    begin = some.randint(0, len(others))
    at = some.randint(0, len(parts))
    parts[at : at + some.randint(0, 2)] = others[begin : begin + some.randint(1, 12)]
    return b"".join(parts)[:most]


def _change_parts(parts: list[bytes], known: tuple[bytes, ...], some: random.Random) -> None:
    """Change parts in one way, by chance."""
    at = some.randint(0, len(parts))
    run = parts[at : at + some.randint(1, 6)]
    kind = some.randrange(8)
    if kind == 0:
        del parts[at : at + len(run)]
    elif kind == 1:
        parts[at:at] = run * some.randint(1, 3)
    elif kind == 2:
        del parts[at : at + len(run)]
        to = some.randint(0, len(parts))
        parts[to:to] = run
    elif kind == 3:
        to = some.randint(0, len(parts))
        parts[to:to] = run
    elif kind == 4:
        parts.insert(at, some.choice(known))
    elif kind == 5:
        mark = some.choice(_MARKS)
        parts[at : at + len(run)] = [mark + part for part in run]
    elif kind == 6:
        parts[at : at + len(run)] = [part.rstrip(b"\r\n") for part in run]
    else:
        parts.insert(at, some.choice((b"\n", b"\n\n", b" ", b"\t")))

"""JSON that ends too early: what of it is whole, without the record in which it ends."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

TITLES = frozenset({"title", "titles", "paper", "Title"})
"""Names that an object has once it is a paper's record, or holds one."""

_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|"[\s\S]*|[{}\[\],:]', re.DOTALL)
_DEEPEST = 3
"""How deep a list of records stands in what an answer says besides."""
_PAIRS = {"{": "}", "[": "]"}


@dataclass(slots=True)
class _Open:
    """A list or an object that has begun."""

    sign: str
    whole: int
    """Up to where all that it holds is whole."""
    said: str = ""
    """The last text in it, without its marks."""
    named: bool = False
    """Whether that is the name of what follows."""
    titled: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """What of a text is whole."""

    text: str
    count: int
    """How many records that is."""
    place: int
    """Where in the text given the record begins in which it ends."""


def whole_of(text: str, begin: int) -> Whole | None:
    """Give a JSON text that ends too early without the record in which it does, and closed.

    Gives ``None`` for a text that is broken otherwise, or of which no record is whole.
    """
    opened: list[_Open] = []
    objects: Counter[int] = Counter()
    texts: Counter[int] = Counter()
    for match in _TOKEN.finditer(text, begin):
        if not _take(match, opened, objects, texts):
            return None
    kept = opened[: _depth(opened)]
    if not kept:
        return None
    deeper = range(len(kept), len(kept) + (1 if kept[-1].sign == "[" else _DEEPEST))
    count = next((objects[depth] for depth in deeper if objects[depth]), texts[len(kept)])
    ends = "".join(_PAIRS[each.sign] for each in reversed(kept))
    place = len(text) - len(text[kept[-1].whole :].lstrip(" \t\n,"))
    return Whole(text[begin : kept[-1].whole] + ends, count, place) if count else None


def _take(
    match: re.Match[str], opened: list[_Open], objects: Counter[int], texts: Counter[int]
) -> bool:
    """Take a sign or a text into what is open, and count what is whole by its depth."""
    sign = match[0]
    if sign in _PAIRS:
        opened.append(_Open(sign, match.end()))
        return True
    if not opened:
        return False
    last = opened[-1]
    if sign in "}]":
        opened.pop()
        objects[len(opened)] += sign == "}"
        if opened:
            opened[-1].whole = match.end()
        return _PAIRS[last.sign] == sign and bool(opened)
    if sign == ",":
        last.whole, last.named = match.start(), False
    elif sign == ":":
        last.titled = last.titled or last.said in TITLES
        last.named = True
    elif len(sign) > 1 and sign[-1] == '"':  # Any other is a text within which the file ends.
        texts[len(opened)] += last.named
        last.said, last.named = sign[1:-1], False
    return True


def _depth(opened: list[_Open]) -> int:
    """Give how many of what is open hold whole records: what the one that is cut stands in."""
    for depth, each in enumerate(opened):
        if each.titled:
            return depth
        if each.sign == "[":
            return depth + 1
    return len(opened)

"""Records of JSON of which two became one: what a cut took began in a name and ended in another.

What is left is whole JSON, with a name as 'authorstitle' in one record of a list, where all others
have 'authors' and 'title': some of it is another paper's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile
from typing import Any

from ..errors import Refusal

_FEWEST = 3
"""Records, for what most of them have to be known."""
_MOST_NAMES = 200
_SHORTEST_END = 2
_LONGEST = 60
_Name = tuple[str, str]


def tell_glued(
    path: str, items: Sequence[Any], line_of: Callable[[int], int | None]
) -> list[Refusal]:
    """Tell the records with a name that begins as one of all the others' names and ends as another.

    `line_of` gives the line of an item by its place.
    """
    records = sum(isinstance(item, dict) for item in items)
    if records < _FEWEST:
        return []
    names = [frozenset(_names(item)) for item in items]
    known = Counter(name for each in names for name in each)
    usual = {name for name, count in known.items() if count >= records - 1}
    if len(usual) > _MOST_NAMES:
        return []
    told = []
    for place, own in enumerate(names):
        odd = [name for name in own if known[name] == 1]
        if len(odd) == 1 and _is_glued(odd[0], usual, own):  # One cut leaves one such name.
            message = f"item {place + 1} has {odd[0][1][:_LONGEST]!r}, and no other has: "
            message += "it may be the halves of two."
            hint = "See whether a record is missing there, and save the list again."
            told.append(Refusal(path, line_of(place), message, hint, fatal=False))
    return told


def _names(item: object) -> Iterator[_Name]:
    """Give the names in a record, and in the records in it."""
    if isinstance(item, dict):
        for name, value in item.items():
            yield "", name
            if isinstance(value, dict):
                yield from ((name, inner) for inner in value)


def _is_glued(odd: _Name, usual: set[_Name], own: frozenset[_Name]) -> bool:
    where, name = odd
    beside = [each for at, each in usual if at == where]
    begins = max((_shared(name, each) for each in beside), default=0)
    ends = max((_shared(name[::-1], each[::-1]) for each in beside), default=0)
    lacking = {each for at, each in usual - own if at == where}
    if any(each.endswith(name) for each in lacking):
        return True  # Its beginning was cut off.
    shortest = _SHORTEST_END if usual <= own else 1  # What was cut was the end of a name.
    return begins > 0 and ends >= shortest and begins + ends >= len(name)


def _shared(one: str, other: str) -> int:
    """Give how many characters two texts have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))

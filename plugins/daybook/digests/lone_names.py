"""One name where other papers of a list have several people: below a title, or behind it.

'Deep Wool' may be a person's name as well as a title, a field or a laboratory. Where most papers of
a list have their people in the first place below their title, one name there is who wrote it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ..records import Entry
from .beside import names_field
from .citation_people import is_one_name
from .shielding import unshielded

_WORDS = range(2, 5)
_FEWEST = 2
_TAIL = re.compile(r"(.{8,}\w)\. ([^.,?!]{4,40}(?: [A-Z]\.[^.,?!]{2,30})?)\.")
_AROUND = re.compile(r"\A\W+|\W+\Z")


def with_lone_names(entries: Sequence[Entry]) -> list[Entry]:
    """Give entries of which those that begin with one name have it for their author."""
    firsts = [unshielded(_first(entry)) for entry in entries]
    seen = Counter(firsts)
    alone = {n for n, first in enumerate(firsts) if seen[first] == 1 and _is_name(first)}
    named = sum(entry.authors is not None for entry in entries)
    if named < _FEWEST or named < len(alone):
        return list(entries)
    return [
        _named(entry, firsts[n]) if n in alone else _cited(entry) for n, entry in enumerate(entries)
    ]


def _cited(entry: Entry) -> Entry:
    """Take the one name off the end of a title: 'A Title. Ada Lovelace.'."""
    tail = _TAIL.fullmatch(entry.title) if entry.authors is None else None
    if tail is None or not _is_name(unshielded(tail[2])):
        return entry
    return replace(entry, title=tail[1], authors=(tail[2],))


def _first(entry: Entry) -> str:
    """Give the first words of an entry that names nobody."""
    first = (entry.blurb or "").partition("\n\n")[0] if entry.authors is None else ""
    return _AROUND.sub("", first)


def _is_name(text: str) -> bool:
    return len(text.split()) in _WORDS and is_one_name(text) and not names_field(text)


def _named(entry: Entry, name: str) -> Entry:
    rest = (entry.blurb or "").partition("\n\n")[2]
    return replace(entry, authors=(name,), blurb=rest or None)

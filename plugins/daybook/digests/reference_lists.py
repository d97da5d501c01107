"""Lists of references copied as text, whose lines break where the page's did."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .citations import may_be_citation, read_citation
from .marks import normalize

_MARK = r"\s*(?:\**(?:\[\d{1,3}\]|\d{1,3}[.)])\**\s+|[-*•]\s+)?"
_BEGIN = re.compile(
    rf"{_MARK}(?:(?:van|von|de|der|den|di|du|el|al)\s)*"
    r"(?:[^\W\d_a-z]\.|[^\W\d_a-z][\w'’‐‑-]+(?:[,.:;]|\s[^\W\d_a-z]|\s(?:et|and|&)\s|\s\())"
)
"""How a reference begins, with a name, and many other lines, too."""
_NUMBERED = re.compile(r"\s*\**(?:\[\d{1,3}\]|\d{1,3}[.)])\**\s+\S")
_OTHER = re.compile(r"\s*(?:#|\||>|`{3}|[-*+]\s|\Z)")
"""A line that goes on with none."""
_HYPHEN = re.compile(r"(?<=[a-z])-\Z")
_MOST_LINES = 12
_MOST_NAMES = 4
"""Lines until a title has begun."""
_FEWEST = 2


def with_whole_references(lines: Sequence[str]) -> list[str]:
    """Give lines with each reference on one; all of it stands where it begins."""
    written = list(lines)
    place = 0
    while place < len(lines):
        end = _end(lines, place) if _BEGIN.match(lines[place]) else None
        if end is not None:
            written[place:end] = [_joined(lines[place:end]), *[""] * (end - place - 1)]
        place = end or place + 1
    return written


def _end(lines: Sequence[str], begin: int) -> int | None:
    """Give where the reference ends that begins on a line and goes on in others, if one does."""
    most = begin + 1
    while most < min(len(lines), begin + _MOST_LINES) and _goes_on(lines[most]):
        most += 1
    if most == begin + 1 or not _is_reference(lines[begin:most]):
        return None
    for end in range(begin + 1, most + 1):
        if _is_reference(lines[begin:end]) and (end == most or _begins(lines, end, most)):
            return end
    return None


def _begins(lines: Sequence[str], begin: int, most: int) -> bool:
    """Whether another reference begins on a line."""
    ends = range(begin + 1, min(most, begin + _MOST_NAMES) + 1)
    return _BEGIN.match(lines[begin]) is not None and any(
        _is_reference(lines[begin:end]) for end in ends
    )


def _is_reference(lines: Sequence[str]) -> bool:
    text = _joined(lines)
    return may_be_citation(text) and read_citation(normalize(text, {})) is not None


def _goes_on(line: str) -> bool:
    return not (_OTHER.match(line) or _NUMBERED.match(line))


def _joined(lines: Sequence[str]) -> str:
    """Join lines; a word that was divided at the end of one is whole again."""
    joined = lines[0].rstrip()
    for line in lines[1:]:
        divided = _HYPHEN.search(joined) and line.strip()[:1].islower()
        joined = f"{joined[:-1]}{line.strip()}" if divided else f"{joined} {line.strip()}"
    return joined


def is_list_of_references(texts: Iterable[str]) -> bool:
    """Whether several of some texts are references, so that one that leads nowhere is one, too."""
    found = (text for text in texts if may_be_citation(text) and read_citation(text) is not None)
    return sum(1 for _, _ in zip(range(_FEWEST), found, strict=False)) == _FEWEST

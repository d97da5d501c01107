"""Lists of references copied as text, whose lines break where the page's did."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .citations import may_be_citation, read_citation
from .labels import label_of
from .marks import normalize

_MARK = r"\s*(?:\**(?:\[[a-z]?\d{1,3}\]|\d{1,3}[.)])\**\s+|[-*•]\s+)?"
_PARTICLE = r"(?:van|von|de|der|den|di|du|el|al)"
_BEGIN = re.compile(
    rf"{_MARK}(?:{_PARTICLE}\s)*(?:[^\W\d_a-z]\.|[^\W\d_a-z][\w'’‐‑-]+"
    rf"(?:[,.:;]|\s[^\W\d_a-z]|\s(?:et|and|&|{_PARTICLE})\s|\s\())"
)
"""How a reference begins, with a name, and many other lines, too."""
_NUMBERED = re.compile(r"\s*\**(?:\[[a-z]?\d{1,3}\]|\d{1,3}[.)])\**\s+\S")
_OTHER = re.compile(r"\s*(?:#|\||>|`{3}|[-*+]\s|[^\[\]]{4,300} \| \[|\Z)")
"""A line that goes on with none."""
_ENDED = re.compile(r"(?:[.)\]]|://\S{1,400})\s?\Z")
_MOST_LINES, _LONGEST_LINE = 12, 250
"""Of what was one line and is several."""
_MOST_NAMES = 4
"""Lines until a title has begun."""
_FEWEST = 2


def with_whole_references(lines: Sequence[str]) -> list[str]:
    """Give lines with each reference on one; all of it stands where it begins."""
    written = list(lines)
    place = 0
    while place < len(lines):
        begins = len(lines[place]) <= _LONGEST_LINE and _BEGIN.match(lines[place])
        end = _end(lines, place) if begins else None
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
    listed = _ENDED.search(lines[begin - 1]) is not None
    return _BEGIN.match(lines[begin]) is not None and any(
        _is_reference(lines[begin:end], listed=listed) for end in ends
    )


def _is_reference(lines: Sequence[str], *, listed: bool = False) -> bool:
    text = _joined(lines)
    found = may_be_citation(text) and read_citation(normalize(text, {}), listed=listed)
    return bool(found)


def _goes_on(line: str) -> bool:
    if len(line) > _LONGEST_LINE:
        return False
    label = label_of(line)
    labelled = label is not None and label[0] != "link"  # 'arXiv:2501.00001' goes on with one.
    return not (labelled or _OTHER.match(line) or _NUMBERED.match(line))


def _joined(lines: Sequence[str]) -> str:
    """Join lines; a word that was divided at the end of one is whole again."""
    joined = lines[0].rstrip()
    for line in lines[1:]:
        more = line.strip()
        divided = joined.endswith("-") and joined[-2:-1].islower()
        joined = joined[:-1] if divided and more[:1].islower() else joined
        joined = f"{joined}{more}" if divided else f"{joined} {more}"
    return joined


def is_list_of_references(texts: Iterable[str]) -> bool:
    """Whether several of some texts are references, so that one that leads nowhere is one, too."""
    found = (text for text in texts if may_be_citation(text) and read_citation(text) is not None)
    return sum(1 for _, _ in zip(range(_FEWEST), found, strict=False)) == _FEWEST

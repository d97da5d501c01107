"""Lines that a program broke at a width, as mails and hand-kept texts have them, made whole.

A program that fills lines breaks one where the next word would not have fitted. So a text of which
the longest lines go on below as no new line begins is known as filled, and its width with it; a
line is whole again where the first word below would have been too much for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .beside import read_beside
from .labels import label_of
from .marks import ITEM

_QUOTED = re.compile(r"(?:\s{0,3}>)*\s?")
_BEGINS = re.compile(
    rf"\s*(?:{ITEM}(?:\s|\Z)|#{{1,6}} |[|`~=]|(?:\*\s?|-\s?|_\s?){{3,}}\Z|\[\d{{1,3}}\]:?\s"
    r"|\.\. |:\w|\[\d{1,4}\.\d|<?https?://|\\\\|\d{4}\.\d{4,5}|(?:arXiv|doi):\s?\d|\*\*\S|__\S"
    r"|\[\[?\w[^\[\]]*\]\()",
    re.IGNORECASE,
)
"""What begins a line that goes on with none."""
_SMALL = re.compile(
    r"(?:[,;(–—&/-]|\b(?:a|an|the|of|in|for|on|with|and|or|to|via|from|by|as|at|using|is|are|its"
    r"|their|that|which|und|der|die|das|von|für|mit|de|la|le|les|et|des|en|y|el))\Z",
    re.IGNORECASE,
)
"""What ends a line within a sentence or a title."""
_SENTENCE = re.compile(r"[.!?:][\"'”)*]*\Z")
_WIDTHS = range(50, 101)
_LONGEST_WORD = 40
"""Characters of a word that no program breaks, and that makes a line longer than the others."""
_FEWEST = 2
"""Lines that surely go on below, of a text that is filled."""
_SHARE = 3
"""Of how many lines that may go on one surely does."""


@dataclass(slots=True)
class _Line:
    quote: str
    text: str
    """Without the marks of a quotation, with its indentation."""

    @property
    def words(self) -> list[str]:
        return self.text.split()


def with_whole_lines(lines: Sequence[str]) -> list[str]:
    """Give lines of which broken ones are whole; there are as many, and some are empty then."""
    width = _width(lines)
    if width not in _WIDTHS:
        return list(lines)
    parted = [_parted(line) for line in lines]
    breaks = [
        place
        for place in range(len(lines) - 1)
        if _may_go_on(parted[place], parted[place + 1], width)
    ]
    sure = sum(_surely_goes_on(parted[place], parted[place + 1]) for place in breaks)
    if sure < _FEWEST or sure * _SHARE < len(breaks):
        return list(lines)
    return _joined(list(lines), parted, {place for place in breaks if not _ends(parted, place)})


def _width(lines: Sequence[str]) -> int:
    """Give the length of the longest line but for those of a word that cannot be broken."""
    longest = 0
    for line in lines:
        if longest < len(line) and max(map(len, line.split()), default=0) < _LONGEST_WORD:
            longest = len(line.rstrip())
        if longest >= _WIDTHS.stop:
            break
    return longest


def _parted(line: str) -> _Line:
    quote = _QUOTED.match(line)[0] if ">" in line else ""  # type: ignore[index]
    return _Line(quote.rstrip(), line[len(quote) :].rstrip())


def _may_go_on(line: _Line, below: _Line, width: int) -> bool:
    """Whether the first word of the line below would not have fitted into a line."""
    if not line.text.strip() or not below.text.strip() or line.quote != below.quote:
        return False
    room = width - len(line.quote) - len(line.text) - 1
    if len(below.words[0]) <= room or line.text.lstrip().startswith(("#", "|", "```")):
        return False
    return _BEGINS.match(below.text) is None and label_of(below.text) is None


def _surely_goes_on(line: _Line, below: _Line) -> bool:
    begun = below.text.lstrip()[:1].islower() and _SENTENCE.search(line.text) is None
    return begun or _SMALL.search(line.text) is not None


def _ends(parted: Sequence[_Line], place: int) -> bool:
    """Whether a full line ends all the same: people stand below what are none."""
    line, below = parted[place].text.strip(), parted[place + 1].text.strip()
    if _SMALL.search(line) is not None or below[:1].islower():
        return False
    people = "authors" in (read_beside(below) or ())
    return people and not (label_of(line) or "authors" in (read_beside(line) or ()))


def _joined(written: list[str], parted: Sequence[_Line], breaks: set[int]) -> list[str]:
    """Put broken lines together: where the first stands, or above what stands right below it."""
    place = 0
    while place < len(written):
        end = place
        while end in breaks:
            end += 1
        if end > place:
            whole = written[place].rstrip()
            for line in parted[place + 1 : end + 1]:
                glued = re.search(r"[^\W\d_]-\Z", whole) and line.text.lstrip()[:1].islower()
                whole += ("" if glued else " ") + line.text.strip()
            below = end + 1 < len(written) and parted[end + 1].text.strip()
            above = place > 0 and parted[place - 1].text.strip()
            written[place : end + 1] = [""] * (end + 1 - place)
            written[end if below and not above else place] = whole
        place = end + 1
    return written

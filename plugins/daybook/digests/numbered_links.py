"""Links that a text has at its end, by number, as letters are sent that have no others.

'A Title (20 minute read) [3]', and below all: '[3] https://arxiv.org/abs/2501.00001'.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .bullets import leads_on

_NUMBERED = re.compile(r"\s{0,3}\[(\d{1,3})\] <?(https?://[^\s<>]{3,2000})>?\s*")
_SIGN = re.compile(r"(?<!\])\[(\d{1,3})\](?![\[(:])")
_TITLED = re.compile(
    r"(\s*(?:[-*+] |#{1,6} )?)([^\[\]\s][^\[\]]{3,300}?)(\s\([^()\[\]]{1,40}\))?\s*\[(\d{1,3})\]\s*"
)
"""A line that ends in the number of its link."""
_FEWEST = 2


def with_numbered_links(lines: Sequence[str]) -> list[str]:
    """Give lines with such links where their numbers stand; the list of them is Markdown's then.

    Only what is counted from 1 without a gap is such a list, and only lines above it refer to it.
    """
    links: dict[str, str] = {}
    begin = end = 0
    for place, line in enumerate(lines):
        match = _NUMBERED.fullmatch(line)
        if match and int(match[1]) == len(links) + 1:
            begin, end = (begin if links else place), place + 1
            links[match[1]] = match[2]
        elif line.strip() and links:
            break
    used = {match[1] for line in lines[:begin] for match in _SIGN.finditer(line)}
    if len(links) < _FEWEST or used.isdisjoint(links):
        return list(lines)
    above = [_linked(lines[place], place, lines, links) for place in range(begin)]
    listed = [_NUMBERED.sub(r"[\1]: \2", line) for line in lines[begin:end]]
    return [*above, *listed, *lines[end:]]


def _linked(line: str, place: int, lines: Sequence[str], links: dict[str, str]) -> str:
    """Link the number of a line, or all its words where it stands alone and is no sentence."""
    match = _TITLED.fullmatch(line)
    if match and match[4] in links and _is_title(match[2]) and _stands_alone(place, lines):
        return f"{match[1]}[{match[2]}]({links[match[4]]}){match[3] or ''}"
    return _SIGN.sub(
        lambda sign: f"[{sign[1]}]({links[sign[1]]})" if sign[1] in links else sign[0], line
    )


def _is_title(words: str) -> bool:
    return " " in words and not (words.endswith((".", ":", ",", ";")) or leads_on(f"{words} "))


def _stands_alone(place: int, lines: Sequence[str]) -> bool:
    """Whether no other line of a paragraph is above or below a place."""
    around = (lines[place - 1] if place else "", lines[place + 1])
    return not any(line.strip() for line in around)

"""Tables in Markdown without the borders at their sides: 'Title | Link' above '--- | ---'."""

from __future__ import annotations

import re
from collections.abc import Sequence

_RULE = re.compile(r"\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*")


def with_borders(lines: Sequence[str]) -> list[str]:
    """Give lines of which the rows of such tables have both borders."""
    found = list(lines)
    place = 1
    while place < len(lines):
        if _RULE.fullmatch(lines[place]) and _is_row(lines[place - 1]):
            end = place + 1
            while end < len(lines) and _is_row(lines[end]):
                end += 1
            found[place - 1 : end] = map(_bordered, lines[place - 1 : end])
            place = end
        place += 1
    return found


def _is_row(line: str) -> bool:
    return "|" in line and not line.lstrip().startswith(("|", "#", ">"))


def _bordered(line: str) -> str:
    row = line.strip()
    return f"| {row}" if row.endswith("|") else f"| {row} |"

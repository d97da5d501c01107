"""Links of reStructuredText whose addresses stand elsewhere: '`A Title`__' or '`A Title`_'.

The first such without a name has the first address without one, and so on:
'__ https://...' or '.. __: https://...'; a name's is '.. _A Title: https://...'.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_REFERENCE = re.compile(r"`([^`<>\n]{1,400})`(__?)(?![\w`])")
_NAMELESS = re.compile(r"\s*(?:__|\.\. __:) +<?(https?://[^\s<>]{3,2000})>?\s*")
_NAMED = re.compile(r"\s*\.\. _`?([^`:\n]{1,400})`?: +<?(https?://[^\s<>]{3,2000})>?\s*")


def with_rest_links(lines: Sequence[str]) -> list[str]:
    """Give lines with such links written as Markdown's; where one has no address all stay."""
    nameless = [match[1] for line in lines if (match := _NAMELESS.fullmatch(line))]
    named = {
        _name(match[1]): match[2] for line in lines if (match := _NAMED.fullmatch(line)) is not None
    }
    without = [m for line in lines for m in _REFERENCE.finditer(line) if m[2] == "__"]
    if not (nameless or named) or len(without) != len(nameless):
        return list(lines)
    addresses = iter(nameless)

    def linked(match: re.Match[str]) -> str:
        url = next(addresses) if match[2] == "__" else named.get(_name(match[1]))
        return f"[{match[1]}]({url})" if url else match[0]

    return [
        "" if _NAMELESS.fullmatch(line) or _NAMED.fullmatch(line) else _REFERENCE.sub(linked, line)
        for line in lines
    ]


def _name(text: str) -> str:
    return " ".join(text.split()).lower()

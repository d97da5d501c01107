"""BibTeX's ``@string``: names for texts, of which other texts are made, and those of others.

Thirty lines, each twice the one before, would come to a gigabyte. So what names stand for is
bounded: in each text, and in all that a file has.
"""

from __future__ import annotations

from ..errors import Refusal

_LONGEST = 10_000
"""Characters of a text that is made of names: journals and series are."""
_AT_LEAST = 1_000_000
_TIMES = 10
"""How much all names stand for: so many times the file, and so many characters besides."""
_MARK = "\ufdd0"
"""Stands for a name whose text is too long: no character of any text (see `wording.repair`)."""


class Strings:
    """What names stand for, as far as a file is read."""

    def __init__(self, size: int) -> None:
        self._texts: dict[str, str] = {}
        self._left = size * _TIMES + _AT_LEAST

    def text_of(self, word: str) -> str:
        """Give what a word stands for; a word that is no name is itself."""
        text = self._texts.get(word.lower())
        if text is None:
            return word
        self._left -= len(text)
        return text if self._left >= 0 else _MARK

    def joined(self, parts: list[str], named: int) -> str:
        """Join the parts of a text, to which names added so many characters."""
        return "".join(parts) if named <= _LONGEST and _MARK not in parts else _MARK

    def define(self, fields: dict[str, str]) -> None:
        """Enter names; those whose texts are too long stay names, of no text."""
        self._texts.update(fields)


def without_long(fields: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """Give the fields whose texts are within bounds, and the names of the others."""
    long = [name for name, text in fields.items() if text == _MARK]
    return {name: text for name, text in fields.items() if text != _MARK}, long


def refuse_long(path: str, line: int, names: list[str]) -> Refusal:
    """Refuse the fields of an entry, or the names, whose texts are too long."""
    return Refusal(
        path,
        line,
        f"{', '.join(names)}: what the names in it stand for is too long; it was left out.",
        "See whether the file is what it seems to be.",
    )

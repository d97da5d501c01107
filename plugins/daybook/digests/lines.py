"""On which line of a file something stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property


class Lines:
    """Counts the lines of a text up to places that are asked for in order: each is passed once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self.last = 1
        """The line of the last place, from 1."""

    def at(self, place: int) -> int:
        """Give the line on which a place is that is not before the last one."""
        self.last += self._text.count("\n", self._place, place)
        self._place = place
        return self.last

    def find(self, written: str, *, beyond: bool = False) -> int | None:
        """Give the line on which something stands next, from the last place on, or `beyond` it."""
        place = self._text.find(written, self._place + beyond) if written else -1
        return self.at(place) if place >= 0 else None


class AnyLines:
    """Gives the lines of places that are asked for in any order: the text is looked at once."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _ends(self) -> list[int]:
        return [match.start() for match in re.finditer("\n", self._text)]

    def at(self, place: int) -> int:
        """Give the line on which a place is, from 1."""
        return bisect_left(self._ends, place) + 1

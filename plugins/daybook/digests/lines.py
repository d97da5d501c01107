"""On which line of a file something stands, asked from its beginning to its end."""

from __future__ import annotations


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

    def find(self, written: str) -> int | None:
        """Give the line on which something stands next, from the last place on."""
        place = self._text.find(written, self._place) if written else -1
        return self.at(place) if place >= 0 else None

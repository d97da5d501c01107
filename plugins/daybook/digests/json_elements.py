"""A list of JSON in which something is broken: its elements, as far as they can be read.

Behind a break it goes on with the next element that looks like those before it, and everything that
was not read is told with its line. However many breaks there are, a text is looked at a few times.
"""

from __future__ import annotations

import json
import re
from typing import Any

from ..errors import Refusal
from .json_cut import TITLES
from .json_reader import MOST_TOLD, JsonReader, more_places
from .lines import AnyLines

UNREADABLE = object()
"""Stands in a list for an element that could not be read and was told."""

_BLANK = re.compile(r"[\s,\ufeff]*")
_OBJECT = re.compile(r'\{\s*(?="([^"\\]{0,60})"?)')
_ENDS = re.compile(r"\s*(?:[,\]}{\ufeff]|\Z)")
_NO_RECORD = re.compile(r"[^\"{}\[\],]*")
"""What cannot have been an item, however broken: words before one."""
_MOST_LOOKS, _FREE = 8, 50_000_000
"""How many times as many characters as the text has are looked at behind breaks, and how many of a
short text in any case: what is broken may be nested, and each of its objects goes on to the end."""


def read_elements(
    path: str, text: str, place: int, reason: str
) -> tuple[list[Any], dict[int, int], list[Refusal]]:
    """Read the elements of a list from just after its bracket, as far as they go.

    Gives the elements, with `UNREADABLE` in place of each that cannot be read, where they begin,
    and what is to be told.
    """
    elements = _Elements(path, text)
    elements.read(place, reason)
    return elements.found, elements.places, [*elements.told, *elements.reader.told(text)]


class _Elements:
    """The elements of a list, in which some may be broken."""

    def __init__(self, path: str, text: str) -> None:
        self.reader = JsonReader(path)
        self.found: list[Any] = []
        self.places: dict[int, int] = {}
        self.told: list[Refusal] = []
        self._path = path
        self._text = text
        self._ending = len(text.rstrip())
        self._lines = AnyLines(text)
        self._most = _MOST_LOOKS * len(text) + _FREE
        self._sought = 0
        self._is_all = False
        """Whether nothing stands before the list, and nothing should behind it."""

    def read(self, place: int, reason: str) -> None:
        """Read from a place on, as far as it goes."""
        self._is_all = not self._text[:place].strip("\ufeff \t\n\v\f[")
        while True:
            gap = _BLANK.match(self._text, place)
            place = gap.end() if gap else place
            try:
                element, end = self._element(place)
            except (ValueError, RecursionError) as error:
                why = error.msg if isinstance(error, json.JSONDecodeError) else "too deep"
                following = self._next(place)
                if following is None:
                    self.told = _first_of(self._path, self.told)
                    if self._text[place : place + 1] == "]":
                        self._tell_rest(place + 1)
                    else:
                        readable = sum(element is not UNREADABLE for element in self.found)
                        self.told.append(cut(self._path, self._line(place), readable, reason))
                    return
                self._tell(place, following[2], why)
                element, end, place = following
            self.found.append(element)
            self.places[id(element)] = place
            place = end

    def _element(self, place: int) -> tuple[Any, int]:
        """Read the element at a place; give where it ends, too.

        Raises:
            ValueError: where there is none, or something else stands behind it.
            RecursionError: for one that is too deep.
        """
        if self._text[place : place + 1] == "[" and self.found:
            raise _broken("a list where an entry was expected")
        element, end = self.reader.value_at(self._text, place)
        if not _ENDS.match(self._text, end):
            raise _broken("Expecting ',' delimiter")
        return element, end

    def _next(self, place: int) -> tuple[dict[str, Any], int, int] | None:
        """Find the element behind one that cannot be read: what it is, where it ends and begins."""
        first = _OBJECT.match(self._text, place)
        begin = place + 1
        if place >= self._ending and self._sought < (last := max(self.places.values(), default=0)):
            begin = self._sought = last + 1  # It may hold what should follow it.
        for like in (first, None) if not self.found and first else (first,):
            at = begin
            while self.reader.passed < self._most and (match := _OBJECT.search(self._text, at)):
                at = match.end()
                try:
                    if found := _sibling(self.reader, self._text, match, self.found, like):
                        return found
                except RecursionError:  # So are all that are inside it.
                    following = self._text.find("\n", at)
                    at = following if following >= 0 else len(self._text)
        return None

    def _tell(self, place: int, following: int, why: str) -> None:
        """Tell what stands before the next element, and was not read."""
        line, until = self._line(place), self._line(following)
        words = " ".join(self._text[place : min(place + 40, following)].split())
        if _NO_RECORD.fullmatch(self._text, place, following):
            message = f"{words!r} stands where an item should, and was passed over."
            self.told.append(Refusal(self._path, line, message, "Take it out.", fatal=False))
            return
        if self._text[place : place + 1].strip("]}"):  # The text may be at its end here.
            self.found.append(UNREADABLE)
        more = f", and so was all up to line {until}" if until > line + 1 else ""
        message = f"item {len(self.found)} cannot be read ({why}): {words!r}; "
        message += f"it was left out{more}."
        hint = "Correct it, or save the file again."
        self.told.append(Refusal(self._path, line, message, hint))

    def _tell_rest(self, place: int) -> None:
        """Tell what stands behind the end of a list that is all there should be."""
        if self._is_all and (
            words := " ".join(self._text[place : place + 400].split()).strip("]} ")
        ):
            message = f"the list ends here; what stands behind it was left out: {words[:40]!r}."
            hint = "See whether a record is missing there, and save the file again."
            self.told.append(Refusal(self._path, self._line(place), message, hint))

    def _line(self, place: int) -> int:
        return self._lines.at(min(place, len(self._text)))


def _broken(why: str) -> json.JSONDecodeError:
    """Give an error that needs no place: to count the lines up to one takes as long as a text."""
    return json.JSONDecodeError(why, "", 0)


def _sibling(
    reader: JsonReader,
    text: str,
    begun: re.Match[str],
    elements: list[Any],
    broken: re.Match[str] | None,
) -> tuple[dict[str, Any], int, int] | None:
    """Read an object that has most of the names its siblings have; ``None`` for any other.

    Where no sibling is known yet, it begins as the broken one does.

    Raises:
        RecursionError: for one that is too deep.
    """
    place = begun.start()
    try:
        value, end = reader.value_at(text, place)
    except ValueError:
        return None
    if not isinstance(value, dict) or not _ENDS.match(text, end):
        return None
    siblings = [element for element in elements[-3:] if isinstance(element, dict)]
    alike = any(len(value.keys() & known.keys()) * 2 > len(known) for known in siblings)
    named = not TITLES.isdisjoint(value)
    first = not siblings and (broken is None or broken[1] == begun[1])
    return (value, end, place) if named and (alike or first) else None


def cut(path: str, line: int, count: int, reason: str) -> Refusal:
    """Say that a list breaks off behind so many entries."""
    message = f"the JSON breaks off after {count} entries ({reason})."
    return Refusal(path, line, message, "Save or fetch it again.")


def _first_of(path: str, told: list[Refusal]) -> list[Refusal]:
    """Give what can be read in a report, and how much more there is."""
    more = told[MOST_TOLD:]
    if not more:
        return told
    lost = any(refusal.fatal for refusal in more)
    return [*told[:MOST_TOLD], more_places(path, more[0].line, len(more), fatal=lost)]

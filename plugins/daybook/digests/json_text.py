"""JSON of strangers, read as far as it goes: what cannot be read costs nothing beside it.

Numbers that no field has (NaN, the infinities, thousands of digits) are read as unknown, control
characters within strings are let through, and where a list breaks off it goes on with the next
element that looks like those before it. All of it is told with its line.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any

from ..errors import MalformedDigestError, Refusal
from .json_cut import TITLES, Whole, whole_of
from .lines import AnyLines

UNREADABLE = object()
"""Stands in a list for an element that could not be read and was told."""

_LISTS = re.compile(r'"(?:dailyPapers|papers|results|items|data|hits|works|records)"\s*:\s*\[')
_ANY_LIST = re.compile(r'"([^"\\]{1,40})"\s*:\s*\[\s*(?=\{\s*")')
_NO_LISTS = frozenset({"authors", "author", "authorships", "references", "citations", "reference"})
"""Lists that a paper has: never the file's own."""
_BLANK = re.compile(r"[\s,\ufeff]*")
_OBJECT = re.compile(r'\{\s*(?="([^"\\]{0,60})"?)')
_ENDS = re.compile(r"\s*(?:[,\]}{\ufeff]|\Z)")
_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}]', re.DOTALL)
_CONSTANT = re.compile(r"[:\[,]\s*-?(?:NaN|Infinity)\b")
_NAMING = TITLES | {"name", "display_name", "doi", "id"}
_NO_RECORD = re.compile(r"[^\"{}\[\],]*")
"""What cannot have been an item, however broken: words before one."""
_MOST_DIGITS = 400
_MOST_TRIES = 20_000
"""Places that are tried in a file as beginnings of an element after a break."""
_MOST_TOLD = 50
_LINES = 5


@dataclass(frozen=True)
class Json:
    """A JSON text as far as it could be read."""

    value: Any
    text: str = ""
    told: tuple[Refusal, ...] = ()
    """What could not be read, and where."""
    made: Sequence[dict[str, Any]] = ()
    """The objects in the order of their ends, of a text that could be read whole."""
    places: dict[int, int] = field(default_factory=dict)
    """Where the elements of one that could not begin, by their `id`."""

    def line_of(self, items: Sequence[Any], index: int) -> int | None:
        """Give the line on which an item of a list begins, or else the last object before it."""
        nearest = self._nearest.get(id(items))
        if nearest is None:
            known = (self.places.get(id(item), self._places.get(id(item))) for item in items)
            nearest = self._nearest[id(items)] = [*accumulate(known, _last_known)]
        place = nearest[index]
        return None if place is None else self._lines.at(place)

    @cached_property
    def _nearest(self) -> dict[int, list[int | None]]:
        """For each list that was asked for where its items begin, or the ones before them."""
        return {}

    @cached_property
    def _lines(self) -> AnyLines:
        return AnyLines(self.text)

    @cached_property
    def _places(self) -> dict[int, int]:
        if not self.made:
            return {}
        places: list[int] = []
        begun: list[int] = []
        for match in _TOKEN.finditer(self.text):
            if match[0] == "{":
                begun.append(match.start())
            elif match[0] == "}" and begun:
                places.append(begun.pop())
        return {id(made): place for made, place in zip(self.made, places, strict=False)}


def _last_known(before: int | None, place: int | None) -> int | None:
    return before if place is None else place


class JsonReader:
    """Reads JSON values of one file, and collects what is odd in them."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.made: list[dict[str, Any]] = []
        self._odd: Counter[str] = Counter()
        self._twice: list[tuple[str, Any]] = []
        self.decoder = json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_int=self._whole,
            parse_float=self._number,
            parse_constant=self._constant,
            strict=False,
        )

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) != len(pairs):
            self._twice += [(k, v) for k, v in pairs if made[k] is not v and made[k] != v]
        self.made.append(made)
        return made

    def _whole(self, digits: str) -> int | None:
        if len(digits) <= _MOST_DIGITS:
            return int(digits)
        self._odd[digits] += 1
        return None

    def _number(self, digits: str) -> float | None:
        number = float(digits)
        if math.isfinite(number):
            return number
        self._odd[digits] += 1
        return None

    def _constant(self, name: str) -> None:
        self._odd[name] += 1

    def told(self, text: str, first_line: int = 1) -> list[Refusal]:
        """Give what was odd since the last time, in a text that begins on a line."""
        odd, twice = [*self._odd.items()], self._twice
        refusals = [self._odd_number(text, first_line, *each) for each in odd[:_MOST_TOLD]]
        refusals += [self._said_twice(text, first_line, *each) for each in twice[:_MOST_TOLD]]
        if more := len(odd[_MOST_TOLD:]) + len(twice[_MOST_TOLD:]):
            titled = any(key.lower() in TITLES for key, _ in twice[_MOST_TOLD:])
            refusals.append(_more(self.path, None, more, fatal=titled))
        self._odd.clear()
        self._twice = []
        return refusals

    def _odd_number(self, text: str, first_line: int, token: str, times: int) -> Refusal:
        if token[-1].isdigit():
            place = text.find(token)
            what = f"a number of {len(token):,} characters" if len(token) > 20 else token
        else:
            match = _CONSTANT.search(text)
            place, what = match.end() if match else 0, token
        often = f" ({times} times in the file)" if times > 1 else ""
        message = f"{what} is no number of a paper's{often}; it was read as unknown."
        line = first_line + text.count("\n", 0, max(place, 0))
        return Refusal(self.path, line, message, "Correct it, or leave it out.", fatal=False)

    def _said_twice(self, text: str, first_line: int, key: str, value: Any) -> Refusal:
        written = (json.dumps(value), json.dumps(value, ensure_ascii=False))
        place = max(text.find(each) for each in written) if isinstance(value, str) else -1
        place = place if place >= 0 else max(text.find(json.dumps(key)), 0)
        said = value if isinstance(value, str) else json.dumps(value, default=str)
        message = f"an object says {key!r} twice; {said[:60]!r} was left for what it says last."
        line = first_line + text.count("\n", 0, place)
        hint = "Give each paper an object of its own."
        return Refusal(self.path, line, message, hint, fatal=key.lower() in TITLES)


def read_json(path: str, text: str) -> Json | None:
    """Read a text's JSON value; of one that breaks off, the elements of its list of papers.

    Gives ``None`` for a text that is something else, such as JSON Lines.

    Raises:
        MalformedDigestError: for JSON of which nothing can be read.
    """
    reader = JsonReader(path)
    begin = len(text) - len(text.lstrip("\ufeff \t\n\v\f"))
    try:
        value, end = reader.decoder.raw_decode(text, begin)
        if text[end:].strip("\ufeff \t\n\v\f\x00"):
            raise json.JSONDecodeError("Extra data", text, end)
    except RecursionError:
        reason = "it is nested too deeply"
    except json.JSONDecodeError as error:
        reason = error.msg
    else:
        return Json(value, text, tuple(reader.told(text)), reader.made)
    begin_of_list = _list_in(text, begin, reason)
    readable, found = 0, None
    if begin_of_list is not None:
        elements, places, told = read_elements(path, text, begin_of_list, reason)
        readable = sum(element is not UNREADABLE for element in elements)
        found = Json(elements, text, tuple(told), (), places)
    if text[begin] == "{" and (whole := whole_of(text, begin)) and whole.count >= readable:
        found = _read_whole(path, whole, text, reason) or found
    if found is not None and (readable or found.made):
        return found
    if "deeply" in reason:
        raise MalformedDigestError(
            path,
            "the JSON is nested too deeply to be a list of papers.",
            hint="Save the list itself.",
        )
    if text[begin] == "[" and re.match(r"\[\s*[{\[\"]", text[begin : begin + 64]):
        line = text.count("\n", 0, begin) + 1
        cut = _cut(path, line, 0, reason)
        return Json([], text, (cut,))
    return None  # Text that is no JSON at all: another reader may know it.


def _read_whole(path: str, whole: Whole, text: str, reason: str) -> Json | None:
    """Read what stands before the record in which a text ends; ``None`` if it is broken, too."""
    reader = JsonReader(path)
    try:
        value = reader.decoder.decode(whole.text)
    except (ValueError, RecursionError):
        return None
    line = text.count("\n", 0, min(whole.place, len(text.rstrip()))) + 1
    told = [_cut(path, line, whole.count, reason), *reader.told(whole.text)]
    return Json(value, whole.text, tuple(told), reader.made)


def _list_in(text: str, begin: int, reason: str) -> int | None:
    """Give where the first element of a broken list is."""
    if text[begin] == "[":
        return begin + 1
    if _is_lines(text[begin:]):
        return None
    if match := _LISTS.search(text):
        return match.end()
    if reason == "Extra data":
        return begin  # Objects after each other.
    for match in _ANY_LIST.finditer(text):
        if match[1].lower() not in _NO_LISTS:
            alone = '"title"' in text[begin : match.start()]
            return None if alone else match.end()
    return None


def _is_lines(text: str) -> bool:
    """Whether it is JSON Lines: one of the first lines is an object, and nothing follows it."""
    for line in text.split("\n", _LINES)[:_LINES]:
        if line.startswith('{"') and line.rstrip().endswith("}"):
            try:
                value = json.loads(line, strict=False)
            except (ValueError, RecursionError):
                continue
            if not _NAMING.isdisjoint(value):
                return "\n" in text.strip()
    return False


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
        self._tries = _MOST_TRIES
        self._sought = 0

    def read(self, place: int, reason: str) -> None:
        """Read from a place on, as far as it goes."""
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
                    if self._text[place : place + 1] != "]":
                        readable = sum(element is not UNREADABLE for element in self.found)
                        self.told.append(_cut(self._path, self._line(place), readable, reason))
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
            raise json.JSONDecodeError("a list where an entry was expected", self._text, place)
        element, end = self.reader.decoder.raw_decode(self._text, place)
        if not _ENDS.match(self._text, end):
            raise json.JSONDecodeError("Expecting ',' delimiter", self._text, end)
        return element, end

    def _next(self, place: int) -> tuple[dict[str, Any], int, int] | None:
        """Find the element behind one that cannot be read: what it is, where it ends and begins."""
        first = _OBJECT.match(self._text, place)
        begin = place + 1
        if place >= self._ending and self._sought < (last := max(self.places.values(), default=0)):
            begin = self._sought = last + 1  # It may hold what should follow it.
        for like in (first, None) if not self.found and first else (first,):
            at = begin
            while self._tries > 0 and (match := _OBJECT.search(self._text, at)):
                self._tries, at = self._tries - 1, match.end()
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

    def _line(self, place: int) -> int:
        return self._lines.at(min(place, len(self._text)))


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
        value, end = reader.decoder.raw_decode(text, place)
    except ValueError:
        return None
    if not isinstance(value, dict) or not _ENDS.match(text, end):
        return None
    siblings = [element for element in elements[-3:] if isinstance(element, dict)]
    alike = any(len(value.keys() & known.keys()) * 2 > len(known) for known in siblings)
    named = not TITLES.isdisjoint(value)
    first = not siblings and (broken is None or broken[1] == begun[1])
    return (value, end, place) if named and (alike or first) else None


def _cut(path: str, line: int, count: int, reason: str) -> Refusal:
    message = f"the JSON breaks off after {count} entries ({reason})."
    return Refusal(path, line, message, "Save or fetch it again.")


def _first_of(path: str, told: list[Refusal]) -> list[Refusal]:
    """Give what can be read in a report, and how much more there is."""
    more = told[_MOST_TOLD:]
    if not more:
        return told
    lost = any(refusal.fatal for refusal in more)
    return [*told[:_MOST_TOLD], _more(path, more[0].line, len(more), fatal=lost)]


def _more(path: str, line: int | None, count: int, *, fatal: bool) -> Refusal:
    message = f"{count:,} more places of the JSON are like those that were told."
    return Refusal(path, line, message, "Correct them, or save the file again.", fatal)

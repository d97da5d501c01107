"""JSON of strangers, read as far as it goes: what cannot be read costs nothing beside it.

Numbers that no field has (NaN, the infinities, thousands of digits) are read as unknown, control
characters within strings are let through, and where a list breaks off it goes on with the next
element that looks like those before it. All of it is told with its line.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ..errors import MalformedDigestError, Refusal
from .json_cut import TITLES, Whole, whole_of

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
        for at in range(index, -1, -1):
            item = id(items[at])
            if (place := self.places.get(item, self._places.get(item))) is not None:
                return bisect_left(self._line_ends, place) + 1
        return None

    @cached_property
    def _line_ends(self) -> list[int]:
        return [match.start() for match in re.finditer("\n", self.text)]

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
        refusals = [self._odd_number(text, first_line, *odd) for odd in self._odd.items()]
        refusals += [self._said_twice(text, first_line, *twice) for twice in self._twice]
        self._odd.clear()
        self._twice.clear()
        return refusals[:_MOST_TOLD]

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
    """Give where the first element of a broken text's list stands."""
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
    reader = JsonReader(path)
    elements: list[Any] = []
    places: dict[int, int] = {}
    told: list[Refusal] = []
    tries, sought = _MOST_TRIES, 0
    while True:
        gap = _BLANK.match(text, place)
        place = gap.end() if gap else place
        try:
            if text[place : place + 1] == "[" and elements:
                raise json.JSONDecodeError("a list where an entry was expected", text, place)
            element, end = reader.decoder.raw_decode(text, place)
            if not _ENDS.match(text, end):
                raise json.JSONDecodeError("Expecting ',' delimiter", text, end)
        except (ValueError, RecursionError) as error:
            why = error.msg if isinstance(error, json.JSONDecodeError) else "too deep"
            found, first = None, _OBJECT.match(text, place)
            begin = place + 1
            if place >= len(text.rstrip()) and sought < (last := _last(places)):
                begin = sought = last + 1  # It may hold what should follow it.
            for like in (first, None) if not elements and first else (first,):
                at = begin
                while found is None and tries > 0 and (match := _OBJECT.search(text, at)):
                    tries, at = tries - 1, match.end()
                    try:
                        found = _sibling(reader, text, match, elements, like)
                    except RecursionError:  # So are all that are inside it.
                        following = text.find("\n", at)
                        at = following if following >= 0 else len(text)
            line = text.count("\n", 0, min(place, len(text))) + 1
            if found is None:
                if text[place : place + 1] != "]":
                    readable = sum(element is not UNREADABLE for element in elements)
                    told.append(_cut(path, line, readable, reason))
                return elements, places, [*told[:_MOST_TOLD], *reader.told(text)]
            if text[place : place + 1] not in "]}":
                elements.append(UNREADABLE)
            told.append(_skipped(path, line, len(elements), why, text[place : place + 40]))
            element, end, place = found
        elements.append(element)
        places[id(element)] = place
        place = end


def _last(places: dict[int, int]) -> int:
    return max(places.values(), default=0)


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


def _skipped(path: str, line: int, number: int, why: str, words: str) -> Refusal:
    found = " ".join(words.split())
    message = f"item {number} cannot be read ({why}): {found!r}; it was left out."
    return Refusal(path, line, message, "Correct it, or save the file again.")

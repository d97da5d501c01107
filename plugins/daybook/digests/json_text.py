"""JSON of strangers, read as far as it goes: what cannot be read costs nothing beside it.

A comma too many costs nothing, several values after each other are one list, and where a list
breaks off it goes on behind the break. All of it is told with its line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any

from ..errors import MalformedDigestError, Refusal
from .json_cut import TITLES, Whole, whole_of
from .json_elements import UNREADABLE, cut, read_elements
from .json_reader import JsonReader
from .lines import AnyLines
from .python_text import as_json

_LISTS = re.compile(r'"(?:dailyPapers|papers|results|items|data|hits|works|records)"\s*:\s*\[')
_PAGES = ("dailyPapers", "papers", "results", "items", "data", "hits", "works", "records")
"""Names under which services answer with their records, page by page."""
_ANY_LIST = re.compile(r'"([^"\\]{1,40})"\s*:\s*\[\s*(?=\{\s*")')
_NO_LISTS = frozenset({"authors", "author", "authorships", "references", "citations", "reference"})
"""Lists that a paper has: never the file's own."""
_BETWEEN = re.compile(r"[\s,\ufeff\x00]*")
_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)'
"""A text; one without an end goes on to that of the file, so that none is begun twice."""
_TOKEN = re.compile(rf"{_STRING}|[{{}}]", re.DOTALL)
_COMMAS = re.compile(rf"{_STRING}|(,[\s,]*+)([\]}}])?", re.DOTALL)
"""A text, or commas, and what ends behind them."""
_AS_PYTHON = re.compile(r"[\[{\s]*'[^'\n]{1,60}'\s*:")
_NAMING = TITLES | {"name", "display_name", "doi", "id"}
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


def read_json(path: str, text: str) -> Json | None:
    """Read a text's JSON value; of one that breaks off, the elements of its list of papers.

    Values after each other are read as one list. Gives ``None`` for a text that is something else,
    such as JSON Lines.

    Raises:
        MalformedDigestError: for JSON of which nothing can be read.
    """
    begin = len(text) - len(text.lstrip("\ufeff \t\n\v\f"))
    if begin == len(text):
        return None
    try:
        return _decoded(path, text, begin)
    except RecursionError:
        reason = "it is nested too deeply"
    except json.JSONDecodeError as error:
        reason = error.msg
    if found := _read_without_commas(path, text, begin):
        return found
    if reason == "Extra data" and not _is_lines(text[begin:]) and (found := _several(path, text)):
        return found
    return _read_broken(path, text, begin, reason)


def _decoded(path: str, text: str, begin: int, told: tuple[Refusal, ...] = ()) -> Json:
    """Read a text that is one JSON value.

    Raises:
        json.JSONDecodeError: for any other.
        RecursionError: for one that is too deep.
    """
    reader = JsonReader(path)
    value, end = reader.decoder.raw_decode(text, begin)
    if text[end:].strip("\ufeff \t\n\v\f\x00"):
        raise json.JSONDecodeError("Extra data", text, end)
    if isinstance(value, list):
        value = together(value)
    return Json(value, text, (*told, *reader.told(text)), reader.made)


def _read_without_commas(path: str, text: str, begin: int) -> Json | None:
    """Read a text that is JSON but for commas behind which nothing stands."""
    places = [match.start() for match in _COMMAS.finditer(text) if match[2]]
    if not places:
        return None
    often = f" ({len(places):,} times in the file)" if len(places) > 1 else ""
    message = f"a comma with nothing behind it{often}: a record may be missing there."
    line = text.count("\n", 0, places[0]) + 1
    told = Refusal(path, line, message, "See whether all are there, and take it out.", fatal=False)
    blanked = _COMMAS.sub(
        lambda match: match[1].replace(",", " ") + match[2] if match[2] else match[0], text
    )
    try:
        return _decoded(path, blanked, begin, (told,))
    except (json.JSONDecodeError, RecursionError):
        return None


def _several(path: str, text: str) -> Json | None:
    """Read values that stand after each other, as one; ``None`` where one of them is broken."""
    reader = JsonReader(path)
    values = _values(reader, text)
    if values is None:
        return None
    return Json(together(values), text, tuple(reader.told(text)), reader.made)


def _values(reader: JsonReader, text: str) -> list[Any] | None:
    values: list[Any] = []
    place = 0
    while (between := _BETWEEN.match(text, place)) and between.end() < len(text):
        try:
            value, place = reader.decoder.raw_decode(text, between.end())
        except (json.JSONDecodeError, RecursionError):
            return None
        values.append(value)
    return values


def values_of(text: str) -> list[Any]:
    """Give the JSON values that stand after each other in a text; nothing where one is broken."""
    return _values(JsonReader(""), text) or []


def together(values: list[Any]) -> Any:
    """Give lists, and answers that each have one under the same name, as one; else the values."""
    if len(values) > 1 and all(isinstance(each, list) and _of_records(each) for each in values):
        return [item for each in values for item in each]
    if len(values) < 2 or not all(isinstance(each, dict) for each in values):
        return values
    for name in _PAGES:
        pages = [each.get(name) for each in values if TITLES.isdisjoint(each)]
        if len(pages) == len(values) and all(map(_of_records, pages)):
            return {**values[0], name: [item for page in pages for item in page]}
    return values


def _of_records(page: object) -> bool:
    return isinstance(page, list) and all(isinstance(item, dict) for item in page)


def _read_broken(path: str, text: str, begin: int, reason: str) -> Json | None:
    """Read of a text that is no JSON as it should be what can be read.

    Raises:
        MalformedDigestError: for JSON that is too deep.
    """
    if _AS_PYTHON.match(text, begin):
        written = as_json(text)
        try:
            return _decoded(path, written, begin)
        except (json.JSONDecodeError, RecursionError):
            if several := _several(path, written):
                return several
            reason = "its names stand in single quotes, as Python prints them"
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
        return Json([], text, (cut(path, line, 0, reason),))
    return None  # Text that is no JSON at all: another reader may know it.


def _read_whole(path: str, whole: Whole, text: str, reason: str) -> Json | None:
    """Read what stands before the record in which a text ends; ``None`` if it is broken, too."""
    reader = JsonReader(path)
    try:
        value = reader.decoder.decode(whole.text)
    except (ValueError, RecursionError):
        return None
    line = text.count("\n", 0, min(whole.place, len(text.rstrip()))) + 1
    told = [cut(path, line, whole.count, reason), *reader.told(whole.text)]
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

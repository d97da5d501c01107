"""Lists of records in YAML, as sites' data files, pandoc's bibliographies and scripts have them.

https://pandoc.org/MANUAL.html#specifying-bibliographic-data
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ..errors import Refusal
from .ending import seems_cut
from .yaml_broken import read_broken
from .yaml_values import value_of

_TITLED = re.compile(r"(?mi)^[^\S\n]*(?:-[^\S\n]+)?[\"']?title[\"']?:(?:\s|$)")
_FIRST = re.compile(r"(?:-[^\S\n]+[\w\"'][^:\n]{0,40}|[\w\"'][^:\n]{0,40}):(?:\s|\Z)|-\s*\Z")
_LEADING = re.compile(r"(?m)^(?: *-)? *\t[\t ]*")
"""A tab before the first word of a line, where YAML has spaces."""
_CITED = "references"
"""The name under which pandoc's records stand."""
_TAB_STOPS = (2, 4, 8)


@dataclass(frozen=True, slots=True)
class Yaml:
    """A list of records in YAML, as far as it could be read."""

    value: list[Any] | dict[str, Any]
    told: tuple[Refusal, ...] = ()
    """What could not be read, and where."""
    surely: bool = True
    """Whether most of the text is whole: another may be something else."""


def read_yaml(path: str, text: str) -> Yaml | None:
    """Read a text that is a list of records in YAML; ``None`` for any other.

    Of a list that is broken, the records and fields that are not are read.
    """
    if _TITLED.search(text) is None:
        return None
    first = next((line for line in text.split("\n") if not _is_blank(line)), "")
    if _FIRST.match(first) is None:
        return None
    if (value := value_of(text)) is not None:
        return _list(value, _ending(path, text, value))
    tabs, texts = _tabs(path, text), [text]
    if tabs:
        texts = [_with_spaces(text, columns) for columns in _TAB_STOPS]
        for spaced in texts:
            if (value := value_of(spaced)) is not None:
                return _list(value, (*tabs, *_ending(path, text, value)))
    if (broken := read_broken(path, texts[0])) is None:
        return None
    ending = () if broken.breaks_off else _ending(path, text, broken.value)
    return Yaml(broken.value, (*tabs, *broken.told, *ending), broken.surely)


def _list(value: Any, told: tuple[Refusal, ...]) -> Yaml | None:
    """Give a value that has records; where all fields are plain, it is some page's head."""
    if isinstance(value, dict) and not any(
        isinstance(each, dict | list) for each in value.values()
    ):
        return None
    if isinstance(value, dict) and [name for name in value if _has_records(value[name])] == [
        _CITED
    ]:
        value = value[_CITED]
    return Yaml(value, told) if isinstance(value, dict | list) else None


def _has_records(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(each, dict) for each in value)


def _ending(path: str, text: str, value: Any) -> tuple[Refusal, ...]:
    """Tell a list that is whole, and ends within a line with what hardly ends one."""
    if text.endswith("\n") or not (seems_cut(text) or _lacks_fields(value)):
        return ()
    message = "the file ends in the middle of a line: what it says last may be cut off."
    hint = "Save it again; if nothing is missing, end its last line."
    return (Refusal(path, text.count("\n") + 1, message, hint, fatal=False),)


def _lacks_fields(value: Any) -> bool:
    """Whether the last record does not say what all others do."""
    while isinstance(value, dict) and value:
        value = [*value.values()] if len(value) > 1 else next(iter(value.values()))
    if not isinstance(value, list) or len(value) < 2:
        return False
    said = [_said(each) for each in value]
    return not set.intersection(*said[:-1]) <= said[-1]


def _said(record: Any) -> set[str]:
    """Give the names of the fields that have a value."""
    fields = record.items() if isinstance(record, dict) else ()
    return {name for name, value in fields if value not in (None, "")}


def _tabs(path: str, text: str) -> tuple[Refusal, ...]:
    """Tell tabs where YAML has spaces: people's programs put them there."""
    places = [match.start() for match in _LEADING.finditer(text)]
    if not places:
        return ()
    lines = f" (on {len(places):,} lines)" if len(places) > 1 else ""
    message = f"a tab stands where YAML has spaces{lines}; it was read as spaces."
    line = text.count("\n", 0, places[0]) + 1
    return (Refusal(path, line, message, "Put spaces in its place.", fatal=False),)


def _with_spaces(text: str, columns: int) -> str:
    return _LEADING.sub(lambda tabs: tabs[0].expandtabs(columns), text)


def _is_blank(line: str) -> bool:
    bare = line.strip()
    return not bare or bare.startswith("#") or bare in ("---", "...")

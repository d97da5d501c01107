"""The value of a text in YAML, as far as lists of records have it.

What makes YAML more than a way to write JSON is none of theirs: a text with aliases, several
documents or a key twice has no value here. https://yaml.org/spec/1.2.2
"""

from __future__ import annotations

import re
from typing import Any

import yaml

_NONE = frozenset({"", "~", "null", "Null", "NULL", "None"})
_ISSUED = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_KEY = re.compile(r"[A-Za-z_][\w:-]{0,100}")
"""What records are called by in the text that cites them, and nowhere else."""
_DEEPEST = 12
_UNQUOTED = re.compile(
    r"(?m)^([^\S\n]*(?:- +)?[A-Za-z][\w-]{0,40}: +)"
    r"([^\s\"'\[{|>&*!#%@`][^\n]{0,4000}?:[^\n]{0,4000})$"
)
"""What people write without quotes, and YAML takes for a key within a key."""


class Record(dict[str, Any]):
    """The fields of a record."""

    line = 0
    """On which line of its text it begins, from 1."""


def value_of(text: str) -> Any:
    """Give the value of a text; ``None`` where it is no YAML, or more than lists have.

    Its plain values are texts, as they are written.
    """
    return _value(text) or _value(_UNQUOTED.sub(_quoted, text))


def _value(text: str) -> Any:
    """Give the value of a text; ``None`` where it is no YAML, or more than lists have."""
    try:
        return _tree(text)
    except (yaml.YAMLError, ValueError, TypeError):
        return None


def _quoted(line: re.Match[str]) -> str:
    said = line[2].rstrip().replace("'", "''")
    return f"{line[1]}'{said}'"


def _tree(text: str) -> Any:
    """Give the value of a text, a part after the other: the parser's own way may end the process.

    Raises:
        ValueError: for what no list of records has: another document, an alias, whose parts could
            be without end, a key twice, depth.
        TypeError: for a key that is no text.
        yaml.YAMLError: for what is no YAML.
    """
    parser = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    documents: list[Any] = []
    open_parts = [documents]
    lines: list[int] = []
    for event in yaml.parse(text, Loader=parser):
        if isinstance(event, yaml.ScalarEvent):
            nothing = not event.style and event.value in _NONE
            open_parts[-1].append(None if nothing else event.value)
        elif isinstance(event, yaml.CollectionStartEvent):
            open_parts.append([])
            lines.append(event.start_mark.line + 1)
            if len(open_parts) > _DEEPEST:
                raise ValueError
        elif isinstance(event, yaml.CollectionEndEvent):
            part, line = open_parts.pop(), lines.pop()
            is_record = isinstance(event, yaml.MappingEndEvent)
            open_parts[-1].append(_record(part, line) if is_record else part)
        elif isinstance(event, yaml.AliasEvent):
            raise ValueError
    (value,) = documents
    return value


def _record(parts: list[Any], line: int) -> Record:
    """Make a record of keys and values, one after the other.

    Raises:
        ValueError: where a key is there twice.
        TypeError: where one is no text.
    """
    record = dict(zip(parts[::2], parts[1::2], strict=True))
    if len(record) < len(parts) // 2:
        raise ValueError
    if not all(isinstance(key, str) for key in record):
        raise TypeError
    placed = Record(_as_in_json(record))
    placed.line = line
    return placed


def _as_in_json(record: dict[str, Any]) -> dict[str, Any]:
    """Give a record with its day as CSL's JSON has it, and without a name of the file's own."""
    issued = record.get("issued")
    parts: tuple[Any, ...] = ()
    if isinstance(issued, list) and issued and isinstance(issued[0], dict):
        parts = tuple(issued[0].get(name) for name in ("year", "month", "day"))
    elif isinstance(issued, str) and (match := _ISSUED.fullmatch(issued)):
        parts = match.groups()
    if _KEY.fullmatch(str(record.get("id"))):
        record = {name: said for name, said in record.items() if name != "id"}
    numbers = [int(part) for part in parts if isinstance(part, str) and part.isdecimal()]
    return {**record, "issued": {"date-parts": [numbers]}} if numbers else record

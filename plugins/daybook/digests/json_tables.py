"""Tables in JSON, as data frames and sheets are written: columns, or rows below their names.

https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.to_json.html
"""

from __future__ import annotations

from typing import Any

from .columns import known_columns

_FEWEST = 2
"""Names of columns that are known, the title's among them."""


def as_records(value: object) -> object:
    """Give a table's rows as records; any other value as it is."""
    if isinstance(value, dict):
        columns, rows = value.get("columns"), value.get("data")
        if isinstance(columns, list) and _are_names(columns) and isinstance(rows, list):
            return _records(columns, rows)
        if _are_names([*value]) and all(isinstance(each, dict) for each in value.values()):
            return _of_columns(value)
    elif isinstance(value, list) and value and _are_names(value[0]):
        return _records(value[0], value[1:])
    return value


def _are_names(value: Any) -> bool:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        return False
    known = known_columns(value)
    return "title" in known and len(known) >= _FEWEST


def _records(names: list[str], rows: list[Any]) -> list[Any]:
    return [dict(zip(names, row, strict=False)) if isinstance(row, list) else row for row in rows]


def _of_columns(value: dict[str, dict[str, Any]]) -> list[Any]:
    """Give the records of columns that have a value for each row."""
    rows = dict.fromkeys(row for column in value.values() for row in column)
    return [{name: column.get(row) for name, column in value.items()} for row in rows]

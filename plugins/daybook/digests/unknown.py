"""What a file seems to be that no reader knows, in a few words for its keeper."""

from __future__ import annotations

from collections import Counter
from typing import Any

from .document import Document
from .json_cut import TITLES
from .json_text import values_of

_MOST_NAMES = 4
_LONGEST_NAME = 40


def describe(document: Document) -> str:
    """Say what an unknown file seems to be."""
    if document.is_markup:
        return "HTML or XML of no known kind"
    if "arxiv.org/api/errors" in document.text:
        return "an error that arXiv's API answered with, inside something else"
    if document.parsed is None and not document.is_json:
        return "text of no known kind"
    value = document.parsed.value if document.parsed is not None else values_of(document.text)
    if value in ([], {}):
        return "an empty list, as of a day without papers"
    return _describe_records(_records(value)) or "JSON of no known kind"


def _records(value: Any) -> list[dict[str, Any]]:
    """Give the records of a list, or of the only list in an object."""
    if isinstance(value, dict):
        lists = [inside for inside in value.values() if isinstance(inside, list)]
        value = lists[0] if len(lists) == 1 else []
    records = value if isinstance(value, list) else []
    return records if records and all(isinstance(each, dict) for each in records) else []


def _describe_records(records: list[dict[str, Any]]) -> str | None:
    if not records:
        return None
    many = f"{len(records):,} record{'s' if len(records) > 1 else ''}"
    if any(not TITLES.isdisjoint(record) for record in records):
        return f"{many} that mostly have neither authors nor an identifier"
    counted = Counter(name for record in records for name in record)
    named = ", ".join(repr(name[:_LONGEST_NAME]) for name, _ in counted.most_common(_MOST_NAMES))
    return f"{many} without titles (they have {named})"

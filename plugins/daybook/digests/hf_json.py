"""The answers of Hugging Face's API: a day's list, a search's, a single paper.

``/api/daily_papers``, ``/api/papers/search`` and ``/api/papers/{id}``; see `hf_records`.
"""

from __future__ import annotations

from collections.abc import Iterable

from .document import Document
from .draft import Draft
from .hf_records import OTHERS_KEYS, is_item, read_items
from .json_elements import UNREADABLE

_LIST_KEYS = ("dailyPapers", "papers")


def accepts(document: Document) -> bool:
    """Accept JSON of which at least half the list are Hugging Face's records of papers.

    Where others are made for other readers, these read them all.
    """
    if document.parsed is None:
        return False
    items = [item for item in _items(document.parsed.value) if item is not UNREADABLE]
    others = [item for item in items if not is_item(item)]
    return bool(items) and len(others) * 2 <= len(items) and not any(map(_is_anothers, others))


def _is_anothers(item: object) -> bool:
    """Whether a record says what Hugging Face's do not, under names of its own."""
    return isinstance(item, dict) and "paper" not in item and not OTHERS_KEYS.isdisjoint(item)


def read(document: Document) -> Iterable[Draft]:
    """Read the one digest of an answer."""
    answer = document.parsed
    if answer is not None:
        yield read_items(document.path, _items(answer.value), answer)


def _items(value: object) -> list[object]:
    if isinstance(value, dict):
        listed = next((value[key] for key in _LIST_KEYS if isinstance(value.get(key), list)), None)
        return listed if listed is not None else _wrapped(value) or [value]
    return value if isinstance(value, list) else []


def _wrapped(value: dict[str, object]) -> list[object] | None:
    """Give the one list of an answer that somebody put under a key of their own."""
    lists = [each for each in value.values() if isinstance(each, list) and any(map(is_item, each))]
    return lists[0] if len(lists) == 1 and not is_item(value) else None

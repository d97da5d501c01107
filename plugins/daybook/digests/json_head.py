"""A head in JSON above a text made for people, as Hugo lets one write it.

``{"title": "This Week", "date": "2025-03-11"}`` and a list below. It says what a head between
``---`` lines says, and is read as one: see `stated`. https://gohugo.io/content-management/front-matter
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from .columns import as_text, entry_of
from .document import Document
from .json_flat import flatten
from .marks import paper_key
from .wording import one_line

_LONGEST = 8_000
_BEHIND = re.compile(r"[^\S\n]*\n\s*(?=[^\s{}\[\],\"]|\[[^\s{}\[\]\"])")
"""What stands between an object and a text that is none: a link of Markdown's may begin it."""
_MORE_JSON = re.compile(r"(?m)^[^\S\n]*[{}\]]")
_STATED = ("date", "name")


def below_json_head(document: Document) -> Document | None:
    """Give a file with its head in JSON written as lines, each on a line of the head's own.

    Gives ``None`` for a file that begins otherwise: with an object that is a paper's record, and
    with one behind which more JSON stands.
    """
    if not document.start.startswith("{"):
        return None
    begin = len(document.text) - len(document.text.lstrip())
    try:
        head, end = json.JSONDecoder(strict=False).raw_decode(document.start[:_LONGEST])
    except (ValueError, RecursionError):
        return None
    behind = _BEHIND.match(document.text, begin + end)
    if behind is None or _MORE_JSON.search(document.text, behind.end()) or _is_record(head):
        return None
    above = document.text[: behind.end()]
    written = "\n".join(_lines(head, above)) + document.text[behind.end() :]
    return Document(document.path, written.encode("utf-8", "replace"))


def _is_record(head: Mapping[str, Any]) -> bool:
    """Whether an object names a paper itself, or lists what may be papers."""
    if any(
        isinstance(each, list) and any(isinstance(one, dict) for one in each)
        for each in head.values()
    ):
        return True
    record = flatten(head)
    entry = entry_of(1, None, str(record.get("title") or "-"), record)
    said = (entry.arxiv, entry.doi, entry.abstract, entry.venue)  # a list has authors, too
    return any(said) or any(paper_key(link.url) for link in entry.links)


def _lines(head: Mapping[str, Any], above: str) -> list[str]:
    """Write what a head states into the lines it has, with the last one empty."""
    raw = above.split("\n")
    lines = ["" for _ in raw]
    for key in _STATED:
        value = one_line(as_text(head.get(key)))
        own = next((n for n, line in enumerate(raw) if f'"{key}"' in line), 0)
        free = (n for n in (own, *range(len(raw) - 1)) if not lines[n])
        if value and (place := next(free, None)) is not None:
            lines[place] = f"{key}: {value}"
    return lines

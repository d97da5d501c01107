"""Crossref's REST API, which knows what publishers register with a DOI.

https://api.crossref.org: ``/works/{doi}``, and ``/works?query.bibliographic=`` to search. Its items
are CSL-JSON but for lists of titles, so the reader of CSL-JSON reads them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from ..digests import read_digest
from ..errors import DigestError
from .errors import AnswerError
from .host import Host, read_json
from .wants import Finding, Want

PAUSE = 1.0
"""Seconds: one search a second for those who give no address, since December 2025:
https://www.crossref.org/documentation/retrieve-metadata/rest-api/access-and-authentication/"""
_ROWS = 5
_SELECT = "DOI,title,subtitle,author,issued,container-title,type"
_PUBLISHED = frozenset(
    {"journal-article", "proceedings-article", "book-chapter", "book", "monograph"}
)
"""What a title search may find: no preprints, reviews or data sets."""


def ask_doi(host: Host, wants: Sequence[Want]) -> list[Finding]:
    """Look one paper up by its DOI."""
    path = f"/works/{quote(wants[0].doi or '', safe='')}"
    return host.ask(path, {}, lambda body: _read(body, single=True), missing=(404,))


def ask_title(host: Host, wants: Sequence[Want]) -> list[Finding]:
    """Search for one paper's title."""
    query: dict[str, str | int] = {
        "query.bibliographic": wants[0].title,
        "rows": _ROWS,
        "select": _SELECT,
    }
    return host.ask("/works", query, lambda body: _read(body, single=False))


def _read(body: bytes, *, single: bool) -> list[Finding]:
    if not body:
        return []
    answer = read_json(body)
    message = answer.get("message") if isinstance(answer, dict) else None
    if isinstance(message, dict) and not single:
        message = message.get("items")
    items: list[Any] = message if isinstance(message, list) else [message]
    if not all(isinstance(item, dict) for item in items):
        raise AnswerError("expected works from Crossref, and the answer has none")
    if not single:
        items = [item for item in items if item.get("type") in _PUBLISHED]
    return [finding for item in items if (finding := _finding(item))]


def _finding(item: dict[str, Any]) -> Finding | None:
    try:
        entry = read_digest("crossref.json", json.dumps([item]).encode())[0].entries[0]
    except (DigestError, IndexError):
        return None
    subtitle = item.get("subtitle")
    more = [
        f"{entry.title} {word}"
        for word in (subtitle if isinstance(subtitle, list) else [])
        if isinstance(word, str)
    ]
    return Finding.of(entry, *more)

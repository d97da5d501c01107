"""CSL-JSON, the bibliographic JSON of citation tools: a list of items.

https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ..errors import BadDateError, Refusal
from ..records import Entry, Link, PartialDate
from .document import Document
from .draft import Draft
from .identifiers import read_arxiv, read_doi, read_orcid, read_url
from .stated import parse_date
from .wording import one_line, paragraphs

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]{1,4}")
"""What names are of where the family comes first and no space stands between."""
_MARKUP = re.compile(r"</?(?:i|b|em|strong|sub|sup|sc|scp|span|p|jats:[a-z-]+)\b[^<>]*>")
_PARAGRAPH_END = re.compile(r"</(?:jats:)?(?:p|title|sec)>")
_CALLED = re.compile(r"abstract\s*\n+", re.IGNORECASE)


def accepts(document: Document) -> bool:
    """Accept a JSON list whose items have a type and a title, issue date or author as CSL has."""
    items = _items(document)
    return bool(items) and sum(map(_is_item, items)) * 2 >= len(items)


def read(document: Document) -> Iterable[Draft]:
    """Read the one digest of a bibliography."""
    entries: list[Entry] = []
    parsed = document.parsed
    refusals = [parsed.cut] if parsed is not None and parsed.cut else []
    for position, item in enumerate(_items(document), 1):
        title = _text(item.get("title")) if isinstance(item, dict) else None
        if title:
            entries.append(_entry(position, title, item))
        else:
            message = f"item {position} cannot be read: it has no title."
            refusals.append(Refusal(document.path, None, message, "Add its title."))
    yield Draft(entries, refusals=refusals)


def _items(document: Document) -> list[Any]:
    value = document.parsed.value if document.parsed is not None else None
    if isinstance(value, dict) and isinstance(value.get("message"), dict):
        value = value["message"]  # Crossref's answers.
    if isinstance(value, dict):
        value = value.get("items", [value])
    return value if isinstance(value, list) else []


def _is_item(value: object) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("type"), str):
        return False
    people = value.get("author")
    named = isinstance(people, list) and any(
        isinstance(person, dict) and ("family" in person or "literal" in person)
        for person in people
    )
    issued = value.get("issued")
    return named or (isinstance(issued, dict) and ("date-parts" in issued or "raw" in issued))


def _entry(position: int, title: str, item: dict[str, Any]) -> Entry:
    url = read_url(item.get("URL"))
    doi = read_doi(str(item.get("DOI") or "")) or (read_doi(url) if url else None)
    own = [item.get(key) for key in ("arxiv", "number", "archive_location", "URL", "id", "DOI")]
    arxiv = next((f for text in own if isinstance(text, str) and (f := read_arxiv(text))), None)
    keep = url is not None and not read_arxiv(url) and not read_doi(url)
    return Entry(
        position=position,
        title=title,
        abstract=_abstract(str(item.get("abstract") or "")),
        authors=tuple(filter(None, map(_name, _list(item.get("author"))))) or None,
        published=_date(item.get("issued")),
        arxiv=arxiv[0] if arxiv else None,
        arxiv_version=arxiv[1] if arxiv else None,
        doi=None if doi and doi.startswith("10.48550/arxiv.") else doi,
        venue=_text(item.get("container-title")) or _text(item.get("event-title")),
        keywords=tuple(
            filter(None, map(str.strip, re.split(r"[,;]", str(item.get("keyword") or ""))))
        ),
        links=(Link("page", url),) if keep and url else (),
        orcids=tuple(
            (name, orcid)
            for person in _list(item.get("author"))
            if (name := _name(person)) and (orcid := read_orcid(person.get("ORCID")))
        ),
    )


def _abstract(text: str) -> str | None:
    """Give an abstract without JATS's elements, whose ends are the ends of paragraphs."""
    text = _MARKUP.sub("", _PARAGRAPH_END.sub("\n\n", re.sub(r"\n[ \t]+", "\n", text)))
    return paragraphs(_CALLED.sub("", text.strip(), count=1))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str | None:
    if isinstance(value, list):  # Crossref's own answers have lists of one.
        value = value[0] if value else None
    return one_line(_MARKUP.sub("", value)) or None if isinstance(value, str) else None


def _name(person: object) -> str | None:
    if not isinstance(person, dict):
        return None
    if literal := _text(person.get("literal")):
        return literal
    keys = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    parts = [part for key in keys if (part := _text(person.get(key)))]
    if len(parts) == 2 and all(map(_HAN.fullmatch, parts)):
        return "".join(reversed(parts))
    return " ".join(parts) or None


def _date(issued: object) -> PartialDate | None:
    if not isinstance(issued, dict):
        return None
    if isinstance(raw := issued.get("raw"), str):
        return parse_date(raw)
    parts = _list(issued.get("date-parts"))
    first = _list(parts[0]) if parts else []
    try:
        numbers = [int(str(part)) for part in first[:3]]
        return PartialDate(*numbers) if numbers and 1000 <= numbers[0] <= 2999 else None
    except (ValueError, BadDateError):
        return None

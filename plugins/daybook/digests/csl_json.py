"""CSL-JSON, the bibliographic JSON of citation tools: a list of items.

https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from typing import Any

from ..errors import BadDateError, Refusal
from ..records import Entry, Link, PartialDate
from .document import Document
from .doubtful_dates import doubtful_date
from .draft import Draft
from .elements import read_html, without_typesetting
from .identifiers import (
    doubtful_doi,
    doubtful_id,
    holds_number,
    read_arxiv,
    read_doi,
    read_only_arxiv,
    read_orcid,
    read_url,
    says_arxiv,
)
from .json_elements import UNREADABLE
from .json_glued import tell_glued
from .json_text import Json
from .people import forename_first, split_names
from .stated import parse_date
from .wording import one_line, paragraphs

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]{1,4}")
"""What names are of where the family comes first and no space stands between."""
_JATS = re.compile(r"</?jats:|</p>")
_CALLED = re.compile(r"abstract\s*\n+", re.IGNORECASE)


def accepts(document: Document) -> bool:
    """Accept a JSON list whose items have a type and a title, issue date or author as CSL has."""
    items = [item for item in _items(document) if item is not UNREADABLE]
    return bool(items) and sum(map(_is_item, items)) * 2 >= len(items)


def read(document: Document) -> Iterable[Draft]:
    """Read the one digest of a bibliography."""
    entries: list[Entry] = []
    parsed = document.parsed or Json(None)
    refusals = [*parsed.told]
    items = _items(document)
    refusals += tell_glued(document.path, items, partial(parsed.line_of, items))
    for position, item in enumerate(items, 1):
        if item is UNREADABLE:
            continue
        line = partial(parsed.line_of, items, position - 1)
        title = _title(item) if isinstance(item, dict) else None
        if title:
            entry = _entry(position, title, item)
            entries.append(entry)
            refusals += doubtful_id(document.path, line, entry, _stated(item))
            refusals += doubtful_doi(document.path, line, entry, [item.get("DOI")])
            refusals += doubtful_date(document.path, line, entry, stated_dates(item))
        else:
            message = f"item {position} cannot be read: it has no title."
            refusals.append(Refusal(document.path, line(), message, "Add its title."))
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
    venue = _text(item.get("container-title")) or _text(item.get("event-title"))
    if venue and (named := read_only_arxiv(venue)):
        arxiv, venue = arxiv or named, None
    keep = url is not None and not read_arxiv(url) and not read_doi(url)
    return Entry(
        position=position,
        title=title,
        abstract=_abstract(str(item.get("abstract") or "")),
        authors=_authors(item.get("author")),
        published=_date(item.get("issued")),
        arxiv=arxiv[0] if arxiv else None,
        arxiv_version=arxiv[1] if arxiv else None,
        doi=None if doi and doi.startswith("10.48550/arxiv.") else doi,
        venue=venue,
        keywords=tuple(
            filter(None, map(str.strip, re.split(r"[,;]", str(item.get("keyword") or ""))))
        ),
        links=(Link("page", url),) if keep and url else (),
        orcids=tuple(
            (name, orcid)
            for person in _list(item.get("author"))
            if isinstance(person, dict)
            if (name := _name(person)) and (orcid := read_orcid(person.get("ORCID")))
        ),
    )


def _stated(item: dict[str, Any]) -> list[object]:
    """Give what an item states as arXiv's identifier."""
    archive = str(item.get("archive") or item.get("publisher") or "").lower() == "arxiv"
    said = [item.get(key) for key in ("number", "archive_location", "URL")]
    texts = [text for text in said if isinstance(text, str)]
    own = [text for text in texts if says_arxiv(text) or (archive and text[:1].isdigit())]
    own += [text for text in texts if holds_number(text) and read_url(text) is None]
    return [item.get("arxiv"), *own]


def _abstract(text: str) -> str | None:
    """Give an abstract: text with CSL's markup, or JATS, whose elements end paragraphs."""
    text = re.sub(r"\n[ \t]+", "\n", text)
    text = read_html(text) if _JATS.search(text) else without_typesetting(text)
    return paragraphs(_CALLED.sub("", text.strip(), count=1))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str | None:
    if isinstance(value, list):  # Crossref's own answers have lists of one.
        value = value[0] if value else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    return one_line(without_typesetting(value)) or None if isinstance(value, str) else None


def _title(item: dict[str, Any]) -> str | None:
    """Give a title, with the subtitle that Crossref's own answers have apart."""
    title, below = _text(item.get("title")), _text(item.get("subtitle"))
    if not title or not below or below.casefold() in title.casefold():
        return title
    return f"{title} {below}" if title[-1] in ":?!" else f"{title}: {below}"


def _authors(value: object) -> tuple[str, ...] | None:
    if isinstance(value, str):
        return split_names(value)
    people = [value] if isinstance(value, dict) else _list(value)
    return tuple(filter(None, map(_name, people))) or None


def _name(person: object) -> str | None:
    if isinstance(person, str):
        return one_line(forename_first(person)) or None
    if not isinstance(person, dict):
        return None
    if group := _text(person.get("literal")) or _text(person.get("name")):
        return group
    keys = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    parts = [part for key in keys if (part := _text(person.get(key)))]
    if len(parts) == 2 and all(map(_HAN.fullmatch, parts)):
        return "".join(reversed(parts))
    return " ".join(parts) or None


def stated_dates(item: dict[str, Any]) -> list[object]:
    """Give what an item states as its date; the parts of one that are numbers as one text."""
    issued = item.get("issued")
    if not isinstance(issued, dict):
        return [issued]
    parts = _list(issued.get("date-parts"))
    first = (parts[0] if isinstance(parts[0], list) else parts) if parts else []
    return [issued.get("raw"), "-".join(str(part).zfill(2) for part in first[:3])]


def _date(issued: object) -> PartialDate | None:
    if isinstance(issued, str | int):
        return parse_date(str(issued))
    if not isinstance(issued, dict):
        return None
    if isinstance(raw := issued.get("raw"), str):
        return parse_date(raw)
    parts = _list(issued.get("date-parts"))
    first = (parts[0] if isinstance(parts[0], list) else parts) if parts else []
    try:
        numbers = [int(str(part).removesuffix(".0")) for part in first[:3]]
        return PartialDate(*numbers) if numbers and 1000 <= numbers[0] <= 2999 else None
    except (ValueError, BadDateError):
        return None

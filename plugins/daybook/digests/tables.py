"""Tables of papers: CSV and TSV with named columns, and JSON Lines.

The names of columns are matched without regard to case and signs; those that are not known are
left alone, and a table without a title column is no table of papers.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from ..errors import MalformedDigestError, Refusal
from ..records import Entry, Link, PartialDate
from .days import read_day
from .document import Document
from .draft import Draft
from .identifiers import read_arxiv, read_doi, read_url
from .people import forename_first, split_names
from .stated import parse_date
from .wording import one_line, paragraphs

_COLUMNS = {
    "title": ("title", "papertitle", "name"),
    "abstract": ("abstract", "summary"),
    "authors": ("authors", "author", "creators"),
    "published": ("published", "date", "publicationdate", "publisheddate", "publishedat", "year"),
    "arxiv": ("arxiv", "arxivid", "id", "eprint", "paperid"),
    "doi": ("doi",),
    "url": ("url", "link", "paperurl", "arxivurl", "pdfurl", "pdf"),
    "venue": ("venue", "journal", "conference", "booktitle", "containertitle"),
    "categories": ("categories", "category", "primarycategory"),
    "keywords": ("keywords", "tags", "topics"),
    "upvotes": ("upvotes", "votes", "likes"),
    "comments": ("comments", "numcomments"),
    "code": ("code", "github", "githubrepo", "codeurl", "repository"),
    "project": ("project", "projectpage", "homepage"),
    "organization": ("organization", "organisation", "affiliation"),
    "blurb": ("blurb", "note", "description", "tldr"),
}
_CATEGORY = re.compile(r"[a-z-]+(?:\.[A-Za-z-]{2,})?")
_DELIMITERS = ",\t;|"


def accepts_csv(document: Document) -> bool:
    """Accept text whose first line names a title column and another column that is known."""
    if document.is_markup or document.start.startswith(("{", "[")):
        return False
    header = document.start.split("\n", 1)[0]
    return len(_known(_cells(header, _delimiter(header)))) >= 2 and "title" in _known(
        _cells(header, _delimiter(header))
    )


def read_csv(document: Document) -> Iterable[Draft]:
    """Read the one digest of a CSV or TSV table (RFC 4180)."""
    text = document.text.lstrip("\n ")
    skipped = document.text.count("\n", 0, len(document.text) - len(text))
    delimiter = _delimiter(text.split("\n", 1)[0])
    rows = csv.reader(io.StringIO(text), delimiter=delimiter, strict=False)
    limit = csv.field_size_limit(max(csv.field_size_limit(), 10_000_000))
    entries: list[Entry] = []
    refusals: list[Refusal] = []
    try:
        header = _known(next(rows))
        line, position = rows.line_num, 0
        for row in rows:
            begin, line = line + 1 + skipped, rows.line_num
            if not any(cell.strip() for cell in row):
                continue
            position += 1
            record = {name: row[place] for name, place in header.items() if place < len(row)}
            if title := one_line(_text(record.get("title"))):
                entries.append(_entry(position, begin, title, record))
            else:
                refusals.append(_untitled(document.path, position, begin))
    except csv.Error as error:
        message = f"the table cannot be read further: {error}."
        refusals.append(Refusal(document.path, rows.line_num, message, "Export it again."))
    finally:
        csv.field_size_limit(limit)
    yield Draft(entries, refusals=refusals)


def accepts_lines(document: Document) -> bool:
    """Accept text whose first line is a JSON object with a title."""
    if not document.start.startswith("{"):
        return False
    first = _object(document.start.split("\n", 1)[0])
    return first is not None and "title" in _known(list(first))


def read_lines(document: Document) -> Iterable[Draft]:
    """Read the one digest of a JSON Lines file (https://jsonlines.org)."""
    entries: list[Entry] = []
    refusals: list[Refusal] = []
    position = 0
    for number, line in enumerate(document.text.split("\n"), 1):
        if not line.strip():
            continue
        position += 1
        value = _object(line)
        if value is None:
            message = f"expected a JSON object on the line, found {line.strip()[:40]!r}."
            refusals.append(Refusal(document.path, number, message, "Correct the line."))
            continue
        names = _known(list(value))
        keys = list(value)
        record = {name: value[keys[place]] for name, place in names.items()}
        if title := one_line(_text(record.get("title"))):
            entries.append(_entry(position, number, title, record))
        else:
            refusals.append(_untitled(document.path, position, number))
    if not entries:
        raise MalformedDigestError(
            document.path, "expected a paper with a title on each line, found none.", line=1
        )
    yield Draft(entries, refusals=refusals)


def _object(line: str) -> dict[str, Any] | None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _delimiter(header: str) -> str:
    return max(_DELIMITERS, key=header.count)


def _cells(header: str, delimiter: str) -> list[str]:
    return next(csv.reader([header.lstrip("\ufeff")], delimiter=delimiter), [])


def _known(header: Iterable[str]) -> dict[str, int]:
    """Give the place of every column whose name is known, the best name first."""
    places: dict[str, int] = {}
    for place, name in enumerate(header):
        places.setdefault(re.sub(r"[^a-z]", "", name.lower()), place)
    found = {
        field: next((places[name] for name in names if name in places), None)
        for field, names in _COLUMNS.items()
    }
    return {field: place for field, place in found.items() if place is not None}


def _untitled(path: str, position: int, line: int) -> Refusal:
    message = f"row {position} has no title."
    return Refusal(path, line, message, "Add its title, or remove it.")


def _entry(position: int, line: int, title: str, record: dict[str, Any]) -> Entry:
    url = read_url(_text(record.get("url")).strip())
    ids = [_text(record.get("arxiv")), url or "", _text(record.get("doi"))]
    arxiv = next((found for text in ids if (found := read_arxiv(text))), None)
    doi = read_doi(_text(record.get("doi"))) or (read_doi(url) if url else None)
    kept = url is not None and not read_arxiv(url) and not read_doi(url)
    places = [("code", record.get("code")), ("project", record.get("project"))]
    links = [Link(kind, to) for kind, text in places if (to := read_url(_text(text).strip()))]
    if kept and url:
        links.append(Link("pdf" if url.endswith(".pdf") else "page", url))
    return Entry(
        position=position,
        line=line,
        title=title,
        abstract=paragraphs(_text(record.get("abstract"))),
        blurb=paragraphs(_text(record.get("blurb"))),
        authors=_authors(record.get("authors")),
        organization=one_line(_text(record.get("organization"))) or None,
        published=_date(_text(record.get("published"))),
        arxiv=arxiv[0] if arxiv else None,
        arxiv_version=arxiv[1] if arxiv else None,
        doi=None if doi and doi.startswith("10.48550/arxiv.") else doi,
        venue=one_line(_text(record.get("venue"))) or None,
        categories=tuple(c for c in _words(record.get("categories")) if _CATEGORY.fullmatch(c)),
        keywords=tuple(_words(record.get("keywords"))),
        upvotes=_count(record.get("upvotes")),
        comments=_count(record.get("comments")),
        links=tuple(links),
    )


def _text(value: object) -> str:
    if isinstance(value, bool) or value is None:
        return ""
    return str(value) if isinstance(value, str | int | float) else ""


def _words(value: object) -> Iterator[str]:
    texts = value if isinstance(value, list) else [value]
    split = itertools.chain.from_iterable(re.split(r"[;,|\s]\s*|\s", _text(text)) for text in texts)
    yield from dict.fromkeys(word for word in split if word)


def _authors(value: object) -> tuple[str, ...] | None:
    if isinstance(value, list):
        people = [person.get("name") if isinstance(person, dict) else person for person in value]
        return tuple(one_line(_text(name)) for name in people if _text(name).strip()) or None
    text = _text(value)
    if ";" in text:  # 'Lovelace, Ada; Hopper, Grace' keeps its commas.
        return tuple(forename_first(name) for name in text.split(";") if name.strip()) or None
    return split_names(text)


def _date(text: str) -> PartialDate | None:
    if date := parse_date(text.strip().removesuffix(".0")):
        return date
    day = read_day(text)
    return day if isinstance(day, PartialDate) else None


def _count(value: object) -> int | None:
    text = _text(value).strip().removesuffix(".0")
    return int(text) if re.fullmatch(r"\d{1,9}", text) else None

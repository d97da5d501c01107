"""Papers as JSON records: lists, JSON Lines, and the answers of scholarly services.

A record is read by the names of its fields, as a table is by those of its columns; what services
nest is laid flat first: Semantic Scholar (https://api.semanticscholar.org/api-docs/graph), OpenAlex
(https://docs.openalex.org/api-entities/works/work-object), bioRxiv (https://api.biorxiv.org),
INSPIRE (https://github.com/inspirehep/rest-api-doc), DBLP, OpenReview, Europe PMC. Crossref's
records are CSL-JSON and read there.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from ..errors import MalformedDigestError, Refusal
from ..records import Entry, PartialDate
from .claims import Claim, claim_at, names_paper
from .columns import STATED, doubts_of, entry_of, known_columns
from .document import Document
from .draft import Draft
from .identifiers import holds_number, read_arxiv, read_url, says_arxiv
from .json_elements import UNREADABLE
from .json_flat import INNER, LISTED, flatten, is_reply, title_of
from .json_glued import tell_glued
from .json_people import read_orcids
from .json_reader import JsonReader
from .json_tables import as_records
from .json_text import Json
from .marks import is_worded, paper_key
from .people import are_names
from .stated import parse_date
from .wording import one_line

_ADDRESSES = frozenset({"url", "link", "pdf", "pdfurl", "paperurl", "arxivurl", "landingpageurl"})
_SCRAPED = frozenset({"scraped_at", "scraped_date", "scrapedAt"})
"""Fields of scrapers' files, whose abstracts may be comments and whose authors may be users; so may
what they put into ``details``."""
_BESIDES = frozenset({"abstract", "blurb", "published", "venue", "url", "keywords"})
"""What a record with authors and no identifier has besides, if it is a paper's."""
_FEWEST_WORDS = 2
"""Words of the title of a record that has authors besides, and nothing more."""
_FEWEST_KEYED = 2
_ENOUGH = 1_000
"""Records of a list, spread over it, that tell whether most are papers'."""
_DEEPEST = 4
_AROUND = " \t\r\ufeff\x00,"
_GAP = re.compile(f"[{_AROUND}]*")
_NEXT = re.compile(r'[},]\s*(?=\{\s*")')
_OF_JSON = re.compile(r"[{}]|\"\s*:")
_LOOKED_AT = 20
"""Lines of which one is an object, if a file has one on each."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A list of records within a JSON value, and the key it stands under."""

    name: str | None
    items: list[Any]


def accepts(document: Document) -> bool:
    """Accept JSON with a list of which at least half are papers, or of one paper."""
    return document.parsed is not None and bool(_parts(document.parsed.value))


def read(document: Document) -> Iterable[Draft]:
    """Read the digest of a list, or of each day under which there is one.

    Other keys over several lists become group headings.
    """
    parsed = document.parsed or Json(None)
    parts = _parts(parsed.value)
    days = [parse_date(part.name or "") for part in parts]
    are_days = all(day is not None and day.day for day in days)
    runs = [[part] for part in parts] if are_days else [parts]
    stated, name = _said_of_all(parsed.value, parts)
    for number, (run, day) in enumerate(zip(runs, days or [None], strict=False)):
        entries, refusals = _read_parts(document.path, parsed, run)
        told = [*parsed.told, *refusals] if number == 0 else refusals
        heading = day if are_days else None
        yield Draft(entries, name=name, stated=stated, heading=heading, refusals=told)


def _said_of_all(value: object, parts: Sequence[_Part]) -> tuple[PartialDate | None, str | None]:
    """Give the date and the name that an object states beside its one list."""
    if not isinstance(value, dict) or len(parts) != 1 or value in parts[0].items:
        return None, None
    date, name = (value.get(key) for key in ("date", "name"))
    day = parse_date(date) if isinstance(date, str) else None
    called = isinstance(name, str) and is_worded(name)
    return day if day and day.is_plausible else None, one_line(str(name)) if called else None


def _read_parts(
    path: str, parsed: Json, parts: Sequence[_Part]
) -> tuple[list[Entry], list[Refusal]]:
    entries: list[Entry] = []
    refusals: list[Refusal] = []
    position = 0
    for part in parts:
        refusals += tell_glued(path, part.items, partial(parsed.line_of, part.items))
        for place, item in enumerate(part.items):
            position += 1
            if item is UNREADABLE or is_reply(item):
                continue
            line = partial(parsed.line_of, part.items, place)
            record = flatten(item)
            title = one_line(str(record.get("title") or ""))
            if title:
                entry = entry_of(position, None, title, record)
                group = entry.group or (one_line(part.name or "") if len(parts) > 1 else None)
                entries.append(replace(entry, group=group or None, orcids=read_orcids(item)))
                refusals += doubts_of(path, line, entry, record, _stated(item))
            else:
                message = f"item {position} has no title."
                refusals.append(Refusal(path, line(), message, "Add its title."))
    return entries, refusals


def accepts_lines(document: Document) -> Claim | None:
    """Claim text whose first line is a JSON object with a title, or the first below a preface."""
    if document.is_markup or document.start.startswith("["):
        return None
    place = _first_line(document.start)
    if place is None or not _holds_lines(document):
        return None
    return claim_at(document, place) if place else Claim()


def _first_line(text: str) -> int | None:
    """Give where the first object begins on a line of its own, with more of them than others below.

    One that is an example in a text stands alone.
    """
    place = 0
    lines = text.split("\n", _LOOKED_AT)[:_LOOKED_AT]
    for number, line in enumerate(lines):
        if line.startswith("{"):
            below = [each for each in lines[number:] if each.strip()]
            most = 2 * sum(each.startswith("{") for each in below) > len(below)
            return place if most or number == 0 else None
        place += len(line) + 1
    return None


def _holds_lines(document: Document) -> bool:
    first = _first_object(document)
    if first is None or _is_scraped(first):
        return False
    if "\n" not in document.text.strip():
        named = "title" in first and len(known_columns(map(str, first))) == len(first) > 1
        return named or _is_paper(first) or {"title", "authors"} <= flatten(first).keys()
    if document.parsed is not None and document.parsed.made:
        return False  # One value over several lines, even if a line of it is an object.
    return "title" in known_columns(map(str, first)) or "title" in flatten(first)


def read_lines(document: Document) -> Iterable[Draft]:
    """Read the one digest of a JSON Lines file (https://jsonlines.org)."""
    entries: list[Entry] = []
    refusals: list[Refusal] = []
    known: list[tuple[dict[str, Any], int]] = []
    position = 0
    reader = JsonReader(document.path)
    lines = document.text.split("\n")
    preface = next((n for n, line in enumerate(lines) if not _is_preface(line)), 0)
    for number, line in enumerate(lines[preface:], preface + 1):
        if not line.strip(_AROUND):
            continue
        values, rest = _objects(reader, line)
        refusals += reader.told(line, number)
        for value in values:
            position += 1
            known.append((value, number))
            record = flatten(value)
            if title := one_line(str(record.get("title") or "")):
                entry = entry_of(position, number, title, record)
                entries.append(replace(entry, orcids=read_orcids(value)))
                refusals += doubts_of(document.path, number, entry, record, _stated(value))
            else:
                message = f"row {position} has no title."
                hint = "Add its title, or remove it."
                refusals.append(Refusal(document.path, number, message, hint))
        if rest:
            position += 1
            message = f"expected a JSON object on the line, found {rest[:40]!r}."
            refusals.append(Refusal(document.path, number, message, "Correct the line."))
    lines_of = [number for _, number in known]
    refusals += tell_glued(document.path, [value for value, _ in known], lines_of.__getitem__)
    if not entries:
        raise MalformedDigestError(
            document.path,
            "expected a paper with a title on each line, found none.",
            line=1,
            hint="Give each line a title.",
        )
    yield Draft(entries, refusals=refusals)


def _is_preface(line: str) -> bool:
    """Whether a line above the first object is neither what is left of one nor names a paper."""
    return _OF_JSON.search(line) is None and not names_paper(line)


def _objects(reader: JsonReader, line: str) -> tuple[list[dict[str, Any]], str]:
    """Give the objects of a line, and what of it is none; after a break, the next that is one."""
    found: list[dict[str, Any]] = []
    place, rest = 0, ""
    while (place := _GAP.match(line, place).end()) < len(line):  # type: ignore[union-attr]
        try:
            value, end = reader.value_at(line, place)
        except (ValueError, RecursionError):
            value, end = None, place
        if isinstance(value, dict):
            found.append(value)
        else:
            rest = rest or line[place:].strip(_AROUND)
            following = _NEXT.search(line, max(end, place + 1))
            end = following.start() + 1 if following else len(line)
        place = end
    return found, rest


def _first_object(document: Document) -> dict[str, Any] | None:
    """Give the first line's object or, where that is broken, the first of those below."""
    reader, first = JsonReader(document.path), None
    for line in itertools.islice(document.text.lstrip().split("\n"), _LOOKED_AT):
        # Thousands of authors are one line.
        if line.startswith("{") and (found := _objects(reader, line)[0]):
            first = first or found[0]
            if title_of(found[0]) or "title" in flatten(found[0]):
                return found[0]
    return first


def _stated(item: Mapping[str, Any]) -> Iterable[object]:
    """Give what a record states as arXiv's identifier, by its field's name or by its look."""
    inner = (item[key] for key in INNER if isinstance(item.get(key), dict))
    listed = (item[key] for key in LISTED if isinstance(item.get(key), dict))
    for record in (item, *inner, *listed):
        for key, value in record.items():
            plain = value.get("value") if isinstance(value, dict) else value
            name = re.sub(r"[^a-z]", "", str(key).lower())
            text = plain if isinstance(plain, str) else ""
            torn = name in _ADDRESSES and holds_number(text) and read_url(text) is None
            if name in STATED or torn or (name == "id" and says_arxiv(text)):
                yield plain


def _parts(value: object, depth: int = 0, name: str | None = None) -> list[_Part]:
    """Find the lists of papers, the outermost first."""
    value = value if depth else as_records(value)
    if isinstance(value, list):
        looked_at = value[:: max(1, len(value) // _ENOUGH)]
        papers = sum(map(_is_paper, looked_at))
        readable = sum(item is not UNREADABLE for item in looked_at)
        return [_Part(name, value)] if papers and papers * 2 >= readable else []
    if not isinstance(value, dict) or depth > _DEEPEST:
        return []
    keyed = _keyed(value)
    if keyed and sum(map(_is_paper, keyed)) * 2 >= len(keyed):
        return [_Part(name, keyed)]
    found = [part for key, inside in value.items() for part in _parts(inside, depth + 1, key)]
    if not depth and _is_paper(value):
        # A paper's references and citations are no list of the file's own.
        return [_Part(None, [value])]
    return found


def _keyed(value: Mapping[str, Any]) -> list[Any]:
    """Give the records of an object that has each under a key of its own, as its identifier."""
    records = [
        {"id": key, **record} if read_arxiv(key) else record
        for key, record in value.items()
        if isinstance(record, dict) and title_of(record)
    ]
    return records if len(records) >= _FEWEST_KEYED and len(records) * 2 > len(value) else []


def _is_paper(item: object) -> bool:
    if not isinstance(item, dict) or _is_scraped(item):
        return False
    record = flatten(item)
    if not record.get("title"):
        return False
    entry = entry_of(1, None, str(record["title"]), record)
    if entry.arxiv or entry.doi or any(paper_key(link.url) for link in entry.links):
        return True
    besides = bool(_BESIDES & record.keys())
    return entry.authors is not None and (besides or _says_no_more(item, entry))


def _says_no_more(item: Mapping[str, Any], entry: Entry) -> bool:
    """Whether a record is the title and the authors of a paper, and nothing that others have.

    A film has a director, a song an artist, a book of a shop a price: any key that is unknown.
    """
    known = len(known_columns(map(str, item))) == len(item)
    titled = len(entry.title.split()) >= _FEWEST_WORDS
    named = all(" " in name for name in entry.authors or ())
    return (
        known
        and "authors" in item
        and titled
        and named
        and are_names(", ".join(entry.authors or ()))
    )


def _is_scraped(item: Mapping[str, Any]) -> bool:
    return bool(_SCRAPED & item.keys()) or isinstance(item.get("details"), dict)

"""Tables of papers: CSV and TSV with named columns.

The names of columns are matched without regard to case and signs; those that are not known are
left alone, and a table without a title column is no table of papers.
"""

from __future__ import annotations

import csv
import functools
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ..errors import Refusal
from ..records import Entry, Link, PartialDate
from .claims import Claim, claim_at
from .csv_rows import Rows, begin_of, cells, is_within_quotes, with_fields
from .days import find_stated_day, read_moment
from .document import Document
from .doubtful_dates import doubtful_date
from .draft import Draft
from .elements import without_elements, without_typesetting
from .ending import seems_cut
from .identifiers import doubtful_doi, doubtful_id, read_arxiv, read_doi, read_only_arxiv, read_url
from .labels import LABELS
from .marks import DIVIDER
from .people import (
    AuthorColumns,
    forename_first,
    is_family_first,
    is_with_initials,
    split_names,
    without_number,
)
from .stated import parse_date
from .wording import one_line, paragraphs

_COLUMNS = {
    "title": "title papertitle documenttitle itemtitle articletitle displayname name ti titel titre"
    " titolo",
    "abstract": "abstract abstractnote abstracttext summary ab contenttext contenthtml"
    " zusammenfassung kurzfassung resume resumen riassunto resumo",
    "authors": "authorfullnames authors author authornames authorstring creators"
    " authorshipsauthordisplayname firstauthors au autoren autor verfasser auteurs autores autori",
    "published": "publisheddate publishedat published datepublished publicationdate onlinedate date"
    " pubdate coverdate firstpublicationdate year publicationyear pubyear da py jahr datum ano"
    " anno",
    "arxiv": "arxivid arxiv eprint arxivurl id paperid archiveid entryid extra archivelocation"
    " number",
    "doi": "doi itemdoi doilink di do",
    "url": "url link paperurl articleurl pageurl arxivurl absurl pdfurl pdflink pdf"
    " openaccesspdf landingpageurl site ur",
    "venue": "venue journal publicationtitle sourcetitle conference booktitle containertitle"
    " journalbook journaltitle publicationname publication conferencename"
    " primarylocationsourcedisplayname jo so zeitschrift revue revista rivista",
    "categories": "categories category primarycategory arxivcategories subjects",
    "keywords": "authorkeywords keywords keyword manualtags tags topics indexkeywords kw de",
    "upvotes": "upvotes votes likes",
    "comments": "comments numcomments",
    "code": "code github githubrepo codeurl repository githuburl",
    "project": "project projectpage homepage projecturl",
    "organization": "organization organisation affiliation",
    "blurb": "blurb note description",
    "ai_summary": "aisummary tldr",
    "group": "group section",
}
"""Names of columns, without signs and in small letters, the best first: of keepers' own tables, and
of the exports of Zotero, Scopus, IEEE Xplore, Springer, PubMed and ASReview."""
_LABELLED = {"link": "url", "subjects": "categories"}
"""What `labels.LABELS` calls otherwise."""
STATED = frozenset({"arxiv", "arxivid", "arxivurl", "arxivnumber", "arxiveprints"})
"""Names of columns and fields, without signs, that hold arXiv's identifier or nothing."""
_TRIED = frozenset({"arxiv", "doi", "published"})
"""Fields of which several columns may speak, and the first that can be read counts."""
_CATEGORY = re.compile(r"[a-z-]+(?:\.[A-Za-z-]{2,})?")
_AFTER_ID = re.compile(r"(?<!\s)\s+\[[a-z-]+(?:\.[A-Za-z-]+)?\].*")
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"|['\"][\s\S]*")
"""A quoted value; one that does not end is none, and nothing comes after it."""
_NUMBERED = re.compile(r"\A[^()]+\(\d+\)\s*\Z")
"""One name and its number, as Scopus has them."""
_GLUED = re.compile(r"(?<!\bMc)(?<!\bMac)(?<!\b[DLdl][aeiu])(?<!\bVan)[a-zß-ÿ]{2}[A-Z][a-z]+ [A-Z]")
"""Springer writes 'Ada LovelaceGrace Hopper': where one ends is a guess."""
_FAMILY_FIRST = re.compile(r"([^\W\d_][^\d,.]+) ((?:[A-Z]\.-?)+)")
"""'Phillips J.C.', as Scopus writes names."""
_LONGEST_LIST = 100_000
_LOOKED_AT = 20
_LONGEST_FIELD = 10_000_000
"""A row with a longer one is refused; with one of over `_LONGEST_KNOWN` all after it is, too."""
_LONGEST_KNOWN = 32_000_000


def accepts_csv(document: Document) -> Claim | None:
    """Claim text whose first line names a title column and another column that is known."""
    if document.is_markup or document.start.startswith(("{", "[")):
        return None
    text, delimiter = begin_of(document.start)
    header, *below = text.split("\n", 2)[:2]
    if below and DIVIDER.fullmatch(below[0].strip()):
        return None  # A table in Markdown.
    known = known_columns(cells(header, delimiter))
    if len(known) < 2 or "title" not in known or not _has_rows(text, delimiter):
        return None
    return claim_at(document, len(document.start) - len(text))


def _has_rows(text: str, delimiter: str) -> bool:
    """Whether most lines below a table's header have cells, or the first has as many as it."""
    header, *below = text.split("\n")[:_LOOKED_AT]
    lines = [line for line in below if line.strip()]
    divided = sum(delimiter in line for line in lines)
    columns = header.count(delimiter)
    first = columns > 1 and bool(lines) and lines[0].count(delimiter) == columns
    return divided * 2 >= len(lines) or '"' in text or first


def read_csv(document: Document) -> Iterable[Draft]:
    """Read the one digest of a CSV or TSV table (RFC 4180)."""
    text, delimiter = begin_of(document.text)
    skipped = document.text.count("\n", 0, len(document.text) - len(text))
    text = with_fields(text, delimiter)
    limit = csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_KNOWN))
    rows, people = Rows(text, delimiter), AuthorColumns()
    entries: list[Entry] = []
    refusals: list[Refusal] = []
    try:
        names = next(rows)
        header, stated = known_columns(names), _stated(names)
        people.places = header.get("authors", [])
        rows.width = len(names)
        position = 0
        for row in rows:
            begin = rows.line + skipped
            if not any(cell.strip() for cell in row):
                continue
            position += 1
            if max(map(len, row)) > _LONGEST_FIELD:
                refusals.append(_endless(document.path, position, begin))
                continue
            record = _record(header, row)
            if title := one_line(_text(record.get("title"))):
                entry = entry_of(position, begin, title, record)
                people.note(len(entries), row)
                entries.append(entry)
                ids = [_AFTER_ID.sub("", row[place]) for place in stated if place < len(row)]
                refusals += doubts_of(document.path, begin, entry, record, ids)
            else:
                refusals.append(_untitled(document.path, position, begin))
            refusals += _uneven(document.path, position, begin, row, rows)
        if position and is_within_quotes(text, rows.line, delimiter):
            if entries and entries[-1].position == position:
                entries.pop()
            record = _record(header, row[:-1])  # Half a name, or half an abstract, is none.
            if title := one_line(_text(record.get("title"))):
                people.note(len(entries), row[:-1])
                entries.append(entry_of(position, begin, title, record))
            refusals = [*_elsewhere(refusals, begin), _cut(document.path, position, begin)]
        elif position and (why := _ending(text, row, rows)):
            refusals = [*_elsewhere(refusals, begin), _doubt(document.path, position, begin, why)]
    except csv.Error as error:
        message = f"the table cannot be read further: {error}."
        refusals.append(Refusal(document.path, rows.line, message, "Export it again."))
    finally:
        csv.field_size_limit(limit)
    people.join(entries)
    yield Draft(entries, refusals=refusals)


def _elsewhere(refusals: Iterable[Refusal], line: int) -> list[Refusal]:
    return [refusal for refusal in refusals if refusal.line != line]


def _record(header: Mapping[str, list[int]], row: list[str]) -> dict[str, Any]:
    """Give what a row says, by the names of the columns that are known."""
    return {
        name: pick(name, [row[place] for place in places if place < len(row)])
        for name, places in header.items()
    }


def _stated(names: Iterable[str]) -> list[int]:
    """Give the places of the columns that hold arXiv's identifiers or nothing."""
    return [place for place, name in enumerate(names) if _bare(name) in STATED]


def _uneven(path: str, position: int, line: int, row: list[str], rows: Rows) -> list[Refusal]:
    """Tell a row of more or fewer cells than the table has columns; empty ones count for none."""
    count = len(row)
    while count > rows.width and not row[count - 1].strip():
        count -= 1
    if count == rows.width and not rows.taken_in:
        return []
    message = f"row {position} has {count} cells and the table {rows.width} columns"
    message += "; it was kept as far as it goes: a value may stand under a wrong name."
    hint = "See whether its quotation marks close, and whether values with commas have them."
    return [Refusal(path, line, message, hint, fatal=count > rows.width or rows.taken_in)]


def known_columns(header: Iterable[str]) -> dict[str, list[int]]:
    """Give the places of every column whose name is known, the best name first."""
    return _known_columns(tuple(header))


@functools.lru_cache(maxsize=64)
def _known_columns(header: tuple[str, ...]) -> dict[str, list[int]]:
    """Give them once for the records of a list, most of which have the same names."""
    places: dict[str, int] = {}
    foreign: dict[str, list[int]] = {}
    for place, name in enumerate(header):
        places.setdefault(_bare(name), place)
        if not name.isascii() and (label := LABELS.get(name.strip(" :：").lower())):
            foreign.setdefault(_LABELLED.get(label, label), []).append(place)
    found = {
        field: [places[name] for name in names.split() if name in places] + foreign.get(field, [])
        for field, names in _COLUMNS.items()
    }
    return {field: columns for field, columns in found.items() if columns}


def _bare(name: str) -> str:
    """Give a column's name in small letters and without signs."""
    return re.sub(r"[^a-z]", "", name.lower())


def pick(field: str, values: Iterable[Any]) -> Any:
    """Give the first value that says something; of identifiers and dates all, one on a line."""
    told = [value for value in values if value not in (None, "", [])]
    if field in _TRIED:
        each = (part for value in told for part in (value if isinstance(value, list) else [value]))
        return "\n".join(filter(None, map(_text, each)))
    return told[0] if told else None


def _endless(path: str, position: int, line: int) -> Refusal:
    size = f"{_LONGEST_FIELD // 1_000_000} million characters"
    message = f"row {position} has a field of more than {size}: more than a paper has."
    return Refusal(path, line, message, "See whether its quotation marks close.")


def _cut(path: str, position: int, line: int) -> Refusal:
    message = f"row {position} breaks off inside quotation marks; what is cut was left out."
    return Refusal(path, line, message, "Save or export the table again.")


def _ending(text: str, row: list[str], rows: Rows) -> str | None:
    """Say how a table ends within its last row, where it hardly can; what it says was kept."""
    if text.endswith("\n"):
        return None
    if len(row) < rows.fewest:
        return f"breaks off after {len(row)} of {rows.width} cells; what it says was kept."
    if len(row) > rows.width or text.endswith('"') or not seems_cut(row[-1]):
        return None
    return "may be cut off in its last cell: the file ends within a line."


def _doubt(path: str, position: int, line: int, why: str) -> Refusal:
    hint = "Export the table again; if nothing is missing, end its last line."
    return Refusal(path, line, f"row {position} {why}", hint, fatal=False)


def _untitled(path: str, position: int, line: int) -> Refusal:
    message = f"row {position} has no title."
    return Refusal(path, line, message, "Add its title, or remove it.")


def entry_of(position: int, line: int | None, title: str, record: Mapping[str, Any]) -> Entry:
    """Make the entry of a row or a record whose fields are named as `known_columns` does."""
    url = read_url(_text(record.get("url")).strip())
    dois = _dois(record)
    ids = [*_text(record.get("arxiv")).split("\n"), url or "", *dois]
    # Zotero's 'Extra' is 'arXiv:2301.00001 [cs]'.
    ids.append(_text(record.get("venue")))
    arxiv = next((f for text in ids if (f := read_arxiv(text) or read_only_arxiv(text))), None)
    doi = next((known for text in (*dois, url or "") if (known := read_doi(text))), None)
    kept = url is not None and not read_arxiv(url) and not read_doi(url)
    places = [("code", record.get("code")), ("project", record.get("project"))]
    # Several addresses in one field are people's, not the paper's.
    alone = ((kind, _text(text).strip()) for kind, text in places)
    links = [Link(kind, to) for kind, text in alone if ";" not in text and (to := read_url(text))]
    if kept and url:
        links.append(Link("pdf" if url.endswith(".pdf") else "page", url))
    return Entry(
        position=position,
        line=line,
        title=one_line(without_typesetting(title)),
        abstract=paragraphs(without_elements(_text(record.get("abstract")))),
        blurb=_blurb(_text(record.get("blurb"))),
        authors=_authors(record.get("authors")),
        organization=one_line(_text(record.get("organization"))) or None,
        published=_date(_dates(record)),
        arxiv=arxiv[0] if arxiv else None,
        arxiv_version=arxiv[1] if arxiv else None,
        doi=None if doi and doi.startswith("10.48550/arxiv.") else doi,
        venue=_venue(one_line(without_typesetting(_text(record.get("venue"))))),
        categories=tuple(c for c in _words(record.get("categories")) if _CATEGORY.fullmatch(c)),
        keywords=tuple(_phrases(record.get("keywords"))),
        upvotes=_count(record.get("upvotes")),
        comments=_count(record.get("comments")),
        ai_summary=paragraphs(_text(record.get("ai_summary"))),
        links=tuple(links),
        group=one_line(_text(record.get("group"))) or None,
    )


def _text(value: object) -> str:
    if isinstance(value, bool) or value is None:
        return ""
    return str(value) if isinstance(value, str | int | float) else ""


def _blurb(text: str) -> str | None:
    return None if re.fullmatch(r"[\d\W]*", text) else paragraphs(text)


def _venue(text: str) -> str | None:
    """Give a venue; 'ArXiv', as some services call it, is none."""
    return text if text and not re.match(r"arxiv\b", text, re.IGNORECASE) else None


def _words(value: object) -> Iterator[str]:
    texts = value if isinstance(value, list) else [value]
    split = itertools.chain.from_iterable(re.split(r"[;,|\s]\s*|\s", _text(text)) for text in texts)
    yield from dict.fromkeys(word for word in split if word)


def _phrases(value: object) -> Iterator[str]:
    """Give keywords, which may have several words; lists may be written as Python writes them."""
    texts: list[Any] = value if isinstance(value, list) else _literal(_text(value)) or [value]
    if len(texts) == 1:
        text = _text(texts[0])
        texts = re.split(r"[;|\n]" if re.search(r"[;|\n]", text) else ",", text)
    yield from dict.fromkeys(word for text in texts if (word := one_line(_text(text))))


def _literal(text: str) -> list[str] | None:
    """Read a list as data frames write it into a table: ``['One', 'Two']``."""
    if not (text.startswith("[") and text.endswith("]") and len(text) < _LONGEST_LIST):
        return None
    found = _QUOTED.findall(text)
    values = filter(None, (single or double for single, double in found))
    return [re.sub(r"\\(['\"\\])", r"\1", value) for value in values] or None


def _authors(value: object) -> tuple[str, ...] | None:
    if isinstance(value, list):
        people = [person.get("name") if isinstance(person, dict) else person for person in value]
        return tuple(one_line(_text(name)) for name in people if _text(name).strip()) or None
    text = _text(value)
    if listed := _literal(text):
        return tuple(forename_first(name) for name in listed if name.strip()) or None
    if "|" in text and ";" not in text:  # OpenAlex.
        text = text.replace("|", ";")
    if ";" in text:  # 'Lovelace, Ada (57); Hopper, Grace (58)' keeps its commas.
        parts = (without_number(name) for name in text.split(";"))
        return tuple(forename_first(name) for name in parts if name) or None
    if is_with_initials(text) or (_NUMBERED.search(text) and is_family_first(text)):
        return (forename_first(without_number(text)),)
    return None if _GLUED.search(text) else _divided(text)


def _divided(text: str) -> tuple[str, ...] | None:
    """Divide names by their commas."""
    names = split_names(text.removesuffix(".") if text.count(".") == 1 else text)
    turned = [_FAMILY_FIRST.fullmatch(name) for name in names or ()]
    if turned and all(turned):
        return tuple(f"{name[2]} {name[1]}" for name in turned if name)
    return names


def doubts_of(
    path: str,
    line: int | Callable[[], int | None] | None,
    entry: Entry,
    record: Mapping[str, Any],
    stated: Iterable[object],
) -> Iterator[Refusal]:
    """Tell what of a row or a record could not be read: its identifiers, its date.

    `stated` has what it states as arXiv's identifier.
    """
    yield from doubtful_id(path, line, entry, stated)
    yield from doubtful_doi(path, line, entry, _dois(record))
    yield from doubtful_date(path, line, entry, _dates(record))


def _dois(record: Mapping[str, Any]) -> list[str]:
    return _text(record.get("doi")).split("\n")


def _dates(record: Mapping[str, Any]) -> list[str]:
    return _text(record.get("published")).split("\n")


def _date(texts: Iterable[str]) -> PartialDate | None:
    """Read the first text that is a date; a whole year counts less than what is more exact."""
    found: list[PartialDate] = []
    for text in texts:
        date = parse_date(text.strip().removesuffix(".0")) or read_moment(text.strip())
        date = date or find_stated_day(text)
        found += [date] if date else []
    return next((date for date in found if date.month), found[0] if found else None)


def _count(value: object) -> int | None:
    text = _text(value).strip().removesuffix(".0")
    return int(text) if re.fullmatch(r"\d{1,9}", text) else None

"""What a row or a record says of a paper, by the names of its columns or fields.

The names are matched without regard to case and signs; those that are not known are left alone.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..errors import Refusal
from ..records import Entry, Link, PartialDate
from .citation_people import short_names
from .days import find_stated_day, read_moment
from .doubtful_dates import doubtful_date
from .elements import without_elements, without_typesetting
from .identifiers import doubtful_doi, doubtful_id, read_arxiv, read_doi, read_only_arxiv, read_url
from .label_words import LABELS
from .people import (
    forename_first,
    is_family_first,
    is_with_initials,
    split_names,
    without_notes,
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
    " pubdate coverdate firstpublicationdate preprintdate earliestdate year publicationyear pubyear"
    " da py jahr datum ano anno submitted submitteddate submissiondate datesubmitted issued",
    "arxiv": "arxivid arxiv eprint arxivurl id paperid archiveid entryid identifier extra"
    " archivelocation number",
    "doi": "doi itemdoi doilink di do",
    "url": "url link paperurl articleurl pageurl arxivurl absurl urlabs pdfurl urlpdf pdflink pdf"
    " openaccesspdf landingpageurl site ur paper",
    "venue": "venue journal publicationtitle sourcetitle conference booktitle containertitle"
    " journalbook journaltitle publicationname publication conferencename"
    " primarylocationsourcedisplayname journalref proceeding proceedings jo so zeitschrift revue"
    " revista rivista",
    "categories": "categories category primarycategory arxivcategories subjects",
    "keywords": "authorkeywords keywords keyword manualtags tags topics indexkeywords kw de",
    "upvotes": "upvotes votes likes",
    "comments": "comments numcomments",
    "remark": "arxivcomment arxivcomments comment comments",
    "code": "code github githubrepo codeurl repository githuburl",
    "project": "project projectpage homepage projecturl",
    "organization": "organization organisation affiliation",
    "blurb": "blurb note description",
    "ai_summary": "aisummary tldr",
    "group": "group section",
}
"""Names of columns, without signs and in small letters, the best first: of keepers' own tables, and
of the exports of Zotero, Scopus, IEEE Xplore, Springer, PubMed and ASReview."""
_FIELDS = {name: field for field, names in _COLUMNS.items() for name in names.split()}
_PREFIXED = re.compile(r"(?:paper|article|publication)([a-z]{4,})")
"""'Paper link', 'paper_authors': what a column is called beside columns of something else."""
_LABELLED = {"link": "url", "subjects": "categories"}
"""What `label_words.LABELS` calls otherwise."""
STATED = frozenset({"arxiv", "arxivid", "arxivurl", "arxivnumber", "arxiveprints"})
"""Names of columns and fields, without signs, that hold arXiv's identifier or nothing."""
_TRIED = frozenset({"arxiv", "doi", "published"})
"""Fields of which several columns may speak, and the first that can be read counts."""
_PRESENTER = re.compile(
    r"presenters?|presented by|speakers?|(?:discussion )?(?:leads?|leaders?)|discussants?|hosts?"
    r"|moderators?|facilitators?|led by|主讲人?|讲者|报告人|発表者|발표자",
    re.IGNORECASE,
)
"""What a reading group calls who tells of a paper."""
_MEETING = re.compile(r"date|dates|day|when|日期|时间|日付|날짜", re.IGNORECASE)
_CATEGORY = re.compile(r"[a-z-]+(?:\.[A-Za-z-]{2,})?")
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"|['\"][\s\S]*")
"""A quoted value; one that does not end is none, and nothing comes after it."""
_NUMBERED = re.compile(r"\A[^()]+\(\d+\)\s*\Z")
"""One name and its number, as Scopus has them."""
_GLUED = re.compile(r"(?<!\bMc)(?<!\bMac)(?<!\b[DLdl][aeiu])(?<!\bVan)[a-zß-ÿ]{2}[A-Z][a-z]+ [A-Z]")
"""Springer writes 'Ada LovelaceGrace Hopper': where one ends is a guess."""
_FAMILY_FIRST = re.compile(r"([^\W\d_][^\d,.]+) ((?:[A-Z]\.-?)+)")
"""'Phillips J.C.', as Scopus writes names."""
_NO_DAY = re.compile(r"(?:(?<=[12]\d{3})(?:-00){1,2}|(?<=[12]\d{3}-\d\d)-00)\Z")
_AND = re.compile(r"(?<! ) +(?:and|&) +")
_ONE_TURNED = re.compile(r"(?:v[ao]n |de |der |di |la ){0,2}[^\W\d]\S*, *[^\W\d]\S*(?: \S+)?")
"""'Lovelace, Ada': one name turned round, and no two."""
_LONGEST_LIST = 100_000


def known_columns(header: Iterable[str]) -> dict[str, list[int]]:
    """Give the places of every column whose name is known, the best name first."""
    return _known_columns(tuple(header))


@functools.lru_cache(maxsize=64)
def _known_columns(header: tuple[str, ...]) -> dict[str, list[int]]:
    """Give them once for the records of a list, most of which have the same names."""
    places: dict[str, int] = {}
    foreign: dict[str, list[int]] = {}
    meetings = days_of_meetings(header)
    for place, name in enumerate(header):
        if place in meetings:
            continue
        places.setdefault(bare(name), place)
        longer = None if bare(name) in _FIELDS else _PREFIXED.fullmatch(bare(name))
        if longer and (field := _FIELDS.get(longer[1], "arxiv")) != "arxiv":
            foreign.setdefault(field, []).append(place)
        if not name.isascii() and (label := LABELS.get(name.strip(" :：").lower())):
            foreign.setdefault(_LABELLED.get(label, label), []).append(place)
    found = {
        field: [places[name] for name in names.split() if name in places] + foreign.get(field, [])
        for field, names in _COLUMNS.items()
    }
    return {field: columns for field, columns in found.items() if columns}


def days_of_meetings(names: Sequence[str]) -> set[int]:
    """Give the places of the columns that say when people met about a paper, not when it appeared.

    Such a table names who presents it.
    """
    names = [name.strip() for name in names]
    if not any(_PRESENTER.fullmatch(name) for name in names):
        return set()
    return {place for place, name in enumerate(names) if _MEETING.fullmatch(name)}


def bare(name: str) -> str:
    """Give a column's name in small letters and without signs."""
    return re.sub(r"[^a-z]", "", name.lower())


def pick(field: str, values: Iterable[Any]) -> Any:
    """Give the first value that says something; of identifiers and dates all, one on a line."""
    told = [value for value in values if value not in (None, "", [])]
    if field in _TRIED:
        each = (part for value in told for part in (value if isinstance(value, list) else [value]))
        return "\n".join(filter(None, map(as_text, each)))
    return told[0] if told else None


def entry_of(position: int, line: int | None, title: str, record: Mapping[str, Any]) -> Entry:
    """Make the entry of a row or a record whose fields are named as `known_columns` does."""
    url = read_url(as_text(record.get("url")).strip())
    dois = _dois(record)
    ids = [*as_text(record.get("arxiv")).split("\n"), url or "", *dois]
    # Zotero's 'Extra' is 'arXiv:2301.00001 [cs]'.
    ids.append(as_text(record.get("venue")))
    arxiv = next((f for text in ids if (f := read_arxiv(text) or read_only_arxiv(text))), None)
    doi = next((known for text in (*dois, url or "") if (known := read_doi(text))), None)
    kept = url is not None and not read_arxiv(url) and not read_doi(url)
    places = [("code", record.get("code")), ("project", record.get("project"))]
    # Several addresses in one field are people's, not the paper's.
    alone = ((kind, as_text(text).strip()) for kind, text in places)
    links = [Link(kind, to) for kind, text in alone if ";" not in text and (to := read_url(text))]
    if kept and url:
        links.append(Link("pdf" if url.endswith(".pdf") else "page", url))
    return Entry(
        position=position,
        line=line,
        title=one_line(without_typesetting(title)),
        abstract=paragraphs(without_elements(_whole_text(record.get("abstract")))),
        blurb=_blurb(as_text(record.get("blurb"))),
        authors=_authors(record.get("authors")),
        organization=one_line(as_text(record.get("organization"))) or None,
        published=_date(_dates(record)),
        arxiv=arxiv[0] if arxiv else None,
        arxiv_version=arxiv[1] if arxiv else None,
        doi=None if doi and doi.startswith("10.48550/arxiv.") else doi,
        remark=_remark(record.get("remark")),
        venue=_venue(one_line(without_typesetting(as_text(record.get("venue"))))),
        categories=tuple(c for c in _words(record.get("categories")) if _CATEGORY.fullmatch(c)),
        keywords=tuple(_phrases(record.get("keywords"))),
        upvotes=_count(record.get("upvotes")),
        comments=_count(record.get("comments")),
        ai_summary=paragraphs(as_text(record.get("ai_summary"))),
        links=tuple(links),
        group=one_line(as_text(record.get("group"))) or None,
    )


def as_text(value: object) -> str:
    """Give a text or a number as a text, and nothing for any other value."""
    if isinstance(value, bool) or value is None:
        return ""
    return str(value) if isinstance(value, str | int | float) else ""


def _whole_text(value: object) -> str:
    """Give a text, or the paragraphs of a list of texts."""
    return "\n\n".join(map(as_text, value)) if isinstance(value, list) else as_text(value)


def _blurb(text: str) -> str | None:
    return None if re.fullmatch(r"[\d\W]*", text) else paragraphs(text)


def _remark(value: object) -> str | None:
    """Give what is said beside the abstract; a number of comments says nothing."""
    text = one_line(as_text(value))
    return text if re.search(r"[^\W\d_]{2}", text) else None


def _venue(text: str) -> str | None:
    """Give a venue; 'ArXiv', as some services call it, is none."""
    return text if text and not re.match(r"arxiv\b", text, re.IGNORECASE) else None


def _words(value: object) -> Iterator[str]:
    texts = value if isinstance(value, list) else [value]
    split = itertools.chain.from_iterable(
        re.split(r"[;,|\s]\s*|\s", as_text(text)) for text in texts
    )
    yield from dict.fromkeys(word for word in split if word)


def _phrases(value: object) -> Iterator[str]:
    """Give keywords, which may have several words; lists may be written as Python writes them."""
    texts: list[Any] = value if isinstance(value, list) else _literal(as_text(value)) or [value]
    if len(texts) == 1:
        text = as_text(texts[0])
        texts = re.split(r"[;|\n]" if re.search(r"[;|\n]", text) else ",", text)
    yield from dict.fromkeys(word for text in texts if (word := one_line(as_text(text))))


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
        return tuple(one_line(as_text(name)) for name in people if as_text(name).strip()) or None
    text = as_text(value).replace('"', "")
    if listed := _literal(as_text(value)):
        return tuple(forename_first(name) for name in listed if name.strip()) or None
    for sign in ("|", " / ", "\n"):  # '|' is OpenAlex's.
        text = text.replace(sign, ";") if ";" not in text and _may_divide(sign, text) else text
    if len(turned := _AND.split(text)) > 1 and all(map(_ONE_TURNED.fullmatch, turned)):
        return tuple(map(forename_first, turned))
    if ";" in text:  # 'Lovelace, Ada (57); Hopper, Grace (58)' keeps its commas.
        parts = (without_number(without_notes(name)) for name in text.split(";"))
        return tuple(forename_first(name) for name in parts if name) or None
    if is_with_initials(text) or (_NUMBERED.search(text) and is_family_first(text)):
        return (forename_first(without_number(text)),)
    return None if _GLUED.search(text) else _divided(text)


def _may_divide(sign: str, text: str) -> bool:
    """Whether a sign divides people: a line's end does not where commas do."""
    return sign != "\n" or "," not in text


def _divided(text: str) -> tuple[str, ...] | None:
    """Divide names by their commas."""
    ended = text.endswith(".") and text.count(".") == 1
    names = split_names(text.removesuffix(".") if ended else text)
    if names and (ended or len(names) > 1) and (short := short_names(names)):
        return tuple(short)
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
    return as_text(record.get("doi")).split("\n")


def _dates(record: Mapping[str, Any]) -> list[str]:
    """Give what is said for the date; ADS writes '2024-03-00' where it knows no day."""
    return [_NO_DAY.sub("", text) for text in as_text(record.get("published")).split("\n")]


def _date(texts: Iterable[str]) -> PartialDate | None:
    """Read the first text that is a date; a whole year counts less than what is more exact."""
    found: list[PartialDate] = []
    for text in texts:
        date = parse_date(text.strip().removesuffix(".0")) or read_moment(text.strip())
        date = date or find_stated_day(text)
        found += [date] if date else []
    return next((date for date in found if date.month), found[0] if found else None)


def _count(value: object) -> int | None:
    text = as_text(value).strip().removesuffix(".0")
    return int(text) if re.fullmatch(r"\d{1,9}", text) else None

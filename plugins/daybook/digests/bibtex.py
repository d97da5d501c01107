"""BibTeX files: every entry is a paper.

The format as BibTeX itself reads it (http://mirrors.ctan.org/biblio/bibtex/base/btxdoc.pdf), by
hand: braces and quotation marks nest, strings are joined by ``#``, a broken entry ends at the next
line that begins one and costs no other. A title that is in no entry is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ..errors import Refusal
from ..records import Entry, PartialDate
from .bibtex_customs import without_customs
from .bibtex_fields import Fields
from .bibtex_journals import journal_of
from .bibtex_links import Addresses
from .bibtex_marks import Marks, unwrapped
from .bibtex_names import read_names, tell_unnamed
from .bibtex_places import ENTRY, claim_of
from .bibtex_strings import refuse_long, without_long
from .bibtex_titles import Titles
from .claims import Claim
from .days import MONTHS, find_stated_day
from .document import Document
from .doubtful_dates import doubtful_date
from .draft import Draft
from .elements import without_elements, without_typesetting
from .identifiers import (
    doubtful_doi,
    doubtful_id,
    read_arxiv,
    read_arxiv_beside,
    read_doi,
    read_only_arxiv,
    read_url,
    says_arxiv,
)
from .lines import Lines
from .stated import parse_date
from .strays import tell_strays
from .tex import HREF, read_tex
from .wording import one_line, paragraphs

_INDENT = re.compile(r"\n[ \t]+")
_NO_PAPER = frozenset({"comment", "preamble", "string"})
_VOLUMES = frozenset({"proceedings", "collection", "book", "periodical"})
_KEY = re.compile(r"\s*([^\s,{}=]{1,200})\s*,")
_VENUES = ("journal", "journaltitle", "booktitle", "series", "howpublished")
_WORDED = (*_VENUES, "note", "annote", "number", "pages", "publisher")
"""Fields of words that may be an identifier."""
_IDENTIFYING = re.compile(
    r"=[^\S\n]*+[{\"]?[^\S\n]*+(?:(?:https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/|arxiv:)?"
    r"(?P<arxiv>\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})(?:v\d{1,2})?"
    r"|(?:https?://(?:dx\.)?doi\.org/)?(?P<doi>10\.\d{4,9}/[^\s{}\",]+))[^\S\n]*+[}\"]",
    re.IGNORECASE,
)
_EPRINT = re.compile(r"eprint\s{0,20}\Z", re.IGNORECASE)
_NUMBERED = re.compile(r"\d{4}[.\uff0e]\d")
_PREPRINT = re.compile(r"arxiv|corr\b|preprint", re.IGNORECASE)


def accepts(document: Document) -> Claim | None:
    """Claim text for an entry that has a field."""
    return claim_of(document)


def read(document: Document) -> Iterable[Draft]:
    """Read the one digest of a bibliography."""
    text = document.text
    entries: list[Entry] = []
    refusals: list[Refusal] = []
    reader = Fields(text)
    marks = reader.marks
    position, line, counted, at = 0, 1, 0, 0
    titles = Titles(document.path, text)
    volumes = _Volumes()
    cut: int | None = None
    while (start := ENTRY.search(text, at)) is not None:
        begin = start.start() + len(start[0]) - len(start[0].lstrip())
        refusals += titles.left_over(begin)
        line, counted = line + text.count("\n", counted, begin), begin
        kind = next(filter(None, start.groups())).lower()
        if kind == "comment":
            at = _end_of_comment(marks, text, start)
            titles.place = at
            continue
        fields, at, whole = reader.read(start)
        if kind in _NO_PAPER and kind != "string":
            continue
        position += kind != "string"
        if fields is not None:
            if kind == "string":
                reader.strings.define(fields)
            fields, long = without_long(fields)
            if long:
                refusals.append(refuse_long(document.path, line, long))
        if kind == "string":
            continue
        title = _title(fields) if fields else None
        if fields is None or not title:
            what = "its braces do not close" if fields is None else "it has no title"
            refusals.append(_refuse(document.path, line, position, what))
            at = at if fields else start.end()
            titles.place = marks.next_entry(at)
            if fields is None and titles.place == len(text):
                cut = line
            continue
        entry = _entry(position, line, title, fields)
        entries.append(entry)
        volumes.note(position, kind, _KEY.match(text, start.end()), fields)
        refusals += _doubts(document.path, line, entry, fields)
        refusals += titles.within(begin, at)
        if not whole:
            refusals.append(_damaged(document.path, line, position))
    refusals += titles.left_over(len(text))
    refusals += tell_strays(document.path, _naming(text), entries, refusals)
    yield Draft(volumes.settled(entries), refusals=refusals, cut=cut)


def _naming(text: str) -> Iterator[tuple[int, str]]:
    """Give the fields that hold nothing but an identifier, whatever they are called."""
    lines = Lines(text)
    for match in _IDENTIFYING.finditer(text):
        if match["arxiv"]:
            yield lines.at(match.start()), f"arxiv:{match['arxiv']}"
        elif _EPRINT.search(text, max(match.start() - 40, 0), match.start()) is None:
            # That may be of any archive.
            doi = match["doi"].replace("\\", "")
            yield lines.at(match.start()), (read_doi(doi) or doi if "%3" in doi else doi)


def _venue(fields: Mapping[str, str]) -> str | None:
    said = (HREF.sub(r"\2 \1", fields.get(key, "")) for key in _VENUES)
    names = (journal_of(text) or _plain(text, dashes="://" not in text) for text in said)
    return next(filter(None, names), None)


class _Volumes:
    """Which entries are volumes that others refer to, and what these take over from them.

    https://ctan.org/pkg/bibtex: an entry inherits by `crossref` what it does not say itself.
    """

    def __init__(self) -> None:
        self._fields: dict[str, tuple[int, str, dict[str, str]]] = {}
        self._within: dict[int, str] = {}

    def note(
        self, position: int, kind: str, key: re.Match[str] | None, fields: dict[str, str]
    ) -> None:
        """Note an entry by its key, if it has one."""
        if key is not None:
            self._fields.setdefault(key[1].lower(), (position, kind, fields))
        if of := fields.get("crossref", "").strip(" {}").lower():
            self._within[position] = of

    def settled(self, entries: Iterable[Entry]) -> list[Entry]:
        """Give the entries with what they inherit, and without the volumes they are in."""
        volumes = {
            found[0]
            for key in self._within.values()
            if (found := self._fields.get(key))
            and found[1] in _VOLUMES
            and not found[2].get("author")
        }
        return [self._whole(entry) for entry in entries if entry.position not in volumes]

    def _whole(self, entry: Entry) -> Entry:
        found = self._fields.get(self._within.get(entry.position, ""))
        if found is None:
            return entry
        _, _, fields = found
        venue = _venue({"booktitle": fields.get("title", ""), **fields})
        return replace(
            entry,
            venue=entry.venue or venue,
            published=entry.published or _published(fields),
        )


def _end_of_comment(marks: Marks, text: str, start: re.Match[str]) -> int:
    """Give where a comment ends: at its brace, or where it has none at the end of its line."""
    close = marks.closing(start.end() - 1, len(text))
    if close is not None:
        return close + 1
    end = text.find("\n", start.end())
    return end if end >= 0 else len(text)


def _entry(position: int, line: int, title: str, fields: dict[str, str]) -> Entry:
    arxiv, version = _arxiv(fields)
    category = (fields.get("primaryclass") or fields.get("eprintclass") or "").strip(" {}[]")
    titled = (read_url(match[1]) for match in HREF.finditer(fields["title"]))
    addresses = Addresses(fields, *titled)
    doi = read_doi(fields.get("doi", "").replace("\\", "")) or addresses.doi
    venue = _venue(fields)
    return Entry(
        position=position,
        line=line,
        title=title,
        abstract=_abstract(fields.get("abstract", "")),
        authors=read_names(fields.get("author")),
        published=_published(fields),
        arxiv=arxiv,
        arxiv_version=version,
        doi=None if doi and doi.startswith("10.48550/arxiv.") else doi,
        venue=None if venue and _PREPRINT.search(venue) else venue,
        categories=(category,) if arxiv and category else (),
        keywords=tuple(dict.fromkeys(_keywords(fields))),
        links=addresses.links,
    )


def _title(fields: Mapping[str, str]) -> str | None:
    """Give the title, with BibLaTeX's subtitle."""
    title, below = _plain(fields.get("title")), _plain(fields.get("subtitle"))
    if not title or not below or below.lower() in title.lower():
        return title
    return f"{title} {below}" if title[-1] in ".:?!" else f"{title}: {below}"


def _plain(text: str | None, *, dashes: bool = True) -> str | None:
    if not text:
        return None
    text = HREF.sub(r"\2", without_customs(unwrapped(" ".join(text.split()))))
    return one_line(without_typesetting(read_tex(text, braces=True, dashes=dashes))) or None


def _abstract(text: str) -> str | None:
    """Give an abstract without the elements of HTML and JATS that some publishers leave in it."""
    text = without_customs(without_elements(_INDENT.sub("\n", text)))
    return paragraphs(read_tex(text, braces=True, dashes=True))


def _keywords(fields: dict[str, str]) -> Iterator[str]:
    for name in ("keywords", "author_keywords", "keyword"):
        parts = re.split(r"[,;]", fields.get(name, ""))
        yield from (word for part in parts if (word := _plain(part)))


def _arxiv(fields: dict[str, str]) -> tuple[str | None, int | None]:
    """Give the identifier that an entry has; a field of words has one where it says nothing else.

    A note may speak of other papers: 'Reply to arXiv:2401.00003'.
    """
    own = [fields.get(name, "") for name in ("eprint", "arxiv", "arxivid", "doi")]
    own += [fields.get("url", ""), *Addresses(fields).papers]
    own.append(fields.get("volume", "").removeprefix("abs/"))
    told = (read_arxiv(text.replace("\\_", "_").strip(" .,;{}[]()")) for text in own)
    worded = [text for name in _WORDED if (text := fields.get(name))]
    venues = (text for name in _VENUES if (text := fields.get(name)))
    for found in (*told, *map(read_only_arxiv, worded), *map(read_arxiv_beside, venues)):
        if found:
            version = re.fullmatch(r"v?([1-9]\d?)", fields.get("eprintversion", ""))
            return found[0], found[1] or (int(version[1]) if version else None)
    return None, None


def _stated(fields: dict[str, str]) -> Iterator[str]:
    """Give what an entry states as arXiv's identifier."""
    kind = fields.get("archiveprefix", fields.get("eprinttype", "")).strip(" {}").lower()
    eprint = fields.get("eprint", "").strip(" {}")
    yield from (fields.get(name, "").strip(" {}") for name in ("arxiv", "arxivid"))
    if kind == "arxiv" or says_arxiv(eprint) or (not kind and _NUMBERED.match(eprint)):
        yield eprint


def _doubts(path: str, line: int, entry: Entry, fields: dict[str, str]) -> Iterator[Refusal]:
    """Tell what an entry says and could not be read: its identifier, its date, its authors."""
    yield from doubtful_id(path, line, entry, _stated(fields))
    yield from doubtful_doi(path, line, entry, [fields.get("doi", "")])
    dates = (unwrapped(fields.get(key, "")) for key in ("date", "year"))
    yield from doubtful_date(path, line, entry, dates)
    yield from tell_unnamed(path, entry, fields.get("author"))


def _published(fields: dict[str, str]) -> PartialDate | None:
    if date := parse_date(fields.get("date", "").strip()):
        return date
    year = re.fullmatch(r"\s*\{?(\d{4})\}?\s*", fields.get("year", ""))
    if year is None:
        return find_stated_day(fields.get("year", ""))
    month = fields.get("month", "").strip(" {}.").lower()
    number = MONTHS.get(month) or (int(month) if re.fullmatch(r"1[0-2]|0?[1-9]", month) else 0)
    if not 1000 <= int(year[1]) <= 2999:
        return None
    return PartialDate(int(year[1]), number)


def _damaged(path: str, line: int, position: int) -> Refusal:
    message = (
        f"entry {position} is damaged: a sign is missing in a field, or a part of another is in it."
    )
    hint = "Correct the entry, and see whether another is missing behind it."
    return Refusal(path, line, message, hint, fatal=False)


def _refuse(path: str, line: int, position: int, what: str) -> Refusal:
    return Refusal(path, line, f"entry {position} cannot be read: {what}.", "Correct the entry.")

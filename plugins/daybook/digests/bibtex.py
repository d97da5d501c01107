"""BibTeX files: every entry is a paper.

The format as BibTeX itself reads it (http://mirrors.ctan.org/biblio/bibtex/base/btxdoc.pdf), by
hand: braces and quotation marks nest, strings are joined by ``#``, a broken entry ends at the next
line that begins with ``@`` and costs no other.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator

from ..errors import Refusal
from ..records import Entry, Link, PartialDate
from .days import MONTHS
from .document import Document
from .draft import Draft
from .identifiers import read_arxiv, read_doi, read_url
from .people import forename_first
from .stated import parse_date
from .tex import read_tex
from .wording import one_line, paragraphs

_ENTRY = re.compile(r"(?m)^[ \t]*@[ \t]*([A-Za-z]+)[ \t]*([{(])")
_NAME = re.compile(r"\s*([A-Za-z][\w:.+/-]*(?:[^\S\n]+[\w:.+/-]+){0,3})\s*=\s*")
"""A field's name; Scopus writes some in two words."""
_KEY = re.compile(r"[^,={}\"]*,")
_WORD = re.compile(r"[^\s,#{}()\"]+")
_JOIN = re.compile(r"\s*#\s*")
_ELEMENT = re.compile(r"</?(?:jats:)?(?:p|i|b|em|strong|sub|sup|sec|title|h[1-6]|br|span)\b[^<>]*>")
_INDENT = re.compile(r"\n[ \t]+")
_NO_PAPER = frozenset({"comment", "preamble", "string"})
_VENUES = ("journal", "journaltitle", "booktitle", "series", "howpublished")
_PREPRINT = re.compile(r"arxiv|corr\b|preprint", re.IGNORECASE)


class _BrokenError(Exception):
    """An entry whose braces or quotation marks do not close."""


def accepts(document: Document) -> bool:
    """Accept text with an entry that has a field."""
    match = _ENTRY.search(document.start)
    return match is not None and "=" in document.start[match.end() : match.end() + 2000]


def read(document: Document) -> Iterable[Draft]:
    """Read the one digest of a bibliography."""
    text = document.text
    entries: list[Entry] = []
    refusals: list[Refusal] = []
    strings: dict[str, str] = {}
    position, line, at = 0, 1, 0
    starts = list(_ENTRY.finditer(text))
    for index, start in enumerate(starts):
        if start.start() < at:
            continue  # An '@' within a field of the entry before.
        end = starts[index + 1].start() if index + 1 < len(starts) else len(text)
        line += text.count("\n", at, start.start())
        at = start.start()
        kind = start[1].lower()
        if kind == "string":
            strings.update(_fields_or_none(text, start.end(), len(text), strings) or {})
        if kind in _NO_PAPER:
            continue
        position += 1
        after_key = _KEY.match(text, start.end(), end)
        begin = after_key.end() if after_key else start.end()
        fields = _fields_or_none(text, begin, len(text), strings)
        title = _plain(fields.get("title")) if fields else None
        if fields is None or not title:
            what = "its braces do not close" if fields is None else "it has no title"
            refusals.append(_refuse(document.path, line, position, what))
            continue
        entries.append(_entry(position, line, title, fields))
    yield Draft(entries, refusals=refusals)


def _fields_or_none(text: str, at: int, end: int, strings: dict[str, str]) -> dict[str, str] | None:
    for by_lines in (False, True):
        with contextlib.suppress(_BrokenError):
            return _read_fields(text, at, end, strings, by_lines=by_lines)
    return None


def _read_fields(
    text: str, at: int, end: int, strings: dict[str, str], *, by_lines: bool
) -> dict[str, str]:
    """Read ``name = value`` pairs up to the entry's closing brace.

    With `by_lines` a value ends where the next field's line follows, whatever its braces say: for
    entries whose braces do not match.
    """
    fields: dict[str, str] = {}
    while (name := _NAME.match(text, at, end)) is not None:
        value, at = _read_value(text, name.end(), end, strings, by_lines=by_lines)
        fields.setdefault(name[1].lower(), value)
        while at < end and text[at] in " \t\r\n,":
            at += 1
    if at >= end or text[at] not in "})":
        raise _BrokenError
    return fields


def _read_value(
    text: str, at: int, end: int, strings: dict[str, str], *, by_lines: bool
) -> tuple[str, int]:
    parts: list[str] = []
    while True:
        opening = text[at : at + 1]
        if opening in ("{", '"'):
            mark = "}" if opening == "{" else '"'
            close = _closing(text, at, end, mark, by_lines=by_lines)
            parts.append(text[at + 1 : close])
            at = close + 1
        elif word := _WORD.match(text, at, end):
            parts.append(strings.get(word[0].lower(), word[0]))
            at = word.end()
        else:
            raise _BrokenError
        joined = _JOIN.match(text, at, end)
        if joined is None:
            return "".join(parts), at
        at = joined.end()


_LINE_END = re.compile(r"[}\"][ \t]*,[ \t]*(?=\n[ \t]*(?:[A-Za-z][\w:.+/-]*[ \t]*=|[})]))")
_MARKS = re.compile(r"\\.|[{}\"]", re.DOTALL)


def _closing(text: str, at: int, end: int, mark: str, *, by_lines: bool) -> int:
    """Find where a value ends; an entry that begins on a line of its own means it never did."""
    depth = 0
    limit = _ENTRY.search(text, at + 1, end)
    end = limit.start() if limit else end
    if by_lines and (likely := _LINE_END.search(text, at + 1, end)) and likely[0][0] == mark:
        return likely.start()
    for match in _MARKS.finditer(text, at + 1, end):
        sign = match[0]
        if sign == mark and depth == 0:
            return match.start()
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
    raise _BrokenError


def _entry(position: int, line: int, title: str, fields: dict[str, str]) -> Entry:
    arxiv, version = _arxiv(fields)
    category = (fields.get("primaryclass") or fields.get("eprintclass") or "").strip(" {}[]")
    doi = read_doi(fields.get("doi", "").replace("\\", ""))
    venue = next((v for key in _VENUES if (v := _plain(fields.get(key)))), None)
    url = read_url(fields.get("url", "").replace("\\", ""))
    keep_url = url is not None and read_arxiv(url) is None and read_doi(url) is None
    return Entry(
        position=position,
        line=line,
        title=title,
        abstract=_abstract(fields.get("abstract", "")),
        authors=_authors(fields.get("author")),
        published=_published(fields),
        arxiv=arxiv,
        arxiv_version=version,
        doi=None if doi and doi.startswith("10.48550/arxiv.") else doi,
        venue=None if venue and _PREPRINT.search(venue) else venue,
        categories=(category,) if arxiv and category else (),
        keywords=tuple(dict.fromkeys(_keywords(fields))),
        links=(Link("page", url),) if keep_url and url else (),
    )


def _plain(text: str | None) -> str | None:
    if not text:
        return None
    return one_line(read_tex(" ".join(text.split()), braces=True, dashes=True)) or None


def _abstract(text: str) -> str | None:
    """Give an abstract without the elements of HTML and JATS that some publishers leave in it."""
    return paragraphs(read_tex(_ELEMENT.sub("", _INDENT.sub("\n", text)), braces=True, dashes=True))


def _keywords(fields: dict[str, str]) -> Iterator[str]:
    for name in ("keywords", "author_keywords", "keyword"):
        parts = re.split(r"[,;]", fields.get(name, ""))
        yield from (word for part in parts if (word := _plain(part)))


def _authors(text: str | None) -> tuple[str, ...] | None:
    """Split 'A and B and {The Group}': braces protect, 'others' means that not all are named."""
    if not text:
        return None
    names: list[str] = []
    for raw in _split_and(" ".join(text.split())):
        if raw.lower() in {"others", "et al.", "et al"}:
            return None
        whole = raw.startswith("{") and raw.endswith("}") and "," in raw
        name = read_tex(raw, braces=True)
        if name:
            names.append(name if whole else forename_first(name))
    return tuple(names) or None


def _split_and(text: str) -> list[str]:
    parts, depth, at = [], 0, 0
    for match in re.finditer(r"[{}]|(?<= )and(?= )", text):
        if match[0] == "and":
            if depth == 0:
                parts.append(text[at : match.start()].strip())
                at = match.end()
        else:
            depth += 1 if match[0] == "{" else -1
    return [part for part in (*parts, text[at:].strip()) if part]


def _arxiv(fields: dict[str, str]) -> tuple[str | None, int | None]:
    candidates = [fields.get("eprint", ""), fields.get("arxiv", ""), fields.get("doi", "")]
    candidates += [fields.get("url", ""), fields.get("volume", "").removeprefix("abs/")]
    for name in ("journal", "note", "howpublished", "number", "pages", "publisher"):
        candidates += re.findall(r"arXiv[: ]\s*\S+", fields.get(name, ""), re.IGNORECASE)
    for text in candidates:
        if found := read_arxiv(text.replace("\\_", "_").strip(" .,;{}[]()")):
            told = re.fullmatch(r"v?([1-9]\d?)", fields.get("eprintversion", ""))
            return found[0], found[1] or (int(told[1]) if told else None)
    return None, None


def _published(fields: dict[str, str]) -> PartialDate | None:
    if date := parse_date(fields.get("date", "").strip()):
        return date
    year = re.fullmatch(r"\s*\{?(\d{4})\}?\s*", fields.get("year", ""))
    if year is None:
        return None
    month = fields.get("month", "").strip(" {}.").lower()
    number = MONTHS.get(month) or (int(month) if re.fullmatch(r"1[0-2]|0?[1-9]", month) else 0)
    if not 1000 <= int(year[1]) <= 2999:
        return None
    return PartialDate(int(year[1]), number)


def _refuse(path: str, line: int, position: int, what: str) -> Refusal:
    return Refusal(path, line, f"entry {position} cannot be read: {what}.", "Correct the entry.")

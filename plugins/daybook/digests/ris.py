"""RIS files, as reference managers export them: a tag of two letters a line.

https://refdb.sourceforge.net/manual-0.9.6/sect1-ris-format.html; text between records, such as the
numbers some exporters write, is passed over.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..errors import BadDateError, Refusal
from ..records import Entry, Link, PartialDate
from .document import Document
from .draft import Draft
from .identifiers import read_arxiv, read_doi, read_url
from .people import forename_first
from .wording import one_line, paragraphs

_TAG = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*)|\s*)")
_START = re.compile(r"(?m)^TY  ?- ?")
_DATE = re.compile(r"(\d{4})(?:[/-](\d{1,2})?(?:[/-](\d{1,2})?)?)?.*")


def accepts(document: Document) -> bool:
    """Accept text with a record's first tag at the beginning of a line, and a second tag."""
    match = _START.search(document.start)
    return (
        match is not None
        and _TAG.match(document.start, document.start.find("\n", match.end()) + 1) is not None
    )


def read(document: Document) -> Iterable[Draft]:
    """Read the one digest of a RIS file."""
    entries: list[Entry] = []
    refusals: list[Refusal] = []
    for position, (line, fields, ended) in enumerate(_records(document.text.split("\n")), 1):
        entry = _entry(position, line, fields)
        if entry.title and ended:
            entries.append(entry)
        else:
            what = "it has no title" if ended else "it has no end (ER)"
            message = f"record {position} cannot be read: {what}."
            refusals.append(Refusal(document.path, line, message, "Export it again."))
    yield Draft(entries, refusals=refusals)


def _records(lines: list[str]) -> Iterator[tuple[int, dict[str, list[str]], bool]]:
    """Give each record's first line, its fields and whether it ends; values may go on below."""
    fields: dict[str, list[str]] | None = None
    begin, last = 0, ""
    for number, line in enumerate(lines, 1):
        match = _TAG.fullmatch(line.strip("\ufeff "))
        tag = match[1] if match else ""
        if tag == "TY":
            if fields is not None:
                yield begin, fields, False
            fields, begin = defaultdict(list), number
        elif tag == "ER" and fields is not None:
            yield begin, fields, True
            fields = None
        elif fields is not None and match:
            fields[tag].append((match[2] or "").strip())
            last = tag
        elif fields is not None and line.strip() and fields[last]:
            fields[last][-1] += " " + line.strip()
    if fields is not None:
        yield begin, fields, False


def _entry(position: int, line: int, fields: dict[str, list[str]]) -> Entry:
    def first(*tags: str) -> str | None:
        return next((value for tag in tags for value in fields.get(tag, ()) if value), None)

    addresses = [*fields.get("UR", ()), *fields.get("L1", ()), *fields.get("L2", ())]
    arxiv = next(
        (f for text in (*fields.get("M1", ()), *addresses) if (f := read_arxiv(text))), None
    )
    links = [url for url in map(read_url, fields.get("UR", ())) if url]
    names = [*fields.get("AU", ()), *fields.get("A1", ())]
    return Entry(
        position=position,
        line=line,
        title=one_line(first("TI", "T1", "CT") or ""),
        abstract=paragraphs(first("AB", "N2") or ""),
        authors=tuple(forename_first(name) for name in names if name) or None,
        published=_date(first("DA", "PY", "Y1")),
        arxiv=arxiv[0] if arxiv else None,
        arxiv_version=arxiv[1] if arxiv else None,
        doi=read_doi(first("DO") or "")
        or next((doi for url in addresses if (doi := read_doi(url))), None),
        venue=first("T2", "JF", "JO", "JA"),
        keywords=tuple(word for word in fields.get("KW", ()) if word),
        links=tuple(Link("page", u) for u in links if not read_arxiv(u) and not read_doi(u)),
    )


def _date(text: str | None) -> PartialDate | None:
    """Read '2014/03/21/', '2014//' or '2014-03'; what is impossible in it stays unknown."""
    match = _DATE.fullmatch(text) if text else None
    if match is None or int(match[1]) < 1000:
        return None
    year, month, day = (int(part or 0) for part in match.groups())
    for parts in ((year, month, day if month else 0), (year, month), (year,)):
        try:
            return PartialDate(*parts)
        except BadDateError:
            continue
    return None

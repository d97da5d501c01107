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
from .claims import Claim, claim_at
from .days import MONTHS
from .document import Document
from .doubtful_dates import doubtful_date
from .draft import Draft
from .elements import without_elements, without_typesetting
from .identifiers import doubtful_doi, doubtful_id, read_arxiv, read_doi, read_only_arxiv, read_url
from .people import forename_first
from .strays import tell_strays
from .wording import one_line, paragraphs

TORN = ""
"""In place of a tag: the record's beginning was lost."""
_TAG = re.compile(r"([A-Z][A-Z0-9]{1,3})  ?-(?: (.*)|\s*)")
_NAMING = {"TI", "T1", "CT", "AU", "A1"}
"""Tags that only a record has: what a database writes above the first one is passed over."""
_ONCE = {"TI", "T1"}
"""Tags that a record has once: a second one is another record's."""
_SHORT = {"AU", "A1", "PY", "Y1", "DA", "DO", "UR", "L1", "L2", "SN", "VL", "IS", "SP", "EP", "JO"}
"""Tags whose values have one line."""
_IDENTIFYING = _SHORT | _NAMING | {"", "TY", "ER", "AN", "T2"}
"""Tags of lines in which no other papers are named than the record's own."""
_LETTERS = 2
"""Of a tag: one of more is the rest of two lines."""
_BROKEN = re.compile(r"[A-Z][A-Z0-9] {0,3}(?:-|\s[^a-z\s]?\s)")
"""A tag that lost a sign."""
_START = re.compile(r"(?m)^TY  ?- ?")
_DATE = re.compile(r"(\d{4})(?!\d)(?:[/-](\d{1,2})?(?:[/-](\d{1,2})?)?)?.*")
_STATED = re.compile(
    r"(?:arxiv: ?|(?:https?://)?(?:www\.)?arxiv\.org/(?:abs|pdf)/)\S+(?: \[[^\]]*\])?",
    re.IGNORECASE,
)
"""What is meant for an identifier of arXiv's, and nothing else: notes have words."""
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_PREPRINT = re.compile(r"arxiv\b", re.IGNORECASE)
_INITIALED = re.compile(r"([^\W\d_][^\d,.]+) ((?:[A-Z]\.[ -]?)+)")


def accepts(document: Document) -> Claim | None:
    """Claim text for a record's first tag at the beginning of a line, and a second tag."""
    match = _START.search(document.start)
    if not match or not _TAG.match(document.start, document.start.find("\n", match.end()) + 1):
        return None
    return claim_at(document, match.start())


def read(document: Document) -> Iterable[Draft]:
    """Read the one digest of a RIS file."""
    entries: list[Entry] = []
    refusals: list[Refusal] = []
    odd: list[int] = []
    cut: int | None = None
    records = _records(document.text.split("\n"), odd)
    for position, (line, fields, ended) in enumerate(records, 1):
        if fields.pop(TORN, None):
            refusals.append(torn(document.path, line, position))
        entry = _entry(position, line, fields)
        if entry.title and ended:
            entries.append(entry)
            stated = [text for text in _identifiers(fields) if _STATED.fullmatch(text)]
            refusals += doubtful_id(document.path, line, entry, stated)
            refusals += doubtful_doi(document.path, line, entry, fields.get("DO", ()))
            refusals += doubtful_date(document.path, line, entry, _dates(fields))
        else:
            what = "it has no title" if ended else "it has no end (ER)"
            cut = None if ended else line
            message = f"record {position} cannot be read: {what}."
            refusals.append(Refusal(document.path, line, message, "Export it again."))
    refusals += (tell_odd(document.path, line) for line in odd)
    refusals += tell_strays(document.path, _naming(document.text), entries, refusals)
    yield Draft(entries, refusals=refusals, cut=cut)


def _naming(text: str) -> Iterator[tuple[int, str]]:
    """Give the lines that say which paper a record is, and those of no record."""
    tag = ""
    for number, line in enumerate(text.split("\n"), 1):
        match = _TAG.fullmatch(line.strip("\ufeff "))
        tag = match[1] if match else tag
        if tag in _IDENTIFYING or len(tag) > _LETTERS:
            yield number, line


def tell_odd(path: str, line: int) -> Refusal:
    """Tell a line that has no tag, or says a second time what a record has once."""
    message = "the line is broken or another record's: a tag was expected that its record lacks."
    return Refusal(path, line, message, "See whether a record is missing there.", fatal=False)


def torn(path: str, line: int, position: int) -> Refusal:
    """Tell a record whose first lines are with the one before it."""
    message = f"record {position} begins with its title: what should stand before it is lost or"
    message += " with the record above."
    return Refusal(path, line, message, "Export it again.")


def _records(lines: list[str], odd: list[int]) -> Iterator[tuple[int, dict[str, list[str]], bool]]:
    """Give each record's first line, its fields and whether it ends; values may go on below.

    Lines that are broken, or another record's, are added to `odd`.

    A record that another follows has ended, whether or not it says so. EndNote writes further
    keywords as lines without a tag.
    """
    fields: dict[str, list[str]] | None = None
    begin, last = 0, ""
    more: list[str] = []
    for number, line in enumerate(lines, 1):
        match = _TAG.fullmatch(line.strip("\ufeff "))
        more = grow(fields, last, " ", more) if match else more
        tag = match[1] if match else ""
        if fields is None and tag in _NAMING:  # a record whose TY was lost
            fields, begin = defaultdict(list), number
        if fields is not None and tag in _ONCE and fields.get(tag):  # its beginning was lost
            yield begin, fields, True
            fields, begin = defaultdict(list, {TORN: [""]}), number
        if tag == "TY":
            if fields is not None:
                yield begin, fields, True
            fields, begin = defaultdict(list), number
        elif tag == "ER" and fields is not None:
            yield begin, fields, True
            fields = None
        elif fields is not None and match:
            odd += [number] * put(fields, tag, match[2], "DO")
            last = tag
        elif fields is None:
            odd += [number] * (begin > 0 and "/" in line)
        elif line.strip() and fields[last]:
            odd += [number] * (last in _SHORT or _BROKEN.match(line) is not None)
            if last == "KW":
                fields[last].append(line.strip())
            else:
                more.append(line.strip())
    if fields is not None:
        grow(fields, last, " ", more)
        yield begin, fields, False


def grow(
    fields: dict[str, list[str]] | None, tag: str, separator: str, more: list[str]
) -> list[str]:
    """Join what goes on below a value to it, all at once: each by itself would copy all before.

    Gives what then goes on, which is nothing.
    """
    if more and fields is not None:
        fields[tag][-1] = separator.join([fields[tag][-1], *more])
    return []


def put(fields: dict[str, list[str]], tag: str, value: str | None, once: str) -> bool:
    """Add a value to a record; whether it is a second one of a tag that a record has `once`."""
    text = (value or "").strip()
    again = tag == once and text not in fields.get(tag, [text])
    fields[tag].append(text)
    return again


def _entry(position: int, line: int, fields: dict[str, list[str]]) -> Entry:
    def first(*tags: str) -> str | None:
        return next((value for tag in tags for value in fields.get(tag, ()) if value), None)

    addresses = [*fields.get("UR", ()), *fields.get("L1", ()), *fields.get("L2", ())]
    ids = _identifiers(fields)
    arxiv = next((f for text in ids if (f := read_arxiv(text) or read_only_arxiv(text))), None)
    links = [url for url in map(read_url, fields.get("UR", ())) if url]
    names = [*fields.get("AU", ()), *fields.get("A1", ())]
    return Entry(
        position=position,
        line=line,
        title=one_line(without_typesetting(first("TI", "T1", "CT", "ST") or "")),
        abstract=paragraphs(without_elements(first("AB", "N2") or "")),
        authors=tuple(_name(name) for name in names if name) or None,
        published=_published(fields),
        arxiv=arxiv[0] if arxiv else None,
        arxiv_version=arxiv[1] if arxiv else None,
        doi=read_doi(first("DO") or "")
        or next((doi for url in addresses if (doi := read_doi(url))), None),
        venue=_venue(first("T2", "JF", "JO", "JA", "C3")),
        keywords=tuple(dict.fromkeys(word for word in fields.get("KW", ()) if word)),
        links=tuple(Link("page", u) for u in links if not read_arxiv(u) and not read_doi(u)),
    )


def _identifiers(fields: dict[str, list[str]]) -> Iterator[str]:
    """Give what may be an arXiv identifier: 'arXiv:2301.00001' may be a number or a journal."""
    for tag in ("M1", "UR", "L1", "L2", "DO", "AN", "IS", "T2", "JO", "PB", "N1"):
        yield from fields.get(tag, ())


def _name(text: str) -> str:
    """Turn 'Lovelace, Ada' round, and 'Lovelace A.B.', as Embase writes it."""
    initialed = _INITIALED.fullmatch(text)
    return f"{initialed[2]} {initialed[1]}" if initialed else forename_first(text)


def _venue(text: str | None) -> str | None:
    return None if text is None or _PREPRINT.match(text) else text


def _dates(fields: dict[str, list[str]]) -> list[str]:
    return [text for tag in ("DA", "PY", "Y1") for text in fields.get(tag, ())]


def _published(fields: dict[str, list[str]]) -> PartialDate | None:
    """Give the most exact date of the tags that agree on the year."""
    texts = _dates(fields)
    dates = [date for text in texts if (date := _date(text))]
    if not dates:
        years = {year for text in texts for year in _YEAR.findall(text)}
        return PartialDate(int(years.pop())) if len(years) == 1 else None
    best = max(dates, key=lambda date: (date.year == dates[0].year, date.month > 0, date.day))
    month = next((MONTHS[text.lower()] for text in texts if text.lower() in MONTHS), 0)
    return best if best.month or not month else PartialDate(best.year, month)


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

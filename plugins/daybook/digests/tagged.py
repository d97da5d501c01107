"""Exports of PubMed (NBIB), Web of Science and EndNote: a tag and a value on each line.

Three dialects of one idea; RIS, a fourth, has a module of its own.

- PubMed's MEDLINE: ``TI  - value``, deeper lines go on
  (https://www.nlm.nih.gov/bsd/mms/medlineelements.html); ERIC exports the same.
- Web of Science: ``TI value`` from ``PT`` to ``ER``, values go on below three spaces
  (https://webofscience.help.clarivate.com/en-us/Content/export-records.htm).
- EndNote's refer: ``%T value`` (https://en.wikipedia.org/wiki/Refer_(software)); a blank line
  ends a record.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..errors import BadDateError, Refusal
from ..records import Entry, Link, PartialDate
from .claims import Claim, claim_at
from .days import MONTHS
from .document import Document
from .doubtful_dates import doubtful_date
from .draft import Draft
from .elements import without_elements, without_typesetting
from .ending import seems_cut
from .identifiers import (
    doubtful_doi,
    doubtful_id,
    read_arxiv,
    read_doi,
    read_only_arxiv,
    read_orcid,
    read_url,
    says_arxiv,
)
from .people import forename_first
from .ris import TORN, grow, put, tell_odd, torn
from .strays import tell_strays
from .wording import one_line, paragraphs

Fields = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class _Dialect:
    """How one of the three writes its lines, and which tag says what."""

    known: re.Pattern[str]
    """What its first lines look like."""
    line: re.Pattern[str]
    """A tag and a value."""
    begins: frozenset[str]
    """Tags that begin a record wherever they stand."""
    ends: frozenset[str]
    """Tags that end one."""
    blank_ends: bool
    lists: frozenset[str]
    """Tags whose further lines are further values; of others they are more of the same."""
    title: tuple[str, ...]
    abstract: tuple[str, ...]
    authors: tuple[str, ...]
    """The fullest first: only the first that is there is read."""
    venue: tuple[str, ...]
    keywords: tuple[str, ...]
    date: tuple[str, ...]
    ids: tuple[str, ...]
    own_id: str
    """The tag of an identifier that a record has once."""
    odd: re.Pattern[str]
    """The beginning of a line that is neither a tag's nor goes on with a value."""


_MEDLINE = _Dialect(
    re.compile(r"(?:[A-Z]{2,4} *- [^\n]*\n){1,12}?(?:TI  - |FAU - )(?<!TY)"),
    re.compile(r"([A-Z]{2,4}) {0,2}-(?: (.*)|\s*)"),
    frozenset({"PMID"}),
    frozenset(),
    True,
    frozenset(),
    ("TI", "BTI"),
    ("AB",),
    ("FAU", "AU"),
    ("JT", "TA"),
    ("OT",),
    ("DP", "DEP"),
    ("LID", "AID", "SO"),
    "PMID",
    re.compile(r"\S"),
)
_WEB_OF_SCIENCE = _Dialect(
    re.compile(r"(?:FN [^\n]*\n)?(?:VR [^\n]*\n)?\s*PT [A-Z]\n[A-Z][A-Z0-9] "),
    re.compile(r"([A-Z][A-Z0-9])(?: (.*)|\s*)"),
    frozenset({"PT"}),
    frozenset({"ER", "EF"}),
    False,
    frozenset({"AU", "AF"}),
    ("TI",),
    ("AB",),
    ("AF", "AU"),
    ("SO",),
    ("DE", "ID"),
    ("PD", "EA"),
    ("DI",),
    "DI",
    re.compile(r"\S"),
)
_ENDNOTE = _Dialect(
    re.compile(r"%0 [^\n]+\n%[A-Z@0-9] |%[TA] [^\n]+\n%[A-Z@0-9] "),
    re.compile(r"%([A-Z0-9@!?^&$>(<+=~\[#*|:;/-])(?: (.*)|\s*)"),
    frozenset(),
    frozenset(),
    True,
    frozenset({"K"}),
    ("T",),
    ("X",),
    ("A",),
    ("J", "B"),
    ("K",),
    ("8", "D"),
    ("R", "U", "M"),
    "R",
    re.compile(r"%"),
)
_DIALECTS = (_MEDLINE, _WEB_OF_SCIENCE, _ENDNOTE)
_YEAR_FIRST = re.compile(r"(\d{4})(?!\d)(?:\s+([A-Za-z]{3,9})\b(?!-)(?:\s+(\d{1,2})(?!-))?)?\b")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})(?:[ .]+(\d{1,2}))?(?:,?\s+(\d{4}))?\b")
_SUFFIXED = re.compile(r"(?<![^,])([^,]+), ([^,]+) (Jr|Sr|II|III|IV|2nd|3rd)\.?")
_PREPRINT = re.compile(r"arxiv\b", re.IGNORECASE)
_DOI_WITHIN = re.compile(r"\bdoi:\s{0,3}10\.\d{4,9}/\S+", re.IGNORECASE)
_IDS = "AUID of whom"
"""In place of a tag: an author and, behind a tab, the iD that stands below."""
_CUT = "cut"
"""In place of a tag: the tag of the line within which the file ends."""
_LOOKED_AT = 2000
"""Characters in which a whole record begins."""
_ENDED = re.compile(r"(?<=\w{3})\.\Z")
"""The full stop that PubMed puts behind every title."""
_TAG_WITHIN = re.compile(r"%[0TAR] \w")
"""A tag of EndNote's within a line: the rest of another line."""
_ALONE = re.compile(r"\A\S{2,4} *-? *10\.\d{4,9}/\S+\s*\Z|10\.\d{4,9}/\S+ \[doi\]\s*\Z")
"""A DOI as all that a field says, or as PubMed writes it behind anything else."""
_LOCATED_DOI = re.compile(r"(?:\A|\])\s*([^\[\]\s][^\[\]]{0,200}?)\s+\[doi\]")
_LOCATOR = re.compile(r"(?<!\S)(\S+)\s+\[(?:doi|pii)\]\s*")


def accepts(document: Document) -> Claim | None:
    """Claim text for where it begins as one of the three dialects does."""
    known = _dialect(document)
    return claim_at(document, known[1]) if known else None


def read(document: Document) -> Iterable[Draft]:
    """Read the one digest of an export."""
    known = _dialect(document)
    dialect = known[0] if known else _MEDLINE
    entries: list[Entry] = []
    refusals: list[Refusal] = []
    odd: list[int] = []
    cut: int | None = None
    closing: set[str] = set()
    records = _records(dialect, document.text, odd)
    for position, (line, fields, ended) in enumerate(records, 1):
        last = fields.pop(_CUT, None)
        if TORN in fields:
            refusals.append(torn(document.path, line, position))
        entry = _entry(dialect, position, line, fields)
        if entry.title and ended:
            entries.append(entry)
            stated = [
                text for tag in dialect.ids for text in fields.get(tag, ()) if says_arxiv(text)
            ]
            refusals += doubtful_id(document.path, line, entry, stated)
            refusals += doubtful_doi(document.path, line, entry, _dois(fields))
            dates = [text for tag in (*dialect.date, "PY", "D") for text in fields.get(tag, ())]
            refusals += doubtful_date(document.path, line, entry, dates)
            if last and _seems_cut(dialect, fields, last[0], closing):
                refusals.append(_unended(document.path, line, position))
        else:
            what = "it has no title" if ended and not last else "it is cut off"
            cut = None if ended and not last else line
            message = f"record {position} cannot be read: {what}."
            refusals.append(Refusal(document.path, line, message, "Export it again."))
        closing.add(next(reversed(fields)))
    refusals += (tell_odd(document.path, line) for line in odd)
    naming = _naming(dialect, document.text)
    refusals += tell_strays(document.path, naming, entries, refusals)
    yield Draft(entries, refusals=refusals, cut=cut)


def _naming(dialect: _Dialect, text: str) -> Iterator[tuple[int, str]]:
    """Give the lines that say which paper a record is, and those of no record."""
    known = {"", *dialect.ids, *dialect.title, *dialect.authors, *dialect.begins, *dialect.ends}
    tag = ""
    for number, line in enumerate(text.split("\n"), 1):
        match = dialect.line.fullmatch(line.rstrip())
        tag = match[1] if match else tag if line.strip() else ""
        if tag in known or _ALONE.search(line):
            yield number, line


def _dialect(document: Document) -> tuple[_Dialect, int] | None:
    """Give the dialect and where it begins.

    The first line may be broken: what counts is the next record that is whole.
    """
    start = document.start
    lines = [0, *(match.end() for match in re.finditer("\n", start[:_LOOKED_AT]))]
    places = ((each, place) for place in lines for each in _DIALECTS)
    return next((found for found in places if found[0].known.match(start, found[1])), None)


def _records(
    dialect: _Dialect, text: str, odd: list[int]
) -> Iterator[tuple[int, dict[str, list[str]], bool]]:
    """Give each record's first line, its fields and whether it ends as it should.

    Lines that are broken, or another record's, are added to `odd`.
    """
    fields: dict[str, list[str]] = defaultdict(list)
    begin, last, blank = 0, "", False
    more: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        match = dialect.line.fullmatch(line.rstrip())
        more = grow(fields, last, "\n", more) if match else more
        tag = match[1] if match else ""
        if tag in dialect.ends or tag in dialect.begins or (match and blank and dialect.blank_ends):
            if any(fields.values()) and not fields.keys() <= {"FN", "VR"}:
                # A record that another follows has ended, whether or not it says so.
                yield begin, fields, not dialect.ends or tag in dialect.ends | dialect.begins
            fields = defaultdict(list)
        blank = not line.strip()
        if match is None:
            if line.strip() and fields.get(last):
                odd += [number] * (dialect.odd.match(line) is not None)
                if last in dialect.lists:
                    fields[last].append(line.strip())
                else:
                    more.append(line.strip())
            continue
        if tag in dialect.title and fields.get(tag):  # The beginning of another record was lost.
            yield begin, fields, True
            fields = defaultdict(list, {TORN: [""]})
            begin = number
        if tag not in dialect.ends:
            begin = begin if fields else number
            again = put(fields, tag, match[2], dialect.own_id)
            within = dialect is _ENDNOTE and _TAG_WITHIN.search(line, 1)
            odd += [number] * bool(again or within)
            if tag == "AUID" and (names := fields.get("FAU") or fields.get("AU")):
                fields[_IDS].append(f"{names[-1]}\t{fields[tag][-1].removeprefix('ORCID:')}")
            last = tag
    grow(fields, last, "\n", more)
    if any(fields.values()) and not fields.keys() <= {"FN", "VR"}:
        if not dialect.ends and not text.endswith("\n"):
            fields[_CUT].append(last)
        yield begin, fields, not dialect.ends


def _seems_cut(dialect: _Dialect, fields: Fields, last: str, closing: set[str]) -> bool:
    """Whether the last record ends as a whole one hardly does, in the line of its `last` tag.

    `closing` has the tags with which the records before it end: a database writes all alike.
    """
    lacking = len(closing) == 1 and not closing <= fields.keys()
    return lacking or last in dialect.title or seems_cut(fields[last][-1])


def _unended(path: str, line: int, position: int) -> Refusal:
    message = f"record {position} seems cut off: the file ends within its last line, which was "
    message += "kept as it stands."
    hint = "Export it again; if nothing is missing, end its last line."
    return Refusal(path, line, message, hint, fatal=False)


def _entry(dialect: _Dialect, position: int, line: int, fields: Fields) -> Entry:
    def first(tags: tuple[str, ...]) -> str:
        return next((value for tag in tags for value in fields.get(tag, ()) if value), "")

    ids = [_LOCATOR.sub(r"\1", text) for tag in dialect.ids for text in fields.get(tag, ())]
    venue = one_line(without_typesetting(first(dialect.venue)))
    title = one_line(without_typesetting(first(dialect.title)))
    told = (read_arxiv(text) for text in ids)
    arxiv = next(filter(None, (*told, read_only_arxiv(venue))), None)
    ids += [match[0] for text in ids if (match := _DOI_WITHIN.search(text))]
    doi = next((known for text in ids if (known := read_doi(text))), None)
    names = next((fields[tag] for tag in dialect.authors if fields.get(tag)), [])
    groups = fields.get("CN", []) if dialect is _MEDLINE else []
    return Entry(
        position=position,
        line=line,
        title=_ENDED.sub("", title) if dialect is _MEDLINE else title,
        abstract=paragraphs(one_line(without_elements(first(dialect.abstract)))),
        authors=tuple(_name(name) for name in (*names, *groups) if name) or None,
        published=_date(first(dialect.date), first(("PY", "D"))),
        arxiv=arxiv[0] if arxiv else None,
        arxiv_version=arxiv[1] if arxiv else None,
        doi=None if doi and doi.startswith("10.48550/arxiv") else doi,
        venue=venue if venue and not _PREPRINT.match(venue) else None,
        keywords=tuple(dict.fromkeys(_keywords(dialect, fields))),
        links=tuple(_links(dialect, fields)),
        orcids=tuple(_orcids(fields)) if dialect is _MEDLINE else (),
    )


def _name(text: str) -> str:
    """Turn 'Jackson, Mary Jr' (PubMed's order) and 'Lovelace, Ada' round."""
    name = one_line(text).rstrip(",")
    return forename_first(_SUFFIXED.sub(r"\1, \3, \2", name))


def _orcids(fields: Fields) -> Iterator[tuple[str, str]]:
    """Give who has an ORCID iD: it stands below its author's name, see `_records`."""
    for text in fields.get(_IDS, ()):
        name, _, number = text.partition("\t")
        if orcid := read_orcid(number.strip()):
            yield _name(name), orcid


def _dois(fields: Fields) -> list[str]:
    """Give what is stated as DOIs: in a field of its own, or in PubMed's of several locators."""
    located = (text for tag in ("LID", "AID") for text in fields.get(tag, ()))
    within = [doi for text in located for doi in _LOCATED_DOI.findall(text)]
    return [*fields.get("DI", ()), *fields.get("R", ()), *within]


def _keywords(dialect: _Dialect, fields: Fields) -> Iterator[str]:
    for tag in dialect.keywords:
        for text in fields.get(tag, ()):
            yield from filter(None, (one_line(word).lstrip("*") for word in text.split(";")))


def _links(dialect: _Dialect, fields: Fields) -> Iterator[Link]:
    if dialect is _MEDLINE:
        pages = [
            f"https://pubmed.ncbi.nlm.nih.gov/{n}/" for n in fields.get("PMID", ()) if n.isdigit()
        ]
    else:
        pages = fields.get("U", []) if dialect is _ENDNOTE else []
    for url in map(read_url, pages):
        if url and not read_arxiv(url) and not read_doi(url):
            yield Link("page", url)


def _date(text: str, year: str) -> PartialDate | None:
    """Read '2017 Nov 15', '2021 Jan-Feb', 'DEC 16' or 'September 1, 2021' beside its year."""
    word, number = "", ""
    if match := _YEAR_FIRST.match(text):
        year, word, number = match[1], match[2] or "", match[3] or ""
    elif match := _MONTH_FIRST.match(text):
        year, word, number = match[3] or year, match[1], match[2] or ""
    month = MONTHS.get(word.lower(), 0)
    day = int(number) if number and month else 0
    if not re.fullmatch(r"[12]\d{3}", year):
        return None
    for parts in ((month, day), (month, 0), (0, 0)):
        try:
            return PartialDate(int(year), *parts)
        except BadDateError:
            continue
    return None

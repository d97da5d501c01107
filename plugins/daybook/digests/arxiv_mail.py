r"""arXiv's daily mailings and text listings: blocks between ``\\`` lines.

https://info.arxiv.org/help/subscribe.html. A listing of several days has a ``/* day */`` before
the papers of each and is a digest for each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..errors import Refusal
from ..records import Entry, PartialDate
from .claims import Claim, Fit, claim_at
from .days import read_moment
from .document import Document
from .doubtful_dates import doubtful_date
from .draft import Draft
from .identifiers import doubtful_id, read_arxiv, read_doi
from .mailing_lines import MARK, RULE, SIGN, Line, lines_as_sent
from .people import split_names
from .remarks import links_in
from .tex import read_tex
from .wording import one_line, paragraphs

_DAY = re.compile(r"/\*(.+)\*/")
_PAPER = re.compile(r"(?:arXiv:|Paper:\s*)(\S+)(.*)", re.IGNORECASE)
_REPLACED = re.compile(r"replaced with revised version (.+?)(?:\s{2,}\(.*)?")
_FIELD = re.compile(r"([A-Z][A-Za-z-]{2,20}(?: \([^)]*\))?)\s*:\s*(.*)")
_REVISED = re.compile(r"Date \(revised v([1-9]\d?)\):")
_ADDRESS = re.compile(r"(?:(?<!\s)\s+)?(?:<[^<>]*>|\([^()@]*@[^()]*\)|[^\s@]{1,64}@\S+)\s*")
_SIZE = re.compile(r"(?<!\s)\s{2,}\([^()]*\)\s*$")
_TITLED = re.compile(r"Title:\s*(\S.*)")
"""Within a paper; an abstract's own lines are indented."""
_REPLACEMENTS = "Replacements"
_LONGEST_SHOWN = 60
_WRAPPED = ("title", "authors", "comments", "journal-ref")
"""Fields that go on in a line that lost its spaces."""
_START_OF_PAGE = re.compile(
    r"arXiv:[\w.-]{4,20}(?:/\d{7})?(?:\s|&nbsp;|&#160;|\\|<[^<>]{0,300}>){1,30}+"
    r"(?:Date|replaced with)\b"
)
_START = re.compile(r"(?m)^\\\\\n(?:/\*|arXiv:|Paper:)")


def accepts(document: Document) -> Claim | None:
    """Claim text for its first block that names an arXiv paper or a day."""
    if document.is_markup:
        return Claim(Fit.LIKELY) if _START_OF_PAGE.search(document.start) else None
    start = document.start[:20_000]
    match = _START.search(start) or SIGN.search(start)
    return claim_at(document, match.start()) if match else None


def _lines(document: Document) -> list[Line]:
    if not document.is_markup:
        return lines_as_sent(document.text)
    from .mailing_page import page_lines  # noqa: PLC0415 - text needs no HTML parser

    return page_lines(document)


def read(document: Document) -> Iterable[Draft]:
    """Read a mailing as one digest, a listing of days as one for each."""
    lines = _lines(document)
    stated_day, groups, day = (
        _header_day(lines),
        list[tuple[PartialDate | None, list[_Block]]](),
        None,
    )
    refusals: list[Refusal] = []
    for block in _blocks(lines):
        heading = _DAY.fullmatch(block.head[0].strip()) if block.head else None
        if heading is not None:
            day = read_moment(heading[1].strip())
            if day is None:
                refusals.append(_refuse(document, block, f"{heading[1].strip()!r} is no date"))
            groups.append((day, []))
            continue
        if not groups:
            groups.append((stated_day, []))
        groups[-1][1].append(block)
    for date, blocks in groups:
        entries = []
        for position, block in enumerate(blocks, 1):
            entry = _entry(position, block)
            if entry is None:
                found = block.head[0].strip() if block.head else ""
                refusals.append(_refuse(document, block, f"a paper was expected, not {found!r}"))
            elif not block.ended:
                refusals.append(_refuse(document, block, f"{entry.title!r} is cut off"))
            else:
                entries.append(entry)
                head = _PAPER.match(next(filter(str.strip, block.head)).strip())
                stated = head[1] if head else None
                refusals += doubtful_id(document.path, block.line, entry, [stated], expected=True)
                refusals += doubtful_date(document.path, block.line, entry, _dates(block, entry))
            refusals += _within(document, block)
        if entries or refusals:
            yield Draft(entries, stated=date, refusals=refusals)
        refusals = []


@dataclass(slots=True)
class _Block:
    line: int
    head: list[str] = field(default_factory=list)
    abstract: list[str] = field(default_factory=list)
    ended: bool = False


def _within(document: Document, block: _Block) -> Iterator[Refusal]:
    """Tell a paper of which the beginning was lost, and which is in the abstract above it."""
    for place, line in enumerate(block.abstract):
        if title := _TITLED.match(line):
            at = block.line + len(block.head) + 1 + place
            words = title[1].strip()[:_LONGEST_SHOWN]
            message = f"{words!r} stands within the paper above it: its own first lines are broken."
            yield Refusal(document.path, at, message, "Save the mailing again.")


def _blocks(lines: list[Line]) -> Iterator[_Block]:
    """Give the blocks: a head between two marks, then an abstract up to a third or a rule.

    Where what stands between is damaged, a paper's first line begins the next all the same.
    """
    block: _Block | None = None
    marks = 0
    for place, (number, line) in enumerate(lines):
        if (block is None or block.head or block.abstract) and _begins(lines, place):
            if block is not None:
                yield block
            block, marks = _Block(number), 1
        if line.startswith(MARK):
            marks += 1
            if block is None:
                block, marks = _Block(number + 1), 1
            block.ended = marks >= 2
        elif RULE.fullmatch(line.strip()):
            if block is not None:
                yield block
            block = None
        elif block is not None:
            if marks == 1 and _PAPER.match(line):
                block.line = number
            (block.head if marks == 1 else block.abstract).append(line)
    if block is not None and (block.head or block.abstract):
        block.ended = block.ended and (marks >= 3 or not "".join(block.abstract).strip())
        yield block


def _begins(lines: list[Line], place: int) -> bool:
    """Whether a line is a paper's first: it names one, and a mark or its fields are beside it."""
    if _PAPER.match(lines[place].text) is None:
        return False
    following = lines[place + 1].text if place + 1 < len(lines) else ""
    return lines[place - 1].text.startswith(MARK) or following.startswith(
        ("Date:", "From:", "Title:")
    )


def _header_day(lines: list[Line]) -> PartialDate | None:
    """Read the ``Date:`` line above the first block."""
    for _, line in lines[:40]:
        if line.startswith(MARK):
            return None
        if line.startswith("Date:"):
            return read_moment(line.removeprefix("Date:"))
    return None


def _entry(position: int, block: _Block) -> Entry | None:
    head = [line for line in block.head if line.strip()]
    paper = _PAPER.match(head[0].strip()) if head else None
    identifier = read_arxiv(paper[1]) if paper else None
    fields = _fields(head[1:])
    title = one_line(read_tex(fields.get("title", ""), braces=True))
    if paper is None or not title:
        return None
    replaced = any(_REPLACED.match(line) for line in head[1:3])
    crossed = "cross-listing" in paper[2]
    names = fields.get("authors") or fields.get("author") or ""
    date = _SIZE.sub("", fields.get("date", ""))
    return Entry(
        position=position,
        line=block.line,
        title=title,
        abstract=paragraphs(read_tex(_joined(block.abstract))),
        authors=split_names(read_tex(names, braces=True)),
        submitter=one_line(_ADDRESS.sub("", fields.get("from", ""))) or None,
        published=None if replaced else read_moment(date) if date else None,
        arxiv=identifier[0] if identifier else None,
        arxiv_version=(identifier[1] if identifier else None) or _revision(head),
        doi=read_doi(fields.get("doi", "").split(" ")[0]),
        venue=one_line(read_tex(fields.get("journal-ref", ""), braces=True)) or None,
        remark=one_line(read_tex(fields.get("comments", ""), braces=True)) or None,
        categories=tuple(fields.get("categories", "").split()),
        links=tuple(dict.fromkeys(links_in(fields.get("comments", "")))),
        group=_REPLACEMENTS if replaced else "Cross-lists" if crossed else None,
    )


def _dates(block: _Block, entry: Entry) -> list[str]:
    """Give what a paper states as its date, where none was read; a replacement has another."""
    if entry.published is not None or entry.group == _REPLACEMENTS:
        return []
    date = _fields([line for line in block.head if line.strip()][1:]).get("date", "")
    return [_SIZE.sub("", date)]


def _fields(lines: list[str]) -> dict[str, str]:
    """Read 'Key: value' lines and their continuations, which begin with a space if it is left."""
    fields: dict[str, list[str]] = {}
    key = None
    for line in lines:
        match = _FIELD.match(line)
        indented = line.startswith((" ", "\t", "\xa0"))  # Copied out of a browser.
        if match and not indented:
            key = match[1].lower().partition(" ")[0]
            fields.setdefault(key, [match[2]])
        elif key is not None and (indented or key in _WRAPPED):
            fields[key].append(line.strip())
    return {key: " ".join(values) for key, values in fields.items()}


def _revision(head: list[str]) -> int | None:
    """Give the last version of a record that lists its revisions: 'Date (revised v2): ...'."""
    found = [int(match[1]) for line in head if (match := _REVISED.match(line))]
    return max(found, default=None)


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).strip("\n")


def _refuse(document: Document, block: _Block, message: str) -> Refusal:
    return Refusal(document.path, block.line, message + ".", "Save the mailing again.")

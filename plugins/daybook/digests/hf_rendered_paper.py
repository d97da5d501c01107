"""Hugging Face's page of a single paper as programs render it: text with links, or Markdown.

The paper's own part ends at 'View arXiv page'; comments and other papers below it are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..errors import MalformedDigestError
from ..records import DayOfYear, Entry, PartialDate
from .days import read_day
from .document import Document
from .draft import Draft
from .identifiers import read_arxiv
from .marks import LINK, normalize, plain
from .shielding import shielded, unshielded
from .stated import read_statement
from .wording import one_line, paragraphs

_END = re.compile(r"\[?View arXiv page\b")
_LOGIN = re.compile(r"/login\?next=%2Fpapers%2F\d{4}\.\d{4,5}")
_PUBLISHED = re.compile(r"Published on ([A-Z][a-z]{2,8} \d{1,2}(?:, \d{4})?)")
_SUBMITTED = re.compile(
    r"Submitted by\s*+(\S[^\n]{0,200}?)?\s*\bon ([A-Z][a-z]{2,8} \d{1,2}(?:, \d{4})?)", re.DOTALL
)
_LINKED = re.compile(r"\[([^\[\]]{0,400})\]\((?:/|#|https?:)[^()\s]*(?: \"[^\"\n]*\")?\)")
"""A link with any address; its words may span lines."""
_PUBLISHED_LINE = re.compile(r"(?m)^[^\S\n]*(?:[-*·]\s?)?Published on [A-Z]")
_END_LINE = re.compile(r"(?m)^[^\n]{0,40}View arXiv page\b")
_LINKED_PAPER = re.compile(r"\]\([^()\s]{0,200}?/(?:abs|pdf|papers)/\d{4}\.\d{4,5}")
_UPVOTE = re.compile(r"Upvote\s+(\d{1,6})")
_ABSTRACT = re.compile(r"(?m)^[^\S\n]*(?:#+\s*)?Abstract\s*(?:\n-{3,}\s*)?$")
_AUTHORS = re.compile(r"(?m)^[^\S\n]*Authors:\s*")
_SUMMARY = re.compile(r"(?m)^[^\S\n]*AI-generated summary\s*$")


def accepts(document: Document) -> bool:
    """Accept text with the page's own lines, in their order, and no link to a paper above them."""
    text = document.start
    published = _PUBLISHED_LINE.search(text)
    if published is None or _LINKED_PAPER.search(text, 0, published.start()):
        return False
    abstract = _ABSTRACT.search(text, published.end())
    end = _END_LINE.search(text, abstract.end()) if abstract else None
    return end is not None and _LOGIN.search(text, published.end()) is not None


def read(document: Document) -> Iterable[Draft]:
    """Read the page as a digest of one paper.

    Raises:
        MalformedDigestError: for a page without a title.
    """
    lines = document.text.split("\n")
    statement = read_statement(document.path, lines)
    last = next(n for n, line in enumerate(lines) if _END.search(line))
    address = next((read_arxiv(link[2]) for link in LINK.finditer(lines[last])), None)
    own = [normalize(shielded(line), {}).rstrip() for line in lines[statement.body : last]]
    unlinked = _LINKED.sub(r"\1", "\n".join(own))
    head, _, rest = unlinked.partition("\nPublished on ")
    rest = "Published on " + rest
    place, title = _title(head.split("\n"))
    if not title:
        raise MalformedDigestError(
            document.path, "expected a paper's title, found none.", hint="Save the page again."
        )
    submitted = _SUBMITTED.search(rest)
    listed = read_day(submitted[2]) if submitted else None
    published = _PUBLISHED.match(rest)
    day = read_day(published[1]) if published else None
    upvotes = _UPVOTE.search(rest)
    abstract, summary = _texts(rest)
    entry = Entry(
        position=1,
        title=title,
        line=statement.body + place + 1,
        abstract=abstract,
        ai_summary=summary,
        authors=_authors(rest),
        submitter=one_line(submitted[1] or "") or None if submitted else None,
        published=day if isinstance(day, PartialDate) else None,
        published_day=day if isinstance(day, DayOfYear) else None,
        submitted=listed if isinstance(listed, PartialDate) else None,
        arxiv=address[0] if address else None,
        upvotes=int(upvotes[1]) if upvotes else None,
    )
    yield Draft(
        [entry],
        name=statement.name,
        stated=statement.date or entry.submitted,
        heading_day=listed if isinstance(listed, DayOfYear) else None,
        refusals=statement.refusals,
    )


def _title(lines: list[str]) -> tuple[int, str]:
    """Give the last line that can be a title, with its index: a heading, or one underlined."""
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place].strip()
        if line and not re.fullmatch(r"[=-]{3,}", line):
            begin = place
            while begin and lines[begin - 1].strip() and line.startswith((" ", "\t")):
                begin -= 1
            return begin, one_line(_plain(line.lstrip("# ")))
    return 0, ""


def _authors(text: str) -> tuple[str, ...] | None:
    begin, end = _AUTHORS.search(text), _ABSTRACT.search(text)
    if begin is None or end is None:
        return None
    listed = " ".join(_plain(line) for line in text[begin.end() : end.start()].split("\n"))
    names = (one_line(name) for name in listed.split(","))
    return tuple(name for name in names if name) or None


def _texts(text: str) -> tuple[str | None, str | None]:
    """Give the abstract and the machine's summary, which stands above it."""
    begin = _ABSTRACT.search(text)
    if begin is None:
        return None, None
    body = "\n".join(_plain(line) for line in text[begin.end() :].split("\n"))
    summary = _SUMMARY.search(body)
    if summary is None:
        return paragraphs(body), None
    return paragraphs(body[summary.end() :]), paragraphs(body[: summary.start()])


def _plain(line: str) -> str:
    return unshielded(plain(line))

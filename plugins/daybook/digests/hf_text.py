"""Hugging Face Daily Papers, copied from the page as plain text.

Three layouts, seen in saved copies: paragraphs between blank lines; titles and abstracts on
alternating lines; and paragraphs with a tail under each ('8 authors', '·', 'Jul 21, 2023 5'). A
number after the date counts comments. No layout marks its titles, so what a paragraph is follows
from its place and its shape: see `_begins_entry`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..errors import MalformedDigestError, Refusal
from ..records import DayOfYear, Entry, PartialDate
from .days import read_day
from .document import Document
from .draft import Draft
from .stated import read_statement

_FURNITURE = frozenset(
    {"new", "get trending papers in your email inbox!", "subscribe", "daily papers"}
    | {"get trending papers in your email inbox once a day!", "trending papers"}
    | {"byak and the research community", "by ak and the research community"}
    | {"by", "ak", "and the research community", "hugging face", "models", "datasets", "spaces"}
    | {"buckets", "community", "posts", "docs", "enterprise", "pricing", "log in", "sign up"}
    | {"daily", "weekly", "monthly", "previous", "next", "load more", "search", "view all"}
    | {"company", "tos", "privacy", "about", "jobs", "careers", "website", "system theme"}
    | {"inference providers", "back to articles", "back to top"}
)
"""Lines of the page around its papers, in lower case."""
_ALWAYS_FURNITURE = frozenset(line for line in _FURNITURE if "inbox" in line) | {"subscribe"}
_MARKS = ("get trending papers in your email inbox", "ak and the research community")

_AUTHORS = re.compile(r"[•·*-]?\s*(\d{1,5}) authors?\s*(?:[·•]\s*(\S.*))?", re.ASCII)
_DATE = re.compile(r"[·•]?\s*([A-Z][a-z]{2,8} \d{1,2}(?:, \d{4})?)(?:\s+(\d{1,6}))?", re.ASCII)
_COUNT = re.compile(r"-|\d{1,6}", re.ASCII)
_SUBMITTED = re.compile(r"Submitted by\b\s*(.*)")
_COPYRIGHT = re.compile(r"(?:©|\(c\)) ?(?:\d{4} )?hugging face(?: \d{4})?\.?", re.IGNORECASE)
_PAGER = re.compile(r"\d{1,3}|\.\.\.|…|[<>«»‹›]", re.ASCII)
_GLUED = re.compile(r"Subscribe(?=[^\sa-z])")
_ENDS_SENTENCE = (".", ";", ",", ":", "。")
_LONGEST_TITLE = 300
_LONGEST_NAME = 60
_PARAGRAPH = 200
"""Characters from which a line is taken for a paragraph whatever its end; the longest title of
626 has 150, the shortest abstract 1,376."""
_WRAP = range(50, 141)
"""Widths at which a hard-wrapped line may break."""


def accepts(document: Document) -> bool:
    """Accept text with the page's furniture or tails, or else with its alternating shape."""
    if document.is_markup or document.start.startswith(("{", "[", "@", "TY  -", "\\\\")):
        return False
    start = document.start
    lowered = start[:4000].lower()
    if any(mark in lowered for mark in _MARKS):
        return True
    lines = [line.strip() for line in start.splitlines()[:400]]
    if any(_AUTHORS.fullmatch(line) for line in lines):
        return True
    return _alternates([line for line in lines if line])


def read(document: Document) -> Iterable[Draft]:
    """Read a text copy, in whichever layout.

    Raises:
        MalformedDigestError: where the page's furniture stands around nothing.
    """
    lines = document.text.split("\n")
    statement = read_statement(document.path, lines)
    units = _trim_end(list(_units(lines, statement.body)))
    page = _Page(document.path)
    start = page.read_head(units)
    for place in range(start, len(units)):
        page.take(units[place], units[place + 1] if place + 1 < len(units) else None)
    refusals = [*statement.refusals, *page.close()]
    if not page.papers:
        raise MalformedDigestError(
            document.path,
            "expected titles and abstracts copied from a Daily Papers page, found none.",
            hint="Copy the whole page again.",
        )
    yield Draft(
        entries=[paper.entry(place) for place, paper in page.papers],
        name=statement.name,
        stated=statement.date,
        heading=page.heading if isinstance(page.heading, PartialDate) else None,
        heading_day=page.heading if isinstance(page.heading, DayOfYear) else None,
        refusals=refusals,
    )


@dataclass(frozen=True, slots=True)
class _Unit:
    """A paragraph: one line, or several that were wrapped."""

    line: int
    text: str


@dataclass(slots=True)
class _Paper:
    """An entry while it is being read."""

    line: int
    title: str
    upvotes: int | None = None
    submitter: str | None = None
    organization: str | None = None
    parts: list[str] = field(default_factory=list)
    author_count: int | None = None
    day: PartialDate | DayOfYear | None = None
    comments: int | None = None
    closed: bool = False
    """Whether a tail ended it."""

    def entry(self, position: int) -> Entry:
        return Entry(
            position=position,
            title=self.title,
            line=self.line,
            abstract="\n\n".join(self.parts) or None,
            author_count=self.author_count,
            organization=self.organization,
            submitter=self.submitter,
            published=self.day if isinstance(self.day, PartialDate) else None,
            published_day=self.day if isinstance(self.day, DayOfYear) else None,
            upvotes=self.upvotes,
            comments=self.comments,
        )


class _Page:
    """The copy of one page while it is being read, paragraph by paragraph."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.papers: list[tuple[int, _Paper]] = []
        self.heading: PartialDate | DayOfYear | None = None
        self.refusals: list[Refusal] = []
        self._upvotes: int | None = None
        self._submitter: str | None = None
        self._awaits_submitter = False
        self._votes_lead = False

    @property
    def _current(self) -> _Paper | None:
        return self.papers[-1][1] if self.papers else None

    def read_head(self, units: list[_Unit]) -> int:
        """Pass over the page's head, noting its date; give the place of the first paper."""
        previous = ""
        for place, unit in enumerate(units):
            text = unit.text
            if previous in _ALWAYS_FURNITURE and previous != "subscribe":
                glued = text.removeprefix("Subscribe")
            else:
                glued = _GLUED.sub("", text, count=1) if _GLUED.match(text) else text
            if glued and glued != text and not text.startswith("Subscribe "):
                text = glued
                units[place] = _Unit(unit.line, text)
            previous = text.lower()
            day = read_day(text)
            if day is not None and self.heading is None:
                self.heading = day
            elif previous not in _FURNITURE and day is None:
                self._votes_lead = _COUNT.fullmatch(text) is not None
                return place
        return len(units)

    def take(self, unit: _Unit, following: _Unit | None) -> None:
        """Take the next paragraph for what it is."""
        text = unit.text
        paper = self._current
        awaits_submitter, self._awaits_submitter = self._awaits_submitter, False
        if awaits_submitter and len(text) <= _LONGEST_NAME:
            self._submitter = text
        elif text.lower() in _ALWAYS_FURNITURE or text in {"·", "•"}:
            return
        elif submitted := _SUBMITTED.fullmatch(text):
            self._submitter = submitted[1] or None
            self._awaits_submitter = not submitted[1]
            if paper is not None:
                paper.closed = True
        elif _COUNT.fullmatch(text):
            self._take_count(paper, text)
        elif tail := _AUTHORS.fullmatch(text):
            self._take_tail(paper, unit, int(tail[1]), tail[2])
        elif (dated := _DATE.fullmatch(text)) and (day := read_day(dated[1])):
            self._take_day(paper, unit, day, dated[2])
        elif paper is None or paper.closed:
            self._begin(unit)
        elif _is_organization(paper, text, following):
            paper.organization, paper.closed = text, True
        elif self._begins_entry(paper, unit, following):
            self._begin(unit)
        else:
            paper.parts.append(text)

    def _begin(self, unit: _Unit) -> None:
        paper = _Paper(unit.line, unit.text, self._upvotes, self._submitter)
        self._upvotes = self._submitter = None
        self.papers.append((len(self.papers) + 1, paper))

    def _begins_entry(self, paper: _Paper, unit: _Unit, following: _Unit | None) -> bool:
        """Whether a paragraph under an open entry is the next title, not more of its abstract.

        The first one under a title is its abstract. A later one is a title when it is short and
        the one after it is long; between short ones, when it does not end as a sentence does.
        """
        text = unit.text
        if not paper.parts or len(text) > _LONGEST_TITLE or "://" in text:
            return False
        is_sentence = text.endswith(_ENDS_SENTENCE)
        if following is None:
            return not is_sentence and len(text) < _PARAGRAPH
        if _AUTHORS.fullmatch(following.text) or following.text in {"·", "•"}:
            return False
        if len(following.text) >= max(_PARAGRAPH, len(text) * 2):
            return True
        return not is_sentence and len(text) < _PARAGRAPH

    def _take_count(self, paper: _Paper | None, text: str) -> None:
        count = int(text) if text != "-" else None
        counts_comments = (
            paper is not None
            and paper.closed
            and paper.comments is None
            and self._submitter is None
            and not (self._votes_lead and paper.day is not None)
        )
        if counts_comments and paper is not None:
            paper.comments = count
            return
        self._upvotes = count
        if paper is not None:
            paper.closed = True

    def _take_tail(self, paper: _Paper | None, unit: _Unit, count: int, rest: str | None) -> None:
        if paper is None or paper.author_count is not None:
            self._stray(unit)
            return
        paper.author_count, paper.closed = count, True
        dated = _DATE.fullmatch(rest) if rest else None
        if dated and (day := read_day(dated[1])):
            self._take_day(paper, unit, day, dated[2])

    def _take_day(
        self, paper: _Paper | None, unit: _Unit, day: PartialDate | DayOfYear, comments: str | None
    ) -> None:
        if paper is None or paper.day is not None:
            self._stray(unit)
            return
        paper.day, paper.closed = day, True
        paper.comments = int(comments) if comments else None

    def _stray(self, unit: _Unit) -> None:
        self.refusals.append(
            Refusal(
                self.path,
                unit.line,
                f"expected a title, found {unit.text[:60]!r}, which belongs to no paper.",
                "See whether a paper is missing before it.",
            )
        )

    def close(self) -> list[Refusal]:
        """End the page: what was cut off is refused or doubted."""
        bare = [paper for _, paper in self.papers if not paper.parts]
        with_abstract = len(self.papers) - len(bare)
        last = self._current
        if last is None:
            return self.refusals
        if self._awaits_submitter or self._submitter is not None:
            self.refusals.append(
                Refusal(
                    self.path,
                    None,
                    "the page is cut off after 'Submitted by', before the last entry's title.",
                    "Copy the whole page again.",
                )
            )
        if not last.parts and not last.closed and with_abstract:
            self.papers.pop()
            self.refusals.append(
                Refusal(
                    self.path,
                    last.line,
                    f"the last entry, {last.title[:60]!r}, is cut off before its abstract.",
                    "Copy the whole page again.",
                )
            )
        elif last.parts and not last.closed and not _ends_well(last.parts[-1]):
            self.refusals.append(
                Refusal(
                    self.path,
                    last.line,
                    f"the abstract of the last entry, {last.title[:60]!r}, seems cut off.",
                    "Copy the whole page again.",
                    fatal=False,
                )
            )
        return self.refusals


def _is_organization(paper: _Paper, text: str, following: _Unit | None) -> bool:
    """Whether a line under an abstract is an organization's name: a dot and a date follow it.

    Pages of 2026 name it in place of the number of authors.
    """
    return (
        bool(paper.parts)
        and len(text) <= _LONGEST_NAME * 2
        and following is not None
        and following.text in {"·", "•"}
    )


def _units(lines: list[str], start: int) -> Iterator[_Unit]:
    """Give the text's paragraphs: lines, or blocks of lines where the text was hard-wrapped."""
    blocks: list[list[_Unit]] = [[]]
    for index in range(start, len(lines)):
        if text := lines[index].strip():
            blocks[-1].append(_Unit(index + 1, text))
        elif blocks[-1]:
            blocks.append([])
    if not _is_wrapped(blocks):
        for block in blocks:
            yield from block
        return
    for block in blocks:
        words = [unit for unit in block if not _is_tail(unit.text)]
        if words:
            yield _Unit(words[0].line, " ".join(unit.text for unit in words))
        yield from (unit for unit in block if _is_tail(unit.text))


def _is_wrapped(blocks: list[list[_Unit]]) -> bool:
    """Whether a program broke the lines: none is long, and a block has lines of like width."""
    if len(blocks) < 3 or any(len(unit.text) > _WRAP.stop for block in blocks for unit in block):
        return False
    for block in blocks:
        widths = [len(unit.text) for unit in block if not _is_tail(unit.text)]
        if len(widths) > 1 and all(width in _WRAP for width in widths[:-1]):
            return True
    return False


def _is_tail(text: str) -> bool:
    return text in {"·", "•"} or any(
        pattern.fullmatch(text) for pattern in (_AUTHORS, _DATE, _COUNT, _SUBMITTED)
    )


def _trim_end(units: list[_Unit]) -> list[_Unit]:
    """Leave out the page's footer: its copyright line, and the menu and pager around it."""
    end = len(units)
    while end:
        before = end
        while end and _is_furniture(units[end - 1].text):
            end -= 1
        run = end
        while run and _PAGER.fullmatch(units[run - 1].text):
            run -= 1
        # A lone number with nothing after it counts a paper's comments.
        if end - run > 1 or end < len(units):
            end = run
        if end == before:
            break
    return units[:end]


def _is_furniture(text: str) -> bool:
    return text.lower() in _FURNITURE or _COPYRIGHT.fullmatch(text) is not None


def _ends_well(text: str) -> bool:
    """Whether a paragraph ends as a finished one does."""
    return text[-1:] in ".!?)]}\"'”’»…。！？$/:;*" or "://" in text.rpartition(" ")[2]


def _alternates(lines: list[str]) -> bool:
    """Whether short lines and long ones take turns, as titles and abstracts do."""
    body = [line for line in lines if line.lower() not in _FURNITURE and read_day(line) is None]
    pairs = list(zip(body[0::2], body[1::2], strict=False))
    good = sum(
        len(title) < _PARAGRAPH <= len(abstract) and abstract.count(" ") > 20
        for title, abstract in pairs
    )
    return bool(pairs) and good * 10 >= len(pairs) * 8

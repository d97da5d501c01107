"""Hugging Face Daily Papers, copied from the page as plain text.

Three layouts, seen in saved copies: paragraphs between blank lines; titles and abstracts on
alternating lines; and paragraphs with a tail under each ('8 authors', '·', 'Jul 21, 2023 5'). A
number after the date counts comments. No layout marks its titles, so what a paragraph is follows
from its place and its shape: see `_begins_entry` and `stands_as_title`. What cannot be told is
refused or doubted by its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..errors import MalformedDigestError, Refusal
from ..records import DayOfYear, PartialDate
from .claims import Claim
from .days import read_day
from .document import Document
from .draft import Draft
from .hf_text_papers import COPY_AGAIN, Paper, ends_well, is_organization, tell_last, tell_odd
from .hf_text_places import (
    ALWAYS_FURNITURE,
    AUTHORS,
    BADGES,
    BYLINE,
    CODE,
    COUNT,
    DATE,
    DOTS,
    ENDS_SENTENCE,
    FURNITURE,
    GLUED,
    LONGEST_NAME,
    LONGEST_TITLE,
    PAGE,
    PARAGRAPH,
    PERIOD,
    STARS,
    SUBMITTED,
    UPVOTE,
    Layout,
    Unit,
    below_masthead,
    claim_of,
    is_rest_of_abstract,
    looks_like_furniture,
    read_heading,
    read_units,
    stands_as_title,
    trim_end,
)
from .stated import read_statement

_JSON = re.compile(
    r"(?m)^(?:\[\s*)?\{\s*(?=\")[^\n]{0,5000}?\"(?:[a-z]{1,20}_)?title\"\s*:", re.IGNORECASE
)


def accepts(document: Document) -> Claim | None:
    """Claim text for a line of the page's own, or else for its tails or its alternating shape.

    A line that is a list in JSON is nobody's abstract.
    """
    return None if _JSON.search(document.start) else claim_of(document)


def read(document: Document) -> Iterable[Draft]:
    """Read a text copy, in whichever layout.

    Raises:
        MalformedDigestError: where the page's furniture stands around nothing.
    """
    lines = document.text.split("\n")
    statement = read_statement(document.path, lines)
    units = trim_end(list(read_units(lines, statement.body)))
    address = PAGE.fullmatch(units[0].text) if units else None
    page = _Page(document.path, below_masthead(units[1:] if address else units))
    if address and address["day"]:
        page.heading = read_day(address["day"])
    for place in range(page.read_head(), len(page.units)):
        page.take(place)
    refusals = [*statement.refusals, *page.close()]
    if not page.papers or page.holds_one_line():
        raise MalformedDigestError(
            document.path,
            "expected titles and abstracts copied from a Daily Papers page, found none"
            + (f" but {page.papers[0][1].title[:60]!r}." if page.papers else "."),
            line=page.papers[0][1].line if page.papers else None,
            hint=COPY_AGAIN,
        )
    yield Draft(
        entries=[paper.entry(place) for place, paper in page.papers if not paper.refused],
        name=statement.name,
        stated=statement.date,
        heading=page.heading if isinstance(page.heading, PartialDate) else None,
        heading_day=page.heading if isinstance(page.heading, DayOfYear) else None,
        refusals=refusals,
    )


_LONGEST_MONTH = 9
"""Letters of its name."""


class _Page:
    """The copy of one page while it is being read, paragraph by paragraph."""

    def __init__(self, path: str, units: list[Unit]) -> None:
        self.path = path
        self.units = units
        self.layout = Layout.of(units)
        self.papers: list[tuple[int, Paper]] = []
        self.heading: PartialDate | DayOfYear | None = None
        self.refusals: list[Refusal] = []
        self._upvotes: int | None = None
        self._unvoted = False
        self._submitter: str | None = None
        self._awaits_submitter = False
        self._votes_lead = False

    @property
    def _current(self) -> Paper | None:
        return self.papers[-1][1] if self.papers else None

    def holds_one_line(self) -> bool:
        """Whether there is one title without anything: words of a login, of an empty day."""
        bare = [not paper.parts and not paper.closed for _, paper in self.papers]
        return bare == [True]

    def read_head(self) -> int:
        """Pass over the page's head, noting its date; give the place of the first paper."""
        previous = ""
        for place, unit in enumerate(self.units):
            text = self._unglued(unit.text, previous)
            is_glued = text != unit.text
            self.units[place] = Unit(unit.line, text)
            previous_is_byline = previous.endswith(BYLINE)
            previous = text.lower()
            day = read_heading(text)
            in_head = previous in FURNITURE or day is not None or PERIOD.fullmatch(text) is not None
            is_title = stands_as_title(self.units, place, self.layout)
            if previous_is_byline and self.heading is None and day is not None:
                is_title = False
            if in_head and is_title and self.heading is None and not is_glued:
                self._doubt(unit, f"{text!r} was taken for the first title, not for the head")
            if not in_head or is_title:
                if not is_title and (COUNT.fullmatch(text) or SUBMITTED.fullmatch(text)):
                    self._votes_lead = COUNT.fullmatch(text) is not None
                    self.layout = Layout(has_tails=True, alternates=False)
                return place
            if day is not None and self.heading is None:
                self.heading = day
            elif day is not None and not self._is_heading(day):
                return place
        return len(self.units)

    def _is_heading(self, day: PartialDate | DayOfYear) -> bool:
        """Whether a day is the one that the page's address gave already."""
        heading = self.heading
        return heading is not None and (day.month, day.day) == (heading.month, heading.day)

    def _unglued(self, text: str, previous: str) -> str:
        """Take away the button's 'Subscribe' where a copy glued it to the first title."""
        if self.heading is not None or previous == "subscribe" or text.startswith("Subscribe "):
            return text
        if previous in ALWAYS_FURNITURE:
            return text.removeprefix("Subscribe") or text
        return GLUED.sub("", text, count=1)

    def take(self, place: int) -> None:
        """Take the next paragraph for what it is."""
        unit = self.units[place]
        following = self.units[place + 1] if place + 1 < len(self.units) else None
        text = unit.text
        paper = self._current
        if paper is not None and self._is_button_count(paper, place):
            return
        is_title = stands_as_title(self.units, place, self.layout)
        awaits_submitter, self._awaits_submitter = self._awaits_submitter, False
        if is_title and (awaits_submitter or looks_like_furniture(text)):
            self._take_unlikely_title(paper, unit, awaits_submitter)
            return
        if not self.layout.has_tails and looks_like_furniture(text):
            self._doubt(unit, f"{text[:60]!r} was not taken for a title")
        if awaits_submitter and len(text) <= LONGEST_NAME:
            self._submitter = text
        elif not is_title and self._is_broken_tail(paper, place):
            self._doubt(unit, f"{text[:60]!r} was taken for the broken end of a tail")
        elif not self._takes_as_furniture(paper, unit):
            self._take_words(paper, unit, following)

    def _is_button_count(self, paper: Paper, place: int) -> bool:
        """Take a button of a Trending page, and the number below it: votes or stars."""
        text, above = self.units[place].text, self.units[place - 1].text
        if not paper.closed:
            return False
        if above.lower() == UPVOTE and COUNT.fullmatch(text):
            paper.upvotes = int(text) if text != "-" else None
            return True
        is_stars = above.lower() in BADGES and STARS.fullmatch(text) is not None
        return is_stars or text.lower() in {UPVOTE, "arxiv page"}

    def _is_broken_tail(self, paper: Paper | None, place: int) -> bool:
        """Whether a line stands where a date does, and is little more than what is left of one."""
        if paper is None or paper.author_count is None or paper.day is not None:
            return False
        text = self.units[place].text
        if self.units[place - 1].text not in DOTS or DATE.fullmatch(text):
            return False
        return any(map(str.isdigit, text)) and sum(map(str.isalpha, text)) <= _LONGEST_MONTH

    def _takes_as_furniture(self, paper: Paper | None, unit: Unit) -> bool:
        """Take what is no title and no abstract; whether it was such."""
        text = unit.text
        if text.lower() in ALWAYS_FURNITURE or text in DOTS:
            return True
        if paper is not None and paper.closed and CODE.fullmatch(text):
            return True
        if submitted := SUBMITTED.fullmatch(text):
            self._submitter = submitted[1] or None
            self._awaits_submitter = not submitted[1]
            if paper is not None:
                paper.closed = True
        elif COUNT.fullmatch(text):
            self._take_count(paper, text)
        elif tail := AUTHORS.fullmatch(text):
            self._take_tail(paper, unit, int(tail[1]), tail[2])
        elif (dated := DATE.fullmatch(text)) and (day := read_day(dated[1])):
            self._take_day(paper, unit, day, dated[2])
        else:
            return False
        return True

    def _take_words(self, paper: Paper | None, unit: Unit, following: Unit | None) -> None:
        """Take a title, a part of an abstract or the name of an organization."""
        text = unit.text
        if paper is None or paper.closed:
            self._begin(unit)
        elif is_organization(paper, text, following):
            paper.name_organization(text)
        elif self._begins_entry(paper, unit, following):
            self._begin(unit)
        else:
            is_more = paper.parts and len(text) >= PARAGRAPH and not paper.refused
            if is_more and not self.layout.has_tails:
                self._doubt(unit, "a second long paragraph was taken for more of the abstract")
            paper.parts.append(text)

    def _take_unlikely_title(self, paper: Paper | None, unit: Unit, named: bool) -> None:
        """Take what could be furniture for a title, as the paragraph after it says it is."""
        if paper is not None and not paper.closed and not paper.parts:
            self._stray(unit, "expected an abstract")
            return
        if named or self._could_fill(paper, unit.text):
            self._doubt(unit, f"{unit.text[:60]!r} was taken for a title, not for a part of a tail")
        self._begin(unit)

    def _could_fill(self, paper: Paper | None, text: str) -> bool:
        """Whether a line could as well be a part that the tail of the paper above lacks."""
        if paper is None or not self.layout.has_tails:
            return False
        if COUNT.fullmatch(text):
            return self._votes_lead or (paper.day is not None and paper.comments is None)
        if AUTHORS.fullmatch(text):
            return paper.author_count is None
        return paper.day is None if DATE.fullmatch(text) else True

    def _begin(self, unit: Unit) -> None:
        expected = f"expected a title of at most {LONGEST_TITLE} characters"
        is_rest = not self.papers and is_rest_of_abstract(unit.text)
        if is_rest or len(unit.text) > LONGEST_TITLE:
            self._stray(
                unit, "expected a title before the end of an abstract" if is_rest else expected
            )
            refused = Paper(unit.line, "", parts=[unit.text], refused=True)
            self.papers.append((len(self.papers) + 1, refused))
            self._upvotes = self._submitter = None
            self._unvoted = False
            return
        if not (COUNT.fullmatch(unit.text) or any(map(str.isalpha, unit.text))):
            self._doubt(unit, f"{unit.text[:60]!r} was taken for a title, though it has no word")
        if len(unit.text) >= PARAGRAPH:
            self._doubt(unit, f"{unit.text[:60]!r} was taken for a title, long as it is")
        paper = Paper(unit.line, unit.text, self._upvotes, self._submitter)
        paper.unvoted = self._unvoted
        self._upvotes = self._submitter = None
        self._unvoted = False
        self.papers.append((len(self.papers) + 1, paper))

    def _begins_entry(self, paper: Paper, unit: Unit, following: Unit | None) -> bool:
        """Whether a paragraph under an open entry is the next title, not more of its abstract.

        The first one under a title is its abstract. A later one is a title when it is short and
        the one after it is long; between short ones, when it does not end as a sentence does.
        """
        text = unit.text
        if len(text) > LONGEST_TITLE:
            return self._has_no_title(paper, text, following)
        if not paper.parts or "://" in text:
            return False
        is_sentence = text.endswith(ENDS_SENTENCE)
        if following is None:
            return not is_sentence and len(text) < PARAGRAPH
        if AUTHORS.fullmatch(following.text) or following.text in DOTS:
            return False
        if len(following.text) >= max(PARAGRAPH, len(text) * 2):
            return True
        return not is_sentence and len(text) < PARAGRAPH

    def _has_no_title(self, paper: Paper, text: str, following: Unit | None) -> bool:
        """Whether a paragraph too long for a title stands where one is due.

        It does in place of every other line; elsewhere where it does not end as paragraphs do.
        """
        if not paper.parts or (paper.refused and len(paper.parts) == 1):
            return False
        leads = following is not None and len(following.text) >= PARAGRAPH
        return self.layout.alternates or (leads and not ends_well(text))

    def _take_count(self, paper: Paper | None, text: str) -> None:
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
        self._upvotes, self._unvoted = count, count is None
        if paper is not None:
            paper.closed = True

    def _take_tail(self, paper: Paper | None, unit: Unit, count: int, rest: str | None) -> None:
        if paper is None or paper.author_count is not None:
            self._stray(unit)
            return
        paper.author_count, paper.closed = count, True
        dated = DATE.fullmatch(rest) if rest else None
        if dated and (day := read_day(dated[1])):
            self._take_day(paper, unit, day, dated[2])

    def _take_day(
        self, paper: Paper | None, unit: Unit, day: PartialDate | DayOfYear, comments: str | None
    ) -> None:
        if paper is None or paper.day is not None:
            self._stray(unit)
            return
        paper.day, paper.closed = day, True
        paper.comments = int(comments) if comments else None

    def _doubt(self, unit: Unit, what: str) -> None:
        hint = "See whether a line is missing around it."
        self.refusals.append(Refusal(self.path, unit.line, f"{what}.", hint, fatal=False))

    def _stray(self, unit: Unit, expected: str = "expected a title") -> None:
        self.refusals.append(
            Refusal(
                self.path,
                unit.line,
                f"{expected}, found {unit.text[:60]!r}, which belongs to no paper.",
                "See whether a paper is missing before it.",
            )
        )

    def close(self) -> list[Refusal]:
        """End the page: what was cut off is refused or doubted."""
        papers = [paper for _, paper in self.papers]
        if not papers:
            return self.refusals
        if self._awaits_submitter or self._submitter is not None:
            message = "the page is cut off after 'Submitted by', before the last entry's title."
            self.refusals.append(Refusal(self.path, None, message, COPY_AGAIN))
        ending, is_paper = tell_last(self.path, papers)
        self.refusals += ending
        if not is_paper:
            self.papers.pop()
        self.refusals += tell_odd(self.path, papers)
        return self.refusals

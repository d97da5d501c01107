"""The papers of a copied Daily Papers page: what is known of one, and which look damaged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..errors import Refusal
from ..records import DayOfYear, Entry, PartialDate
from .hf_text_places import DOTS, ENDS_SENTENCE, LONGEST_NAME, Unit, is_marked

COPY_AGAIN = "Copy the whole page again."
_FEWEST = 2
"""Papers that are alike, for one that is not to be told."""
_LONG_NAME = 4
"""Words that few names of organizations have."""


@dataclass(slots=True)
class Paper:
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
    unvoted: bool = False
    """Whether a dash says that nobody voted for it."""
    refused: bool = False
    """Whether it only keeps what has no title away from its neighbours."""

    def name_organization(self, text: str) -> None:
        """Take an organization's name, which ends a paper; a short one above it is the same's."""
        self.organization, self.closed = text, True
        if all(len(part) <= LONGEST_NAME and not ends_well(part) for part in self.parts):
            self.parts.clear()

    def entry(self, position: int) -> Entry:
        """Give what is known of it."""
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


def is_organization(paper: Paper, text: str, following: Unit | None) -> bool:
    """Whether a line under a title or an abstract names who wrote it: a dot and a tail follow it.

    Pages of 2026 name an organization in place of the number of authors, or before it.
    """
    return (
        (bool(paper.parts) or not text.endswith(ENDS_SENTENCE))
        and len(text) <= LONGEST_NAME * 2
        and following is not None
        and (
            following.text in DOTS
            or (is_marked(following.text) and not text.endswith(ENDS_SENTENCE))
        )
    )


def ends_well(text: str) -> bool:
    """Whether a paragraph ends as a finished one does."""
    return text[-1:] in ".!?)]}\"'”’»…。！？$/:;*" or "://" in text.rpartition(" ")[2]


def tell_last(path: str, papers: Sequence[Paper]) -> tuple[list[Refusal], bool]:
    """Tell a last paper that seems cut off; whether it is kept, which it is with an abstract."""
    last = papers[-1]
    if not last.parts and not last.closed and any(paper.parts for paper in papers):
        message = f"the last entry, {last.title[:60]!r}, is cut off before its abstract."
        return [Refusal(path, last.line, message, COPY_AGAIN)], False
    if last.parts and not last.closed and not last.refused and not ends_well(last.parts[-1]):
        message = f"the abstract of the last entry, {last.title[:60]!r}, seems cut off."
        return [Refusal(path, last.line, message, COPY_AGAIN, fatal=False)], True
    return [], True


def tell_odd(path: str, papers: Sequence[Paper]) -> list[Refusal]:
    """Tell the papers that lack what all the others have above their titles, or alone have more.

    What stands there may be what is left of another paper, or the title the other's.
    """
    odd = [
        paper
        for paper in papers
        if paper.submitter is None or (paper.upvotes is None and not paper.unvoted)
    ]
    headed = len(papers) - len(odd)
    told = [
        _doubt(path, paper, "lacks who submitted it, or its votes")
        for paper in odd
        if headed >= max(_FEWEST, 2 * len(odd))
    ]
    named = [paper for paper in papers if paper.organization is not None]
    if len(named) == 1 and len(papers) > _FEWEST:
        (paper,) = named
        name = paper.organization or ""
        if len(name.split()) > _LONG_NAME and paper not in odd:
            told.append(_doubt(path, paper, f"alone names an organization, {name[:60]!r}"))
    return told


def _doubt(path: str, paper: Paper, what: str) -> Refusal:
    message = f"the entry {paper.title[:60]!r} {what}: another may be lost above or below it."
    return Refusal(path, paper.line, message, "See whether a line is missing.", fatal=False)

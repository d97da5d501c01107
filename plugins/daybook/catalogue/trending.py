"""What readers of the newest digests take notice of, by a formula that the page shows.

Figures are those that digests printed. Time is counted back from the newest digest, never from
today, so that an archive that nobody adds to does not change.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from ..records import Paper
from . import addresses
from .shelves import Shelves
from .wording import counted

FORMULA = (
    "(upvotes + 2 × comments + 10 × digests after the first) × 30 / "
    "(30 + days from its last digest to the newest digest)"
)
_COMMENT, _AGAIN, _DAYS = 2, 10, 30
_FEWEST = 5
"""So many papers must have a figure: among fewer, one upvote would make a trend."""
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Trend:
    """A paper, with its figures."""

    title: str | Markup
    url: str
    figures: str
    """'24 upvotes, 1 comment, 2 digests, 8 days before the newest: 27.6', of what is known."""


def trending(shelves: Shelves) -> tuple[Trend, ...]:
    """Rank the papers of dated digests that have upvotes or comments; none where few have."""
    days = {
        digest.id: digest.date.latest
        for digest in shelves.archive.digests
        if digest.date and digest.date.day
    }
    noticed = [
        (paper, max(seen))
        for paper in shelves.papers
        if (paper.upvotes or paper.comments)
        and (seen := [days[place.digest] for place in paper.digests if place.digest in days])
    ]
    if len(noticed) < _FEWEST:
        return ()
    newest = max(days.values())
    ranked = sorted(
        (
            (_tenths(paper, (newest - last).days), paper.number, paper, last)
            for paper, last in noticed
        ),
        key=lambda found: (-found[0], found[1]),
    )
    return tuple(
        Trend(
            shelves.headings[paper.slug],
            addresses.paper(paper.slug),
            _figures(paper, (newest - last).days, tenths),
        )
        for tenths, _, paper, last in ranked[:_SHOWN]
    )


def _tenths(paper: Paper, days: int) -> int:
    """Give ten times the points, in whole numbers, so that every machine ranks alike."""
    points = (paper.upvotes or 0) + _COMMENT * (paper.comments or 0)
    points += _AGAIN * (paper.digest_count - 1)
    return (10 * points * _DAYS) // (_DAYS + days)


def _figures(paper: Paper, days: int, tenths: int) -> str:
    said = ((paper.upvotes, "upvote"), (paper.comments, "comment"), (paper.digest_count, "digest"))
    parts = [counted(number, of) for number, of in said if number is not None]
    when = f"{counted(days, 'day')} before the newest" if days else "in the newest"
    return f"{', '.join(parts)}, {when}: {tenths // 10:,}.{tenths % 10}"

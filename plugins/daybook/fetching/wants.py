"""What a paper lacks, and when what somebody else says is certainly about that paper."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ..archive.identity import arxiv_of_doi, title_key
from ..records import Entry, Paper, PartialDate

FIELDS = ("arxiv", "authors", "categories", "date", "doi", "venue")
"""What is looked up, by the names that the metadata folder gives the sources of facts."""
_NO_VENUE = ("arxiv", "corr", "ssrn", "biorxiv", "medrxiv", "openreview", "zenodo", "preprint")
"""Places to put a paper that are no venue."""


@dataclass(frozen=True, slots=True)
class Want:
    """A paper of the archive, as far as it is known."""

    slug: str
    title: str
    arxiv: str | None = None
    doi: str | None = None
    authors: tuple[str, ...] | None = None
    author_count: int | None = None
    categories: tuple[str, ...] = ()
    date: PartialDate | None = None
    venue: str | None = None
    has_namesake: bool = False
    """Whether another paper of the archive has this title, so that the title says nothing."""

    @property
    def key(self) -> str:
        """The normalized title."""
        return title_key(self.title)

    @property
    def lacks(self) -> frozenset[str]:
        """The fields that are not known, or not exactly."""
        known = {
            "arxiv": self.arxiv,
            "authors": self.authors,
            "categories": self.categories,
            "date": self.date and self.date.day,
            "doi": self.doi,
            "venue": self.venue,
        }
        return frozenset(field for field, value in known.items() if not value)

    @property
    def title_says(self) -> bool:
        """Whether title and year can tell the paper from every other."""
        return self.date is not None and not self.has_namesake and len(self.key) > 8


@dataclass(frozen=True, slots=True)
class Finding:
    """What a source says of a paper."""

    titles: tuple[str, ...]
    """As the source spells it, with and without a subtitle."""
    arxiv: str | None = None
    doi: str | None = None
    authors: tuple[str, ...] | None = None
    categories: tuple[str, ...] = ()
    date: PartialDate | None = None
    venue: str | None = None

    @classmethod
    def of(cls, entry: Entry, *more: str) -> Finding:
        """Give what an entry says; `more` are further titles."""
        return cls(
            (entry.title, *more),
            entry.arxiv or arxiv_of_doi(entry.doi),
            entry.doi,
            entry.authors,
            entry.categories,
            entry.published,
            entry.venue,
        )


def list_wants(papers: Iterable[Paper]) -> list[Want]:
    """Give every paper as something to look up, by its slug."""
    papers = sorted(papers, key=lambda paper: paper.slug)
    times = Counter(title_key(paper.title) for paper in papers)
    return [
        Want(
            slug=paper.slug,
            title=paper.title,
            arxiv=paper.arxiv,
            doi=paper.doi,
            authors=paper.authors,
            author_count=paper.author_count,
            categories=paper.categories,
            date=paper.published,
            venue=paper.venue,
            has_namesake=times[title_key(paper.title)] > 1,
        )
        for paper in papers
    ]


def find_by_id(want: Want, findings: Iterable[Finding]) -> Finding | None:
    """Give the finding with the paper's own arXiv id or DOI."""
    for finding in findings:
        if (want.arxiv and finding.arxiv == want.arxiv) or (want.doi and finding.doi == want.doi):
            return finding
    return None


def find_by_title(want: Want, findings: Iterable[Finding]) -> Finding | None:
    """Give the one finding of exactly the paper's title (normalized) and its year.

    Several different ones, and authors none of whom are the paper's, are no certainty.
    """
    if not want.title_says or want.date is None:
        return None
    same = [
        finding
        for finding in findings
        if want.key in map(title_key, finding.titles)
        and finding.date is not None
        and finding.date.year == want.date.year
    ]
    if len({(finding.arxiv, finding.doi) for finding in same}) != 1:
        return None
    return same[0] if _can_share_authors(want.authors, same[0].authors) else None


def learn(want: Want, finding: Finding) -> Want:
    """Give the paper with what it lacked and the finding has; nothing known is ever changed."""
    new: dict[str, Any] = {}
    for field in sorted(want.lacks):
        value = getattr(finding, field)
        if value and (field not in _SAYS_MORE or _SAYS_MORE[field](want, value)):
            new[field] = value
    return dataclasses.replace(want, **new) if new else want


def _is_more_exact(want: Want, date: PartialDate) -> bool:
    """Whether a date says more than the paper's own, and nothing against it."""
    known = want.date
    if known is None:
        return True
    inside = known.earliest <= date.earliest and date.latest <= known.latest
    return inside and date != known


def _is_venue(_want: Want, venue: str) -> bool:
    return not venue.casefold().startswith(_NO_VENUE)


def _is_publishers(_want: Want, doi: str) -> bool:
    """Whether a DOI says more than the arXiv id: not arXiv's own."""
    return arxiv_of_doi(doi) is None


def _are_all(want: Want, authors: Sequence[str]) -> bool:
    """Whether as many authors are named as the paper is known to have."""
    return want.author_count in (None, len(authors))


_SAYS_MORE: dict[str, Callable[[Want, Any], bool]] = {
    "date": _is_more_exact,
    "venue": _is_venue,
    "doi": _is_publishers,
    "authors": _are_all,
}


def _can_share_authors(ours: Sequence[str] | None, theirs: Sequence[str] | None) -> bool:
    if not ours or not theirs:
        return True
    return bool({_family(name) for name in ours} & {_family(name) for name in theirs})


def _family(name: str) -> str:
    return title_key(name.rsplit(maxsplit=1)[-1]) if name.split() else ""

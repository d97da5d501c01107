"""Related papers as a paper's page shows them: a link, a year, and why, in words."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..learning.learned import Learned
from ..learning.related import Relation, relate
from ..records import Archive, Paper
from . import addresses
from .views import RelatedPaper
from .wording import excerpt

_TITLE = 80
"""Characters of a title that is longer."""


def relations(
    archive: Archive, learned: Learned | None, cache: Path | None
) -> dict[int, tuple[Relation, ...]]:
    """Find every paper's related papers, by number; without `learned` from the papers alone."""
    return relate(archive.papers, learned, cache)


def related_papers(
    found: tuple[Relation, ...], papers: Mapping[int, Paper], titles: Mapping[str, str]
) -> tuple[RelatedPaper, ...]:
    """Say what a page shows of the papers related to its own."""
    return tuple(
        RelatedPaper(
            excerpt(titles[other.slug], _TITLE) or "",
            addresses.paper(other.slug).rpartition("/")[2],
            str(other.published.year) if other.published else "",
            ", ".join([*relation.words, *(f"by {name}" for name in relation.authors)]),
        )
        for relation in found
        for other in [papers[relation.number]]
    )

"""Related papers as a paper's page shows them: a link, a year, and why, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..learning.relations import Relation
from ..records import Paper
from . import addresses
from .views import RelatedPaper
from .wording import excerpt

_TITLE = 80
"""Characters of a title that is longer."""


class Neighbours:
    """Says what pages show of related papers: what a paper is called once, however many name it."""

    def __init__(self, papers: Mapping[int, Paper], titles: Mapping[str, str]) -> None:
        self._papers, self._titles = papers, titles
        self._known: dict[int, tuple[str, str, str]] = {}

    def named(self, found: Iterable[Relation]) -> tuple[RelatedPaper, ...]:
        """Say what a page shows of the papers related to its own."""
        return tuple([self._named(relation) for relation in found])

    def _named(self, relation: Relation) -> RelatedPaper:
        known = self._known.get(relation.number)
        if known is None:
            other = self._papers[relation.number]
            title = excerpt(self._titles[other.slug], _TITLE) or ""
            year = str(other.published.year) if other.published else ""
            url = addresses.paper(other.slug).rpartition("/")[2]
            known = self._known[relation.number] = (title, url, year)
        reason = ", ".join(relation.words)
        for name in relation.authors:
            reason += f", by {name}" if reason else f"by {name}"
        return RelatedPaper(*known, reason)

"""Related papers as a paper's page shows them: a link, a year, and why, in words."""

from __future__ import annotations

from collections.abc import Mapping

from ..learning.relations import BETWEEN, Plain
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

    def named(self, found: Plain) -> tuple[RelatedPaper, ...]:
        """Say what a page shows of the papers related to its own."""
        return tuple(map(self._named, *found))

    def _named(self, number: int, words: str, author: str | None) -> RelatedPaper:
        known = self._known.get(number)
        if known is None:
            other = self._papers[number]
            title = excerpt(self._titles[other.slug], _TITLE) or ""
            year = str(other.published.year) if other.published else ""
            url = addresses.paper(other.slug).rpartition("/")[2]
            known = self._known[number] = (title, url, year)
        reason = words.replace(BETWEEN, ", ")
        if author is not None:
            reason += f", by {author}" if reason else f"by {author}"
        return RelatedPaper(*known, reason)

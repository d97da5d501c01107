"""Related papers, found by another core where that pays, while this process does something else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..forks import A_CORES_WORTH, Child, cores
from ..records import Paper
from .learned import Learned
from .relations import Plain, Relations
from .remembered import origin_of, read_related, write_related

_WORTH_REMEMBERING = 200
"""So many papers take longer to compare than it takes to read what was found of them."""


class Relating:
    """Every paper's related papers, from the moment on that somebody asks for them."""

    def __init__(
        self,
        papers: Sequence[Paper],
        learned: Learned | None,
        cache_folder: Path | None = None,
        remembered: str | None = None,
    ) -> None:
        """Begin, unless a cache knows most: then it is done sooner than another core starts.

        Args:
            papers: the archive's.
            learned: what was learned from the whole archive; without it, its papers tell.
            cache_folder: where what is found outlives this run.
            remembered: what an earlier build had `to_remember`: the same if it is of the same.
        """
        self._papers, self._learned, self._cache_folder = papers, learned, cache_folder
        self._origin = origin_of(papers, learned) if len(papers) >= _WORTH_REMEMBERING else None
        self._found: Relations | None = None
        if self._origin is not None and remembered is not None:
            self._found = read_related(remembered, self._origin)
        self._remembered = remembered if self._found is not None else None
        worth = self._found is None and len(papers) >= 2 * A_CORES_WORTH and cores() > 1
        self._child = Child(self._relate) if worth and not self._is_recalled() else None

    def _is_recalled(self) -> bool:
        return self._cache_folder is not None and any(self._cache_folder.glob("related-*.cache"))

    def _relate(self) -> Relations:
        from .related import relate  # noqa: PLC0415 - numpy, which a child alone may need

        return relate(self._papers, self._learned, self._cache_folder)

    def to_remember(self) -> str | None:
        """Give what a later build may take over; ``None`` of too few papers to be worth it."""
        if self._origin is None:
            return None
        return self._remembered or write_related(self.found(), self._origin)

    def is_ready(self) -> bool:
        """Tell whether asking makes nobody wait for another process."""
        return self._child is None or self._child.is_ready()

    def found(self) -> Relations:
        """Give the related papers, once they are there.

        Whatever befalls another process, its work is done again here.
        """
        if self._found is None:
            sent = self._child.receive()[1] if self._child is not None else None
            self._child = None
            self._found = sent if sent is not None else self._relate()
        return self._found

    def plain(self, paper: Paper) -> Plain:
        """Give a paper's related papers, the nearest first, as plain values."""
        return self.found().plain(paper.number)

    def end(self) -> None:
        """Stop whatever is still being done."""
        if self._child is not None:
            self._child.end()

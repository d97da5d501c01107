"""Which papers may be near one: those whose strong features meet its own most.

A list of candidates is a row of numbers in order: how much less than `MOST_MEETING` two papers
meet, times 2 ** 32, plus the place of the other one; `NOBODY` where there are no more.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from .runs import Numbers
from .vectors import LENGTH, MOST_STRONG, Vectors

MOST_CANDIDATES = 32
MOST_MEETING = MOST_STRONG * LENGTH * LENGTH
NOBODY = 1 << 62
WHO = (1 << 32) - 1
"""The bits of a candidate's place."""
_ITEM = 52
"""Bits of a candidate; above them stands who asks."""
_ASKING = 11
"""Bits of the places of those who ask together."""
_AT_ONCE = 1_000_000
"""Postings that are looked at together, about."""


class Finder:
    """Finds papers by their strong features."""

    def __init__(self, vectors: Vectors, listed: NDArray[np.bool_]) -> None:
        """Take the papers' vectors; only those `listed` are found."""
        strong = np.arange(MOST_STRONG) < vectors.strong[:, None]
        self._places, columns = np.nonzero(strong)
        self._features = vectors.features[self._places, columns]
        self._weights = vectors.weights[self._places, columns].astype(np.int64)
        self._starts = np.searchsorted(self._places, np.arange(len(strong) + 1))
        found = np.flatnonzero(listed[self._places])
        found = found[np.argsort(self._features[found], kind="stable")]
        self._posted = self._features[found]
        self._posts = self._places[found] << 16 | self._weights[found]
        self._first = np.zeros(len(self._features), np.int64)
        """Where the papers begin that are found by a feature, once its paper asks."""
        self._counts = np.zeros(len(self._features), np.int64)

    def ask(
        self, asking: Numbers, candidates: Numbers, entering: NDArray[np.bool_] | None = None
    ) -> Numbers:
        """Enter the candidates of those who ask into their rows.

        Those of them who are `entering` are new to the others, into whose lists they come where
        they meet them enough; the others whose lists that changes are returned.
        """
        stay = np.ones(len(candidates), np.bool_)
        stay[asking] = False
        own, _ = self._own(asking)
        features = self._features[own]
        self._first[own] = first = np.searchsorted(self._posted, features)
        self._counts[own] = np.searchsorted(self._posted, features, side="right") - first
        news = [np.zeros((0, 2), np.int64)]
        for some in self._portions(asking):
            found = self._met(some)
            candidates[some] = _first(found, some)
            if entering is not None:
                row, item = found >> _ITEM, found & ((1 << _ITEM) - 1)
                who = item & WHO
                back = item - who + some[row]
                wanted = entering[some[row]] & stay[who] & (back < candidates[who, -1])
                news.append(np.stack([who[wanted], back[wanted]], axis=1))
        return _entered(np.concatenate(news), candidates)

    def _portions(self, asking: Numbers) -> Iterator[Numbers]:
        """Divide those who ask by how many postings they look at."""
        postings = np.append(0, np.cumsum(self._counts))
        total = np.cumsum(postings[self._starts[asking + 1]] - postings[self._starts[asking]])
        portion = total // _AT_ONCE
        for some in np.split(asking, np.flatnonzero(np.diff(portion)) + 1):
            for start in range(0, len(some), 1 << _ASKING):
                yield some[start : start + (1 << _ASKING)]

    def _own(self, asking: Numbers) -> tuple[Numbers, Numbers]:
        """Give the places of papers' strong features, and how many each paper has."""
        rows = self._starts[asking + 1] - self._starts[asking]
        begins = np.repeat(self._starts[asking] - np.cumsum(rows) + rows, rows)
        return begins + np.arange(len(begins)), rows

    def _met(self, asking: Numbers) -> Numbers:
        """Give whom papers meet, themselves too: place among those who ask, then candidate."""
        own, rows = self._own(asking)
        counts = self._counts[own]
        at = np.repeat(self._first[own] - np.cumsum(counts) + counts, counts)
        at += np.arange(len(at))
        meets = self._posts[at]
        meeting = meets & 0xFFFF
        meets ^= meeting
        meeting *= np.repeat(self._weights[own], counts)
        meets |= meeting
        meets |= np.repeat(np.repeat(np.arange(len(asking)) << 48, rows), counts)
        meets.sort()
        pairs = meets >> 16
        ends = np.flatnonzero(np.append(pairs[1:] != pairs[:-1], np.ones(min(1, len(pairs)), bool)))
        meets &= 0xFFFF
        meeting = np.cumsum(meets)[ends]
        meeting[1:] -= meeting[:-1].copy()
        pairs = pairs[ends]
        found: Numbers = (pairs >> 32 << _ITEM) | (MOST_MEETING - meeting) << 32 | (pairs & WHO)
        found.sort()
        return found


def _first(found: Numbers, asking: Numbers) -> Numbers:
    """Give the first candidates of those who ask, who are none themselves."""
    bounds = np.append(np.searchsorted(found, np.arange(len(asking)) << _ITEM), len(found))
    at = bounds[:-1, None] + np.arange(MOST_CANDIDATES + 1)
    first = np.append(found, NOBODY)[np.minimum(at, len(found))] & ((1 << _ITEM) - 1)
    here = (at < bounds[1:, None]) & (first & WHO != asking[:, None])
    return np.sort(np.where(here, first, NOBODY), axis=1)[:, :MOST_CANDIDATES]


def _entered(news: Numbers, candidates: Numbers) -> Numbers:
    """Enter new candidates into the lists of others; give those others."""
    news = news[np.argsort(news[:, 0], kind="stable")]
    others, begins = np.unique(news[:, 0], return_index=True)
    for other, some in zip(others.tolist(), np.split(news[:, 1], begins[1:]), strict=False):
        known = np.concatenate([candidates[other], some])
        known.sort()
        candidates[other] = known[:MOST_CANDIDATES]
    return others

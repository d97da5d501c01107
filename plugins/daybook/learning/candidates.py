"""Which papers may be near one: those whose strong features meet its own most.

A list of candidates is a row of numbers in order: how much less than `MOST_MEETING` two papers
meet, times 2 ** 32, plus the place of the other one; `NOBODY` where there are no more.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from .runs import Numbers, places_in
from .vectors import LENGTH, MOST_STRONG, Vectors

MOST_CANDIDATES = 32
MOST_MEETING = MOST_STRONG * LENGTH * LENGTH
NOBODY = 1 << 62
WHO = (1 << 32) - 1
"""The bits of a candidate's place."""
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

    def ask(
        self, asking: Numbers, candidates: Numbers, entering: NDArray[np.bool_] | None = None
    ) -> Numbers:
        """Enter the candidates of those who ask into their rows.

        Those of them who are `entering` are new to the others, into whose lists they come where
        they meet them enough; the others whose lists that changes are returned.
        """
        stay = np.ones(len(candidates), np.bool_)
        stay[asking] = False
        candidates[asking] = NOBODY
        news = [np.zeros((0, 2), np.int64)]
        for some in self._portions(asking):
            row, item = self._met(some)
            column = places_in(row)
            fits = column < MOST_CANDIDATES
            candidates[some[row[fits]], column[fits]] = item[fits]
            if entering is not None:
                who = item & WHO
                wanted = entering[some[row]] & stay[who] & (item < candidates[who, -1])
                back = item[wanted] - who[wanted] + some[row[wanted]]
                news.append(np.stack([who[wanted], back], axis=1))
        return _entered(np.concatenate(news), candidates)

    def _portions(self, asking: Numbers) -> Iterator[Numbers]:
        """Divide those who ask by how many postings they look at."""
        postings = np.zeros(len(self._features) + 1, np.int64)
        np.cumsum(self._counts(self._features), out=postings[1:])
        total = np.cumsum(postings[self._starts[asking + 1]] - postings[self._starts[asking]])
        portion = total // _AT_ONCE
        for some in np.split(asking, np.flatnonzero(np.diff(portion)) + 1):
            for start in range(0, len(some), 1 << _ASKING):
                yield some[start : start + (1 << _ASKING)]

    def _counts(self, features: Numbers) -> Numbers:
        """Count the papers that are found by features."""
        first = np.searchsorted(self._posted, features)
        return np.searchsorted(self._posted, features, side="right") - first

    def _met(self, asking: Numbers) -> tuple[Numbers, Numbers]:
        """Give who asks and whom they meet, by place among those who ask, nearest first."""
        rows = self._starts[asking + 1] - self._starts[asking]
        own = np.repeat(self._starts[asking] - np.cumsum(rows) + rows, rows) + np.arange(rows.sum())
        row = np.repeat(np.arange(len(asking)), rows)
        first = np.searchsorted(self._posted, self._features[own])
        counts = self._counts(self._features[own])
        at = np.repeat(first - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
        row, weight = np.repeat(row, counts), np.repeat(self._weights[own], counts)
        posts = self._posts[at]
        place = posts >> 16
        others = place != asking[row]
        meets = (row << 48 | place << 16 | (posts & 0xFFFF) * weight)[others]
        meets.sort()
        if not len(meets):
            return meets, meets
        pairs = meets >> 16
        starts = np.flatnonzero(np.diff(pairs, prepend=-1))
        meeting = np.add.reduceat(meets & 0xFFFF, starts)
        pairs = pairs[starts]
        found = pairs >> 32 << 52 | (MOST_MEETING - meeting) << 32 | (pairs & WHO)
        found.sort()
        return found >> 52, found & ((1 << 52) - 1)


def _entered(news: Numbers, candidates: Numbers) -> Numbers:
    """Enter new candidates into the lists of others; give those others."""
    news = news[np.argsort(news[:, 0], kind="stable")]
    others, begins = np.unique(news[:, 0], return_index=True)
    for other, some in zip(others.tolist(), np.split(news[:, 1], begins[1:]), strict=False):
        known = np.concatenate([candidates[other], some])
        known.sort()
        candidates[other] = known[:MOST_CANDIDATES]
    return others

"""How near papers are to each other: by all of their features, topics, authors and years.

What two papers share is counted feature by feature, times how many they share, so that one odd word
in common is not enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..records import Paper
from .candidates import NOBODY, WHO
from .said import Numbers
from .vectors import Vectors, places_in

MOST = 8
NEAR_ENOUGH = 3000
"""Papers that are less near than this are not shown."""
_BREADTH = 8
"""With so many shared features, half of what they count is counted."""
_MOST_FAVOUR = 131
"""Per cent: what two topics and an author in common make of nearness."""
_TOLD = 6
"""So many of the features that two papers share may tell why they are near."""
_TABLE = 8_000_000
"""Bytes of a table of papers by features."""


@dataclass(frozen=True, slots=True)
class Near:
    """A paper that is near another."""

    place: int
    shared: list[int]
    """Features of both, the weightiest first; -1 for none."""


class Nearness:
    """Compares papers with their candidates."""

    def __init__(self, papers: Sequence[Paper], authors: Sequence[Set[int]], vectors: Vectors):
        self._vectors = vectors
        names, counts = np.unique(vectors.features, return_counts=True)
        names = names[(counts > 1) & (names >= 0)]
        at = np.minimum(np.searchsorted(names, vectors.features), max(len(names) - 1, 0))
        known = names[at] == vectors.features if len(names) else np.zeros(at.shape, np.bool_)
        self._columns = np.where(known, at + 1, 0)
        """Each paper's features as columns of a table; 0 for those that no other paper has."""
        self._width = len(names) + 1
        self._authors = authors
        self._years = np.array([p.published.year if p.published else 0 for p in papers], np.int64)
        self._topics = _topic_numbers(papers)

    def nearest(self, places: Numbers, candidates: Numbers) -> Iterator[tuple[int, list[Near]]]:
        """Give of some papers those of their candidates that are near, the nearest first."""
        rows = max(8, _TABLE // self._width)
        table = np.zeros((min(rows, len(places)), self._width), np.uint8)
        for start in range(0, len(places), rows):
            some = places[start : start + rows]
            found: list[list[Near]] = [[] for _ in some]
            for row, place, shared in self._compared(some, candidates[some], table):
                found[row].append(Near(place, shared))
            yield from zip(some.tolist(), found, strict=True)

    def _compared(
        self, places: Numbers, candidates: Numbers, table: NDArray[np.uint8]
    ) -> Iterator[tuple[int, int, list[int]]]:
        """Give pairs of a row and the place of a near paper, in order, with what both share."""
        row, column = np.nonzero(candidates != NOBODY)
        other = candidates[row, column] & WHO
        columns, weights = self._columns[places], self._vectors.weights
        rows = np.arange(len(places))[:, None]
        table[rows, columns] = weights[places] + 1  # 0 is for what a paper does not have
        table[:, 0] = 0
        own = table[row[:, None], self._columns[other]].astype(np.int32)
        table[rows, columns] = 0
        shares = own > 0
        product = (own - shares) * weights[other]
        count = shares.sum(1)
        value = product.sum(1) * count // (count + _BREADTH)
        passes = np.flatnonzero(value * _MOST_FAVOUR >= NEAR_ENOUGH * 100)
        value = self._favoured(places[row[passes]], other[passes], value[passes])
        passes, value = passes[value >= NEAR_ENOUGH], value[value >= NEAR_ENOUGH]
        passes = passes[np.lexsort((other[passes], -value, row[passes]))]
        passes = passes[places_in(row[passes]) < MOST]
        features = self._vectors.features[other[passes]]
        told = (np.int64(0xFFFF) - product[passes]) << 34 | features
        told = np.sort(np.where(shares[passes], told, NOBODY), axis=1)[:, :_TOLD]
        told = np.where(told == NOBODY, -1, told & ((1 << 34) - 1))
        yield from zip(row[passes].tolist(), other[passes].tolist(), told.tolist(), strict=True)

    def _favoured(self, one: Numbers, two: Numbers, value: Numbers) -> Numbers:
        """Count shared topics and authors in favour, and years between two papers against."""
        topics, years = self._topics, self._years
        ours, theirs = topics[one][:, :, None], topics[two][:, None, :]
        same = ((ours == theirs) & (ours >= 0)).any(2).sum(1)
        authors = [
            not self._authors[a].isdisjoint(self._authors[b])
            for a, b in zip(one.tolist(), two.tolist(), strict=True)
        ]
        apart = np.where((years[one] > 0) & (years[two] > 0), abs(years[one] - years[two]), 0)
        per_cent = 100 + 8 * np.minimum(2, same) + 15 * np.array(authors, np.int64)
        result: Numbers = value * (per_cent - np.minimum(20, 2 * apart)) // 100
        return result


def _topic_numbers(papers: Sequence[Paper]) -> Numbers:
    """Give the papers' topics as numbers, in rows; -1 for none."""
    numbers: dict[str, int] = {}
    most = max((len(paper.topics) for paper in papers), default=0)
    found = np.full((len(papers), most), -1, np.int64)
    for row, paper in enumerate(papers):
        topics = [numbers.setdefault(topic, len(numbers)) for topic in paper.topics]
        found[row, : len(topics)] = topics
    return found

"""How near papers are to each other: by all of their features, topics, authors and years.

What two papers share is counted feature by feature, times how many they share, so that one odd word
in common is not enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..records import Paper
from .authorship import Authorship
from .candidates import NOBODY, WHO
from .runs import Numbers, places_in
from .said import UNLISTED
from .vectors import Vectors

MOST = 8
NEAR_ENOUGH = 3000
"""Papers that are less near than this are not shown."""
_BREADTH = 8
"""With so many shared features, half of what they count is counted."""
_MOST_FAVOUR = 131
"""Per cent: what two topics and an author in common make of nearness."""
TOLD = 6
"""So many of the features that two papers share may tell why they are near."""
_TABLE = 8_000_000
"""Bytes of a table of papers by features."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """Pairs of a paper and one that is near it, by paper, the nearest first."""

    row: Numbers
    """The paper's place among those asked for."""
    other: Numbers
    """The place of the one that is near."""
    told: Numbers
    """Features of both, a row a pair, the weightiest first; -1 for none."""
    authored: NDArray[np.bool_]
    """Whether they have an author in common."""


class Nearness:
    """Compares papers with their candidates."""

    def __init__(self, papers: Sequence[Paper], authors: Authorship, vectors: Vectors) -> None:
        self._vectors, self._authors = vectors, authors
        self._columns, self._width = _columns(vectors)
        self._years = np.array([p.published.year if p.published else 0 for p in papers], np.int64)
        self._topics = _topic_numbers(papers)

    def nearest(self, places: Numbers, candidates: Numbers) -> Nearest:
        """Give of some papers those of their candidates that are near."""
        rows = max(8, _TABLE // self._width)
        table = np.zeros(min(rows, len(places)) * self._width, np.uint8)
        found = [
            self._compared(places, candidates, start, min(start + rows, len(places)), table)
            for start in range(0, len(places), rows)
        ]
        return Nearest(
            np.concatenate([np.zeros(0, np.int64), *(each.row for each in found)]),
            np.concatenate([np.zeros(0, np.int64), *(each.other for each in found)]),
            np.concatenate([np.zeros((0, TOLD), np.int64), *(each.told for each in found)]),
            np.concatenate([np.zeros(0, np.bool_), *(each.authored for each in found)]),
        )

    def _compared(
        self,
        places: Numbers,
        candidates: Numbers,
        start: int,
        end: int,
        table: NDArray[np.uint8],
    ) -> Nearest:
        """Compare the papers from `start` on, with a table that is, and is left, all zeros."""
        places = places[start:end]
        row, column = np.nonzero(candidates[places] != NOBODY)
        other = candidates[places[row], column] & WHO
        weights = self._vectors.weights
        begins = np.arange(len(places), dtype=np.int32) * np.int32(self._width)
        own_cells = self._columns[places] + begins[:, None]
        table[own_cells] = weights[places] + 1  # 0 is for what a paper does not have
        table[begins] = 0
        cells = self._columns[other]
        cells += begins[row][:, None]
        own = table[cells.astype(np.intp)]  # with other integers it takes four times as long
        table[own_cells] = 0
        shares = own > 0
        own -= shares.view(np.uint8)
        # By Cauchy and Schwarz sums of products of weights stay below 2 ** 16 (see `LENGTH`).
        product = np.multiply(own, weights[other], dtype=np.uint16)
        count = np.add.reduce(shares.view(np.uint8), axis=1).astype(np.int64)
        value = np.add.reduce(product, axis=1, dtype=np.uint16).astype(np.int64)
        value = value * count // (count + _BREADTH)
        passes = np.flatnonzero(value * _MOST_FAVOUR >= NEAR_ENOUGH * 100)
        authored = self._authors.shared(places[row[passes]], other[passes])
        value = self._favoured(places[row[passes]], other[passes], value[passes], authored)
        near = value >= NEAR_ENOUGH
        passes, value, authored = passes[near], value[near], authored[near]
        order = np.lexsort((other[passes], -value, row[passes]))
        order = order[places_in(row[passes[order]]) < MOST]
        passes, authored = passes[order], authored[order]
        features = self._vectors.features[other[passes]]
        told = (0xFFFF - product[passes].astype(np.int64)) << 34 | features
        told = np.where(shares[passes], told, NOBODY)
        told.partition(TOLD - 1, axis=1)
        told = np.sort(told[:, :TOLD], axis=1)
        told = np.where(told == NOBODY, -1, told & ((1 << 34) - 1))
        return Nearest(start + row[passes], other[passes], told, authored)

    def _favoured(
        self, one: Numbers, two: Numbers, value: Numbers, authored: NDArray[np.bool_]
    ) -> Numbers:
        """Count shared topics and authors in favour, and years between two papers against."""
        years, ours, theirs = self._years, self._topics[one], self._topics[two]
        same = np.zeros(len(one), np.int64)
        for topic in ours.T:
            has = np.zeros(len(one), np.bool_)
            for other in theirs.T:
                has |= topic == other
            same += has & (topic >= 0)
        apart = np.where((years[one] > 0) & (years[two] > 0), abs(years[one] - years[two]), 0)
        per_cent = 100 + 8 * np.minimum(2, same) + 15 * authored.astype(np.int64)
        result: Numbers = value * (per_cent - np.minimum(20, 2 * apart)) // 100
        return result


def _columns(vectors: Vectors) -> tuple[NDArray[np.int32], int]:
    """Give each paper's features as columns of a table, and how many columns it has.

    Column 0 is for what no other paper has, the next ones are for listed features.
    """
    features = vectors.features
    is_listed = features < UNLISTED
    columns = np.where(is_listed, features + 1, 0).astype(np.int32)
    listed = int(columns.max(initial=0)) + 1
    unlisted = features[~is_listed]
    names, counts = np.unique(unlisted, return_counts=True)
    names = names[counts > 1]
    if len(names):
        at = np.minimum(np.searchsorted(names, unlisted), len(names) - 1)
        columns[~is_listed] = np.where(names[at] == unlisted, listed + at, 0)
    return columns, listed + len(names)


def _topic_numbers(papers: Sequence[Paper]) -> NDArray[np.int32]:
    """Give the papers' topics as numbers, in rows; -1 for none."""
    places: dict[tuple[str, ...], int] = {}
    which = [places.setdefault(paper.topics, len(places)) for paper in papers]
    numbers: dict[str, int] = {}
    found = np.full((len(places), max(map(len, places), default=0)), -1, np.int32)
    for row, topics in enumerate(places):
        found[row, : len(topics)] = [numbers.setdefault(topic, len(numbers)) for topic in topics]
    return found[which]

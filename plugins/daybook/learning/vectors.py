"""Papers as vectors: each one's strongest features with whole-number weights.

The weights follow TF-IDF, damped on both sides: rarity counts by its root, since two papers that
share one odd word are seldom about the same thing; a feature of the title or one said twice counts
more than one said once. Whole numbers add up to the same sum in any order.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt

import numpy as np
from numpy.typing import NDArray

from .learned import Learned, rarity_of
from .runs import Numbers, places_in
from .said import FOLD, Features, Said

MOST_FEATURES = 60
MOST_STRONG = 12
"""By so many a paper is found; all of them then tell how near it is."""
_COMMON = 3
"""Features of this rarity (one paper in three) or commoner say nothing."""
_FINDING = 10
"""Only features rarer than this (one paper in thirty-two) find papers, and those that ..."""
_FEW = 250
"""... so few papers have."""
_UNKNOWN = 6
"""So much less rare counts a word that is not listed: often it is nobody else's."""
_TITLE = 10
_SAID = (0, 6, 10, 12, 14, 16)
"""What it counts that an abstract says a feature so often."""
_PAIR = 6
"""Of ten: a pair's share, as its words count too."""
LENGTH = 250
"""Every vector is so long, so that weights fit in a byte."""

_PAPER, _LOOSE, _WEIGHT = 51, 50, 34
"""Where the bits of a row begin that sorts features: paper, whether it finds none, weight; below
them the feature's number."""
_HEAVIEST = (1 << _LOOSE - _WEIGHT) - 1


@dataclass(frozen=True, slots=True)
class Vectors:
    """The features of papers, a row a paper: those that find papers first."""

    features: Numbers
    """By numbers that depend on `Learned` alone; -1 where a paper has no more."""
    weights: NDArray[np.uint8]
    strong: NDArray[np.int64]
    """How many of each paper's features find papers."""

    @classmethod
    def empty(cls, papers: int) -> Vectors:
        """Make room for so many papers."""
        return cls(
            np.full((papers, MOST_FEATURES), -1, np.int64),
            np.zeros((papers, MOST_FEATURES), np.uint8),
            np.zeros(papers, np.int64),
        )


class Weighing:
    """Makes vectors by what was learned."""

    def __init__(self, learned: Learned) -> None:
        words = {"": 0}
        halves = [
            (words.setdefault(one, len(words)), words.setdefault(two, len(words)))
            for one, _, two in (term.partition(" ") for term in learned.rarities)
        ]
        self._words = list(words)
        """The folds of listed terms, after '' for none."""
        self._halves = np.array(halves or [(0, 0)], np.int64)
        rarities = np.array([*learned.rarities.values()] or [0], np.int64)
        self._worth = _roots()[np.maximum(rarities - _COMMON, 0)]
        self._finds = rarities > min(_FINDING, max(_COMMON, rarity_of(_FEW, learned.papers)))
        self._unlisted = isqrt(100 * max(1, learned.rarest - _COMMON - _UNKNOWN))

    def vectors(self, said: Said) -> Vectors:
        """Weigh the features of papers."""
        found = Vectors.empty(said.papers)
        keys, numbers = self._listed(said)
        for some in said.features:
            if len(some.key):
                self._weigh(some, keys, numbers, said.unlisted, found)
        return found

    def halves(self, said: Said) -> Numbers:
        """Give the numbers of every listed term's folds, in rows; 0 for none and unknown ones."""
        known = said.folds.get
        found: Numbers = np.array([known(word, 0) for word in self._words], np.int64)[self._halves]
        return found

    def _listed(self, said: Said) -> tuple[Numbers, Numbers]:
        """Give the keys of the listed terms that some papers may have, in order, and numbers."""
        halves = self.halves(said)
        numbers = np.flatnonzero((halves[:, 0] > 0) & ((halves > 0) == (self._halves > 0)).all(1))
        if not len(numbers):
            return np.array([1 << 2 * FOLD]), np.zeros(1, np.int64)
        keys = halves[numbers, 0] << FOLD | halves[numbers, 1]
        order = np.argsort(keys)
        return keys[order], numbers[order]

    def _weigh(
        self, some: Features, keys: Numbers, numbers: Numbers, others: Numbers, found: Vectors
    ) -> None:
        """Weigh the features of some papers; `others` are the numbers of folds not listed."""
        at = np.minimum(np.searchsorted(keys, some.key), len(keys) - 1)
        is_listed = keys[at] == some.key
        is_pair = (some.key & ((1 << FOLD) - 1)) > 0
        number = numbers[at]
        worth = np.where(is_listed, self._worth[number], np.where(is_pair, 0, self._unlisted))
        counts = np.flatnonzero(worth)
        is_listed, is_pair, number = is_listed[counts], is_pair[counts], number[counts]
        finds = self._finds[number] | ~is_listed
        number = np.where(is_listed, number, others[some.key[counts] >> FOLD])
        worth = worth[counts] * np.where(is_pair, _PAIR, 10)
        worth *= np.array(_SAID)[some.times[counts]] + np.int64(_TITLE) * some.titled[counts]
        first, last = int(some.place[0]), int(some.place[-1])
        place = some.place[counts].astype(np.int64) - first
        # Sums of squares stay far below 2 ** 53, where the root of a float is exact.
        squares = np.bincount(place, (worth * worth).astype(np.float64), last - first + 1)
        lengths = np.maximum(np.sqrt(squares).astype(np.int64), 1)
        rows = np.sort(
            place << _PAPER
            | (~finds).astype(np.int64) << _LOOSE
            | (_HEAVIEST - worth) << _WEIGHT
            | number
        )
        place = rows >> _PAPER
        is_strong = (rows >> _LOOSE & 1 == 0) & (places_in(place) < MOST_STRONG)
        strong = np.bincount(place[is_strong], minlength=last - first + 1)
        _enter(rows[is_strong], np.zeros_like(strong), first, lengths, found)
        _enter(np.sort(rows[~is_strong] & ~(1 << _LOOSE)), strong, first, lengths, found)
        found.strong[first : last + 1] = strong


def _roots() -> Numbers:
    """Give what a feature is worth by how much rarer it is than what is common."""
    return np.array([isqrt(100 * rarer) for rarer in range(100)], np.int64)


def _enter(rows: Numbers, after: Numbers, first: int, lengths: Numbers, found: Vectors) -> None:
    """Enter sorted rows into the vectors of papers, each after those that it already has."""
    place = rows >> _PAPER
    column = after[place] + places_in(place)
    fits = column < MOST_FEATURES
    rows, place, column = rows[fits], place[fits], column[fits]
    weight = _HEAVIEST - (rows >> _WEIGHT & _HEAVIEST)
    found.features[first + place, column] = rows & ((1 << _WEIGHT) - 1)
    found.weights[first + place, column] = weight * LENGTH // lengths[place]

"""What papers say, as numbers: each text is cut into words once, for everything learned from it.

Words and folds are numbered as they are met. So what is counted and compared millions of times are
arrays of whole numbers, whose sums are exact in any order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from .cutting import cut
from .runs import Numbers
from .words import Folds, stands_alone

Text = tuple[str, str | None]
"""A paper's title and abstract."""

FOLD = 25
"""Bits of a fold's number: more than a million papers have distinct words for."""
_BLOCK = 1024
"""Papers that are sorted at once; their places take the bits that two folds and a mark leave."""
UNLISTED = 1 << 32
"""From here on features have numbers that are no listed term's."""
MOST_TIMES = 5
"""Whoever says something more often is counted as saying it so often."""


@dataclass(frozen=True, slots=True)
class Features:
    """What papers say: a row for each feature of each, by paper, then by feature."""

    place: NDArray[np.int32]
    """The paper's place among those read."""
    key: Numbers
    """The fold's number, and that of a pair's second word (else 0) in the last `FOLD` bits."""
    times: NDArray[np.int8]
    """How often the abstract says it, at most `MOST_TIMES`."""
    titled: NDArray[np.int8]
    """1 if the title says it, else 0."""


class Said:
    """The words of some papers' titles and abstracts."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self.papers = len(texts)
        found = cut([text for pair in texts for text in pair])
        self.words = found.words
        """The distinct words, as they are written."""
        self._said, self._joined, self._ends = found.said, found.joined, found.ends
        folds = Folds()
        halves = [folds[word] for word in self.words]
        self.folds = {"": 0}
        """The numbers of the folds."""
        for fold in halves:
            self.folds.setdefault(fold, len(self.folds))
        self.halves = np.array([self.folds[fold] for fold in halves], np.int64)
        """The number of each word's fold as a half of a pair; 0 for none."""
        alone = np.array([stands_alone(word) for word in self.words], np.bool_)
        self._alone = np.where(alone, self.halves, 0)

    def of(self, start: int, end: int) -> tuple[NDArray[np.int32], Numbers]:
        """Give the words of a run of papers, as places in `words`, and each one's paper's place."""
        ends = self._ends[2 * start : 2 * end + 1 : 2]
        return self._said[ends[0] : ends[-1]], np.repeat(np.arange(start, end), np.diff(ends))

    @cached_property
    def unlisted(self) -> Numbers:
        """What number each fold has as a feature that is not listed."""
        return np.array([crc32(fold.encode()) for fold in self.folds], np.int64) | UNLISTED

    @cached_property
    def features(self) -> list[Features]:
        """The features of all papers, some thousand at a time."""
        return [
            self._some(start, min(start + _BLOCK, self.papers))
            for start in range(0, self.papers, _BLOCK)
        ]

    def _some(self, start: int, end: int) -> Features:
        """Sort what some papers say: as numbers of place, two folds, and 1 for an abstract."""
        ends = self._ends[2 * start : 2 * end + 1]
        words = self._said[ends[0] : ends[-1]]
        texts = np.repeat(np.arange(2 * (end - start)), np.diff(ends))
        base = (texts >> 1 << (2 * FOLD + 1)) | (texts & 1)
        alone, half = self._alone[words], self.halves[words]
        single = alone > 0
        pair = self._joined[ends[0] : ends[-1]][:-1] & (half[:-1] > 0) & (half[1:] > 0)
        rows = np.concatenate(
            [
                base[single] | alone[single] << (FOLD + 1),
                base[:-1][pair] | half[:-1][pair] << (FOLD + 1) | half[1:][pair] << 1,
            ]
        )
        rows.sort()
        abstract, rows = rows & 1, rows >> 1
        first = np.flatnonzero(np.append(np.ones(min(1, len(rows)), bool), rows[1:] != rows[:-1]))
        times = np.add.reduceat(abstract, first) if len(first) else abstract
        rows = rows[first]
        return Features(
            (start + (rows >> (2 * FOLD))).astype(np.int32),
            rows & ((1 << 2 * FOLD) - 1),
            np.minimum(times, MOST_TIMES).astype(np.int8),
            (1 - abstract[first]).astype(np.int8),
        )

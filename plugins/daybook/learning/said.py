"""What papers say, as numbers: each text is cut into words once, for everything learned from it.

Words and folds are numbered as they are met. So what is counted and compared millions of times are
arrays of whole numbers, whose sums are exact in any order.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..archive.forking import spread
from .words import JOINS, Folds, parts_of

Text = tuple[str, str | None]
"""A paper's title and abstract."""
Numbers = NDArray[np.int64]

FOLD = 25
"""Bits of a fold's number: more than a million papers have distinct words for."""
_BLOCK = 4096
"""Papers that are sorted at once; their places take the bits that two folds and a mark leave."""
_A_CORES_WORTH = 1500
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
        parts = spread(_read, texts, _A_CORES_WORTH)
        numbers: dict[str, int] = {}
        said = []
        for words, text, _, _ in parts:
            new = [numbers.setdefault(word, len(numbers)) for word in words]
            said.append(np.array(new, np.int32)[np.frombuffer(text, np.uint32)])
        self.words = list(numbers)
        """The distinct words, as they are written."""
        self.said = np.concatenate([np.zeros(0, np.int32), *said])
        """The papers' words, title before abstract, by their places in `words`."""
        self._joined = np.frombuffer(b"".join(joined for _, _, joined, _ in parts), np.bool_)
        lengths = np.frombuffer(b"".join(lengths for _, _, _, lengths in parts), np.uint32)
        self._ends = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)])
        folds = Folds()
        self.halves = [folds.paired[word] for word in self.words]
        """Each word's fold as a half of a pair; '' for none."""
        alone = [folds.alone[word] for word in self.words]
        self.folds = {"": 0}
        """The numbers of the folds."""
        for fold in self.halves:
            self.folds.setdefault(fold, len(self.folds))
        self._paired = np.array([self.folds[fold] for fold in self.halves], np.int64)
        self._alone = np.array([self.folds[fold] for fold in alone], np.int64)

    def of(self, place: int) -> NDArray[np.int32]:
        """Give the words of a paper, as places in `words`."""
        return self.said[self._ends[2 * place] : self._ends[2 * place + 2]]

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
        words = self.said[ends[0] : ends[-1]]
        texts = np.repeat(np.arange(2 * (end - start)), np.diff(ends))
        base = (texts >> 1 << (2 * FOLD + 1)) | (texts & 1)
        alone, half = self._alone[words], self._paired[words]
        single = alone > 0
        pair = self._joined[ends[0] : ends[-1]][:-1] & (half[:-1] > 0) & (half[1:] > 0)
        rows, counts = np.unique(
            np.concatenate(
                [
                    base[single] | alone[single] << (FOLD + 1),
                    base[:-1][pair] | half[:-1][pair] << (FOLD + 1) | half[1:][pair] << 1,
                ]
            ),
            return_counts=True,
        )
        abstract, rows = rows & 1, rows >> 1
        first = np.flatnonzero(np.diff(rows, prepend=-1))
        times = np.zeros(len(first), np.int64)
        titled = np.zeros(len(first), np.int8)
        which = np.cumsum(np.diff(rows, prepend=-1) != 0) - 1
        times[which[abstract == 1]] = counts[abstract == 1]
        titled[which[abstract == 0]] = 1
        rows = rows[first]
        return Features(
            (start + (rows >> (2 * FOLD))).astype(np.int32),
            rows & ((1 << 2 * FOLD) - 1),
            np.minimum(times, MOST_TIMES).astype(np.int8),
            titled,
        )


def _read(texts: Sequence[Text]) -> list[tuple[list[str], bytes, bytes, bytes]]:
    """Give, once for some texts, their words, the words' places, what joins them, and lengths."""
    words = _Words()
    said, lengths, joined = array("I"), array("I"), bytearray()
    for paper in texts:
        for text in paper:
            parts = parts_of(text or "")
            parts[-1] = ""
            found = [words[word] for word in parts[1::2]]
            said.extend(found)
            joined.extend(map(JOINS.__contains__, parts[2::2]))
            lengths.append(len(found))
    return [(list(words), said.tobytes(), bytes(joined), lengths.tobytes())]


class _Words(dict[str, int]):
    """Words by their numbers, given as they are met."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number

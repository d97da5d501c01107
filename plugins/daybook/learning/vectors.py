"""A paper as a vector: its strongest features with whole-number weights.

The weights follow TF-IDF, damped on both sides: rarity counts by its root, since two papers that
share one odd word are seldom about the same thing; a feature of the title or one said twice counts
more than one said once. Whole numbers add up to the same sum in any order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import isqrt
from zlib import crc32

from .learned import Learned, rarity_of
from .words import Folds, features_of, parts_of, words_of

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
_LENGTH = 250
"""Every vector is so long, so that weights fit in a byte."""


@dataclass(frozen=True, slots=True)
class Vector:
    """A paper's features, those that find papers first, both parts the weightiest first."""

    weights: dict[int, int]
    """By feature, which is known by a number that depends on `Learned` alone."""
    strong: int
    """How many of them find papers."""


class Weighing:
    """Makes vectors by what was learned."""

    def __init__(self, learned: Learned) -> None:
        self._folds = Folds()
        finding = min(_FINDING, max(_COMMON, rarity_of(_FEW, learned.papers)))
        self._terms = list(learned.rarities)
        self._known = {
            term: (number, isqrt(100 * (rarity - _COMMON)), rarity > finding)
            for number, (term, rarity) in enumerate(learned.rarities.items())
            if rarity > _COMMON
        }
        self._common = {term for term, rarity in learned.rarities.items() if rarity <= _COMMON}
        self._unlisted = isqrt(100 * max(1, learned.rarest - _COMMON - _UNKNOWN))

    def vector(self, title: str, abstract: str | None) -> Vector:
        """Weigh a paper's features."""
        said = Counter(features_of(parts_of(abstract or ""), self._folds))
        titled = set(features_of(parts_of(title), self._folds))
        found: list[tuple[bool, int, int]] = []
        for term in said.keys() | titled:
            known = self._known.get(term)
            if known is not None:
                number, rarity, finds = known
            elif not term or " " in term or term in self._common:
                continue
            else:
                number, rarity, finds = _unlisted_number(term), self._unlisted, True
            times = said.get(term, 0)
            weight = rarity * (_SAID[min(times, 5)] + (_TITLE if term in titled else 0))
            found.append((not finds, -weight * (_PAIR if " " in term else 10), number))
        length = isqrt(sum(weight * weight for _, weight, _ in found)) or 1
        found.sort()
        strong = [item for item in found if not item[0]][:MOST_STRONG]
        chosen = {number for _, _, number in strong}
        rest = sorted((weight, number) for _, weight, number in found if number not in chosen)
        weights = {number: -weight * _LENGTH // length for _, weight, number in strong}
        for weight, number in rest[: MOST_FEATURES - len(strong)]:
            weights[number] = -weight * _LENGTH // length
        return Vector(weights, len(strong))

    def written(self, paper_text: str) -> dict[str, str]:
        """Tell how a text first writes each word, by the word's fold."""
        words = words_of(paper_text)
        words.reverse()
        found = dict(zip(map(self._folds.paired.__getitem__, words), words, strict=True))
        found.pop("", None)
        return found

    def term(self, feature: int, folds: Iterable[str]) -> str:
        """Give the term of a feature; one that is not listed is one of `folds`, or ''."""
        if feature < len(self._terms):
            return self._terms[feature]
        return next((fold for fold in folds if _unlisted_number(fold) == feature), "")


def _unlisted_number(term: str) -> int:
    """Give the number of a word that is not listed, above all that are."""
    return crc32(term.encode()) | 1 << 32

"""What words are worth, counted; a build that reads it from the archive's file needs none of it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from .learned import Learned, least_of, rarity_of
from .said import FOLD, Said, Text


def learn(texts: Iterable[Text]) -> Learned:
    """Learn the rarities of terms from titles and abstracts, in any order."""
    return learn_from(Said(list(texts)))


def learn_from(said: Said) -> Learned:
    """Learn the rarities of terms from what papers say."""
    keys = np.concatenate([np.zeros(0, np.int64), *(some.key for some in said.features)])
    keys, counts = np.unique(keys, return_counts=True)
    often = counts >= least_of(said.papers)
    folds = list(said.folds)
    found = {
        f"{folds[key >> FOLD]} {folds[key % (1 << FOLD)]}".rstrip(): count
        for key, count in zip(keys[often].tolist(), counts[often].tolist(), strict=True)
    }
    kept = sorted(found, key=_words)
    return Learned(said.papers, {term: rarity_of(found[term], said.papers) for term in kept})


def _words(term: str) -> list[str]:
    return term.split(" ")

"""Why papers are near each other, in words: terms that both have, as the first one writes them.

A reason names up to three terms, pairs first, and no word twice.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..records import Paper
from .relations import BETWEEN
from .runs import Numbers
from .said import UNLISTED, Said
from .words import lowered

_MOST = 3
"""Terms that a reason names."""
_TABLE = 2_000_000
"""Cells of a table of papers by folds."""


def reasons(
    papers: Sequence[Paper], said: Said, row: Numbers, told: Numbers, halves: Numbers
) -> list[str]:
    """Give the terms that each pair's reason names, `BETWEEN` them.

    Args:
        papers: those who are told.
        said: what they say.
        row: by pair, the place of who is told, in order.
        told: by pair, the features of both, the weightiest first; -1 for none.
        halves: of each listed term the numbers of its folds in `said`, 0 for no second one.
    """
    one, two = _folds(said, row, told, halves)
    words = _written(said, row, np.stack([one, two]))
    known = (words[0] >= 0) & ((words[1] >= 0) | (two == 0))
    order = np.argsort(two == 0, axis=1, kind="stable")
    one, two, known, first, second = (
        np.take_along_axis(each, order, 1) for each in (one, two, known, *words)
    )
    chosen = _chosen(one, two, known)
    single = two == 0
    pairs = chosen & ~single
    many = max(len(said.words), 1)
    place = np.broadcast_to(row[:, None], pairs.shape)
    keys = (place[pairs] * many + first[pairs]) * many + second[pairs]
    keys, which = np.unique(keys, return_inverse=True)
    names = [lowered(word) for word in said.words]
    named = np.where(chosen & single, first, -1)
    named[pairs] = len(names) + which
    names += _paired(papers, said, keys, many)
    return [BETWEEN.join([names[each] for each in some if each >= 0]) for some in named.tolist()]


def _folds(said: Said, row: Numbers, told: Numbers, halves: Numbers) -> tuple[Numbers, Numbers]:
    """Give the folds of features, one and a second; 0 for none."""
    is_listed = (told >= 0) & (told < UNLISTED)
    at = np.where(is_listed, told, 0)
    one = np.where(is_listed, halves[at, 0], 0)
    two = np.where(is_listed, halves[at, 1], 0)
    pair, column = np.nonzero(told >= UNLISTED)
    order = np.argsort(said.unlisted, kind="stable")
    numbers, features = said.unlisted[order], told[pair, column]
    begins = np.searchsorted(numbers, features)
    ends = np.searchsorted(numbers, features, side="right")
    found = np.where(begins < ends, order[np.minimum(begins, len(order) - 1)], 0)
    for several in np.flatnonzero(ends - begins > 1).tolist():
        # Other folds have the same number: the paper's own is meant.
        words, _ = said.of(int(row[pair[several]]), int(row[pair[several]]) + 1)
        own = said.halves[words]
        found[several] = next(iter(own[said.unlisted[own] == features[several]]), 0)
    one[pair, column] = found
    return one, two


def _written(said: Said, row: Numbers, folds: Numbers) -> Numbers:
    """Give of papers the first word that each has of folds; -1 where it has none."""
    found = np.full(folds.shape, -1, np.int64)
    width = len(said.folds)
    rows = max(8, _TABLE // width)
    table = np.full(min(rows, said.papers) * width, -1, np.int32)
    for start in range(0, said.papers, rows):
        end = min(start + rows, said.papers)
        pairs = slice(*np.searchsorted(row, [start, end]))
        words, papers = said.of(start, end)
        cells = (papers - start) * width + said.halves[words]
        # Of several values for one cell the last one stays.
        table[cells[::-1]] = words[::-1]
        table[: (end - start) * width : width] = -1
        found[:, pairs] = table[(row[pairs, None] - start) * width + folds[:, pairs]]
        table[cells] = -1
    return found


def _chosen(one: Numbers, two: Numbers, known: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Choose of terms, by their folds, those of which no word was named before."""
    chosen = np.zeros(one.shape, np.bool_)
    for column in range(one.shape[1]):
        free = known[:, column] & (chosen.sum(1) < _MOST)
        for before in range(column):
            for mine in (one[:, column], two[:, column]):
                same = (mine == one[:, before]) | (mine == two[:, before])
                free &= ~(chosen[:, before] & same & (mine > 0))
        chosen[:, column] = free
    return chosen


def _paired(papers: Sequence[Paper], said: Said, keys: Numbers, many: int) -> list[str]:
    """Write pairs of words as their papers do, with a hyphen or without; papers come in order."""
    found = []
    place, text = -1, ""
    for key in keys.tolist():
        both, second = divmod(key, many)
        paper, first = divmod(both, many)
        if paper != place:
            place = paper
            text = f"{papers[place].title}. {papers[place].abstract or ''}"
        one, two = said.words[first], said.words[second]
        join = "-" if f"{one}-{two}" in text else " "
        found.append(f"{lowered(one)}{join}{lowered(two)}")
    return found

"""Rows of whole numbers, and what is counted within runs of equal ones."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


def places_in(groups: Numbers) -> Numbers:
    """Count within runs of equal numbers: 0, 1, 2 and so on."""
    if not len(groups):
        return np.zeros(0, np.int64)
    starts = np.flatnonzero(np.diff(groups, prepend=groups[0] - 1))
    return np.arange(len(groups)) - np.repeat(starts, np.diff(starts, append=len(groups)))

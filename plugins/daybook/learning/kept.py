"""What a run about related papers keeps for the next one, in a few plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .authorship import PARTS
from .candidates import MOST_CANDIDATES
from .relations import Relations
from .runs import Numbers
from .vectors import MOST_FEATURES, Vectors

HASH = 16
"""Bytes of the hashes of papers and of lists."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was found of papers, a row a paper, in the order of their numbers."""

    numbers: Numbers
    keys: NDArray[np.uint64]
    """Hashes of what of each paper decides its own and others' lists."""
    features: Numbers
    weights: NDArray[np.uint8]
    strong: Numbers
    masks: NDArray[np.uint64]
    candidates: Numbers
    """Of whom only the numbers outlive a run, not the places."""
    marks: NDArray[np.uint64]
    """Hashes of who is near, and by which features."""
    relations: Relations

    @property
    def vectors(self) -> Vectors:
        """The papers as vectors."""
        return Vectors(self.features, self.weights, self.strong)

    def packed(self) -> dict[str, Any]:
        """Give all as plain values."""
        said = self.relations
        arrays = {name: getattr(self, name) for name in _SHAPES}
        lists = (list(said.ends), list(said.others), list(said.words), dict(said.names))
        return {
            **{name: found.astype(_SHAPES[name][0]).tobytes() for name, found in arrays.items()},
            "relations": lists,
        }


_SHAPES = {
    "numbers": ("<i8", ()),
    "keys": ("<u8", (HASH // 8,)),
    "features": ("<i8", (MOST_FEATURES,)),
    "weights": ("u1", (MOST_FEATURES,)),
    "strong": ("<i8", ()),
    "masks": ("<u8", (PARTS,)),
    "candidates": ("<i8", (MOST_CANDIDATES,)),
    "marks": ("<u8", (HASH // 8,)),
}


def unpacked(values: dict[str, Any]) -> Kept:
    """Read what `Kept.packed` gave; of nothing comes what is kept of no papers."""
    arrays = {
        name: np.frombuffer(values.get(name, b""), kind).reshape(-1, *shape)
        for name, (kind, shape) in _SHAPES.items()
    }
    lists = values.get("relations", ([0], [], [], {}))
    return Kept(**arrays, relations=Relations(arrays["numbers"].tolist(), *lists))

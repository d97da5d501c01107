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
from .said import UNLISTED
from .vectors import MOST_FEATURES

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

    def packed(self) -> dict[str, Any]:
        """Give all as plain values."""
        said = self.relations
        arrays = {name: getattr(self, name) for name in _SHAPES}
        return {
            **{name: found.astype(_SHAPES[name][0]).tobytes() for name, found in arrays.items()},
            "unlisted": np.packbits(self.features >= UNLISTED).tobytes(),
            "ends": np.array(said.ends, "<i8").tobytes(),
            "others": np.array(said.others, "<i8").tobytes(),
            "words": "\n".join(said.words),
            "names": dict(said.names),
        }


_SHAPES = {
    "numbers": ("<i8", ()),
    "keys": ("<u8", (HASH // 8,)),
    "features": ("<u4", (MOST_FEATURES,)),
    "weights": ("u1", (MOST_FEATURES,)),
    "strong": ("<i8", ()),
    "masks": ("<u8", (PARTS,)),
    "candidates": ("<i8", (MOST_CANDIDATES,)),
    "marks": ("<u8", (HASH // 8,)),
}


def unpacked(values: dict[str, Any]) -> Kept:
    """Read what `Kept.packed` gave; of nothing comes what is kept of no papers."""
    if not values:
        return unpacked({"ends": bytes(8), "words": "", "names": {}})
    arrays = {
        name: np.frombuffer(values.get(name, b""), kind).reshape(-1, *shape)
        for name, (kind, shape) in _SHAPES.items()
    }
    arrays["features"] = _features(arrays["features"], values.get("unlisted", b""))
    others = np.frombuffer(values.get("others", b""), "<i8").tolist()
    relations = Relations(
        arrays["numbers"].tolist(),
        np.frombuffer(values["ends"], "<i8").tolist(),
        others,
        values["words"].split("\n") if others else [],
        values["names"],
    )
    return Kept(**arrays, relations=relations)


def _features(low: Numbers, unlisted: bytes) -> Numbers:
    """Put the features' last 32 bits, all of them 1 where there is none, and the other together."""
    bits = np.unpackbits(np.frombuffer(unlisted, np.uint8), count=low.size).reshape(low.shape)
    found = low.astype(np.int64)
    found |= bits.astype(np.int64) << 32
    found[found == UNLISTED - 1] = -1
    return found

"""Which papers have an author in common.

Each paper has a mask, some bits for each of its authors. Masks that have no bit in common, in one
of their four parts, are of papers without a common author; of the few others, the names tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from ..archive.slugs import author_key
from ..records import Paper
from .runs import Numbers

PARTS = 4
"""Numbers of 64 bits that a mask has."""


class Authorship:
    """The authors of papers, which are known by their places."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self._papers = papers
        self._keys: dict[str, str] = {}
        self._known: dict[int, dict[str, str]] = {}
        self.masks = np.zeros((len(papers), PARTS), np.uint64)

    def read(self, places: Numbers) -> None:
        """Make the masks of some papers."""
        bits: dict[str, int] = {}
        found = []
        for place in places.tolist():
            mask = 0
            for name in self._papers[place].authors or ():
                known = bits.get(name)
                if known is None:
                    known = bits[name] = _bits(self._key(name))
                mask |= known
            found.append(mask.to_bytes(8 * PARTS, "little"))
        self.masks[places] = np.frombuffer(b"".join(found), "<u8").reshape(-1, PARTS)

    def _key(self, name: str) -> str:
        key = self._keys.get(name)
        if key is None:
            key = self._keys[name] = author_key(name)
        return key

    def _of(self, place: int) -> dict[str, str]:
        """Give a paper's authors' names, by what tells who is the same."""
        found = self._known.get(place)
        if found is None:
            names = self._papers[place].authors or ()
            found = self._known[place] = {self._key(name): name for name in names}
        return found

    def shared(self, one: Numbers, two: Numbers) -> NDArray[np.bool_]:
        """Tell of pairs of papers whether they have an author in common."""
        found = np.ones(len(one), np.bool_)
        for part in range(PARTS):
            mask = self.masks[:, part]
            found &= mask[one] & mask[two] != 0
        for pair in np.flatnonzero(found).tolist():
            found[pair] = not self._of(int(one[pair])).keys().isdisjoint(self._of(int(two[pair])))
        return found

    def common(self, one: int, two: int) -> str | None:
        """Give the first author of one paper who is also the other's, as the one prints it."""
        theirs = self._of(two)
        return next((name for key, name in self._of(one).items() if key in theirs), None)


def _bits(key: str) -> int:
    """Give an author's bits: one in each part of a mask."""
    mark = crc32(key.encode("utf-8", "surrogatepass"))
    return sum(1 << 64 * part + (mark >> 6 * part & 63) for part in range(PARTS))

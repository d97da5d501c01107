"""Work on many things spread over the processor's cores.

A forked child has everything as it is and sends back its results; whatever befalls a child, its
part is done again here. So the results are the same with one core and with many.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from functools import partial
from typing import Generic, TypeVar

from ..forks import Child, Turns, cores

T = TypeVar("T")
R = TypeVar("R")
P = TypeVar("P")


def spread(work: Callable[[Sequence[T]], list[R]], things: Sequence[T], least: int) -> list[R]:
    """Give `work` of all things, in their order.

    `work` is called with runs of the things; it must depend on nothing but them. `least` is how
    many make a core worth its start; with fewer than two cores' worth nothing is forked.
    """
    many = min(cores(), len(things) // least)
    if many < 2:
        return work(things)
    bounds = [len(things) * core // many for core in range(many + 1)]
    parts = [things[a:b] for a, b in itertools.pairwise(bounds)]
    children: list[Child[list[R]]] = []
    try:
        children += [Child(partial(work, part)) for part in parts[1:]]
        results = work(parts[0])
        for part, child in zip(parts[1:], children, strict=True):
            _, done = child.receive()
            results += work(part) if done is None else done
    finally:
        for child in children:
            child.end()
    return results


class Ahead(Generic[P, R]):
    """Work in turns that a child begins at once, while this process does something else first."""

    def __init__(
        self, work: Callable[[int], R], pack: Callable[[R], P], unpack: Callable[[P], R], turns: int
    ) -> None:
        """Begin `work` of every number below `turns`.

        What the child sends is packed; with one core there is no child, and all is done here.
        """
        self._work = work
        self._pack = pack
        self._unpack = unpack
        self._turns = turns
        self._left = Turns(turns)
        worth = turns > 1 and cores() > 1
        self._child = Child(self._packed) if worth else None

    def _packed(self) -> list[tuple[int, P]]:
        return [(turn, self._pack(self._work(turn))) for turn in self._left.taken()]

    def results(self) -> list[R]:
        """Do what the child has not begun, and give the results of all turns, in their order."""
        found = {turn: self._work(turn) for turn in self._left.taken()}
        if self._child is not None:
            for turn, packed in self._child.receive()[1] or ():
                found[turn] = self._unpack(packed)
        return [found[turn] if turn in found else self._work(turn) for turn in range(self._turns)]

    def end(self) -> None:
        """Stop the child, if it still works."""
        self._left.close()
        if self._child is not None:
            self._child.end()

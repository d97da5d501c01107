"""Work on many things spread over the processor's cores.

A forked child has everything as it is and sends back its results; whatever befalls a child, its
part is done again here. So the results are the same with one core and with many.
"""

from __future__ import annotations

import itertools
import os
import pickle
import signal
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar

from ..forks import die_with, fork

T = TypeVar("T")
R = TypeVar("R")
P = TypeVar("P")


def spread(work: Callable[[Sequence[T]], list[R]], things: Sequence[T], least: int) -> list[R]:
    """Give `work` of all things, in their order.

    `work` is called with runs of the things; it must depend on nothing but them. `least` is how
    many make a core worth its start; with fewer than two cores' worth nothing is forked.
    """
    cores = min(_cores(), len(things) // least)
    if cores < 2 or not hasattr(os, "fork"):
        return work(things)
    bounds = [len(things) * core // cores for core in range(cores + 1)]
    parts = [things[a:b] for a, b in itertools.pairwise(bounds)]
    children = [_fork(work, part) for part in parts[1:]]
    results = work(parts[0])
    for part, (process, pipe) in zip(parts[1:], children, strict=True):
        done = _receive(process, pipe)
        results += work(part) if done is None else done
    return results


class Ahead(Generic[P, R]):
    """Work in turns that a child begins at once, while this process does something else first."""

    def __init__(
        self, work: Callable[[int], R], pack: Callable[[R], P], unpack: Callable[[P], R], turns: int
    ) -> None:
        """Begin `work` of every number below `turns`, at most 16,000 of them.

        What the child sends is packed; with one core there is no child, and all is done here.
        """
        self._work = work
        self._unpack = unpack
        self._turns = turns
        self._left, sink = os.pipe()
        """Turns that nobody has taken, at four bytes each."""
        os.write(sink, b"".join(turn.to_bytes(4, "big") for turn in range(turns)))
        os.close(sink)
        self._child: tuple[int, int] | None = None
        if turns > 1 and _cores() > 1 and hasattr(os, "fork"):
            parent = os.getpid()

            def begin(_: Sequence[int]) -> list[tuple[int, P]]:
                die_with(parent)
                return [(turn, pack(work(turn))) for turn in self._taken()]

            self._child = _fork(begin, ())

    def results(self) -> list[R]:
        """Do what the child has not begun, and give the results of all turns, in their order."""
        found = {turn: self._work(turn) for turn in self._taken()}
        if self._child is not None:
            child, self._child = self._child, None
            for turn, packed in _receive(*child) or ():
                found[turn] = self._unpack(packed)
        return [found[turn] if turn in found else self._work(turn) for turn in range(self._turns)]

    def end(self) -> None:
        """Stop the child, if it still works."""
        os.close(self._left)
        if self._child is not None:
            process, pipe = self._child
            os.close(pipe)
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)

    def _taken(self) -> Iterator[int]:
        while taken := os.read(self._left, 4):
            yield int.from_bytes(taken, "big")


def _cores() -> int:
    """Count the cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS
        return os.cpu_count() or 1


def _fork(work: Callable[[Sequence[T]], list[R]], part: Sequence[T]) -> tuple[int, int]:
    """Begin a part in a child; give its process and the pipe on which its results come."""
    reading, writing = os.pipe()
    process = fork()
    if process:
        os.close(writing)
        return process, reading
    code = 1
    try:
        os.close(reading)
        with os.fdopen(writing, "wb") as stream:
            pickle.dump(work(part), stream, protocol=5)
        code = 0
    finally:
        os._exit(code)


def _receive(process: int, pipe: int) -> Any:
    """Give a child's results, or ``None`` where it failed."""
    with os.fdopen(pipe, "rb") as stream:
        data = stream.read()
    _, status = os.waitpid(process, 0)
    return pickle.loads(data) if status == 0 else None

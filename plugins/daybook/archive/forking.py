"""Work on many things spread over the processor's cores.

Each part but the first is done by a forked child, which has everything as it is and sends back its
results; whatever befalls a child, its part is done again here. So the results are the same with
one core and with many.
"""

from __future__ import annotations

import itertools
import os
import pickle
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from ..forks import fork

T = TypeVar("T")
R = TypeVar("R")


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

"""Work in turns, done by this process and forked ones: the same results, whoever does which turn.

A worker starts with everything as it is here, and sends back only its results, which come in the
order of the turns. Whoever is free takes the next turn, so that no core waits for another. As turns
beside each other have most in common, one half takes them from the first on, the other from the
last; this process is of the latter, for the first are the largest, whose memory ends with a worker.
"""

from __future__ import annotations

import os
import signal
import time
import traceback
from collections.abc import Callable, Iterable
from functools import partial
from typing import Generic, Protocol, TypeVar

from ..errors import PublishError
from ..forks import ENDINGS, Child, Turns, cores

R = TypeVar("R")

_Done = tuple[dict[int, R], tuple[int, str] | None]
"""A worker's results, by turn, and the turn at which it failed, with the error in words."""
_MOST = 4
"""Processes; each takes as much memory again as it changes."""
_OWN_SIGNAL = 0.5
"""Seconds in which Ctrl-C or another signal that ended a worker reaches this process, too."""


class Taken(Protocol):
    """Takes turns that nobody else takes, as `Turns.taken` does."""

    def __call__(self, *, backwards: bool) -> Iterable[int]:
        """Take them from the first on, or from the last, as long as there are any."""


def processes_for(things: int, least: int) -> int:
    """Say how many processes are worth their start, if one needs `least` things to do for it."""
    return max(1, min(cores(), _MOST, things // least))


def in_turns(work: Callable[[int], R], turns: int, processes: int) -> list[R]:
    """Give `work` of every number below `turns`, done by so many processes at once.

    Raises:
        PublishError, KeyboardInterrupt: as `shared` does.
    """
    if processes < 2:
        return [work(turn) for turn in range(turns)]
    left = Turns(turns)
    try:
        results = shared(work, left.taken, processes)
    finally:
        left.close()
    return [results[turn] for turn in range(turns)]


def shared(
    work: Callable[[int], R],
    taken: Taken,
    processes: int,
    busy: Worker[R] | None = None,
) -> dict[int, R]:
    """Give `work` of all the turns that are taken, by turn, done by so many processes at once.

    What `work` gives must be picklable. Where it fails in a worker, that turn is done again here,
    so that the error is the one that it would have been in one process. Whatever ends this
    process ends the workers: none is left behind. One of the processes may be `busy` with work of
    its own: once it is done with that, another comes in its place, and its results are left to who
    began it.

    Raises:
        PublishError: when a worker was killed, or failed where this process does not.
        KeyboardInterrupt: when Ctrl-C, SIGTERM or SIGHUP ended one.
    """
    crew: list[Worker[R]] = []
    try:
        ends = range(processes - 1 if busy is None else processes - 2)
        crew += [Worker(work, partial(taken, backwards=bool(end % 2))) for end in ends]
        results: dict[int, R] = {}
        for turn in taken(backwards=True):
            if busy is not None and busy.is_done():
                busy = None
                crew.append(Worker(work, partial(taken, backwards=False)))
            results[turn] = work(turn)
        for worker in crew:
            results |= worker.results()
    finally:
        for worker in crew:
            worker.end()
    return results


class Worker(Generic[R]):
    """A forked process that does some turns."""

    def __init__(self, work: Callable[[int], R], turns: Callable[[], Iterable[int]]) -> None:
        """Begin."""
        self._work = work
        self._child = Child(partial(_done, work, turns, os.getpid()))

    def is_done(self) -> bool:
        """Tell whether its results are there, or it has ended without any."""
        return self._child.is_ready()

    def results(self) -> dict[int, R]:
        """Wait for what it made of its turns, by turn.

        Raises:
            PublishError, KeyboardInterrupt: as `in_turns` does.
        """
        done, failed = _received(self._child)
        if failed is not None:
            turn, what = failed
            self._work(turn)
            raise PublishError(f"a part of the site could not be written: {what}")
        return done

    def end(self) -> None:
        """Stop it, if it is still there."""
        self._child.end()


def _done(work: Callable[[int], R], turns: Callable[[], Iterable[int]], parent: int) -> _Done[R]:
    done: dict[int, R] = {}
    for turn in turns():
        try:
            done[turn] = work(turn)
        except Exception as error:  # noqa: BLE001 - told to the parent, whatever it is
            return done, (turn, "".join(traceback.format_exception_only(error)).strip())
        if os.getppid() != parent:  # where the system does not end it
            break
    return done, None


def _received(child: Child[_Done[R]]) -> _Done[R]:
    """Wait for a worker's results.

    Raises:
        PublishError: when it was killed.
        KeyboardInterrupt: when Ctrl-C ended it, or SIGTERM that this process gets as well.
    """
    code, found = child.receive()
    if -code in ENDINGS:
        time.sleep(_OWN_SIGNAL)
    if code == -signal.SIGINT:
        raise KeyboardInterrupt
    if found is None:
        how = f"was killed by {signal.Signals(-code).name}" if code < 0 else "broke off"
        raise PublishError(
            f"a process that was writing pages {how}: the machine may have run out of memory. "
            "The old site is untouched; build again."
        )
    return found

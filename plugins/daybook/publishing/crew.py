"""Work in turns, done by this process and forked ones: the same results, whoever does which turn.

A worker starts with everything as it is here, and sends back only its results, which come in the
order of the turns. Whoever is free takes the next turn, so that no core waits for another.
"""

from __future__ import annotations

import os
import pickle
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from ..errors import PublishError
from ..forks import die_with, fork

R = TypeVar("R")

_MOST = 4
"""Processes; each takes as much memory again as it changes."""
_OWN_SIGNAL = 0.5
"""Seconds in which Ctrl-C, which ended a worker, reaches this process, too."""
_TURNS = 4096
"""What a pipe holds of turns, at four bytes each, on every system."""


def processes_for(things: int, least: int) -> int:
    """Say how many processes are worth their start, if one needs `least` things to do for it."""
    if not hasattr(os, "fork"):
        return 1
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS
        cores = os.cpu_count() or 1
    return max(1, min(cores, _MOST, things // least))


def in_turns(work: Callable[[int], R], turns: int, processes: int) -> list[R]:
    """Give `work` of every number below `turns`, done by so many processes at once.

    What `work` gives must be picklable. Where it fails in a worker, that turn is done again here,
    so that the error is the one that it would have been in one process. Whatever ends this
    process ends the workers: none is left behind.

    Raises:
        PublishError: when a worker was killed, or failed where this process does not.
    """
    if processes < 2:
        return [work(turn) for turn in range(turns)]
    step = turns // _TURNS + 1
    source, sink = os.pipe()
    for turn in range(0, turns, step):
        os.write(sink, turn.to_bytes(4, "big"))
    os.close(sink)
    crew: list[_Worker[R]] = []
    try:
        crew += [_Worker.start(work, source, step, turns) for _ in range(processes - 1)]
        results = {turn: work(turn) for turn in _taken(source, step, turns)}
        for worker in crew:
            done, failed = worker.finish()
            results |= done
            if failed is not None:
                turn, what = failed
                work(turn)
                raise PublishError(f"a part of the site could not be written: {what}")
    finally:
        os.close(source)
        for worker in crew:
            worker.end()
    return [results[turn] for turn in range(turns)]


def _taken(source: int, step: int, turns: int) -> Iterator[int]:
    """Take turns as long as there are any."""
    while taken := os.read(source, 4):
        first = int.from_bytes(taken, "big")
        yield from range(first, min(first + step, turns))


@dataclass(slots=True)
class _Worker(Generic[R]):
    """A forked process."""

    process: int
    pipe: int
    """Where its results come from."""
    is_running: bool = True

    @classmethod
    def start(cls, work: Callable[[int], R], source: int, step: int, turns: int) -> _Worker[R]:
        parent = os.getpid()
        reading, writing = os.pipe()
        process = fork()
        if process:
            os.close(writing)
            return cls(process, reading)
        code = 1
        try:
            os.close(reading)
            die_with(parent)
            done: dict[int, R] = {}
            failed = None
            for turn in _taken(source, step, turns):
                try:
                    done[turn] = work(turn)
                except Exception as error:  # noqa: BLE001 - told to the parent, whatever it is
                    failed = turn, "".join(traceback.format_exception_only(error)).strip()
                    break
                if os.getppid() != parent:
                    break
            with os.fdopen(writing, "wb") as stream:
                pickle.dump((done, failed), stream, protocol=5)
            code = 0
        except BaseException:  # noqa: BLE001 - the exit code tells
            pass
        finally:
            os._exit(code)

    def finish(self) -> tuple[dict[int, R], tuple[int, str] | None]:
        """Wait for its results: by turn, and the turn at which it failed, with the error in words.

        Raises:
            PublishError: when it was killed.
            KeyboardInterrupt: when Ctrl-C ended it.
        """
        pipe, self.pipe = self.pipe, -1  # what is interrupted below closes it, and only once
        with os.fdopen(pipe, "rb") as stream:
            data = stream.read()
        _, status = os.waitpid(self.process, 0)
        self.is_running = False
        if status:
            code = os.waitstatus_to_exitcode(status)
            if code == -signal.SIGINT:
                time.sleep(_OWN_SIGNAL)
                raise KeyboardInterrupt
            how = f"was killed by {signal.Signals(-code).name}" if code < 0 else "broke off"
            raise PublishError(
                f"a process that was writing pages {how}: the machine may have run out of memory. "
                "The old site is untouched; build again."
            )
        results: tuple[dict[int, R], tuple[int, str] | None] = pickle.loads(data)
        return results

    def end(self) -> None:
        """Stop it, if it is still there."""
        if self.pipe >= 0:
            os.close(self.pipe)
        if self.is_running:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)

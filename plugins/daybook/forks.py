"""Forked processes that share work: Ctrl-C ends them at once, and none outlives its parent.

A child starts with everything as it is here, and sends back only what it found. Who shares what
work, and what becomes of it when a child fails, is for others to say (`archive.forking`,
`publishing.crew`, `learning.relating`).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import pickle
import select
import signal
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

R = TypeVar("R")

A_CORES_WORTH = 350
"""So many papers are worth a process: one serves an archive of fewer than twice as many, which it
builds in two seconds. A second one would save a fifth of them and take half the memory again."""
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""What ends a process in good order: Ctrl-C, a system or `timeout`, a terminal that is closed."""
_HELD = 4096
"""What a pipe holds of turns, at four bytes each, on every system."""
_DIE_WITH_PARENT = 1
"""Linux's ``PR_SET_PDEATHSIG``."""


def fork() -> int:
    """Fork this process, as `os.fork` does: give the child's number, or 0 in the child.

    Signals wait meanwhile. One that came just after the fork would be raised in the child as in its
    parent, and there run up through frames, and clean up folders, that are the parent's.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)
    try:
        with warnings.catch_warnings():
            # Python 3.12 warns where other threads run: a child touches nothing they may hold.
            warnings.simplefilter("ignore", DeprecationWarning)
            process = os.fork()
        if not process:
            for name in ENDINGS:
                if signal.getsignal(name) is not signal.SIG_IGN:  # as `nohup` has it
                    signal.signal(name, signal.SIG_DFL)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return process


def die_with(parent: int) -> None:
    """Have the system end this process when its parent ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, int(signal.SIGKILL))
    if os.getppid() != parent:
        os._exit(1)


def cores() -> int:
    """Count the cores that this process may use with others: 1 where the system cannot fork."""
    if not hasattr(os, "fork"):
        return 1
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS
        return os.cpu_count() or 1


class Turns:
    """The numbers below one, each given to that one of several processes which asks for it first.

    They are taken from both ends, so that processes that keep what their turns have in common keep
    different things.
    """

    def __init__(self, turns: int) -> None:
        self._turns = turns
        self._step = turns // _HELD + 1
        runs = range(0, turns, self._step)
        self._left = _held([0 for _ in runs])
        """Something for each run that nobody has taken: neither end has more than there are."""
        self._ends = _held(runs), _held(runs[::-1])

    def taken(self, *, backwards: bool = False) -> Iterator[int]:
        """Take numbers as long as there are any, from the first on, or from the last."""
        while os.read(self._left, 4):
            first = int.from_bytes(os.read(self._ends[backwards], 4), "big")
            run = range(first, min(first + self._step, self._turns))
            yield from reversed(run) if backwards else run

    def close(self) -> None:
        """Let go of what is left."""
        for pipe in (self._left, *self._ends):
            os.close(pipe)


def _held(numbers: Sequence[int]) -> int:
    """Give a pipe from which each number can be read once, in their order."""
    source, sink = os.pipe()
    os.write(sink, b"".join([number.to_bytes(4, "big") for number in numbers]))
    os.close(sink)
    return source


class Child(Generic[R]):
    """A forked process that works something out, which must be picklable."""

    def __init__(self, work: Callable[[], R]) -> None:
        """Begin."""
        parent = os.getpid()
        self._pipe, writing = os.pipe()
        self._process = fork()
        self._is_running = True
        if self._process:
            os.close(writing)
            return
        code = 1
        try:
            os.close(self._pipe)
            die_with(parent)
            found = work()
            with os.fdopen(writing, "wb") as stream:
                pickle.dump(found, stream, protocol=5)
            code = 0
        except BaseException:  # noqa: BLE001 - the exit code tells
            pass
        finally:
            os._exit(code)

    def is_ready(self) -> bool:
        """Tell whether it sends what it found, or has ended."""
        poll = select.poll()
        poll.register(self._pipe, select.POLLIN)
        return bool(poll.poll(0))

    def receive(self) -> tuple[int, R | None]:
        """Wait for what it found; a code other than 0 tells that it failed.

        Returns the exit code, negative for the signal that ended it, and what it found.
        """
        pipe, self._pipe = self._pipe, -1  # what is interrupted below closes it, and only once
        found = None
        with (
            os.fdopen(pipe, "rb") as stream,
            contextlib.suppress(EOFError, pickle.UnpicklingError),
        ):
            found = pickle.load(stream)
        _, status = os.waitpid(self._process, 0)
        self._is_running = False
        code = os.waitstatus_to_exitcode(status)
        return code, found if code == 0 else None

    def end(self) -> None:
        """Stop it, if it is still there."""
        if self._pipe >= 0:
            os.close(self._pipe)
            self._pipe = -1
        if self._is_running:
            self._is_running = False
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)

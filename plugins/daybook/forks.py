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

ENDINGS = (signal.SIGINT, signal.SIGTERM)
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
    """Numbers, each given to that one of several processes which asks for it first."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self._numbers = numbers
        self._step = len(numbers) // _HELD + 1
        self._source, sink = os.pipe()
        for first in range(0, len(numbers), self._step):
            os.write(sink, first.to_bytes(4, "big"))
        os.close(sink)

    def taken(self) -> Iterator[int]:
        """Take numbers as long as there are any."""
        while taken := os.read(self._source, 4):
            first = int.from_bytes(taken, "big")
            yield from self._numbers[first : first + self._step]

    def close(self) -> None:
        """Let go of what is left."""
        os.close(self._source)


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

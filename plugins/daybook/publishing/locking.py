"""A folder that only one build at a time may hold.

The lock is `flock` on the folder itself: the kernel drops it when its process ends, however it
ends, so that no stale lock is ever left to remove by hand.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

from ..errors import PublishError

_PAUSE = 0.1
"""Seconds between two attempts: short for a person, nothing for the machine."""

_held: weakref.WeakSet[FolderLock] = weakref.WeakSet()


class FolderLock:
    """An exclusive hold on a folder, until `release` or the end of the process."""

    def __init__(self, folder: Path, descriptor: int) -> None:
        self.folder = folder
        self._descriptor: int | None = descriptor
        _held.add(self)

    @classmethod
    def attempt(cls, folder: Path) -> FolderLock | None:
        """Hold `folder`, or give ``None`` when another process does.

        A holder may move its folder elsewhere, so what was locked must still be what the path
        names.

        Raises:
            OSError: when there is no such folder, or a link or a file is in its place.
        """
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(descriptor), folder.lstat()):
                return cls(folder, descriptor)
        except (BlockingIOError, FileNotFoundError):
            pass
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        return None

    @classmethod
    def wait(
        cls, folder: Path, seconds: float, notice: Callable[[str], None], *, create: bool
    ) -> FolderLock:
        """Hold `folder`, waiting up to `seconds` for another build to end.

        With `create` a missing folder is made. `notice` is told once, before the waiting begins.

        Raises:
            PublishError: when the other build takes longer.
            OSError: when the folder is missing, or cannot be made or opened.
        """
        deadline = time.monotonic() + seconds
        told = False
        while True:
            try:
                if create:
                    folder.mkdir(parents=True, exist_ok=True)
                lock = cls.attempt(folder)
            except FileNotFoundError:
                if not create:
                    raise
                lock = None  # its holder removed it between the two steps
            except FileExistsError:
                if os.path.lexists(folder) and not folder.is_dir():
                    raise
                lock = None  # its holder removed it while it was looked at
            if lock is not None:
                return lock
            if time.monotonic() >= deadline:
                raise PublishError(
                    f"another build has held {folder} for {seconds:g} s. "
                    "Try again when it has ended; nothing was changed."
                )
            if not told:
                notice(f"Another build is running; waiting up to {seconds:g} s for it to end")
                told = True
            time.sleep(_PAUSE)

    @contextlib.contextmanager
    def shared(self) -> Iterator[None]:
        """Let processes forked inside hold the folder too, until they end."""
        if self._descriptor is None:
            raise AssertionError("only a held lock can be shared")
        copy = os.dup(self._descriptor)
        try:
            yield
        finally:
            os.close(copy)

    def release(self) -> None:
        """Let the next build have the folder."""
        descriptor, self._descriptor = self._descriptor, None  # whatever interrupts, closed once
        if descriptor is not None:
            os.close(descriptor)


def _forget() -> None:
    """Close a forked child's copies: a worker that outlives its build must not go on holding."""
    for lock in tuple(_held):
        lock.release()


os.register_at_fork(after_in_child=_forget)

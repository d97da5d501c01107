"""Forking processes that Ctrl-C ends at once, without a word about their parent's work."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import warnings

ENDINGS = (signal.SIGINT, signal.SIGTERM)
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

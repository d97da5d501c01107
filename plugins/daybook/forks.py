"""Forking processes that Ctrl-C ends at once, without a word about their parent's work."""

from __future__ import annotations

import os
import signal
import warnings

ENDINGS = (signal.SIGINT, signal.SIGTERM)


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

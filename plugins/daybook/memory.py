"""Memory of large archives: without the garbage collector's walks, and given back when free."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def settled_memory(*, lasting: bool = False) -> Iterator[None]:
    """Keep the garbage collector from walking through the archive again and again.

    At 20,000 papers that takes a sixth to a quarter of the time, and reading, converting and
    counting make hardly any cycles.

    Args:
        lasting: what is made inside stays until `gc.unfreeze`, for a build until the next one
            begins; the collector, on again, looks only at what comes after.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if lasting:
            gc.freeze()
        if was_on:
            gc.enable()


def hand_back() -> None:
    """Give what is free of the C library's memory back to the system, where it is known how.

    What digests and pages said is a sixth of the memory after a conversion, free and of no use.
    """
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)


def leave_to_system(thing: object) -> None:
    """Have a thing that lasts to the end of the process never be freed by the interpreter.

    It frees object after object, 0.3 s at 20,000 papers; the system takes all at once.
    """
    if sys.implementation.name == "cpython":
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(thing))

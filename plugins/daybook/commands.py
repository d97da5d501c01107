"""How the keeper's commands end: with an exit code and a line that says why, never a traceback.

SIGTERM, with which systems and `timeout` end what runs, and SIGHUP, which comes as a terminal is
closed, are taken as Ctrl-C is.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from .errors import DaybookError
from .forks import ENDINGS

_BY_SIGNAL = 128
"""The exit code of what a signal ended, as shells give it, is this and the signal's number."""


class Terminated(KeyboardInterrupt):
    """SIGTERM or SIGHUP came."""

    def __init__(self, number: int = signal.SIGTERM) -> None:
        """Remember which."""
        super().__init__()
        self.number = number


def obey_signals() -> None:
    """Let SIGTERM and SIGHUP end this process as Ctrl-C does, unless they mean something else here.

    Of all the first counts: what is half done is cleared up. A second is passed over, and a third
    ends the process at once, whatever keeps it: what it leaves, the next one clears away.
    """
    if threading.current_thread() is not threading.main_thread():
        return  # other threads may not say what signals mean
    for name in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(name) is signal.SIG_DFL:  # `nohup` has it passed over
            signal.signal(name, _terminate)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, interrupt)


def _terminate(number: int, _frame: FrameType | None) -> NoReturn:
    _answer(_pass_over)
    raise Terminated(number)


def interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    """Answer the first Ctrl-C.

    Raises:
        KeyboardInterrupt: always.
    """
    _answer(_pass_over)
    raise KeyboardInterrupt


def _pass_over(_number: int, _frame: FrameType | None) -> None:
    _answer(signal.SIG_DFL)


def _answer(how: Callable[[int, FrameType | None], None] | signal.Handlers) -> None:
    for name in ENDINGS:
        if signal.getsignal(name) is not signal.SIG_IGN:
            signal.signal(name, how)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Put off what would end this process until the block has ended: it must not be half done."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    meanings = {name: signal.getsignal(name) for name in ENDINGS}
    before = {name: meant for name, meant in meanings.items() if callable(meant)}
    for name in before:
        signal.signal(name, lambda number, _: came.append(number))
    try:
        yield
    finally:
        for name, meant in before.items():
            signal.signal(name, meant)
        if came:
            signal.raise_signal(came[0])


def print_any_sign() -> None:
    """Let streams write what their encoding lacks as escapes: a report must not fail at a name."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.encoding.lower().startswith("utf"):
            stream.reconfigure(errors="backslashreplace")


def open_what_is_closed() -> None:
    """Let standard streams that were closed (``>&-``) lead to nowhere.

    Else the next file that is opened would have the number of one, and hold what other programs
    print that this process starts.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
            os.set_inheritable(number, True)
            setattr(sys, name, open(number, mode, encoding="utf-8"))  # noqa: PTH123, SIM115


def code_of(error: KeyboardInterrupt) -> int:
    """Give the exit code of what was interrupted."""
    return _BY_SIGNAL + (error.number if isinstance(error, Terminated) else signal.SIGINT)


def ended(work: Callable[[], int]) -> int:
    """Do a command's work, and give the exit code: 1 where it failed in a way that words tell."""
    obey_signals()
    open_what_is_closed()
    print_any_sign()
    try:
        code = work()
        sys.stdout.flush()
    except BrokenPipeError:  # nobody reads any more, as in `make doctor | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt as error:
        return _failed("interrupted. What is there is whole; run it again.", code_of(error))
    except MemoryError:
        return _failed("the memory was not enough. Leave it more, and run it again.")
    except DaybookError as error:
        return _failed(str(error))
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        return _failed(f"{place}{error.strerror or error}. Mend that, and run it again.")
    return code


def _failed(words: str, code: int = 1) -> int:
    print(f"Daybook: {words}", file=sys.stderr)  # noqa: T201
    return code

"""A last plain line when Pelican gives up: what failed, where, and what to do.

What Daybook itself refuses (a full disk, a folder that may not be written) says all that in words,
and is shown without a traceback; so is what the system refuses (a file that may not be read) and
what Pelican complains of in a page of the keeper's, unless `--debug` asks for more.

Pelican ends a build that fails with a traceback of its own workings. It logs it, at the level
CRITICAL, and ends: a handler of the log hears of everything just in time. A Ctrl-C it logs as a
warning, and ends as if all were well.
"""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import Path

import blinker
import jinja2
import markupsafe
import pelican
import pelican.log

from ..commands import code_of, obey_signals, open_what_is_closed, print_any_sign
from ..errors import DaybookError
from ..pelican_settings import origin_of

_PASSED_ON = tuple(
    str(Path(package.__file__).parent)
    for package in (pelican, blinker, jinja2, markupsafe)
    if package.__file__
)
"""Where errors pass through on their way from a plugin or a theme."""
_PYTHON = str(Path(logging.__file__).parents[1])
_NO_THEME = "Could not find the theme"
"""How Pelican begins what it raises where THEME names none."""
_SAYING_ALL = (DaybookError, OSError, MemoryError)
"""Errors whose places in the program tell a keeper nothing."""


class LastWord(logging.Handler):
    """Says what ended a build, after the traceback."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._complaint = ""
        """The last error that was logged before the end."""

    def emit(self, record: logging.LogRecord) -> None:
        """Remember an error; at the end, print the line.

        Raises:
            SystemExit: at the end of a build that was interrupted.
        """
        error = sys.exc_info()[1]
        if record.levelno < logging.ERROR:
            if isinstance(error, KeyboardInterrupt) and not _is_lasting(error):
                print(  # noqa: T201
                    "Daybook: interrupted before the end. What is published is whole; build again.",
                    file=sys.stderr,
                )
                raise SystemExit(code_of(error))
        elif record.levelno < logging.CRITICAL:
            self._complaint = record.getMessage().splitlines()[0]
        elif error is not None and (record.exc_info or _says_all(error)):
            print(last_word(error, self._complaint), file=sys.stderr)  # noqa: T201


class _InWords(logging.Handler):
    """Takes the traceback from an error whose words say it all, before others show it."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and _says_all(error):
            record.exc_info = None


def _says_all(error: BaseException) -> bool:
    """Tell whether words say what went wrong, and a traceback would add nothing."""
    cause = _cause(error)
    said = isinstance(cause, _SAYING_ALL) or str(cause).startswith(_NO_THEME)
    return said or _is_of_the_log(cause)


def _cause(error: BaseException) -> BaseException:
    """Give what failed first, where Pelican's log ended the build; else the error itself."""
    complained = _is_of_the_log(error)
    while complained and error.__context__ is not None:
        error = error.__context__
    return error


def _is_of_the_log(error: BaseException) -> bool:
    """Tell whether Pelican's log raised it, as errors are fatal here."""
    frames = traceback.extract_tb(error.__traceback__)
    return bool(frames) and frames[-1].filename == pelican.log.__file__


def _is_lasting(error: KeyboardInterrupt) -> bool:
    """Tell whether it ended what watches or serves until somebody ends it: that is no fault.

    Where Pelican does both, each is a process of its own, and it waits for what they say.
    """
    from multiprocessing import queues  # noqa: PLC0415 - slow to load, and only for this

    codes = {frame.f_code for frame, _ in traceback.walk_tb(error.__traceback__)}
    waits = {pelican.autoreload.__code__, pelican.listen.__code__, queues.Queue.get.__code__}
    return bool(codes & waits)


def _is_passed(file: str) -> bool:
    """Tell whether a file is Python's own, or one where errors only pass through."""
    is_own = file.startswith(_PYTHON) and "-packages" not in file
    return is_own or file.startswith((*_PASSED_ON, "<"))


def have_the_last_word() -> None:
    """Let the log end with a plain line when a build fails; as often as it is called, once.

    SIGTERM ends a build as Ctrl-C does, and the report can be printed whatever the locale.
    """
    obey_signals()
    open_what_is_closed()
    print_any_sign()
    log = logging.getLogger()
    if not any(isinstance(handler, LastWord) for handler in log.handlers):
        log.handlers.insert(0, _InWords(logging.CRITICAL))
        log.addHandler(LastWord())


def last_word(error: BaseException, complaint: str = "") -> str:
    """Give one line about an error that ended a build; `complaint` is what was logged before it.

    Where errors are fatal, Pelican's log makes a `RuntimeError` of a complaint, and of an error
    that a plugin raised both: there the first of them is what failed.
    """
    begun = "Daybook: nothing was built and the last site stays as it was."
    if isinstance(error, DaybookError):
        return f"{begun} {' '.join(str(error).split())}"
    complained = _is_of_the_log(error)
    error = _cause(error)
    if str(error).startswith(_NO_THEME):
        folder = str(error).removeprefix(_NO_THEME).strip()
        return (
            f"{begun} {origin_of('THEME')}THEME: there is no folder {folder}, nor a theme of "
            "Pelican's of that name. Correct it in the settings file, and build again."
        )
    if isinstance(error, MemoryError):
        return f"{begun} The memory was not enough. Leave it more, and build again."
    frames = traceback.extract_tb(error.__traceback__)
    places = [frame for frame in frames if not _is_passed(frame.filename)]
    words = [complaint] if complained else []
    if places or not complained:
        words.append(" ".join(f"{type(error).__name__}: {error}".split()))
    place = f" ({places[-1].filename}, line {places[-1].lineno})" if places else ""
    return (
        f"{begun} {': '.join(words)}{place}. "
        "Mend what is named there, or take it out of the settings file, and build again."
    )

"""Daybook: a browsable, searchable archive of research papers, as a Pelican plugin."""

import sys as _sys
from types import TracebackType as _TracebackType


def _end_in_words(
    kind: type[BaseException], error: BaseException, trace: _TracebackType | None
) -> None:
    """Say in words that Ctrl-C came while a command was still being loaded."""
    if issubclass(kind, KeyboardInterrupt):
        _sys.stderr.write("Daybook: interrupted before it began.\n")
    else:
        _sys.__excepthook__(kind, error, trace)


if _sys.argv[:1] == ["-m"]:  # so Python calls a program before it knows which module of ours it is
    _sys.excepthook = _end_in_words


def register() -> None:
    """Plug all of Daybook into Pelican (``PLUGINS = ["daybook"]``)."""
    from .publishing.plugin import connect  # noqa: PLC0415 - the upper floors know no Pelican

    connect()

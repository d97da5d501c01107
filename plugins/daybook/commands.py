"""How the keeper's commands end: with an exit code and a line that says why, never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from .errors import DaybookError

INTERRUPTED = 130
"""The exit code of what Ctrl-C ended, as shells give it: 128 and the signal's number."""


def ended(work: Callable[[], int]) -> int:
    """Do a command's work, and give the exit code: 1 where it failed in a way that words tell."""
    try:
        code = work()
        sys.stdout.flush()
    except BrokenPipeError:  # nobody reads any more, as in `make doctor | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return _failed("interrupted. What is there is whole; run it again.", INTERRUPTED)
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

"""The commands behind ``make fetch`` and ``make enrich``."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from ..commands import code_of, obey_signals, print_any_sign
from ..report import printable
from .collecting import fetch
from .days import today
from .enriching import enrich
from .errors import FetchError
from .options import read_options

_COMMANDS = {"fetch": (fetch, "Not fetched"), "enrich": (enrich, "Not enriched")}


def main(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a command; 0 when all went well, 1 when not, with a line that says what to do."""
    if len(arguments) != 1 or arguments[0] not in _COMMANDS:
        _warn(f"Usage: python -m daybook.fetching {'|'.join(_COMMANDS)}")
        return 2
    command, failed = _COMMANDS[arguments[0]]
    try:
        return 0 if command(read_options(environment), today(), _say, _warn) else 1
    except FetchError as error:
        _warn(f"{failed}: {error}.")
        return 1
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        _warn(f"{failed}: {place}{error.strerror or error}.")
        return 1
    except KeyboardInterrupt as error:
        _warn("Interrupted; what was saved is whole. Run it again to go on.")
        return code_of(error)


def _say(line: str) -> None:
    sys.stdout.write(printable(line) + "\n")
    sys.stdout.flush()


def _warn(line: str) -> None:
    sys.stderr.write(printable(line) + "\n")


if __name__ == "__main__":
    obey_signals()
    print_any_sign()
    sys.exit(main(sys.argv[1:], os.environ))

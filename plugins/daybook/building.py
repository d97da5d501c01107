"""``make site``: what ``python -m pelican`` does, but a Ctrl-C is answered in words from the start.

Pelican takes half a second to load, and Python shows a traceback of what ends that; until it has
loaded its plugins, Pelican itself ends an interrupted build as if all were well.
"""

from __future__ import annotations

import signal
import sys
from types import FrameType

from .commands import ended, interrupt
from .errors import SettingsError

_interrupts: list[int] = []
"""Not empty once Ctrl-C was pressed."""


def main() -> int:
    """Build with the command line's arguments, which are Pelican's.

    Raises:
        SettingsError: when Pelican was told of no plugin of Daybook's, and so built no archive.
        KeyboardInterrupt: after Ctrl-C, whatever became of it on its way.
    """
    signal.signal(signal.SIGINT, _interrupt)
    from pelican import main as build  # noqa: PLC0415 - the slow part

    build()
    if _interrupts:
        raise KeyboardInterrupt
    if f"{__package__}.publishing.plugin" not in sys.modules:
        raise SettingsError(
            "PLUGINS names no plugin of Daybook's, so no archive was built. Write "
            'PLUGINS = ["daybook"], a list, into the settings file, and build again.'
        )
    return 0


def _interrupt(number: int, frame: FrameType | None) -> None:
    _interrupts.append(number)
    interrupt(number, frame)


if __name__ == "__main__":
    sys.exit(ended(main))

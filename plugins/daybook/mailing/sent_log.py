"""Who got which digest: a log beside the list that only grows, on the disk before it counts.

A line is a digest's id, a word and an address. ``trying`` is written before the message leaves,
``sent`` once the server took it, ``refused`` once it said no. What stands at ``trying`` after a
crash may or may not have arrived, and is not sent again: never twice goes before at least once.
"""

from __future__ import annotations

import fcntl
import os
import re
from pathlib import Path
from types import TracebackType

from .errors import MailError
from .subscribers import normalized

TRYING = "trying"
SENT = "sent"
REFUSED = "refused"
_LINE = re.compile(rf"([a-z0-9-]+) ({TRYING}|{SENT}|{REFUSED}) (\S+)")


class SentLog:
    """The log of one list, locked while it is open."""

    def __init__(self, file: Path) -> None:
        """Open or begin the log.

        Raises:
            MailError: where another run has it, or it cannot be read and written.
        """
        self._file = file
        try:
            self._handle = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        except OSError as error:
            raise MailError(f"The log {file} cannot be written: {error.strerror}") from None
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._states = self._read()
            _sync_folder(file.parent)
        except BlockingIOError:
            os.close(self._handle)
            raise MailError(f"Another run is sending: it has the log {file}") from None
        except BaseException:
            os.close(self._handle)
            raise

    def state(self, digest: str, address: str) -> str | None:
        """Give the last word on an address; ``None`` where there is none."""
        return self._states.get((digest, normalized(address)))

    def write(self, digest: str, state: str, address: str) -> None:
        """Add a line, and return once it is on the disk.

        Raises:
            MailError: where it cannot be written: nothing may be sent then.
        """
        line = f"{digest} {state} {normalized(address)}\n".encode("ascii")
        try:
            if os.write(self._handle, line) != len(line):
                raise MailError(f"The log {self._file} cannot be written: no space is left")
            os.fsync(self._handle)
        except OSError as error:
            raise MailError(f"The log {self._file} cannot be written: {error.strerror}") from None
        self._states[digest, normalized(address)] = state

    def _read(self) -> dict[tuple[str, str], str]:
        content = self._file.read_bytes()
        whole = content.rfind(b"\n") + 1
        if whole != len(content):  # torn: nothing was sent, or the line before still says 'trying'
            os.ftruncate(self._handle, whole)
        states = {}
        lines = content[:whole].decode("utf-8", errors="replace").splitlines()
        for number, line in enumerate(lines, 1):
            match = _LINE.fullmatch(line)
            if match is None:
                raise MailError(
                    f"{self._file}:{number}: should be '2025-03-11 sent ada@papers.example' and is "
                    f"{line!r:.100}. Nothing is sent while the log cannot be understood"
                )
            digest, state, address = match.groups()
            states[digest, address] = state
        return states

    def __enter__(self) -> SentLog:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._handle)


def _sync_folder(folder: Path) -> None:
    """Make sure that a new file's name is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""The text of the taxonomy file: read as TOML, and refused by the line that is wrong.

TOML itself tells no lines, so that they are looked for where something is refused, and only there.
What a message quotes is cut: a key may be as long as the file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

from ..errors import TopicsError
from ..plain_files import read_plain
from ..toml_text import read_toml

MOST_BYTES = 10_000_000
"""A file larger than this is refused."""
_LINE_OF_SYNTAX_ERROR = re.compile(r"\(at line (\d+)")
_TOPIC_HEADER = re.compile(r"\s*\[\[\s*topics\s*\]\]")
_MOST_QUOTED = 60


def quoted(value: object) -> str:
    """Give a value as a message quotes it."""
    if isinstance(value, str) and len(value) > _MOST_QUOTED:
        return f"{value[:_MOST_QUOTED]!r}..."
    text = repr(value)
    return text if len(text) <= _MOST_QUOTED + 2 else f"{text[:_MOST_QUOTED]}..."


class TaxonomyText:
    """One file, its bytes' hash, and where its lines are."""

    def __init__(self, path: Path) -> None:
        """Name the file; `parse` reads it."""
        self._path = path
        self._lines: list[str] = []
        self.fingerprint = ""
        """A hash of the very bytes that were read."""

    def parse(self) -> dict[str, Any]:
        """Read the file as TOML.

        Raises:
            TopicsError: if it cannot be read, or is none.
        """
        try:
            data = read_plain(self._path)
            self.fingerprint = hashlib.sha256(data).hexdigest()
            if len(data) > MOST_BYTES:
                self.refuse(
                    f"is larger than {MOST_BYTES:,} bytes.", hint="No taxonomy needs as many."
                )
            text = data.decode("utf-8-sig")
        except OSError as error:
            self.refuse(
                f"cannot be read: {error.strerror or error}.",
                hint="Put the taxonomy there, or correct the path in the settings.",
            )
        except UnicodeDecodeError as error:
            self.refuse(
                f"is not UTF-8 (byte {error.start}).", hint="Save it with the encoding UTF-8."
            )
        self._lines = text.splitlines()
        try:
            return read_toml(text.replace("\r\n", "\n"))
        except ValueError as error:
            where = _LINE_OF_SYNTAX_ERROR.search(str(error))
            line = int(where[1]) if where else len(self._lines) or None
            self.refuse(f"is not TOML: {error}.", line=line, hint="Correct that line.")

    def line_of_topic(self, place: int) -> int | None:
        """Find the line of the n-th ``[[topics]]``, counted from 1."""
        return self._starts[place] if place < len(self._starts) else None

    @cached_property
    def _starts(self) -> list[int]:
        return [number for number, line in enumerate(self._lines, 1) if _TOPIC_HEADER.match(line)]

    def line_of(self, key: str, start: int | None = None, end: int | None = None) -> int | None:
        """Find the line that sets a key or opens a table, from a line on, up to another."""
        return self._first_line(lambda line: _sets(line, key), start, end)

    def line_with(self, text: str, start: int | None) -> int | None:
        """Find the line that quotes a text, at or after a line."""
        return self._first_line(lambda line: f'"{text}"' in line or f"'{text}'" in line, start)

    def _first_line(
        self, right: Callable[[str], bool], start: int | None, end: int | None = None
    ) -> int | None:
        """Find the first right line, at or after a line; failing that, give that line."""
        for number in range(start or 1, end or len(self._lines) + 1):
            if right(self._lines[number - 1]):
                return number
        return start

    def refuse(self, message: str, *, hint: str, line: int | None = None) -> NoReturn:
        """Give up on the file."""
        raise TopicsError(self._path.as_posix(), message, line=line, hint=hint)


def _sets(line: str, key: str) -> bool:
    rest = line.lstrip().lstrip("\"'[")
    if not rest.startswith(key):
        return False
    after = rest[len(key) :].lstrip("\"']").lstrip()
    return after[:1] in ("", "=")

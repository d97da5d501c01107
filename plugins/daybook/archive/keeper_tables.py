"""The shape of the keeper's own files: TOML that is lists of tables, read entry by entry.

``papers.toml`` and ``authors.toml`` are written by hand (https://toml.io/en/v1.0.0#array-of-tables).
An entry that cannot be understood is a refusal that names its line, and the others count. A file
that cannot be read at all stops the build: a slip of the pen would bring back whatever it hides.
What an entry means is its own module's to say.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import KeeperError, Refusal
from ..plain_files import open_plain
from ..toml_text import read_toml
from .markdown_text import shown_line

MOST_BYTES = 10_000_000
"""A file larger than this is refused."""
_NONE = "Until then nothing is built, as what it says would count no more."
_FIRST_WORD = re.compile(r"[\s\[]*['\"]?([\w-]+)")
_MOST_TOLD = 20
"""Names that are none of the kinds: who has more than these has one fault many times."""
_HEADER = re.compile(r"\s*\[\[\s*['\"]?(\w+)['\"]?\s*\]\]")
_ENDS, _BYTE_ENDS = re.compile("\r\n?"), re.compile(b"\r\n?|\n")
_LEFT_OUT = "Correct or remove the entry; it was left out."

Table = dict[str, Any]
EntryReader = Callable[[int | None, Table], Any]
"""Understands one table, whose header is on that line; raises `WrongError`."""
Entries = tuple[tuple[Any, ...], ...]
"""What was understood of each kind, in the order of the kinds, and of the file."""


class WrongError(Exception):
    """A value that is not what it should be: the message says what was expected."""


@dataclass(frozen=True, slots=True)
class KeeperFile:
    """One of the files: its name, and the reader of each kind of table."""

    name: str
    kinds: Mapping[str, EntryReader]

    def read(self, path: Path | None) -> tuple[Entries, tuple[Refusal, ...]]:
        """Read the file; one that does not exist says nothing.

        Raises:
            KeeperError: for a file of which nothing can be read.
        """
        try:
            if path is None:
                return self.parse("")
            with os.fdopen(open_plain(path), "rb") as stream:
                data = stream.read(MOST_BYTES + 1)
            if len(data) > MOST_BYTES:
                raise KeeperError(self.name, f"it is larger than {MOST_BYTES:,} bytes.", hint=_NONE)
            return self.parse(_ENDS.sub("\n", data.decode("utf-8-sig")))
        except FileNotFoundError:
            return self.parse("")
        except OSError as error:
            message = f"it cannot be read: {error.strerror}."
            hint = f"Check its permissions. {_NONE}"
            raise KeeperError(self.name, message, hint=hint) from None
        except UnicodeDecodeError as error:
            line = len(_BYTE_ENDS.findall(data, 0, error.start)) + 1
            hint = f"Save it as UTF-8. {_NONE}"
            raise KeeperError(self.name, "expected UTF-8.", line=line, hint=hint) from None

    def parse(self, text: str) -> tuple[Entries, tuple[Refusal, ...]]:
        """Understand the text of the file.

        Raises:
            KeeperError: for what is no TOML.
        """
        try:
            said = read_toml(text)
        except ValueError as error:
            found = re.search(r"at line (\d+)", str(error))
            line, message = int(found[1]) if found else None, f"expected TOML ({error})."
            hint = f"Correct the line. {_NONE}"
            raise KeeperError(self.name, message, line=line, hint=hint) from None
        lines = _lines_of_tables(text)
        unknown: list[str] = []
        read: dict[str, list[Any]] = {kind: [] for kind in self.kinds}
        refusals: list[Refusal] = []
        for kind, tables in said.items():
            if kind not in self.kinds or not isinstance(tables, list):
                unknown.append(kind)
                continue
            places = lines.get(kind, [])
            for number, table in enumerate(tables):
                line = places[number] if len(places) == len(tables) else None
                try:
                    if not isinstance(table, dict):
                        raise WrongError("expected a table")
                    read[kind].append(self.kinds[kind](line, table))
                except WrongError as error:
                    message = f"in [[{kind}]] {number + 1}: {error}."
                    refusals.append(self.refuse(line, message, _LEFT_OUT))
        refusals += self._unknown(text, unknown)
        return tuple(tuple(found) for found in read.values()), tuple(refusals)

    def refuse(self, line: int | None, message: str, hint: str | None = None) -> Refusal:
        """Say what is wrong with the file."""
        return Refusal(self.name, line, message, hint)

    def _unknown(self, text: str, found: Sequence[str]) -> Iterator[Refusal]:
        """Refuse what is none of the kinds: a few by their lines, of all others the number."""
        kinds = ", ".join(f"[[{name}]]" for name in self.kinds)
        hint = "Correct or remove it."
        lines: dict[str, int] = {}
        for number, line in enumerate(text.split("\n"), 1) if found else ():
            if word := _FIRST_WORD.match(line):
                lines.setdefault(word[1], number)
        for kind in found[:_MOST_TOLD]:
            message = f"expected {kinds}, found {kind[:40]!r}."
            yield self.refuse(lines.get(kind), message, hint)
        if (more := len(found) - _MOST_TOLD) > 0:
            yield self.refuse(None, f"expected {kinds}, found {more:,} other names more.", hint)


def check_keys(table: Table, *needed: str, also: tuple[str, ...] = ()) -> None:
    """Check the names of a table's keys: those needed are there, and no unknown ones."""
    known = (*needed, *also)
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"
            raise WrongError(f"there is no {key[:40]!r} here; {hint}")
    for key in needed:
        if key not in table:
            raise WrongError(f"expected {key!r}, found none")


def line_of(value: Any, key: str) -> str | None:
    """Give a text as one line; ``None`` where it is empty, or nobody sees any of it."""
    if not isinstance(value, str):
        raise WrongError(f"{key!r} should be a text, in quotation marks")
    return shown_line(value) or None


def _lines_of_tables(text: str) -> dict[str, list[int]]:
    """Find the line of each ``[[...]]``, which the parser does not tell."""
    lines: dict[str, list[int]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if match := _HEADER.match(line):
            lines.setdefault(match[1], []).append(number)
    return lines

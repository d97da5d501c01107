"""The keeper's word on authors: ``authors.toml``, which merges, splits and keeps apart names.

Each entry is a table of a list (https://toml.io/en/v1.0.0#array-of-tables):

- ``[[merge]]``: ``names`` are one person, whatever they look like; the first is the one shown;
- ``[[split]]``: on ``papers`` (slugs, arXiv ids or DOIs) the ``name`` is another person than
  elsewhere, who is called ``known_as``;
- ``[[apart]]``: ``names`` are different people, whatever initials or an ORCID iD say.

What follows from it is `people`'s to say; what is wrong in it is a refusal that names the line.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import Refusal
from .markdown_text import one_line
from .slugs import author_key

FILE_NAME = "authors.toml"
MOST_BYTES = 10_000_000
"""A file larger than this is refused."""
_KINDS = {
    "merge": ("names",),
    "split": ("name", "papers", "known_as"),
    "apart": ("names",),
}
_HEADER = re.compile(r"\s*\[\[\s*['\"]?(\w+)['\"]?\s*\]\]")


@dataclass(frozen=True, slots=True)
class SplitName:
    """Papers on which a name is somebody else."""

    line: int | None
    name: str
    known_as: str
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AuthorWord:
    """Everything that the keeper says of names, in the order of the file."""

    merges: tuple[tuple[str, ...], ...] = ()
    splits: tuple[SplitName, ...] = ()
    aparts: tuple[tuple[str, ...], ...] = ()


NO_WORD = AuthorWord()


class _WrongError(Exception):
    """A value that is not what it should be: the message says what was expected."""


def read_author_word(path: Path | None) -> tuple[AuthorWord, tuple[Refusal, ...]]:
    """Read the file; an entry that cannot be understood is a refusal, the others count.

    A file that does not exist says nothing.
    """
    try:
        if path is None or not path.exists():
            return AuthorWord(), ()
        if path.stat().st_size > MOST_BYTES:
            return AuthorWord(), (refuse(None, f"it is larger than {MOST_BYTES:,} bytes."),)
        return parse_author_word(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        return AuthorWord(), (refuse(None, f"it cannot be read: {error.strerror}."),)
    except UnicodeDecodeError:
        return AuthorWord(), (refuse(None, "expected UTF-8.", "Save it as UTF-8."),)


def parse_author_word(text: str) -> tuple[AuthorWord, tuple[Refusal, ...]]:
    """Understand the text of the file."""
    try:
        said = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"at line (\d+)", str(error))
        hint = "Correct the line; until then nothing in the file counts."
        message = f"expected TOML ({error})."
        return AuthorWord(), (refuse(int(found[1]) if found else None, message, hint),)
    lines = _lines_of_tables(text)
    read: dict[str, list[Any]] = {kind: [] for kind in _KINDS}
    refusals: list[Refusal] = []
    for kind, tables in said.items():
        if kind not in _KINDS or not isinstance(tables, list):
            kinds = ", ".join(f"[[{name}]]" for name in _KINDS)
            line = next((n for n, words in enumerate(text.split("\n"), 1) if kind in words), None)
            refusals.append(refuse(line, f"expected {kinds}, found {kind[:40]!r}."))
            continue
        places = lines.get(kind, [])
        for number, table in enumerate(tables):
            line = places[number] if len(places) == len(tables) else None
            try:
                read[kind].append(_entry(kind, line, table))
            except _WrongError as error:
                refusals.append(refuse(line, f"in [[{kind}]] {number + 1}: {error}."))
    return AuthorWord(*(tuple(found) for found in read.values())), tuple(refusals)


def refuse(
    line: int | None, message: str, hint: str = "Correct or remove the entry; it was left out."
) -> Refusal:
    """Say what is wrong with the file."""
    return Refusal(FILE_NAME, line, message, hint)


def _lines_of_tables(text: str) -> dict[str, list[int]]:
    """Find the line of each ``[[...]]``, which the parser does not tell."""
    lines: dict[str, list[int]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if match := _HEADER.match(line):
            lines.setdefault(match[1], []).append(number)
    return lines


def _entry(kind: str, line: int | None, table: Any) -> Any:
    known = _KINDS[kind]
    if not isinstance(table, dict):
        raise _WrongError("expected a table")
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"
            raise _WrongError(f"there is no {key[:40]!r} here; {hint}")
    for key in known:
        if key not in table:
            raise _WrongError(f"expected {key!r}, found none")
    if kind == "split":
        name, known_as = _text(table["name"], "name"), _text(table["known_as"], "known_as")
        if author_key(name) == author_key(known_as):
            raise _WrongError("'known_as' should differ from 'name', as 'Wei Wang (Delft)' does")
        return SplitName(line, name, known_as, _texts(table["papers"], "papers"))
    names = _texts(table["names"], "names")
    if len({author_key(name) for name in names}) < 2:
        raise _WrongError("'names' should be a list of two or more different names")
    return names


def _text(value: Any, key: str) -> str:
    line = one_line(value) if isinstance(value, str) else ""
    if not line:
        raise _WrongError(f"{key!r} should be a text")
    return line


def _texts(value: Any, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise _WrongError(f"{key!r} should be a list of texts")
    return tuple(dict.fromkeys(_text(one, key) for one in value))

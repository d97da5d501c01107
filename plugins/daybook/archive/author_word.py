"""The keeper's word on authors: ``authors.toml``, which merges, splits and keeps apart names.

Each entry is a table of a list (https://toml.io/en/v1.0.0#array-of-tables):

- ``[[merge]]``: ``names`` are one person, whatever they look like; the first is the one shown;
- ``[[split]]``: on ``papers`` (slugs, arXiv ids or DOIs) the ``name`` is another person than
  elsewhere, who is called ``known_as``;
- ``[[apart]]``: ``names`` are different people, whatever initials or an ORCID iD say.

What follows from it is `people`'s to say; what is wrong in it is a refusal that names the line.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import Refusal
from .keeper_tables import Entries, KeeperFile, Table, WrongError, check_keys, line_of
from .slugs import author_key

FILE_NAME = "authors.toml"


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


def read_author_word(path: Path | None) -> tuple[AuthorWord, tuple[Refusal, ...]]:
    """Read the file; an entry that cannot be understood is a refusal, the others count.

    A file that does not exist says nothing.
    """
    return _checked(*_FILE.read(path))


def parse_author_word(text: str) -> tuple[AuthorWord, tuple[Refusal, ...]]:
    """Understand the text of the file."""
    return _checked(*_FILE.parse(text))


def _checked(
    entries: Entries, refusals: tuple[Refusal, ...]
) -> tuple[AuthorWord, tuple[Refusal, ...]]:
    """Refuse what keeps names apart that are joined by hand, too."""
    merges, splits, aparts = entries
    contradictions = []
    joined: dict[str, list[int]] = {}
    for place, (_, names) in enumerate(merges):
        for name in names:
            joined.setdefault(author_key(name), []).append(place)
    for line, names in aparts:
        keys = {author_key(name) for name in names}
        for place in sorted({place for key in keys for place in joined.get(key, ())}):
            merge_line, merged = merges[place]
            both = [name for name in merged if author_key(name) in keys]
            if len({author_key(name) for name in both}) > 1:
                said = f"{both[0]!r} and {both[1]!r} are joined by the [[merge]]"
                where = f" in line {merge_line}" if merge_line else ""
                contradictions.append(
                    refuse(
                        line,
                        f"in [[apart]]: {said}{where}; it is the [[merge]] that counts.",
                        "Remove one of the two.",
                    )
                )
    word = AuthorWord(
        tuple(names for _, names in merges), splits, tuple(names for _, names in aparts)
    )
    return word, (*refusals, *contradictions)


def refuse(line: int | None, message: str, hint: str) -> Refusal:
    """Say what is wrong with the file."""
    return _FILE.refuse(line, message, hint)


def _several(line: int | None, table: Table) -> tuple[int | None, tuple[str, ...]]:
    """Understand the names that are one person, or different people."""
    check_keys(table, "names")
    names = _texts(table["names"], "names")
    if len({author_key(name) for name in names}) < 2:
        raise WrongError("'names' should be a list of two or more different names")
    return line, names


def _split(line: int | None, table: Table) -> SplitName:
    check_keys(table, "name", "papers", "known_as")
    name, known_as = _text(table["name"], "name"), _text(table["known_as"], "known_as")
    if author_key(name) == author_key(known_as):
        raise WrongError("'known_as' should differ from 'name', as 'Wei Wang (Delft)' does")
    return SplitName(line, name, known_as, _texts(table["papers"], "papers"))


def _text(value: Any, key: str) -> str:
    line = line_of(value, key)
    if line is None:
        raise WrongError(f"{key!r} should not be empty")
    return line


def _texts(value: Any, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise WrongError(f"{key!r} should be a list of texts")
    return tuple(dict.fromkeys(_text(one, key) for one in value))


_FILE = KeeperFile(FILE_NAME, {"merge": _several, "split": _split, "apart": _several})
"""The kinds in the order of `AuthorWord`'s fields."""

"""The keeper's word: ``papers.toml``, which merges, splits, corrects, hides and withdraws papers.

Each entry is a table of a list: ``[[merge]]``, ``[[split]]``, ``[[correct]]``, ``[[hide]]`` or
``[[withdraw]]`` (https://toml.io/en/v1.0.0#array-of-tables). Papers are referred to by slug, arXiv
id or DOI, entries of digests as pages do: ``2025-03-14 #71``. What an entry means is in `obeying`;
here the file is read, and what is wrong in it is a refusal that names the line.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..digests.identifiers import read_arxiv, read_doi
from ..errors import BadDateError, Refusal
from ..records import Link, PartialDate
from .markdown_text import one_line, paragraphs
from .page import LINK_KINDS, list_item

FILE_NAME = "papers.toml"
MOST_BYTES = 10_000_000
"""A file larger than this is refused."""
NO_MORE = "yes"
"""What a page's key says where the keeper gives neither note nor reason."""
_HEADER = re.compile(r"\s*\[\[\s*['\"]?(\w+)['\"]?\s*\]\]")
_PLACE = re.compile(r"(\S.*?) ?#([1-9]\d{0,8})\Z", re.ASCII)


class _WrongError(Exception):
    """A value that is not what it should be: the message says what was expected."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Several papers that are one; the first keeps its page."""

    line: int | None
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """Entries that are another paper than the page on which they are."""

    line: int | None
    paper: str
    entries: tuple[tuple[str, int], ...]
    """Digest id (or file) and position."""
    arxiv: str | None = None
    """The arXiv id by which the split-off paper is known, and found again in other digests."""
    doi: str | None = None


@dataclass(frozen=True, slots=True)
class Correct:
    """Fields that are what the keeper says, whatever sources say."""

    line: int | None
    paper: str
    values: tuple[tuple[str, Any], ...]
    """The names of `records.Paper`'s fields, and their values."""


@dataclass(frozen=True, slots=True)
class Hide:
    """A paper that is not shown."""

    line: int | None
    paper: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Withdraw:
    """A paper that stays, with a note."""

    line: int | None
    paper: str
    note: str


@dataclass(frozen=True, slots=True)
class KeeperWord:
    """Everything that the keeper says, in the order of the file."""

    merges: tuple[Merge, ...] = ()
    splits: tuple[Split, ...] = ()
    corrections: tuple[Correct, ...] = ()
    hides: tuple[Hide, ...] = ()
    withdrawals: tuple[Withdraw, ...] = ()

    def __bool__(self) -> bool:
        return any((self.merges, self.splits, self.corrections, self.hides, self.withdrawals))


def read_keeper_word(path: Path | None) -> tuple[KeeperWord, tuple[Refusal, ...]]:
    """Read the file; an entry that cannot be understood is a refusal, the others count.

    A file that does not exist says nothing.
    """
    try:
        if path is None or not path.exists():
            return KeeperWord(), ()
        if path.stat().st_size > MOST_BYTES:
            return KeeperWord(), (_refuse(None, f"it is larger than {MOST_BYTES:,} bytes.", ""),)
        word, refusals = parse_keeper_word(path.read_text(encoding="utf-8-sig"))
        return word, tuple(replace(refusal, path=path.name) for refusal in refusals)
    except OSError as error:
        return KeeperWord(), (_refuse(None, f"it cannot be read: {error.strerror}.", ""),)
    except UnicodeDecodeError:
        return KeeperWord(), (_refuse(None, "expected UTF-8.", "Save it as UTF-8."),)


def parse_keeper_word(text: str) -> tuple[KeeperWord, tuple[Refusal, ...]]:
    """Understand the text of the file."""
    try:
        said = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else None
        hint = "Correct the line; until then nothing in the file counts."
        return KeeperWord(), (_refuse(line, f"expected TOML ({error}).", hint),)
    lines = _lines_of_tables(text)
    read: dict[str, list[Any]] = {kind: [] for kind in _KINDS}
    refusals: list[Refusal] = []
    for kind, tables in said.items():
        if kind not in _KINDS or not isinstance(tables, list):
            refusals.append(_unknown(text, kind))
            continue
        places = lines.get(kind, [])
        for number, table in enumerate(tables):
            line = places[number] if len(places) == len(tables) else None
            try:
                if not isinstance(table, dict):
                    raise _WrongError("expected a table")
                read[kind].append(_KINDS[kind](line, table))
            except _WrongError as error:
                hint = "Correct or remove the entry; it was left out."
                refusals.append(_refuse(line, f"in [[{kind}]] {number + 1}: {error}.", hint))
    return KeeperWord(*(tuple(found) for found in read.values())), tuple(refusals)


def _lines_of_tables(text: str) -> dict[str, list[int]]:
    """Find the line of each ``[[...]]``, which the parser does not tell."""
    lines: dict[str, list[int]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if match := _HEADER.match(line):
            lines.setdefault(match[1], []).append(number)
    return lines


def _unknown(text: str, kind: str) -> Refusal:
    line = next(
        (n for n, words in enumerate(text.split("\n"), 1) if re.match(rf"[\s\[]*{kind}\b", words)),
        None,
    ) if kind.isidentifier() else None  # fmt: skip
    kinds = ", ".join(f"[[{name}]]" for name in _KINDS)
    return _refuse(line, f"expected {kinds}, found {kind[:40]!r}.", "Correct or remove it.")


def _refuse(line: int | None, message: str, hint: str) -> Refusal:
    return Refusal(FILE_NAME, line, message, hint or None)


def _take(table: dict[str, Any], *needed: str, also: tuple[str, ...] = ()) -> None:
    """Check the names of a table's keys."""
    known = (*needed, *also)
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(known)}"
            raise _WrongError(f"there is no {key[:40]!r} here{hint}")
    for key in needed:
        if key not in table:
            raise _WrongError(f"expected {key!r}, found none")


def _merge(line: int | None, table: dict[str, Any]) -> Merge:
    _take(table, "papers")
    papers = tuple(dict.fromkeys(_names(table["papers"], "papers")))
    if len(papers) < 2:
        raise _WrongError("'papers' should be a list of two or more papers")
    return Merge(line, papers)


def _split(line: int | None, table: dict[str, Any]) -> Split:
    _take(table, "paper", "entries", also=("arxiv", "doi"))
    entries = []
    for text in _names(table["entries"], "entries"):
        match = _PLACE.match(text)
        if match is None:
            raise _WrongError(f"'entries' should be like '2025-03-14 #71', not {text[:40]!r}")
        entries.append((match[1], int(match[2])))
    if not entries:
        raise _WrongError("'entries' should name one entry or more")
    return Split(
        line,
        _name(table["paper"], "paper"),
        tuple(entries),
        _arxiv(table["arxiv"], "arxiv") if "arxiv" in table else None,
        _doi(table["doi"], "doi") if "doi" in table else None,
    )


def _correct(line: int | None, table: dict[str, Any]) -> Correct:
    if "date" in table:
        raise _WrongError(
            "a paper's date follows from its digests and its publication; correct 'published', or "
            "date the digest by a sidecar file"
        )
    _take(table, "paper", also=tuple(_FIELDS))
    values = tuple(
        (field, _FIELDS[field](said, field)) for field, said in table.items() if field != "paper"
    )
    if not values:
        raise _WrongError("expected a field and its value, found none")
    return Correct(line, _name(table["paper"], "paper"), values)


def _hide(line: int | None, table: dict[str, Any]) -> Hide:
    _take(table, "paper", also=("reason",))
    return Hide(line, _name(table["paper"], "paper"), _line(table.get("reason", ""), "reason"))


def _withdraw(line: int | None, table: dict[str, Any]) -> Withdraw:
    _take(table, "paper", also=("note",))
    note = _line(table.get("note", ""), "note")
    return Withdraw(line, _name(table["paper"], "paper"), note or NO_MORE)


def _name(value: Any, key: str) -> str:
    text = _line(value, key)
    if text is None:
        raise _WrongError(f"{key!r} should be a slug, an arXiv id or a DOI")
    return text


def _names(value: Any, key: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _WrongError(f"{key!r} should be a list")
    return tuple(_name(one, key) for one in value)


def _line(value: Any, key: str) -> str | None:
    if not isinstance(value, str):
        raise _WrongError(f"{key!r} should be a text, in quotation marks")
    return one_line(value) or None


def _title(value: Any, key: str) -> str:
    if title := _line(value, key):
        return title
    raise _WrongError("'title' should not be empty")


def _text(value: Any, key: str) -> str | None:
    if not isinstance(value, str):
        raise _WrongError(f"{key!r} should be a text, in quotation marks")
    return paragraphs(value) or None


def _list(value: Any, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise _WrongError(f"{key!r} should be a list of texts")
    return tuple(dict.fromkeys(name for one in value if (name := list_item(one))))


def _authors(value: Any, key: str) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise _WrongError(f"{key!r} should be a list of names")
    return tuple(name for one in value if (name := list_item(one))) or None


def _number(value: Any, key: str) -> int | None:
    if value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**9:
        raise _WrongError(f"{key!r} should be a whole number")
    return value


def _published(value: Any, key: str) -> PartialDate | None:
    try:
        return PartialDate.parse(str(value)) if value != "" else None
    except BadDateError:
        raise _WrongError(f"{key!r} should be like '2024', '2024-06' or '2024-06-28'") from None


def _arxiv(value: Any, key: str) -> str | None:
    if value == "":
        return None
    found = read_arxiv(value) if isinstance(value, str) else None
    if found is None:
        raise _WrongError(f"{key!r} should be an arXiv id, in quotation marks")
    return found[0]


def _doi(value: Any, key: str) -> str | None:
    if value == "":
        return None
    found = read_doi(value) if isinstance(value, str) else None
    if found is None:
        raise _WrongError(f"{key!r} should be a DOI, in quotation marks")
    return found


def _links(value: Any, key: str) -> tuple[Link, ...]:
    links = []
    for text in _names(value, key) if value != "" else ():
        kind, _, url = text.partition(" ")
        if kind not in LINK_KINDS or not re.match(r"https?://[^\s<>\"]+\Z", url):
            raise _WrongError(f"{key!r} should be like 'code https://...', not {text[:40]!r}")
        links.append(Link(kind, url))
    return tuple(links)


_KINDS: dict[str, Callable[[int | None, dict[str, Any]], Any]] = {
    "merge": _merge,
    "split": _split,
    "correct": _correct,
    "hide": _hide,
    "withdraw": _withdraw,
}
"""In the order of `KeeperWord`'s fields."""
_FIELDS: dict[str, Callable[[Any, str], Any]] = {
    "title": _title,
    "abstract": _text,
    "blurb": _line,
    "ai_summary": _line,
    "authors": _authors,
    "author_count": _number,
    "published": _published,
    "topics": _list,
    "arxiv": _arxiv,
    "arxiv_version": _number,
    "doi": _doi,
    "venue": _line,
    "remark": _line,
    "categories": _list,
    "organization": _line,
    "submitter": _line,
    "keywords": _list,
    "upvotes": _number,
    "comments": _number,
    "links": _links,
}
"""What can be corrected: each field's reader. An empty text or list makes a value unknown."""

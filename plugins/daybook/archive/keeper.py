"""The keeper's word: ``papers.toml``, which merges, splits, corrects, hides and withdraws papers.

Each entry is a table of a list: ``[[merge]]``, ``[[split]]``, ``[[correct]]``, ``[[hide]]`` or
``[[withdraw]]`` (https://toml.io/en/v1.0.0#array-of-tables). Papers are referred to by slug, arXiv
id or DOI, entries of digests as pages do: ``2025-03-14 #71``. What an entry means is in `obeying`;
here the file is read, and what is wrong in it is a refusal that names the line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..digests.identifiers import read_arxiv, read_doi
from ..errors import BadDateError, Refusal
from ..records import Link, PartialDate
from .keeper_tables import EntryReader, KeeperFile, WrongError, check_keys
from .keeper_tables import line_of as _line
from .markdown_text import paragraphs, shown_line
from .page import LINK_KINDS

FILE_NAME = "papers.toml"
NO_MORE = "yes"
"""What a page's key says where the keeper gives neither note nor reason."""
_PLACE = re.compile(r"(\S.*?) ?#([1-9]\d{0,8})\Z", re.ASCII)


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

    def lines_of(self, field: str) -> dict[str, int | None]:
        """Give the line of the first entry that names each value of a corrected field."""
        found: dict[str, int | None] = {}
        for entry in self.corrections:
            for name, values in entry.values:
                for value in values if name == field else ():
                    found.setdefault(value, entry.line)
        return found

    def __bool__(self) -> bool:
        return any((self.merges, self.splits, self.corrections, self.hides, self.withdrawals))


def read_keeper_word(path: Path | None) -> tuple[KeeperWord, tuple[Refusal, ...]]:
    """Read the file; an entry that cannot be understood is a refusal, the others count.

    A file that does not exist says nothing.
    """
    entries, refusals = _FILE.read(path)
    return KeeperWord(*entries), refusals


def parse_keeper_word(text: str) -> tuple[KeeperWord, tuple[Refusal, ...]]:
    """Understand the text of the file."""
    entries, refusals = _FILE.parse(text)
    return KeeperWord(*entries), refusals


def _merge(line: int | None, table: dict[str, Any]) -> Merge:
    check_keys(table, "papers")
    papers = tuple(dict.fromkeys(_names(table["papers"], "papers")))
    if len(papers) < 2:
        raise WrongError("'papers' should be a list of two or more papers")
    return Merge(line, papers)


def _split(line: int | None, table: dict[str, Any]) -> Split:
    check_keys(table, "paper", "entries", also=("arxiv", "doi"))
    entries = []
    for text in _names(table["entries"], "entries"):
        match = _PLACE.match(text)
        if match is None:
            raise WrongError(f"'entries' should be like '2025-03-14 #71', not {text[:40]!r}")
        entries.append((match[1], int(match[2])))
    if not entries:
        raise WrongError("'entries' should name one entry or more")
    return Split(
        line,
        _name(table["paper"], "paper"),
        tuple(entries),
        _arxiv(table["arxiv"], "arxiv") if "arxiv" in table else None,
        _doi(table["doi"], "doi") if "doi" in table else None,
    )


def _correct(line: int | None, table: dict[str, Any]) -> Correct:
    if "date" in table:
        raise WrongError(
            "a paper's date follows from its digests and its publication; correct 'published', or "
            "date the digest by a sidecar file"
        )
    check_keys(table, "paper", also=tuple(_FIELDS))
    values = tuple(
        (field, _FIELDS[field](said, field)) for field, said in table.items() if field != "paper"
    )
    if not values:
        raise WrongError("expected a field and its value, found none")
    return Correct(line, _name(table["paper"], "paper"), values)


def _hide(line: int | None, table: dict[str, Any]) -> Hide:
    check_keys(table, "paper", also=("reason",))
    return Hide(line, _name(table["paper"], "paper"), _line(table.get("reason", ""), "reason"))


def _withdraw(line: int | None, table: dict[str, Any]) -> Withdraw:
    check_keys(table, "paper", also=("note",))
    note = _line(table.get("note", ""), "note")
    return Withdraw(line, _name(table["paper"], "paper"), note or NO_MORE)


def _name(value: Any, key: str) -> str:
    text = _line(value, key)
    if text is None:
        raise WrongError(f"{key!r} should be a slug, an arXiv id or a DOI")
    return text


def _names(value: Any, key: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise WrongError(f"{key!r} should be a list")
    return tuple(_name(one, key) for one in value)


def _title(value: Any, key: str) -> str:
    if title := _line(value, key):
        return title
    raise WrongError("'title' should not be empty")


def _text(value: Any, key: str) -> str | None:
    if not isinstance(value, str):
        raise WrongError(f"{key!r} should be a text, in quotation marks")
    return paragraphs(value) or None


def _list(value: Any, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise WrongError(f"{key!r} should be a list of texts")
    return tuple(dict.fromkeys(name for one in value if (name := shown_line(one))))


def _authors(value: Any, key: str) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise WrongError(f"{key!r} should be a list of names")
    return tuple(name for one in value if (name := shown_line(one))) or None


def _number(value: Any, key: str) -> int | None:
    if value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**9:
        raise WrongError(f"{key!r} should be a whole number")
    return value


def _published(value: Any, key: str) -> PartialDate | None:
    try:
        date = PartialDate.parse(str(value)) if value != "" else None
    except BadDateError:
        raise WrongError(f"{key!r} should be like '2024', '2024-06' or '2024-06-28'") from None
    if date is not None and not date.is_plausible:
        raise WrongError(f"{key!r} is a year that no paper is of")
    return date


def _arxiv(value: Any, key: str) -> str | None:
    if value == "":
        return None
    found = read_arxiv(value) if isinstance(value, str) else None
    if found is None:
        raise WrongError(f"{key!r} should be an arXiv id, in quotation marks")
    return found[0]


def _doi(value: Any, key: str) -> str | None:
    if value == "":
        return None
    found = read_doi(value) if isinstance(value, str) else None
    if found is None:
        raise WrongError(f"{key!r} should be a DOI, in quotation marks")
    return found


def _links(value: Any, key: str) -> tuple[Link, ...]:
    links = []
    for text in _names(value, key) if value != "" else ():
        kind, _, url = text.partition(" ")
        if kind not in LINK_KINDS or not re.match(r"https?://[^\s<>\"]+\Z", url):
            raise WrongError(f"{key!r} should be like 'code https://...', not {text[:40]!r}")
        links.append(Link(kind, url))
    return tuple(links)


_KINDS: dict[str, EntryReader] = {
    "merge": _merge,
    "split": _split,
    "correct": _correct,
    "hide": _hide,
    "withdraw": _withdraw,
}
"""In the order of `KeeperWord`'s fields."""
_FILE = KeeperFile(FILE_NAME, _KINDS)
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

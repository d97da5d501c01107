"""The ledger: every name the archive ever gave, in one text file that only grows.

`ledger.jsonl` in the papers folder holds one record a line, in the order in which they were made:

- ``{"daybook": "ledger", "version": 1}``, the first line;
- ``{"paper": 7, "slug": "...", "path": "2025/03/....md", "keys": ["arxiv:...", "doi:...",
  "title:..."]}`` gives a paper its number, its slug and its page, for ever; a later line with the
  same number adds keys by which it is known (``"by": "hand"`` marks a page that a person made, a
  later ``"by": "digest"`` one that was lost and that the converter makes from then on);
- ``{"digest": "undated-1", "source": "...", "fingerprint": "..."}`` gives a digest its id; a later
  line with the same id says where it lies now; ``"day": "2025-03-12"`` is the day that it has,
  where its id names another or none;
- ``{"redirect": "old-slug", "to": "slug"}`` makes a page of two that turned out to be one (``"by":
  "hand"`` where the keeper says so: it holds until the old slug is a paper's own again; of
  two that lead to each other the later one holds);
- ``{"author": "...", "slug": "..."}`` settles who has a slug that several authors' names ask for;
  ``"of": "..."`` says from whom the keeper split that person off.
- ``{"gone": "authors/ada-one", "to": "papers/slug"}`` remembers an address whose page has nothing
  to show any more (an author corrected, a topic taken out, a month's only paper hidden), and where
  its readers may look (perhaps nowhere: ``null``); one that has something to show again is served
  as ever; ``feeds/authors/ada-one`` stays a feed of an author who has too few papers for one.

Lines are never changed or taken away, so that its differences stay small and URLs permanent.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..errors import LedgerError
from ..records import AUTHOR_FEEDS, LEDGER
from .json_lines import parse_whole
from .slugs import is_name, is_portable

FILE_NAME = LEDGER
_VERSION = 1
_HEADER = {"daybook": "ledger", "version": _VERSION}
_MOST_AHEAD = 100_000
"""Numbers are given one after the other: what is further ahead, even of a ledger that has lost
lines, is damage, and would make the search index as long as the number says."""
_PART = r"[^/\\\x00-\x1f\ud800-\udfff.][^/\\\x00-\x1f\ud800-\udfff]*"
_PATH = re.compile(rf"(?:{_PART}/)*{_PART}\.md\Z")
_USUAL = re.compile(r"\d{4}/\d\d/([a-z0-9-]+)\.md\Z", re.ASCII)
_HINT = "Restore the ledger from its history; else it is made again from the pages."


@dataclass(slots=True)
class PaperRecord:
    """What was given to a paper."""

    number: int
    slug: str
    path: str
    keys: dict[str, None] = field(default_factory=dict)
    """In the order in which they became known."""
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class DigestRecord:
    """What was given to a digest, and how it is known again."""

    id: str
    source: str
    fingerprint: str
    day: str = ""
    """Its day (``2025-03-12``) where the id names another or none; else ''."""


@dataclass(slots=True)
class Ledger:
    """The ledger in memory. Its methods add records; `lines` is the file."""

    papers: dict[int, PaperRecord] = field(default_factory=dict)
    digests: dict[str, DigestRecord] = field(default_factory=dict)
    digests_before: dict[str, list[DigestRecord]] = field(default_factory=dict)
    """What was said before of those of which more than one thing was, oldest first."""
    days: dict[str, str] = field(default_factory=dict)
    """Days on which digests were at any time that their ids do not name, and a digest of each."""
    redirects: dict[str, str] = field(default_factory=dict)
    merged_by_hand: set[str] = field(default_factory=set)
    """The redirected slugs whose papers only the keeper's word made one with others."""
    authors: dict[str, str] = field(default_factory=dict)
    """Contested slugs, by the author's key."""
    author_slugs: dict[str, str] = field(default_factory=dict)
    """Whose they are."""
    split_authors: dict[str, str] = field(default_factory=dict)
    """From whom the keeper split off people, by their keys."""
    gone: dict[str, str | None] = field(default_factory=dict)
    """Addresses, without their ending, that have nothing to show, and what to look at instead."""
    lines: list[str] = field(default_factory=lambda: [_line(_HEADER)])
    slugs: set[str] = field(default_factory=set)
    """Every slug ever given."""
    paths: dict[str, int] = field(default_factory=dict)
    """Every page's path in lower case, with the paper's number."""
    next_number: int = 0
    dropped: list[int] = field(default_factory=list, compare=False)
    """The numbers of the lines that were not taken over from the text that was read."""

    def add_paper(
        self, slug: str, path: str, keys: Iterable[str], *, by_hand: bool = False
    ) -> PaperRecord:
        """Give the next number to a new paper."""
        record: dict[str, Any] = {"paper": self.next_number, "slug": slug, "path": path}
        record["keys"] = list(dict.fromkeys(keys))
        if by_hand:
            record["by"] = "hand"
        self._add(record)
        return self.papers[record["paper"]]

    def add_keys(self, number: int, keys: Iterable[str]) -> None:
        """Add what is new among the keys a paper is known by."""
        known = self.papers[number].keys
        if new := [key for key in dict.fromkeys(keys) if key not in known]:
            self._add({"paper": number, "keys": new})

    def take_over(self, number: int) -> None:
        """Have the converter make a page that a person made and that is lost."""
        self._add({"paper": number, "keys": [], "by": "digest"})

    def add_digest(self, record: DigestRecord) -> None:
        """Give a digest its id, or note where it lies now."""
        if self.digests.get(record.id) != record:
            said = {
                "digest": record.id,
                "source": record.source,
                "fingerprint": record.fingerprint,
            }
            self._add(said | ({"day": record.day} if record.day else {}))

    def add_redirect(self, slug: str, to: str, *, by_hand: bool = False) -> None:
        """Send one page's readers to another."""
        if self.redirects.get(slug) != to:
            record = {"redirect": slug, "to": to}
            self._add(record | {"by": "hand"} if by_hand else record)

    def make_one(self, numbers: Sequence[int]) -> None:
        """Send the readers of several papers' pages to that of the first, but who go there already.

        They may by the keeper's word.
        """
        for number in numbers[1:]:
            slug, to = self.papers[number].slug, self.papers[numbers[0]].slug
            if not self.leads(slug, to):
                self.add_redirect(slug, to)

    def leads(self, slug: str, to: str) -> bool:
        """Tell whether redirects lead from one slug to another."""
        seen = set()
        while slug in self.redirects and slug not in seen:
            seen.add(slug)
            slug = self.redirects[slug]
            if slug == to:
                return True
        return False

    def add_author(self, key: str, slug: str, of: str | None = None) -> None:
        """Settle who has a slug, and from whom the keeper split that person off."""
        if self.authors.get(key) != slug or self.split_authors.get(key) != of:
            self._add({"author": key, "slug": slug} | ({"of": of} if of else {}))

    def add_gone(self, address: str, to: str | None) -> None:
        """Remember an address that has nothing to show any more."""
        if address not in self.gone:
            self._add({"gone": address, "to": to})

    def text(self) -> str:
        """Give the file's text."""
        return "\n".join(self.lines) + "\n"

    def _add(self, record: dict[str, Any]) -> None:
        _apply(self, record)
        self.lines.append(_line(record))


def read_ledger(text: str) -> Ledger:
    """Read a ledger.

    Raises:
        LedgerError: at the first line that is not what it should be.
    """
    ledger, damage = salvage_ledger(text)
    if damage:
        line, message = damage[0]
        raise LedgerError(FILE_NAME, message, line=line, hint=_HINT)
    return ledger


def salvage_ledger(text: str) -> tuple[Ledger, list[tuple[int, str]]]:
    """Read what is whole in a ledger, and say which lines are not, with the reason.

    Raises:
        LedgerError: for a ledger of a later version, of which nothing may be lost.
    """
    ledger = Ledger()
    damage: list[tuple[int, str]] = []
    if not text:
        return ledger, [(1, "it is empty.")]
    lines = text.split("\n")
    if lines[-1]:
        damage.append((len(lines), "the last line is cut off."))
    records = parse_whole(lines)
    for number, line in enumerate(lines, 1):
        if not line and number == len(lines):
            continue
        try:
            record = json.loads(line) if records is None else records[number - 1]
            if number == 1 and _is_header(record):
                continue
            _apply(ledger, record)
            ledger.lines.append(line)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            damage.append((number, f"expected a record, found {line[:40]!r} ({error})."))
            ledger.dropped.append(number)
        if number == 1:
            damage.append((1, "expected the ledger's first line."))
    return ledger, damage


def is_page_path(path: str) -> bool:
    """Tell whether a path, relative to the papers folder, can be a page's."""
    return _PATH.match(path) is not None and all(map(is_portable, path.split("/")))


def _is_header(record: Any) -> bool:
    if not isinstance(record, dict) or record.get("daybook") != "ledger":
        return False
    version = record.get("version")
    if isinstance(version, int) and version > _VERSION:
        raise LedgerError(
            FILE_NAME,
            f"it is of version {version}, this Daybook knows version {_VERSION}.",
            line=1,
            hint="Use the Daybook that wrote it, or a later one.",
        )
    return record == _HEADER


def _apply(ledger: Ledger, record: Any) -> None:
    """Enter one record.

    Raises:
        ValueError, KeyError, TypeError: for what is no record, or contradicts an earlier one.
    """
    if not isinstance(record, dict):
        raise TypeError("not a record")
    if "paper" in record:
        _apply_paper(ledger, record)
    elif "digest" in record:
        name = _name(record["digest"])
        texts = _text(record["source"]), _text(record["fingerprint"])
        day = _day(record["day"]) if "day" in record else ""
        if (before := ledger.digests.get(name)) is not None:
            ledger.digests_before.setdefault(name, []).append(before)
        ledger.digests[name] = DigestRecord(name, *texts, day)
        if day:
            ledger.days.setdefault(day, name)
    elif "redirect" in record:
        _apply_redirect(ledger, record)
    elif "author" in record:
        _apply_author(ledger, record)
    elif "gone" in record:
        address, to = _text(record["gone"]), record["to"]
        leads = to is None or _is_address(_text(to), "papers")
        fed = address.startswith(AUTHOR_FEEDS) and is_name(address.removeprefix(AUTHOR_FEEDS))
        if not (leads and (fed or _is_address(address, "authors", "topics", "dates"))):
            raise ValueError("an address that could not have been given")
        ledger.gone.setdefault(address, to)
    else:
        raise ValueError("a record of no known kind")


def _apply_redirect(ledger: Ledger, record: dict[str, Any]) -> None:
    slug, to = _name(record["redirect"]), _name(record["to"])
    if slug == to:
        raise ValueError("a page cannot answer for itself")
    ledger.redirects[slug] = to
    ledger.slugs.add(slug)
    if record.get("by") == "hand":
        ledger.merged_by_hand.add(slug)
    else:
        ledger.merged_by_hand.discard(slug)
    if ledger.leads(to, slug):  # it is a paper's own again
        del ledger.redirects[to]
        ledger.merged_by_hand.discard(to)


def _apply_author(ledger: Ledger, record: dict[str, Any]) -> None:
    key, slug = _text(record["author"]), _name(record["slug"])
    of = _text(record["of"]) if "of" in record else None
    if ledger.authors.get(key, slug) != slug or ledger.author_slugs.get(slug, key) != key:
        raise ValueError("a slug that was given to another author, or another slug to this one")
    ledger.authors[key] = slug
    ledger.author_slugs[slug] = key
    if of is not None:
        ledger.split_authors[key] = of


def _apply_paper(ledger: Ledger, record: dict[str, Any]) -> None:
    number = record["paper"]
    keys = dict.fromkeys(record.get("keys", ()))
    for key in keys:
        _text(key)
    if type(number) is not int or not 0 <= number <= ledger.next_number + _MOST_AHEAD:
        raise ValueError("a paper's number is a whole number, and comes after the one before")
    if "slug" not in record:
        ledger.papers[number].keys.update(keys)
        ledger.papers[number].by_hand &= record.get("by") != "digest"
        return
    slug, path = _name(record["slug"]), _text(record["path"])
    lower = path.lower()
    if number in ledger.papers or slug in ledger.slugs or lower in ledger.paths:
        raise ValueError("a number, slug or path that was given already")
    usual = _USUAL.match(path)
    if not (usual and usual[1] == slug) and not is_page_path(path):
        raise ValueError("a path that is no page's")
    by_hand = record.get("by") == "hand"
    ledger.papers[number] = PaperRecord(number, slug, path, keys, by_hand)
    ledger.slugs.add(slug)
    ledger.paths[lower] = number
    ledger.next_number = max(ledger.next_number, number + 1)


def _is_address(text: str, *folders: str) -> bool:
    folder, _, name = text.partition("/")
    return folder in folders and is_name(name)


def _name(value: Any) -> str:
    if not isinstance(value, str) or not is_name(value):
        raise ValueError("a name that could not have been given")
    return value


def _day(value: Any) -> str:
    if dt.date.fromisoformat(_text(value)).isoformat() != value:
        raise ValueError("a day in another form")
    return str(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False)

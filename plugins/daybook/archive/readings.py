"""What files of digests said when they were last read, kept by their contents as rows of values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.metadata import version
from operator import attrgetter
from pathlib import Path
from typing import Any

from ..errors import Refusal
from ..records import DayOfYear, Digest, Entry, Link, PartialDate
from .cache import Cache
from .rows import Row

_PACKAGES = ("beautifulsoup4", "ftfy", "lxml", "pyyaml", "unidecode")
"""What READ builds upon."""
_ENTRY = tuple(field.name for field in fields(Entry))
_DIGEST = tuple(field.name for field in fields(Digest))
_REFUSAL = tuple(field.name for field in fields(Refusal))
_OF_ENTRY, _OF_DIGEST, _OF_REFUSAL = (
    attrgetter(*_ENTRY),
    attrgetter(*_DIGEST),
    attrgetter(*_REFUSAL),
)
_PUBLISHED, _SUBMITTED, _DAY, _LINKS = map(
    _ENTRY.index, ("published", "submitted", "published_day", "links")
)
_ENTRIES, _DATE, _HEADING, _REFUSALS = map(
    _DIGEST.index, ("entries", "date", "heading_day", "refusals")
)


class Readings:
    """Readings of the last run, and those of this one; a file that is unchanged is not read."""

    def __init__(self, folder: Path | None) -> None:
        """Open what is kept in `folder`, if anything is."""
        self._cache = Cache(folder, "readings", ("digests", "archive"))
        self._before, self._now = self._cache.kind("digests")

    def recall(
        self, contents: Iterable[bytes], read: Callable[[], Iterable[Digest]]
    ) -> Sequence[Digest]:
        """Give what `read` gives, which depends on `contents` alone."""
        if not self._cache.is_kept:
            return list(read())
        state = blake2b(packages(), digest_size=16)
        for content in contents:
            state.update(b"%d " % len(content))
            state.update(content)
        key = state.digest()
        rows = self._before.get(key)
        if rows is not None:
            self._now[key] = rows
            return [_digest_of(row) for row in rows]
        digests = list(read())
        self._now[key] = tuple(_row_of_digest(digest) for digest in digests)
        return digests

    def save(self) -> None:
        """Keep the readings of this run."""
        self._cache.save()


@cache
def packages() -> bytes:
    """Name the versions of what READ builds upon."""
    return " ".join(map(version, _PACKAGES)).encode()


def _row_of_digest(digest: Digest) -> Row:
    row = list(_OF_DIGEST(digest))
    row[_ENTRIES] = tuple(_row_of_entry(entry) for entry in digest.entries)
    row[_DATE] = _row_of_date(digest.date)
    row[_HEADING] = _row_of_day(digest.heading_day)
    row[_REFUSALS] = tuple(_OF_REFUSAL(refusal) for refusal in digest.refusals)
    return tuple(row)


def _row_of_entry(entry: Entry) -> Row:
    row = list(_OF_ENTRY(entry))
    row[_PUBLISHED], row[_SUBMITTED] = map(_row_of_date, (entry.published, entry.submitted))
    row[_DAY] = _row_of_day(entry.published_day)
    row[_LINKS] = tuple((link.kind, link.url) for link in entry.links)
    return tuple(row)


def _row_of_date(date: PartialDate | None) -> Row | None:
    return None if date is None else (date.year, date.month, date.day)


def _row_of_day(day: DayOfYear | None) -> Row | None:
    return None if day is None else (day.month, day.day)


def _digest_of(row: Row) -> Digest:
    values = list(row)
    values[_ENTRIES] = tuple([_entry_of(entry) for entry in values[_ENTRIES]])
    values[_DATE] = _date_of(values[_DATE])
    values[_HEADING] = _day_of(values[_HEADING])
    values[_REFUSALS] = tuple(Refusal(*refusal) for refusal in values[_REFUSALS])
    return Digest(*values)


def _entry_of(row: Row) -> Entry:
    values = list(row)
    values[_PUBLISHED], values[_SUBMITTED] = map(_date_of, (values[_PUBLISHED], values[_SUBMITTED]))
    values[_DAY] = _day_of(values[_DAY])
    if links := values[_LINKS]:
        values[_LINKS] = tuple(Link(*link) for link in links)
    return Entry(*values)


@lru_cache(maxsize=1 << 15)
def _date_of(date: tuple[Any, ...] | None) -> PartialDate | None:
    """Make each date once: an archive has fewer days than entries."""
    return None if date is None else PartialDate(*date)


def _day_of(day: tuple[Any, ...] | None) -> DayOfYear | None:
    return None if day is None else DayOfYear(*day)

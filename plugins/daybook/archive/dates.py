"""When digests and papers are from: years that headings leave out, days without a year.

A heading such as 'Mar 11' takes the earliest year that leaves no paper in its digest younger than
the digest, judged by the earliest day on which the archive knows each paper to have existed: from
metadata, from any digest, from the month in an arXiv id. A bare 'Jul 21' under a paper is in the
digest's own year (the year before where that would be after the digest). As these days date papers
that other digests carry too, years are raised until nothing changes: the least fixpoint.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..records import FIRST_YEAR, LAST_YEAR, DayOfYear, PartialDate

PLACEHOLDER = dt.date(1970, 1, 1)
"""The ``Date:`` of a paper of which no date is known; never shown."""
_NEW_ID = re.compile(r"(\d\d)(0[1-9]|1[0-2])\.\d{4,5}\Z", re.ASCII)
_OLD_ID = re.compile(
    r"[a-z-]+(?:\.[a-z-]+)?/(\d\d)(0[1-9]|1[0-2])\d{3}\Z", re.ASCII | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Carrier:
    """A digest as far as dating is concerned."""

    date: PartialDate | None
    heading: DayOfYear | None
    papers: tuple[int, ...]
    """The papers it carries, by their place in the grouping."""
    bare_days: tuple[tuple[int, DayOfYear], ...] = ()
    """Papers under which it prints a day without a year."""


@dataclass(frozen=True, slots=True)
class Dating:
    """The outcome."""

    dates: tuple[PartialDate | None, ...]
    """Each digest's date; ``None`` when it stays undated."""
    inferred: frozenset[int]
    """The digests whose year was inferred."""
    contradictory: frozenset[int]
    """Those whose papers' bare days contradict each other: judged without them."""


@lru_cache(maxsize=1 << 17)
def arxiv_month(arxiv: str | None) -> PartialDate | None:
    """Give the month an arXiv id was given in (https://info.arxiv.org/help/arxiv_identifier.html).

    ``None`` for what is not an id, and for months in which its scheme was not in use.
    """
    if arxiv is None:
        return None
    if match := _NEW_ID.match(arxiv):
        year, month = 2000 + int(match[1]), int(match[2])
        return _month(year, month) if (year, month) >= (2007, 4) else None
    if match := _OLD_ID.match(arxiv):
        short, month = int(match[1]), int(match[2])
        year = short + (1900 if short >= 91 else 2000)
        return _month(year, month) if (year, month) <= (2007, 3) else None
    return None


@lru_cache(maxsize=1 << 11)
def _month(year: int, month: int) -> PartialDate:
    """Make each month once."""
    return PartialDate(year, month)


def is_plausible(date: PartialDate) -> bool:
    """Tell whether a date can be a paper's or a digest's."""
    return date.is_plausible


def own_day(carrier: PartialDate, bare: DayOfYear) -> PartialDate | None:
    """Give the day that a bare 'Jul 21' means in a digest of this date.

    It is the last such day that is not after the digest: in the digest's own year, if it can be.
    ``None`` for a day that no year has.
    """
    for year in range(carrier.year, carrier.year - 9, -1):
        day = _day_in(year, bare)
        if day is not None and day <= carrier.latest:
            return PartialDate.of(day)
    return None


def year_after(heading: DayOfYear, youngest: dt.date) -> PartialDate | None:
    """Give the first day of this name that is not before `youngest`."""
    for year in range(youngest.year, min(youngest.year + 9, LAST_YEAR + 1)):
        day = _day_in(year, heading)
        if day is not None and day >= youngest:
            return PartialDate.of(day)
    return None


def date_digests(carriers: Sequence[Carrier], births: Mapping[int, dt.date]) -> Dating:
    """Date every digest, as far as it may be.

    `births` has the earliest day that is known of each paper apart from bare days. A heading
    none of whose papers has any known day stays undated.
    """
    undated = [n for n, c in enumerate(carriers) if c.date is None and c.heading is not None]
    dates = [carrier.date for carrier in carriers]
    wanting = set(undated)
    for _ in range(len(undated) + 2):
        known = _with_bare_days(carriers, dates, births)
        wanting = {n for n in undated if _raise(carriers, dates, n, known)}
        if not wanting:
            break
    for number in sorted(wanting):
        dates[number] = None
        _raise(carriers, dates, number, births)
    inferred = frozenset(number for number in undated if dates[number] is not None)
    return Dating(tuple(dates), inferred, frozenset(wanting))


def _raise(
    carriers: Sequence[Carrier],
    dates: list[PartialDate | None],
    number: int,
    births: Mapping[int, dt.date],
) -> bool:
    """Raise one digest's date to where its papers want it; tell whether that changed it."""
    carrier, before = carriers[number], dates[number]
    youngest = max((births[p] for p in carrier.papers if p in births), default=None)
    if carrier.heading is None or youngest is None:
        return False
    if before is not None and youngest <= before.earliest:
        return False
    dates[number] = year_after(carrier.heading, youngest)
    return dates[number] != before


def _with_bare_days(
    carriers: Sequence[Carrier],
    dates: Sequence[PartialDate | None],
    births: Mapping[int, dt.date],
) -> dict[int, dt.date]:
    """Add to the earliest known days those that follow from the dates assumed so far."""
    known = dict(births)
    for carrier, date in zip(carriers, dates, strict=True):
        if date is None:
            continue
        for paper, bare in carrier.bare_days:
            day = own_day(date, bare)
            if day is not None and (paper not in known or day.earliest < known[paper]):
                known[paper] = day.earliest
    return known


def _day_in(year: int, day: DayOfYear) -> dt.date | None:
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= day.month <= 12):
        return None
    if not 1 <= day.day <= calendar.monthrange(year, day.month)[1]:
        return None
    return dt.date(year, day.month, day.day)


def youngest_of(dates: Iterable[PartialDate | None]) -> PartialDate | None:
    """Give the latest of the dates that are known, the more exact of equal ones."""
    known = [date for date in dates if date is not None]
    return max(known, key=lambda date: (date.earliest, date), default=None)


def date_paper(
    carried: Iterable[PartialDate], published: PartialDate | None, bounds: Iterable[PartialDate]
) -> tuple[dt.date, str]:
    """Give a paper's ``Date:`` and what it is.

    It is the day of the first dated digest in `carried`; else the first day of its publication;
    else the earliest of the 'not before' dates in `bounds`; else `PLACEHOLDER`, and unknown.
    """
    for basis, dates in (
        ("digest", carried),
        ("publication", () if published is None else (published,)),
        ("not-before", bounds),
    ):
        days = [date.earliest for date in dates if is_plausible(date)]
        if days:
            return min(days), basis
    return PLACEHOLDER, "unknown"

"""Dates as digests print them, by declared patterns only: nothing is guessed."""

from __future__ import annotations

import email.utils
import re

from ..errors import BadDateError
from ..records import DayOfYear, PartialDate

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may",),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        1,
    )
    for name in names
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_PRINTED = re.compile(
    rf"(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})(?:, (?P<year>\d{{4}}))?", re.IGNORECASE | re.ASCII
)
_DAY_FIRST = re.compile(
    rf"(?P<day>\d{{1,2}}) (?P<month>{_MONTH})\.?,?(?: (?P<year>\d{{4}}))?", re.IGNORECASE | re.ASCII
)
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?", re.ASCII)
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+", re.IGNORECASE)
_IN_NAME = re.compile(
    r"(?<![0-9A-Za-z])(\d{4})(?:([-_.])(\d{2})\2(\d{2})|(\d{2})(\d{2}))(?![0-9])", re.ASCII
)


def read_day(text: str) -> PartialDate | DayOfYear | None:
    """Read 'Mar 11', 'Mar 11, 2025', '11 March 2025' or '2025-03-11'; else ``None``."""
    text = text.strip()
    iso = _ISO.fullmatch(text)
    if iso is not None:
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    match = _PRINTED.fullmatch(text) or _DAY_FIRST.fullmatch(text)
    if match is None:
        return None
    month, day = MONTHS[match["month"].lower()], int(match["day"])
    if match["year"]:
        return _date(int(match["year"]), month, day)
    return DayOfYear(month, day) if _date(2024, month, day) else None


def read_timestamp(text: object) -> PartialDate | None:
    """Read the day of an ISO 8601 timestamp; ``None`` for anything else."""
    if not isinstance(text, str):
        return None
    match = _ISO.fullmatch(text.strip())
    return _date(int(match[1]), int(match[2]), int(match[3])) if match else None


def read_moment(text: str | None) -> PartialDate | None:
    """Read the day of an RFC 3339 or RFC 5322 date, in its own time zone, or 'Fri, 3 Mar 2023'."""
    if text is None:
        return None
    if (day := read_timestamp(text)) is not None:
        return day
    plain = read_day(_WEEKDAY.sub("", text.strip()))
    if isinstance(plain, PartialDate):
        return plain
    try:
        return PartialDate.of(email.utils.parsedate_to_datetime(text.strip()).date())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def read_file_name(path: str) -> PartialDate | None:
    """Read a whole day (2025-03-11, 2025_03_11 or 20250311) in a file's name; else ``None``.

    Two different days in one name are none.
    """
    found = {
        day
        for match in _IN_NAME.finditer(path.rpartition("/")[2])
        if (day := _date(int(match[1]), int(match[3] or match[5]), int(match[4] or match[6])))
    }
    return found.pop() if len(found) == 1 else None


def _date(year: int, month: int, day: int) -> PartialDate | None:
    if not 1900 <= year <= 2999 or not month or not day:
        return None
    try:
        return PartialDate(year, month, day)
    except BadDateError:
        return None

"""Which days are asked for, and the clock: nothing else in Daybook knows what day it is."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from .errors import FetchError

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
_WEEK = re.compile(r"(\d{4})-?W(\d{2})", re.ASCII)


def today() -> dt.date:
    """Give the day it is, in UTC, as the hosts count them."""
    return dt.datetime.now(dt.UTC).date()


def read_days(words: dict[str, str], now: dt.date) -> list[dt.date]:
    """Read DATE, WEEK, MONTH or SINCE: the days meant, oldest first, none after `now`.

    A week is ISO 8601's, from Monday. Without any of them there are no days.

    Raises:
        FetchError: for what is not such a day, a day that is yet to come, and several at once.
    """
    said = {name: value.strip() for name, value in words.items() if value.strip()}
    if not said:
        return []
    if len(said) > 1:
        raise FetchError(f"{' and '.join(said)} cannot be combined; give one of them")
    ((name, value),) = said.items()
    first, last = _READERS[name](value)
    last = last or now
    if first > now:
        raise FetchError(f"{name}={value} is yet to come (it is {now} in UTC)")
    count = (min(last, now) - first).days + 1
    return [first + dt.timedelta(days=number) for number in range(count)]


def _day(name: str, value: str) -> dt.date:
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
            return dt.date.fromisoformat(value)
    except ValueError:
        pass
    raise FetchError(f"{name} should be a day such as 2025-03-11, and is {value!r}")


def _one_day(value: str) -> tuple[dt.date, dt.date | None]:
    day = _day("DATE", value)
    return day, day


def _week(value: str) -> tuple[dt.date, dt.date | None]:
    match = _WEEK.fullmatch(value)
    try:
        if match:
            first = dt.date.fromisocalendar(int(match[1]), int(match[2]), 1)
            return first, first + dt.timedelta(days=6)
    except ValueError:
        pass
    raise FetchError(f"WEEK should be a week such as 2025-W11, and is {value!r}")


def _month(value: str) -> tuple[dt.date, dt.date | None]:
    match = _MONTH.fullmatch(value)
    if match is None or match[1] == "0000":
        raise FetchError(f"MONTH should be a month such as 2025-03, and is {value!r}")
    year, month = int(match[1]), int(match[2])
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def _since(value: str) -> tuple[dt.date, dt.date | None]:
    return _day("SINCE", value), None


_READERS = {"DATE": _one_day, "WEEK": _week, "MONTH": _month, "SINCE": _since}
NAMES = tuple(_READERS)
"""The words a person says which days with."""

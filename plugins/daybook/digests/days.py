"""Dates as digests print them, by declared patterns only: nothing is guessed."""

from __future__ import annotations

import datetime as dt
import email.utils
import re

from ..errors import BadDateError
from ..records import DayOfYear, PartialDate

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january janvier januar enero gennaio janeiro января",
            "feb february février februar febrero febbraio fevereiro февраля",
            "mar march mars märz marzo março марта",
            "apr april avril abril aprile апреля",
            "may mai mayo maggio maio мая",
            "jun june juin juni junio giugno junho июня",
            "jul july juillet juli julio luglio julho июля",
            "aug august août agosto августа",
            "sep sept september septembre septiembre settembre setembro сентября",
            "oct october octobre oktober octubre ottobre outubro октября",
            "nov november novembre noviembre novembro ноября",
            "dec december décembre dezember diciembre dicembre dezembro декабря",
        ),
        1,
    )
    for name in names.split()
}
"""Months: English in full and short, French, German, Spanish, Italian, Portuguese, Russian."""
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_PRINTED = re.compile(
    rf"(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})(?:, (?P<year>\d{{4}}))?", re.IGNORECASE | re.ASCII
)
_DAY_FIRST = re.compile(
    rf"(?P<day>\d{{1,2}}) (?P<month>{_MONTH})\.?,?(?: (?P<year>\d{{4}}))?", re.IGNORECASE | re.ASCII
)
_YEAR_FIRST = re.compile(
    rf"(?P<year>\d{{4}}) (?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})", re.IGNORECASE | re.ASCII
)
"""'2026 Feb 3', as PubMed writes days."""
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?", re.ASCII)
_WORD = rf"(?P<month>{_MONTH})\.?"
_LAST_WORD = rf"(?:(?P<last_month>{_MONTH})\.? )?"
_TO = r"\s*(?:[-–—~〜～]|to|bis|au|al)\s*"
_YEAR = r"(?P<year>(?:19|20)\d{2})(?!\d)"
_SPAN_MONTH_FIRST = re.compile(
    rf"\b{_WORD} \d{{1,2}}(?:st|nd|rd|th)?(?:, \d{{4}})?{_TO}{_LAST_WORD}(?P<last>\d{{1,2}})"
    rf"(?:st|nd|rd|th)?\)?(?:\s*[-–—,]\s*|\s+)\(?{_YEAR}",
    re.IGNORECASE,
)
"""'July 7 - July 13 - 2025', '(July 7-13) - 2025', 'Dec 29, 2024 - Jan 4, 2025'."""
_SPAN_DAY_FIRST = re.compile(
    rf"(?<!\d)\d{{1,2}}\.?(?: (?:{_MONTH}))?\.?(?: \d{{4}})?{_TO}"
    rf"(?P<last>\d{{1,2}})\.? {_WORD},? {_YEAR}",
    re.IGNORECASE,
)
"""'7-13 July 2025', '30 June - 6 July 2025'."""
_SPAN_NUMBERS = re.compile(
    rf"(?<!\d)(?:19|20)\d{{2}}([-./])\d{{1,2}}\1\d{{1,2}}{_TO}{_YEAR}\1(?P<month>\d{{1,2}})\1(?P<last>\d{{1,2}})(?!\d)"
)
"""'2025-07-07 - 2025-07-13', '2025.07.07 ~ 2025.07.13'."""
_SPAN_SIGNS = re.compile(
    rf"(?<!\d){_YEAR}\s?[年년]\s?(?P<month>\d{{1,2}})\s?[月월]\s?\d{{1,2}}\s?[日일号]?{_TO}"
    r"(?:(?P<last_year>\d{4})\s?[年년]\s?)?(?:(?P<last_month>\d{1,2})\s?[月월]\s?)?"
    r"(?P<last>\d{1,2})\s?[日일号]"
)
"""'2025年3月3日-9日', '2025년 3월 4일 ~ 2025년 3월 10일'."""
_WEEK = re.compile(r"(?<!\d)((?:19|20)\d{2})-?W(\d{2})(?!\d)")
_WHOLE_DAYS = (
    re.compile(rf"(?<![\d.]){_YEAR}([-./_])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}})(?!\d)"),
    re.compile(
        rf"(?<!\d){_YEAR}\s?[年년]\s?(?P<month>\d{{1,2}})\s?[月월]\s?(?P<day>\d{{1,2}})\s?[日일号]"
    ),
    re.compile(rf"\b{_WORD} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? {_YEAR}", re.IGNORECASE),
    re.compile(
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?(?: de| of)? {_WORD},?(?: de)? {_YEAR}",
        re.IGNORECASE,
    ),
)
_DOTTED = re.compile(rf"(?<![\d.])(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}(?![\d.])")
"""'11.03.2025': with dots the day comes first wherever dates are written so."""
_WHOLE_MONTHS = (
    re.compile(rf"(?<!\d){_YEAR}\s?[年년]\s?(?P<month>\d{{1,2}})\s?[月월]"),
    re.compile(rf"\b{_WORD},? {_YEAR}", re.IGNORECASE),
    re.compile(rf"(?<![\d./-]){_YEAR}[-/.](?P<month>0?[1-9]|1[0-2])(?![\d./-])"),
)
_WEEKDAY = re.compile(r"(?<![a-z])(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+", re.IGNORECASE)
_IN_NAME = re.compile(
    r"(?<![0-9A-Za-z])(\d{4})(?:([-_.])(\d{2})\2(\d{2})|(\d{2})(\d{2}))(?![0-9])", re.ASCII
)
_LIKELY_DAY = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
"""Eight digits that are more than a number."""
_HALF_SPAN = re.compile(
    r"\(?\b([A-Z][a-z]+ \d{1,2})\s*[-–—]\s*([A-Z][a-z]+ \d{1,2}|\d{1,2})\b(?!\s*[-–—,]?\s*\d{4})"
)
"""'March 3 - 9', whose year stands elsewhere."""
_LONGEST_STATED = 100
A_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")


def read_day(text: str) -> PartialDate | DayOfYear | None:
    """Read 'Mar 11', 'Mar 11, 2025', '11 March 2025', '2025 Mar 11' or '2025-03-11', or nothing."""
    text = text.strip()
    iso = _ISO.fullmatch(text)
    if iso is not None:
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    match = _PRINTED.fullmatch(text) or _DAY_FIRST.fullmatch(text) or _YEAR_FIRST.fullmatch(text)
    if match is None:
        return None
    month, day = MONTHS[match["month"].lower()], int(match["day"])
    if match["year"]:
        return _date(int(match["year"]), month, day)
    return DayOfYear(month, day) if _date(2024, month, day) else None


def find_day(text: str, *, year_alone: bool = False) -> PartialDate | None:
    """Find the one date in a heading or after a label; a span's last day; else ``None``.

    Besides what `read_day` knows: '2025年3月11日', '2025년 3월 11일', '2025.03.11', '11.03.2025',
    '2025-W03' (its Sunday), 'July 7 - July 13 - 2025', '7-13 July 2025', 'March 2025', '2025年3月'
    (months), and with `year_alone` '2025'. Two dates that are no span are none.
    """
    for pattern in (_SPAN_MONTH_FIRST, _SPAN_DAY_FIRST, _SPAN_NUMBERS, _SPAN_SIGNS):
        if match := pattern.search(text):
            return _last_of(match)
    if (week := _WEEK.search(text)) and 1 <= int(week[2]) <= 53:
        try:
            return PartialDate.of(dt.date.fromisocalendar(int(week[1]), int(week[2]), 7))
        except ValueError:
            return None
    days = {
        day
        for pattern in (*_WHOLE_DAYS, _DOTTED)
        for m in pattern.finditer(text)
        if (day := _whole(m))
    }
    if days:
        return days.pop() if len(days) == 1 else None
    months = {_month_of(match) for pattern in _WHOLE_MONTHS for match in pattern.finditer(text)}
    if len(months) == 1:
        return months.pop()
    year = re.fullmatch(r"\D{0,12}((?:19|20)\d{2})\D{0,12}", text) if year_alone else None
    return PartialDate(int(year[1])) if year else None


def find_stated_day(text: str) -> PartialDate | None:
    """Find the one date in a field for one, as `find_day` does, a year alone too: 'c2024'."""
    return find_day(text, year_alone=True) if len(text) <= _LONGEST_STATED else None


def _whole(match: re.Match[str]) -> PartialDate | None:
    return _date(int(match["year"]), _month_number(match["month"]), int(match["day"]))


def _month_of(match: re.Match[str]) -> PartialDate | None:
    month = _month_number(match["month"])
    return PartialDate(int(match["year"]), month) if 1 <= month <= 12 else None


def _month_number(text: str) -> int:
    return int(text) if text.isdecimal() else MONTHS[text.lower().rstrip(".")]


def _last_of(match: re.Match[str]) -> PartialDate | None:
    """Give the last day of a span; one over New Year that ends in the next year says so itself."""
    found = match.groupdict()
    month = _month_number(found.get("last_month") or found["month"])
    return _date(int(found.get("last_year") or found["year"]), month, int(found["last"]))


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


def impossible_days(path: str) -> list[str]:
    """Give what a file's name writes as days and no calendar has: 2025-02-30, 20250230."""
    return [
        match[0]
        for match in _IN_NAME.finditer(path.rpartition("/")[2])
        if (match[2] or _LIKELY_DAY.fullmatch(match[0]))
        and _date(int(match[1]), int(match[3] or match[5]), int(match[4] or match[6])) is None
    ]


def _date(year: int, month: int, day: int) -> PartialDate | None:
    if not 1900 <= year <= 2999 or not month or not day:
        return None
    try:
        return PartialDate(year, month, day)
    except BadDateError:
        return None


def find_last_day(text: str, year: int | None) -> PartialDate | None:
    """Find a heading's date: a whole one, or the last day of a span in a year known otherwise."""
    if date := find_day(text):
        return date
    span = _HALF_SPAN.search(text)
    own = set(A_YEAR.findall(text))
    known = int(own.pop()) if len(own) == 1 else year
    if span is None or known is None or own:
        return None
    last = span[2] if span[2][0].isalpha() else f"{span[1].split()[0]} {span[2]}"
    first_day, last_day = read_day(span[1]), read_day(last)
    if not isinstance(last_day, DayOfYear) or not isinstance(first_day, DayOfYear):
        return None
    # A span over New Year ends in the year after the one its issue is counted to.
    ended = known + (last_day.month < first_day.month)
    return find_day(f"{ended}-{last_day.month:02d}-{last_day.day:02d}")


def year_of(text: str, path: str) -> int | None:
    """Give the one year that the first line or the file's name names."""
    for where in (text.lstrip().split("\n", 1)[0], path.rpartition("/")[2]):
        years = set(A_YEAR.findall(where))
        if len(years) == 1:
            return int(years.pop())
    return None

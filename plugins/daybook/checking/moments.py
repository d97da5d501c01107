"""Days, times and numbers as feeds, sitemaps and data write them: in the right form, true ones."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

_DAY = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d))?)?)?")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_OTHER_TIME = re.compile(
    r"\d{4}-W\d\d|\d\d-\d\d|\d\d:\d\d(:\d\d(\.\d+)?)?|(Z|[+-]\d\d:?\d\d)|P[0-9A-Z.]*"
    r"|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?|(\d+[a-z]\s*)+"
)
"""A week, a day of any year, an hour, a place on Earth, or how long something takes."""
_FIRST = "-01"


def is_day(text: str) -> bool:
    """Tell whether a text is a year, a month, a day or a time of the W3C's form."""
    return bool(_DAY.fullmatch(text)) and _is_there(text + _FIRST * (2 - text[:10].count("-")))


def is_time(text: str) -> bool:
    """Tell whether a text is what a ``<time>`` may say.

    See https://html.spec.whatwg.org/multipage/text-level-semantics.html#datetime-value.
    """
    return is_day(text) or _OTHER_TIME.fullmatch(text) is not None


def is_moment(text: str) -> bool:
    """Tell whether a text is a time of RFC 3339."""
    return bool(_TIME.fullmatch(text)) and _is_there(text)


def is_in_mail(text: str) -> bool:
    """Tell whether a text is a time of RFC 822, and the day of the week the right one."""
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return False
    named, comma, _ = text.partition(",")
    return not comma or named.strip() == found.strftime("%a")


def no_number(name: str) -> None:
    """Refuse what is no number of JSON, though Python reads it as one (NaN)."""
    raise ValueError(f"{name} is no number of JSON")


def _is_there(text: str) -> bool:
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True

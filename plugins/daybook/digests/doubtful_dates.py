"""What is stated as a date and could not be read as one: it is left out, and that is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from ..errors import Refusal
from ..records import Entry, PartialDate
from .days import read_day

_WHOLE_DAY = re.compile(r"\s*(\d{4}[-/]\d{1,2}[-/]\d{1,2})(?!\d)")
_LONGEST_SHOWN = 40
_FEWEST_DIGITS = 4
_HINT = "Write it as 2025-03-11, 2025-03 or 2025."


def doubtful_date(
    path: str,
    line: int | Callable[[], int | None] | None,
    entry: Entry,
    stated: Iterable[object],
    read: PartialDate | None = None,
) -> list[Refusal]:
    """Tell the first of the texts stated as a paper's date that were not read as one.

    What has fewer digits than a year ('in press', 0) states none. Where one of them was read (as
    `read`, if the entry has it nowhere), of the others only a whole day counts, as 2024-02-31
    beside 2024.
    A `line` that takes a look at the file is asked for when there is something to tell.
    """
    known = read or entry.published
    texts = [str(text).strip() for text in stated if isinstance(text, str | int | float)]
    if known is None:
        wrong = [text for text in texts if _states(text)]
    elif known.day:
        return []
    else:
        days = (match[1] for text in texts if (match := _WHOLE_DAY.match(text)))
        wrong = [day for day in days if read_day(day) is None]
    if not wrong:
        return []
    found = " ".join(wrong[0].split())[:_LONGEST_SHOWN]
    kept = f"with {known} for it" if known else "without it"
    what = f"in entry {entry.position}, {found!r} was not read as a date"
    message = f"{what}; the paper was kept {kept}."
    return [Refusal(path, line() if callable(line) else line, message, _HINT, fatal=False)]


def doubtful_day(path: str, line: int | None, whose: str, stated: str) -> list[Refusal]:
    """Tell what a file states as the date of the digest itself and was not read as one."""
    if not _states(stated):
        return []
    found = " ".join(stated.split())[:_LONGEST_SHOWN]
    message = f"the date of the {whose}, {found!r}, was not read as one; it was not taken."
    hint = "Put the right one into a sidecar file."
    return [Refusal(path, line, message, hint, fatal=False)]


def implausible_date(path: str, entry: Entry) -> list[Refusal]:
    """Tell a date that no paper has, as 9999-12-31 that some programs write for 'unknown'."""
    if entry.published is None or entry.published.is_plausible:
        return []
    what = f"in entry {entry.position}, {entry.published} is no paper's date"
    message = f"{what}; the paper was kept without it."
    return [Refusal(path, entry.line, message, _HINT, fatal=False)]


def _states(text: str) -> bool:
    return sum(map(str.isdigit, text)) >= _FEWEST_DIGITS

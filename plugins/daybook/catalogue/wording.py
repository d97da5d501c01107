"""How dates, counts and excerpts read in English, independent of any locale."""

from __future__ import annotations

from functools import lru_cache

from ..maths import plain_start
from ..records import PartialDate
from .views import DateView

EXCERPT_LENGTH = 280
DESCRIPTION_LENGTH = 120


@lru_cache(maxsize=1 << 14)  # An archive has fewer days than papers.
def date_view(date: PartialDate | None, *, inferred: bool = False) -> DateView | None:
    """Give a date as templates show it."""
    return None if date is None else DateView(date.in_words, str(date), inferred)


def counted(number: int, noun: str) -> str:
    """Write '1 paper' or '1,204 papers'."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def excerpt(text: str | None, length: int = EXCERPT_LENGTH) -> str | None:
    """Give the beginning of a text on one line, cut at a word, of at most `length` characters.

    Its formulas become plain text. A text without spaces (Chinese, or a payload) is cut where it
    must be.
    """
    if text is None:
        return None
    start = plain_start(text, 2 * length + 1)
    line = " ".join(start[: 2 * length].split())
    if len(line) <= length and len(start) <= 2 * length:
        return line
    head = line[: length - 1]
    cut = head.rfind(" ")
    return (head[:cut] if cut > length // 2 else head).rstrip(" ,;:.–—-") + "…"

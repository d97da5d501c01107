"""Lists of papers that lead nowhere and say where each appeared: '* A Title (VLDB 2020)'.

One such item may be anything; where most items of a text are made so, it is a list of papers, and
those beside them that name a venue without a year, or a year alone, are papers, too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .labels import label_of
from .marks import ITEM, LINK, plain
from .references import APPEARED
from .title_pairs import PAIR
from .titles import is_prose
from .venue_names import says_where

_LINKS = r"(?:[\s,|]*\[{1,2}[^\[\]]{1,40}\]\([^\s()]{1,2000}\)\]?){0,6}"
_LISTED = re.compile(
    rf"(?P<mark>\s*){ITEM}\s+(?P<title>\S.{{7,300}}?)\s?[(（\[](?P<venue>[^()（）\[\]]{{2,60}})[)）\]][*_.]{{0,4}}"
    rf"(?P<links>{_LINKS})\s*"
)
_ANY_ITEM = re.compile(rf"\s*{ITEM}\s+\S")
_CONTENTS = re.compile(rf"\s*{ITEM}\s+\[.{{1,400}}\]\(#")
"""An item of a table of contents."""
_OTHER = re.compile(rf"(?P<mark>\s*){ITEM}\s+(?P<title>\S.{{7,300}}?)(?P<links>{_LINKS})\s*")
"""Another item, whatever stands behind its title."""
_LED = re.compile(
    rf"(?P<mark>\s*){ITEM}\s+"
    r"(?P<venue>(?:\d{2}|(?:19|20)\d{2})[-–_ ]{1,3}[A-Z][A-Za-z&]{1,14})"
    rf"[-–—_:]\s?(?P<title>[A-Za-z].{{8,300}}?)(?P<links>{_LINKS})\s*"
)
"""'16-ATC-Design Guidelines for Looms'."""
_DATED = re.compile(
    r"[\w&+@/-]{1,20}(?: [\w&+’'-]{1,20}){0,4}[ ,'’-]{0,2}(?:(?:19|20)\d{2}|(?<=[ '’])\d{2})"
    r"(?: [^()]{1,40})?"
)
"""'Transactions on Storage 2022', 'aiDM2020'."""
_YEAR_FIRST = re.compile(r"(\d{2,4})[-–_ ]{1,3}([A-Z][A-Za-z&]{1,14})\Z")
_LOOSE = re.compile(r"(?:19|20)\d{2}|[A-Z][A-Za-z]{0,4}[A-Z]{1,6}")
"""A year alone, or a venue without one."""
_FEWEST = 5
_FEWEST_WORDS = 3
_LONGEST = 1_000


def with_venues(lines: Sequence[str]) -> list[str]:
    """Give lines of which such items are written under a label, with where they appeared."""
    items = [n for n, line in enumerate(lines) if _ANY_ITEM.match(line)]
    items = [n for n in items if _CONTENTS.match(lines[n]) is None]
    found = {n: match for n in items if (match := _paper(lines[n]))}
    dated = sum(_is_dated(match["venue"]) or _is_led(match) for match in found.values())
    if dated < _FEWEST or dated * 2 < len(items):
        return list(lines)
    written = list(lines)
    places = {match["mark"] for match in found.values()}
    for place in items:
        match = found.get(place) or _OTHER.fullmatch(lines[place])
        said = match.groupdict() if match else {}
        if said.get("mark") in places and _can_be_title(said["title"]):
            venue = _YEAR_FIRST.sub(_year_last, (said.get("venue") or "").strip())
            where = f"{venue}{APPEARED[0]}{said['links']}"
            written[place] = f"{PAIR}{plain(said['title'].strip(' *_'))}{APPEARED}{where}"
    return written


def _paper(line: str) -> re.Match[str] | None:
    """Give an item that is a title, and in brackets where it appeared."""
    match = (_LED.fullmatch(line) or _LISTED.fullmatch(line)) if len(line) < _LONGEST else None
    if match is None or not _can_be_title(match["title"]):
        return None
    if _is_led(match):
        return match
    loose = _LOOSE.fullmatch(match["venue"].strip()) and not is_prose(plain(match["title"]))
    return match if _is_dated(match["venue"]) or loose else None


def _is_led(match: re.Match[str]) -> bool:
    return match.start("venue") < match.start("title")


def _can_be_title(words: str) -> bool:
    several = len(plain(words).split()) >= _FEWEST_WORDS and LINK.search(words) is None
    return several and label_of(words) is None


def _year_last(match: re.Match[str]) -> str:
    return f"{match[2]} {match[1] if len(match[1]) > 2 else f'20{match[1]}'}"


def _is_dated(venue: str) -> bool:
    return says_where(venue) or _DATED.fullmatch(venue.strip()) is not None

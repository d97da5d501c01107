"""Lists whose lines are a title and its address or number, in either order, a sign between them.

'A Title – https://arxiv.org/abs/2501.00001', '2501.00001: A Title'. One such line may be anything;
where most lines are made so, each is an item of a list. Marked as an item, '- 2501.00001 A Title'
and '- A Title (2501.00001)' are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .asides import leads_to_address
from .bullets import DATED
from .citations import read_citation
from .days import find_day
from .labels import label_of
from .marks import ITEM, is_worded, paper_key
from .titles import is_prose
from .wording import one_line

_NUMBER = r"(?:arXiv:\s?)?(?P<number>\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}(?:v\d{1,2})?)"
_URL = r"(?P<url>https?://[^\s<>\[\]|\"]+?)"
_FIRST = re.compile(
    rf"(?:\[{_NUMBER}\] ?[:–—|-]?|{_NUMBER.replace('number', 'bare')} ?[:–—|-]) (?P<title>\S.*)"
    rf"|<?{_URL}>? ?[:–—|-] (?P<behind>\S.*)",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"(?P<title>\S.{2,300}?)(?: ?[:–—|,]| -| (?=[<\[(])) ?"
    rf"[<\[(]?(?:{_URL}|{_NUMBER})[>\])]?[.,;]?",
    re.IGNORECASE,
)
_ITEM = re.compile(rf"(\s*{ITEM}\s+(?:\[[ xX]\]\s+)?)(\S.*)")
_LISTED_FIRST = re.compile(rf"{_NUMBER} (?P<title>\S.*)", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“](?P<title>[^\"“”]{4,300}?)[.,]?[\"”][.,]? ?(?P<rest>.*)")
_FOREIGN = re.compile(
    rf"^(\s*(?:{ITEM}\s+)?)(?:(\d{{1,3}})、\s?)?(?:«\s?([^«»]{{4,300}}?)\s?»|»([^«»]{{4,300}})«"
    r"|„([^„“”]{4,300})[“”]|《([^《》]{2,300})》|『([^『』]{2,300})』|「([^「」]{2,300})」)"
)
"""A title in quotation marks of other languages, at the beginning of a line."""
_MARKED = re.compile(rf"\s*(?:{ITEM}\s|#|\||>\s)")
_IDENTIFIED = re.compile(r"\d{4}\.\d{4}")
NUMBER = re.compile(r"(?<![\w.])\d{2}(?:0[1-9]|1[0-2])\.\d{5}(?:v\d{1,2})?(?![\w.]*\d)")
"""A number of arXiv's that is hardly any other: since 2015 they have five digits behind the dot."""
_NAMED = len("[arXiv:")
_LONGEST = 600
_FEWEST = 2
_FEWEST_WORDS = 2
_COUNTED = re.compile(r"[ \t]{0,8}(?:\d{1,3}[.)] )?([^\W_][\w ,.]{1,28}):?[ \t]{0,8}")
_LONGEST_DAY = 30
_MOST_ABOVE = 3
"""Lines above the first item: what the list is called, and of what it is one."""


def with_items(lines: Sequence[str]) -> list[str]:
    """Give lines of which those with a title and an address are written as a list's items."""
    lines = [_of_number(_FOREIGN.sub(_with_quotes, line)) for line in lines]
    found = {place: item for place, line in enumerate(lines) if (item := _item(line))}
    months = {place: f"## {day[1]}" for place, line in enumerate(lines) if (day := _month(line))}
    told = [place for place, line in enumerate(lines) if line.strip() and place not in months]
    filled = len([place for place in told if not found or place >= min(found)])
    if len(found) < _FEWEST or len(found) * 3 < filled * 2 or len(told) - filled > _MOST_ABOVE:
        return list(lines)
    return [found.get(place) or months.get(place, line) for place, line in enumerate(lines)]


def _month(line: str) -> re.Match[str] | None:
    """Give a line that is a month or a day with its year, and may be counted; else ``None``."""
    match = _COUNTED.fullmatch(line) if len(line) < _LONGEST_DAY else None
    return match if match and any(map(str.isalpha, line)) and find_day(match[1]) else None


def _with_quotes(match: re.Match[str]) -> str:
    """Write a title's number and quotation marks as English has them; they are no part of it."""
    mark, number, *titles = match.groups()
    title = next(title for title in titles if title)
    return f"{mark}{f'{number}. ' if number else ''}“{title}”"


def _of_number(line: str) -> str:
    """Give a marked item with arXiv's number as one with a link; any other line as it is."""
    if NUMBER.search(line) is None or "](" in line or "://" in line or "|" in line:
        return line
    item = _ITEM.fullmatch(line)
    if item is None or _may_be_reference(item[2]):
        return line
    linked = _item(item[2], _LISTED_FIRST)
    return f"{item[1]}{linked[2:]}" if linked else line


def _may_be_reference(text: str) -> bool:
    """Whether a text says last that it is at arXiv, as references do; titles do in brackets."""
    if "rxiv:" not in text.lower()[_NAMED:]:
        return False
    return (
        not text.rstrip(" .,;").endswith((")", "]")) or read_citation(text, listed=True) is not None
    )


def _item(line: str, first: re.Pattern[str] = _FIRST) -> str | None:
    if len(line) > _LONGEST or "](" in line or _MARKED.match(line):
        return None
    if "://" not in line and _IDENTIFIED.search(line) is None:
        return None
    if "\t" in line:
        return _of_cells([one_line(cell) for cell in line.split("\t")])
    dated = DATED.match(line)
    item = _of_words(line[dated.end() :] if dated else line, first)
    return f"- {dated[1]} {item[2:]}" if dated and item else item


def _of_words(line: str, first: re.Pattern[str]) -> str | None:
    """Write a title and its address or number as an item; ``None`` for any other line."""
    line = one_line(line)
    match = _FIRST.fullmatch(line) or first.fullmatch(line) or _LAST.fullmatch(line)
    if match is None:
        return None
    said = match.groupdict()
    number = said.get("number") or said.get("bare")
    url = f"https://arxiv.org/abs/{number}" if number else said["url"]
    words = (said.get("title") or said.get("behind") or "").strip()
    quoted = _QUOTED.fullmatch(words)
    title, rest = (quoted["title"], quoted["rest"]) if quoted else (words, "")
    if paper_key(url) is None or label_of(words) or not _can_be_title(title):
        return None
    title = title.replace("[", "\\[").replace("]", "\\]")
    return f"- [{title}]({url}) {rest}".rstrip()


def _of_cells(cells: Sequence[str]) -> str | None:
    """Write cells of which one is the title and one its address; ``None`` for others."""
    urls = [cell for cell in cells if cell.startswith("http") and paper_key(cell)]
    titles = [cell for cell in cells if cell not in urls and _can_be_title(cell)]
    if len(urls) != 1 or not titles:
        return None
    rest = " · ".join(cell for cell in cells if cell and cell not in (urls[0], titles[0]))
    return f"- [{titles[0]}]({urls[0]}) {rest}".rstrip()


def _can_be_title(words: str) -> bool:
    begins = not words[:1].islower() and is_worded(words)
    several = len(words.split()) >= _FEWEST_WORDS and not words.endswith((".", ":", ","))
    return (
        begins
        and several
        and "://" not in words
        and not (is_prose(words) or leads_to_address(words))
    )

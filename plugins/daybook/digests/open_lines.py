"""Lists without marks: lines that end in the links to their paper, 'A Title [[Paper]](...)'.

A line of a text may end in a link, too. So a document is read as it stands first, and with such
lines as a list's items only where they are many more than the papers that came out of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .labels import label_of
from .marks import ITEM, is_worded, paper_key, plain
from .people import are_names
from .titles import is_prose
from .venue_names import says_where

_LINK = re.compile(r"\[(?:\\?\[)?([^\[\]()]{1,40}?)\\?\]?\\?\]\(\s?([^\s()]{8,1000})\)")
_BETWEEN = " \t\\[],|·/"
_CALLED = re.compile(r"\W*(?:paper|pdf|arxiv|link|论文)\b", re.IGNORECASE)
_MARKED = re.compile(rf"\s*(?:{ITEM}\s|#|\||>|<(?!b>|strong>)|!\[|\d{{1,4}}[.)]\s)", re.IGNORECASE)
_DATED = re.compile(r"\A\\\[([^\[\]\\]{4,20})\\\]")
"""'\\[2024/03\\] A Title', escaped so that no program takes it for a link."""
_LEADS = re.compile(
    r"\b(?:a|an|and|at|by|from|in|is|of|or|our|see|the|their|this|to|via|with)\Z|[:：]\Z",
    re.IGNORECASE,
)
_ET_AL = re.compile(r"\bet al\.?\Z")
_FEWEST = 3
_FEWEST_WORDS = 3
_TIMES = 2
"""How many more such lines there are than papers, where these are no list's."""
_LONGEST = 600


def as_items(lines: Sequence[str], papers: int) -> list[str] | None:
    """Give lines of which those that end in a paper's links are items; ``None`` if they are few."""
    items = {place: item for place, line in enumerate(lines) if (item := _item(line))}
    if len(items) < _FEWEST or len(items) < _TIMES * papers:
        return None
    return [items.get(place, line) for place, line in enumerate(lines)]


def _item(line: str) -> str | None:
    """Give a line as an item, if words stand in it and links to their paper behind them."""
    if "](" not in line or len(line) > _LONGEST or _MARKED.match(line):
        return None
    links = _links_behind(line)
    if not any(map(_leads_to_paper, links)):
        return None
    begin = _DATED.sub(r"[\1]", line[: links[0].start()].rstrip(_BETWEEN).lstrip())
    words = plain(begin).strip()
    few = len(words.split()) < _FEWEST_WORDS or not is_worded(words)
    other = words[:1].islower() or _LEADS.search(words) or says_where(words)
    people = "," in words and are_names(words)
    prose = is_prose(words) and not _ET_AL.search(words)
    if few or other or people or prose or label_of(line) is not None:
        return None
    return f"- {begin} {line[links[0].start() :].strip()}"


def _links_behind(line: str) -> list[re.Match[str]]:
    """Give the links in which a line ends, with nothing but signs between and behind them."""
    links = list(_LINK.finditer(line))
    end, first = len(line), len(links)
    while first and not line[links[first - 1].end() : end].strip(_BETWEEN):
        first, end = first - 1, links[first - 1].start()
    return links[first:]


def _leads_to_paper(link: re.Match[str]) -> bool:
    return not is_worded(link[1]) and (
        paper_key(link[2]) is not None or _CALLED.match(link[1]) is not None
    )

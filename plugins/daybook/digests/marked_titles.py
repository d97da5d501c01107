"""Which of an item's words in bold or italics are its title, and which people, venue or a label.

People's own pages mark their name among the authors, lists mark venues and awards.
"""

from __future__ import annotations

import re

from .beside import LEADING, VENUE, read_beside
from .citation_people import is_one_name
from .days import read_day
from .marks import BOLD, is_worded, plain
from .references import cited_title
from .shielding import unshielded

_ITALIC = re.compile(r"\s*(?:\*([^*]+)\*(?!\*)|_([^_]+)_(?!\w))")
_MARKED = re.compile(r"\*{1,2}(?=[^\s*])([^*\n]{2,80})\*{1,2}|__([^_\n]{2,80})__")
_AWARD = re.compile(
    r"\W*(?:best|outstanding|distinguished|runner|honou?rable|award|oral|spotlight|highlight"
    r"|must[- ]read|paper of|pick|featured|new|hot)\b[\w ,’'-]{0,40}[:：]?\W*",
    re.IGNORECASE,
)
"""What lists say of a paper before its title: 'Best paper:'."""
_BEFORE_NAME = re.compile(r"(?:[,;&]|\b(?:and|with|by|und|et|y|e))\s*\Z")
_BEHIND_NAME = re.compile(r"\s*(?:and|&|und|et|y|e)\s")
_WITH = re.compile(r"[,.]?\s(?:with|by|joint work with)\s|[,.]\s")
"""What stands between a title and its people."""
_LONGEST_DAY = 28
_MOST_SIGNS = 12
_FEWEST_WORDS = 3
_LONGEST_TITLE = 200
_SMALL = 3
"""Letters of words that titles write small: 'for', 'with' is longer."""
_GOES_ON_SMALL = re.compile(r" [a-z]")
_GOES_ON = re.compile(r"\s?[:：–—-]?\s+\w")
_MOST_BESIDE = 2
"""Words beside a venue that make it no title: 'Oral', 'Best Paper'."""


def cited_item(text: str) -> tuple[str, str, str] | None:
    """Give the title, address and all else of an item that is a reference.

    A venue in marks may stand before all of it, or between its title and its people.
    """
    if venue := LEADING.match(text):
        text = text[venue.end() :]
    cited = cited_title(text)
    if cited is None and (inner := _marked_venue(text)) is not None:
        before = text[: inner.start()].rstrip()
        if before.endswith((".", "?", "!")):
            venue, cited = inner, cited_title(f"{before} {text[inner.end() :].lstrip(' ,.')}")
    if cited is None or venue is None:
        return cited
    title, url, rest = cited
    return title, url, f"{rest}\n{venue[1]}"


def marked_title(text: str) -> re.Match[str] | None:
    """Give the words that are an item's title: in bold, or in italics with which it begins."""
    for bold in BOLD.finditer(text):
        words = bold[1] or bold[2]
        before, gap, _ = text[: bold.start()].partition("\x00")
        if gap and len(plain(before).split()) >= _FEWEST_WORDS:
            break  # 'A Title [paper](...) **Storks**'
        if is_worded(words) and not (_is_said(text, bold, words) or _is_name(text, bold)):
            return bold
    slanted = _ITALIC.match(text)
    words = (slanted[1] or slanted[2] or "") if slanted else ""
    return slanted if slanted and is_worded(words) and not _is_venue(words) else None


def _is_said(text: str, bold: re.Match[str], words: str) -> bool:
    """Whether words in bold say something of a title that stands beside them."""
    before, behind = plain(text[: bold.start()]), plain(text[bold.end() :].partition("\x00")[0])
    beside = max(len(before.split()), len(behind.split()))
    if beside < _FEWEST_WORDS:
        return False
    if _is_day(words) or _is_venue(words) or (_AWARD.fullmatch(words) and not before.strip()):
        return True
    return _is_marked_name(text, bold)


def _is_name(text: str, bold: re.Match[str]) -> bool:
    """Whether words in bold are a part of a title: '**RT-2**: Vision-Language-Action Models'.

    Then its words have capitals; what is said of a paper called so has few.
    """
    name, behind = plain(bold[0]), text[bold.end() :].partition("\x00")[0]
    before = plain(text[: bold.start()]).strip(" `\"“'")
    if len(name.split()) >= _FEWEST_WORDS:
        return False
    if before:  # 'Leveraging **Symmetry** in Control'
        return before[-1:].isalpha() and _GOES_ON_SMALL.match(behind) is not None
    if (goes_on := _GOES_ON.match(behind)) is None:
        return False
    named = "".join((name[-1:], goes_on[0])).strip(" *_")[:2]
    title = plain(behind.strip(" :：–—-[(.,"))
    words = [
        word for word in re.split(r"[\s-]+", title) if len(word) > _SMALL and word[0].isalpha()
    ]
    capitals = sum(word[0].isupper() for word in words)
    surely = ":" in named or "：" in named
    few = capitals < (_FEWEST_WORDS if len(words) > _FEWEST_WORDS else 2 if surely else 3)
    if few or (not surely and capitals * 4 < len(words) * 3) or len(title) > _LONGEST_TITLE:
        return False
    return read_beside(title) is None and "et al" not in title


def _is_day(words: str) -> bool:
    return len(words) < _LONGEST_DAY and read_day(plain(words).strip(" :")) is not None


def _is_venue(words: str) -> bool:
    """Whether words are a venue with its year, and little else."""
    found = VENUE.search(f"{words} ")
    return found is not None and len(VENUE.sub(" ", f"{words} ").split()) <= _MOST_BESIDE


def _marked_venue(text: str) -> re.Match[str] | None:
    """Give a venue in bold or italics behind other words."""
    for marked in _MARKED.finditer(text):
        if marked.start() and _is_venue(marked[1] or marked[2]):
            return marked
    return None


def without_marked_venue(text: str) -> str:
    """Give an item's text with its venue, if it is marked, or its award behind all else."""
    if award := BOLD.match(text.lstrip()):
        words = award[1] or award[2]
        if _AWARD.fullmatch(words) or _is_day(words):
            text = f"{text.lstrip()[award.end() :].lstrip(' :：–—-')} {words.rstrip(':： ')}"
    venue = _marked_venue(text)
    if venue is None:
        return text
    before, behind = text[: venue.start()].rstrip(" ,.;([*"), text[venue.end() :].lstrip(" ,.;)]*")
    return f"{before} {behind} {venue[1] or venue[2]}"


def before_people(text: str) -> tuple[str, str] | None:
    """Part an item of which one of the people is marked: 'A Title, Ada One, **Bo Two**'.

    The title stands before the first sign behind which there are but people.
    """
    named = text.partition("\x00")[0]
    marked = next((m for m in _MARKED.finditer(named) if _is_marked_name(named, m)), None)
    if marked is None:
        return None
    for sign in [*_WITH.finditer(named, 0, marked.start())][:_MOST_SIGNS]:
        title, people = named[: sign.start()], named[sign.end() :]
        if len(title.split()) >= _FEWEST_WORDS and "authors" in (read_beside(people) or ()):
            return title, f"{people} {text[len(named) :]}"
    return None


def _is_marked_name(text: str, marked: re.Match[str]) -> bool:
    """Whether marked words are one name among others: a sign or a word joins it to them."""
    joined = _BEFORE_NAME.search(text[: marked.start()]) or _BEHIND_NAME.match(text, marked.end())
    return joined is not None and is_one_name(unshielded(plain(marked[1] or marked[2])))

"""Lines that are a title, in bold or behind a sign, and a link: '**A Title** ([arXiv](...))'.

Newsletters count their papers so: '1️⃣ A Title (https://...)', '👉 **A Title** [paper](...)'. One
such line may be anything; where several stand below each other, each title becomes the link.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from .asides import leads_to_address
from .beside import VENUE, read_beside
from .bullets import leads_on
from .days import find_day
from .labels import label_of, people_by
from .marks import BOLD, HEADING, ITEM, LINK, is_worded, normalize, paper_key, papers_in, plain
from .people import are_names
from .references import dated_title
from .titles import is_prose

_SIGN = re.compile(
    r"\s*(?:(?:[①-⑳❶-❿]|[0-9]\ufe0f?\u20e3|🔟|#\d{1,3}[.:)]?(?=\s)"
    r"|[\u2190-\u21ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]\ufe0f?)\s*)+"
)
"""What stands before a title: a number in a circle or a key, or a picture."""
_OTHER = re.compile(rf"\s*(?:{ITEM}\s|#{{1,6}}\s|\||>|```|[-*_]{{3}})")
_IN_BRACKETS = re.compile(r"(?<!\])\((https?://[^\s()<>]+)\)")
_NUMBERED = re.compile(
    r"\s*\*\*(?:\[[^\[\]]{4,40}\]\([^()\s]{8,200}\)) ?[:|–—-]? ?(?P<title>[^*\[\]]{4,300})\*\*"
    r" ?(?P<rest>.*)"
)
"""'**[2401.00001](...) A Title** Ada Lovelace'."""
_SOURCED = re.compile(
    r"(?P<title>[A-Z0-9\"“][^\[\]()<>|]{8,300}?)[.,:]? ?\(?\[(?P<words>[^\[\]]{2,40})\]"
    r"\((?P<url>https?://[^\s()<>]{8,2000})\)\)?[.,]?(?P<rest> (?:by|[-–—]) [^\[\]()<>]{4,400})?"
)
"""'A Title ([arXiv](...)) by Ada Lovelace': all of a line without a mark."""
_LISTED = re.compile(
    r"(?P<title>[^\W_][^\[\]<>|]{7,300}?) ?(?:\||[–—-] |: )\s*"
    r"(?P<links>(?:\[[^\[\]]{0,40}\]\(https?://[^\s()<>]{8,2000}\)[\s,;|/·&]{0,4}){1,9})"
)
"""'A Title | [link](...), [pdf](...)': all of a line without a mark."""
_OPEN = " \t([-–—:|,"
_CLOSE = ")] \t"
_LONGEST = 1_000
_LONGEST_DAY = 20
_FEWEST = 2
_FEWEST_WORDS = 2


def with_linked_titles(lines: Sequence[str]) -> list[str]:
    """Give lines of which titles with their link beside them are written as the link's words."""
    found: dict[int, str] = {}
    sections: Counter[int] = Counter()
    headings = 0
    for place, line in enumerate(lines):
        if HEADING.match(line):
            headings += 1
        elif (written := _linked(line) or _sourced(line)) is not None:
            found[place] = written
            sections[headings] += 1
    below_each = max(sections.values(), default=0) < _FEWEST and headings > 0
    if len(found) < _FEWEST or below_each:
        return list(lines)  # What stands once below a heading says more of what that is called.
    return [found.get(place, line) for place, line in enumerate(lines)]


def with_addresses_above(lines: Sequence[str]) -> list[str]:
    """Give lines of which titles below their address, in a paragraph each, are its words."""
    found: dict[int, str] = {}
    for place, line in enumerate(lines[:-1]):
        if (url := _address(line)) is None:
            continue
        if place and lines[place - 1].strip():
            return list(lines)  # There the address stands below.
        title = lines[place + 1].strip()
        if title and _can_be_title(title) and not _OTHER.match(title):
            found[place] = f"[{plain(title)}]({url})"
    if len(found) < _FEWEST:
        return _with_first_address(lines)
    written = list(lines)
    for place, title in found.items():
        written[place : place + 2] = "", title
    return written


def _with_first_address(lines: Sequence[str]) -> list[str]:
    """Give a note's lines, with the address that it begins with in the title below it.

    'https://arxiv.org/abs/2401.00001', and then 'A Title (Ada Lovelace, Grace Hopper)'.
    """
    told = [place for place, line in enumerate(lines) if line.strip()][:2]
    url = _address(lines[told[0]]) if len(told) > 1 else None
    title, found = dated_title(plain(lines[told[-1]])) if url else ("", {})
    if url is None or "authors" not in found or not _can_be_title(title):
        return list(lines)
    written = list(lines)
    written[told[0]], written[told[1]] = "", f"- [{plain(title)}]({url}) by {found['authors']}"
    return written


def with_days_below(lines: Sequence[str]) -> list[str]:
    """Give lines of which days that stand above one title each stand below it, as what is said.

    So cards of pages have them; a day above several papers is a digest's.
    """
    told = [place for place, line in enumerate(lines) if line.strip()]
    days = [n for n, place in enumerate(told) if _is_day(lines[place])]
    if len(days) < _FEWEST:
        return list(lines)
    written = list(lines)
    for here, following in zip(days, [*days[1:], len(told)], strict=True):
        card = [lines[place] for place in told[here + 1 : following]]
        titles = sum(_is_linked_title(line) for line in card)
        if not card or not _is_linked_title(card[0]) or titles != 1:
            return list(lines)
        day, title = told[here], told[here + 1]
        written[day], written[title] = lines[title], lines[day]
    return written


def with_people_below(lines: Sequence[str]) -> list[str]:
    """Give lines of which headings that name people right below another heading are text."""
    written = list(lines)
    above: re.Match[str] | None = None
    for place, line in enumerate(lines):
        if not line.strip():
            continue
        heading = HEADING.fullmatch(line)
        if heading and above and len(heading[1]) > len(above[1]) and _names_people(heading[2]):
            written[place] = heading[2]
        above = heading
    return written


def _names_people(words: str) -> bool:
    """Whether words begin with people, and what stands behind them is where their paper is."""
    people = re.split(r"(?<=[^\W\d_]{2})\. ", plain(words), maxsplit=1)[0]
    return people.count(",") >= _FEWEST and are_names(people)


def _is_day(line: str) -> bool:
    return len(line) < _LONGEST_DAY and (day := find_day(line)) is not None and day.day is not None


def _is_linked_title(line: str) -> bool:
    """Whether a line is a title that leads to its paper, and nothing else."""
    link = LINK.fullmatch(line.strip(" *_"))
    return link is not None and is_worded(link[1]) and paper_key(link[2]) is not None


def _address(line: str) -> str | None:
    """Give the address of a paper that is all of a line."""
    if not line.startswith("http") or " " in line.strip():
        return None
    url = line.strip()
    return url if paper_key(url) else None


def _linked(line: str) -> str | None:
    """Write a line's title as the words of its link; ``None`` for any other line."""
    sign = _SIGN.match(line)
    bold = "**" in line or "__" in line
    if not (sign or bold) or len(line) > _LONGEST or _OTHER.match(line):
        return None
    line = normalize(_IN_BRACKETS.sub(r"(<\1>)", line), {})
    link = next((link for _, link in papers_in(line)), None)
    if link is None or is_worded(link[1]):
        return None
    if (named := _NUMBERED.fullmatch(line)) and _can_be_title(named["title"]):
        return f"[{plain(named['title'])}]({link[2]}) {named['rest']}".rstrip()
    if label_of(line) is not None:
        return None
    sign = _SIGN.match(line)
    begin = sign.end() if sign else 0
    words = line[begin : link.start()].strip().rstrip(_OPEN)
    strong = BOLD.match(words)
    title = (strong[1] or strong[2]) if strong else words
    said = words[strong.end() :].strip(_OPEN) if strong else ""
    if not (strong or sign) or not _can_be_title(title) or not _names_or_nothing(said):
        return None
    rest = line[link.end() :]
    opened = line[begin : link.start()].rstrip().endswith(("(", "["))
    rest = rest.lstrip(_CLOSE) if opened else rest.lstrip()
    return " ".join(
        filter(None, (f"{line[:begin]}[{plain(title)}]({link[2]})", said, rest))
    ).rstrip()


def _names_or_nothing(words: str) -> bool:
    return not words or people_by(words) is not None or read_beside(words) is not None


def _sourced(line: str) -> str | None:
    """Write the title before a link that only says where it leads as the link's words."""
    if "](" not in line or _OTHER.match(line):
        return None
    if listed := _LISTED.fullmatch(line):
        return _listed(listed)
    said = _SOURCED.fullmatch(line)
    if said is None or is_worded(said["words"]) or paper_key(said["url"]) is None:
        return None
    title = said["title"].strip()
    if label_of(title) is not None or not _can_be_title(title) or leads_on(f"{title} "):
        return None
    return f"- [{plain(title)}]({said['url']}){said['rest'] or ''}"


def _listed(line: re.Match[str]) -> str | None:
    """Write the title before several links, none of which says more than where it leads."""
    links = list(LINK.finditer(line["links"]))
    url = next((link[2] for link in links if paper_key(link[2])), None)
    title = line["title"].strip()
    said = any(is_worded(link[1]) for link in links) or label_of(title) or label_of(f"{title}:")
    if url is None or said or not _can_be_title(title):
        return None
    return f"- [{plain(title)}]({url}) {line['links']}".rstrip(" ,;|/·&")


def _can_be_title(words: str) -> bool:
    several = len(words.split()) >= _FEWEST_WORDS or not words.isascii()
    said = "](" in words or "**" in words or words.endswith((":", "：", ","))
    other = (
        label_of(f"**{words}**")
        or VENUE.fullmatch(words)
        or "authors" in (read_beside(words) or ())
    )
    prose = words[:1].islower() or is_prose(words) or leads_to_address(words)
    return several and is_worded(words) and not (said or other or prose)

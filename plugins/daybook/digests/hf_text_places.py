"""Where the paragraphs of a copied Daily Papers page stand, and what that makes of them.

A title may look like what the page prints around its papers: '1984', 'May 12', '48 authors',
'Submitted by Nobody', 'Subscribe'. Its look does not tell; its place does: a title stands before
its abstract, and nothing else on the page stands before a long paragraph.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..records import DayOfYear, PartialDate
from .claims import BEHIND_ALL, Claim, Fit
from .days import read_day
from .document import Document
from .titles import has_votes

FURNITURE = frozenset(
    {"new", "get trending papers in your email inbox!", "subscribe", "daily papers"}
    | {"get trending papers in your email inbox once a day!", "trending papers"}
    | {"byak and the research community", "by ak and the research community"}
    | {"by", "ak", "byak", "and the research community"}
    | {"hugging face", "models", "datasets", "spaces"}
    | {"buckets", "buckets new", "community", "posts", "docs", "enterprise", "pricing"}
    | {"log in", "sign up"}
    | {"daily", "weekly", "monthly", "previous", "next", "load more", "search", "view all"}
    | {"company", "tos", "privacy", "about", "jobs", "careers", "website", "system theme"}
    | {"inference providers", "back to articles", "back to top"}
)
"""Lines of the page around its papers, in lower case."""
ALWAYS_FURNITURE = frozenset(line for line in FURNITURE if "inbox" in line) | {"subscribe"}
BYLINE = "and the research community"
_MARK = re.compile(
    r"(?mi)^[^\S\n]{0,80}[^\w\s#]{0,4}(?:get trending papers in your email inbox"
    r"|(?:by ?)?ak and the research community|and the research community$)"
)
"""Lines of the page's own, which nothing but a list has."""
_PRINTED = re.compile(
    r"\f?\s*(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}, \d{1,2}[:.]\d{2}\b.{0,200}"
    r"|https?://\S{3,400}\s+\d{1,4}/\d{1,4}\s*)"
)
"""What browsers print above and below each page: when, what, where, and the page's number."""
_PRINTS = frozenset("0123456789h")
_LINKED = re.compile(r"\]\([^()\s]{0,200}?/(?:abs|pdf|html|papers)/\d{4}\.\d{4,5}")
_MARKED = re.compile(r"#{1,6} |[-*+>|] ?\S|\[")

AUTHORS = re.compile(r"[•·*-]?\s*(\d{1,5}) authors?\s*(?:[·•]\s*(\S.*))?", re.ASCII)
_TAIL = re.compile(r"(?m)^[^\S\n]*(?:[•·][^\S\n]*)?[0-9]{1,5}[^\S\n]authors?[^\S\n]*$")
_SPACES = str.maketrans(dict.fromkeys("\xa0\u2007\u202f", " "))
"""Spaces at which no line may break, as browsers and word processors copy indentation."""
DATE = re.compile(
    r"[·•]?\s*(?:Published on )?([A-Z][a-z]{2,8} \d{1,2}(?:, \d{4})?)(?:\s+(\d{1,6}))?", re.ASCII
)
COUNT = re.compile(r"-|\d{1,6}", re.ASCII)
SUBMITTED = re.compile(r"Submitted by\b\s*(.{0,60})")
_COPYRIGHT = re.compile(r"(?:©|\(c\)) ?(?:\d{4} )?hugging face(?: \d{4})?\.?", re.IGNORECASE)
_PREVIOUS = re.compile("previous", re.IGNORECASE)
_PAGER = re.compile(r"\d{1,3}|\.\.\.|…|[<>«»‹›]", re.ASCII)
GLUED = re.compile(r"Subscribe(?=[^\sa-z])")
ENDS_SENTENCE = (".", ";", ",", ":", "。")
LONGEST_TITLE = 300
LONGEST_NAME = 60
PARAGRAPH = 200
"""Characters from which a line is taken for a paragraph whatever its end; the longest title of
626 has 150, the shortest abstract 1,376."""
_SENTENCE = 60
"""Characters from which a line that ends with a full stop is taken for a sentence."""
UPVOTE = "upvote"
BADGES = frozenset({"github", "gitlab", "code"})
STARS = re.compile(r"\d[\d.,]{0,9}[kKmM]?", re.ASCII)
"""Of a repository, below its badge."""
PAGE = re.compile(
    r"https?://(?:www\.)?huggingface\.co/papers/?(?:(?:date/|\?date=)(?P<day>\d{4}-\d{2}-\d{2}))?"
    r"(?:[?#]\S*)?"
)
"""The address of the page, which some put above its text."""
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day, ", re.IGNORECASE)
_WRAP = range(50, 141)
"""Widths at which a hard-wrapped line may break."""

_MENU = 40
"""Characters of the longest entry of the site's menu."""
_MASTHEAD = 40
"""Lines that may stand above the page's own name; each is a word or three of its menu."""
DOTS = frozenset("·•")
CODE = re.compile(r"(?:GitHub|GitLab)\b(?:\s+[\d.,]+\s*[kKmM]?)?|Code\s+[\d.,]+[kKmM]?")
"""The badge of a paper's repository and its stars."""
PERIOD = re.compile(
    r"Week \d{1,2}(?:,? \d{4})?|\d{4}-W\d{2}"
    r"|[A-Z][a-z]{2,8} \d{1,2}(?:, \d{4})? ?[-–—] ?(?:[A-Z][a-z]{2,8} )?\d{1,2}(?:, \d{4})?"
    r"|(?:Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)[a-z]* \d{4}",
)
"""The week or the month of a list, in its head."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph: one line, or several that were wrapped."""

    line: int
    text: str


def below_masthead(units: list[Unit]) -> list[Unit]:
    """Leave out the site's menu, where the whole of a page was copied: all above the page's name.

    Nothing is left out where any line above it could be a title, a date or the end of a paper.
    """
    for place, unit in enumerate(units[:_MASTHEAD]):
        if unit.text.lower().endswith(BYLINE):
            return units[place:]
        known = AUTHORS.fullmatch(unit.text) or COUNT.fullmatch(unit.text) or read_day(unit.text)
        if known or (len(unit.text) > _MENU and unit.text.lower() not in FURNITURE):
            break
    return units


@dataclass(frozen=True, slots=True)
class Layout:
    """What holds for the whole of a copy."""

    has_tails: bool
    """Whether votes, counts of authors or dates stand around its papers."""
    alternates: bool
    """Whether titles and abstracts stand on lines that follow each other, and nothing else."""

    @classmethod
    def of(cls, units: list[Unit]) -> Layout:
        """See which layout a copy has."""
        has_tails = any(
            unit.text in DOTS or is_marked(unit.text) or _is_bare_tail(units, place)
            for place, unit in enumerate(units)
        )
        near = sum(two.line == one.line + 1 for one, two in itertools.pairwise(units))
        return cls(has_tails, not has_tails and near * 10 >= (len(units) - 1) * 9)


def read_heading(text: str) -> PartialDate | DayOfYear | None:
    """Read the day of a page's head: 'Mar 11', 'Tuesday, March 11'."""
    return read_day(_WEEKDAY.sub("", text, count=1))


def is_marked(text: str) -> bool:
    """Whether a bullet or a dot says that a line is part of a tail."""
    if tail := AUTHORS.fullmatch(text):
        return not text[0].isdigit() or tail[2] is not None
    return text[:1] in DOTS and DATE.fullmatch(text) is not None


def _is_bare_tail(units: list[Unit], place: int) -> bool:
    is_count = AUTHORS.fullmatch(units[place].text) and place + 1 < len(units)
    return bool(is_count and DATE.fullmatch(units[place + 1].text))


def looks_like_furniture(text: str) -> bool:
    """Whether a line could be a part of the page around a title, or of a paper's tail."""
    return text.lower() == "subscribe" or _is_tail(text)


def stands_as_title(units: list[Unit], place: int, layout: Layout) -> bool:
    """Whether a line stands where only a title does: before a long paragraph.

    Where nothing else tells, a sentence of some length is paragraph enough. Where a page has
    tails, the long paragraph may itself be a long title, if a far longer one comes after it.
    """
    text = units[place].text
    if place + 1 >= len(units) or text in DOTS or is_marked(text):
        return False
    if text.lower() in ALWAYS_FURNITURE - {"subscribe"}:
        return False
    if DATE.fullmatch(text) and place and units[place - 1].text in DOTS:
        return False
    following = units[place + 1].text
    if len(following) < PARAGRAPH:
        is_sentence = len(following) >= _SENTENCE and following.endswith((".", "。"))
        return is_sentence and not layout.has_tails
    return not (layout.has_tails and _is_long_title(units, place + 1))


def _is_long_title(units: list[Unit], place: int) -> bool:
    length = len(units[place].text)
    after = len(units[place + 1].text) if place + 1 < len(units) else 0
    return length <= LONGEST_TITLE and after >= length * 2


def read_units(lines: list[str], start: int) -> Iterator[Unit]:
    """Give the text's paragraphs: lines, or blocks of lines where the text was hard-wrapped."""
    blocks: list[list[Unit]] = [[]]
    for index in range(start, len(lines)):
        text = lines[index].strip()
        if text[:1] in _PRINTS and _PRINTED.fullmatch(text):
            continue
        if text and not text.isascii():
            text = text.translate(_SPACES).strip()
        if text:
            blocks[-1].append(Unit(index + 1, text))
        elif blocks[-1]:
            blocks.append([])
    if not _is_wrapped(blocks):
        for block in blocks:
            yield from block
        return
    for block in blocks:
        yield from _join(block)


def _join(block: list[Unit]) -> Iterator[Unit]:
    """Join the lines of a wrapped paragraph; what stands above or below it stays apart.

    Below it only a tail that has a dot or a number of authors is one: a last line '2019' is not.
    """
    start, end = 0, len(block)
    while start < end and (_is_tail(block[start].text) or block[start].text.lower() in FURNITURE):
        start += 1
    while end > start and _is_tail(block[end - 1].text):
        end -= 1
    if not any(unit.text in DOTS or AUTHORS.fullmatch(unit.text) for unit in block[end:]):
        end = len(block) if start < end else end
    yield from block[:start]
    if words := block[start:end]:
        yield Unit(words[0].line, " ".join(unit.text for unit in words))
    yield from block[end:]


def _is_wrapped(blocks: list[list[Unit]]) -> bool:
    """Whether a program broke the lines: none is long, and those of a block are filled."""
    if len(blocks) < 3 or any(len(unit.text) > _WRAP.stop for block in blocks for unit in block):
        return False
    longest = max(len(unit.text) for block in blocks for unit in block)
    for block in blocks:
        texts = [unit.text for unit in block if not _is_tail(unit.text)]
        if len(texts) > 1 and all(len(text) in _WRAP for text in texts[:-1]):
            first_words = (text.split()[0] for text in texts[1:])
            filled = zip(texts, first_words, strict=False)
            if all(len(text) + 1 + len(word) > longest for text, word in filled):
                return True
    return False


def _is_tail(text: str) -> bool:
    return text in DOTS or any(
        pattern.fullmatch(text) for pattern in (AUTHORS, DATE, COUNT, SUBMITTED)
    )


def trim_end(units: list[Unit]) -> list[Unit]:
    """Leave out the page's footer: its copyright line, and the menu and pager around it.

    Its last word may be cut.
    """
    end = len(units)
    if end > 1 and _is_furniture(units[-2].text) and _begins_furniture(units[-1].text.lower()):
        end -= 1
    while end:
        before = end
        while end and _is_furniture(units[end - 1].text):
            end -= 1
        if (
            1 < end < len(units)
            and _PREVIOUS.fullmatch(units[end - 2].text)
            and (read_day(units[end - 1].text) is not None)
        ):
            end -= 2  # 'Previous', 'Nov 18', 'Next'
        run = end
        while run and _PAGER.fullmatch(units[run - 1].text):
            run -= 1
        # A lone number with nothing after it counts a paper's comments.
        if end - run > 1 or end < len(units):
            end = run
        if end == before:
            break
    return units[:end]


def _begins_furniture(text: str) -> bool:
    return any(line.startswith(text) for line in (*FURNITURE, "© hugging face"))


def _is_furniture(text: str) -> bool:
    return text.lower() in FURNITURE or _COPYRIGHT.fullmatch(text) is not None


def claim_of(document: Document) -> Claim | None:
    """Claim text for a line of the page's own, or else for its tails or its alternating shape.

    Where papers are linked to more often than told of so, it is a list that has such lines, too.
    """
    start = document.start
    if start.startswith(("{", "@", "TY  -", "\\\\")):
        return None
    lines = [line for raw in start.splitlines()[:400] if (line := raw.strip())]
    if sum(map(has_votes, lines)) > 1:
        return None  # A mail of its papers, which ends as the page begins.
    tails = _count_tails(document.text)
    pairs = _count_pairs(lines)
    mark = _MARK.search(start[:4000])
    if mark is None and not tails and not pairs:
        return None
    most = max(tails, pairs)
    if mark is None or len(_LINKED.findall(start)) * 2 > most:
        return Claim(Fit.LIKELY, BEHIND_ALL, most)
    return Claim(Fit.SURE, mark.start(), most)


def _count_pairs(lines: list[str]) -> int:
    """Count titles and abstracts: lines of which short ones and long ones take turns, else none.

    Short lines with Markdown's marks are another's headings.
    """
    body = [
        line
        for line, after in zip(lines, [*lines[1:], ""], strict=False)
        if len(after) >= PARAGRAPH or (line.lower() not in FURNITURE and read_day(line) is None)
    ]
    pairs = list(zip(body[0::2], body[1::2], strict=False))
    good = sum(
        len(title) < PARAGRAPH <= len(abstract) and abstract.count(" ") > 20
        for title, abstract in pairs
    )
    marked = sum(_MARKED.match(title) is not None for title, _ in pairs)
    return good if good * 10 >= len(pairs) * 8 and marked * 2 <= good else 0


def _count_tails(text: str) -> int:
    """Count the lines that tell a paper's number of authors."""
    return sum(1 for _ in _TAIL.finditer(text))


def is_rest_of_abstract(text: str) -> bool:
    """Whether the first words of a copy are the rest of an abstract whose title is not in it."""
    return text[:1].islower() and text.endswith(".") and " " in text

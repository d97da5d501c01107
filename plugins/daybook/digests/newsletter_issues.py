"""What a newsletter lists under one date, and the digest that it becomes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ..errors import Refusal
from ..records import Entry, PartialDate
from .blocks import Block
from .days import find_day, read_day
from .doubtful_dates import doubtful_date
from .draft import Draft
from .labels import Stated, label_of
from .lone_names import with_lone_names
from .marks import plain
from .own_ids import doubtful_ids
from .shielding import unshielded_entry, unshielded_refusal
from .stated import Statement
from .titles import is_day

_HEAD = 10
"""Lines that may stand above the first paper: who sends it, what about."""
_LONGEST_DAY = 30
_UPDATED = re.compile(
    r"\W*(?:last updated?|updated?(?: on| at)?|更新(?:时间|日期|于)?|最后更新|업데이트|最終更新)"
    r"\W*[:：]?\W*(.+)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Issue:
    """The entries under one date."""

    date: PartialDate | None = None
    entries: list[Entry] = field(default_factory=list)

    def add(self, path: str, entry: Entry, stated: Stated) -> list[Refusal]:
        """Add an entry; tell what was stated as its date or its DOI and is none."""
        entry = replace(entry, position=len(self.entries) + 1)
        self.entries.append(entry)
        read = find_day(stated.dated, year_alone=True)
        return [
            *doubtful_date(path, entry.line, entry, [stated.dated], read),
            *doubtful_ids(path, entry, stated.ids),
        ]


def day_over_list(blocks: Sequence[Block], place: int) -> PartialDate | None:
    """Give the day that is all of a line above a list, where a heading could stand."""
    block, *below = blocks[place : place + 2]
    above = blocks[place - 1] if place else None
    apart = above is None or above.number < block.number - 1 or above.kind == "heading"
    words = plain(block.text).rstrip(":")
    if not (apart and is_day(words) and below and below[0].kind in ("bullet", "row")):
        return None
    date = find_day(words)
    return date if date is not None and date.day and not block.depth else None


def day_of_head(blocks: Sequence[Block], titles: int | None) -> PartialDate | None:
    """Give the day in a text's first line, or the one that is a line of its own above its papers.

    `titles` is the level of the headings that are papers' titles: below one a day is that paper's.
    """
    if blocks and blocks[0].kind == "text" and (first := find_day(plain(blocks[0].text))):
        return first
    days = set()
    for place, block in enumerate(blocks[:_HEAD]):
        if block.kind in ("bullet", "row") or (block.kind == "heading" and block.depth == titles):
            break
        if "](" in block.text:
            break
        words = plain(block.text)
        day = read_day(words) if block.kind == "text" and len(words) < _LONGEST_DAY else None
        if isinstance(day, PartialDate) and _stands_apart(blocks, place):
            days.add(day)
    return days.pop() if len(days) == 1 else None


def _stands_apart(blocks: Sequence[Block], place: int) -> bool:
    """Whether no other text stands right above or below a line, as a paper's title does."""
    beside = (blocks[at] for at in (place - 1, place + 1) if 0 <= at < len(blocks))
    number = blocks[place].number
    return not any(other.kind == "text" and abs(other.number - number) < 2 for other in beside)


def stated_day(block: Block, *, before_all: bool) -> PartialDate | None:
    """Read 'Last update: 2025-03-11', or before all papers 'Date: 2025-03-11 · ...'."""
    if match := _UPDATED.fullmatch(block.text):
        return find_day(plain(match[1])) if len(block.text) < 80 else None
    if not before_all or "](" in block.text:
        return None
    label = label_of(re.split(r"\s[·•|]\s", block.raw)[0])
    return find_day(plain(label[1])) if label and label[0] == "published" else None


def draft_issues(
    given: Sequence[Issue],
    statement: Statement,
    refusals: Iterable[Refusal],
    *,
    updated: PartialDate | None = None,
    first_day: PartialDate | None = None,
) -> Iterator[Draft]:
    """Give a draft of each issue that has entries, numbered from 1.

    A file with one issue is dated as any file is: by what is stated of it, by the day that it was
    `updated`, by the day of its heading or in its first line. Of several each has the date of its
    heading.
    """
    issues = [issue for issue in given if issue.entries]
    told = (*statement.refusals, *map(unshielded_refusal, refusals))
    for place, issue in enumerate(issues):
        several = len(issues) > 1
        yield Draft(
            list(map(unshielded_entry, with_lone_names(issue.entries))),
            name=statement.name,
            stated=issue.date if several else statement.date or updated,
            heading=None if several else issue.date or first_day,
            refusals=told if place == 0 else (),
        )
    if not issues:
        yield Draft((), refusals=told)

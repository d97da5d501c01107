"""What pages' scripts look up: papers by their identifiers, and by the day of the year.

Files are scripts, since a page that is opened from a disk may load nothing else. Nobody loads them
until they are needed: identifiers when a list of papers is imported, a month's days on the home
page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from ..drafts import File
from . import addresses
from .date_pages import Calendar
from .shelves import Shelves

_PAPERS_A_DAY = 6
_PAPERS_A_YEAR = 2
"""Of each year: a reader's own year is left out, and shall not take the others' places."""
_DIGESTS_A_DAY = 3
Row = tuple[int, str, str]
"""Year, address and name."""


def identifiers(shelves: Shelves) -> File:
    """Give arXiv ids and DOIs in the order of papers' numbers; who has none is a hyphen.

    About 12 bytes a paper, and half of that packed.
    """
    numbered = {paper.number: paper for paper in shelves.papers}
    rows = []
    for number in range(max(numbered, default=-1) + 1):
        paper = numbered.get(number)
        found = paper and (paper.arxiv, (paper.doi or "").lower().replace(" ", ""))
        rows.append("|".join(filter(None, found or ())) or "-")
    return addresses.IDS, f"daybook.ids={_written(' '.join(rows))};\n".encode()


def on_this_day(shelves: Shelves, calendar: Calendar) -> Iterator[File]:
    """Give a file a month: for its days, some papers and digests of each, the newest first."""
    months: dict[int, dict[str, list[Row]]] = {month: {} for month in range(1, 13)}
    for (month, day), rows in sorted(_papers_by_day(shelves).items()):
        months[month][f"{day:02d}"] = rows
    for text, digests in calendar.days.items():
        date = digests[0].date
        if date is not None and not any(digest.dated_by == "inferred" for digest in digests):
            rows = months[date.month or 0].setdefault(f"{date.day:02d}", [])
            if sum(url.startswith("days/") for _, url, _ in rows) < _DIGESTS_A_DAY:
                rows.append((date.year, addresses.day(text), f"Digests of {date.in_words}"))
    for month, found in months.items():
        ordered = {day: sorted(found[day], key=lambda row: -row[0]) for day in sorted(found)}
        yield addresses.on_this_day(month), f"daybook.days={_written(ordered)};\n".encode()


def _papers_by_day(shelves: Shelves) -> dict[tuple[int, int], list[Row]]:
    """Choose papers for every day of a year: those that were seen most, some of each year."""
    found: dict[tuple[int, int], list[Row]] = {}
    seen = sorted(
        (paper for paper in shelves.papers if paper.published and paper.published.day),
        key=lambda paper: (-paper.digest_count, -(paper.upvotes or 0)),
    )
    for paper in seen:
        date = paper.published
        if date is None or not date.month or not date.day:
            continue
        rows = found.setdefault((date.month, date.day), [])
        of_year = sum(year == date.year for year, _, _ in rows)
        if len(rows) < _PAPERS_A_DAY and of_year < _PAPERS_A_YEAR:
            rows.append((date.year, addresses.paper(paper.slug), shelves.titles[paper.slug]))
    return found


def _written(value: object) -> str:
    """Write JSON that is also JavaScript of any version, and safe wherever it is put."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")

"""Tables of pages, laid out: what spans several rows or columns stands in each row it belongs to.

https://html.spec.whatwg.org/multipage/tables.html#table-processing-model
"""

from __future__ import annotations

import enum
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import Tag

_FEWEST_CELLS = 2
_MOST_SPANNED = 50
"""Columns that one cell spans at most."""
_MOST_ADDED = 4
"""Cells that spans may add, as a multiple of those that are there: beyond, none spans rows."""
_LONGEST_SPAN = 6
_TO_THE_END = 65_534


class Part(enum.Enum):
    """What a row of a table is."""

    NAMES = "the names of the columns below it"
    ACROSS = "words over all columns, above the rows that they are about"
    VALUES = "a record"


@dataclass(frozen=True, slots=True)
class Row:
    """A row, with a cell or nothing for each column."""

    tags: tuple[Tag, ...]
    """What it is made of on the page: names may stand in several rows."""
    part: Part
    cells: list[Tag | None]
    spanned: frozenset[int] = frozenset()
    """The columns whose cell began in a row above."""
    wide: tuple[int, ...] = ()
    """The columns where a cell begins that spans several."""


def is_data(table: Tag) -> bool:
    """Whether a table holds data: rows of several cells, named, and no table inside."""
    if table.find("table") is not None:
        return False
    cells = [len(_cells(row)) for row in table.find_all("tr")]
    named = table.find("th") is not None or table.find("thead") is not None
    return named and len(cells) > 1 and min(max(cells[:2]), max(cells[1:])) >= _FEWEST_CELLS


def rows_of(table: Tag) -> Iterator[Row]:
    """Give the rows of a table; the names stand in one row, where the page has them in several."""
    rows = table.find_all("tr")
    allowed = sum(len(_cells(tag)) for tag in rows) * _MOST_ADDED
    going: dict[int, tuple[Tag, int]] = {}
    names: Row | None = None
    is_named = False
    for tag in rows:
        own = _cells(tag)
        across = len(own) == 1 and _span(own[0], "colspan") > 1
        row = _laid_out(tag, own, going, across=across)
        allowed -= len(row.cells)
        if allowed < 0:
            going.clear()
        if own and not across and (_are_names(own) or not is_named):
            names, is_named = _named(names, row), True
            continue
        if names is not None:
            yield names
            names = None
        yield row
    if names is not None:
        yield names


def _cells(row: Tag) -> list[Tag]:
    return row.find_all(["td", "th"], recursive=False)


def _are_names(cells: list[Tag]) -> bool:
    return len(cells) >= _FEWEST_CELLS and all(cell.name == "th" for cell in cells)


def _named(above: Row | None, row: Row) -> Row:
    """Give the names of columns: of several rows the lowest that has one counts."""
    upper = above.cells if above is not None else []
    cells = [
        low if low is not None and low.get_text(strip=True) else high
        for low, high in itertools.zip_longest(row.cells, upper)
    ]
    return Row((*(above.tags if above is not None else ()), *row.tags), Part.NAMES, cells)


def _laid_out(tag: Tag, own: list[Tag], going: dict[int, tuple[Tag, int]], *, across: bool) -> Row:
    """Put a row's cells where they belong, beside those of the rows above that go on.

    `going` has these by column, each with the number of rows that it still spans.
    """
    above = dict(going)
    for column, (cell, left) in above.items():
        if left > 1:
            going[column] = cell, left - 1
        else:
            del going[column]
    cells: list[Tag | None] = []
    wide: list[int] = []
    for cell in own:
        while len(cells) in above:
            cells.append(above[len(cells)][0])
        if (down := _span(cell, "rowspan")) > 1:
            going[len(cells)] = cell, down - 1
        width = 1 if across else min(_span(cell, "colspan"), _MOST_SPANNED)
        wide += [len(cells)] if width > 1 else []
        cells += [cell, *[None] * (width - 1)]
    last = max(above, default=-1)
    cells += [None] * (last + 1 - len(cells))
    for column, (cell, _) in above.items():
        cells[column] = cells[column] or cell
    spanned = frozenset(column for column, (cell, _) in above.items() if cells[column] is cell)
    return Row((tag,), Part.ACROSS if across else Part.VALUES, cells, spanned, tuple(wide))


def _span(cell: Tag, name: str) -> int:
    """Read how many rows or columns a cell spans; 0 is all that follow."""
    said = str(cell.get(name) or "1").strip()
    if not (said.isascii() and said.isdecimal() and len(said) <= _LONGEST_SPAN):
        return _MOST_SPANNED if said.endswith("%") else 1
    return int(said) or _TO_THE_END

"""The rows of CSV and TSV (RFC 4180), of tables whose quotation marks may not close."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

_FEWEST = 2
"""Columns of a table at least."""
_DELIMITERS = ",\t;|"
_MOST_TITLES, _LONGEST_TITLE = 5, 10_000
"""Lines above a table's first."""
_SAID = re.compile(rf'"?sep=([{_DELIMITERS}])"?[{_DELIMITERS}]*\n', re.IGNORECASE)
_QUOTED_WORD = {
    sign: re.compile(
        rf'(?m)(^|[{sign}])"([^"\n{sign}]*[^"\s{sign}])"(?=[^\w"\n{sign}])([^\n{sign}]*[^\s{sign}])'
    )
    for sign in _DELIMITERS
}
"""A field that begins with a quoted word and goes on."""


def begin_of(text: str) -> tuple[str, str]:
    """Give a table from the line of its columns' names on, and the sign between its cells.

    Excel may say the sign on a line above them: 'sep=;'.
    """
    text = text.lstrip("\n ")
    if said := _SAID.match(text):
        return text[said.end() :].lstrip("\n "), said[1]
    header = _below_titles(text)
    if "```" in text[:header] and (end := text.find("\n```", header)) >= 0:
        text = text[: end + 1]  # What stands behind a fence is no row.
    return text[header:], max(_DELIMITERS, key=text[header:].split("\n", 1)[0].count)


def _below_titles(text: str) -> int:
    """Give where a sheet's first line of several cells begins: its own title may stand above."""
    place = 0
    for line in text.split("\n", _MOST_TITLES + 1)[: _MOST_TITLES + 1]:
        sign = max(_DELIMITERS, key=line.count)
        if len(line) > _LONGEST_TITLE or sum(map(bool, map(str.strip, cells(line, sign)))) > 1:
            return place
        place += len(line) + 1
    return 0


def cells(header: str, delimiter: str) -> list[str]:
    """Give the names of a table's columns."""
    return next(csv.reader([header], delimiter=delimiter), [])


def with_fields(text: str, delimiter: str) -> str:
    """Write fields that only begin with a quoted word as RFC 4180 has them."""
    return _QUOTED_WORD[delimiter].sub(_as_field, text)


def _as_field(match: re.Match[str]) -> str:
    """Write '"Bees" of war' as RFC 4180 has it: a reader would take its first marks for its own."""
    rest = match[3].replace('"', '""')
    return f'{match[1]}"""{match[2]}""{rest}"'


class Rows(Iterator[list[str]]):
    """The rows of a table, with the line on which each begins.

    A quotation mark that does not close takes in the rows below it; where one of them is a whole
    row by itself, and what was taken in is none, the table goes on there.
    """

    def __init__(self, text: str, delimiter: str) -> None:
        self.line = 0
        self.width = 0
        """How many columns there are; 0 while that is not known."""
        self.taken_in = False
        """Whether the last row had taken in the one below it."""
        self.fewest = 0
        """How many cells every row before the last one has at least; 0 where there is none."""
        self._cells = 0
        self._lines = text.split("\n")
        self._next = 0
        self._delimiter = delimiter

    def __next__(self) -> list[str]:
        self.taken_in = False
        while self._next < len(self._lines):
            begin, self.line = self._next, self._next + 1
            if not self._lines[begin].strip():
                self._next += 1
                continue
            row, self._next = self._read(begin, len(self._lines))
            if self._next > begin + 1 and len(row) != self.width and self.width:
                whole = (n for n in range(begin + 1, self._next) if self._is_row(n))
                if (place := next(whole, None)) is not None:
                    row, self.taken_in = self._read(begin, place)[0], True
                    self._next = place
            self.fewest = min(self.fewest or self._cells, self._cells)
            self._cells = len(row)
            return row
        raise StopIteration

    def _read(self, begin: int, end: int) -> tuple[list[str], int]:
        """Read the row that begins with a line; give it and the line after it."""
        lines = (self._lines[number] + "\n" for number in range(begin, end))
        rows = csv.reader(lines, delimiter=self._delimiter, strict=False)
        row = next(rows, [])
        if row and begin + rows.line_num == len(self._lines):
            row[-1] = row[-1].removesuffix("\n")
        return row, begin + max(rows.line_num, 1)

    def _is_row(self, number: int) -> bool:
        """Whether a line is a row by itself."""
        line = self._lines[number]
        if line.count(self._delimiter) < self.width - 1 or self.width < _FEWEST:
            return False
        try:
            rows = [*csv.reader([line], delimiter=self._delimiter, strict=True)]
        except csv.Error:
            return False
        return len(rows) == 1 and len(rows[0]) == self.width


def is_within_quotes(text: str, line: int, delimiter: str) -> bool:
    """Whether a table ends within quotation marks, in its last row, which begins on a line."""
    last = "\n".join(text.rsplit("\n", text.count("\n") + 2 - line)[1:])
    try:
        for _ in csv.reader(last.splitlines(keepends=True), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False

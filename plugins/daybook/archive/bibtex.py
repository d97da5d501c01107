"""BibTeX records for the metadata folder: fields as plain text, names as printed.

The grammar is that of 'BibTeXing' (https://ctan.org/pkg/bibtex): braces nest, quotes end at a quote
outside braces, ``#`` joins, ``@string`` defines, and what is outside of records is a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..errors import BadDateError, Refusal
from ..records import PartialDate
from .tex import plain_tex

_RECORD = re.compile(r"@\s*([A-Za-z]+)\s*([{(])")
_FIELD = re.compile(r"\s*,?\s*([A-Za-z][\w:.+-]*)\s*=\s*")
_BARE = re.compile(r"\s*([^\s,#{}()\"=]+)")
_BRACE = re.compile(r"[{}]")
_BRACE_OR_QUOTE = re.compile(r"[{}\"]")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class BibRecord:
    """One record of a BibTeX file."""

    key: str
    line: int
    values: dict[str, str]
    """Every field's plain text, by its name in lower case."""
    authors: tuple[str, ...] | None
    published: PartialDate | None


class _DamageError(Exception):
    """A record that does not follow the grammar."""


def read_bibtex(path: str, text: str) -> Iterator[BibRecord | Refusal]:
    """Read the records of a BibTeX file; one that is damaged is a refusal, the rest is read."""
    strings = {name: name for name in _MONTHS}
    place, line, counted = 0, 1, 0
    while match := _RECORD.search(text, place):
        line += text.count("\n", counted, match.start())
        counted, place = match.start(), match.end()
        kind = match[1].lower()
        if kind in ("comment", "preamble"):
            continue
        try:
            record, place = _read_record(text, place, kind, strings, line)
        except _DamageError as error:
            yield Refusal(path, line, f"{error}.", "Correct the record's braces and commas.")
            continue
        if record is not None:
            yield record


def _read_record(
    text: str, place: int, kind: str, strings: dict[str, str], line: int
) -> tuple[BibRecord | None, int]:
    """Read what follows ``@kind{``; a ``@string`` only adds to `strings`."""
    key = ""
    if kind != "string":
        found = re.compile(r"\s*([^\s,{}=\"]*)\s*(?=[,})])").match(text, place)
        if found is None:
            raise _DamageError("expected a record's key and a comma")
        key, place = found[1], found.end()
    raw: dict[str, str] = {}
    while field := _FIELD.match(text, place):
        value, place = _read_value(text, field.end(), strings)
        raw.setdefault(field[1].lower(), value)
    end = re.compile(r"[\s,]*[})]").match(text, place)
    if end is None:
        raise _DamageError(f"expected the end of the record {key!r}")
    if kind == "string":
        strings.update(raw)
        return None, end.end()
    return _record(key, line, raw), end.end()


def _read_value(text: str, place: int, strings: dict[str, str]) -> tuple[str, int]:
    """Read a value: parts in braces, in quotes or bare, joined by ``#``."""
    parts = []
    while True:
        while text[place : place + 1].isspace():
            place += 1
        opening = text[place : place + 1]
        if opening in ("{", '"') and opening:
            end = _closing(text, place)
            parts.append(text[place + 1 : end])
            place = end + 1
        elif bare := _BARE.match(text, place):
            parts.append(strings.get(bare[1].lower(), bare[1]))
            place = bare.end()
        else:
            raise _DamageError("expected a value")
        joint = re.compile(r"\s*#").match(text, place)
        if joint is None:
            return "".join(parts), place
        place = joint.end()


def _closing(text: str, place: int) -> int:
    """Find what closes the brace or quote at `place`; a backslash protects nothing."""
    quoted, depth, at = text[place] == '"', 0, place + 1
    pattern = _BRACE_OR_QUOTE if quoted else _BRACE
    while found := pattern.search(text, at):
        at = found.end()
        if found[0] == '"':
            if depth == 0:
                return found.start()
        elif found[0] == "{":
            depth += 1
        elif depth == 0:
            return found.start()
        else:
            depth -= 1
    raise _DamageError("a brace or quote is never closed")


def _record(key: str, line: int, raw: dict[str, str]) -> BibRecord:
    values = {name: _plain(value) for name, value in raw.items() if name != "author"}
    authors = _authors(raw["author"]) if "author" in raw else None
    return BibRecord(
        key, line, {name: value for name, value in values.items() if value}, authors, _date(values)
    )


def _plain(value: str) -> str:
    return " ".join(plain_tex(value.replace("~", " ") if "http" not in value else value).split())


def _authors(value: str) -> tuple[str, ...] | None:
    """Give the names as printed; ``None`` where others are left out, as the order ends there."""
    names = [_name(name) for name in _split_outside_braces(value)]
    if not all(names) or any(name.lower() in ("others", "et al.") for name in names):
        return None
    return tuple(names) or None


def _split_outside_braces(value: str) -> list[str]:
    """Split at ``and`` between white space, outside braces."""
    parts, depth, start = [], 0, 0
    for found in re.finditer(r"[{}]|\sand(?=\s)", value):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth -= 1
        elif depth == 0:
            parts.append(value[start : found.start()])
            start = found.end()
    return [*parts, value[start:]]


def _name(name: str) -> str:
    """Turn 'Family, Jr., Given' into 'Given Family Jr.'; a name all in braces stays as it is."""
    name = name.strip()
    if name.startswith("{") and name.endswith("}") and "{" not in name[1:-1]:
        return _plain(name)
    parts = [_plain(part) for part in name.split(",")]
    if len(parts) == 2:
        parts = [parts[1], parts[0]]
    elif len(parts) == 3:
        parts = [parts[2], parts[0], parts[1]]
    return " ".join(part for part in parts if part)


def _date(values: dict[str, str]) -> PartialDate | None:
    """Read biblatex's ``date``, or ``year`` with ``month`` and ``day``."""
    try:
        if "date" in values:
            return PartialDate.parse(values["date"].partition("/")[0])
        if "year" not in values:
            return None
        month = values.get("month", "").lower()[:3]
        number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month or 0)
        day = values.get("day", "0")
        return PartialDate(int(values["year"]), number, int(day) if number else 0)
    except (BadDateError, ValueError):
        try:
            return PartialDate.parse(values.get("year", ""))
        except BadDateError:
            return None

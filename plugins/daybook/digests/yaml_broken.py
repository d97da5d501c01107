"""A list of records in YAML in which something is broken, read as far as it goes.

YAML has one value or none. What is whole is found by where its lines begin: each record is read
alone, of a broken one each field, and everything that was not read is told with its line.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from ..errors import Refusal
from .identifiers import read_arxiv
from .json_reader import MOST_TOLD
from .yaml_fields import Fields

_LINE = re.compile(
    r"(?P<indent> *)(?P<dash>-(?: +|\Z))?"
    r"(?:(?P<key>[\"']?[\w<][^:\n]{0,60}):(?=\s|\Z))?\s*(?P<value>.*)"
)
_COMMENT = re.compile(r"\s*(?:#.*)?\Z")
_BETWEEN = re.compile(r"(?:---|\.\.\.)(?:\s|\Z)")
_HINT = "Correct it, or save the file again."


@dataclass(slots=True)
class _Record:
    """The lines of a record, and what it stands under."""

    line: int
    """The first of them, from 1."""
    section: str
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Form:
    """How a list's records begin: with a dash or a name, at a column."""

    dashed: bool
    column: int


@dataclass(frozen=True, slots=True)
class Broken:
    """What of a list is whole."""

    value: list[Any] | dict[str, Any]
    told: tuple[Refusal, ...]
    surely: bool
    """Whether most of the text is: of another it may be something else."""
    breaks_off: bool
    """Whether it was told that the text ends before its last field does."""


def read_broken(path: str, text: str) -> Broken | None:
    """Read the records of a list that is no YAML as a whole, and tell what of it is not.

    Gives ``None`` for a text that is no list of records alone: a page below its head.
    """
    lines = text.split("\n")
    form = _form(lines)
    parted = _records(lines, form) if form else None
    if not form or not parted or not parted[0]:
        return None
    records, strays = parted
    cut = len(lines) if lines[-1].strip() else 0
    fields = Fields(path, dashed=form.dashed, cut=cut)
    sections: dict[str, list[Any]] = {}
    names: set[str] = set()
    for record in records:
        for name, value in fields.read(record.line, record.lines):
            if name in names:
                fields.tell(record.line, f"{name!r} is the name of a record above, too", kept=True)
            names |= {name} if name else set()
            if read_arxiv(name):
                value.setdefault("id", name)
            sections.setdefault(record.section, []).append(value)
    for line in strays:
        fields.tell(line, "what stands here is in no record of the list")
    fields.count += len(strays)
    fields.broken += len(strays)
    told = fields.told or [_unknown(path, records[0].line)]
    if (more := len(told) - MOST_TOLD) > 0:
        told = [*told[:MOST_TOLD], _more(path, told[MOST_TOLD], more)]
    only = [*sections.values()].pop() if len(sections) == 1 else None
    surely = fields.broken * 3 <= fields.count
    return Broken(only or sections, tuple(told), surely, fields.breaks_off)


def _unknown(path: str, line: int) -> Refusal:
    message = "the list is no YAML as a whole; each of its records was read alone."
    return Refusal(path, line, message, "See whether all are there.", fatal=False)


def _more(path: str, first: Refusal, count: int) -> Refusal:
    message = f"{count:,} more places of the YAML are like those that were told."
    return Refusal(path, first.line, message, _HINT)


def _form(lines: list[str]) -> _Form | None:
    """Find how most records that have a title begin."""
    forms: Counter[_Form] = Counter()
    above: list[_Form] = []
    for line in lines:
        if _COMMENT.match(line) or not (match := _LINE.match(line)):
            continue
        column = len(match["indent"])
        while above and above[-1].column >= column:
            above.pop()
        if match["dash"] is not None:
            above.append(_Form(True, column))
        if _is_title(match) and above:
            forms[above[-1]] += 1
        if match["dash"] is None and match["key"] and not match["value"]:
            above.append(_Form(False, column))
    if not forms:
        return None
    return min(forms, key=lambda form: (-forms[form], form.column))


def _is_title(match: re.Match[str]) -> bool:
    return (match["key"] or "").strip("\"'").lower() == "title"


def _records(lines: list[str], form: _Form) -> tuple[list[_Record], list[int]] | None:
    """Part a text into its records; ``None`` where it is no list of them alone.

    Gives the lines that stand in none of them, too, but for what is said of other things.
    """
    records: list[_Record] = []
    strays: list[int] = []
    section, is_open, at = "", False, form.column
    before: re.Match[str] | None = None
    for number, line in enumerate(lines, 1):
        if _COMMENT.match(line):
            if is_open:
                records[-1].lines.append(line)
            continue
        if _BETWEEN.match(line):
            if records and any(each.strip() for each in lines[number:]):
                return None
            continue
        match = _LINE.match(line)
        if match is None:
            return None
        column = len(match["indent"])
        names = match["key"] and match["dash"] is None
        named = form.dashed and match["dash"] and match["key"]
        elsewhere = section if not is_open else _is_moved(match, before, records[-1])
        before = match
        if _begins(match, column - at, form) or (named and elsewhere):
            at = at if is_open else column
            records.append(_Record(number, section, [line]))
            is_open = True
        elif column <= at and names and (not match["value"] or not is_open):
            section, is_open, at = match["key"].strip("\"'"), False, form.column
        elif is_open:
            records[-1].lines.append(line)
        elif not records and (not section or column == 0):
            return None
        elif column == 0 or _is_title(match):
            strays.append(number)
    return records, strays


def _is_moved(match: re.Match[str], before: re.Match[str] | None, record: _Record) -> bool:
    """Whether a line that begins as a record does stands where nothing can: behind a value."""
    first = _LINE.match(record.lines[0])
    return (
        before is not None
        and before["dash"] is None
        and before["key"] is not None
        and before["value"][:1] not in ("", "|", ">")
        and len(before["indent"]) <= len(match["indent"])
        and first is not None
        and first["key"] == match["key"]
    )


def _begins(match: re.Match[str], beside: int, form: _Form) -> bool:
    """Whether a line begins a record, be it a column beside the others."""
    if form.dashed:
        near = not beside or (abs(beside) == 1 and match["key"] is not None)
        return match["dash"] is not None and near
    return not beside and match["dash"] is None and bool(match["key"] and not match["value"])

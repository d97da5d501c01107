"""What a text file says of itself at its head: ``date:`` and ``name:`` lines.

A keeper may write them above any saved text; a Markdown file may have them between ``---`` lines,
or, with ``=`` for the colon, between ``+++`` lines; Org has them as ``#+DATE:`` and ``#+TITLE:``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..errors import BadDateError, Refusal
from ..records import PartialDate
from .days import read_day

_KEY = re.compile(r"(?P<key>date|name)\s*:\s*(?P<value>\S.*)", re.IGNORECASE)
_OTHER_KEY = re.compile(r"[A-Za-z_][\w-]{0,30}\s*:(\s|$)")
_ORG_KEY = re.compile(r"#\+(?P<key>[A-Za-z][\w-]{0,30}):\s*(?P<value>.*)")
_ORG_DAY = re.compile(r"[<\[](\d{4}-\d{2}-\d{2})\b[^<>\[\]]{0,40}[>\]]")
_ORG_NAMES = {"title": "name", "date": "date"}
_FENCE = re.compile(r"-{3,}|\+{3}")
_TOML_KEY = re.compile(r"(?P<key>[A-Za-z_][\w-]{0,30})\s*=\s*(?P<value>\S.*)")
_TOML = "+++"
_LOOKED_AT = 30
_LONGEST_DATE = 40


@dataclass(frozen=True, slots=True)
class Statement:
    """The head of a text file, read."""

    date: PartialDate | None = None
    name: str | None = None
    body: int = 0
    """Index of the first line after the statement."""
    refusals: tuple[Refusal, ...] = ()


def read_statement(path: str, lines: list[str]) -> Statement:
    """Read the ``date:`` and ``name:`` lines at the head of a text.

    Without a fence they are the first lines that are not blank; inside one, and in Org's
    lines, other keys are passed over. A ``date:`` that is no date is a refusal (a long one is a
    title, and stays).
    """
    date: PartialDate | None = None
    name: str | None = None
    refusals: list[Refusal] = []
    body, fenced = 0, ""
    for index, raw in enumerate(lines[:_LOOKED_AT]):
        line = raw.strip()
        if org := _ORG_KEY.fullmatch(line):
            line, body = _of_org(org), index + 1
        if not line:
            continue
        if _FENCE.fullmatch(line) and (fenced or not body):
            body = index + 1
            if fenced:
                break
            fenced = line
            continue
        if fenced == _TOML and (key := _TOML_KEY.fullmatch(line)):
            line = f"{key['key']}: {key['value']}"
        match = _KEY.fullmatch(line)
        if match is None or len(match["value"]) > _LONGEST_DATE * (match["key"] != "name" or 5):
            if fenced and _OTHER_KEY.match(line):
                continue
            break
        value = match["value"].strip().strip("\"'")
        if match["key"].lower() == "name":
            name = name or value
        else:
            found = parse_date(value)
            if found is None or not found.is_plausible:
                refusals.append(_no_date(path, index + 1, value))
            else:
                date = date or found
        body = index + 1
    return Statement(date, name, body, tuple(refusals))


def _of_org(match: re.Match[str]) -> str:
    """Give a line of Org as this one would be written here; nothing for what only it has."""
    key = _ORG_NAMES.get(match["key"].lower())
    value = _ORG_DAY.sub(r"\1", match["value"].strip())
    return f"{key}: {value}" if key and value else ""


def parse_date(text: str) -> PartialDate | None:
    """Read a date a person wrote: any precision in ISO form, or a printed day with its year."""
    try:
        return PartialDate.parse(text)
    except BadDateError:
        day = read_day(text)
        return day if isinstance(day, PartialDate) else None


def _no_date(path: str, line: int, value: str) -> Refusal:
    return Refusal(
        path,
        line,
        f"expected a date after 'date:', found {value!r}.",
        "Write it as 2025-03-11, 2025-03 or 2025.",
    )

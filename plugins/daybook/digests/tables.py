"""Tables of papers: CSV and TSV with named columns.

A table without a title column is no table of papers; which names of columns are known says
`columns`.
"""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from ..errors import Refusal
from ..records import Entry
from .claims import Claim, claim_at
from .columns import STATED, as_text, bare, doubts_of, entry_of, known_columns, pick
from .csv_rows import Rows, begin_of, cells, is_within_quotes, with_fields
from .document import Document
from .draft import Draft
from .ending import seems_cut
from .identifiers import read_url
from .marks import DIVIDER, paper_key
from .people import AuthorColumns
from .references import is_address
from .wording import one_line

_NUMBERED = re.compile(r"(\d{1,5})[.)] +(?=\S)")
_FEWEST_NUMBERED = 3
_AFTER_ID = re.compile(r"(?<!\s)\s+\[[a-z-]+(?:\.[A-Za-z-]+)?\].*")
_LINKED = re.compile(
    r"\s*(?:=\s*(?:HYPERLINK|ГИПЕРССЫЛКА|LIEN_HYPERTEXTE|HIPERVINCULO)\(\s*\"(?P<to>[^\"]+)\""
    r"(?:\s*[,;]\s*\"(?P<shown>(?:[^\"]|\"\")*)\")?\s*\)"
    r"|\[(?P<words>[^\[\]]+)\]\((?P<url>https?://[^\s()]+)\))\s*",
    re.IGNORECASE,
)
"""A cell that is a link: a sheet's formula, or as in Markdown."""
_TITLED = ("paper", "papers")
_ADDRESSED = ("arxiv", "doi", "url", "code", "project")
"""What a link's address says more of than its words."""
_LOOKED_AT = 20
_LONGEST_FIELD = 10_000_000
"""A row with a longer one is refused; with one of over `_LONGEST_KNOWN` all after it is, too."""
_LONGEST_KNOWN = 32_000_000


def accepts_csv(document: Document) -> Claim | None:
    """Claim text whose first line names a title column and another column that is known."""
    if document.is_markup or document.start.startswith(("{", "[")):
        return None
    text, delimiter = begin_of(document.start)
    header, *below = text.split("\n", 2)[:2]
    if below and DIVIDER.fullmatch(below[0].strip()):
        return None  # A table in Markdown.
    known = known_columns(_named(cells(header, delimiter)))
    if len(known) < 2 or "title" not in known or not _has_rows(text, delimiter):
        return None
    return claim_at(document, len(document.start) - len(text))


def _named(names: list[str]) -> list[str]:
    """Give the names of columns; where none is called so, 'Paper' is that of titles."""
    if "title" in known_columns(names):
        return names
    return ["Title" if bare(name) in _TITLED else name for name in names]


def _has_rows(text: str, delimiter: str) -> bool:
    """Whether most lines below a table's header have cells, or the first has as many as it."""
    header, *below = text.split("\n")[:_LOOKED_AT]
    lines = [line for line in below if line.strip()]
    divided = sum(delimiter in line for line in lines)
    columns = header.count(delimiter)
    first = columns > 1 and bool(lines) and lines[0].count(delimiter) == columns
    return divided * 2 >= len(lines) or '"' in text or first


def read_csv(document: Document) -> Iterable[Draft]:
    """Read the one digest of a CSV or TSV table (RFC 4180)."""
    text, delimiter = begin_of(document.text)
    skipped = document.text.count("\n", 0, len(document.text) - len(text))
    text = with_fields(text, delimiter)
    limit = csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_KNOWN))
    rows, people = Rows(text, delimiter), AuthorColumns()
    entries: list[Entry] = []
    refusals: list[Refusal] = []
    try:
        names = _named(first := next(rows))
        header, stated = known_columns(names), _stated(names)
        people.places = header.get("authors", [])
        rows.width = len(names)
        position = 0
        for row in rows:
            begin = rows.line + skipped
            if row == first or not any(cell.strip() for cell in row):
                continue  # Two tables in one file repeat their head.
            position += 1
            if max(map(len, row)) > _LONGEST_FIELD:
                refusals.append(_endless(document.path, position, begin))
                continue
            record = _record(header, row)
            title = one_line(as_text(record.get("title")))
            if title and not is_address(title):
                entry = entry_of(position, begin, title, record)
                people.note(len(entries), row)
                entries.append(entry)
                ids = [_AFTER_ID.sub("", row[place]) for place in stated if place < len(row)]
                refusals += doubts_of(document.path, begin, entry, record, ids)
            else:
                refusals.append(_untitled(document.path, position, begin, title))
            refusals += _uneven(document.path, position, begin, row, rows)
        if position and is_within_quotes(text, rows.line, delimiter):
            if entries and entries[-1].position == position:
                entries.pop()
            record = _record(header, row[:-1])  # Half a name, or half an abstract, is none.
            if title := one_line(as_text(record.get("title"))):
                people.note(len(entries), row[:-1])
                entries.append(entry_of(position, begin, title, record))
            refusals = [*_elsewhere(refusals, begin), _cut(document.path, position, begin)]
        elif position and (why := _ending(text, row, rows)):
            refusals = [*_elsewhere(refusals, begin), _doubt(document.path, position, begin, why)]
    except csv.Error as error:
        message = f"the table cannot be read further: {error}."
        refusals.append(Refusal(document.path, rows.line, message, "Export it again."))
    finally:
        csv.field_size_limit(limit)
    people.join(entries)
    yield Draft(_without_numbers(entries), refusals=refusals)


def _without_numbers(entries: list[Entry]) -> list[Entry]:
    """Give entries without the numbers of their rows, where each title begins with its own."""
    numbered = [_NUMBERED.match(entry.title) for entry in entries]
    numbers = [int(match[1]) for match in numbered if match]
    counted = all(b in (a + 1, 1) for a, b in itertools.pairwise([0, *numbers]))
    if len(numbers) < _FEWEST_NUMBERED or len(numbers) < len(entries) or not counted:
        return entries
    return [replace(entry, title=_NUMBERED.sub("", entry.title)) for entry in entries]


def _elsewhere(refusals: Iterable[Refusal], line: int) -> list[Refusal]:
    return [refusal for refusal in refusals if refusal.line != line]


def _record(header: Mapping[str, list[int]], row: list[str]) -> dict[str, Any]:
    """Give what a row says, by the names of the columns that are known."""
    record = {
        name: pick(name, [row[place] for place in places if place < len(row)])
        for name, places in header.items()
    }
    return _without_links(record) if any(map(_LINKED.fullmatch, row)) else record


def _without_links(record: dict[str, Any]) -> dict[str, Any]:
    """Take the addresses out of cells that are links; the title's may be the paper's."""
    found = dict(record)
    for name, value in record.items():
        if link := _LINKED.fullmatch(as_text(value)):
            to, words = link["to"] or link["url"], link["shown"] or link["words"]
            found[name] = words.replace('""', '"') if words and name not in _ADDRESSED else to
            own = as_text(record.get("url")).strip()
            if name == "title" and read_url(own) is None:
                found["url"] = to
            elif name == "title" and paper_key(to) and not paper_key(own):
                found["url"], found["project"] = to, record.get("project") or own
    return found


def _stated(names: Iterable[str]) -> list[int]:
    """Give the places of the columns that hold arXiv's identifiers or nothing."""
    return [place for place, name in enumerate(names) if bare(name) in STATED]


def _uneven(path: str, position: int, line: int, row: list[str], rows: Rows) -> list[Refusal]:
    """Tell a row of more or fewer cells than the table has columns; empty ones count for none."""
    count = len(row)
    while count > rows.width and not row[count - 1].strip():
        count -= 1
    if count == rows.width and not rows.taken_in:
        return []
    message = f"row {position} has {count} cells and the table {rows.width} columns"
    message += "; it was kept as far as it goes: a value may stand under a wrong name."
    hint = "See whether its quotation marks close, and whether values with commas have them."
    return [Refusal(path, line, message, hint, fatal=count > rows.width or rows.taken_in)]


def _endless(path: str, position: int, line: int) -> Refusal:
    size = f"{_LONGEST_FIELD // 1_000_000} million characters"
    message = f"row {position} has a field of more than {size}: more than a paper has."
    return Refusal(path, line, message, "See whether its quotation marks close.")


def _cut(path: str, position: int, line: int) -> Refusal:
    message = f"row {position} breaks off inside quotation marks; what is cut was left out."
    return Refusal(path, line, message, "Save or export the table again.")


def _ending(text: str, row: list[str], rows: Rows) -> str | None:
    """Say how a table ends within its last row, where it hardly can; what it says was kept."""
    if text.endswith("\n"):
        return None
    if len(row) < rows.fewest:
        return f"breaks off after {len(row)} of {rows.width} cells; what it says was kept."
    if len(row) > rows.width or text.endswith('"') or not seems_cut(row[-1]):
        return None
    return "may be cut off in its last cell: the file ends within a line."


def _doubt(path: str, position: int, line: int, why: str) -> Refusal:
    hint = "Export the table again; if nothing is missing, end its last line."
    return Refusal(path, line, f"row {position} {why}", hint, fatal=False)


def _untitled(path: str, position: int, line: int, title: str) -> Refusal:
    what = f"an address for its title: {title[:60]!r}" if title else "no title"
    message = f"row {position} has {what}."
    return Refusal(path, line, message, "Add its title, or remove it.")

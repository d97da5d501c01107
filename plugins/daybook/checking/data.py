"""The data: tables, lines of JSON and bibliographies, all of the same papers."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Generator, Iterator
from typing import Any

from .agreeing import differing
from .bibliographies import check_bibliography, keys_of
from .folder import Finding, Folder
from .moments import is_day, no_number
from .newsletters import check_newsletter

_ENDINGS = (".json", ".jsonl", ".csv", ".bib", ".eml")
_FORMULA = (*"=+-@", *"＝＋－＠", "\t", "\r")
"""What a spreadsheet would take a cell for that begins so."""
_DAYS = re.compile(r"daybook\.days=(\{.*\});", re.DOTALL)
"""What a plugin of the keeper's adds behind it is its own business."""
_Rows = dict[str, dict[str, str]]
"""What a table says of papers: by their ids, and by the names of its columns."""
_HEADING = ["id", "title"]
"""The first columns of the table of papers."""


def check_data(folder: Folder) -> Iterator[Finding]:
    """Look at the data: whole, each paper once, and its page there."""
    tables: dict[str, _Rows] = {}
    keys: dict[str, set[str]] = {}
    seen: set[str] = set()
    for path in folder.archive(*_ENDINGS, *(f"{ending}.gz" for ending in _ENDINGS)):
        try:
            text = folder.text(path)
        except ValueError as error:
            yield Finding(path, f"cannot be read: {error}")
            continue
        for place in folder.private:
            if place in text:
                yield Finding(path, f"names the folder {place} of this machine")
        stem, _, ending = path.removesuffix(".gz").rpartition(".")
        if not stem.startswith(f"{folder.base}data/papers") or ending not in ("csv", "jsonl"):
            yield from _LOOKS[ending](folder, path, text)
            if ending == "bib":
                keys[stem] = keys_of(text)
        elif ending == "csv":
            tables[stem] = yield from _table_of_papers(path, text)
        else:
            found = yield from _papers(folder, path, text, seen)
            if found.keys() != keys.get(stem, found.keys()):
                yield Finding(path, "has other papers than the bibliography beside it")
            yield from _compared(path, found, tables.get(stem, found))
    if f"{folder.base}assets/on_this_day.js" in folder.sizes:
        for month in range(1, 13):
            yield from _days(folder, f"{folder.base}dates/on-{month:02d}.js")


def _compared(path: str, papers: _Rows, table: _Rows) -> Iterator[Finding]:
    """Compare what is said of papers with what the table beside says."""
    if len(papers) != len(table):
        yield Finding(path, f"has {len(papers)} papers, and the table beside it {len(table)}")
    for name, cells in papers.items():
        other = table.get(name, {})
        for column, cell in cells.items():
            if other.get(column, "").removeprefix("'") != cell.removeprefix("'"):
                yield Finding(path, f"says another {column} of {name} than the table beside it")


def _json(folder: Folder, path: str, text: str) -> Iterator[Finding]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        yield Finding(path, f"is no JSON: {error}")
        return
    if path == f"{folder.base}data/digests.json":
        try:
            yield from _digests(folder, path, value)
        except (KeyError, TypeError, AttributeError) as error:
            yield Finding(path, f"is no list of digests: {error!r}")


def _digests(folder: Folder, path: str, value: Any) -> Iterator[Finding]:
    """Look at the list of digests: all that have a page, each once."""
    home = f"{folder.base}digests/"
    names = {digest["id"] for digest in value}
    if len(names) < len(value):
        yield Finding(path, "has a digest twice")
    for digest in value:
        if f"{home}{digest['id']}.html" not in folder.sizes:
            yield Finding(path, f"has {digest['id']}, which is no digest here")
        for day in (digest["date"], digest["not_before"]):
            if day is not None and not is_day(day):
                yield Finding(path, f"{day!r} is no day")
        if not (isinstance(digest["entries"], int) and digest["name"]):
            yield Finding(path, f"does not say how many entries {digest['id']} has, or its name")
    for page in folder.archive(".eml"):
        if page.startswith(home) and page[len(home) : -len(".eml")] not in names:
            yield Finding(path, f"lacks the digest of {page}")


def _json_lines(_: Folder, path: str, text: str) -> Iterator[Finding]:
    for number, line in enumerate(text.removesuffix("\n").split("\n") if text else (), 1):
        try:
            json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Finding(path, f"is no JSON: {error}", number)


def _table(_: Folder, path: str, text: str) -> Iterator[Finding]:
    yield from _rows(path, text)


def _rows(path: str, text: str) -> Generator[Finding, None, list[list[str]]]:
    """Look at a table; return its rows, the heading first, as far as it can be read."""
    rows: list[list[str]] = []
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for row in reader:
            rows.append(row)
            if len(row) != len(rows[0]):
                yield Finding(path, f"has {len(row)} fields, not {len(rows[0])}", reader.line_num)
            if any(cell.startswith(_FORMULA) for cell in row):
                yield Finding(path, "a cell that a spreadsheet reckons", reader.line_num)
    except csv.Error as error:
        yield Finding(path, f"is no table: {error}", reader.line_num)
    return rows


def _table_of_papers(path: str, text: str) -> Generator[Finding, None, _Rows]:
    """Look at the table of papers; return what it says of them by their ids."""
    rows = yield from _rows(path, text)
    if not rows or rows[0][: len(_HEADING)] != _HEADING:
        yield Finding(path, f"does not begin with {', '.join(_HEADING)}")
        return {}
    papers = {row[0]: dict(zip(rows[0], row, strict=False)) for row in rows[1:] if row}
    if len(papers) < len(rows) - 1:
        yield Finding(path, "has a paper a second time")
    return papers


_LOOKS: dict[str, Callable[[Folder, str, str], Iterator[Finding]]] = {
    "json": _json,
    "jsonl": _json_lines,
    "csv": _table,
    "bib": check_bibliography,
    "eml": check_newsletter,
}


def _papers(
    folder: Folder, path: str, text: str, seen: set[str]
) -> Generator[Finding, None, _Rows]:
    """Look at what is said of papers, one a line; return what a table says of each, by its id."""
    papers: _Rows = {}
    for number, line in enumerate(text.removesuffix("\n").split("\n") if text else (), 1):
        try:
            paper = json.loads(line, parse_constant=no_number)
            name = paper["id"]
            faults = list(_faults(folder, paper))
            papers[name] = _cells(paper)
        except (ValueError, RecursionError) as error:
            yield Finding(path, f"is no JSON: {error}", number)
            continue
        except (KeyError, TypeError, AttributeError) as error:
            yield Finding(path, f"lacks what a paper has: {error!r}", number)
            continue
        if name in seen:
            yield Finding(path, f"has {name} a second time", number)
        seen.add(name)
        for fault in faults:
            yield Finding(path, fault, number)
    return papers


def _cells(paper: dict[str, Any]) -> dict[str, str]:
    """Give what the table of papers says of one."""
    return {
        "title": paper["title"],
        "authors": "; ".join(paper["authors"] or ()),
        "published": paper["published"] or "",
        "topics": "; ".join(paper["topics"]),
        "arxiv": paper["arxiv"] or "",
        "digests": "; ".join(dict.fromkeys(digest["id"] for digest in paper["digests"])),
    }


def _faults(folder: Folder, paper: dict[str, Any]) -> Iterator[str]:
    """Say what is wrong with what is said of a paper."""
    if paper["url"] != f"papers/{paper['id']}.html":
        yield f"says that {paper['id']} is at {paper['url']}"
    if not paper["title"].strip():
        yield f"has no title of {paper['id']}"
    for day in (paper["date"], paper["published"]):
        if day is not None and not is_day(day):
            yield f"{day!r} is no day"
    pages = [paper["url"]]
    pages += [f"topics/{topic}.html" for topic in paper["topics"]]
    for digest in paper["digests"]:
        pages.append(f"digests/{digest['id']}.html")
        if not digest["position"] >= 1:
            yield f"says that {paper['id']} is no. {digest['position']} of a digest"
    for page in pages:
        if folder.base + page not in folder.sizes:
            yield f"names {page}, which is not there"
    yield from differing(folder, paper)


def _days(folder: Folder, path: str) -> Iterator[Finding]:
    """Look at what is shown on the days of a month."""
    if path not in folder.sizes:
        yield Finding(path, "is not there, and the first page asks for it")
        return
    found = _DAYS.match(folder.bytes(path).decode("utf-8", "replace"))
    try:
        days: dict[str, Any] = json.loads(found[1] if found else "")
        for day, rows in days.items():
            for year, page, name in rows:
                if not (1 <= int(day) <= 31 and isinstance(year, int) and name):
                    yield Finding(path, f"says {name!r} of {year!r} and {day!r}")
                if folder.base + page not in folder.sizes:
                    yield Finding(path, f"names {page}, which is not there")
    except (ValueError, TypeError, AttributeError) as error:
        yield Finding(path, f"is no list of days: {error!r}")

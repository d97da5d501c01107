"""A file as a list of records in YAML: read as the same list in JSON."""

from __future__ import annotations

import dataclasses
import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from typing import Any

from ..errors import DigestError, MalformedDigestError, Refusal
from .choosing import Format, Found, read_best
from .document import Document
from .json_cut import TITLES
from .stated import Statement, read_statement
from .yaml_lists import Yaml, read_yaml
from .yaml_values import Record

_OF_RECORD = re.compile(r"(?i)(?:[^\S\n]+|-[^\S\n]+)[\"']?title[\"']?:")
"""A line that no head has: a record's title."""
_OF_PAPER = re.compile(r"(?i)(?:id|arxiv(?:[_-]?id)?|doi|authors)[^\S\n]*:")
"""Nor this: the first of several documents is a record of its own."""
_KEYED = re.compile(r"(?m)^[^\S\n]*(?:-[^\S\n]+)?[\"']?title[\"']?:\s")
"""How a program writes it: people's labels begin with a capital."""


_TABLE = re.compile(r"(?m)^[^\S\n]*\[\[[\w.\"-]{1,60}\]\][^\S\n]*$")
_TITLE = re.compile(r"[\"']?title[\"']?:\s")
_BETWEEN = re.compile(r"---\s*(?:#.*)?|\.\.\.\s*")
"""What stands between documents (https://yaml.org/spec/1.2.2/#92-streams)."""
_OF_HEAD = frozenset({"date", "layout", "tags", "draft", "slug", "permalink", "description"})
"""What the head of a page has."""
_FIELD = re.compile(r"[A-Za-z_\"'][^:\n]{0,40}:(?:\s|\Z)")
_SEVERAL = 2


def read_yaml_file(
    document: Document, otherwise: Found | None, formats: Sequence[Format]
) -> Found | None:
    """Read a list of records in YAML as the same list in JSON, on the same lines.

    A broken list of which little is whole is what it is otherwise, where that has its papers, too.

    Raises:
        MalformedDigestError: for one that is nothing else, and has no paper that is whole.
    """
    yaml, said = _yaml_of(document)
    if yaml is None:
        return otherwise
    found = _read_value(document.path, yaml.value, formats)
    if otherwise is not None and (found is None or not yaml.surely):
        here, there = _titles(found), _titles(otherwise)
        lacks = not {*here} <= {*there}
        fits = lacks or _KEYED.search(document.text) is not None
        if found is None or len(here) < len(there) or not fits:
            document.doubts += yaml.told if lacks or yaml.surely else ()
            document.doubts += _left_out(document.path, yaml, len(there))
            return otherwise
    if found is None:
        if yaml.told:
            raise _broken_yaml(yaml.told[0])
        return None
    first, *others = found[1]
    told = (*said.refusals, *yaml.told, *first.refusals)
    first = dataclasses.replace(first, stated=said.date, name=said.name, refusals=told)
    return found[0], (first, *others)


def _left_out(path: str, yaml: Yaml, entries: int) -> list[Refusal]:
    """Tell records of a whole list that no reader takes for papers."""
    titled = [*_titled(yaml.value)] if yaml.surely and not yaml.told else []
    if len(titled) <= entries:
        return []
    message = (
        f"{len(titled) - entries:,} of the list's {len(titled):,} records with titles are no "
        "entries: they lack what makes a paper"
    )
    hint = "Give each an identifier, or authors and a date, an abstract or a venue."
    return [Refusal(path, None, f"{message}.", hint, fatal=False)]


def _titled(value: object) -> Iterator[object]:
    """Give the records of lists, sections of them included, that have titles."""
    for each in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    ):
        if isinstance(each, dict) and any(str(key).lower() == "title" for key in each):
            yield each
        elif isinstance(each, list):
            yield from _titled(each)


def _yaml_of(document: Document) -> tuple[Yaml | None, Statement]:
    """Read the YAML of a file and, where it is none as a whole, what is said above it."""
    if _TABLE.search(document.text) and (table := _of_toml(document.text)) is not None:
        return table, Statement()
    if (found := _as_list(document.text)) is not None:
        records, begin = found
        above = document.text.split("\n")[:begin]
        return read_yaml(document.path, records), read_statement(document.path, above)
    yaml = read_yaml(document.path, document.text)
    if yaml is not None and not yaml.told:
        return yaml, Statement()
    lines = document.text.split("\n")
    head = read_statement(document.path, lines)
    above = lines[: head.body]
    if not above or any(_OF_RECORD.match(line) or _OF_PAPER.match(line) for line in above):
        return yaml, Statement()
    below = read_yaml(document.path, "\n" * head.body + "\n".join(lines[head.body :]))
    return (yaml, Statement()) if below is None else (below, head)


def _of_toml(text: str) -> Yaml | None:
    """Read a list of tables in TOML (https://toml.io); ``None`` for what is none, or broken."""
    try:
        value = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    return Yaml(json.loads(json.dumps(value, default=str)))


def _as_list(text: str) -> tuple[str, int] | None:
    """Write several documents, each a record, as one list on the same lines; else ``None``.

    Gives the list, and how many lines a head above it has, which is no paper's record.
    """
    if "\n---" not in text:
        return None
    lines = text.rstrip().split("\n")
    documents: list[list[int]] = [[]]
    for place, line in enumerate(lines):
        if _BETWEEN.fullmatch(line):
            documents.append([])
        elif line.strip() and not (line.startswith("#") and not documents[-1]):
            documents[-1].append(place)
    head, *records = found = [places for places in documents if places]
    if not _is_head(lines, head, records):
        records = found
    titles = [sum(1 for place in places if _TITLE.match(lines[place])) for places in records]
    fields = all(_FIELD.match(lines[places[0]]) for places in records)
    if len(records) < _SEVERAL or set(titles) != {1} or not fields:
        return None
    listed = [""] * len(lines)
    for places in records:
        for place in places:
            listed[place] = f"{'- ' if place == places[0] else '  '}{lines[place]}"
    return "\n".join([*listed, ""]), records[0][0]


def _is_head(lines: list[str], head: list[int], records: list[list[int]]) -> bool:
    """Whether a first document is a page's head: a title is all that it has in common."""
    own = _keys(lines, head)
    common = set.intersection(*(_keys(lines, places) for places in records)) if records else set()
    known = own <= {"title", "name"} or bool(own & _OF_HEAD)
    return known and own.isdisjoint(common - {"title", "name", "date"})


def _keys(lines: list[str], places: list[int]) -> set[str]:
    found = (_FIELD.match(lines[place]) for place in places)
    return {match[0].partition(":")[0].strip(" \"'").lower() for match in found if match}


def _titles(found: Found | None) -> list[str]:
    return [entry.title for draft in (found[1] if found else ()) for entry in draft.entries]


def _read_value(path: str, value: object, formats: Sequence[Format]) -> Found | None:
    """Read a value as the same in JSON; ``None`` where that is no list of papers."""
    inside = Document(path, "".join(_in_json(value, [1])).encode("utf-8", "replace"))
    try:
        found = read_best(inside, formats)
    except DigestError:
        return None
    return None if found is None or found[0].rendered else found


def _in_json(value: Any, at: list[int]) -> Iterator[str]:
    """Write a value in JSON, each record on the line on which it begins; `at` is the last one."""
    if isinstance(value, Record) and value.line > at[0]:
        yield "\n" * (value.line - at[0])
        at[0] = value.line
    if isinstance(value, dict) and not any(name in TITLES for name in value):
        yield "{"
        for place, (name, inside) in enumerate(value.items()):
            yield f"{',' if place else ''}{json.dumps(name, ensure_ascii=False)}:"
            yield from _in_json(inside, at)
        yield "}"
    elif isinstance(value, list):
        yield "["
        for place, inside in enumerate(value):
            yield "," if place else ""
            yield from _in_json(inside, at)
        yield "]"
    else:
        yield json.dumps(value, ensure_ascii=False)


def _broken_yaml(told: Refusal) -> MalformedDigestError:
    message = f"expected a list of papers in YAML, found none that is whole: {told.message}"
    return MalformedDigestError(told.path, message, line=told.line, hint=told.hint)

"""Files of BibTeX, line by line: as ours are written, whoever reads BibTeX can read them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .folder import Finding, Folder

_BEGINS = re.compile(r"@(?:article|inproceedings|misc)\{([a-z0-9][a-z0-9-]*),")
_FIELD = re.compile(r"  ([a-z]+) = (?:\{(.*)\}|[a-z]{3}),")
_NOTHING = re.compile(r"% .+\n")
"""A remark alone: what lies where the file of a list was that is gone."""
_BRACES = re.compile(r"[{}]")
_SHOWN = 40
"""Characters of a faulty line that are told."""


def check_bibliography(folder: Folder, path: str, text: str) -> Iterator[Finding]:
    """Look at each entry: its key is a paper's that is there, its braces are in order.

    BibTeX counts a brace also where a backslash stands before it.
    """
    if _NOTHING.fullmatch(text):
        return
    # Of a paper that is nowhere else, only a site that knows its own address can give one.
    needed = {"title", "url"} if folder.address else {"title"}
    keys: set[str] = set()
    fields: set[str] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        fault = None
        if fields is not None and line == "}":
            if not fields >= needed:
                fault = "has an entry without a title or an address"
            fields = None
        elif fields is not None:
            fault = _fault_of_field(line, fields)
        elif begun := _BEGINS.fullmatch(line):
            fields, key = set(), begun[1]
            fault = _fault_of_key(folder, key, keys)
        elif line:
            fault = f"{line[:_SHOWN]!r} begins no entry"
        if fault:
            yield Finding(path, fault, number)
    if fields is not None:
        yield Finding(path, "is cut off: its last entry has no end")
    elif not keys:
        yield Finding(path, "has no entry")


def _fault_of_key(folder: Folder, key: str, keys: set[str]) -> str | None:
    """Say what is wrong with an entry's key, and add it to those before."""
    if key in keys:
        return f"has {key} a second time"
    keys.add(key)
    if f"{folder.base}papers/{key}.html" not in folder.sizes:
        return f"has {key}, which is no paper here"
    return None


def _fault_of_field(line: str, fields: set[str]) -> str | None:
    """Say what is wrong with a field, and add it to those before."""
    found = _FIELD.fullmatch(line)
    if found is None or not _in_order(found[2] or ""):
        return f"{line.strip()[:_SHOWN]!r} is no field: not every {{ has its }}"
    if found[1] in fields:
        return f"has {found[1]} twice in one entry"
    fields.add(found[1])
    return None


def keys_of(text: str) -> set[str]:
    """Give the keys of all entries."""
    return set(re.findall(r"^@[a-z]+\{([^,\s]*),", text, re.MULTILINE))


def _in_order(value: str) -> bool:
    """Tell whether each brace in a value has its other half, in order."""
    deep = 0
    for brace in _BRACES.findall(value):
        deep += 1 if brace == "{" else -1
        if deep < 0:
            return False
    return deep == 0

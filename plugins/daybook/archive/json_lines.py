"""Files of lines of JSON: parsed in one go, and, where they are made anew with ease, sealed.

A sealed file's first line is an object that says what it is, and in ``rest`` a hash of all lines
after it: one that was cut, edited or merged is as none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

LENGTH = 32
"""Hexadecimal digits of a hash."""
_compact = json.JSONEncoder(separators=(",", ":")).encode  # `json.dumps` makes one for each line


def parse_whole(lines: Sequence[str]) -> list[Any] | None:
    """Parse lines without damage in one go, which takes a third of the time; else ``None``.

    Each holds an object or a list, and the last one, after the last line feed, nothing.
    """
    whole = lines[:-1]
    if lines[-1] or not all(line[:1] + line[-1:] in ("{}", "[]") for line in whole):
        return None
    try:
        records = json.loads(f"[{','.join(whole)}]")
    except (ValueError, RecursionError):
        return None
    return records if isinstance(records, list) and len(records) == len(whole) else None


def write_sealed(head: Mapping[str, object], lines: Iterable[object]) -> str:
    """Give a sealed file's text: ASCII, so that nothing that is said breaks a line."""
    rest = "".join([_compact(line) + "\n" for line in lines])
    return f"{json.dumps({**head, 'rest': _hash(rest)})}\n{rest}"


def read_sealed(text: str, head: Mapping[str, object]) -> tuple[dict[str, Any], list[Any]] | None:
    """Read a file whose first line says what `head` does: what more it says, and the lines.

    Of any other file, and of a damaged one, ``None``.
    """
    first, feed, rest = text.partition("\n")
    try:
        said = json.loads(first) if feed else None
    except (ValueError, RecursionError):
        return None
    known = {**head, "rest": _hash(rest)}
    if not isinstance(said, dict) or any(said.get(key) != known[key] for key in known):
        return None
    lines = parse_whole(rest.split("\n"))
    more = {key: value for key, value in said.items() if key not in known}
    return None if lines is None else (more, lines)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]

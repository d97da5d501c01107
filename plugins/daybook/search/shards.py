"""Scripts of the index: their form, their names, and how terms are divided among them.

Every file is a classic script that hands its name, its contents and the format's version to
``daybook.search.receive``, because a page opened from a disk may load scripts but not read files.
All but the manifest are named by a hash of their contents, so that whoever has one has the right
one. ARCHITECTURE.md describes the format; `VERSION` counts its changes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T")

VERSION = 5
FOLDER = "search/"

SHARD_BYTES = 4096
"""A shard is closed once it holds this much; one frequent term may hold more."""
WORD_LIST_BYTES = 16384
"""The same for the lists of words."""
PAGE_SIZE = 64
"""How many files one page of a directory names."""
NAME_LENGTH = 10
"""Hexadecimal digits of a content hash that is a name by itself."""

Table = dict[str, str]
"""Which file has which terms: `firsts` and `names`, see `table`."""


@dataclass(frozen=True, slots=True)
class File:
    """A script of the index."""

    name: str
    """Below the search folder, without ``.js``: ``manifest``, ``terms/0a1b2c3d4e``."""
    content: bytes

    @property
    def path(self) -> str:
        """Below the base folder."""
        return f"{FOLDER}{self.name}.js"

    @property
    def key(self) -> str:
        """The last part of its name."""
        return self.name.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Range:
    """A file about the terms from the first to the last."""

    first: str
    last: str
    file: File


def script(name: str, value: object) -> File:
    """Make a script that delivers a value under a name."""
    return delivery(name, json_text(value))


def hashed_script(folder: str, value: object) -> File:
    """Make a script that delivers a value under a name made from it."""
    text = json_text(value)
    return delivery(f"{folder}/{content_hash(text)[:NAME_LENGTH]}", text)


def json_text(value: object) -> bytes:
    """Write a value as JSON that is safe inside a script and has no lone surrogates."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace").replace(b"<", b"\\u003c")


def content_hash(*texts: bytes) -> str:
    """Give the hash of contents and of the version of their format, in hexadecimal digits."""
    state = hashlib.sha256(b"%d" % VERSION)
    for text in texts:
        state.update(text)
    return state.hexdigest()


def delivery(name: str, text: bytes) -> File:
    """Make a script that delivers JSON under a name."""
    return File(name, b'daybook.search.receive("%b",%b,%d);\n' % (name.encode(), text, VERSION))


def in_order(terms: Iterable[str]) -> list[str]:
    """Sort terms as JavaScript compares strings: by UTF-16 code units.

    Python's order, by code points, differs beyond the basic plane alone.
    """
    return in_order_of(str, terms)


def in_order_of(term_of: Callable[[T], str], things: Iterable[T]) -> list[T]:
    """Sort things by their terms as `in_order`; those of one term stay as they are given."""
    known = list(things)
    highest = max(map(max, filter(None, map(term_of, known))), default="")
    if highest > "\uffff":
        return sorted(known, key=lambda thing: _units(term_of(thing)))
    return sorted(known, key=term_of)


def _units(term: str) -> bytes:
    return term.encode("utf-16-be", "surrogatepass")


def cut(entries: Iterable[tuple[str, bytes]], folder: str, size: int) -> Iterator[Range]:
    """Cut terms and what belongs to each into files of about a size, in the order given."""
    terms: list[str] = []
    codes: list[bytes] = []
    held = 0
    for term, code_of_term in entries:
        terms.append(term)
        codes.append(code_of_term)
        held += len(term) + len(code_of_term)
        if held >= size:
            yield _range(terms, codes, folder)
            terms, codes, held = [], [], 0
    if terms:
        yield _range(terms, codes, folder)


def _range(terms: list[str], codes: list[bytes], folder: str) -> Range:
    value = {"terms": " ".join(terms), "codes": b"".join(codes).decode("ascii")}
    return Range(terms[0], terms[-1], hashed_script(folder, value))


def table(ranges: Sequence[Range]) -> Table:
    """Say which file has which terms.

    ``firsts`` has, for every file, the shortest beginning of its first term that is greater than
    all terms of the file before it; ``names`` the files' names, one after the other.
    """
    firsts = [range_.first for range_ in ranges[:1]]
    firsts += [_divider(before.last, after.first) for before, after in pairwise(ranges)]
    return {"firsts": " ".join(firsts), "names": "".join(range_.file.key for range_ in ranges)}


def _divider(last: str, first: str) -> str:
    """Give the shortest beginning of ``first`` that is greater than ``last``."""
    beginnings = (first[:length] for length in range(1, len(first)))
    return next((text for text in beginnings if _units(text) > _units(last)), first)


def directory(ranges: Sequence[Range]) -> tuple[Range, ...]:
    """Write which file has which terms in files of their own, a page for every `PAGE_SIZE`."""
    starts = range(0, len(ranges), PAGE_SIZE)
    pages = (ranges[start : start + PAGE_SIZE] for start in starts)
    return tuple(
        Range(page[0].first, page[-1].last, hashed_script("pages", table(page))) for page in pages
    )

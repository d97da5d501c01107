"""The index as files: shards by term, lists of words, cards, and a manifest that names them.

Every file is a classic script that hands its name and its contents to ``daybook.search.receive``,
because a page opened from a disk may load scripts but not read files. All but the manifest are
named by a hash of their contents, so that whoever has one has the right one. ARCHITECTURE.md
describes the format; `VERSION` counts its changes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .codes import code
from .documents import Field
from .index import Index

VERSION = 1
FOLDER = "search/"
MANIFEST = "manifest"

K1, B = 1.2, 0.75
"""Lunr's own BM25 parameters."""

SHARD_BYTES = 4096
"""A shard is closed once it holds this much; one frequent term may hold more."""
WORD_LIST_BYTES = 16384
"""The same for the lists of words."""
NAME_LENGTH = 10
"""Hexadecimal digits of a content hash that is a name by itself."""
SUFFIX_LENGTH = 4
"""Hexadecimal digits after a number: they need only differ from those of the last version."""


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
        """The hash in its name."""
        return self.name.rpartition("/")[2].rpartition("-")[2]


@dataclass(frozen=True, slots=True)
class Range:
    """A file about the terms from one up to the next file's first."""

    first: str
    file: File


def script(name: str, value: object) -> File:
    """Make a script that delivers a value under a fixed name."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    text = text.encode("utf-8", "replace").decode().replace("<", "\\u003c")
    return File(name, f'daybook.search.receive("{name}",{text});\n'.encode())


def content_hash(value: object) -> str:
    """Give the hash of what a script delivers, whatever its name."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def hashed_script(folder: str, value: object) -> File:
    """Make a script that delivers a value under a name made from it."""
    return script(f"{folder}/{content_hash(value)[:NAME_LENGTH]}", value)


def numbered_script(folder: str, number: int, value: object) -> File:
    """Make a script of a numbered row, whose name changes with its contents."""
    return script(f"{folder}/{number}-{content_hash(value)[:SUFFIX_LENGTH]}", value)


def in_order(terms: Iterable[str]) -> list[str]:
    """Sort terms as JavaScript compares strings: by UTF-16 code units."""
    return sorted(terms, key=lambda term: term.encode("utf-16-be", "surrogatepass"))


def encode_term(index: Index, number: int) -> bytes:
    """Write everything the index knows of one term: its rank, its fields, their postings."""
    present = [field for field in index.fields if field.counts[number]]
    mask = sum(1 << at for at, field in enumerate(index.fields) if field.counts[number])
    postings = b"".join(code(field.counts[number]) + field.codes[number] for field in present)
    return code(index.ranks[number]) + code(mask) + postings


def cut(entries: Iterable[tuple[str, bytes]], folder: str, size: int) -> Iterator[Range]:
    """Cut terms and what belongs to each into files of about a size, in the order given."""
    terms: list[str] = []
    codes = bytearray()
    held = 0
    for term, code_of_term in entries:
        terms.append(term)
        codes += code_of_term
        held += len(term) + len(code_of_term)
        if held >= size:
            yield _range(terms, codes, folder)
            terms, codes, held = [], bytearray(), 0
    if terms:
        yield _range(terms, codes, folder)


def _range(terms: list[str], codes: bytearray, folder: str) -> Range:
    value = {"terms": " ".join(terms), "codes": codes.decode("ascii")}
    return Range(terms[0], hashed_script(folder, value))


def term_shards(index: Index) -> tuple[Range, ...]:
    """Cut the index into shards."""
    numbers = {term: number for number, term in enumerate(index.terms) if term}
    entries = ((term, encode_term(index, numbers[term])) for term in in_order(numbers))
    return tuple(cut(entries, "terms", SHARD_BYTES))


def word_lists(index: Index) -> tuple[Range, ...]:
    """List every term with the number of its postings, for wildcards and corrections."""
    numbers = {term: number for number, term in enumerate(index.terms) if term}
    entries = (
        (term, code(sum(field.counts[numbers[term]] for field in index.fields)))
        for term in in_order(numbers)
    )
    return tuple(cut(entries, "words", WORD_LIST_BYTES))


@dataclass(frozen=True, slots=True)
class Parts:
    """The hashed files of an index, as the manifest names them."""

    shards: Sequence[Range]
    words: Sequence[Range]
    acronyms: File
    cards: Sequence[File]
    card_size: int

    @property
    def files(self) -> tuple[File, ...]:
        """All of them."""
        ranges = (range_.file for range_ in (*self.shards, *self.words))
        return (*ranges, self.acronyms, *self.cards)


def _table(ranges: Sequence[Range]) -> dict[str, str]:
    """Say which file has which terms: all first terms, and all hashes one after the other."""
    return {
        "firsts": " ".join(range_.first for range_ in ranges),
        "names": "".join(range_.file.key for range_ in ranges),
    }


def manifest(index: Index, fields: Sequence[Field], parts: Parts) -> File:
    """Write what a client reads first: the figures lunr weighs with, and every file's name."""
    totals = zip(fields, index.fields, strict=True)
    return script(
        MANIFEST,
        {
            "version": VERSION,
            "documents": index.documents,
            "k1": K1,
            "b": B,
            "fields": [
                {"name": field.name, "boost": field.boost, "length": postings.total}
                for field, postings in totals
            ],
            "terms": _table(parts.shards),
            "words": _table(parts.words),
            "acronyms": parts.acronyms.key,
            "cards": {
                "size": parts.card_size,
                "names": "".join(card.key for card in parts.cards),
            },
        },
    )

"""The index as files: shards by term, a vocabulary, cards, and a manifest that names them.

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

SHARD_BYTES = 8192
"""A shard is closed once it holds this much; one frequent term may hold more."""
NAME_LENGTH = 10
"""Hexadecimal digits of a content hash."""


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
        return self.name.rpartition("/")[2]


def script(name: str, value: object) -> File:
    """Make a script that delivers a value under a fixed name."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    text = text.encode("utf-8", "replace").decode().replace("<", "\\u003c")
    return File(name, f'daybook.search.receive("{name}",{text});\n'.encode())


def hashed_script(folder: str, value: object) -> File:
    """Make a script that delivers a value under a name made from it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    return script(f"{folder}/{digest[:NAME_LENGTH]}", value)


def in_order(terms: Iterable[str]) -> list[str]:
    """Sort terms as JavaScript compares strings: by UTF-16 code units."""
    return sorted(terms, key=lambda term: term.encode("utf-16-be", "surrogatepass"))


def encode_term(index: Index, number: int) -> bytes:
    """Write everything the index knows of one term: its rank, its fields, their postings."""
    present = [field for field in index.fields if field.counts[number]]
    mask = sum(1 << at for at, field in enumerate(index.fields) if field.counts[number])
    postings = b"".join(code(field.counts[number]) + field.codes[number] for field in present)
    return code(index.ranks[number]) + code(mask) + postings


def term_shards(index: Index) -> Iterator[tuple[str, File]]:
    """Cut the index into shards, each with its first term, in the order of terms."""
    numbers = {term: number for number, term in enumerate(index.terms) if term}
    terms: list[str] = []
    codes = bytearray()
    for term in in_order(numbers):
        terms.append(term)
        codes += encode_term(index, numbers[term])
        if len(codes) >= SHARD_BYTES:
            yield terms[0], _term_shard(terms, codes)
            terms, codes = [], bytearray()
    if terms:
        yield terms[0], _term_shard(terms, codes)


def _term_shard(terms: list[str], codes: bytearray) -> File:
    return hashed_script("terms", {"terms": " ".join(terms), "postings": codes.decode("ascii")})


def vocabulary(index: Index) -> File:
    """List every term with the number of its postings, for wildcards and corrections."""
    numbers = {term: number for number, term in enumerate(index.terms) if term}
    terms = in_order(numbers)
    counts = (sum(field.counts[numbers[term]] for field in index.fields) for term in terms)
    papers = b"".join(code(count) for count in counts).decode("ascii")
    return hashed_script("vocabulary", {"terms": " ".join(terms), "papers": papers})


@dataclass(frozen=True, slots=True)
class Parts:
    """The hashed files of an index, as the manifest names them."""

    shards: Sequence[tuple[str, File]]
    """With the first term of each, in order."""
    vocabulary: File
    cards: Sequence[File]
    card_size: int

    @property
    def files(self) -> tuple[File, ...]:
        """All of them."""
        return (*(shard for _, shard in self.shards), self.vocabulary, *self.cards)


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
            "firsts": " ".join(first for first, _ in parts.shards),
            "shards": "".join(shard.key for _, shard in parts.shards),
            "vocabulary": parts.vocabulary.key,
            "cards": "".join(card.key for card in parts.cards),
            "cardSize": parts.card_size,
        },
    )

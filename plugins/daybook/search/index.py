"""The index: for each term, in each field, the papers that have it, how often, in how long a text.

It holds what lunr.js 2.3.9 would count in the same documents, and leaves the weights to the client,
which computes them as lunr does (`theme/static/search/scoring.js`): every weight would change with
every digest, while counts stay. Of lunr's index only the posting of the empty term is left out,
which no query reaches.

At 20,000 papers nearly all the time goes into what is done once per word or per posting. So the
one loop over words does nothing but look numbers up; sorting, counting and coding the postings is
done by numpy, on all of a field's at once.
"""

from __future__ import annotations

from array import array
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .codes import Coded, code
from .tokens import terms_of, tokenize

_STOP = -1
"""What a stop word is numbered."""

OFTEN = 4
"""Frequencies from this on stand in a column of their own."""
_LONG = 64
"""Lengths are written in two columns: their remainder by this, and how often it goes into them."""

_Numbers = NDArray[np.int32]
"""At 100,000 papers a field has nine million postings: four bytes each are enough."""


@dataclass(frozen=True, slots=True)
class FieldCounts:
    """One field's postings, sorted by term and paper."""

    starts: array[int]
    """Where each term's postings begin, by its number; and how many there are in all."""
    papers: _Numbers
    times: _Numbers
    gaps: Coded
    """Of each posting: `OFTEN` times the papers passed over, plus the frequency less one."""
    often: Coded
    """Of each posting: its frequency, where it does not fit there."""
    low: Coded
    high: Coded
    """Of each posting: the length of the field in its paper, see `_LONG`."""
    total: int
    """The lengths of this field in all papers, added up."""

    def count(self, term: int) -> int:
        """Count the papers that have a term in this field."""
        return self.starts[term + 1] - self.starts[term]

    def postings(self, term: int) -> dict[int, int]:
        """Give how often each paper has a term, by the paper's number."""
        run = slice(self.starts[term], self.starts[term + 1])
        return dict(zip(self.papers[run].tolist(), self.times[run].tolist(), strict=True))

    def encode(self, term: int) -> bytes:
        """Write a term's postings: how many, then column by column gaps, frequencies, lengths.

        Columns, since gzip does better on numbers that resemble each other: lengths are two, of
        which the second is left out where all its numbers are 0.
        """
        start, end = self.starts[term], self.starts[term + 1]
        high = self.high.some(start, end)
        long = bool(high.strip(code(0)))
        return b"".join(
            (
                code(2 * (end - start) + long),
                self.gaps.some(start, end),
                self.often.some(start, end),
                self.low.some(start, end),
                high if long else b"",
            )
        )


@dataclass(frozen=True, slots=True)
class Index:
    """The counts of some papers."""

    terms: tuple[str, ...]
    """In the order in which lunr meets them: papers by number, fields in order, words in order."""
    fields: tuple[FieldCounts, ...]
    tokens: Container[str]
    """All that was met, as `tokenize` gives it."""
    ranks: Sequence[int]
    """For each term, how many terms its first paper brought before it: with the paper's number it
    gives the order in which lunr numbers terms."""


class _Vocabulary(dict[str, int]):
    """Numbers for tokens: a term's own, `_STOP`, or below that a place in `several`."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers: dict[str, int] = {}
        self.several: list[list[int]] = []

    def __missing__(self, token: str) -> int:
        """Run a token met for the first time through the pipeline."""
        numbers = self.numbers
        terms = [numbers.setdefault(term, len(numbers)) for term in terms_of(token)]
        if len(terms) == 1:
            number = terms[0]
        elif terms:
            self.several.append(terms)
            number = _STOP - len(self.several)
        else:
            number = _STOP
        self[token] = number
        return number

    def numbers_of(self, text: str) -> list[int]:
        """Give the terms of a text in its own order, with stop words among them."""
        found = list(map(self.__getitem__, tokenize(text)))
        if text.isascii() or min(found, default=0) >= _STOP:
            return found
        several = self.several
        return [
            term
            for number in found
            for term in ([number] if number >= _STOP else several[_STOP - 1 - number])
        ]


class _Words:
    """The words of one field, in all papers, one after the other."""

    def __init__(self) -> None:
        self.numbers = array("i")
        """Of terms, stop words among them."""
        self.sizes = array("I")
        """How many there are of each paper."""

    def add(self, numbers: list[int]) -> None:
        """Add the words of the next paper."""
        self.numbers.extend(numbers)
        self.sizes.append(len(numbers))


def build_index(documents: Iterable[tuple[int, Sequence[str]]], size: int, fields: int) -> Index:
    """Count the terms of documents, each given as its number and the texts of its fields.

    Numbers ascend, and all are below ``size``.
    """
    words = [_Words() for _ in range(fields)]
    vocabulary = _Vocabulary()
    papers = array("I")
    ranks = array("I")
    for number, texts in documents:
        known = len(vocabulary.numbers)
        for of_field, text in zip(words, texts, strict=True):
            of_field.add(vocabulary.numbers_of(text))
        ranks.extend(range(len(vocabulary.numbers) - known))
        papers.append(number)
    terms = tuple(vocabulary.numbers)
    numbers = np.frombuffer(papers, np.uint32).astype(np.int32)
    counts = []
    while words:  # each is let go of when it is counted
        counts.append(_count(words.pop(), numbers, size, len(terms)))
    return Index(terms, tuple(reversed(counts)), vocabulary.keys(), ranks)


def _count(words: _Words, numbers: _Numbers, size: int, terms: int) -> FieldCounts:
    """Sort a field's words into postings."""
    found = np.frombuffer(words.numbers, np.int32)
    counted = found >= 0
    owners = np.repeat(numbers, np.frombuffer(words.sizes, np.uint32))[counted]
    lengths = np.bincount(owners, minlength=size).astype(np.int32)
    keys = found[counted].astype(np.int64)
    keys *= size
    keys += owners
    del words, found, counted, owners
    keys.sort()
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    times = np.diff(first, append=len(keys)).astype(np.int32)
    keys = keys[first]
    del first
    starts = np.searchsorted(keys, np.arange(terms + 1) * size)
    papers = (keys % max(size, 1)).astype(np.int32)
    del keys
    passed = np.diff(papers, prepend=np.int32(-1)) - 1
    begins = starts[:-1][starts[:-1] < starts[1:]]
    passed[begins] = papers[begins]
    passed *= OFTEN
    passed += np.minimum(times, OFTEN) - 1
    long = lengths[papers]
    return FieldCounts(
        array("I", starts.astype(np.uint32).tobytes()),
        papers,
        times,
        Coded.of(passed),
        Coded.of(times, where=times >= OFTEN),
        Coded.of(long % _LONG),
        Coded.of(long // _LONG),
        int(lengths.sum()),
    )

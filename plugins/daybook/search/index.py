"""The index: for each term, in each field, the papers that have it, how often, in how long a text.

It holds what lunr.js 2.3.9 would count in the same documents, and leaves the weights to the client,
which computes them as lunr does (`theme/static/search/scoring.js`): every weight would change with
every digest, while counts stay. Of lunr's index only the posting of the empty term is left out,
which no query reaches.

At 20,000 papers nearly all the time goes into what is done once per word or per posting, so that
those loops do nothing but look up, count and append.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

from .codes import ALPHABET, code, code_all
from .tokens import terms_of, tokenize

_STOP = -1
"""What a stop word is numbered."""

OFTEN = 4
"""Frequencies from this on stand in a column of their own."""


@dataclass(slots=True)
class FieldCounts:
    """One field's postings of all terms."""

    low: list[bytes]
    """The field's length in every paper, its remainder by 64, coded, by the paper's number."""
    high: list[bytes]
    """Whole times 64 goes into that length, coded."""
    postings: defaultdict[int, array[int]] = field(
        default_factory=lambda: defaultdict(partial(array, "I"))
    )
    """By a term's number: `OFTEN` times the paper's number, plus the frequency less one."""
    often: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    """By a term's number: the frequencies that do not fit there, in the same order."""
    total: int = 0
    """The lengths of this field in all papers, added up."""

    def add(self, paper: int, counts: Counter[int]) -> None:
        """Post the terms of one paper."""
        length = counts.total()
        self.total += length
        self.low[paper] = code(length % 64)
        self.high[paper] = code(length // 64)
        postings = self.postings
        before = OFTEN * paper - 1
        for term, times in counts.items():
            if times < OFTEN:
                postings[term].append(before + times)
            else:
                postings[term].append(before + OFTEN)
                self.often[term].append(times)

    def count(self, term: int) -> int:
        """Count the papers that have a term in this field."""
        return len(self.postings.get(term, ()))

    def encode(self, term: int) -> bytes:
        """Write a term's postings: how many, then column by column gaps, frequencies, lengths.

        Columns, since gzip does better on numbers that resemble each other: lengths are two, of
        which the second is left out where all its numbers are 0.
        """
        values = self.postings[term]
        if len(values) == 1:  # as most terms have: the same, sooner
            paper = values[0] // OFTEN
            long = self.high[paper] != ALPHABET[:1]
            often = code_all(self.often[term]) if term in self.often else b""
            tail = self.low[paper] + (self.high[paper] if long else b"")
            return code(2 + long) + code(values[0]) + often + tail
        gaps = [after - (before & -OFTEN) - OFTEN for before, after in pairwise(values)]
        papers = [value // OFTEN for value in values]
        high = b"".join([self.high[paper] for paper in papers])
        long = bool(high.strip(ALPHABET[:1]))
        return (
            code(2 * len(values) + long)
            + code_all([values[0], *gaps])
            + (code_all(self.often[term]) if term in self.often else b"")
            + b"".join([self.low[paper] for paper in papers])
            + (high if long else b"")
        )


@dataclass(frozen=True, slots=True)
class Index:
    """The counts of some papers."""

    terms: tuple[str, ...]
    """In the order in which lunr meets them: papers by number, fields in order, words in order."""
    fields: tuple[FieldCounts, ...]
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

    def count(self, text: str) -> Counter[int]:
        """Count the terms of a text, in the order of their first appearance."""
        counts = Counter([self[token] for token in tokenize(text)])
        counts.pop(_STOP, None)
        if text.isascii() or min(counts, default=0) >= 0:
            return counts
        spread: Counter[int] = Counter()
        for number, times in counts.items():
            for term in [number] if number >= 0 else self.several[_STOP - 1 - number]:
                spread[term] += times
        return spread


def build_index(documents: Iterable[tuple[int, Sequence[str]]], size: int, fields: int) -> Index:
    """Count the terms of documents, each given as its number and the texts of its fields.

    Numbers ascend, and all are below ``size``.
    """
    counts = tuple(FieldCounts([b""] * size, [b""] * size) for _ in range(fields))
    vocabulary = _Vocabulary()
    ranks = array("I")
    for number, texts in documents:
        known = len(vocabulary.numbers)
        for of_field, text in zip(counts, texts, strict=True):
            of_field.add(number, vocabulary.count(text))
        ranks.extend(range(len(vocabulary.numbers) - known))
    return Index(tuple(vocabulary.numbers), counts, ranks)

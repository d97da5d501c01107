"""The index: for each term, in each field, the papers that have it, how often, in how long a text.

It holds what lunr.js 2.3.9 would count in the same documents, and leaves the weights to the client,
which computes them as lunr does (`theme/static/search/weights.js`): every weight would change with
every digest, while counts stay. Of lunr's index only the posting of the empty term is left out,
which no query reaches.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .codes import MANY, NEAR, ONCE, code
from .tokens import terms_of, tokenize

_STOP = -1
"""What a stop word is numbered."""


@dataclass(slots=True)
class Postings:
    """One field's postings of all terms, by a term's number."""

    codes: list[bytearray]
    """Per posting: the gap to the paper before it and the frequency, then the field's length."""
    counts: list[int]
    """How many papers have the term in this field."""
    last: list[int]
    """The last such paper, counted from 1; 0 for none."""
    total: int = 0
    """The lengths of this field of all papers, added up."""


@dataclass(frozen=True, slots=True)
class Index:
    """The counts of a whole archive."""

    documents: int
    terms: tuple[str, ...]
    """In the order in which lunr meets them: papers by number, fields in order, words in order."""
    fields: tuple[Postings, ...]
    ranks: tuple[int, ...]
    """For each term, how many terms its first paper brought before it: with the paper's number it
    gives the order in which lunr numbers terms."""


class _Vocabulary(dict[str, int]):
    """Numbers for tokens: a term's own, `_STOP`, or below that a place in `several`."""

    def __init__(self, fields: tuple[Postings, ...]) -> None:
        super().__init__()
        self.fields = fields
        self.numbers: dict[str, int] = {}
        self.several: list[list[int]] = []

    def __missing__(self, token: str) -> int:
        """Run a token met for the first time through the pipeline."""
        terms = [self._number(term) for term in terms_of(token)]
        if len(terms) == 1:
            number = terms[0]
        elif terms:
            self.several.append(terms)
            number = _STOP - len(self.several)
        else:
            number = _STOP
        self[token] = number
        return number

    def _number(self, term: str) -> int:
        number = self.numbers.setdefault(term, len(self.numbers))
        if number == len(self.fields[0].counts):
            for field in self.fields:
                field.codes.append(bytearray())
                field.counts.append(0)
                field.last.append(0)
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


def build_index(documents: Iterable[Sequence[str]], fields: int) -> Index:
    """Count the terms of documents, each given as the texts of its fields."""
    postings = tuple(Postings([], [], []) for _ in range(fields))
    vocabulary = _Vocabulary(postings)
    known: list[int] = []
    for number, texts in enumerate(documents, 1):
        known.append(len(vocabulary.numbers))
        for field, text in zip(postings, texts, strict=True):
            _post(field, number, vocabulary.count(text))
    ranks: list[int] = []
    for before, after in pairwise([*known, len(vocabulary.numbers)]):
        ranks.extend(range(after - before))
    return Index(len(known), tuple(vocabulary.numbers), postings, tuple(ranks))


def _post(field: Postings, document: int, counts: Counter[int]) -> None:
    """Add one field of one document to its postings."""
    codes, papers, last = field.codes, field.counts, field.last
    length = counts.total()
    field.total += length
    length_code = code(length)
    for term, times in counts.items():
        gap = document - last[term]
        if gap < NEAR:
            posting = ONCE[gap] if times == 1 else MANY[gap] + code(times)
        else:
            posting = code(2 * gap) if times == 1 else code(2 * gap + 1) + code(times)
        codes[term] += posting + length_code
        papers[term] += 1
        last[term] = document

"""Which papers are indexed together: all but the newest, and the newest.

Whoever returns after a new digest should have to load little again, so most of the index must stay
as it is. Papers are numbered once and for all, in the order in which the archive came to know
them, so that a new digest's are the last ones also when they are old. The rule looks at the
highest number alone: the same archive is always cut in the same place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .acronyms import count_acronyms
from .cache import Bundle
from .codes import code
from .documents import FIELDS
from .index import Index, build_index
from .shards import SHARD_BYTES, WORD_LIST_BYTES, cut, directory, in_order, table

SMALLEST_STEP = 256
"""Fewer papers than this are one segment."""
SHARE = 16
"""The newest segment has at most one paper of so many."""


def boundary(size: int) -> int:
    """Give the number at which the newest segment of ``size`` numbers begins.

    It is a multiple of the largest power of two that is at most ``size / SHARE``: it stands still
    while some hundreds of papers come, and then takes them all in at once.
    """
    step = max(SMALLEST_STEP, 1 << max(0, (size // SHARE).bit_length() - 1))
    return size // step * step


def spans(size: int) -> tuple[tuple[int, int], ...]:
    """Give the segments, each as its first number and the one after its last; none is empty."""
    middle = boundary(size)
    return tuple(span for span in ((0, middle), (middle, size)) if span[0] < span[1])


def build_segment(
    start: int, end: int, documents: Sequence[tuple[int, Sequence[str]]], *, with_acronyms: bool
) -> Bundle:
    """Index the documents whose numbers are in a segment.

    The summary has what the manifest says of it, and, if asked for, the acronyms that its texts
    introduce.
    """
    index = build_index(
        ((number - start, texts) for number, texts in documents), end - start, len(FIELDS)
    )
    numbers = {term: number for number, term in enumerate(index.terms) if term}
    ordered = [(term, numbers[term]) for term in in_order(numbers)]
    terms = tuple(cut(_coded(index, ordered), "terms", SHARD_BYTES))
    words = tuple(cut(_counted(index, ordered), "words", WORD_LIST_BYTES))
    term_pages, word_pages = directory(terms), directory(words)
    abstracts = [texts[1] for _, texts in documents if with_acronyms]
    acronyms = count_acronyms(abstracts, index.tokens)
    return Bundle(
        {
            "lengths": [field.total for field in index.fields],
            "segment": {"from": start, "terms": table(term_pages), "words": table(word_pages)},
            "acronyms": [[*names, count] for names, count in sorted(acronyms.items())],
        },
        tuple(range_.file for range_ in (*terms, *words, *term_pages, *word_pages)),
    )


def _coded(index: Index, terms: Sequence[tuple[str, int]]) -> Iterator[tuple[str, bytes]]:
    """Write everything the index knows of each term: its rank, its fields, their postings."""
    fields = tuple(enumerate(index.fields))
    for term, number in terms:
        present = [(at, field) for at, field in fields if field.count(number)]
        mask = sum(1 << at for at, _ in present)
        postings = b"".join([field.encode(number) for _, field in present])
        yield term, code(index.ranks[number]) + code(mask) + postings


def _counted(index: Index, terms: Sequence[tuple[str, int]]) -> Iterator[tuple[str, bytes]]:
    """Write how many postings each term has, for wildcards and corrections."""
    for term, number in terms:
        yield term, code(sum(field.count(number) for field in index.fields))

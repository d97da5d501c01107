"""Which papers are related to which, and why: for all papers of an archive, in little room."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

BETWEEN = "\t"
"""Stands between the terms of a reason, in which it never is."""
Plain = tuple[tuple[int, ...], tuple[str, ...], tuple[str | None, ...]]


@dataclass(frozen=True, slots=True)
class Relation:
    """A related paper."""

    number: int
    """The other paper's `Paper.number`."""
    words: tuple[str, ...]
    """Terms that both share, as this paper writes them, the weightiest first."""
    authors: tuple[str, ...]
    """Names that both have among their authors, as this paper prints them, at most one."""


class Relations(Mapping[int, tuple[Relation, ...]]):
    """Every paper's related papers, the nearest first, by `Paper.number`.

    A list is made when it is asked for: what is kept, and sent to other processes, is plain.
    """

    __slots__ = ("ends", "names", "numbers", "others", "words")

    def __init__(
        self,
        numbers: Sequence[int],
        ends: Sequence[int],
        others: Sequence[int],
        words: Sequence[str],
        names: Mapping[int, str],
    ) -> None:
        """Take the papers' numbers, in order, and their lists, one after the other.

        Args:
            numbers: the papers'.
            ends: where each paper's list begins, and where the last one ends.
            others: the numbers of the related papers.
            words: the terms of each reason, `BETWEEN` them.
            names: by place in `others`, an author of both.
        """
        self.numbers, self.ends, self.others = numbers, ends, others
        self.words, self.names = words, names

    def plain(self, number: int) -> Plain:
        """Give all that a paper's list says, as plain values: numbers, terms, authors of both."""
        places = self._places(number)
        if places is None:
            return (), (), ()
        told = slice(places.start, places.stop)
        return tuple(self.others[told]), tuple(self.words[told]), tuple(map(self.names.get, places))

    def __getitem__(self, number: int) -> tuple[Relation, ...]:
        places = self._places(number)
        if places is None:
            raise KeyError(number)
        return tuple(map(self._relation, places))

    def _places(self, number: int) -> range | None:
        """Give where a paper's list stands; ``None`` for a paper that has none."""
        at = bisect_left(self.numbers, number)
        if at == len(self.numbers) or self.numbers[at] != number:
            return None
        return range(self.ends[at], self.ends[at + 1])

    def _relation(self, place: int) -> Relation:
        words, name = self.words[place], self.names.get(place)
        return Relation(
            self.others[place],
            tuple(words.split(BETWEEN)) if words else (),
            () if name is None else (name,),
        )

    def __iter__(self) -> Iterator[int]:
        return iter(self.numbers)

    def __len__(self) -> int:
        return len(self.numbers)

"""Cuts texts into words, a block of texts at a time, as arrays of characters.

A word is a run of letters and digits, with one apostrophe between two such runs. Most words that a
block has are known from those before: a word of up to sixteen ASCII characters is two numbers, by
which it is found in a table and compared. Only what is not found there is looked at by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .runs import Numbers, places_in
from .words import APOSTROPHES, JOINS, readable

_LEAST, _BLOCK = 1 << 13, 1 << 17
"""Characters that are cut at once, about: few at first, as all words are new then, and never more
than what stays, with all that is made of it, in a processor's cache."""
_PACKED = 16
"""Characters of the longest word that two numbers hold."""
_MOST_SLOTS = 19
"""Bits of a slot's number in the table of words."""
_FIRST, _SECOND = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
_FULL = np.uint64((1 << 64) - 1)
"""No ASCII word is this number."""
_MASKS = np.array([(1 << 8 * length) - 1 for length in range(9)], np.uint64)
"""What keeps the first characters of eight."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Texts as words."""

    words: list[str]
    """The distinct words as they are written."""
    said: NDArray[np.int32]
    """The texts' words, one text after the other, by their places in `words`."""
    joined: NDArray[np.bool_]
    """Whether nothing but one of `JOINS` stands between a word and the next one of its text."""
    ends: Numbers
    """Where in `said` each text begins, and where the last one ends."""


def cut(texts: Sequence[str | None]) -> Cut:
    """Cut texts into words; where there is no text there are no words."""
    lexicon = _Lexicon(min(_MOST_SLOTS, 8 + len(texts).bit_length()))
    said, joined, counts = [], [], []
    for block in _blocks(texts):
        words, joins, lengths = _cut(block, lexicon)
        said.append(words)
        joined.append(joins)
        counts.append(lengths)
    return Cut(
        list(lexicon.places),
        np.concatenate([np.zeros(0, np.int32), *said]),
        np.concatenate([np.zeros(0, np.bool_), *joined]),
        np.cumsum(np.concatenate([np.zeros(1, np.int64), *counts])),
    )


def _blocks(texts: Iterable[str | None]) -> Iterator[list[str]]:
    """Divide texts, as they are read, into runs of about as many characters."""
    block: list[str] = []
    room = size = _LEAST
    for text in texts:
        block.append(readable(text or ""))
        room -= len(block[-1])
        if room < 0:
            yield block
            size = min(2 * size, _BLOCK)
            block, room = [], size
    if block:
        yield block


def _cut(
    block: list[str], lexicon: _Lexicon
) -> tuple[NDArray[np.int32], NDArray[np.bool_], Numbers]:
    """Give the words of some texts, whether each is joined to the next, and each text's number."""
    text = "\0".join(["", *block, "\0" * _PACKED])
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    foreign = np.flatnonzero(codes > 127)
    letters = codes.astype(np.uint8)
    letters[foreign] = 0
    is_word = ((letters | 32) - np.uint8(97) < 26) | (letters - np.uint8(48) < 10)
    found, which = np.unique(codes[foreign], return_inverse=True)
    is_word[foreign] = np.array([chr(code).isalnum() for code in found.tolist()], np.bool_)[which]
    edges = np.flatnonzero(is_word[1:] != is_word[:-1]) + 1
    starts, ends = edges[::2], edges[1::2]
    marks = np.flatnonzero(_stands(codes, starts, ends, APOSTROPHES))
    marks = marks[places_in(marks - np.arange(len(marks))) % 2 == 0]
    starts, ends = np.delete(starts, marks + 1), np.delete(ends, marks)
    odd = ends - starts > _PACKED
    odd[marks - np.arange(len(marks))] = True
    odd[np.searchsorted(starts, foreign[is_word[foreign]], side="right") - 1] = True
    joined = np.append(_stands(codes, starts, ends, JOINS), np.zeros(min(1, len(starts)), np.bool_))
    bounds = np.cumsum([0, *(len(each) + 1 for each in block)])
    lengths = np.diff(np.searchsorted(starts, bounds))
    return lexicon.look_up(text, letters, starts, ends, odd), joined, lengths


def _stands(
    codes: NDArray[np.uint32], starts: Numbers, ends: Numbers, characters: Iterable[str]
) -> NDArray[np.bool_]:
    """Tell of all words but the last whether only one of some characters is before the next."""
    between = codes[ends[:-1]]
    found = np.zeros(len(between), np.bool_)
    for character in characters:
        found |= between == ord(character)
    found &= starts[1:] - ends[:-1] == 1
    return found


class _Lexicon:
    """The words met so far."""

    def __init__(self, slots: int) -> None:
        self.places = _Places()
        self._low = np.full(1, _FULL)
        self._high = np.full(1, _FULL)
        self._shift = np.uint64(64 - slots)
        self._table = np.full(1 << slots, -1, np.int32)

    def look_up(
        self,
        text: str,
        letters: NDArray[np.uint8],
        starts: Numbers,
        ends: Numbers,
        odd: NDArray[np.bool_],
    ) -> NDArray[np.int32]:
        """Give the places of a text's words; the `odd` ones are looked at by themselves."""
        low, high = _packed(letters, starts, ends - starts)
        slots = ((low ^ high * _SECOND) * _FIRST >> self._shift).astype(np.int64)
        places = self._table[slots]
        known = (self._low[places] == low) & (self._high[places] == high) & ~odd
        left = np.flatnonzero(~known)
        places[left] = [
            self.places[text[start:end]]
            for start, end in zip(starts[left].tolist(), ends[left].tolist(), strict=True)
        ]
        new = left[~odd[left]]
        self._enter(places[new], low[new], high[new], slots[new])
        return places

    def _enter(
        self,
        places: NDArray[np.int32],
        low: NDArray[np.uint64],
        high: NDArray[np.uint64],
        slots: Numbers,
    ) -> None:
        """Enter words; those whose slots others have are not found there, and so never known."""
        more = np.full(len(self.places) + 1 - len(self._low), _FULL)
        self._low, self._high = np.append(self._low, more), np.append(self._high, more)
        self._low[places], self._high[places] = low, high
        free = self._table[slots] < 0
        self._table[slots[free]] = places[free]


class _Places(dict[str, int]):
    """Words by their places, given as they are met."""

    def __missing__(self, word: str) -> int:
        self[word] = place = len(self)
        return place


def _packed(
    letters: NDArray[np.uint8], starts: Numbers, lengths: Numbers
) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Give the first eight characters of words as a number, and the eight after them."""
    two = letters[:-1] | letters[1:].astype(np.uint16) << np.uint16(8)
    four = two[:-2] | two[2:].astype(np.uint32) << np.uint32(16)
    low = _eight(four, starts) & _MASKS[np.minimum(lengths, 8)]
    high = np.zeros_like(low)
    long = np.flatnonzero(lengths > 8)
    high[long] = _eight(four, starts[long] + 8) & _MASKS[np.minimum(lengths[long] - 8, 8)]
    return low, high


def _eight(four: NDArray[np.uint32], starts: Numbers) -> NDArray[np.uint64]:
    found: NDArray[np.uint64] = four[starts + 4].astype(np.uint64) << np.uint64(32)
    found |= four[starts]
    return found

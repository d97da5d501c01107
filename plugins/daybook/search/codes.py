r"""Numbers as printable characters: what postings are written in.

A number below 64 is one character; a larger one is preceded by digits to the base 27 from another
part of the alphabet. So small numbers, the frequent ones, stay short under gzip, which codes each
character in as many bits as its frequency deserves. The alphabet leaves out ``"``, ``\`` and
``<``, which a script's string would have to escape. ``theme/static/search/codes.js`` is the
reader.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

ALPHABET = bytes(c for c in range(0x21, 0x7F) if c not in b'"\\<')
"""The first 64 characters end a number, the other 27 continue it."""

_ENDS, _MORE = 64, len(ALPHABET) - 64
_LETTERS = np.frombuffer(ALPHABET, np.uint8)


def encode(number: int) -> bytes:
    """Write a number that is not negative."""
    digits = [ALPHABET[number % _ENDS]]
    number //= _ENDS
    while number:
        number -= 1
        digits.append(ALPHABET[_ENDS + number % _MORE])
        number //= _MORE
    return bytes(reversed(digits))


_SMALL = tuple(encode(number) for number in range(4096))


def code(number: int) -> bytes:
    """Write a number that is not negative, as a rule a small one."""
    return _SMALL[number] if number < 4096 else encode(number)


@dataclass(frozen=True, slots=True)
class Coded:
    """Many numbers, one after the other, of which any run can be read off."""

    codes: bytes
    ends: NDArray[np.unsignedinteger[Any]] | None
    """Where each number's code ends; ``None`` where each is one character."""

    @classmethod
    def of(
        cls, numbers: NDArray[np.signedinteger[Any]], where: NDArray[np.bool_] | None = None
    ) -> Coded:
        """Write numbers that are not negative; those that `where` denies as nothing at all."""
        if where is None and numbers.max(initial=0) < _ENDS:
            return cls(_LETTERS[numbers].tobytes(), None)
        sizes = np.ones(len(numbers), np.uint8)
        rest = numbers // _ENDS
        while (more := rest > 0).any():
            sizes += more
            rest = (rest - more) // _MORE
        if where is not None:
            sizes *= where
        total = int(sizes.sum())
        ends = sizes.cumsum(dtype=np.uint32 if total < 1 << 32 else np.uint64)
        written = sizes > 0
        places, rest = ends[written] - 1, numbers[written]
        codes = np.empty(total, np.uint8)
        codes[places] = _LETTERS[rest % _ENDS]
        rest //= _ENDS
        while len(longer := np.flatnonzero(rest)):
            places, rest = places[longer] - 1, rest[longer] - 1
            codes[places] = _LETTERS[_ENDS + rest % _MORE]
            rest //= _MORE
        return cls(codes.tobytes(), ends)

    def some(self, start: int, end: int) -> bytes:
        """Give the numbers from one place to before another."""
        if self.ends is None:
            return self.codes[start:end]
        return self.codes[self.ends.item(start - 1) if start else 0 : self.ends.item(end - 1)]


def code_runs(numbers: Iterable[int]) -> bytes:
    """Write ascending numbers as runs: how many are passed over, and how many follow."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == sum(runs[-1]):
            runs[-1][1] += 1
        else:
            runs.append([number, 1])
    after = 0
    codes = bytearray()
    for start, length in runs:
        codes += code(start - after) + code(length)
        after = start + length
    return bytes(codes)

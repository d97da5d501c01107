r"""Numbers as printable characters: what postings are written in.

A number below 64 is one character; a larger one is preceded by digits to the base 27 from another
part of the alphabet. So small numbers, the frequent ones, stay short under gzip, which codes each
character in as many bits as its frequency deserves. The alphabet leaves out ``"``, ``\`` and
``<``, which a script's string would have to escape. ``theme/static/search/codes.js`` is the
reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

ALPHABET = bytes(c for c in range(0x21, 0x7F) if c not in b'"\\<')
"""The first 64 characters end a number, the other 27 continue it."""

_ENDS, _MORE = 64, len(ALPHABET) - 64


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


def code_all(numbers: Sequence[int]) -> bytes:
    """Write numbers one after the other."""
    try:
        return b"".join([_SMALL[number] for number in numbers])
    except IndexError:
        return b"".join(map(code, numbers))


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

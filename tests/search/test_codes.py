"""Numbers as characters: many at once are what each is alone."""

from __future__ import annotations

import numpy as np
from daybook.search.codes import Coded, encode
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

NUMBERS = st.lists(st.one_of(st.integers(0, 70), st.integers(0, 1 << 40)), min_size=1)


def many(numbers: list[int]) -> NDArray[np.int64]:
    return np.array(numbers, np.int64)


@given(NUMBERS, st.data())
def test_any_run_of_many_numbers_is_each_of_them_in_turn(
    numbers: list[int], data: st.DataObject
) -> None:
    end = data.draw(st.integers(1, len(numbers)))
    start = data.draw(st.integers(0, end - 1))
    expected = b"".join(map(encode, numbers[start:end]))
    assert Coded.of(many(numbers)).some(start, end) == expected


@given(NUMBERS)
def test_what_is_denied_is_nothing_at_all(numbers: list[int]) -> None:
    coded = Coded.of(many(numbers), where=many(numbers) >= 4)
    expected = b"".join(encode(number) for number in numbers if number >= 4)
    assert coded.some(0, len(numbers)) == expected

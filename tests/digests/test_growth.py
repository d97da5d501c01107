"""No reader takes time with the square of its file; ``make soak PARTS=growth`` tries all."""

from __future__ import annotations

import random

import pytest

from .growth import ALONE, cases, guilty
from .shapes import SHAPES

TRIED = 8
"""Cases of each format."""


@pytest.mark.parametrize("shape", [ALONE, *SHAPES])
def test_time_grows_no_faster_than_the_file(shape: str) -> None:
    known = cases(shape)
    tried = random.Random(shape).sample(known, min(TRIED, len(known)))
    assert guilty(tried) == []


@pytest.mark.parametrize("shape", [ALONE, "bibtex"])
def test_an_entry_of_bibtex_that_never_closes_is_looked_at_once(shape: str) -> None:
    assert guilty([case for case in cases(shape) if case.token.startswith("@")]) == []

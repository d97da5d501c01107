"""Whatever one damage to a list breaks: each paper still named is read, or told by its line."""

from __future__ import annotations

import pytest

from .damage import damages, untold
from .shapes import SHAPES

COUNT = 40


@pytest.mark.parametrize("shape", SHAPES)
def test_one_damage_costs_no_paper_without_a_word(shape: str) -> None:
    lost = [
        (text, names)
        for text in damages(SHAPES[shape], COUNT)
        if (names := untold(SHAPES[shape], text))
    ]
    assert not lost

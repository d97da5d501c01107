"""What the tests of SHOW share."""

from __future__ import annotations

import pytest

from .small_archive import render


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """Give every file of a small archive's site."""
    return render()

"""What the tests of `make check` share: a site that may be broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..sites import Site


@pytest.fixture
def site(sample_site: Site, tmp_path: Path) -> Path:
    """Give a copy of a built site that may be broken."""
    return sample_site.linked(tmp_path / "site")

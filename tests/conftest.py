"""What tests of every floor share: real data beside the project, built sites, a server, a browser.

Nothing here stands in for the project's own code: sites are built by the real commands, served over
real HTTP on the loopback interface, and opened in a real browser.
"""

from __future__ import annotations

from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def project() -> Path:
    """Give the project's root folder."""
    return PROJECT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of real digests and labels beside the project, or skip the test."""
    folder = PROJECT.parent / "shared"
    if not (folder / "digests").is_dir():
        pytest.skip("the folder of real digests, ../shared, is not beside the project")
    return folder

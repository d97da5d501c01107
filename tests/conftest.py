"""What tests of every floor share: real data beside the project, built sites, and a browser.

Nothing here stands in for the project's own code: sites are built by the real commands, and opened
in a real browser.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from .sites import PROJECT, SITEURL, Site, run_pelican

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
"""Arguments with which Chromium asks no host for anything by itself."""


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


@pytest.fixture(scope="session")
def samples() -> Path:
    """Give the content folder with Daybook's own samples, or skip the test in a keeper's clone."""
    content = PROJECT / "content"
    if not (content / "samples.sha256").is_file():
        pytest.skip("this is somebody's own archive: it has no samples")
    return content


@pytest.fixture(scope="session")
def five_digests_site(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Build the site of the five real digests, once a run."""
    folder = tmp_path_factory.mktemp("five digests")
    return _built(shared / "digests", folder / "papers", folder / "output")


@pytest.fixture(scope="session")
def sample_site(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Build the site of the samples, once a run, from a copy of their committed pages."""
    folder = tmp_path_factory.mktemp("samples")
    if (samples / "papers").is_dir():
        shutil.copytree(samples / "papers", folder / "papers")
    return _built(samples / "digests", folder / "papers", folder / "output")


def _built(digests: Path, papers: Path, output: Path) -> Site:
    """Build a site that has nothing wrong with it."""
    places = {"DIGESTS": str(digests), "PAPERS": str(papers), "OUTPUT": str(output)}
    done = run_pelican(places | {"SITEURL": SITEURL})
    assert done.returncode == 0, done.stdout + done.stderr
    return Site(output, papers, done.stdout + done.stderr)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the machine's own browser, once a run: Playwright allows no second driver."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert found, f"a browser is needed, one of {', '.join(BROWSERS)}: apt install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield browser
        browser.close()

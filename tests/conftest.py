"""What tests of every floor share: real data beside the project, built sites, and a browser.

Nothing here stands in for the project's own code: sites are built by the real commands, and opened
in a real browser.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from daybook.forks import cores
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, expect, sync_playwright

from .sites import PROJECT, SITEURL, Site, run_pelican

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
"""Arguments with which Chromium asks no host for anything by itself."""


# What is started in the background of a script ignores Ctrl-C, and by `nohup` the closing of its
# terminal, and so would all that it starts; tests do both.
signal.signal(signal.SIGHUP, signal.SIG_DFL)
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# A busy machine is slow, not wrong.
settings.register_profile("daybook", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("daybook")
expect.set_options(timeout=60_000)


def pytest_xdist_auto_num_workers() -> int:
    """Run two tests a core: one often waits for a browser, or for a program that it runs."""
    return 2 * cores()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let each worker begin with some of the longest tests: none is left when others have ended.

    `--dist=worksteal` gives each worker an equal part of the list at first. What shares a module,
    and so its fixtures, stays together.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    modules: dict[Path, list[pytest.Item]] = {}
    others = []
    for item in items:
        if item.get_closest_marker("long"):
            modules.setdefault(item.path, []).append(item)
        else:
            others.append(item)
    ordered: list[pytest.Item] = []
    for worker in range(workers):
        part = (len(items) - len(ordered)) // (workers - worker)
        longest = [item for each in list(modules.values())[worker::workers] for item in each]
        rest = max(0, part - len(longest))
        ordered += longest + others[:rest]
        del others[:rest]
    items[:] = ordered + others


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """Give a folder of nobody's, as nobody: to root nothing is read-only."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if os.geteuid() != 0:
            yield folder
            return
        os.chown(folder, 65534, 65534)
        os.setegid(65534)
        os.seteuid(65534)
        try:
            yield folder
        finally:
            os.seteuid(0)
            os.setegid(0)


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
    return _built_once("five digests", shared / "digests", None, tmp_path_factory)


@pytest.fixture(scope="session")
def sample_site(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Build the site of the samples, once a run, from a copy of their committed pages."""
    return _built_once("samples", samples / "digests", samples / "papers", tmp_path_factory)


def _built_once(
    name: str, digests: Path, papers: Path | None, folders: pytest.TempPathFactory
) -> Site:
    """Build a site that has nothing wrong with it, or wait for the worker that is building it."""
    run = folders.getbasetemp()
    if run.name.startswith("popen-"):  # a worker of pytest-xdist: the run's folder holds them all
        run = run.parent
    folder = run / f"site of {name}"
    report = folder / "report.txt"
    with (run / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not report.is_file():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            if papers is not None and papers.is_dir():
                shutil.copytree(papers, folder / "papers")
            places = {"DIGESTS": digests, "PAPERS": folder / "papers", "OUTPUT": folder / "output"}
            environment = {variable: str(place) for variable, place in places.items()}
            done = run_pelican(environment | {"SITEURL": SITEURL})
            assert done.returncode == 0, done.stdout + done.stderr
            report.write_text(done.stdout + done.stderr, encoding="utf-8")
    return Site(folder / "output", folder / "papers", report.read_text("utf-8"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the machine's own browser, once a module.

    Not once a run: Playwright's event loop lives in this thread as long as the browser, and nobody
    else's can run meanwhile.
    """
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert found, f"a browser is needed, one of {', '.join(BROWSERS)}: apt install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield browser
        browser.close()

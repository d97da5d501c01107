"""Built sites put where readers meet them, and readers who visit them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from ..serving import serving
from ..sites import Site
from .waiting import wait_until


@dataclass
class Visit:
    """A reader's visit: one window, and everything that went wrong in it."""

    context: BrowserContext
    address: str
    """Where the site lies, with a slash at its end."""
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str = "index.html") -> Page:
        """Open a page of the site in a window of its own."""
        page = self.context.new_page()
        page.on("console", lambda said: self.complaints.append(f"{page.url}: {said.text}"))
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("request", lambda request: self._watch(request.url))
        page.goto(self.address + path)
        return page

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, Page]]:
        """Go from page to page in one window, which takes half the time of a new one for each."""
        page = None
        for path in paths:
            if page is None:
                page = self.open(path)
            else:
                page.goto(self.address + path)
            # One that leads on at once would break off whatever is opened next.
            wait_until(page, "!document.querySelector('meta[http-equiv=refresh]')")
            yield path, page

    def _watch(self, url: str) -> None:
        """Note a request for anything that is not the site's own."""
        if not url.startswith((self.address, "data:", "blob:")):
            self.complaints.append(f"asked {urlsplit(url).netloc or url}")


Scheme = Literal["light", "dark"]


@dataclass
class Reader:
    """Opens visits to one site, wherever it was put."""

    browser: Browser
    address: str
    _contexts: ExitStack

    def visit(self, scheme: Scheme = "light", width: int = 1280, *, script: bool = True) -> Visit:
        """Begin a visit with a reader's preferences."""
        context = self.browser.new_context(
            color_scheme=scheme,
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        self._contexts.callback(context.close)
        return Visit(context, self.address)


@pytest.fixture(params=["root", "repo", "disk"])
def anywhere(
    request: pytest.FixtureRequest, browser: Browser, sample_site: Site, tmp_path: Path
) -> Iterator[Reader]:
    """Put the sample site at a root, under a path, and on a disk."""
    with ExitStack() as stack:
        if request.param == "disk":
            address = f"{sample_site.linked(tmp_path / 'a saved copy').as_uri()}/"
        else:
            base = "/" if request.param == "root" else "/repo/"
            address = stack.enter_context(serving(sample_site.output, base))
        yield Reader(browser, address, stack)


@pytest.fixture
def reader(browser: Browser, five_digests_site: Site) -> Iterator[Reader]:
    """Serve the five digests' site as GitHub Pages would."""
    with ExitStack() as stack:
        address = stack.enter_context(serving(five_digests_site.output, "/repo/"))
        yield Reader(browser, address, stack)


@pytest.fixture
def visit(browser: Browser, sample_site: Site) -> Iterator[Visit]:
    """Begin a visit to the sample site as GitHub Pages would serve it."""
    with ExitStack() as stack:
        address = stack.enter_context(serving(sample_site.output, "/repo/"))
        yield Reader(browser, address, stack).visit()

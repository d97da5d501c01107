"""Going back shows what holds now, also where the browser shows a page as it was left."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page, expect

from ..conftest import BROWSERS, QUIET
from ..sites import Site
from .test_reading_list import papers
from .waiting import wait_until


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder, and says nothing of it."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address(sample_site: Site) -> Iterator[str]:
    """Serve the site as hosts do: what the preview forbids to keep, no browser shows again."""
    handler = partial(Quiet, directory=str(sample_site.output))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a window that keeps the pages it leaves, which Playwright forbids otherwise."""
    found = next(filter(None, map(shutil.which, BROWSERS)))
    keeping = browser.browser_type.launch(
        executable_path=found,
        args=QUIET,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    with closing(keeping):
        page = keeping.new_page()
        page.add_init_script(
            "addEventListener('pageshow', ({ persisted }) => { globalThis.persisted = persisted; })"
        )
        yield page


def start(page: Page, url: str) -> None:
    """Open the first page, and let the site's worker claim it.

    The browser drops a page that is claimed after it was left.
    """
    page.goto(url)
    wait_until(page, "navigator.serviceWorker.controller !== null")


def go_back(page: Page) -> None:
    """Go back to a page that the browser kept."""
    page.go_back(wait_until="commit")
    wait_until(page, "globalThis.persisted === true")


def test_stars_and_marks_are_those_of_now(page: Page, address: str, sample_site: Site) -> None:
    digest = sample_site.digests[0]["id"]
    start(page, f"{address}digests/{digest}.html")
    first = page.locator(".cards > li").first
    expect(first.locator(".star")).to_have_attribute("aria-pressed", "false")
    word = first.locator("a").first.inner_text().split()[0]
    first.locator("a").first.click()
    page.get_by_role("button", name="Star: ").first.click()
    page.goto(f"{address}reading-list.html")
    page.get_by_label("Words").fill(word)
    page.get_by_label("Mark them").check()
    wait_until(page, "CSS.highlights.has('mine')")
    go_back(page)
    wait_until(page, "CSS.highlights.has('mine')")
    go_back(page)
    expect(first.locator(".star")).to_have_attribute("aria-pressed", "true")
    wait_until(page, "CSS.highlights.has('mine')")


def test_the_reading_list_and_its_notes_are_those_of_now(
    page: Page, address: str, sample_site: Site
) -> None:
    one, two = papers(sample_site, 2)
    start(page, f"{address}{one['url']}")
    page.get_by_role("button", name="Star: ").first.click()
    page.goto(f"{address}reading-list.html")
    expect(page.locator("#list-status")).to_have_text("1 paper.")
    page.get_by_label("Note").fill("first thoughts")
    page.goto(f"{address}{one['url']}")
    expect(page.get_by_label("Note")).to_have_value("first thoughts")
    page.get_by_label("Note").fill("second thoughts")
    page.get_by_label("Read", exact=True).check()
    page.goto(f"{address}{two['url']}")
    page.get_by_role("button", name="Star: ").first.click()
    go_back(page)
    expect(page.get_by_label("Note")).to_have_value("second thoughts")
    go_back(page)
    expect(page.locator("#list-status")).to_have_text("2 papers.")
    expect(page.get_by_label("Note").last).to_have_value("second thoughts")
    expect(page.get_by_label("Read", exact=True).last).to_be_checked()


def test_a_browser_that_tells_a_page_nothing_until_it_is_shown_again_is_no_worse(
    page: Page, address: str, sample_site: Site
) -> None:
    """Chromium hands over what was told meanwhile; others do not. Nobody tells a page of itself."""
    (paper,) = papers(sample_site, 1)
    page.goto(f"{address}{paper['url']}")
    star = page.get_by_role("button", name="Star: ").first
    expect(star).to_have_attribute("aria-pressed", "false")
    page.evaluate(
        "([slug, title]) => localStorage.setItem(`daybook / ${slug}`, JSON.stringify({ title }))",
        [paper["id"], paper["title"]],
    )
    expect(star).to_have_attribute("aria-pressed", "false")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(star).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_label("Note")).to_be_visible()

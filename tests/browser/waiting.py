"""Waiting for what a page only tells to a script, or has still to settle."""

from __future__ import annotations

from playwright.sync_api import Error, Locator, Page

PATIENCE = 10_000
"""How long a condition may take to come true, in milliseconds."""

BETWEEN = 20
"""How long to leave the page alone before it is asked again, in milliseconds."""


def wait_until(page: Page, condition: str) -> None:
    """Wait until an expression of JavaScript is true in a page.

    Playwright hands the page the expression's text once, for the page to ask itself again: the
    site's policy forbids that. Nor can a page be trusted with a promise, as one that the browser
    has just left, and keeps, never fulfils it.

    Raises:
        AssertionError: it does not come true.
    """
    for _ in range(PATIENCE // BETWEEN):
        try:
            if page.evaluate(condition):
                return
        except Error as error:
            if "Execution context was destroyed" not in error.message:  # the page leads on
                raise
        page.wait_for_timeout(BETWEEN)
    message = f"not true in {PATIENCE // 1000} seconds on {page.url}: {condition}"
    raise AssertionError(message)


def click_below_results(button: Locator) -> None:
    """Click what stands below search results, as one who has scrolled there first.

    Results out of sight are laid out as they come near (`content-visibility`), which moves what
    is below them. Playwright waits until a button stands still before it jumps there, not after:
    where results are laid out between pressing and releasing, neither is on the button any more.
    """
    button.scroll_into_view_if_needed()
    button.click()

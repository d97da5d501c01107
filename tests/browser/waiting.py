"""Waiting for what only a script can tell, on pages that forbid to make code of text."""

from __future__ import annotations

from playwright.sync_api import Error, Page

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

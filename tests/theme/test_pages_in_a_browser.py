"""The theme in Chromium, from the disk: its policy lets its own files in, its script works."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from .specimens import TEMPLATES, THEME, render


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write one page a template, and the theme's static files, as a site has them."""
    base = tmp_path_factory.mktemp("site")
    shutil.copytree(THEME / "static", base / "assets")
    (base / "folder").mkdir()
    (base / "dates").mkdir()
    for month in range(1, 13):
        (base / "dates" / f"on-{month:02d}.js").write_text("daybook.days={};")
    for template in TEMPLATES:
        html = render(template).replace('http-equiv="refresh"', 'name="refresh"')
        (base / "folder" / f"{template}.html").write_text(html, encoding="utf-8")
    return base / "folder"


@pytest.fixture(scope="module")
def browser_page(browser: Browser) -> Iterator[Page]:
    """Open one page of a browser."""
    page = browser.new_page(viewport={"width": 360, "height": 740})
    yield page
    page.context.close()


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_page_is_wider_than_its_window(folder: Path, browser_page: Page, template: str) -> None:
    browser_page.goto((folder / f"{template}.html").as_uri())
    for width in (320, 360, 768, 1280, 2560):
        browser_page.set_viewport_size({"width": width, "height": 740})
        assert browser_page.evaluate("document.documentElement.scrollWidth") <= width, width


def test_a_long_identifier_makes_no_page_wider(folder: Path, browser_page: Page) -> None:
    text = (folder / "paper.html").read_text("utf-8")
    assert "<dd>10.1000/xyz" in text
    (folder / "long.html").write_text(text.replace("10.1000/xyz", f"10.1000/{'x' * 60}"), "utf-8")
    browser_page.set_viewport_size({"width": 320, "height": 740})
    browser_page.goto((folder / "long.html").as_uri())
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("template", [name for name in TEMPLATES if name != "search"])
def test_a_page_from_the_disk_loads_its_style_and_says_nothing(
    folder: Path, browser_page: Page, template: str
) -> None:
    said: list[str] = []
    browser_page.on("console", lambda message: said.append(message.text))
    browser_page.on("pageerror", lambda error: said.append(str(error)))
    browser_page.goto((folder / f"{template}.html").as_uri())
    assert browser_page.evaluate("getComputedStyle(document.body).display") == "flex"
    assert said == []


def test_a_slash_goes_to_the_search_box_and_is_typed_inside_it(
    folder: Path, browser_page: Page
) -> None:
    browser_page.goto((folder / "paper.html").as_uri())
    browser_page.keyboard.press("/")
    box = browser_page.locator("input[type=search]")
    assert box.evaluate("box => box === document.activeElement")
    browser_page.keyboard.type("a/b")
    assert box.input_value() == "a/b"


def test_the_button_copies_the_bibtex(folder: Path, browser_page: Page) -> None:
    browser_page.goto((folder / "paper.html").as_uri())
    browser_page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    browser_page.get_by_role("button", name="Copy", exact=True).click()
    browser_page.get_by_text("Copied.").wait_for()
    assert browser_page.evaluate("navigator.clipboard.readText()") == "@misc{faking}"


def test_the_first_tab_stop_skips_to_the_content(folder: Path, browser_page: Page) -> None:
    browser_page.goto((folder / "paper.html").as_uri())
    browser_page.keyboard.press("Tab")
    focused = browser_page.locator(":focus")
    assert focused.inner_text() == "Skip to the content"
    assert (focused.bounding_box() or {"y": -1})["y"] >= 0

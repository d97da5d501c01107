"""Keys: what each does, that typing is never taken for one, and that they can be switched off."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from ..sites import Site
from .conftest import Reader, Visit


def opened(visit: Visit, site: Site) -> Page:
    """Open a digest of several papers, its scripts at work."""
    page = visit.open(f"digests/{site.digests[0]['id']}.html")
    expect(page.locator(".cards .star").first).to_be_visible()
    return page


def test_keys_move_open_star_and_cite(visit: Visit, sample_site: Site) -> None:
    page = opened(visit, sample_site)
    links = page.locator(".cards > li > :is(h2, h3) > a")
    page.keyboard.press("j")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("s")
    star = page.locator(".cards > li").first.locator(".star")
    expect(star).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".cards > li").nth(1).locator(".star")).to_have_text("☆")
    page.keyboard.press("c")
    expect(page.get_by_role("dialog", name="Cite this paper")).to_be_visible()
    expect(page.locator("dialog select")).to_have_value("BibTeX")
    page.keyboard.press("Escape")
    expect(links.nth(0)).to_be_focused()
    href = links.nth(0).get_attribute("href") or ""
    page.keyboard.press("o")
    page.wait_for_url(f"**/{href.removeprefix('../')}")
    page.keyboard.press("s")
    expect(page.locator("article > header > .star")).to_have_attribute("aria-pressed", "false")
    assert visit.complaints == []


@pytest.mark.parametrize(
    ("keys", "path"),
    [("gh", "index"), ("gs", "search"), ("gl", "reading-list"), ("gt", "topics/index")],
)
def test_g_goes_places(visit: Visit, sample_site: Site, keys: str, path: str) -> None:
    page = opened(visit, sample_site)
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_url(f"**/repo/{path}.html")
    assert visit.complaints == []


def test_what_is_typed_is_no_key(visit: Visit) -> None:
    page = visit.open("reading-list.html")
    for name in ("Search the papers", "Words"):
        page.get_by_label(name, exact=True).fill("")
        page.get_by_label(name, exact=True).press_sequentially("jgh?/s")
        expect(page.get_by_label(name, exact=True)).to_have_value("jgh?/s")
    page.get_by_label("Show", exact=False).first.evaluate("element => element.blur()")
    page.evaluate(
        "() => { const box = document.createElement('div'); box.contentEditable = 'true';"
        " document.querySelector('main').append(box); box.focus(); }"
    )
    page.keyboard.type("?gh")
    expect(page.locator("[contenteditable]")).to_have_text("?gh")
    page.locator("h1").click()
    page.evaluate("document.activeElement.blur()")
    for chord in ("Control+j", "Alt+s", "Meta+o"):
        page.keyboard.press(chord)
    assert page.get_by_role("dialog").count() == 0
    assert page.url.endswith("reading-list.html")
    assert visit.complaints == []


def test_the_list_of_keys_switches_them_off_and_on_and_that_is_remembered(
    visit: Visit, sample_site: Site
) -> None:
    page = opened(visit, sample_site)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    page.keyboard.press("j")
    expect(dialog).to_be_visible()
    dialog.get_by_role("checkbox").uncheck()
    dialog.get_by_role("button", name="Close").click()
    page.goto(f"{visit.address}reading-list.html")
    expect(page.locator("#list-status")).not_to_be_empty()
    page.keyboard.press("/")
    page.keyboard.press("?")
    expect(page.get_by_role("searchbox", name="Search the papers")).not_to_be_focused()
    assert page.get_by_role("dialog").count() == 0
    page.get_by_role("button", name="Show the keys").click()
    page.get_by_role("checkbox", name="Use these keys").check()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Search the papers")).to_be_focused()
    assert visit.complaints == []


def test_the_list_of_keys_is_read_from_its_beginning_in_a_small_window(
    visit: Visit, sample_site: Site
) -> None:
    page = opened(visit, sample_site)
    page.set_viewport_size({"width": 320, "height": 256})  # 1280 at 400 %
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog.get_by_role("heading")).to_be_focused()
    expect(dialog.get_by_role("heading")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Tab")
    expect(dialog.get_by_role("checkbox")).to_be_focused()
    expect(dialog.get_by_role("checkbox")).to_be_in_viewport(ratio=1)


def test_keys_work_from_a_disk_as_anywhere(anywhere: Reader, sample_site: Site) -> None:
    visit = anywhere.visit()
    page = opened(visit, sample_site)
    page.keyboard.press("j")
    expect(page.locator(".cards > li a").first).to_be_focused()
    assert visit.complaints == []

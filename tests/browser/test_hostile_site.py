"""Every hostile text in every field: shown as written, and nothing runs (see hostile_texts.py)."""

from __future__ import annotations

from pathlib import Path

import pytest
from daybook.catalogue.rendering import markdown_to_html, sanitized
from playwright.sync_api import Browser

from ..hostile_texts import FORMATS, PAYLOADS
from ..sites import Site
from .hostile_site import Hostile, altered, build, complaints, searches

A_KIND = 3
"""Pages of each kind besides papers' own; `make soak` opens all."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    """Build every text in every field of every format."""
    return build(tmp_path_factory.mktemp("hostile"))


@pytest.mark.long
def test_no_text_in_any_field_runs_or_asks_for_anything(browser: Browser, hostile: Hostile) -> None:
    """Papers of every text and of every format, in turns, and pages of every kind."""
    names = list(FORMATS)
    chosen = [
        path
        for path, written in hostile.samples.items()
        if names.index(written.name) == written.place % len(names)
    ]
    folders: dict[str, list[str]] = {}
    pages = {path for path in hostile.site.files if path.endswith(".html")}
    for path in sorted(pages - hostile.samples.keys()):
        folders.setdefault(path.rpartition("/")[0], []).append(path)
    for found in folders.values():
        chosen += found[:: len(found) // A_KIND + 1]
    assert complaints(browser, hostile.site, [*chosen, *searches(11)]) == []


@pytest.mark.long
def test_every_text_is_shown_as_it_was_written(browser: Browser, hostile: Hostile) -> None:
    assert altered(browser, hostile) == []


def page_of(folder: Path, body: str, head: str = "") -> Site:
    """Write a site of one page."""
    (folder / "data").mkdir()
    (folder / "data" / "papers.jsonl").touch()
    page = f"<!doctype html><html lang=en><head>{head}<title>A</title></head><body>{body}"
    (folder / "index.html").write_text(page, encoding="utf-8")
    return Site(folder, folder, "")


def test_a_keepers_notes_do_nothing_even_without_a_policy(browser: Browser, tmp_path: Path) -> None:
    """What passes the cleaning is parsed anew by the browser, and may then be something else."""
    notes = "\n".join(str(markdown_to_html(text) or "") for text in PAYLOADS)
    notes += "\n".join(sanitized(text) for text in PAYLOADS)
    icon = '<link rel="icon" href="data:,">'
    assert complaints(browser, page_of(tmp_path, notes, icon), ["index.html"]) == []


def test_the_policy_stops_what_stands_in_the_page_itself(
    browser: Browser, tmp_path: Path, sample_site: Site
) -> None:
    (policy,) = sample_site.page("index.html").tree.xpath("//meta[@http-equiv]/@content")
    assert "unsafe" not in policy
    head = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    body = '<script>alert(1)</script><p style="color: red">a</p><img src="x" onerror="alert(1)">'
    said = complaints(browser, page_of(tmp_path, body, head), ["index.html"])
    assert not [line for line in said if "dialog" in line]
    for directive in ("script-src-elem", "script-src-attr", "style-src-attr"):
        assert [line for line in said if f"violation {directive}" in line], said

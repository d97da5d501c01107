"""Every hostile text in every field: shown as written, and nothing runs (see hostile_texts.py)."""

from __future__ import annotations

from pathlib import Path

import pytest
from daybook.catalogue.rendering import markdown_to_html, sanitized
from daybook.digests import read_digest
from playwright.sync_api import Browser

from ..hostile_texts import FORMATS, PAYLOADS
from ..sites import Site
from .hostile_site import altered, build, complaints

TRIED = ["hf-json", "bibtex", "html"]
"""What states everything, what is read with TeX, what is hostile itself; `make soak` tries all."""
A_KIND = 6
"""Pages of each kind besides papers' own."""


@pytest.mark.long
def test_no_text_in_any_field_runs_or_asks_for_anything(browser: Browser, tmp_path: Path) -> None:
    site, _ = build(tmp_path, TRIED)
    assert len(site.dump) == len(TRIED) * len(PAYLOADS), site.report
    folders: dict[str, list[str]] = {}
    for path in sorted(site.pages):
        folders.setdefault(path.rpartition("/")[0], []).append(path)
    papers = folders.pop("papers")
    chosen = [path for folder in folders.values() for path in folder[:: len(folder) // A_KIND + 1]]
    assert complaints(browser, site, [*papers, *chosen]) == []


def test_every_text_is_kept_as_it_was_written(tmp_path: Path) -> None:
    site, texts = build(tmp_path, ["hf-json"])
    assert altered(site, texts) == []


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


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_reads_its_own_hostile_files(name: str) -> None:
    """Else nothing would be shown by what `make soak` builds of them."""
    for number, text in enumerate(PAYLOADS, 1):
        (digest,) = read_digest("x", FORMATS[name](number, text).encode())
        assert digest.format == name
        assert len(digest.entries) == 1, text

"""A site of nothing but hostile texts, opened page by page: nothing runs, nothing is asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Dialog

from ..hostile_texts import folder_of_digests
from ..serving import serving
from ..sites import SITEURL, Site, fork_pelican
from .conftest import Visit

_WATCH = """
addEventListener("securitypolicyviolation", (event) =>
  console.error("violation", event.violatedDirective, event.blockedURI), true);
"""
_SHOWN = "() => document.querySelector('h1').textContent"


def build(folder: Path, formats: list[str]) -> tuple[Site, dict[str, str]]:
    """Build the site of every text in these formats; give it, and the texts by identifier."""
    texts = folder_of_digests(folder / "digests", formats)
    places = {"DIGESTS": "digests", "PAPERS": "papers", "OUTPUT": "output"}
    environment = {name: str(folder / place) for name, place in places.items()}
    done = fork_pelican(environment | {"SITEURL": SITEURL})
    assert done.returncode in (0, 3), done.stdout + done.stderr
    return Site(folder / "output", folder / "papers", done.stdout + done.stderr), texts


def complaints(browser: Browser, site: Site, paths: Iterable[str]) -> list[str]:
    """Open pages one after the other; give what ran, what was asked elsewhere, what is not shown.

    A paper's heading must read as the archive has it, whatever markup that looks like.
    """
    titles = {record["url"]: record["title"] for record in site.dump}
    titles = {url.removeprefix(f"{SITEURL}/"): title for url, title in titles.items()}
    with _visit(browser, site) as visit:
        page = visit.context.new_page()
        for what in ("console", "pageerror", "dialog"):
            page.on(what, lambda said: visit.complaints.append(f"{page.url}: {_words(said)}"))
        page.on("request", lambda request: visit._watch(request.url))
        for path in paths:
            page.goto(visit.address + path)
            if page.evaluate("document.activeElement.matches('[onfocus], main [autofocus]')"):
                visit.complaints.append(f"{path}: something took the focus")
            if path in titles and "$" not in titles[path]:
                shown = page.evaluate(_SHOWN)
                if shown.split() != titles[path].split():
                    visit.complaints.append(f"{path}: {titles[path]!r} is shown as {shown!r}")
        return visit.complaints


@contextmanager
def _visit(browser: Browser, site: Site) -> Iterator[Visit]:
    with serving(site.output, "/repo/") as address:
        context = browser.new_context(reduced_motion="reduce")
        context.add_init_script(_WATCH)
        try:
            yield Visit(context, address)
        finally:
            context.close()


def _words(said: object) -> str:
    if isinstance(said, Dialog):
        said.dismiss()
        return f"a dialog opened: {said.message}"
    return str(getattr(said, "text", said))


def altered(site: Site, texts: dict[str, str]) -> list[str]:
    """Give the papers from Hugging Face's own answers whose title is not what was written."""
    found = []
    for record in site.dump:
        text = texts[str(record.get("arxiv") or record.get("doi"))]
        if record["title"].split() != text.split() and not set("&\\\uff1c") & set(text):
            found.append(json.dumps([text, record["title"]], ensure_ascii=False))
    return found

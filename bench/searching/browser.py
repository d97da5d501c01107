"""What only a browser can tell: from a key to painted results, and what Pagefind loads."""

from __future__ import annotations

import gzip
import re
import shutil
import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from daybook.catalogue.options import SiteOptions
from daybook.catalogue.site import render_catalogue
from daybook.records import Archive
from daybook.search.sidetable import build_side
from playwright.sync_api import Browser, Request, sync_playwright

from tests.serving import serving

SMALL_ARCHIVE = 3000
STATIC = Path(__file__).parents[2] / "theme" / "static"

TYPE = """async (text) => {
  const input = document.querySelector("#search-form input[name=q]");
  const results = document.getElementById("search-results");
  const status = document.getElementById("search-status");
  const painted = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
    });
    observer.observe(results, { childList: true });
    observer.observe(status, { childList: true, characterData: true, subtree: true });
  });
  const begun = performance.now();
  input.value = text;
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
  return (await painted) - begun;
}"""

WATCH = """() => {
  globalThis.longTasks = [];
  new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((e) => e.duration)))
    .observe({ type: "longtask" });
}"""


def write_page(folder: Path, archive: Archive) -> int:
    """Write the search page beside an index; give its bytes over the wire, scripts and all."""
    for path, content in build_side(archive, SMALL_ARCHIVE):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    files = dict(render_catalogue(Archive((), (), ()), SiteOptions()))
    page = files["search.html"]
    (folder / "search.html").write_bytes(page)
    shutil.copytree(STATIC, folder / "assets", dirs_exist_ok=True)
    named = re.findall(
        r'<(?:script|link)\b[^>]*?\b(?:src|href)="([^"]+\.(?:js|css))"', page.decode()
    )
    contents = [page, *((folder / name).read_bytes() for name in dict.fromkeys(named))]
    return sum(len(gzip.compress(content, 6)) for content in contents)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open the distribution's Chromium."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def keystrokes(folder: Path, queries: Sequence[str]) -> str:
    """Type the last letter of every query twice; say how long the second takes to be painted."""
    said = []
    with chromium() as browser, serving(folder) as address:
        for place, start in (("worker", address), ("from a disk", f"{folder.as_uri()}/")):
            page = browser.new_page()
            page.goto(f"{start}search.html")
            times = []
            for query in queries:
                for text in (query[:-1], query):
                    page.evaluate(TYPE, text)
            page.evaluate(WATCH)
            for query in queries:
                page.evaluate(TYPE, query[:-1])
                times.append(page.evaluate(TYPE, query))
            tasks: list[float] = page.evaluate("longTasks")
            page.close()
            times.sort()
            slowest = times[int(len(times) * 0.99)]
            said.append(
                f"{place} {statistics.median(times):.0f} ms, p99 {slowest:.0f} ms,"
                f" {len(tasks)} tasks over 50 ms (longest {max(tasks, default=0):.0f} ms)"
            )
    return "; ".join(said)


def pagefind_bytes(folder: Path, queries: Sequence[str]) -> str:
    """Search with Pagefind from nothing; say what its first ten results take, compressed."""
    if not folder.is_dir():
        return "not measured"
    (folder / "index.html").write_text("<!doctype html><title>Pagefind</title>")
    search = """async (query) => {
      const pagefind = await import("./pagefind.js");
      const found = await pagefind.search(query);
      await Promise.all(found.results.slice(0, 10).map((result) => result.data()));
    }"""
    totals = []
    with chromium() as browser, serving(folder) as address:
        for query in queries:
            context = browser.new_context()
            page = context.new_page()
            page.goto(address)
            sizes: dict[str, int] = {}
            asked: list[Request] = []
            page.on("request", partial(list.append, asked))
            page.evaluate(search, query)
            for url in {request.url for request in asked}:
                content = (folder / urlsplit(url).path.lstrip("/")).read_bytes()
                packed = url.endswith((".pf_index", ".pf_fragment", ".pf_meta", ".pagefind"))
                sizes[url] = len(content) if packed else len(gzip.compress(content, 6))
            totals.append(sum(sizes.values()) / 1e3)
            context.close()
    totals.sort()
    return (
        f"first results {statistics.median(totals):.0f} / {totals[int(len(totals) * 0.99)]:.0f} kB"
        f" (without a page, {len(totals)} queries)"
    )

"""What only a browser can tell: from a key to painted results, and what Pagefind loads."""

from __future__ import annotations

import gzip
import json
import math
import re
import shutil
import statistics
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from daybook.catalogue.generator import static_files
from daybook.catalogue.options import SiteOptions
from daybook.catalogue.site import render_catalogue
from daybook.drafts import rendered
from daybook.records import Archive
from daybook.search.sidetable import build_side
from playwright.sync_api import Browser, Request, sync_playwright

from tests.serving import serving

from .corpus import Item

SMALL_ARCHIVE = 3000
THEME = Path(__file__).parents[2] / "theme"

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

CATEGORIES = ["toplevel", "disabled-by-default-devtools.timeline"]


@dataclass(frozen=True, slots=True)
class Latency:
    """From a key to painted results, in milliseconds."""

    median: float
    worst: float
    """The 99th percentile."""
    task: float
    """Processor time of the longest task of the page's thread: a busy machine would add others'."""


@dataclass(frozen=True, slots=True)
class Found:
    """What Pagefind loads for its first ten results, in kB compressed, and how well it ranks."""

    median: float
    worst: float
    ranks: Mapping[str, float]


def write_page(folder: Path, archive: Archive) -> int:
    """Write the search page beside an index; give its bytes over the wire, scripts and all."""
    for path, content in rendered(build_side(archive, SMALL_ARCHIVE)):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    files = dict(render_catalogue(Archive((), (), ()), SiteOptions()))
    page = files["search.html"]
    (folder / "search.html").write_bytes(page)
    for path, content in static_files(THEME):
        (folder / "assets" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "assets" / path).write_bytes(content)
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


def keystrokes(folder: Path, queries: Sequence[str]) -> dict[str, Latency]:
    """Type the last letter of every query until it is warm; tell what it then takes, by place.

    Of two times the better counts, as the machine may have had other work.
    """
    said = {}
    with chromium() as browser, serving(folder) as address:
        for place, start in (("worker", address), ("disk", f"{folder.as_uri()}/")):
            page = browser.new_page()
            page.goto(f"{start}search.html")
            for query in queries:
                for text in (query[:-1], query):
                    page.evaluate(TYPE, text)
            times: dict[str, float] = {}
            browser.start_tracing(page=page, categories=CATEGORIES)
            for query in [*queries, *queries]:
                page.evaluate(TYPE, query[:-1])
                times[query] = min(times.get(query, math.inf), page.evaluate(TYPE, query))
            task = _longest_task(browser.stop_tracing())
            page.close()
            ordered = sorted(times.values())
            worst = ordered[int(len(ordered) * 0.99)]
            said[place] = Latency(statistics.median(ordered), worst, task)
    return said


def _longest_task(trace: bytes) -> float:
    """Give the milliseconds of processor time of the longest task on a page's thread."""
    events = json.loads(trace)["traceEvents"]
    threads = {
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }
    tasks = (
        event.get("tdur", 0) / 1e3
        for event in events
        if event["name"] == "RunTask" and (event["pid"], event["tid"]) in threads
    )
    return max(tasks, default=0.0)


def ask_pagefind(site: Path, queries: Sequence[str], items: Mapping[str, Sequence[Item]]) -> Found:
    """Search with Pagefind: from nothing for its bytes, warm for the ranks of known items."""
    (site / "index.html").write_text("<!doctype html><title>Pagefind</title>")
    search = """async (query) => {
      const pagefind = await import("./pagefind/pagefind.js");
      const found = await pagefind.search(query);
      const first = await Promise.all(found.results.slice(0, 10).map((result) => result.data()));
      return first.map(({ url }) => Number(/(\\d+)\\.html$/.exec(url)?.[1] ?? -1));
    }"""
    totals = []
    ranks = {}
    with chromium() as browser, serving(site) as address:
        for query in queries:
            context = browser.new_context()
            page = context.new_page()
            page.goto(address)
            asked: list[Request] = []
            page.on("request", partial(list.append, asked))
            page.evaluate(search, query)
            totals.append(sum(_packed(site, url) for url in {request.url for request in asked}))
            context.close()
        page = browser.new_page()
        page.goto(address)
        for kind, wanted in items.items():
            places = [
                next(
                    (at for at, one in enumerate(page.evaluate(search, query)) if one in found), -1
                )
                for query, found in wanted
            ]
            ranks[kind] = statistics.fmean(1 / (at + 1) if at >= 0 else 0 for at in places)
    totals.sort()
    worst = totals[int(len(totals) * 0.99)]
    return Found(statistics.median(totals) / 1e3, worst / 1e3, ranks)


def _packed(site: Path, url: str) -> int:
    """Give the size of a file over the wire; most of Pagefind's are compressed on the disk."""
    content = (site / urlsplit(url).path.lstrip("/")).read_bytes()
    packed = url.endswith((".pf_index", ".pf_fragment", ".pf_meta", ".pagefind"))
    return len(content) if packed else len(gzip.compress(content, 6))

"""The archive without a network: what was visited, and the whole of it once it is kept."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from ..serving import serving
from ..sites import Site
from .waiting import wait_until

NO_NETWORK = re.compile(r"ERR_INTERNET_DISCONNECTED|ERR_FAILED|status of 503")
"""What Chromium itself says of a request that the network did not answer."""


@pytest.fixture
def folder(sample_site: Site, tmp_path: Path) -> Path:
    """Give a copy of the sample site that a test may publish anew."""
    copy = tmp_path / "site"
    shutil.copytree(sample_site.output, copy)
    return copy


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    """Serve the copy under a path, as a project's site is."""
    with serving(folder, "/repo/") as address:
        yield address


class Reader:
    """Somebody with one window, and what it complained of."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.address = address
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda said: self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path: str) -> Page:
        """Open a page of the site."""
        self.page.goto(self.address + path)
        return self.page

    def wait_for_worker(self) -> None:
        """Wait until the service worker answers for this window."""
        self.page.evaluate(
            "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller || new"
            " Promise(done => navigator.serviceWorker.addEventListener('controllerchange', done)))"
            ".then(() => true)"
        )

    def keep(self) -> None:
        """Keep the whole archive, by the button on the about page."""
        self.open("about.html")
        self.wait_for_worker()
        self.page.get_by_role("button", name=re.compile("Keep|Go on|Update")).click()
        expect(self.page.locator("#offline [role=status]")).to_contain_text("Done.")


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[Reader]:
    context = browser.new_context(reduced_motion="reduce")
    yield Reader(context, address)
    context.close()


def test_what_was_visited_is_there_without_a_network(reader: Reader, sample_site: Site) -> None:
    reader.open("index.html")
    reader.wait_for_worker()
    first, second = (paper["url"] for paper in sample_site.dump[:2])
    title = reader.open(first).get_by_role("heading", level=1).inner_text()
    reader.context.set_offline(True)
    expect(reader.open(first).get_by_role("heading", level=1)).to_have_text(title)
    assert reader.page.evaluate("getComputedStyle(document.body).display") == "flex"
    expect(reader.open("search.html").get_by_role("combobox").first).to_be_visible()
    expect(reader.open(second).get_by_role("heading")).to_have_text("Not kept offline")
    reader.page.get_by_role("link", name="first page").click()
    expect(reader.page.get_by_role("navigation", name="Main")).to_be_visible()
    assert [text for text in reader.complaints if not NO_NETWORK.search(text)] == []


@pytest.mark.parametrize("path", ["papers/%zz.html", "authors/%E0%A4%A.html"])
def test_an_address_that_nobody_could_write_is_the_servers_to_answer(
    reader: Reader, path: str
) -> None:
    reader.open("index.html")
    reader.wait_for_worker()
    reader.open(path)
    expect(reader.page.get_by_role("heading", name="Not found")).to_be_visible()


def test_the_kept_archive_is_all_there_and_searches(reader: Reader, sample_site: Site) -> None:
    reader.open("about.html")
    reader.wait_for_worker()
    expect(reader.page.locator("#offline [role=status]")).to_have_text(
        re.compile(r"All of it is a download of [\d.]+ [kM]B: [\d,]+ files, packed\.")
    )
    reader.keep()
    bar = reader.page.locator("#offline progress")
    bundles = json.loads((sample_site.output / "offline/manifest.json").read_text("utf-8"))[
        "bundles"
    ]
    whole = sum(number for _, number, *_ in bundles)
    assert bar.evaluate("bar => [bar.value, bar.max]") == [whole, whole]
    reader.context.set_offline(True)
    paths = sorted(sample_site.pages.keys() - {"404.html"})
    served = reader.page.evaluate(
        "paths => Promise.all(paths.map(path => fetch(path).then(answer => answer.text())))", paths
    )
    for path, text in zip(paths, served, strict=True):
        assert text == (sample_site.output / path).read_text("utf-8"), path
    paper = sample_site.dump[-1]
    page = reader.open("search.html")
    page.get_by_role("combobox").first.fill(paper["title"])
    page.keyboard.press("Enter")
    page.get_by_role("link", name=paper["title"]).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(paper["title"])
    reader.open("about.html")
    expect(page.locator("#offline [role=status]")).to_contain_text("The archive is kept here")
    named = next(paper for paper in sample_site.dump if paper["arxiv"])
    box = reader.open("search.html").get_by_role("combobox").first
    box.fill(f"arXiv:{named['arxiv']}")
    expect(page.locator("#search-status")).to_have_text("1 paper found.")
    reader.open("reading-list.html")
    entry = f"TY  - GEN\nAN  - arXiv:{named['arxiv']}\nER  - \n".encode()
    file = {"name": "l.ris", "mimeType": "text/plain", "buffer": entry}
    page.locator("#list-in").set_input_files(file)  # type: ignore[arg-type]
    expect(page.locator("#reading-list h3")).to_have_text(named["title"])
    assert [text for text in reader.complaints if not NO_NETWORK.search(text)] == []


def test_an_update_fetches_only_what_changed(reader: Reader, folder: Path) -> None:
    reader.keep()
    fetched: list[str] = []
    reader.context.on("request", lambda request: fetched.append(request.url))
    manifest = json.loads((folder / "offline/manifest.json").read_text("utf-8"))
    name, size, *has = manifest["bundles"][0]
    manifest["bundles"][0] = ["0123456789ab", size, *has]
    (folder / f"offline/{name}.bin").rename(folder / "offline/0123456789ab.bin")
    (folder / "offline/manifest.json").write_text(json.dumps(manifest), "utf-8")
    reader.open("about.html")
    expect(reader.page.locator("#offline [role=status]")).to_contain_text("What has changed")
    reader.keep()
    assert [url for url in fetched if url.endswith(".bin")] == [
        f"{reader.address}offline/0123456789ab.bin"
    ]
    kept = reader.page.evaluate(
        "caches.keys().then(names => caches.open(names.find(name => name.endsWith(' kept'))))"
        ".then(cache => cache.keys()).then(keys => keys.map(key => key.url))"
    )
    assert len(kept) == len(manifest["bundles"]) + len(["manifest.json", "ids.js"])
    assert f"{reader.address}offline/{name}.bin" not in kept


def test_a_download_that_broke_off_goes_on_where_it_was(reader: Reader, folder: Path) -> None:
    names = sorted(path.name for path in (folder / "offline").glob("*.bin"))
    missing = folder / "offline" / names[-1]
    missing.rename(folder / "away")
    reader.open("about.html")
    reader.wait_for_worker()
    reader.page.get_by_role("button", name="Keep it offline").click()
    status = reader.page.locator("#offline [role=status]")
    expect(status).to_contain_text("It could not be fetched. A part of the archive is here.")
    (folder / "away").rename(missing)
    fetched: list[str] = []
    reader.context.on("request", lambda request: fetched.append(request.url))
    reader.keep()
    assert [url for url in fetched if url.endswith(".bin")] == [
        f"{reader.address}offline/{missing.name}"
    ]


def test_what_says_that_all_is_kept_may_be_damaged(reader: Reader) -> None:
    reader.keep()
    reader.page.evaluate(
        "async (url) => (await caches.open('daybook /repo/ kept')).put(url, new Response('{'))",
        f"{reader.address}offline/manifest.json",
    )
    reader.page.reload()
    reader.page.get_by_role("button", name="Go on").click()
    expect(reader.page.locator("#offline [role=status]")).to_contain_text("Done. The whole archive")
    assert reader.complaints == []


def test_a_browser_that_keeps_no_files_is_offered_nothing(reader: Reader) -> None:
    refuse = "get() { throw new DOMException('no', 'SecurityError'); }"
    reader.context.add_init_script(f"Object.defineProperty(globalThis, 'caches', {{ {refuse} }});")
    reader.open("about.html")
    reader.page.wait_for_load_state("networkidle")
    expect(reader.page.locator("#offline")).to_be_hidden()
    assert reader.complaints == []


def test_what_was_kept_can_be_removed(reader: Reader, sample_site: Site) -> None:
    reader.keep()
    reader.page.get_by_role("button", name="Remove it").click()
    expect(reader.page.locator("#offline [role=status]")).to_contain_text("Removed.")
    reader.context.set_offline(True)
    reader.open(sample_site.dump[0]["url"])
    expect(reader.page.get_by_role("heading")).to_have_text("Not kept offline")


def test_switched_off_the_worker_takes_itself_away(reader: Reader, folder: Path) -> None:
    reader.keep()
    (folder / "service-worker.js").write_text('importScripts("assets/offline/leaving.js");\n')
    reader.page.evaluate("navigator.serviceWorker.getRegistration().then(it => it.update())")
    wait_until(
        reader.page,
        "Promise.all([caches.keys(), navigator.serviceWorker.getRegistrations()])"
        ".then(([kept, workers]) => kept.length + workers.length === 0)",
    )


def test_from_a_disk_nothing_is_registered(browser: Browser, folder: Path) -> None:
    context = browser.new_context()
    reader = Reader(context, f"{folder.as_uri()}/")
    page = reader.open("about.html")
    expect(page.locator("#offline")).to_be_hidden()
    assert reader.complaints == []
    context.close()

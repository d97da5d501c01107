"""The search index in a real browser: where its work is done, and what its faults look like."""

from __future__ import annotations

import itertools
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from daybook.search.shards import VERSION
from playwright.sync_api import Browser, Page, Route, expect

from ..serving import serving
from ..sites import Site
from .conftest import Reader, Visit
from .waiting import click_below_results

TYPED = "language models"
NEVER_DONE = """
  daybook.page.tellAdded = () => {
    daybook.page.tellAdded = () => undefined;
    document.body.id = "telling";
    return new Promise((told) => (daybook.told = told));
  };
"""
"""After the script that tells what was added to a query: the first time that takes until `told`."""


def results(page: Page) -> Page:
    """Wait until a search has found something."""
    expect(page.locator("#search-results > li").first).to_be_visible()
    return page


def test_a_worker_searches_over_http_and_the_page_itself_from_a_disk(anywhere: Reader) -> None:
    visit = anywhere.visit()
    page = results(visit.open(f"search.html?q={TYPED}"))
    workers = [worker.url.rpartition("/")[2] for worker in page.workers]
    assert workers == ([] if anywhere.address.startswith("file:") else ["search.js"])
    assert not visit.complaints


class _Confining(SimpleHTTPRequestHandler):
    """Serves as hosts of build results do: pages of no origin, and without any storage."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", "sandbox allow-scripts")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_in_a_sandbox_everything_works_that_a_disk_has(browser: Browser, sample_site: Site) -> None:
    confining = partial(_Confining, directory=str(sample_site.output))
    with ThreadingHTTPServer(("127.0.0.1", 0), confining) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        context = browser.new_context()
        visit = Visit(context, f"http://127.0.0.1:{server.server_port}/")
        results(visit.open(f"search.html?q={TYPED}"))
        for path in (sample_site.dump[0]["url"], "about.html", "reading-list.html"):
            visit.open(path).wait_for_load_state("networkidle")
        context.close()
        server.shutdown()
        thread.join()
    assert not visit.complaints


def test_no_page_loads_the_index_before_somebody_searches(anywhere: Reader) -> None:
    visit = anywhere.visit()
    asked: list[str] = []
    visit.context.on("request", lambda request: asked.append(request.url))
    for path in ("index.html", "topics/index.html", "about.html"):
        visit.open(path).close()
    assert asked
    parts = re.compile("/search/(terms|words|pages|cards|facts|people|titles)/")
    assert not list(filter(parts.search, asked))
    results(visit.open(f"search.html?q={TYPED}"))
    loaded = [url for url in asked if "/search/terms/" in url]
    assert 0 < len(loaded) < 20  # of the index, the parts that have these words


def test_both_find_the_same(browser: Browser, sample_site: Site) -> None:
    found = []
    with serving(sample_site.output) as address:
        for place in (address, f"{sample_site.output.as_uri()}/"):
            page = browser.new_page()
            page.goto(f"{place}search.html?q={TYPED}")
            results(page)
            found.append(page.locator("#search-results").text_content())
            page.close()
    assert found[0] == found[1]


@contextmanager
def searching_a_copy(
    browser: Browser, site: Site, folder: Path, place: str, query: str
) -> Iterator[tuple[Page, Path]]:
    """Search a copy of a site, which a test may change; give the page and the search's folder."""
    copy = site.linked(folder / "site", "search")
    with serving(copy) as server:
        page = browser.new_page()
        page.goto(f"{server if place == 'server' else copy.as_uri() + '/'}search.html?q={query}")
        yield page, copy / "search"
        page.close()


def cut_short(file: Path) -> None:
    """Leave half of a file, as a broken upload does."""
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def be_a_page(file: Path) -> None:
    """Put a page where a script should be, as hosts do that answer everything."""
    file.write_text("<!doctype html><title>Not found</title>")


def be_older(file: Path) -> None:
    """Give a file another version of the format."""
    text = file.read_text("utf-8")
    own = f",{VERSION});\n"
    assert text.endswith(own)
    file.write_text(text.removesuffix(own) + f",{VERSION - 1});\n", "utf-8")


DAMAGES: tuple[Callable[[Path], object], ...] = (Path.unlink, cut_short, be_a_page, be_older)


@pytest.mark.parametrize("part", ["manifest.js", "pages/*.js", "terms/*.js", "cards/*/*.js"])
def test_a_damaged_index_is_said_with_ways_around_it(
    browser: Browser, sample_site: Site, tmp_path: Path, part: str
) -> None:
    """Each copy in a folder of its own, so that one window, which takes long to open, may do."""
    page = browser.new_page()
    with serving(tmp_path) as server:
        for damage in DAMAGES:
            copy = sample_site.linked(tmp_path / damage.__name__, "search")
            for file in (copy / "search").glob(part):
                damage(file)
            for address in (f"{server}{copy.name}/", f"{copy.as_uri()}/"):
                page.goto(f"{address}search.html?q={TYPED}")
                status = page.locator("#search-status")
                expect(status).to_contain_text("search index")
                expect(status.locator("a[href$='topics/index.html']")).to_be_visible()
    page.close()


SHAPES = (
    "null",
    "0",
    "[]",
    "{}",
    '""',
    '[{"a":1}]',
    '{"firsts":"","names":""}',
    '{"firsts":"a b","names":""}',
    '{"terms":"","codes":""}',
    '{"terms":"a","codes":"!!!!!!"}',
    '{"names":"","slugs":"","codes":""}',
    '{"version":5,"documents":9,"size":9,"fields":[],"segments":[],"acronyms":{"firsts":"","names":""}}',
    '{"version":5,"fields":[],"segments":[],"acronyms":{"firsts":"","names":""}}',
    '{"facts":{"size":2048,"names":""},"people":{},"titles":{},"topics":[]}',
)
"""What is well written, and no part of the index."""


@pytest.mark.parametrize(
    ("part", "query"),
    [
        ("manifest.js", TYPED),
        ("pages/*.js", TYPED),
        ("terms/*.js", TYPED),
        ("cards/*/*.js", TYPED),
        ("words/*.js", "rew*"),
        ("side.js", f"{TYPED}&from=2001"),
        ("facts/*.js", f"{TYPED}&from=2001"),
        ("people/*.js", f"{TYPED}&author=lee"),
    ],
)
def test_a_part_of_another_shape_is_never_taken_for_nothing_found(
    browser: Browser, sample_site: Site, tmp_path: Path, part: str, query: str
) -> None:
    copy = sample_site.linked(tmp_path / "site", "search")
    files = list((copy / "search").glob(part))
    assert files
    page = browser.new_page()
    with serving(copy) as server:
        addresses = itertools.cycle((server, f"{copy.as_uri()}/"))  # each shape at one of the two
        for shape, address in zip(SHAPES, addresses, strict=False):
            for file in files:
                name = file.relative_to(copy / "search").with_suffix("").as_posix()
                text = f'daybook.search.receive("{name}",{shape},{VERSION});\n'
                file.write_text(text, "utf-8")
            page.goto(f"{address}search.html?q={query}")
            expect(page.locator("#search-status"), shape).to_contain_text("search index")
    page.close()


def test_a_file_of_the_index_under_the_name_of_another_is_no_part_of_it(
    browser: Browser, sample_site: Site, tmp_path: Path
) -> None:
    copy = sample_site.linked(tmp_path / "site", "search")
    files = sorted((copy / "search" / "terms").glob("*.js"))
    other = files[0].read_bytes()
    for file in files[1:]:
        file.write_bytes(other)
    page = browser.new_page()
    with serving(copy) as server:
        for address in (server, f"{copy.as_uri()}/"):
            page.goto(f"{address}search.html?q=reward+zebra+attention")
            expect(page.locator("#search-status")).to_contain_text("search index")
    page.close()


def rename_pages(search: Path) -> None:
    """Publish the same index with other names, so that what an open page knows is gone."""
    manifest = search / "manifest.js"
    text = manifest.read_text("utf-8")
    for file in (search / "pages").glob("*.js"):
        other = file.stem[::-1]
        content = file.read_text("utf-8").replace(file.stem, other, 1)
        file.unlink()
        file.with_name(f"{other}.js").write_text(content, "utf-8")
        text = text.replace(file.stem, other)
    manifest.write_text(text, "utf-8")


def test_an_archive_published_meanwhile_is_found_in(
    browser: Browser, sample_site: Site, tmp_path: Path
) -> None:
    copy = sample_site.linked(tmp_path / "site", "search")
    search = copy / "search"
    with serving(copy) as address:
        page = browser.new_page()
        page.goto(f"{address}search.html?q={TYPED}")
        results(page)
        rename_pages(search)
        page.locator("#search-form input[name=q]").fill("zebra reward")
        results(page)
        page.close()


def rename_cards(search: Path) -> None:
    """Publish the same index with its result cards under other names."""
    manifest = search / "manifest.js"
    text = manifest.read_text("utf-8")
    for folder in sorted((search / "cards").iterdir()):
        number, _, key = folder.name.partition("-")
        other = f"{number}-{key[::-1]}"
        for file in folder.glob("*.js"):
            content = file.read_text("utf-8")
            file.write_text(content.replace(folder.name, other, 1), "utf-8")
        folder.rename(folder.with_name(other))
        text = text.replace(key, key[::-1])
    manifest.write_text(text, "utf-8")


@pytest.mark.parametrize("place", ["server", "disk"])
def test_more_is_shown_after_the_archive_was_published_anew(
    browser: Browser, sample_site: Site, tmp_path: Path, place: str
) -> None:
    with searching_a_copy(browser, sample_site, tmp_path, place, TYPED) as (page, search):
        shown = page.locator("#search-results > li")
        expect(shown).to_have_count(10)
        first = shown.first.text_content()
        rename_cards(search)
        click_below_results(page.get_by_role("button", name="Show more"))
        expect(shown.nth(10)).to_be_visible()
        assert shown.first.text_content() == first
        expect(shown.nth(10).locator("h2 a")).to_be_focused()


def test_more_is_shown_where_the_archive_was_published_anew_before_an_answer_was_all_told(
    browser: Browser, sample_site: Site, tmp_path: Path
) -> None:
    def hold(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text() + NEVER_DONE)

    copy = sample_site.linked(tmp_path / "site", "search")
    with serving(copy) as address:
        context = browser.new_context(service_workers="block")
        page = context.new_page()
        page.route("**/telling.js", hold)
        page.goto(f"{address}search.html?q=finetune models")
        expect(page.locator("body[id=telling]")).to_have_count(1)
        shown = page.locator("#search-results > li")
        expect(shown).to_have_count(10)
        rename_cards(copy / "search")
        with context.expect_event("response", lambda answer: answer.status == 404):
            click_below_results(page.get_by_role("button", name="Show more"))
        page.evaluate("daybook.told()")
        expect(shown.nth(10)).to_be_visible()
        context.close()


def test_the_next_key_breaks_off_a_broad_wildcard(browser: Browser, sample_site: Site) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    with serving(sample_site.output) as address:
        page = browser.new_page()
        # What words there are is asked for by the wildcard alone, and never comes.
        page.context.route("**/search/words/*", hold)
        page.goto(f"{address}search.html")
        box = page.locator("#search-form input[name=q]")
        with page.context.expect_event("request", lambda made: "/search/words/" in made.url):
            box.fill("*a*")
        box.fill("reward")
        results(page)
        expect(page.locator("#search-results mark").first).to_contain_text("eward")
        assert held
        page.close()


def test_more_is_offered_only_where_something_is_shown(browser: Browser, sample_site: Site) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    with serving(sample_site.output) as address:
        page = browser.new_page()
        page.context.route("**/search/terms/*", hold)
        with page.context.expect_event("request", lambda made: "/search/terms/" in made.url):
            page.goto(f"{address}search.html?q=model")
        more = page.get_by_role("button", name="Show more", include_hidden=True)
        expect(more).to_have_count(1)
        assert not more.is_visible()
        page.close()


@pytest.mark.parametrize("place", ["server", "disk"])
def test_a_page_whose_code_is_gone_loads_itself_again(
    browser: Browser, sample_site: Site, tmp_path: Path, place: str
) -> None:
    with searching_a_copy(browser, sample_site, tmp_path, place, TYPED) as (page, search):
        results(page)
        script = search / "search.js"
        (code,) = (search / "code").iterdir()
        other = code.with_name(code.name[::-1])
        code.rename(other)
        text = script.read_text("utf-8").replace(code.name, other.name)
        script.write_text(text, "utf-8")
        with page.expect_navigation():
            page.locator("#search-form input[name=q]").fill("rew*")
        expect(page.locator("#search-status")).to_contain_text("found")


@pytest.mark.parametrize("place", ["server", "disk"])
def test_a_page_that_meets_an_index_of_another_version_loads_itself_again(
    browser: Browser, sample_site: Site, tmp_path: Path, place: str
) -> None:
    with searching_a_copy(browser, sample_site, tmp_path, place, "zebra") as (page, search):
        expect(page.locator("#search-status")).not_to_be_empty()
        page.evaluate("globalThis.before = true")
        script = search / "search.js"
        script.write_text(script.read_text("utf-8") + "daybook.search.renewed = true;", "utf-8")
        for file in search.glob("terms/*.js"):
            be_older(file)
        with page.expect_navigation():
            page.locator("#search-form input[name=q]").fill("reward")
        expect(page.locator("#search-status")).to_contain_text("of another version")
        assert page.evaluate("globalThis.before") is None
        assert page.evaluate("daybook.search.renewed")

"""Where forms may go, and how newsletters look, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from daybook.catalogue.generator import static_files
from lxml import html
from playwright.sync_api import Browser, Page, Route, expect

from ..catalogue.small_archive import ARCHIVE, OPTIONS, paper, render
from ..serving import serving
from ..sites import PROJECT

ENDPOINT = "https://lists.example/join;now?list=1"
POLICY = "form-action https://lists.example/join%3Bnow;"
AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
BOXED = {"index.html", "about.html", "digests/2025-03-11.html", "digests/2025-03-14.html"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish a small archive that has a mailing service."""
    options = replace(OPTIONS, subscribe=ENDPOINT, subscribe_field="reader")
    folder = tmp_path_factory.mktemp("subscribing")
    files = render(options=options)
    assets = {f"assets/{path}": data for path, data in static_files(PROJECT / "theme")}
    for path, content in {**files, **assets}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


@pytest.fixture(params=["served", "disk"])
def address(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """Give the site's address over HTTP and on a disk."""
    if request.param == "disk":
        yield f"{folder.as_uri()}/"
    else:
        with serving(folder) as found:
            yield found if found.endswith("/") else f"{found}/"


def policy_of(page: bytes) -> str:
    [found] = html.fromstring(page).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    return str(found)


def test_without_a_service_no_page_has_a_box_and_no_form_may_go_anywhere() -> None:
    pages = {path: page for path, page in render().items() if path.endswith(".html")}
    assert not [path for path, page in pages.items() if b'method="post"' in page]
    assert {("form-action 'none';" in policy_of(page)) for page in pages.values()} == {True}


def test_the_box_is_on_its_pages_and_the_policy_names_the_endpoint(folder: Path) -> None:
    pages = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*.html")}
    boxed = {path for path, file in pages.items() if b'method="post"' in file.read_bytes()}
    assert boxed == BOXED | {"digests/undated-1.html"}
    for file in pages.values():
        assert POLICY in policy_of(file.read_bytes())


def test_a_reader_subscribes(browser: Browser, address: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        posted: list[tuple[str, str, str | None]] = []

        def service(route: Route) -> None:
            request = route.request
            posted.append((request.method, request.url, request.post_data))
            route.fulfill(body="<title>Thank you</title>", content_type="text/html")

        context.route("https://lists.example/**", service)
        page.goto(f"{address}digests/2025-03-11.html")
        page.get_by_label("Subscribe by e-mail").fill("ada@papers.example")
        page.get_by_role("button", name="Subscribe").click()
        expect(page).to_have_title("Thank you")
        assert posted == [("POST", ENDPOINT, "reader=ada%40papers.example")]
        assert not [line for line in said if "Content Security Policy" in line]


def test_the_search_box_leads_to_the_search_though_forms_may_not(
    browser: Browser, address: str
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}papers/seeing-less.html")
        box = page.locator("body > header input[type=search]")
        box.fill("a b&c #1")
        box.press("Enter")
        page.wait_for_url(f"{address}search.html?q=a+b%26c+%231")
        page.goto(f"{address}papers/seeing-less.html")
        page.locator("body > header form").evaluate(
            "form => { form.q.value = 'half \\ud83d'; form.requestSubmit(); }"
        )
        page.wait_for_url(f"{address}search.html?q=half+%EF%BF%BD")


def test_without_scripts_a_link_takes_the_place_of_the_box(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}papers/seeing-less.html")
        expect(page.locator("body > header form")).to_be_hidden()
        page.get_by_role("link", name="Search", exact=True).click()
        expect(page).to_have_title("Search · Toy archive")
        assert "Searching needs JavaScript" in page.content()


def shown(page: Page, raw: bytes) -> None:
    """Show the HTML of a message as a mail program would."""
    body = message_from_bytes(raw, policy=policy.default).get_body(("html",))
    assert body is not None
    page.set_content(body.get_content())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_newsletter_reads_on_a_phone_and_asks_nobody(browser: Browser, scheme: str) -> None:
    long = replace(ARCHIVE, papers=(*ARCHIVE.papers[1:], paper(0, slug="pretending-to-agree",
                   title="W" * 300, abstract="x" * 400)))  # fmt: skip
    raw = render(long, replace(OPTIONS, unsubscribe="https://lists.example/off"))
    with browser.new_context(
        viewport={"width": 360, "height": 700},
        color_scheme="dark" if scheme == "dark" else "light",
    ) as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        shown(page, raw["digests/2025-03-11.eml"])
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == ("rgb(23, 23, 22)" if scheme == "dark" else "rgb(255, 255, 255)")
        page.add_script_tag(path=AXE)
        rules = "{resultTypes: ['violations'], rules: {region: {enabled: false}, "
        rules += "'landmark-one-main': {enabled: false}, 'link-in-text-block': {enabled: true}}}"
        found = page.evaluate(f"axe.run(document, {rules}).then((all) => all.violations)")
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
        assert asked == []

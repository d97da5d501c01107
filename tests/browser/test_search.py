"""The search page does what it offers: over HTTP and from a disk, by keyboard, hostile or not."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import bibtexparser.entrypoint
import pytest
from bibtexparser.middlewares import LatexDecodingMiddleware
from daybook.catalogue import render_catalogue
from daybook.catalogue.generator import static_files
from daybook.catalogue.options import SiteOptions
from daybook.drafts import rendered
from daybook.records import (
    Appearance,
    Archive,
    DigestItem,
    KeptDigest,
    Link,
    Paper,
    PartialDate,
    Topic,
)
from daybook.search import build_search
from daybook.search.sidetable import build_side
from playwright.sync_api import Browser, Locator, Page, Route, expect

from ..serving import serving
from ..sites import PROJECT
from .test_accessibility import AXE, COLOURS, LOOKS, RULES, RUN
from .waiting import click_below_results

TOPICS = (
    Topic("graphs", "Graph learning", "Methods", "Learning on graphs."),
    Topic("safety", "Safety", "Values", "Doing no harm."),
)
HOSTILE = (
    '<img src=x onerror="document.title=1"> & "quoted"',
    "javascript:document.title=1//",
    "\u202eright to left\u202c and 深度学习方法",
    "</script><script>document.title=1</script>",
    "=HYPERLINK(0) {unbalanced \\ $ % _ # braces",
)


def papers() -> Iterator[Paper]:
    """Make forty papers whose facts follow from their numbers, and some hostile ones."""
    for number in range(40):
        yield Paper(
            slug=f"paper-{number}",
            path=f"2024/01/paper-{number}.md",
            number=number,
            title=f"Graph study {number} of neural {'safety' if number % 2 else 'networks'}",
            date=dt.date(2024, 1, 1),
            date_basis="publication",
            abstract="We train graph neural networks."
            if number % 4
            else "Of graphs: networks, neural.",
            authors=("Ada Lovelace", f"Émile Author{number}")
            if number % 5 == 0
            else ("Alan Turing",),
            published=PartialDate(2020 + number % 5, 1 + number % 12, 1 + number % 28),
            topics=("graphs", "safety") if number % 2 else ("graphs",),
            arxiv=f"2401.{number:05d}",
            links=(Link("code", "https://example.org/code"),) if number % 8 == 0 else (),
            digests=(Appearance("2024-01-01" if number < 30 else "2024-02-01", number + 1),),
        )
    for number, title in enumerate(HOSTILE, 40):
        yield Paper(
            slug=f"hostile-{number}",
            path=f"2024/01/hostile-{number}.md",
            number=number,
            title=title,
            date=dt.date(2024, 1, 1),
            date_basis="unknown",
            abstract=f"hostile {title}",
            authors=(title,),
        )
    yield Paper(
        slug="bounds",
        path="2024/01/bounds.md",
        number=45,
        title=r"Bounds in $O(n^2)$ of $\alpha$-mixing",
        date=dt.date(2024, 1, 1),
        date_basis="unknown",
        abstract=r"Bounds where $x \leq y_1$, for prices between $5 and $6.",
        doi="10.1145/3292500.(33)A;1",
    )
    yield Paper(
        slug="surfaces",
        path="2024/01/surfaces.md",
        number=46,
        title="Old surfaces",
        date=dt.date(2024, 1, 1),
        date_basis="unknown",
        arxiv="math/0309136",
        doi="10.1145/3292500",
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site of these papers."""
    everything = tuple(papers())
    digests = tuple(
        KeptDigest(
            id=day,
            source=f"{day}.txt",
            format="text",
            name=f"Digest of {day}",
            items=tuple(
                DigestItem(seen.position, paper.slug, paper.title)
                for paper in everything
                for seen in paper.digests
                if seen.digest == day
            ),
            date=PartialDate.parse(day),
            dated_by="file",
        )
        for day in ("2024-02-01", "2024-01-01")
    )
    archive = Archive(everything, digests, TOPICS)
    folder = tmp_path_factory.mktemp("a site")
    files = [*render_catalogue(archive, SiteOptions()), *build_search(archive)]
    files += rendered(build_side(archive, 3000))
    files += [(f"assets/{path}", data) for path, data in static_files(PROJECT / "theme")]
    for path, data in files:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder


@pytest.fixture(params=["server", "disk"])
def address(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """Say where the site is: over HTTP under a path, and on a disk."""
    if request.param == "disk":
        yield f"{folder.as_uri()}/"
        return
    with serving(folder, "/repo/") as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Open a window, and hold it to silence at the end."""
    context = browser.new_context(base_url=address, reduced_motion="reduce")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    yield page
    assert complaints == []
    context.close()


def search(page: Page, address: str, query: str = "") -> Locator:
    """Open the search page with a query string; give the list of results."""
    page.goto(f"{address}search.html{query}")
    return page.locator("#search-results > li")


def status(page: Page) -> Locator:
    return page.locator("#search-status")


def suggested(page: Page) -> Locator:
    return page.locator("[role=option]")


def test_suggestions_are_a_combobox_that_the_keyboard_leads(page: Page, address: str) -> None:
    search(page, address)
    box = page.get_by_role("combobox", name="Search the papers")
    expect(box).to_be_focused()
    box.press_sequentially("lov")
    options = suggested(page)
    expect(options).to_have_count(1)
    expect(options).to_have_text("Ada Lovelace author, 8 papers")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    active = box.get_attribute("aria-activedescendant")
    assert active == options.first.get_attribute("id")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("lov")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(options).to_have_count(1)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ada Lovelace")


def test_titles_and_topics_are_suggested_and_clicked(page: Page, address: str) -> None:
    search(page, address)
    box = page.get_by_role("combobox", name="Search the papers")
    box.press_sequentially("graph")
    expect(suggested(page).first).to_have_text("Graph learning topic, 40 papers")
    expect(suggested(page).filter(has_text="paper")).not_to_have_count(0)
    box.fill("graph study 17 o")
    suggested(page).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Graph study 17 of")


def test_enter_searches_unless_a_suggestion_was_chosen(page: Page, address: str) -> None:
    results = search(page, address)
    page.get_by_role("combobox", name="Search the papers").press_sequentially("lovelace")
    page.keyboard.press("Enter")
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_hidden()
    expect(results).to_have_count(8)


def test_filters_tell_exact_counts_and_stand_in_the_address(page: Page, address: str) -> None:
    results = search(page, address, "?q=graph")
    expect(status(page)).to_contain_text("papers found")
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Topic").select_option("safety")
    expect(status(page)).to_have_text("20 papers found.")
    expect(page.get_by_label("Topic").locator("option:checked")).to_have_text("Safety (20)")
    page.get_by_label("From").fill("2021")
    page.get_by_label("To", exact=True).fill("2022-06")
    page.get_by_label("To", exact=True).press("Tab")
    wanted = [p for p in papers() if "safety" in p.topics and p.published]
    wanted = [p for p in wanted if p.published and "2021" <= str(p.published) <= "2022-06-31"]
    expect(status(page)).to_have_text(f"{len(wanted)} papers found.")
    assert re.search(r"q=graph&topic=safety&from=2021&to=2022-06$", page.url)
    shared = page.context.new_page()
    shared.goto(page.url)
    expect(status(shared)).to_have_text(f"{len(wanted)} papers found.")
    expect(shared.get_by_label("Topic")).to_have_value("safety")
    shared.get_by_role("button", name="Clear filters").click()
    expect(status(shared)).to_have_text("40 papers found.")
    expect(results.first).to_be_visible()


def test_back_leads_to_what_was_asked_before_not_to_half_a_word(page: Page, address: str) -> None:
    search(page, address)
    box = page.get_by_role("combobox", name="Search the papers")
    box.press_sequentially("safety")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"q=safety$"))
    page.get_by_label("Sort by").select_option("date")
    expect(page).to_have_url(re.compile(r"sort=date$"))
    box.fill("")
    box.press_sequentially("turing")
    expect(status(page)).to_contain_text("32 papers found")
    page.go_back()
    expect(page).to_have_url(re.compile(r"q=safety&sort=date$"))
    expect(box).to_have_value("safety")
    page.go_back()
    expect(page).to_have_url(re.compile(r"q=safety$"))
    expect(page.get_by_label("Sort by")).to_have_value("")
    expect(status(page)).to_have_text("20 papers found.")
    page.go_forward()
    expect(page.get_by_label("Sort by")).to_have_value("date")


def test_author_digest_and_code_are_filters(page: Page, address: str) -> None:
    search(page, address, "?q=graph")
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Author", exact=True).press_sequentially("ada l")
    suggested(page).filter(has_text="Ada Lovelace").click()
    expect(status(page)).to_have_text("8 papers found.")
    page.get_by_label("Digest").select_option("2024-02-01")
    expect(status(page)).to_have_text("2 papers found.")
    page.get_by_label("Has code").check()
    expect(status(page)).to_have_text("Nothing found for ‘graph’ with these filters.")
    assert "author=Ada+Lovelace" in page.url


@pytest.mark.parametrize("is_chosen", [False, True])
def test_what_is_entered_before_the_filters_are_loaded_counts(
    page: Page, address: str, *, is_chosen: bool
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/search/code/*/panel.js", hold)
    search(page, address, "?q=graph")
    with page.expect_request("**/panel.js"):
        page.get_by_text("Filters", exact=True).click()
    if is_chosen:
        page.get_by_label("Has code").check()
    author = page.get_by_label("Author", exact=True)
    author.press_sequentially("ada l")
    (request,) = held
    request.continue_()
    suggested(page).filter(has_text="Ada Lovelace").click()
    expect(author).to_have_value("Ada Lovelace")
    expect(status(page)).to_have_text("1 paper found." if is_chosen else "8 papers found.")


def test_a_year_is_one_click_and_keeps_the_focus(page: Page, address: str) -> None:
    search(page, address, "?q=graph")
    page.get_by_text("Filters", exact=True).click()
    page.get_by_role("button", name="2023 8").click()
    expect(status(page)).to_have_text("8 papers found.")
    expect(page.get_by_role("button", name="2023 8")).to_be_focused()


def test_sorted_by_date_the_newest_stand_first(page: Page, address: str) -> None:
    results = search(page, address, "?q=graph")
    page.get_by_label("Sort by").select_option("date")
    expect(page).to_have_url(re.compile(r"sort=date"))
    newest = sorted((str(p.published) for p in papers() if p.published), reverse=True)
    expect(results.first.locator("time")).to_have_attribute("datetime", newest[0])
    dates = results.locator("time").evaluate_all("found => found.map(one => one.dateTime)")
    assert dates == newest[:10]


def test_filters_alone_browse_the_archive(page: Page, address: str) -> None:
    search(page, address, "?topic=safety&sort=date")
    expect(status(page)).to_have_text("20 papers found.")


def test_quotes_ask_for_exactly_these_words(page: Page, address: str) -> None:
    results = search(page, address, '?q="graph neural networks"')
    expect(results).to_have_count(10)
    expect(status(page)).to_have_text("At least 14 papers found.")
    while page.get_by_role("button", name="Show more").is_visible():
        before = results.count()
        click_below_results(page.get_by_role("button", name="Show more"))
        expect(results).not_to_have_count(before)
    expect(results).to_have_count(30)
    expect(status(page)).to_have_text("30 papers found.")
    page.get_by_role("combobox").first.fill('"graph neural network"')
    expect(status(page)).to_contain_text("Nothing found")


def test_what_was_added_is_shown_and_can_be_switched_off(page: Page, address: str) -> None:
    results = search(page, address, "?q=grpah+netw")
    expect(status(page)).to_contain_text("No paper has ‘grpah’: searched for ‘graph’.")
    added = page.locator("#search-added")
    expect(added).to_contain_text("Also searched for ‘networks’ for ‘netw’")
    page.get_by_role("combobox").first.fill("Net-Works")  # as typed, once; and in words, not stems
    expect(added).to_contain_text("Also searched for ‘networks’ for ‘Net-Works’. ")
    page.get_by_role("combobox").first.fill("grpah netw")
    expect(added).to_contain_text("for ‘netw’")
    page.get_by_role("button", name="Search only for what I typed").click()
    expect(status(page)).to_contain_text("Nothing found")
    expect(results).to_have_count(0)
    assert "typed=1" in page.url
    page.get_by_role("button", name="graph netw").click()
    expect(page.get_by_role("combobox").first).to_have_value("graph netw")
    expect(results).to_have_count(10)


def test_results_say_why_they_are_results(page: Page, address: str) -> None:
    results = search(page, address, "?q=lovelace+networks")
    first = results.first
    expect(first.locator(".why")).to_have_text("found in title, abstract, author")
    expect(first.locator(".by mark")).to_have_text("Lovelace")
    expect(first.locator("h2 mark")).to_have_text("networks")


def test_a_topic_or_author_has_its_feed_offered(page: Page, address: str, folder: Path) -> None:
    for query, path in (
        ("?q=Safety", "feeds/topics/safety.atom.xml"),
        ("?q=study&topic=safety", "feeds/topics/safety.atom.xml"),
        ("?q=ada+lovelace", "feeds/authors/ada-lovelace.atom.xml"),
    ):
        search(page, address, query)
        link = page.locator("#search-after a")
        expect(link).to_have_attribute("href", f"{address}{path}")
        assert (folder / path).is_file()
    search(page, address, "?q=networks")
    expect(page.get_by_role("button", name="Cite or save")).to_be_visible()
    expect(page.locator("#search-after a")).to_have_count(0)


def test_results_are_saved_in_formats_that_others_read(page: Page, address: str) -> None:
    search(page, address, "?q=hostile")
    expect(status(page)).to_have_text("5 papers found.")
    click_below_results(page.get_by_role("button", name="Cite or save 5 papers"))
    saved = {}
    for name in ("BibTeX", "RIS", "CSL-JSON", "APA", "MLA", "Chicago", "CSV"):
        page.locator("dialog select").select_option(name)
        with page.expect_download() as download:
            page.get_by_role("button", name="Download").click()
        saved[name] = download.value.path().read_bytes().decode()
    library = bibtexparser.entrypoint.parse_string(
        saved["BibTeX"], append_middleware=[LatexDecodingMiddleware()]
    )
    assert not library.failed_blocks
    keys = {f"hostile-{number}" for number in range(40, 45)}
    assert {entry.key for entry in library.entries} == keys
    lines = saved["RIS"].split("\r\n")
    assert all(re.fullmatch(r"[A-Z]{2}  - .*", line) for line in lines if line)
    titles = {line[6:] for line in lines if line.startswith("TI  - ")}
    assert titles == {" ".join(title.split()) for title in HOSTILE}
    assert lines.count("TY  - GEN") == lines.count("ER  - ") == len(HOSTILE)
    items = json.loads(saved["CSL-JSON"])
    assert {item["id"] for item in items} == keys
    assert {item["title"] for item in items} == titles
    for manner in ("APA", "MLA", "Chicago"):
        said = saved[manner].splitlines()
        assert len(said) == len(HOSTILE)
        assert all(any(title in line for line in said) for title in titles)
    rows = list(csv.DictReader(saved["CSV"].splitlines()))
    assert {row["title"].removeprefix("'") for row in rows} == set(HOSTILE)
    assert not any(value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values())


def test_formulas_are_shown_as_text_and_found_by_their_source(page: Page, address: str) -> None:
    results = search(page, address, "?q=alpha+mixing+bounds")
    expect(results).to_have_count(1)
    expect(results.locator("h2")).to_have_text("Bounds in O(n²) of α-mixing")
    expect(results.locator(".excerpt")).to_have_text(
        "Bounds where x ≤ y₁, for prices between $5 and $6."
    )
    page.get_by_role("combobox").first.fill("bounds in o")
    expect(suggested(page).first).to_have_text("Bounds in O(n²) of α-mixing paper")


IDENTIFIERS = (
    ("2401.00007", [7]),
    ("2401.00007v3", [7]),
    ("arXiv:2401.00007v3", [7]),
    ("arxiv:2401.00007", [7]),
    ("arXiv: 2401.00007", [7]),
    ("https://arxiv.org/abs/2401.00007", [7]),
    ("https://arxiv.org/pdf/2401.00007v2.pdf#page=3", [7]),
    ("arxiv.org/abs/2401.00007?context=cs", [7]),
    ("https://huggingface.co/papers/2401.00007", [7]),
    ("https://doi.org/10.48550/arXiv.2401.00007", [7]),
    ("(arXiv:2401.00007).", [7]),
    ("2401.00007, 2401.00003", [7, 3]),
    ("arXiv:2401.00007;10.1145/3292500", [7, 46]),
    ("math/0309136", [46]),
    ("arXiv:math.GT/0309136v1", [46]),
    ("https://arxiv.org/abs/math/0309136", [46]),
    ("10.1145/3292500.(33)A;1", [45]),
    ("doi:10.1145/3292500.(33)a;1", [45]),
    ("DOI 10.1145/3292500.(33)a;1", [45]),
    ("https://doi.org/10.1145/3292500.(33)a%3B1", [45]),
    ("https://dl.acm.org/doi/abs/10.1145/3292500.(33)a%3B1?casa_token=x%20y", [45]),
    ("https://doi.org/10.1145/3292500", [46]),
    ("10.1145/3292500/full", [46]),
)


def test_an_identifier_finds_its_paper_alone(page: Page, address: str) -> None:
    results = search(page, address)
    by_number = {paper.number: paper for paper in papers()}
    for typed, numbers in IDENTIFIERS:
        page.get_by_role("combobox", name="Search the papers").fill(typed)
        expect(page).to_have_url(re.compile("q="))
        paths = [f"{address}papers/{by_number[number].slug}.html" for number in numbers]
        expect(results, typed).to_have_count(len(numbers))
        for shown, path in zip(results.all(), paths, strict=True):
            expect(shown.locator("h2 a"), typed).to_have_attribute("href", path)
        expect(status(page), typed).to_have_text(
            "1 paper found." if len(numbers) == 1 else f"{len(numbers)} papers found."
        )
        page.get_by_role("combobox", name="Search the papers").fill("")
        expect(results).to_have_count(0)


def test_of_a_reference_the_paper_that_it_names_comes_first(page: Page, address: str) -> None:
    results = search(page, address)
    page.get_by_role("combobox", name="Search the papers").fill(
        "Lovelace et al. Old surfaces. arXiv:2401.00007 [cs.LG], 2024"
    )
    expect(results.first).to_contain_text("Graph study 7 of")
    expect(results.nth(1)).to_contain_text("Old surfaces")


def test_an_identifier_that_no_paper_has_is_searched_for_as_words(page: Page, address: str) -> None:
    results = search(page, address)
    for typed in ("2401.99999", "arXiv:9901.00001", "10.1145/3292500.33"):
        page.get_by_role("combobox", name="Search the papers").fill(typed)
        expect(status(page)).to_contain_text(f"Nothing found for ‘{typed}’.")
        expect(results).to_have_count(0)


def test_without_the_list_of_identifiers_the_search_says_so_and_goes_on(
    browser: Browser, folder: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "site"
    shutil.copytree(folder, copy)
    (copy / "data/ids.js").unlink()
    for served in (True, False):
        page = browser.new_page()
        with serving(copy) as server:
            search(page, server if served else f"{copy.as_uri()}/", "?q=2401.00007+surfaces")
            expect(status(page)).to_contain_text("arXiv ids and DOIs could not be looked up.")
            expect(page.locator("#search-results")).to_contain_text("Old surfaces")
        page.close()


HOSTILE_QUERIES = (
    "10.1145/" + "(" * 900,
    "2401.00007" + "?" * 900,
    "2401.0000" + "7" * 900,
    "10.1145/%ZZ" + "|" * 400 + " -|- ^$",
    "math" * 200 + "/0309136",
    "<script>document.title=1</script>",
    "<img src=x onerror=document.title=1>",
    "javascript:document.title=1",
    "\u202egraph\u202c",
    "(a+)+$" * 150,
    "graph " * 2000,
    "\ud800 graph \udfff",
    "*a" * 300,
    '"' + "graph neural " * 60 + '"',
    '"' * 500,
    "深" * 500,
    "a~99",
)


def test_hostile_queries_are_text(page: Page, address: str) -> None:
    """Each is typed into a page that was just opened, in one window: a new one takes far longer."""
    for query in HOSTILE_QUERIES:
        search(page, address)
        expect(status(page)).to_be_empty()
        title = page.title()
        page.get_by_role("combobox").first.evaluate(
            "(box, text) => { box.value = JSON.parse(text);"
            " box.dispatchEvent(new Event('input')); }",
            json.dumps(query),
        )
        expect(status(page)).not_to_be_empty()
        assert page.title() == title, query
        assert page.locator("main img, main script").count() == 0, query


def test_what_is_quoted_of_a_long_query_ends_with_a_whole_character(
    page: Page, address: str
) -> None:
    search(page, address, f"?q=a{'😀' * 80}")
    expect(status(page)).to_contain_text("😀…’")


def test_hostile_addresses_are_read_as_far_as_they_go(page: Page, address: str) -> None:
    for query in (
        "?q=%E0%A4%A",
        f"?q={'x' * 20_000}",
        "?q=graph&from=%00&to=99999&topic=%3Cb%3E&author=%FF&sort=x",
    ):
        search(page, address, query)
        expect(status(page)).not_to_be_empty()


def test_hostile_titles_are_shown_as_text(page: Page, address: str) -> None:
    results = search(page, address, "?q=hostile")
    expect(results).to_have_count(5)
    shown = results.locator("h2").all_inner_texts()
    assert {" ".join(text.split()) for text in shown} == {" ".join(t.split()) for t in HOSTILE}
    assert page.locator("main img, main script").count() == 0
    page.get_by_role("combobox").first.fill("<img")
    expect(suggested(page).first).to_contain_text("<img src=x")
    assert page.locator("main img").count() == 0
    for link in results.locator("a").all():
        assert (link.get_attribute("href") or "").startswith(address)


@pytest.mark.parametrize("address", ["server"], indirect=True)
def test_filters_and_suggestions_hinder_nobody(page: Page, address: str) -> None:
    """Over HTTP alone: axe-core asks for style sheets, which a page from a disk may not."""
    for scheme, width in (*LOOKS, ("dark", 360)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        search(page, address, "?q=graph+netw&topic=safety")
        expect(page.get_by_role("button", name="Cite or save")).to_be_visible()
        box = page.get_by_role("combobox", name="Search the papers")
        box.fill("graph")
        expect(suggested(page).first).to_be_visible()
        box.press("ArrowDown")
        page.evaluate(AXE.read_text("utf-8"))
        result = page.evaluate(RUN, COLOURS if scheme == "dark" else RULES)
        found = [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in result["violations"]]
        assert found == [], (scheme, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width

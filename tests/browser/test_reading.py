"""A reader opens the site over HTTP, under a path, and from a disk: everything just works."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from ..sites import Site
from .conftest import Reader, Visit


def rare_word(site: Site) -> tuple[str, str]:
    """Give a word of one paper's title that no other paper has, and the title."""
    texts = [f"{paper['title']} {paper['abstract']}".lower() for paper in site.dump]
    for paper in site.dump:
        for word in re.findall(r"\b[a-z]{6,}\b", paper["title"]):
            if sum(word[:5] in text for text in texts) == 1:
                return word, paper["title"]
    raise AssertionError("every word of every title is in another paper too")


def test_a_search_finds_the_paper_and_its_links_lead_on(
    anywhere: Reader, sample_site: Site
) -> None:
    word, title = rare_word(sample_site)
    visit = anywhere.visit()
    page = visit.open()
    page.keyboard.press("/")
    box = page.get_by_role("searchbox")
    expect(box).to_be_focused()
    page.keyboard.type(word)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/search.html?q={word}")
    results = page.locator("#search-results > li")
    expect(results).to_have_count(1)
    expect(results.locator("mark").first).to_have_text(re.compile(word, re.IGNORECASE))
    results.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Topics").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.go_back()
    page.go_back()
    expect(results).to_have_count(1)
    assert visit.complaints == []


def test_results_come_while_typing_and_the_address_can_be_shared(
    anywhere: Reader, sample_site: Site
) -> None:
    word, title = rare_word(sample_site)
    visit = anywhere.visit()
    page = visit.open("search.html")
    page.get_by_role("combobox", name="Search the papers").press_sequentially(word)
    results = page.locator("#search-results > li")
    expect(results).to_have_count(1)
    page.get_by_role("combobox", name="Search the papers").press("Enter")
    page.wait_for_url(f"**?q={word}")
    shared = visit.open(page.url.removeprefix(visit.address))
    expect(shared.get_by_role("link", name=title)).to_be_visible()
    page.get_by_role("combobox", name="Search the papers").fill("zzzqqqxxx")
    expect(page.locator("#search-status")).to_contain_text(re.compile("nothing", re.IGNORECASE))
    expect(results).to_have_count(0)
    assert visit.complaints == []


def test_every_kind_of_page_opens_without_a_word(anywhere: Reader, sample_site: Site) -> None:
    visit = anywhere.visit()
    paths = [path for path in one_of_each_kind(sample_site) if path != "404.html"]
    for path, page in visit.read(paths):
        assert page.url.startswith(visit.address), path
    assert visit.complaints == []


def one_of_each_kind(site: Site) -> list[str]:
    """Give the path of one page of every kind that the site has."""
    kinds: dict[str, str] = {}
    for path, page in site.pages.items():
        kind = (page.tree.xpath("string(//main/@class)") or "redirect").split()[0]
        kinds.setdefault(kind, path)
    return sorted(kinds.values())


def test_without_scripts_every_paper_is_still_reached(anywhere: Reader) -> None:
    page = anywhere.visit(script=False).open("search.html")
    # By selectors: Playwright's own words for text and roles pass over what noscript holds.
    expect(page.locator("noscript p")).to_contain_text("Searching needs JavaScript")
    page.locator("noscript a", has_text="topics").click()
    page.locator("main a[href]:not([href^='#'])").first.click()
    title = page.locator(".cards a[href*='papers/']").first
    name = title.inner_text()
    title.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_a_missing_page_under_a_path_is_a_styled_404_whose_links_work(reader: Reader) -> None:
    page = reader.visit().context.new_page()
    answer = page.goto(f"{reader.address}no/such/page")
    assert answer is not None
    assert answer.status == 404
    assert page.evaluate("getComputedStyle(document.body).fontFamily") != ""
    assert page.evaluate("[...document.styleSheets].every(sheet => sheet.cssRules.length > 10)")
    page.get_by_role("link").filter(has_text="Digests").first.click()
    assert page.url.endswith("/repo/digests/index.html")


def test_an_address_of_an_author_without_a_page_leads_to_their_papers(
    visit: Visit, sample_site: Site
) -> None:
    papers = [(name, paper) for paper in sample_site.dump for name in paper["authors"] or []]
    names = [name for name, _ in papers]
    one = next(((n, p) for n, p in papers if names.count(n) == 1 and re.fullmatch("[A-Za-z ]+", n)))
    page = visit.context.new_page()
    page.goto(f"{visit.address}authors/{one[0].lower().replace(' ', '-')}.bib")
    expect(page.locator("#search-results > li")).to_have_count(1)
    expect(page.locator("#search-results h2")).to_have_text(one[1]["title"])


@pytest.mark.parametrize(
    ("lost", "found"),
    [
        ("venues/a-lost-venue--2023.html", "search.html?q=a+lost+venue"),
        ("venues/neurips--1999.html", "venues/neurips.html"),
        ("topics/lost-in-sight--in-2025.html", "search.html?q=lost+in+sight"),
        ("topics/safety--in-1999.html", "topics/safety.html"),
        ("topics/safety-page-77.html", "topics/safety.html"),
        ("topics/lost-sight--and--in-words.html", "search.html?q=lost+sight+in+words"),
        ("authors/letter-q-page-2.html", "authors/index.html"),
        ("days/2023-05-32.html", "dates/2023-05.html"),
        ("days/2025-13-01.html", "dates/2025.html"),
        ("weeks/2025-w99.html", "dates/2025.html"),
        ("dates/2025-13.bib", "dates/2025.html"),
        ("days/1799-01-02-page-2.html", "dates/index.html"),
        ("digests/2025-13-01.html", "dates/2025.html"),
        ("digests/of-nobody.html", "digests/index.html"),
        ("papers/lost-in-a-long-sigh.html", "search.html?q=lost+in+a+long+sigh"),
        ("topics/safety.html).", "topics/safety.html"),
        ("topics/safety.html.", "topics/safety.html"),
        ("topics/safety/", "topics/safety.html"),
        ("topics/safety.html%20and%20more", "topics/safety.html"),
        ("topics/safety--in-1999,", "topics/safety.html"),
        ("dates/unknown.html", "dates/index.html"),
    ],
)
def test_a_list_that_is_no_more_leads_to_what_is_nearest(
    visit: Visit, lost: str, found: str
) -> None:
    page = visit.context.new_page()
    page.goto(f"{visit.address}{lost}")
    page.wait_for_url(f"{visit.address}{found}")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Not found")
    page.go_back()
    assert page.url == "about:blank"  # no step of the way stands between


@pytest.mark.parametrize(
    "lost", ["//other.example/x=a-b", "http:other.example/x=a-b", "javascript:document.title=a-b"]
)
def test_no_lost_address_leads_away(visit: Visit, lost: str) -> None:
    page = visit.open(lost)
    expect(page.get_by_role("heading", level=1)).to_have_text("Not found")
    assert page.url == f"{visit.address}{lost}"
    assert [said for said in visit.complaints if "404" not in said] == []


def test_the_query_language_of_lunr_is_understood(reader: Reader, five_digests_site: Site) -> None:
    visit = reader.visit()
    page = visit.open("search.html")
    results = page.locator("#search-results > li")
    for query, wanted in [
        ("title:alignment +faking", "Alignment faking in large language models"),
        ("align*ment fakin~1", "Alignment faking in large language models"),
        ("faking^10 -zebra", "Alignment faking in large language models"),
    ]:
        page.get_by_role("combobox", name="Search the papers").fill(query)
        expect(results.first).to_contain_text(wanted)
    assert visit.complaints == []


@pytest.mark.parametrize("width", [360, 2560])
def test_no_page_is_wider_than_its_window_or_moves_while_it_loads(
    reader: Reader, five_digests_site: Site, width: int
) -> None:
    visit = reader.visit(width=width)
    visit.context.add_init_script(
        "globalThis.shifts = 0; new PerformanceObserver(list => { for (const entry of "
        "list.getEntries()) globalThis.shifts += entry.value; })"
        ".observe({ type: 'layout-shift', buffered: true });"
    )
    for path, page in visit.read(one_of_each_kind(five_digests_site)):
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.evaluate("globalThis.shifts") < 0.001, path


def test_the_search_box_of_a_phone_has_room_for_words(visit: Visit) -> None:
    page = visit.open("about.html")
    page.set_viewport_size({"width": 360, "height": 740})
    box = page.get_by_role("searchbox", name="Search the papers").bounding_box()
    assert box is not None
    assert box["width"] > 360 / 2


def test_text_twice_as_large_is_not_wider_than_a_phone(reader: Reader) -> None:
    visit = reader.visit(width=320)
    for path, page in visit.read(["about.html", "search.html?q=langauge+modles"]):
        if path.startswith("search"):
            page.locator("#search-added button").wait_for()
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_what_only_scripts_can_do_is_not_offered_without_them(anywhere: Reader) -> None:
    visit = anywhere.visit(script=False)
    for path in ("search.html", "reading-list.html", "index.html"):
        page = visit.open(path)
        offered = page.locator(
            "input, button, select, textarea, main.search summary, main .scripted h2"
        )
        assert not any(one.is_visible() for one in offered.all()), path


OVERLAPPING = """() => {
  const boxes = [...document.querySelectorAll("body > header :is(a, input, button)")]
    .map((item) => [item.textContent || item.tagName, item.getBoundingClientRect()]);
  return boxes.flatMap(([name, a], place) => boxes.slice(place + 1)
    .filter(([, b]) => a.left < b.right - 1 && b.left < a.right - 1
      && a.top < b.bottom - 1 && b.top < a.bottom - 1)
    .map(([other]) => `${name} and ${other}`));
}"""


@pytest.mark.parametrize("path", ["index.html", "about.html", "search.html"])
def test_nothing_in_the_masthead_lies_over_anything_else(reader: Reader, path: str) -> None:
    """Whatever the width of window and letters (fonts are the reader's), and with more pages."""
    page = reader.visit().open(path)
    found = {}
    for more in ("", "<li><a href=about.html>A page of the keeper’s</a>"):
        page.locator("body > header ul").evaluate(
            "(list, more) => list.insertAdjacentHTML('beforeend', more)", more
        )
        for width in range(320, 1500, 60):
            page.set_viewport_size({"width": width, "height": 800})
            if overlapping := page.evaluate(OVERLAPPING):
                found[width, bool(more)] = overlapping
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert found == {}


def test_a_masthead_has_room_for_a_name_of_some_words(visit: Visit) -> None:
    page = visit.open("about.html")
    page.locator(".brand").evaluate("brand => { brand.textContent = 'Ada’s reading list'; }")
    box = page.get_by_role("searchbox", name="Search the papers").bounding_box()
    assert box is not None
    assert box["width"] > 100
    for selector in (".brand", "body > header li a"):
        lines = page.locator(selector).evaluate_all(
            "items => new Set(items.flatMap(item => [...item.getClientRects()]"
            ".map(({ top }) => Math.round(top)))).size"
        )
        assert lines == 1, selector
    page.set_viewport_size({"width": 360, "height": 740})
    brand = page.locator(".brand").bounding_box()
    assert brand is not None
    assert brand["height"] < 50

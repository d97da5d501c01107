"""The reading list in a reader's own browser: kept, shared, taken out, brought in, never lost."""

from __future__ import annotations

import json
import re
import string
from contextlib import ExitStack
from pathlib import Path

import pytest
import rispy
from daybook.records import Archive, PartialDate
from playwright.sync_api import Browser, Page, Route, expect

from ..catalogue.small_archive import paper, render
from ..serving import serving
from ..sites import Site
from .conftest import Reader, Visit
from .waiting import wait_until

STORED = "Object.keys(localStorage).filter(key => / [a-z0-9-]+$/.test(key))"


def papers(site: Site, number: int) -> list[dict[str, object]]:
    """Give some papers that have authors, an arXiv id and a title of letters."""
    found = [paper for paper in site.dump if paper["authors"] and paper["arxiv"]]
    return found[:number]


def star(visit: Visit, paper: dict[str, object]) -> Page:
    page = visit.open(str(paper["url"]))
    page.get_by_role("button", name="Star: ").first.click()
    expect(page.locator(".said")).to_contain_text("On your reading list.")
    return page


def titles(page: Page) -> list[str]:
    return page.locator("#reading-list > li h3").all_inner_texts()


def test_a_starred_paper_is_kept_noted_and_taken_off_again(
    anywhere: Reader, sample_site: Site
) -> None:
    (paper,) = papers(sample_site, 1)
    visit = anywhere.visit()
    page = star(visit, paper)
    page.goto(f"{visit.address}reading-list.html")
    expect(page.locator("#list-status")).to_have_text("1 paper.")
    assert titles(page) == [paper["title"]]
    page.get_by_label("Read", exact=True).check()
    page.get_by_label("Tags").fill("to cite, method ,to cite")
    page.get_by_label("Note").fill("A <b>note</b> & more")
    page.get_by_label("Note").blur()
    page.reload()
    expect(page.get_by_label("Tags")).to_have_value("to cite, method")
    expect(page.get_by_label("Note")).to_have_value("A <b>note</b> & more")
    expect(page.get_by_label("Read", exact=True)).to_be_checked()
    button = page.get_by_role("button", name="Star: ")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    page.get_by_role("button", name="Put it back").click()
    expect(button).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(page.get_by_label("Note")).to_have_value("A <b>note</b> & more")
    assert visit.complaints == []


def test_notes_can_be_written_as_soon_as_a_paper_is_starred(
    visit: Visit, sample_site: Site
) -> None:
    (paper,) = papers(sample_site, 1)
    other = visit.open(str(paper["url"]))
    page = star(visit, paper)
    for window in (page, other):
        group = window.get_by_role("group", name=f"Yours: {paper['title']}")
        expect(group.get_by_label("Note")).to_be_visible()
        assert window.locator(".mine").count() == 1
    page.get_by_label("Note").fill("at once")
    page.get_by_label("Note").blur()
    expect(other.get_by_label("Note")).to_have_value("at once")
    assert visit.complaints == []


def test_nobody_has_to_be_quick_to_put_a_paper_back(visit: Visit, sample_site: Site) -> None:
    (paper,) = papers(sample_site, 1)
    visit.context.clock.install()
    page = star(visit, paper)
    visit.context.clock.fast_forward("00:30")
    expect(page.locator(".said")).to_be_empty()
    page.get_by_label("Note").fill("thoughts")
    page.get_by_label("Note").blur()
    page.get_by_role("button", name="Star: ").first.click()
    visit.context.clock.fast_forward("08:00:00")
    page.get_by_role("button", name="Put it back").click()
    page.reload()
    expect(page.get_by_label("Note")).to_have_value("thoughts")


def test_every_card_has_a_star_and_a_list_says_what_is_starred(
    visit: Visit, sample_site: Site
) -> None:
    page = visit.open(f"digests/{sample_site.digests[0]['id']}.html")
    cards = page.locator(".cards > li")
    assert page.locator(".cards > li > .star").count() == cards.count() > 1
    box = cards.first.locator(".star").bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 24
    cards.nth(1).locator(".star").click()
    title = cards.nth(1).locator("a").first.inner_text()
    page.get_by_role("button", name="Show it").click()
    expect(page.locator("#reading-list > li")).to_have_count(1)
    assert titles(page) == [title]
    assert visit.complaints == []


def test_tabs_tell_each_other_and_write_over_nothing(visit: Visit, sample_site: Site) -> None:
    one, two = papers(sample_site, 2)
    first = visit.open(str(one["url"]))
    again = visit.open(str(one["url"]))
    shown = visit.open("reading-list.html")
    expect(shown.locator("#list-status")).to_contain_text("Nothing is starred yet")
    first.locator(".star").first.click()
    expect(again.locator(".star").first).to_have_attribute("aria-pressed", "true")
    expect(shown.locator("#list-status")).to_have_text("1 paper.")
    star(visit, two)
    expect(shown.locator("#list-status")).to_have_text("2 papers.")


def test_what_is_typed_in_one_window_stays_while_another_saves(
    visit: Visit, sample_site: Site
) -> None:
    (paper,) = papers(sample_site, 1)
    star(visit, paper)
    first, second = visit.open("reading-list.html"), visit.open(str(paper["url"]))
    first.get_by_label("Note").fill("mine")  # typed, and not saved yet
    second.get_by_label("Note").fill("theirs")
    second.get_by_label("Tags").fill("a, b")
    second.get_by_label("Read", exact=True).check()
    expect(first.get_by_label("Read", exact=True)).to_be_checked()
    expect(first.get_by_label("Tags")).to_have_value("a, b")
    expect(first.get_by_label("Note")).to_have_value("mine")
    first.get_by_label("Note").blur()
    for page in (first, second):
        expect(page.get_by_label("Note")).to_have_value("theirs\nmine")
    first.get_by_label("Tags").fill("b, c")
    second.get_by_label("Tags").fill("a, b, d")
    second.get_by_label("Read", exact=True).uncheck()
    expect(first.get_by_label("Read", exact=True)).not_to_be_checked()
    first.get_by_label("Tags").blur()
    for page in (first, second):
        expect(page.get_by_label("Tags")).to_have_value("b, c, d")


def test_what_is_written_of_a_paper_that_another_window_took_off_is_kept(
    visit: Visit, sample_site: Site
) -> None:
    (paper,) = papers(sample_site, 1)
    star(visit, paper)
    first, second = visit.open("reading-list.html"), visit.open(str(paper["url"]))
    first.get_by_label("Note").press_sequentially("long thoughts")
    second.get_by_role("button", name="Star: ").first.click()
    expect(second.locator(".said")).to_contain_text("Taken off your reading list.")
    first.get_by_label("Note").blur()
    expect(first.locator(".said")).to_contain_text("again, with what you wrote")
    first.reload()
    expect(first.get_by_label("Note")).to_have_value("long thoughts")
    second.get_by_role("button", name="Star: ").first.click()
    expect(first.locator("#list-status")).to_contain_text("Nothing is starred yet")
    second.get_by_label("Read", exact=True).check()
    expect(second.locator(".said")).to_contain_text("It is no longer on your reading list.")
    assert second.evaluate(STORED) == []
    second.get_by_label("Note").fill("more")
    second.get_by_label("Note").blur()
    second.get_by_role("button", name="Take it off").click()
    assert second.evaluate(STORED) == []
    assert visit.complaints == []


def test_what_is_typed_is_kept_when_its_window_is_left(visit: Visit, sample_site: Site) -> None:
    (paper,) = papers(sample_site, 1)
    star(visit, paper)
    page = visit.open("reading-list.html")
    page.get_by_label("Note").press_sequentially("half a th")
    page.reload()
    expect(page.get_by_label("Note")).to_have_value("half a th")


def test_words_typed_in_one_window_stay_while_another_saves(visit: Visit) -> None:
    first, second = visit.open("reading-list.html"), visit.open("reading-list.html")
    first.get_by_label("Words").fill("attention")
    second.get_by_label("Words").fill("diffusion")
    second.get_by_label("Authors").fill("Ada")
    second.get_by_label("Authors").blur()
    expect(first.get_by_label("Authors")).to_have_value("Ada")
    expect(first.get_by_label("Words")).to_have_value("attention")
    first.get_by_label("Words").blur()
    for page in (first, second):
        expect(page.get_by_label("Words")).to_have_value("attention\ndiffusion")


def test_the_list_leaves_in_every_form_and_comes_back_from_it(
    visit: Visit, sample_site: Site, tmp_path: Path
) -> None:
    some = sorted(papers(sample_site, 3), key=lambda paper: str(paper["id"]), reverse=True)
    page = visit.open("reading-list.html")
    page.goto(f"{visit.address}reading-list.html#papers={','.join(str(p['id']) for p in some)}")
    expect(page.locator("#shared-papers .star")).to_have_count(3)
    page.get_by_role("button", name="Add these").click()
    expect(page.locator("#list-status")).to_have_text("3 papers.")
    assert titles(page) == [paper["title"] for paper in some], "in the order of the link"
    note = (
        "mine: {a} # 100% $x_1$ \\o *b*\n@article{c, doi={10.1/x}}\n\n\n"
        "  - [ ] [d](e) “q” – é\nER  - \nend"
    )
    tags = "C++ & #1, naïve; x_y, #z"
    page.get_by_label("Tags").first.fill(tags)
    page.get_by_label("Note").first.fill(note)
    page.get_by_label("Note").first.blur()
    page.get_by_role("button", name="Cite or export").click()
    files = {}
    forms = ("BibTeX", "BibTeX in ASCII", "RIS", "CSL-JSON", "Markdown", "JSON with notes")
    for form in forms:
        page.locator("dialog select").select_option(form)
        with page.expect_download() as download:
            page.get_by_role("button", name="Download").click()
        files[form] = tmp_path / f"{form}.{download.value.suggested_filename.split('.')[-1]}"
        download.value.save_as(files[form])
    page.keyboard.press("Escape")
    records = rispy.loads(files["RIS"].read_text("utf-8"))
    assert {record["title"] for record in records} == {paper["title"] for paper in some}
    assert all(str(p["arxiv"]) in files["BibTeX"].read_text("utf-8") for p in some)
    markdown = files["Markdown"].read_text("utf-8")
    assert markdown.count("- [ ] [") == 3
    assert "\n  mine" in markdown
    for form in forms:
        page.evaluate("localStorage.clear()")
        page.reload()
        page.locator("#list-in").set_input_files(files[form])
        expect(page.locator(".said")).to_contain_text("3 papers read: 3 added")
        assert titles(page) == [paper["title"] for paper in some], form
        expect(page.get_by_label("Note").first, form).to_have_value(note)
        expect(page.get_by_label("Tags").first, form).to_have_value(tags)
        expect(page.get_by_label("Note").last).to_have_value("")
    assert visit.complaints == []


def test_files_of_others_are_matched_and_what_is_not_found_is_said(
    visit: Visit, sample_site: Site
) -> None:
    by_id, by_title, *_ = papers(sample_site, 2)
    text = (
        f"@article{{x, title = {{Another title}}, journal = {{arXiv:{by_id['arxiv']}}}}}\n"
        f"@misc{{y, title = {{{str(by_title['title']).upper()}}}}}\n"
        "@misc{z, title = {Nobody wrote <b>this</b>}}\n"
    )
    page = visit.open("reading-list.html")
    payload = {"name": "l.bib", "mimeType": "text/plain", "buffer": text.encode()}
    page.locator("#list-in").set_input_files(payload)  # type: ignore[arg-type]
    expect(page.locator(".said")).to_contain_text("3 papers read: 2 added")
    assert set(titles(page)) == {by_id["title"], by_title["title"]}
    expect(page.locator("#list-missing li")).to_have_text("Nobody wrote <b>this</b>")
    junk = {"name": "junk.bib", "mimeType": "text/plain", "buffer": b"\0\xff not a list"}
    page.locator("#list-in").set_input_files(junk)  # type: ignore[arg-type]
    expect(page.locator(".said")).to_contain_text("No paper can be read from")
    assert len(titles(page)) == 2
    assert visit.complaints == []


def test_one_odd_item_costs_no_other_and_a_file_adds_its_notes_once(
    visit: Visit, sample_site: Site
) -> None:
    (paper,) = papers(sample_site, 1)
    known = {"id": paper["id"], "title": paper["title"], "note": "theirs", "tags": ["b"]}
    odd = [
        {"title": "x" * 1500},
        {"title": "\ud800\u202e" * 600 + "<script>"},
        {"title": "__proto__"},
    ]
    data = json.dumps({"papers": [*odd, known]}).encode()
    page = star(visit, paper)
    page.goto(f"{visit.address}reading-list.html")
    page.get_by_label("Note").fill("mine")
    page.get_by_label("Note").blur()
    for _ in range(2):
        file = {"name": "l.json", "mimeType": "text/plain", "buffer": data}
        page.locator("#list-in").set_input_files(file)  # type: ignore[arg-type]
        expect(page.locator(".said")).to_contain_text("0 added, 1 on the list before, 3 not found")
        expect(page.get_by_label("Note")).to_have_value("mine\ntheirs")
        expect(page.get_by_label("Tags")).to_have_value("b")
        page.reload()
    assert visit.complaints == []


def test_a_link_followed_while_another_is_looked_up_shows_its_own_list(
    visit: Visit, sample_site: Site
) -> None:
    one, two, three = papers(sample_site, 3)
    star(visit, two)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page = visit.open("reading-list.html")
    visit.context.route("**/importing.js", hold)
    follow = "([a, b]) => { location.hash = `papers=${a},${b}`; }"
    page.evaluate(follow, [one["id"], two["id"]])
    shown = page.locator("#shared-papers h3")
    expect(shown.nth(1)).to_have_text(str(two["title"]))
    page.evaluate(follow, [two["id"], three["id"]])
    expect(shown.nth(0)).to_have_text(str(two["title"]))
    for route in held:
        route.continue_()
    expect(page.locator("#shared-papers .star")).to_have_count(2)
    expect(shown).to_have_text([str(two["title"]), str(three["title"])])
    assert visit.complaints == []


def test_a_shared_list_is_shown_from_anywhere_and_touches_nothing(
    anywhere: Reader, sample_site: Site
) -> None:
    one, two = papers(sample_site, 2)
    visit = anywhere.visit()
    page = visit.open(f"reading-list.html#papers={one['id']},{two['id']},no-such-paper-zqx,%3Cb%3E")
    shown = page.locator("#shared-papers > li")
    expect(page.locator("#shared-papers .star")).to_have_count(3)
    expect(shown.nth(0).get_by_role("link")).to_have_text(str(one["title"]))
    expect(shown.nth(2)).to_contain_text("Not found in this archive")
    assert page.evaluate(STORED) == []
    page.get_by_role("button", name="Add these").click()
    expect(page.locator("#list-status")).to_have_text("2 papers.")
    assert [said for said in visit.complaints if "404" not in said] == []
    assert len(visit.complaints) == visit.address.startswith("http"), "one address was asked for"


@pytest.mark.parametrize("place", ["site", "disk"])
def test_a_shared_paper_is_found_by_its_address_where_the_search_knows_it_not(
    browser: Browser, sample_site: Site, tmp_path: Path, place: str
) -> None:
    """A slug may stand for other letters, or for a paper that is another's by now."""
    known = paper(
        0,
        slug="shen-du-xue-xi",
        title="深度学习 of $O(n^2)$",
        authors=("张三", "Ada Byron"),
        published=PartialDate(2024, 6),
        doi="10.1000/abc",
    )
    archive = Archive((known,), (), (), redirects=(("was", "was-then"), ("was-then", known.slug)))
    output = sample_site.linked(tmp_path / "site", "papers")
    for path, content in render(archive).items():
        if path.startswith("papers/"):
            (output / path).write_bytes(content)
    with ExitStack() as stack:
        address = f"{output.as_uri()}/"
        if place == "site":
            address = stack.enter_context(serving(output, "/repo/"))
        visit = Reader(browser, address, stack).visit()
        page = visit.open(f"reading-list.html#papers={known.slug},was")
        shown = page.locator("#shared-papers > li")
        expect(page.locator("#shared-papers .star")).to_have_count(2)
        if place == "disk":
            expect(page.get_by_text("Not found in this archive")).to_have_count(2)
            return
        for item in (shown.nth(0), shown.nth(1)):
            expect(item.get_by_role("link")).to_have_text("深度学习 of O(n²)")
            expect(item.locator(".by")).to_have_text("张三, Ada Byron")
            expect(item.locator("time")).to_have_text("June 2024")
        assert page.evaluate(STORED) == []
        page.get_by_role("button", name="Add these").click()
        expect(page.locator(".said")).to_have_text("1 paper added.")
        expect(page.locator("#reading-list > li")).to_have_count(1)
        page.locator("#reading-list a").click()
        expect(page.locator("main.paper .mine")).to_be_visible()
        page.goto(f"{address}reading-list.html")
        page.evaluate(
            "item => localStorage.setItem('daybook /repo/ was-then', item)",
            json.dumps({"title": "Before", "note": "mine"}),
        )
        page.reload()
        page.get_by_role("button", name="Cite or export").click()
        text = page.get_by_role("dialog").locator("textarea")
        expect(text).to_have_value(
            re.compile(r"\{was-then,.*10\.1000/abc.*annote = \{mine\}", re.DOTALL)
        )
        assert visit.complaints == []


@pytest.mark.parametrize("refusal", ["full", "refused"])
def test_a_browser_that_keeps_nothing_says_so_and_the_page_goes_on(
    visit: Visit, sample_site: Site, refusal: str
) -> None:
    name = "QuotaExceededError" if refusal == "full" else "SecurityError"
    broken = f"() => {{ throw new DOMException('no', '{name}'); }}"
    script = (
        f"Storage.prototype.setItem = {broken};"
        if refusal == "full"
        else f"Object.defineProperty(globalThis, 'localStorage', {{ get: {broken} }});"
    )
    visit.context.add_init_script(script)
    (paper,) = papers(sample_site, 1)
    page = visit.open(str(paper["url"]))
    button = page.get_by_role("button", name="Star: ").first
    button.click()
    words = "has no room to keep this" if refusal == "full" else "does not let this site keep"
    expect(page.locator(".said")).to_contain_text(words)
    expect(button).to_have_attribute("aria-pressed", "true")
    page.goto(f"{visit.address}reading-list.html")
    expect(page.locator("#list-status")).to_contain_text("Nothing is starred yet")
    assert visit.complaints == []


def test_what_is_damaged_is_still_listed_and_mended_by_its_page(
    visit: Visit, sample_site: Site
) -> None:
    one, two = papers(sample_site, 2)
    page = star(visit, one)
    star(visit, two)
    for value in ("{", '"text"', '{"title": 3}', "null", ""):
        page.evaluate(
            "([slug, value]) => localStorage.setItem(`daybook /repo/ ${slug}`, value)",
            [one["id"], value],
        )
        page.goto(f"{visit.address}reading-list.html")
        expect(page.locator("#list-status")).to_contain_text("of 1 paper is damaged")
        assert two["title"] in titles(page)
        page.goto(f"{visit.address}{one['url']}")
        page.goto(f"{visit.address}reading-list.html")
        expect(page.locator("#list-status")).to_have_text("2 papers.")
        assert one["title"] in titles(page)
    page.evaluate(
        "([slug, value]) => localStorage.setItem(`daybook /repo/ ${slug}`, value)",
        [one["id"], json.dumps({"note": "mine", "tags": ["a", {"toString": 1}]})],
    )
    page.goto(f"{visit.address}{one['url']}")
    expect(page.get_by_label("Note")).to_have_value("mine")
    expect(page.get_by_label("Tags")).to_have_value("a")
    page.goto(f"{visit.address}reading-list.html")
    odd = {"title": "x", "authors": {"a": 1}, "tags": 5, "note": [], "starred": "?", "date": {}}
    odd |= {"venue": 5, "arxiv": {}, "doi": [7], "more": 0.5, "abstract": 3}
    page.evaluate(
        "([slug, value]) => localStorage.setItem(`daybook /repo/ ${slug}`, value)",
        [one["id"], json.dumps(odd)],
    )
    page.reload()
    expect(page.locator("#list-status")).to_have_text("2 papers.")
    page.get_by_role("button", name="Cite or export").click()
    expect(page.get_by_role("dialog").locator("textarea")).to_have_value(
        re.compile(f"{one['id']},")
    )
    assert visit.complaints == []


def test_my_words_and_authors_are_marked_until_i_say_no_more(
    visit: Visit, sample_site: Site
) -> None:
    (paper,) = papers(sample_site, 1)
    name = str(paper["authors"][0])  # type: ignore[index]
    word = max(str(paper["title"]).split(), key=len).strip(":,?!")
    marked = "[...(CSS.highlights.get('mine') ?? [])].map(range => range.toString().toLowerCase())"
    page = visit.open("reading-list.html")
    others = "\n".join(f"q{sign}q" for sign in string.punctuation)  # no pattern's business
    page.get_by_label("Words").fill(f"{word[:-2]}*\n(*+\nfew-shot\n{others}")
    page.get_by_label("Authors").fill(name)
    page.get_by_label("Mark them").check()
    other = visit.open(str(paper["url"]))
    wait_until(other, "CSS.highlights.has('mine')")
    found = set(other.evaluate(marked))
    assert {word.lower(), name.lower()} <= found
    page.get_by_label("Mark them").uncheck()
    wait_until(other, "!CSS.highlights.has('mine')")
    assert visit.complaints == []


def test_the_home_page_tells_of_this_day_in_other_years(
    anywhere: Reader, sample_site: Site
) -> None:
    dated = [p for p in sample_site.dump if len(p["published"] or "") == 10]
    paper = dated[0]
    year, month, day = map(int, paper["published"].split("-"))
    visit = anywhere.visit()
    visit.context.clock.set_fixed_time(f"{year + 1}-{month:02d}-{day:02d}T12:00:00")
    page = visit.open()
    section = page.locator("#on-this-day")
    expect(section.get_by_role("link", name=paper["title"])).to_be_visible()
    visit.context.clock.set_fixed_time(f"{year}-{month:02d}-{day:02d}T12:00:00")
    same = [p for p in dated if p["published"][5:] == paper["published"][5:]]
    if {p["published"][:4] for p in same} == {str(year)}:
        page.reload()
        expect(section.get_by_role("link", name=paper["title"])).to_have_count(0)
    assert visit.complaints == []

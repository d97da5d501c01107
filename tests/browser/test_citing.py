"""Citing from the pages: one paper, a list, and what Zotero finds in a list."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs

import rispy
from playwright.sync_api import Page, expect

from ..sites import SITEURL, Site
from .conftest import Reader


def saved(page: Page, form: str) -> str:
    """Download what the dialog that is open says in some form."""
    page.locator("dialog select").select_option(form)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    return download.value.path().read_bytes().decode()


def test_a_paper_is_saved_and_copied_in_every_form(anywhere: Reader, sample_site: Site) -> None:
    facts = next(paper for paper in sample_site.dump if paper["authors"] and paper["published"])
    visit = anywhere.visit()
    page = visit.open(facts["url"])
    page.get_by_role("button", name="Cite", exact=True).click()
    (record,) = rispy.loads(saved(page, "RIS"))
    assert (record["title"], record["id"]) == (facts["title"], facts["id"])
    assert len(record["authors"]) == len(facts["authors"])
    assert record["year"] == facts["published"][:4]
    (item,) = json.loads(saved(page, "CSL-JSON"))
    assert item["title"] == facts["title"]
    assert len(item["author"]) == len(facts["authors"])
    assert saved(page, "BibTeX").startswith("@")
    page.locator("dialog select").select_option("APA")
    expect(page.get_by_label("Citation")).to_have_value(re.compile(re.escape(facts["title"])))
    page.get_by_role("dialog").get_by_role("button", name="Copy").click()
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text("Copied.")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Cite", exact=True)).to_be_focused()
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".said")).to_have_text("Link copied.")
    assert visit.complaints == []


def test_a_page_without_room_for_its_bibtex_has_a_script_make_it(
    anywhere: Reader, sample_site: Site
) -> None:
    """Long venues, titles and ten authors: the same entry as in the file of all papers."""
    slug, page = next(
        (path.stem, path)
        for path in sorted((sample_site.output / "papers").glob("*.html"))
        if "<p class=links id=bibtex>" in path.read_text("utf-8")
    )
    visit = anywhere.visit()
    shown = visit.open(f"papers/{page.name}")
    shown.get_by_role("button", name="BibTeX", exact=True).click()
    made = saved(shown, "BibTeX")
    library = (sample_site.output / "data" / "papers.bib").read_text("utf-8")
    entry = re.search(rf"^@\w+\{{{slug},\n.*?^\}}\n", library, re.DOTALL | re.MULTILINE)
    assert entry
    assert made == re.sub(r"^  primaryclass = .*\n", "", entry[0], flags=re.MULTILINE)
    assert visit.complaints == []


def test_a_list_is_saved_and_zotero_finds_each_paper_of_it(
    anywhere: Reader, sample_site: Site
) -> None:
    digest = sample_site.digests[0]
    visit = anywhere.visit()
    page = visit.open(f"digests/{digest['id']}.html")
    marks = page.locator(".cards > li > .Z3988")
    expect(marks).to_have_count(min(digest["entries"], 250))
    titles = {paper["url"]: paper for paper in sample_site.dump}
    first = parse_qs(marks.first.get_attribute("title") or "")
    facts = next(paper for url, paper in titles.items() if first["rft_id"][0].endswith(url))
    assert first["ctx_ver"] == ["Z39.88-2004"]
    assert first["rft_id"] == [f"{SITEURL}/{facts['url']}"]
    assert first.get("rft.au", []) == (facts["authors"] or [])[:6]
    page.get_by_role("button", name="Cite", exact=True).click()
    records = rispy.loads(saved(page, "RIS"))
    assert len(records) == marks.count()
    assert {record["id"] for record in records} <= {paper["id"] for paper in sample_site.dump}
    assert visit.complaints == []


def test_what_is_listed_but_no_paper_is_neither_cited_nor_starred(
    anywhere: Reader, sample_site: Site
) -> None:
    page = anywhere.visit().open("digests/index.html")
    expect(page.locator(".cards > li").first).to_be_visible()
    assert page.locator(".star, .Z3988").count() == 0
    assert page.get_by_role("button", name="Cite", exact=True).count() == 0


def test_the_results_of_a_search_are_cited(anywhere: Reader, sample_site: Site) -> None:
    title = sample_site.dump[0]["title"]
    visit = anywhere.visit()
    page = visit.open(f"search.html?q={title.split(':')[0]}")
    page.get_by_role("button", name="Cite or save").click()
    records = rispy.loads(saved(page, "RIS"))
    assert title in [record["title"] for record in records]
    assert all(record["urls"][0].startswith("https://") for record in records)
    assert visit.complaints == []

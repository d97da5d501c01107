"""Citing from the pages: one paper, a list, and what Zotero finds in a list."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path
from urllib.parse import parse_qs

import rispy
from daybook.maths.mathml import formula
from daybook.records import Archive, PartialDate
from playwright.sync_api import Browser, Page, expect

from ..catalogue.small_archive import paper, render
from ..sites import SITEURL, Site
from .conftest import Reader
from .waiting import click_below_results


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
    browser: Browser, sample_site: Site, tmp_path: Path
) -> None:
    """A long venue, a long title and ten authors: the same entry as in the file of all papers."""
    known = paper(
        0,
        title=" ".join(["Of words"] * 20),
        authors=tuple(f"Maximiliana Featherstonehaugh {letter}." for letter in "ABCDEFGHIJ"),
        published=PartialDate(2024, 6),
        venue="Proceedings of the Conference" + " on Words" * 99,
        arxiv="2406.00001",
    )
    files = render(Archive((known,), (), ()))
    for path, content in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    shutil.copytree(sample_site.output / "assets", tmp_path / "assets")
    with browser.new_context() as context:
        shown = context.new_page()
        shown.goto((tmp_path / "papers" / "paper-0.html").as_uri())
        assert shown.locator("pre").count() == 0
        shown.get_by_role("button", name="BibTeX", exact=True).click()
        assert saved(shown, "BibTeX") == files["data/papers.bib"].decode()


def test_a_list_is_saved_and_zotero_finds_each_paper_of_it(
    anywhere: Reader, sample_site: Site
) -> None:
    digest = sample_site.digests[0]
    visit = anywhere.visit()
    page = visit.open(f"digests/{digest['id']}.html")
    marks = page.locator(".cards > li > .Z3988")
    expect(marks).to_have_count(min(digest["entries"], 250))
    table = (sample_site.output / "data" / "papers.csv").read_text("utf-8-sig")
    known = {row["id"]: row for row in csv.DictReader(io.StringIO(table))}
    first = parse_qs(marks.first.get_attribute("title") or "")
    facts = known[first["rft_id"][0].rpartition("/")[2].removesuffix(".html")]
    assert first["ctx_ver"] == ["Z39.88-2004"]
    doi = [f"info:doi/{facts['doi']}"] if facts["doi"] else []
    assert first["rft_id"] == [f"{SITEURL}/papers/{facts['id']}.html", *doi]
    assert "; ".join(first.get("rft.au", [])) == facts["authors"]
    assert first.get("rft.jtitle", [""]) == [facts["venue"]]
    expect(page.locator("main > header h1 + .cite")).to_be_visible()  # tab order is what is seen
    page.get_by_role("button", name="Cite", exact=True).click()
    records = rispy.loads(saved(page, "RIS"))
    assert len(records) == marks.count()
    for record in records:
        facts = known[record["id"]]
        assert len(record.get("authors", [])) == len([*filter(None, facts["authors"].split("; "))])
        assert record.get("secondary_title", "") == facts["venue"]
        assert record.get("doi", "") == facts["doi"]
        assert record.get("accession_number", "").removeprefix("arXiv:") == facts["arxiv"]
    assert any(known[record["id"]]["venue"] for record in records)
    assert any("; " in known[record["id"]]["authors"] for record in records)
    assert visit.complaints == []


def test_a_formula_in_a_listed_title_is_cited_as_plain_text(
    anywhere: Reader, sample_site: Site
) -> None:
    made = formula(
        r"x^2 + y_{\max} + z_{\min} \le \beta^{-1} + \ell_1 + \ell_2 + \alpha^{10} + O(n^2)"
    )
    assert made is not None
    assert "<wbr>" in made.html
    page = anywhere.visit().open(f"digests/{sample_site.digests[0]['id']}.html")
    title = page.locator(".cards > li a").first
    title.evaluate("(link, html) => { link.innerHTML = html; }", f"On {made.html} and more")
    page.get_by_role("button", name="Cite", exact=True).click()
    assert rispy.loads(saved(page, "RIS"))[0]["title"] == f"On {made.plain} and more"


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
    click_below_results(page.get_by_role("button", name="Cite or save"))
    records = rispy.loads(saved(page, "RIS"))
    assert title in [record["title"] for record in records]
    assert all(record["urls"][0].startswith("https://") for record in records)
    assert visit.complaints == []

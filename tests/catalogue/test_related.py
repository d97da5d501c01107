"""Related papers on a paper's page: links that lead somewhere, each with a reason in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from daybook.records import Archive
from lxml import html

from ..learning.subjects import SUBJECTS, papers
from .small_archive import render

BLOCK = "//section[@class='related']"
HIDDEN = 13
ALL = papers(60)
ARCHIVE = Archive(
    tuple(each for each in ALL if each.number != HIDDEN),
    (),
    (),
    removed=((ALL[HIDDEN].slug, None),),
)


@pytest.fixture(scope="module")
def pages() -> dict[str, html.HtmlElement]:
    """Render every page of an archive of ten subjects, one of whose papers is hidden."""
    files = render(ARCHIVE)
    return {path: html.fromstring(data) for path, data in files.items() if path.endswith(".html")}


def test_a_papers_page_leads_to_related_ones_and_says_why(
    pages: dict[str, html.HtmlElement],
) -> None:
    for paper in ARCHIVE.papers:
        tree = pages[f"papers/{paper.slug}.html"]
        lines = tree.xpath(f"{BLOCK}//li")
        assert len(lines) >= 4
        for line in lines:
            (link,) = line.xpath("./a")
            assert f"papers/{link.get('href')}" in pages
            other = int(link.get("href").removeprefix("paper-").removesuffix(".html"))
            assert (other - paper.number) % SUBJECTS == 0
            assert link.text == ALL[other].title
            assert line.text_content().split(link.text)[1].split()[0] == str(2020 + other % 5)
            (reason,) = line.xpath("./small/text()")
            said = f"{paper.title} {paper.abstract}".lower()
            words = [part for part in reason.split(", ") if not part.startswith("by ")]
            assert words
            assert all(part in said for part in words)


def test_the_reason_names_an_author_of_both() -> None:
    some = [replace(each, authors=("Ada King",)) for each in ALL[::SUBJECTS]]
    files = render(Archive((*some, *(each for each in ALL if each.number % SUBJECTS)), (), ()))
    reasons = html.fromstring(files["papers/paper-0.html"]).xpath(f"{BLOCK}//small/text()")
    assert reasons
    assert all(reason.endswith(", by Ada King") for reason in reasons)


def test_a_hidden_paper_is_nowhere_related(pages: dict[str, html.HtmlElement]) -> None:
    slug = ALL[HIDDEN].slug
    assert f"papers/{slug}.html" in pages
    for path, tree in pages.items():
        assert not tree.xpath(f"{BLOCK}//a[@href='{slug}.html']"), path
    assert not pages[f"papers/{slug}.html"].xpath(BLOCK)


def test_a_paper_that_is_like_no_other_has_no_such_block() -> None:
    alone = replace(ALL[0], title="Noodles", abstract=None)
    files = render(Archive((alone, *ALL[1:4]), (), ()))
    assert b">Related papers" not in files[f"papers/{alone.slug}.html"]

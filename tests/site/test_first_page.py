"""The first page of a young archive counts what there is, in words that fit one of a kind."""

from __future__ import annotations

import datetime as dt

from daybook.catalogue import render_catalogue
from daybook.catalogue.options import SiteOptions
from daybook.records import Archive, Paper
from lxml import html


def pages(*names: str) -> dict[str, html.HtmlElement]:
    """Make the pages of an archive of one paper by these authors."""
    paper = Paper(
        slug="sheep",
        path="2024/01/sheep.md",
        number=0,
        title="Sheep",
        date=dt.date(2024, 1, 1),
        date_basis="unknown",
        authors=names,
    )
    made = dict(render_catalogue(Archive((paper,), (), ()), SiteOptions()))
    wanted = ("index.html", "authors/index.html")
    return {path: html.fromstring(made[path]) for path in wanted}


def figures(page: html.HtmlElement) -> list[str]:
    """Give what the first page counts."""
    items = page.xpath("//ul[contains(@class, 'figures')]/li")
    return [" ".join(item.text_content().split()) for item in items]


def test_a_list_without_a_name_is_not_counted_and_says_why_it_is_empty() -> None:
    made = pages()
    assert figures(made["index.html"]) == ["1 paper"]
    assert "Nothing that this archive keeps says" in made["authors/index.html"].text_content()


def test_one_of_a_kind_is_no_plural() -> None:
    made = pages("Ada Lovelace")
    assert figures(made["index.html"]) == ["1 paper", "1 author"]
    assert "Nothing that" not in made["authors/index.html"].text_content()

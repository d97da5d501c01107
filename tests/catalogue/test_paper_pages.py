"""A paper's page says what is known, once, to people and to machines."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from daybook.records import Appearance, Archive, DigestItem, PartialDate

from .reading import page, text
from .small_archive import ARCHIVE, FAKING, OPTIONS, PLAIN, SITE, digest, paper, render


def test_a_paper_says_in_which_digests_it_came_and_at_which_place(files: dict[str, bytes]) -> None:
    links = page(files, "papers/pretending-to-agree.html").xpath("//a[contains(@href, '#entry')]")
    assert [(link.get("href"), text(link)) for link in links] == [
        ("../digests/2025-03-11.html#entry-1", "11 March 2025"),
        ("../digests/2025-03-14.html#entry-2", "14 March 2025"),
    ]


def test_an_inferred_year_is_marked_wherever_it_stands(files: dict[str, bytes]) -> None:
    for path in (
        "digests/2025-03-14.html",
        "digests/index.html",
        "papers/some-time-in-2024.html",
        "days/2025-03-14.html",
    ):
        assert "inferred" in text(page(files, path)), path
    assert "inferred" not in text(page(files, "digests/2025-03-11.html"))


def test_a_paper_tells_machines_what_it_is(files: dict[str, bytes]) -> None:
    head = page(files, "papers/pretending-to-agree.html")
    tags = [
        (tag.get("name"), tag.get("content"))
        for tag in head.xpath("//meta[starts-with(@name, 'citation_')]")
    ]
    assert tags == [
        ("citation_title", PLAIN),
        ("citation_author", "Zoë Łukasz"),
        ("citation_author", "Ada van Dyke"),
        ("citation_author", "Bo Chen Jr."),
        ("citation_publication_date", "2024/12/18"),
        ("citation_conference_title", "NeurIPS 2024"),
        ("citation_arxiv_id", "2412.00001"),
        ("citation_doi", "10.1000/abc_(1)"),
        ("citation_pdf_url", "https://arxiv.org/pdf/2412.00001"),
    ]
    (script,) = head.xpath("//script[@type='application/ld+json']/text()")
    facts = json.loads(script)
    assert facts["@type"] == "ScholarlyArticle"
    assert facts["headline"] == PLAIN
    assert facts["author"] == list(FAKING.authors or ())
    assert facts["datePublished"] == "2024-12-18"
    graph = {tag.get("property"): tag.get("content") for tag in head.xpath("//meta[@property]")}
    assert graph["og:type"] == "article"
    assert graph["og:title"] == PLAIN
    assert graph["og:description"].startswith("We watch models.")
    (same,) = head.xpath("//link[@rel='canonical'][@property='og:url']/@href")
    assert same == f"{SITE}/papers/pretending-to-agree.html"


def test_a_page_says_less_twice_rather_than_more_than_seven_kilobytes() -> None:
    names = tuple(f"Maximiliana Featherstonehaugh-{number}" for number in range(10))
    known = paper(0, title="Of words " * 20, authors=names, published=PartialDate(2024))
    files = {
        venue: render(Archive((replace(known, venue="Proceedings of " + "x" * venue),), (), ()))
        for venue in (10, 300, 600, 900)
    }
    texts = {venue: pages["papers/paper-0.html"].decode() for venue, pages in files.items()}
    assert "<pre id=bibtex>" in texts[10]
    assert "<p class=links id=bibtex><a href=../data/index.html>" in texts[900]
    assert texts[10].count(names[0]) - texts[900].count(names[0]) == 2
    head = page(files[900], "papers/paper-0.html")
    assert head.xpath("//meta[@name='citation_author']/@content") == list(names)
    assert max(len(text.encode()) for text in texts.values()) <= 7000


def test_in_a_large_archive_a_paper_is_told_once_for_machines() -> None:
    large = render(ARCHIVE, replace(OPTIONS, large_archive=1))
    head = page(large, "papers/pretending-to-agree.html")
    assert not head.xpath("//script[@type='application/ld+json']")
    assert not head.xpath("//pre")
    assert head.xpath("//p[@id='bibtex']/a/@href") == ["../data/index.html"]
    assert head.xpath("//meta[@name='citation_title']/@content") == [PLAIN]
    assert head.xpath("//meta[@name='citation_author']/@content") == list(FAKING.authors or ())


@pytest.mark.parametrize(
    ("date", "written"),
    [(PartialDate(2024), "2024"), (PartialDate(2024, 6), "2024/06")],
)
def test_a_citation_date_is_as_exact_as_it_is_known(date: PartialDate, written: str) -> None:
    known = paper(0, authors=("A B",), published=date)
    head = page(render(Archive((known,), (), ())), "papers/paper-0.html")
    assert head.xpath("//meta[@name='citation_publication_date']/@content") == [written]


def test_without_an_author_or_a_date_there_are_no_citation_tags(files: dict[str, bytes]) -> None:
    assert b"citation_" not in files["papers/nobody-knows.html"]
    undated = paper(0, authors=("A B",))
    nameless = paper(1, authors=(" ",), published=PartialDate(2024))
    shown = render(Archive((undated, nameless), (), ()))
    assert b"citation_" not in shown["papers/paper-0.html"] + shown["papers/paper-1.html"]


def test_unknown_authors_are_a_number_and_a_placeholder_date_is_never_shown(
    files: dict[str, bytes],
) -> None:
    shown = text(page(files, "papers/nobody-knows.html"))
    assert "4 authors" in shown
    assert not any(
        b"1970" in data for path, data in files.items() if not path.endswith(".atom.xml")
    )


def test_each_of_3000_authors_has_a_tag_and_is_named_once_and_who_has_no_name_has_none() -> None:
    names = ("", " ", '"><script>', *(f"Author {number:04}" for number in range(3000)))
    crowded = paper(0, authors=names, published=PartialDate(2024))
    content = render(Archive((crowded,), (), ()))["papers/paper-0.html"]
    head = page({"it": content}, "it")
    assert head.xpath("//meta[@name='citation_author']/@content") == list(names[2:])
    text = content.decode()
    assert {text.count(f"Author {number:04}") for number in range(200, 3000)} == {2}


def test_what_very_many_authors_cost_grows_with_their_number_and_not_with_its_square() -> None:
    sizes = []
    for number in (1000, 2000):
        names = tuple(f"Author {name}" for name in range(number))
        works = [paper(n, authors=names, published=PartialDate(2024)) for n in range(2)]
        files = render(Archive(tuple(works), (), ()))
        sizes.append(sum(map(len, files.values())))
        assert len(files["papers/paper-0.html"]) < 110 * number + 60_000
        assert b"Author 99 and others}" in files["papers/paper-0.html"]
    assert sizes[1] < 2.5 * sizes[0]


def test_the_keepers_notes_are_shown_below_the_papers_heading(files: dict[str, bytes]) -> None:
    shown = page(files, "papers/pretending-to-agree.html")
    assert shown.xpath("//h2[text()='Notes']")
    assert shown.xpath("//em[text()='twice']")


def test_a_paper_page_is_small_besides_its_abstract() -> None:
    known = replace(
        FAKING,
        authors=tuple(f"Firstname Lastname-{number}" for number in range(10)),
        abstract="An abstract.",
        notes=None,
    )
    files = render(replace(ARCHIVE, papers=(known, *ARCHIVE.papers[1:])))
    assert len(files["papers/pretending-to-agree.html"]) < 7000


def test_a_paper_shows_its_version_its_headings_and_what_happened_to_it() -> None:
    items = (DigestItem(1, "paper-0", "", group="Safety first"),)
    known = paper(
        0,
        arxiv="2501.00001",
        arxiv_version=3,
        withdrawn="Its data were wrong.",
        uncarried=True,
        ai_summary="It says so.",
        blurb="Read this.",
        abstract="We say so.",
        digests=(Appearance("2025-03-11", 1),),
    )
    files = render(Archive((known,), (digest("2025-03-11", items=items),), ()))
    shown = page(files, "papers/paper-0.html")
    assert "2501.00001, version 3" in text(shown)
    assert "under ‘Safety first’" in text(shown)
    assert "Withdrawn. Its data were wrong." in text(shown)
    assert "No digest of this archive carries this paper any more" in text(shown)
    sections = {text(s.xpath("h2")[0]): text(s) for s in shown.xpath("//section[p]")}
    assert "We say so." in sections["Abstract"]
    assert "It says so." in sections["Machine-written summary"]
    assert "Read this." in sections["In the digest’s words"]
    assert "Withdrawn" in text(page(files, "digests/2025-03-11.html"))

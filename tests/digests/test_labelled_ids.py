"""Sections whose paper is named by bare identifiers, or by several links: one paper, all kept."""

from __future__ import annotations

import pytest
from daybook.digests import read_digest
from daybook.records import Digest

ARXIV, DOI = "https://arxiv.org/abs/2402.00002", "https://doi.org/10.1000/182"
ACM = "https://dl.acm.org/doi/10.1000/182"
OPENREVIEW = "https://openreview.net/forum?id=abcdEFgh1"


def section(said: str) -> str:
    return f"# Read 2024-03-05\n\n## Where Storks Rest\n{said}\n**Authors:** Ada One, Bo Two\n"


def read(text: str, name: str = "list.md") -> Digest:
    (digest,) = read_digest(name, text.encode())
    return digest


@pytest.mark.parametrize(
    "said",
    [
        "Paper: 2402.00002",
        "Preprint: 2402.00002v3",
        "**DOI:** <10.1000/182>",
        "**arXiv:** 2402.00002",
        "- **arXiv**: 2402.00002",
        "- arXiv ID: `2402.00002`",
        "**DOI:** 10.1000/182",
        "- **DOI**: 10.1000/182.",
        "* Paper ID: 10.1000/182",
    ],
)
def test_a_bare_identifier_under_a_label_names_the_paper(said: str) -> None:
    digest = read(section(said))
    (entry,) = digest.entries
    expected = (None, "10.1000/182") if "10." in said else ("2402.00002", None)
    assert (entry.title, entry.arxiv, entry.doi) == ("Where Storks Rest", *expected)
    assert (entry.authors, entry.blurb) == (("Ada One", "Bo Two"), None)
    assert entry.arxiv_version == (3 if "v3" in said else None)
    assert digest.refusals == ()


@pytest.mark.parametrize(
    "said", ["Score: 2402.00002", "ID: 2402.00002", "Paper: 2402.00002 and 2402.00003"]
)
def test_a_number_under_another_label_is_no_identifier(said: str) -> None:
    text = section(said) + f"\n## Where Cranes Rest\n[arXiv]({ARXIV})\n"
    assert "Where Storks Rest" not in [entry.title for entry in read(text).entries]


@pytest.mark.parametrize(
    "said",
    [
        "<p><b>DOI:</b> 10.1000/182</p>",
        "<p>Preprint: 10.1000/182</p>",
        "<ul><li>DOI: <code>10.1000/182</code></li></ul>",
    ],
)
def test_so_it_does_in_html(said: str) -> None:
    page = f"<html><body><h1>Read</h1><h2>Where Storks Rest</h2>{said}</body></html>"
    entries = read(page, "list.html").entries
    assert [(e.title, e.arxiv, e.doi) for e in entries] == [
        ("Where Storks Rest", None, "10.1000/182")
    ]


@pytest.mark.parametrize(
    "said",
    [
        "- **arXiv**: 2402.00002\n- **DOI**: 10.1000/182",
        f"- arXiv: {ARXIV}\n- DOI: {DOI}",
        f"[arXiv]({ARXIV}) | [DOI]({DOI})",
        f"[Paper]({DOI}) · [arXiv]({ARXIV})",
        f"[Paper]({ARXIV}) [Published version]({DOI})",
        f"[PDF](https://arxiv.org/pdf/2402.00002) | [ACM]({ACM})",
        f"- Paper: {ARXIV}\n- OpenReview: {OPENREVIEW}\n- DOI: {DOI}",
        f"- arXiv: {ARXIV}\n- DOI: {DOI}\n- See also: [Where Cranes Rest]({ARXIV[:-1]}3)",
    ],
)
def test_a_section_with_identifiers_of_several_kinds_is_one_paper(said: str) -> None:
    entries = read(section(said)).entries
    found = [(entry.title, entry.arxiv, entry.doi) for entry in entries]
    assert found == [("Where Storks Rest", "2402.00002", "10.1000/182")]


def test_what_a_section_names_beside_its_paper_is_told() -> None:
    other = f"{ARXIV[:-1]}3"
    digest = read(section(f"- arXiv: {ARXIV}\n- Related: [Where Cranes Rest]({other})"))
    assert [entry.title for entry in digest.entries] == ["Where Storks Rest"]
    (told,) = digest.refusals
    assert told.line == 5
    assert "a link to 2402.00003 stands within the text of another paper" in told.message


def test_two_papers_of_one_kind_are_not_taken_for_one() -> None:
    said = f"- arXiv: {ARXIV}\n- arXiv: {ARXIV[:-1]}3"
    text = section(said) + f"\n## Where Cranes Rest\n[arXiv]({ARXIV[:-1]}4)\n"
    digest = read(text)
    assert [entry.title for entry in digest.entries] == ["Where Cranes Rest"]
    assert {refusal.line for refusal in digest.refusals} == {4, 5}


@pytest.mark.parametrize("other", [DOI, ACM, OPENREVIEW])
def test_two_papers_below_lines_of_their_own_are_two(other: str) -> None:
    text = (
        f"# Read\n\n## Robotics\nWhere Storks Rest\n[PDF]({ARXIV})\n\n"
        f"Where Cranes Rest\n[DOI]({other})\n"
        f"\n## Vision\nWhere Geese Rest\n[PDF]({ARXIV[:-1]}3)\n\nWhere Ducks Rest\n[DOI]({DOI}4)\n"
    )
    titles = [entry.title for entry in read(text).entries]
    assert titles == [
        "Where Storks Rest",
        "Where Cranes Rest",
        "Where Geese Rest",
        "Where Ducks Rest",
    ]


@pytest.mark.parametrize("words", ["Dataset", "Data", "Code", "Slides"])
def test_the_doi_of_something_else_is_not_the_papers(words: str) -> None:
    zenodo = "https://doi.org/10.5281/zenodo.1234567"
    text = (
        f"- [Where Storks Rest]({ARXIV})\n  - [{words}]({zenodo})\n- [Where Geese Rest]({ARXIV}1)\n"
    )
    assert [entry.doi for entry in read(text).entries] == [None, None]


@pytest.mark.parametrize("lead", ["See", "Related paper", "Background", "Extends", "See also"])
def test_a_section_whose_only_link_is_led_in_is_its_paper(lead: str) -> None:
    text = section(f"{lead}: [paper]({ARXIV})") + f"\n## Where Geese Rest\n[arXiv]({ARXIV[:-1]}3)\n"
    titles = [entry.title for entry in read(text).entries]
    assert titles == ["Where Storks Rest", "Where Geese Rest"]


@pytest.mark.parametrize("title", ["Nature", "Science", "Frontiers", "HAL", "Scholar"])
def test_a_short_title_is_one(title: str) -> None:
    assert [e.title for e in read(f"- [{title}]({ARXIV}) - a helper\n").entries] == [title]

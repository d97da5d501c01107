"""A paper that a list names by two identifiers has both; what its text speaks of has its own."""

from __future__ import annotations

import pytest
from daybook.digests import read_digest
from daybook.records import Digest

ARXIV, DOI = "https://arxiv.org/abs/2402.00002", "https://doi.org/10.1000/182"
BOTH = ("2402.00002", "10.1000/182")


def read(text: str) -> Digest:
    (digest,) = read_digest("list.md", text.encode())
    return digest


@pytest.mark.parametrize(
    "text",
    [
        f"- [Where storks rest]({ARXIV})\n  - DOI: 10.1000/182\n",
        f"- [Where storks rest]({ARXIV})\n  - **DOI:** [10.1000/182]({DOI})\n",
        f"- [Where storks rest]({ARXIV})\n  DOI: {DOI}\n",
        f"- [Where storks rest]({ARXIV}) | [DOI]({DOI}) | [PDF](https://arxiv.org/pdf/2402.00002)\n",
        f"- [Where storks rest]({ARXIV}) [[DOI]({DOI})]\n",
        f"- [Where storks rest]({DOI}) [[arXiv]({ARXIV})]\n",
        f"- [Where storks rest]({DOI})\n  - arXiv: 2402.00002\n",
        f"## [Where storks rest]({ARXIV})\n\n**Authors:** Ada One, Bo Two\n**DOI:** 10.1000/182\n",
        f"## [Where storks rest]({DOI})\n\n[Preprint]({ARXIV}) · [Code](https://github.com/a/b)\n",
        "| Title | arXiv | DOI |\n|--|--|--|\n| Where storks rest | 2402.00002 | 10.1000/182 |\n",
        f"| Title | DOI | Paper |\n|---|---|---|\n| Where storks rest | {DOI} | {ARXIV} |\n",
        f"| Title | Links |\n|---|---|\n| Where storks rest | [arXiv]({ARXIV}), [DOI]({DOI}) |\n",
    ],
)
def test_a_paper_has_both_of_its_identifiers(text: str) -> None:
    digest = read(text)
    found = [(entry.title, entry.arxiv, entry.doi, entry.blurb) for entry in digest.entries]
    assert found == [("Where storks rest", *BOTH, None)]
    assert digest.refusals == ()


@pytest.mark.parametrize(
    "text",
    [
        f"- [Where storks rest]({ARXIV}). It goes on from [Where cranes rest]({DOI}).\n",
        f"- [Where storks rest]({ARXIV})\n  - DOI: 10.1000/181\n  - DOI: 10.1000/182\n",
        f"- [Where storks rest]({ARXIV})\n  - It answers {DOI}, and storks.\n",
        f"- [Where storks rest]({ARXIV})\n  - DOI: none yet\n",
    ],
)
def test_what_is_no_identifier_of_the_paper_alone_is_none_of_it(text: str) -> None:
    assert [(entry.arxiv, entry.doi) for entry in read(text).entries] == [("2402.00002", None)]


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ("  - DOI: 10.abc/xyz\n", "in entry 1, '10.abc/xyz' is no DOI; it was left out."),
        ("  - DOI: 10.1000\n", "in entry 1, '10.1000' is no DOI; it was left out."),
        (
            "  - **DOI:** 10.1000/181\n  - **DOI:** 10.1000/182\n",
            "in entry 1, two DOIs are stated, 10.1000/181 and 10.1000/182; neither was taken.",
        ),
    ],
)
def test_a_doi_that_cannot_be_taken_is_told(stated: str, message: str) -> None:
    (told,) = read(f"- [Where storks rest]({ARXIV})\n{stated}").refusals
    assert (told.message, told.line, told.fatal) == (message, 1, False)


def test_an_address_of_its_own_is_kept_beside_the_identifier() -> None:
    page = "https://openreview.net/forum?id=abcDEF12"
    (entry,) = read(f"- [Where storks rest]({page}) [[arXiv]({ARXIV}v3)]\n").entries
    assert (entry.arxiv, entry.arxiv_version) == ("2402.00002", 3)
    assert [link.url for link in entry.links] == [page]


ROWS = "| Title | {} | Score |\n|:--|:-:|--:|\n| Where storks rest | {} | 2402.00009 |\n"


@pytest.mark.parametrize(
    ("name", "written", "ids"),
    [
        ("arXiv", "2402.00002", ("2402.00002", None)),
        ("**arXiv ID**", "`2402.00002v2`", ("2402.00002", None)),
        ("ID", "math/0309136", ("math/0309136", None)),
        ("DOI", "10.1000/182", (None, "10.1000/182")),
        ("Link", "10.1000/182", (None, "10.1000/182")),
        ("arXiv", "10.1000/182", None),
        ("Speed", "2402.00002", None),
        ("DOI", "-", None),
    ],
)
def test_a_column_of_identifiers_is_read_as_one(
    name: str, written: str, ids: tuple[str | None, str | None] | None
) -> None:
    text = (
        ROWS.format(name, written) + "\n- [Where cranes rest](https://arxiv.org/abs/2402.00003)\n"
    )
    found = {entry.title: (entry.arxiv, entry.doi) for entry in read(text).entries}
    assert found.get("Where storks rest", (None, None)) == (ids or (None, None))


def test_words_that_only_tell_where_links_lead_are_no_blurb() -> None:
    for links in ("[[PDF](x.pdf)]", f"| [PDF]({ARXIV}.pdf) · [HTML]({ARXIV})", "[arXiv] [Code]"):
        (entry,) = read(f"- [Where storks rest]({ARXIV}) {links}\n").entries
        assert entry.blurb is None
    (entry,) = read(f"- [Where storks rest]({ARXIV}) [Code] for storks\n").entries
    assert entry.blurb == "[Code] for storks"


def test_a_table_of_a_page_is_read_as_one_in_markdown_and_each_row_by_its_line() -> None:
    rows = (
        "<tr><td>Where storks rest</td><td>2402.00002</td><td>10.1000/182</td></tr>\n"
        "<tr><td>Where cranes rest</td><td></td><td>10.1000/183</td></tr>\n"
        '<tr><td>Where gulls rest</td><td><a href="/x">2402.00004</a></td><td></td></tr>\n'
    )
    head = "<tr><th>Title</th><th>arXiv</th><th>DOI</th></tr>\n"
    entries = read(f"<html><body>\n<table>\n{head}{rows}</table></body></html>").entries
    assert [(entry.line, entry.arxiv, entry.doi) for entry in entries] == [
        (4, *BOTH),
        (5, None, "10.1000/183"),
        (6, "2402.00004", None),
    ]


@pytest.mark.parametrize(
    ("ends", "ids"),
    [
        ("Birds 12 (2024) 1-10. doi:10.1000/182, arXiv:2402.00002", BOTH),
        ("arXiv:2402.00002 [cs.LG]. https://doi.org/10.1000/182", BOTH),
        ("arXiv preprint arXiv:2402.00002 (2024). doi: 10.1000/182", BOTH),
        ("Birds 12 (2024) 1-10. doi:10.1000/182, a comment on arXiv:2402.00002", (None, BOTH[1])),
    ],
)
def test_a_reference_has_both_unless_a_word_leads_to_one(
    ends: str, ids: tuple[str | None, str]
) -> None:
    said = "Ada Lovelace and Bo Two. {}. {}\n"
    text = "1. " + said.format("Where storks rest", ends)
    text += "2. " + said.format("Where cranes rest", "Birds 13 (2024) 1-9. doi:10.1000/183")
    first, second = read(text).entries
    assert (first.title, first.arxiv, first.doi) == ("Where storks rest", *ids)
    assert (second.arxiv, second.doi) == (None, "10.1000/183")

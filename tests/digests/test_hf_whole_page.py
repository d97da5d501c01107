"""A Daily Papers page copied whole, with the site's menu above it and its foot below."""

from __future__ import annotations

from pathlib import Path

import pytest
from daybook.digests import read_digest

WRAPPED = Path(__file__).resolve().parents[1] / "data" / "hf-text" / "wrapped.txt"

MENU = (
    "Hugging Face's logo\nHugging Face\nModels\nDatasets\nSpaces\nCommunity\nDocs\nEnterprise\n"
    "Pricing\n\n\n"
)
HEAD = "Daily Papers\nbyAK and the research community\n\nNov 19\n\n"
CARDS = (
    "Submitted by\nakhaliq\n124\nLooms That Learn: A Study\nAda Lovelace\n·\n5 authors\n\n7\n"
    "Submitted by\ntaesiri\n58\nOn Spindles\nCambridge\nCambridge University\n·\n12 authors\n\n3\n"
)
FOOT = "Previous\nNov 18\nNext\nCompany\nTOS\nPrivacy\nAbout\nCareers\n"


@pytest.mark.parametrize("above", ["", MENU, MENU.replace("\n", "\n\n")])
@pytest.mark.parametrize("below", ["", FOOT])
def test_menu_and_foot_of_the_site_are_no_papers(above: str, below: str) -> None:
    (digest,) = read_digest("copy.txt", (above + HEAD + CARDS + below).encode())
    assert [entry.title for entry in digest.entries] == ["Looms That Learn: A Study", "On Spindles"]
    assert [entry.author_count for entry in digest.entries] == [5, 12]
    assert [entry.organization for entry in digest.entries] == [
        "Ada Lovelace",
        "Cambridge University",
    ]
    assert [entry.abstract for entry in digest.entries] == [None, None]
    assert digest.refusals == ()


@pytest.mark.parametrize(
    ("written", "copied"),
    [
        ("\n  •", "\n \xa0•"),
        ("\n  •", "\n\xa0\xa0•"),
        ("• 2 a", "•\xa02\xa0a"),
        ("• 2 a", "•\u202f2 a"),
    ],
)
def test_spaces_at_which_no_line_breaks_are_spaces_in_a_copy(written: str, copied: str) -> None:
    text = WRAPPED.read_text()
    assert written in text
    (digest,) = read_digest("copy.txt", text.encode())
    (other,) = read_digest("copy.txt", text.replace(written, copied).encode())
    assert other.entries == digest.entries

"""A Daily Papers page copied whole, with the site's menu above it and its foot below."""

from __future__ import annotations

import pytest
from daybook.digests import read_digest

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
    assert digest.refusals == ()

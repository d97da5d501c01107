"""Whatever one damage to a list breaks: each paper still named is read, or told by its line."""

from __future__ import annotations

import pytest

from .damage import damages, untold, whole
from .shapes import SHAPES

COUNT = 40


@pytest.mark.parametrize("shape", SHAPES)
def test_one_damage_costs_no_paper_without_a_word(shape: str) -> None:
    lost = [
        (text, names)
        for text in damages(SHAPES[shape], COUNT)
        if (names := untold(SHAPES[shape], text))
    ]
    assert not lost


CUTS = [
    ("csl-json", '"URL":"', "bs/2501.00001"),
    ("csl-json", '{number}"', '"https://arxiv.org/abs/2501.00003'),
    ("json", '"arxiv_', 'd":"2501.00003"'),
    ("bibtex", "archiveprefi", " eprint = {{2501.00003}}"),
    ("bibtex", "author ", "eprint = {{2501.00002}}"),
    ("bibtex", "@misc", "t = {{2501.00001}}"),
    ("ris", "AU  - ", "https://arxiv.org/abs/2501.00002"),
    ("ris", "UR  - htt", "iv.org/abs/2501.00001"),
    ("csl-json", '{{"family":"Lovelace"}}],"', 'RL":"https://arxiv.org/abs/2501.00001'),
    ("markdown", "https://arxiv.org/", "bs/2501.00001"),
    ("ris", "AU", "R  - https://arxiv.org/abs/2501.00001"),
    ("pubmed", "Told.", "10.1000/loom.3"),
    ("endnote", "Lovela", "%T Cartographic"),
    ("ris", "", "https://arxiv.org/abs/2501.00000"),
    ("pubmed", "AID - 10.1000/loom", "\nAID - 10.1000/loom.2"),
    ("pubmed", "AB ", "- 10.1000/loom.1"),
    ("endnote", "%R 10.1", " Cartographic Kites"),
    ("markdown-sections", "\n\nAda Lovelac", "1.00001)\n"),
    ("html", "https://arxiv.org", "/abs"),
    ("html", "<", '">Cartographic Kites'),
    ("hf-text", "Submi", "\nBricklaying"),
    ("hf-text", "Valleys", "11\nBricklaying"),
    ("mailbox", "arxiv.org/a", " Mar 2025 08:00:00 +0100"),
]
"""After which words of a record a cut begins, and before which words behind it it ends."""


@pytest.mark.parametrize(("name", "begin", "end"), CUTS)
@pytest.mark.parametrize("sign", ["", " ", ">", "<a href=", "\n"])
def test_a_cut_into_the_next_record_costs_none_without_a_word(
    name: str, begin: str, end: str, sign: str
) -> None:
    shape = SHAPES[name]
    text = whole(shape)
    ending = end.replace("{{", "{").replace("}}", "}")
    until = text.index(ending, len(shape.head))
    before = begin.replace("{number}", "2501.00002").replace("{{", "{").replace("}}", "}")
    place = text.rfind(before, len(shape.head), until) + len(before) if before else len(shape.head)
    if name != "html" or sign:
        assert untold(shape, text[:place] + sign + text[until:]) == []

import re
from typing import Any

import bibtexparser.entrypoint
import lxml.html
import pytest
from bibtexparser.middlewares import LatexDecodingMiddleware
from daybook.catalogue.bibtex import bibtex, escape_latex
from daybook.records import Archive, PartialDate
from hypothesis import given
from hypothesis import strategies as st

from .small_archive import FAKING, paper, render


def parsed(text: str) -> dict[str, str]:
    """Parse an entry as a reader's program would, LaTeX undone."""
    library = bibtexparser.entrypoint.parse_string(
        text, append_middleware=[LatexDecodingMiddleware()]
    )
    assert not library.failed_blocks
    (entry,) = library.entries
    fields = {field.key: field.value for field in entry.fields}
    # pylatexenc reads \textasciicircum as U+02C6; TeX prints the ASCII circumflex.
    return {name: value.replace("\u02c6", "^") for name, value in fields.items()} | {
        "": f"{entry.entry_type} {entry.key}"
    }


def test_an_entry_says_what_is_known() -> None:
    assert bibtex(FAKING, "https://x.org/p.html") == (
        "@inproceedings{pretending-to-agree,\n"
        "  title = {Pretending to agree: 100\\% of $O(n^2)$ models},\n"
        "  author = {Zoë Łukasz and Ada van Dyke and Chen, Jr., Bo},\n"
        "  year = {2024},\n"
        "  month = dec,\n"
        "  booktitle = {NeurIPS 2024},\n"
        "  eprint = {2412.00001},\n"
        "  archiveprefix = {arXiv},\n"
        "  primaryclass = {cs.LG},\n"
        "  doi = {10.1000/abc_(1)},\n"
        "  url = {https://arxiv.org/abs/2412.00001},\n"
        "}\n"
    )


def test_what_nobody_knows_is_no_field() -> None:
    assert bibtex(paper(7), None) == "@misc{paper-7,\n  title = {Paper 7},\n}\n"
    assert "month" not in bibtex(paper(7, published=PartialDate(2024)), None)


@pytest.mark.parametrize(
    "title",
    [
        "100% of cost is $5 and $6 & #1 in a_b ~ c ^ d \\ e",
        "unbalanced } and { and }}",
        "@article{x, title = {y}}",
        "a--b --- c ``quoted'' '''",
        "\\textbf{bold} \\input{/etc/passwd}",
        'a "quoted" title, with = and ,',
        "$unclosed and $$ and $ x $",
        "$x^{2}$ and $\\{a_1$ and $a_{1$",
        "张三 & Zoë <script>",
    ],
)
def test_hostile_titles_come_back_as_they_were(title: str) -> None:
    entry = parsed(bibtex(paper(0, title=title, authors=(title,)), None))
    assert entry["title"] == title
    assert entry["author"] == title


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1).map(str.strip))
def test_any_title_leaves_the_braces_balanced(title: str) -> None:
    text = bibtex(paper(0, title=title, venue=title or None, authors=(title or "A",)), None)
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert depth == 0
    library = bibtexparser.entrypoint.parse_string(text)
    assert not library.failed_blocks
    assert len(library.entries) == 1


def test_mathematics_stays_mathematics_and_prices_do_not_become_any() -> None:
    assert escape_latex("An $O(n^2)$ bound") == "An $O(n^2)$ bound"
    assert escape_latex("It costs $5 and $6") == r"It costs \$5 and \$6"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Ada Lovelace", "Ada Lovelace"),
        ("Simon and Garfunkel", "{Simon and Garfunkel}"),
        ("Acme, Inc.", "{Acme, Inc.}"),
        ("others", "{others}"),
        ("R&D_Lab", r"R\&D\_Lab"),
    ],
)
def test_a_name_that_bibtex_would_take_apart_stands_in_braces(name: str, written: str) -> None:
    text = bibtex(paper(0, authors=("First One", name)), None)
    assert f"{{First One and {written}}}" in text


@pytest.mark.parametrize(
    ("venue", "kind"),
    [
        ("ICLR 2024", "inproceedings"),
        ("Proceedings of the 3rd Workshop on Toys", "inproceedings"),
        ("TMLR 2025", "misc"),
        ("Nature Human Behaviour", "misc"),
        ("Springer, 2024", "misc"),
    ],
)
def test_only_what_names_a_conference_is_called_one(venue: str, kind: str) -> None:
    assert parsed(bibtex(paper(0, venue=venue), None))[""] == f"{kind} paper-0"


@pytest.mark.parametrize(
    ("venue", "published", "dated"),
    [
        ("AAAI 2024", PartialDate(2023, 12, 9), "year = {2024},"),
        ("AAAI 2024", PartialDate(2024, 2), "year = {2024},\n  month = feb,"),
        ("AAAI 2024", None, "year = {2024},"),
        ("Findings of ACL 2023 and 2024", PartialDate(2022, 5), "year = {2022},\n  month = may,"),
        ("Things 2024", PartialDate(2022, 5), "year = {2022},\n  month = may,"),
    ],
)
def test_a_paper_of_proceedings_is_of_their_year(
    venue: str, published: PartialDate | None, dated: str
) -> None:
    """Not of its preprint's."""
    entry = bibtex(paper(1, venue=venue, published=published), None)
    lines = [line for line in entry.splitlines() if line.startswith(("  year", "  month"))]
    assert "\n".join(lines).strip() == dated


def test_keys_are_unique_and_outlive_new_facts() -> None:
    known: dict[str, Any] = {"title": "Same title", "published": PartialDate(2024)}
    files = render(Archive((paper(0, **known), paper(1, **known)), (), ()))
    pages = [lxml.html.document_fromstring(files[f"papers/paper-{n}.html"]) for n in (0, 1)]
    entries = [page.get_element_by_id("bibtex").text_content() for page in pages]
    keys = [re.match(r"@\w+\{([^,]+),", entry) for entry in entries]
    assert [key and key[1] for key in keys] == ["paper-0", "paper-1"]

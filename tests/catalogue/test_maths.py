"""Mathematics is set where it certainly is some; everything else stays as it came."""

import json
import re
import time
import warnings

import lxml.html
import pytest
from daybook.catalogue.rendering import text_to_html
from daybook.maths import parts, plain_start, plain_text, title_to_html
from daybook.maths.mathml import LONGEST, formula
from daybook.records import Archive, PartialDate
from hypothesis import given, settings
from hypothesis import strategies as st

from .small_archive import paper, render

MATHML = {
    *("math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msub"),
    *("msup", "msubsup", "munder", "mover", "munderover", "mtable", "mtr", "mtd", "mstyle"),
    *("mpadded", "mphantom"),
}


@pytest.mark.parametrize(
    "text",
    [
        "cost is $5 and $6",
        "100% of",
        "between $5 and US$6 (AU$7)",
        "from $5-$6 to $5/$6",
        "$HOME/$PATH and $A, $B",
        "sim!10^3 and x_1 without their signs",
        "from \\$5 to \\$6",
        "$accuracy$ and $not maths$",
        "between $10^3 and $10^4",
        "see https://x.org/?a=$b$",
        "an unclosed $x^2",
        "$ x$ and $x $",
        "-$5 -$6, $5=$6, +$7 or +$8",
        "pays $5+ and $6+ or $7<$8",
        "a (b) [c] \\ (d)",
    ],
)
def test_what_may_be_no_mathematics_stays_text(text: str) -> None:
    assert title_to_html(text) is text
    assert plain_text(text) == text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("$O(n^2)$ models", "O(n²) models"),
        ("$k$-means at $100\\times$ lower cost", "k-means at 100× lower cost"),
        ("H$_2$O", "H₂O"),
        ("\\(x_{\\max} \\le \\frac{1}{2}\\)", "x_max ≤ 1/2"),
        ("$$\\hat{y} = \\sqrt{2}$$", "ŷ = √2"),
        ("\\[a=b\\]", "a = b"),
        ("$\\mathbb{R}^{d\\times n}$", "ℝ^(d×n)"),
        ("$\\tilde{O}(n \\log n)$, $\\sim 10^{-3}$", "Õ(n log n), ∼10⁻³"),
        ("$\\mathrm{GeV}/c^2$ at $90^\\circ$", "GeV/c² at 90°"),
        ("$p<0.05$ and $5 of it", "p < 0.05 and $5 of it"),
        ("$x \\not= y$", "x ≠ y"),
        ("one$\\unicode{x2014}$two", "one—two"),
        ("$\\sim$10 and $>$5 of 90$\\pm$2 ($90.3%$)", "∼10 and >5 of 90±2 (90.3%)"),
        ("from $5 to $6 at $ \\times $ two", "from $5 to $6 at × two"),
    ],
)
def test_mathematics_becomes_mathml_with_a_plain_text(text: str, plain: str) -> None:
    assert plain_text(text) == plain
    html = lxml.html.fragment_fromstring(str(title_to_html(text)), create_parent=True)
    assert html.xpath("//math/@alttext")
    assert "$" not in html.text_content().replace("$5", "").replace("$6", "")


@pytest.mark.parametrize(
    "tex",
    [
        "\\text{<script>alert(1)</script>}",
        "\\mbox{</mtext><script>}",
        "\\href{javascript:alert(1)}{x}",
        "\\style{color:red}{x^2}",
        "\\class{x}{y}",
        '\\color{red" onclick="alert(1)}x_1',
        "\\unicode{x3c}script\\unicode{x3e}",
    ],
)
def test_a_formula_carries_neither_markup_nor_style_nor_links(tex: str) -> None:
    html = text_to_html(f"See ${tex}$ there.")
    page = lxml.html.document_fromstring(str(html))
    assert not page.xpath("//script | //@style | //@href | //@class | //@onclick")
    assert {str(element.tag) for element in page.xpath("//math//*")} <= MATHML


@pytest.mark.parametrize(
    "tex",
    [
        "\\def\\a{\\a\\a}\\a",
        "\\newcommand{\\a}{\\a\\a}\\a",
        "{" * 2000,
        "{" * 50 + "x" + "}" * 50,
        "x^" * 299 + "x",
        "\\frac{1}{2",
        "\\left(" * 40 + "\\right)" * 40,
        "\\sqrt" * 110,
        "\\unknowncommand{x}",
        "x" * (LONGEST + 1) + "^2",
        "^",
        "\\begin{matrix}" * 20,
    ],
)
def test_a_bomb_or_nonsense_falls_back_to_its_source_at_once(tex: str) -> None:
    text = f"Before ${tex}$ after."
    begun = time.process_time()
    html = text_to_html(text)
    assert time.process_time() - begun < 2
    assert lxml.html.fromstring(str(html)).text_content() == text
    assert plain_text(text) == text


def test_many_formulas_and_many_dollars_take_little_time() -> None:
    for text in ("$" * 20_000, "$x_1 " * 20_000, "\\(" * 20_000, "$$ a " * 10_000):
        begun = time.process_time()
        list(parts(text))
        assert time.process_time() - begun < 5, text[:10]


@settings(deadline=None)
@given(st.text(st.sampled_from("$\\{}()[]^_&<> xy12=\nfracsqrtleightex"), max_size=80))
def test_no_text_makes_it_fail_and_nothing_but_formulas_changes(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = list(parts(text))
    kept = [part for part in found if isinstance(part, str)]
    position = 0
    for part in kept:
        position = text.index(part, position) + len(part)
    tags = re.findall(r"</?(\w+)", "".join(p.html for p in found if not isinstance(p, str)))
    assert set(tags) <= MATHML | {"wbr"}


def test_a_long_formula_may_break_and_an_unbreakable_one_is_text() -> None:
    long = formula("a_1 + a_2 + a_3 = b_1 + b_2 + b_3, c = d_1 + d_2")
    assert long is not None
    assert long.html.count("<wbr>") == 3
    wide = formula("\\frac{" + "+".join(f"\\alpha_{{{n}}}" for n in range(40)) + "}{2}")
    assert wide is not None
    assert "<math" not in wide.html


def test_a_page_sets_the_formula_and_machines_get_text_or_the_source() -> None:
    known = paper(
        0,
        title="A bound of $O(n^2)$",
        abstract="It is $O(n^2)$, not $5.",
        blurb="Says $x_1$.",
        authors=("A B",),
        published=PartialDate(2024),
    )
    files = render(Archive((known, paper(1)), (), ()))
    page = lxml.html.document_fromstring(files["papers/paper-0.html"].decode())
    assert page.xpath("//h1/math")
    assert page.xpath("//section/p/math")
    assert page.xpath("string(//title)").startswith("A bound of O(n²) ·")
    assert page.xpath("//meta[@name='citation_title']/@content") == ["A bound of O(n²)"]
    assert page.xpath("//meta[@name='description']/@content") == ["It is O(n²), not $5."]
    assert "title = {A bound of $O(n^2)$}" in page.xpath("string(//pre)")
    facts = json.loads(files["data/papers.jsonl"].decode().splitlines()[0])
    assert facts["title"] == "A bound of $O(n^2)$"
    assert facts["abstract"] == "It is $O(n^2)$, not $5."
    feed = files["feeds/archive.atom.xml"].decode()
    assert "<title>A bound of O(n²)</title>" in feed
    assert "It is O(n²), not $5." in feed
    assert "math" not in feed
    listed = lxml.html.document_fromstring(files["dates/2024.html"].decode())
    assert listed.xpath("//h3/a/math")
    assert "It is O(n²)" in listed.xpath("string(//p[@class='excerpt'])")


def test_the_beginning_of_a_text_is_that_of_all_of_it_as_plain_text() -> None:
    words = "words " * 20
    text = f"Costs $O(n^2)$ or \\(x_1\\) of $5 and $6, {words}$\\alpha$ \\[y\\] at the end"
    for said in (text, text.replace("$", "").replace("\\", ""), words + "\\(x_1\\)", ""):
        whole = plain_text(said)
        for length in range(len(said) + 3):
            start = plain_start(said, length)
            assert whole.startswith(start)
            assert len(start) >= min(length, len(whole))

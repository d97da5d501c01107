"""TeX's text commands become the signs they stand for; formulas and what is no TeX stay."""

from __future__ import annotations

import pytest
from daybook.catalogue.bibtex import escape_latex
from daybook.digests import read_digest
from daybook.digests.tex import read_tex
from hypothesis import given, settings
from hypothesis import strategies as st

SIGNS = {
    "textless": "<", "textgreater": ">", "textbar": "|", "textasciicircum": "^",
    "textasciitilde": "~", "textbackslash": "\\", "textcopyright": "©", "texttrademark": "™",
    "textregistered": "®", "textdegree": "°", "texteuro": "€", "textquotedblleft": "“",
    "textquotedblright": "”", "textquoteleft": "‘", "textquoteright": "’",
    "textquotesingle": "'", "textendash": "–", "textemdash": "—", "textellipsis": "…",
    "textbullet": "•", "textmu": "µ", "ldots": "…", "dots": "…", "pounds": "£", "slash": "/",
    "TeX": "TeX", "LaTeX": "LaTeX", "ss": "ß", "o": "ø", "S": "§", "P": "¶",
}  # fmt: skip
ROWS = [
    (r"a {\textless} b", "a < b"),
    (r"\textless 5", "<5"),
    (r"x\^{} s", "x^ s"),
    (r"a \~{}normal", "a ~normal"),
    (r"a\~{}b and a\textasciitilde{}b", "a~b and a~b"),
    (r"5\^{}n", "5^n"),
    (r"{\^{}}2", "^2"),
    (r"{A} \^{}\_\^{} study", "A ^_^ study"),
    (r"\textit{in {\em vitro}}", "in vitro"),
    (r"H\textsubscript{2}O", "H₂O"),
    (r"10\textsuperscript{-3}, n\textsuperscript{th}", "10⁻³, nth"),
    (r"recall\,@\,10", "recall @ 10"),
    (r"\mbox{a} \text{b} \texttt{@}c \textsc{d} \underline{e}", "a b @c d e"),
    (r"{\bf a} {\it b} {\sc c}", "a b c"),
    (r"\href{https://x.org/a}{the {Words}}", "the Words (https://x.org/a)"),
    (r"\url{https://x.org/\~{}a_b}", "https://x.org/~a_b"),
    (r"\& \% \_ \# \$ \{a\}", "& % _ # $ {a}"),
    (r"\S 3, \S~4 and \S+", r"§3, § 4 and \S+"),
    (r"\'{E}t\'e, {\'e}, \emph{\'e}, Gro{\ss}e, \'\i, {\v{c}}", "Été, é, é, Große, í, č"),
    (r"{\textbackslash}v c, C:{\textbackslash}temp", r"\v c, C:\temp"),
    (r"{The {\TeX}book}", "The TeXbook"),
    (r"\LaTeX documents \ldots and more", "LaTeX documents … and more"),
    (r"\textbf{a $x\_1^{2}$ b} $\textless$", r"a $x\_1^{2}$ b $\textless$"),
    (r"\(\'a\) and \[\'a\]", r"\(\'a\) and \[\'a\]"),
    (r"\unknown{a}{b} {c}", r"\unknown{a}{b} c"),
    (r"\emph{a", r"\emph{a"),
    ("}a{", "}a{"),
    ("``the $x$ case''", "“the $x$ case”"),
    (r"a--b\\c\-d", "a–b cd"),
    (r"1986\. A year, \^ and \= e", r"1986\. A year, \^ and \= e"),
    (r"a -{}- b -{}-{}- c", "a -- b --- c"),
    (r"\ensuremath{\lbrace}x\ensuremath{\rbrace} \lbrace{}y", "{x} {y"),
    (r"\ensuremath{\alpha_{12}} \ensuremath{x", r"$\alpha_{12}$ \ensuremath{x"),
]


@pytest.mark.parametrize(("tex", "text"), ROWS)
def test_tex_is_read_as_it_is_meant(tex: str, text: str) -> None:
    assert read_tex(tex, braces=True, dashes=True) == text


@pytest.mark.parametrize(("name", "sign"), SIGNS.items())
def test_a_sign_is_read_with_braces_around_it_behind_it_and_without(name: str, sign: str) -> None:
    for tex in (rf"1 {{\{name}}} 2", rf"1 \{name}{{}} 2"):
        assert read_tex(tex) == read_tex(tex, braces=True) == f"1 {sign} 2"
    assert read_tex(rf"\{name}5") == f"{sign}5"


@settings(max_examples=300)
@given(
    st.lists(
        st.sampled_from(
            [*"ab 1\\{}$%&#_^~-`'\"<=.", "--", "---", "``", r"\alpha", "$x$", r"\textbf{", "–", "é"]
        ),
        max_size=12,
    ).map(lambda parts: " ".join("".join(parts).split()))
)
def test_what_the_archive_writes_as_bibtex_is_read_as_it_was(text: str) -> None:
    assert read_tex(escape_latex(text), braces=True, dashes=True) == text


@settings(max_examples=50)
@given(st.text(st.characters(exclude_characters="\\~`")))
def test_what_is_no_tex_stays(text: str) -> None:
    assert read_tex(text) == text


def test_the_library_of_a_reference_manager_is_read_once_and_whole() -> None:
    library = r"""
    @article{one, title = {A {\$}5 {Test} of p{\textless}0.05 \^{}\_\^{} {\TeX}},
      abstract = {Let \$x {\textless} y\$ and \${\textbackslash}alpha\_i {\textbackslash}in
        R{\textasciicircum}d\$ in C:{\textbackslash}v c. {\textcopyright} 2019}}
    """
    (digest,) = read_digest("library.bib", library.encode())
    (entry,) = digest.entries
    assert entry.title == "A $5 Test of p<0.05 ^_^ TeX"
    assert entry.abstract == "Let $x < y$ and $\\alpha_i \\in R^d$ in C:\\v c. © 2019"

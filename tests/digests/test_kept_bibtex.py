"""BibTeX as people keep it in public: escaped once too often, commas in place of 'and'."""

from __future__ import annotations

import pytest

from .reading import read

ENTRY = "@article{{one, title = {{{title}}}, author = {{{authors}}}, year = {{2020}}}}\n"


def entry(title: str = "Storks on Chimneys", authors: str = "Lovelace, Ada") -> str:
    return ENTRY.format(title=title, authors=authors)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (r"Back in {\{}NLP{\}} with {\{}BERT{\}}", "Back in NLP with BERT"),
        (r"Back in \{NLP\} with \{BERT\}", "Back in {NLP} with {BERT}"),
        (r"The role of $\{$beta$\}$ 1 in storks", "The role of beta 1 in storks"),
        (r"Games over \{0, 1\} and \{a, b\}", "Games over {0, 1} and {a, b}"),
        (r"Ants, genus {\textit Cataglyphis}", "Ants, genus Cataglyphis"),
        (r"{\unicode{120582}}{\unicode{8347}}, a calculus", "𝜆ₛ, a calculus"),
        (r"A ${$\pi$}^{$-$}p$\rightarrow$n$ peak", r"A ${\pi}^{-}p$→$n$ peak"),
        (
            r"${\pi}^{\ifmmode\pm\else\textpm\fi{}}$ at 9\ifmmode^\circ\else\textdegree\fi{} or",
            r"${\pi}^{\pm }$ at 9° or",
        ),
        (r"Redshift 0.1 \&lt; z \&lt; 1 \&amp; more", "Redshift 0.1 < z < 1 & more"),
        (r"Kernels \& {\relax DESI} spectra", "Kernels & DESI spectra"),
        (
            r"The {\Lambda}CDM model, \alpha decay and $\alpha$",
            r"The ΛCDM model, α decay and $\alpha$",
        ),
        (r"{\guillemotleft} Nid {\guillemotright}", "« Nid »"),
    ],
)
def test_what_programs_escaped_around_words_is_no_part_of_a_title(written: str, title: str) -> None:
    [found], refusals = read(entry(title=written))
    assert (found.title, refusals) == (title, [])


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Sen 0001, Alper and Hang Su 0006", ["Alper Sen", "Hang Su"]),
        ("0001, Alper Sen and Lovelace, Ada 0002", ["Alper Sen", "Ada Lovelace"]),
        (
            r"Va\ifmmode \check{s}\else \v{s}\fi{}a, Bo and H{\ifmmode\acute{c}\else\'{c}\fi{}}, A",
            ["Bo Vaša", "A Hć"],
        ),
        ("Agent 47 and {The Storks of 2020}", ["Agent 47", "The Storks of 2020"]),
        (r"M\''uller, Rolf and Bj{\''o}rn Berg", ["Rolf Müller", "Björn Berg"]),
        (r'M Sch{\\"u}tz and Jean--Pierre Tschai\-kow', ["M Schütz", "Jean-Pierre Tschaikow"]),
        ("Ada Lovelace, Grace Hopper, Jo van Dam", ["Ada Lovelace", "Grace Hopper", "Jo van Dam"]),
        ("Ada Lovelace, Grace Hopper, and Jo Dam", ["Ada Lovelace", "Grace Hopper", "Jo Dam"]),
        ("Lovelace, A., Hopper, G. M.", ["A. Lovelace", "G. M. Hopper"]),
        ("Lovelace, Ada, Hopper, Grace", ["Ada Lovelace", "Grace Hopper"]),
        ("Jackson, Jr., Mary and van Dam, Jo", ["Mary Jackson Jr.", "Jo van Dam"]),
        ("García Márquez, José María", ["José María García Márquez"]),
        ("{Storks, Nests, Chimneys, Inc.}", ["Storks, Nests, Chimneys, Inc."]),
        (", Stanza and Ada Lovelace and, Grace Hopper", ["Stanza", "Ada Lovelace", "Grace Hopper"]),
    ],
)
def test_people_are_named_as_they_are_printed(written: str, names: list[str]) -> None:
    [found], refusals = read(entry(authors=written))
    assert (found.authors, refusals) == (tuple(names), [])


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ("url = {https://doi.org/10.1145/1234567.89}", "10.1145/1234567.89"),
        ("ee = {https://doi.org/10.1145/1234567.89}, url = {db/x.html}", "10.1145/1234567.89"),
        ("pdf = {https://arxiv.org/pdf/2301.00001.pdf}, doi = {10.1145/1}", "2301.00001"),
        ("url = {arxiv.org/abs/2301.00001}", "2301.00001"),
        ("html = {https://storks.org/nest}", "page https://storks.org/nest"),
        ("bdsk-url-1 = {https://storks.org/a\\_b}", "page https://storks.org/a_b"),
        (
            "pdf = {https://storks.org/n.pdf}, code = {https://github.com/a/b}",
            "pdf https://storks.org/n.pdf code https://github.com/a/b",
        ),
        ("url = {https://a.org/x}, link = {https://a.org/x}", "page https://a.org/x"),
    ],
)
def test_where_a_paper_is_counts_whatever_field_says_it(field: str, found: str) -> None:
    [paper], refusals = read(entry().replace("year", f"{field}, year"))
    links = " ".join(f"{link.kind} {link.url}" for link in paper.links)
    assert (paper.arxiv or paper.doi or links, refusals) == (found, [])

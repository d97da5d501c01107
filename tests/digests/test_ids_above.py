"""Papers whose identifier stands above their title, in a paragraph of its own, get theirs."""

from __future__ import annotations

import pytest
from daybook.digests import read_digest

PAPERS = (
    ("2501.00001", "Where Storks Rest", "Ada One, Bo Two"),
    ("2501.00002", "Where Cranes Rest", "Cy Three, Dee Four"),
    ("math/0309136", "Where Owls Rest", "Eve Five, Fay Six"),
)
CARD = (
    '<article><div><a href="https://arxiv.org/abs/{0}">arXiv {0}</a> · cs.RO · 5 Mar 2026</div>'
    '<h3>{1}</h3><div class="authors">{2}</div><p>They rest.</p></article>\n'
)
FORMS = (
    ("# Birds\n\n", "[arXiv:{0}](https://arxiv.org/abs/{0})\n\n**{1}**\n\n{2}\n\n"),
    ("", "arXiv:{0}\n\n## {1}\n\n{2}\n\nThey rest.\n\n"),
    ("", "[1] arXiv:{0} [pdf, html, other]\n\n    Title: {1}\n    {2}\n\n    They rest.\n\n"),
    ("<h1>Birds</h1>\n", CARD),
)


@pytest.mark.parametrize(("begin", "form"), FORMS)
def test_each_title_has_the_identifier_above_it(begin: str, form: str) -> None:
    text = begin + "".join(form.format(*paper) for paper in PAPERS)
    (digest,) = read_digest("list", text.encode())
    found = [(e.arxiv, e.title, ", ".join(e.authors or ())) for e in digest.entries]
    assert found == [*PAPERS]
    assert digest.refusals == ()


def test_identifiers_below_their_titles_stay_theirs() -> None:
    text = "".join(
        f"## {title}\n\n[arXiv:{number}](https://arxiv.org/abs/{number})\n\n"
        for number, title, _ in PAPERS
    )
    (digest,) = read_digest("list.md", text.encode())
    assert [(e.arxiv, e.title) for e in digest.entries] == [paper[:2] for paper in PAPERS]

"""Lines of newsletters that are a title and its link beside it, in bold or behind a sign."""

from __future__ import annotations

import pytest
from daybook.digests import read_digest
from daybook.records import Digest

ONE, TWO = "https://arxiv.org/abs/2403.00001", "https://arxiv.org/abs/2403.00002"
TITLES = ["Where Storks Rest", "Where Cranes Rest"]


def read(text: str) -> Digest:
    (digest,) = read_digest("list.md", text.encode())
    return digest


def listed(line: str) -> str:
    """Give a list of two papers made so, each with a paragraph below it."""
    lines = [line.format(title=t, url=u) for t, u in zip(TITLES, (ONE, TWO), strict=True)]
    return "# This week\n\n" + "\n\nIt says a lot.\n\n".join(lines) + "\n\nIt says more.\n"


@pytest.mark.parametrize(
    "line",
    [
        "**{title}** ([arXiv]({url}))",
        "**{title}** [paper]({url}) [code](https://github.com/a/b)",
        "**{title}**: {url}",
        "__{title}__ - {url}",
        "1️⃣ **{title}** ([arXiv]({url}))",
        "1️⃣ {title} ({url})",
        "① {title} — {url}",
        "#1 {title} {url}",
        "👉 **{title}** ({url})",
        "🔹 {title} | [PDF]({url})",
        "➡️ **{title}** by Ada One and Bo Two [arXiv]({url})",
    ],
)
def test_a_title_with_its_link_beside_it_is_a_paper(line: str) -> None:
    digest = read(listed(line))
    if "by Ada" in line:
        assert [entry.authors for entry in digest.entries] == [("Ada One", "Bo Two")] * 2
    assert [entry.title for entry in digest.entries] == TITLES
    assert [entry.arxiv for entry in digest.entries] == ["2403.00001", "2403.00002"]
    assert [entry.blurb for entry in digest.entries] == ["It says a lot.", "It says more."]
    assert digest.refusals == ()


def test_people_behind_the_link_are_its_people() -> None:
    digest = read(listed("1️⃣ **{title}** ([arXiv]({url})) by Ada One and Bo Two"))
    assert [entry.authors for entry in digest.entries] == [("Ada One", "Bo Two")] * 2


@pytest.mark.parametrize(
    "line",
    ["**Ada One, Bo Two** [arXiv]({url})", "**NeurIPS 2024** [PDF]({url})", "**Links:** {url}"],
)
def test_what_stands_below_a_title_is_none(line: str) -> None:
    sections = [
        f"## {title}\n\n{line.format(url=url)}\n\nIt says.\n"
        for title, url in zip(TITLES, (ONE, TWO), strict=True)
    ]
    assert [entry.title for entry in read("\n".join(sections)).entries] == TITLES


def test_one_line_in_bold_below_each_heading_is_no_title() -> None:
    sections = [
        f"## {title}\n\n**Good News** ([arXiv]({url}))\n\nIt says.\n"
        for title, url in zip(TITLES, (ONE, TWO), strict=True)
    ]
    assert [entry.title for entry in read("\n".join(sections)).entries] == TITLES


def test_prose_with_links_is_no_list() -> None:
    text = f"👀 we read [this]({ONE}) and were glad.\n\n👀 then came [that]({TWO}), too.\n"
    listed_too = "- [Where Geese Rest](https://arxiv.org/abs/2403.00003)\n"
    digest = read(f"{listed_too}\n{text}")
    assert [entry.title for entry in digest.entries] == ["Where Geese Rest"]
    assert {refusal.line for refusal in digest.refusals} == {3, 5}


@pytest.mark.parametrize(
    ("behind", "authors", "blurb"),
    [
        ("Jane Doe and Bo Two (2023)", ("Jane Doe", "Bo Two"), None),
        ("Doe, Two (2023)", None, "Doe, Two"),
        ("van der Berg & Wu (2023)", None, "van der Berg & Wu"),
        ("Doe et al. (2023)", None, "Doe et al."),
    ],
)
def test_people_and_year_end_a_title(
    behind: str, authors: tuple[str, ...] | None, blurb: str | None
) -> None:
    for dash in "—–-":
        (entry,) = read(f"- [Where Storks Rest {dash} {behind}]({ONE})\n").entries
        found = (entry.title, str(entry.published), entry.authors, entry.blurb)
        assert found == ("Where Storks Rest", "2023", authors, blurb)


@pytest.mark.parametrize("behind", ["A Study of Birds (2023)", "Part Two (2023)", "Revisited"])
def test_a_subtitle_stays(behind: str) -> None:
    (entry,) = read(f"- [Where Storks Rest - {behind}]({ONE})\n").entries
    assert entry.title == f"Where Storks Rest - {behind.removesuffix(' (2023)')}"


def test_signs_behind_names_are_no_part_of_them() -> None:
    text = f"- [Where Storks Rest]({ONE})\n  *Ada One¹, Bo Two²,³*, Cy Three†*\n"
    (entry,) = read(text).entries
    assert entry.authors == ("Ada One", "Bo Two", "Cy Three")


def test_a_number_in_prose_is_told() -> None:
    text = f"- [Where Storks Rest]({ONE})\n\nRead another (arXiv 2303.00009) today.\n"
    (told,) = read(text).refusals
    assert (told.line, "2303.00009" in told.message) == (3, True)


def test_so_they_are_in_html() -> None:
    paragraphs = [
        f'<p><strong>{n}. {title}</strong> (<a href="{url}">paper</a>)</p><p>It says.</p>'
        for n, (title, url) in enumerate(zip(TITLES, (ONE, TWO), strict=True), 1)
    ]
    page = f"<html><body><div>{''.join(paragraphs)}</div></body></html>"
    (digest,) = read_digest("list.html", page.encode())
    assert [entry.title for entry in digest.entries] == TITLES
    assert [entry.blurb for entry in digest.entries] == ["It says."] * 2


def test_a_picture_before_a_linked_title_says_nothing() -> None:
    text = "\n\n".join(
        f"👉 [{title}]({url}) — by the lake" for title, url in zip(TITLES, (ONE, TWO), strict=True)
    )
    assert [entry.blurb for entry in read(text + "\n").entries] == ["by the lake"] * 2

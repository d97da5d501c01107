"""Lists of papers as repositories keep them: marks, folds, dates and citations beside titles."""

from __future__ import annotations

import pytest
from daybook.digests import read_digest
from daybook.records import Entry

ONE, TWO = "https://arxiv.org/abs/2403.00001", "https://arxiv.org/abs/2403.00002"
FOUND = [("Where Storks Rest", "2403.00001"), ("Where Cranes Rest", "2403.00002")]


def entries_of(text: str) -> list[Entry]:
    """Read a list of which nothing is to be told."""
    digests = read_digest("list.md", text.encode())
    assert [refusal for digest in digests for refusal in digest.refusals] == []
    return [entry for digest in digests for entry in digest.entries]


def both(line: str) -> list[Entry]:
    """Read two papers that are written so; their titles and numbers are as they should be."""
    lines = [
        line.format(title=title, number=number, url=url)
        for (title, number), url in zip(FOUND, (ONE, TWO), strict=True)
    ]
    entries = entries_of("\n".join(lines) + "\n")
    assert [(entry.title, entry.arxiv) for entry in entries] == FOUND
    return entries


@pytest.mark.parametrize(
    "line",
    [
        "- (2024/03) [{number}] [{title}]({url})",
        "[2024-03-05] {title} | {url}",
        "{title}\t{url}\t2024-03-05",
        "2024-03-05\t{title}\t{url}",
        "+ **{title}** (Mar., 2024)\n  [![arXiv](https://img.shields.io/badge/a.svg)]({url})",
    ],
)
def test_dates_beside_titles_are_the_papers(line: str) -> None:
    assert {str(entry.published)[:7] for entry in both(line)} == {"2024-03"}


@pytest.mark.parametrize(
    "line", ["- {title}, ICML, 2024. [[paper]]({url})", "- **{title}**, ICML 2024 [[paper]]({url})"]
)
def test_venues_end_titles(line: str) -> None:
    assert {entry.venue for entry in both(line)} <= {"ICML, 2024", "ICML 2024"}


@pytest.mark.parametrize(
    ("line", "cited"),
    [
        ("- {title} [[Doe et al. 2023]]({url})", "Doe et al. 2023"),
        ("- [Doe et al., 2023]({url}): {title}", "Doe et al., 2023"),
        ("- [Doe & Wu (2023a)]({url}) {title}", "Doe & Wu (2023a)"),
    ],
)
def test_a_link_that_cites_its_paper_is_no_title(line: str, cited: str) -> None:
    assert {entry.blurb for entry in both(line)} == {cited}


def test_one_slanted_name_behind_a_title_is_its_author() -> None:
    text = (
        f"1. Where Storks Rest. *Jane Doe, John Smith.* NeurIPS 2023 [[Paper]({ONE})]\n"
        f"2. Where Cranes Rest. *Ann Arbor.* arXiv 2024 [[Paper]({TWO})]\n"
    )
    found = [(entry.title, entry.authors) for entry in entries_of(text)]
    assert found == [
        ("Where Storks Rest", ("Jane Doe", "John Smith")),
        ("Where Cranes Rest", ("Ann Arbor",)),
    ]


def test_a_slanted_journal_is_no_author() -> None:
    text = f"- Doe, J. (2024). Where storks rest. *Nature Birds*, 12(3), 45-67. [[Paper]({ONE})]\n"
    (entry,) = entries_of(text)
    assert (entry.title, entry.authors, entry.venue) == (
        "Where storks rest",
        ("J. Doe",),
        "Nature Birds",
    )


@pytest.mark.parametrize("day", ["2024-03-04", "<b>2024-03-04</b>"])
def test_a_fold_that_is_called_by_a_day_is_a_digest(day: str) -> None:
    text = (
        f"<details><summary>2024-03-05</summary>\n\n- [Where Storks Rest]({ONE})\n</details>\n"
        f"<details open>\n<summary>{day}</summary>\n\n- [Where Cranes Rest]({TWO})\n</details>\n"
    )
    digests = read_digest("list.md", text.replace("<details open>\n", "<details open>").encode())
    days = {str(digest.date): [entry.title for entry in digest.entries] for digest in digests}
    assert days == {"2024-03-05": ["Where Storks Rest"], "2024-03-04": ["Where Cranes Rest"]}


def test_a_cell_with_a_dash_says_nothing() -> None:
    text = f"| Title | Venue | Paper |\n|---|---|---|\n| Where Storks Rest | - | [Link]({ONE}) |\n"
    assert [entry.venue for entry in entries_of(text)] == [None]


@pytest.mark.parametrize(
    "line",
    [
        "- `[ICRA 2025]` {title}. [Paper]({url})",
        "- `ICML'24` {title} [[Paper]({url})]",
        "- (arXiv 2024.03) {title}, [[Paper]({url})]",
        "- (arXiv 2024.03) {title}. [[Paper]({url})]",
        "- arXiv 2024.03, {title}, [[Paper]({url})]",
        "- [arXiv 2403] {title}. [Paper]({url})",
        "- [arXiv {number}] {title}. [Paper]({url})",
        "- [{number}] {title} [pdf]({url})",
        "- [Storks et al., 2024] {title}. [arXiv]({url})",
        '- "{title}" by Ada Lovelace and Grace Hopper (ICRA 2025), {url}',
        '- "{title}", A. Lovelace, {url}',
        "- {title} by Ada Lovelace et al. {url}",
    ],
)
def test_what_stands_before_a_title_or_whose_it_is_is_no_part_of_it(line: str) -> None:
    first, _ = both(line)
    assert first.venue in {None, "ICRA 2025", "ICML'24"}
    assert ("20" in (first.venue or "")) == ("ICRA 2025" in line)

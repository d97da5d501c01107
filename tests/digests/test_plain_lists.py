r"""Lists in plain text: filled titles, mailers' marks, names behind titles, LaTeX's references."""

from __future__ import annotations

import pytest
from daybook.digests import read_digest
from daybook.records import Entry

TITLES = ["Where Storks Rest", "Where Cranes Rest", "Where Owls Rest"]
PEOPLE = [("Ada K. One", "Bo Two"), ("Cy Three", "Dee Four"), ("Eve Five", "Flo Six")]
NUMBERS = ["2403.00001", "2403.00002", "2403.00003"]
URL = "https://arxiv.org/abs/{}"


def listed(made: str, between: str = "\n\n", above: str = "", below: str = "\n") -> list[Entry]:
    """Read a text of three papers made so."""
    parts = [
        made.format(title=title, one=one, two=two, url=URL.format(number), number=number)
        for title, (one, two), number in zip(TITLES, PEOPLE, NUMBERS, strict=True)
    ]
    (digest,) = read_digest("list.txt", (above + between.join(parts) + below).encode())
    assert digest.refusals == ()
    assert [entry.arxiv for entry in digest.entries] == NUMBERS
    return list(digest.entries)


@pytest.mark.parametrize("people", ["{one}, {two}", "{one} and {two}", "by {one} and {two}"])
@pytest.mark.parametrize("words", ["", "\nThey rest on poles all day."])
@pytest.mark.parametrize(
    "title",
    [
        "{title} in Winter and\nin Spring",
        "{title}: A Study of Titles That Do Not Fit into\na Single Line of a Mail",
        "{title}: A Study of the Titles of Papers, Their Lengths\nConsidered by Their Readers",
    ],
)
def test_a_title_of_two_lines_is_whole(title: str, people: str, words: str) -> None:
    entries = listed(f"{title}\n{people}\n{{url}}{words}")
    whole = title.replace("\n", " ")
    assert [entry.title for entry in entries] == [whole.format(title=t) for t in TITLES]
    assert [entry.authors for entry in entries] == PEOPLE
    assert [entry.blurb for entry in entries] == [words.strip() or None] * 3
    lines = f"{title}\n{people}\n{{url}}{words}".count("\n") + 2
    begun = (1, 1 + lines, 1 + 2 * lines)
    assert all((entry.line or 0) - n in (0, 1) for entry, n in zip(entries, begun, strict=True))


def test_a_line_above_a_title_that_is_a_sentence_is_no_part_of_it() -> None:
    entries = listed("This one is about birds again.\n{title}\n{one}, {two}\n{url}")
    assert [entry.title for entry in entries] == TITLES


@pytest.mark.parametrize(
    ("made", "between"),
    [
        ("** {title} ({url})\n------------------------------\nThey rest.", "\n\n"),
        ("- {title}\n  ({url})", "\n"),
        ("- {title}\n  (<{url}>)", "\n"),
        ("{title} ([arXiv]({url}))", "\n"),
        ("{title} [paper]({url})", "\n\n"),
    ],
)
def test_an_address_beside_a_title_or_below_it_is_its_own(made: str, between: str) -> None:
    assert [entry.title for entry in listed(made, between)] == TITLES


@pytest.mark.parametrize(
    ("made", "between"),
    [
        ("{title} ([arXiv]({url})) by {one} and {two}", "\n"),
        ("- {title}. {one}, {two}. [pdf]({url})", "\n"),
        ("- {one} and {two}, *{title}*, Journal of Birds 3 (2024). [pdf]({url})", "\n"),
    ],
)
def test_people_beside_a_title_are_its_people(made: str, between: str) -> None:
    entries = listed(made, between)
    assert [(entry.title, entry.authors) for entry in entries] == [
        *zip(TITLES, PEOPLE, strict=True)
    ]


@pytest.mark.parametrize(
    ("made", "between"),
    [("{title} – {one}\n{url}", "\n\n"), ("- {title}. {one}. [pdf]({url})", "\n")],
)
def test_one_name_behind_each_title_is_who_wrote_it(made: str, between: str) -> None:
    names = [(one,) for one, _ in PEOPLE]
    entries = list(listed(made, between))
    assert next(entry.title for entry in entries) == TITLES[0]
    assert next(entry.authors for entry in entries) == names[0]
    if "–" in made:
        assert [entry.authors for entry in entries] == names


def test_a_labelled_identifier_may_have_its_category_behind_it() -> None:
    made = "## {title}\n\n**Authors:** {one}, {two}\n\n**arXiv:** {number} [cs.CL]\n\nThey rest."
    assert [entry.title for entry in listed(made)] == TITLES


def test_a_day_in_bold_before_a_title_is_none() -> None:
    entries = listed("- **Mar 4**: {title} [abs]({url})", "\n")
    assert [entry.title for entry in entries] == TITLES


@pytest.mark.parametrize("slanted", [r"\emph{%s}", r"{\em %s}", r"\textit{%s}"])
def test_references_of_latex_are_items(slanted: str) -> None:
    title = slanted.replace("{", "{{").replace("}", "}}") % "{title}"
    made = r"\bibitem{{key}} {one} and {two}," + f"\n{title},\n"
    made += r"\newblock Journal of Birds 3 (2024), arXiv:{number}."
    entries = listed(made, "\n\n", "\\begin{thebibliography}{9}\n", "\n\\end{thebibliography}\n")
    assert [(entry.title, entry.authors) for entry in entries] == [
        *zip(TITLES, PEOPLE, strict=True)
    ]
    assert [entry.venue for entry in entries] == ["Journal of Birds"] * 3


@pytest.mark.parametrize("made", ["- [{title}]({url}) — {one}", "- [{title}]({url}), {one}"])
def test_one_name_beside_each_title_of_a_list_is_who_wrote_it(made: str) -> None:
    names = [("Bo Two",), ("Dee Four",), ("Flo Six",)]
    entries = listed(made.replace("{one}", "{two}"), "\n")
    assert [(entry.authors, entry.blurb) for entry in entries] == [(name, None) for name in names]


@pytest.mark.parametrize(
    "words", [("Great Read", "Must See"), ("Vision Models", "Object Detection")]
)
def test_words_that_are_no_names_stay_what_is_said(words: tuple[str, str]) -> None:
    lines = [
        f"- [{title}]({URL.format(number)}) — {said}\n"
        for title, number, said in zip(TITLES, NUMBERS, words, strict=False)
    ]
    (digest,) = read_digest("list.md", "".join(lines).encode())
    assert [entry.authors for entry in digest.entries] == [None, None]

"""Ways in which people write lists down: tables without borders, fields, days above lists."""

from __future__ import annotations

import base64
import json

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


def found_in(text: str) -> list[tuple[str, str | None]]:
    return [(entry.title, entry.arxiv) for entry in entries_of(text)]


@pytest.mark.parametrize("rule", ["--- | --- | ---", ":-- | :-: | --:", "---|---|---|", "-|-|-"])
def test_a_table_needs_no_borders_at_its_sides(rule: str) -> None:
    rows = f"Where Storks Rest | Ada One, Bo Two | {ONE}\nWhere Cranes Rest | Cy Three | 2403.00002"
    text = f"# Read\n\nTitle | Authors | Link\n{rule}\n{rows}\n\nThat | is all.\n"
    assert found_in(text) == FOUND
    assert [entry.authors for entry in entries_of(text)] == [("Ada One", "Bo Two"), ("Cy Three",)]


def test_a_title_in_a_cell_may_have_its_address_in_brackets() -> None:
    text = (
        "| Date | Paper |\n|---|---|\n"
        f"| 2024-03-04 | [Where Storks Rest]({ONE}) |\n| 2024-03-05 | Where Cranes Rest ({TWO}) |\n"
    )
    assert found_in(text) == FOUND


def test_an_item_may_go_on_behind_the_address_in_brackets() -> None:
    text = f"- Where Storks Rest ({ONE}) - a good one\n- Where Cranes Rest ({TWO}): another\n"
    assert found_in(text) == FOUND
    assert [entry.blurb for entry in entries_of(text)] == ["a good one", "another"]


def test_fields_of_restructured_text_are_labels() -> None:
    sections = [
        f"{title}\n{'-' * len(title)}\n\n:Authors: Ada One, Bo Two\n:arXiv: `{number} <{url}>`_\n"
        f":Status: read\n\nThey rest.\n"
        for (title, number), url in zip(FOUND, (ONE, TWO), strict=True)
    ]
    text = "\n".join(["Papers\n======\n", *sections])
    assert found_in(text) == FOUND
    assert {entry.authors for entry in entries_of(text)} == {("Ada One", "Bo Two")}
    assert {entry.blurb for entry in entries_of(text)} == {":Status: read\n\nThey rest."}


def test_titles_may_stand_below_their_addresses() -> None:
    text = f"{ONE}\nWhere Storks Rest\nThey rest.\n\n{TWO}\nWhere Cranes Rest\n"
    assert found_in(text) == FOUND
    above = f"Where Storks Rest\n{ONE}\n\nWhere Cranes Rest\n{TWO}\n"
    assert found_in(above) == FOUND


def test_a_line_that_is_a_day_begins_a_digest_where_a_list_follows() -> None:
    text = (
        f"# Log\n\nMon 4 March 2024\n- [Where Storks Rest]({ONE})\n\n"
        f"Tue 5 March 2024:\n\n- [Where Cranes Rest]({TWO})\n"
    )
    digests = read_digest("list.md", text.encode())
    days = {str(digest.date): [entry.title for entry in digest.entries] for digest in digests}
    assert days == {"2024-03-04": ["Where Storks Rest"], "2024-03-05": ["Where Cranes Rest"]}


def test_a_day_below_a_paper_begins_none() -> None:
    text = f"- [Where Storks Rest]({ONE})\n  4 March 2024\n- [Where Cranes Rest]({TWO})\n"
    (digest,) = read_digest("list.md", text.encode())
    assert (len(digest.entries), digest.date) == (2, None)
    assert [str(entry.published) for entry in digest.entries] == ["2024-03-04", "None"]


@pytest.mark.parametrize(
    ("behind", "authors", "blurb"),
    [
        ("Ada One, Bo Two. They rest a lot.", ("Ada One", "Bo Two"), "They rest a lot"),
        ("Di Four — *ICML 2024*", ("Di Four",), None),
        ("Di Four. They rest a lot.", ("Di Four",), "They rest a lot"),
        ("They rest. A lot.", None, "They rest. A lot"),
    ],
)
def test_people_before_a_sentence_or_a_venue_are_its_authors(
    behind: str, authors: tuple[str, ...] | None, blurb: str | None
) -> None:
    items = [f"- **Where Bird {n} Rests** — Ada One, Bo Two. [[paper]]({ONE}{n})" for n in "23"]
    text = "\n".join([*items, f"- **Where Storks Rest** — {behind} [[paper]]({ONE})", ""])
    *_, entry = read_digest("list.md", text.encode())[0].entries
    assert (entry.title, entry.authors, entry.blurb) == ("Where Storks Rest", authors, blurb)
    assert entry.venue == ("ICML 2024" if "ICML" in behind else None)


@pytest.mark.parametrize(
    "form",
    ["[{title} ({what})]({url})", "[{title}]({url}) ({what})", "**[{title}]({url}) ({what})**"],
)
def test_other_articles_of_a_newsletter_are_no_text_of_the_paper_above(form: str) -> None:
    """Whether what they are stands within their links or behind."""
    redirector = "https://tracking.tldrnewsletter.com/CL0/https:%2F%2Farxiv.org%2Fabs%2F2403.00002"

    def article(title: str, what: str, url: str) -> str:
        return form.format(title=title, what=what, url=url)

    text = (
        f"{article('Where Storks Rest', '12 minute read', f'{ONE}?utm_source=x')}\n\nThey rest.\n\n"
        f"{article('Wings', 'GitHub Repo', 'https://github.com/a/wings')}\n\nA repository.\n\n"
        + article("Where Cranes Rest", "8 minute read", f"{redirector}%3Futm_source=x/1/01/abc=1")
    )
    assert found_in(text) == FOUND
    assert [entry.blurb for entry in entries_of(text)] == ["They rest.", None]


def test_an_address_in_a_record_in_base64_is_found() -> None:
    record = base64.urlsafe_b64encode(json.dumps({"e": TWO, "p": 12}).encode()).decode()
    url = f"https://substack.com/redirect/2/{record.rstrip('=')}.sig?r=abc"
    assert found_in(f"- [Where Storks Rest]({ONE})\n- [Where Cranes Rest]({url})\n") == FOUND


def test_a_cell_tells_people_below_its_title() -> None:
    text = (
        "| Paper | Venue | Links |\n|---|---|---|\n"
        f"| **Where Storks Rest** <br> Ada One, Bo Two | ICML 2023 | [Paper]({ONE}) |\n"
        f"| [Where Cranes Rest]({TWO})<br>*Cy Three, Dee Four*<br>They rest. | ICLR 2024 | |\n"
    )
    assert found_in(text) == FOUND
    said = [(entry.authors, entry.venue, entry.blurb) for entry in entries_of(text)]
    assert said == [
        (("Ada One", "Bo Two"), "ICML 2023", None),
        (("Cy Three", "Dee Four"), "ICLR 2024", "They rest."),
    ]


def test_a_sentence_with_an_and_is_no_list_of_people() -> None:
    text = (
        f"- [Where Storks Rest]({ONE})\n  - Google's first Model powering Bard and Google birds.\n"
    )
    (entry,) = entries_of(text)
    assert (entry.authors, entry.blurb) == (
        None,
        "Google's first Model powering Bard and Google birds.",
    )


def test_words_that_are_struck_out_are_words() -> None:
    text = f"- [x] ~~[Where Storks Rest]({ONE})~~ (2024-03-05)\n- [ ] [Where Cranes Rest]({TWO})\n"
    assert found_in(text) == FOUND
    assert [entry.blurb for entry in entries_of(text)] == [None, None]


def test_an_identifier_before_a_title_in_bold_is_its_link() -> None:
    text = "\n\n".join(
        f"**[{number}] {title}** Ada One, Bo Two\n> They rest." for title, number in FOUND
    )
    assert found_in(f"## 2024-03-05\n\n{text}\n") == FOUND
    said = {(entry.authors, entry.blurb) for entry in entries_of(f"## 2024-03-05\n\n{text}\n")}
    assert said == {(("Ada One", "Bo Two"), "They rest.")}


def test_one_name_in_brackets_is_the_author_where_others_have_several() -> None:
    text = (
        "* 2403.00001: Where Storks Rest (Ada One, Bo Two)\n"
        "* 2403.00002: Where Cranes Rest (Cy Three, Dee Four)\n"
        "* 2403.00003: Where Geese Rest (Jim Beam)\n"
        "* 2403.00004: Where Swans Rest (Extended Version)\n"
    )
    *_, geese, swans = entries_of(text)
    assert (geese.title, geese.authors) == ("Where Geese Rest", ("Jim Beam",))
    assert (swans.title, swans.authors) == ("Where Swans Rest (Extended Version)", None)


def test_how_a_letter_ends_says_nothing_of_its_last_paper() -> None:
    text = f"Hi,\n\nWhere Storks Rest\n{ONE}\n\nWhere Cranes Rest\n{TWO}\n\nBest regards,\n"
    assert found_in(text) == FOUND
    assert [entry.blurb for entry in entries_of(text)] == [None, None]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("«", "»"), ("« ", " »"), ("„", "“"), ("»", "«"), ("《", "》"), ("「", "」")],
)
@pytest.mark.parametrize("number", ["", "1、", "1. "])
def test_quotation_marks_and_numbers_of_other_languages_are_no_title(
    opening: str, closing: str, number: str
) -> None:
    lines = [
        f"{number}{opening}{title}{closing} – {url}"
        for (title, _), url in zip(FOUND, (ONE, TWO), strict=True)
    ]
    assert found_in("## 05.03.2024\n\n" + "\n".join(lines) + "\n") == FOUND


@pytest.mark.parametrize("title", ['"{}"', "« {} »", "“{}”"])
def test_people_stand_behind_a_quoted_title(title: str) -> None:
    said = [
        f"- {title.format(t)}, Ada One and Bo Two, {u}"
        for (t, _), u in zip(FOUND, (ONE, TWO), strict=True)
    ]
    text = "\n".join(said) + "\n"
    assert found_in(text) == FOUND
    assert {entry.authors for entry in entries_of(text)} == {("Ada One", "Bo Two")}


@pytest.mark.parametrize(
    ("written", "date"),
    [("05.03.2024", "2024-03-05"), ("5.3.2024", "2024-03-05"), ("31.12.2023", "2023-12-31")],
)
def test_a_day_with_dots_comes_first(written: str, date: str) -> None:
    (digest,) = read_digest("list.md", f"## {written}\n\n- [Where Storks Rest]({ONE})\n".encode())
    assert str(digest.date) == date


@pytest.mark.parametrize("written", ["Version 1.2.2024.3", "13.31.2024", "10.5.20244"])
def test_other_numbers_with_dots_are_no_day(written: str) -> None:
    (digest,) = read_digest("list.md", f"## {written}\n\n- [Where Storks Rest]({ONE})\n".encode())
    assert digest.date is None


def test_labels_may_be_counted() -> None:
    chinese = f"【论文1】标题：Where Storks Rest\n作者：Ada One, Bo Two\n链接：{ONE}\n\n"
    chinese += f"【论文2】标题：Where Cranes Rest\n作者：Cy Three\n链接：{TWO}\n"
    assert found_in(chinese) == FOUND
    english = (
        f"Paper 1: Where Storks Rest\nLink: {ONE}\n\nPaper 2: Where Cranes Rest\nLink: {TWO}\n"
    )
    assert found_in(english) == FOUND


def test_pictures_may_stand_for_labels() -> None:
    text = "📅 2024-03-05\n\n" + "\n".join(
        f"📌 {title}\n👥 {people}\n🔗 {url}\n📝 They rest.\n"
        for (title, _), people, url in zip(
            FOUND, ("Ada One, Bo Two", "Jim Beam"), (ONE, TWO), strict=True
        )
    )
    assert found_in(text) == FOUND
    said = [(entry.authors, entry.blurb) for entry in entries_of(text)]
    assert said == [(("Ada One", "Bo Two"), "They rest."), (("Jim Beam",), "They rest.")]
    (digest,) = read_digest("list.md", text.encode())
    assert str(digest.date) == "2024-03-05"

"""Items of lists as people write them: numbers, comments, several papers."""

from __future__ import annotations

import pytest
from daybook.digests import read_digest
from daybook.errors import Refusal
from daybook.records import Entry

ONE, TWO, THREE = (f"https://arxiv.org/abs/2501.0000{number}" for number in (1, 2, 3))


def read(text: str) -> tuple[list[Entry], list[Refusal]]:
    digests = read_digest("list.md", text.encode())
    entries = [entry for digest in digests for entry in digest.entries]
    return entries, [refusal for digest in digests for refusal in digest.refusals]


def titled(text: str) -> list[tuple[str, str | None]]:
    """Give the titles and the last figures of the identifiers, where nothing else is told."""
    entries, told = read(text)
    assert told == []
    return [(entry.title, entry.arxiv and entry.arxiv[-1]) for entry in entries]


@pytest.mark.parametrize("number", ["{}. ", "{}) ", "{}). ", "{}).", "{}."])
def test_an_item_s_number_is_written_in_many_ways(number: str) -> None:
    text = "\n\n".join(
        f"{number.format(place)}[{title}]({url}) - shows it."
        for place, (title, url) in enumerate((("Looms", ONE), ("2.5D Wool", TWO)), 1)
    )
    assert titled(f"# Papers\n\n{text}\n") == [("Looms", "1"), ("2.5D Wool", "2")]


@pytest.mark.parametrize(
    ("said", "title", "blurb"),
    [
        (
            "Looms at Scale - a study of looms and wool.",
            "Looms at Scale",
            "a study of looms and wool",
        ),
        ("Looms – a Study of Wool", "Looms – a Study of Wool", None),
        ("Looms - Wool, Revisited.", "Looms - Wool, Revisited", None),
    ],
)
def test_a_sentence_behind_a_title_is_none_of_it(said: str, title: str, blurb: str | None) -> None:
    entries, _ = read(f"# Papers\n\n1). {said} ([paper]({ONE}))\n\n2). Wool ([paper]({TWO}))\n")
    assert [entry.title for entry in entries] == [title, "Wool"]
    assert entries[0].blurb == blurb


@pytest.mark.parametrize("between", [", ", "<br>", " and ", " / ", "<br>2. "])
def test_papers_that_share_a_cell_are_entries_of_their_own(between: str) -> None:
    cell = f"[Looms]({ONE}){between}[Wool at Scale]({TWO})"
    for table in (
        f"|Topic|Papers|\n|---|---|\n|Weaving|{cell}|\n|Carding|[Carding]({THREE})|\n",
        f"|Year|Work|\n|---|---|\n|2025|{cell}|\n|2025|[Carding]({THREE})|\n",
    ):
        assert titled(table) == [("Looms", "1"), ("Wool at Scale", "2"), ("Carding", "3")]


def test_a_cell_that_tells_of_another_paper_is_one_paper_s() -> None:
    row = f"|[Looms]({ONE}), an answer to [Wool]({TWO})|Ada Lovelace|"
    entries, _ = read(f"|Title|Authors|\n|---|---|\n{row}\n")
    assert [(entry.title, entry.authors) for entry in entries] == [("Looms", ("Ada Lovelace",))]


@pytest.mark.parametrize("quoted", ['{"title": "Wool", "url": "%s"}', '  "title": "Wool %s",'])
def test_a_record_that_a_letter_quotes_is_no_label_and_is_told(quoted: str) -> None:
    entries, told = read(
        f"# Papers\n\n- [Looms]({ONE})\n\n{quoted % TWO}\n\n- [Carding]({THREE})\n"
    )
    assert [(entry.title, entry.arxiv and entry.arxiv[-1]) for entry in entries] == [
        ("Looms", "1"),
        ("Carding", "3"),
    ]
    assert [refusal.line for refusal in told] == [5]


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Submitted 5 Mar 2024", "2024-03-05"),
        ("*Submitted on 4 March 2024*", "2024-03-04"),
        ("First posted March 5th, 2024", "2024-03-05"),
        ("Released in Mar 2024", "2024-03"),
        ("Ada One, Bo Two · 5 Mar 2024", "2024-03-05"),
        ("Ada One, Bo Two | Submitted on 2024-03-05", "2024-03-05"),
    ],
)
def test_a_line_below_an_item_may_say_when_it_was_published(line: str, published: str) -> None:
    text = f"- [Where Storks Rest](https://arxiv.org/abs/2403.00002)\n  {line}\n"
    (digest,) = read_digest("list.md", text.encode())
    (entry,) = digest.entries
    assert (str(entry.published), entry.blurb) == (published, None)
    assert entry.authors == (("Ada One", "Bo Two") if "Ada" in line else None)


@pytest.mark.parametrize(
    "line", ["A note of March 2024", "Submitted 5 Foo 2024", "Submitted 31 Feb 2024", "Spring 2024"]
)
def test_other_words_with_a_year_are_no_date(line: str) -> None:
    text = f"- [Where Storks Rest](https://arxiv.org/abs/2403.00002)\n  {line}\n"
    (entry,) = read_digest("list.md", text.encode())[0].entries
    assert (entry.published, entry.blurb) == (None, line)


def test_a_heading_below_an_abstract_ends_it() -> None:
    text = (
        f"## Where Storks Rest\n\n- **arXiv**: {ONE}\n\n### Abstract\nThey rest.\n\n"
        "### Key points\n- One point\n- Another point\n"
    )
    ((entry,), told) = read(text)
    assert (entry.abstract, told) == ("They rest.", [])
    assert entry.blurb == "Key points\n\nOne point\n\nAnother point"


def test_a_venue_in_bold_before_a_reference_is_its_venue() -> None:
    text = f"- (**ICML'24**) Where Storks Rest. *Ada One, Bo Two*. [[Paper]({ONE})]\n"
    ((entry,), told) = read(text)
    assert (entry.title, entry.authors, entry.venue) == (
        "Where Storks Rest",
        ("Ada One", "Bo Two"),
        "ICML'24",
    )
    assert told == []


def test_one_name_behind_a_title_is_its_author_where_others_have_several() -> None:
    lines = [
        "* Where Storks Rest. Jane Doe, John Smith. arXiv:2501.00001 [cs.LG]",
        "* Where Cranes Rest. Mary Jones, Al Capone. arXiv:2501.00002 [cs.LG]",
        "* Where Geese Rest. Jim Beam. arXiv:2501.00003 [cs.LG]",
        "* Where Swans Rest. Revisited. arXiv:2501.00004 [cs.LG]",
    ]
    entries, _ = read("\n".join(lines) + "\n")
    assert [(entry.title.rstrip("."), entry.authors) for entry in entries] == [
        ("Where Storks Rest", ("Jane Doe", "John Smith")),
        ("Where Cranes Rest", ("Mary Jones", "Al Capone")),
        ("Where Geese Rest", ("Jim Beam",)),
        ("Where Swans Rest. Revisited", None),
    ]


def test_items_with_titles_in_bold_are_papers_wherever_their_link_leads() -> None:
    """In a list of papers: what leads to none is told."""
    entries, told = read(
        f"- **On Looms** [[paper]({ONE})] [[code](https://github.com/a/b)]\n"
        "- **On Wool at Scale** [[paper](https://hal.science/hal-04000001)]\n"
        "- **On Carding** — Ada Lovelace — [PDF](https://univ.example/~ada/carding.pdf)\n"
        "- **On Knots Considered** (to appear)\n"
        "- **On Scaling Up** [[blog](https://openlab.example/blog/scaling-up)]\n"
    )
    assert [entry.title for entry in entries] == ["On Looms", "On Wool at Scale", "On Carding"]
    assert [entry.links[0].url for entry in entries[1:]] == [
        "https://hal.science/hal-04000001",
        "https://univ.example/~ada/carding.pdf",
    ]
    assert [refusal.line for refusal in told] == [4, 5]


def test_what_a_list_calls_further_papers_is_no_title_of_the_one_below() -> None:
    for heading in ("Also worth reading", "Honorable mentions", "Other papers of the week"):
        entries, told = read(f"# Week 3\n\n## {heading}\n- Looms: {ONE}\n")
        assert ([entry.title for entry in entries], told) == (["Looms"], [])


def test_a_list_by_months_in_plain_lines_is_read_with_its_months() -> None:
    text = f"The List\nA list.\n\n1. January 2026\n2 Jan, On Looms and Wool, {ONE}\n"
    text += f"4 Jan, Do Looms Weave?, {TWO}\n\n2. February 2026\n5 Feb, Carding by Hand, {THREE}\n"
    digests = read_digest("list.txt", text.encode())
    assert [(str(digest.date), len(digest.entries)) for digest in digests] == [
        ("2026-01", 2),
        ("2026-02", 1),
    ]
    assert [entry.title for digest in digests for entry in digest.entries] == [
        "On Looms and Wool",
        "Do Looms Weave?",
        "Carding by Hand",
    ]


@pytest.mark.parametrize(
    "below",
    [
        f"Looms weave.\n- **Data:** wool.\n- **Beats** [Wool]({TWO}).\n\n**[Paper]({ONE})**",
        f"**Authors**: Ada One | **arXiv**: [2403.00001]({ONE})\n\n### Points\n- See [Wool]({TWO})",
    ],
)
def test_what_a_section_compares_its_paper_with_is_no_entry_in_its_place(below: str) -> None:
    entries, _ = read(f"# Papers\n\n## 1. Looms\n{below}\n\n## 2. Carding\n\n[Paper]({THREE})\n")
    assert [(entry.title, entry.arxiv and entry.arxiv[-1]) for entry in entries] == [
        ("Looms", "1"),
        ("Carding", "3"),
    ]


def test_pages_at_two_hosts_are_one_paper_s_where_they_stand_beside_each_other() -> None:
    one, other = (
        "https://openreview.net/forum?id=AbCdEfGh12",
        "https://aclanthology.org/2024.acl-long.1",
    )
    below = "\n\n## Carding\n\n[PDF](https://aclanthology.org/2024.acl-long.2)\n"
    entries, told = read(f"# P\n\n## Looms\n\n[PDF]({one}) | [PDF]({other}){below}")
    assert [entry.title for entry in entries] == ["Looms", "Carding"]
    assert (entries[0].links[0].url, told) == (one, [])
    entries, told = read(f"# P\n\n## Looms\n\n[PDF]({one})\n\n[PDF]({other}){below}")
    assert [entry.title for entry in entries] == ["Carding"]
    assert [refusal.line for refusal in told] == [5, 7]


def test_a_title_that_could_call_further_papers_is_one_where_its_link_has_no_words() -> None:
    for text in ("## More Agents\n\n[paper]({})\n\n", "## Recent Works\n- [paper]({})\n"):
        lists = "".join(text.format(url) for url in (ONE, TWO))
        entries, _ = read(f"# P\n\n{lists}")
        assert {entry.title for entry in entries} <= {"More Agents", "Recent Works"}
        assert len(entries) == 2
    entries, _ = read(f"# P\n\n- Looms\n  - [paper]({ONE})\n- Reading\n  - [paper]({TWO})\n")
    assert [entry.title for entry in entries] == ["Looms", "Reading"]

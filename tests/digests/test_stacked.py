"""Papers whose title, people and address stand on lines of their own."""

from __future__ import annotations

import pytest
from daybook.digests import read_digest
from daybook.errors import DigestError
from daybook.records import Entry

IDS = ("2501.00001", "2501.00002", "2501.00003")
TITLES = ("Looms That Learn: A Study of the Weaving", "Spindles Are All You Need", "Deep Wool")
PEOPLE = ("Ada Lovelace, Grace Hopper", "Jane Doe, Richard Roe and Mary Major", "John Smith")
SPLIT = [
    ("Ada Lovelace", "Grace Hopper"),
    ("Jane Doe", "Richard Roe", "Mary Major"),
    ("John Smith",),
]


def entries(text: str) -> list[Entry]:
    (digest,) = read_digest("list.txt", text.encode())
    assert digest.refusals == ()
    return list(digest.entries)


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "address", ["arXiv:{}", "{}", "https://arxiv.org/abs/{}", "Link: https://arxiv.org/pdf/{}"]
)
@pytest.mark.parametrize("people", ["{}", "*{}*", "Authors: {}", "by {}"])
def test_title_people_and_address_below_each_other_are_one_paper(
    between: str, address: str, people: str
) -> None:
    text = between.join(
        f"{title}\n{people.format(names)}\n{address.format(number)}"
        for title, names, number in zip(TITLES, PEOPLE, IDS, strict=True)
    )
    found = entries(f"{text}\n")
    assert [(entry.title, entry.arxiv) for entry in found] == list(zip(TITLES, IDS, strict=True))
    assert [entry.authors for entry in found] == SPLIT


def test_a_venue_and_a_day_may_stand_there_too() -> None:
    text = "".join(
        f"{title}\n{names}\nICLR 2025\n2025-03-0{n}\ndoi:10.1000/loom.{n}\n\n"
        for n, (title, names) in enumerate(zip(TITLES[:2], PEOPLE[:2], strict=True), 1)
    )
    found = entries(text)
    assert [(entry.title, entry.venue, str(entry.published), entry.doi) for entry in found] == [
        (TITLES[0], "ICLR 2025", "2025-03-01", "10.1000/loom.1"),
        (TITLES[1], "ICLR 2025", "2025-03-02", "10.1000/loom.2"),
    ]


def test_two_words_above_an_address_are_a_title_where_nobody_is_named() -> None:
    text = "".join(
        f"{title}\narXiv:{number}\n\n" for title, number in zip(TITLES, IDS, strict=True)
    )
    assert [(entry.title, entry.authors) for entry in entries(text)] == [
        (title, None) for title in TITLES
    ]


WORDS = (
    "Looms have long been programmed by hand, which makes every pattern a matter of weeks. We show "
    "a loom that reads sketches, and it halves the rate of torn threads"
)


@pytest.mark.parametrize("end", [".", "", "..."])
@pytest.mark.parametrize("number", ["", "{}/ ", "🔥 "])
def test_a_paragraph_between_a_title_and_its_address_is_no_title(end: str, number: str) -> None:
    text = "".join(
        f"{number.format(n)}{title}\n\n{WORDS}{end}\n\nPaper: https://arxiv.org/abs/{address}\n\n"
        for n, (title, address) in enumerate(zip(TITLES[:2], IDS[:2], strict=True), 1)
    )
    found = entries(text)
    assert [(entry.title, entry.arxiv) for entry in found] == list(
        zip(TITLES[:2], IDS[:2], strict=True)
    )


def test_what_stands_below_an_address_is_not_the_next_one_s_title() -> None:
    text = "".join(
        f"https://arxiv.org/abs/{address}\n\n{title}\n\n{WORDS}.\n\n"
        for title, address in zip(TITLES, IDS, strict=True)
    )
    with pytest.raises(DigestError, match="found no paper"):
        entries(text)


def test_a_day_and_categories_above_an_identifier_are_no_title() -> None:
    text = "".join(
        f"{title}\n{people}\nNov 07 2025\ncs.LG\narXiv:{address}v1\n{WORDS}...\n\n"
        for title, people, address in zip(TITLES, PEOPLE, IDS, strict=True)
    )
    found = entries(text)
    assert [(entry.title, entry.arxiv, entry.authors) for entry in found] == list(
        zip(TITLES, IDS, SPLIT, strict=True)
    )


def test_an_identifier_before_a_title_is_none_of_it() -> None:
    text = "".join(
        f"- [[{address}] {title}](https://arxiv.org/abs/{address})\n"
        for title, address in zip(TITLES, IDS, strict=True)
    )
    assert [entry.title for entry in entries(text)] == list(TITLES)


def test_a_title_of_two_names_below_a_line_is_no_people() -> None:
    text = "".join(
        f"Notes of the day\n{title}\nhttps://arxiv.org/abs/{number}\n\n"
        for title, number in zip(
            ("Deep Looms and Quiet Wool", "**Cards and Men**"), IDS, strict=False
        )
    )
    assert [entry.title for entry in entries(text)] == [
        "Deep Looms and Quiet Wool",
        "Cards and Men",
    ]


@pytest.mark.parametrize("people", ["Ada Lovelace", "Ada Lovelace, Grace Hopper"])
@pytest.mark.parametrize("more", ["See arXiv:2501.00002", "<table>| arXiv:2501.00009"])
def test_who_stands_below_a_heading_is_no_title_where_another_paper_is_named(
    people: str, more: str
) -> None:
    parts = [
        f"## {title}\n\n{people}\n\n[paper](https://arxiv.org/abs/{number})\n\n"
        for title, number in zip(TITLES, IDS, strict=True)
    ]
    (digest,) = read_digest("list.md", f"{parts[0]}{more}\n{''.join(parts[1:])}".encode())
    assert [(entry.title, entry.arxiv) for entry in digest.entries] == list(
        zip(TITLES, IDS, strict=True)
    )


def test_where_every_title_has_one_name_below_it_that_is_its_author() -> None:
    names = ("Ada Lovelace", "Grace Hopper", "John von Neumann")
    titles = (*TITLES[:2], "Deep wool and its uses")
    text = "\n".join(
        f"{title}\n{name}\nhttps://arxiv.org/abs/{number}\n"
        for title, name, number in zip(titles, names, IDS, strict=True)
    )
    found = entries(text)
    assert [(entry.title, entry.arxiv) for entry in found] == list(zip(titles, IDS, strict=True))
    assert [entry.authors for entry in found] == [(name,) for name in names]


@pytest.mark.parametrize("sign", "=-")
def test_a_title_that_is_underlined_is_the_papers_below_it(sign: str) -> None:
    text = "Papers of the week\n==================\n\n" + "\n".join(
        f"{title}\n{sign * len(title)}\n\n**Authors:** {names}\n\n"
        f"[Paper](https://arxiv.org/abs/{number})\n"
        for title, names, number in zip(TITLES, PEOPLE, IDS, strict=True)
    )
    found = entries(text)
    assert [(entry.title, entry.arxiv) for entry in found] == list(zip(TITLES, IDS, strict=True))
    assert [entry.authors for entry in found] == SPLIT


def test_a_line_across_below_words_makes_no_title_of_them() -> None:
    text = "".join(
        f"- [{title}](https://arxiv.org/abs/{number})\n\nSee you next week, and take care!\n---\n\n"
        for title, number in zip(TITLES, IDS, strict=True)
    )
    assert [entry.title for entry in entries(text)] == list(TITLES)


def test_a_paper_that_a_section_compares_its_own_with_is_not_its_paper() -> None:
    text = (
        "# Papers of the Week (March 2 - March 8, 2026)\n\n## 1. Looms That Fold\nThey fold.\n"
        "- **Data:** shirts.\n- **Benchmarks:** beats [Wool](https://arxiv.org/abs/2406.09246).\n\n"
        "[Paper](https://arxiv.org/abs/2602.11111) | [Tweet](https://x.com/1)\n\n"
        "## 2. Looms That Knit\nThey knit.\n\n[Paper](https://arxiv.org/abs/2602.22222)\n"
    )
    (digest,) = read_digest("list.md", text.encode())
    found = [(entry.title, entry.arxiv) for entry in digest.entries]
    assert found == [("Looms That Fold", "2602.11111"), ("Looms That Knit", "2602.22222")]

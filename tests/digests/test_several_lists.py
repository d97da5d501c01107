"""Lists of several formats in one file: all of them are read, whichever comes first."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import permutations

import pytest
from daybook.digests import read_digest

TITLES = {
    1: ("Sparse Tuning of Large Networks", "Sparse Parsing for Small Machines"),
    2: ("Causal Tuning of Large Networks", "Causal Parsing for Small Machines"),
}


def papers(part: int) -> list[tuple[str, str]]:
    """Give the titles and arXiv ids of the papers of one part."""
    return [(title, f"240{part}.0000{place}") for place, title in enumerate(TITLES[part], 1)]


def bibtex(part: int) -> str:
    entry = "@article{{k{0}, title={{{1}}}, author={{Ada Byron and Bo Liu}}, eprint={{{0}}}, "
    entry += "archiveprefix={{arXiv}}}}\n\n"
    return "".join(entry.format(arxiv, title) for title, arxiv in papers(part))


def ris(part: int) -> str:
    record = "TY  - JOUR\nTI  - {}\nAU  - Byron, Ada\nUR  - https://arxiv.org/abs/{}\nER  - \n\n"
    return "".join(record.format(*paper) for paper in papers(part))


def records(part: int) -> list[dict[str, object]]:
    return [
        {"title": title, "authors": ["Ada Byron"], "arxiv": arxiv} for title, arxiv in papers(part)
    ]


def array(part: int) -> str:
    return json.dumps(records(part), indent=1) + "\n"


def lines(part: int) -> str:
    return "".join(f"{json.dumps(record)}\n" for record in records(part))


def table(part: int) -> str:
    rows = "".join(f"{title},Ada Byron,{arxiv}\n" for title, arxiv in papers(part))
    return f"title,authors,arxiv\n{rows}"


def pubmed(part: int) -> str:
    record = "PMID- 3{2}\nTI  - {0}\nAU  - Byron A\nLID - 10.1000/{1} [doi]\n\n"
    return "".join(record.format(*paper, place) for place, paper in enumerate(papers(part)))


def yaml(part: int) -> str:
    record = "- title: {}\n  authors: [Ada Byron]\n  arxiv: '{}'\n"
    return "".join(record.format(*paper) for paper in papers(part))


def mailing(part: int) -> str:
    record = (
        "\\\\\narXiv:{1}\nDate: Mon, 1 Jan 2024 00:00:00 GMT   (10kb)\n\nTitle: {0}\nAuthors: Ada"
    )
    record += " Byron\nCategories: cs.CL\n\\\\\n  We do it well.\n"
    record += "\\\\ ( https://arxiv.org/abs/{1} ,  10kb)\n" + "-" * 78 + "\n"
    return "".join(record.format(*paper) for paper in papers(part))


def markdown(part: int) -> str:
    items = "".join(
        f"- [{title}](https://arxiv.org/abs/{arxiv})\n" for title, arxiv in papers(part)
    )
    return f"# Papers\n\n{items}\n"


def text(part: int) -> str:
    return "".join(
        f"{title}\nAda Byron, Bo Liu\nhttps://arxiv.org/abs/{arxiv}\n\n"
        for title, arxiv in papers(part)
    )


LISTS = (bibtex, ris, array, lines, table, pubmed, yaml, mailing, markdown, text)
UNSURE = {(table, text), (yaml, array), (markdown, text), (text, markdown)}
"""What cannot be told apart: rows of one cell, a list within a list, two texts."""


@pytest.mark.parametrize(
    ("above", "below"),
    [pair for pair in permutations(LISTS, 2) if pair not in UNSURE],
    ids=lambda one: one.__name__,
)
def test_every_list_of_a_file_is_read(
    above: Callable[[int], str], below: Callable[[int], str]
) -> None:
    content = f"{above(1)}\n{below(2)}"
    digests = read_digest("pasted.txt", content.encode())
    entries = [entry for digest in digests for entry in digest.entries]
    assert sorted(entry.title for entry in entries) == sorted((*TITLES[1], *TITLES[2]))
    assert [entry.position for entry in digests[0].entries] == list(
        range(1, len(digests[0].entries) + 1)
    )
    where = content.split("\n")
    for entry in (entry for entry in entries if entry.line):
        near = where[(entry.line or 0) - 1 :][:6]
        assert any(entry.title in line for line in near), "its line is the file's"
    assert not any(refusal.fatal for digest in digests for refusal in digest.refusals)


def test_the_same_papers_in_two_formats_are_read_once() -> None:
    (digest,) = read_digest("pasted.bib", f"{bibtex(1)}\n{markdown(1)}{ris(1)}".encode())
    assert [entry.title for entry in digest.entries] == [*TITLES[1]]


@pytest.mark.parametrize(
    "around",
    [
        "% see https://arxiv.org/abs/2405.00001 for another\n",
        "Exported by https://example.org on Monday.\n\n",
        "@comment{jabref-meta: url:https://arxiv.org/abs/2405.00001;}\n",
    ],
)
def test_what_stands_around_a_list_and_is_no_paper_stays_so(around: str) -> None:
    for content in (around + bibtex(1), bibtex(1) + around):
        (digest,) = read_digest("list.bib", content.encode())
        assert [entry.title for entry in digest.entries] == [*TITLES[1]]
        assert digest.refusals == ()


def test_a_paper_that_words_around_a_list_name_is_told() -> None:
    for content in (f"{bibtex(1)}And see https://arxiv.org/abs/2405.00001 for more.\n",):
        (digest,) = read_digest("list.bib", content.encode())
        assert [entry.title for entry in digest.entries] == [*TITLES[1]]
        (told,) = digest.refusals
        assert (told.line, "2405.00001" in told.message) == (5, True)


def test_lists_of_a_mail_are_all_read() -> None:
    head = "From: a@example.org\nDate: Mon, 1 Jan 2024 10:00:00 +0000\nSubject: Papers\n\n"
    (digest,) = read_digest("saved.eml", f"{head}{text(1)}\n{bibtex(2)}".encode())
    assert sorted(entry.title for entry in digest.entries) == sorted((*TITLES[1], *TITLES[2]))
    assert (digest.format, str(digest.date)) == ("mail", "2024-01-01")


@pytest.mark.parametrize("lists", [(bibtex, ris), (ris, table), (text, bibtex), (table, pubmed)])
def test_what_a_keeper_says_above_several_lists_is_said_of_all(
    lists: tuple[Callable[[int], str], Callable[[int], str]],
) -> None:
    above, below = lists
    content = f"name: Mine\ndate: 2025-03-11\n\n{above(1)}\n{below(2)}"
    (digest,) = read_digest("pasted.txt", content.encode())
    assert sorted(entry.title for entry in digest.entries) == sorted((*TITLES[1], *TITLES[2]))
    assert (digest.name, str(digest.date)) == ("Mine", "2025-03-11")


def test_the_one_record_that_a_list_asks_to_cite_is_no_paper_of_it() -> None:
    entry = "@article{us, title={A List of Looms}, author={Ada Byron}, year={2024}}\n"
    (digest,) = read_digest("README.md", f"{markdown(1)}## Citation\n\n{entry}".encode())
    assert [entry.title for entry in digest.entries] == [*TITLES[1]]
    (digest,) = read_digest("README.md", f"{markdown(1)}## More\n\n{entry}".encode())
    assert [entry.title for entry in digest.entries] == [*TITLES[1], "A List of Looms"]

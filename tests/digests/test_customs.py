"""What some kinds of lists have about their papers, and what is no paper in them."""

from __future__ import annotations

import pytest
from daybook.digests import read_digest

from .reading import read

ORG = """#+TITLE: Papers to read
#+AUTHOR: Jane Doe
#+DATE: <2026-11-10 Tue>
#+STARTUP: overview

* Inbox
** TODO [[https://arxiv.org/abs/2305.10601][Tree of Thoughts]]
"""


@pytest.mark.parametrize("written", [ORG, ORG.lower().replace("tree of", "Tree of"), "\n" + ORG])
def test_the_head_of_an_org_file_is_the_digest_s_own(written: str) -> None:
    (digest,) = read_digest("list.org", written.encode())
    assert [(entry.arxiv, entry.authors) for entry in digest.entries] == [("2305.10601", None)]
    assert (str(digest.date), (digest.name or "").lower()) == ("2026-11-10", "papers to read")
    assert digest.refusals == ()


TABLE = """| Date | Paper | By |
|---|---|---|
| Sep 3 | [Storks at Rest](https://arxiv.org/abs/2006.11239) | Ada |
| Sep 10 | *No meeting (rebuttals)* | |
| Sep 17 | _Tides of Tea_ | |
| Sep 24 | Plain Words of It | |
"""


def test_slanted_words_are_no_paper_where_other_rows_link_theirs() -> None:
    entries, told = read(TABLE)
    assert [entry.title for entry in entries] == ["Storks at Rest", "Plain Words of It"]
    assert [(refusal.line, refusal.fatal) for refusal in told] == [(4, False), (5, False)]
    slanted = TABLE.replace("| [Storks", "| *[Storks").replace("11239) |", "11239)* |")
    assert len(read(slanted)[0]) == 4
    with_authors = TABLE.replace("By", "Authors").replace("Tea_ | |", "Tea_ | Ada Lovelace |")
    assert [entry.title for entry in read(with_authors)[0]][1] == "Tides of Tea"


@pytest.mark.parametrize(
    "people",
    [
        "*Ada Lovelace, Grace Hopper (Navy)*",
        "*Ada Lovelace (Home), Grace Hopper (Navy)*, ICML 2024",
        "Ada Lovelace and Grace Hopper (Navy, Yale).",
    ],
)
def test_an_affiliation_behind_the_last_author_is_no_part_of_the_name(people: str) -> None:
    (entry,), _ = read(f"- [Storks at Rest](https://arxiv.org/abs/2501.00001) — {people}\n")
    assert entry.authors == ("Ada Lovelace", "Grace Hopper")


def test_a_link_and_who_wrote_it_is_told_beside_a_paper() -> None:
    text = """- Storks
  - [Storks at Rest](https://arxiv.org/abs/2501.00001)
  - [Toy Storks in Many Beds](https://example.org/2022/toy/index.html) (Lovelace et al., 2022)
  - [Tides of Tea and Salt](https://example.org/2023/tides) Ada Lovelace, Grace Hopper, 2023
  - [A Glossary of Storks](https://example.org/2023/glossary)
  - [A Talk about Storks](https://example.org/2023/talk) (Lovelace)
  - [The Code of Storks](https://github.com/ada/storks) (Lovelace et al., 2022)
"""
    entries, told = read(text)
    assert [entry.title for entry in entries] == ["Storks at Rest"]
    assert [(refusal.line, refusal.fatal) for refusal in told] == [(3, False), (4, False)]


@pytest.mark.parametrize(
    "addresses",
    [
        "__ https://arxiv.org/abs/2501.00001\n\n__ https://arxiv.org/abs/2501.00002\n",
        ".. __: https://arxiv.org/abs/2501.00001\n.. __: https://arxiv.org/abs/2501.00002\n",
        (
            ".. _tides of tea: https://arxiv.org/abs/2501.00002\n"
            ".. _Storks at Rest: https://arxiv.org/abs/2501.00001\n"
        ),
    ],
)
def test_links_of_rest_whose_addresses_stand_below_are_read(addresses: str) -> None:
    sign = "_" if "rest:" in addresses.lower() else "__"
    text = f"* `Storks at Rest`{sign} (STORK)\n* `Tides of Tea`{sign}\n\n{addresses}"
    entries, told = read(text)
    assert [(entry.title, entry.arxiv, entry.blurb) for entry in entries] == [
        ("Storks at Rest", "2501.00001", "(STORK)"),
        ("Tides of Tea", "2501.00002", None),
    ]
    assert told == []


@pytest.mark.parametrize("words", ["Read more:", "**Read more:**", "Read the paper here:"])
def test_a_line_that_asks_to_read_a_paper_by_its_title_is_an_entry(words: str) -> None:
    text = "\n\n".join(
        f"**Somebody {does}:**\n\nThey extend [an idea](https://arxiv.org/abs/2401.0000{n}).\n\n"
        f"{words} [Storks at Rest {n} (arXiv)](https://arxiv.org/abs/2501.0000{n})."
        for n, does in ((1, "finds that storks rest"), (2, "makes better storks"))
    )
    entries, told = read(f"# Letter\n\n{text}\n")
    assert [(entry.title, entry.arxiv, entry.blurb) for entry in entries] == [
        ("Storks at Rest 1", "2501.00001", None),
        ("Storks at Rest 2", "2501.00002", None),
    ]
    assert [(refusal.line, refusal.fatal) for refusal in told] == [(5, False), (11, False)]


def test_a_file_of_other_papers_is_told_in_so_many_lines_and_a_number() -> None:
    link = "[Title {n} of it](https://arxiv.org/abs/2402.1{n:04})"
    links = ", ".join(link.format(n=n) for n in range(1, 1001))
    entries, told = read(f"- [Storks](https://arxiv.org/abs/2501.00001) (in parts), {links}\n")
    assert [entry.title for entry in entries] == ["Storks"]
    assert 50 < len(told) < 100
    assert sum("950 more" in refusal.message for refusal in told) == 1

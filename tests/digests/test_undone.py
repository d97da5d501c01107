"""What programs put around a list or into it, and what two lists in one file leave behind."""

from __future__ import annotations

import json

import pytest
from daybook.digests import read_digest
from daybook.records import Digest

ONE = {"title": "Where Storks Rest", "authors": ["Ada One"], "arxiv_id": "2501.00001"}
TWO = {"title": "Where Cranes Rest", "authors": ["Bo Two"], "arxiv_id": "2501.00002"}
TITLES = [ONE["title"], TWO["title"]]
LIST = json.dumps([ONE, TWO])


def read(name: str, text: str) -> Digest:
    (digest,) = read_digest(name, text.encode())
    return digest


@pytest.mark.parametrize(
    "text",
    [
        f"Here is the list you asked for:\n{LIST}\n",
        f"Here is the list:\n\n{LIST}\n\nHope it helps!\n",
        f"// saved from the API\n{LIST}\n",
        f'/* saved */\n{{"papers": {LIST}}}\n',
        f")]}}'\n{LIST}\n",
        f"callback({LIST});\n",
        f"window.papers = {LIST};\n",
    ],
)
def test_a_list_in_json_on_one_line_is_read_whatever_stands_around_it(text: str) -> None:
    digest = read("list.txt", text)
    assert [entry.title for entry in digest.entries] == TITLES
    assert [entry.arxiv for entry in digest.entries] == ["2501.00001", "2501.00002"]


def test_one_paper_in_json_below_a_line_of_words_is_no_abstract() -> None:
    assert [e.title for e in read("x.txt", f"The paper:\n{json.dumps([ONE])}\n").entries] == [
        "Where Storks Rest"
    ]


MARKED = "<<<<<<< HEAD\n{}\n{}=======\n{}\n>>>>>>> feature/x\n"
BASE = "||||||| 1a2b3c4\n{}\n"


@pytest.mark.parametrize("base", [False, True])
@pytest.mark.parametrize(
    ("name", "begin", "line", "end"),
    [
        ("a.csv", "title,authors,arxiv\n", "{},{},{}", "Where Owls Rest,Dee,2501.00009\n"),
        ("a.md", "# Birds\n\n", "- [{0}](https://arxiv.org/abs/{2}) {1}", "\n"),
        ("a.ris", "", "TY  - JOUR\nTI  - {}\nAU  - {}\nUR  - https://arxiv.org/abs/{}\nER  - ", ""),
    ],
)
def test_a_merge_that_git_left_undone_is_told_and_both_sides_are_read(
    name: str, begin: str, line: str, end: str, *, base: bool
) -> None:
    ours = line.format("Where Storks Rest", "Ada One", "2501.00001")
    theirs = line.format("Where Cranes Rest", "Bo Two", "2501.00002")
    before = BASE.format(line.format("Where Nobody Rests", "Cy", "2501.00003")) if base else ""
    digest = read(name, begin + MARKED.format(ours, before, theirs) + end)
    assert [entry.title for entry in digest.entries][:2] == TITLES
    assert len(digest.entries) == 2 + ("Owls" in end)
    (told,) = digest.refusals
    assert (told.line, told.fatal) == (begin.count("\n") + 1, True)
    assert "git left a merge undone" in told.message


def test_lines_that_only_look_so_are_left() -> None:
    text = "Birds\n=======\n\n- [Where Storks Rest](https://arxiv.org/abs/2501.00001)\n<<<<<<< a\n"
    assert read("a.md", text).refusals == ()


def test_a_table_s_head_that_stands_there_twice_is_no_paper() -> None:
    one = "title,authors,arxiv\nWhere Storks Rest,Ada One,2501.00001\n"
    digest = read("a.csv", one + one.replace("Storks", "Cranes").replace("00001", "00002"))
    assert [entry.title for entry in digest.entries] == TITLES
    assert digest.refusals == ()


@pytest.mark.parametrize(
    ("sign", "read_as", "told"),
    [(b"\x92", "’", "UTF-8 with 1 of Windows'"), (b"\xe9", "\ufffd", "UTF-8 with 1 damaged")],
)
def test_a_stray_sign_in_utf_8_costs_no_letter(sign: bytes, read_as: str, told: str) -> None:
    data = "@article{a, title={NewtonXXs method}, author={Jörg Müller and Zoë García}, year=2023}"
    (digest,) = read_digest("a.bib", data.encode().replace(b"XX", sign))
    (entry,) = digest.entries
    assert entry.title == f"Newton{read_as}s method"
    assert entry.authors == ("Jörg Müller", "Zoë García")
    assert told in digest.refusals[-1].message


def test_a_doi_without_end_is_none() -> None:
    record = {**ONE, "doi": f"10.1000/{'x' * 100_000}"}
    digest = read("a.json", json.dumps([record]))
    assert digest.entries[0].doi is None
    assert len(digest.refusals) == 1

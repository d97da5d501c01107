"""Lists that stand as code within a text: read beside what the text lists itself."""

from __future__ import annotations

import json

import pytest
from daybook.digests import read_digest
from daybook.records import Digest

LISTED = "- [Where Storks Rest](https://arxiv.org/abs/2402.00001)\n"
RECORDS = [
    {"title": "Where Cranes Rest", "arxiv": "2402.00002"},
    {"title": "Where Geese Rest", "arxiv": "2402.00003"},
]
JSON = json.dumps(RECORDS, indent=1)
BIBTEX = """@misc{a, title={Where Cranes Rest}, eprint={2402.00002}, archivePrefix={arXiv}}
@misc{b, title={Where Geese Rest}, eprint={2402.00003}, archivePrefix={arXiv}}"""
CSV = "Title,arXiv\nWhere Cranes Rest,2402.00002\nWhere Geese Rest,2402.00003"
YAML = "\n".join(f"- title: {r['title']}\n  arxiv: {r['arxiv']}" for r in RECORDS)
ALL = ["Where Storks Rest", "Where Cranes Rest", "Where Geese Rest"]


def read(text: str) -> Digest:
    (digest,) = read_digest("list.md", text.encode())
    return digest


@pytest.mark.parametrize("code", [JSON, BIBTEX, CSV, YAML], ids=["json", "bibtex", "csv", "yaml"])
@pytest.mark.parametrize("fence", ["```", "```json", "``` {.text}"])
def test_code_between_fences_has_papers_of_the_list(code: str, fence: str) -> None:
    text = f"# Read 2024-03-05\n\n{LISTED}\n{fence}\n{code}\n```\n\nThat is all.\n"
    digest = read(text)
    assert [entry.title for entry in digest.entries] == ALL
    assert [entry.position for entry in digest.entries] == [1, 2, 3]
    assert [entry.arxiv for entry in digest.entries] == ["2402.00001", "2402.00002", "2402.00003"]
    lines = text.split("\n")
    for entry in digest.entries:
        assert entry.line is None or entry.title in lines[entry.line - 1]
    assert (str(digest.date), digest.refusals) == ("2024-03-05", ())


def test_an_array_of_json_needs_no_fence() -> None:
    assert [e.title for e in read(f"# Read\n\n{JSON}\n\n{LISTED}").entries] == ALL


def test_a_paper_that_is_listed_already_is_one_entry() -> None:
    code = BIBTEX.replace("Where Geese Rest", "Where Storks Rest").replace("00003", "00001")
    entries = read(f"{LISTED}\n```bibtex\n{code}\n```\n").entries
    assert [entry.title for entry in entries] == ALL[:2]


def test_what_a_list_asks_to_cite_is_no_paper_of_it() -> None:
    own = BIBTEX.split("\n", maxsplit=1)[0]
    entries = read(f"{LISTED}\n## Citation\n\n```bibtex\n{own}\n```\n").entries
    assert [entry.title for entry in entries] == ALL[:1]
    entries = read(f"{LISTED}\nAnd this one:\n\n```bibtex\n{own}\n```\n").entries
    assert [entry.title for entry in entries] == ALL[:2]


def test_code_that_is_no_list_says_nothing() -> None:
    code = 'import this\n\ntitle = "Where Cranes Rest"\nprint(title)'
    digest = read(f"{LISTED}\n```python\n{code}\n```\n")
    assert [entry.title for entry in digest.entries] == ALL[:1]
    assert digest.refusals == ()


def test_a_broken_record_in_code_is_told_on_its_line() -> None:
    code = JSON.replace('"2402.00003"', '"2402.00003')
    digest = read(f"{LISTED}\n```json\n{code}\n```\n")
    assert [entry.title for entry in digest.entries][:2] == ALL[:2]
    assert digest.refusals
    assert all(refusal.line is not None and refusal.line > 3 for refusal in digest.refusals)


def test_a_heading_above_dates_a_list_that_is_code_alone() -> None:
    text = f"# Read\n\n## 5 March 2024\n\nHere they are:\n\n```json\n{JSON}\n```\n"
    digest = read(text)
    assert (len(digest.entries), str(digest.date)) == (2, "2024-03-05")


def test_lists_go_to_the_day_above_them() -> None:
    second = LISTED.replace("Storks", "Swans").replace("00001", "00009")
    text = f"## 2024-03-06\n\n{LISTED}\n```json\n{JSON}\n```\n\n## 2024-03-05\n\n{second}"
    digests = read_digest("list.md", text.encode())
    titles = {str(digest.date): [entry.title for entry in digest.entries] for digest in digests}
    assert titles == {"2024-03-06": ALL, "2024-03-05": ["Where Swans Rest"]}


def test_each_of_several_records_to_cite_is_a_paper_unless_it_is_asked_to_be_cited() -> None:
    first, second = BIBTEX.split("\n")
    fences = f"```bibtex\n{first}\n```\n\n```bibtex\n{second}\n```\n"
    for lead in ("Not on the web yet:\n\n", "An exciting one:\n\n", "## More, as BibTeX\n\n"):
        assert [entry.title for entry in read(f"{LISTED}\n{lead}{fences}").entries] == ALL
    assert [e.title for e in read(f"{LISTED}\nPlease cite:\n\n```\n{first}\n```\n").entries] == ALL[
        :1
    ]


def test_tildes_are_a_fence_too() -> None:
    assert [entry.title for entry in read(f"{LISTED}\n~~~bibtex\n{BIBTEX}\n~~~\n").entries] == ALL


def test_one_title_with_another_identifier_is_another_paper() -> None:
    code = JSON.replace("Where Cranes Rest", "Where Storks Rest")
    titles = [entry.title for entry in read(f"{LISTED}\n```json\n{code}\n```\n").entries]
    assert titles == ["Where Storks Rest", "Where Storks Rest", "Where Geese Rest"]


def test_what_stands_above_a_list_in_code_is_still_told() -> None:
    more = "More at [arXiv](https://arxiv.org/abs/2402.00009) here"
    digest = read(f"# Read\n\n{LISTED}\n{more}\n{json.dumps(RECORDS)}\n")
    assert [entry.title for entry in digest.entries] == ALL
    assert [refusal.line for refusal in digest.refusals] == [5]


def test_an_object_without_an_identifier_beside_a_list_is_no_paper() -> None:
    video = {"title": "Cat video", "url": "https://youtube.com/watch?v=1", "date": "2024-01-01"}
    digest = read(f"{LISTED}\n```json\n{json.dumps([video], indent=1)}\n```\n")
    assert [entry.title for entry in digest.entries] == ALL[:1]


def test_lists_that_are_code_alone_have_each_the_day_above_it() -> None:
    one, two = (json.dumps([record]) for record in RECORDS)
    text = f"## 2024-03-06\n\n```json\n{one}\n```\n\n## 2024-03-05\n\n```json\n{two}\n```\n"
    digests = read_digest("list.md", text.encode())
    assert [str(digest.date) for digest in digests] == ["2024-03-06", "2024-03-05"]
    undated = read_digest("list.md", text.replace("## 2024", "## Of ").encode())
    assert [len(digest.entries) for digest in undated] == [2]

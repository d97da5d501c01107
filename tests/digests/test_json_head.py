"""A head in JSON above a list that is none, as Hugo lets one write it."""

from __future__ import annotations

import pytest
from daybook.digests import read_digest

LIST = """\
# Papers

- [On Looms](https://arxiv.org/abs/2501.00001) told
- [On Spindles](https://arxiv.org/abs/2501.00002) told
"""
HEADS = {
    "lines": '{\n  "title": "This Week",\n  "date": "2025-03-11",\n  "draft": false\n}\n\n',
    "one line": '{"title": "This Week", "date": "2025-03-11T08:00:00Z"}\n',
    "one who wrote it": '{\n  "title": "The Papers of This Week", "author": "Ada Lovelace",\n'
    '  "date": "2025-03-11T08:00:00+01:00", "menu": {"main": {"title": "Week"}}\n}\n',
    "a mark before it": '\ufeff{"date": "2025-03-11"}\n',
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_a_head_in_json_dates_the_list_below_it(head: str) -> None:
    (digest,) = read_digest("week.md", (head + LIST).encode())
    assert (digest.format, str(digest.date)) == ("markdown", "2025-03-11")
    assert [entry.title for entry in digest.entries] == ["On Looms", "On Spindles"]
    first = head.count("\n") + 3
    assert [entry.line for entry in digest.entries] == [first, first + 1]
    assert digest.refusals == ()


def test_what_a_head_in_json_names_and_what_is_no_date_in_it_is_told_with_its_line() -> None:
    head = '{\n  "name": "Spinners",\n  "date": "soon"\n}\n'
    (digest,) = read_digest("week.md", (head + LIST).encode())
    assert digest.name == "Spinners"
    assert [refusal.line for refusal in digest.refusals] == [3]


def test_an_object_that_is_a_paper_or_is_followed_by_json_is_no_head() -> None:
    paper = '{"title": "On Threads", "authors": ["Ada Lovelace"], "arxiv": "2501.00003"}\n'
    (digest,) = read_digest("list", (paper + LIST).encode())
    assert [entry.title for entry in digest.entries] == ["On Threads"]
    assert {refusal.line for refusal in digest.refusals} == {2, 4, 5}
    rows = f"{{}}\nsee https://arxiv.org/abs/2501.00001 On Looms\n{paper}"
    (digest,) = read_digest("list", rows.encode())
    assert [entry.title for entry in digest.entries] == ["On Threads"]

"""JSON as people, programs and damage write it: read as far as it goes, and called what it is."""

from __future__ import annotations

import json

import pytest
from daybook.digests import read_digest
from daybook.errors import DigestError, Refusal

from .growth import ALONE, Case, guilty


def read(text: str) -> tuple[list[str], list[Refusal]]:
    try:
        digests = read_digest("list.json", text.encode())
    except DigestError as error:
        return [], [error.refusal]
    entries = [entry.title for digest in digests for entry in digest.entries]
    return entries, [refusal for digest in digests for refusal in digest.refusals]


def paper(number: int) -> str:
    return json.dumps({"title": f"Title Number {number}", "arxiv": f"2501.0000{number}"})


TWO = ["Title Number 1", "Title Number 2"]


@pytest.mark.parametrize(
    "text",
    [
        f"[{paper(1)},\n{paper(2)},\n]",
        f'{{"papers": [{paper(1)},\n{paper(2)},\n]}}',
        f'{{"papers": [{paper(1)},\n{paper(2)}\n],}}',
        f"[{paper(1)[:-1]},}},\n{paper(2)}]",
        f"[{paper(1)},\n{paper(2)[:-1]}, }}\n, ]",
    ],
)
def test_a_comma_behind_the_last_item_costs_nothing_and_is_told(text: str) -> None:
    titles, told = read(text)
    assert titles == TWO
    (refusal,) = told
    assert not refusal.fatal
    assert "a comma with nothing behind it" in refusal.message


def test_a_comma_in_a_text_stays() -> None:
    record = paper(1).replace("Number 1", "Number [1,] and {2,}")
    assert read(f"[{record},]")[0] == ["Title Number [1,] and {2,}"]


@pytest.mark.parametrize("between", ["\n", " ", ""])
@pytest.mark.parametrize("indent", [None, 1])
def test_records_after_each_other_do_not_break_off(between: str, indent: int | None) -> None:
    records = [json.dumps(json.loads(paper(n)), indent=indent) for n in (1, 2)]
    assert read(between.join(records) + "\n") == (TWO, [])


@pytest.mark.parametrize("between", ["\n", ",\n"])
@pytest.mark.parametrize("page", ["[%s]", '{"papers": [%s], "next": 2}'])
def test_answers_that_were_saved_after_each_other_are_one_list(page: str, between: str) -> None:
    pages = between.join(page % paper(n) for n in (1, 2))
    for text in (pages, f"[{pages}]"):
        if between == "\n" and text != pages:
            continue
        assert read(text) == (TWO, []), text


@pytest.mark.parametrize("key", ["arxiv", "id", "paper_id"])
@pytest.mark.parametrize(("begin", "between", "end"), [("", "\n", "\n"), ("[", ",\n", "]")])
def test_records_without_titles_are_called_so(key: str, begin: str, between: str, end: str) -> None:
    records = [json.dumps({key: f"2501.0000{n}", "votes": n}) for n in (1, 2)]
    titles, (told,) = read(begin + between.join(records) + end)
    assert titles == []
    assert "breaks off" not in told.message
    assert told.message.endswith(f"found 2 records without titles (they have '{key}', 'votes').")


def test_what_python_prints_is_called_so() -> None:
    titles, (told,) = read("[{'title': 'Title Number 1', 'arxiv': '2501.00001'}]")
    assert titles == []
    assert "in single quotes" in told.message


class OfBreaks(Case):
    """A list of as many records as fit, each broken in the same way, on one line."""

    def file(self, length: int) -> bytes:
        record = '{"title": "Title Number %d", "authors": ["Ada Lovelace"], "year": 2025%s}'
        many = range(length * 2 // len(record))
        return f"[{self.token.join(record % (n, self.lead) for n in many)}]".encode()


def test_very_many_breaks_take_no_square() -> None:
    inside = ', "x": [{"a": 1}, {"title": 1}, {"a": 1]'
    breaks = [OfBreaks(ALONE, ",x "), OfBreaks(ALONE, ",", lead=inside), OfBreaks(ALONE, "")]
    assert guilty(breaks) == []


def test_behind_very_many_breaks_the_list_is_still_read() -> None:
    record = '{"title": "Title Number %d", "authors": ["Ada Lovelace"], "year": 2025%s}'
    broken = [record % (n, ', "x": [{"a": 1}, {"title": 1' * (n % 2)) for n in range(100)]
    titles, told = read(f"[{','.join(broken)}]")
    assert len(titles) == 50
    assert [refusal.fatal for refusal in told] == [True] * 50
    broken = [record % (n, ', "x": [{"a" 1}, {"title": 1}]' * (n % 2)) for n in range(30_000)]
    titles, told = read(f"[{','.join(broken)}]")
    assert len(titles) == 15_000
    assert [refusal.message[:14] for refusal in told[50:]] == ["14,949 more pl", "the JSON break"]


def test_breaks_that_go_on_to_the_end_are_looked_at_so_often_and_no_more() -> None:
    nested = '{"title": [{"a": 1}, ' * 400 + '{"title": 1},' * 30_000
    titles, told = read(f"[{paper(1)}, {nested}")
    assert titles == TWO[:1]
    assert told[-1].fatal


def test_a_line_that_is_the_halves_of_two_is_told() -> None:
    lines = [paper(n) for n in range(1, 5)]
    glued = lines[1].replace('"arxiv": "2501.00002"', '"rxiv": "2501.00003"')
    titles, (told,) = read("\n".join([lines[0], glued, lines[3], paper(5)]))
    assert len(titles) == 4
    assert (told.line, told.fatal) == (2, False)
    assert "'rxiv'" in told.message

"""JSON as people, programs and damage write it: read as far as it goes, and called what it is."""

from __future__ import annotations

import json
import pprint

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


def test_what_python_prints_is_read() -> None:
    printed = pprint.pformat(
        [
            {"title": "Where 'Storks' Rest", "arxiv": "2501.00001", "doi": None, "seen": True},
            {"title": 'Where "Cranes" Rest\n', "arxiv": "2501.00002", "tags": ("a", "b")},
        ],
        width=40,
    )
    titles, told = read(printed)
    assert (titles, told) == (["Where 'Storks' Rest", 'Where "Cranes" Rest'], [])


def test_what_python_prints_and_is_cut_is_called_so() -> None:
    titles, (told,) = read("[{'title': 'Title Number 1', 'arxiv': '2501.00001'")
    assert titles == []
    assert "in single quotes" in told.message


@pytest.mark.parametrize(
    "table",
    [
        {
            "columns": ["title", "arxiv"],
            "index": [0, 1],
            "data": [["One", "2501.00001"], ["Two", "2501.00002"]],
        },
        {"title": {"0": "One", "1": "Two"}, "arxiv": {"0": "2501.00001", "1": "2501.00002"}},
        [["title", "arxiv"], ["One", "2501.00001"], ["Two", "2501.00002"]],
    ],
)
def test_tables_in_json_are_lists_of_records(table: object) -> None:
    assert read(json.dumps(table)) == (["One", "Two"], [])


def test_an_object_dates_and_names_its_list() -> None:
    papers = [{"title": "Where Storks Rest", "arxiv": "2501.00001"}]
    (digest,) = read_digest(
        "x.json", json.dumps({"date": "2025-03-11", "name": "Storks", "papers": papers}).encode()
    )
    assert (str(digest.date), digest.name) == ("2025-03-11", "Storks")
    (digest,) = read_digest("x.json", json.dumps({**papers[0], "date": "2025-03-11"}).encode())
    assert (digest.date, str(digest.entries[0].published)) == (None, "2025-03-11")


@pytest.mark.parametrize("keyed", [True, False])
def test_days_as_keys_are_digests_of_their_own(keyed: bool) -> None:
    record = {"title": "Where Storks Rest", "arxiv": "2501.00001"}
    other = {"title": "Where Cranes Rest", "arxiv": "2501.00002"}
    listed = {r["arxiv"]: r for r in (record, other)} if keyed else [record, other]
    text = json.dumps({"2025-03-11": listed, "2025-03-12": listed})
    digests = read_digest("x.json", text.encode())
    assert [str(digest.date) for digest in digests] == ["2025-03-11", "2025-03-12"]
    assert [len(digest.entries) for digest in digests] == [2, 2]
    assert {entry.group for digest in digests for entry in digest.entries} == {None}


@pytest.mark.parametrize("name", ["data", "attributes", "node"])
def test_a_paper_within_its_record_is_read(name: str) -> None:
    creators = [{"creatorType": "author", "firstName": "Ada", "lastName": "Lovelace"}]
    paper = {"title": "Where Storks Rest", "creators": creators, "archiveID": "arXiv:2501.00001"}
    (digest,) = read_digest(
        "x.json", json.dumps([{"key": "X", "version": 1, name: paper}]).encode()
    )
    (entry,) = digest.entries
    assert (entry.authors, entry.arxiv) == (("Ada Lovelace",), "2501.00001")


def test_dates_in_parts_and_without_days_are_read() -> None:
    first = {"title": ["One of Them"], "DOI": "10.1000/1", "issued": {"date-parts": [[2024, 3, 5]]}}
    second = {"title": "Two of Them", "doi": ["10.1000/2"], "pubdate": "2024-03-00"}
    (digest,) = read_digest("x.json", json.dumps({"docs": [first, second]}).encode())
    assert [str(entry.published) for entry in digest.entries] == ["2024-03-05", "2024-03"]
    assert digest.refusals == ()


def test_tables_in_toml_are_records() -> None:
    text = (
        '[[papers]]\ntitle = "Where Storks Rest"\narxiv = "2501.00001"\ndate = 2024-03-05\n\n'
        '[[papers]]\ntitle = "Where Cranes Rest"\nauthors = ["Ada One"]\ndoi = "10.1000/1"\n'
    )
    (digest,) = read_digest("x.toml", text.encode())
    assert [(e.title, e.arxiv, e.doi) for e in digest.entries] == [
        ("Where Storks Rest", "2501.00001", None),
        ("Where Cranes Rest", None, "10.1000/1"),
    ]
    assert str(digest.entries[0].published) == "2024-03-05"


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

"""What is broken in JSON costs no record beside it, and is told."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .reading import THREE, read, titles


def paper(n: int, **more: object) -> dict[str, object]:
    known = {
        "title": f"Title {n}",
        "authors": ["Ada Lovelace"],
        "year": 2025,
        "doi": f"10.1000/{n}",
    }
    return {**known, **more}


def csl(n: int, **more: object) -> dict[str, object]:
    issued = {"date-parts": [[2025, 3]]}
    return {"type": "article", "title": f"Title {n}", "issued": issued, "id": f"k{n}", **more}


def hugging_face(n: int, **more: object) -> dict[str, object]:
    inner = {"id": f"2503.0000{n}", "title": f"Title {n}", "summary": "Words.", "authors": []}
    return {"paper": inner | more, "numComments": 1}


SHAPES = {"list": paper, "csl": csl, "hugging face": hugging_face}


def as_json(shape: str, broken: str = "", **second: Any) -> str:
    """Give three records, each on a line of its own: the second one broken or with other values."""
    make = SHAPES[shape]
    lines = [json.dumps(make(1)), broken or json.dumps(make(2, **second)), json.dumps(make(3))]
    return "[\n" + ",\n".join(lines) + "\n]"


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    "broken",
    [
        '{"title": "Two, "authors": []}',
        '{"title" "Two"}',
        '{"title": "Two"',
        '{"paper": {"title": "Two"',
        '{"title": "Two"}}',
        '{"title": [[[',
        "{}}",
        "]",
        "<<<<<<< HEAD",
        '{"a":' * 100_000,
    ],
)
def test_a_broken_record_of_a_list_costs_no_other_and_is_told(shape: str, broken: str) -> None:
    entries, told = read(as_json(shape, broken))
    assert {"Title 1", "Title 3"} <= {entry.title for entry in entries}
    assert 3 in [refusal.line for refusal in told if refusal.fatal]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("number", ["9" * 5000, "1e400", "NaN", "Infinity", "-Infinity"])
def test_a_number_that_is_none_costs_only_itself_and_its_line_is_told(
    shape: str, number: str
) -> None:
    text = as_json(shape, upvotes=12345).replace("12345", number)
    entries, told = read(text)
    assert [entry.title for entry in entries] == THREE
    assert all(entry.upvotes in (None, 1) for entry in entries)
    assert [(refusal.line, refusal.fatal) for refusal in told] == [(3, False)]
    if shape == "list":
        entries, told = read("\n".join(text.strip("[]\n").split(",\n")))
        assert [entry.title for entry in entries] == THREE
        assert [(refusal.line, refusal.fatal) for refusal in told] == [(2, False)]


ODD = [
    None,
    7,
    2.5,
    True,
    "words",
    [],
    [None],
    [[7]],
    {},
    {"a": [None]},
    [{"name": None}],
    "\ud800",
]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    "field",
    [
        *("abstract", "authors", "author", "year", "date", "doi", "DOI", "url", "URL", "venue"),
        *("keywords", "keyword", "categories", "issued", "id", "arxiv", "externalIds", "upvotes"),
        *("summary", "organization", "githubRepo", "ai_keywords", "submittedOnDailyBy", "ORCID"),
        *("container-title", "publishedAt", "comments", "number", "archive"),
    ],
)
def test_a_field_of_another_kind_costs_only_itself(shape: str, field: str) -> None:
    for value in ODD:
        second: dict[str, Any] = {field: value}
        entries, _ = read(as_json(shape, **second))
        assert [entry.title for entry in entries] == THREE, value


@pytest.mark.parametrize("shape", SHAPES)
def test_a_title_that_is_a_number_is_a_title(shape: str) -> None:
    assert [entry.title for entry in read(as_json(shape, title=42))[0]] == [
        "Title 1",
        "42",
        "Title 3",
    ]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("title", [None, "", [], {}])
def test_a_record_without_a_title_is_told_with_its_line(shape: str, title: object) -> None:
    entries, told = read(as_json(shape, title=title))
    assert [entry.title for entry in entries] == ["Title 1", "Title 3"]
    assert [(refusal.line, refusal.fatal) for refusal in told] == [(3, True)]


def test_a_title_said_twice_in_an_object_is_told() -> None:
    entries, told = read(
        '[\n{"title": "First", "title": "Last", "authors": ["Ada"], "year": 2025}]'
    )
    assert [entry.title for entry in entries] == ["Last"]
    assert [(refusal.line, refusal.fatal) for refusal in told] == [(2, True)]
    assert "'First'" in told[0].message


def test_objects_after_each_other_are_read_however_they_are_broken_into_lines() -> None:
    records = [paper(n) for n in (1, 2, 3)]
    for text in ("\n".join(json.dumps(r, indent=1) for r in records), json.dumps(records)[1:-1]):
        assert titles(text) == THREE
    assert titles("".join(map(json.dumps, records))) == THREE


def test_a_broken_first_line_of_json_lines_costs_no_other() -> None:
    lines = ['{"title": "One, "authors": []}', *(json.dumps(paper(n)) for n in (2, 3))]
    entries, told = read("\n".join(lines))
    assert [entry.title for entry in entries] == ["Title 2", "Title 3"]
    assert [(refusal.line, refusal.fatal) for refusal in told] == [(1, True)]


@pytest.mark.parametrize("begin", ['{"results":[\n', '{"meta":{"count":2},\n"results":[\n'])
@pytest.mark.parametrize("end", ["\n]}", "]}\n"])
def test_json_whose_lines_are_objects_is_no_json_lines(begin: str, end: str) -> None:
    lines = ",\n".join(json.dumps(paper(n)) for n in (1, 2))
    entries, told = read(begin + lines + end)
    assert ([entry.title for entry in entries], told) == (["Title 1", "Title 2"], [])

import json

from daybook.catalogue.exports import digests_json, papers_jsonl
from daybook.records import Archive

from .small_archive import ARCHIVE, paper, render


def test_the_dump_has_every_field_in_order_sorted_by_url_and_null_where_unknown() -> None:
    lines = render()["data/papers.jsonl"].decode().splitlines()
    assert lines[0] == (
        '{"id":"nobody-knows","url":"papers/nobody-knows.html","title":"Nobody knows",'
        '"abstract":null,"authors":null,"topics":[],"arxiv":null,"published":null,'
        '"date":null,"date_basis":null,"digests":[{"id":"undated-1","position":1}]}'
    )
    assert json.loads(lines[1]) == {
        "id": "pretending-to-agree",
        "url": "papers/pretending-to-agree.html",
        "title": "Pretending to agree: 100% of $O(n^2)$ models",
        "abstract": "We watch models.\n\nThey pretend & smile; see https://example.org/code.",
        "authors": ["Zoë Łukasz", "Ada van Dyke", "Bo Chen Jr."],
        "topics": ["safety", "vision"],
        "arxiv": "2412.00001",
        "published": "2024-12-18",
        "date": "2025-03-11",
        "date_basis": "digest",
        "digests": [
            {"id": "2025-03-11", "position": 1},
            {"id": "2025-03-14", "position": 2},
        ],
    }
    found = [json.loads(line) for line in lines]
    assert [facts["published"] for facts in found[2:]] == ["2024-12", "2024"]
    assert [facts["url"] for facts in found] == sorted(facts["url"] for facts in found)


def test_the_list_of_digests_says_what_dated_each() -> None:
    assert json.loads(render()["data/digests.json"]) == [
        {
            "id": "2025-03-14",
            "name": "14 March 2025",
            "date": "2025-03-14",
            "dated_by": "inferred",
            "not_before": None,
            "entries": 2,
        },
        {
            "id": "2025-03-11",
            "name": "11 March 2025",
            "date": "2025-03-11",
            "dated_by": "file",
            "not_before": None,
            "entries": 2,
        },
        {
            "id": "undated-1",
            "name": "Undated digest, 1 paper",
            "date": None,
            "dated_by": None,
            "not_before": None,
            "entries": 1,
        },
    ]


def test_no_character_of_a_title_ends_a_line_of_the_dump() -> None:
    title = "one\u2028two\x85three\nfour"
    archive = Archive((paper(0, title=title), paper(1)), (), ())
    lines = papers_jsonl(archive).decode().splitlines()
    assert len(lines) == 2
    assert json.loads(lines[0])["title"] == title


def test_an_empty_archive_has_an_empty_dump() -> None:
    empty = Archive((), (), ARCHIVE.topics)
    assert papers_jsonl(empty) == b""
    assert json.loads(digests_json(empty)) == []

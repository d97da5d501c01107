"""Files of two kinds or of two documents, and broken lists: nothing of them goes without a word."""

from __future__ import annotations

import json

import pytest
from daybook.digests import read_digest
from daybook.records import Digest

LISTED = "\n- [Where gulls go](https://arxiv.org/abs/2402.00003)\n"


def read(text: str, name: str = "list") -> Digest:
    (digest,) = read_digest(name, text.encode())
    return digest


def titles(digest: Digest) -> list[str]:
    return [entry.title for entry in digest.entries]


@pytest.mark.parametrize(
    "above",
    [
        {"date": "2025-03-11", "papers": [{"title": "Where storks rest", "id": "2402.00002"}]},
        {"title": "Where storks rest", "venue": "Birds"},
        {"title": "Where storks rest", "abstract": "They rest.", "authors": ["Ada One"]},
        {"title": "Where storks rest", "url": "https://openreview.net/forum?id=abcDEF12"},
    ],
)
def test_papers_in_json_are_no_head_of_what_stands_below(above: dict[str, object]) -> None:
    assert "Where storks rest" in titles(read(json.dumps(above) + LISTED))


RECORD = "title: {}\nid: {}\nauthors: [Ada One]\n"


def test_the_first_of_several_documents_in_yaml_is_no_head() -> None:
    records = [
        RECORD.format("Where storks rest", "2402.00002"),
        RECORD.format("'Where: gulls go'", "2402.00003")
        + "abstract: |\n  # They go.\n\n  South.\n",
    ]
    for text in ("---\n" + "---\n".join(records), "---\n".join(records) + "...\n"):
        digest = read(text, "list.yaml")
        assert titles(digest) == ["Where storks rest", "Where: gulls go"]
        assert [entry.arxiv for entry in digest.entries] == ["2402.00002", "2402.00003"]
        assert digest.entries[1].abstract == "# They go.\n\nSouth."
        assert digest.refusals == ()
    headed = (
        "---\ntitle: Storks\ndate: 2025-03-11\n---\n- title: Where gulls go\n  id: 2402.00003\n"
    )
    digest = read(headed, "list.yaml")
    assert (titles(digest), str(digest.date)) == (["Where gulls go"], "2025-03-11")


def test_a_head_above_several_documents_in_yaml_is_no_paper() -> None:
    head = "---\ntitle: Storks of the week\ndate: 2025-03-11\n"
    records = [RECORD.format(title, f"2402.0000{n}") for n, title in enumerate("AB")]
    digest = read("---\n".join([head, *records]), "list.yaml")
    assert (titles(digest), str(digest.date)) == (["A", "B"], "2025-03-11")


@pytest.mark.parametrize("key", ["pdf", "eprint", "paper_id", "arxiv_url", '"arxiv"'])
def test_a_first_document_like_the_others_is_a_record(key: str) -> None:
    records = [f"title: {title}\n{key}: 2402.0000{n}\n" for n, title in enumerate("ABC", 1)]
    url = "https://arxiv.org/pdf/2402" if key == "pdf" else "2402"
    text = "---\n".join(record.replace("2402", url) for record in records)
    assert titles(read(text, "list.yaml")) == ["A", "B", "C"]


def test_a_head_with_an_address_of_its_own_is_one() -> None:
    head = "---\ntitle: Birds I read\nurl: https://example.org/birds\ndate: 2024-03-05\n"
    records = [f"title: {title}\narxiv: 2402.0000{n}\n" for n, title in enumerate("AB", 1)]
    digest = read("---\n".join([head, *records]), "list.yaml")
    assert (titles(digest), str(digest.date)) == (["A", "B"], "2024-03-05")


def test_people_in_one_text_are_read_whatever_a_record_is_like() -> None:
    record = {"id": "2402.00002", "title": "Where storks rest", "authors": "Ada One, Bo Two"}
    (entry,) = read(json.dumps([record])).entries
    assert (entry.arxiv, entry.authors) == ("2402.00002", ("Ada One", "Bo Two"))


def test_a_list_of_which_half_is_like_hugging_faces_loses_nothing_of_the_others() -> None:
    like = {"id": "2402.00002", "title": "Where storks rest", "authors": ["Ada One"]}
    other = {"id": "2402.00003", "title": "Where gulls go", "authors": "Bo Two, Cy Three"}
    other |= {"abstract": "They go.", "doi": "10.1000/182"}
    first, second = read(json.dumps([like, other])).entries
    assert (first.arxiv, first.authors) == ("2402.00002", ("Ada One",))
    assert (second.authors, second.abstract) == (("Bo Two", "Cy Three"), "They go.")
    assert (second.arxiv, second.doi) == ("2402.00003", "10.1000/182")


BROKEN = '- title: "Rest" is all storks need\n  id: 2402.00002\n- title: Gulls\n  id: 2402.00003\n'


def test_a_word_in_quotation_marks_keeps_both() -> None:
    digest = read(BROKEN, "list.yaml")
    assert titles(digest) == ['"Rest" is all storks need', "Gulls"]
    assert [told.line for told in digest.refusals] == [1]


@pytest.mark.parametrize(
    "cut", ["- title: Third pap", "- title: Third\n  abstract: We do this and tha"]
)
def test_a_broken_list_that_is_cut_besides_is_told_so(cut: str) -> None:
    told = [refusal.message for refusal in read(BROKEN + cut, "list.yaml").refusals]
    assert sum("ends in the middle of a line" in message for message in told) == 1
    whole = [refusal.message for refusal in read(BROKEN + cut + "\n", "list.yaml").refusals]
    assert not any("middle" in message for message in whole)


def test_records_of_a_whole_list_that_are_no_papers_are_told_by_their_number() -> None:
    known = "- title: Where storks rest\n  year: 2020\n  doi: 10.1000/182\n"
    digest = read(known + "- title: Where gulls go\n  venue: Birds\n" * 3, "list.yaml")
    assert titles(digest) == ["Where storks rest"]
    (told,) = digest.refusals
    assert told.message.startswith("3 of the list's 4 records with titles are no entries")
    assert read(known, "list.yaml").refusals == ()

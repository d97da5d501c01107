"""What services answer and export besides titles and people: no field of a paper's own is lost."""

from __future__ import annotations

import json

import pytest
from daybook.digests import read_digest
from daybook.records import Digest, Entry, Link, PartialDate

TITLE = "Where Storks Rest"


def read(name: str, text: str) -> Digest:
    (digest,) = read_digest(name, text.encode())
    return digest


def only(name: str, text: str) -> Entry:
    digest = read(name, text)
    assert digest.refusals == ()
    (entry,) = digest.entries
    return entry


@pytest.mark.parametrize("day", ["pdate", "odate", "cdate"])
@pytest.mark.parametrize("version", [1, 2])
def test_a_note_of_openreviews_has_its_page_and_day(day: str, version: int) -> None:
    said: dict[str, object] = {"title": TITLE, "authors": ["Ada One", "Bo Two"], "abstract": "A."}
    content = said if version == 1 else {key: {"value": value} for key, value in said.items()}
    note = {"id": "abcDEF1234", "forum": "abcDEF1234", "content": content, day: 1_709_632_800_000}
    entry = only("notes.json", json.dumps({"notes": [note], "count": 1}))
    assert (entry.title, entry.authors) == (TITLE, ("Ada One", "Bo Two"))
    assert entry.links == (Link("page", "https://openreview.net/forum?id=abcDEF1234"),)
    assert entry.published == PartialDate(2024, 3, 5)


@pytest.mark.parametrize("name", ["journal-ref", "journal_ref", "proceeding"])
@pytest.mark.parametrize("comment", ["comments", "comment", "arxiv_comment"])
def test_the_venue_and_the_comment_of_arxivs_metadata_stay(name: str, comment: str) -> None:
    record = {"title": TITLE, "arxiv_id": "2403.00001", name: "Birds 3", comment: "37 pages"}
    entry = only("list.json", json.dumps([record]))
    assert (entry.venue, entry.remark, entry.comments) == ("Birds 3", "37 pages", None)


def test_a_number_of_comments_is_no_remark() -> None:
    entry = only("a.csv", f"Title,arXiv,Comments\n{TITLE},2403.00001,12\n")
    assert (entry.remark, entry.comments) == (None, 12)


def test_models_of_a_collection_are_no_papers_and_cost_no_exit_code() -> None:
    items = [
        {"type": "paper", "id": "2403.00001", "title": TITLE, "publishedAt": "2024-03-01"},
        {"type": "model", "id": "ada/storks", "likes": 3},
    ]
    digest = read("birds.json", json.dumps({"slug": "ada/birds", "items": items}))
    assert [entry.title for entry in digest.entries] == [TITLE]
    (refusal,) = digest.refusals
    assert ("is a model and no paper" in refusal.message, refusal.fatal) == (True, False)


def test_a_tables_column_called_paper_has_the_titles() -> None:
    entry = only("a.csv", f"Week,Paper,Link\n1,{TITLE},https://arxiv.org/abs/2403.00001\n")
    assert (entry.title, entry.arxiv) == (TITLE, "2403.00001")


@pytest.mark.parametrize(
    ("said", "authors"),
    [
        ("One A, van der Two BC, Three D.", ("A. One", "B. C. van der Two", "D. Three")),
        ("One A.", ("A. One",)),
        ("Malcolm X", ("Malcolm X",)),
    ],
)
def test_pubmeds_initials_stand_behind_names(said: str, authors: tuple[str, ...]) -> None:
    table = f'PMID,Title,Authors,Journal/Book\n1,{TITLE},"{said}",Cell\n'
    answer = {"result": [{"pmid": "1", "doi": "10.1038/1", "title": TITLE, "authorString": said}]}
    assert only("list.csv", table).authors == authors
    assert only("list.json", json.dumps({"resultList": answer})).authors == authors


def test_datacites_abstract_is_one_of_its_descriptions() -> None:
    texts = [("Methods", "How."), ("Abstract", "What it is."), ("Other", "More.")]
    said = [{"descriptionType": kind, "description": text} for kind, text in texts]
    record = {"doi": "10.5281/zenodo.1", "titles": [{"title": TITLE}], "descriptions": said}
    answer = {"data": [{"id": "10.5281/zenodo.1", "type": "dois", "attributes": record}]}
    assert only("answer.json", json.dumps(answer)).abstract == "What it is."


def test_inspires_earliest_date_is_a_papers() -> None:
    record = {"titles": [{"title": TITLE}], "arxiv_eprints": [{"value": "hep-th/9711200"}]}
    hits = [{"metadata": {**record, "earliest_date": "1997-11-27"}}]
    entry = only("hits.json", json.dumps({"hits": {"hits": hits}}))
    assert entry.published == PartialDate(1997, 11, 27)


@pytest.mark.parametrize(
    "post",
    [
        {"title": f"{TITLE} [pdf]", "author": "stork", "points": 120, "objectID": "1"},
        {"title": f"[R] {TITLE}", "author": "stork", "ups": 120, "created_utc": 1763596800.0},
    ],
)
def test_who_posted_a_paper_did_not_write_it(post: dict[str, object]) -> None:
    entry = only("posts.json", json.dumps([{**post, "url": "https://arxiv.org/abs/2501.00001"}]))
    assert (entry.title, entry.authors, entry.upvotes) == (TITLE, None, 120)
    assert entry.published is None

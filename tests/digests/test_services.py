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


def test_one_name_turned_round_is_one_where_others_are_joined_so() -> None:
    table = 'Title,Author,Year\nOne,"Gunn, Eli",2026\nTwo,"Tan, Cy",2025\n'
    digest = read("list.csv", f'{table}Three,"Quill, Ada and Reed, Bo",2024\n')
    people = [("Eli Gunn",), ("Cy Tan",), ("Ada Quill", "Bo Reed")]
    assert [entry.authors for entry in digest.entries] == people


def test_biblatexs_subtitle_is_a_part_of_the_title() -> None:
    for title, whole in (("Storks", "Storks: Where They Rest"), ("Why?", "Why? Where They Rest")):
        text = f"@article{{a, title={{{title}}}, subtitle={{Where They Rest}}, author={{Ada One}}}}"
        assert only("list.bib", text).title == whole


def test_arxivs_feed_names_a_dois_and_a_journals_reference_in_its_own_way() -> None:
    text = (
        '<rss xmlns:arxiv="http://arxiv.org/schemas/atom" version="2.0"><channel>'
        "<title>cs.RO updates on arXiv.org</title><link>http://rss.arxiv.org/rss/cs.RO</link><item>"
        f"<title>{TITLE}</title><link>https://arxiv.org/abs/2501.01010</link>"
        "<description>arXiv:2501.01010v2 Announce Type: replace\nAbstract: Again.</description>"
        "<arxiv:DOI>10.1109/TRO.2025.3511111</arxiv:DOI>"
        "<arxiv:journal_reference>IEEE T-RO 41 (2025)</arxiv:journal_reference>"
        "</item></channel></rss>"
    )
    entry = only("feed.xml", text)
    assert (entry.doi, entry.venue) == ("10.1109/tro.2025.3511111", "IEEE T-RO 41 (2025)")


def test_chinese_lists_divide_people_and_label_titles_in_their_own_way() -> None:
    text = (
        "日报 2026-03-05\n\n1、折叠\n英文标题：FoldBot: Folding Shirts\n作者：Ada One、Bo Two\n"
        "链接：https://arxiv.org/abs/2602.11111\n摘要：我们折叠衬衫。\n"
    )
    entry = only("list.txt", text)
    assert (entry.title, entry.authors) == ("FoldBot: Folding Shirts", ("Ada One", "Bo Two"))


def test_what_objects_say_in_place_of_lists_and_texts_is_read() -> None:
    rows: list[dict[str, object]] = [
        {"authors": {"0": "Ada Byron", "1": "Bo Liu"}, "abstract": ["One.", "Two."]},
        {"authors": {"Ada Byron": "Univ A", "Bo Liu": "Univ B"}},
        {"authors": {"given": "Ada", "family": "Byron"}},
    ]
    days: list[object] = ["2024-03-05T00:00:00Z", {"$numberLong": "1709596800000"}, 1709596800000]
    papers = [
        {"title": f"On Looms {place}", "arxiv": f"2403.0000{place}", "date": {"$date": day}} | row
        for place, (row, day) in enumerate(zip(rows, days, strict=True))
    ]
    (digest,) = read_digest("dump.json", json.dumps(papers).encode())
    assert digest.refusals == ()
    assert [entry.authors for entry in digest.entries] == [
        ("Ada Byron", "Bo Liu"),
        ("Ada Byron", "Bo Liu"),
        ("Ada Byron",),
    ]
    assert {str(entry.published) for entry in digest.entries} == {"2024-03-05"}
    assert digest.entries[0].abstract == "One.\n\nTwo."


def test_reviews_and_decisions_of_openreview_s_are_no_papers() -> None:
    said = {"title": "On Looms", "authors": ["Ada Byron"], "abstract": "Looms."}
    decision = {"title": "Paper Decision", "decision": "Accept"}
    paper, reply = (
        {"id": name, "forum": "AbCdEfGh12", "content": {key: {"value": v} for key, v in of.items()}}
        for name, of in (("AbCdEfGh12", said), ("r3v1ew0001", decision))
    )
    reply["replyto"] = "AbCdEfGh12"
    (digest,) = read_digest("notes.json", json.dumps({"notes": [paper, reply]}).encode())
    assert [entry.title for entry in digest.entries] == ["On Looms"]


def test_addresses_of_papers_with_code_name_their_papers() -> None:
    papers = [
        {"title": "On Looms", "authors": ["Ada"], "url_abs": "https://arxiv.org/abs/2403.00001v1"},
        {"title": "On Wool", "authors": ["Bo"], "url_abs": "https://doi.org/10.1000/WOOL"},
    ]
    (digest,) = read_digest("papers.json", json.dumps(papers).encode())
    assert [(e.arxiv, e.doi) for e in digest.entries] == [
        ("2403.00001", None),
        (None, "10.1000/wool"),
    ]

"""`make enrich`: only what is lacking, only what is certain, each fact with its source and day."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from daybook.archive import convert, load_taxonomy
from daybook.archive.metadata import read_metadata
from daybook.digests import read_folder
from daybook.fetching import FetchError
from daybook.fetching.host import Host
from daybook.records import Paper, PartialDate
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from ..sites import PROJECT
from .conftest import TODAY, Archive
from .imitations import HTML, atom, atom_entry, crossref_search, crossref_work

S2 = "/graph/v1/paper/batch"
Row = dict[str, Any]


class Web:
    """The three hosts, on one server: what each knows can be set."""

    def __init__(self, server: HTTPServer) -> None:
        self.server = server
        self.url = server.url_for("")
        self.arxiv = atom()
        self.scholar: list[Row | None] = []
        self.works: list[Row] = []
        self.down: set[str] = set()
        server.expect_request("/api/query").respond_with_handler(self._arxiv)
        server.expect_request(S2, method="POST").respond_with_handler(self._scholar)
        server.expect_request("/works").respond_with_handler(self._search)
        server.expect_request("/works/10.1000/abc").respond_with_handler(self._work)

    def asked(self, path: str) -> list[Request]:
        return [request for request, _ in self.server.log if request.path.startswith(path)]

    def _arxiv(self, _request: Request) -> Response:
        return Response("busy", 503) if "arXiv" in self.down else Response(self.arxiv)

    def _scholar(self, _request: Request) -> Response:
        if "Semantic Scholar" in self.down:
            return Response("busy", 503)
        if not any(self.scholar):
            return Response('{"error": "No valid paper ids given"}', 400)
        return Response(json.dumps(self.scholar))

    def _search(self, _request: Request) -> Response:
        return Response(HTML if "Crossref" in self.down else crossref_search(*self.works))

    def _work(self, _request: Request) -> Response:
        if not self.works:
            return Response("Resource not found.", 404)
        return Response(json.dumps({"message": self.works[0]}))


@pytest.fixture
def web(httpserver: HTTPServer) -> Web:
    return Web(httpserver)


def build(archive: Archive, *rows: Row) -> dict[str, Paper]:
    """Write a digest of these papers and convert it; give the papers by title."""
    archive.digests.mkdir(exist_ok=True)
    if rows:
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        (archive.digests / "2025-03-20-list.jsonl").write_text(lines)
    done = convert(
        read_folder(archive.digests),
        archive.folder / "papers",
        archive.folder / "metadata",
        load_taxonomy(PROJECT / "content" / "topics.toml"),
    )
    assert not [refusal for refusal in done.refusals if refusal.fatal]
    return {paper.title: paper for paper in done.archive.papers}


def facts(archive: Archive) -> dict[str, Row]:
    """Give what was found, by slug."""
    path = archive.folder / "metadata" / "enriched.json"
    return {item["id"]: item for item in json.loads(path.read_text())} if path.exists() else {}


BARE = {"title": "A study of a certain thing", "date": "2024-06-12"}
BY_ID = {"title": "A study of one thing", "arxiv": "2503.00001"}


def test_a_paper_with_an_arxiv_id_gets_all_that_arxiv_says(web: Web, archive: Archive) -> None:
    build(archive, BY_ID)
    more = (
        "<arxiv:doi>10.1000/ABC</arxiv:doi><arxiv:journal_ref>Things 7 (2025)</arxiv:journal_ref>"
    )
    web.arxiv = atom(atom_entry("2503.00001", "Another spelling", more=more))
    assert archive.enrich(web.url)
    assert web.asked("/api/query")[0].args["id_list"] == "2503.00001"
    source = "arXiv by id, 2025-04-01"
    fields = ("authors", "categories", "date", "doi", "venue")
    assert facts(archive) == {
        "a-study-of-one-thing": {
            "id": "a-study-of-one-thing",
            "type": "article",
            "title": "A study of one thing",
            "author": [{"literal": "Ada Example"}, {"literal": "Ben Sample"}],
            "issued": {"date-parts": [[2025, 3, 11]]},
            "container-title": "Things 7 (2025)",
            "DOI": "10.1000/abc",
            "archive": "arXiv",
            "archive_location": "2503.00001",
            "custom": {
                "categories": ["cs.CL", "cs.LG"],
                "sources": dict.fromkeys(fields, source),
            },
        }
    }
    paper = build(archive)["A study of one thing"]
    assert paper.authors == ("Ada Example", "Ben Sample")
    assert paper.categories == ("cs.CL", "cs.LG")
    assert (str(paper.published), paper.doi, paper.venue) == (
        "2025-03-11",
        "10.1000/abc",
        "Things 7 (2025)",
    )


def test_what_is_known_is_never_touched(web: Web, archive: Archive) -> None:
    build(archive, BY_ID | {"authors": ["Cy Known"], "venue": "Known Letters"})
    web.arxiv = atom(atom_entry("2503.00001", "x", authors=("Dee Other",)))
    archive.enrich(web.url)
    (item,) = facts(archive).values()
    assert set(item["custom"]["sources"]) == {"categories", "date"}
    assert "author" not in item
    assert build(archive)["A study of one thing"].authors == ("Cy Known",)


def test_title_and_year_find_the_arxiv_id_and_that_opens_more(web: Web, archive: Archive) -> None:
    build(archive, BARE)
    web.arxiv = atom(
        atom_entry("2406.00007", "A Study of a certain  Thing", published="2024-06-12"),
        atom_entry("2406.00008", "A study of a certain thing, again", published="2024-06-12"),
    )
    web.scholar = [
        {
            "title": "A study",
            "externalIds": {"ArXiv": "2406.00007", "DOI": "10.1000/abc"},
            "venue": "Things",
            "authors": [{"name": "A. Example"}],
        }
    ]
    assert archive.enrich(web.url)
    (item,) = facts(archive).values()
    assert item["archive_location"] == "2406.00007"
    assert item["custom"]["sources"] == {
        "arxiv": "arXiv by title and year, 2025-04-01",
        "authors": "arXiv by title and year, 2025-04-01",
        "categories": "arXiv by title and year, 2025-04-01",
        "doi": "Semantic Scholar by id, 2025-04-01",
        "venue": "Semantic Scholar by id, 2025-04-01",
    }
    assert json.loads(web.asked(S2)[0].data) == {"ids": ["ARXIV:2406.00007"]}
    assert build(archive)[BARE["title"]].arxiv == "2406.00007"


@pytest.mark.parametrize(
    "found",
    [
        [atom_entry("2406.00007", BARE["title"], published="2023-06-12")],
        [atom_entry("2406.00007", BARE["title"] + "s", published="2024-06-12")],
        [
            atom_entry("2406.00007", BARE["title"], published="2024-06-12"),
            atom_entry("2408.00009", BARE["title"], published="2024-08-01"),
        ],
    ],
    ids=["another year", "another title", "two of them"],
)
def test_what_is_not_certain_is_left_out(web: Web, archive: Archive, found: list[str]) -> None:
    build(archive, BARE)
    web.arxiv = atom(*found)
    archive.enrich(web.url)
    assert facts(archive) == {}


def test_authors_of_other_papers_are_no_certainty(web: Web, archive: Archive) -> None:
    build(archive, BARE | {"authors": ["Zoë Nobody", "Yan Nowhere"]})
    web.arxiv = atom(atom_entry("2406.00007", BARE["title"], published="2024-06-12"))
    web.works = [crossref_work("10.1000/abc", BARE["title"])]
    archive.enrich(web.url)
    assert facts(archive) == {}


def test_a_title_alone_or_one_that_two_papers_share_is_not_asked_for(
    web: Web, archive: Archive
) -> None:
    abstracts = ("Cats sleep on mats in winter afternoons.", "Steel bridges rust in salted air.")
    build(
        archive,
        {"title": "A study without a year"},
        *(BARE | {"abstract": text, "doi": f"10.1000/{n}"} for n, text in enumerate(abstracts)),
    )
    archive.enrich(web.url)
    assert not web.asked("/works?")
    assert not [request for request in web.asked("/api/query") if "ti:" in request.full_path]


def test_crossref_completes_by_title_and_year_what_was_published(
    web: Web, archive: Archive
) -> None:
    build(archive, {"title": "A study: of a thing", "date": "2024"})
    web.works = [
        crossref_work("10.9999/preprint", "A study: of a thing", type="posted-content"),
        crossref_work("10.1000/ABC", "A study", subtitle=["of a thing"]),
    ]
    assert archive.enrich(web.url)
    (item,) = facts(archive).values()
    assert item["DOI"] == "10.1000/abc"
    assert item["container-title"] == "Journal of Things"
    assert item["author"] == [{"literal": "Ada Example"}, {"literal": "Ben Sample"}]
    assert item["issued"] == {"date-parts": [[2024, 6, 12]]}
    assert set(item["custom"]["sources"].values()) == {"Crossref by title and year, 2025-04-01"}


def test_crossref_completes_by_doi(web: Web, archive: Archive) -> None:
    build(archive, {"title": "A study of two things", "doi": "10.1000/abc"})
    web.works = [crossref_work("10.1000/ABC", "Whatever it is called", year=2019)]
    archive.enrich(web.url)
    (item,) = facts(archive).values()
    assert item["issued"] == {"date-parts": [[2019, 6, 12]]}
    assert item["custom"]["sources"]["venue"] == "Crossref by id, 2025-04-01"


def test_an_author_list_of_another_length_is_left_out(web: Web, archive: Archive) -> None:
    archive.digests.mkdir()
    (archive.digests / "2025-03-20-list.jsonl").write_text(json.dumps(BY_ID))
    page = archive.folder / "papers"
    build(archive, BY_ID)
    (file,) = page.rglob("*.md")
    file.write_text(file.read_text().replace("\nCategory:", "\nAuthor_count: 5\nCategory:"))
    web.arxiv = atom(atom_entry("2503.00001", "x"))
    archive.enrich(web.url)
    (item,) = facts(archive).values()
    assert "authors" not in item["custom"]["sources"]


def test_the_second_run_asks_nothing_and_changes_nothing(web: Web, archive: Archive) -> None:
    build(archive, BY_ID, BARE)
    web.arxiv = atom(atom_entry("2503.00001", "x"))
    archive.enrich(web.url)
    before = archive.files()
    web.server.clear_log()
    assert archive.enrich(web.url)
    assert not web.server.log
    assert archive.files() == before
    build(archive)
    assert archive.enrich(web.url)
    assert not web.server.log


def test_after_the_days_that_were_set_it_asks_again_for_what_is_missing_still(
    web: Web, archive: Archive
) -> None:
    build(archive, BY_ID)
    web.arxiv = atom(atom_entry("2503.00001", "x"))
    archive.enrich(web.url)
    web.server.clear_log()
    later = TODAY + dt.timedelta(days=31)
    archive.enrich(web.url, later)
    assert not web.server.log
    web.scholar = [{"title": "x", "externalIds": {"ArXiv": "2503.00001"}, "venue": "Things"}]
    archive.enrich(web.url, later, DAYBOOK_ENRICH_AGAIN="30")
    (item,) = facts(archive).values()
    assert item["container-title"] == "Things"
    assert item["custom"]["sources"]["venue"] == "Semantic Scholar by id, 2025-05-02"
    assert item["custom"]["sources"]["authors"] == "arXiv by id, 2025-04-01"


def test_a_source_that_fails_costs_only_its_own_facts(web: Web, archive: Archive) -> None:
    build(archive, BY_ID, BARE)
    web.arxiv = atom(atom_entry("2503.00001", "x"))
    web.down = {"Semantic Scholar", "Crossref"}
    assert not archive.enrich(web.url)
    assert list(facts(archive)) == ["a-study-of-one-thing"]
    assert [line.split(":")[0] for line in archive.warned] == [
        "Semantic Scholar",
        *["Crossref"] * 3,
    ]
    web.down = set()
    web.works = [crossref_work("10.1000/abc", BARE["title"])]
    web.server.clear_log()
    assert archive.enrich(web.url)
    assert len(facts(archive)) == 2
    assert not [request for request in web.asked("/api/query") if "id_list" in request.args]


def test_a_source_that_answers_with_nothing_is_asked_again(web: Web, archive: Archive) -> None:
    """Nothing is no answer, and others' bad answers are not its own."""
    build(archive, *(BARE | {"title": f"A study of thing number {n}"} for n in range(2)))
    web.server.clear()
    web.server.expect_request("/api/query").respond_with_data("<html>busy</html>")
    web.server.expect_request("/works").respond_with_data("{}")
    web.server.expect_request(S2, method="POST").respond_with_data("")
    assert not archive.enrich(web.url)
    told = [line for line in archive.warned if line.startswith("Crossref")]
    assert told
    assert "left alone" not in told[0]
    asked = len(web.asked("/works"))
    assert not archive.enrich(web.url)
    assert len(web.asked("/works")) == 2 * asked


@pytest.mark.parametrize(
    "answer", ["[]", "{}", "[5]", "[null, null]", '[{"title": "A"}, {}]', "[[]]"]
)
def test_what_is_no_answer_to_the_question_is_no_word_that_nobody_knows(
    web: Web, archive: Archive, answer: str
) -> None:
    """A list of other things than were asked for kept the source unasked for three months."""
    build(archive, {"title": "A study of one thing", "arxiv": "2503.00001"})
    web.server.clear()
    web.server.expect_request("/api/query").respond_with_data(atom())
    web.server.expect_request(S2, method="POST").respond_with_data(answer)
    web.server.expect_request("/works").respond_with_data(crossref_search())
    assert not archive.enrich(web.url)
    asked = len(web.asked(S2))
    assert not archive.enrich(web.url)
    assert len(web.asked(S2)) == 2 * asked
    assert any("that were asked for" in line for line in archive.warned)


def test_a_run_that_is_interrupted_midway_keeps_what_it_got(
    web: Web, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(archive, *(BARE | {"title": f"A study of thing number {n}"} for n in range(3)))

    def answer(request: Request) -> Response:
        title = request.args["query.bibliographic"]
        return Response(crossref_search(crossref_work("10.1000/abc", title)))

    web.server.clear()
    web.server.expect_request("/api/query").respond_with_data(atom())
    web.server.expect_request("/works").respond_with_handler(answer)
    web.server.expect_request(S2, method="POST").respond_with_data("[]")
    sent = Host._once

    def interrupted(host: Host, request: Any) -> Any:
        if len(web.asked("/works")) == 2:
            raise KeyboardInterrupt
        return sent(host, request)

    monkeypatch.setattr(Host, "_once", interrupted)
    with pytest.raises(KeyboardInterrupt):
        archive.enrich(web.url)
    assert list(facts(archive)) == ["a-study-of-thing-number-0", "a-study-of-thing-number-1"]


def test_the_limit_bounds_a_run_and_the_next_goes_on(web: Web, archive: Archive) -> None:
    rows = [{"title": f"A study of thing {n}", "arxiv": f"2503.{n:05d}"} for n in range(5)]
    build(archive, *rows)
    web.arxiv = atom(*(atom_entry(row["arxiv"], row["title"]) for row in rows))
    asked = []
    for _ in range(3):
        archive.enrich(web.url, LIMIT="2")
        asked.append(web.asked("/api/query")[-1].args["id_list"])
    assert asked == ["2503.00000,2503.00001", "2503.00002,2503.00003", "2503.00004"]
    assert archive.said[0] == "5 of 5 papers lack something; 1 are looked up."
    with pytest.raises(FetchError, match="LIMIT should be a whole number"):
        archive.enrich(web.url, LIMIT="many")


def test_a_damaged_file_of_facts_is_left_alone(web: Web, archive: Archive) -> None:
    build(archive, BY_ID)
    file = archive.folder / "metadata" / "enriched.json"
    file.parent.mkdir()
    file.write_text('[{"id": "x"')
    with pytest.raises(FetchError, match="was left as it is; restore it"):
        archive.enrich(web.url)
    assert file.read_text() == '[{"id": "x"'
    assert not web.server.log


def test_a_damaged_memory_of_questions_is_asked_anew(web: Web, archive: Archive) -> None:
    build(archive, BY_ID)
    archive.enrich(web.url)
    asked = archive.folder / "metadata" / "enriched-asked.jsonl"
    asked.write_text('{"question": 1}\n\x00\nnot JSON\n[]\n')
    web.server.clear_log()
    archive.enrich(web.url)
    assert web.asked("/api/query")


def test_without_papers_it_says_what_to_do(web: Web, archive: Archive) -> None:
    with pytest.raises(FetchError, match=r"there are no papers in .*; run `make site` first"):
        archive.enrich(web.url)


def test_hostile_facts_stay_text(web: Web, archive: Archive) -> None:
    """What hosts say goes through the metadata reader and the page writer like any fact."""
    build(archive, BY_ID)
    name = "Ada &lt;script&gt;alert(1)&lt;/script&gt;\u2028Title: x"
    web.arxiv = atom(atom_entry("2503.00001", "x", authors=(name,)))
    archive.enrich(web.url)
    paper = build(archive)["A study of one thing"]
    (page,) = (archive.folder / "papers").rglob("*.md")
    assert "<script>" not in page.read_text()
    assert page.read_text().count("\nTitle:") + page.read_text().startswith("Title:") == 1
    assert paper.authors is not None
    assert len(paper.authors) == 1


def test_the_reader_of_metadata_reads_every_fact(
    web: Web, archive: Archive, tmp_path: Path
) -> None:
    build(archive, BY_ID)
    web.arxiv = atom(atom_entry("2503.00001", "x"))
    archive.enrich(web.url)
    (fact,), refusals = read_metadata(archive.folder / "metadata")
    assert not refusals
    assert fact.origin == "enriched.json: a-study-of-one-thing"
    assert fact.published == PartialDate(2025, 3, 11)
    assert dict(fact.sources)["authors"] == "arXiv by id, 2025-04-01"

"""`make fetch SOURCE=arxiv`: searches and days, as Atom."""

from __future__ import annotations

import datetime as dt

import pytest
from daybook.digests import read_folder
from daybook.fetching.arxiv import search_query
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from .conftest import Archive
from .imitations import HTML, atom, atom_entry

DAY = "2025-03-11"
ONE = atom_entry("2503.00001", "A study of one thing")
TWO = atom_entry("2503.00002", "A study of two things")
ERROR = atom(
    "<entry><id>https://arxiv.org/api/errors#bad</id><title>Error</title>"
    "<summary>incorrect id format for abc</summary></entry>"
)


def fetch(archive: Archive, server: HTTPServer, **words: str) -> bool:
    return archive.fetch(server.url_for(""), SOURCE="arxiv", **words)


def test_a_day_of_a_category_is_saved_as_it_came_and_dated_by_that_day(
    httpserver: HTTPServer, archive: Archive
) -> None:
    body = atom(ONE, TWO)
    httpserver.expect_request("/api/query").respond_with_data(body)
    assert fetch(archive, httpserver, DATE=DAY, QUERY="cs.CL")
    asked = httpserver.log[0][0].args
    assert asked["search_query"] == "(cat:cs.CL) AND submittedDate:[202503110000 TO 202503112359]"
    assert (asked["start"], asked["max_results"]) == ("0", "500")
    assert archive.files()["digests/arxiv-cs-cl-2025-03-11.xml"] == body.encode()
    reading = read_folder(archive.digests)
    (digest,) = reading.digests
    assert [entry.arxiv for entry in digest.entries] == ["2503.00001", "2503.00002"]
    assert (str(digest.date), digest.name) == (DAY, "arXiv cs.CL, 2025-03-11")
    assert not reading.refusals


def test_an_answer_of_many_pages_is_one_digest(httpserver: HTTPServer, archive: Archive) -> None:
    papers = [atom_entry(f"2503.{n:05d}", f"A study of thing {n}") for n in range(1100)]

    def answer(request: Request) -> Response:
        start = int(request.args["start"])
        return Response(atom(*papers[start : start + 500], total=1100))

    httpserver.expect_request("/api/query").respond_with_handler(answer)
    assert fetch(archive, httpserver, DATE=DAY)
    (digest,) = read_folder(archive.digests).digests
    assert [entry.arxiv for entry in digest.entries] == [f"2503.{n:05d}" for n in range(1100)]
    assert len(httpserver.log) == 3


def test_a_host_that_repeats_itself_is_not_asked_on_and_on(
    httpserver: HTTPServer, archive: Archive
) -> None:
    httpserver.expect_request("/api/query").respond_with_data(atom(ONE, TWO, total=9000))
    assert fetch(archive, httpserver, DATE=DAY)
    assert len(httpserver.log) == 2
    (digest,) = read_folder(archive.digests).digests
    assert len(digest.entries) == 2


def test_a_search_without_a_day_gives_the_newest(httpserver: HTTPServer, archive: Archive) -> None:
    httpserver.expect_request("/api/query").respond_with_data(atom(ONE, total=9000))
    assert fetch(archive, httpserver, QUERY='"value alignment" agents')
    asked = httpserver.log[0][0].args
    assert asked["search_query"] == 'all:"value alignment" AND all:agents'
    assert (asked["sortBy"], asked["sortOrder"]) == ("submittedDate", "descending")
    assert len(httpserver.log) == 1
    assert "digests/arxiv-value-alignment-agents-2025-04-01.xml" in archive.files()


def test_the_same_papers_are_not_written_again(httpserver: HTTPServer, archive: Archive) -> None:
    """ArXiv writes the moment of the request into every answer."""
    httpserver.expect_ordered_request("/api/query").respond_with_data(atom(ONE))
    httpserver.expect_ordered_request("/api/query").respond_with_data(
        atom(ONE, updated="2025-04-02")
    )
    fetch(archive, httpserver, DATE=DAY)
    before = archive.files()
    fetch(archive, httpserver, DATE=DAY)
    assert archive.said[0].startswith("Already saved: ")
    assert archive.files() == before


def test_a_keepers_own_sidecar_is_kept(httpserver: HTTPServer, archive: Archive) -> None:
    archive.digests.mkdir()
    sidecar = archive.digests / f"arxiv-{DAY}.xml.toml"
    sidecar.write_text('name = "Mine"\n')
    httpserver.expect_request("/api/query").respond_with_data(atom(ONE))
    fetch(archive, httpserver, DATE=DAY)
    assert sidecar.read_text() == 'name = "Mine"\n'


def test_nothing_where_there_should_be_something_is_asked_for_again(
    httpserver: HTTPServer, archive: Archive
) -> None:
    httpserver.expect_ordered_request("/api/query").respond_with_data(atom(total=2))
    httpserver.expect_ordered_request("/api/query").respond_with_data(atom(ONE, TWO))
    assert fetch(archive, httpserver, DATE=DAY)
    httpserver.clear()
    httpserver.expect_request("/api/query").respond_with_data(atom(total=2))
    told = archive.refusal(httpserver.url_for(""), SOURCE="arxiv", DATE="2025-03-12")
    assert "answered with none of 2 papers (3 tries)" in told


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (HTML, "expected Atom, and the answer begins '<!doctype html>"),
        (atom(ONE, TWO)[:-200], "breaks off"),
        ("[]", "expected Atom"),
        ("", "answered with nothing"),
        ("<rss><channel/></rss>", "the answer is <rss>"),
        (ERROR, "arXiv answered with an error: incorrect id format for abc"),
        (atom(), "no papers are listed for 2025-03-11"),
        (atom("<entry><title>A podcast</title><id>urn:x</id></entry>"), "no list of papers"),
        (
            '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
            + atom(atom_entry("2503.00001", "&b;")).split("\n", 1)[1],
            "no list of papers",
        ),
    ],
    ids=["html", "cut", "json", "empty", "rss", "error", "none", "no papers", "entities"],
)
def test_what_is_not_a_list_of_papers_is_not_saved(
    httpserver: HTTPServer, archive: Archive, body: str, told: str
) -> None:
    httpserver.expect_request("/api/query").respond_with_data(body)
    archive.digests.mkdir()
    saved = archive.digests / f"arxiv-{DAY}.xml"
    saved.write_text(atom(ONE))
    before = archive.files()
    assert told in archive.refusal(httpserver.url_for(""), SOURCE="arxiv", DATE=DAY)
    assert archive.files() == before


def test_a_worse_day_is_kept_and_no_failure_of_many(
    httpserver: HTTPServer, archive: Archive
) -> None:
    archive.digests.mkdir()
    (archive.digests / "arxiv-2025-04-01.xml").write_text(atom(ONE, TWO))
    httpserver.expect_request("/api/query").respond_with_data(atom(ONE))
    assert fetch(archive, httpserver, SINCE="2025-03-31")
    assert archive.warned[0].startswith("Kept: ")
    assert (archive.digests / "arxiv-2025-04-01.xml").read_text() == atom(ONE, TWO)


def test_without_a_day_or_query_it_is_the_newest_whole_day(
    httpserver: HTTPServer, archive: Archive
) -> None:
    httpserver.expect_request("/api/query").respond_with_data(atom(ONE))
    assert archive.fetch(httpserver.url_for(""), dt.date(2025, 3, 12), SOURCE="arxiv")
    assert f"digests/arxiv-{DAY}.xml" in archive.files()


@pytest.mark.parametrize(
    ("words", "query"),
    [
        ("cs.CL", "cat:cs.CL"),
        ("cond-mat.str-el", "cat:cond-mat.str-el"),
        ("cs", "cat:cs*"),
        ("ti:values AND cat:cs.AI", "ti:values AND cat:cs.AI"),
        ("language   models", "all:language AND all:models"),
        ("transformers", "all:transformers"),
        ('"language models', "all:language AND all:models"),
    ],
)
def test_a_query_may_be_a_category_a_query_or_words(words: str, query: str) -> None:
    assert search_query(words) == query

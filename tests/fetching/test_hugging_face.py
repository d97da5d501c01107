"""`make fetch` from Hugging Face: the day's list, many days, a search."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from daybook.digests import read_folder
from daybook.fetching import HostError
from daybook.fetching.hugging_face import PER_REQUEST
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from .conftest import Archive
from .imitations import HTML, hf_item, hf_list

DAY = "2025-03-11"
FILE = "digests/hf-daily-2025-03-11.json"


def by_day(request: Request) -> Response:
    """Answer with two papers on workdays, the second the same every day."""
    day = dt.date.fromisoformat(request.args["date"])
    numbers = () if day.isoweekday() > 5 else (day.day, 99)
    return Response(hf_list(*numbers, day=str(day)))


def test_the_answer_is_saved_to_the_byte_and_is_a_digest(
    httpserver: HTTPServer, archive: Archive
) -> None:
    body = hf_list(1, 2, 3)
    httpserver.expect_request(
        "/api/daily_papers", query_string={"date": DAY, "limit": str(PER_REQUEST)}
    ).respond_with_data(body, content_type="application/json")
    assert archive.fetch(httpserver.url_for(""), DATE=DAY)
    assert archive.files() == {FILE: body.encode()}
    (digest,) = read_folder(archive.digests).digests
    assert [entry.arxiv for entry in digest.entries] == ["2503.00001", "2503.00002", "2503.00003"]
    assert str(digest.date) == DAY
    assert archive.said == [f"Saved: {archive.folder / FILE}, 3 papers"]


def test_without_a_day_the_newest_listed_day_is_fetched_whole(
    httpserver: HTTPServer, archive: Archive
) -> None:
    latest = [hf_item(1, "2025-03-10"), hf_item(2), hf_item(3)]
    httpserver.expect_request("/api/daily_papers", query_string="limit=100").respond_with_json(
        latest
    )
    httpserver.expect_request(
        "/api/daily_papers", query_string=f"date={DAY}&limit=100"
    ).respond_with_data(hf_list(2, 3, 4))
    assert archive.fetch(httpserver.url_for(""))
    assert archive.files() == {FILE: hf_list(2, 3, 4).encode()}


def test_a_day_of_more_papers_than_one_answer_holds_is_fetched_whole(
    httpserver: HTTPServer, archive: Archive
) -> None:
    def answer(request: Request) -> Response:
        start = PER_REQUEST * int(request.args.get("p", 0))
        return Response(hf_list(*range(start, min(start + PER_REQUEST, 230))))

    httpserver.expect_request("/api/daily_papers").respond_with_handler(answer)
    archive.fetch(httpserver.url_for(""), DATE=DAY)
    saved = json.loads(archive.files()[FILE])
    assert [item["paper"]["upvotes"] for item in saved] == list(range(230))


def test_half_a_letter_in_one_title_costs_no_list(httpserver: HTTPServer, archive: Archive) -> None:
    def answer(request: Request) -> Response:
        start = PER_REQUEST * int(request.args.get("p", 0))
        listed = hf_list(*range(start, min(start + PER_REQUEST, 120)))
        return Response(listed.replace('"title": "', '"title": "\\ud800 ', 1))

    httpserver.expect_request("/api/daily_papers").respond_with_handler(answer)
    assert archive.fetch(httpserver.url_for(""), DATE=DAY)
    assert len(json.loads(archive.files()[FILE])) == 120


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_that_is_nowhere_near_is_not_believed(
    httpserver: HTTPServer, archive: Archive, day: str
) -> None:
    httpserver.expect_request("/api/daily_papers").respond_with_data(hf_list(1, 2, day=day))
    assert archive.fetch(httpserver.url_for(""), DATE=DAY)
    assert list(archive.files()) == [FILE]


def test_a_list_of_another_day_is_saved_as_that_days(
    httpserver: HTTPServer, archive: Archive
) -> None:
    """So that a host which answers with its nearest day does not make the same list two digests."""
    httpserver.expect_request("/api/daily_papers").respond_with_data(hf_list(1, 2))
    archive.fetch(httpserver.url_for(""), DATE="2025-03-15")
    archive.fetch(httpserver.url_for(""), DATE="2025-03-16")
    assert list(archive.files()) == [FILE]
    assert archive.said[0].startswith("Already saved: ")


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ({"WEEK": "2025-W11"}, ["10", "11", "12", "13", "14"]),
        ({"SINCE": "2025-03-27"}, ["27", "28", "31"]),
        ({"MONTH": "2025-03"}, [f"{day:02d}" for day in range(1, 32) if day % 7 not in (1, 2)]),
    ],
)
def test_many_days_are_a_digest_each_and_days_without_papers_are_none(
    httpserver: HTTPServer, archive: Archive, words: dict[str, str], days: list[str]
) -> None:
    httpserver.expect_request("/api/daily_papers").respond_with_handler(by_day)
    now = dt.date(2025, 3, 31)
    assert archive.fetch(httpserver.url_for(""), now, **words)
    assert list(archive.files()) == [f"digests/hf-daily-2025-03-{day}.json" for day in days]
    assert f"{len(days)} day(s) fetched, 0 saved before" in archive.said[-1]


def test_what_is_saved_is_not_asked_for_again_but_for_lists_that_may_grow(
    httpserver: HTTPServer, archive: Archive
) -> None:
    httpserver.expect_request("/api/daily_papers").respond_with_handler(by_day)
    now = dt.date(2025, 3, 12)
    archive.fetch(httpserver.url_for(""), now, SINCE="2025-03-06")
    before = archive.files()
    httpserver.clear_log()
    assert archive.fetch(httpserver.url_for(""), now, SINCE="2025-03-06")
    asked = [request.args["date"] for request, _ in httpserver.log]
    assert asked == ["2025-03-08", "2025-03-09", "2025-03-11", "2025-03-12"]
    assert archive.files() == before


def test_a_run_that_was_stopped_goes_on_where_it_was(
    httpserver: HTTPServer, archive: Archive
) -> None:
    down = True

    def answer(request: Request) -> Response:
        if down and request.args["date"] >= "2025-03-12":
            return Response("busy", status=503)
        return by_day(request)

    httpserver.expect_request("/api/daily_papers").respond_with_handler(answer)
    with pytest.raises(HostError, match=r"Stopped at 2025-03-12; 2 day\(s\) fetched.*Run it again"):
        archive.fetch(httpserver.url_for(""), WEEK="2025-W11")
    assert len(httpserver.log) == 2 + 3
    down = False
    httpserver.clear_log()
    assert archive.fetch(httpserver.url_for(""), WEEK="2025-W11")
    assert httpserver.log[0][0].args["date"] == "2025-03-12"
    assert len(archive.files()) == 5


def test_one_bad_day_costs_no_other(httpserver: HTTPServer, archive: Archive) -> None:
    def answer(request: Request) -> Response:
        return Response(HTML) if request.args["date"] == DAY else by_day(request)

    httpserver.expect_request("/api/daily_papers").respond_with_handler(answer)
    assert not archive.fetch(httpserver.url_for(""), WEEK="2025-W11")
    assert len(archive.files()) == 4
    assert archive.warned[0].startswith(f"Not fetched: {DAY}: expected JSON")


def test_a_host_that_answers_badly_day_after_day_is_left_alone(
    httpserver: HTTPServer, archive: Archive
) -> None:
    httpserver.expect_request("/api/daily_papers").respond_with_data(HTML)
    told = archive.refusal(httpserver.url_for(""), MONTH="2025-03")
    assert told.startswith("3 days in a row failed. Stopped at 2025-03-03")
    assert len(httpserver.log) == 3


def test_a_search_is_a_digest_of_its_day(httpserver: HTTPServer, archive: Archive) -> None:
    body = json.dumps([hf_item(1, "2023-05-05"), hf_item(2, "2025-03-11"), hf_item(3, None)])
    httpserver.expect_request(
        "/api/papers/search", query_string={"q": 'human "values"', "limit": "100"}
    ).respond_with_data(body)
    assert archive.fetch(httpserver.url_for(""), QUERY=' human  "values" ')
    assert archive.files()["digests/hf-search-human-values-2025-04-01.json"] == body.encode()
    (digest,) = (reading := read_folder(archive.digests)).digests
    assert (str(digest.date), digest.name) == ("2025-04-01", "Search for 'human \"values\"'")
    assert not reading.refusals
    assert not digest.refusals


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (HTML, "expected JSON, and the answer begins '<!doctype html>"),
        (hf_list(1, 2)[:-20], "expected JSON, and the answer begins"),
        ('{"error": "no"}', "the answer is a dict"),
        ("[1, 2]", "item 1 is none"),
        ('[{"paper": {"id": "2503.00001"}}]', "item 1 is none"),
        ('[{"paper": {"id": "2503.00001"}, "title": "x"}]', "no list of papers"),
        ("[" * 100_000, "expected JSON"),
        ("[]", "no papers are listed for 2025-03-11"),
        ("\ufffd\x00", "expected JSON"),
        ("", "answered with nothing"),
    ],
)
def test_what_is_not_a_list_of_papers_is_not_saved(
    httpserver: HTTPServer, archive: Archive, body: str, told: str
) -> None:
    httpserver.expect_request("/api/daily_papers").respond_with_data(body, headers={"ETag": '"1"'})
    assert told in archive.refusal(httpserver.url_for(""), DATE=DAY)
    assert archive.files() == {}
    archive.digests.mkdir()
    (archive.folder / FILE).write_text(hf_list(1))
    assert told in archive.refusal(httpserver.url_for(""), DATE=DAY)
    assert archive.files() == {FILE: hf_list(1).encode()}


@pytest.mark.parametrize("numbers", [(), (1, 2), (1, 2, 4), (1, 2, 4, 5)])
def test_a_saved_digest_is_never_replaced_by_one_that_lacks_a_paper(
    httpserver: HTTPServer, archive: Archive, numbers: tuple[int, ...]
) -> None:
    archive.digests.mkdir()
    (archive.folder / FILE).write_text(hf_list(1, 2, 3))
    httpserver.expect_request("/api/daily_papers").respond_with_data(hf_list(*numbers))
    archive.refusal(httpserver.url_for(""), DATE=DAY)
    assert archive.files() == {FILE: hf_list(1, 2, 3).encode()}


def test_a_saved_digest_is_never_replaced_by_one_that_says_less(
    httpserver: HTTPServer, archive: Archive
) -> None:
    archive.digests.mkdir()
    (archive.folder / FILE).write_text(hf_list(1, 2))
    poor = json.loads(hf_list(1, 2, 3))
    del poor[1]["paper"]["summary"]
    httpserver.expect_request("/api/daily_papers").respond_with_json(poor)
    assert "says more of 2503.00002" in archive.refusal(httpserver.url_for(""), DATE=DAY)
    assert archive.files() == {FILE: hf_list(1, 2).encode()}


def test_a_saved_digest_grows_with_its_day(httpserver: HTTPServer, archive: Archive) -> None:
    archive.digests.mkdir()
    (archive.folder / FILE).write_text(hf_list(1, 2))
    httpserver.expect_request("/api/daily_papers").respond_with_data(hf_list(2, 1, 3))
    assert archive.fetch(httpserver.url_for(""), DATE=DAY)
    assert archive.files() == {FILE: hf_list(2, 1, 3).encode()}
    assert archive.said == [f"Saved: {archive.folder / FILE}, 3 papers (2 before)"]


def test_a_file_of_that_name_which_is_no_digest_is_kept(
    httpserver: HTTPServer, archive: Archive
) -> None:
    archive.digests.mkdir()
    (archive.folder / FILE).write_text("my own notes")
    httpserver.expect_request("/api/daily_papers").respond_with_data(hf_list(1))
    assert "it was kept. Rename it" in archive.refusal(httpserver.url_for(""), DATE=DAY)
    assert archive.files() == {FILE: b"my own notes"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"DATE": "11 March"}, "DATE should be a day such as 2025-03-11, and is '11 March'"),
        ({"DATE": "2025-02-30"}, "DATE should be a day"),
        ({"DATE": "20250311"}, "DATE should be a day"),
        ({"DATE": "2025-04-02"}, "is yet to come (it is 2025-04-01 in UTC)"),
        ({"WEEK": "2025-W54"}, "WEEK should be a week such as 2025-W11"),
        ({"WEEK": "11"}, "WEEK should be a week"),
        ({"MONTH": "2025-13"}, "MONTH should be a month such as 2025-03"),
        ({"SINCE": "yesterday"}, "SINCE should be a day"),
        ({"DATE": DAY, "WEEK": "2025-W11"}, "DATE and WEEK cannot be combined"),
        ({"DATE": DAY, "QUERY": "values"}, "search knows no days"),
        ({"SOURCE": "arXive"}, "SOURCE should be huggingface or arxiv, and is 'arXive'"),
        ({"DAYBOOK_FETCH_TRIES": "0"}, "DAYBOOK_FETCH_TRIES should be a number from 1 to"),
        ({"DAYBOOK_FETCH_TIME": "nan"}, "DAYBOOK_FETCH_TIME should be a number"),
        ({"DAYBOOK_HF_URL": "huggingface.co"}, "is not the address of a host"),
    ],
)
def test_words_that_make_no_sense_are_told_and_nobody_is_asked(
    httpserver: HTTPServer, archive: Archive, words: dict[str, str], told: str
) -> None:
    assert told in archive.refusal(httpserver.url_for(""), **words)
    assert not httpserver.log
    assert archive.files() == {}

"""`make fetch` against a local server that replays answers, the bad ones above all."""

from __future__ import annotations

import datetime as dt
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from daybook.digests import read_folder
from daybook.fetching import PER_REQUEST, FetchError, Patience, fetch_digest, main
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

DAY = dt.date(2025, 3, 11)
HURRY = Patience(tries=3, first_wait=0.01, longest_wait=2, silence=1, answer=2)


def paper(number: int, day: str = "2025-03-11") -> dict[str, Any]:
    return {
        "paper": {
            "id": f"2503.{number:05d}",
            "title": f"A study of thing {number}",
            "summary": "What was studied, and what came of it.",
            "authors": [{"name": "Ada Example"}],
            "publishedAt": "2025-03-09T00:00:00.000Z",
            "submittedOnDailyAt": f"{day}T00:00:00.000Z",
            "upvotes": number,
        },
        "publishedAt": "2025-03-08T20:00:00.000Z",
        "title": f"A study of thing {number}",
        "numComments": 2,
    }


def listing(*numbers: int) -> str:
    return json.dumps([paper(number) for number in numbers])


@pytest.fixture
def host(httpserver: HTTPServer) -> Iterator[HTTPServer]:
    yield httpserver
    httpserver.check_assertions()


def fetch(
    host: HTTPServer, folder: Path, day: dt.date | None = DAY, patience: Patience = HURRY
) -> Path:
    return fetch_digest(folder, day, host=host.url_for(""), patience=patience).path


def test_the_answer_is_saved_to_the_byte_and_is_a_digest(host: HTTPServer, tmp_path: Path) -> None:
    body = listing(1, 2, 3)
    host.expect_request(
        "/api/daily_papers", query_string={"date": "2025-03-11", "limit": str(PER_REQUEST)}
    ).respond_with_data(body, content_type="application/json")
    path = fetch(host, tmp_path)
    assert path.name == "hf-daily-2025-03-11.json"
    assert path.read_text() == body
    (digest,) = read_folder(tmp_path).digests
    assert [entry.arxiv for entry in digest.entries] == ["2503.00001", "2503.00002", "2503.00003"]
    assert str(digest.date) == "2025-03-11"


def test_without_a_day_the_newest_listed_day_is_fetched_whole(
    host: HTTPServer, tmp_path: Path
) -> None:
    latest = [paper(1, "2025-03-10"), paper(2, "2025-03-11"), paper(3, "2025-03-11")]
    host.expect_ordered_request("/api/daily_papers", query_string="limit=100").respond_with_json(
        latest
    )
    host.expect_ordered_request(
        "/api/daily_papers", query_string="date=2025-03-11&limit=100"
    ).respond_with_data(listing(2, 3, 4))
    path = fetch(host, tmp_path, None)
    assert path.name == "hf-daily-2025-03-11.json"
    assert len(json.loads(path.read_text())) == 3


def test_a_day_of_more_papers_than_one_answer_holds_is_fetched_whole(
    host: HTTPServer, tmp_path: Path
) -> None:
    def answer(request: Request) -> Response:
        start = PER_REQUEST * int(request.args.get("p", 0))
        return Response(listing(*range(start, min(start + PER_REQUEST, 230))))

    host.expect_request("/api/daily_papers").respond_with_handler(answer)
    saved = json.loads(fetch(host, tmp_path).read_text())
    assert [item["paper"]["upvotes"] for item in saved] == list(range(230))


def test_the_host_is_told_who_asks(host: HTTPServer, tmp_path: Path) -> None:
    host.expect_request("/api/daily_papers").respond_with_data(listing(1))
    fetch_digest(tmp_path, DAY, host=host.url_for(""), site="https://papers.example")
    (request, _) = host.log[0]
    assert (
        request.headers["User-Agent"] == "Daybook (research paper archive; +https://papers.example)"
    )


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_passing_failure_is_tried_again(host: HTTPServer, tmp_path: Path, status: int) -> None:
    host.expect_oneshot_request("/api/daily_papers").respond_with_data("busy", status=status)
    host.expect_oneshot_request("/api/daily_papers").respond_with_data(listing(1))
    assert fetch(host, tmp_path).is_file()


def test_a_failure_that_lasts_is_told_and_nothing_is_written(
    host: HTTPServer, tmp_path: Path
) -> None:
    host.expect_request("/api/daily_papers").respond_with_data("busy", status=503)
    with pytest.raises(FetchError, match=r"answered 503 SERVICE UNAVAILABLE \(3 tries\)"):
        fetch(host, tmp_path)
    assert len(host.log) == 3
    assert not list(tmp_path.iterdir())


def test_a_host_that_asks_for_a_moment_gets_it(host: HTTPServer, tmp_path: Path) -> None:
    asked: list[float] = []

    def answer(_request: Request) -> Response:
        asked.append(dt.datetime.now(dt.UTC).timestamp())
        if len(asked) == 1:
            return Response("wait", status=429, headers={"Retry-After": "1"})
        return Response(listing(1))

    host.expect_request("/api/daily_papers").respond_with_handler(answer)
    fetch(host, tmp_path)
    assert asked[1] - asked[0] >= 1


@pytest.mark.parametrize("value", ["3600", "Wed, 01 Jan 2200 00:00:00 GMT"])
def test_a_host_that_asks_for_an_hour_is_not_kept_waiting_for(
    host: HTTPServer, tmp_path: Path, value: str
) -> None:
    host.expect_request("/api/daily_papers").respond_with_data(
        "wait", status=429, headers={"Retry-After": value}
    )
    with pytest.raises(FetchError, match=r"answered 429 .* asks to wait \d+ seconds"):
        fetch(host, tmp_path)
    assert len(host.log) == 1


def test_the_hosts_own_word_about_an_error_is_passed_on(host: HTTPServer, tmp_path: Path) -> None:
    host.expect_request("/api/daily_papers").respond_with_json(
        {"error": "date must not be in the future"}, status=400
    )
    with pytest.raises(FetchError, match="400 BAD REQUEST: date must not be in the future"):
        fetch(host, tmp_path)
    assert len(host.log) == 1


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<!doctype html><title>Sign in to the hotel</title>", "expected JSON, and the answer"),
        (listing(1, 2)[:-20], "expected JSON, and the answer begins"),
        ('{"error": "no"}', "the answer is a dict"),
        ("[1, 2]", "item 1 is none"),
        ('[{"paper": {"id": "2503.00001"}}]', "item 1 is none"),
        ("[" * 100_000, "expected JSON"),
        ("[]", "no papers are listed for 2025-03-11"),
        ("\ufffd\x00", "expected JSON"),
    ],
)
def test_what_is_not_a_list_of_papers_is_not_saved(
    host: HTTPServer, tmp_path: Path, body: str, told: str
) -> None:
    host.expect_request("/api/daily_papers").respond_with_data(body)
    with pytest.raises(FetchError, match=told):
        fetch(host, tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_saved_digest_is_never_replaced_by_a_worse_one(host: HTTPServer, tmp_path: Path) -> None:
    saved = tmp_path / "hf-daily-2025-03-11.json"
    saved.write_text(listing(1, 2, 3))
    for answer in ("[]", listing(1, 2), listing(1, 2, 4)):
        host.clear()
        host.expect_request("/api/daily_papers").respond_with_data(answer)
        with pytest.raises(FetchError):
            fetch(host, tmp_path)
        assert saved.read_text() == listing(1, 2, 3)


def test_a_saved_digest_grows_with_its_day(host: HTTPServer, tmp_path: Path) -> None:
    (tmp_path / "hf-daily-2025-03-11.json").write_text(listing(1, 2))
    host.expect_request("/api/daily_papers").respond_with_data(listing(2, 1, 3))
    fetched = fetch_digest(tmp_path, DAY, host=host.url_for(""), patience=HURRY)
    assert (fetched.papers, fetched.known, fetched.changed) == (3, 2, True)
    assert fetched.path.read_text() == listing(2, 1, 3)


def test_a_file_of_that_name_which_is_no_digest_is_kept(host: HTTPServer, tmp_path: Path) -> None:
    mine = tmp_path / "hf-daily-2025-03-11.json"
    mine.write_text("my own notes")
    host.expect_request("/api/daily_papers").respond_with_data(listing(1))
    with pytest.raises(FetchError, match="it was kept"):
        fetch(host, tmp_path)
    assert mine.read_text() == "my own notes"


@contextmanager
def raw_server(*answers: list[bytes]) -> Iterator[str]:
    """Serve each connection one of `answers`, its pieces as they are, then hang up."""
    listener = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()

    def talk() -> None:
        for pieces in answers:
            connection, _ = listener.accept()
            with connection, suppress(ConnectionError):
                connection.recv(65536)
                for piece in pieces:
                    connection.sendall(piece)
                    done.wait(0.3)

    thread = threading.Thread(target=talk, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        done.set()
        listener.close()


HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"


def test_a_cut_connection_is_tried_again(tmp_path: Path) -> None:
    whole = listing(1).encode()
    good = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(whole), whole)
    with raw_server([HEAD + whole[:100]], [good]) as url:
        fetched = fetch_digest(tmp_path, DAY, host=url, patience=HURRY)
    assert fetched.path.read_bytes() == whole


def test_a_slow_drip_ends(tmp_path: Path) -> None:
    patience = Patience(tries=1, silence=5, answer=0.5)
    with (
        raw_server([HEAD, *[b" "] * 20]) as url,
        pytest.raises(FetchError, match="did not finish within"),
    ):
        fetch_digest(tmp_path, DAY, host=url, patience=patience)


def test_a_host_that_cannot_be_reached_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(FetchError, match=r"127\.0\.0\.1: .*try again later"):
        fetch_digest(tmp_path, DAY, host=f"http://127.0.0.1:{port}", patience=HURRY)


def test_the_command_reports_in_a_sentence(
    host: HTTPServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment = {
        "DATE": "2025-03-11",
        "DIGESTS": str(tmp_path / "my digests"),
        "DAYBOOK_FETCH_URL": host.url_for(""),
    }
    host.expect_request("/api/daily_papers").respond_with_data(listing(1, 2))
    assert main(environment) == 0
    assert "hf-daily-2025-03-11.json, 2 papers" in capsys.readouterr().out
    assert main(environment) == 0
    assert capsys.readouterr().out.startswith("Already saved")
    assert main({**environment, "DATE": "11 March"}) == 1
    assert "DATE should be a day" in capsys.readouterr().err

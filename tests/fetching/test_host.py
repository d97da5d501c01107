"""Politeness, patience, and a network at its worst; what is saved stays whole through all of it."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import socket
import ssl
import time
from pathlib import Path

import pytest
from daybook.fetching.__main__ import main
from daybook.fetching.answer_cache import MOST_ANSWERS, AnswerCache
from daybook.fetching.arxiv import PAUSE as ARXIV_PAUSE
from daybook.fetching.host import Host, user_agent
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from .conftest import HURRY, Archive
from .imitations import HEAD, HTML, hf_list, raw_server, whole

DAY = "2025-03-11"
FILE = "digests/hf-daily-2025-03-11.json"
SAVED = hf_list(1)


@pytest.fixture
def saved(archive: Archive) -> Archive:
    """Give an archive that has the day's digest already."""
    archive.digests.mkdir()
    (archive.folder / FILE).write_text(SAVED)
    return archive


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_a_passing_failure_is_tried_again(
    httpserver: HTTPServer, archive: Archive, status: int
) -> None:
    httpserver.expect_oneshot_request("/api/daily_papers").respond_with_data("busy", status=status)
    httpserver.expect_oneshot_request("/api/daily_papers").respond_with_data(SAVED)
    assert archive.fetch(httpserver.url_for(""), DATE=DAY)
    assert archive.files() == {FILE: SAVED.encode()}


def test_a_failure_that_lasts_is_told_and_leaves_what_is_saved(
    httpserver: HTTPServer, saved: Archive
) -> None:
    httpserver.expect_request("/api/daily_papers").respond_with_data("busy", status=503)
    told = saved.refusal(httpserver.url_for(""), DATE=DAY)
    assert told == "localhost: answered 503 SERVICE UNAVAILABLE (3 tries); try again later"
    assert len(httpserver.log) == 3
    assert saved.files() == {FILE: SAVED.encode()}


def waits(
    archive: Archive,
    httpserver: HTTPServer,
    answers: list[Response],
    monkeypatch: pytest.MonkeyPatch,
) -> list[float]:
    """Fetch from a host that gives these answers, and say how long the client chose to wait.

    Each wait is waited, too, as the host sees; how much longer is the machine's affair.
    """
    asked: list[float] = []
    chosen: list[float] = []
    sleep = time.sleep

    def answer(_request: Request) -> Response:
        asked.append(time.monotonic())
        return answers[len(asked) - 1]

    def record(seconds: float) -> None:
        chosen.append(seconds)
        sleep(seconds)

    monkeypatch.setattr(time, "sleep", record)
    httpserver.expect_request("/api/daily_papers").respond_with_handler(answer)
    assert archive.fetch(httpserver.url_for(""), DATE=DAY, DAYBOOK_FETCH_WAIT="0.1")
    waited = [seconds for seconds in chosen if seconds]  # not the pause, which is none here
    assert len(waited) == len(answers) - 1
    between = zip(asked, asked[1:], waited, strict=False)
    assert all(second - first >= seconds for first, second, seconds in between)
    return waited


@pytest.mark.parametrize(
    "headers",
    [
        {"Location": "http://127.0.0.1:70000/"},
        {"Location": "http://xn--a/"},
        {"Location": "http://[::1/"},
        {"Location": "file:///etc/passwd"},
    ],
    ids=lambda headers: headers["Location"],
)
def test_an_answer_that_leads_nowhere_is_one_line(
    httpserver: HTTPServer, saved: Archive, headers: dict[str, str]
) -> None:
    httpserver.expect_request("/api/daily_papers").respond_with_data("", 302, headers)
    told = saved.refusal(httpserver.url_for(""), DATE=DAY)
    assert told.startswith("localhost: ")
    assert "\n" not in told
    assert saved.files() == {FILE: SAVED.encode()}


@pytest.mark.parametrize(("times", "told"), [(1, "more than 64 MB"), (2, "coding that nobody")])
def test_an_answer_that_unpacks_without_end_takes_no_memory(
    saved: Archive, times: int, told: str
) -> None:
    bomb = bytes(200_000_000)
    for _ in range(times):
        bomb = gzip.compress(bomb, 1)
    head = f"Content-Encoding: {', '.join(['gzip'] * times)}\r\nContent-Length: {len(bomb)}\r\n"
    with raw_server([f"HTTP/1.1 200 OK\r\n{head}\r\n".encode() + bomb]) as url:
        assert told in saved.refusal(url, DATE=DAY)
    assert saved.files() == {FILE: SAVED.encode()}


def test_a_packed_answer_is_read_and_one_that_breaks_off_asked_for_again(archive: Archive) -> None:
    packed = gzip.compress(SAVED.encode())
    cut = packed[: len(packed) // 2]
    head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Encoding: gzip\r\n"
    answers = [
        f"{head}Content-Length: {len(data)}\r\n\r\n".encode() + data
        for data in (cut, packed[:20] + b"?" * 40, packed)
    ]
    with raw_server(*([answer] for answer in answers)) as url:
        assert archive.fetch(url, DATE=DAY)
    assert archive.files() == {FILE: SAVED.encode()}


PACKED = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n"


def test_an_answer_packed_in_pieces_is_read_whole(archive: Archive) -> None:
    body = SAVED.encode()
    packed = b"".join(gzip.compress(body[at : at + 50]) for at in range(0, len(body), 50))
    with raw_server([PACKED.format(len(packed)).encode(), packed]) as url:
        assert archive.fetch(url, DATE=DAY)
    assert archive.files() == {FILE: body}


@pytest.mark.parametrize(
    ("after", "told"),
    [(b"x" * 200, "what cannot be unpacked"), (gzip.compress(b"") * 1_000, "answered more than")],
    ids=["something else", "pieces of nothing"],
)
def test_what_comes_behind_a_packed_answer_is_not_taken_in_for_ever(
    saved: Archive, monkeypatch: pytest.MonkeyPatch, after: bytes, told: str
) -> None:
    monkeypatch.setattr("daybook.fetching.host.LARGEST_ANSWER", 10_000)
    packed = gzip.compress(SAVED.encode()) + after
    with raw_server(*[[PACKED.format(len(packed)).encode(), packed]] * 3) as url:
        assert told in saved.refusal(url, DATE=DAY)
    assert saved.files() == {FILE: SAVED.encode()}


@pytest.mark.parametrize(
    "value", [f"Mon, 01 Jan {'9' * 20} 00:00:00 GMT", f"Mon, 01 Jan 2099 {'9' * 20}:00:00 GMT"]
)
def test_a_date_that_no_calendar_has_is_no_wait(
    httpserver: HTTPServer, archive: Archive, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait = Response("wait", status=429, headers={"Retry-After": value})
    assert waits(archive, httpserver, [wait, Response(SAVED)], monkeypatch) == [0.1]


def test_a_validator_that_no_header_can_hold_is_not_sent_back(archive: Archive) -> None:
    """It was kept, and broke every later request."""
    body = SAVED.encode()
    head = b'HTTP/1.1 200 OK\r\nETag: "\xe9"\r\nContent-Length: %d\r\n\r\n' % len(body)
    with raw_server([head + body], [head + body]) as url:
        assert archive.fetch(url, DATE=DAY)
        archive.digests.joinpath(FILE.rpartition("/")[2]).unlink()
        assert archive.fetch(url, DATE=DAY)


def test_a_hosts_words_move_no_cursor(capsys: pytest.CaptureFixture[str], archive: Archive) -> None:
    body = json.dumps({"error": "\x1b[2J\x1b]0;owned\x07 bad \u202e"}).encode()
    head = b"HTTP/1.1 400 \x1b[31mBad\r\nContent-Length: %d\r\n\r\n" % len(body)
    with raw_server([head + body]) as url:
        places = {"DIGESTS": str(archive.digests), "DAYBOOK_HF_URL": url, "DATE": DAY}
        assert main(["fetch"], places | HURRY) == 1
    told = capsys.readouterr().err.removesuffix("\n")
    assert "owned" in told
    assert told.isprintable()


def test_the_wait_doubles_from_try_to_try(
    httpserver: HTTPServer, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = Response("busy", status=500)
    assert waits(archive, httpserver, [busy, busy, Response(SAVED)], monkeypatch) == [0.1, 0.2]


@pytest.mark.parametrize(
    "headers", [{"Retry-After": "1"}, {"RateLimit": '"api";r=0;t=1'}], ids=["seconds", "rate limit"]
)
def test_a_host_that_asks_for_a_moment_gets_it(
    httpserver: HTTPServer,
    archive: Archive,
    headers: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wait = Response("wait", status=429, headers=headers)
    assert waits(archive, httpserver, [wait, Response(SAVED)], monkeypatch) == [1]


@pytest.mark.parametrize("value", ["3600", "Wed, 01 Jan 2200 00:00:00 GMT"])
def test_a_host_that_asks_for_an_hour_is_not_waited_for(
    httpserver: HTTPServer, saved: Archive, value: str
) -> None:
    httpserver.expect_request("/api/daily_papers").respond_with_data(
        "wait", status=429, headers={"Retry-After": value}
    )
    told = saved.refusal(httpserver.url_for(""), DATE=DAY)
    assert "answered 429 TOO MANY REQUESTS, and asks to wait" in told
    assert told.endswith("try again after that")
    assert len(httpserver.log) == 1
    assert saved.files() == {FILE: SAVED.encode()}


@pytest.mark.parametrize("value", ["soon", "-5", "", "²", "Wed, 01 Jan 2020 00:00:00 GMT"])
def test_a_wait_that_means_nothing_is_the_usual_one(
    httpserver: HTTPServer, archive: Archive, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    headers = {"Retry-After": value.encode().decode("latin-1")}
    wait = Response("wait", status=429, headers=headers)
    assert waits(archive, httpserver, [wait, Response(SAVED)], monkeypatch) == [0.1]


def test_the_hosts_own_word_about_an_error_is_passed_on(
    httpserver: HTTPServer, archive: Archive
) -> None:
    httpserver.expect_request("/api/daily_papers").respond_with_json(
        {"error": "date must not be\nin the future"}, status=400
    )
    told = archive.refusal(httpserver.url_for(""), DATE=DAY)
    assert told.endswith("400 BAD REQUEST: date must not be in the future")
    assert len(httpserver.log) == 1


@pytest.mark.parametrize("status", [401, 403])
def test_a_closed_door_is_knocked_at_once(
    httpserver: HTTPServer, saved: Archive, status: int
) -> None:
    httpserver.expect_request("/api/daily_papers").respond_with_data(HTML, status=status)
    assert "does not let us in" in saved.refusal(httpserver.url_for(""), SINCE="2025-03-20")
    assert len(httpserver.log) == 1


def test_a_redirect_is_followed_and_a_circle_is_not(httpserver: HTTPServer, saved: Archive) -> None:
    httpserver.expect_request("/api/daily_papers").respond_with_data(
        "", status=302, headers={"Location": "/elsewhere"}
    )
    httpserver.expect_request("/elsewhere").respond_with_data(hf_list(1, 2))
    assert saved.fetch(httpserver.url_for(""), DATE=DAY)
    assert saved.files() == {FILE: hf_list(1, 2).encode()}
    httpserver.clear()
    httpserver.expect_request("/api/daily_papers").respond_with_data(
        "", status=302, headers={"Location": "/api/daily_papers"}
    )
    assert "redirects in a circle" in saved.refusal(httpserver.url_for(""), DATE=DAY)
    assert len(httpserver.log) == 6
    assert saved.files() == {FILE: hf_list(1, 2).encode()}


def test_a_redirect_out_of_the_web_is_not_followed(
    httpserver: HTTPServer, archive: Archive
) -> None:
    httpserver.expect_request("/api/daily_papers").respond_with_data(
        "", status=302, headers={"Location": "file:///etc/passwd"}
    )
    assert "no web address" in archive.refusal(httpserver.url_for(""), DATE=DAY)


def test_what_is_asked_in_secret_is_not_taken_from_where_anybody_can_write_it(
    httpserver: HTTPServer,
    saved: Archive,
    certificate: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    httpserver.expect_request("/else").respond_with_data(hf_list(1, 2))
    plain = httpserver.url_for("/else")
    with HTTPServer("127.0.0.1", ssl_context=context) as secret:
        secret.expect_request("/api/daily_papers").respond_with_data("", 302, {"Location": plain})
        told = saved.refusal(secret.url_for("").replace("localhost", "127.0.0.1"), DATE=DAY)
    assert told == "127.0.0.1: redirects to where anybody could read along"
    assert not httpserver.log
    assert saved.files() == {FILE: SAVED.encode()}


def test_a_cut_connection_is_tried_again(archive: Archive) -> None:
    body = SAVED.encode()
    with raw_server([HEAD % 5000 + body[:100]], [b""], whole(body)) as url:
        assert archive.fetch(url, DATE=DAY)
    assert archive.files() == {FILE: body}


@pytest.mark.parametrize(
    "answer",
    [[HEAD % 5000, *[b" "] * 100], [b"HTTP/1.1 200 OK\r\n", *[b"X-A: b\r\n"] * 100]],
    ids=["body", "headers"],
)
def test_a_slow_drip_ends(saved: Archive, answer: list[bytes]) -> None:
    start = time.monotonic()
    words = {"DAYBOOK_FETCH_TIME": "0.4", "DAYBOOK_FETCH_TRIES": "1"}
    with raw_server(answer) as url:
        told = saved.refusal(url, DATE=DAY, **words)
    assert "did not finish within 0.4 seconds (1 try)" in told
    assert time.monotonic() - start < 2
    assert saved.files() == {FILE: SAVED.encode()}


def test_a_host_that_says_nothing_is_not_listened_to_for_ever(saved: Archive) -> None:
    words = {"DAYBOOK_FETCH_SILENCE": "0.2", "DAYBOOK_FETCH_TRIES": "1"}
    with raw_server([b""] * 100) as url:
        assert "said nothing for 0.2 seconds" in saved.refusal(url, DATE=DAY, **words)
    assert saved.files() == {FILE: SAVED.encode()}


def test_a_host_that_cannot_be_reached_is_named(saved: Archive) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    told = saved.refusal(f"http://127.0.0.1:{port}", DATE=DAY)
    assert told.startswith("127.0.0.1: ")
    assert told.endswith("(3 tries); try again later")


def test_an_answer_without_end_is_cut_off(
    saved: Archive, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("daybook.fetching.host.LARGEST_ANSWER", 1000)
    httpserver.expect_request("/api/daily_papers").respond_with_data(hf_list(*range(50)))
    assert "answered more than" in saved.refusal(httpserver.url_for(""), DATE=DAY)
    assert saved.files() == {FILE: SAVED.encode()}


def test_a_full_disk_leaves_what_is_saved(
    saved: Archive, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    httpserver.expect_request("/api/daily_papers").respond_with_data(hf_list(1, 2))
    monkeypatch.setattr("os.fsync", full)
    told = saved.refusal(httpserver.url_for(""), DATE=DAY)
    assert told == f"cannot write {saved.folder / FILE}: No space left on device"
    assert saved.files() == {FILE: SAVED.encode()}


def test_the_host_is_told_who_asks(httpserver: HTTPServer, archive: Archive) -> None:
    httpserver.expect_request("/api/daily_papers").respond_with_data(SAVED)
    words = {"SITEURL": "https://papers.example", "DAYBOOK_CONTACT": "ada@papers.example"}
    archive.fetch(httpserver.url_for(""), DATE=DAY, **words)
    assert httpserver.log[0][0].headers["User-Agent"] == (
        "Daybook (research paper archive; +https://papers.example; mailto:ada@papers.example)"
    )
    assert user_agent("https://é.example", "a\nb") == "Daybook (research paper archive)"


def test_what_has_not_changed_is_not_sent_again(httpserver: HTTPServer, archive: Archive) -> None:
    def answer(request: Request) -> Response:
        if request.headers.get("If-None-Match") == '"one"':
            return Response(status=304)
        changed = {"ETag": '"one"', "Last-Modified": "Tue, 11 Mar 2025 10:00:00 GMT"}
        return Response(SAVED, headers=changed)

    httpserver.expect_request("/api/daily_papers").respond_with_handler(answer)
    archive.fetch(httpserver.url_for(""), DATE=DAY)
    archive.fetch(httpserver.url_for(""), DATE=DAY)
    assert [response.status_code for _, response in httpserver.log] == [200, 304]
    assert archive.said[0].startswith("Already saved: ")
    (archive.folder / FILE).unlink()
    archive.fetch(httpserver.url_for(""), DATE=DAY)
    assert archive.files() == {FILE: SAVED.encode()}


def test_a_bad_answer_is_not_remembered(httpserver: HTTPServer, archive: Archive) -> None:
    httpserver.expect_request("/api/daily_papers").respond_with_data(HTML, headers={"ETag": '"1"'})
    archive.refusal(httpserver.url_for(""), DATE=DAY)
    archive.refusal(httpserver.url_for(""), DATE=DAY)
    assert "If-None-Match" not in httpserver.log[1][0].headers
    assert not list((archive.folder / "cache").glob("*"))


def test_a_lost_or_damaged_cache_costs_nothing_but_a_request(archive: Archive) -> None:
    cache = AnswerCache(archive.folder / "cache")
    assert cache.recall("https://x.example/") is None
    cache.keep("https://x.example/", b"one\ntwo", {"etag": '"1"'})
    kept = cache.recall("https://x.example/")
    assert kept is not None
    assert (kept.body, kept.validators) == (b"one\ntwo", {"If-None-Match": '"1"'})
    (file,) = cache.folder.iterdir()
    for damage in (b"", b"{}\n", b"[]\nx", b"\xff", file.read_bytes()[:-1]):
        file.write_bytes(damage)
        assert cache.recall("https://x.example/") is None
    for number in range(MOST_ANSWERS + 5):
        cache.keep(f"https://x.example/{number}", b"x", {"last-modified": "yesterday"})
    assert len(list(cache.folder.iterdir())) == MOST_ANSWERS
    file.write_text("in the way")
    AnswerCache(file).keep("https://x.example/", b"x", {"etag": '"1"'})


def test_between_two_requests_lies_the_pause(httpserver: HTTPServer) -> None:
    asked: list[float] = []

    def answer(_request: Request) -> Response:
        asked.append(time.monotonic())
        return Response("ok")

    httpserver.expect_request("/").respond_with_handler(answer)
    with Host(httpserver.url_for(""), pause=0.3) as host:
        for _ in range(3):
            host.ask("/", {}, bytes)
    assert min(asked[1] - asked[0], asked[2] - asked[1]) >= 0.3
    assert ARXIV_PAUSE >= 3


def test_the_clock_is_utc() -> None:
    from daybook.fetching.days import today  # noqa: PLC0415

    assert abs((today() - dt.datetime.now(dt.UTC).date()).days) <= 1

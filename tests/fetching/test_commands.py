"""The commands as make runs them, and what README says about them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from daybook.fetching.__main__ import main
from pytest_httpserver import HTTPServer

from ..sites import PROJECT, run
from .conftest import HURRY
from .imitations import hf_list

DAY = "2025-03-11"


@pytest.fixture
def make(
    httpserver: HTTPServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[HTTPServer]:
    """Let make's commands ask the server here, and keep what they remember out of the project."""
    monkeypatch.setenv("DAYBOOK_HF_URL", httpserver.url_for(""))
    monkeypatch.setenv("DAYBOOK_FETCH_CACHE", str(tmp_path / "cache"))
    for name, value in HURRY.items():
        monkeypatch.setenv(name, value)
    yield httpserver
    httpserver.check_assertions()


def test_make_fetch_saves_a_digest_where_it_is_told_and_names_the_site(
    make: HTTPServer, tmp_path: Path
) -> None:
    make.expect_request("/api/daily_papers").respond_with_data(hf_list(1, 2))
    folder = tmp_path / "my $HOME digests"
    told = (f"DATE={DAY}", f"DIGESTS={folder}", "SITEURL=https://papers.example")
    done = run("make", "fetch", *told)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"Saved: {folder}/hf-daily-{DAY}.json, 2 papers\n"
    assert "+https://papers.example" in make.log[0][0].headers["User-Agent"]


def test_a_failure_is_one_line_and_makes_own_2(make: HTTPServer, tmp_path: Path) -> None:
    make.expect_request("/api/daily_papers").respond_with_data("busy", status=503)
    done = run("make", "fetch", f"DATE={DAY}", f"DIGESTS={tmp_path}/digests")
    assert done.returncode == 2
    first, *more = done.stderr.splitlines()
    assert first == (
        "Not fetched: localhost: answered 503 SERVICE UNAVAILABLE (3 tries); try again later."
    )
    assert all(line.startswith("make") for line in more)
    assert done.stdout == ""
    assert not list((tmp_path / "digests").iterdir())


def test_make_enrich_without_papers_says_what_to_do(make: HTTPServer, tmp_path: Path) -> None:
    folders = (f"PAPERS={tmp_path}/papers", f"METADATA={tmp_path}/metadata")
    done = run("make", "enrich", *folders)
    assert done.returncode == 2
    assert "Not enriched: there are no papers in" in done.stderr
    assert "run `make site` first" in done.stderr


def test_an_unknown_command_is_told() -> None:
    assert main([], {}) == 2
    assert main(["feed"], {}) == 2


@pytest.mark.parametrize(
    "address",
    ["https://[", "http://\u2100x", "https://a..b", "http://127.0.0.1:99999", "http://a b"],
)
@pytest.mark.parametrize("command", ["fetch", "enrich"])
def test_a_host_that_is_none_is_told(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    address: str,
    command: str,
) -> None:
    places = {name: str(tmp_path) for name in ("DIGESTS", "METADATA")}
    places["PAPERS"] = str(PROJECT / "content" / "papers")
    places |= {f"DAYBOOK_{host}_URL": address for host in ("HF", "ARXIV", "S2", "CROSSREF")}
    assert main([command], places) == 1
    assert "is not the address of a host" in capsys.readouterr().err


@pytest.mark.parametrize(
    "address", ["htps://ada:se/cr@et@x", "https://ada:se/cr@et@[", "a:cr@et@x"]
)
def test_a_password_in_an_address_is_in_no_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    words = {"DIGESTS": str(tmp_path), "DATE": "2024-01-02", "DAYBOOK_HF_URL": address}
    assert main(["fetch"], words) == 1
    told = capsys.readouterr().err
    assert "***@" in told
    assert "cr@et" not in told


def test_a_folder_that_cannot_be_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    assert main(["fetch"], {"DIGESTS": str(tmp_path / "file" / "x")}) == 1
    assert capsys.readouterr().err == f"Not fetched: {tmp_path}/file/x: Not a directory.\n"
    monkeypatch.chdir(tmp_path)
    assert main(["fetch"], {"DIGESTS": "~nobody-here", "DATE": "soon"}) == 1
    assert capsys.readouterr().err.startswith("Not fetched: DATE")

"""`make serve`: only what is built is served, whole, and a change appears by itself."""

from __future__ import annotations

import io
import os
import platform  # noqa: F401  watchfiles loads it when it watches, and nobody may read it then
import queue
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from daybook.preview import PreviewError, Server, Sources, find_file, keep_built, main

from .serving import serving
from .sites import PROJECT, clean_environment


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "a site"
    (folder / "papers").mkdir(parents=True)
    (folder / "index.html").write_text("home")
    (folder / "404.html").write_text("styled: no such page")
    (folder / "papers" / "a-paper.html").write_text("a paper")
    (folder / "papers" / "index.html").write_text("all papers")
    (folder / "papers" / "ünï.bib").write_text("@misc{}")
    (tmp_path / "secret.txt").write_text("not for the web")
    (folder / "leak").symlink_to(tmp_path / "secret.txt")
    (folder / "loop").symlink_to(folder / "loop")
    (tmp_path / "a site too").mkdir()
    (tmp_path / "a site too" / "x.html").write_text("another folder")
    return folder


@pytest.mark.parametrize("base", ["/", "/repo/"])
def test_a_page_is_found_as_a_host_of_static_pages_finds_it(site: Path, base: str) -> None:
    found = {
        "": "index.html",
        "index.html?q=1#top": "index.html",
        "papers/a-paper.html": "papers/a-paper.html",
        "papers/a-paper": "papers/a-paper.html",
        "papers/": "papers/index.html",
        "papers/%C3%BCn%C3%AF.bib": "papers/ünï.bib",
    }
    for target, name in found.items():
        assert find_file(site, base, base + target) == (site / name).resolve(), target


@pytest.mark.parametrize(
    "target",
    [
        "../secret.txt", "%2e%2e/secret.txt", "papers/../../secret.txt", "..%2fsecret.txt",
        "papers/..%2f../secret.txt", "%2e%2e%2fsecret.txt", "//secret.txt", "leak", "loop",
        "..\\secret.txt", "%5c..%5csecret.txt", "index.html%00.txt", "%ff",
        "papers/%2e%2e/%2e%2e/a%20site%20too/x.html", "papers", "a" * 5000, "missing.html",
        "index.html/", "/etc/passwd", "%2fetc%2fpasswd",
    ],
)  # fmt: skip
def test_nothing_outside_the_site_is_ever_found(site: Path, target: str) -> None:
    assert find_file(site, "/", "/" + target) is None


def test_what_lies_outside_the_base_is_not_found(site: Path) -> None:
    assert find_file(site, "/repo/", "/index.html") is None
    assert find_file(site, "/repo/", "/repository/index.html") is None


def test_answers_carry_type_and_length_and_are_not_kept(site: Path) -> None:
    with serving(site, "/repo/") as address, httpx.Client(base_url=address) as client:
        page = client.get("papers/a-paper.html")
        assert (page.status_code, page.text) == (200, "a paper")
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert page.headers["cache-control"] == "no-store"
        head = client.head("papers/a-paper.html")
        assert (head.headers["content-length"], head.text) == ("7", "")
        missing = client.get("no/such/page")
        assert (missing.status_code, missing.text) == (404, "styled: no such page")
        assert client.post("index.html").status_code == 501


def test_the_host_itself_leads_to_the_site(site: Path) -> None:
    with serving(site, "/repo/") as address:
        root = address.removesuffix("repo/")
        for target in (root, f"{root}repo"):
            answer = httpx.get(target, follow_redirects=True)
            assert (str(answer.url), answer.text) == (address, "home")


@pytest.mark.parametrize("base", ["/", "/repo/"])
def test_a_folder_without_its_last_slash_leads_to_the_folder(site: Path, base: str) -> None:
    (site / "a & b").mkdir()
    (site / "a & b" / "index.html").write_text("odd")
    with serving(site, base) as address, httpx.Client(base_url=address) as client:
        for target, place in (
            ("papers?q=1", "papers/?q=1"),
            ("a%20%26%20b", "a%20%26%20b/"),
            ("/papers", "papers/"),  # not '//papers/', which is another host
        ):
            answer = client.get(f"{address}{target}")
            assert (answer.status_code, answer.headers["location"]) == (301, base + place)
        assert client.get("leak").status_code == client.get("nowhere").status_code == 404


def test_only_this_machine_can_ask(site: Path) -> None:
    with Server(0, site, "/") as server:
        assert server.server_address[0] == "127.0.0.1"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("evil.example", 421),
        ("evil.example:8000", 421),
        ("127.0.0.1.evil.example", 421),
        ("localhost@evil.example", 421),
        ("[::1", 421),
        ("", 421),
        ("localhost:9000", 200),
        ("LOCALHOST", 200),
        ("papers.localhost:8000", 200),
        ("[::1]:8000", 200),
    ],
)
def test_a_name_of_elsewhere_that_leads_here_reads_nothing(
    site: Path, host: str, status: int
) -> None:
    """As a page may have its own name do, to read what only this machine sees."""
    with serving(site, "/repo/") as address:
        answer = httpx.get(f"{address}papers/a-paper.html", headers={"Host": host})
    assert answer.status_code == status
    assert ("a paper" in answer.text) == (status == 200)


def test_a_page_that_nobody_may_read_is_no_end(unprivileged: Path) -> None:
    (unprivileged / "shut.html").write_text("x")
    (unprivileged / "shut.html").chmod(0)
    with serving(unprivileged) as address:
        assert httpx.get(f"{address}shut.html").status_code == 503
        (unprivileged / "shut.html").rename(unprivileged / "404.html")
        assert httpx.get(f"{address}missing.html").status_code == 503


def test_a_folder_that_nobody_may_list_does_not_end_the_preview(
    unprivileged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = unprivileged / "content"
    (content / "shut").mkdir(parents=True)
    (content / "digest.txt").write_text("x")
    (content / "shut").chmod(0)
    sources = Sources(
        content / "settings.py", content, content / "papers", (content,), unprivileged / "output"
    )
    assert [*sources.prints()] == [str(content / "digest.txt")]
    monkeypatch.setattr(sys, "executable", shutil.which("false"))  # no build can be
    said, stop = io.StringIO(), threading.Event()
    stop.set()
    keep_built(sources, said, stop)
    assert said.getvalue().startswith("The build failed.")
    (content / "shut").chmod(0o700)


@pytest.mark.parametrize("port", ["a", "-1", "70000", "9" * 5000])
def test_a_port_that_is_none_is_told(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    handler = signal.getsignal(signal.SIGTERM)
    try:
        assert main({"PORT": port}) == 1
    finally:
        signal.signal(signal.SIGTERM, handler)
    said = capsys.readouterr().err
    assert said.startswith("Preview: ")
    assert len(said.splitlines()) == 1


def test_a_taken_port_is_told(site: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PreviewError, match=f"port {port}"):
            Server(port, site, "/")


DIGEST = """[{{"paper": {{"id": "2503.0000{n}", "title": "Folding paper, part {n}",
"summary": "Paper folding is hard. We fold it in {n} ways.", "authors": [{{"name": "Ada Example"}}],
"publishedAt": "2025-03-09T00:00:00.000Z", "submittedOnDailyAt": "2025-03-1{n}T00:00:00.000Z"}},
"title": "Folding paper, part {n}", "numComments": 1}}]"""


class Preview:
    """`make serve` in a process of its own, and what it says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.digests = folder / "digests"
        self.digests.mkdir()
        self.write("1.json", DIGEST.format(n=1))
        values = {"DIGESTS": str(self.digests), "PAPERS": str(folder / "papers")}
        values |= {"OUTPUT": str(folder / "output"), "PORT": "0"}
        values |= {"SITEURL": "https://papers.example/repo"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "daybook.preview"],
            cwd=PROJECT,
            env=clean_environment(values),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as said:
            for line in said:
                self._lines.put(line)
        self._lines.put("(it ended)")

    def wait_for(self, words: str) -> str:
        """Wait until a line with these words is said; give the line."""
        said = []
        while True:
            try:
                said.append(self._lines.get(timeout=60))
            except queue.Empty:
                raise AssertionError(f"never said {words!r}: {''.join(said)}") from None
            if words in said[-1]:
                return said[-1]
            assert said[-1] != "(it ended)", f"never said {words!r}: {''.join(said)}"

    def write(self, name: str, text: str) -> None:
        """Drop a digest into the folder, whole."""
        part = self.folder / "part"
        part.write_text(text)
        part.replace(self.digests / name)

    def end(self) -> int:
        """Interrupt as Ctrl-C does: every process of the group."""
        os.killpg(self.process.pid, signal.SIGINT)
        code = self.process.wait(timeout=30)
        self._reader.join()
        return code


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    started = Preview(tmp_path)
    yield started
    if started.process.poll() is None:
        started.end()


def test_a_new_digest_appears_without_a_restart_and_a_bad_one_breaks_nothing(
    preview: Preview,
) -> None:
    address = preview.wait_for("Preview: ").split()[1]
    assert address.endswith("/repo/")
    preview.wait_for("Built in")
    first = httpx.get(f"{address}papers/folding-paper-part-1.html")
    assert first.status_code == 200

    preview.write("2.json", DIGEST.format(n=2))
    preview.wait_for("Built in")
    assert httpx.get(f"{address}papers/folding-paper-part-2.html").status_code == 200

    preview.write("3.json", '[{"what": "is this"}]')
    preview.wait_for("without what was refused")
    assert httpx.get(f"{address}papers/folding-paper-part-2.html").status_code == 200

    page = next((preview.folder / "papers").rglob("folding-paper-part-1.md"))
    page.write_text(page.read_text() + "\n## Notes\n\nWorth reading twice.\n")
    preview.wait_for("Built in")
    assert "Worth reading twice." in httpx.get(f"{address}papers/folding-paper-part-1.html").text

    for digest in preview.digests.iterdir():
        digest.write_bytes(b"\x00\x01 nothing that can be read")
    preview.wait_for("The build failed")
    assert httpx.get(f"{address}papers/folding-paper-part-2.html").status_code == 200
    missing = httpx.get(f"{address}no/such/page")
    assert missing.status_code == 404
    assert "/repo/assets/daybook.css" in missing.text
    assert preview.end() == 0

"""Builds that are killed, interrupted, or run at once, with the real command."""

from __future__ import annotations

import os
import queue
import random
import select
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from .publishing.killing import STAGES, Victim
from .publishing.pelican_runs import PAPERS, PROJECT, Archive, contents, daily_papers

KILLS = 20


def many(number: int) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (f"2402.{place:05d}", f"A study of the number {place}", f"It is {place}. " * 30)
        for place in range(1, number + 1)
    )


@contextmanager
def build_that_waits(archive: Archive) -> Iterator[subprocess.Popen[str]]:
    """Start a build that has staged its site, and does not publish it before the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as gate:
        settings = archive.settings(
            "import socket",
            "from pelican import signals",
            f"def wait(_): socket.create_connection({gate.getsockname()!r}).recv(1)",
            "signals.all_generators_finalized.connect(wait, weak=False)",
        )
        with archive.start(settings=settings) as process:
            while not select.select([gate], [], [], 1)[0]:
                assert process.poll() is None, process.communicate()
            connection, _ = gate.accept()
            with connection:
                yield process
            process.communicate()


@pytest.fixture(scope="module")
def victim(tmp_path_factory: pytest.TempPathFactory) -> Victim:
    """Give a small archive with a change to publish."""

    def change(archive: Archive) -> None:
        archive.digest("2024-02-01.json", daily_papers(*many(30), day="2024-02-01"))

    return Victim(tmp_path_factory.mktemp("victim"), lambda _: None, change)


@pytest.mark.long
@pytest.mark.parametrize("seed", [7])
def test_a_build_killed_at_any_moment_leaves_the_last_good_site(victim: Victim, seed: int) -> None:
    """And the next build, after each of the kills, gives what an undisturbed one gives."""
    rng = random.Random(seed)
    for _ in range(KILLS):
        victim.kill_at_random(rng)
        victim.finish()


@pytest.mark.long
@pytest.mark.parametrize("stage", ["Writing", "Publishing"])
def test_ctrl_c_and_sigterm_reach_every_worker_and_leave_nothing_behind(
    victim: Victim, stage: str
) -> None:
    """The whole process group gets the signal, while three processes write the site."""
    victim.restore()
    lines = ("import daybook.publishing.build as b", "b.processes_for = lambda *_: 3")
    cache = f"DAYBOOK_CACHE = {str(victim.archive.folder / 'cache')!r}"
    victim.archive.settings(cache, *lines)
    place = STAGES.index(stage) + 1
    for share, number in ((0, signal.SIGINT), (0.3, signal.SIGTERM), (0.6, signal.SIGINT)):
        victim.interrupt((place, victim.lengths[place] * share), number)
    victim.finish()


def test_sigterm_ends_with_143_the_last_good_site_and_nothing_beside_it(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    assert archive.build().returncode == 0
    old = contents(archive.output)
    archive.digest("2024-02-01.json", daily_papers(*many(100), day="2024-02-01"))
    with build_that_waits(archive) as process:
        assert (tmp_path / ".site.next").exists()
        process.send_signal(signal.SIGTERM)
        said = process.communicate()[1]
    assert process.returncode == 143
    assert "interrupted before the end" in said
    assert contents(archive.output) == old
    assert not (tmp_path / ".site.next").exists()


def test_ctrl_c_just_before_publishing_leaves_nothing_beside_the_site(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    settings = archive.settings(
        "import os, signal, daybook.report as report",
        "step = report.Progress.step",
        "def interrupted(self, name, *rest):",
        "    step(self, name, *rest)",
        "    if name == 'Publishing': os.kill(os.getpid(), signal.SIGINT)",
        "report.Progress.step = interrupted",
    )
    with archive.start(settings=settings) as process:
        assert "interrupted before the end" in process.communicate()[1]
    assert not archive.output.exists()
    assert not (tmp_path / ".site.next").exists()


def test_two_builds_at_once_both_end_well(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.digest("2024-02-01.json", daily_papers(*many(60), day="2024-02-01"))
    processes = [archive.start() for _ in range(2)]
    spoken = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0, 0], spoken
    assert sum("Another build is running" in stderr for _, stderr in spoken) == 1
    alone = Archive(tmp_path / "alone")
    alone.digest("2024-02-01.json", daily_papers(*many(60), day="2024-02-01"))
    alone.build()
    assert contents(archive.output) == contents(alone.output)


def test_a_build_that_waits_too_long_declines_with_1(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.digest("2024-02-01.json", daily_papers(*many(60), day="2024-02-01"))
    with build_that_waits(archive) as first:
        second = archive.build("-e", "DAYBOOK_WAIT=0")
    assert second.returncode == 1
    assert "another build" in second.stderr
    assert first.returncode == 0


def test_what_is_put_into_the_output_by_hand_stays(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.build()
    (archive.output / "CNAME").write_text("papers.example.org")
    (archive.output / ".git").mkdir()
    (archive.output / ".git" / "HEAD").write_text("ref: refs/heads/pages")
    with (archive.output / "talk.mp4").open("wb") as file:
        file.truncate(101_000_000)  # takes no block of the disk
    archive.digest("2024-01-08.json", daily_papers(*many(3), day="2024-01-08"))
    done = archive.build()
    assert done.returncode == 0
    told = "talk.mp4: the file has 101.0 MB, 1.0 MB more than the 100.0 MB that GitHub takes."
    assert told in done.stdout
    assert (archive.output / "CNAME").read_text() == "papers.example.org"
    assert (archive.output / ".git" / "HEAD").read_text() == "ref: refs/heads/pages"


def test_a_build_after_edits_is_byte_for_byte_a_build_from_nothing(tmp_path: Path) -> None:
    archive, cold = Archive(tmp_path / "warm"), Archive(tmp_path / "cold")
    archive.build()
    extra = archive.digest("2024-01-04.json", daily_papers(*many(5), day="2024-01-04"))
    archive.build()
    extra.write_text(daily_papers(*many(4), day="2024-01-04"))
    archive.digest("2024-01-05.json", daily_papers(*reversed(PAPERS)))
    archive.build()
    for path in archive.digests.iterdir():
        cold.digest(path.name, path.read_text())
    for name, data in contents(archive.papers).items():
        (cold.papers / name).parent.mkdir(parents=True, exist_ok=True)
        (cold.papers / name).write_bytes(data)
    assert cold.build().returncode == 0
    assert contents(archive.output) == contents(cold.output)


@pytest.mark.parametrize("kept", ["papers", "digests"])
def test_sources_are_left_alone(tmp_path: Path, kept: str) -> None:
    archive = Archive(tmp_path)
    archive.build()
    folder = {"papers": archive.papers, "digests": archive.digests}[kept]
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    archive.build()
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_under_autoreload_a_refusal_only_warns_and_a_new_digest_appears(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.digest("broken.bin", "this is no digest of anything\n")
    content = tmp_path / "content"
    content.mkdir()
    shutil.move(archive.digests, content / "digests")
    archive.digests = content / "digests"
    with archive.start("--autoreload", str(content)) as process:
        lines: queue.Queue[str] = queue.Queue()
        for stream in (process.stdout, process.stderr):
            assert stream is not None
            threading.Thread(target=_collect, args=(stream, lines), daemon=True).start()
        try:
            assert _said(lines, "papers 3", within=300)
            for _ in range(60):  # Pelican begins to watch some time after its first build
                archive.digest("2024-02-01.json", daily_papers(*many(4), day="2024-02-01"))
                if _said(lines, "papers 7", within=3):
                    break
            assert process.poll() is None
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(timeout=30)
            finally:
                process.kill()
    assert (archive.output / "days" / "2024-02-01.html").is_file()
    assert not (tmp_path / ".site.next").exists()


def test_ctrl_c_ends_a_preview_that_pelican_serves_and_interrupts_nothing(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    with archive.start("--autoreload", "--listen", "--port", port, group=0) as process:
        lines: queue.Queue[str] = queue.Queue()
        assert process.stdout is not None
        threading.Thread(target=_collect, args=(process.stdout, lines), daemon=True).start()
        try:
            assert _said(lines, "papers 3", within=300)
        finally:
            os.killpg(process.pid, signal.SIGINT)
            try:
                assert process.wait(timeout=60) == 0
            finally:
                process.kill()
        assert process.stderr is not None
        assert "interrupted" not in process.stderr.read()


def _collect(stream: IO[str], lines: queue.Queue[str]) -> None:
    for line in stream:
        lines.put(line)


def _said(lines: queue.Queue[str], words: str, within: float) -> bool:
    """Tell whether a line of just these words comes within so many seconds."""
    deadline = time.monotonic() + within
    while True:
        try:
            line = lines.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            return False
        if line.split() == words.split():
            return True


FULL_DISK = """
import sys
from pathlib import Path
from tests.publishing.pelican_runs import Archive, contents, daily_papers
from tests.test_pelican_faults import many
archive = Archive(Path(sys.argv[1]) / "archive")
assert archive.build().returncode == 0
site, pages = contents(archive.output), contents(archive.papers)
archive.digest("2024-02-01.json", daily_papers(*many(3), day="2024-02-01"))
filler = archive.folder / "filler"
with filler.open("wb", buffering=0) as stream:
    try:
        while stream.write(bytes(4096)): pass
    except OSError:
        stream.truncate(stream.tell() - int(sys.argv[2]))
done = archive.build()
said = done.stdout + done.stderr
assert done.returncode == 1 and "Traceback" not in said, said
assert "the disk is full" in said or "No space left" in said, said
assert contents(archive.output) == site
kept = contents(archive.papers)
assert all(kept[path] == page or path.count("/") == 0 for path, page in pages.items())
filler.unlink()
done = archive.build()
assert done.returncode == 0, done.stderr
twin = Archive(archive.folder / "twin")
assert twin.build().returncode == 0
twin.digest("2024-02-01.json", daily_papers(*many(3), day="2024-02-01"))
assert twin.build().returncode == 0
assert contents(archive.output) == contents(twin.output)
assert contents(archive.papers) == contents(twin.papers)
assert not list(archive.folder.glob(".*"))
"""


@pytest.mark.parametrize("left", [0, 200_000])
def test_a_disk_that_fills_up_costs_neither_the_site_nor_a_page(tmp_path: Path, left: int) -> None:
    """Whether pages or the site meet its end; in a mount namespace with a disk of 8 MB."""
    if shutil.which("unshare") is None:
        pytest.skip("there is no unshare command to make a small disk with")
    mount = 'mount -t tmpfs -o size=8m none "$1" && exec "$2" -c "$3" "$1" "$4"'
    command = ["unshare", "--mount", "--map-root-user", "sh", "-c", mount, "sh"]
    done = subprocess.run(
        [*command, str(tmp_path), sys.executable, FULL_DISK, str(left)],
        env=os.environ | {"PYTHONPATH": f"{PROJECT}{os.pathsep}{PROJECT / 'plugins'}"},
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    if "unshare failed" in done.stderr or "mount:" in done.stderr:
        pytest.skip(f"no small disk can be made here: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr

"""Builds that are killed, interrupted, or run at once, with the real command."""

from __future__ import annotations

import itertools
import queue
import select
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from .publishing.pelican_runs import PAPERS, Archive, contents, daily_papers

STAGES = ("Reading", "Bringing", "Writing", "Publishing")
"""How the lines begin with which a build tells of its stages; nothing stands before the first."""
MOMENTS = 4
"""When a build is killed in each stage, and before the first: 20 times in all."""


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


def test_a_build_killed_at_any_moment_leaves_the_last_good_site(tmp_path: Path) -> None:
    undisturbed = Archive(tmp_path / "undisturbed")
    archive = Archive(tmp_path / "killed")
    for each in (undisturbed, archive):
        assert each.build().returncode == 0
    old = contents(archive.output)
    for each in (undisturbed, archive):
        each.digest("2024-02-01.json", daily_papers(*many(60), day="2024-02-01"))
    lengths = _timed(undisturbed)
    new = contents(undisturbed.output)
    killed = 0
    for stage, length in zip(("", *STAGES), lengths, strict=True):
        for moment in range(MOMENTS):
            killed += _killed_in(archive, stage, length * moment / MOMENTS)
            assert contents(archive.output) in (old, new)
    assert killed > 3 * MOMENTS  # the last of a stage may come too late
    assert archive.build().returncode == 0
    assert contents(archive.output) == new
    assert contents(archive.papers) == contents(undisturbed.papers)
    assert not [path for path in archive.folder.iterdir() if path.name.startswith(".")]


def _timed(archive: Archive) -> list[float]:
    """Build, and give how long it took until the first stage, and how long each stage took."""
    times = [time.monotonic()]
    with archive.start() as process:
        times += [time.monotonic() for line in _lines(process) if line.startswith(STAGES)]
    assert process.returncode == 0
    times.append(time.monotonic())
    return [after - before for before, after in itertools.pairwise(times)]


def _killed_in(archive: Archive, stage: str, seconds: float) -> bool:
    """Kill a build so long after it began a stage, and tell whether it was still running."""
    for digest in archive.digests.iterdir():
        digest.touch()  # else it may see at once that it has nothing to do
    with archive.start() as process:
        if stage:
            next(line for line in _lines(process) if line.startswith(stage))
        killing = threading.Timer(seconds, process.kill)
        killing.start()
        process.communicate()
        killing.cancel()
    assert process.returncode in {0, -signal.SIGKILL}
    return process.returncode != 0


def _lines(process: subprocess.Popen[str]) -> Iterator[str]:
    """Give the lines in which a build tells how far it is."""
    assert process.stderr is not None
    yield from iter(process.stderr.readline, "")


def test_ctrl_c_leaves_the_last_good_site_and_nothing_beside_it(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    assert archive.build().returncode == 0
    old = contents(archive.output)
    archive.digest("2024-02-01.json", daily_papers(*many(100), day="2024-02-01"))
    with build_that_waits(archive) as process:
        assert (tmp_path / ".site.next").exists()
        process.send_signal(signal.SIGINT)
        process.communicate()
    assert contents(archive.output) == old
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
    assert "talk.mp4: the file has 101.0 MB, and GitHub takes 100.0 MB." in done.stdout
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

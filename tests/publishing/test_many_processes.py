"""A large archive written by several processes is the one that a single process writes."""

from __future__ import annotations

import datetime as dt
import os
import signal
from collections.abc import Callable, Iterable
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
from daybook.archive.converted import Conversion
from daybook.errors import PublishError
from daybook.publishing import build as building
from daybook.publishing.build import Build
from daybook.publishing.staging import Stage
from daybook.records import Archive, Paper
from daybook.report import Progress
from daybook.settings import read_settings
from rich.console import Console

DAY = dt.date(2024, 1, 1)
Part = Callable[[], Iterable[tuple[str, bytes]]]
Places = tuple[int, ...]


def numbered(part: int) -> Iterable[tuple[str, bytes]]:
    """Give the files of one part."""
    for number in range(20):
        yield f"papers/{part}-{number}.html", f"<p>{part} {number}".encode() * 50


PARTS = [partial(numbered, part) for part in range(30)]


def built(
    folder: Path, parts: list[Part], meanwhile: tuple[int, ...] = (), begun: tuple[int, ...] = ()
) -> tuple[str, dict[str, bytes], list[list[str]]]:
    """Publish a site of parts beside a page of the keeper's; give report, files and paths.

    `meanwhile` and `begun` are the places of parts that one process makes alone, or begins with.
    """
    papers = tuple(Paper(f"p-{n}", f"p-{n}.md", n, "A title", DAY, "digest") for n in range(1500))
    settings = read_settings({"PATH": str(folder), "DAYBOOK_BASE": ""})
    stage = Stage.open(folder / "output")
    try:
        build = Build(settings, stage, Progress(Console(file=StringIO())))
        build._conversion = Conversion(Archive(papers, (), ()), 0, 0, 1500, 0, 0, 0, 0, ())
        (stage.folder / "papers").mkdir()
        (stage.folder / "papers" / "7-7.html").write_bytes(b"the keeper's own")
        build.begin_parts([parts[place] for place in begun])
        paths = build.write_parts(parts, meanwhile)
        build.write_offline()
        said = build.publish().report
    finally:
        stage.discard()
    output = folder / "output"
    files = {
        file.relative_to(output).as_posix(): file.read_bytes()
        for file in sorted(output.rglob("*"))
        if file.is_file()
    }
    return said.partition("seconds")[0] + said.partition("\nWarnings")[2], files, paths


def test_the_site_and_the_report_are_those_of_one_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results: list[tuple[str, dict[str, bytes], list[list[str]]]] = []
    orders: tuple[tuple[int, Places, Places], ...] = (
        *((1, (), ()), (3, (), ()), (3, (29, 4, 5), ())),
        *((1, (), (7, 3)), (2, (), (7, 3)), (3, (29, 4), (6, 7, 28))),
    )
    for processes, meanwhile, begun in orders:
        monkeypatch.setattr(building, "processes_for", lambda *_, number=processes: number)
        folder = tmp_path / str(len(results))
        folder.mkdir()
        results.append(built(folder, [*PARTS], meanwhile, begun))
    assert all(result == results[0] for result in results)
    assert "papers/7-7.html" in results[0][0]
    assert results[0][1]["papers/7-7.html"] == b"the keeper's own"
    assert any(path.startswith("offline/") for path in results[0][1])


def test_parts_that_are_begun_are_written_by_another_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)

    def begun() -> Iterable[tuple[str, bytes]]:
        with gate.open("wb"):  # opens once somebody is at the other end
            yield "papers/begun.html", b"%d" % os.getpid()

    def own() -> Iterable[tuple[str, bytes]]:
        with gate.open("rb"):
            yield "papers/own.html", b"%d" % os.getpid()

    monkeypatch.setattr(building, "processes_for", lambda *_: 2)
    _, files, _ = built(tmp_path, [begun, own], (), (0,))
    assert int(files["papers/own.html"]) == os.getpid()
    assert int(files["papers/begun.html"]) != os.getpid()


def test_what_was_begun_and_nobody_came_to_is_written_by_who_has_nothing_else_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)

    def busy() -> Iterable[tuple[str, bytes]]:
        with gate.open("wb"):
            yield "papers/busy.html", b"%d" % os.getpid()

    def left() -> Iterable[tuple[str, bytes]]:
        with gate.open("rb"):
            yield "papers/left.html", b"%d" % os.getpid()

    monkeypatch.setattr(building, "processes_for", lambda *_: 2)
    _, files, _ = built(tmp_path, [busy, left], (), (0, 1))
    assert int(files["papers/left.html"]) == os.getpid()
    assert int(files["papers/busy.html"]) != os.getpid()


def test_another_process_comes_in_the_place_of_who_is_done_with_what_was_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiving, sending = os.pipe()
    gate = tmp_path / "gate"
    os.mkfifo(gate)

    def begun() -> Iterable[tuple[str, bytes]]:
        yield "papers/begun.html", b"%d" % os.getpid()

    def first() -> Iterable[tuple[str, bytes]]:
        with gate.open("wb"):
            yield "papers/first.html", b"%d" % os.getpid()

    def last() -> Iterable[tuple[str, bytes]]:
        with gate.open("rb"):
            yield "papers/last.html", b"%d" % os.getpid()

    def done() -> Iterable[tuple[str, bytes]]:
        os.close(sending)
        assert os.read(receiving, 1) == b""  # once who began has ended, or sends what it found
        yield "papers/done.html", b"%d" % os.getpid()

    monkeypatch.setattr(building, "processes_for", lambda *_: 2)
    _, files, _ = built(tmp_path, [begun, first, last, done], (3,), (0,))
    os.close(receiving)
    whose = {name: int(files[f"papers/{name}.html"]) for name in ("begun", "first", "last")}
    assert whose["last"] == os.getpid()
    assert len(set(whose.values())) == 3


def test_what_a_begun_part_fails_of_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing() -> Iterable[tuple[str, bytes]]:
        raise ZeroDivisionError("of its own")

    monkeypatch.setattr(building, "processes_for", lambda *_: 2)
    with pytest.raises(ZeroDivisionError, match="of its own"):
        built(tmp_path, [*PARTS, failing], (), (30,))


def test_who_began_with_parts_ends_with_a_build_that_is_abandoned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiving, sending = os.pipe()

    def endless() -> Iterable[tuple[str, bytes]]:
        signal.pause()
        yield "papers/a.html", b""

    monkeypatch.setattr(building, "processes_for", lambda *_: 2)
    stage = Stage.open(tmp_path / "output")
    build = Build(read_settings({"PATH": str(tmp_path)}), stage, Progress(Console(file=StringIO())))
    build._conversion = Conversion(Archive((), (), ()), 0, 0, 0, 0, 0, 0, 0, ())
    build.begin_parts([endless])
    os.close(sending)
    build.abandon()
    assert os.read(receiving, 1) == b""  # once every process that had the other end is gone
    os.close(receiving)
    Stage.open(tmp_path / "output", wait=0).discard()


def test_two_processes_never_write_one_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, gate = os.getpid(), tmp_path / "gate"
    os.mkfifo(gate)

    def same() -> Iterable[tuple[str, bytes]]:
        with gate.open("rb" if os.getpid() == here else "wb"):  # once both are at work
            yield f"papers/{'a' if os.getpid() == here else 'A'}.html", b"the same address"

    monkeypatch.setattr(building, "processes_for", lambda *_: 2)
    with pytest.raises(PublishError, match="would be written over"):
        built(tmp_path, [same, same])

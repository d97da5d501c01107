"""A build that is killed: nothing lost, nothing half done, nothing to tidy up by hand."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

BUILDS = "tests.publishing.build_and_die"
PROJECT = Path(__file__).parents[2]


Build = Callable[..., int | None]


@pytest.fixture(scope="module")
def build() -> Iterator[Build]:
    """Publish in a process of its own; gives its number of steps, ``None`` when it was killed."""
    with subprocess.Popen(
        [sys.executable, "-m", BUILDS],
        env={"PYTHONPATH": f"{PROJECT / 'plugins'}{os.pathsep}{PROJECT}"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as builds:
        stdin, stdout = builds.stdin, builds.stdout
        assert stdin is not None
        assert stdout is not None

        def run(output: Path, text: str, die_at: int = 0, mode: str = "exchange") -> int | None:
            stdin.write(json.dumps([str(output), text, die_at, mode]) + "\n")
            stdin.flush()
            answer = stdout.readline().strip()
            return None if answer == "killed" else int(answer)

        yield run
        stdin.close()


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give an empty folder in memory where there is one: hundreds of real syncs take long."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as name:
        yield Path(name)


@pytest.mark.parametrize("mode", ["exchange", "rename"])
def test_a_build_killed_at_any_step_leaves_the_old_site_or_the_new_one(
    folder: Path, build: Build, mode: str
) -> None:
    wanted = {}
    for text in ("one", "two"):
        build(folder / text, text)
        wanted[text] = contents(folder / text) | {"CNAME": b"papers.example.org"}
    output = folder / "out"
    build(output, "one", mode=mode)
    (output / "CNAME").write_bytes(b"papers.example.org")
    build(output, "two", mode=mode)
    old, new, steps = "two", "one", build(output, "one", mode=mode)
    assert steps is not None
    build(output, old, mode=mode)
    seen = set()
    for step in range(1, steps + 1):
        assert build(output, new, step, mode) is None
        if mode == "exchange" or output.exists():
            found = contents(output)
            assert found in (wanted[old], wanted[new])
            seen.add("old" if found == wanted[old] else "new")
        else:
            seen.add("neither")
        build(output, old, mode=mode)
        assert contents(output) == wanted[old]
        build(output, new, mode=mode)
        assert contents(output) == wanted[new]
        assert {path.name for path in folder.iterdir()} == {"one", "two", "out"}
        old, new = new, old
    # Between two renames there is no site for a moment; an exchange leaves none.
    renamed = mode == "rename" and platform.system() == "Linux"
    assert seen == {"old", "new"} | ({"neither"} if renamed else set())


def test_a_crash_between_the_two_renames_is_undone_by_the_next_build(
    folder: Path, build: Build
) -> None:
    output = folder / "out"
    build(output, "old", mode="rename")
    before = contents(output)
    output.rename(folder / ".out.old")
    (folder / ".out.next").mkdir()
    build(output, "old", mode="rename")
    assert contents(output) == before
    assert [path.name for path in folder.iterdir()] == ["out"]


def test_the_first_build_killed_at_any_step_leaves_no_site_or_all_of_it(
    folder: Path, build: Build
) -> None:
    steps = build(folder / "whole", "new")
    assert steps is not None
    for step in range(1, steps + 1):
        output = folder / f"{step}" / "out"
        assert build(output, "new", step) is None
        assert not output.exists() or contents(output) == contents(folder / "whole")

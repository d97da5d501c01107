"""Several processes write what one would have written, and none is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from daybook.errors import PublishError
from daybook.publishing.crew import in_turns, processes_for

PLUGINS = Path(__file__).parents[2] / "plugins"
HERE = os.getpid()


@pytest.mark.parametrize("turns", [0, 1, 7, 10_000])
def test_results_come_in_the_order_of_the_turns(turns: int) -> None:
    assert in_turns(lambda turn: turn * turn, turns, 3) == [turn * turn for turn in range(turns)]


def test_more_than_one_process_works(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)

    def work(turn: int) -> int:
        with gate.open("rb" if turn else "wb"):  # opens once somebody is at the other end
            return os.getpid()

    assert len(set(in_turns(work, 2, 2))) == 2


def test_a_small_archive_is_written_by_one_process() -> None:
    assert processes_for(1499, 750) == 1


def test_an_error_is_the_one_that_a_single_process_gives() -> None:
    def work(turn: int) -> int:
        if turn == 5:
            raise ZeroDivisionError("of its own")
        return turn

    with pytest.raises(ZeroDivisionError, match="of its own"):
        in_turns(work, 9, 3)


def test_a_worker_that_is_killed_is_a_clear_error() -> None:
    def work(turn: int) -> int:
        if os.getpid() != HERE:
            os.kill(os.getpid(), signal.SIGKILL)
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
        return turn

    with pytest.raises(PublishError, match=r"killed by SIGKILL.*old site is untouched"):
        in_turns(work, 2, 2)


def test_a_worker_that_ctrl_c_ends_first_is_no_fault() -> None:
    def work(turn: int) -> int:
        if os.getpid() != HERE:
            os.kill(os.getpid(), signal.SIGINT)
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
        return turn

    with pytest.raises(KeyboardInterrupt):
        in_turns(work, 2, 2)


PROGRAM = """
import os, signal, sys, time
from daybook.publishing.crew import in_turns

def work(turn):
    if os.getpid() == here:
        os.read(ready, 1)                       # the worker is at work
        os.kill(here, getattr(signal, sys.argv[1]))
    os.write(begun, b"x")
    time.sleep(60)

here = os.getpid()
ready, begun = os.pipe()
in_turns(work, 2, 2)
"""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"])
def test_no_worker_is_left_behind(name: str) -> None:
    receiving, sending = os.pipe()
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, name],
        env={"PYTHONPATH": str(PLUGINS)},
        pass_fds=[sending],
        stderr=subprocess.DEVNULL,
    ):
        os.close(sending)
        assert os.read(receiving, 1) == b""  # once every process that had the other end is gone
        os.close(receiving)

"""Pelican's command as forks of one process that has loaded it: builds come by the hundred.

A fork has arguments, environment, folder and streams of its own, runs what ``python -m pelican``
runs, and ends as Python ends: with the exit code that Python gives it. What a Python does before it
runs anything is not seen: tests of that start one (`Archive.run`).
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import gc
import importlib
import json
import os
import runpy
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

from daybook.catalogue.templating import environment
from daybook.errors import SettingsError
from daybook.forks import die_with
from daybook.scripts import minified

PROJECT = Path(__file__).parents[2]
PLUGINS = str(PROJECT / "plugins")
LOADED = (
    "pelican",
    "daybook.publishing.plugin",
    "daybook.publishing.build",
    "daybook.catalogue.generator",
    "daybook.search.generator",
)
"""What takes half of a small build's time to load; to compile its templates and to make its scripts
small takes a third, and Daybook keeps them until a file changes."""
_AT_START = ("PYTHON", "LC_", "LANG", "TZ", "COLUMNS")
"""How variables begin that are read once, before Pelican runs."""


def bare_environment() -> dict[str, str]:
    """Give what a command of a test needs of the environment: nothing else of it counts."""
    return {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}


def can_fork(environment: Mapping[str, str]) -> bool:
    """Tell whether a fork is the same as a Python that starts with this environment."""
    others = environment.items() - {("PYTHONPATH", PLUGINS)}
    return not any(name.startswith(_AT_START) for name, _ in others)


def load_templates(theme: Path) -> None:
    """Compile a theme's templates, which Daybook keeps as long as their files are the same."""
    templates = environment((theme / "templates",))
    for name in templates.list_templates():
        templates.get_template(name)


def pelican(
    arguments: Sequence[str], cwd: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run Pelican with these arguments in a fork, and wait for its end."""
    with tempfile.TemporaryFile("w+") as stdout, tempfile.TemporaryFile("w+") as stderr:
        code = start(arguments, cwd, environment, stdout.fileno(), stderr.fileno()).wait()
        stdout.seek(0)
        stderr.seek(0)
        return subprocess.CompletedProcess(arguments, code, stdout.read(), stderr.read())


def start(
    arguments: Sequence[str], cwd: Path, environment: Mapping[str, str], *streams: int
) -> Fork:
    """Run Pelican with these arguments in a fork, its output and its errors going to `streams`.

    There is one at a time: wait for its end before the next.
    """
    assert can_fork(environment), environment
    asked = {"arguments": arguments, "cwd": str(cwd), "environment": dict(environment)}
    return _forks(os.getpid()).start(json.dumps(asked), *streams)


class Fork:
    """Pelican while it runs."""

    def __init__(self, answers: TextIO) -> None:
        self.pid = int(answers.readline())
        self._answers = answers

    def wait(self) -> int:
        """Wait for its end, and give the exit code, negative for the signal that ended it."""
        return int(self._answers.readline())


class _Forks:
    """The process that has loaded everything; it ends with this one."""

    def __init__(self) -> None:
        self._here, there = socket.socketpair()
        with there:
            self._process = subprocess.Popen(
                [sys.executable, "-m", __name__, str(there.fileno())],
                cwd=PROJECT,
                env={**bare_environment(), "PYTHONPATH": PLUGINS},
                pass_fds=[there.fileno()],
                process_group=0,  # Ctrl-C is for the tests to answer
            )
        self._answers = self._here.makefile("r")
        atexit.register(self.close)

    def start(self, asked: str, *streams: int) -> Fork:
        socket.send_fds(self._here, [b">"], streams)
        self._here.sendall(asked.encode() + b"\n")
        return Fork(self._answers)

    def close(self) -> None:
        self._answers.close()
        self._here.close()
        self._process.wait()


@functools.cache
def _forks(process: int) -> _Forks:
    """Give the one that belongs to a process: a fork of the tests shares none with them."""
    return _Forks()


def _serve(connection: socket.socket) -> list[str] | None:
    """Answer for each with a fork's number and its exit code; give the fork its arguments."""
    questions = connection.makefile("r")
    while True:
        _, streams, *_ = socket.recv_fds(connection, 1, 2)
        if not streams:
            return None
        asked = json.loads(questions.readline())
        here = os.getpid()
        process = os.fork()
        if not process:
            die_with(here)
            _become(streams, asked["cwd"], asked["environment"])
            questions.close()
            connection.close()
            arguments: list[str] = asked["arguments"]
            return arguments
        connection.sendall(b"%d\n" % process)
        for stream in streams:
            os.close(stream)
        _, status = os.waitpid(process, 0)
        connection.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))


def _become(streams: Sequence[int], cwd: str, environment: Mapping[str, str]) -> None:
    """Take on the streams, the folder and the environment of a process of its own."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, stream in enumerate((nothing, *streams)):
        os.dup2(stream, number)
        os.close(stream)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(cwd)
    sys.path[:1] = [cwd, PLUGINS] if "PYTHONPATH" in environment else [cwd]


if __name__ == "__main__":
    for module in LOADED:
        importlib.import_module(module)
    load_templates(PROJECT / "theme")
    with contextlib.suppress(SettingsError):  # no esbuild: builds say so
        minified()
    sys.path.remove(PLUGINS)  # a settings file must find Daybook by itself
    gc.freeze()
    told = _serve(socket.socket(fileno=int(sys.argv[1])))
    if told is not None:
        sys.argv[1:] = told
        runpy.run_module("pelican", run_name="__main__", alter_sys=True)

"""Programs that are run and measured: seconds, processor seconds, memory of all their processes."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.2
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a program took."""

    wall: float
    cpu: float
    peak: float
    """MiB of the process and all below it at one time; pages that they share count once."""


class BenchError(Exception):
    """A program that failed: what it said."""


def measured(
    command: Sequence[str | Path],
    *,
    folder: Path,
    environment: Mapping[str, str] | None = None,
    allowed: Sequence[int] = (0,),
) -> Run:
    """Run a program to its end.

    Raises:
        BenchError: when it ends with another code than those `allowed`.
    """
    before = os.times()
    begun = time.perf_counter()
    with subprocess.Popen(
        [str(part) for part in command],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        watch = _Watch(process.pid)
        said, _ = process.communicate()
        wall = time.perf_counter() - begun
        peak = watch.end()
    after = os.times()
    if process.returncode not in allowed:
        raise BenchError(f"{command[0]} ended with {process.returncode}:\n{said[-2000:]}")
    cpu = after.children_user + after.children_system
    cpu -= before.children_user + before.children_system
    return Run(wall, cpu, peak)


class _Watch(threading.Thread):
    """Looks at the memory of a process and those below it, now and then."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self._root = root
        self._over = threading.Event()
        self._most = 0
        self.start()

    def run(self) -> None:
        while not self._over.wait(_EVERY):
            self._most = max(self._most, sum(map(_memory, _family(self._root))))

    def end(self) -> float:
        """Stop looking; give the most there was, in MiB."""
        self._over.set()
        self.join()
        return self._most / 1024


def _family(root: int) -> list[int]:
    found = [root]
    for process in found:
        try:
            children = Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()
        except OSError:
            continue
        found += map(int, children)
    return found


def _memory(process: int) -> int:
    """Give a process's share of memory in KiB, 0 where the system does not tell."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)

"""Builds that are killed at chosen moments, and what must hold after each."""

from __future__ import annotations

import itertools
import os
import random
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from daybook.commands import INTERRUPTED

from .pelican_runs import Archive, contents

STAGES = ("Reading", "Bringing", "Writing", "Publishing")
"""How the lines begin with which a build tells of its stages; nothing stands before the first."""

_INTERRUPTED = (INTERRUPTED, -signal.SIGINT)
"""Both are 130 to a shell: Python ends by the signal itself where Ctrl-C met it in `exec`, as when
a module with data classes is imported."""
_A_MOMENT = 10.0
"""Seconds until a process that has been killed is gone."""
Moment = tuple[int, float]
"""A stage, 0 before the first, and seconds since it began."""


class Victim:
    """An archive with a site and a change to publish, and a twin that nobody disturbs.

    `make` writes the digests of either, `change` the change.
    """

    def __init__(
        self,
        folder: Path,
        make: Callable[[Archive], None],
        change: Callable[[Archive], None],
    ) -> None:
        self.archive, self.twin = (Archive(folder / name) for name in ("killed", "undisturbed"))
        for each in (self.archive, self.twin):
            each.settings_file = each.settings(f"DAYBOOK_CACHE = {str(each.folder / 'cache')!r}")
            make(each)
            done = each.build()
            assert done.returncode == 0, done.stdout + done.stderr
            change(each)
        self.saved = folder / "saved"
        shutil.copytree(self.archive.folder, self.saved, symlinks=True)
        self.old = contents(self.archive.output), contents(self.archive.papers)
        self.lengths = _timed(self.twin)
        self.new = contents(self.twin.output), contents(self.twin.papers)
        assert self.old[0] != self.new[0]

    def evenly(self, each: int) -> list[Moment]:
        """Give so many moments in each stage, and as many before the first."""
        stages = enumerate(self.lengths)
        return [(stage, length * n / each) for stage, length in stages for n in range(each)]

    def at_random(self, rng: random.Random, moments: int) -> list[Moment]:
        """Give so many moments of a build, each as likely as any other."""
        ends = list(itertools.accumulate(self.lengths))
        chosen = []
        for _ in range(moments):
            moment = rng.random() * ends[-1]
            stage = next(place for place, end in enumerate(ends) if moment < end)
            chosen.append((stage, moment - (ends[stage] - self.lengths[stage])))
        return chosen

    def kill(self, moment: Moment, number: int = signal.SIGKILL) -> bool:
        """Kill a build at a moment, and tell whether it came in time.

        `SIGINT` goes to the whole group, as from a terminal: to the workers, too.
        """
        stage, seconds = moment
        before = set(self.beside())
        for digest in self.archive.digests.iterdir():
            digest.touch()  # else it may see at once that it has nothing to do
        with self.archive.start(group=0) as process:
            if stage:
                _wait_for(process, STAGES[stage - 1])
            killing = threading.Timer(seconds, _send, (process, number))
            killing.start()
            said = "".join(process.communicate())
            killing.cancel()
        if number == signal.SIGINT:
            if stage and "Done:" not in said:  # neither before Pelican begins nor as Python ends
                assert process.returncode in _INTERRUPTED, (process.returncode, said)
                assert "Traceback" not in said, said
            assert process.returncode or contents(self.archive.output) == self.new[0]
            assert _is_gone(process.pid), "a worker was left behind"
            assert set(self.beside()) <= before, "something was left beside the site"
        else:
            assert process.returncode in {0, -signal.SIGKILL}, said
        self.check()
        return process.returncode != 0

    def check(self) -> None:
        """Hold the promise: the site is the old one or the new one, and every page is whole.

        A site that is new already is replaced by the old one, so that the next kill meets a change.
        """
        site, found = contents(self.archive.output), contents(self.archive.papers)
        # What a killed build was writing stays until the next one: see `beside` and `finish`.
        pages = {name: page for name, page in found.items() if not name.startswith(".writing/")}
        assert site in (self.old[0], self.new[0]), "the site is neither the old one nor the new one"
        assert not self.old[1].keys() - pages.keys(), "a page is gone"
        unknown = pages.keys() - self.old[1].keys() - self.new[1].keys()
        assert not unknown, f"neither the old pages nor the new ones have {sorted(unknown)}"
        for name, page in pages.items():
            assert page in (self.old[1].get(name), self.new[1].get(name)), f"{name} is half a page"
        if site == self.new[0]:
            self.restore()

    def finish(self) -> None:
        """Build undisturbed: the result is the twin's, and nothing lies beside it."""
        done = self.archive.build()
        assert done.returncode == 0, done.stdout + done.stderr
        assert contents(self.archive.output) == self.new[0]
        assert contents(self.archive.papers) == self.new[1]
        assert not self.beside()

    def beside(self) -> Sequence[Path]:
        """List what a build keeps beside site and pages while it works."""
        folders = {self.archive.folder, self.archive.papers.parent, self.archive.papers}
        return [path for folder in folders for path in folder.glob(".*")]

    def restore(self) -> None:
        """Put everything back as it was before the first kill."""
        shutil.rmtree(self.archive.folder)
        shutil.copytree(self.saved, self.archive.folder, symlinks=True)


def _timed(archive: Archive) -> list[float]:
    """Build, and give how long it took until the first stage, and how long each stage took."""
    times = [time.monotonic()]
    with archive.start() as process:
        times += [time.monotonic() for line in _lines(process) if line.startswith(STAGES)]
    assert process.returncode == 0
    times.append(time.monotonic())
    assert len(times) == len(STAGES) + 2
    return [after - before for before, after in itertools.pairwise(times)]


def _wait_for(process: subprocess.Popen[str], stage: str) -> None:
    next(line for line in _lines(process) if line.startswith(stage))


def _lines(process: subprocess.Popen[str]) -> Iterator[str]:
    """Give the lines in which a build tells how far it is."""
    assert process.stderr is not None
    yield from iter(process.stderr.readline, "")


def _send(process: subprocess.Popen[str], number: int) -> None:
    if process.poll() is None:
        if number == signal.SIGINT:
            os.killpg(process.pid, number)
        else:
            process.send_signal(number)


def _is_gone(group: int) -> bool:
    """Whether no process of a group is left: one that has been killed takes a moment to go."""
    until = time.monotonic() + _A_MOMENT
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        os.sched_yield()
    return False

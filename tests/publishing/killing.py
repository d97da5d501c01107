"""Builds that are killed at chosen moments, and what must hold after each."""

from __future__ import annotations

import contextlib
import io
import itertools
import os
import random
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from . import forking
from .pelican_runs import Archive

STAGES = ("Reading", "Bringing", "Writing", "Publishing")
"""How the lines begin with which a build tells of its stages; nothing stands before the first."""

_INTERRUPTED = {
    number: (128 + number, -number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
}
"""Both of a pair are the same to a shell: Python ends by the signal itself where Ctrl-C met it in
`exec`, as when a module with data classes is imported, and where its own end has begun."""
_A_MOMENT = 10.0
"""Seconds until a process that has been killed is gone."""
Moment = tuple[int, float]
"""A stage, 0 before the first, and seconds since it began."""


class Victim:
    """An archive with a site and a change to publish, and a twin that nobody disturbs.

    `make` writes the digests of either, `change` the change. What is killed is a fork that runs the
    command (see `forking`); what Ctrl-C ends is the command itself.
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
        self.old = _bytes(self.archive.output), _bytes(self.archive.papers)
        self.lengths = _timed(self.twin)
        self.new = _bytes(self.twin.output), _bytes(self.twin.papers)
        self._digests = _bytes(self.archive.digests)
        self._has_old_site = True
        assert self.old[0] != self.new[0]

    def kill_at_random(self, rng: random.Random) -> int:
        """Kill a build at a moment as likely as any other; give how many came too late before it.

        For each that comes too late, one is drawn from the moments before it.
        """
        late = 0
        latest = sum(self.lengths)
        while True:
            latest *= rng.random()
            if self.kill(self._moment(latest)):
                return late
            late += 1

    def interrupt_at_random(self, rng: random.Random) -> bool:
        """Press Ctrl-C, or send SIGTERM or SIGHUP, at a moment; tell whether it came in time."""
        number = rng.choice(list(_INTERRUPTED))
        return self.interrupt(self._moment(rng.random() * sum(self.lengths)), number)

    def _moment(self, seconds: float) -> Moment:
        ends = list(itertools.accumulate(self.lengths))
        stage = next(place for place, end in enumerate(ends) if seconds < end)
        return stage, seconds - (ends[stage] - self.lengths[stage])

    def kill(self, moment: Moment) -> bool:
        """Kill a build at a moment, and tell whether it came in time."""
        self._prepare()
        with _Forked(self.archive) as build:
            killing = build.end_after(moment, signal.SIGKILL)
            said = build.lines.read()
            code = build.process.wait()
            killing.cancel()
        assert code in {0, -signal.SIGKILL}, said
        self.check()
        return code != 0

    def interrupt(self, moment: Moment, number: signal.Signals = signal.SIGINT) -> bool:
        """Press Ctrl-C at a moment, as in a terminal, or send SIGTERM: the workers get it, too."""
        self._prepare()
        before = set(self.beside())
        stage, seconds = moment
        with self.archive.start(group=0) as process:
            assert process.stderr is not None
            _wait_for(process.stderr, stage)
            killing = threading.Timer(seconds, _send_to_group, (process, number))
            killing.start()
            said = "".join(process.communicate())
            killing.cancel()
        if stage and "Done:" not in said:  # neither before Pelican begins nor as Python ends
            assert process.returncode in _INTERRUPTED[number], (process.returncode, said)
            assert "Traceback" not in said, said
        assert process.returncode or _bytes(self.archive.output) == self.new[0]
        assert _is_gone(process.pid), "a worker was left behind"
        assert set(self.beside()) <= before, "something was left beside the site"
        self.check()
        return process.returncode != 0

    def _prepare(self) -> None:
        """Let the next build have something to do."""
        if not self._has_old_site:
            self.restore()
        for digest in self.archive.digests.iterdir():
            digest.touch()  # else it may see at once that it has nothing to do

    def check(self) -> None:
        """Hold the promise: the site is the old one or the new one, and every page is whole."""
        site, found = _bytes(self.archive.output), _bytes(self.archive.papers)
        # What a killed build was writing stays until the next one: see `beside` and `finish`.
        pages = {name: page for name, page in found.items() if not name.startswith(".writing/")}
        assert site in (self.old[0], self.new[0]), "the site is neither the old one nor the new one"
        assert not self.old[1].keys() - pages.keys(), "a page is gone"
        unknown = pages.keys() - self.old[1].keys() - self.new[1].keys()
        assert not unknown, f"neither the old pages nor the new ones have {sorted(unknown)}"
        for name, page in pages.items():
            assert page in (self.old[1].get(name), self.new[1].get(name)), f"{name} is half a page"
        assert _bytes(self.archive.digests) == self._digests, "a digest is not as it was saved"
        self._has_old_site = site == self.old[0]

    def finish(self) -> None:
        """Build undisturbed: the result is the twin's, and nothing lies beside it."""
        done = self.archive.build()
        assert done.returncode == 0, done.stdout + done.stderr
        assert _bytes(self.archive.output) == self.new[0]
        assert _bytes(self.archive.papers) == self.new[1]
        assert not self.beside()
        self._has_old_site = False

    def beside(self) -> Sequence[Path]:
        """List what a build keeps beside site and pages while it works."""
        folders = {self.archive.folder, self.archive.papers.parent, self.archive.papers}
        return [path for folder in folders for path in folder.glob(".*")]

    def restore(self) -> None:
        """Put everything back as it was before the first kill.

        By links: what would write through one is seen, as `check` compares with what was read.
        """
        shutil.rmtree(self.archive.folder)
        shutil.copytree(self.saved, self.archive.folder, symlinks=True, copy_function=os.link)
        self._has_old_site = True


class _Forked:
    """A build in a fork, and the lines in which it tells how far it is."""

    def __init__(self, archive: Archive) -> None:
        reading, writing = os.pipe()
        try:
            self.process = forking.start(
                ["-s", str(archive.settings_file)],
                forking.PROJECT,
                archive.environment(),
                writing,
                writing,
            )
        finally:
            os.close(writing)
        self.lines = os.fdopen(reading, encoding="utf-8", errors="replace")

    def __enter__(self) -> _Forked:
        return self

    def __exit__(self, *_: object) -> None:
        self.lines.close()

    def end_after(self, moment: Moment, number: int) -> threading.Timer:
        """Send a signal at a moment."""
        stage, seconds = moment
        _wait_for(self.lines, stage)
        ending = threading.Timer(seconds, _send, (self.process.pid, number))
        ending.start()
        return ending


def _timed(archive: Archive) -> list[float]:
    """Build, and give how long it took until the first stage, and how long each stage took."""
    times = [time.monotonic()]
    with _Forked(archive) as build:
        times += [time.monotonic() for line in build.lines if line.startswith(STAGES)]
        assert build.process.wait() == 0
    times.append(time.monotonic())
    assert len(times) == len(STAGES) + 2
    return [after - before for before, after in itertools.pairwise(times)]


def _wait_for(lines: Iterable[str], stage: int) -> None:
    """Wait for a stage, or for one behind it: pages that a killed build left need no bringing."""
    if stage:
        next(line for line in lines if line.startswith(STAGES[stage - 1 :]))


def _send(process: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, number)


def _send_to_group(process: subprocess.Popen[str], number: int) -> None:
    if process.poll() is None:
        os.killpg(process.pid, number)


def _bytes(folder: Path) -> dict[str, bytes]:
    """Read every file below a folder: as `contents`, in a third of the time."""
    found: dict[str, bytes] = {}
    waiting = [""]
    while waiting:
        relative = waiting.pop()
        with os.scandir(f"{folder}/{relative}") as listing:
            for entry in listing:
                path = relative + entry.name
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{path}/")
                elif entry.is_file(follow_symlinks=False):
                    with io.FileIO(entry.path) as file:
                        found[path] = file.readall()
    return found


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

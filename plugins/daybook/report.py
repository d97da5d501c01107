"""What a build tells its keeper: how far it is, and at the end what came of it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from types import TracebackType
from typing import TYPE_CHECKING

from rich.console import Console

from .errors import Refusal

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

MOST_OF_A_FILE = 100
"""What is refused, and what is doubted, of one file, that has a line each."""


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one build, in the order they are printed."""

    digests: int
    entries: int
    papers: int
    merged: int
    """Entries that became a part of a paper already known."""
    repaired_links: int
    inferred_dates: int
    warnings: int
    refused: int
    markdown_pages_written: int
    pages: int
    """HTML pages of the whole site."""
    pages_written: int
    """HTML pages that are new or have changed."""
    files_removed: int
    seconds: float


def render_report(report: Report, refusals: Sequence[Refusal]) -> str:
    """Give the report as plain lines: a figure a line, then everything refused or doubted."""
    names = {field.name: field.name.replace("_", " ") for field in fields(report)}
    width = max(map(len, names.values())) + 2
    lines = ["Daybook"]
    for name, words in names.items():
        value = getattr(report, name)
        lines.append(f"  {words:<{width}}{value:.1f}" if name == "seconds" else
                     f"  {words:<{width}}{value}")  # fmt: skip
    return "\n".join(lines + render_refusals(refusals))


def render_refusals(refusals: Sequence[Refusal], *, built: bool = True) -> list[str]:
    """Give what was refused, then what was doubted, each with its place and what to do.

    A file may give so many lines of either; the headings count all.

    `built` tells whether there is a site of all the rest.
    """
    lines = []
    refused = "Refused (all the rest was built)" if built else "Refused"
    for fatal, heading in ((True, refused), (False, "Warnings")):
        chosen = [refusal for refusal in refusals if refusal.fatal is fatal]
        if chosen:
            lines.append(f"{heading}: {len(chosen)}")
        lines += _render_by_file(chosen)
    return lines


def _render_by_file(refusals: Sequence[Refusal]) -> list[str]:
    """Give the lines of what was refused or doubted: of each file so many, then how many more."""
    lines = []
    all_of = Counter(refusal.path for refusal in refusals)
    shown: Counter[str] = Counter()
    for refusal in refusals:
        path = printable(refusal.path)
        shown[refusal.path] += 1
        if shown[refusal.path] > MOST_OF_A_FILE:
            continue
        where = path if refusal.line is None else f"{path}:{refusal.line}"
        lines.append(f"  {where}: {printable(refusal.message)}")
        if refusal.hint:
            lines.append(f"    {printable(refusal.hint)}")
        more = all_of[refusal.path] - MOST_OF_A_FILE
        if shown[refusal.path] == MOST_OF_A_FILE and more > 0:
            lines.append(f"  {path}: {more:,} more of this file.")
            lines.append("    Mend those above, and build again to see the next.")
    return lines


def printable(text: str) -> str:
    """Escape what a terminal would obey: a digest's text must not move its cursor."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )


class Log(Console):
    """Standard error as it is, read or not: what cannot be written there is no reason to stop."""

    def __init__(self) -> None:
        super().__init__(stderr=True)

    def on_broken_pipe(self) -> None:
        """Go on, where rich would end the process: whoever read has read enough."""
        fall_silent(self)


def fall_silent(console: Console) -> None:
    """Print no more, nor what a stream has kept back: Python would fail to write it at the end."""
    console.quiet = True
    with suppress(OSError):  # else it leads to no file, or is closed
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, console.file.fileno())
        os.close(nowhere)


def _bars(console: Console) -> Bars:
    """Make the bars, of which a log has none, and whose modules it does without."""
    from rich.progress import (  # noqa: PLC0415 - see above
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    )


class Progress:
    """The steps of a build: bars on a terminal, a line a step in a log."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bars: Bars | None = None
        self._task: TaskID | None = None
        if console.is_terminal:
            self._bars = _bars(console)
            self._bars.start()

    def step(self, text: str, total: int | None = None) -> None:
        """Begin a step; `total` is how many times it will `advance`, where that is known."""
        if self._bars is None:
            self.say(text)
            return
        if self._task is not None:
            self._bars.remove_task(self._task)
        self._task = self._bars.add_task(text, total=total)

    def advance(self) -> None:
        """Count one more thing done in this step."""
        if self._bars is not None and self._task is not None:
            self._bars.advance(self._task)

    def say(self, text: str) -> None:
        """Print a line."""
        try:
            self._console.print(text, markup=False, highlight=False, emoji=False, soft_wrap=True)
        except OSError:
            if not isinstance(self._console, Log):
                raise
            fall_silent(self._console)  # the disk that a log goes to is full

    def close(self) -> None:
        """Take the bars off the terminal."""
        if self._bars is not None:
            self._bars.stop()
            self._bars = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

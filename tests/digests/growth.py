"""How the time of reading grows: no faster than the file, whatever in it is said over and over.

A file of each format is filled with one of the format's own tokens (beginnings that never end,
separators, quotation marks, tags), in the title of one paper, between two papers, or alone. What is
linear takes four times as long for four times as much; what is quadratic, sixteen.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass

from daybook.digests import read_digest
from daybook.errors import DigestError
from daybook.forks import fork

from ..fuzz.dictionaries import every_word, words
from .shapes import SHAPES, made

LENGTH = 15_000
"""Characters of the shorter of two files."""
TIMES = 4
MOST = 9
"""How many times as long the longer of them may take."""
SLOW = 0.3
"""Seconds of the processor's for the longer one: what takes less is not looked at closely."""
_RUNS = 2
_LIMIT = 15
"""Seconds of the processor's for one case."""
ALONE = "alone"


@dataclass(frozen=True)
class Case:
    """One token, and where it is repeated."""

    shape: str
    """The list in which it is, or `ALONE`."""
    token: str
    inside: bool = False
    """Whether it is in a title."""
    lead: str = ""
    """What stands before it once."""

    def file(self, length: int) -> bytes:
        """Give the file with so many characters of it."""
        text = self.lead + self.token * (length // len(self.token))
        if self.shape == ALONE:
            return text.encode()
        return made(SHAPES[self.shape], 1, text, inside=self.inside)


def cases(shape: str) -> list[Case]:
    """Give the cases of a list, or of no list."""
    if shape == ALONE:
        return [Case(ALONE, token) for token in every_word()]
    return [Case(shape, token, inside) for token in words(shape) for inside in (True, False)]


def pairs(shape: str) -> list[Case]:
    """Give the cases of two tokens in turns, and of one before many of the other."""
    known = (*(every_word() if shape == ALONE else words(shape)), " ", "\n")
    places = (False,) if shape == ALONE else (True, False)
    return [
        case
        for first, second in itertools.permutations(known, 2)
        for inside in places
        for case in (Case(shape, first + second, inside), Case(shape, second, inside, first))
    ]


def guilty(todo: Sequence[Case]) -> list[str]:
    """Give the cases whose time grows faster than the file, and those that break the reader."""
    said: list[str] = []
    while todo:
        lines = _judged(todo)
        if len(lines) < len(todo):
            lines.append(f"{todo[len(lines)]}: without end")
        todo = todo[len(lines) :]
        said += filter(None, lines)
    return said


def _judged(todo: Sequence[Case]) -> list[str]:
    """Judge cases, in a process of its own, until one runs away; give a line for each that ends."""
    reading, writing = os.pipe()
    process = fork()
    if process == 0:
        code = 1
        try:
            for case in todo:
                limit = int(time.process_time()) + _LIMIT
                resource.setrlimit(resource.RLIMIT_CPU, (limit, -1))
                os.write(writing, f"{fault(case)}\n".encode())
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as stream:
        lines = stream.read().splitlines()
    os.waitpid(process, 0)
    return lines


def fault(case: Case, length: int = LENGTH) -> str:
    """Say what is wrong with how a case is read, '' for nothing."""
    long = case.file(length * TIMES)
    try:
        if (many := _seconds(long)) < SLOW:
            return ""
        short = case.file(length)
        few = min(_seconds(short) for _ in range(_RUNS))
        for _ in range(_RUNS):  # a busy machine may have made the first one long
            if many <= max(SLOW, MOST * few):
                return ""
            few, many = min(few, _seconds(short)), min(many, _seconds(long))
    except Exception as error:  # noqa: BLE001 - whatever it is, the reader is broken
        return f"{case}: {error!r}"
    return f"{case}: {few:.3f} and {many:.3f} s" if many > max(SLOW, MOST * few) else ""


def _seconds(data: bytes) -> float:
    begun = time.process_time()
    with contextlib.suppress(DigestError):
        read_digest("list", data)
    return time.process_time() - begun

"""No regular expression of the project takes more than its share of time, whatever the text."""

from __future__ import annotations

import math
import os
import re
import resource
import time
import warnings
from typing import Any

import pytest

from .patterns import apply, texts, uses

LENGTH = 1_000
SLOW = 0.002
"""Seconds of the processor's: what is linear takes a hundredth of them."""
TURNS = 25
BOUNDED = {
    "digests/hf_rendering _AUTHORS": "asked of fewer than 300 characters",
    "maths/spans _SPAN": "a formula has at most so many characters",
    "maths/spans _SENTENCE": "asked of a formula",
}
"""What may grow faster, as its text is short."""


@pytest.mark.long
def test_every_pattern_takes_time_in_proportion_to_its_text() -> None:
    """In a process of its own, so that one that never ends does not stop the others."""
    found = {}
    for where, pattern, method in uses():
        found[pattern.pattern, method] = (where, pattern, method)
    todo = [use for use in found.values() if use[0] not in BOUNDED]
    assert len(todo) > 300
    guilty = []
    while todo:
        done, said = _judged(todo)
        guilty += said
        todo = todo[done:]
    assert not guilty


def _judged(todo: list[tuple[str, re.Pattern[Any], str]]) -> tuple[int, list[str]]:
    """Judge patterns until one runs away; give how many were, and what is wrong with which."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        process = os.fork()
    if process == 0:
        os.close(reading)
        for where, pattern, method in todo:
            resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + 20, -1))
            worst = _grows(pattern, method)
            os.write(writing, (f"{where} .{method}: {worst}\n" if worst else "\n").encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as stream:
        said = stream.read().splitlines()
    os.waitpid(process, 0)
    if len(said) < len(todo):
        where, _, method = todo[len(said)]
        said.append(f"{where} .{method}: without end")
    return len(said), [line for line in said if line]


def _grows(pattern: re.Pattern[Any], method: str) -> str:
    """Give the text for which four times as much takes more than nine times as long, if any.

    The shortest of many times counts, taken by turns, as a busy machine can make any of them long.
    """
    for small, large in zip(texts(pattern, LENGTH), texts(pattern, 4 * LENGTH), strict=True):
        if _seconds(pattern, method, small) <= SLOW:
            continue
        short = long = math.inf
        for _ in range(TURNS):
            short = min(short, _seconds(pattern, method, small))
            long = min(long, _seconds(pattern, method, large))
            if short <= SLOW / 4 or long <= 8 * SLOW:
                break
        else:
            if long > 9 * short:
                return f"{small[:40]!r}, {short:.3f} and {long:.3f} s"
    return ""


def _seconds(pattern: re.Pattern[Any], method: str, text: str) -> float:
    begun = time.process_time()
    apply(pattern, method, text)
    return time.process_time() - begun

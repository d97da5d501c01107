"""Related papers found by another process while this one does something else: the same ones."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from daybook.learning import relating
from daybook.learning.related import relate
from daybook.learning.relating import Relating
from daybook.records import Paper

from ..processes import children
from .subjects import papers

pytestmark = pytest.mark.skipif(
    not hasattr(os, "sched_setaffinity") or len(os.sched_getaffinity(0)) < 2,
    reason="needs two cores of Linux",
)


@pytest.fixture
def some(monkeypatch: pytest.MonkeyPatch) -> list[Paper]:
    """Make papers, and say that so few are worth another process."""
    monkeypatch.setattr(relating, "A_CORES_WORTH", 30)
    return papers(60)


@pytest.fixture
def asked(some: list[Paper]) -> Iterator[Relating]:
    asked = Relating(some, None)
    yield asked
    asked.end()
    assert not children()


def test_another_process_finds_the_same(asked: Relating, some: list[Paper]) -> None:
    (child,) = children()
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    assert asked.is_ready()
    assert asked.found() == relate(some)
    assert asked.plain(some[0]) == relate(some).plain(some[0].number)
    assert not children()


def test_a_process_that_is_killed_is_stood_in_for(asked: Relating, some: list[Paper]) -> None:
    (child,) = children()
    os.kill(child, signal.SIGKILL)
    assert asked.found() == relate(some)


def test_nobody_is_left_when_nobody_asks(asked: Relating) -> None:
    assert children()
    asked.end()
    assert not children()


def test_few_papers_and_those_of_a_cache_are_compared_here(
    some: list[Paper], tmp_path: Path
) -> None:
    few = Relating(some[1:], None)
    expected = relate(some, None, tmp_path)
    recalled = Relating(some, None, tmp_path)
    assert not children()
    assert few.is_ready()
    assert recalled.found() == expected

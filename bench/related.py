"""Measures related papers: processor seconds cold and with 50 papers more, and peak memory.

The papers are those of bench/catalogue.py. What is learned comes from all of them but the last 50.
A learned file, as a keeper has one, is what a warm run needs.

    python bench/related.py [--corpus FILE] [SIZE ...]
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT / "plugins"), str(PROJECT)]

from daybook.learning.learned import write_learned  # noqa: E402
from daybook.learning.rarities import learn  # noqa: E402
from daybook.learning.related import relate  # noqa: E402

from bench.catalogue import archive_of, corpus, made_up, print_sizes  # noqa: E402

T = TypeVar("T")
NEW = 50


def timed(work: Callable[[], T]) -> tuple[T, float, float]:
    """Give what some work gives, the processor seconds of all processes, and those of the clock."""
    before, begun = os.times(), time.perf_counter()
    result = work()
    after, ended = os.times(), time.perf_counter()
    used = sum(after[:4]) - sum(before[:4])
    return result, used, ended - begun


def report(path: Path | None, size: int) -> Iterator[str]:
    """Measure an archive of one size."""
    papers = archive_of(corpus(path, size) if path else made_up(size)).papers
    older = papers[:-NEW]
    learned, used, _ = timed(lambda: learn((each.title, each.abstract) for each in older))
    yield f"{size:,} papers, {'real' if path else 'made up'}"
    yield (
        f"  learning {used:.1f} s CPU; {len(learned.rarities):,} terms, "
        f"{len(write_learned(learned)) / 1e6:.2f} MB"
    )
    with tempfile.TemporaryDirectory() as name:
        cache = Path(name)
        found, used, clock = timed(lambda: relate(older, learned, cache))
        shown = sum(map(len, found.values())) / len(older)
        yield f"  cold {used:.1f} s CPU, {clock:.1f} s; {shown:.2f} a paper"
        warm, used, clock = timed(lambda: relate(papers, learned, cache))
        yield f"  {NEW} papers more {used:.1f} s CPU, {clock:.1f} s"
        again, used, clock = timed(lambda: relate(papers, learned, cache))
        yield f"  nothing new {used:.1f} s CPU, {clock:.1f} s"
        yield f"  the same as without a cache: {warm == again == relate(papers, learned)}"
        changed = sum(warm[number] != related for number, related in found.items())
        yield f"  lists of older papers that the {NEW} changed: {changed}"
        kept = sum(file.stat().st_size for file in cache.iterdir())
        yield f"  cache {kept / size:,.0f} bytes a paper"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield f"  peak {peak:,.0f} MiB, papers and learning included"


if __name__ == "__main__":
    print_sizes(report, __doc__)

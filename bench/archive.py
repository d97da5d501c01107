"""Measures KEEP: digests to Markdown pages, cold and warm, and the loading of pages.

Digests are made from a corpus of real papers (JSON Lines of ``id``, ``title``, ``authors``,
``abstract``, ``categories``, ``date``, compressed), as Hugging Face's API would answer: fifty
entries a day, every twentieth of them a paper of the day before once more.

    python bench/archive.py [-n 20000] [--corpus FILE] [--profile STEP]
"""

from __future__ import annotations

import argparse
import cProfile
import datetime as dt
import gzip
import itertools
import json
import os
import pstats
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
SHARED = PROJECT.parent / "shared"
sys.path.insert(0, str(PROJECT / "plugins"))

from daybook.archive import convert, load_archive, load_taxonomy  # noqa: E402
from daybook.archive.page import read_page  # noqa: E402
from daybook.digests import Reading, read_folder  # noqa: E402

A_DAY = 50
AGAIN = 20
"""Every so many-th entry is one of the day before."""


def make_digests(corpus: Path, folder: Path, entries: int) -> None:
    """Write digests of so many entries in all, one file a day."""
    folder.mkdir()
    papers = _papers(corpus)
    day = dt.date(2020, 1, 1)
    before: list[dict[str, Any]] = []
    for start in range(0, entries, A_DAY):
        size = min(A_DAY, entries - start)
        again = before[: size // AGAIN]
        fresh = list(itertools.islice(papers, size - len(again)))
        before = fresh
        items = [{"paper": paper, "publishedAt": paper["publishedAt"]} for paper in again + fresh]
        text = json.dumps(items, ensure_ascii=False, indent=1)
        (folder / f"{day}.json").write_text(text, encoding="utf-8")
        day += dt.timedelta(days=1)


def _papers(corpus: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            said = json.loads(line)
            yield {
                "id": said["id"],
                "title": said["title"],
                "summary": said["abstract"],
                "authors": [{"name": name} for name in said["authors"]],
                "publishedAt": f"{(said['date'] + '-01-01')[:10]}T00:00:00.000Z",
                "upvotes": len(said["title"]) % 40,
            }


def _cpu() -> float:
    """Give the processor time of this process and its children."""
    return sum(os.times()[:4])


def measure(step: str, run: Callable[[], Any], profiled: str | None) -> Any:
    """Run one step and print what it took."""
    profile = cProfile.Profile() if step == profiled else None
    wall, cpu = time.perf_counter(), _cpu()
    if profile:
        profile.enable()
    result = run()
    if profile:
        profile.disable()
    wall, cpu = time.perf_counter() - wall, _cpu() - cpu
    print(f"{step:<28}{wall:8.2f} s  {cpu:8.2f} s CPU", flush=True)  # noqa: T201
    if profile:
        pstats.Stats(profile).sort_stats("tottime").print_stats(45)
    return result


def main() -> None:
    """Measure every step once."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("-n", type=int, default=20_000)
    parser.add_argument("--corpus", type=Path, default=SHARED / "corpus" / "arxiv_50k.jsonl.gz")
    parser.add_argument("--profile")
    chosen = parser.parse_args()
    if not chosen.corpus.exists():
        print(f"there is no corpus at {chosen.corpus}; skipped")  # noqa: T201
        return
    taxonomy = load_taxonomy(PROJECT / "content" / "topics.toml")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_digests(chosen.corpus, folder / "digests", chosen.n)
        papers = folder / "papers"

        def timed(step: str, run: Callable[[], Any]) -> Any:
            return measure(step, run, chosen.profile)

        reading = timed("read digests", lambda: read_folder(folder / "digests"))
        cache = folder / "cache"

        def run(
            step: str, source: Reading, into: Path = papers, cached: Path | None = cache
        ) -> Any:
            return timed(step, lambda: convert(source, into, None, taxonomy, cache_folder=cached))

        run("cold, no cache", reading, folder / "plain", None)
        run("cold", reading)
        run("nothing changed", reading)
        run("nothing changed, no cache", reading, papers, None)
        last = reading.digests[-1]
        fewer = Reading(reading.digests[:-1], (), reading.files - 1)
        run("cold, but for one digest", fewer, folder / "grown", folder / "grown-cache")
        again = read_folder(folder / "digests")
        run(f"{len(last.entries)} entries more", again, folder / "grown", folder / "grown-cache")
        timed("load pages", lambda: load_archive(papers, taxonomy))
        texts = [path.read_text("utf-8") for path in papers.rglob("*.md")]
        timed("read pages (no I/O)", lambda: [read_page(text, path="x.md") for text in texts])


if __name__ == "__main__":
    main()

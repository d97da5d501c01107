"""Measures the search: quality on judged queries, build time, and size.

Prints nDCG@10 and MRR@10 for each kind of query of ../shared/search, in both modes, over the papers
of ../shared/digests, and what it takes to build the index of real papers from ../shared/corpus.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import math
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
SHARED = PROJECT.parent / "shared"
sys.path.insert(0, str(PROJECT / "plugins"))

from daybook.archive.conversion import convert  # noqa: E402
from daybook.archive.topics import load_taxonomy  # noqa: E402
from daybook.digests import read_folder  # noqa: E402
from daybook.records import Archive, Paper  # noqa: E402
from daybook.search import build_search  # noqa: E402


def judged_archive(folder: Path) -> Archive:
    """Make the archive of the five digests, with the project's own metadata."""
    taxonomy = load_taxonomy(PROJECT / "content" / "topics.toml")
    metadata = PROJECT / "content" / "metadata"
    return convert(read_folder(SHARED / "digests"), folder / "papers", metadata, taxonomy).archive


def write_index(archive: Archive, folder: Path) -> Path:
    """Write an archive's search below a folder."""
    for path, content in build_search(archive):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder


def answers(folder: Path, queries: Path, mode: str) -> list[list[str]]:
    """Give the titles of the first ten results of every query."""
    node = shutil.which("node") or sys.exit("Node is missing: run `make site` once")
    script = PROJECT / "bench" / "search_answers.js"
    command = [node, str(script), str(folder), str(queries), mode]
    output = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    return [json.loads(line) for line in output.splitlines()]


def gain_at_10(titles: list[str], relevant: dict[str, int]) -> float:
    """Compute nDCG@10 with gain 2^grade - 1."""

    def total(grades: list[int]) -> float:
        return sum(((1 << grade) - 1) / math.log2(place + 2) for place, grade in enumerate(grades))

    best = total(sorted(relevant.values(), reverse=True)[:10])
    return total([relevant.get(title, 0) for title in titles[:10]]) / best


def rank_at_10(titles: list[str], relevant: dict[str, int]) -> float:
    """Compute the reciprocal rank of the first relevant result among ten."""
    return next((1 / (at + 1) for at, title in enumerate(titles[:10]) if title in relevant), 0.0)


def quality(folder: Path, queries: Path) -> Iterator[str]:
    """Give a line for each kind of query."""
    judged = [json.loads(line) for line in queries.read_text(encoding="utf-8").splitlines()]
    for mode in ("lunr", "meant"):
        kinds: dict[str, list[tuple[float, float]]] = defaultdict(list)
        for query, titles in zip(judged, answers(folder, queries, mode), strict=True):
            relevant = query["relevant"]
            found = gain_at_10(titles, relevant), rank_at_10(titles, relevant)
            kinds[query["kind"]].append(found)
        for kind, found_all in kinds.items():
            gain, rank = (sum(column) / len(found_all) for column in zip(*found_all, strict=True))
            yield f"{mode:6} {kind:16} n={len(found_all):3} nDCG@10 {gain:.3f} MRR@10 {rank:.3f}"


def corpus_archive(size: int) -> Archive:
    """Make an archive of real papers."""
    with gzip.open(SHARED / "corpus" / "arxiv_50k.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in islice(lines, size)]
    return Archive(
        tuple(
            Paper(
                slug=f"paper-{number}",
                path=f"paper-{number}.md",
                number=number,
                title=record["title"],
                date=dt.date(2024, 1, 1),
                date_basis="unknown",
                abstract=record["abstract"],
                authors=tuple(record["authors"]),
                topics=tuple(record["categories"][:2]),
            )
            for number, record in enumerate(records)
        ),
        (),
        (),
    )


def build_cost(size: int) -> str:
    """Build an index of so many real papers; give the time it takes and the size it has."""
    archive = corpus_archive(size)
    begun = time.process_time()
    files = list(build_search(archive))
    seconds = time.process_time() - begun
    packed = sum(len(gzip.compress(content)) for _, content in files) / 1e6
    return (
        f"{size} papers: built in {seconds:.1f} s CPU, {len(files)} files, {packed:.1f} MB packed"
    )


def main() -> None:
    """Print everything, a line a figure."""
    queries = SHARED / "search" / "queries_dev.jsonl"
    if not queries.is_file():
        sys.exit("bench/search.py needs ../shared/search beside the project")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_index(judged_archive(folder), folder)
        for line in quality(folder, queries):
            sys.stdout.write(f"{line}\n")
    for size in map(int, sys.argv[1:] or ["600", "5000"]):
        sys.stdout.write(f"{build_cost(size)}\n")


if __name__ == "__main__":
    main()

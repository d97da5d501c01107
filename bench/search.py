"""Measures the search: build time, memory, bytes over the wire, latency, and quality.

    make bench N=600,5000,20000,100000

Real papers come from ../shared/corpus, above its size each once more with a sentence changed; the
judged queries from ../shared/search, over the papers of ../shared/digests. The other engines index
the same documents in the same run; those that are only measured here are installed below .cache/.
"""

from __future__ import annotations

import json
import math
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
SHARED = PROJECT.parent / "shared"
CORPUS = SHARED / "corpus" / "arxiv_50k.jsonl.gz"
QUERIES = SHARED / "search" / "queries_dev.jsonl"
PEERS = PROJECT / ".cache" / "bench"
sys.path[:0] = [str(PROJECT / "plugins"), str(PROJECT)]

from daybook.archive import convert, load_taxonomy  # noqa: E402
from daybook.digests import read_folder  # noqa: E402
from daybook.records import Archive  # noqa: E402
from daybook.search import build_search  # noqa: E402

from bench.searching.browser import keystrokes, pagefind_bytes, write_page  # noqa: E402
from bench.searching.corpus import (  # noqa: E402
    corpus_archive,
    frequent_queries,
    known_items,
    write_documents,
)

MEANS = ("acronyms", "spellings", "hyphens", "completion", "correction", "titles")
LARGEST_PEER = 20_000
"""Other engines are measured up to this many papers: above, some need more memory than there is."""
MORE = 50
"""Papers of another digest."""


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def write_index(archive: Archive, folder: Path, cache: Path | None = None) -> float:
    """Write an archive's search below a folder; give the seconds of processor time it took."""
    begun = time.process_time()
    for path, content in build_search(archive, cache=cache):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return time.process_time() - begun


def in_client(**job: object) -> Any:
    """Let the page's client do something in Node."""
    node = shutil.which("node") or sys.exit("Node is missing: run `make site` once")
    script = str(PROJECT / "bench" / "searching" / "client.js")
    text = json.dumps({key: str(v) if isinstance(v, Path) else v for key, v in job.items()})
    done = subprocess.run(
        [node, "--max-old-space-size=8000", script],
        input=text,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return json.loads(done.stdout)


# Quality.


def judged_archive(folder: Path) -> Archive:
    """Make the archive of the five digests, with the project's own metadata."""
    taxonomy = load_taxonomy(PROJECT / "content" / "topics.toml")
    metadata = PROJECT / "content" / "metadata"
    return convert(read_folder(SHARED / "digests"), folder / "papers", metadata, taxonomy).archive


def gain_at_10(titles: Sequence[str], relevant: dict[str, int]) -> float:
    """Compute nDCG@10 with gain 2^grade - 1."""

    def total(grades: list[int]) -> float:
        return sum(((1 << grade) - 1) / math.log2(place + 2) for place, grade in enumerate(grades))

    best = total(sorted(relevant.values(), reverse=True)[:10])
    return total([relevant.get(title, 0) for title in titles[:10]]) / best


def rank_at_10(titles: Sequence[str], relevant: dict[str, int]) -> float:
    """Compute the reciprocal rank of the first relevant result among ten."""
    return next((1 / (at + 1) for at, title in enumerate(titles[:10]) if title in relevant), 0.0)


def quality(folder: Path, judged: Sequence[Any]) -> Iterator[str]:
    """Give a line for Lunr's mode, the usual one, and that without each of its means."""
    ways = [("lunr", ""), ("meant", ""), *(("meant", means) for means in MEANS)]
    for mode, without in ways:
        queries = [query["query"] for query in judged]
        found = in_client(
            task="answers", folder=folder, queries=queries, mode=mode, without=without
        )
        kinds: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
        for query, titles in zip(judged, found, strict=True):
            relevant = query["relevant"]
            kinds[query["kind"]].append(
                (gain_at_10(titles, relevant), rank_at_10(titles, relevant))
            )
        figures = (
            f"{kind} {statistics.fmean(gain for gain, _ in both):.3f}"
            f"/{statistics.fmean(rank for _, rank in both):.3f}"
            for kind, both in kinds.items()
        )
        yield f"{mode + (f' without {without}' if without else ''):24} {'  '.join(figures)}"


# Cost.


def build_cost(size: int, cache: str, folder: str) -> None:
    """Build in this process alone; print processor seconds and the peak of memory in MiB."""
    archive = corpus_archive(CORPUS, size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    begun = time.process_time()
    files, sizes = 0, 0
    kept = Path(cache) if cache else None
    for path, content in build_search(archive, cache=kept):
        files += 1
        sizes += len(content)
        if folder:
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds = time.process_time() - begun
    say(json.dumps([seconds, peak, before, files, sizes]))


def lunr_py_cost(source: str) -> None:
    """Build lunr.py's index in this process alone; print processor seconds and peak MiB."""
    from lunr import lunr  # noqa: PLC0415 - this process alone

    made = json.loads(Path(source).read_text(encoding="utf-8"))
    fields = [{"field_name": field["name"], "boost": field["boost"]} for field in made["fields"]]
    names = [field["name"] for field in made["fields"]]
    documents = [
        {"id": number, **dict(zip(names, texts, strict=True))}
        for number, texts in zip(made["numbers"], made["documents"], strict=True)
    ]
    begun = time.process_time()
    json.dumps(lunr(ref="id", fields=fields, documents=documents).serialize())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(json.dumps([time.process_time() - begun, peak]))


def alone(*arguments: object) -> list[float]:
    """Run one of this script's own measurements in a process of its own."""
    command = [sys.executable, str(Path(__file__)), *map(str, arguments)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    figures: list[float] = json.loads(done.stdout)
    return figures


def peer_cost(engine: str, source: Path, output: Path) -> str:
    """Build another engine's index; say how long it takes."""
    script = PROJECT / "bench" / "searching" / "peers.mjs"
    command = ["node", "--max-old-space-size=12000", str(script), engine, str(source), str(output)]
    done = subprocess.run([*command, str(PEERS)], capture_output=True, text=True, check=False)
    if done.returncode:
        return f"{engine} failed"
    took = json.loads(done.stdout.splitlines()[-1])
    return f"{engine} {took['cpu']:.1f} s of its process, {took['wall']:.1f} s on the clock"


def install_peers() -> None:
    """Put what is only measured here where it is in nobody's way."""
    if (PEERS / "node_modules" / "pagefind").is_dir():
        return
    PEERS.mkdir(parents=True, exist_ok=True)
    (PEERS / "package.json").write_text('{"private": true}')
    command = ["npm", "install", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run([*command, "minisearch@7.2.0", "pagefind@1.6.0"], cwd=PEERS, check=True)


def percentiles(values: Sequence[float]) -> tuple[float, float]:
    """Give the median and the 99th percentile."""
    ordered = sorted(values)
    return statistics.median(ordered), ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]


def wire(folder: Path, before: Path, page: int, queries: Sequence[str]) -> str:
    """Say how much the first page of results takes, from nothing and after another digest."""
    found = in_client(task="bytes", folder=folder, before=before, queries=queries)
    cold = percentiles([(page + size) / 1e3 for size in found["cold"]])
    back = percentiles([size / 1e3 for size in found["returning"]])
    return (
        f"first results {cold[0]:.0f} / {cold[1]:.0f} kB (page {page / 1e3:.0f} kB of it), "
        f"a returning reader {back[0]:.0f} / {back[1]:.0f} kB  (median / p99, "
        f"{len(queries)} queries, gzip)"
    )


def measure(size: int, folder: Path, judged: Sequence[str]) -> None:
    """Print what there is to say of one number of papers."""
    new, old, cache = folder / "new", folder / "old", folder / "cache"
    cold = alone("--build", size, "", "")
    alone("--build", size, cache, old)
    warm = alone("--build", size + MORE, cache, "")
    alone("--build", size + MORE, cache, new)
    say(
        f"{size} papers: built in {cold[0]:.1f} s, with {MORE} more {warm[0]:.2f} s "
        f"({warm[0] / cold[0]:.0%}), peak {cold[1]:.0f} MiB ({cold[2]:.0f} before), "
        f"{cold[3]:.0f} files, {cold[4] / 1e6:.1f} MB"
    )
    archive = corpus_archive(CORPUS, size + MORE)
    page = write_page(new, archive)
    queries = [*judged, *frequent_queries(archive)]
    say(f"  bytes: {wire(new, old, page, queries)}")
    if size <= LARGEST_PEER:
        source = folder / "source.json"
        write_documents(corpus_archive(CORPUS, size), source)
        python = alone("--lunr-py", source)
        say(f"  lunr.py {python[0]:.1f} s ({python[0] / cold[0]:.1f}x), {python[1]:.0f} MiB")
        for engine in ("lunr", "minisearch", "pagefind"):
            say(f"  {peer_cost(engine, source, folder)}")
        write_documents(archive, source)
        items = known_items(archive, 500)
        found = in_client(task="known", folder=new, source=source, queries=items, modules=PEERS)
        for kind, engines in found.items():
            say(
                f"  known items, {kind}: "
                + ", ".join(
                    f"{name} MRR@10 {made['mrr']:.3f} in {made['median']:.1f} ms"
                    for name, made in engines.items()
                )
            )
        say(f"  Chromium, warm: {keystrokes(new, queries[:: max(1, len(queries) // 200)])}")
        say(f"  Pagefind: {pagefind_bytes(folder / 'pagefind', queries[:: len(queries) // 50])}")


def main() -> None:
    """Print everything, a line a figure."""
    task, *arguments = [*sys.argv[1:], ""]
    if task == "--build":
        return build_cost(int(arguments[0]), arguments[1], arguments[2])
    if task == "--lunr-py":
        return lunr_py_cost(arguments[0])
    if not QUERIES.is_file():
        sys.exit("bench/search.py needs ../shared/search beside the project")
    lines = QUERIES.read_text(encoding="utf-8").splitlines()
    judged = [json.loads(line) for line in lines]
    with tempfile.TemporaryDirectory() as name:
        write_index(judged_archive(Path(name)), Path(name))
        say("nDCG@10 / MRR@10 by kind of query")
        for line in quality(Path(name), judged):
            say(f"  {line}")
    install_peers()
    for size in map(int, (task or os.environ.get("N") or "600,5000").split(",")):
        with tempfile.TemporaryDirectory() as name:
            measure(size, Path(name), [query["query"] for query in judged])
    return None


if __name__ == "__main__":
    main()

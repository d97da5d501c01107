"""Measures the search against lunr.py, lunr.js, MiniSearch and Pagefind on the same papers.

    make bench N=600,5000,20000,100000

Real papers come from ../shared/corpus, above its size each once more with a sentence changed; the
judged queries from ../shared/search, over the papers of ../shared/digests. The other engines index
the same documents in the same run; those that are only measured here are fetched into .cache/bench.
"""

from __future__ import annotations

import json
import math
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
SHARED = PROJECT.parent / "shared"
QUERIES = SHARED / "search" / "queries_dev.jsonl"
PEERS = PROJECT / ".cache" / "bench"
sys.path[:0] = [str(PROJECT / "plugins"), str(PROJECT)]

from daybook.archive import convert, load_taxonomy  # noqa: E402
from daybook.digests import read_folder  # noqa: E402
from daybook.records import Archive  # noqa: E402
from daybook.search import build_search  # noqa: E402

from bench.building.peers import Peers  # noqa: E402
from bench.searching.browser import Latency, ask_pagefind, keystrokes, write_page  # noqa: E402
from bench.searching.corpus import (  # noqa: E402
    CORPUS,
    corpus_archive,
    frequent_queries,
    known_items,
    write_documents,
)
from bench.searching.engines import (  # noqa: E402
    Cost,
    alone,
    build_daybook,
    build_in_node,
    build_lunr_py,
    build_of_pages,
    install_minisearch,
    say,
)

MEANS = ("acronyms", "spellings", "hyphens", "completion", "correction", "titles")
LARGEST_PEER = 20_000
"""Up to this many papers all engines are measured; above, these are not, for these reasons:"""
TOO_LARGE = {
    "lunr.py": "not run: a single core takes seven minutes and more",
    "MiniSearch": "not run: it and its papers twice in memory",
    "Pagefind": "not run: a page for each paper, and some 13 GB of memory",
}
TURNS = 3
"""How often each engine builds, by turns with the others; of a very large archive once."""
MORE = 50
"""Papers of another digest."""
TYPED = 60
"""How many queries are typed in the browser."""
ITEMS = 500
"""How many titles are looked for, of a large archive,"""
LARGE_ITEMS = 150
"""and with Pagefind, which is slower to ask."""
PAGEFIND_ITEMS = 60
RETURNING = 5
"""One query in so many is asked by a returning reader, too."""

COLUMNS = (
    *("papers", "engine", "build s", "MiB", "kB", "page kB", "worker ms", "disk ms", "task ms"),
    *("Node ms", "exact", "typo"),
)
WIDTHS = (7, 21, 8, 6, 12, 8, 12, 12, 8, 8, 6, 6)
LEGEND = """build s: processor time, cold, all processes, median of three by turns. MiB: the most
memory, documents and all.
kB: compressed, from nothing to the first ten results, median / 99th percentile; 'all' where
a browser must load the whole index. page kB: of that, the page with its styles and scripts.
worker, disk ms: from a key to painted results in Chromium, warm, over HTTP and from a disk.
task ms: processor time of the longest task of the page's thread, over HTTP / from a disk.
Node ms: the median mistyped query there. exact, typo: MRR@10 of 3 or 4 title words, and with one
typing error (MiniSearch: its fuzzy search). The ranks of lunr.js are those of Daybook's MODE=lunr,
which tests hold to lunr.js. Under Daybook: 50 papers more, and what a returning reader loads."""


def row(*cells: str) -> None:
    """Print a line of the table."""
    say("  ".join(f"{cell:>{width}}" for cell, width in zip(cells, WIDTHS, strict=True)))


def write_index(archive: Archive, folder: Path) -> None:
    """Write an archive's search below a folder."""
    for path, content in build_search(archive):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


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
        if not without and mode == "lunr":
            yield f"{'':24}" + "".join(f"{kind:>18}" for kind in kinds)
        figures = (
            f"{statistics.fmean(gain for gain, _ in both):.3f} / "
            f"{statistics.fmean(rank for _, rank in both):.3f}"
            for both in kinds.values()
        )
        name = f"without {without}" if without else {"lunr": "as Lunr", "meant": "as meant"}[mode]
        yield f"{name:24}" + "".join(f"{figure:>18}" for figure in figures)


# Cost.


def percentiles(values: Sequence[float]) -> tuple[float, float]:
    """Give the median and the 99th percentile."""
    ordered = sorted(values)
    return statistics.median(ordered), ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]


def both(numbers: tuple[float, float], digits: int = 0) -> str:
    """Write two numbers."""
    return " / ".join(f"{number:,.{digits}f}" for number in numbers)


def typed(latency: Latency) -> str:
    """Write what a key takes."""
    return both((latency.median, latency.worst))


def built(cost: Cost) -> tuple[str, str]:
    """Write what an index takes to build."""
    return f"{cost.cpu:,.1f}", f"{cost.peak:,.0f}"


def build_afresh(size: int, folder: Path) -> Cost:
    """Build Daybook's without anything left from before, but for its cache and files below."""
    for name in ("cache", "old"):
        shutil.rmtree(folder / name, ignore_errors=True)
    return alone("--build", size, folder / "cache", folder / "old")


def build_by_turns(size: int, folder: Path) -> dict[str, Cost]:
    """Build each engine's index of the same papers, by turns; give the medians of seconds."""
    source = folder / "source.json"
    write_documents(corpus_archive(CORPUS, size), source)
    engines: dict[str, Callable[[], Cost]] = {
        "Daybook": lambda: build_afresh(size, folder),
        "lunr.js": lambda: build_in_node("lunr", source, PEERS),
    }
    if size <= LARGEST_PEER:
        engines["lunr.py"] = lambda: alone("--lunr-py", source)
        engines["MiniSearch"] = lambda: build_in_node("minisearch", source, PEERS)
    costs: dict[str, list[Cost]] = {name: [] for name in engines}
    for _ in range(TURNS if size <= LARGEST_PEER else 1):
        for name, build in engines.items():
            with suppress(subprocess.CalledProcessError):  # 12 GB, or one JSON text, not enough
                costs[name].append(build())
    return {
        name: replace(runs[0], cpu=statistics.median(run.cpu for run in runs))
        for name, runs in costs.items()
        if runs
    }


def measure(size: int, folder: Path, judged: Sequence[str]) -> None:
    """Print the rows of one number of papers."""
    new, old, cache = folder / "new", folder / "old", folder / "cache"
    costs = build_by_turns(size, folder)
    cold = costs.pop("Daybook")
    more = alone("--build", size + MORE, cache, new)
    archive = corpus_archive(CORPUS, size + MORE)
    page = write_page(new, archive) / 1e3
    queries = [*judged, *frequent_queries(archive)]
    wire = in_client(task="bytes", folder=new, before="", queries=queries)
    again = in_client(task="bytes", folder=new, before=old, queries=queries[::RETURNING])
    keys = keystrokes(new, queries[:: max(1, len(queries) // TYPED)])
    source = folder / "source.json"
    write_documents(archive, source)
    peers = size <= LARGEST_PEER
    items = known_items(archive, ITEMS if peers else LARGE_ITEMS)
    known = in_client(
        task="known", folder=new, source=source, queries=items, modules=PEERS if peers else ""
    )
    exact, typo = known["exact"], known["one typing error"]

    def found(engine: str, mistyped: str = "") -> tuple[str, str, str]:
        ranks = exact[engine]["mrr"], typo[mistyped or engine]["mrr"]
        return f"{typo[mistyped or engine]['median']:.1f}", f"{ranks[0]:.3f}", f"{ranks[1]:.3f}"

    row(
        *(f"{size}", "Daybook", *built(cold)),
        *(both(percentiles([page + sent / 1e3 for sent in wire["cold"]])), f"{page:.0f}"),
        *(typed(keys["worker"]), typed(keys["disk"])),
        *(both((keys["worker"].task, keys["disk"].task)), *found("daybook")),
    )
    back = both(percentiles([sent / 1e3 for sent in again["returning"]]))
    share = f"{more.cpu / cold.cpu:.0%} of cold"
    row("", f"{MORE} more, returning", f"{more.cpu:.1f}", share, back, *["-"] * 7)
    ranks = {"lunr.js": found("lunr"), "lunr.py": ("-", "-", "-")}
    if peers:
        ranks["MiniSearch"] = found("minisearch", "minisearch, fuzzy")
    for name, cost in costs.items():
        times = f"{name}, {cost.cpu / cold.cpu:.1f}x"
        size_told = f"all: {cost.size / 1e3:,.0f}"
        row("", times, *built(cost), size_told, *["-"] * 4, *ranks[name])
    if "lunr.js" not in costs:
        say(f"{'':{WIDTHS[0]}}  {'lunr.js':>{WIDTHS[1]}}  failed: its index is too large for Node")
    if not peers:
        for name, reason in TOO_LARGE.items():
            say(f"{'':{WIDTHS[0]}}  {name:>{WIDTHS[1]}}  {reason}")
        return
    write_documents(corpus_archive(CORPUS, size), source)
    site = folder / "pagefind"
    program = Peers(PEERS, with_pagefind=True)
    cost = build_of_pages(source, site, program)
    some = {kind: wanted[:PAGEFIND_ITEMS] for kind, wanted in items.items()}
    asked = ask_pagefind(site, queries[:: len(queries) // TYPED], some)
    row(
        *("", f"Pagefind, {cost.cpu / cold.cpu:.1f}x", *built(cost)),
        *(both((asked.median, asked.worst)), *["-"] * 5),
        *(f"{rank:.3f}" for rank in asked.ranks.values()),
    )


def versions() -> str:
    """Name the machine and the engines."""
    package = "node_modules/{}/package.json"
    found = {
        "lunr.js": PROJECT / package.format("lunr"),
        "MiniSearch": PEERS / package.format("minisearch"),
        "Pagefind": PEERS / "pagefind" / package.format("pagefind"),
    }
    said = [f"{name} {json.loads(file.read_text())['version']}" for name, file in found.items()]
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True)
    return ", ".join(
        [
            f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {platform.platform()}",
            f"Python {platform.python_version()}, Node {node.stdout.strip()}",
            f"lunr.py {version('lunr')}",
            *said,
        ]
    )


def main() -> None:
    """Print the table of costs, and that of quality with each of the means off."""
    task, *arguments = [*sys.argv[1:], ""]
    if task == "--build":
        return build_daybook(int(arguments[0]), arguments[1], arguments[2])
    if task == "--lunr-py":
        return build_lunr_py(arguments[0])
    if not QUERIES.is_file():
        sys.exit("bench/search.py needs ../shared/search beside the project")
    lines = QUERIES.read_text(encoding="utf-8").splitlines()
    judged = [json.loads(line) for line in lines]
    install_minisearch(PEERS)
    Peers(PEERS, with_pagefind=True).pagefind()
    say(versions())
    row(*COLUMNS)
    for size in map(int, (task or os.environ.get("N") or "600,5000").split(",")):
        with tempfile.TemporaryDirectory() as name:
            measure(size, Path(name), [query["query"] for query in judged])
    say(f"{LEGEND}\n\nnDCG@10 / MRR@10 of the judged queries, by kind")
    with tempfile.TemporaryDirectory() as name:
        write_index(judged_archive(Path(name)), Path(name))
        for line in quality(Path(name), judged):
            say(line)
    return None


if __name__ == "__main__":
    main()

"""Measures whole builds, cold, through the real Pelican: time, memory, bytes, files, and peers.

From the same ``content/`` (digests, Markdown pages, what `make learn` and a build before keep),
with no output and no cache: once the pages, feeds and exports alone, once everything with default
settings (search index and bundles for reading offline included). Beside each stands the physical
limit in the same run: rendering with one compiled template and writing from memory the same files,
in one process (`building.limit`). Then warm, with output and cache: nothing changed, one digest of
50 papers more, one template changed.

    make bench N=5000,20000 AGAINST=hugo,pelican,pagefind
"""

from __future__ import annotations

import math
import multiprocessing
import os
import platform
import shutil
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
CORPUS = PROJECT.parent / "shared" / "corpus" / "arxiv_50k.jsonl.gz"
sys.path[:0] = [str(PROJECT / "plugins"), str(PROJECT)]

from daybook.learn import learn_all  # noqa: E402
from daybook.learning.learned import FILE_NAME, write_learned  # noqa: E402
from daybook.records import Archive  # noqa: E402

from bench.building.content import add_digest, make_content  # noqa: E402
from bench.building.limit import limit  # noqa: E402
from bench.building.peers import (  # noqa: E402
    Peers,
    build_hugo,
    build_pagefind,
    build_pelican,
    make_hugo,
)
from bench.building.running import Run, measured  # noqa: E402
from bench.catalogue import kind_of  # noqa: E402

PEERS = ("hugo", "pelican", "pagefind")
_TIMES = 3
"""Builds of up to `_OFTEN` papers are run so often; larger ones once."""
_OFTEN = 5000
_SETTINGS = """
import runpy
globals().update({{k: v for k, v in runpy.run_path({conf!r}).items() if k.isupper()}})
PATH = {content!r}
DAYBOOK_DIGESTS, DAYBOOK_PAPERS, DAYBOOK_METADATA, DAYBOOK_CACHE = "digests", "papers", None, None
DAYBOOK_LEARNED = "learned"
SITENAME, SITEURL = "Bench", "https://papers.example.org/archive"
PLUGINS = {plugins!r}
"""
_WARM = """
DAYBOOK_CACHE, THEME = {cache!r}, {theme!r}
"""
_WAYS = {"pages alone": ["daybook.catalogue"], "everything": ["daybook"]}


@dataclass(frozen=True, slots=True)
class Built:
    """A build of Daybook's."""

    run: Run
    limit: float
    sizes: Counter[str]
    counts: Counter[str]


def say(line: str) -> None:
    """Print a line of the report at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def median(build: Callable[[Path], Run], folder: Path, times: int) -> tuple[Run, Path]:
    """Build so often, each time from nothing; give the median by time, and the last output."""
    runs = []
    for number in range(times):
        output = folder / f"output-{number}"
        runs.append(build(output))
    middle = statistics.median_low(run.wall for run in runs)
    return next(run for run in runs if run.wall == middle), output


def daybook(content: Path, folder: Path, plugins: list[str], times: int) -> Built:
    """Build with Daybook, and find the limit for the same files."""
    folder.mkdir()
    settings = folder / "settings.py"
    conf = str(PROJECT / "pelican.conf.py")
    settings.write_text(
        _SETTINGS.format(conf=conf, content=str(content), plugins=plugins), encoding="utf-8"
    )
    command = [sys.executable, "-m", "pelican", str(content), "-s", str(settings)]
    environment = {"PYTHONPATH": str(PROJECT / "plugins")}

    def build(output: Path) -> Run:
        return measured([*command, "-o", output], folder=PROJECT, environment=environment)

    run, output = median(build, folder, times)
    sizes: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for file in output.rglob("*"):
        if file.is_file():
            kind = kind_of(file.relative_to(output).as_posix())
            sizes[kind] += file.stat().st_size
            counts[kind] += 1
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context, max_tasks_per_child=1) as processes:
        least = [
            sum(processes.submit(limit, output, folder / f"limit-{number}").result())
            for number in range(times)
        ]
    return Built(run, statistics.median_low(least), sizes, counts)


def warm(content: Path, folder: Path, papers: int) -> Iterator[tuple[str, Run]]:
    """Build again and again with a cache, into one output; give what each build took."""
    folder.mkdir()
    theme = folder / "theme"
    templates = theme / "templates" / "daybook"
    templates.mkdir(parents=True)
    settings = folder / "settings.py"
    conf = str(PROJECT / "pelican.conf.py")
    lines = _SETTINGS.format(conf=conf, content=str(content), plugins=["daybook"])
    lines += _WARM.format(cache=str(folder / "cache"), theme=str(theme))
    settings.write_text(lines, encoding="utf-8")
    output = str(folder / "output")
    command = [sys.executable, "-m", "pelican", str(content), "-s", str(settings), "-o", output]
    environment = {"PYTHONPATH": str(PROJECT / "plugins")}

    def build() -> Run:
        return measured(command, folder=PROJECT, environment=environment)

    yield "filling the cache", build()
    yield "nothing changed", build()
    add_digest(content, CORPUS if CORPUS.is_file() else None, papers)
    yield "50 papers more", build()
    yield "nothing changed since", build()
    text = (PROJECT / "theme" / "templates" / "daybook" / "base.html").read_text("utf-8")
    changed = text.replace("</body>", "<!-- changed --></body>")
    (templates / "base.html").write_text(changed, "utf-8")
    yield "one template changed", build()


def told(name: str, run: Run) -> str:
    """Say what a run took."""
    return f"  {name:<26}{run.wall:8.2f} s  {run.cpu:8.2f} s CPU  peak {run.peak:6.0f} MiB"


def growth(grown: list[tuple[int, Run]]) -> Iterator[str]:
    """Plot how time and memory grow: each bar beside what N log N makes of the smallest size."""
    first, run = grown[0]
    yield "growth, everything, cold: seconds and MiB for 1,000 papers, as bars; 'of N log N'"
    for papers, one in grown:
        scale = papers * math.log(papers) / (first * math.log(first))
        for name, value, least in (("s", one.wall, run.wall), ("MiB", one.peak, run.peak)):
            each, of_least = value / papers, least / first
            bar = "#" * round(30 * each / of_least)
            yield (
                f"  {papers:>7,} {1000 * each:8.2f} {name:<3} {value / least / scale:5.2f} "
                f"of N log N  {bar}"
            )


def report(
    papers: int, chosen: list[str], peers: Peers, grown: list[tuple[int, Run]]
) -> Iterator[str]:
    """Measure an archive of one size, and add it to those `grown`."""
    memory = Path("/dev/shm")
    where = memory if os.access(memory, os.W_OK) else None
    times = _TIMES if papers <= _OFTEN else 1
    corpus = CORPUS if CORPUS.is_file() else None
    with tempfile.TemporaryDirectory(dir=where) as made_here:
        folder = Path(made_here)
        content = folder / "content"
        content.mkdir()
        topics = (PROJECT / "content" / "topics.toml").read_bytes()
        (content / "topics.toml").write_bytes(topics)
        archive = make_content(content, corpus, papers)
        (content / "learned").mkdir()
        (content / "learned" / FILE_NAME).write_text(write_learned(learn_all(archive)), "utf-8")
        kept = len(archive.papers)
        yield f"{kept:,} papers, {'real' if corpus else 'made up'}; cold"
        daybook(content, folder / "before", ["daybook.catalogue"], 1)  # keeps what it found
        shutil.rmtree(folder / "before")
        built = {}
        for way, plugins in _WAYS.items():
            made = built[way] = daybook(content, folder / way.split()[0], plugins, times)
            yield told(f"Daybook, {way}", made.run)
            yield (
                f"  {'':<26}{made.run.wall / made.limit:8.2f} times the limit of "
                f"{made.limit:.2f} s; {made.sizes.total() / kept:,.0f} bytes and "
                f"{made.counts.total() / kept:.2f} files a paper"
            )
        grown.append((kept, built["everything"].run))
        walls = (built["pages alone"].run.wall, built["everything"].run.wall)
        if "hugo" in chosen or "pagefind" in chosen:
            yield from against_hugo(archive, folder, peers, walls, times)
        if "pelican" in chosen:
            stock = build_pelican(content / "papers", folder / "stock.py", folder / "stock")
            yield f"{told('Pelican', stock)}  {stock.wall / walls[0]:.2f} times pages alone"
        for name, run in warm(content, folder / "warm", papers):
            share = run.wall / walls[1]
            yield f"{told(f'Daybook, {name}', run)}  {share:.3f} of everything, cold"
        sizes, counts = built["everything"].sizes, built["everything"].counts
        for kind, total in sizes.most_common():
            if total >= kept:
                yield f"    {kind:<20}{total / kept:>8,.0f} bytes a paper  {counts[kind]:>8,} files"


def against_hugo(
    archive: Archive, folder: Path, peers: Peers, walls: tuple[float, float], times: int
) -> Iterator[str]:
    """Build with Hugo, index that with Pagefind where it is there, and compare with `walls`."""
    program, source = peers.hugo(), folder / "hugo"
    make_hugo(archive, source)
    hugo, output = median(lambda output: build_hugo(program, source, output), source, times)
    yield f"{told('Hugo', hugo)}  {hugo.wall / walls[0]:.2f} times pages alone"
    if peers.with_pagefind:
        found = build_pagefind(peers.pagefind(), output)
        both = (hugo.wall + found.wall) / walls[1]
        yield f"{told('Pagefind, on Hugo’s pages', found)}  with Hugo {both:.2f} times everything"


def main() -> None:
    """Print the figures of every size asked for."""
    sizes = [int(size) for size in (os.environ.get("N") or "600,5000").split(",")]
    chosen = [name for name in (os.environ.get("AGAINST") or "").split(",") if name]
    if unknown := set(chosen) - set(PEERS):
        sys.exit(f"AGAINST may name {', '.join(PEERS)}; unknown: {', '.join(sorted(unknown))}")
    peers = Peers(PROJECT / ".cache" / "bench", with_pagefind="pagefind" in chosen)
    say(f"{os.cpu_count()} cores, {platform.platform()}, Python {platform.python_version()}")
    if chosen:
        say(peers.versions(chosen))
    grown: list[tuple[int, Run]] = []
    for size in sizes:
        for line in report(size, chosen, peers, grown):
            say(line)
    if len(grown) > 1:
        for line in growth(grown):
            say(line)


if __name__ == "__main__":
    main()

"""Measures the catalogue: seconds, peak memory, bytes and files a paper, and the physical limit.

The papers are real ones (../shared/corpus, or the file that ``--corpus`` names) or, where there are
none, made up. What is timed is `render_catalogue` and writing what it gives, from papers in memory;
loading and choosing topics are not. Bytes are those of a whole site with the default settings: the
search index and what is packed for reading offline too, neither of them timed. The physical limit,
in the same run, is one compiled template that gives the same pages, and writing the same files from
memory (`building.limit`).

    python bench/catalogue.py [--corpus FILE] [SIZE ...]
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import multiprocessing
import random
import resource
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, islice
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
CORPUS = PROJECT.parent / "shared" / "corpus" / "arxiv_50k.jsonl.gz"
sys.path[:0] = [str(PROJECT / "plugins"), str(PROJECT)]

from daybook.archive.slugs import Names, name_of  # noqa: E402
from daybook.archive.topics import assign_topics, load_taxonomy  # noqa: E402
from daybook.catalogue import SiteOptions, render_catalogue  # noqa: E402
from daybook.drafts import rendered  # noqa: E402
from daybook.publishing.offline import Bundler, mark_of  # noqa: E402
from daybook.records import (  # noqa: E402
    Appearance,
    Archive,
    DigestItem,
    KeptDigest,
    Paper,
    PartialDate,
)
from daybook.search import build_search  # noqa: E402
from daybook.search.sidetable import build_side  # noqa: E402
from daybook.settings import SETTINGS  # noqa: E402

from bench.building.limit import limit, timed, write  # noqa: E402

DEFAULTS: dict[str, Any] = {setting.name: setting.default for setting in SETTINGS}
OPTIONS = SiteOptions(
    name="Bench",
    url="https://papers.example.org/archive",
    feed_size=DEFAULTS["DAYBOOK_FEED_ENTRIES"],
    offline=DEFAULTS["DAYBOOK_OFFLINE"],
)
DIGEST_SIZE = 50


def corpus(path: Path, size: int) -> Iterator[dict[str, Any]]:
    """Read the first records of a corpus."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, islice(lines, size))


def made_up(size: int) -> Iterator[dict[str, Any]]:
    """Make records up: words and authors are as unevenly frequent as in life."""
    rng = random.Random(20)
    words = ["".join(rng.choices("aeioulnrstmd", k=rng.randint(3, 11))) for _ in range(4000)]
    people = [f"{rng.choice(words).title()} {rng.choice(words).title()}" for _ in range(3 * size)]

    def some(things: Sequence[str], number: int) -> list[str]:
        return [things[int(len(things) * rng.random() ** 3)] for _ in range(number)]

    for number in range(size):
        day = dt.date(2015, 1, 1) + dt.timedelta(days=number * 4000 // size)
        yield {
            "id": f"{day:%y%m}.{number:05d}",
            "title": " ".join(some(words, 9)).capitalize(),
            "authors": list(dict.fromkeys(some(people, rng.randint(1, 8)))),
            "abstract": " ".join(some(words, 170)).capitalize() + ".",
            "categories": ["cs.LG"],
            "date": day.isoformat(),
        }


def archive_of(records: Iterable[dict[str, Any]]) -> Archive:
    """Make an archive of records, with digests of 50 papers by date; one in ten comes twice."""
    taxonomy = load_taxonomy(PROJECT / "content" / "topics.toml")
    names = Names()
    ordered = sorted(records, key=lambda record: (record["date"], record["id"]))
    slugs = [names.take(name_of(record["title"], record["id"])) for record in ordered]
    carried: list[list[Appearance]] = [[] for _ in ordered]
    digests = []
    for number, start in enumerate(range(0, len(ordered), DIGEST_SIZE)):
        day = PartialDate.of(dt.date(2015, 1, 1) + dt.timedelta(days=number))
        own = range(start, min(start + DIGEST_SIZE, len(ordered)))
        places = [*own, *range(max(0, start - DIGEST_SIZE), start, 10)]
        for position, place in enumerate(places, 1):
            carried[place].append(Appearance(str(day), position))
        items = tuple(
            DigestItem(position, slugs[place], ordered[place]["title"], upvotes=position)
            for position, place in enumerate(places, 1)
        )
        digests.append(
            KeptDigest(str(day), f"{day}.txt", "hf-text", str(day), items, day, "file name")
        )
    papers = tuple(
        Paper(
            slug=slugs[number],
            path=f"{slugs[number]}.md",
            number=number,
            title=" ".join(record["title"].split()),
            date=PartialDate.parse(carried[number][0].digest).earliest,
            date_basis="digest",
            abstract=record["abstract"],
            authors=tuple(record["authors"]),
            published=PartialDate.parse(record["date"]),
            topics=assign_topics(
                taxonomy, record["title"], record["abstract"], tuple(record["categories"])
            ),
            arxiv=record["id"],
            categories=tuple(record["categories"]),
            upvotes=number % 50 or None,
            digests=tuple(carried[number]),
        )
        for number, record in enumerate(ordered)
    )
    return Archive(papers, tuple(reversed(digests)), taxonomy.topics)


def peak() -> float:
    """Give the largest amount of memory this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def catalogue(path: Path | None, size: int, folder: Path) -> tuple[float, float, float]:
    """Render and write a catalogue; give seconds, peak MiB, and the archive's own share of it."""
    archive = archive_of(corpus(path, size) if path else made_up(size))
    before = peak()
    seconds, most = timed(lambda: write(render_catalogue(archive, OPTIONS), folder)), peak()
    shutil.copytree(folder, folder.with_name("limited"))
    write(
        chain(build_search(archive), rendered(build_side(archive, OPTIONS.large_archive))), folder
    )
    if size <= OPTIONS.offline:
        write(offline(folder, archive), folder)
    return seconds, most, before


def offline(folder: Path, archive: Archive) -> list[tuple[str, bytes]]:
    """Pack a site for reading offline."""
    bundler = Bundler()
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            path = file.relative_to(folder).as_posix()
            bundler.note(path, mark_of(file.read_bytes()))
    files: dict[str, bytes] = {}
    numbers = {f"papers/{paper.slug}.html": paper.number for paper in archive.papers}
    bundler.pack(
        lambda _: None, lambda path: (folder / path).read_bytes(), files.__setitem__, numbers
    )
    return [*files.items()]


def kind_of(path: str) -> str:
    """Name what a file is: its folder, and the ending of a paper's files."""
    top, _, rest = path.partition("/")
    if top == "papers":
        return f"papers, {rest.rpartition('.')[2]}"
    return f"{top}, {rest.partition('/')[0]}" if rest.count("/") else top


def report(path: Path | None, size: int) -> Iterator[str]:
    """Measure an archive of one size."""
    with (
        tempfile.TemporaryDirectory() as name,
        ProcessPoolExecutor(
            1, multiprocessing.get_context("spawn"), max_tasks_per_child=1
        ) as processes,
    ):
        folder = Path(name)
        seconds, most, before = processes.submit(catalogue, path, size, folder / "site").result()
        rendering, writing = processes.submit(limit, folder / "limited", folder / "limit").result()
        sizes: Counter[str] = Counter()
        counts: Counter[str] = Counter()
        for file in (folder / "site").rglob("*"):
            if file.is_file():
                kind = kind_of(file.relative_to(folder / "site").as_posix())
                sizes[kind] += file.stat().st_size
                counts[kind] += 1
    least = rendering + writing
    yield f"{size:,} papers, {'real' if path else 'made up'}"
    yield f"  {seconds:.2f} s; peak {most:.0f} MiB, {most - before:.0f} of them the catalogue's"
    yield (
        f"  limit {least:.2f} s (rendering {rendering:.2f}, writing {writing:.2f}): "
        f"{seconds / least:.2f} times"
    )
    yield f"  {sizes.total() / size:,.0f} bytes and {counts.total() / size:.2f} files a paper"
    for kind, total in sizes.most_common():
        yield f"    {kind:<16}{total / size:>8,.0f} bytes a paper  {counts[kind]:>8,} files"


def print_sizes(report: Callable[[Path | None, int], Iterator[str]], about: str) -> None:
    """Print what a bench reports of every size that the command asks for; `about` describes it."""
    parser = argparse.ArgumentParser(description=about.partition("\n")[0])
    parser.add_argument("--corpus", type=Path, default=CORPUS if CORPUS.is_file() else None)
    parser.add_argument("size", type=int, nargs="*", default=[600, 5000])
    chosen = parser.parse_args()
    for size in chosen.size:
        for line in report(chosen.corpus, size):
            sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    print_sizes(report, __doc__)

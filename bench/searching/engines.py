"""What it takes to build the index of each engine, every one in a process of its own."""

from __future__ import annotations

import gzip
import html
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from daybook.search import build_search

from bench.building.peers import Peers, build_pagefind

from .corpus import CORPUS, corpus_archive

MINISEARCH = "minisearch@7.2.0"


@dataclass(frozen=True, slots=True)
class Cost:
    """What building an index took."""

    cpu: float
    """Seconds of processor time, of all processes."""
    peak: float
    """MiB, with the documents."""
    size: int = 0
    """Bytes of the whole index, compressed, where a browser has to load all of it; or 0."""


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def peak() -> float:
    """Give the most memory that this process has had, in MiB (Linux).

    `getrusage` would count the parent's from before this program was started.
    """
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def build_daybook(size: int, cache: str, folder: str) -> None:
    """Build Daybook's in this process alone; print its cost, but for writing its files."""
    archive = corpus_archive(CORPUS, size)
    files = iter(build_search(archive, cache=Path(cache) if cache else None))
    spent = 0.0
    while True:
        begun = time.process_time()
        made = next(files, None)
        spent += time.process_time() - begun
        if made is None:
            break
        path, content = made
        file = Path(folder, path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    say(json.dumps([spent, peak()]))


def build_lunr_py(source: str) -> None:
    """Build lunr.py's in this process alone; print its cost."""
    from lunr import lunr  # noqa: PLC0415 - this process alone

    made = json.loads(Path(source).read_text(encoding="utf-8"))
    fields = [{"field_name": field["name"], "boost": field["boost"]} for field in made["fields"]]
    names = [field["name"] for field in made["fields"]]
    documents = [
        {"id": number, **dict(zip(names, texts, strict=True))}
        for number, texts in zip(made["numbers"], made["documents"], strict=True)
    ]
    begun = time.process_time()
    text = json.dumps(lunr(ref="id", fields=fields, documents=documents).serialize())
    cpu, most = time.process_time() - begun, peak()
    say(json.dumps([cpu, most, len(gzip.compress(text.encode(), 6))]))


def alone(*arguments: object) -> Cost:
    """Let bench/search.py build an index in a process of its own."""
    script = Path(__file__).parents[1] / "search.py"
    command = [sys.executable, str(script), *map(str, arguments)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Cost(*json.loads(done.stdout))


def build_in_node(engine: str, source: Path, modules: Path) -> Cost:
    """Build lunr.js's or MiniSearch's."""
    script = Path(__file__).with_name("peers.mjs")
    command = ["node", "--max-old-space-size=12000", str(script), engine, str(source)]
    done = subprocess.run([*command, str(modules)], capture_output=True, text=True, check=True)
    return Cost(*json.loads(done.stdout))


def build_of_pages(source: Path, site: Path, peers: Peers) -> Cost:
    """Build Pagefind's of the smallest pages that say what the others' documents say."""
    documents = json.loads(source.read_text("utf-8"))
    (site / "papers").mkdir(parents=True)
    for number, (title, *texts) in zip(documents["numbers"], documents["documents"], strict=True):
        parts = "".join(f"<p>{html.escape(text)}</p>" for text in texts)
        (site / "papers" / f"{number}.html").write_text(
            f'<!doctype html><html lang="en"><title>{html.escape(title)}</title>'
            f"<main><h1>{html.escape(title)}</h1>{parts}</main></html>",
            "utf-8",
        )
    run = build_pagefind(peers.pagefind(), site)
    return Cost(run.cpu, run.peak)


def install_minisearch(modules: Path) -> None:
    """Put MiniSearch, which is only measured here, where it is in nobody's way."""
    if (modules / "node_modules" / "minisearch").is_dir():
        return
    modules.mkdir(parents=True, exist_ok=True)
    (modules / "package.json").write_text('{"private": true}')
    command = ["npm", "install", "--no-audit", "--no-fund", "--loglevel=error", MINISEARCH]
    subprocess.run(command, cwd=modules, check=True)

"""The promises at length: ``make soak KILLS=200 SCRIPTS=100 SEED=1 SIZE=2000 PARTS="kills edits"``.

Kills builds of a large archive at random moments, edits archives by random scripts, builds every
hostile text in every field and opens every page of it, gives every reader files that are far too
large, cuts every sample everywhere, and quotes every format in every other. What breaks a promise
ends its part with an error that names the seed.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.building.content import add_digest, make_content

from ..browser.hostile_site import altered, build, complaints, searches
from ..conftest import BROWSERS, QUIET
from ..digests import growth as growing
from ..digests.cuts import faults, samples
from ..digests.heavy import files, read_alone
from ..digests.quoting import lost_by, marks
from ..digests.shapes import SHAPES
from ..hostile_texts import FORMATS
from ..publishing.editing import run_scripts
from ..publishing.killing import Victim
from ..publishing.pelican_runs import Archive

PROJECT = Path(__file__).parents[2]
CORPUS = PROJECT.parent / "shared" / "corpus" / "arxiv_50k.jsonl.gz"
PAPERS = 2_000
_A_RUN = 10
"""Scripts on one archive; then another is begun."""
_EDITED = 500
"""Papers of such an archive."""
_INTERRUPTED = 5
"""After every so many-th kill the next build meets a Ctrl-C."""
_SECONDS, _MEGABYTES = 300, 4_000
"""What reading one heavy file may take of the processor's time and the memory."""
_TOLD = 10
"""Kills after which it says how far it is."""


def kills(folder: Path, seed: int) -> str:
    """Kill builds of a large archive at random moments."""
    wanted = _number("KILLS", 200)
    corpus = CORPUS if CORPUS.is_file() else None
    papers = _number("SIZE", PAPERS)

    def make(archive: Archive) -> None:
        content = archive.folder / "content"
        content.mkdir()
        shutil.copy(PROJECT / "content" / "topics.toml", content)
        make_content(content, corpus, papers)
        archive.digests, archive.papers = content / "digests", content / "papers"

    def change(archive: Archive) -> None:
        add_digest(archive.folder / "content", corpus, papers)

    victim = Victim(folder, make, change)
    rng = random.Random(seed)
    late = interrupted = 0
    for killed in range(1, wanted + 1):
        late += victim.kill_at_random(rng)
        if killed % _INTERRUPTED == 0:  # on top of what the kill left
            interrupted += victim.interrupt_at_random(rng)
        victim.finish()
        if killed % _TOLD == 0 or killed == wanted:
            _tell(f"kills: {killed} of {wanted}")
    took = ", ".join(f"{seconds:.1f}" for seconds in victim.lengths)
    return (
        f"{wanted} kills, {interrupted} Ctrl-Cs of a build of {papers} papers (stages {took} s); "
        f"the next build compared after each; {late} kills more came too late"
    )


def edits(folder: Path, seed: int) -> str:
    """Edit archives by random scripts."""
    wanted = _number("SCRIPTS", 100)
    for run in range(0, wanted, _A_RUN):
        run_scripts(folder / str(run), seed + run, min(_A_RUN, wanted - run), _EDITED)
        _tell(f"edits: {min(run + _A_RUN, wanted)} of {wanted}")
    return f"{wanted} scripts of {_EDITED} papers"


def texts(folder: Path, seed: int) -> str:
    """Build every hostile text in every field of every format, and open every page."""
    hostile = build(folder)
    pages = sorted(path for path in hostile.site.files if path.endswith(".html"))
    with sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, BROWSERS)), None)
        browser = playwright.chromium.launch(executable_path=found, args=QUIET)
        complained = altered(browser, hostile)
        complained += complaints(browser, hostile.site, [*pages, *searches(1)])
        browser.close()
    assert not complained, "\n".join(complained)
    return (
        f"{len(hostile.samples)} papers of {len(FORMATS)} formats shown as written, "
        f"{len(pages)} pages opened"
    )


def heavy(folder: Path, seed: int) -> str:
    """Give every reader files that are far too large."""
    slowest = largest = 0.0
    for name, pieces in files(_number("PERCENT", 100) / 100):
        outcome = read_alone(folder, pieces, _SECONDS, _MEGABYTES)
        slowest, largest = max(slowest, outcome.seconds), max(largest, outcome.megabytes)
        _tell(f"  {name}: {outcome.seconds:.1f} s, {outcome.megabytes:.0f} MB; {outcome.said}")
    return f"at most {slowest:.1f} s of CPU and {largest:.0f} MB"


def cuts(folder: Path, seed: int) -> str:
    """Cut every sample of every format everywhere."""
    places = 0
    found: list[str] = []
    for sample in samples():
        size = sample.stat().st_size
        places += size
        found += (f"{sample.name}: {fault}" for fault in faults(sample, list(range(size))))
    assert not found, "\n".join(found)
    return f"{places:,} cuts"


def quotes(folder: Path, seed: int) -> str:
    """Quote every line of every format's files in a title of a list of every other."""
    quoted = marks(_number("LINES", 40))
    found: list[str] = []
    for shape in SHAPES:
        costs = ((mark, lost_by(shape, mark)) for mark in quoted)
        found += (f"{shape}, {mark!r}: {lost}" for mark, lost in costs if lost)
        _tell(f"quotes: {shape}")
    assert not found, "\n".join(found)
    return f"{len(quoted) * len(SHAPES):,} titles"


def growth(folder: Path, seed: int) -> str:
    """Fill files of every format with its tokens, and with pairs of them."""
    wanted = _number("PAIRS", 200)
    rng = random.Random(seed)
    told: list[str] = []
    tried = 0
    for shape in (growing.ALONE, *SHAPES):
        pairs = growing.pairs(shape)
        cases = [*growing.cases(shape), *rng.sample(pairs, min(wanted, len(pairs)))]
        told += growing.guilty(cases)
        tried += len(cases)
        _tell(f"  {shape}: {len(cases)}")
    assert not told, "\n".join(told)
    return f"{tried} files of {growing.LENGTH * growing.TIMES:,} characters"


PARTS: dict[str, Callable[[Path, int], str]] = {
    "kills": kills,
    "edits": edits,
    "texts": texts,
    "heavy": heavy,
    "growth": growth,
    "cuts": cuts,
    "quotes": quotes,
}


def main() -> int:
    """Run the parts that are asked for; give 1 when a promise was broken."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # begun in the background of a script
        signal.signal(signal.SIGINT, signal.default_int_handler)
    seed = _number("SEED", 1)
    wanted = (os.environ.get("PARTS") or "").split() or list(PARTS)
    unknown = [name for name in wanted if name not in PARTS]
    if unknown:
        _tell(f"no part {unknown[0]!r}; there are {', '.join(PARTS)}")
        return 2
    broken = 0
    for name in wanted:
        begun = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="daybook-soak-") as folder:
            try:
                said = PARTS[name](Path(folder), seed)
            except Exception:  # noqa: BLE001 - one part's end is not the others'
                traceback.print_exc()
                broken += 1
                said = f"a promise is broken (SEED={seed})"
        spent = sum(resource.getrusage(who)[0] for who in (resource.RUSAGE_SELF, -1))
        _tell(f"{name}: {said}; {time.monotonic() - begun:.0f} s, CPU so far {spent:.0f} s")
    return 1 if broken else 0


def _tell(line: str) -> None:
    print(line, flush=True)


def _number(variable: str, default: int) -> int:
    return int(os.environ.get(variable) or default)


if __name__ == "__main__":
    sys.exit(main())

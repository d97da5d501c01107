"""Fuzzes every target, some minutes each: ``make fuzz MINUTES=10 TARGETS="merge page"``.

Each target runs in a process of its own, as many at once as there are cores. What libFuzzer learns
stays in ``.cache/fuzz``, of which as much is kept as reaches all that was reached; what breaks a
promise is written to ``fuzz-findings/``, named by its target. A finding becomes a test before it is
mended.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from daybook.forks import cores

from ..search.small_archives import made_up_archive, write_search
from .dictionaries import dictionary
from .targets import TARGETS, seeds

PROJECT = Path(__file__).parents[2]
FINDINGS = PROJECT / "fuzz-findings"
_SECONDS_AN_INPUT = 20
_MEGABYTES = 2048
_LONGEST = 8_000
"""Bytes of an input: longer ones find nothing that shorter ones do not."""
QUERIES = "query"
"""The query parser is JavaScript: `queries.js` fuzzes it in Node, led by V8's block coverage."""
_SHARE = 0.1
"""Of a target's time, for the choice of what is kept of its corpus; at least so many seconds:"""
_LEAST = 20


def main() -> int:
    """Fuzz; give 1 when anything was found."""
    seconds = int(float(os.environ.get("MINUTES") or 10) * 60)
    wanted = (os.environ.get("TARGETS") or "").split() or [*TARGETS, QUERIES]
    unknown = [name for name in wanted if name not in TARGETS and name != QUERIES]
    if unknown:
        print(f"no target {unknown[0]!r}; there are {', '.join([*TARGETS, QUERIES])}")
        return 2
    print(f"{len(wanted)} targets, {seconds} s each, {cores()} at once", flush=True)
    with ThreadPoolExecutor(cores()) as pool:
        found = list(pool.map(lambda name: _fuzz(name, seconds), wanted))
    failed = [name for name, finding in zip(wanted, found, strict=True) if finding]
    print(f"{len(wanted) - len(failed)} of {len(wanted)} targets found nothing")
    for name in failed:
        print(f"{name}: see {FINDINGS.name}/")
    return 1 if failed else 0


def _fuzz(name: str, seconds: int) -> bool:
    """Fuzz one target and print, in one piece, what that said; tell whether anything was found."""
    corpus = PROJECT / ".cache" / "fuzz" / name
    if name in TARGETS:
        corpus.mkdir(parents=True, exist_ok=True)
        for seed in seeds(name):
            (corpus / hashlib.sha1(seed).hexdigest()).write_bytes(seed)
        (corpus.parent / f"{name}.dict").write_text(dictionary(name), "ascii")
    done = subprocess.run(
        _command(name, corpus, seconds),
        check=False,
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    kept = _minimize(name, corpus, seconds) if name in TARGETS else ""
    print(f"{name}:\n{done.stdout}{kept}", flush=True)
    return done.returncode != 0


def _command(name: str, corpus: Path, seconds: int) -> list[str]:
    if name == QUERIES:
        index = corpus.with_name(f"{name}-index")
        write_search(made_up_archive(150, 1), index)
        script = Path(__file__).with_name("queries.js")
        return ["node", str(script), str(seconds), str(index), str(corpus)]
    FINDINGS.mkdir(exist_ok=True)
    return [
        *_run(name),
        str(corpus),
        f"-max_total_time={seconds}",
        f"-dict={corpus.parent / name}.dict",
        f"-artifact_prefix={FINDINGS}/{name}-",
        "-print_final_stats=1",
    ]


def _run(name: str) -> list[str]:
    return [
        sys.executable,
        *("-m", "tests.fuzz.targets", name),
        f"-timeout={_SECONDS_AN_INPUT}",
        f"-rss_limit_mb={_MEGABYTES}",
        f"-max_len={_LONGEST}",
        "-verbosity=0",
    ]


def _minimize(name: str, corpus: Path, seconds: int) -> str:
    """Keep of a corpus what reaches all that it reaches; all of it, where that takes too long.

    Gives what to say of it.
    """
    few = corpus.with_name(f"{name}.few")
    shutil.rmtree(few, ignore_errors=True)
    few.mkdir()
    limit = max(_LEAST, int(seconds * _SHARE))
    command = [*_run(name), "-merge=1", str(few), str(corpus)]
    try:
        done = subprocess.run(
            command, check=False, cwd=PROJECT, timeout=limit, capture_output=True
        ).returncode
    except subprocess.TimeoutExpired:
        done = 1
    if done == 0 and any(few.iterdir()):
        said = f"{len(list(few.iterdir()))} of {len(list(corpus.iterdir()))} inputs kept\n"
        shutil.rmtree(corpus)
        few.rename(corpus)
        return said
    shutil.rmtree(few)
    return ""


if __name__ == "__main__":
    sys.exit(main())

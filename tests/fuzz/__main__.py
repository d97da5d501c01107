"""Fuzzes every target in turn, some minutes each: ``make fuzz MINUTES=10 TARGETS="merge page"``.

Each target runs in a process of its own. What libFuzzer learns stays in ``.cache/fuzz``; what
breaks a promise is written to ``fuzz-findings/``, named by its target. A finding becomes a test
before it is mended.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from .targets import TARGETS, seeds

PROJECT = Path(__file__).parents[2]
FINDINGS = PROJECT / "fuzz-findings"
_SECONDS_AN_INPUT = 20
_MEGABYTES = 2048
_LONGEST = 20_000
"""Bytes of an input: longer ones find nothing that shorter ones do not."""
QUERIES = "query"
"""The query parser is JavaScript: `queries.js` tries it with random queries, in Node."""


def main() -> int:
    """Fuzz; give 1 when anything was found."""
    seconds = int(float(os.environ.get("MINUTES") or 10) * 60)
    wanted = (os.environ.get("TARGETS") or "").split() or [*TARGETS, QUERIES]
    unknown = [name for name in wanted if name not in TARGETS and name != QUERIES]
    if unknown:
        print(f"no target {unknown[0]!r}; there are {', '.join([*TARGETS, QUERIES])}")
        return 2
    failed = []
    for name in wanted:
        print(f"{name}: {seconds} s", flush=True)
        corpus = PROJECT / ".cache" / "fuzz" / name
        if name in TARGETS:
            corpus.mkdir(parents=True, exist_ok=True)
            for seed in seeds(name):
                (corpus / hashlib.sha1(seed).hexdigest()).write_bytes(seed)
        if subprocess.run(_command(name, corpus, seconds), check=False, cwd=PROJECT).returncode:
            failed.append(name)
    print(f"{len(wanted) - len(failed)} of {len(wanted)} targets found nothing")
    for name in failed:
        print(f"{name}: see {FINDINGS.name}/")
    return 1 if failed else 0


def _command(name: str, corpus: Path, seconds: int) -> list[str]:
    if name == QUERIES:
        return ["node", str(Path(__file__).with_name("queries.js")), str(seconds)]
    FINDINGS.mkdir(exist_ok=True)
    return [
        sys.executable,
        *("-m", "tests.fuzz.targets", name, str(corpus)),
        f"-max_total_time={seconds}",
        f"-timeout={_SECONDS_AN_INPUT}",
        f"-rss_limit_mb={_MEGABYTES}",
        f"-max_len={_LONGEST}",
        f"-artifact_prefix={FINDINGS}/{name}-",
        "-print_final_stats=1",
        "-verbosity=0",
    ]


if __name__ == "__main__":
    sys.exit(main())

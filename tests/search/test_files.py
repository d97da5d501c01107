"""The files of the index: their names, that they are safe, and that only content counts."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from daybook.search.codes import ALPHABET, encode
from daybook.search.site import build_search

from .small_archives import made_up_archive


def contents(content: bytes) -> object:
    """Give the value that a script of the index delivers."""
    match = re.fullmatch(rb'daybook\.search\.receive\("[a-z0-9/-]+",(.*)\);\n', content, re.DOTALL)
    assert match, content[:80]
    return json.loads(match[1])


def test_the_manifest_names_every_file() -> None:
    files = dict(build_search(made_up_archive(40), b"lunr"))
    manifest = contents(files.pop("search/manifest.js"))
    assert isinstance(manifest, dict)
    named = {"search/lunr.js", f"search/acronyms/{manifest['acronyms']}.js"}
    for folder in ("terms", "words"):
        names = manifest[folder]["names"]
        named |= {f"search/{folder}/{name}.js" for name in re.findall(".{10}", names)}
    suffixes = re.findall(".{4}", manifest["cards"]["names"])
    named |= {f"search/cards/{number}-{suffix}.js" for number, suffix in enumerate(suffixes)}
    assert named == set(files)


def test_a_hostile_title_stays_a_string() -> None:
    archive = made_up_archive(3)
    title = '</script><script>alert(1)</script><!-- "\\ \u2028 \ud800'
    archive = replace(
        archive, papers=(replace(archive.papers[0], title=title), *archive.papers[1:])
    )
    for path, content in build_search(archive, b"lunr"):
        content.decode("utf-8")
        if path != "search/lunr.js":
            assert b"<" not in content
            contents(content)


def test_hash_seed_and_time_zone_leave_no_trace(project: Path) -> None:
    code = (
        "import hashlib\n"
        "from daybook.search.site import build_search\n"
        "from tests.search.small_archives import made_up_archive\n"
        "files = list(build_search(made_up_archive(), b''))\n"
        "print(hashlib.sha256(repr(files).encode()).hexdigest())"
    )

    def digest(seed: str, zone: str) -> bytes:
        path = os.pathsep.join([str(project / "plugins"), str(project)])
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": path}
        return subprocess.run(
            [sys.executable, "-c", code], env=environment, check=True, capture_output=True
        ).stdout

    assert digest("1", "UTC") == digest("2", "Asia/Tokyo")


def test_another_paper_leaves_the_cards_before_it_as_they_were() -> None:
    before = dict(build_search(made_up_archive(40), b""))
    after = dict(build_search(made_up_archive(41), b""))
    cards = {path for path in before if path.startswith("search/cards/")}
    assert cards <= set(after)


def test_numbers_are_short_printable_and_unambiguous() -> None:
    codes = [encode(number) for number in range(60_000)]
    assert len(set(codes)) == len(codes)
    assert len(codes[63]) == 1
    assert len(codes[64]) == len(codes[1791]) == 2
    assert set(b"".join(codes)) <= set(ALPHABET)
    assert not set(b'"\\<') & set(ALPHABET)

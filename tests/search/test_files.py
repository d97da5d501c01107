"""The files of the index: their names, that they are safe, and that only content counts."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from daybook.records import PartialDate
from daybook.search.cards import opened
from daybook.search.codes import ALPHABET, encode
from daybook.search.segments import SHARE, SMALLEST_STEP, boundary, spans
from daybook.search.shards import VERSION
from daybook.search.site import build_search

from .small_archives import made_up_archive


def contents(content: bytes) -> object:
    """Give the value that a script of the index delivers."""
    match = re.fullmatch(
        rb'daybook\.search\.receive\("[a-z0-9/-]+",(.*),(\d+)\);\n', content, re.DOTALL
    )
    assert match, content[:80]
    assert int(match[2]) == VERSION
    return json.loads(match[1])


def named_by(manifest: Any, files: Mapping[str, bytes]) -> Iterator[str]:
    """Follow the manifest to all files that a client can reach."""
    for key in re.findall(".{10}", manifest["acronyms"]["names"]):
        yield f"search/acronyms/{key}.js"
    for segment in manifest["segments"]:
        for folder in ("terms", "words"):
            for key in re.findall(".{10}", segment[folder]["names"]):
                page = f"search/pages/{key}.js"
                yield page
                table: Any = contents(files[page])
                yield from (f"search/{folder}/{k}.js" for k in re.findall(".{10}", table["names"]))
    for number, key in enumerate(re.findall(".{6}", manifest["cards"]["names"])):
        folder = f"search/cards/{number}-{key}/"
        yield from (path for path in files if path.startswith(folder))


def test_the_manifest_leads_to_every_file() -> None:
    files = dict(build_search(made_up_archive(600, hidden={3}), b"lunr"))
    manifest = contents(files["search/manifest.js"])
    own = {"search/search.js", "search/manifest.js"}
    own |= {path for path in files if path.startswith("search/code/")}
    assert own | set(named_by(manifest, files)) == set(files)


def test_a_hostile_title_stays_a_string() -> None:
    archive = made_up_archive(3)
    title = '</script><script>alert(1)</script><!-- "\\ \u2028 \ud800'
    archive = replace(
        archive, papers=(replace(archive.papers[0], title=title), *archive.papers[1:])
    )
    for path, content in build_search(archive, b"lunr"):
        content.decode("utf-8")
        if path != "search/search.js" and not path.startswith("search/code/"):
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


def test_a_digest_changes_the_newest_segment_alone_also_when_its_papers_are_old() -> None:
    archive = made_up_archive(850)
    old = PartialDate(1999, 12)
    late = tuple(replace(paper, published=old) for paper in archive.papers[800:])
    before = dict(build_search(replace(archive, papers=archive.papers[:800]), b""))
    after = dict(build_search(replace(archive, papers=archive.papers[:800] + late), b""))
    manifest: Any = contents(before["search/manifest.js"])
    base = replace(archive, papers=archive.papers[:768])
    alone: Any = contents(dict(build_search(base, b""))["search/manifest.js"])
    assert manifest["segments"][0] == alone["segments"][0]
    gone = set(before) - set(after)
    newest = set(named_by({**manifest, "segments": manifest["segments"][1:]}, before))
    assert gone <= newest
    assert not {path for path in gone if path.startswith(("search/cards/0", "search/cards/2"))}


@pytest.mark.parametrize("size", [0, 1, 255, 256, 561, 20_000, 20_050, 100_000, 131_072])
def test_segments_hold_every_number_and_the_newest_is_bounded(size: int) -> None:
    covered = [number for start, end in spans(size) for number in range(start, end)]
    assert covered == list(range(size))
    assert size - boundary(size) <= max(SMALLEST_STEP, size // SHARE)


def test_a_cache_changes_no_byte_and_may_be_lost_or_damaged(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    archive = made_up_archive(600)

    def build(papers: int) -> list[tuple[str, bytes]]:
        part = replace(archive, papers=archive.papers[:papers])
        cold = list(build_search(part, b""))
        assert list(build_search(part, b"", cache)) == cold
        return cold

    build(590)
    kept = {file.name for file in cache.iterdir()}
    build(600)
    assert len(kept & {file.name for file in cache.iterdir()}) == 3  # the base, two groups of cards
    for at, file in enumerate(sorted(cache.iterdir())):
        data = file.read_bytes()
        file.write_bytes([b"", data[:-1], data + b"x", b"\0" * len(data), b"{}"][at % 5])
    build(600)
    shutil.rmtree(cache)
    cache.write_text("a file where the folder should be")
    build(600)


def test_a_cache_that_nobody_may_open_is_no_cache(unprivileged: Path) -> None:
    archive = made_up_archive(30, seed=1)
    cold = dict(build_search(archive))
    (unprivileged / "cache").mkdir(0)
    try:
        assert dict(build_search(archive, cache=unprivileged / "cache" / "search")) == cold
    finally:
        (unprivileged / "cache").chmod(0o700)


def test_what_a_card_shows_is_never_an_old_one(tmp_path: Path) -> None:
    archive = made_up_archive(3)
    list(build_search(archive, b"", tmp_path))
    first = replace(archive.papers[0], title="Another title")
    changed = replace(archive, papers=(first, *archive.papers[1:]))
    files = dict(build_search(changed, b"", tmp_path))
    cards = [opened(data) or b"" for path, data in files.items() if "/cards/" in path]
    assert any(b"Another title" in text for text in cards)


def test_numbers_are_short_printable_and_unambiguous() -> None:
    codes = [encode(number) for number in range(60_000)]
    assert len(set(codes)) == len(codes)
    assert len(codes[63]) == 1
    assert len(codes[64]) == len(codes[1791]) == 2
    assert set(b"".join(codes)) <= set(ALPHABET)
    assert not set(b'"\\<') & set(ALPHABET)

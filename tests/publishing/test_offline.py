"""Bundles: everything a reader reads, once, the same again, and few of them new after a change."""

from __future__ import annotations

import json
import random
import zlib

from daybook.publishing.offline import LARGEST, MANIFEST, Bundler, mark_of


def site(pages: int, seed: int = 1) -> dict[str, bytes]:
    """Make pages whose contents follow from their numbers."""
    random_ = random.Random(seed)
    return {
        f"papers/{random_.getrandbits(40):x}.html": f"<p>{number}</p>".encode() * 300
        for number in range(pages)
    }


def packed(files: dict[str, bytes], kept: dict[str, bytes] | None = None) -> dict[str, bytes]:
    """Pack files as a build does; `kept` is what the last build published."""
    bundler = Bundler()
    for path, data in files.items():
        bundler.note(path, mark_of(data))
    written: dict[str, bytes] = {}
    bundler.pack((kept or {}).get, files.__getitem__, written.__setitem__)
    return written


def unpacked(written: dict[str, bytes]) -> dict[str, bytes]:
    """Unpack all bundles that the manifest names, as a browser would."""
    files: dict[str, bytes] = {}
    for name, size, first in json.loads(written[MANIFEST])["bundles"]:
        data = written[f"offline/{name}.bin"]
        assert len(data) == size
        head, _, body = zlib.decompress(data).partition(b"\n")
        at = 0
        for path, length in json.loads(head):
            assert path >= first
            files[path] = body[at : at + length]
            at += length
        assert at == len(body) <= LARGEST + 10_000
    return files


def test_everything_that_is_read_is_in_one_bundle() -> None:
    files = {**site(500), "data/index.html": b"what the data mean"}
    others = {
        "feeds/a.atom.xml": b"",
        "data/papers.jsonl": b"",
        "sitemap.xml": b"",
        "404.html": b"",
    }
    written = packed({**files, **others})
    assert unpacked(written) == files
    assert json.loads(written[MANIFEST])["files"] == len(files)


def test_the_order_of_writing_leaves_no_trace() -> None:
    files = site(300)
    assert packed(files) == packed(dict(reversed(files.items())))


def test_what_did_not_change_is_not_packed_again() -> None:
    files = site(500)
    before = packed(files)
    after = packed(files, dict.fromkeys(before, b"as it was"))
    assert {data for path, data in after.items() if path != MANIFEST} == {b"as it was"}


def test_one_page_more_or_changed_is_one_bundle_or_two() -> None:
    files = site(2000)
    before = packed(files)
    assert len(before) > 20
    more = packed({**files, "papers/5.html": b"new"})
    assert len(more.keys() - before.keys()) <= 2
    changed = packed({**files, next(iter(files)): b"changed"})
    assert len(changed.keys() - before.keys()) == 1

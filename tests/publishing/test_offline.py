"""Bundles: everything a reader reads, once, the same again, and few of them new after a change."""

from __future__ import annotations

import json
import random
import zlib

from daybook.publishing.offline import LARGEST, MANIFEST, Bundler, mark_of, where
from daybook.publishing.offline import unpacked as contents


def site(pages: int, seed: int = 1) -> dict[str, bytes]:
    """Make pages whose contents follow from their numbers."""
    random_ = random.Random(seed)
    return {
        f"papers/{random_.getrandbits(40):x}.html": f"<p>{number}</p>".encode() * 300
        for number in range(pages)
    }


def packed(
    files: dict[str, bytes],
    kept: dict[str, bytes] | None = None,
    numbers: dict[str, int] | None = None,
) -> dict[str, bytes]:
    """Pack files as a build does; `kept` is what the last build published."""
    bundler = Bundler()
    for path, data in files.items():
        bundler.note(path, mark_of(data))
    written: dict[str, bytes] = {}

    def keep(path: str) -> int | None:
        if kept is None or path not in kept:
            return None
        written[path] = kept[path]
        return len(kept[path])

    bundler.pack(keep, files.__getitem__, written.__setitem__, numbers or {})
    return written


def unpacked(written: dict[str, bytes]) -> dict[str, bytes]:
    """Unpack all bundles that the manifest names, as a browser would."""
    files: dict[str, bytes] = {}
    for name, size, *has in json.loads(written[MANIFEST])["bundles"]:
        data = written[f"offline/{name}.bin"]
        assert len(data) == size
        plain = zlib.decompress(data)
        assert len(plain) <= LARGEST + 20_000
        found = dict(contents(plain))
        assert where([*found], by_path=has[0] != "") == tuple(has)
        files |= found
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


def test_pages_by_number_have_their_cards_beside_them_and_their_frame_once() -> None:
    words = random.Random(2)
    files = {}
    for number in range(96):
        text = f"{words.getrandbits(4000):x}"
        frames = [f"{words.getrandbits(2000):x}"] * 3 if number == 7 else ["begin", "menu", "end"]
        begin, menu, end = (part * 200 for part in frames)
        files[f"papers/{1000 - number}.html"] = (
            f"{begin}<title>{number}</title><a class=skip>{menu}<main>{text}</main>{end}".encode()
        )
        cards = f"search/cards/0-abcdef/{number // 3}.js"
        files[cards] = files.get(cards, b"") + text.encode()
    written = packed(files, numbers={f"papers/{1000 - n}.html": n for n in range(96)})
    assert unpacked(written) == files
    bundles = json.loads(written[MANIFEST])["bundles"]
    assert [first for _, _, first, *_ in bundles] == [""] * 8
    assert sum(size for _, size, *_ in bundles) < 96 * 0.7 * 1000


def test_the_order_of_writing_leaves_no_trace() -> None:
    files = site(300)
    assert packed(files) == packed(dict(reversed(files.items())))


def test_what_did_not_change_is_not_packed_again() -> None:
    files = site(500)
    before = packed(files)
    after = packed(files, dict.fromkeys(before, b"as it was"))
    assert {data for path, data in after.items() if path != MANIFEST} == {b"as it was"}


def test_files_of_the_index_are_packed_as_it_has_them() -> None:
    """In the order of their names, which tell nothing, a changed tenth would be in every bundle."""
    random_ = random.Random(3)
    files = {
        f"search/terms/{random_.getrandbits(40):010x}.js": random_.randbytes(4000)
        for _ in range(1000)
    }
    before = packed(files)
    assert unpacked(before) == files
    newest = [*files][-100:]
    renamed = {f"search/terms/{random_.getrandbits(40):010x}.js": b"new" * 999 for _ in newest}
    kept = {path: data for path, data in files.items() if path not in newest}
    after = packed(kept | renamed)
    assert unpacked(after) == kept | renamed
    assert len(after.keys() - before.keys()) < 0.3 * len(after)


def test_one_page_more_or_changed_is_one_bundle_or_two() -> None:
    files = site(2000)
    before = packed(files)
    assert len(before) > 20
    more = packed({**files, "papers/5.html": b"new"})
    assert len(more.keys() - before.keys()) <= 2
    changed = packed({**files, next(iter(files)): b"changed"})
    assert len(changed.keys() - before.keys()) == 1

"""What a reader's browser needs to keep the whole archive: its pages in a few hundred packed files.

Twenty thousand pages one by one take minutes; as bundles they are a download. Papers' pages follow
each other by their numbers, with their result cards among them, so that an abstract is packed once;
files of the index, named by their contents, as the index has them; all else goes by its path. These
are cut where paths alone say so. A bundle is named by a hash of what it
holds: a returning reader fetches those that changed, and a build packs only those. They add about a
sixth to the site. `theme/static/offline/worker.js` reads them.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

FOLDER = "offline/"
MANIFEST = f"{FOLDER}manifest.json"
WORKER = "service-worker.js"
"""At the base folder, since a worker answers for its own folder and those below."""
VERSION = 3
NAME_LENGTH = 12
SMALLEST, LARGEST = 48_000, 400_000
"""Bytes of a bundle before it is packed: cut from the first on where a path allows, at the second
wherever it is."""
SPAN = 12
"""Numbers of papers whose pages and cards are one bundle: some 90 kB before they are packed. A
digest of 50 in an archive of 20,000 changes the pages of 500 that are related to them: of bundles
of 12 that is a quarter, of 24 two fifths (packed a fourteenth smaller), of 8 a sixth."""
_ONE_IN = 24
"""How many paths there are to one at which a bundle may begin."""
_LEVEL = 6
"""zlib's: a fifth less than 1, a twentieth less than 4, which takes half the time."""
_AT_ONCE = 16
"""Bundles in memory."""
_INDEXED = re.compile("search/.+/")
"""What is named by its contents: in the order of names everything would change with each digest."""
_LEFT_OUT = (FOLDER, "feeds/", "data/", "sitemap", "robots.txt", "404.html", WORKER)
"""What only programs ask for, but for the page that describes it."""
_CHARACTERS = 3
"""Of each file in a bundle that goes by no paths its manifest has as much of a hash, in base64: of
20,000 papers and their cards one in ten shares it, and then two bundles are looked at."""
_FRAME = (b"<title>", b"<a class=skip", b"<main", b"</main>")
"""What is a page's own stands between the first two and the last two; the rest is the same on most
pages of a folder, and in a bundle once."""
_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
Mark = tuple[bytes, int]
"""What tells a file from any other: the hash of its contents, and how many bytes they are."""
Frame = tuple[bytes, bytes, bytes]
"""What pages of a folder begin with, their masthead, and what they end with."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Some files that follow each other."""

    name: str
    paths: tuple[str, ...]
    by_path: bool
    """Whether they do by their paths: else by papers' numbers, or as the index has them."""

    @property
    def path(self) -> str:
        """Below the base folder."""
        return f"{FOLDER}{self.name}.bin"


def mark_of(data: bytes) -> Mark:
    """Mark the contents of a file."""
    return hashlib.sha256(data).digest(), len(data)


class Bundler:
    """Notes what a build writes, and packs it at the end."""

    def __init__(self) -> None:
        self._files: dict[str, Mark] = {}

    def note(self, path: str, mark: Mark) -> None:
        """Remember a file by its path below the base folder, unless only programs ask for it."""
        if not path.startswith(_LEFT_OUT) or path.endswith("/index.html"):
            self._files[path] = mark

    def forget(self, path: str) -> None:
        """Leave out a file that is gone again."""
        self._files.pop(path, None)

    def bundles(self, numbers: Mapping[str, int]) -> Iterator[Bundle]:
        """Divide all noted files; `numbers` are those of papers' pages."""
        from ..search.cards import last_number  # noqa: PLC0415 - numpy comes with it

        spans: dict[int, list[tuple[int, str]]] = {}
        indexed: list[str] = []
        others: list[str] = []
        for path in self._files:
            number = numbers.get(path)
            if number is None:
                number = last_number(path)
            if number is not None:
                spans.setdefault(number // SPAN, []).append((number, path))
            else:
                (indexed if _INDEXED.match(path) else others).append(path)
        for _, span in sorted(spans.items()):
            yield self._bundle([path for _, path in sorted(span)], by_path=False)
        for paths in self._cut(indexed):
            yield self._bundle(paths, by_path=False)
        for paths in self._cut(sorted(others)):
            yield self._bundle(paths, by_path=True)

    def _cut(self, paths: Iterable[str]) -> Iterator[list[str]]:
        held: list[str] = []
        size = 0
        for path in paths:
            begins = zlib.crc32(path.encode()) % _ONE_IN == 0
            if (begins and size >= SMALLEST) or size >= LARGEST:
                yield held
                held, size = [], 0
            held.append(path)
            size += self._files[path][1]
        if held:
            yield held

    def _bundle(self, paths: list[str], *, by_path: bool) -> Bundle:
        name = bundle_name((path, self._files[path][0]) for path in paths)
        return Bundle(name, tuple(paths), by_path)

    def pack(
        self,
        keep: Callable[[str], int | None],
        read: Callable[[str], bytes],
        write: Callable[[str, bytes], object],
        numbers: Mapping[str, int],
    ) -> None:
        """Write the bundles, and the manifest that names them.

        Args:
            numbers: papers' numbers, by the paths of their pages.
            keep: takes over what the last build published at a path, and gives how many bytes that
                is; ``None`` where there is nothing.
            read: gives a file that was noted.
            write: writes a file. All paths are relative to the base folder.
        """
        bundles = list(self.bundles(numbers))
        sizes: dict[str, int] = {}
        fresh = []
        for bundle in bundles:
            if size := keep(bundle.path):
                sizes[bundle.path] = size
            else:
                fresh.append(bundle)
        with ThreadPoolExecutor(2) as threads:
            for start in range(0, len(fresh), _AT_ONCE):
                some = fresh[start : start + _AT_ONCE]
                # zlib lets go of the interpreter's lock: reading goes on meanwhile.
                contents = threads.map(zlib_of, (packing(bundle, read) for bundle in some))
                for bundle, data in zip(some, contents, strict=True):
                    write(bundle.path, data)
                    sizes[bundle.path] = len(data)
        write(MANIFEST, self._manifest(bundles, sizes))

    def _manifest(self, bundles: Iterable[Bundle], sizes: dict[str, int]) -> bytes:
        rows = [
            [bundle.name, sizes[bundle.path], *where(bundle.paths, by_path=bundle.by_path)]
            for bundle in bundles
        ]
        value = {"version": VERSION, "files": len(self._files), "bundles": rows}
        return (_compact(value) + "\n").encode()


def where(paths: Sequence[str], *, by_path: bool) -> tuple[str, ...]:
    """Say what a bundle has: its first path, or none and a bit of the hash of every path."""
    return (paths[0],) if by_path else ("", "".join(map(_bit, paths)))


def _bit(path: str) -> str:
    return b64encode(zlib.crc32(path.encode()).to_bytes(4))[:_CHARACTERS].decode()


def bundle_name(files: Iterable[tuple[str, bytes]]) -> str:
    """Name a bundle by its files' paths and the SHA-256 hashes of their contents."""
    state = hashlib.sha256(b"%d %d" % (VERSION, _LEVEL))
    for path, digest in files:
        state.update(b"%b\0%b" % (path.encode(), digest))
    return state.hexdigest()[:NAME_LENGTH]


def packing(bundle: Bundle, read: Callable[[str], bytes]) -> bytes:
    """Give a bundle before it is packed: before each file a line of JSON with path and size.

    The first page of a folder has four places more: where its title begins and its masthead, where
    that ends, and where the page's own ends. What stands before, between the second and the third,
    and after is its frame, left out of the others that have the same: they have two numbers more,
    where in the bundle that first page's line begins, and where their masthead was. Result cards
    are in it unpacked: what is packed twice takes a third more, and the page beside has their text.
    """
    from ..search.cards import plain  # noqa: PLC0415 - see `Bundler.bundles`

    parts: list[bytes] = []
    at = 0
    frames: dict[str, tuple[int, Frame]] = {}
    for path in bundle.paths:
        data = plain(path, read(path))
        folder = path.rpartition("/")[0]
        more: tuple[int, ...] = ()
        if path.endswith(".html"):
            if folder in frames:
                first, frame = frames[folder]
                data, *masthead = _folded(data, frame)
                more = (first, *masthead) if masthead else ()
            elif more := _places(data):
                frames[folder] = at, _frame(data, more)
        parts += [_compact([path, len(data), *more]).encode(), b"\n", data]
        at += sum(map(len, parts[-3:]))
    return b"".join(parts)


def _places(page: bytes) -> tuple[int, ...]:
    """Give where a page is its own; nothing if it is not made as the others are."""
    title, skip, main, end = map(page.find, _FRAME)
    return (title, skip, main, end) if 0 < title < skip < main < end else ()


def _frame(page: bytes, places: Iterable[int]) -> Frame:
    title, skip, main, end = places
    return page[:title], page[skip:main], page[end:]


def _folded(page: bytes, frame: Frame) -> tuple[bytes, int] | tuple[bytes]:
    """Take a frame out of a page, and give where its middle was; the page alone without it."""
    begin, middle, end = frame
    at = page.find(middle, len(begin))
    if at < 0 or not page.startswith(begin) or not page.endswith(end, at + len(middle)):
        return (page,)
    own = page[len(begin) : at]
    return own + page[at + len(middle) : len(page) - len(end)], len(own)


def unpacked(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Give the files of a bundle that is no longer packed.

    Raises:
        ValueError, TypeError, LookupError: when it is none.
    """
    frames: dict[int, Frame] = {}
    at = 0
    while at < len(data):
        start, end = at, data.index(b"\n", at)
        path, size, *more = json.loads(data[at:end])
        at = end + 1 + size
        page = data[end + 1 : at]
        if len(page) != size:
            raise ValueError(f"{path} is cut off")
        if len(more) == len(_FRAME):
            frames[start] = _frame(page, more)
        elif more:
            first, masthead = more
            begin, middle, close = frames[first]
            page = b"".join([begin, page[:masthead], middle, page[masthead:], close])
        yield path, page


def zlib_of(data: bytes) -> bytes:
    """Pack as a browser's `DecompressionStream("deflate")` unpacks (RFC 1950)."""
    return zlib.compress(data, _LEVEL)


def worker_script(*, offline: bool) -> bytes:
    """Give the service worker's own file, which only names where the rest of it is.

    Where reading offline is switched off it is one that takes itself and what it kept away.
    """
    return b'importScripts("assets/offline/%b.js");\n' % (b"worker" if offline else b"leaving")

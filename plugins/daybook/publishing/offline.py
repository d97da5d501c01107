"""What a reader's browser needs to keep the whole archive: its pages in a few hundred packed files.

Twenty thousand pages one by one take minutes; as bundles they are a download. A bundle holds files
whose paths follow each other, cut where paths alone say so, and is named by a hash of what it
holds: a returning reader fetches those that changed, and a build packs only those. They add about a
fifth to the site. `theme/static/offline/worker.js` reads them.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from ..search.cards import plain

FOLDER = "offline/"
MANIFEST = f"{FOLDER}manifest.json"
WORKER = "service-worker.js"
"""At the base folder, since a worker answers for its own folder and those below."""
VERSION = 2
NAME_LENGTH = 12
SMALLEST, LARGEST = 48_000, 400_000
"""Bytes of a bundle before it is packed: cut from the first on where a path allows, at the second
wherever it is."""
_ONE_IN = 24
"""How many paths there are to one at which a bundle may begin."""
_LEVEL = 6
"""zlib's: a fifth less than 1, a twentieth less than 4, which takes half the time."""
_AT_ONCE = 16
"""Bundles in memory."""
_LEFT_OUT = (FOLDER, "feeds/", "data/", "sitemap", "robots.txt", "404.html", WORKER)
"""What only programs ask for, but for the page that describes it."""
Mark = tuple[bytes, int]
"""What tells a file from any other: the hash of its contents, and how many bytes they are."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Some files whose paths follow each other."""

    name: str
    paths: tuple[str, ...]

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

    def bundles(self) -> Iterator[Bundle]:
        """Divide all noted files, in the order of their paths."""
        held: list[str] = []
        size = 0
        for path in sorted(self._files):
            begins = zlib.crc32(path.encode()) % _ONE_IN == 0
            if (begins and size >= SMALLEST) or size >= LARGEST:
                yield self._bundle(held)
                held, size = [], 0
            held.append(path)
            size += self._files[path][1]
        if held:
            yield self._bundle(held)

    def _bundle(self, paths: list[str]) -> Bundle:
        name = bundle_name((path, self._files[path][0]) for path in paths)
        return Bundle(name, tuple(paths))

    def pack(
        self,
        kept: Callable[[str], bytes | None],
        read: Callable[[str], bytes],
        write: Callable[[str, bytes], object],
    ) -> None:
        """Write the bundles, and the manifest that names them.

        Args:
            kept: gives the file that the last build published at a path, if there is one.
            read: gives a file that was noted.
            write: writes a file. All paths are relative to the base folder.
        """
        bundles = list(self.bundles())
        sizes: dict[str, int] = {}
        with ThreadPoolExecutor(2) as threads:
            for start in range(0, len(bundles), _AT_ONCE):
                some = bundles[start : start + _AT_ONCE]
                packed = {bundle.path: kept(bundle.path) for bundle in some}
                fresh = [bundle for bundle in some if not packed[bundle.path]]
                # zlib lets go of the interpreter's lock: reading goes on meanwhile.
                contents = threads.map(zlib_of, (packing(bundle, read) for bundle in fresh))
                packed.update(zip((bundle.path for bundle in fresh), contents, strict=True))
                for path, data in packed.items():
                    if data:
                        write(path, data)
                        sizes[path] = len(data)
        write(MANIFEST, self._manifest(bundles, sizes))

    def _manifest(self, bundles: Iterable[Bundle], sizes: dict[str, int]) -> bytes:
        rows = [[bundle.name, sizes[bundle.path], bundle.paths[0]] for bundle in bundles]
        value = {"version": VERSION, "files": len(self._files), "bundles": rows}
        return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def bundle_name(files: Iterable[tuple[str, bytes]]) -> str:
    """Name a bundle by its files' paths and the SHA-256 hashes of their contents."""
    state = hashlib.sha256(b"%d %d" % (VERSION, _LEVEL))
    for path, digest in files:
        state.update(b"%b\0%b" % (path.encode(), digest))
    return state.hexdigest()[:NAME_LENGTH]


def packing(bundle: Bundle, read: Callable[[str], bytes]) -> bytes:
    """Give a bundle before it is packed: paths and sizes as a line of JSON, then the files.

    Result cards are in it unpacked: what is packed twice takes a third more.
    """
    contents = [plain(path, read(path)) for path in bundle.paths]
    head = [[path, len(data)] for path, data in zip(bundle.paths, contents, strict=True)]
    line = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    return b"".join([line, b"\n", *contents])


def zlib_of(data: bytes) -> bytes:
    """Pack as a browser's `DecompressionStream("deflate")` unpacks (RFC 1950)."""
    return zlib.compress(data, _LEVEL)


def worker_script(*, offline: bool) -> bytes:
    """Give the service worker's own file, which only names where the rest of it is.

    Where reading offline is switched off it is one that takes itself and what it kept away.
    """
    return b'importScripts("assets/offline/%b.js");\n' % (b"worker" if offline else b"leaving")

"""What a build wrote: the list that tells its own files from those of other hands.

It says what each of them held, too, so that whoever has the folder later can tell whether that is
what was built.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping
from pathlib import Path

from ..plain_files import keep, read_plain

MANIFEST = ".daybook-manifest"
"""Its name in the output folder. It lists paths and what tells contents apart, and nothing else: no
time, no machine."""
COPY = "last-site.manifest"
"""Its copy's name in the cache: one, of the last site, for an output that has lost its own."""
_DIGITS = 8
NOT_OURS = "-"
"""What the list says of a file that Pelican or a plugin wrote: a keeper's article, an image."""


def told_apart(digest: bytes) -> str:
    """Give what the list says of contents, by their SHA-256: its first 32 bits."""
    return digest.hex()[:_DIGITS]


def render_manifest(contents: Mapping[str, str]) -> bytes:
    """Give the manifest of a site: a JSON object of its paths, sorted, packed (RFC 1950).

    A value is what `told_apart` gives; '' where the build cannot vouch for what is there, as other
    plugins may have written it; `NOT_OURS` where it did not write. Packed it is
    45 bytes for every paper of a large archive.
    """
    # As with `indent=0`, which has an encoder in Python take six times as long.
    text = json.dumps({path: contents[path] for path in sorted(contents)}, separators=(",\n", ": "))
    return zlib.compress(f"{{\n{text[1:-1]}\n}}\n".encode("ascii"))


def read_contents(output: Path) -> dict[str, str]:
    """Give what the last build wrote into `output`, as `render_manifest` takes it.

    Without a readable manifest there is nothing: then every file there is somebody else's, and
    is kept. One that is a list of paths, packed or not, is an older build's.
    """
    try:
        return _contents((output / MANIFEST).read_bytes())
    except OSError:
        return {}


def keep_copy(file: Path, output: Path, manifest: bytes) -> None:
    """Keep a copy of the manifest of `output` in a cache."""
    copy = os.fsencode(output) + b"\n" + manifest
    try:
        if read_plain(file) == copy:
            return
    except OSError:
        pass
    keep(file, copy)


def read_copy(file: Path, output: Path) -> dict[str, str]:
    """Give what a cache says of the last site in `output`, as `read_contents`.

    Something else may have been put there since: only what has these contents is what was built.
    """
    try:
        whose, _, manifest = read_plain(file).partition(b"\n")
    except OSError:
        return {}
    return _contents(manifest) if whose == os.fsencode(output) else {}


def _contents(found: bytes) -> dict[str, str]:
    try:
        data = json.loads(found if found.startswith(b"[") else zlib.decompress(found))
    except (ValueError, RecursionError, zlib.error):
        return {}
    if isinstance(data, list):
        data = dict.fromkeys((path for path in data if isinstance(path, str)), "")
    if not isinstance(data, dict):
        return {}
    return {path: said if isinstance(said, str) else "" for path, said in data.items()}


def read_manifest(output: Path) -> frozenset[str]:
    """Give the paths that the last build wrote into `output`, relative to it, and the manifest's.

    Without a readable manifest there are none.
    """
    paths = read_contents(output)
    return frozenset((*paths, MANIFEST)) if paths else frozenset()

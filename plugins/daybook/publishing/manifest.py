"""What a build wrote: the list that tells its own files from those of other hands."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from pathlib import Path

MANIFEST = ".daybook-manifest"
"""Its name in the output folder. It lists paths and nothing else: no time, no machine."""


def render_manifest(paths: Iterable[str]) -> bytes:
    """Give the manifest of a site: a JSON list, one path a line, sorted, packed (RFC 1950).

    Plain it is 150 bytes for every paper of a large archive, packed 33.
    """
    return zlib.compress((json.dumps(sorted(paths), indent=0) + "\n").encode("ascii"))


def read_manifest(output: Path) -> frozenset[str]:
    """Give the paths that the last build wrote into `output`, relative to it.

    Without a readable manifest there are none: then every file there is somebody else's, and
    is kept. One that is not packed is an older build's.
    """
    try:
        found = (output / MANIFEST).read_bytes()
        data = json.loads(found if found.startswith(b"[") else zlib.decompress(found))
    except (OSError, ValueError, RecursionError, zlib.error):
        return frozenset()
    if not isinstance(data, list):
        return frozenset()
    return frozenset(path for path in data if isinstance(path, str)) | {MANIFEST}

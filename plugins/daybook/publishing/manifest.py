"""What a build wrote: the list that tells its own files from those of other hands."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

MANIFEST = ".daybook-manifest"
"""Its name in the output folder. It lists paths and nothing else: no time, no machine."""


def render_manifest(paths: Iterable[str]) -> bytes:
    """Give the manifest of a site: a JSON list, one path a line, sorted."""
    return (json.dumps(sorted(paths), indent=0) + "\n").encode("ascii")


def read_manifest(output: Path) -> frozenset[str]:
    """Give the paths that the last build wrote into `output`, relative to it.

    Without a readable manifest there are none: then every file there is somebody else's, and
    is kept.
    """
    try:
        data = json.loads((output / MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return frozenset()
    if not isinstance(data, list):
        return frozenset()
    return frozenset(path for path in data if isinstance(path, str)) | {MANIFEST}

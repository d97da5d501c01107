"""What the last build rendered, from which facts: what is the same is taken over, not made again.

The cache has, for every file that was made as a draft, the key of its facts, the hash of its bytes,
and what the file looked like once it was published. A file is taken over if its key is the same and
if the published one still has these bytes: if it looks as it did (an edit that keeps size and time
stamp changes the time of the inode's last change, which cannot be set), or else if they hash alike.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from ..archive.cache import Cache
from .offline import Mark, mark_of
from .staging import Stage

NAME = "site"
"""The cache's."""
CODE = ("archive", "catalogue", "digests", "learning", "maths", "publishing")
"""The packages that decide what a page says."""
_KIND = "files"
Look = tuple[int, int, int]


class Reuse:
    """The files of the last build, and those of this one for the next."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._before, self._now = cache.kind(_KIND)
        self._made: dict[str, tuple[bytes, Mark]] = {}

    def recall(self, path: str, key: bytes, stage: Stage) -> Mark | None:
        """Give the mark of a published file if it is what would be made from the facts of `key`."""
        known = self._before.get(path)
        if known is None or known[0] != key:
            return None
        _, digest, size, look = known
        status = stage.last.status(path)
        if status is None or status.st_size != size:
            return None
        if _look_of(status) != look:
            data = stage.last.read(path)
            if data is None or mark_of(data) != (digest, size):
                return None
        return digest, size

    def knows(self, path: str) -> bool:
        """Tell whether the last build made a file from a draft, whatever of it is left."""
        return path in self._before

    def note(self, path: str, key: bytes, mark: Mark) -> None:
        """Note a file of this build."""
        self._made[path] = key, mark

    def remember(self, files: Mapping[str, tuple[Any, ...]]) -> None:
        """Keep what was noted, as it lies in the published site, for the next build."""
        for path, (key, (digest, size)) in self._made.items():
            look = files.get(path)
            if look is not None and look[2] == size:
                self._now[path] = (key, digest, size, look[3:])
        self._cache.save()


def _look_of(status: os.stat_result) -> Look:
    """Give what changes with every edit of a file."""
    return status.st_mtime_ns, status.st_ctime_ns, status.st_ino

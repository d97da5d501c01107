"""The site that the last build published, while the next one is being written beside it."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from . import manifest as manifests

_LOOK = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK


class LastSite:
    """What lies in the output folder, asked for one path at a time; nothing of it is changed."""

    def __init__(self, output: Path, copy: Path | None = None) -> None:
        """Look at `output`; `copy` is where a cache keeps a copy of its manifest."""
        self._output = output
        self._copy = copy
        self._folders = {"": output.is_dir()}

    @cached_property
    def contents(self) -> Mapping[str, str]:
        """What the build that wrote it says of its files, as `manifest.read_contents` gives it."""
        return manifests.read_contents(self._output)

    def status(self, path: str) -> os.stat_result | None:
        """Look at a file, if it is an ordinary one in its place."""
        if not self._is_folder(path.rpartition("/")[0]):
            return None
        try:
            status = os.lstat(f"{self._output}/{path}")
        except OSError:
            return None
        return status if stat.S_ISREG(status.st_mode) else None

    def read(self, path: str) -> bytes | None:
        """Read a file, if there is one."""
        try:
            return (self._output / path).read_bytes()
        except OSError:
            return None

    def holds(self, path: str, data: bytes) -> bool:
        """Tell whether a file has just these bytes, and is reached through no link."""
        if not self._is_folder(path.rpartition("/")[0]):
            return False
        try:
            descriptor = os.open(f"{self._output}/{path}", _LOOK)
        except OSError:
            return False
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode) or status.st_size != len(data):
                return False
            with os.fdopen(descriptor, "rb", buffering=0, closefd=False) as file:
                return file.readall() == data
        finally:
            os.close(descriptor)

    def built(self) -> Callable[[str], bool]:
        """Give what tells of a path whether an earlier build wrote it.

        Where the manifest is lost, the cache's copy tells, of files that are what it says: somebody
        else may have put a site in the place of that one.
        """
        if self.contents:
            return frozenset((*self.contents, manifests.MANIFEST)).__contains__
        if self._copy is None:
            return self.contents.__contains__
        copied = manifests.read_copy(self._copy, self._output)

        def is_as_told(path: str) -> bool:
            said, data = copied.get(path), self.read(path) if path in copied else None
            return data is not None and manifests.told_apart(sha256(data).digest()) == said

        return is_as_told

    def keep_copy(self, manifest: bytes) -> None:
        """Keep a copy of the manifest of the site that has just been published here."""
        if self._copy is not None:
            manifests.keep_copy(self._copy, self._output, manifest)

    def _is_folder(self, relative: str) -> bool:
        """Tell whether there is a folder, and no link on the way to it."""
        known = self._folders.get(relative)
        if known is None:
            known = self._is_folder(relative.rpartition("/")[0])
            folder = self._output / relative
            known = known and folder.is_dir() and not folder.is_symlink()
            self._folders[relative] = known
        return known

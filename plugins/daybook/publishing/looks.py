"""What files look like from outside, so that a change shows although nothing is read.

A file counts as unchanged while its name, kind, size, inode and both times are; the time of the
last change of an inode cannot be set, so that an edit which keeps size and time is seen.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import stat
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..archive.folder import Put

_TOO_FRESH = 50_000_000
"""Nanoseconds in which a second edit might leave a file's times as they are."""
_NAMED_BY_US = {"__pycache__"}
Look = tuple[str, int, int, int, int, int]
"""A file's name, mode, size, the times of its last change and of its inode's, and the inode."""


class UnsureError(Exception):
    """Something that cannot be told without building."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What a site is made from."""

    others: str
    """A hash of how all looks that is not in the papers folder."""
    papers: dict[str, Look]
    """What is in the papers folder, by path in it."""

    @classmethod
    def as_they_are(
        cls,
        roots: Iterable[Path],
        papers: str,
        left_out: frozenset[str],
        put: Collection[str] = (),
    ) -> Sources:
        """Look at files and folders; `papers` is the path of the papers folder among them.

        `left_out` are paths that no site is made from.

        Raises:
            UnsureError: where a file has only just been written, but for what this build `put` in
                the papers folder: the next one might not tell an edit of it.
            OSError: for a folder that cannot be listed.
        """
        state = blake2b(digest_size=16)
        pages: dict[str, Look] = {}
        now = time.time_ns()
        for folder, files in (found for root in roots for found in look(root, left_out)):
            if f"{folder}/".startswith(f"{papers}/"):
                inside = f"{folder}/"[len(papers) + 1 :]
                pages.update((inside + file[0], file) for file in files)
                continue
            others = [file for file in files if f"{folder}/{file[0]}" != papers]
            others += _behind_links(folder, others)
            state.update(marshal.dumps((folder, others), 2))
            _check_age(others, now)
        _check_age((file for path, file in pages.items() if path not in put), now)
        return cls(state.hexdigest(), pages)

    def told(self) -> str:
        """Give a hash of it all."""
        pages = marshal.dumps(sorted(self.papers.items()), 2)
        return blake2b(self.others.encode() + pages, digest_size=16).hexdigest()

    def became(self, now: Sources, put: Mapping[str, Put | None]) -> bool:
        """Tell whether nothing was changed since but what a build `put` in the papers folder.

        `put` has what each file is known by, by its path; ``None`` for what was removed.
        """
        parents = {str(parent) for path in put for parent in PurePosixPath(path).parents}

        def is_ours(path: str) -> bool:
            file = now.papers.get(path)
            if path in put:
                return (file and (file[2], file[3], file[5])) == put[path]
            return file is not None and stat.S_ISDIR(file[1]) and path in parents

        either = self.papers.keys() | now.papers.keys()
        differing = {path for path in either if self.papers.get(path) != now.papers.get(path)}
        return self.others == now.others and all(map(is_ours, differing | put.keys()))


def _behind_links(folder: str, files: Iterable[Look]) -> list[Look]:
    """Look at the files that links lead to.

    Raises:
        UnsureError: where one leads to a folder.
    """
    found = []
    for name in [file[0] for file in files if stat.S_ISLNK(file[1])]:
        with contextlib.suppress(FileNotFoundError):
            target = Path(folder, name).stat()
            if stat.S_ISDIR(target.st_mode):
                raise UnsureError(f"{name} leads to a folder")
            found.append(_look_of(name, target))
    return found


def _check_age(files: Iterable[Look], now: int) -> None:
    """Look whether an edit of any file would show in its times.

    Raises:
        UnsureError: for one that was written too lately.
    """
    if any(now - _TOO_FRESH < file[4] <= now for file in files):
        raise UnsureError("a source has only just been written")


def look(root: Path, left_out: frozenset[str]) -> Iterator[tuple[str, list[Look]]]:
    """Give what all folders hold below one, that one first, links not followed, in a fixed order.

    A `root` that is not there gives nothing, one that is a file itself.

    Raises:
        OSError: for a folder that cannot be listed.
    """
    try:
        status = root.lstat()
    except FileNotFoundError:
        return
    yield str(root.parent), [_look_of(root.name, status)]
    waiting = [str(root)] if stat.S_ISDIR(status.st_mode) else []
    while waiting:
        folder = waiting.pop()
        found = []
        with os.scandir(folder) as listing:
            for entry in listing:
                if entry.path in left_out or entry.name in _NAMED_BY_US:
                    continue
                found.append(_look_of(entry.name, entry.stat(follow_symlinks=False)))
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
        found.sort()
        waiting.sort()
        yield folder, found


def _look_of(name: str, status: os.stat_result) -> Look:
    """Give what is compared of a file; of a folder only that it is there, and what it allows."""
    mode = status.st_mode
    if stat.S_ISDIR(mode):
        return name, mode, 0, 0, 0, 0
    return name, mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino

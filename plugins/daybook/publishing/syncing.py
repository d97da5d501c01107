"""What was written reaches the disk before the site is exchanged.

Without it a power cut after the exchange could leave a new site of empty files.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Sequence
from pathlib import Path

_FEW = 64
"""Up to so many files are synced one by one, more by one sync of their file system: on ext4
`fsync` of 10,000 small files takes 20 s and more, `syncfs` under one."""


def sync(files: Sequence[Path | str], folders: Sequence[Path | str]) -> None:
    """Force files, and the names that folders list, to the disk; all on one file system.

    Raises:
        OSError: when the disk is full or failing.
    """
    every = [*files, *folders]
    if len(every) > _FEW and _sync_file_system(every[-1]):
        return
    for path in every:
        sync_one(path)


def sync_one(path: Path | str) -> None:
    """Force one file, or one folder's list of names, to the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_file_system(folder: Path | str) -> bool:
    """Sync the file system of `folder`; false where the C library cannot."""
    try:
        syncfs = ctypes.CDLL(None, use_errno=True).syncfs
    except (AttributeError, OSError):
        return False
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if syncfs(descriptor) != 0:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), str(folder))
    finally:
        os.close(descriptor)
    return True

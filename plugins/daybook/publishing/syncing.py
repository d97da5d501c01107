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


def sync(folder: Path, files: Sequence[str]) -> None:
    """Force files, and the names that a folder and those below it list, to the disk.

    Raises:
        OSError: when the disk is full or failing.
    """
    if len(files) > _FEW and _sync_file_system(folder):
        return
    folders = [where for where, _, _ in os.walk(folder)]
    if len(folders) > _FEW and _sync_file_system(folder):
        return
    for path in (*files, *folders):
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

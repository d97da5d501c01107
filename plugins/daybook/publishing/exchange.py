"""The moment of publishing: one folder takes another's place."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from .locking import FolderLock

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
"""From ``linux/fs.h``; see https://man7.org/linux/man-pages/man2/rename.2.html"""
_UNSUPPORTED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM}
"""What kernels and file systems answer that cannot exchange (EPERM: some sandboxes)."""


def _find_renameat2() -> Callable[[bytes, bytes], int] | None:
    """Give ``renameat2(old, new)`` with the exchange flag, where the C library has it."""
    try:
        function = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return None
    function.argtypes = (
        ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint
    )  # fmt: skip

    def swap(old: bytes, new: bytes) -> int:
        result: int = function(_AT_FDCWD, old, _AT_FDCWD, new, _RENAME_EXCHANGE)
        return result

    return swap


_swap = _find_renameat2()


def retired_folder(output: Path) -> Path:
    """Name the folder that holds the old site while the file system cannot exchange."""
    return output.with_name(f".{output.name}.old")


def exchange(stage: Path, output: Path) -> Path | None:
    """Put `stage` in the place of `output`; give the folder that now holds the old site.

    Where there is no output yet a plain rename does it. Otherwise the two are exchanged in one
    step, so that at every moment `output` is the old site or the new one, whole. A file system
    that cannot do so gets two renames; `repair` undoes a crash between them. The caller holds
    both folders.

    Raises:
        OSError: with both folders where they were.
    """
    if not output.exists():
        stage.rename(output)
        return None
    if _swap is not None:
        if _swap(os.fsencode(stage), os.fsencode(output)) == 0:
            return stage
        code = ctypes.get_errno()
        if code not in _UNSUPPORTED:
            raise OSError(code, os.strerror(code), str(output))
    retired = retired_folder(output)
    if retired.is_dir():
        shutil.rmtree(retired)
    output.rename(retired)
    try:
        stage.rename(output)
    except BaseException:
        retired.rename(output)
        raise
    return retired


def repair(output: Path) -> None:
    """Undo what a crash in the middle of `exchange` left; to be called with the stage held.

    The old site comes back when the output is missing, else what is left of it goes.

    Raises:
        OSError: when the folders cannot be changed.
    """
    retired = retired_folder(output)
    if not retired.is_dir():
        return
    if not os.path.lexists(output):
        retired.rename(output)
        return
    with contextlib.suppress(FileNotFoundError):
        lock = FolderLock.attempt(retired)
        if lock is not None:  # else its build is still removing it
            try:
                shutil.rmtree(retired)
            finally:
                lock.release()

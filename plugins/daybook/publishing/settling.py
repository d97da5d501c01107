"""What the new site keeps of the old one: files that are the same, and files of other hands."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..errors import PublishError
from .manifest import MANIFEST
from .tree import Tree

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Settlement:
    """How the staged site differs from the published one; paths relative to the site."""

    written: tuple[str, ...]
    """New, or with other bytes than before."""
    unchanged: int
    removed: tuple[str, ...]
    """Written by an earlier build and no longer by this one, or not to be kept."""
    carried: tuple[str, ...]
    """Put into the output folder by other hands, and kept there."""
    overruled: tuple[str, ...]
    """Of other hands too, but where this build needs a folder or a file of its own."""


def settle(
    stage: Path, old: Path, staged: Tree, published: Tree, keeps: Callable[[str], bool]
) -> Settlement:
    """Link into `stage` what is the same in `old`, and what other hands put there.

    A link leaves an unchanged file's time stamps and inode as they were; the bytes of the site
    are those of a build from nothing. `keeps` tells by its path whether what only the old site
    has stays.

    Raises:
        PublishError: when a foreign file can be neither linked nor copied.
        OSError: when the disk is full or failing.
    """
    written = []
    for path, status in staged.files.items():
        before = published.regular(path)
        if (
            before is None
            or not stat.S_ISREG(status.st_mode)
            or before.st_size != status.st_size
            or not _same_bytes(stage / path, old / path)
        ):
            written.append(path)
        else:
            _link_over(old / path, stage / path, stage / (MANIFEST + ".link"))
    carried, overruled, removed = [], [], []
    for path in (*published.files, *published.empty_folders):
        if path in staged.files or path == MANIFEST:
            continue
        if not keeps(path):
            removed.append(path)
        elif _carry(old / path, stage / path):
            carried.append(path)
        else:
            overruled.append(path)
    return Settlement(
        tuple(written),
        len(staged.files) - len(written),
        tuple(removed),
        tuple(carried),
        tuple(overruled),
    )


def _same_bytes(one: Path, other: Path) -> bool:
    """Compare two files of the same size; an unreadable old file counts as different."""
    with one.open("rb") as first:
        try:
            second = other.open("rb")
        except PermissionError:
            return False
        with second:
            while chunk := first.read(_CHUNK):
                if chunk != second.read(_CHUNK):
                    return False
            return True


def _link_over(old: Path, new: Path, between: Path) -> None:
    """Make `new` another name of `old`; where links are impossible `new` stays as written."""
    try:
        os.link(old, between, follow_symlinks=False)
    except OSError:
        return
    between.replace(new)


def _carry(old: Path, new: Path) -> bool:
    """Take a foreign file or empty folder along; false where the new site has the place."""
    if os.path.lexists(new):
        return False
    try:
        new.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        return False
    if old.is_dir() and not old.is_symlink():
        new.mkdir()
        return True
    with contextlib.suppress(OSError):
        os.link(old, new, follow_symlinks=False)
        return True
    try:
        shutil.copy2(old, new, follow_symlinks=False)
    except (OSError, shutil.Error) as error:
        raise PublishError(f"{old} is not Daybook's and cannot be kept: {error}") from error
    return True

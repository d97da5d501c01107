"""What the new site keeps of the old one: files that are the same, and files of other hands."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from ..errors import PublishError
from .manifest import MANIFEST
from .tree import Tree

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Settlement:
    """How the next site differs from the published one; paths relative to the site, sorted."""

    files: tuple[str, ...]
    """All that this build wrote, be it the same as before."""
    written: tuple[str, ...]
    """Those that are new or have other bytes than before."""
    staged_again: tuple[str, ...]
    """Those that were written to the staging folder with the bytes they had."""
    spared: tuple[str, ...]
    """Those that were found to be the same before they were written."""
    removed: tuple[str, ...]
    """Written by an earlier build and no longer by this one, or not to be kept."""
    foreign: tuple[str, ...]
    """Put into the output folder by other hands: files, links, empty folders."""


def compare(
    staged: Tree, published: Tree, *, spared: Collection[str], keeps: Callable[[str], bool]
) -> Settlement:
    """Find out what has changed, and change nothing.

    `keeps` tells by its path whether what only the old site has stays.

    Raises:
        OSError: when a staged file cannot be read.
    """
    written: list[str] = []
    again: list[str] = []
    for path in sorted(staged.files):
        before = published.regular(path)
        same = (
            before is not None
            and (status := staged.regular(path)) is not None
            and before.st_size == status.st_size
            and _same_bytes(staged.folder / path, published.folder / path)
        )
        (again if same else written).append(path)
    untouched = sorted(path for path in spared if path not in staged.files)
    new = staged.files.keys() | spared | {MANIFEST}
    others = [path for path in (*published.files, *published.empty_folders) if path not in new]
    return Settlement(
        tuple(sorted(staged.files.keys() | spared)),
        tuple(written),
        tuple(again),
        tuple(untouched),
        tuple(sorted(path for path in others if not keeps(path))),
        tuple(sorted(path for path in others if keeps(path))),
    )


def settle(stage: Path, output: Path, settlement: Settlement) -> tuple[str, ...]:
    """Link into `stage` what is the same in `output`, and what other hands put there.

    A link leaves a file's time stamps and inode as they were; the bytes of the site are those of
    a build from nothing. Gives the foreign paths that had to go, because this build needs a
    folder or a file of its own in their place.

    Raises:
        PublishError: when a foreign file can be neither linked nor copied.
        OSError: when the disk is full or failing.
    """
    for path in settlement.staged_again:
        _link_over(output / path, stage / path, stage / (MANIFEST + ".link"))
    folders: set[str] = set()
    for path in settlement.spared:
        parent = path.rpartition("/")[0]
        if parent not in folders:
            (stage / parent).mkdir(parents=True, exist_ok=True)
            folders.add(parent)
        _link_or_copy(f"{output}/{path}", f"{stage}/{path}")
    return tuple(
        path for path in settlement.foreign if not _carry(output / path, stage / path)
    )  # fmt: skip


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


def _link_or_copy(old: Path | str, new: Path | str) -> None:
    """Make `new` another name of `old`, or a copy on a file system without links."""
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:
        shutil.copy2(old, new, follow_symlinks=False)


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
    try:
        _link_or_copy(old, new)
    except (OSError, shutil.Error) as error:
        raise PublishError(f"{old} is not Daybook's and cannot be kept: {error}") from error
    return True

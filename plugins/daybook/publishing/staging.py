"""The one way a site is written: into a folder beside the output, then in one step into its place.

A build that fails or is killed at any moment leaves the last good site whole. Its remains are
one folder, ``.<output>.next``, which the next build clears away.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ..commands import uninterrupted
from ..errors import PublishError
from .exchange import exchange, repair
from .explained import explained, refused
from .last_site import LastSite
from .locking import FolderLock
from .manifest import MANIFEST, NOT_OURS, render_manifest, told_apart
from .paths import clashing, site_path
from .settling import Settlement, compare, settle
from .syncing import sync, sync_one
from .tree import Tree, check_output

_OTHER_REMOVAL = 60
"""Seconds to wait for an earlier build that is still removing its old site."""


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did."""

    sizes: Mapping[str, int]
    """Of every file of the site, those of other hands included, by path; in bytes."""
    files: int
    """All files of this build, the manifest apart."""
    pages: int
    """How many of them are HTML pages."""
    pages_written: int
    """How many pages are new or have changed."""
    removed: tuple[str, ...]
    """What an earlier build wrote and this one did not."""
    overruled: tuple[str, ...]
    """Files that no build is known to have written, that were in the way of what Daybook wrote or
    of a folder, and are gone; sorted."""
    clashing: tuple[tuple[str, str], ...] = ()
    """Files of other hands with others of the site that some file systems take for the same."""


def keep_everything(path: str) -> bool:
    """Keep every file of other hands: what a build does unless told otherwise."""
    return bool(path)


class Stage:
    """The next site while it is being written, held against every other build."""

    def __init__(
        self, output: Path, lock: FolderLock, notice: Callable[[str], None], copy: Path | None
    ) -> None:
        self.output = output
        self.last = LastSite(output, copy)
        """What the last build published."""
        self.folder = lock.folder
        self._lock: FolderLock | None = lock
        self._notice = notice
        self._folders = {""}
        self._names: dict[str, str] = {}
        self._written: set[str] = set()
        self._spared: set[str] = set()
        self._folders_there: dict[str, bool] = {}
        self._marks: dict[str, tuple[bytes, int]] = {}

    @classmethod
    def open(
        cls,
        output: Path,
        *,
        sources: Sequence[Path] = (),
        wait: float = 60,
        notice: Callable[[str], None] = lambda _: None,
        copy: Path | None = None,
    ) -> Stage:
        """Hold the output folder for a new build, and clear away what a killed one left.

        `sources` are folders the site is made from. Another build into the same folder is waited
        for up to `wait` seconds; `notice` is told so. `copy` is a file of the cache for what tells
        which files of the output an earlier build wrote, where the output has lost that.

        Raises:
            PublishError: when the output cannot be replaced, or another build takes longer.
        """
        try:
            output = output.resolve()
        except RuntimeError as error:
            raise PublishError(f"{output} is a link that leads to itself") from error
        with explained(output):
            check_output(output, sources)
        folder = output.with_name(f".{output.name}.next")
        with explained(folder):
            lock = FolderLock.wait(folder, wait, notice, create=True)
            stage = cls(output, lock, notice, copy)
            try:
                stage._clear()
                repair(output)
            except BaseException:
                stage.discard()
                raise
        return stage

    @property
    def is_open(self) -> bool:
        """Whether the site is still being written: neither published nor discarded."""
        return self._lock is not None

    def write(self, path: str, data: bytes, *, spare: bool = False) -> bool:
        """Write one file of the new site; false where there is one already, which stays.

        With `spare` a file that is the same in the published site is not written, and appears in
        the staging folder only when it is published: most files of most builds, and much faster.

        Raises:
            PublishError: for a path that is not safe (see `site_path`), that was written before
                (be it in other case), or that leads through a link; and when the disk is full.
        """
        name = site_path(path)
        target = f"{self.folder}/{name}"  # a Path costs as much as the look at the old file
        self._claim(name)
        try:  # `explained` would cost as much as opening a file
            if spare and self.last.holds(name, data):
                if self._has_folder(name.rpartition("/")[0]) and os.path.lexists(target):
                    return False
                self._spared.add(name)
                return True
            self._make_folder(name.rpartition("/")[0])
            return _create(target, data)
        except OSError as error:
            raise refused(target, error) from error

    def spare(self, path: str) -> bool:
        """Take a file over from the published site; false where there is one already, as `write`.

        Raises:
            PublishError: as `write`.
        """
        name = site_path(path)
        self._claim(name)
        if self._has_folder(name.rpartition("/")[0]) and os.path.lexists(f"{self.folder}/{name}"):
            return False
        self._spared.add(name)
        return True

    def adopt(self, path: str, *, spared: bool) -> None:
        """Take over what a forked worker wrote, or spared, in its own copy of this stage.

        Raises:
            PublishError: for a path that another process wrote, too.
        """
        self._claim(path)
        if spared:
            self._spared.add(path)
        else:
            self._make_folder(path.rpartition("/")[0])

    def is_spared(self, path: str) -> bool:
        """Tell whether a file that was written is the published site's own."""
        return path in self._spared

    def vouch(self, path: str, mark: tuple[bytes, int]) -> None:
        """Have the manifest say what a written file holds: the SHA-256 and size of its bytes."""
        self._marks[path] = mark

    def look_again(self) -> Iterator[tuple[str, tuple[bytes, int] | None]]:
        """Give the vouched files that others have written over since, as they are now.

        That is vouched for from now on; ``None`` is given of a file that is gone.
        """
        for path, mark in list(self._marks.items()):
            try:
                data = self.read(path)
            except PublishError:
                del self._marks[path]
                yield path, None
                continue
            now = sha256(data).digest(), len(data)
            if now != mark:
                self._marks[path] = now
                yield path, now

    @contextlib.contextmanager
    def held_by_workers(self) -> Iterator[None]:
        """Let processes forked inside hold the output too, until they end.

        A killed build's worker may be writing a last page while the next one begins.
        """
        with self._lock.shared() if self._lock is not None else contextlib.nullcontext():
            yield

    def read(self, path: str) -> bytes:
        """Read a file that was written before, wherever it is until the site is published."""
        target = f"{self.output if path in self._spared else self.folder}/{path}"
        try:
            with io.FileIO(target) as file:  # a Path, and a buffer, cost as much as to read
                return file.readall()
        except OSError as error:
            raise refused(target, error) from error

    def publish(self, keep: Callable[[str], bool] = keep_everything) -> Published:
        """Exchange the site with the output folder, and remove the old one.

        Files of other hands in the output folder stay there as far as `keep` says so of their
        paths. When nothing has changed the output folder is not touched at all.

        Raises:
            PublishError: with the old site untouched and the staging folder removed.
        """
        try:
            with explained(self.output):
                return self._publish(keep)
        finally:
            self.discard()

    def discard(self) -> None:
        """Remove the staging folder, if it is still there, and let the next build begin."""
        if self._lock is not None:
            with uninterrupted():  # else the library closes a folder twice, and that is the error
                shutil.rmtree(self.folder, ignore_errors=True)
            self._release()  # last: a Ctrl-C on the way leaves the rest to another call

    def _publish(self, keep: Callable[[str], bool]) -> Published:
        staged = Tree.of(self.folder)
        if staged.files.pop(MANIFEST, None) is not None:
            (self.folder / MANIFEST).unlink()
        published = Tree.of(self.output) if self.output.is_dir() else None
        settlement = self._compare(staged, published or Tree.nothing(self.output), keep)
        manifest = render_manifest(
            {path: self._told_apart(staged, path) for path in settlement.files}
        )
        sizes = self._sizes(settlement, staged, published)
        overruled: tuple[str, ...] = ()
        if published is None or not self._is_published(settlement, manifest):
            in_the_way = settle(self.folder, self.output, settlement)
            overruled = tuple(sorted((*in_the_way, *self._replaced(settlement, published))))
            (self.folder / MANIFEST).write_bytes(manifest)
            self._exchange((*settlement.written, MANIFEST))
        self.last.keep_copy(manifest)
        others = [path for path in staged.files if path not in self._written]
        return Published(
            sizes,
            len(settlement.files),
            sum(path.endswith(".html") for path in settlement.files),
            sum(path.endswith(".html") for path in settlement.written),
            settlement.removed,
            overruled,
            tuple(clashing(self._names, (*others, *settlement.foreign))),
        )

    def _sizes(self, settlement: Settlement, *trees: Tree | None) -> dict[str, int]:
        """Give the size of every file that will be there; none of links of other hands."""
        sizes: dict[str, int] = {}
        for path in (*settlement.files, *settlement.foreign):
            found = (tree.regular(path) for tree in trees if tree is not None)
            if mark := self._marks.get(path):
                sizes[path] = mark[1]
            elif there := next(filter(None, found), None):
                sizes[path] = there.st_size
        return sizes

    def _told_apart(self, staged: Tree, path: str) -> str:
        """Say what a file holds, unless somebody has written over it since, or in our place."""
        if path not in self._written:
            return NOT_OURS
        digest, size = self._marks.get(path, (b"", -1))
        there = staged.regular(path)
        return told_apart(digest) if there is None or there.st_size == size else ""

    def _compare(self, staged: Tree, published: Tree, keep: Callable[[str], bool]) -> Settlement:
        """Find out what the new site has in common with the old one."""
        if published.read_only_folders:
            where = self.output / published.read_only_folders[0]
            raise PublishError(f"{where} is read-only. Make it writable, or choose another output.")
        is_ours = self.last.built()
        return compare(
            staged,
            published,
            spared=self._spared,
            keeps=lambda path: not is_ours(path) and keep(path),
        )

    def _replaced(self, settlement: Settlement, published: Tree | None) -> Iterator[str]:
        """Give the files in whose place this build's go, and that none is known to have written."""
        there = published.files if published is not None else {}
        taken = [path for path in settlement.written if path in there and path in self._written]
        if taken:
            is_ours = self.last.built()
            yield from (path for path in taken if not is_ours(path))

    def _is_published(self, settlement: Settlement, manifest: bytes) -> bool:
        """Tell whether the output folder already is what would be published."""
        if settlement.written or settlement.removed:
            return False
        with contextlib.suppress(OSError):
            return (self.output / MANIFEST).read_bytes() == manifest
        return False

    def _exchange(self, written: Sequence[str]) -> None:
        """Sync, exchange, and remove what was the output."""
        sync(self.folder, [f"{self.folder}/{path}" for path in written])
        held: FolderLock | None = None
        if self.output.is_dir():
            self.folder.chmod(stat.S_IMODE(self.output.stat().st_mode))
            held = FolderLock.wait(self.output, _OTHER_REMOVAL, self._notice, create=False)
        try:
            old = exchange(self.folder, self.output)
            sync_one(self.output.parent)
            if old is not None:
                with uninterrupted():
                    shutil.rmtree(old, ignore_errors=True)  # what resists, the next build reports
            self._release()
        finally:
            if held is not None:
                held.release()

    def _release(self) -> None:
        """Let go of the folder, which is gone, or the output now and must stay."""
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.release()

    def _clear(self) -> None:
        """Empty the staging folder; the folder itself stays, for it is the lock."""
        with os.scandir(self.folder) as listing:
            entries = list(listing)
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path)
            else:
                Path(entry.path).unlink()

    def _has_folder(self, relative: str) -> bool:
        """Tell whether somebody made a folder of the new site before this build's own files.

        What other processes of this build make meanwhile holds no file that this one writes.
        """
        known = self._folders_there.get(relative)
        if known is None:
            known = self._folders_there[relative] = os.path.lexists(f"{self.folder}/{relative}")
        return known

    def _claim(self, name: str) -> None:
        """Refuse a second file or folder of one name, as file systems without case see it."""
        other = self._names.setdefault(name.lower(), name)
        if other != name or name in self._written:
            raise PublishError(f"{name!r} would be written over {other!r}")
        self._written.add(name)

    def _make_folder(self, relative: str) -> None:
        """Make a folder of the new site and those above it, and refuse to go through a link."""
        if relative in self._folders:
            return
        self._make_folder(relative.rpartition("/")[0])
        self._claim(relative)
        folder = self.folder / relative
        with contextlib.suppress(FileExistsError):
            folder.mkdir()
        if not stat.S_ISDIR(folder.lstat().st_mode):
            raise PublishError(f"{relative!r} is needed as a folder, but is a file or a link")
        self._folders.add(relative)


def _create(target: str, data: bytes) -> bool:
    """Create a file; false where there is one already."""
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o666)
    except FileExistsError:
        if stat.S_ISREG(os.lstat(target).st_mode):
            return False
        raise
    try:
        written = os.write(descriptor, data)
        while written < len(data):
            written += os.write(descriptor, memoryview(data)[written:])
    finally:
        os.close(descriptor)
    return True

"""The papers folder: held by one conversion at a time, and written atomically.

A file is written beside its destination's file system in a hidden folder, forced to the disk and
renamed, so that at any moment every page is the old one or the new one. The lock is `flock` on the
folder itself: the kernel drops it with the process, and no lock file is left.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ..errors import PublishError
from ..plain_files import read_plain_text
from ..records import Paper
from .cache import Cache
from .forking import spread
from .page import read_page, write_page
from .page_proof import hash_page, print_of
from .rows import row_of
from .stored_pages import PAGES

Put = tuple[int, int, int]
"""What tells a file that was written from one that somebody else did since: size, the time of its
last change in nanoseconds, inode."""

_STAGE = ".writing"
_A_CORES_WORTH = 500
"""So many pages take a core longer to write than it takes to start."""
_FEW = 64
"""Up to so many files are synced one by one, more by one `sync`: it costs less from there on."""


class Written(NamedTuple):
    """A page that was written."""

    put: Put
    fingerprint: str
    """See `page_proof.print_of`."""
    content_hash: bytes
    is_plain: bool
    """Whether reading it gives the very paper."""


@contextlib.contextmanager
def hold_folder(folder: Path, seconds: float) -> Iterator[None]:
    """Hold the folder, made if it is missing, waiting so long for another conversion to end.

    What a killed conversion left half-written is removed.

    Raises:
        PublishError: when the other one takes longer, or the folder cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise PublishError(
            f"{folder} cannot be used: {error.strerror}. "
            "Check its permissions, or choose another folder; nothing was changed."
        ) from None
    try:
        _lock(descriptor, folder, seconds)
        shutil.rmtree(folder / _STAGE, ignore_errors=True)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, folder: Path, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise PublishError(
                    f"another conversion has held {folder} for {seconds:g} s. "
                    "Try again when it has ended; nothing was changed."
                ) from None
            time.sleep(0.05)
        else:
            return


def read_file(folder: Path, name: str) -> str | None:
    """Read a text file of the folder; ``None`` when there is none.

    Bytes that are not UTF-8 become U+FFFD, so that the lines around them can be read.

    Raises:
        PublishError: for a file that cannot be opened.
    """
    try:
        return read_plain_text(folder / name, "utf-8-sig", errors="replace")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise PublishError(
            f"{folder / name} cannot be read: {error.strerror}. "
            "Mend it, or take it from its history, and build again; nothing was changed."
        ) from None


def write_files(folder: Path, files: Sequence[tuple[str, str | bytes]]) -> dict[str, Put]:
    """Write files, given as relative path and contents, each atomically; folders are made.

    Gives what each is known by.

    Raises:
        PublishError: when the disk is full or something is in the way; every file is then the old
            one or the new one.
    """
    with _staging(folder) if files else contextlib.nullcontext():
        put = _stage(folder, [text for _, text in files], 0)
        _move(folder, [path for path, _ in files])
    return {path: one for (path, _), one in zip(files, put, strict=True)}


def write_pages(
    folder: Path, papers: Sequence[Paper], cache: Cache, taxonomies: Mapping[int, str]
) -> list[Written]:
    """Write papers' pages, as `write_files` writes files, and let the cache know them.

    `taxonomies` has, by number, whose evidence assigned the topics.

    Raises:
        PublishError: as `write_files`.
    """
    if not papers:
        return []

    def write(run: Sequence[tuple[int, Paper]]) -> list[Written]:
        texts = [write_page(paper) for _, paper in run]
        put = _stage(folder, texts, run[0][0] if run else 0)
        done = []
        for one, (_, paper), text in zip(put, run, texts, strict=True):
            content = hash_page(text.encode("utf-8"))
            done.append(Written(one, print_of(paper, content), content, _reads_as(paper, text)))
        return done

    with _staging(folder):
        done = spread(write, list(enumerate(papers)), _A_CORES_WORTH)
        _move(folder, [paper.path for paper in papers])
    pages = cache.kind(PAGES)[1]
    for paper, written in zip(papers, done, strict=True):
        if written.is_plain and cache.is_kept:
            key = written.content_hash + os.fsencode(paper.path)
            pages[key] = (row_of(paper), taxonomies.get(paper.number, ""))
    return done


def _reads_as(paper: Paper, text: str) -> bool:
    """Tell whether reading a page gives the very paper."""
    return read_page(text, path=paper.path, number=paper.number) == paper


@contextlib.contextmanager
def _staging(folder: Path) -> Iterator[None]:
    """Hold a hidden folder for files that are not yet in their places.

    Raises:
        PublishError: for whatever the system does not let us write.
    """
    try:
        (folder / _STAGE).mkdir()
        yield
    except OSError as error:
        raise PublishError(
            f"{error.filename2 or error.filename or folder} cannot be written: "
            f"{error.strerror or error}. "
            "Pages not written yet are as they were; run it again."
        ) from None
    finally:
        shutil.rmtree(folder / _STAGE, ignore_errors=True)


def _stage(folder: Path, texts: Sequence[str | bytes], first: int) -> list[Put]:
    staged = []
    for number, text in enumerate(texts, first):
        file = f"{folder}/{_STAGE}/{number}"
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        try:
            data = memoryview(text.encode("utf-8") if isinstance(text, str) else text)
            while data:
                data = data[os.write(descriptor, data) :]
            status = os.fstat(descriptor)
            staged.append((status.st_size, status.st_mtime_ns, status.st_ino))
        finally:
            os.close(descriptor)
    return staged


def _move(folder: Path, paths: Sequence[str]) -> None:
    """Put staged files in their places."""
    staged = [f"{folder}/{_STAGE}/{number}" for number in range(len(paths))]
    _sync(staged)
    parents = _make_parents(folder, paths)
    for path, file in zip(paths, staged, strict=True):
        os.replace(file, f"{folder}/{path}")  # noqa: PTH105 - a Path costs more than the move
    _sync(sorted(parents))


def _sync(paths: Sequence[Path | str]) -> None:
    if len(paths) > _FEW:
        os.sync()
        return
    for path in paths:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _make_parents(folder: Path, paths: Sequence[str]) -> set[Path]:
    """Make the folders of the files; one that leads out of `folder` by a link is an error."""
    root = folder.resolve()
    parents = {folder / parent for parent in {path.rpartition("/")[0] for path in paths}}
    for parent in sorted(parents):
        if not parent.resolve().is_relative_to(root):
            raise OSError(f"{parent} leads out of the folder by a link")
        parent.mkdir(parents=True, exist_ok=True)
    return parents


def remove_files(folder: Path, paths: Sequence[str]) -> None:
    """Remove pages that were merged into others."""
    for path in paths:
        (folder / path).unlink(missing_ok=True)


def keep_file(folder: Path, name: str, text: str | None) -> dict[str, Put | None]:
    """Write a file that later builds do without as well, or remove it; give what was done.

    So nothing is said where that cannot be done: the folder may be one that nobody can write.

    Raises:
        PublishError: for a file that cannot be opened.
    """
    if text == read_file(folder, name):
        return {}
    with contextlib.suppress(PublishError, OSError):
        if text is not None:
            return {**write_files(folder, [(name, text)])}
        remove_files(folder, [name])
        return {name: None}
    return {}

"""The papers folder: held by one conversion at a time, read whole, written atomically.

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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import PageError, PublishError, Refusal
from ..records import Paper
from .page import MOST_BYTES, read_page

_STAGE = ".writing"
_FEW = 64
"""Up to so many files are synced one by one, more by one `sync`: it costs less from there on."""


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page as it lies in the folder."""

    path: str
    text: str
    """Byte for byte, or the empty string for a file that cannot be read."""
    paper: Paper | None
    """``None`` for a damaged page, which is never written over."""
    refusal: Refusal | None = None


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
        raise PublishError(f"{folder} cannot be used: {error.strerror}.") from None
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


def load_pages(folder: Path) -> list[StoredPage]:
    """Load every ``.md`` file below the folder, in the order of their paths.

    Hidden files are passed over, and links are not followed.
    """
    root = str(folder)
    paths = []
    for where, folders, files in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        inner = os.path.relpath(where, root).replace(os.sep, "/")
        prefix = "" if inner == "." else inner + "/"
        paths += [prefix + n for n in files if n.endswith(".md") and not n.startswith(".")]
    return [_load_page(root, path) for path in sorted(paths)]


def _load_page(root: str, path: str) -> StoredPage:
    text = ""
    try:
        text = _read_text(f"{root}/{path}", path)
        return StoredPage(path, text, read_page(text, path=path))
    except PageError as error:
        return StoredPage(path, text, None, error.refusal)


def _read_text(file: str, path: str) -> str:
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(descriptor, "rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise PageError(path, f"it cannot be read: {error.strerror}.") from None
    if len(data) > MOST_BYTES:
        raise PageError(path, f"it is larger than {MOST_BYTES:,} bytes.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise PageError(path, "expected UTF-8.", hint="Save it as UTF-8.") from None


def read_file(folder: Path, name: str) -> str | None:
    """Read a text file of the folder; ``None`` when there is none.

    Bytes that are not UTF-8 become U+FFFD, so that the lines around them can be read.

    Raises:
        PublishError: for a file that cannot be opened.
    """
    try:
        return (folder / name).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise PublishError(f"{folder / name} cannot be read: {error.strerror}.") from None


def write_files(folder: Path, files: Sequence[tuple[str, str]]) -> None:
    """Write files, given as relative path and text, each atomically; folders are made.

    Raises:
        PublishError: when the disk is full or something is in the way; every file is then the old
            one or the new one.
    """
    if not files:
        return
    stage = folder / _STAGE
    try:
        stage.mkdir()
        staged = [_stage(stage / str(n), text) for n, (_, text) in enumerate(files)]
        _sync(staged)
        parents = _make_parents(folder, [path for path, _ in files])
        for (path, _), file in zip(files, staged, strict=True):
            file.replace(folder / path)
        _sync(sorted(parents))
    except OSError as error:
        raise PublishError(
            f"{folder} cannot be written: {error.strerror or error}. "
            "Pages not written yet are as they were; run it again."
        ) from None
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _stage(file: Path, text: str) -> Path:
    file.write_bytes(text.encode("utf-8"))
    return file


def _sync(paths: Sequence[Path]) -> None:
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
    parents = {(folder / path).parent for path in paths}
    for parent in sorted(parents):
        if not parent.resolve().is_relative_to(root):
            raise OSError(f"{parent} leads out of the folder by a link")
        parent.mkdir(parents=True, exist_ok=True)
    return parents


def remove_files(folder: Path, paths: Sequence[str]) -> None:
    """Remove pages that were merged into others."""
    for path in paths:
        (folder / path).unlink(missing_ok=True)

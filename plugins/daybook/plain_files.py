"""Files as they lie in a keeper's folders: none read that never ends, none written but whole.

Opening a named pipe waits for ever, and a device may never end; a folder that nobody may list looks
empty. Both are said instead, whoever reads.
"""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from .errors import Refusal

_NO_FILE = "it is a folder, a pipe, a socket or a device, and no file"
_LEADS_NOWHERE = "it is a link that leads nowhere, or behind one"


def at_home(path: str | Path) -> Path:
    """Give the path that a keeper means, who may write ``~`` for a home folder.

    Where nobody is called so, it is an ordinary name: `Path.expanduser` would break off.
    """
    return Path(os.path.expanduser(path))  # noqa: PTH111


def open_plain(file: Path | str, flags: int = 0) -> int:
    """Open an ordinary file for reading, and give its descriptor; `flags` are further ones.

    Raises:
        FileNotFoundError: where there is none.
        OSError: for a file that cannot be opened, for what is none, and for a link that leads
            nowhere: what a keeper put there is missing, which is not as if nothing were there.
    """
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | flags)
    except FileNotFoundError:
        if leads_nowhere(file):
            raise OSError(errno.EINVAL, _LEADS_NOWHERE, str(file)) from None
        raise
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, _NO_FILE, str(file))
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def leads_nowhere(path: Path | str) -> bool:
    """Tell whether a path is a broken link, or lies behind one: a link to itself is one, too."""
    places = (Path(path), *Path(path).parents)
    there = next((place for place in places if os.path.lexists(place)), None)
    return there is not None and there.is_symlink() and not there.exists()


def read_plain(file: Path | str) -> bytes:
    """Read an ordinary file.

    Raises:
        OSError: see `open_plain`.
    """
    with os.fdopen(open_plain(file), "rb") as stream:
        return stream.read()


def read_plain_text(file: Path | str, encoding: str = "utf-8", errors: str = "strict") -> str:
    """Read an ordinary file of text; every line ends with a line feed, as `Path.read_text` has it.

    Raises:
        OSError: see `open_plain`.
        UnicodeDecodeError: for other bytes than `encoding` has, unless `errors` takes them.
    """
    with os.fdopen(open_plain(file), encoding=encoding, errors=errors) as stream:
        return stream.read()


def walk(folder: Path | str, unlisted: list[OSError]) -> Iterator[tuple[str, list[str], list[str]]]:
    """Walk as `os.walk` does; folders that cannot be listed are added to `unlisted`.

    A `folder` that does not exist holds nothing; one behind a broken link cannot be listed.
    """
    if os.path.lexists(folder) or leads_nowhere(folder):
        yield from os.walk(folder, onerror=unlisted.append)


def left_out(root: Path, unlisted: Iterable[OSError]) -> list[Refusal]:
    """Refuse folders that a `walk` of `root` could not list, by their paths in it, or its name."""
    return [_unlisted(root, error) for error in unlisted]


def _unlisted(root: Path, error: OSError) -> Refusal:
    inside = Path(error.filename).relative_to(root).as_posix()
    broken = leads_nowhere(error.filename)
    return Refusal(
        root.name if inside == "." else inside,
        None,
        f"the folder cannot be listed: {_LEADS_NOWHERE if broken else error.strerror}; "
        "what is in it was left out.",
        "Have the link lead to the folder, or remove it." if broken else "Check its permissions.",
    )


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place, force it to the disk, and rename it; folders are made.

    Raises:
        OSError: when that cannot be done; what was there before is then untouched.
    """
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".part-", delete=False) as file:
            temporary = Path(file.name)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise


def keep(path: Path, *pieces: bytes) -> bool:
    """Write a file of a cache in one step, its folder too.

    Gives false where that cannot be done: a cache is nothing to fail for, and a disk that is full
    is not left fuller.
    """
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with fresh.open("wb") as stream:
                stream.writelines(pieces)
            fresh.replace(path)
        except BaseException:
            with suppress(OSError):
                fresh.unlink()
            raise
    except OSError:
        return False
    return True

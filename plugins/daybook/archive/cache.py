"""What costs time to work out, kept between runs by the content it was worked out from.

One file in a folder that the caller chooses: safe to delete, to lose and to carry to another
machine, never the only copy of anything. What a run did not ask for is not kept, so that it is no
larger than the archive. It counts only for the very program that wrote it: its name says which, and
its first line has a hash of the rest, so that a damaged file is as good as none. The content is
made of plain values, and nothing else is read from it, so that a foreign file cannot run anything.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import pickle
import platform
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from ..plain_files import keep, read_plain

_PACKAGE = Path(__file__).parents[1]
_CODE = ("archive", "digests")
_HEAD = 65
"""Bytes of the first line."""


class Cache:
    """Values by kind and key; without a folder it is only for this run."""

    def __init__(
        self, folder: Path | None = None, name: str = "archive", code: tuple[str, ...] = _CODE
    ) -> None:
        """Open the cache called `name`, for values that the packages of `code` work out."""
        self._folder = folder
        self._file = folder / f"{name}-{_version(code)}.cache" if folder else None
        self._before: dict[str, dict[Any, Any]] = _load(self._file) if self._file else {}
        self._now: dict[str, dict[Any, Any]] = {}
        self._changed = False

    @property
    def is_kept(self) -> bool:
        """Whether anything outlives this run."""
        return self._folder is not None

    def kind(self, name: str) -> tuple[dict[Any, Any], dict[Any, Any]]:
        """Give the values of the last run, and those of this one, which are to be kept.

        Whoever uses a value of the last run enters it among those of this one.
        """
        return self._before.get(name, {}), self._now.setdefault(name, {})

    def _is_as_before(self) -> bool:
        """Compare by identity: what is kept from the last run is the very same object."""
        return self._now.keys() == self._before.keys() and all(
            len(values) == len(self._before[kind])
            and all(self._before[kind].get(key) is value for key, value in values.items())
            for kind, values in self._now.items()
        )

    def save(self) -> None:
        """Keep what this run used; a folder that cannot be written keeps nothing."""
        file = self._file
        if self._folder is None or file is None or self._is_as_before():
            return
        payload = pickle.dumps(self._now, protocol=5)
        if keep(file, _hash(payload), payload):
            with contextlib.suppress(OSError):
                for other in self._folder.glob(f"{file.name.rpartition('-')[0]}-*"):
                    if other != file:
                        other.unlink(missing_ok=True)


def _hash(data: bytes | memoryview) -> bytes:
    """Give the first line; many processors have instructions for this hash."""
    return hashlib.sha256(data).hexdigest().encode() + b"\n"


@cache
def program(code: tuple[str, ...]) -> bytes:
    """Give a hash of what some packages of the program say, and of what belongs to all."""
    found = hashlib.blake2b(digest_size=8)
    for file in sorted(
        [*_PACKAGE.glob("*.py"), *(f for c in code for f in (_PACKAGE / c).glob("*.py"))]
    ):
        found.update(file.name.encode() + b"\0" + file.read_bytes())
    return found.digest()


def _version(code: tuple[str, ...]) -> str:
    """Give a hash of the program, so that what another version made is never used."""
    python = platform.python_version().encode()
    return hashlib.blake2b(python + program(code), digest_size=8).hexdigest()


class _PlainUnpickler(pickle.Unpickler):
    """Reads plain values: strings, numbers, tuples and the like."""

    def find_class(self, module: str, name: str) -> NoReturn:
        raise pickle.UnpicklingError(f"{module}.{name} is no plain value")


def _load(file: Path) -> dict[str, dict[Any, Any]]:
    """Read a cache file; anything but a whole one is an empty one."""
    try:
        data = read_plain(file)
        payload = memoryview(data)[_HEAD:]
        if data[:_HEAD] != _hash(payload):
            return {}
        found = _PlainUnpickler(io.BytesIO(payload)).load()
    except Exception:  # noqa: BLE001 - what no run of ours wrote may fail in any way
        return {}
    whole = isinstance(found, dict) and all(isinstance(kind, dict) for kind in found.values())
    return found if whole else {}

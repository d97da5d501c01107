"""What an earlier build made of the same contents, kept in a folder that may be lost at any time.

An entry is named by a hash of everything it was made from: the contents, this floor's own code,
and the versions of what it builds on. So it is valid on any machine, and never out of date. What
is damaged is made again. A build removes the entries that it had no use for.
"""

from __future__ import annotations

import hashlib
import json
import marshal
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

from ..drafts import Draft, Made
from ..plain_files import keep, read_plain
from .shards import File

_DIGEST_BYTES = 32


@dataclass(frozen=True, slots=True)
class Bundle:
    """Some files of the index, and what is to be known of them all."""

    summary: Any
    """Anything that JSON gives back as it was."""
    files: tuple[File, ...]
    key: bytes = b""
    """Stands for all that it was made from, where that is known."""

    def made(self) -> Iterator[Made]:
        """Give the files; those that a build may have published before as drafts."""
        for file in self.files:
            if self.key:
                yield Draft(file.path, partial(_key_of, self.key, file), partial(_content, file))
            else:
                yield file.path, file.content

    def to_bytes(self) -> bytes:
        """Write everything in one piece, with a checksum before it."""
        sizes = [[file.name, len(file.content)] for file in self.files]
        head = json.dumps([self.summary, sizes]).encode("ascii")
        body = b"\n".join([head, b"".join([file.content for file in self.files])])
        return hashlib.blake2b(body, digest_size=_DIGEST_BYTES).digest() + body

    @classmethod
    def from_bytes(cls, data: bytes) -> Bundle:
        """Read what `to_bytes` wrote.

        Raises:
            ValueError: when it is anything else.
        """
        body = memoryview(data)[_DIGEST_BYTES:]
        if hashlib.blake2b(body, digest_size=_DIGEST_BYTES).digest() != data[:_DIGEST_BYTES]:
            raise ValueError("damaged")
        end = data.index(b"\n", _DIGEST_BYTES)
        summary, sizes = json.loads(data[_DIGEST_BYTES:end])
        files = []
        at = end + 1
        for name, size in sizes:
            files.append(File(name, data[at : at + size]))
            at += size
        return cls(summary, tuple(files))


def _key_of(key: bytes, file: File) -> bytes:
    return hashlib.blake2b(file.path.encode(), key=key, digest_size=16).digest()


def _content(file: File) -> bytes:
    return file.content


class Cache:
    """Bundles by what they are made from; without a folder, all are made."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._used: set[str] = set()

    def recall(self, kind: str, contents: Iterable[object], make: Callable[[], Bundle]) -> Bundle:
        """Give the bundle of some contents, plain values, made now if it is not kept."""
        if self.folder is None:
            return make()
        key = _key(kind, contents)
        name = f"{kind}-{key.hex()}"
        self._used.add(name)
        with suppress(OSError, ValueError):
            return replace(Bundle.from_bytes(read_plain(self.folder / name)), key=key)
        bundle = replace(make(), key=key)
        keep(self.folder / name, bundle.to_bytes())
        return bundle

    def tidy(self) -> None:
        """Remove what this build had no use for, as far as that can be done."""
        if self.folder is None:
            return
        with suppress(OSError):
            for name in os.listdir(self.folder):  # noqa: PTH208 - names are enough
                if name not in self._used:
                    with suppress(OSError):
                        (self.folder / name).unlink()


def _key(kind: str, contents: Iterable[object]) -> bytes:
    state = hashlib.blake2b(_environment(), digest_size=20, person=kind.encode())
    for values in contents:
        # The second version writes equal values of one type in one way, whatever they share.
        data = marshal.dumps(cast(Any, values), 2)
        state.update(b"%d " % len(data))
        state.update(data)
    return state.digest()


@cache
def _environment() -> bytes:
    """Describe what besides the contents decides what comes out: all code that is used."""
    folder = Path(__file__).parent
    others = [folder.parent / "archive" / name for name in ("people.py", "slugs.py")]
    maths = sorted((folder.parent / "maths").glob("*.py"))
    sources = [*sorted(folder.glob("*.py")), *maths, *others]
    packages = (version("lunr"), version("latex2mathml"))
    versions = (sys.version_info[:2], unicodedata.unidata_version, packages)
    state = hashlib.blake2b(repr(versions).encode())
    for source in sources:
        state.update(source.read_bytes())
    return state.digest()

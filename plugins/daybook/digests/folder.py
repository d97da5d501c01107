"""A folder of digests, read in an order that no file system decides."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ..errors import DigestError, Refusal
from ..plain_files import open_plain
from ..records import Digest
from .document import TEXT_CAP, check_size
from .listing import list_digests, root_of
from .registry import read_digest
from .sidecars import SUFFIX

Recall = Callable[[Iterable[bytes], Callable[[], Iterable[Digest]]], Iterable[Digest]]
"""Gives what a function gives that depends on some contents alone: called now, or remembered."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a folder of digests says."""

    digests: tuple[Digest, ...]
    """By their file's path."""
    refusals: tuple[Refusal, ...]
    """Files left out, and sidecars without a digest; doubts within a digest are the digest's."""
    files: int
    """Files that were looked at, sidecars apart."""


def read_folder(folder: Path, recall: Recall | None = None) -> Reading:
    """Read every digest below `folder`; a file that cannot be read is a refusal, not an error.

    Files are taken by their relative path; hidden ones are passed over, and so are links that
    lead out of the folder (with a refusal). A reader that breaks costs its file alone, and that
    is told. A folder that does not exist holds nothing, one that cannot be listed is a refusal.
    `recall` may know what a file says from an earlier time.
    """
    root = root_of(folder)
    digests: list[Digest] = []
    refusals: list[Refusal] = []
    paths, outside = list_digests(root)
    refusals += outside
    names = set(paths)
    files = 0
    for path in paths:
        if path.endswith(SUFFIX):
            if path.removesuffix(SUFFIX) not in names:
                refusals.append(_orphan(path))
            continue
        files += 1
        side = path + SUFFIX
        try:
            data = _load(root, path)
            sidecar = _load_sidecar(root, side, refusals) if side in names else None
            read = partial(read_digest, path, data, sidecar)
            if recall is None:
                digests += read()
            else:
                word = () if sidecar is None else (sidecar,)
                digests += recall((os.fsencode(path), data, *word), read)
        except DigestError as error:
            refusals.append(error.refusal)
        except MemoryError:  # the next file might find as little, and its papers would go
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it costs no other file
            refusals.append(_broke(path, error))
    return Reading(tuple(digests), tuple(refusals), files)


def _load(root: Path, path: str) -> bytes:
    """Read a file's bytes, unless there are too many.

    Raises:
        DigestError: for a file too large to read, or that the system does not let us read.
    """
    try:
        with os.fdopen(open_plain(root / path), "rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            head = stream.read(256)
            check_size(path, size, head)
            return head + stream.read(TEXT_CAP + 1 - len(head))
    except OSError as error:
        raise DigestError(
            path, f"it cannot be read: {error.strerror}.", hint="Check its permissions."
        ) from None


def _load_sidecar(root: Path, path: str, refusals: list[Refusal]) -> bytes | None:
    """Read a sidecar; its digest is read without one that cannot be, as without a malformed one."""
    try:
        return _load(root, path)
    except DigestError as error:
        refusals.append(error.refusal)
        return None


def _broke(path: str, error: Exception) -> Refusal:
    """Say which line of this package fell over a file."""
    calls = traceback.extract_tb(error.__traceback__)
    own = [call for call in calls if Path(call.filename).parent == Path(__file__).parent]
    where = f"{Path(own[-1].filename).name}:{own[-1].lineno}"
    return Refusal(
        path,
        None,
        f"its reader broke ({type(error).__name__} at {where}): a fault of Daybook's own.",
        "Report it, with the file if you may; everything else was read.",
    )


def _orphan(path: str) -> Refusal:
    return Refusal(
        path,
        None,
        f"expected the digest {path.removesuffix(SUFFIX)!r} beside it, found none.",
        "Name the sidecar after its digest, or remove it.",
    )

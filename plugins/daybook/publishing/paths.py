"""Which paths a site may be written to: the one place that decides it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from ..errors import PublishError
from ..portable_names import LONGEST_NAME, is_device

LONGEST_PATH = 1024
"""Characters of a whole path; macOS allows no more."""

_NAME = re.compile(r"[A-Za-z0-9._~+@=,()!' -]*[A-Za-z0-9_~+@=,()!'-]\Z", re.ASCII)
"""What Linux, macOS, Windows, a zip file and a URL agree on, not ending in a dot or a space."""


def site_path(path: str) -> str:
    """Give `path` back when it names a file inside a site on every file system.

    Only plain ASCII names separated by single forward slashes pass: so no absolute path, no
    ``..``, no backslash, no drive letter, no percent code, no full-width dot and no control
    character does.

    Raises:
        PublishError: naming the path and what is wrong with it.
    """
    if not path or len(path) > LONGEST_PATH:
        raise PublishError(f"{_shown(path)}: a path has 1 to {LONGEST_PATH} characters")
    folder, slash, name = path.rpartition("/")
    for fault in (_fault_of_folder(folder) if slash else "", _fault(name)):
        if fault:
            raise PublishError(f"{_shown(path)}: {fault}")
    return path


def clashing(ours: Mapping[str, str], others: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Give files that some file systems take for another of the site, each with that one.

    macOS and Windows do not tell capitals, macOS nor the ways in which Unicode writes an accent.

    Args:
        ours: the archive's files and folders, by their paths in small letters.
        others: files of other hands.
    """
    seen = dict(ours)
    for path in sorted(others):
        first = seen.setdefault(unicodedata.normalize("NFC", path).casefold(), path)
        if first != path:
            yield path, first


@lru_cache(maxsize=1024)
def _fault_of_folder(folder: str) -> str:
    """Say what is wrong with a folder, which has thousands of files; '' where nothing is."""
    return next(filter(None, map(_fault, folder.split("/"))), "")


def _fault(name: str) -> str:
    """Say what is wrong with a name; '' where nothing is."""
    if name in {"", ".", ".."}:
        return "the path leads outside the site"
    if not _NAME.match(name) or len(name) > LONGEST_NAME:
        return f"{_shown(name)} is not a portable file name"
    if is_device(name):
        return f"{_shown(name)} is reserved on Windows"
    return ""


def _shown(text: str) -> str:
    """Give text for a message: quoted, escaped, and not too long."""
    return ascii(text if len(text) <= 80 else text[:80] + "...")

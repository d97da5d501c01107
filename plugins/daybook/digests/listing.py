"""What lies in a folder of digests, in an order that no file system decides."""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import Refusal
from ..plain_files import leads_nowhere, left_out, walk

_LONGEST_PATH = 3_500
"""Bytes of a folder's path: the system's own limit is 4,096, and a file's name may have 255."""
_TOO_DEEP = f"its path is longer than {_LONGEST_PATH:,} bytes: what is in it was left out."
_SHOWN = 200


def list_digests(folder: Path) -> tuple[list[str], list[Refusal]]:
    """List the files below a folder, sidecars too, and refuse what is none of its own.

    Paths are relative, with forward slashes, and come in their order.
    """
    root = root_of(folder)
    found: list[str] = []
    refusals: list[Refusal] = []
    unlisted: list[OSError] = []
    for where, folders, files in walk(root, unlisted):
        here = Path(where)
        if len(os.fsencode(where)) > _LONGEST_PATH:
            folders.clear()
            inside = f"{here.relative_to(root).as_posix()[:_SHOWN]}…"
            refusals.append(Refusal(inside, None, _TOO_DEEP, "Move it up some folders."))
            continue
        linked = {name for name in folders if (here / name).is_symlink()}
        folders[:] = [name for name in folders if not name.startswith(".") and name not in linked]
        for name in {*files, *linked}:
            if name.startswith("."):
                continue
            path = here / name
            relative = path.relative_to(root).as_posix()
            # `Path.resolve` raises where a link leads to itself; this gives the link.
            leads = Path(os.path.realpath(path))
            if path.is_symlink() and (
                name in linked or not leads.is_relative_to(root) or not leads.is_file()
            ):
                refusals.append(_link(relative))
            elif path.is_file():
                found.append(relative)
            else:
                refusals.append(
                    Refusal(relative, None, "expected a file, found something else.", "Remove it.")
                )
    refusals += left_out(root, unlisted)
    return sorted(found), sorted(refusals, key=lambda refusal: refusal.path)


def root_of(folder: Path) -> Path:
    """Give the folder itself, to which a link may lead."""
    return folder if leads_nowhere(folder) else folder.resolve()


def _link(path: str) -> Refusal:
    return Refusal(
        path,
        None,
        "it is a link that leads to a folder, out of the digests folder or nowhere.",
        "Copy the file itself into the folder.",
    )

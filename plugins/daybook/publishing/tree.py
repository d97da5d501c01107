"""Every file and every empty folder under a folder, links not followed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import PublishError

_EFFECTIVE = os.access in os.supports_effective_ids


def is_writable(folder: Path) -> bool:
    """Tell whether this process may create and remove files in `folder`."""
    return os.access(folder, os.W_OK | os.X_OK, effective_ids=_EFFECTIVE)


def check_output(output: Path, sources: Sequence[Path]) -> None:
    """Refuse an output that is no folder, or whose replacement would take other things away."""
    if os.path.lexists(output) and not output.is_dir():
        raise PublishError(f"{output} is a file, and the site needs a folder of that name")
    if output == Path(output.anchor) or output.is_mount():
        raise PublishError(f"{output} is where a disk begins; choose a folder inside it")
    if output.is_dir() and not is_writable(output):
        raise PublishError(f"{output} is read-only. Make it writable, or choose another output.")
    for source in (*sources, Path.cwd()):
        if Path(os.path.realpath(source)).is_relative_to(output):
            raise PublishError(
                f"{output} holds {source}, which is not a part of the site; choose a folder of its "
                "own for the output"
            )


@dataclass(frozen=True, slots=True)
class Tree:
    """What a folder holds, by paths relative to it with forward slashes."""

    folder: Path
    files: dict[str, os.DirEntry[str]]
    """Everything that is not a folder: files, links (not followed), and whatever else; what is not
    asked for is not looked at."""
    empty_folders: tuple[str, ...]
    read_only_folders: tuple[str, ...]
    """Folders in which this process may not create or remove anything."""

    @classmethod
    def of(cls, folder: Path) -> Tree:
        """List `folder`, in the order of names.

        Raises:
            PublishError: for a folder that cannot be listed.
        """
        files: dict[str, os.DirEntry[str]] = {}
        empty: list[str] = []
        read_only: list[str] = []
        waiting = [""]
        while waiting:
            relative = waiting.pop()
            here = folder / relative
            if not is_writable(here):
                read_only.append(relative)
            try:
                with os.scandir(here) as listing:
                    entries = sorted(listing, key=lambda entry: entry.name)
            except OSError as error:
                raise PublishError(f"{here} cannot be listed: {error.strerror}") from error
            if relative and not entries:
                empty.append(relative)
            for entry in entries:
                path = f"{relative}/{entry.name}" if relative else entry.name
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(path)
                else:
                    files[path] = entry
        return cls(folder, files, tuple(empty), tuple(read_only))

    @classmethod
    def nothing(cls, folder: Path) -> Tree:
        """Give the tree of a folder that is not there."""
        return cls(folder, {}, (), ())

    def regular(self, path: str) -> os.stat_result | None:
        """Give the status of `path` when it is an ordinary file."""
        entry = self.files.get(path)
        if entry is None or not entry.is_file(follow_symlinks=False):
            return None
        return entry.stat(follow_symlinks=False)

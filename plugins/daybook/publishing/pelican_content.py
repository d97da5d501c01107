"""The keeper's own content, before Pelican reads it: nothing in it may keep it reading for ever.

Pelican opens whatever lies in the content folder and follows every link. A named pipe never ends,
and links that lead back to a folder above them are followed forty deep, in every combination.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from ..errors import PublishError
from ..settings import Settings


def own_folders(settings: Settings) -> list[Path]:
    """Give the folders that Daybook reads itself, and Pelican passes over."""
    chosen = (settings.digests, settings.papers, settings.metadata, settings.learned)
    return [folder for folder in chosen if folder is not None]


def check_content(content: Path, left_out: Iterable[Path]) -> None:
    """Refuse what is neither a file nor a folder, and links that go round in a circle.

    Raises:
        PublishError: naming the first of them, and what to do.
    """
    passed = {os.path.realpath(folder) for folder in left_out}
    waiting = [str(content)]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError:
            continue  # Pelican passes over it, too
        for entry in entries:
            if os.path.isdir(entry.path):  # noqa: PTH112 - text; false for a link to itself
                real = os.path.realpath(entry.path)
                if real in passed:
                    continue
                if entry.is_symlink() and _holds(real, os.path.realpath(folder)):
                    raise PublishError(
                        f"{entry.path} is a link to a folder that it lies in, and Pelican would "
                        "follow it round and round. Remove the link; nothing was changed."
                    )
                waiting.append(entry.path)
            elif os.path.exists(entry.path) and not entry.is_file():  # noqa: PTH110 - text
                raise PublishError(
                    f"{entry.path} is a pipe, a socket or a device, and reading it might never "
                    "end. Remove it from the content; nothing was changed."
                )


def _holds(folder: str, inside: str) -> bool:
    return inside == folder or inside.startswith(folder.rstrip(os.sep) + os.sep)

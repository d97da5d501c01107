"""The files of the metadata folder."""

from __future__ import annotations

from pathlib import Path

from ..plain_files import walk


def list_facts(folder: Path, unlisted: list[OSError]) -> list[Path]:
    """List every ``.json`` and ``.bib`` file below a folder, in the order of their paths.

    What cannot be listed is added to `unlisted`.
    """
    found = []
    for where, folders, files in walk(folder, unlisted):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [
            Path(where, name)
            for name in files
            if name.lower().endswith((".json", ".bib")) and not name.startswith(".")
        ]
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())

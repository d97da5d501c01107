"""The files of the metadata folder."""

from __future__ import annotations

from pathlib import Path

from ..plain_files import walk

ASKED = "enriched-asked.jsonl"
"""What was asked of services in vain, which `make enrich` keeps beside its facts."""
READ = (".json", ".bib")
"""The endings of files of facts."""
_EXPORTS = (".bibtex", ".ris", ".nbib", ".enw", ".xml", ".rdf", ".tex", ".bbl", ".toml")
_TABLES = (".csv", ".tsv", ".yaml", ".yml", ".jsonl", ".ndjson")
"""Those of other files that have facts, and are told."""


def list_facts(folder: Path, unlisted: list[OSError]) -> list[Path]:
    """List every file below a folder that may have facts, in the order of their paths.

    What cannot be listed is added to `unlisted`.
    """
    found = []
    for where, folders, files in walk(folder, unlisted):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [
            Path(where, name)
            for name in files
            if name.lower().endswith((*READ, *_EXPORTS, *_TABLES))
            and not (name.startswith(".") or name == ASKED)
        ]
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())

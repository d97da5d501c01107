"""What a conversion depends on besides the pages, as a hash: of the same comes the same archive.

All goes by contents, as a checkout has no other sign of what was changed, and by the program, but
not by the Python that runs it: what was found on one machine stands on others. Who cannot read all
of it cannot say that it is the same: nothing is told of it then.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..digests.listing import list_digests
from ..plain_files import open_plain
from ..records import LEDGER, PROVENANCE
from .cache import program
from .damage import SUFFIX
from .fact_files import list_facts
from .json_lines import LENGTH
from .page_proof import FILE_NAME as PAGES
from .readings import packages
from .topic_proof import FILE_NAME as TOPICS

_KEPT = (LEDGER, PROVENANCE, TOPICS, PAGES)
"""What the papers folder has besides pages, and a conversion reads."""
_CODE = ("archive", "digests")


@dataclass(frozen=True, slots=True)
class Origins:
    """Where a conversion's words come from."""

    digests: Path
    papers: Path
    topics: Path
    metadata: Path | None
    corrections: Path | None
    authors: Path | None
    small_archive: int

    def said(self) -> str | None:
        """Give a hash of the program and of all that people put there; ``None`` if it is unsure."""
        return _hash(self._sources())

    def kept(self) -> str | None:
        """Give a hash of what conversions keep beside the pages; ``None`` where it is damaged."""
        if any(os.path.lexists(self.papers / (name + SUFFIX)) for name in _KEPT):
            return None  # that is to be told, line by line
        return _hash(_lone(self.papers / name) for name in _KEPT)

    def _sources(self) -> Iterator[bytes | None]:
        yield program(_CODE)
        yield packages()
        yield b"%d" % self.small_archive
        for file in (self.topics, self.corrections, self.authors):
            yield os.fsencode(file.name) if file else None
            yield _lone(file) if file else None
        paths, refusals = list_digests(self.digests)
        yield repr(refusals).encode("utf-8", "surrogatepass")
        for path in paths:
            yield os.fsencode(path)
            yield _content(self.digests / path)
        unlisted: list[OSError] = []
        if self.metadata is not None:
            for facts in list_facts(self.metadata, unlisted):
                yield os.fsencode(facts.relative_to(self.metadata))
                yield _content(facts)
        for error in unlisted:
            raise error


def _lone(file: Path) -> bytes | None:
    """Hash a file that need not be there."""
    try:
        return _content(file)
    except FileNotFoundError:
        return None


def _content(file: Path) -> bytes:
    with os.fdopen(open_plain(file), "rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()


def _hash(parts: Iterator[bytes | None]) -> str | None:
    """Hash parts, each with its length, so that no two rows of them are told alike."""
    state = hashlib.sha256()
    try:
        for part in parts:
            state.update(b"- " if part is None else b"%d " % len(part))
            state.update(part or b"")
    except OSError:
        return None
    return state.hexdigest()[:LENGTH]

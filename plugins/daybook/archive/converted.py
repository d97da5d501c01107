"""What a conversion gives."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from ..errors import Refusal
from ..records import Archive
from .folder import Put


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a conversion made, and the figures of its report."""

    archive: Archive
    digests: int
    entries: int
    papers: int
    """In the archive, those whose digests are gone and those made by hand included."""
    merged: int
    """Entries less the papers they are about."""
    repaired_links: int
    inferred_dates: int
    """Digests whose year was inferred."""
    pages_written: int
    refusals: tuple[Refusal, ...]
    """Everything that was left out or doubted: in reading the folder and in each digest (those of
    `Reading` are included), in the metadata, the pages and the ledger."""
    put: Mapping[str, Put | None] = dataclasses.field(default_factory=dict, compare=False)
    """What was written in the papers folder, by path; ``None`` for what was removed."""
    is_settled: bool = True
    """Whether the next conversion of the same, with what was written, would tell the same: what
    was damaged may be whole then."""

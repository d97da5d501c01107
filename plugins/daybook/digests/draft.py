"""What a format's reader hands over: a digest before it is dated, cleaned and put right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..errors import Refusal
from ..records import DayOfYear, Entry, PartialDate


@dataclass(frozen=True, slots=True)
class Draft:
    """One digest as a reader found it in a file."""

    entries: Sequence[Entry]
    """In order of appearance; `Entry.position` counts the entries left out too."""
    name: str | None = None
    stated: PartialDate | None = None
    """The date the file's own content states for the whole digest."""
    heading: PartialDate | None = None
    """A full date in a heading of the digest."""
    heading_day: DayOfYear | None = None
    refusals: Sequence[Refusal] = ()
    file_name: str | None = None
    """What the file is called inside the archive that holds it."""
    cut: int | None = None
    """The line on which a record begins that has no end, and in which the file ends."""

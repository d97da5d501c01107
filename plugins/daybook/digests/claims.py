"""How surely a file is of a format, and where in it that is said.

Titles and abstracts are other people's words: they may quote any format's marks. What they cannot
do is to stand before the beginning of their own record, or where only markup is. So a sign counts
where a paper's words cannot stand, and of formats that mark their records by lines, the one whose
first sign stands first has the file.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from .document import Document


class Fit(enum.IntEnum):
    """How surely a file is of a format."""

    LIKELY = 1
    """Others that claim the file are asked, too: who reads far more of it, reads it."""
    SURE = 2
    """It is read as that, if any paper is found so."""
    FINAL = 3
    """It is that, whether or not it holds a paper."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a format says of a file that it can read."""

    fit: Fit = Fit.SURE
    place: int = 0
    """Characters of `Document.start` before its first sign: who begins first, is asked first."""
    most: int | None = None
    """Papers that it will find at most, where a glance tells; ``None`` where only reading does."""


BEHIND_ALL = 1 << 40
"""The place of who has no sign of its own: it is asked after all who do."""
_NAMED = re.compile(
    r"arxiv:\s?\d{4}\.\d{4,5}|\barxiv\.org/(?:abs|pdf|html)/|/papers/\d{4}\.\d{4,5}|\bdoi\.org/10\.",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(r"[^\n]{200}")


def claim_at(document: Document, place: int) -> Claim:
    """Claim a file for what begins at a place: surely where only a preface stands before it.

    A paper that is named above it, or a paragraph, may be a list's whose words quote a record.
    """
    before = document.start[:place]
    is_preface = not names_paper(before) and _PARAGRAPH.search(before) is None
    return Claim(Fit.SURE if is_preface else Fit.LIKELY, place)


def names_paper(text: str) -> bool:
    """Whether a text names a paper by its identifier or its address."""
    return _NAMED.search(text) is not None

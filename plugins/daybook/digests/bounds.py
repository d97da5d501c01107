"""How much one entry may say: whatever a file holds, what comes of it stays bounded.

No paper comes near these numbers (the most authors that any has are about 5,200). What goes beyond
is cut and told; the digest itself keeps every byte.
"""

from __future__ import annotations

import dataclasses

from ..errors import Refusal
from ..records import Entry

MOST_CHARACTERS = {
    "title": 3_000,
    "abstract": 100_000,
    "blurb": 100_000,
    "ai_summary": 100_000,
    "remark": 10_000,
    "venue": 1_000,
    "organization": 1_000,
    "submitter": 1_000,
    "group": 1_000,
}
MOST_ITEMS = {"authors": 20_000, "keywords": 500, "categories": 100, "links": 200}
_LONGEST_NAME = 1_000
"""Characters of an author or a keyword."""


def bounded(path: str, entry: Entry) -> tuple[Entry, list[Refusal]]:
    """Give an entry within bounds, and what was cut; most entries stay the very same object."""
    changes: dict[str, object] = {}
    told: list[str] = []
    for field, most in MOST_CHARACTERS.items():
        text = getattr(entry, field)
        if text is not None and len(text) > most:
            changes[field] = text[:most].rstrip()
            told.append(f"the {field.replace('_', ' ')} has {len(text):,} characters")
    for field, most in MOST_ITEMS.items():
        items = getattr(entry, field)
        if not items:
            continue
        kept = items[:most]
        if len(items) > most:
            told.append(f"there are {len(items):,} {field}")
        if field in ("authors", "keywords") and max(map(len, kept)) > _LONGEST_NAME:
            kept = tuple(text[:_LONGEST_NAME].rstrip() for text in kept)
            told.append(f"one of the {field} has over {_LONGEST_NAME:,} characters")
        if kept != items:
            changes[field] = kept
    refusals = [
        Refusal(
            path,
            entry.line,
            f"in entry {entry.position} {what}: more than a paper has; the rest was left out.",
            "See whether the file is what it seems to be.",
        )
        for what in told
    ]
    if not changes:
        return entry, refusals
    return dataclasses.replace(entry, **changes), refusals  # type: ignore[arg-type]

"""What is new in a digest, what came back, and how it differs from the one before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..records import KeptDigest
from .shelves import Shelves
from .views import Named

_NAMED = 40
"""Entries that are named one by one; more are counted."""


@dataclass(frozen=True, slots=True)
class DigestChange:
    """A digest beside those before it; undated ones count as later than all dated ones."""

    new: int
    """Papers that no digest before it carried."""
    again: int
    """Papers that one before it carried."""
    entries: tuple[Named, ...]
    """The first entries that came again: their numbers, each leading to its place."""
    more: int
    """How many more came again."""
    last: Named | None
    """The dated digest just before it, with its papers; ``None`` for an undated one."""
    kept: int
    """How many papers of `last` came again."""


def digest_changes(shelves: Shelves) -> Mapping[str, DigestChange]:
    """Compare every digest but the first with those before it."""
    digests = shelves.archive.digests
    dated = [digest for digest in digests if digest.date is not None]
    order = [*reversed(dated), *(digest for digest in digests if digest.date is None)]
    seen: set[str] = set()
    found: dict[str, DigestChange] = {}
    before: KeptDigest | None = None
    for digest in order:
        slugs = {item.slug for item in digest.items}
        if seen:
            found[digest.id] = _change(shelves, digest, seen, before if digest.date else None)
        seen |= slugs
        before = digest
    return found


def _change(
    shelves: Shelves, digest: KeptDigest, seen: set[str], before: KeptDigest | None
) -> DigestChange:
    slugs = {item.slug for item in digest.items}
    first = {item.slug: item.position for item in reversed(digest.items)}
    again = sorted(first[slug] for slug in slugs & seen)
    earlier = {item.slug for item in before.items} if before else set()
    view = shelves.digests[before.id] if before else None
    return DigestChange(
        new=len(slugs - seen),
        again=len(again),
        entries=tuple(
            Named(str(position), shelves.entry(digest.id, position)) for position in again[:_NAMED]
        ),
        more=max(0, len(again) - _NAMED),
        last=Named(view.name, view.url, len(earlier)) if view else None,
        kept=len(earlier & slugs),
    )

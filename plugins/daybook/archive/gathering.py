"""Everything that is said of papers, gathered by paper and dated: the first half of a conversion.

Digests, the metadata folder and pages made by hand are sources; nothing here depends on what an
earlier conversion left behind, so the same sources give the same papers.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from ..digests import RENDERINGS
from ..errors import Refusal
from ..records import Digest, Entry, Paper, PartialDate
from .dates import Carrier, Dating, arxiv_month, date_digests, is_plausible, own_day
from .grouping import group_mentions
from .identity import Mention, identity_keys, name_keys
from .markdown_text import clean
from .merging import BY_HAND, METADATA, RENDERED, STATED, Merged, Source, merge_sources
from .metadata import Fact


@dataclass(slots=True)
class Gathered:
    """One paper among the sources."""

    entries: list[tuple[int, Entry]] = field(default_factory=list)
    """Its appearances: the digest's place among the digests, and the entry."""
    facts: list[Fact] = field(default_factory=list)
    by_hand: list[Paper] = field(default_factory=list)
    """Pages that a person made."""
    keys: tuple[str, ...] = ()
    """Every key by which the paper is known: ``arxiv:``, ``doi:`` and ``title:``."""
    is_joined: bool = False
    """Whether the keeper made one paper of several."""
    corrected: dict[str, Any] = field(default_factory=dict)
    """What the keeper corrects, by the name of the field."""

    def words(self) -> list[Entry | Fact | Paper]:
        """Give every source's word."""
        return [*(entry for _, entry in self.entries), *self.facts, *self.by_hand]


@dataclass(frozen=True, slots=True)
class Apart:
    """What the keeper split off: the name of the paper it makes, and the ids that join it."""

    name: str
    paper: str
    """What the keeper calls the paper that it is not."""
    arxiv: str | None
    doi: str | None
    anchor: str = ""
    """The key under which the ledger keeps which entry it is."""


def keys_of(word: Entry | Fact | Paper) -> tuple[str, ...]:
    """Give every key by which one word knows its paper."""
    return name_keys([identity_keys(_mention(word))])


def gather_papers(
    digests: Sequence[Digest],
    facts: Sequence[Fact],
    by_hand: Sequence[Paper],
    apart: Mapping[tuple[int, int], Apart] = MappingProxyType({}),
) -> tuple[list[Gathered], list[Refusal]]:
    """Group everything that is said by paper, and say which entries are doubtful.

    `apart` has the entries that are split off, by the digest's place and their position. Facts
    about papers that neither a digest nor a page made by hand has are left out.
    """
    entries = [(number, entry) for number, digest in enumerate(digests) for entry in digest.entries]
    words: list[Entry | Fact | Paper] = [*(entry for _, entry in entries), *facts, *by_hand]
    mentions = [_mention(word) for word in words]
    for place, (number, entry) in enumerate(entries) if apart else ():
        if split := apart.get((number, entry.position)):
            mentions[place] = Mention(
                entry.title, split.arxiv, split.doi, entry.abstract, split.name
            )
    grouping = group_mentions(mentions)
    papers = []
    for group in grouping.groups:
        paper = Gathered(keys=name_keys(grouping.keys[place] for place in group))
        for place in group:
            word = words[place]
            if isinstance(word, Entry):
                paper.entries.append(entries[place])
                if apart and (split := apart.get((entries[place][0], word.position))):
                    paper.keys = (*paper.keys, split.anchor)
            elif isinstance(word, Fact):
                paper.facts.append(word)
            else:
                paper.by_hand.append(word)
        if paper.entries or paper.by_hand:
            papers.append(paper)
    doubts = [
        _doubt(digests[entries[place][0]], entries[place][1])
        for place in grouping.doubtful
        if place < len(entries)
    ]
    return papers, doubts


def _mention(word: Entry | Fact | Paper) -> Mention:
    return Mention(word.title, word.arxiv, word.doi, word.abstract)


def _doubt(digest: Digest, entry: Entry) -> Refusal:
    return Refusal(
        digest.source.partition("#")[0],
        entry.line,
        f"several papers are called {entry.title[:60]!r}, and entry {entry.position} does not say "
        "which it means; it is kept as one of its own.",
        f"Give it the arXiv id{'' if entry.abstract else ', the abstract'} or the DOI of one of "
        "them, or merge the papers in papers.toml.",
        fatal=False,
    )


def date_gathered(digests: Sequence[Digest], papers: Sequence[Gathered]) -> Dating:
    """Date the digests by everything that is known of the papers they carry."""
    carried: dict[int, dict[int, None]] = defaultdict(dict)
    bare: dict[int, list[tuple[int, Entry]]] = defaultdict(list)
    births = {}
    for place, paper in enumerate(papers):
        said = [
            date for word in paper.words() for date in (word.published, arxiv_month(word.arxiv))
        ]
        if "published" in paper.corrected or "arxiv" in paper.corrected:
            get = paper.corrected.get
            said = [get("published"), arxiv_month(get("arxiv"))]
        known = [date.earliest for date in said if date is not None and is_plausible(date)]
        if known:
            births[place] = min(known)
        for number, entry in paper.entries:
            carried[number][place] = None
            if entry.published is None and entry.published_day is not None:
                bare[number].append((place, entry))
    carriers = [
        Carrier(
            digest.date if digest.date and is_plausible(digest.date) else None,
            digest.heading_day,
            tuple(carried[number]),
            tuple((place, e.published_day) for place, e in bare[number] if e.published_day),
        )
        for number, digest in enumerate(digests)
    ]
    return date_digests(carriers, births)


def merge_gathered(
    paper: Gathered,
    digests: Sequence[Digest],
    dates: Sequence[PartialDate | None],
    ids: Sequence[str],
) -> Merged:
    """Merge one paper's sources, each weighed by its kind and its digest's date."""
    sources = [
        Source(
            entry,
            RENDERED if digests[number].format in RENDERINGS else STATED,
            f"{ids[number]} #{entry.position}",
            _first_day(dates[number]),
            _published(entry, dates[number]),
        )
        for number, entry in paper.entries
    ]
    sources += [Source(f, METADATA, clean(f.origin), published=f.published) for f in paper.facts]
    sources += [Source(p, BY_HAND, p.path, published=p.published) for p in paper.by_hand]
    return merge_sources(sources, paper.corrected)


def _first_day(date: PartialDate | None) -> dt.date | None:
    return date.earliest if date else None


def _published(entry: Entry, digest: PartialDate | None) -> PartialDate | None:
    if entry.published is not None or entry.published_day is None or digest is None:
        return entry.published
    return own_day(digest, entry.published_day)

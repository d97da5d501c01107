"""What is said, matched with what the archive remembers: the first half of a conversion.

Sources, pages and ledger are read; what is said is grouped by paper, dated and merged, the keeper
is obeyed, and each paper gets the pages that it had before. Nothing here writes.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from ..digests import Reading
from ..errors import Refusal
from ..records import SMALL_ARCHIVE, Appearance, Digest, Paper, PartialDate
from .author_word import read_author_word
from .cache import Cache
from .damage import tell_damaged
from .dates import date_paper, is_plausible, youngest_of
from .folder import read_file
from .gathering import Gathered, date_gathered, gather_papers, merge_gathered
from .identity import title_key
from .keeper import read_keeper_word
from .ledger import FILE_NAME
from .loading import Loading, loading_pages
from .metadata import read_metadata
from .obeying import Obedience
from .provenance import FILE_NAME as PROVENANCE
from .provenance import examine_provenance
from .recall import (
    PaperMemory,
    Wanted,
    enter_digests,
    known_digests,
    name_digests,
    places_of,
)
from .registering import open_ledger
from .rows import changed
from .splitting import Splits, end_splits
from .stored_pages import StoredPage
from .topics import Taxonomy


@dataclasses.dataclass(frozen=True, slots=True)
class Sources:
    """Where a conversion's words come from."""

    reading: Reading
    papers: Path
    metadata: Path | None
    taxonomy: Taxonomy
    corrections: Path | None = None
    """The keeper's ``papers.toml``."""
    authors: Path | None = None
    """The keeper's ``authors.toml``."""
    loading: Loading | None = None
    """The pages, if they are being loaded already."""
    small_archive: int = SMALL_ARCHIVE
    """Up to so many papers every author has a page, above it those of two or more."""


class Matched:
    """What is said, paper by paper and in a fixed order, and the ledger's papers that these are."""

    def __init__(self, sources: Sources, cache: Cache | None = None) -> None:
        self.folder = sources.papers
        self.taxonomy = sources.taxonomy
        self.small_archive = sources.small_archive
        self.cache = cache or Cache()
        self.digests = sorted(sources.reading.digests, key=lambda digest: digest.source)
        self.refusals = [*sources.reading.refusals]
        for digest in self.digests:
            self.refusals += digest.refusals
        self.unread = {refusal.path for refusal in sources.reading.refusals if refusal.fatal}
        self.ledger_text = read_file(self.folder, FILE_NAME)
        with contextlib.ExitStack() as stack:
            loading = sources.loading or stack.enter_context(loading_pages(self.folder, self.cache))
            found = open_ledger(self.ledger_text, loading.pages)
            self.ledger, self.stored, self.copies, doubts = found
            self.known_names = loading.names
            doubts += loading.unread
        self.orphaned = self._orphan()
        self.provenance_text = read_file(self.folder, PROVENANCE) or ""
        doubts += examine_provenance(self.provenance_text)
        doubts += tell_damaged(self.folder, (FILE_NAME, PROVENANCE))
        self.told_of_pages = bool(doubts or self.copies)
        """Whether anything was refused or doubted of pages, ledger and provenance file."""
        self.refusals += doubts
        self.facts, refused = read_metadata(sources.metadata)
        self.word, unclear = read_keeper_word(sources.corrections)
        self.names, unnamed = read_author_word(sources.authors)
        self.refusals += [*refused, *unclear, *unnamed]
        self.pages = {
            number: self._placed(number, page)
            for number, page in self.stored.items()
            if page.paper is not None
        }
        """Every page that could be read, as the ledger knows it, by its number."""

    def _orphan(self) -> set[int]:
        """Have pages that people made, and that are lost, be nobody's; give their numbers."""
        records = self.ledger.papers
        lost = {n for n, record in records.items() if record.by_hand and n not in self.stored}
        for number in lost:
            records[number].by_hand = False
        return lost

    def _placed(self, number: int, page: StoredPage) -> Paper:
        assert page.paper is not None
        slug = self.ledger.papers[number].slug
        paper = page.paper
        if paper.number == number and paper.slug == slug:
            return paper
        return changed(paper, number=number, slug=slug)

    def gather(self) -> None:
        """Group and date everything that is said, and merge it paper by paper, in a fixed order."""
        redirected = self.ledger.redirects
        by_hand = [
            page
            for number, page in sorted(self.pages.items())
            if self.ledger.papers[number].by_hand and page.slug not in redirected
        ]
        places = places_of(self.pages.values())
        known, contested = known_digests(self.digests, self.ledger, places)
        self.taken = {*self.ledger.digests, *places}
        splits = self._split(known)
        apart = splits.apart
        self.gathered, doubts = gather_papers(self.digests, self.facts, by_hand, apart)
        self.refusals += [*contested, *splits.refusals, *doubts]
        self._date_digests(known)
        dates, ids = self.dating.dates, self.ids
        self.merged = [merge_gathered(p, self.digests, dates, ids) for p in self.gathered]
        order = sorted(range(len(self.gathered)), key=self._content_order)
        self.gathered = [self.gathered[place] for place in order]
        self.merged = [self.merged[place] for place in order]
        self.wanted = [self._wanted(place) for place in range(len(order))]
        damaged = [number for number, page in self.stored.items() if page.paper is None]
        obedience = Obedience(self.word, self.ledger, self.pages, damaged)
        if apart:
            obedience.keep_split_pages(apart, self.gathered, self.wanted)
        self.found = PaperMemory(self.ledger, self.pages, damaged).recall(self.wanted)
        end_splits(self.ledger, self.pages, self.wanted, self.found)
        self.obedience = obedience
        if self.word:
            self._obey(obedience, known)
        enter_digests(self.digests, self.dating.dates, self.ids, self.ledger)
        self.refusals += [
            _contradiction(self.digests[n]) for n in sorted(self.dating.contradictory)
        ]
        self.not_before = self._find_bounds()
        self.dated = [self._date(place) for place in range(len(self.gathered))]

    def _split(self, known: Mapping[int, str]) -> Splits:
        """Find what the keeper splits off; a digest that is new will be called by its date."""
        dates = [digest.date for digest in self.digests]
        ids = name_digests(self.digests, dates, known, self.taken) if self.word.splits else []
        return Splits(self.word, self.digests, ids, self.ledger, self.pages)

    def _date_digests(self, known: Mapping[int, str]) -> None:
        self.dating = date_gathered(self.digests, self.gathered)
        self.ids = name_digests(self.digests, self.dating.dates, known, self.taken)
        self.here = set(self.ids)

    def _obey(self, obedience: Obedience, known: Mapping[int, str]) -> None:
        """Do what the keeper says; date and merge again what that changes."""
        obedience.obey(self.gathered, self.wanted, self.found)
        self.refusals += obedience.refusals
        dates, ids = self.dating.dates, self.ids
        stale = {*obedience.keys, *(n for n, paper in enumerate(self.gathered) if paper.corrected)}
        if stale:
            for place in obedience.absorbed:
                self.gathered[place] = Gathered()
            self._date_digests(known)
        if (dates, ids) != (self.dating.dates, self.ids):
            stale = set(range(len(self.gathered)))
        for place in stale - set(obedience.absorbed):
            paper = self.gathered[place]
            self.merged[place] = merge_gathered(paper, self.digests, self.dating.dates, self.ids)
        standing = [n for n in range(len(self.gathered)) if n not in obedience.absorbed]
        obedience.renumber({old: new for new, old in enumerate(standing)})
        self.found = {new: self.found[old] for new, old in enumerate(standing) if old in self.found}
        self.gathered = [self.gathered[place] for place in standing]
        self.merged = [self.merged[place] for place in standing]
        self.wanted = [self.wanted[place] for place in standing]

    def _content_order(self, place: int) -> tuple[str, ...]:
        """Order papers by what they are, whatever order their files came in."""
        merged = self.merged[place]
        keys = self.gathered[place].keys
        return title_key(merged.title), merged.arxiv or "", merged.abstract or "", *keys

    def _find_bounds(self) -> dict[int, PartialDate | None]:
        carried: dict[int, list[PartialDate | None]] = {}
        for paper, merged in zip(self.gathered, self.merged, strict=True):
            for number, _ in paper.entries:
                if self.dating.dates[number] is None:
                    carried.setdefault(number, []).append(merged.published)
        return {number: youngest_of(published) for number, published in carried.items()}

    def _date(self, place: int) -> tuple[dt.date, str]:
        entries = self.gathered[place].entries
        if len(entries) == 1 and (only := self.dating.dates[entries[0][0]]) and is_plausible(only):
            return only.earliest, "digest"
        numbers = {number for number, _ in entries}
        dates = [date for number in numbers if (date := self.dating.dates[number])]
        bounds = [bound for number in numbers if (bound := self.not_before.get(number))]
        return date_paper(dates, self.merged[place].published, bounds)

    def _wanted(self, place: int) -> Wanted:
        paper, merged = self.gathered[place], self.merged[place]
        ids: dict[str, list[str]] = {"arxiv": [], "doi": [], "title": []}
        for key in paper.keys:
            kind, _, value = key.partition(":")
            ids[kind].append(value)
        return Wanted(
            arxiv=ids["arxiv"][0] if ids["arxiv"] else None,
            dois=frozenset(ids["doi"]),
            titles=frozenset(ids["title"]),
            abstract=merged.abstract,
            title=merged.title,
            fallback=merged.doi,
            places=frozenset(Appearance(self.ids[n], e.position) for n, e in paper.entries),
            numbers=tuple(page.number for page in paper.by_hand),
        )


def _contradiction(digest: Digest) -> Refusal:
    return Refusal(
        digest.source.partition("#")[0],
        None,
        "the days under its papers and those of other digests leave no year for its heading; it is "
        "dated without them.",
        "Date it by a sidecar file.",
        fatal=False,
    )

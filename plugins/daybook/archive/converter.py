"""One conversion, worked out in memory: from sources, pages and ledger to papers and what to write.

Group what is said, find the pages that were given before, obey the keeper, merge, date, assign
topics, enter in the ledger. Nothing here writes: `conversion` does, and `doctor` only looks.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any

from ..records import Appearance, Archive, DigestItem, Identities, KeptDigest, Paper
from .assembling import (
    TopicChoice,
    date_order,
    folder_of,
    name_digest,
    order_digests,
    resolve_redirects,
    settle_authors,
    with_former,
)
from .cache import Cache
from .doubts import doubtful_authors
from .edits import Edits
from .folder import read_file
from .gathering import Gathered
from .gone import (
    gone_addresses,
    settle_gone_authors,
    settle_gone_periods,
    settle_gone_topics,
    settle_moved_authors,
    settle_named_topics,
)
from .joining import Joining
from .keeper import NO_MORE
from .ledger import PaperRecord
from .matching import Matched, Sources
from .merging import Lost, Merged
from .obeying import Target
from .page_proof import FILE_NAME as PAGES
from .page_proof import PageProof
from .people import identify, orcids_of
from .registering import twice
from .rows import changed
from .slugs import Names, recall_names
from .stored_pages import remember_page
from .topic_proof import FILE_NAME as PROOF

_MERGED = tuple(field.name for field in dataclasses.fields(Merged) if field.name != "lost")
_VALUES = attrgetter(*_MERGED)
_ON_ANY_PAGE = ("notes", "extra", "former", "withdrawn", "hidden")
"""What is written on pages that people made, too: what was on others that became one with them,
and what hides them from who reads the pages alone."""


class Converter(Matched):
    """One conversion, step by step; each step leaves what the next ones need."""

    def __init__(self, sources: Sources, cache: Cache | None = None) -> None:
        super().__init__(sources, cache)
        self._proofs = {name: read_file(self.folder, name) for name in (PROOF, PAGES)}
        self.topics = TopicChoice(self.taxonomy, self._proofs[PROOF])
        self.topic_proof = ""
        self.edits = Edits(PageProof(self._proofs[PAGES]))
        self.outputs: list[Paper] = []
        self.joining = Joining(self.edits)
        self.corrected_topics: dict[int, tuple[str, ...]] = {}
        self.own: dict[int, dict[str, Any]] = {}
        """What pages without a digest say, by number, whatever the keeper's file says."""

    def prepare(self) -> Archive:
        """Work everything out, and write nothing."""
        before = list(self.pages.values())
        if len(before) < len(self.stored):
            self.edits.proof.last()
        self.gather()
        self.records = self._find_records()
        self.refusals += doubtful_authors(self.gathered, self.records, self.digests, self.ids)
        redirects = self._redirects()
        self.joining.join(self, redirects, (record.number for record in self.records))
        self.refusals += [twice(page) for pages in self.copies.values() for page in pages]
        kept: dict[int, Paper] = {}
        for place, record in enumerate(self.records):
            if self.gathered[place].entries:
                kept[record.number] = self._paper(place, record)
        self.carried = set(kept)
        for number, page in self.pages.items():
            if number not in kept:
                kept[number] = self._left_behind(page)
        choices = [
            (kept[n], self.stored.get(n), self.ledger.papers[n].by_hand) for n in sorted(kept)
        ]
        lines = self.word.lines_of("topics")
        self.corrected_topics = self._corrected_topics()
        everything, doubts = self.topics.choose(choices, self.corrected_topics, lines)
        self.refusals += doubts
        self.topic_proof = self.topics.prove(everything)
        everything = with_former(everything, redirects)
        for paper in everything:
            self._write(self._as_written(paper))
        told = list(self.edits.refusals())
        self.refusals += told
        self.told_of_pages |= bool(told)
        slugs = {place: record.slug for place, record in enumerate(self.records)}
        shown = tuple(self._shown(paper) for paper in everything if paper.hidden is None)
        here = {paper.slug for paper in shown}
        hidden = {paper.slug: paper.hidden for paper in everything if paper.hidden is not None}
        removed = hidden | {old: hidden[to] for old, to in resolve_redirects(redirects, {*hidden})}
        resolved = resolve_redirects(redirects, here)
        answering = {*here, *removed, *(old for old, _ in resolved)}
        removed |= dict.fromkeys(self.ledger.slugs - answering, NO_MORE)  # their pages are lost
        removed |= self.obedience.gone
        recall_names(self.known_names)
        keys = settle_authors(self.ledger, before, everything, self.cache, self.names)
        identities = self._identities(shown, keys)
        self._settle_gone(before, shown, identities)
        digests = self._kept_digests(slugs, here)
        return Archive(
            papers=shown,
            digests=digests,
            topics=self.taxonomy.topics,
            redirects=resolved,
            gone=gone_addresses(self.ledger, shown, digests, self.taxonomy.topics, dict(resolved)),
            author_slugs=tuple(sorted(self.ledger.authors.items())),
            identities=identities,
            removed=tuple(
                (slug, None if reason == NO_MORE else reason)
                for slug, reason in sorted(removed.items())
            ),
        )

    def _settle_gone(
        self, before: Sequence[Paper], shown: Sequence[Paper], identities: Identities
    ) -> None:
        """Enter addresses that are no more, and those that no page may tell of the next time.

        A page made by hand may say something else by then.
        """
        self._settle_between(before, shown, identities)
        told = {paper.number: self._as_written(paper) for paper in shown}
        told = {n: paper for n, paper in told.items() if not self._is_by_hand(paper)}
        if untold := [paper for paper in shown if told.get(paper.number) is not paper]:
            self._settle_between(untold, [*told.values()], identities)
        settle_named_topics(self.ledger, shown, self.topics.by_evidence)

    def _settle_between(
        self, before: Sequence[Paper], papers: Sequence[Paper], identities: Identities
    ) -> None:
        settle_gone_authors(self.ledger, before, papers, identities, self.small_archive)
        settle_gone_topics(self.ledger, before, papers)
        settle_gone_periods(self.ledger, before, papers)

    def _identities(self, shown: Sequence[Paper], keys: Mapping[str, str]) -> Identities:
        names = {name for paper in shown for name in paper.authors or () if name.strip()}
        printed = {name: keys[name] for name in names}
        entries = (entry for digest in self.digests for entry in digest.entries)
        identities, refused = identify(
            shown,
            printed,
            self.names,
            orcids_of((*self.facts, *entries), shown),
            self.ledger,
        )
        self.refusals += refused
        settle_moved_authors(self.ledger, shown, identities, printed)
        return identities

    def _find_records(self) -> list[PaperRecord]:
        """Give every paper its record: the one it had, or a new one."""
        names = Names([*self.ledger.slugs, *self.ledger.redirects])
        new = {n: wanted.slug for n, wanted in enumerate(self.wanted) if n not in self.found}
        records = {}
        for place in sorted(new, key=lambda p: (self.dated[p][0], new[p], p)):
            slug = names.take(new[place])
            path = f"{folder_of(*self.dated[place])}/{slug}.md"
            parts = self.obedience.keys.get(place)
            keys = parts[0][1] if parts else self.gathered[place].keys
            records[place] = self.ledger.add_paper(slug, path, keys)
        for place, numbers in sorted(self.found.items()):
            records[place] = record = self.ledger.papers[numbers[0]]
            if record.number in self.orphaned:
                self.ledger.take_over(record.number)
            parts = self.obedience.keys.get(place) or [(numbers[0], self.gathered[place].keys)]
            for number, keys in parts:
                if number is not None:
                    self.ledger.add_keys(number, keys)
            self.ledger.make_one(numbers)
        return [records[place] for place in range(len(self.wanted))]

    def _redirects(self) -> dict[str, str]:
        """Give the redirects that hold: not those of papers that have their own page again."""
        alive = {record.slug for record in self.records} & self.ledger.merged_by_hand
        return {slug: to for slug, to in self.ledger.redirects.items() if slug not in alive}

    def _paper(self, place: int, record: PaperRecord) -> Paper:
        """Make the paper of one place: what the sources say, and what people added to its page."""
        merged, page = self.merged[place], self.pages.get(record.number)
        stored = self.stored.get(record.number)
        date, basis = self.dated[place]
        target = ("place", place)
        paper = Paper(
            slug=record.slug,
            path=stored.path if stored else record.path,
            number=record.number,
            date=date,
            date_basis=basis,
            digests=self._appearances(self.gathered[place]),
            notes=page.notes if page else None,
            extra=page.extra if page else (),
            topics=page.topics if page else (),
            withdrawn=self._ruled("withdrawn", record.number, target),
            hidden=self._ruled("hidden", record.number, target),
            **dict(zip(_MERGED, _VALUES(merged), strict=True)),
        )
        return self.joining.with_added(paper)

    def _corrected_topics(self) -> dict[int, tuple[str, ...]]:
        """Give the topics that the keeper corrects, by the paper's number."""
        found = {
            self.records[place].number: paper.corrected["topics"]
            for place, paper in enumerate(self.gathered)
            if "topics" in paper.corrected
        }
        for number, values in self.obedience.corrected.items():
            if "topics" in values:
                found[number] = values["topics"]
        return found

    def _appearances(self, paper: Gathered) -> tuple[Appearance, ...]:
        if len(paper.entries) == 1:
            number, entry = paper.entries[0]
            return (Appearance(self.ids[number], entry.position),)
        order = sorted(
            (date_order(self.dating.dates[number], self.ids[number]), entry.position, number)
            for number, entry in paper.entries
        )
        return tuple(Appearance(self.ids[number], position) for _, position, number in order)

    def _left_behind(self, page: Paper) -> Paper:
        """Give the paper of a page that no digest carries (any more).

        Its page stays as it is, but for the topics of one that the converter made, and for what
        the keeper says of it but not in its place.
        """
        target: Target = ("page", page.number)
        values = dict(self.obedience.corrected.get(page.number, {}))
        values.pop("topics", None)
        self.own[page.number] = {field: getattr(page, field) for field in values}
        return dataclasses.replace(
            self.joining.with_added(page),
            withdrawn=self._ruled("withdrawn", page.number, target),
            hidden=self._ruled("hidden", page.number, target),
            **values,
        )

    def _ruled(self, field: str, number: int, target: Target) -> str | None:
        """Give what the keeper's file says of a paper, or else a page that a person made."""
        ruled: dict[Target, str] = getattr(self.obedience, field)
        page = self.pages.get(number)
        if target in ruled or page is None or not self.ledger.papers[number].by_hand:
            return ruled.get(target)
        said: str | None = getattr(page, field)
        return said if said and self.edits.is_edited(self.stored[number]) else None

    def _shown(self, paper: Paper) -> Paper:
        """Give a paper as the archive hands it on: nothing of it in digests that are gone."""
        if paper.withdrawn == NO_MORE:
            paper = dataclasses.replace(paper, withdrawn="")
        here = tuple(place for place in paper.digests if place.digest in self.here)
        if len(here) == len(paper.digests):
            return paper
        sources = {self.ledger.digests[p.digest].source for p in paper.digests
                   if p.digest in self.ledger.digests}  # fmt: skip
        unread = any(source.partition("#")[0] in self.unread for source in sources)
        return dataclasses.replace(
            paper, digests=here, uncarried=bool(self.digests) and not here and not unread
        )

    def _as_written(self, paper: Paper) -> Paper:
        """Give a paper as its page has it.

        What a source itself says, as one made by hand or one that no digest carries, stays on it:
        what other sources, evidence or the keeper's file put in its place would be its own word
        the next time.
        """
        page = self.pages.get(paper.number)
        if page is not None and self._is_by_hand(paper):
            return changed(page, **{field: getattr(paper, field) for field in _ON_ANY_PAGE})
        own = self.own.get(paper.number)
        return dataclasses.replace(paper, **own) if own else paper

    def _write(self, paper: Paper) -> None:
        """Note the page for writing, unless it is what lies there, or that is damaged."""
        stored, page = self.stored.get(paper.number), self.pages.get(paper.number)
        if stored is None:
            self.outputs.append(paper)
            return
        if stored.paper is None or page is None:
            return
        by_hand = self._is_by_hand(paper)
        is_source = by_hand or paper.number not in self.carried
        same = stored.shows(paper, page)
        if same and paper == page:
            remember_page(self.cache, stored, paper, self.sorted_by(paper))
        is_written = not (same or (is_source and paper == page))
        if is_written:
            self.outputs.append(paper)
            (self.edits.write_on if by_hand else self.edits.replace)(stored, paper)
        is_open = by_hand and is_written and not (page.hidden or page.withdrawn)
        if is_source and not is_open:
            self.edits.leave(paper.number, stored)
        else:
            self.edits.prove(paper.number, stored)

    def _is_by_hand(self, paper: Paper) -> bool:
        return self.ledger.papers[paper.number].by_hand

    def proofs(self, prints: Mapping[int, str]) -> list[tuple[str, str]]:
        """Give the files that prove what pages say, as far as they changed, with their texts.

        `prints` has the fingerprints of the pages that were written, by number.
        """
        self.edits.written(prints)
        now = {PROOF: self.topic_proof, PAGES: self.edits.proof.write()}
        return [(name, text) for name, text in now.items() if text != (self._proofs[name] or "")]

    def sorted_by(self, paper: Paper) -> str:
        """Give the fingerprint of the taxonomy whose evidence, on the page, assigned its topics."""
        assigned = paper.number in self.topics.by_evidence and not self.own.get(paper.number)
        return self.taxonomy.fingerprint if assigned and not self._is_by_hand(paper) else ""

    def _kept_digests(self, slugs: Mapping[int, str], here: set[str]) -> tuple[KeptDigest, ...]:
        items: dict[int, list[DigestItem]] = {n: [] for n in range(len(self.digests))}
        for place, paper in enumerate(self.gathered):
            if slugs[place] not in here:
                continue
            for number, e in paper.entries:
                item = DigestItem(e.position, slugs[place], e.title, e.upvotes, e.comments, e.group)
                items[number].append(item)
        kept = [
            KeptDigest(
                id=self.ids[number],
                source=digest.source,
                format=digest.format,
                name=digest.name
                or name_digest(self.dating.dates[number], digest.heading_day, len(digest.entries)),
                items=tuple(sorted(items[number], key=lambda item: item.position)),
                date=self.dating.dates[number],
                dated_by="inferred" if number in self.dating.inferred else digest.dated_by,
                not_before=self.not_before.get(number),
            )
            for number, digest in enumerate(self.digests)
        ]
        return order_digests(kept)

    def lost(self) -> dict[str, list[Lost]]:
        """Give what each paper's sources said in vain, by its slug."""
        return {
            record.slug: list(merged.lost)
            for record, merged in zip(self.records, self.merged, strict=True)
        }

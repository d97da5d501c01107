"""From digests to dated Markdown pages: the one way from READ to what the site is made of.

Read, group, date, recall what was given before, merge, assign topics, enter in the ledger, write.
The ledger is written before the pages: a conversion killed between the two gives, run again, what
an undisturbed one would have given.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..digests import Reading
from ..errors import Refusal
from ..records import Appearance, Archive, Digest, DigestItem, KeptDigest, Paper, PartialDate
from .assembling import (
    TopicChoice,
    date_order,
    name_digest,
    order_digests,
    resolve_redirects,
    settle_authors,
)
from .dates import date_paper, youngest_of
from .folder import StoredPage, hold_folder, load_pages, read_file, remove_files, write_files
from .gathering import Gathered, date_gathered, gather_papers, merge_gathered
from .identity import title_key
from .ledger import FILE_NAME, PaperRecord
from .merging import Merged
from .metadata import read_metadata
from .page import write_page
from .recall import PaperMemory, Wanted, identify_digests, places_of
from .registering import open_ledger
from .slugs import Names, name_of
from .topics import Taxonomy

PROVENANCE = "provenance.jsonl"
"""Beside the ledger: every value that another source's was preferred to, one a line."""


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


def convert(
    reading: Reading,
    papers_folder: Path,
    metadata_folder: Path | None,
    taxonomy: Taxonomy,
    *,
    wait: float | None = 60.0,
) -> Conversion:
    """Bring the Markdown pages up to date with the digests; write only what changed.

    `wait` is how many seconds another conversion of the same folder may take; ``None`` when the
    caller holds the folder's lock already.

    Raises:
        PublishError: when the folder is held for longer, or cannot be written.
        LedgerError: when the ledger was written by a later Daybook.
    """
    if wait is None:
        return _Converter(reading, papers_folder, metadata_folder, taxonomy).run()
    with hold_folder(papers_folder, wait):
        return _Converter(reading, papers_folder, metadata_folder, taxonomy).run()


def load_archive(papers_folder: Path, taxonomy: Taxonomy) -> Archive:
    """Load the papers that a folder's pages hold, without their digests; nothing is written.

    Raises:
        LedgerError: when the ledger was written by a later Daybook.
    """
    nothing = Reading((), (), 0)
    return _Converter(nothing, papers_folder, None, taxonomy).archive


class _Converter:
    """One conversion, step by step; each step leaves what the next ones need."""

    def __init__(
        self, reading: Reading, folder: Path, metadata: Path | None, taxonomy: Taxonomy
    ) -> None:
        self.folder = folder
        self.taxonomy = taxonomy
        self.digests = sorted(reading.digests, key=lambda digest: digest.source)
        self.refusals = [*reading.refusals]
        for digest in self.digests:
            self.refusals += digest.refusals
        stored = load_pages(folder)
        self.refusals += [page.refusal for page in stored if page.refusal]
        self.ledger_text = read_file(folder, FILE_NAME)
        self.ledger, self.stored, doubts = open_ledger(self.ledger_text, stored)
        self.refusals += doubts
        self.facts, refused = read_metadata(metadata)
        self.refusals += refused
        self.topics = TopicChoice(taxonomy)
        self.pages = {
            number: self._placed(number, page)
            for number, page in self.stored.items()
            if page.paper is not None
        }
        """Every page that could be read, as the ledger knows it, by its number."""
        self.outputs: list[tuple[str, str]] = []
        self.removed: list[str] = []
        self.added: dict[int, list[Paper]] = {}
        self.archive = self._prepare()

    def _placed(self, number: int, page: StoredPage) -> Paper:
        assert page.paper is not None
        slug = self.ledger.papers[number].slug
        return dataclasses.replace(page.paper, number=number, slug=slug, path=page.path)

    def run(self) -> Conversion:
        """Write the ledger, then the pages, and report."""
        if (ledger := self.ledger.text()) != self.ledger_text:
            write_files(self.folder, [(FILE_NAME, ledger)])
        before = read_file(self.folder, PROVENANCE) or ""
        provenance = self._provenance(before)
        lost = [(PROVENANCE, provenance)] if provenance != before else []
        write_files(self.folder, [*self.outputs, *lost])
        remove_files(self.folder, self.removed)
        entries = sum(len(digest.entries) for digest in self.digests)
        return Conversion(
            archive=self.archive,
            digests=len(self.digests),
            entries=entries,
            papers=len(self.archive.papers),
            merged=entries - sum(1 for paper in self.gathered if paper.entries),
            repaired_links=sum(digest.repaired_links for digest in self.digests),
            inferred_dates=len(self.dating.inferred),
            pages_written=len(self.outputs),
            refusals=tuple(self.refusals),
        )

    def _prepare(self) -> Archive:
        """Work everything out, and write nothing."""
        before = list(self.pages.values())
        self._gather()
        self.records = self._find_records()
        self._merge_pages()
        kept = {}
        for place, record in enumerate(self.records):
            if self.gathered[place].entries:
                kept[record.number] = self._paper(place, record)
                self._write(kept[record.number])
        for number, page in self.pages.items():
            if number not in kept:
                kept[number] = self._left_behind(page)
        papers = tuple(paper for _, paper in sorted(kept.items()))
        slugs = {place: record.slug for place, record in enumerate(self.records)}
        return Archive(
            papers=papers,
            digests=self._kept_digests(slugs),
            topics=self.taxonomy.topics,
            redirects=resolve_redirects(self.ledger.redirects, {paper.slug for paper in papers}),
            author_slugs=settle_authors(self.ledger, before, papers),
        )

    def _gather(self) -> None:
        """Group and date everything that is said, and merge it paper by paper, in a fixed order."""
        redirected = self.ledger.redirects
        by_hand = [
            page
            for number, page in sorted(self.pages.items())
            if self.ledger.papers[number].by_hand and page.slug not in redirected
        ]
        gathered, doubts = gather_papers(self.digests, self.facts, by_hand)
        self.refusals += doubts
        self.dating = date_gathered(self.digests, gathered)
        self.refusals += [
            _contradiction(self.digests[n]) for n in sorted(self.dating.contradictory)
        ]
        dates = self.dating.dates
        self.ids = identify_digests(
            self.digests, dates, self.ledger, places_of(self.pages.values())
        )
        pairs = [(p, merge_gathered(p, self.digests, dates, self.ids)) for p in gathered]
        pairs.sort(key=lambda pair: _content_order(*pair))
        self.gathered = [paper for paper, _ in pairs]
        self.merged = [merged for _, merged in pairs]
        carried: dict[int, list[PartialDate | None]] = {}
        for paper, merged in pairs:
            for number, _ in paper.entries:
                carried.setdefault(number, []).append(merged.published)
        self.not_before = {
            number: youngest_of(published)
            for number, published in carried.items()
            if dates[number] is None
        }
        self.dated = [self._date(paper, merged) for paper, merged in pairs]

    def _date(self, paper: Gathered, merged: Merged) -> tuple[dt.date, str]:
        numbers = {number for number, _ in paper.entries}
        dates = [date for number in numbers if (date := self.dating.dates[number])]
        bounds = [bound for number in numbers if (bound := self.not_before.get(number))]
        return date_paper(dates, merged.published, bounds)

    def _find_records(self) -> list[PaperRecord]:
        """Give every paper its record: the one it had, or a new one."""
        wanted = [self._wanted(place) for place in range(len(self.gathered))]
        damaged = [number for number, page in self.stored.items() if page.paper is None]
        found = PaperMemory(self.ledger, self.pages, damaged).recall(wanted)
        names = Names([*self.ledger.slugs, *self.ledger.redirects])
        new = [place for place in range(len(wanted)) if place not in found]
        records = {}
        for place in sorted(new, key=lambda p: (self.dated[p][0], wanted[p].slug, p)):
            slug = names.take(wanted[place].slug)
            path = f"{_folder_of(*self.dated[place])}/{slug}.md"
            records[place] = self.ledger.add_paper(slug, path, self.gathered[place].keys())
        for place, numbers in sorted(found.items()):
            records[place] = record = self.ledger.papers[numbers[0]]
            self.ledger.add_keys(record.number, self.gathered[place].keys())
            for number in numbers[1:]:
                self.ledger.add_redirect(self.ledger.papers[number].slug, record.slug)
        return [records[place] for place in range(len(wanted))]

    def _wanted(self, place: int) -> Wanted:
        paper, merged = self.gathered[place], self.merged[place]
        keys = paper.keys()
        return Wanted(
            arxiv=next((key[6:] for key in keys if key.startswith("arxiv:")), None),
            dois=frozenset(key[4:] for key in keys if key.startswith("doi:")),
            titles=frozenset(key[6:] for key in keys if key.startswith("title:")),
            abstract=merged.abstract,
            title=merged.title,
            slug=name_of(merged.title, merged.arxiv, merged.doi),
            places=frozenset(Appearance(self.ids[n], e.position) for n, e in paper.entries),
            numbers=tuple(page.number for page in paper.by_hand),
        )

    def _merge_pages(self) -> None:
        """Note what people added to pages that were merged, for the page that stays.

        A page that an earlier conversion was killed before removing is among them.
        """
        numbers = {record.slug: number for number, record in self.ledger.papers.items()}
        for slug, to in resolve_redirects(self.ledger.redirects, set(numbers)):
            page = self.pages.pop(numbers.get(slug, -1), None)
            if page is not None:
                self.removed.append(page.path)
                self.added.setdefault(numbers[to], []).append(page)

    def _paper(self, place: int, record: PaperRecord) -> Paper:
        """Make the paper of one place: what the sources say, and what people added to its page."""
        merged, page = self.merged[place], self.pages.get(record.number)
        stored = self.stored.get(record.number)
        date, basis = self.dated[place]
        values = {f.name: getattr(merged, f.name) for f in dataclasses.fields(Merged)}
        del values["lost"]
        paper = Paper(
            slug=record.slug,
            path=stored.path if stored else record.path,
            number=record.number,
            date=date,
            date_basis=basis,
            digests=self._appearances(self.gathered[place]),
            notes=page.notes if page else None,
            extra=page.extra if page else (),
            **values,
        )
        return self._with_topics(self._with_added(paper), page, by_hand=record.by_hand)

    def _with_topics(self, paper: Paper, page: Paper | None, *, by_hand: bool) -> Paper:
        topics, doubts = self.topics.choose(paper, page, by_hand=by_hand)
        self.refusals += doubts
        return dataclasses.replace(paper, topics=topics)

    def _with_added(self, paper: Paper) -> Paper:
        for page in self.added.get(paper.number, ()):
            keys = {key.lower() for key, _ in paper.extra}
            more = tuple(pair for pair in page.extra if pair[0].lower() not in keys)
            notes = paper.notes or ""
            if page.notes and page.notes not in notes:
                notes = f"{notes}\n\n{page.notes}".strip()
            paper = dataclasses.replace(paper, notes=notes or None, extra=(*paper.extra, *more))
        return paper

    def _appearances(self, paper: Gathered) -> tuple[Appearance, ...]:
        order = sorted(
            (date_order(self.dating.dates[number], self.ids[number]), entry.position, number)
            for number, entry in paper.entries
        )
        return tuple(Appearance(self.ids[number], position) for _, position, number in order)

    def _left_behind(self, page: Paper) -> Paper:
        """Give the paper of a page that no digest carries (any more).

        Its page stays as it is, but for the topics of one that the converter made. Digests that
        are gone are not the paper's here, so that nothing links to them.
        """
        by_hand = self.ledger.papers[page.number].by_hand
        paper = self._with_topics(self._with_added(page), page, by_hand=by_hand)
        if paper != (dataclasses.replace(page, topics=paper.topics) if by_hand else page):
            self._write(paper)
        here = tuple(place for place in page.digests if place.digest in self.ids)
        return dataclasses.replace(paper, digests=here)

    def _write(self, paper: Paper) -> None:
        """Note the page for writing, unless it is what lies there, or that is damaged."""
        stored = self.stored.get(paper.number)
        text = write_page(paper)
        if stored is None or (stored.paper is not None and stored.text != text):
            self.outputs.append((paper.path, text))

    def _kept_digests(self, slugs: Mapping[int, str]) -> tuple[KeptDigest, ...]:
        items: dict[int, list[DigestItem]] = {n: [] for n in range(len(self.digests))}
        for place, paper in enumerate(self.gathered):
            for number, e in paper.entries:
                item = DigestItem(e.position, slugs[place], e.title, e.upvotes, e.comments, e.group)
                items[number].append(item)
        kept = [
            KeptDigest(
                id=self.ids[number],
                source=digest.source,
                format=digest.format,
                name=digest.name or name_digest(self.dating.dates[number], len(digest.entries)),
                items=tuple(sorted(items[number], key=lambda item: item.position)),
                date=self.dating.dates[number],
                dated_by="inferred" if number in self.dating.inferred else digest.dated_by,
                not_before=self.not_before.get(number),
            )
            for number, digest in enumerate(self.digests)
        ]
        return order_digests(kept)

    def _provenance(self, before: str) -> str:
        """Give the file of lost values; lines about papers that no digest carries stay."""
        lines = {}
        for record, merged in zip(self.records, self.merged, strict=True):
            lines[record.slug] = [
                json.dumps(
                    {"paper": record.slug, "field": v.field, "value": v.value, "from": v.origin},
                    ensure_ascii=False,
                )
                for v in merged.lost
            ]
        for line in before.splitlines():
            slug = _paper_of(line)
            if slug is not None and slug not in lines:
                lines[f"{slug} "] = [*lines.get(f"{slug} ", []), line]
        return "".join(f"{line}\n" for _, said in sorted(lines.items()) for line in said)


def _content_order(paper: Gathered, merged: Merged) -> tuple[str, ...]:
    """Order papers by what they are, whatever order their files came in."""
    return title_key(merged.title), merged.arxiv or "", merged.abstract or "", *paper.keys()


def _folder_of(date: dt.date, basis: str) -> str:
    return "undated" if basis == "unknown" else date.isoformat()[:7].replace("-", "/")


def _paper_of(line: str) -> str | None:
    try:
        slug = json.loads(line)["paper"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return slug if isinstance(slug, str) else None


def _contradiction(digest: Digest) -> Refusal:
    return Refusal(
        digest.source.partition("#")[0],
        None,
        "the days under its papers and those of other digests leave no year for its heading; it is "
        "dated without them.",
        "Date it by a sidecar file.",
        fatal=False,
    )

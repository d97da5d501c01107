"""What the archive remembers: which digest, and which paper's page, this is again.

A digest is known again by its file and content, whatever of the two changed; a paper by arXiv id,
DOI, title, its place in a digest, or an unchanged abstract, in this order. Both by the ledger, and
by the pages where the ledger was lost.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..errors import Refusal
from ..records import Appearance, Digest, Paper, PartialDate
from .identity import likeness, title_key
from .ledger import FILE_NAME, DigestRecord, Ledger
from .markdown_text import clean
from .slugs import Names, name_of

_SAME = 0.5
"""Share of the smaller digest's entries that two states of one digest have in common at least."""
_LONG = 100
"""From so many characters on, an unchanged abstract identifies a paper whose title changed."""
_UNDATED = re.compile(r"undated-(\d{1,9})\Z", re.ASCII)
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:-\d+)?", re.ASCII)
"""The id of a digest that had a day for its date, maybe one of several."""

Places = Mapping[str, Mapping[int, str]]
"""For each digest's id, the title key of the paper at each position."""


def places_of(pages: Iterable[Paper]) -> dict[str, dict[int, str]]:
    """Gather what the pages say of digests."""
    places: dict[str, dict[int, str]] = defaultdict(dict)
    for page in pages:
        key = title_key(page.title) if page.digests else ""
        for place in page.digests:
            places[place.digest][place.position] = key
    return dict(places)


def fingerprint(digest: Digest) -> str:
    """Give what stays the same however a digest's file is called: its titles in order."""
    titles = "\n".join(f"{entry.position} {title_key(entry.title)}" for entry in digest.entries)
    return hashlib.sha256(titles.encode("utf-8", "replace")).hexdigest()[:16]


def name_digests(
    digests: Sequence[Digest],
    dates: Sequence[PartialDate | None],
    known: Mapping[int, str],
    taken: Iterable[str],
) -> list[str]:
    """Give every digest its id: the `known` one it had, or a new one that is not `taken`.

    New ones are called by their date, those without by number, in the order of date and file.
    """
    ids = dict(known)
    taken = set(taken)
    numbers = [int(match[1]) for name in taken if (match := _UNDATED.match(name))]
    last, names = max(numbers, default=0), Names(taken)
    for number in _by_date(digests, dates):
        if number not in ids:
            last += dates[number] is None
            ids[number] = names.take(str(dates[number] or f"undated-{last}"))
    return [ids[number] for number in range(len(digests))]


def name_of_day(digest_id: str) -> str:
    """Give the day that a digest's id names: the one it had first; '' for one that names none."""
    found = _DAY.fullmatch(digest_id)
    return found[1] if found else ""


def enter_digests(
    digests: Sequence[Digest],
    dates: Sequence[PartialDate | None],
    ids: Sequence[str],
    ledger: Ledger,
) -> None:
    """Enter every digest in the ledger: its id, and where it lies."""
    for number in _by_date(digests, dates):
        digest = digests[number]
        date, name = dates[number], ids[number]
        day = str(date) if date and date.day and name_of_day(name) != str(date) else ""
        ledger.add_digest(DigestRecord(name, clean(digest.source), fingerprint(digest), day))


def _by_date(digests: Sequence[Digest], dates: Sequence[PartialDate | None]) -> list[int]:
    return sorted(range(len(digests)), key=lambda n: (str(dates[n] or "~"), digests[n].source))


def known_digests(
    digests: Sequence[Digest], ledger: Ledger, places: Places
) -> tuple[dict[int, str], list[Refusal]]:
    """Find the digests that had an id before, by their number; tell ids that two of them had."""
    prints = [fingerprint(digest) for digest in digests]
    ids: dict[int, str] = {}
    free = dict(ledger.digests)
    sources = {clean(digest.source) for digest in digests}
    by_print: dict[str, list[DigestRecord]] = defaultdict(list)
    by_source: dict[str, list[DigestRecord]] = defaultdict(list)
    for record in ledger.digests.values():
        by_print[record.fingerprint].append(record)
        by_source[record.source].append(record)

    def claim(number: int, records: Iterable[DigestRecord]) -> None:
        record = next((record for record in records if record.id in free), None)
        if record is not None and number not in ids:
            ids[number] = record.id
            del free[record.id]

    order = sorted(range(len(digests)), key=lambda n: digests[n].source)
    contested = _first_of_two(ledger, prints, digests)
    for name, number in contested.items():
        claim(number, [ledger.digests[name]])
    for number in order:
        same = by_print[prints[number]]
        claim(number, (r for r in same if r.source == clean(digests[number].source)))
    for number in order:
        claim(number, (r for r in by_print[prints[number]] if r.source not in sources))
    for number in order:
        titles = {title_key(entry.title) for entry in digests[number].entries}
        records = by_source[clean(digests[number].source)]
        claim(number, (r for r in records if _same_titles(titles, places.get(r.id, {}))))
    _recognize_by_places(digests, ids, {*free, *(set(places) - set(ledger.digests))}, places)
    return ids, [_tell_contested(ledger, name, digests[n]) for name, n in contested.items()]


def _first_of_two(
    ledger: Ledger, prints: Sequence[str], digests: Sequence[Digest]
) -> dict[str, int]:
    """Give the digests whose ids two have that are both here, as of branches that were merged.

    Whoever was given it first keeps it, as the first line counts of all that was given twice.
    """
    if not ledger.digests_before:
        return {}
    at = {(clean(one.source), prints[n]): n for n, one in enumerate(digests)}
    named = {(record.source, record.fingerprint) for record in ledger.digests.values()}
    found: dict[str, int] = {}
    for name, records in ledger.digests_before.items():
        last = ledger.digests[name]
        others = (r for r in records if r.fingerprint != last.fingerprint)
        held = ((record.source, record.fingerprint) for record in others)
        first = next((at[key] for key in held if key in at and key not in named), None)
        if first is not None and (last.source, last.fingerprint) in at:
            found[name] = first
    return found


def _tell_contested(ledger: Ledger, name: str, digest: Digest) -> Refusal:
    both = f"{clean(digest.source)!r} and {ledger.digests[name].source!r}"
    message = f"{both} were both called {name!r}; the first keeps that, and its address."
    hint = "Where papers.toml speaks of the other, name it by its file or its new id."
    return Refusal(FILE_NAME, None, message, hint, fatal=False)


def _same_titles(titles: set[str], known: Mapping[int, str]) -> bool:
    before = set(known.values())
    return not before or len(titles & before) >= _SAME * min(len(titles), len(before))


def _recognize_by_places(
    digests: Sequence[Digest], ids: dict[int, str], free: set[str], places: Places
) -> None:
    """Know digests again by what the pages say stood where in them."""
    holders: dict[tuple[int, str], list[str]] = defaultdict(list)
    for name in sorted(free):
        for place in places.get(name, {}).items():
            holders[place].append(name)
    for number in sorted(range(len(digests)), key=lambda n: digests[n].source):
        if number in ids:
            continue
        shared: dict[str, int] = defaultdict(int)
        for entry in digests[number].entries:
            for name in holders.get((entry.position, title_key(entry.title)), ()):
                shared[name] += name in free
        best = max(sorted(shared), key=lambda name: shared[name], default=None)
        if best is None:
            continue
        size = min(len(digests[number].entries), len(places[best]))
        if shared[best] and shared[best] >= _SAME * size:
            ids[number] = best
            free.discard(best)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper of this conversion, as far as finding its page is concerned."""

    arxiv: str | None
    dois: frozenset[str]
    titles: frozenset[str]
    abstract: str | None
    title: str
    fallback: str | None
    """What names it where the title gives no name."""
    places: frozenset[Appearance]
    numbers: tuple[int, ...] = ()
    """Papers that it is for certain: pages made by hand that are among its sources, and the page
    from which others were split off. One that no digest carries is no more than these."""
    never: frozenset[int] = frozenset()
    """Papers that it is not: it was split off from them."""

    @property
    def slug(self) -> str:
        """The slug it would get if it were new."""
        return name_of(self.title, self.arxiv, self.fallback)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A paper of the ledger that nobody has claimed yet."""

    number: int
    arxivs: frozenset[str]
    page: Paper | None

    def is_unlike(self, wanted: Wanted) -> bool:
        return wanted.arxiv is not None and bool(self.arxivs) and wanted.arxiv not in self.arxivs

    def likeness(self, wanted: Wanted) -> float | None:
        abstract = self.page.abstract if self.page else None
        return likeness(abstract, wanted.abstract, wanted.title)


class PaperMemory:
    """Finds the papers of the ledger that this conversion's papers are."""

    def __init__(self, ledger: Ledger, pages: Mapping[int, Paper], damaged: Iterable[int]) -> None:
        self._found: dict[int, list[int]] = {}
        self._never: dict[int, frozenset[int]] = {}
        self._damaged = frozenset(damaged)
        self._by_hand = frozenset(n for n, record in ledger.papers.items() if record.by_hand)
        self._free: dict[int, _Kept] = {}
        self._by_key: dict[str, list[int]] = defaultdict(list)
        gone = set(ledger.redirects) - ledger.merged_by_hand
        self._records = ledger.papers
        self._redirects = ledger.redirects
        self._numbers = {record.slug: number for number, record in ledger.papers.items()}
        self._pages = pages
        for number, record in sorted(ledger.papers.items()):
            if record.slug in gone:
                continue
            arxivs = []
            for key in record.keys:
                if key[:6] == "arxiv:":
                    arxivs.append(key[6:])
                if key[:6] != "title:":
                    self._by_key[key].append(number)
            self._free[number] = _Kept(number, frozenset(arxivs), pages.get(number))

    def _index_rest(self) -> None:
        """Index what ids did not claim by all else: most papers of an archive are claimed."""
        for number in self._free:
            record, page = self._records[number], self._pages.get(number)
            for key in record.keys:
                if key[:6] == "title:":
                    self._by_key[key].append(number)
            if not record.keys:
                self._by_key[f"slug:{record.slug}"].append(number)
            for place in page.digests if page else self._with_others(record.slug):
                self._by_key[f"place:{place.digest} {place.position}"].append(number)
            if page and page.abstract and len(page.abstract) >= _LONG:
                self._by_key[f"abstract:{page.abstract}"].append(number)

    def _with_others(self, slug: str) -> Iterable[Appearance]:
        """Give the places of the page that a paper without one shares, as the keeper says."""
        seen = set()
        while slug in self._redirects and slug not in seen:
            seen.add(slug)
            slug = self._redirects[slug]
        page = self._pages.get(self._numbers.get(slug, -1))
        return page.digests if page and seen else ()

    def recall(self, papers: Sequence[Wanted]) -> dict[int, list[int]]:
        """Find the ledger's numbers of all papers that are remembered, by their place.

        Where there are several the first keeps its page: the one made by hand, or the oldest.
        """
        self._never = {place: wanted.never for place, wanted in enumerate(papers) if wanted.never}
        for place, wanted in enumerate(papers):
            for number in wanted.numbers:
                self._claim(place, number)
        carried = [(place, wanted) for place, wanted in enumerate(papers) if wanted.places]
        for place, wanted in carried:
            if wanted.arxiv:
                self._claim_all(place, [f"arxiv:{wanted.arxiv}"])
        self._recall_by_doi(carried)
        if self._free:
            self._index_rest()
            titles = {key[6:] for key in self._by_key if key[:6] == "title:"}
            self._recall_by_title(
                [pair for pair in carried if not titles.isdisjoint(pair[1].titles)]
            )
            self._recall_renamed(carried)
        return self._found

    def _recall_by_doi(self, papers: Sequence[tuple[int, Wanted]]) -> None:
        """By DOI; one that several papers have, as grouping keeps them apart, tells none of them.

        Else one of them would take another's page, which would be a new one with every conversion.
        """
        times = Counter(doi for _, wanted in papers for doi in wanted.dois)
        for place, wanted in papers:
            dois = sorted(doi for doi in wanted.dois if times[doi] == 1)
            for one in self._kept([f"doi:{doi}" for doi in dois]) if dois else ():
                if not one.is_unlike(wanted):
                    self._claim(place, one.number)

    def _recall_by_title(self, papers: Sequence[tuple[int, Wanted]]) -> None:
        """By title: at the same place in a digest, then by abstract, then without doubt."""
        for place, wanted in papers:
            for one in self._at_same_place(wanted):
                self._claim(place, one.number)
        alike = []
        for place, wanted in papers:
            for one in self._of_same_title(wanted):
                like = one.likeness(wanted)
                if like is not None and like > 0 and not one.is_unlike(wanted):
                    alike.append((-like, one.number, place))
        for _, number, place in sorted(alike):
            self._claim(place, number)
        claims: dict[int, list[int]] = defaultdict(list)
        for place, wanted in papers:
            kept = [
                one
                for one in self._of_same_title(wanted)
                if one.likeness(wanted) is None and not one.is_unlike(wanted)
            ]
            if len(kept) == 1:
                claims[kept[0].number].append(place)
        for number, places in sorted(claims.items()):
            if len(places) == 1:
                self._claim(places[0], number)

    def _at_same_place(self, wanted: Wanted) -> list[_Kept]:
        keys = {f"title:{title}" for title in wanted.titles}
        here = self._kept(f"place:{p.digest} {p.position}" for p in _in_order(wanted.places))
        numbers = {number for key in keys for number in self._by_key.get(key, ())}
        return [one for one in here if one.number in numbers]

    def _of_same_title(self, wanted: Wanted) -> Iterator[_Kept]:
        return iter(self._kept(f"title:{title}" for title in sorted(wanted.titles)))

    def _recall_renamed(self, papers: Sequence[tuple[int, Wanted]]) -> None:
        """Without any key in common: at the same place with a like abstract, or by the abstract."""
        for place, wanted in papers:
            if place in self._found:
                continue
            keys = [f"place:{p.digest} {p.position}" for p in _in_order(wanted.places)]
            like = [o for o in self._kept(keys) if (o.likeness(wanted) or 0.0) >= _SAME]
            same = self._kept([f"abstract:{wanted.abstract}"])
            for one in [one for one in like + same if not one.is_unlike(wanted)][:1]:
                self._claim(place, one.number)
        for place, wanted in papers:
            if place not in self._found:
                self._claim_all(place, [f"slug:{wanted.slug}"])

    def _kept(self, keys: Iterable[str]) -> list[_Kept]:
        numbers = {n for key in keys for n in self._by_key.get(key, ()) if n in self._free}
        in_order = sorted(numbers) if len(numbers) > 1 else numbers
        return [self._free[number] for number in in_order]

    def _claim_all(self, place: int, keys: Iterable[str]) -> None:
        for one in self._kept(keys):
            self._claim(place, one.number)

    def _claim(self, place: int, number: int) -> None:
        """Take a paper, as one of several if need be.

        A damaged page cannot be merged with another, nor two that people made.
        """
        if number not in self._free or number in self._never.get(place, ()):
            return
        mine = self._found.get(place, [])
        if mine and (number in self._damaged or self._damaged.intersection(mine)):
            return
        if number in self._by_hand and self._by_hand.intersection(mine):
            return
        del self._free[number]
        both = [*mine, number]
        if mine:
            both.sort(key=lambda n: (n not in self._by_hand, n))
        self._found[place] = both


def _in_order(places: Iterable[Appearance]) -> list[Appearance]:
    return sorted(places, key=lambda place: (place.digest, place.position))

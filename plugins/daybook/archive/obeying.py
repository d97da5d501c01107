"""The keeper's word carried out, between finding the papers' pages and merging their sources.

- ``[[merge]] papers = [...]``: the first (or one made by hand) keeps its page, the others'
  addresses lead there for as long as the entry stands; taken away, each has its own page again.
- ``[[split]] paper, entries``: the entries become another paper; ``arxiv`` or ``doi`` say by which
  id it is found again in other digests. The page keeps what is left.
- ``[[correct]] paper, field = value``: the value counts more than any source's. A corrected arXiv
  id or DOI that is another paper's makes them one.
- ``[[hide]] paper, reason`` and ``[[withdraw]] paper, note``.

What names a paper that is not there is a warning: the file may serve several archives.
"""

from __future__ import annotations

import dataclasses
from collections import ChainMap
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ..digests.identifiers import read_arxiv, read_doi
from ..errors import Refusal
from ..records import Paper
from .gathering import Apart, Gathered
from .identity import arxiv_of_doi
from .keeper import FILE_NAME, NO_MORE, Correct, KeeperWord, Merge
from .ledger import Ledger
from .recall import Wanted

Target = tuple[str, int]
"""``("place", n)``, a paper among the gathered ones, or ``("page", n)``, the number of a page that
no digest carries (any more)."""


class Obedience:
    """The keeper's word, applied to the papers of one conversion."""

    def __init__(
        self,
        word: KeeperWord,
        ledger: Ledger,
        pages: Mapping[int, Paper],
        damaged: Collection[int] = (),
    ) -> None:
        """Prepare; `damaged` are the papers whose pages lie there and cannot be read."""
        self.refusals: list[Refusal] = []
        self.gone: dict[str, str] = {}
        """Papers that are neither in a digest nor on a page any more, and hidden for good."""
        self.hidden: dict[Target, str] = {}
        self.withdrawn: dict[Target, str] = {}
        self.corrected: dict[int, dict[str, Any]] = {}
        """Corrections of pages that no digest carries, by number."""
        self.keys: dict[int, list[tuple[int | None, tuple[str, ...]]]] = {}
        """For each place that others were merged into: the parts' records and keys."""
        self.absorbed: dict[int, int] = {}
        """The places that are no more, each with the one it went into."""
        self._word = word
        self._ledger = ledger
        self._pages = pages
        self._damaged = damaged
        self._at: dict[int, int] = {}
        self._led: dict[str, str] = {}
        """Papers that were merged, and into which, by their slugs."""
        self._numbers = {record.slug: number for number, record in ledger.papers.items()}
        self._by_key: dict[str, list[int]] = {}
        for number, record in ledger.papers.items():
            for key in record.keys:
                if not key.startswith("title:"):
                    self._by_key.setdefault(key, []).append(number)

    def keep_split_pages(
        self, apart: Mapping[tuple[int, int], Apart], gathered: Sequence[Gathered],
        wanted: list[Wanted],
    ) -> None:  # fmt: skip
        """See to it that a page from which entries were split off goes to what is left of it."""
        at = {seen: place for place, one in enumerate(wanted) for seen in one.places}
        off: dict[int, Apart] = {}
        for place, paper in enumerate(gathered):
            for number, entry in paper.entries:
                if split := apart.get((number, entry.position)):
                    off[place] = split
        for place, split in off.items():
            kept = self._number_of(split.paper)
            page = self._pages.get(kept) if kept is not None else None
            left = [at[seen] for seen in (page.digests if page else ()) if seen in at]
            rest = [other for other in left if off.get(other) != split]
            if kept is not None and rest:
                rest = self._own_first(kept, rest, gathered)
            if kept is not None and rest:
                first = wanted[rest[0]]
                if kept not in first.numbers:
                    numbers = (*first.numbers, kept)
                    wanted[rest[0]] = dataclasses.replace(first, numbers=numbers)
                never = wanted[place].never | {kept}
                wanted[place] = dataclasses.replace(wanted[place], never=never)

    def _own_first(self, number: int, places: list[int], gathered: Sequence[Gathered]) -> list[int]:
        """Leave out places of papers that the keeper made one with this: its page has them, too."""
        papers = self._ledger.papers
        own, slug = papers[number].keys, papers[number].slug
        mine = [place for place in places if not own.keys().isdisjoint(gathered[place].keys)]
        others = {
            key
            for record in papers.values()
            if record.slug in self._ledger.merged_by_hand and self._ledger.leads(record.slug, slug)
            for key in record.keys
        }
        return mine + [
            place
            for place in places
            if place not in mine and others.isdisjoint(gathered[place].keys)
        ]

    def obey(
        self, gathered: list[Gathered], wanted: Sequence[Wanted], found: dict[int, list[int]]
    ) -> None:
        """Merge and correct; note what is hidden and withdrawn.

        `gathered` and `found` (the papers' numbers, by place) are changed in place; a place that
        was merged into another is in `absorbed`.
        """
        self._gathered, self._found = gathered, found
        self._at = {number: place for place, numbers in found.items() for number in numbers}
        new = [place for place in range(len(wanted)) if place not in found]
        slugs = {place: wanted[place].slug for place in reversed(new)}
        # One that was another's is not given again, though a new paper may ask for it.
        self._new = {s: place for place, s in slugs.items() if s not in self._ledger.slugs}
        self._places: dict[str, list[int]] = {}
        for place, paper in enumerate(gathered):
            for key in paper.keys:
                if not key.startswith("title:"):
                    self._places.setdefault(key, []).append(place)
        for merge in self._word.merges:
            self._merge(merge)
        for entry in self._word.corrections:
            self._correct(entry)
        for hide in self._word.hides:
            if self._is_gone(hide.paper):
                self.gone[hide.paper] = hide.reason or NO_MORE
            elif (target := self._target("hide", hide.line, hide.paper)) is not None:
                self.hidden[target] = hide.reason or NO_MORE
        for withdrawal in self._word.withdrawals:
            if (target := self._target("withdraw", withdrawal.line, withdrawal.paper)) is not None:
                self.withdrawn[target] = withdrawal.note

        self._lead()
        self._leave_pages()

    def _is_gone(self, slug: str) -> bool:
        """Whether a page that was made by hand, say, was removed: nothing has its paper."""
        number = self._numbers.get(slug)
        here = number in self._at or number in self._pages or number in self._damaged
        return number is not None and not here and slug not in self._ledger.redirects

    def _lead(self) -> None:
        """Send the readers of papers that were merged where all entries together lead them."""
        for slug, to in self._led.items():
            while to in self._led:
                to = self._led[to]  # noqa: PLW2901 - the last one
            self._ledger.add_redirect(slug, to, by_hand=True)

    def _leave_pages(self) -> None:
        """Have what is said of pages that only people made be said of these pages."""
        for place, paper in enumerate(self._gathered):
            if paper.entries or place in self.absorbed or place not in self._found:
                continue
            number = self._found[place][0]
            for said in (self.hidden, self.withdrawn):
                if ("place", place) in said:
                    said["page", number] = said.pop(("place", place))
            if paper.corrected:
                self.corrected.setdefault(number, {}).update(paper.corrected)

    def _correct(self, entry: Correct) -> None:
        """Note what is corrected; an id that is another paper's makes one of the two."""
        for field, value in entry.values:
            if field in ("arxiv", "doi") and value and f"{field}:{value}" in self._places:
                self._merge(Merge(entry.line, (entry.paper, value)), "correct")
        target = self._target("correct", entry.line, entry.paper)
        if target is None:
            return
        kind, number = target
        if kind == "place":
            self._gathered[number].corrected.update(entry.values)
        else:
            self.corrected.setdefault(number, {}).update(entry.values)

    def renumber(self, places: Mapping[int, int]) -> None:
        """Take notice of the gathered papers' new places, once the absorbed ones are gone."""

        def moved(target: Target) -> Target:
            kind, number = target
            return (kind, places[number]) if kind == "place" else target

        self.hidden = {moved(target): reason for target, reason in self.hidden.items()}
        self.withdrawn = {moved(target): note for target, note in self.withdrawn.items()}
        self.keys = {places[place]: parts for place, parts in self.keys.items()}

    def _merge(self, merge: Merge, kind: str = "merge") -> None:
        found = [self._target(kind, merge.line, paper) for paper in merge.papers]
        targets = list(dict.fromkeys(target for target in found if target is not None))
        targets.sort(key=lambda target: not self._is_by_hand(target))
        if len(targets) < 2:
            return
        if self._is_by_hand(targets[1]):
            what = "two of the pages were made by hand"
            self.refusals.append(_unmet(kind, merge.line, what, "Move one's text to the other."))
            return
        parts = [self._numbers_of(target) for target in targets]
        numbers = [number for part in parts for number in part]
        slugs = {number: self._ledger.papers[number].slug for number in numbers}
        for part in parts:  # of itself one paper, which it is without the keeper's word, too
            self._ledger.make_one([n for n in part if n == part[0] or slugs[n] not in self._led])
        firsts = {part[0] for part in parts if part}
        for number in numbers[1:]:
            slug = slugs[number]
            if number in firsts or slug in self._led or slug in self._ledger.merged_by_hand:
                self._led[slug] = slugs[numbers[0]]
        places = [number for kind, number in targets if kind == "place"]
        for other in places[1:]:
            self._absorb(places[0], other)
        if places and numbers:
            # A new paper that takes a page which nothing tells of any more has it for good.
            if len(places) > 1 or self._is_by_hand(targets[0]) or places[0] in self._found:
                self._keep_keys(places[0])
            self._found[places[0]] = numbers
            self._at.update(dict.fromkeys(numbers, places[0]))

    def _absorb(self, place: int, other: int) -> None:
        """Make one paper of two gathered ones."""
        for part in (place, other):
            self._keep_keys(part)
            self._found.pop(part, None)
        into, more = self._gathered[place], self._gathered[other]
        self.keys[place] += self.keys.pop(other)
        into.is_joined = True
        into.entries += more.entries
        into.facts += more.facts
        into.by_hand += more.by_hand
        self.absorbed[other] = place

    def _keep_keys(self, place: int) -> None:
        """Have a gathered paper's keys stay those of the page that it had by itself, if any.

        Under another paper's number they would make an automatic merge of the two, which is for
        good, and might send readers the other way.
        """
        numbers = self._found.get(place)
        mine = (numbers[0] if numbers else None, self._gathered[place].keys)
        self.keys.setdefault(place, [mine])

    def _numbers_of(self, target: Target) -> list[int]:
        return [target[1]] if target[0] == "page" else self._found.get(target[1], [])

    def _is_by_hand(self, target: Target) -> bool:
        return any(self._ledger.papers[number].by_hand for number in self._numbers_of(target))

    def _target(self, kind: str, line: int | None, reference: str) -> Target | None:
        """Find the paper of this name, or say that there is none."""
        key = paper_key(reference)
        places = self._places.get(key, []) if key else []
        places = list(dict.fromkeys(self._standing(place) for place in places))
        if len(places) > 1:
            what = f"{reference!r} is the id of several papers"
            self.refusals.append(_unmet(kind, line, what, "Name the paper by its slug."))
            return None
        if places:
            return "place", places[0]
        number = self._number_of(reference)
        if number is not None and number in self._at:
            return "place", self._standing(self._at[number])
        if number is not None and number in self._pages:
            return "page", number
        if reference in self._new:
            return "place", self._standing(self._new[reference])
        self.refusals.append(_unmet(kind, line, f"there is no paper {reference[:60]!r}"))
        return None

    def _standing(self, place: int) -> int:
        while place in self.absorbed:
            place = self.absorbed[place]
        return place

    def _number_of(self, reference: str) -> int | None:
        """Give the number that the ledger has for a reference, an old slug's or key's included.

        A page that lies there still, but leads to another, stands for that one.
        """
        if key := paper_key(reference):
            known = [n for n in self._by_key.get(key, []) if n in self._pages]
            if not known:
                return None
            reference = self._ledger.papers[known[0]].slug
        seen: dict[str, int | None] = {}
        redirects = ChainMap(self._led, self._ledger.redirects)
        while reference not in seen:
            seen[reference] = number = self._numbers.get(reference)
            if number in self._at or (number in self._pages and reference not in redirects):
                return number
            reference = redirects.get(reference, reference)
        return next((number for number in seen.values() if number in self._pages), None)


def paper_key(reference: str) -> str | None:
    """Give the identity key that an arXiv id or a DOI is; ``None`` for a slug."""
    if found := read_arxiv(reference):
        return f"arxiv:{found[0]}"
    doi = read_doi(reference)
    if doi is None:
        return None
    own = arxiv_of_doi(doi)
    return f"arxiv:{own}" if own else f"doi:{doi}"


def _unmet(kind: str, line: int | None, what: str, hint: str | None = None) -> Refusal:
    return Refusal(
        FILE_NAME,
        line,
        f"[[{kind}]]: {what}; it was left out.",
        hint or "Correct the entry, or remove it if it is of no use any more.",
        fatal=False,
    )

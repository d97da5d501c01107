"""The keeper's ``[[split]]``: which entries are meant, whatever came to their digests since.

An entry is named by its digest and its place there. Digests grow, and places move; so the ledger
keeps, under the name that the keeper wrote, what the entry said when it was split off: a key of the
paper that it makes. By that it is found again, or its absence told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..errors import Refusal
from ..records import Appearance, Digest, Entry, Paper
from .gathering import Apart
from .identity import APART, title_key
from .keeper import FILE_NAME, KeeperWord, Split
from .ledger import Ledger
from .recall import Wanted
from .slugs import author_key

_KEY = f"title:{APART}"
_HASH = 8
_SAID = " is "
"""Between the name of an entry and what it said."""


@dataclass(frozen=True, slots=True)
class _Named:
    """An entry as the keeper names it."""

    split: Split
    name: str
    digest: int
    """The digest's place among the digests."""
    position: int


class Splits:
    """The splits of one conversion, each entry of them found or told."""

    def __init__(
        self,
        word: KeeperWord,
        digests: Sequence[Digest],
        ids: Sequence[str],
        ledger: Ledger,
        pages: Mapping[int, Paper],
    ) -> None:
        """Find the entries; `ids` are the digests' ids, those that new ones will have, too."""
        self.refusals: list[Refusal] = []
        self.apart: dict[tuple[int, int], Apart] = {}
        """What is split off, by the digest's place and the entry's position."""
        self._digests = digests
        self._ids = ids
        self._known: dict[str, str] = {}
        """What entries said, by the names under which they were split off."""
        self._papers: dict[Appearance, str] = {}
        """The names of split-off papers, by the places of their pages."""
        self._titles: dict[str, str] = {}
        """The titles of their pages, by those names."""
        for number, record in ledger.papers.items() if word.splits else ():
            if keys := [key.removeprefix(_KEY) for key in record.keys if key.startswith(_KEY)]:
                self._recall(keys, pages.get(number), is_led=record.slug in ledger.redirects)
        self._find(word)

    def _recall(self, keys: Sequence[str], page: Paper | None, *, is_led: bool) -> None:
        """Take in what is kept of a paper that was split off.

        Of one that leads to another by now only its name counts: it may be split off anew.
        """
        names = [key for key in keys if _SAID not in key]
        self._titles |= dict.fromkeys(names, title_key(page.title) if page else "")
        if is_led:
            return
        for key in keys:
            name, mark, said = key.rpartition(_SAID)
            if mark:
                self._known[name] = said
        if names and page is not None:
            self._papers |= dict.fromkeys(page.digests, names[0])

    def _find(self, word: KeeperWord) -> None:
        named = self._named(word)
        meant: dict[_Named, Entry] = {}
        # What stands where it was named is certain; what moved is looked for among the rest.
        for one in named:
            entry = self._at(one.digest, one.position)
            if entry is not None and self._is_same(one, entry):
                meant[one] = entry
        taken = {(one.digest, entry.position) for one, entry in meant.items()}
        for one in named:
            if one not in meant and (entry := self._moved(one, taken)) is not None:
                meant[one] = entry
                taken.add((one.digest, entry.position))
        for split in word.splits:
            found = [(one, meant[one]) for one in named if one.split is split and one in meant]
            name = self._name(found)
            for one, entry in found:
                anchor = f"{one.name}{_SAID}{_said(entry)}"
                self.apart[one.digest, entry.position] = Apart(
                    name, split.paper, split.arxiv, split.doi, f"{_KEY}{anchor}"
                )

    def _named(self, word: KeeperWord) -> list[_Named]:
        """Give the entries that are named, of digests that are there; tell the others."""
        places: dict[str, set[int]] = {}
        for number, digest in enumerate(self._digests) if word.splits else ():
            for name in (self._ids[number], digest.source):
                places.setdefault(name, set()).add(number)
        named: list[_Named] = []
        for split in word.splits:
            for called, position in split.entries:
                name = f"{called} #{position}"
                numbers = places.get(called, set())
                if len(numbers) == 1:
                    named.append(_Named(split, name, min(numbers), position))
                else:
                    self._tell(split, f"there is no entry '{called[:60]} #{position}'")
        return named

    def _at(self, digest: int, position: int) -> Entry | None:
        entries = self._digests[digest].entries
        return next((entry for entry in entries if entry.position == position), None)

    def _is_same(self, one: _Named, entry: Entry) -> bool:
        """Whether an entry is the one that was split off under a name, or the name is new."""
        said = self._known.get(one.name)
        if said is not None:
            return said == _said(entry)
        title = self._titles.get(one.name)  # Split off before what it said was kept.
        return not title or title == title_key(entry.title) or self._only(one, title) is None

    def _only(self, one: _Named, title: str) -> Entry | None:
        """Give the one entry of a digest that is called so."""
        entries = [e for e in self._digests[one.digest].entries if title_key(e.title) == title]
        return entries[0] if len(entries) == 1 else None

    def _moved(self, one: _Named, taken: set[tuple[int, int]]) -> Entry | None:
        """Find an entry that is no longer where it was named, and tell what became of it."""
        entries = self._digests[one.digest].entries
        free = [entry for entry in entries if (one.digest, entry.position) not in taken]
        here = self._at(one.digest, one.position)
        entry = self._again(one, free)
        people = self._known.get(one.name, "")[-_HASH:]
        if entry is None and here is not None and here in free and _people(here) == people:
            return here  # Its title was mended.
        if entry is None:
            what = f"there is no entry '{one.name[:70]}'"
            if here is not None:
                what = f"'{one.name[:70]}' is no longer the entry that was split off"
            self._tell(one.split, what)
        elif entry.position != one.position:
            name = f"{one.name.rpartition(' #')[0]} #{entry.position}"
            self._tell(one.split, f"'{one.name[:70]}' is {name[:70]!r} by now", follows=True)
        return entry

    def _again(self, one: _Named, free: Sequence[Entry]) -> Entry | None:
        """Find an entry by what it said, or else the only one that is called as it was."""
        said = self._known.get(one.name)
        if said is None and not self._titles.get(one.name):
            return None
        if said is None:
            title = _hash(self._titles[one.name])
        elif same := [entry for entry in free if _said(entry) == said]:
            return same[0]
        else:
            title = said.partition(" ")[0]
        alike = [entry for entry in free if _hash(title_key(entry.title)) == title]
        return alike[0] if len(alike) == 1 else None

    def _name(self, found: Sequence[tuple[_Named, Entry]]) -> str:
        """Name the paper that entries make: as it was named before, else by the first of them."""
        places = [Appearance(self._ids[one.digest], entry.position) for one, entry in found]
        known = (self._papers[place] for place in places if place in self._papers)
        before = next(known, None) or next(
            (one.name for one, _ in found if one.name in self._titles), None
        )
        return before or (found[0][0].name if found else "")

    def _tell(self, split: Split, what: str, *, follows: bool = False) -> None:
        left = "that one was split off" if follows else "it was left out"
        hint = "Correct the entry, or remove it if it is of no use any more."
        hint = "Write it so in papers.toml." if follows else hint
        message = f"[[split]]: {what}; {left}."
        self.refusals.append(Refusal(FILE_NAME, split.line, message, hint, fatal=False))


def end_splits(
    ledger: Ledger, pages: Mapping[int, Paper], wanted: Sequence[Wanted],
    found: dict[int, list[int]],
) -> None:  # fmt: skip
    """Have a page that was split off lead to the paper whose entries its own are again.

    `found` has the papers' numbers, by place; to a paper that has none the page is given. As with
    a merge of the keeper's, it is a page of its own whenever the entries are split off anew.
    """
    claimed = {number for numbers in found.values() for number in numbers}
    once = [
        page
        for number, page in sorted(pages.items())
        if number not in claimed and any(key.startswith(_KEY) for key in ledger.papers[number].keys)
    ]
    at = {seen: place for place, one in enumerate(wanted) for seen in one.places} if once else {}
    for page in once:
        places = [at[seen] for seen in page.digests if seen in at]
        for place in places[:1]:
            if title_key(page.title) not in wanted[place].titles:
                continue
            if place in found:
                to = ledger.papers[found[place][0]].slug
                ledger.add_redirect(page.slug, to, by_hand=True)
            else:
                found[place] = [page.number]


def _said(entry: Entry) -> str:
    """Give what tells an entry from the others of its digest: its title and its people."""
    return f"{_hash(title_key(entry.title))} {_people(entry)}"


def _people(entry: Entry) -> str:
    return _hash(" ".join(author_key(name) for name in entry.authors or ()))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:_HASH]

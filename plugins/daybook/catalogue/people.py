"""Authors: which printed names are one person, what their page is called, where they are sorted.

What two spellings of one person share is KEEP's to say (`archive.slugs.author_key`): case,
diacritics, points and white space do not count, and nothing else is guessed. Everything is computed
once, in one pass over the papers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..archive.slugs import author_key, name_authors
from ..records import Paper
from . import addresses
from .views import Named

OTHER = "Other"
"""The letter of names that do not begin with a Latin one."""
_GENERATION = re.compile(r"(?:jr|sr|ii|iii|iv)\.?\Z")


@dataclass(slots=True)
class Person:
    """An author and what they wrote."""

    key: str
    """The folded name: equal for all spellings of one person."""
    name: str = ""
    """The most frequent spelling; of equally frequent ones the one with most diacritics."""
    slug: str = ""
    url: str | None = None
    """``None`` where the person has no page."""
    papers: list[Paper] = field(default_factory=list)
    """Newest first."""
    letter: str = OTHER
    order: tuple[str, str, str] = ("", "", "")
    """By family name, then the other names, then the spelling."""

    def named(self, count: int | None = None) -> Named:
        """Give the name to show, with `count`, or how many papers there are."""
        return Named(self.name, self.url, len(self.papers) if count is None else count)


class People:
    """Everybody who wrote a paper of the archive."""

    def __init__(
        self,
        newest_first: Iterable[Paper],
        settled: Iterable[tuple[str, str]] = (),
        *,
        pages_for_all: bool = True,
    ) -> None:
        """Gather the authors of papers.

        Args:
            newest_first: the papers.
            settled: slugs given for good, by `author_key`.
            pages_for_all: false where only authors of two papers or more have pages.
        """
        self._named: dict[str, Named] = {}
        self._keys: dict[str, str] = {}
        self._people: dict[str, Person] = {}
        spellings: dict[str, Counter[str]] = {}
        first: dict[str, tuple[int, int, str]] = {}
        for paper in newest_first:
            seen = set()
            for place, name in enumerate(paper.authors or ()):
                key = self._key(name)
                if not key or key in seen:
                    continue
                seen.add(key)
                if key not in self._people:
                    self._people[key] = Person(key)
                    spellings[key] = Counter()
                    first[key] = (paper.number, place, name)
                self._people[key].papers.append(paper)
                spellings[key][name] += 1
                first[key] = min(first[key], (paper.number, place, name))
        slugs = name_authors((name for _, _, name in sorted(first.values())), dict(settled))
        for key, person in self._people.items():
            _introduce(person, spellings[key])
            person.slug = slugs[key]
            if pages_for_all or len(person.papers) > 1:
                person.url = addresses.author(person.slug)
        self.everybody = sorted(self._people.values(), key=lambda person: person.order)
        """By family name."""

    def _key(self, name: str) -> str:
        key = self._keys.get(name)
        if key is None:
            key = self._keys[name] = author_key(name) if name.strip() else ""
        return key

    def of(self, paper: Paper) -> list[Person]:
        """List a paper's authors, each once, in printed order."""
        keys = dict.fromkeys(map(self._key, paper.authors or ()))
        return [self._people[key] for key in keys if key]

    def printed(self, paper: Paper, most: int | None = None) -> tuple[Named, ...]:
        """Name a paper's authors as it prints them, at most the first `most`."""
        return tuple(map(self._printed, (paper.authors or ())[:most]))

    def _printed(self, name: str) -> Named:
        named = self._named.get(name)
        if named is None:
            person = self._people.get(self._key(name))
            named = Named(name, person.url, len(person.papers)) if person else Named(name, None)
            self._named[name] = named
        return named


def _introduce(person: Person, spellings: Counter[str]) -> None:
    person.name = next(iter(spellings)) if len(spellings) == 1 else _best(spellings)
    words = person.name.split()
    while len(words) > 1 and _GENERATION.match(words[-1].lower()):
        words.pop()
    folded = person.key.split()
    if len(folded) == len(words):
        family, given = folded[-1], " ".join(folded[:-1])
    else:  # a hyphen or an apostrophe parts a word, or a generation is left out
        family = author_key(words[-1])
        given = author_key(" ".join(words[:-1])) if words[:-1] else ""
    person.order = (family, given, person.name)
    person.letter = family[0].upper() if "a" <= family[0] <= "z" else OTHER


def _best(spellings: Counter[str]) -> str:
    return max(
        spellings, key=lambda name: (spellings[name], sum(not c.isascii() for c in name), name)
    )

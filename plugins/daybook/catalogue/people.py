"""Authors: which printed names are one person, what their page is called, where they are sorted.

Names that differ only in case, diacritics or white space are one person; nothing else is
guessed. Everything is computed once, in one pass over the papers.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..archive.slugs import MOST_BYTES, slugify
from ..records import Paper
from . import addresses
from .views import Named

OTHER = "Other"
"""The letter of names that do not begin with a Latin one."""
_STROKES = str.maketrans(
    {
        **dict(zip("łŁøØđĐħĦŧŦıŋŊ", "lLoOdDhHtTinN", strict=True)),
        **dict.fromkeys("’‘ʼ`´", "'"),
        **dict.fromkeys("‐‑‒–−", "-"),
        **dict(zip("æÆœŒþÞðÐ", ("ae", "AE", "oe", "OE", "th", "Th", "d", "D"), strict=True)),
    }
)
_LATIN_MARKS = re.compile("([a-z])[\u0300-\u036f]+")
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


def fold_name(name: str) -> str:
    """Give what all spellings of a person's name share: no case, Latin diacritics or extra space.

    Marks are taken off Latin letters only: in other scripts they are letters of their own.
    """
    if name.isascii():
        return " ".join(name.replace("`", "'").lower().split())
    text = unicodedata.normalize("NFKD", name.translate(_STROKES)).casefold()
    text = _LATIN_MARKS.sub(r"\1", text.translate(_STROKES))
    return " ".join(unicodedata.normalize("NFC", text).split())


def author_slug(key: str, *, free: bool = True) -> str:
    """Name the page of the person with this folded name.

    A Latin name reads as it is, while its slug is `free`. A name of which a slug says too little
    (in another script, too long) ends in a hash of it: numbers could change hands when an older
    paper's authors become known, and then an address would lead to somebody else.
    """
    plain = slugify(key)
    if free and plain and key.isascii() and len(key) <= MOST_BYTES:
        return plain
    digest = hashlib.blake2s(key.encode(), digest_size=4).hexdigest()
    return f"{plain or 'author'}-{digest}"


class People:
    """Everybody who wrote a paper of the archive."""

    def __init__(self, newest_first: Iterable[Paper], *, pages_for_all: bool) -> None:
        """Gather the authors of papers; with `pages_for_all` false only of two papers or more."""
        self._named: dict[str, Named] = {}
        self._keys: dict[str, str] = {}
        self._people: dict[str, Person] = {}
        spellings: dict[str, Counter[str]] = {}
        first: dict[str, tuple[int, int]] = {}
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
                    first[key] = (paper.number, place)
                self._people[key].papers.append(paper)
                spellings[key][name] += 1
                first[key] = min(first[key], (paper.number, place))
        self._name_slugs(first)
        for key, person in self._people.items():
            _introduce(person, spellings[key])
            if pages_for_all or len(person.papers) > 1:
                person.url = addresses.author(person.slug)
        self.everybody = sorted(self._people.values(), key=lambda person: person.order)
        """By family name."""

    def _key(self, name: str) -> str:
        key = self._keys.get(name)
        if key is None:
            key = self._keys[name] = fold_name(name)
        return key

    def _name_slugs(self, first: dict[str, tuple[int, int]]) -> None:
        """Give slugs in the order in which people came into the archive, so that they stay."""
        taken: set[str] = set()
        for key in sorted(first, key=first.__getitem__):
            slug = author_slug(key)
            if slug in taken:
                slug = author_slug(key, free=False)
            taken.add(slug)
            self._people[key].slug = slug

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
    person.name = max(
        spellings, key=lambda name: (spellings[name], sum(not c.isascii() for c in name), name)
    )
    words = person.key.split()
    while len(words) > 1 and _GENERATION.match(words[-1]):
        words.pop()
    family = words[-1].lstrip("'-.(\"")
    person.order = (family, " ".join(words[:-1]), person.name)
    person.letter = family[0].upper() if family[:1].isascii() and family[:1].isalpha() else OTHER

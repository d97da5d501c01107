"""Authors: which printed names are one person, what their page is called, where they are sorted.

Who is who is KEEP's to say (`archive.people`). Everything is computed once, in one pass over the
papers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter

from ..archive.persons import Persons
from ..archive.slugs import author_key
from ..records import Identities, Paper
from . import addresses
from .name_parts import GROUPS
from .views import Named

OTHER = "Other"
"""The letter of names that do not begin with a Latin one."""
_GENERATION = frozenset(
    f"{word}{end}" for word in ("jr", "sr", "ii", "iii", "iv") for end in ("", ".")
)


@dataclass(slots=True)
class Person:
    """An author and what they wrote."""

    key: str
    """Equal for all spellings of one person."""
    name: str = ""
    """See `archive.persons.Persons.name`."""
    slug: str = ""
    """'' where the person has no page."""
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
        identities: Identities | None = None,
        *,
        pages_for_all: bool = True,
    ) -> None:
        """Gather the authors of papers.

        Args:
            newest_first: the papers.
            settled: slugs given for good, by `author_key`.
            identities: who is who beyond the spelling.
            pages_for_all: false where only authors of two papers or more have pages.
        """
        self._named: dict[str, Named] = {}
        identities = identities or Identities()
        self._persons = Persons(identities)
        gathered = self._persons.gather(newest_first)
        slugs = self._persons.slugs(gathered, dict(settled), pages_for_all=pages_for_all)
        self._people: dict[str, Person] = {}
        for key, someone in gathered.items():
            name = self._persons.name(key, someone)
            person = Person(key, name, slugs.get(key, ""), papers=someone.papers)
            person.letter, person.order = _sorted_by(name, self._persons.letters(name))
            if person.slug:
                person.url = addresses.author(person.slug)
            self._people[key] = person
        self.everybody = sorted(self._people.values(), key=attrgetter("order"))
        """By family name."""
        here = {person.slug for person in self.everybody if person.url}
        self.moved = {
            slug: self._people[key]
            for slug, key in identities.moved
            if slug not in here and key in self._people and self._people[key].url
        }
        """Slugs that once were a page, and who answers now."""

    def of(self, paper: Paper) -> list[Person]:
        """List a paper's authors, each once, in printed order."""
        people = self._people
        return [people[key] for key in self.keys_of(paper)]

    def keys_of(self, paper: Paper) -> tuple[str, ...]:
        """Give the keys of a paper's authors, each once, in printed order."""
        return self._persons.keys_of(paper)

    def is_usual(self, paper: Paper) -> bool:
        """Tell whether names mean on a paper who they mean elsewhere."""
        return self._persons.usual(paper)

    def known_by(self, key: str) -> Person:
        """Give the person of a key."""
        return self._people[key]

    def printed(self, paper: Paper, most: int | None = None) -> tuple[Named, ...]:
        """Name a paper's authors as it prints them, at most the first `most`."""
        names = (paper.authors or ())[:most]
        if self._persons.usual(paper):
            return tuple(self._named.get(name) or self._usual(paper, name) for name in names)
        return tuple(self._printed(paper, name) for name in names)

    def _usual(self, paper: Paper, name: str) -> Named:
        named = self._named[name] = self._printed(paper, name)
        return named

    def who(self, paper: Paper, name: str) -> Person | None:
        """Give the person whose name a paper prints; ``None`` for what is nobody's name."""
        return self._people.get(self._persons.key_of(paper, name))

    def _printed(self, paper: Paper, name: str) -> Named:
        person = self.who(paper, name)
        return Named(name, person.url, len(person.papers)) if person else Named(name, None)


def _sorted_by(name: str, letters: str) -> tuple[str, tuple[str, str, str]]:
    """Give the letter under which a name is found, and its order; `letters` is its key."""
    printed = name
    if name.endswith(")"):  # the keeper's 'Wei Wang (Delft)'
        name = name.rpartition(" (")[0] or name
        letters = author_key(name)
    words = name.split()
    while len(words) > 1 and words[-1].lower() in _GENERATION:
        words.pop()
    folded = letters.split()
    if words[-1].lower() in GROUPS:  # 'The ATLAS Collaboration' is sought by what it is called
        family, given = " ".join(folded).removeprefix("the "), ""
    elif len(folded) == len(words):
        family, given = folded[-1], " ".join(folded[:-1])
    else:  # a hyphen or an apostrophe parts a word, or a generation is left out
        family = author_key(words[-1])
        given = author_key(" ".join(words[:-1])) if words[:-1] else ""
    letter = family[0].upper() if "a" <= family[0] <= "z" else OTHER
    return letter, (family, given, printed)

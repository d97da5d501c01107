"""Whose name is printed on which paper, as `people` found out, and what they are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..records import Identities, Paper
from .slugs import Names, author_key, name_of


@dataclass(slots=True)
class Someone:
    """A person: the spellings of their name with how often each is printed, and their papers."""

    spellings: dict[str, int] = field(default_factory=dict)
    papers: list[Paper] = field(default_factory=list)
    """In the order in which papers were given."""
    first: tuple[int, int, str] = (0, 0, "")
    """The least paper's number, the place among its authors, and the name there."""


class Persons:
    """Tells whose name is printed on which paper."""

    def __init__(self, identities: Identities) -> None:
        self._joined = dict(identities.joined)
        self._apart = {(number, key): person for number, key, person in identities.apart}
        self._odd = {number for number, _ in self._apart}
        self._names: dict[str, tuple[str, str]] = {}
        self._gathered: dict[str, tuple[str, ...]] = {}
        self.shown = dict(identities.names)
        """What the keeper calls people, by their key."""

    def usual(self, paper: Paper) -> bool:
        """Tell whether names mean on this paper who they mean elsewhere."""
        return paper.number not in self._odd

    def key_of(self, paper: Paper, name: str) -> str:
        """Give the person's key; '' for what is nobody's name."""
        found = self._names.get(name)
        if found is None:
            key = author_key(name) if name.strip() else ""
            found = self._names[name] = (key, self._joined.get(key, key))
        if paper.number in self._odd:
            return self._apart.get((paper.number, found[0]), found[1])
        return found[1]

    def gather(self, papers: Iterable[Paper]) -> dict[str, Someone]:
        """Gather everybody who wrote some papers, by key."""
        people: dict[str, Someone] = {}
        known = self._names
        for paper in papers:
            number, usual = paper.number, self.usual(paper)
            keys = []
            for place, name in enumerate(paper.authors or ()):
                if not usual or (found := known.get(name)) is None:
                    key = self.key_of(paper, name)
                else:
                    key = found[1]
                if not key:
                    continue
                keys.append(key)
                one = people.get(key)
                if one is None:
                    people[key] = Someone({name: 1}, [paper], (number, place, name))
                elif one.papers[-1] is not paper:
                    if number < one.first[0]:
                        one.first = (number, place, name)
                    one.papers.append(paper)
                    one.spellings[name] = one.spellings.get(name, 0) + 1
                else:  # it names somebody twice, and maybe so that the address is known by it
                    one.spellings.setdefault(name, 0)
            self._gathered[paper.slug] = tuple(dict.fromkeys(keys))
        return people

    def keys_of(self, paper: Paper) -> tuple[str, ...]:
        """Give the keys of the authors of a paper that was gathered, each once, in their order."""
        return self._gathered[paper.slug]

    def name(self, key: str, someone: Someone) -> str:
        """Choose the name to show: the keeper's, the most frequent, the one with most accents."""
        if key in self.shown:
            return self.shown[key]
        spellings = someone.spellings
        if len(spellings) == 1:
            return next(iter(spellings))
        return max(
            spellings, key=lambda name: (spellings[name], sum(not c.isascii() for c in name), name)
        )

    def letters(self, name: str) -> str:
        """Give the `author_key` of a name."""
        found = self._names.get(name)
        return author_key(name) if found is None else found[0]

    def slugs(
        self, people: Mapping[str, Someone], settled: Mapping[str, str], *, pages_for_all: bool
    ) -> dict[str, str]:
        """Give the slugs of those who have a page: settled for good, or by their papers' order.

        Unless there are `pages_for_all`, only who wrote two papers or more has one.
        """
        taken = Names(settled.values())
        slugs = {}
        shown = people.items()
        if not pages_for_all:
            shown = {key: one for key, one in shown if len(one.papers) > 1}.items()
        for key, someone in sorted(shown, key=lambda item: item[1].first):
            name = someone.first[2]
            if self._names[name][0] != key:
                fit = (name for name in sorted(someone.spellings) if self._names[name][0] == key)
                known = self.shown.get(key, "")
                name = known if author_key(known) == key else next(fit, known or name)
            slugs[key] = settled.get(key) or taken.take(name_of(name))
        return slugs

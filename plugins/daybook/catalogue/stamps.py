"""What a page depends on, in a few bytes: equal stamps, equal pages.

A *stamp* of a paper stands for everything that any page, feed or list says of it: its own record,
and what the rest of the archive adds (where its authors, topics, digests and venue have pages, and
what they are called). What a page says of other things than papers is given as facts, plain values
of which `repr` tells all. Nothing else may reach a page that is made as a draft: `test_stamps`
holds every kind of draft to that.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property, partial
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

from ..archive.rows import row_of
from ..drafts import Draft, File
from ..records import KeptDigest, Paper
from .options import SiteOptions
from .people import Person
from .shelves import Shelves
from .templating import own_theme
from .views import Named, Site

_SIZE = 16
_PACKAGES = ("jinja2", "latex2mathml", "markdown", "markupsafe", "nh3")
"""What renders, besides our own code."""


class Stamps:
    """The stamps of one archive's papers, and the keys of the files that show them."""

    def __init__(self, shelves: Shelves, site: Site, options: SiteOptions) -> None:
        self._shelves = shelves
        self._site, self._options = site, options
        self._counting = _has_own(options.templates)
        """Whether templates of the keeper's own are there: they may print how many papers an
        author, a topic or the whole archive has, which ours do only where nothing is a draft."""
        self._stamps: dict[str, bytes] = {}
        self._names: dict[str, object] = {}
        """By an author's name, what is said of whom it means on most papers."""
        self._topics: dict[tuple[str, ...], object] = {}
        self._people: dict[str, bytes] = {}

    def prepare(self) -> None:
        """Make all stamps at once, before several processes each make those they need."""
        self._stamps = {paper.slug: self._stamp(paper) for paper in self._shelves.papers}
        self.version  # noqa: B018 - read once for all
        self.names  # noqa: B018

    @cached_property
    def choices(self) -> bytes:
        """Stands for all that every file depends on: choices, packages."""
        return _choices(self._shelves, self._site, self._options, counting=self._counting)

    @cached_property
    def version(self) -> bytes:
        """Stands for all that every page depends on: templates besides."""
        return _with_templates(self.choices, self._options.templates)

    @cached_property
    def names(self) -> dict[int, tuple[object, ...]]:
        """What papers' pages say of a paper that is related to theirs, by its number."""
        titles = self._shelves.titles
        return {
            paper.number: (titles[paper.slug], paper.slug, _year(paper))
            for paper in self._shelves.papers
        }

    def _stamp(self, paper: Paper) -> bytes:
        shelves = self._shelves
        topics = self._topics.get(paper.topics)
        if topics is None:
            topics = tuple(map(self._named, shelves.topics_of(paper)))
            self._topics[paper.topics] = topics
        facts = (
            self._authors(paper),
            topics,
            shelves.venues.address_of(paper),
            [
                (seen.name, seen.url, seen.of, seen.date and seen.date.inferred, seen.date
                 and seen.date.text, seen.group)
                for seen in shelves.appearances(paper)
            ],
        )  # fmt: skip
        return hashed(hashed(b"", row_of(paper)), facts)

    def _authors(self, paper: Paper) -> list[object]:
        """Give what is said of authors: each name as it is printed, and who that is."""
        people = self._shelves.people
        known = self._names if people.is_usual(paper) else {}
        told = []
        for name in paper.authors or ():
            found = known.get(name)
            if found is None:
                who = people.who(paper, name)
                found = known[name] = (
                    (name, who.key, who.name, who.url, len(who.papers) * self._counting)
                    if who
                    else (name,)
                )
            told.append(found)
        return told

    def _named(self, named: Named) -> tuple[object, ...]:
        if self._counting:
            return named.name, named.url, named.count
        return named.name, named.url

    def of(self, papers: Iterable[Paper]) -> bytes:
        """Give the stamps of papers, in their order."""
        return b"".join([self._stamps.get(paper.slug) or self._new(paper) for paper in papers])

    def _new(self, paper: Paper) -> bytes:
        made = self._stamps[paper.slug] = self._stamp(paper)
        return made

    def related(self, paper: Paper) -> tuple[object, ...]:
        """Give what a paper's page says of related papers."""
        others, terms, authors = self._shelves.told_of_relations(paper)
        return list(map(self.names.__getitem__, others)), terms, authors

    def person(self, person: Person) -> bytes:
        """Give the stamp of an author: of all that pages and files of theirs alone say."""
        found = self._people.get(person.key)
        if found is None:
            facts = (person.key, person.name, person.slug, person.url)
            found = self._people[person.key] = hashed(self.of(person.papers), facts)
        return found

    def digest(self, digest: KeptDigest) -> bytes:
        """Give the stamp of a digest: of all that pages say of it and of its papers."""
        shelves = self._shelves
        items = [(i.position, i.slug, i.upvotes, i.comments, i.group) for i in digest.items]
        papers = self.of(shelves.by_slug[item.slug] for item in shelves.entries(digest))
        return hashed(papers, (digest.id, shelves.digests[digest.id], items))

    def draft(self, path: str, facts: Callable[[], object], make: Callable[[], File]) -> Draft:
        """Give a file that depends on nothing but facts, among which stamps may be.

        Pages alone are made of templates: feeds, tables and BibTeX do not change with one.
        """
        version = self.version if path.endswith(".html") else self.choices
        return Draft(path, lambda: hashed(version, (path, facts())), partial(_bytes, make))


def _bytes(make: Callable[[], File]) -> bytes:
    return make()[1]


def hashed(state: bytes, facts: object) -> bytes:
    """Hash plain values as `marshal` writes them, a fifth of the time; others by `repr`.

    Its second version writes what is equal and of one type in one way, whatever it shares.
    """
    try:
        told = marshal.dumps(cast(Any, facts), 2)
    except ValueError:
        told = b"\0" + repr(facts).encode("utf-8", "surrogatepass")
    return blake2b(state + told, digest_size=_SIZE).digest()


def _year(paper: Paper) -> int | None:
    return paper.published.year if paper.published else None


def _templates(folder: Path) -> list[Path]:
    return sorted(folder.glob("daybook/*.html"))


def _has_own(folders: Iterable[Path]) -> bool:
    """Tell whether folders have templates that are not, byte for byte, Daybook's own.

    A site's theme may be Daybook's own one, as `make site` has it.
    """
    ours = {file.name: file.read_bytes() for file in _templates(own_theme() / "templates")}
    found = (file for folder in folders for file in _templates(folder))
    return any(ours.get(file.name) != file.read_bytes() for file in found)


def _choices(shelves: Shelves, site: Site, options: SiteOptions, *, counting: bool) -> bytes:
    """Give a hash of what decides the bytes of all files: the keeper's choices, packages."""
    if not counting:
        site = replace(site, paper_count=0, digest_count=0, author_count=0, topic_count=0)
    choices = replace(options, templates=(), about=None)
    found = blake2b(repr((site, choices, shelves.large)).encode("utf-8", "surrogatepass"))
    for name in _PACKAGES:
        found.update(f"{name} {version(name)}\0".encode())
    return found.digest()


def _with_templates(choices: bytes, folders: Iterable[Path]) -> bytes:
    """Give a hash of what decides the bytes of all pages: that, and templates."""
    found = blake2b(choices)
    for folder in (*folders, own_theme() / "templates"):
        for file in _templates(folder):
            found.update(b"%b\0%b\0" % (file.name.encode("utf-8", "replace"), file.read_bytes()))
        found.update(b"\0")
    return found.digest()

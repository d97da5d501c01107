"""BibTeX of whole lists: a file beside each topic, digest, month and author of several papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import groupby

from ..drafts import Draft, File
from ..records import Paper
from . import addresses
from .bibtex import bibtex
from .people import Person
from .rendering import Press
from .shelves import Shelves
from .stamps import Stamps
from .venues import venue_lists

_FEWEST, _FEWEST_IN_LARGE = 2, 10
"""So many papers an author has who gets a file. At 20,000 papers 12,500 authors have two or more;
of the others' pages a browser makes the same (`theme/static/citing.js`)."""
_GONE = b"% The list that was here is no longer part of the archive.\n"
"""No entry: BibTeX passes over what stands outside of them."""
_HIDDEN = b"% None of the papers that were here is part of the archive any more.\n"
"""Such is the list of a digest all of whose papers the keeper hides."""


def has_library(shelves: Shelves, person: Person) -> bool:
    """Tell whether an author gets a file."""
    fewest = _FEWEST_IN_LARGE if shelves.large else _FEWEST
    had = person.slug in shelves.once_fed and not shelves.large
    return person.url is not None and (had or len(person.papers) >= fewest)


def has_venue_library(shelves: Shelves, papers: Sequence[Paper]) -> bool:
    """Tell whether a venue, or a venue's year, gets a file."""
    return not shelves.large or len(papers) >= _FEWEST_IN_LARGE


class Libraries:
    """Writes the files; what is said of a paper is made once in a process."""

    def __init__(self, shelves: Shelves, press: Press) -> None:
        self._shelves = shelves
        self._press = press
        self._entry = lru_cache(maxsize=None)(self._make)

    def _make(self, slug: str) -> str:
        return bibtex(self._shelves.by_slug[slug], self._press.absolute(addresses.paper(slug)))

    def write(self, papers: Iterable[Paper]) -> bytes:
        """Write the entries of papers, one empty line between two."""
        return "\n".join(self._entry(paper.slug) for paper in papers).encode() or _HIDDEN

    def lists(self) -> Iterator[tuple[str, bytes]]:
        """Give the files of venues and, unless the archive is large, of digests, topics, months.

        Those would take a kilobyte for every paper; `data/` has BibTeX of them all.
        """
        shelves = self._shelves
        for url, papers in venue_lists(shelves.venues):
            if has_venue_library(shelves, papers):
                yield addresses.library(url), self.write(papers)
        if shelves.large:
            return
        for digest in shelves.archive.digests:
            slugs = dict.fromkeys(item.slug for item in digest.items)
            papers = [shelves.by_slug[slug] for slug in slugs if slug in shelves.by_slug]
            yield addresses.digest_bib(digest.id), self.write(papers)
        for slug in shelves.topics:
            yield addresses.topic_bib(slug), self.write(shelves.by_topic[slug])
        for month, run in groupby(shelves.papers, key=_month):
            if month:
                yield addresses.period_bib(month), self.write(run)

    def gone(self, lists: Mapping[str, str | None]) -> Iterator[File]:
        """Give the files of lists that have nothing to show any more.

        `lists` are as `single_pages.gone_lists` gives them. A topic that has another slug now has
        its file under both.
        """
        shelves = self._shelves
        topics = {topic.url: slug for slug, topic in shelves.topics.items()}
        for old, near in lists.items():
            kind, _, page = old.partition("/")
            had_file = kind in ("digests", "topics") or (kind == "dates" and "-" in page)
            if kind == "authors" or (had_file and not shelves.large):
                now = topics.get(near or "") if kind == "topics" else None
                content = self.write(shelves.by_topic[now]) if now else _GONE
                yield addresses.library(old), content

    def authors(self, stamps: Stamps, some: range) -> Iterator[Draft]:
        """Give the files of authors."""
        for person in self._shelves.people.everybody[some.start : some.stop]:
            if has_library(self._shelves, person):
                url = addresses.author_bib(person.slug)
                yield stamps.draft(
                    url, partial(stamps.person, person), partial(self.file, url, person.papers)
                )

    def file(self, url: str, papers: Sequence[Paper]) -> File:
        """Give the file of papers."""
        return url, self.write(papers)


def _month(paper: Paper) -> str:
    date = paper.published
    return f"{date.year:04d}-{date.month:02d}" if date and date.month else ""

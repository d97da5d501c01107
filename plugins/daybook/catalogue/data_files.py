"""The archive's data, in the files that have it all: JSON Lines, tables and BibTeX, in parts.

They tell of nothing but papers' records and where the site is: so another process may write them
while this one sorts and groups what pages show. In a large archive they take as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial

from ..archive.rows import row_of
from ..drafts import Draft
from ..records import Archive, Paper
from . import addresses
from .bibtex import bibtex
from .exports import packed, papers_csv, papers_jsonl, parts
from .stamps import hashed


class DataFiles:
    """The files of one archive."""

    def __init__(self, archive: Archive, url: str | None, *, large: bool) -> None:
        """Describe them; `url` is the base folder's address, where it is known."""
        self._parts = parts(archive.papers)
        self._url = url
        self._large = large
        self.numbers = tuple(self._parts)
        """Of the parts."""

    def address(self, part: int, form: str) -> str:
        """Give the address of a part of the data; a large archive's are packed."""
        return addresses.papers_part(part, f"{form}.gz" if self._large else form)

    def drafts(self) -> Iterator[Draft]:
        """Give the files; one of a large archive takes a core half a second."""
        forms: dict[str, Callable[[Sequence[Paper]], bytes]] = {
            "jsonl": papers_jsonl,
            "csv": partial(papers_csv, page=self._url),
            "bib": self._library,
        }
        for number, papers in self._parts.items():
            records = _Records(papers)
            for form, write in forms.items():
                address = self.address(number, form)
                key = partial(records.key, address, self._url)
                yield Draft(address, key, partial(self._written, write, papers))

    def _library(self, papers: Sequence[Paper]) -> bytes:
        site = self._url
        entries = (bibtex(p, site and f"{site}/{addresses.paper(p.slug)}") for p in papers)
        return "\n".join(entries).encode()

    def _written(self, write: Callable[[Sequence[Paper]], bytes], papers: Sequence[Paper]) -> bytes:
        data = write(papers)
        return packed(data) if self._large else data


class _Records:
    """The records of a part's papers: all that its files tell."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self._papers = papers

    def key(self, address: str, url: str | None) -> bytes:
        return hashed(self._all, (address, url))

    @cached_property
    def _all(self) -> bytes:
        return hashed(b"", [row_of(paper) for paper in self._papers])

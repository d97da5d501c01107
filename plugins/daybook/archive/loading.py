"""Pages loaded: by another core, where it pays, while this process reads the digests."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ..errors import Refusal
from ..forks import A_CORES_WORTH
from .cache import Cache
from .forking import Ahead
from .rows import Row, paper_of, row_of
from .slugs import author_key, name_of
from .stored_pages import PAGES, StoredPage, list_pages, load_page

_A_TURN = 200
"""Pages."""

_Packed = list[tuple[str, str | None, Row | None, Refusal | None, bytes]]
_Names = list[tuple[str, tuple[str, str]]]
"""Authors' names, each with what its spellings have in common, and its slug."""


class Loading:
    """The pages of a folder, being loaded."""

    def __init__(self, folder: Path, cache: Cache, *, trusting: bool = False) -> None:
        """Begin, unless the cache has pages: those are had sooner than another core sends them.

        Who is `trusting` compares the pages' contents with what they were, see `load_page`.
        """
        self._root = str(folder)
        self._trusting = trusting
        self.paths, self.unread = list_pages(folder)
        self._known, self._kept = cache.kind(PAGES)
        self._numbers: Mapping[str, int] = {}
        self._sent: set[str] = set()
        """Names of authors."""
        self.names: dict[str, tuple[str, str]] = {**cache.kind("authors")[0]}
        """What is known of authors' names: `slugs.author_key` and `slugs.name_of`."""
        turns = 0 if self._known else -(-len(self.paths) // _A_TURN)
        worth = turns * _A_TURN >= 2 * A_CORES_WORTH
        self._ahead = Ahead(self._load, self._pack, self._unpack, turns) if worth else None

    def pages(self, numbers: Mapping[str, int]) -> list[StoredPage]:
        """Give the pages, in the order of their paths; `numbers` has those that the ledger knows.

        Pages that the cache has are not read again: it goes by their content.
        """
        self._numbers = numbers
        if self._ahead is None:
            return self._load_all(self.paths)
        return [page for pages in self._ahead.results() for page in pages]

    def end(self) -> None:
        """Stop whatever is still being done."""
        if self._ahead is not None:
            self._ahead.end()

    def _load_all(self, paths: Sequence[str]) -> list[StoredPage]:
        pages = []
        for path in paths:
            number = self._numbers.get(path, 0)
            page = load_page(self._root, path, self._known, number, trusting=self._trusting)
            if (known := self._known.get(page.key)) is not None:
                self._kept[page.key] = known
            pages.append(page)
        return pages

    def _load(self, turn: int) -> list[StoredPage]:
        return self._load_all(self.paths[turn * _A_TURN : (turn + 1) * _A_TURN])

    def _pack(self, pages: list[StoredPage]) -> tuple[_Packed, _Names]:
        """Make plain values of pages, and work out names as they will be asked for."""
        packed: _Packed = []
        names: _Names = []
        for page in pages:
            row = row_of(page.paper) if page.paper else None
            packed.append((page.path, page.text, row, page.refusal, page.key))
            for name in page.paper.authors or () if page.paper else ():
                if name not in self._sent:
                    self._sent.add(name)
                    names.append((name, (author_key(name), name_of(name))))
        return packed, names

    def _unpack(self, packed: tuple[_Packed, _Names]) -> list[StoredPage]:
        pages, names = packed
        self.names.update(names)
        return [
            StoredPage(
                path,
                text,
                paper_of(row, self._numbers.get(path, 0)) if row else None,
                refusal,
                key,
            )
            for path, text, row, refusal, key in pages
        ]


@contextlib.contextmanager
def loading_pages(folder: Path, cache: Cache, *, trusting: bool = False) -> Iterator[Loading]:
    """Load the pages of a folder; whatever is not asked for in the end is stopped."""
    loading = Loading(folder, cache, trusting=trusting)
    try:
        yield loading
    finally:
        loading.end()

"""Pages loaded: by another core, where it pays, while this process reads the digests."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from ..errors import Refusal
from .cache import Cache
from .folder import PAGES, StoredPage, list_pages, load_page
from .forking import Ahead
from .rows import Row, paper_of, row_of
from .slugs import author_key, name_of

_A_TURN = 200
"""Pages."""

_Name = tuple[str, tuple[str, str]]
"""An author's name; what its spellings have in common, and its slug."""
_Loaded = tuple[str, str | None, Row | None, Refusal | None, bytes]
_Turn = tuple[list[_Loaded], list[_Name]]


class Loading:
    """The pages of a folder, being loaded."""

    def __init__(self, folder: Path, cache: Cache) -> None:
        """Begin, unless the cache has pages: those are had sooner than another core sends them."""
        self._root = str(folder)
        self._paths = list_pages(folder)
        self._known, self._kept = cache.kind(PAGES)
        self._sent: set[str] = set()
        """Names of authors."""
        self.names: dict[str, tuple[str, str]] = {**cache.kind("authors")[0]}
        """What is known of authors' names: `slugs.author_key` and `slugs.name_of`."""
        self._ahead: Ahead[_Turn] | None = None
        if not self._known and len(self._paths) > _A_TURN:
            self._ahead = Ahead(self._load, -(-len(self._paths) // _A_TURN))

    def pages(self, numbers: Mapping[str, int]) -> list[StoredPage]:
        """Give the pages, in the order of their paths; `numbers` has those that the ledger knows.

        Pages that the cache has are not read again: it goes by their content.
        """
        if self._ahead is not None:
            turns = self._ahead.results()
            for _, names in turns:
                self.names.update(names)
            return [_page_of(loaded, numbers) for pages, _ in turns for loaded in pages]
        pages = []
        for path in self._paths:
            page = load_page(self._root, path, self._known, numbers.get(path, 0))
            if (known := self._known.get(page.key)) is not None:
                self._kept[page.key] = known
            pages.append(page)
        return pages

    def end(self) -> None:
        """Stop whatever is still being done."""
        if self._ahead is not None:
            self._ahead.end()

    def _load(self, turn: int) -> _Turn:
        """Load some pages, as plain values; names are worked out as they will be asked for."""
        loaded: list[_Loaded] = []
        names: list[_Name] = []
        for path in self._paths[turn * _A_TURN : (turn + 1) * _A_TURN]:
            page = load_page(self._root, path, {})
            row = row_of(page.paper) if page.paper else None
            loaded.append((path, page.text, row, page.refusal, page.key))
            for name in page.paper.authors or () if page.paper else ():
                if name not in self._sent:
                    self._sent.add(name)
                    names.append((name, (author_key(name), name_of(name))))
        return loaded, names


def _page_of(loaded: _Loaded, numbers: Mapping[str, int]) -> StoredPage:
    path, text, row, refusal, key = loaded
    paper = paper_of(row, numbers.get(path, 0)) if row else None
    return StoredPage(path, text, paper, refusal, key)


@contextlib.contextmanager
def loading_pages(folder: Path, cache: Cache) -> Iterator[Loading]:
    """Load the pages of a folder; whatever is not asked for in the end is stopped."""
    loading = Loading(folder, cache)
    try:
        yield loading
    finally:
        loading.end()

"""A papers folder held for one conversion, which is done before it begins where nothing changed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .cache import Cache
from .converted import Conversion
from .folder import hold_folder
from .loading import Loading, loading_pages
from .origins import Origins
from .slugs import recall_names
from .standing import Standing, recall_standing


@dataclass(frozen=True, slots=True)
class Held:
    """A papers folder that is held for one conversion, its pages being loaded meanwhile."""

    cache: Cache
    loading: Loading | None = None
    """Nobody holds the folder yet where there is none."""
    origins: Origins | None = None
    """What the conversion depends on, where what it finds is to be kept."""
    said: str | None = None
    """`Origins.said`, before anything was read."""


@contextlib.contextmanager
def hold_papers(
    papers_folder: Path, cache_folder: Path | None, wait: float, origins: Origins | None = None
) -> Iterator[Held | Conversion]:
    """Hold a papers folder, and load its pages by another core while the digests are read.

    Gives what the last conversion found, if it had the same `origins` and there is nothing to do.

    Raises:
        PublishError: as `convert`.
    """
    with hold_folder(papers_folder, wait):
        cache = Cache(cache_folder)
        said = None
        if origins is not None:
            with loading_pages(papers_folder, cache, trusting=True) as loading:
                said = origins.said()  # Meanwhile another core reads pages.
                standing = recall_standing(origins, said)
                found = _found(standing, loading) if standing is not None else None
            if found is not None:
                yield found
                return
        with loading_pages(papers_folder, cache) as loading:
            yield Held(cache, loading, origins, said)


def _found(standing: Standing, loading: Loading) -> Conversion | None:
    """Put together what stands, if the pages are the same and none is to be told of."""
    if loading.unread:
        return None
    pages = loading.pages(standing.numbers(loading.paths))
    found = standing.found(pages)
    recall_names(loading.names)
    return found

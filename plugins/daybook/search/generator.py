"""The thin end of FIND that Pelican sees."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from ..drafts import Made, once
from .sidetable import build_side
from .site import search_files


class SearchGenerator:
    """Writes the search index beside the pages.

    Pelican makes generators with its own keyword arguments; this one needs only the context, where
    the plugin has put the archive (``DAYBOOK_ARCHIVE``), its settings (``DAYBOOK_SETTINGS``) and
    the function that writes many files on all cores (``DAYBOOK_WRITE_PARTS``). It leaves its work
    in ``DAYBOOK_BESIDE``: a generator that has parts of its own to write takes them along, so that
    in a large archive one process makes the index while others write pages. That there is an index
    is said by ``DAYBOOK_SEARCHED``: without one, pages offer no search.
    """

    def __init__(self, context: dict[str, Any], **_: object) -> None:
        self.context = context
        context["DAYBOOK_SEARCHED"] = True
        context.setdefault("DAYBOOK_BESIDE", []).append(self.files)

    def generate_output(self, _writer: object) -> None:
        """Build the index and write its files, unless another generator has."""
        beside = self.context["DAYBOOK_BESIDE"]
        if self.files in beside:
            beside.remove(self.files)
            self.context["DAYBOOK_WRITE_PARTS"]([self.files])

    def files(self) -> Iterator[Made]:
        """Build the index: its files, or drafts of them, by their path below the base folder."""
        archive = self.context["DAYBOOK_ARCHIVE"]
        settings = self.context["DAYBOOK_SETTINGS"]
        cache = settings.cache / "search" if settings.cache else None
        learned = self.context.get("DAYBOOK_LEARNED")
        index = search_files(archive, cache=cache, acronyms=learned.acronyms if learned else None)
        names = settings.cache / "names" if settings.cache else None
        return once(chain(index, build_side(archive, settings.small_archive, names)))

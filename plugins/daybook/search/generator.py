"""The thin end of FIND that Pelican sees."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..drafts import Made, once
from .lunr import read_lunr
from .sidetable import build_side
from .site import index_files, script_files


class SearchGenerator:
    """Writes the search index beside the pages.

    Pelican makes generators with its own keyword arguments; this one needs only the context, where
    the plugin has put the archive (``DAYBOOK_ARCHIVE``), its settings (``DAYBOOK_SETTINGS``) and
    the functions that write a file (``DAYBOOK_WRITE``) and many on all cores
    (``DAYBOOK_WRITE_PARTS``). It leaves its work in ``DAYBOOK_BESIDE``, which needs nothing but
    these: a generator that has parts of its own to write takes it along, so that in a large archive
    one process makes the index while others write pages. That there is an index is said by
    ``DAYBOOK_SEARCHED``: without one, pages offer no search.

    Raises:
        SettingsError: when Lunr is not installed.
    """

    def __init__(self, context: dict[str, Any], **_: object) -> None:
        self.context = context
        self._lunr = read_lunr()
        context["DAYBOOK_SEARCHED"] = True
        context.setdefault("DAYBOOK_BESIDE", []).extend([self.index, self.side])

    def generate_output(self, _writer: object) -> None:
        """Write the scripts, and build the index unless another generator has."""
        beside = self.context["DAYBOOK_BESIDE"]
        parts = [part for part in (self.index, self.side) if part in beside]
        for part in parts:
            beside.remove(part)
        if parts:
            self.context["DAYBOOK_WRITE_PARTS"](parts)
        for path, content in script_files(self._lunr):
            self.context["DAYBOOK_WRITE"](path, content)

    def index(self) -> Iterator[Made]:
        """Build the index: its files, or drafts of them."""
        archive, cache = self.context["DAYBOOK_ARCHIVE"], self._cache("search")
        learned = self.context.get("DAYBOOK_LEARNED")
        return once(index_files(archive, cache, learned.acronyms if learned else None))

    def side(self) -> Iterator[Made]:
        """Build what is loaded beside the results, as `index`."""
        settings = self.context["DAYBOOK_SETTINGS"]
        archive = self.context["DAYBOOK_ARCHIVE"]
        return once(build_side(archive, settings.small_archive, self._cache("names")))

    def _cache(self, name: str) -> Path | None:
        folder: Path | None = self.context["DAYBOOK_SETTINGS"].cache
        return folder / name if folder else None

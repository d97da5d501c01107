"""The thin end of FIND that Pelican sees."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import Any

from .sidetable import build_side
from .site import build_search


class SearchGenerator:
    """Writes the search index beside the pages.

    Pelican makes generators with its own keyword arguments; this one needs only the context, where
    the plugin has put the archive (``DAYBOOK_ARCHIVE``), its settings (``DAYBOOK_SETTINGS``) and
    the function that writes a file below the base folder (``DAYBOOK_WRITE``).
    """

    def __init__(self, context: dict[str, Any], **_: object) -> None:
        self.context = context

    def generate_output(self, _writer: object) -> None:
        """Build the index and write its files."""
        write: Callable[[str, bytes], object] = self.context["DAYBOOK_WRITE"]
        archive = self.context["DAYBOOK_ARCHIVE"]
        settings = self.context["DAYBOOK_SETTINGS"]
        cache, names = (settings.cache and settings.cache / part for part in ("search", "names"))
        learned = self.context.get("DAYBOOK_LEARNED")
        index = build_search(archive, cache=cache, acronyms=learned.acronyms if learned else None)
        for path, content in chain(index, build_side(archive, settings.small_archive, names)):
            write(path, content)

"""KEEP: identity and merging, dates, topics, permalinks; one Markdown page a paper.

Digests and facts come in, pages, a ledger and an `Archive` come out. This floor knows nothing of
Pelican: its pages are Markdown as Pelican and any other generator read it.

What the package gives is loaded when it is asked for: a build that converts nothing needs little.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .conversion import convert, load_archive
    from .holding import Conversion
    from .page import read_page, write_page
    from .slugs import author_key, name_authors
    from .topics import Taxonomy, assign_topics, load_taxonomy

__all__ = [
    "Conversion",
    "Taxonomy",
    "assign_topics",
    "author_key",
    "convert",
    "load_archive",
    "load_taxonomy",
    "name_authors",
    "read_page",
    "write_page",
]

_MODULES = {
    **dict.fromkeys(("convert", "load_archive"), "conversion"),
    "Conversion": "holding",
    **dict.fromkeys(("read_page", "write_page"), "page"),
    **dict.fromkeys(("author_key", "name_authors"), "slugs"),
    **dict.fromkeys(("Taxonomy", "assign_topics", "load_taxonomy"), "topics"),
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_MODULES[name]}", __name__), name)

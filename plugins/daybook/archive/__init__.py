"""KEEP: identity and merging, dates, topics, permalinks; one Markdown page a paper.

Digests and facts come in, pages, a ledger and an `Archive` come out. This floor knows nothing of
Pelican: its pages are Markdown as Pelican and any other generator read it.

What the package gives is loaded when it is asked for: a build that converts nothing needs little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..on_demand import on_demand

if TYPE_CHECKING:
    from .conversion import convert, load_archive
    from .converted import Conversion
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

__getattr__ = on_demand(
    __name__,
    {
        "conversion": ("convert", "load_archive"),
        "converted": ("Conversion",),
        "page": ("read_page", "write_page"),
        "slugs": ("author_key", "name_authors"),
        "topics": ("Taxonomy", "assign_topics", "load_taxonomy"),
    },
)

"""KEEP: identity and merging, dates, topics, permalinks; one Markdown page a paper.

Digests and facts come in, pages, a ledger and an `Archive` come out. This floor knows nothing of
Pelican: its pages are Markdown as Pelican and any other generator read it.
"""

from .conversion import Conversion, convert, load_archive
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

"""Everything under ``search/``: the one function the rest of the house calls."""

from __future__ import annotations

from collections.abc import Iterator

from ..records import Archive
from .acronyms import mine_acronyms
from .cards import CARD_SIZE, card_blocks
from .documents import FIELDS, fields_of, text_of
from .index import build_index
from .lunr import read_lunr
from .shards import FOLDER, Parts, hashed_script, manifest, term_shards, word_lists


def build_search(archive: Archive, lunr: bytes | None = None) -> Iterator[tuple[str, bytes]]:
    """Build the search of an archive: its files, each as its path below the base folder and bytes.

    The place of a paper in `Archive.papers` is the number the index knows it by. ``lunr`` is
    lunr.js itself, found by `read_lunr` when not given.

    Raises:
        SettingsError: when Lunr is not installed.
    """
    yield f"{FOLDER}lunr.js", read_lunr() if lunr is None else lunr
    topics = {topic.slug: topic for topic in archive.topics}
    index = build_index((fields_of(paper, topics) for paper in archive.papers), len(FIELDS))
    cards = tuple(card_blocks(archive.papers, topics))
    acronyms = hashed_script("acronyms", mine_acronyms(map(text_of, archive.papers)))
    parts = Parts(term_shards(index), word_lists(index), acronyms, cards, CARD_SIZE)
    for file in (*parts.files, manifest(index, FIELDS, parts)):
        yield file.path, file.content

"""Everything under ``search/``: the one function the rest of the house calls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from ..drafts import Made, rendered
from ..memory import settled_memory
from ..records import Archive
from ..scripts import CODE, SEARCH_SCRIPT, minified
from .acronyms import acronym_files, choose_acronyms
from .cache import Cache
from .cards import card, card_group, grouped
from .documents import fields_of
from .lunr import read_lunr
from .manifest import manifest
from .segments import build_segment, spans
from .shards import table


def build_search(
    archive: Archive,
    lunr: bytes | None = None,
    cache: Path | None = None,
    acronyms: Mapping[str, Sequence[str]] | None = None,
) -> Iterator[tuple[str, bytes]]:
    """Build the search of an archive: its files, each as its path below the base folder and bytes.

    The index knows papers by `Paper.number`. ``lunr`` is lunr.js itself, found by `read_lunr` when
    not given. ``cache`` is a folder in which to keep what a later build can use again; it changes
    nothing of what is built, and may be lost. ``acronyms`` are what was learned before of the whole
    archive; without them its papers tell.

    Raises:
        SettingsError: when Lunr or esbuild is not installed.
    """
    yield from script_files(read_lunr() if lunr is None else lunr)
    yield from rendered(index_files(archive, cache, acronyms))


def script_files(lunr: bytes) -> Iterator[tuple[str, bytes]]:
    """Give the scripts of the search, as `build_search` does.

    Raises:
        SettingsError: when esbuild is not installed.
    """
    scripts = minified()
    yield SEARCH_SCRIPT, lunr + b"\n" + scripts[SEARCH_SCRIPT]
    for path, script in scripts.items():
        if path.startswith(CODE):
            yield path, script


def index_files(
    archive: Archive,
    cache: Path | None = None,
    acronyms: Mapping[str, Sequence[str]] | None = None,
) -> Iterator[Made]:
    """Build the index, as `build_search`; what the cache may have is a draft of its own."""
    with settled_memory():
        yield from _files(archive, Cache(cache), acronyms)


def _files(
    archive: Archive, kept: Cache, acronyms: Mapping[str, Sequence[str]] | None
) -> Iterator[Made]:
    topics = {topic.slug: topic for topic in archive.topics}
    size = archive.papers[-1].number + 1 if archive.papers else 0
    segments = []
    introduced: Counter[tuple[str, str]] = Counter()
    documents = [(paper.number, fields_of(paper, topics)) for paper in archive.papers]
    for start, end in spans(size):
        inside = [document for document in documents if start <= document[0] < end]
        make = partial(build_segment, start, end, inside, with_acronyms=acronyms is None)
        kind = "segment" if acronyms is None else "segment-learned"
        segment = kept.recall(kind, [(start, end), *inside], make)
        yield from segment.made()
        segments.append(segment.summary)
        introduced.update({(a, b): count for a, b, count in segment.summary["acronyms"]})
    hashes = []
    for number, papers in enumerate(grouped(archive.papers, size)):
        cards = [(paper.number, card(paper, topics)) for paper in papers]
        group = kept.recall("cards", (number, *cards), partial(card_group, number, cards))
        yield from group.made()
        hashes.append(group.summary)
    pages = acronym_files(choose_acronyms(introduced) if acronyms is None else acronyms)
    for range_ in pages:
        yield range_.file.path, range_.file.content
    numbers = [number for number, _ in documents]
    file = manifest(numbers, segments, table(pages), hashes)
    yield file.path, file.content
    kept.tidy()

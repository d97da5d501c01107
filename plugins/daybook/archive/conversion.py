"""From digests to dated Markdown pages: the one way from READ to what the site is made of.

`converter` works out what the pages are to be; here they are written. The ledger is written before
the pages: a conversion killed between the two gives, run again, what an undisturbed one would have
given.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Sequence
from pathlib import Path

from ..digests import Reading
from ..memory import settled_memory
from ..records import SMALL_ARCHIVE, Archive, Paper
from .assembling import resolve_redirects
from .cache import Cache
from .converted import Conversion
from .converter import Converter
from .damage import keep_damaged
from .folder import (
    Put,
    Written,
    hold_folder,
    keep_file,
    read_file,
    remove_files,
    write_files,
    write_pages,
)
from .holding import Held
from .keeper import NO_MORE
from .ledger import FILE_NAME
from .loading import loading_pages
from .matching import Sources
from .provenance import FILE_NAME as PROVENANCE
from .provenance import damaged_lines, write_provenance
from .registering import open_ledger
from .rows import changed
from .standing import FILE_NAME as STANDING
from .standing import write_standing
from .topics import Taxonomy


def convert(  # noqa: PLR0913 - folders and files, each with its own meaning
    reading: Reading,
    papers_folder: Path,
    metadata_folder: Path | None,
    taxonomy: Taxonomy,
    *,
    corrections: Path | None = None,
    authors: Path | None = None,
    cache_folder: Path | None = None,
    wait: float = 60.0,
    held: Held | None = None,
    small_archive: int = SMALL_ARCHIVE,
) -> Conversion:
    """Bring the Markdown pages up to date with the digests; write only what changed.

    `corrections` is the keeper's ``papers.toml``, `authors` the ``authors.toml``. `cache_folder`
    holds what is worth remembering between runs (see `cache`); the same comes out without it.
    `wait` is how many seconds another conversion of the same folder may take. Who calls may hold
    the folder already (`held`, with its cache). Above `small_archive` papers only authors of two
    or more have a page: of others no address is remembered.

    Raises:
        PublishError: when the folder is held for longer, or cannot be written.
        LedgerError: when the ledger was written by a later Daybook.
    """
    with contextlib.ExitStack() as stack:
        stack.enter_context(settled_memory())
        held = held or Held(Cache(cache_folder))
        loading = held.loading
        if loading is None:
            stack.enter_context(hold_folder(papers_folder, wait))
            loading = stack.enter_context(loading_pages(papers_folder, held.cache))
        sources = Sources(
            reading,
            papers_folder,
            metadata_folder,
            taxonomy,
            corrections,
            authors,
            loading,
            small_archive,
        )
        return _convert_at_once(sources, held)


def _convert_at_once(sources: Sources, held: Held) -> Conversion:
    cache = held.cache
    converter = Converter(sources, cache)
    archive = converter.prepare()
    folder = sources.papers
    put: dict[str, Put | None] = dict.fromkeys(converter.joining.removed)
    if (ledger := converter.ledger.text()) != converter.ledger_text:
        keep_damaged(folder, FILE_NAME, converter.ledger.dropped, ledger)
        put |= write_files(folder, [(FILE_NAME, ledger)])
    before = converter.provenance_text
    lost = converter.lost() | converter.joining.left
    provenance = write_provenance(before, lost, set(converter.joining.left), converter.edits.kept)
    if provenance != before:
        keep_damaged(folder, PROVENANCE, damaged_lines(before), provenance)
        put |= write_files(folder, [(PROVENANCE, provenance)])
    sorted_by = {paper.number: converter.sorted_by(paper) for paper in converter.outputs}
    written = write_pages(folder, converter.outputs, cache, sorted_by)
    remove_files(folder, converter.joining.removed)
    pages = list(zip(converter.outputs, written, strict=True))
    put |= {paper.path: page.put for paper, page in pages}
    prints = {paper.number: page.fingerprint for paper, page in pages}
    put |= write_files(folder, converter.proofs(prints))
    cache.save()
    entries = sum(len(digest.entries) for digest in converter.digests)
    conversion = Conversion(
        archive=archive,
        digests=len(converter.digests),
        entries=entries,
        papers=len(archive.papers),
        merged=entries - sum(1 for paper in converter.gathered if paper.entries),
        repaired_links=sum(digest.repaired_links for digest in converter.digests),
        inferred_dates=len(converter.dating.inferred),
        pages_written=len(converter.outputs),
        put=put,
        is_settled=not converter.told_of_pages,
        refusals=tuple(converter.refusals),
    )
    return dataclasses.replace(conversion, put=put | _keep(held, conversion, converter, written))


def _keep(
    held: Held, conversion: Conversion, converter: Converter, written: Sequence[Written]
) -> dict[str, Put | None]:
    """Keep what was found for the next conversion, unless that may find something else."""
    origins, said = held.origins, held.said
    if origins is None:
        return {}
    text = None
    is_whole = all(page.is_plain for page in written) and conversion.is_settled
    if is_whole and said is not None and said == origins.said():
        text = write_standing(origins, said, conversion, _pages_now(converter, written))
    return keep_file(origins.papers, STANDING, text)


def _pages_now(converter: Converter, written: Sequence[Written]) -> dict[str, tuple[bytes, Paper]]:
    """Give all pages as they stand after a conversion, as `write_standing` asks for them."""
    pages = {
        page.path: (page.content_hash, changed(page.paper, number=number))
        for number, page in converter.stored.items()
        if page.paper is not None
    }
    for paper, page in zip(converter.outputs, written, strict=True):
        pages[paper.path] = (page.content_hash, paper)
    for path in converter.joining.removed:
        pages.pop(path, None)
    return pages


def load_archive(papers_folder: Path, taxonomy: Taxonomy) -> Archive:
    """Load the papers that a folder's pages hold, without their digests; nothing is written.

    Topics are those that the pages name.

    Raises:
        LedgerError: when the ledger was written by a later Daybook.
    """
    with settled_memory(), loading_pages(papers_folder, Cache()) as loading:
        ledger, at, _, _ = open_ledger(read_file(papers_folder, FILE_NAME), loading.pages)
    papers = {}
    hidden = {}
    for number, page in sorted(at.items()):
        slug = ledger.papers[number].slug
        moved = slug in ledger.redirects and slug not in ledger.merged_by_hand
        if page.paper is None or moved:
            continue
        if page.paper.hidden is not None:
            hidden[slug] = None if page.paper.hidden == NO_MORE else page.paper.hidden
        else:
            papers[slug] = dataclasses.replace(page.paper, number=number, slug=slug, digests=())
    return Archive(
        papers=tuple(papers.values()),
        digests=(),
        topics=taxonomy.topics,
        redirects=resolve_redirects(ledger.redirects, set(papers)),
        author_slugs=tuple(sorted(ledger.authors.items())),
        removed=tuple(sorted(hidden.items())),
    )

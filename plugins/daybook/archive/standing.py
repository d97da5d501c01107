"""What a conversion found, for the next one of the same things: ``standing.jsonl``.

A file beside the ledger, of what the archive knows and no page says: what each digest lists, which
addresses answer, who is who, and what was refused. Its first line has hashes of everything that the
conversion depended on, and of the pages as they stood after it; while all are the same, there is
nothing to read, to match or to write, and the archive is put together from the pages::

    {"daybook": "standing", "version": 1, "said": "91ab...", "kept": "7e04...", "pages": "0c55...",
     "rest": "d2e7..."}
    {"figures": {...}}
    ...
    {"digest": "2025-03-11", "source": "...", ..., "items": [[1, 4711, 12], ...]}

It is made anew with whatever it depends on, is no copy of anything but what the same conversion
finds again, and may be lost: with another hash, another version, a line that git merged or one
that could not have been written, it is as if it were not there.
"""

from __future__ import annotations

import dataclasses
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from ..errors import BadDateError, Refusal
from ..records import (
    Appearance,
    Archive,
    DigestItem,
    Identities,
    KeptDigest,
    Paper,
    PartialDate,
    Topic,
)
from .converted import Conversion
from .folder import read_file
from .json_lines import LENGTH, read_sealed, write_sealed
from .origins import Origins
from .rows import changed
from .slugs import is_name
from .stored_pages import StoredPage

FILE_NAME = "standing.jsonl"
_HEAD = {"daybook": "standing", "version": 1}
_FIGURES = ("digests", "entries", "merged", "repaired_links", "inferred_dates")
"""Those of a conversion's report that the archive does not tell."""
_OF_FIGURES = attrgetter(*_FIGURES)
_MOST_REFUSALS = 20_000
"""Where more is to be told, the digests are read each time."""
_NEVER_WRITTEN = (
    *(ValueError, LookupError, TypeError, AttributeError, RecursionError),
    BadDateError,
)
"""What lines that no conversion wrote may raise, whatever they say."""
_NOTHING = [None] * 6
"""What a row of an item leaves out at its end."""
_VARIED = ("slug", "topics", "digests", "withdrawn", "former", "uncarried")
"""What the archive may know of a paper otherwise than its page says it."""


class Standing:
    """What was found of the same sources; the pages are still to be compared."""

    def __init__(self, pages: str, lines: Iterable[Mapping[str, Any]]) -> None:
        """Take the hash of the pages, and what the lines say.

        Raises:
            _NEVER_WRITTEN: for lines that no conversion wrote.
        """
        self._pages = pages
        said: dict[str, list[Any]] = {}
        for line in lines:
            for kind, value in line.items():
                said.setdefault(kind, []).append(value)
        self._said = said
        self._numbers: list[int] = said["numbers"][0]

    def numbers(self, paths: Sequence[str]) -> dict[str, int]:
        """Give the papers' numbers by the paths of all pages."""
        return dict(zip(paths, self._numbers, strict=False))

    def found(self, pages: Sequence[StoredPage]) -> Conversion | None:
        """Give what was found, if these are the same pages; they come in the order of paths."""
        if hash_pages((page.path, page.content_hash) for page in pages) != self._pages:
            return None
        try:
            return self._found({page.paper.number: page.paper for page in pages if page.paper})
        except _NEVER_WRITTEN:
            return None

    def _found(self, pages: Mapping[int, Paper]) -> Conversion:
        said = self._said
        varied = {number: _variation(values) for number, values in said.get("varied", ())}
        papers = {
            number: changed(pages[number], **varied[number]) if number in varied else pages[number]
            for number in sorted(pages.keys() - {*said["unshown"][0]})
        }
        archive = Archive(
            papers=tuple(papers.values()),
            digests=tuple(_digest(values, papers) for values in said.get("digest", ())),
            topics=tuple(_topic(values) for values in said.get("topic", ())),
            redirects=tuple((_name(slug), _name(to)) for slug, to in said["redirects"][0]),
            gone=tuple((_address(gone), to and _address(to)) for gone, to in said["gone"][0]),
            author_slugs=tuple((key, _name(slug)) for key, slug in said["authors"][0]),
            identities=Identities(*(tuple(map(tuple, rows)) for rows in said["identities"][0])),
            removed=tuple((_name(slug), reason) for slug, reason in said["removed"][0]),
        )
        return Conversion(
            archive=archive,
            papers=len(archive.papers),
            pages_written=0,
            refusals=tuple(Refusal(*refusal) for refusal in said.get("refusal", ())),
            **dict(zip(_FIGURES, said["figures"][0], strict=True)),
        )


def recall_standing(origins: Origins, said: str | None) -> Standing | None:
    """Read what the last conversion found, if all that it depended on but the pages is the same.

    `said` is `Origins.said`.

    Raises:
        PublishError: for a file that cannot be opened.
    """
    text = read_file(origins.papers, FILE_NAME)
    if text is None or said is None:
        return None
    read = read_sealed(text, {**_HEAD, "said": said, "kept": origins.kept()})
    if read is None or read[0].keys() != {"pages"}:
        return None
    try:
        return Standing(read[0]["pages"], read[1])
    except _NEVER_WRITTEN:
        return None


def write_standing(
    origins: Origins, said: str, found: Conversion, pages: Mapping[str, tuple[bytes, Paper]]
) -> str | None:
    """Give the file's text; ``None`` for what is better found again each time.

    `pages` has, by path, what each page's content is known by and the paper that it says, which has
    the number that the archive knows it by.
    """
    by_number = {paper.number: paper for _, paper in pages.values()}
    varied = []
    for paper in found.archive.papers:
        page = by_number.get(paper.number)
        if page is None:
            return None
        if paper != page:
            values = _varied(paper, page)
            if values is None:
                return None
            varied.append((paper.number, values))
    kept = origins.kept()
    if kept is None or len(found.refusals) > _MOST_REFUSALS:
        return None
    paths = sorted(pages)
    hashed = hash_pages((path, pages[path][0]) for path in paths)
    head = {**_HEAD, "said": said, "kept": kept, "pages": hashed}
    return write_sealed(head, _lines(found, [pages[path][1].number for path in paths], varied))


def hash_pages(pages: Iterable[tuple[str, bytes]]) -> str:
    """Hash pages, given as path and what the content is known by, in the order of their paths."""
    state = hashlib.sha256()
    for path, content in pages:
        state.update(b"%b %b\n" % (content, os.fsencode(path)))
    return state.hexdigest()[:LENGTH]


def _lines(
    found: Conversion, numbers: Sequence[int], varied: Sequence[tuple[int, object]]
) -> Iterator[dict[str, object]]:
    archive = found.archive
    papers = {paper.slug: paper for paper in archive.papers}
    shown = {paper.number for paper in archive.papers}
    yield {"figures": _OF_FIGURES(found)}
    for refusal in found.refusals:
        yield {"refusal": dataclasses.astuple(refusal)}
    yield {"numbers": numbers}
    yield {"unshown": sorted({*numbers} - shown)}
    for each in varied:
        yield {"varied": each}
    yield {"redirects": archive.redirects}
    yield {"gone": archive.gone}
    yield {"authors": archive.author_slugs}
    yield {"identities": dataclasses.astuple(archive.identities)}
    yield {"removed": archive.removed}
    for topic in archive.topics:
        yield {"topic": dataclasses.astuple(topic)}
    for digest in archive.digests:
        yield {"digest": _row_of_digest(digest, papers)}


def _row_of_digest(digest: KeptDigest, papers: Mapping[str, Paper]) -> list[object]:
    items = []
    for item in digest.items:
        paper = papers[item.slug]
        title = None if item.title == paper.title else item.title
        row = [item.position, paper.number, item.upvotes, item.comments, item.group, title]
        while row[-1] is None:
            row.pop()
        items.append(row)
    dates = [date and str(date) for date in (digest.date, digest.not_before)]
    return [digest.id, digest.source, digest.format, digest.name, digest.dated_by, *dates, items]


def _digest(values: Sequence[Any], papers: Mapping[int, Paper]) -> KeptDigest:
    name, source, form, called, dated_by, date, not_before, rows = values
    items = []
    for row in rows:
        position, number, upvotes, comments, group, title = row + _NOTHING[len(row) :]
        paper = papers[number]
        said = paper.title if title is None else title
        items.append(DigestItem(position, paper.slug, said, upvotes, comments, group))
    return KeptDigest(
        id=_name(name),
        source=source,
        format=form,
        name=called,
        items=tuple(items),
        date=date and PartialDate.parse(date),
        dated_by=dated_by,
        not_before=not_before and PartialDate.parse(not_before),
    )


def _topic(values: Sequence[Any]) -> Topic:
    slug, name, group, definition, formerly = values
    return Topic(_name(slug), name, group, definition, tuple(map(_name, formerly)))


def _varied(paper: Paper, page: Paper) -> dict[str, object] | None:
    """Give what the archive knows otherwise than a page says; ``None`` for more than it may be."""
    values = {name: getattr(paper, name) for name in _VARIED}
    if changed(page, **values) != paper:
        return None
    found = {name: value for name, value in values.items() if value != getattr(page, name)}
    if "digests" in found:
        found["digests"] = [(place.digest, place.position) for place in paper.digests]
    return found


def _variation(values: Mapping[str, Any]) -> dict[str, Any]:
    """Read what `_varied` gave."""
    found = {name: values[name] for name in _VARIED if name in values}
    if "slug" in found:
        _name(found["slug"])
    for name in ("topics", "former"):
        if name in found:
            found[name] = tuple(map(_name, found[name]))
    if "digests" in found:
        found["digests"] = tuple(Appearance(_name(name), at) for name, at in found["digests"])
    return found


def _name(text: str) -> str:
    if not is_name(text):
        raise ValueError("a name that could not have been given")
    return text


def _address(text: str) -> str:
    for part in text.split("/"):
        _name(part)
    return text

"""Saving a digest: only what its reader reads whole, and never over one that knows more."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..digests import read_digest
from ..digests.sidecars import SUFFIX
from ..errors import DigestError
from ..plain_files import write_whole
from ..records import Digest, Entry
from .errors import AnswerError, FetchError, WorseDigestError


@dataclass(frozen=True, slots=True)
class Listing:
    """An answer that lists papers, as it will be saved."""

    file: str
    """The name of the file in the digests folder."""
    body: bytes
    format: str
    """The reader that should know it."""
    name: str | None = None
    """What the digest is called, for a sidecar, where the file does not say."""
    date: str | None = None
    """Its day, for a sidecar, where the file says another or none."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What was done about a listing."""

    path: Path
    papers: int
    known: int | None
    """How many papers an earlier copy listed; ``None`` where there was none."""
    changed: bool


def save_digest(folder: Path, listing: Listing) -> Saved:
    """Write a listing into the digests folder, unless the one that is there knows as much.

    Raises:
        AnswerError: when the reader does not find in it what was asked for.
        WorseDigestError: when the digest saved before lists papers, abstracts or authors that the
            listing lacks; it is kept.
        FetchError: when the file cannot be written.
    """
    path = folder / listing.file
    new = read_listing(listing)
    known = None
    try:
        if path.exists():
            old = _read_saved(path)
            known = len(old.entries)
            _refuse_worse(path, old.entries, new.entries)
            if old.entries == new.entries:
                _write_sidecar(path, listing)
                return Saved(path, len(new.entries), known, changed=False)
        write_whole(path, listing.body)
        _write_sidecar(path, listing)
    except OSError as error:
        raise FetchError(f"cannot write {path}: {error.strerror}") from None
    return Saved(path, len(new.entries), known, changed=True)


def read_listing(listing: Listing) -> Digest:
    """Read a listing with the reader that will read it as a digest; every entry must be one.

    Raises:
        AnswerError: when it is something else, or anything in it would be refused.
    """
    try:
        digests = read_digest(listing.file, listing.body)
    except DigestError as error:
        raise AnswerError(f"the answer is no list of papers: {error}") from None
    refusals = [refusal for digest in digests for refusal in digest.refusals if refusal.fatal]
    if len(digests) != 1 or digests[0].format != listing.format:
        raise AnswerError(f"the answer is no list of papers, but {digests[0].format}")
    if refusals:
        raise AnswerError(f"the answer is not a whole list of papers: {refusals[0]}")
    return digests[0]


def _read_saved(path: Path) -> Digest:
    """Read the digest that is there already; what it refuses is its keeper's concern."""
    try:
        return read_digest(path.name, path.read_bytes())[0]
    except DigestError:
        raise AnswerError(
            f"{path} is there already and is not a list of papers; it was kept. Rename it, "
            "and fetch again"
        ) from None


def _refuse_worse(path: Path, old: Iterable[Entry], new: Iterable[Entry]) -> None:
    found = {_identity(entry): entry for entry in new}
    lost = sorted(_identity(entry) for entry in old if _identity(entry) not in found)
    if lost:
        raise WorseDigestError(
            f"{path} lists {len(lost)} paper(s) that the answer lacks ({lost[0]}, ...); "
            "the saved digest was kept. Remove it to save the answer"
        )
    poorer = sorted(
        _identity(entry)
        for entry in old
        for field in ("abstract", "authors")
        if getattr(entry, field) and not getattr(found[_identity(entry)], field)
    )
    if poorer:
        raise WorseDigestError(
            f"{path} says more of {poorer[0]} than the answer does; the saved digest was kept. "
            "Remove it to save the answer"
        )


def _identity(entry: Entry) -> str:
    return entry.arxiv or entry.doi or " ".join(entry.title.casefold().split())


def _write_sidecar(path: Path, listing: Listing) -> None:
    """Write the sidecar that names and dates a digest, unless there is one already.

    After the digest: a sidecar alone would be refused, a digest alone gets it the next time.
    """
    sidecar = path.with_name(path.name + SUFFIX)
    if (listing.name is None and listing.date is None) or sidecar.exists():
        return
    lines = []
    if listing.name:
        name = "".join(letter for letter in listing.name if letter.isprintable())
        lines.append(f"name = {json.dumps(name, ensure_ascii=False)}\n")
    if listing.date:
        lines.append(f"date = {listing.date}\n")
    write_whole(sidecar, "".join(lines).encode())

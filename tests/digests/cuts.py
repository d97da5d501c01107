"""A file cut anywhere: what must stay as it is in the whole one, and what must be told."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from pathlib import Path

from daybook.digests import read_digest
from daybook.errors import DigestError, Refusal
from daybook.records import Entry

from .corpus import cases

ENDED = {"json", "jsonl", "csl-json", "hf-json", "bibtex", "ris", "feed", "xml"}
"""Folders of formats whose records say where they end: of one that is cut nothing is published."""
_ENVELOPE = {"group", "comments", "position", "line"}
"""What a record has of what stands around it."""
_MARKUP = {"html", "arxiv-html", "hf-html", "citation-html", "scholar-alert"}
_WORD = re.compile(rb"(?:^|[\s(*_>\"])[A-Za-z]+\Z")
_WITHIN = re.compile(
    r"\]\([^()\s]*\Z|\[[^\[\]]*\Z|\A[^*]*\*\*[^*]+\Z|\A\|.*[^|]\Z"
    r"|<a [^<>]*\Z|(?:\A|\s)https?:[\w/]*\Z"
)
"""A line that ends within a link, bold words, a row or the host of an address."""
_PROSE = re.compile(r"\A(?:[\w'’,-]+ ){30,}[a-z]+\Z")
"""A line of many words that ends without a mark."""
_BEGUN = 8
"""Characters of a title by which its paper has begun."""


@dataclass(frozen=True)
class Reading:
    """What came out of a file."""

    entries: list[Entry]
    told: list[Refusal]


def read(name: str, data: bytes) -> Reading:
    """Read a file, or see it refused."""
    try:
        digests = read_digest(name, data)
    except DigestError as error:
        return Reading([], [error.refusal])
    return Reading(
        [entry for digest in digests for entry in digest.entries],
        [refusal for digest in digests for refusal in digest.refusals],
    )


def samples() -> list[Path]:
    """Give the samples that have papers.

    Not of two: what stands above the list of one is a bibliography by itself, and the other is
    known for a rendering by more addresses on lines of their own than a cut may leave.
    """
    named = (case for case in cases() if case.name not in ("citeme.md", "addresses.md"))
    return [case for case in named if read(case.name, case.read_bytes()).entries]


def faults(sample: Path, cuts: list[int]) -> list[tuple[int, str]]:
    """Give where a cut of a sample costs a paper, or makes another of it, without a word.

    Where records have no end of their own, not every cut can be known: behind a word of a short
    text, within a name, or within the last cell of a row that has all its cells, a file ends as
    many whole ones do that were saved without a last line end. There the last paper may say less
    than in the whole file, and all before it stays as it is; what ends within an element, a link,
    bold words, a row, the host of an address or many words without a mark must be told.
    """
    data = sample.read_bytes()
    whole = read(sample.name, data)
    known = {_bare(entry) for entry in whole.entries}
    said = {refusal.message for refusal in whole.told}
    found: list[tuple[int, str]] = []
    for cut in cuts:
        part = read(sample.name, data[:cut])
        others = [entry for entry in part.entries if _bare(entry) not in known]
        told = {refusal.message for refusal in part.told}
        told -= {message for message in said if not any(e.title in message for e in others)}
        begun = _begun(whole.entries, data[:cut])
        if begun > 1 and others and others != [part.entries[-1]]:
            found.append((cut, f"{others[0].title!r} is another paper than before the cut"))
        elif others and sample.parent.name in ENDED:
            found.append((cut, f"{others[0].title!r} is published, and cut"))
        elif told or not _is_evident(sample.parent.name, data, cut):
            continue
        elif begun and others and _cut_fields(others[0], whole.entries):
            found.append((cut, f"{others[0].title!r} is cut, and that is not told"))
        elif len(part.entries) < begun:
            found.append((cut, "a paper is missing, and that is not told"))
    return found


def _is_evident(folder: str, data: bytes, cut: int) -> bool:
    """Whether a file of a format that is cut there shows that it was."""
    if folder in ENDED:
        return True
    if folder in _MARKUP:  # Its elements do not end.
        before, behind = data[max(cut - 100, 0) : cut], data[cut : cut + 1]
        return _WORD.search(before) is not None and behind.isalpha()
    line = data[:cut].decode("utf-8", "replace").rpartition("\n")[2].strip()
    return _WITHIN.search(line) is not None or _PROSE.search(line) is not None


def _bare(entry: Entry) -> Entry:
    return replace(entry, position=1, line=None, group=None, comments=None)


def _begun(entries: list[Entry], data: bytes) -> int:
    """Count the papers whose titles stand in a file at their beginning at least."""
    text = data.decode("utf-8", "replace")
    return sum(entry.title[:_BEGUN] in text for entry in entries)


def _cut_fields(entry: Entry, whole: list[Entry]) -> list[str]:
    """Name the fields of a paper that say something else than they do in the whole file."""
    best = max(whole, key=lambda other: len(_same(entry, other)))
    same = _same(entry, best)
    return [
        each.name
        for each in fields(Entry)
        if each.name not in same | _ENVELOPE and getattr(entry, each.name) not in (None, ())
    ]


def _same(entry: Entry, other: Entry) -> set[str]:
    named = (each.name for each in fields(Entry))
    return {name for name in named if getattr(entry, name) == getattr(other, name)}

"""One name where other papers of a list have several people: below a title, or behind it.

'Deep Wool' may be a person's name as well as a title, a field or a laboratory. Where most papers of
a list have their people in the first place below their title, one name there is who wrote it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ..records import Entry
from .beside import names_field, read_beside
from .citation_people import is_one_name
from .days import find_day
from .shielding import unshielded

_WORDS = range(2, 5)
_FEWEST = 2
_TAIL = re.compile(
    r"(?P<title>.{8,}\w)(?:\. (?P<name>[^.,?!]{4,40}(?: [A-Z]\.[^.,?!]{2,30})?)\."
    r"| \((?P<named>[^()\d,?!]{4,40})\))"
)
_NOTE = re.compile(
    r"\b(?:version|abstract|report|papers?|presentation|talk|poster|oral|spotlight|edition|draft|survey"
    r"|tutorial|demo|track|award|part|chapter|volume|review|thesis|slides|revised|extended|student|read|reading|must|great|nice|good|best|classic|favou?rite"
    r"|interesting|important|fun|cool|skimmed|done|todo|later|week)\b",
    re.IGNORECASE,
)
"""Words of what is said of a paper: 'Extended Version', 'Best Paper'."""
_BEHIND = re.compile(r"(?P<title>.{8,}?\w[?!]?) [–—-] (?P<name>[^\d,:–—]{4,40})")
_PREPRINT = re.compile(r",? arXiv(?: preprint)?(?:,? (?:19|20)\d{2})?\Z", re.IGNORECASE)
_PARTED = re.compile(r"(?<!\s)\s+[—–|·-]\s+")
_AROUND = re.compile(r"\A\W+|\W+\Z")


def with_lone_names(entries: Sequence[Entry]) -> list[Entry]:
    """Give entries of which those that begin with one name have it for their author."""
    entries = _without_names_behind(entries)
    firsts = [unshielded(_first(entry)) for entry in entries]
    seen = Counter(firsts)
    alone = {n for n, first in enumerate(firsts) if seen[first] == 1 and _is_name(first)}
    named = sum(entry.authors is not None for entry in entries)
    # All have people, or one name each: what else would stand there in every one.
    all_named = len(alone) >= _FEWEST and len(alone) + named == len(entries)
    if not all_named and (named < _FEWEST or named < len(alone)):
        return list(entries)
    return [
        _named(entry, firsts[n]) if n in alone else _cited(entry) for n, entry in enumerate(entries)
    ]


def _without_names_behind(entries: Sequence[Entry]) -> Sequence[Entry]:
    """Take names off the ends of titles where all have them: 'A Title – Ada Lovelace'."""
    parted = [_BEHIND.fullmatch(entry.title) for entry in entries]
    names = [unshielded(match["name"]) if match else "" for match in parted]
    if len(entries) < _FEWEST or any(entry.authors for entry in entries):
        return entries
    if len(set(names)) < len(names) or not all(map(_is_name, names)):
        return entries
    return [
        replace(entry, title=match["title"], authors=(name,))
        for entry, match, name in zip(entries, parted, names, strict=True)
        if match
    ]


def _cited(entry: Entry) -> Entry:
    """Take the one name off the end of a title: 'A Title. Ada Lovelace.'."""
    tail = _TAIL.fullmatch(entry.title) if entry.authors is None else None
    name = unshielded(tail["name"] or tail["named"]) if tail else ""
    return (
        replace(entry, title=tail["title"], authors=(name,)) if tail and _is_name(name) else entry
    )


def _first(entry: Entry) -> str:
    """Give the first words of an entry that names nobody, up to a venue or a date."""
    first = (entry.blurb or "").partition("\n\n")[0] if entry.authors is None else ""
    return _AROUND.sub("", _credit(first)[0])


def _credit(line: str) -> tuple[str, dict[str, str]]:
    """Part a line from what stands behind its name: 'Ada Lovelace — ICML 2024', a sentence."""
    sentence = line.partition(". ")
    if sentence[2][:1].isupper():
        return sentence[0], {"said": sentence[2]}
    words, *others = _PARTED.split(line)
    said: dict[str, str] = {}
    for other in others:
        beside = read_beside(other)
        if not beside or not beside.keys() <= {"venue", "published"}:
            return line, {}
        said |= beside
    return _PREPRINT.sub("", words), said


def _is_name(text: str) -> bool:
    named = len(text.split()) in _WORDS and is_one_name(text) and not names_field(text)
    return named and _NOTE.search(text) is None


def _named(entry: Entry, name: str) -> Entry:
    first, _, rest = (entry.blurb or "").partition("\n\n")
    said = _credit(first)[1]
    return replace(
        entry,
        authors=(name,),
        venue=entry.venue or said.get("venue"),
        published=entry.published or find_day(said.get("published", "")),
        blurb="\n\n".join(filter(None, (said.get("said"), rest))) or None,
    )

"""Papers that a text names and that came out as nothing: one check behind all readers of texts.

Whatever stands in a list made for people, as a tag that never closes or a mark of code in the
middle, a reader may take an entry for something else. What names a paper is looked for in the file
as it came, so that no reader's mistake hides it.
"""

from __future__ import annotations

import bisect
import re
import urllib.parse
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace

from ..errors import Refusal
from ..records import Entry
from .document import Document
from .elements import without_comments
from .identifiers import read_arxiv
from .lines import Lines
from .marks import is_worded

_NUMBER = r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}(?!\d|\.\d)"
_OLD = r"[a-z]{2,10}(?:-[a-z]{2,4})?(?:\.[a-z]{2})?/\d{7}(?!\d)"
_DOI = r"10\.\d{4,9}/(?:[^\s\"'<>()\[\]{}|&#?\\]++|\([^\s\"'<>()\[\]{}|&#?\\]{1,40}+\))+"
_NAMED = re.compile(
    # The first sign stands apart, so that all else of a text is passed over at once.
    r"[aAdD/%](?i:(?:(?<=a)rxiv(?::\s?|[ \xa0])"
    r"|(?:(?<=/)|(?<=%)2F)(?:abs|pdf|html|overview|papers)(?:/|%2F))"
    rf"(?P<number>{_NUMBER}|{_OLD})|(?<=d)oi(?:\.org/|:\s?)(?P<doi>{_DOI}))",
    re.ASCII,
)
_ANY = re.compile(
    rf"(?:(?<!\d)(?=\d)|(?<![\w-])(?=[a-z]))(?P<number>{_NUMBER}|{_OLD})|(?<![\w.])(?P<doi>{_DOI})",
    re.IGNORECASE | re.ASCII,
)
_COINED = "10.48550/arxiv."
_LINE_END = re.compile(
    r"(?:v\d{1,2})?[)\].,;]*[^\S\n]*(?:\(?(?:19|20)\d{2}\)?[.,;]?[^\S\n]*)?(?:\n|\Z)"
)
_MOST = 20
"""Papers that are told one by one: beyond, one word tells how many more there are."""
_LONGEST_HOST, _LONGEST_WORDS = 60, 400
_LONGEST_LINE = 4_000
_CLAUSE = re.compile(r"(?<![^\n\[\](){}<>*|])[^\n\[\](){}<>*|]+\Z")
_LONGEST_LEAD, _SHORTEST_LEAD = 40, 8
"""Characters before a link by which it is found in a text: more than 'and' and 'see also'."""
_MOST_LOOKED_AT = 200


def tell_unread(
    document: Document,
    entries: Iterable[Entry],
    told: Iterable[Refusal],
    shown: Iterable[str] = (),
) -> list[Refusal]:
    """Name the papers by line that a file names, where no entry does and no refusal speaks of it.

    A link in an entry besides its own paper's, or an address in its blurb, accounts for one, but
    not where it alone ends a line, as lists have it: it may be a paper that was taken for a part
    of the one above it. `shown` is what a reader looked at itself and passed over.
    """
    entries, told = list(entries), list(told)
    own = {key for entry in entries for key in (entry.arxiv, entry.doi) if key}
    written = without_comments(document.text)
    begun = {entry.line: entry for entry in entries}
    places, ending = _named(written, own, begun)
    if not places:
        return []
    told_of = [refusal.message for refusal in (*told, *document.doubts)]
    for key in _keys(repr(replace(entry, links=(), blurb=None)) for entry in entries):
        places.pop(key, None)
    for key in _keys((*shown, *told_of)):
        places.pop(key, None)
    linked = set(_keys(f"{entry.blurb} {entry.links}" for entry in entries)) - ending
    lines = Lines(written)
    spoken_of = {refusal.line for refusal in (*told, *document.doubts)}
    found = [(lines.at(place), key) for key, place in places.items() if key not in linked]
    left = [
        (line, key)
        for line, key in found
        if line not in spoken_of or _is_long_line(written, places[key])
    ]
    left = _of_no_entry(left, begun, written, places)
    refusals = [
        _refusal(document, line, f"{number} is named there, and came out as no entry")
        for line, number in left[:_MOST]
    ]
    if more := left[_MOST:]:
        message = f"{len(more):,} more papers are named from there on, and came out as no entry"
        refusals.append(_refusal(document, more[0][0], message))
    return refusals


def _named(
    text: str, own: Container[str | None], begun: Container[int | None]
) -> tuple[dict[str, int], set[str]]:
    """Give the papers that a text names besides its entries' `own`, each with its first place.

    Those are given again that end a line of which none of the entries is, nor `begun` there.
    """
    places: dict[str, int] = {}
    ending: set[str] = set()
    lines = Lines(text)
    for match in _NAMED.finditer(text):
        if match["number"] in own:
            continue
        key = _key(match)
        if key not in own and not _is_prose(text, match.start()):
            places.setdefault(key, match.start())
            if (
                _LINE_END.match(text, match.end())
                and lines.at(match.start()) not in begun
                and not _is_beside(text, match.start(), own)
            ):
                ending.add(key)
    return places, ending


def _of_no_entry(
    found: Iterable[tuple[int, str]],
    begun: Mapping[int | None, Entry],
    text: str,
    places: Mapping[str, int],
) -> list[tuple[int, str]]:
    """Leave out, of papers by line, what is the entry's above: where it is besides, or its text."""
    own_lines = sorted(line for line in begun if line)
    with_doi: set[int | None] = set()
    left = []
    for looked_at, (line, key) in enumerate(found):
        above = bisect.bisect_right(own_lines, line)
        entry = begun[own_lines[above - 1]] if above else None
        if entry and key.startswith("10.") and entry.doi is None and entry.line not in with_doi:
            with_doi.add(entry.line)
        elif not (entry and looked_at < _MOST_LOOKED_AT and _is_within(text, places[key], entry)):
            left.append((line, key))
    return left


def _keys(texts: Iterable[str]) -> Iterator[str]:
    return (_key(match) for text in texts for match in _ANY.finditer(text))


def _key(match: re.Match[str]) -> str:
    """Give an identifier that was found as entries have it."""
    if match["doi"]:
        doi = urllib.parse.unquote(match["doi"]).lower().rstrip(".,;:!*_`")
        return doi.removeprefix(_COINED)
    found = read_arxiv(match["number"])
    return found[0] if found else match["number"]


def _link_at(text: str, place: int) -> tuple[int, str]:
    """Give where the link with an address at a place begins, and its words; -1 where none is."""
    end = text.rfind("](", max(place - _LONGEST_HOST, 0), place)
    begin = text.rfind("[", max(end - _LONGEST_WORDS, 0), end) if end >= 0 else -1
    return begin, text[begin + 1 : end] if begin >= 0 else ""


def _is_prose(text: str, place: int) -> bool:
    """Whether an address is that of a link whose words are no title: '[an older paper](...)'."""
    _, words = _link_at(text, place)
    return words[:1].islower() and " " in words and is_worded(words)


def _is_within(text: str, place: int, entry: Entry) -> bool:
    """Whether the link with an address at a place stands in the midst of an entry's own text."""
    begin, words = _link_at(text, place)
    if begin < 0:
        return False
    leading = _CLAUSE.search(text[max(begin - _LONGEST_LEAD, 0) : begin])
    said = f"{leading[0] if leading else ''}{words}"
    own = f"{entry.abstract}\n{entry.blurb}\n{entry.remark}"
    return leading is not None and len(leading[0]) >= _SHORTEST_LEAD and said in own


def _is_long_line(text: str, place: int) -> bool:
    """Whether a line is a whole page: what is told of it speaks of one paper among many."""
    end = text.find("\n", place)
    return (end if end >= 0 else len(text)) - text.rfind("\n", 0, place) > _LONGEST_LINE


def _is_beside(text: str, place: int, own: Container[str | None]) -> bool:
    """Whether a paper that is an entry is named before a place in the same line."""
    begin = max(text.rfind("\n", 0, place), place - _LONGEST_LINE) + 1
    return any(_key(match) in own for match in _NAMED.finditer(text, begin, place))


def _refusal(document: Document, line: int, message: str) -> Refusal:
    hint = "If it is a paper of the list, see what stands before it, and save it again."
    return Refusal(document.path, line, f"{message}.", hint, fatal=False)

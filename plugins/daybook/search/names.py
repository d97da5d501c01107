"""What is suggested while a reader types: authors and titles, in files by how they begin.

A name stands under each of its words ('Ada King Byron' under 'ada', 'king' and 'byron'), a title
under its first. Where many share a beginning, the likeliest of them are written down beside, so
that two letters need not load every name that begins with them. `theme/static/search/names.js` is
the reader.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from operator import attrgetter
from typing import NamedTuple

from ..archive.persons import Persons
from ..maths import plain_text
from ..records import Archive, Paper
from .codes import code
from .shards import Range, hashed_script, in_order, in_order_of
from .tokens import ASCII_PUNCTUATION, fold, tokenize, trim

NAMES_BYTES = 12288
"""A file of names is closed once it holds this much, or half of it before a name that may begin
one: so most files are the same when an archive grows."""
_ONE_IN = 64
"""How many names there are to one that may begin a file."""
CROWD = 500
"""With more names than this a beginning has its likeliest written down."""
LIKELIEST = 8
SHORTEST = 2
"""Characters from which on names are suggested."""
_MOST_WORDS = 5
"""A name of more words stands under its first and its last."""
_ARTICLES = frozenset({"a", "an", "the"})


def plain_words(text: str) -> list[str]:
    """Give a text's words as they are compared: folded, without what stands around them."""
    if text.isascii():  # nothing to fold, and no choice to make for each word
        return [word for token in tokenize(text) if (word := token.strip(ASCII_PUNCTUATION))]
    words = (trim(part) for token in tokenize(text) for part in fold(token))
    return [word for word in words if word]


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who wrote papers of the archive."""

    name: str
    slug: str
    has_page: bool
    papers: tuple[int, ...]
    """Their numbers, in order."""
    others: tuple[str, ...] = ()
    """What papers print in other words than `name`."""


class _Row(NamedTuple):  # made in a third of the time of a record, for each word of each name
    key: str
    text: str
    weight: int
    """The likelier comes first; also what is told of the name: papers, or a paper's number."""
    codes: bytes
    name: str
    """What is shown of it: `text`, but for another spelling of the same name."""
    slug: str | None = None
    """Where it leads; ``None`` for a name without a page and for a title."""
    odd: bool = False
    """Whether the slug is not what `default_slug` says, and has to be written down."""


_KEY = attrgetter("key")


@dataclass(frozen=True, slots=True)
class Names:
    """The files of one kind of name."""

    ranges: tuple[Range, ...]
    likeliest: tuple[Range, ...]


def authors_of(archive: Archive, small_archive: int) -> list[Author]:
    """List who wrote the papers, as the catalogue gives them pages: all up to so many papers.

    Above that number of papers only authors of two or more have a page.
    """
    persons = Persons(archive.identities)
    people = persons.gather(archive.papers)
    small = len(archive.papers) <= small_archive
    slugs = persons.slugs(people, dict(archive.author_slugs), pages_for_all=small)
    found = []
    for key, someone in people.items():
        name = persons.name(key, someone)
        found.append(
            Author(
                name,
                slugs.get(key, ""),
                key in slugs,
                tuple([paper.number for paper in someone.papers]),
                _other_spellings(name, someone.spellings),
            )
        )
    return found


def _other_spellings(name: str, spellings: Collection[str]) -> tuple[str, ...]:
    """Give the spellings of other words than a name's, each once."""
    if len(spellings) == 1 and name in spellings:
        return ()
    others = sorted([spelling for spelling in spellings if spelling != name])
    if not others:
        return ()
    by_words = {tuple(plain_words(spelling)): spelling for spelling in reversed(others)}
    by_words.pop(tuple(plain_words(name)), None)
    by_words.pop((), None)
    return tuple(sorted(by_words.values()))


def author_names(authors: Iterable[Author]) -> Names:
    """Write the authors.

    Of each name: the place of the word it stands under; how many papers; 0 for no page, 1 for one
    named by `default_slug`, 2 for one named in `slugs`; under the first word also the papers.
    Another spelling of the name stands under its own words, before a tab and the name.
    """
    return _names("people", _author_rows(authors))


def _author_rows(authors: Iterable[Author]) -> Iterator[_Row]:
    known = tuple(authors)
    for author in known:
        yield from _spelling_rows(author, author.name)
    for author in known:  # after every name, so that it is found before who is also called so
        for other in author.others:
            yield from _spelling_rows(author, other)


def _spelling_rows(author: Author, spelling: str) -> Iterator[_Row]:
    text = spelling if spelling == author.name else f"{spelling}\t{author.name}"
    words = plain_words(spelling)
    own = words if spelling == author.name else plain_words(author.name)
    odd = author.slug != default_slug(own)
    page = 0 if not author.has_page else 2 if odd else 1
    slug = author.slug if page else None
    count = len(author.papers)
    places = range(len(words))
    for place in places if len(words) <= _MOST_WORDS else (0, len(words) - 1):
        codes = code(place) + code(count) + code(page)
        if place == 0:
            codes += _gaps(author.papers)
        key = "_".join(words[place:] + words[:place])
        yield _Row(key, text, count, codes, author.name, slug, odd=page == 2)


def default_slug(words: Sequence[str]) -> str:
    """Give the slug that most names have, which need not be written down."""
    return "-".join(words)


def _gaps(numbers: Sequence[int]) -> bytes:
    previous = -1
    codes = b""
    for number in numbers:
        codes += code(number - previous)
        previous = number
    return codes


def title_names(papers: Sequence[Paper]) -> Names:
    """Write the titles; of each: the paper's number. The newest is likeliest."""
    return _names("titles", _title_rows(papers))


def _title_rows(papers: Sequence[Paper]) -> Iterator[_Row]:
    for paper in papers:
        title = plain_text(paper.title)
        words = plain_words(title)
        if len(words) > 1 and words[0] in _ARTICLES:
            words = words[1:]
        if words:
            yield _Row("_".join(words), title, paper.number, code(paper.number), title)


def _names(folder: str, rows: Iterable[_Row]) -> Names:
    ordered = in_order_of(_KEY, rows)
    return Names(tuple(_cut(ordered, folder)), tuple(_likeliest(ordered, folder)))


def _cut(rows: Iterable[_Row], folder: str) -> Iterator[Range]:
    held: list[_Row] = []
    size = 0
    last = ""
    for row in rows:
        full = size >= NAMES_BYTES or (size >= NAMES_BYTES // 2 and _may_begin(row.key))
        if full and row.key != last:
            yield _range(held, folder)
            held, size = [], 0
        held.append(row)
        last = row.key
        size += len(row.text) + len(row.codes) + 1
    if held:
        yield _range(held, folder)


def _may_begin(key: str) -> bool:
    return zlib.crc32(key.encode("utf-8", "replace")) % _ONE_IN == 0


def _range(rows: Sequence[_Row], folder: str) -> Range:
    value = {
        "names": "\n".join(row.text for row in rows),
        "slugs": " ".join(row.slug for row in rows if row.odd and row.slug),
        "codes": b"".join(row.codes for row in rows).decode("ascii"),
    }
    return Range(rows[0].key, rows[-1].key, hashed_script(folder, value))


def _likeliest(rows: Sequence[_Row], folder: str) -> Iterator[Range]:
    """Write down, for every beginning that many share, the likeliest names."""
    held: dict[str, list[list[object]]] = {}
    size = 0
    crowds = _crowds(rows)
    for prefix in in_order(crowds):
        held[prefix] = [[row.name, row.weight, row.slug] for row in crowds[prefix]]
        size += sum(len(row.name) + 20 for row in crowds[prefix])
        if size >= NAMES_BYTES:
            yield Range(next(iter(held)), prefix, hashed_script(folder, held))
            held, size = {}, 0
    if held:
        yield Range(next(iter(held)), next(reversed(held)), hashed_script(folder, held))


def _crowds(rows: Sequence[_Row]) -> dict[str, list[_Row]]:
    """Give the likeliest names of every beginning that more than `CROWD` share."""
    found: dict[str, list[_Row]] = {}
    length = SHORTEST
    crowded = rows
    while crowded:
        prefixes = [row.key[:length] for row in crowded]
        crowds: dict[str, list[_Row]] = {
            prefix: []
            for prefix, count in Counter(prefixes).items()
            if count > CROWD and len(prefix) == length
        }
        left = []
        for prefix, row in zip(prefixes, crowded, strict=True):
            if prefix in crowds:
                crowds[prefix].append(row)
                left.append(row)
        for prefix, crowd in crowds.items():
            found[prefix] = nsmallest(LIKELIEST, _each_once(crowd), key=_likelier)
        crowded = left
        length += 1
    return found


def _each_once(rows: Iterable[_Row]) -> Iterable[_Row]:
    """Give rows, without those that show what another of them shows."""
    shown: dict[tuple[str, str | None, int], _Row] = {}
    for row in rows:
        shown.setdefault((row.name, row.slug, row.weight), row)
    return shown.values()


def _likelier(row: _Row) -> tuple[int, str, str]:
    return -row.weight, row.key, row.text

"""One paper out of many mentions: which word counts where sources disagree.

The order of precedence, the same for every field unless it says otherwise, and for any order of
files; the first source that says anything wins:

1. by kind: the keeper's correction; a page made by hand; then the metadata folder; then formats
   that state fields (API answers, bibliographies, feeds); then renderings as text
   (`digests.RENDERINGS`), where fields were read off a page. For title, abstract and publication
   the metadata folder, which has what digests lack, comes after them;
2. for an abstract: the later arXiv version, where both are known. A version that is known not to
   be the latest comes after every other abstract, whatever its kind, the keeper's word and pages
   made by hand apart;
3. the later digest, dated before undated;
4. what most sources of that day say;
5. the greater text, in code points: an arbitrary but fixed last word.

The publication is made more exact by any source that agrees with the winner (2024, then
2024-06-28), and is the month of the arXiv id where nobody says anything. Keywords and links are
united, votes and comments are the highest. What lost is kept as `Lost` in a file of its own.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ..records import Entry, Link, Paper, PartialDate
from .dates import arxiv_month, is_plausible
from .identity import arxiv_of_doi, title_key
from .markdown_text import one_line, paragraphs, shown_line
from .metadata import Fact
from .page import LINK_KINDS, page_link

KEEPER, BY_HAND, METADATA, STATED, RENDERED = range(-1, 4)
CORRECTED = "papers.toml"
"""The origin of the keeper's corrections."""


@dataclass(frozen=True, slots=True)
class Source:
    """One mention of a paper, and what decides how much its word counts."""

    word: Entry | Fact | Paper
    kind: int
    """`KEEPER`, `BY_HAND`, `METADATA`, `STATED` or `RENDERED`: smaller counts more."""
    origin: str
    """Where it is said, as a keeper finds it again: ``2025-03-14 #71``."""
    day: dt.date | None = None
    """Its digest's date."""
    published: PartialDate | None = None
    """The publication it states, its year made sure."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A value that another source's value was preferred to."""

    field: str
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Merged:
    """What the sources say together; the fields are those of `records.Paper`."""

    title: str
    abstract: str | None
    blurb: str | None
    ai_summary: str | None
    authors: tuple[str, ...] | None
    author_count: int | None
    published: PartialDate | None
    arxiv: str | None
    arxiv_version: int | None
    doi: str | None
    venue: str | None
    remark: str | None
    categories: tuple[str, ...]
    organization: str | None
    submitter: str | None
    keywords: tuple[str, ...]
    upvotes: int | None
    comments: int | None
    links: tuple[Link, ...]
    lost: tuple[Lost, ...]
    """In the order of the fields, then of precedence."""


def merge_sources(
    sources: Sequence[Source], corrected: Mapping[str, Any] = MappingProxyType({})
) -> Merged:
    """Merge everything that is said of one paper; the order of `sources` does not matter.

    `corrected` has fields that are what the keeper says, by name; ``None`` is unknown for good.
    """
    if corrected:
        values = {f: v for f, v in corrected.items() if v and f in _CORRECTABLE}
        word = Entry(0, values.pop("title", ""), **values)
        sources = [*sources, Source(word, KEEPER, CORRECTED, published=word.published)]
    merged = _merge(sources)
    changes = {field: corrected[field] for field in corrected if field in _MERGED}
    if not changes:
        return merged
    erased = [
        Lost(field, say(old), "sources")
        for field, value in changes.items()
        if not value and (old := getattr(merged, field)) and not isinstance(value, tuple)
    ]
    return dataclasses.replace(merged, **changes, lost=(*merged.lost, *erased))


def _merge(sources: Sequence[Source]) -> Merged:
    if len(sources) == 1 and isinstance(sources[0].word, Entry):
        return _take(sources[0], sources[0].word)
    return _settle(sources)


def _take(source: Source, word: Entry) -> Merged:
    """Give what a single entry says: what `_settle` would, in a fifth of the time."""
    arxiv = word.arxiv or arxiv_of_doi(word.doi)
    authors = _authors(source)
    published, month = source.published, arxiv_month(arxiv)
    if not (published and is_plausible(published)) or (month and _covers(published, month)):
        published = month
    count = word.author_count or None
    lost = (
        (Lost("author_count", str(count), source.origin),)
        if authors and count and count != len(authors)
        else ()
    )
    return Merged(
        title=one_line(word.title) or "Untitled",
        abstract=_abstract(source),
        blurb=_line(word.blurb),
        ai_summary=_line(word.ai_summary),
        authors=authors,
        author_count=None if authors else count,
        published=published,
        arxiv=arxiv,
        arxiv_version=word.arxiv_version,
        doi=word.doi if word.doi and not arxiv_of_doi(word.doi) else None,
        venue=_line(word.venue),
        remark=_line(word.remark),
        categories=_categories(source) or (),
        organization=_line(word.organization),
        submitter=_line(word.submitter),
        keywords=_unite_keywords((source,)) if word.keywords else (),
        upvotes=word.upvotes,
        comments=word.comments,
        links=_unite_links((source,)) if word.links else (),
        lost=lost,
    )


def _line(text: str | None) -> str | None:
    return one_line(text) or None if text else None


def _settle(sources: Sequence[Source]) -> Merged:
    lost: list[Lost] = []

    def settle(field: str, read: Callable[[Source], Any] | None = None, **options: Any) -> Any:
        read = read or (lambda source: getattr(source.word, field, None))
        ranked = _rank(sources, read, **options)
        ranked = _fuller_first(ranked) if field == "authors" else ranked
        lost.extend(_losers(field, ranked))
        return ranked[0][0] if ranked else None

    title = settle("title", _line_of("title"), digests_first=True)
    abstract = settle("abstract", _abstract, digests_first=True, by_version=True)
    authors = settle("authors", _authors)
    arxiv = settle("arxiv") or _first_arxiv_of_doi(sources)
    published = _settle_published(sources, arxiv, lost)
    counts = _rank(sources, lambda source: getattr(source.word, "author_count", None) or None)
    if authors:
        lost += [
            Lost("author_count", str(count), source.origin)
            for count, source in counts
            if count != len(authors)
        ]
    return Merged(
        title=title or "Untitled",
        abstract=abstract,
        blurb=settle("blurb", _line_of("blurb")),
        ai_summary=settle("ai_summary", _line_of("ai_summary")),
        authors=authors,
        author_count=None if authors or not counts else counts[0][0],
        published=published,
        arxiv=arxiv,
        arxiv_version=_highest(sources, "arxiv_version"),
        doi=settle("doi", lambda s: None if arxiv_of_doi(s.word.doi) else s.word.doi),
        venue=settle("venue", _line_of("venue")),
        remark=settle("remark", _line_of("remark")),
        categories=settle("categories", _categories) or (),
        organization=settle("organization", _line_of("organization")),
        submitter=settle("submitter", _line_of("submitter")),
        keywords=_unite_keywords(sources),
        upvotes=_highest(sources, "upvotes"),
        comments=_highest(sources, "comments"),
        links=_unite_links(sources),
        lost=tuple(lost),
    )


_CORRECTABLE = frozenset(f.name for f in dataclasses.fields(Entry))
_MERGED = frozenset(f.name for f in dataclasses.fields(Merged)) - {"lost"}


def _line_of(field: str) -> Callable[[Source], str | None]:
    def read(source: Source) -> str | None:
        return _line(getattr(source.word, field, None))

    return read


_AROUND = "|"
_UNUSUAL = (_AROUND + " ", " " + _AROUND, _AROUND + _AROUND)
"""Where a name begins or ends with a space, or is empty."""


def _abstract(source: Source) -> str | None:
    return paragraphs(source.word.abstract) or None if source.word.abstract else None


def _fuller_first(ranked: list[tuple[Any, Source]]) -> list[tuple[Any, Source]]:
    """Put stated authors that go on where the preferred ones end first: BibTeX has 'and others'.

    A person's word stays the last.
    """

    def families(names: tuple[str, ...]) -> list[str]:
        return [name.split()[-1].casefold() for name in names if name.strip()]

    if len(ranked) < 2 or ranked[0][1].kind <= BY_HAND:
        return ranked
    first = families(ranked[0][0])
    for index, (names, source) in enumerate(ranked):
        goes_on = len(names) > len(first) and families(names)[: len(first)] == first
        if goes_on and source.kind <= STATED:
            return [ranked[index], *ranked[:index], *ranked[index + 1 :]]
    return ranked


def _authors(source: Source) -> tuple[str, ...] | None:
    authors = source.word.authors
    if not authors:
        return None
    text = _AROUND.join(("", *authors, ""))
    if text.isprintable() and not any(end in text for end in _UNUSUAL):
        return authors  # each is a list's item already, as most are
    names = (shown_line(name) for name in authors)
    return tuple(name for name in names if name) or None


def _categories(source: Source) -> tuple[str, ...] | None:
    names = (shown_line(name.replace(",", " ")) for name in source.word.categories)
    return tuple(dict.fromkeys(name for name in names if name)) or None


def _first_arxiv_of_doi(sources: Sequence[Source]) -> str | None:
    found = {arxiv for source in sources if (arxiv := arxiv_of_doi(source.word.doi))}
    return min(found, default=None)


def _rank(
    sources: Sequence[Source],
    read: Callable[[Source], Any],
    *,
    digests_first: bool = False,
    by_version: bool = False,
) -> list[tuple[Any, Source]]:
    """Give the values that are said, each with who says it, the one that counts first."""
    said = [(value, source) for source in sources if (value := read(source)) is not None]
    if len(said) < 2:
        return said
    if all(value == said[0][0] for value, _ in said):
        return sorted(said, key=lambda pair: pair[1].origin)
    times = Counter((value, source.kind, source.day) for value, source in said)
    newest = max(_version(source) for _, source in said) if by_version else 0

    def order(pair: tuple[Any, Source]) -> tuple[Any, ...]:
        value, source = pair
        kind = source.kind
        if digests_first and kind == METADATA:
            kind = RENDERED + 1
        version = _version(source) if by_version else 0
        if kind > BY_HAND and 0 < version < newest:
            kind = RENDERED + 2
        day = source.day or dt.date.min
        return (-kind, version, day, times[value, source.kind, source.day], say(value))

    return sorted(sorted(said, key=lambda pair: pair[1].origin), key=order, reverse=True)


def _version(source: Source) -> int:
    """Give the arXiv version a source tells of; 0 where it says none, and for what people wrote."""
    if source.kind <= BY_HAND:
        return 0
    return getattr(source.word, "arxiv_version", None) or 0


def _losers(field: str, ranked: Sequence[tuple[Any, Source]]) -> Sequence[Lost]:
    """Give the values that differ from the first, each once."""
    if len(ranked) < 2:
        return ()
    seen = {ranked[0][0]} if ranked else set()
    lost = []
    for value, source in ranked:
        if value not in seen:
            seen.add(value)
            lost.append(Lost(field, say(value), source.origin))
    return lost


def say(value: Any) -> str:
    """Give a value as provenance says it."""
    return "; ".join(value) if isinstance(value, tuple) else str(value)


def _settle_published(
    sources: Sequence[Source], arxiv: str | None, lost: list[Lost]
) -> PartialDate | None:
    ranked = _rank(
        sources,
        lambda s: s.published if s.published and is_plausible(s.published) else None,
        digests_first=True,
    )
    if not ranked:
        return arxiv_month(arxiv)
    best: PartialDate = ranked[0][0]
    months = [month for month in (arxiv_month(arxiv),) if month is not None]
    for date in [*(date for date, _ in ranked), *months]:
        if date != best and _covers(best, date):
            best = date
    unlike = [(date, source) for date, source in ranked if not _covers(date, best)]
    lost += _losers("published", [(best, ranked[0][1]), *unlike])
    return best


def _covers(wide: PartialDate, exact: PartialDate) -> bool:
    return wide.earliest <= exact.earliest and exact.latest <= wide.latest


def _highest(sources: Iterable[Source], field: str) -> int | None:
    said = (getattr(source.word, field, None) for source in sources)
    return max((number for number in said if number is not None), default=None)


def _unite_keywords(sources: Sequence[Source]) -> tuple[str, ...]:
    """Give every keyword once, whatever its case, in the order of their letters."""
    found: dict[str, str] = {}
    for keyword in sorted(shown_line(word) for s in sources for word in s.word.keywords):
        if keyword:
            found.setdefault(title_key(keyword), keyword)
    return tuple(sorted(found.values()))


def _unite_links(sources: Sequence[Source]) -> tuple[Link, ...]:
    found = {
        page_link(link) for s in sources if not isinstance(s.word, Fact) for link in s.word.links
    }
    known = (link for link in found if link.kind in LINK_KINDS)
    return tuple(sorted(known, key=lambda link: (LINK_KINDS.index(link.kind), link.url)))

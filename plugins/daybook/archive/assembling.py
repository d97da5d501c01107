"""What goes into the archive's record besides papers: names, orders, redirects, topics' choice."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ..errors import Refusal
from ..records import KeptDigest, Paper, PartialDate
from .cache import Cache, content_key
from .forking import spread
from .ledger import Ledger
from .merging import CORRECTED
from .slugs import author_key, name_authors, name_of, slugify
from .topics import MOST_TOPICS, Taxonomy, assign_topics

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_A_CORES_WORTH = 300
"""So many papers take a core longer to sort into topics than it takes to start."""
_NUMBERS = re.compile(r"\d+")


def name_digest(date: PartialDate | None, entries: int) -> str:
    """Name a digest that has no name of its own: '11 March 2025', 'Undated digest, 241 papers'."""
    if date is None:
        return f"Undated digest, {entries} paper{'' if entries == 1 else 's'}"
    month = f"{_MONTHS[date.month - 1]} " if date.month else ""
    return f"{date.day or ''} {month}{date.year}".strip()


def natural_order(name: str) -> str:
    """Give a key that orders ``undated-2`` before ``undated-10``."""
    return _NUMBERS.sub(lambda match: match[0].zfill(10), name)


def date_order(date: PartialDate | None, name: str) -> tuple[dt.date, str]:
    """Give a key that orders digests by date, undated ones last, then by id."""
    return date.earliest if date else dt.date.max, natural_order(name)


def order_digests(digests: Iterable[KeptDigest]) -> tuple[KeptDigest, ...]:
    """Put the newest first, undated ones last; where two have one name, number the later ids."""
    by_id = sorted(digests, key=lambda digest: natural_order(digest.id))
    times: Counter[str] = Counter()
    named = []
    for digest in by_id:
        times[digest.name] += 1
        number = times[digest.name]
        named.append(
            digest if number == 1 else dataclasses.replace(digest, name=f"{digest.name} ({number})")
        )
    dated = [digest for digest in named if digest.date]
    dated.sort(key=lambda digest: date_order(digest.date, "")[0], reverse=True)
    return (*dated, *(digest for digest in named if digest.date is None))


def resolve_redirects(redirects: Mapping[str, str], slugs: set[str]) -> tuple[tuple[str, str], ...]:
    """Give for each redirected slug the one of `slugs` that answers in the end, if any does."""
    resolved = []
    for slug in sorted(redirects):
        to, seen = redirects[slug], {slug}
        while to in redirects and to not in seen:
            seen.add(to)
            to = redirects[to]
        if to in slugs and to not in seen:
            resolved.append((slug, to))
    return tuple(resolved)


def settle_authors(
    ledger: Ledger, before: Iterable[Paper], papers: Iterable[Paper], cache: Cache
) -> tuple[tuple[str, str], ...]:
    """Settle who has each slug that several authors ask for, and enter it in the ledger.

    Who had it already keeps it: the authors of the pages as they were come first, then those of
    the papers as they are, by the papers' numbers.
    """
    names = dict.fromkeys(
        name
        for pages in (sorted(before, key=lambda page: page.number), papers)
        for page in pages
        for name in page.authors or ()
    )
    known, kept = cache.kind("authors")
    for name in names:
        kept[name] = known.get(name) or (author_key(name), name_of(name))
    asking: dict[str, set[str]] = defaultdict(set)
    for key, slug in kept.values():
        asking[slug].add(key)
    contested = {key for keys in asking.values() if len(keys) > 1 for key in keys}
    if contested - ledger.authors.keys():
        slugs = name_authors(names, ledger.authors)
        for key in sorted(contested):
            ledger.add_author(key, slugs[key])
    return tuple(sorted(ledger.authors.items()))


Choice = tuple[Paper, Paper | None, bool]
"""A paper, its page as it lies there, and whether a person made that."""


class TopicChoice:
    """Chooses papers' topics: the keeper's, or else those that their evidence assigns."""

    def __init__(self, taxonomy: Taxonomy, cache: Cache) -> None:
        self._taxonomy = taxonomy
        self._cache = cache
        self._slugs = {slugify(topic.name): topic.slug for topic in taxonomy.topics}
        self._slugs |= {topic.slug: topic.slug for topic in taxonomy.topics}

    def choose(
        self, choices: Sequence[Choice], corrected: Mapping[int, tuple[str, ...]]
    ) -> tuple[list[Paper], list[Refusal]]:
        """Give the papers with their topics, and a warning for each named one that does not exist.

        What the keeper corrects (by the paper's number) counts most, then ``Topics:`` on a page,
        then the tags of a page that a person made. There are at most four.
        """
        topics: list[tuple[str, ...] | None] = []
        doubts: list[Refusal] = []
        for paper, page, by_hand in choices:
            named = None
            if paper.number in corrected:
                named, path = corrected[paper.number], CORRECTED
            elif page is not None and (_names_topics(paper) or (by_hand and page.topics)):
                named, path = page.topics, page.path
            topics.append(None if named is None else self._known(named, path, doubts))
        left = [choice[0] for choice, found in zip(choices, topics, strict=True) if found is None]
        assigned = iter(self._assign(left))
        papers = []
        for (paper, _, _), found in zip(choices, topics, strict=True):
            slugs = next(assigned) if found is None else found
            same = paper.topics == slugs
            papers.append(paper if same else dataclasses.replace(paper, topics=slugs))
        return papers, doubts

    def _assign(self, papers: Sequence[Paper]) -> list[tuple[str, ...]]:
        """Assign topics by evidence, those that the cache does not know on every core."""
        known, kept = self._cache.kind("topics") if self._taxonomy.fingerprint else ({}, {})
        keys = [self._key(paper) for paper in papers]
        fresh = [paper for paper, key in zip(papers, keys, strict=True) if key not in known]
        assigned = iter(spread(self._assign_all, fresh, _A_CORES_WORTH))
        for key in keys:
            kept[key] = known[key] if key in known else next(assigned)
        return [kept[key] for key in keys]

    def _assign_all(self, papers: Sequence[Paper]) -> list[tuple[str, ...]]:
        return [
            assign_topics(self._taxonomy, paper.title, _text(paper), paper.categories)
            for paper in papers
        ]

    def _key(self, paper: Paper) -> bytes:
        return content_key(
            self._taxonomy.fingerprint, paper.title, _text(paper), "\n".join(paper.categories)
        )

    def _known(self, names: Iterable[str], path: str, doubts: list[Refusal]) -> tuple[str, ...]:
        known = [(name, self._slugs.get(slugify(name))) for name in names]
        doubts += [
            Refusal(
                path,
                None,
                f"there is no topic {name[:40]!r}; it is left out.",
                "See the topics file for their names.",
                fatal=False,
            )
            for name, slug in known
            if slug is None
        ]
        return tuple(dict.fromkeys(slug for _, slug in known if slug))[:MOST_TOPICS]


def _names_topics(paper: Paper) -> bool:
    return any(key.lower() == "topics" for key, _ in paper.extra)


def _text(paper: Paper) -> str | None:
    return paper.abstract or paper.blurb or paper.ai_summary

"""What goes into the archive's record besides papers: names, orders, redirects, topics' choice."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from ..errors import Refusal
from ..records import KeptDigest, Paper, PartialDate
from .ledger import Ledger
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
    ledger: Ledger, before: Iterable[Paper], papers: Iterable[Paper]
) -> tuple[tuple[str, str], ...]:
    """Settle who has each slug that several authors ask for, and enter it in the ledger.

    Who had it already keeps it: the authors of the pages as they were come first, then those of
    the papers as they are, by the papers' numbers.
    """
    names = [
        name
        for pages in (sorted(before, key=lambda page: page.number), papers)
        for page in pages
        for name in page.authors or ()
    ]
    slugs = name_authors(names, ledger.authors)
    asking: dict[str, set[str]] = defaultdict(set)
    for name in dict.fromkeys(names):
        asking[name_of(name)].add(author_key(name))
    contested = {key for keys in asking.values() if len(keys) > 1 for key in keys}
    for key in sorted(contested):
        ledger.add_author(key, slugs[key])
    return tuple(sorted(ledger.authors.items()))


class TopicChoice:
    """Chooses a paper's topics: the keeper's, or else those that its evidence assigns."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self._slugs = {slugify(topic.name): topic.slug for topic in taxonomy.topics}
        self._slugs |= {topic.slug: topic.slug for topic in taxonomy.topics}

    def choose(
        self, paper: Paper, page: Paper | None, *, by_hand: bool
    ) -> tuple[tuple[str, ...], list[Refusal]]:
        """Give the topics, at most four, and a warning for each named one that does not exist.

        ``Topics:`` on a page counts most; then the tags of a page made by hand.
        """
        named = any(key.lower() == "topics" for key, _ in paper.extra)
        if page is not None and (named or (by_hand and page.topics)):
            return self._named(page)
        text = paper.abstract or paper.blurb or paper.ai_summary
        return assign_topics(self._taxonomy, paper.title, text, paper.categories), []

    def _named(self, page: Paper) -> tuple[tuple[str, ...], list[Refusal]]:
        known = [(name, self._slugs.get(slugify(name))) for name in page.topics]
        topics = tuple(dict.fromkeys(slug for _, slug in known if slug))[:MOST_TOPICS]
        doubts = [
            Refusal(
                page.path,
                None,
                f"there is no topic {name[:40]!r}; it is left out.",
                "See the topics file for their names.",
                fatal=False,
            )
            for name, slug in known
            if slug is None
        ]
        return topics, doubts

"""What goes into the archive's record besides papers: names, orders, redirects, topics' choice."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from ..errors import Refusal
from ..forks import A_CORES_WORTH
from ..records import MONTHS, DayOfYear, KeptDigest, Paper, PartialDate
from .author_word import NO_WORD, AuthorWord
from .cache import Cache
from .forking import spread
from .ledger import Ledger
from .merging import CORRECTED
from .page import named_topics
from .rows import changed
from .slugs import author_key, name_authors, name_of, slugify
from .stored_pages import StoredPage
from .topic_proof import TopicProof
from .topics import MOST_TOPICS, Taxonomy, assign_topics

_NUMBERS = re.compile(r"\d+")


def name_digest(date: PartialDate | None, heading: DayOfYear | None, entries: int) -> str:
    """Name a digest that has no name of its own.

    '11 March 2025', 'Undated digest, 241 papers', or '11 March, year unknown' where its heading is
    all that is known.
    """
    if date is None and heading is not None:
        return f"{heading.day} {MONTHS[heading.month - 1]}, year unknown"
    if date is None:
        return f"Undated digest, {entries} paper{'' if entries == 1 else 's'}"
    return date.in_words


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


def with_former(papers: Sequence[Paper], redirects: Mapping[str, str]) -> list[Paper]:
    """Give the papers with the slugs that lead to them, which their pages remember too."""
    former: dict[str, list[str]] = {}
    for slug, to in resolve_redirects(redirects, {paper.slug for paper in papers}):
        former.setdefault(to, []).append(slug)
    return [
        paper
        if paper.former == (slugs := tuple(former.get(paper.slug, ())))
        else dataclasses.replace(paper, former=slugs)
        for paper in papers
    ]


def folder_of(date: dt.date, basis: str) -> str:
    """Give the folder of a new page: its month."""
    return "undated" if basis == "unknown" else date.isoformat()[:7].replace("-", "/")


def settle_authors(
    ledger: Ledger,
    before: Iterable[Paper],
    papers: Iterable[Paper],
    cache: Cache,
    word: AuthorWord = NO_WORD,
) -> dict[str, str]:
    """Settle who has each slug that several authors ask for, and enter it in the ledger.

    Who had it already keeps it: the authors of the pages as they were come first, then those of
    the papers as they are, by the papers' numbers, then those whom the keeper names. Gives the key
    of every name.
    """
    before, papers = list(before), list(papers)
    known, kept = cache.kind("authors")
    named = [name for names in word.merges for name in names]
    named += [split.known_as for split in word.splits]
    names = {*named, *(name for page in (*before, *papers) for name in page.authors or ())}
    for name in names:
        kept[name] = known.get(name) or (author_key(name), name_of(name))
    first: dict[str, str] = {}
    contested = set()
    for key, slug in kept.values():
        if (other := first.setdefault(slug, key)) != key:
            contested |= {key, other}
    split_off = {kept[split.known_as][0]: author_key(split.name) for split in word.splits}
    contested |= split_off.keys()
    if contested - ledger.authors.keys() or split_off.items() - ledger.split_authors.items():
        in_order = (*sorted(before, key=lambda page: page.number), *papers)
        everybody = dict.fromkeys(name for page in in_order for name in page.authors or ())
        slugs = name_authors((*everybody, *named), ledger.authors)
        for key in sorted(contested):
            ledger.add_author(key, slugs[key], split_off.get(key, ledger.split_authors.get(key)))
    return {name: key for name, (key, _) in kept.items()}


Choice = tuple[Paper, StoredPage | None, bool]
"""A paper, its page as it lies there, and whether a person made that."""


class TopicChoice:
    """Chooses papers' topics: the keeper's, or else those that their evidence assigns."""

    def __init__(self, taxonomy: Taxonomy, proof: str | None = None) -> None:
        """Prepare; `proof` is what a `TopicProof` wrote."""
        self._taxonomy = taxonomy
        self._proof = TopicProof(taxonomy.fingerprint, proof)
        self._slugs = {old: topic.slug for topic in taxonomy.topics for old in topic.formerly}
        self._slugs |= {slugify(topic.name): topic.slug for topic in taxonomy.topics}
        self._slugs |= {topic.slug: topic.slug for topic in taxonomy.topics}
        self.by_evidence: set[int] = set()
        """The numbers of the papers whose topics nobody named."""

    def choose(
        self,
        choices: Sequence[Choice],
        corrected: Mapping[int, tuple[str, ...]],
        lines: Mapping[str, int | None] = MappingProxyType({}),
    ) -> tuple[list[Paper], list[Refusal]]:
        """Give the papers with their topics, and a warning for each named one that does not exist.

        What the keeper corrects (by the paper's number) counts most, then ``Topics:`` on a page,
        then the tags of a page that a person made. There are at most four. `lines` tells where the
        keeper's file has a name.
        """
        topics: list[tuple[str, ...] | None] = []
        doubts: list[Refusal] = []
        for paper, stored, by_hand in choices:
            page = stored.paper if stored else None
            if paper.number in corrected:
                topics.append(self._known(corrected[paper.number], CORRECTED, doubts, lines))
            elif (named := named_topics(paper.extra)) is not None:
                topics.append(self._known(named, page.path if page else paper.path, doubts))
            elif page is not None and by_hand and page.topics:
                topics.append(self._known(page.topics, page.path, doubts))
            else:
                self.by_evidence.add(paper.number)
                topics.append(self._still_holding(paper, stored))
                if not by_hand:  # its page has none, and so proves nothing
                    self._proof.note(paper.number, (paper.title, _text(paper), paper.categories))
        self._take_proved(choices, topics)
        left = [choice[0] for choice, found in zip(choices, topics, strict=True) if found is None]
        assigned = iter(spread(self._assign_all, left, A_CORES_WORTH))
        papers = []
        for (paper, _, _), found in zip(choices, topics, strict=True):
            slugs = next(assigned) if found is None else found
            same = paper.topics == slugs
            papers.append(paper if same else changed(paper, topics=slugs))
        return papers, doubts

    def _take_proved(self, choices: Sequence[Choice], topics: list[tuple[str, ...] | None]) -> None:
        """Take the topics that pages name where it is proved that evidence assigned them."""
        named = {
            paper.number: stored.paper.topics
            for paper, stored, _ in choices
            if stored is not None and stored.paper is not None
        }
        holding = self._proof.holding(named)
        for place, (paper, _, _) in enumerate(choices):
            if topics[place] is None and paper.number in holding:
                topics[place] = named[paper.number]

    def prove(self, papers: Iterable[Paper]) -> str:
        """Give what proves these topics, all of them, to a later conversion."""
        return self._proof.write({paper.number: paper.topics for paper in papers})

    def _still_holding(self, paper: Paper, stored: StoredPage | None) -> tuple[str, ...] | None:
        """Give a page's topics, if the same evidence assigned them to the same words."""
        page = stored.paper if stored else None
        if (
            stored is not None
            and page is not None
            and stored.taxonomy
            and stored.taxonomy == self._taxonomy.fingerprint
            and paper.title == page.title
            and paper.categories == page.categories
            and _text(paper) == _text(page)
        ):
            return page.topics
        return None

    def _assign_all(self, papers: Sequence[Paper]) -> list[tuple[str, ...]]:
        return [
            assign_topics(self._taxonomy, paper.title, _text(paper), paper.categories)
            for paper in papers
        ]

    def _known(
        self,
        names: Iterable[str],
        path: str,
        doubts: list[Refusal],
        lines: Mapping[str, int | None] = MappingProxyType({}),
    ) -> tuple[str, ...]:
        known = [(name, self._slugs.get(slugify(name))) for name in names]
        doubts += [
            Refusal(
                path,
                lines.get(name),
                f"there is no topic {name[:40]!r}; it is left out.",
                "See the topics file for their names.",
                fatal=False,
            )
            for name, slug in known
            if slug is None
        ]
        return tuple(dict.fromkeys(slug for _, slug in known if slug))[:MOST_TOPICS]


def names_topics(paper: Paper) -> bool:
    """Tell whether a person says on a paper's page which topics it has."""
    return named_topics(paper.extra) is not None


def _text(paper: Paper) -> str | None:
    return paper.abstract or paper.blurb or paper.ai_summary

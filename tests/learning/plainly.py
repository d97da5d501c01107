"""The same as `daybook.learning` by the plainest code: a word, a feature, a paper at a time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import isqrt
from zlib import crc32

from daybook.archive.slugs import author_key
from daybook.learning.learned import Learned, rarity_of
from daybook.learning.related import Relation
from daybook.learning.words import APOSTROPHES, JOINS, Folds, lowered, readable, stands_alone
from daybook.records import Paper

_WORD = re.compile(rf"([^\W_]+(?:[{''.join(APOSTROPHES)}][^\W_]+)?)")
Vector = dict[int, int]


def words_of(text: str | None) -> tuple[list[str], list[bool]]:
    """Give a text's words, and whether each is joined to the next."""
    parts = _WORD.split(readable(text or ""))
    return parts[1::2], [between in JOINS for between in [*parts[2:-1:2], ""] if parts[1:]]


def terms_of(text: str | None) -> list[str]:
    """Give a text's features, folded: words, then pairs of neighbours."""
    words, joined = words_of(text)
    halves = [Folds()[word] for word in words]
    alone = [half for half, word in zip(halves, words, strict=True) if half and stands_alone(word)]
    pairs = zip(halves, halves[1:], joined, strict=False)
    return [*alone, *(f"{one} {two}" for one, two, joins in pairs if one and two and joins)]


class _Weighed:
    """A paper's vector."""

    def __init__(self, paper: Paper, learned: Learned) -> None:
        title, abstract = Counter(terms_of(paper.title)), Counter(terms_of(paper.abstract))
        numbers = {term: number for number, term in enumerate(learned.rarities)}
        finding = min(10, max(3, rarity_of(250, learned.papers)))
        unlisted = isqrt(100 * max(1, learned.rarest - 9))
        found: list[tuple[int, int, bool]] = []
        self.terms: dict[int, str] = {}
        for term in title | abstract:
            rarity = learned.rarities.get(term)
            if rarity is None and " " not in term:
                number, worth, finds = crc32(term.encode()) | 1 << 32, unlisted, True
            elif rarity is not None and rarity > 3:
                number, worth, finds = numbers[term], isqrt(100 * (rarity - 3)), rarity > finding
            else:
                continue
            self.terms[number] = term
            worth *= (0, 6, 10, 12, 14, 16)[min(5, abstract[term])] + 10 * (term in title)
            found.append((worth * (6 if " " in term else 10), number, finds))
        found.sort(key=lambda each: (-each[0], each[1]))
        length = max(1, isqrt(sum(worth * worth for worth, _, _ in found)))
        strong = [each for each in found if each[2]][:12]
        others = [each for each in found if each not in strong]
        self.all = {number: worth * 250 // length for worth, number, _ in [*strong, *others][:60]}
        self.strong = {number: self.all[number] for _, number, _ in strong}
        self.written: dict[str, str] = {}
        for word in [*words_of(paper.title)[0], *words_of(paper.abstract)[0]]:
            self.written.setdefault(Folds()[word], word)


def _products(one: Vector, two: Vector) -> Vector:
    return {number: one[number] * two[number] for number in one.keys() & two.keys()}


def _nearness(one: Paper, two: Paper, products: Vector) -> int:
    """Give how near two papers are."""
    value = sum(products.values()) * len(products) // (len(products) + 8)
    value = value if value * 131 >= 300_000 else 0
    topics = min(2, len(set(one.topics) & set(two.topics)))
    per_cent = 100 + 8 * topics + 15 * bool(_common(one, two))
    if one.published and two.published:
        per_cent -= min(20, 2 * abs(one.published.year - two.published.year))
    return value * per_cent // 100


def _common(one: Paper, two: Paper) -> tuple[str, ...]:
    """Give an author of both."""
    mine = {author_key(name): name for name in one.authors or ()}
    theirs = {author_key(name) for name in two.authors or ()}
    return tuple(name for key, name in mine.items() if key in theirs)[:1]


def _reason(paper: Paper, mine: _Weighed, products: Vector) -> tuple[str, ...]:
    told = sorted(products, key=lambda number: (-products[number], number))[:6]
    terms = [mine.terms[number] for number in told]
    named: list[str] = []
    taken: set[str] = set()
    for term in sorted(terms, key=lambda term: " " not in term):
        halves = term.split(" ")
        if taken.isdisjoint(halves):
            words = [mine.written[half] for half in halves]
            hyphened = "-".join(words) in f"{paper.title}. {paper.abstract or ''}"
            named.append(("-" if hyphened else " ").join(map(lowered, words)))
            taken.update(halves)
    return tuple(named[:3])


def relate_plainly(papers: Sequence[Paper], learned: Learned) -> dict[int, tuple[Relation, ...]]:
    """Find every paper's related papers."""
    weighed = {paper.number: _Weighed(paper, learned) for paper in papers}
    found = {}
    for one in papers:
        mine = weighed[one.number]
        met = []
        for two in papers:
            products = _products(mine.strong, weighed[two.number].strong)
            if products and two is not one and two.withdrawn is None:
                met.append((-sum(products.values()), two.number, two))
        near = []
        for _, number, two in sorted(met)[:32]:
            products = _products(mine.all, weighed[number].all)
            if (value := _nearness(one, two, products)) >= 3000:
                near.append((-value, number, two, products))
        found[one.number] = tuple(
            Relation(number, _reason(one, mine, products), _common(one, two))
            for _, number, two, products in sorted(near, key=lambda each: each[:2])[:8]
        )
    return found

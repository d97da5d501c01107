"""Related papers: for every paper up to eight, each with what they share.

How near two papers are depends on nothing but the two and `Learned`, in whole numbers. A paper's
*candidates* are those whose strong features meet its own most; the nearest of them by all features
are shown. So a paper that comes or goes changes only the lists it belongs in, and a build recalls
the others (`Recall`): the same lists come out with and without.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from ..archive.cache import Cache
from ..archive.forking import spread
from ..archive.slugs import author_key
from ..records import Paper
from .learned import Learned, write_learned
from .vectors import Vector, Weighing
from .words import shown

MOST = 8
MOST_CANDIDATES = 32
NEAR_ENOUGH = 2800
"""Papers that are less near than this are not shown."""
_BREADTH = 8
"""With so many shared features, half of what they count is counted."""
_MOST_FAVOUR = 131
"""Per cent: what two topics and an author in common make of nearness."""
_SHARED = 3
"""So many features a reason names."""
_A_CORES_WORTH = 1500

Candidates = list[tuple[int, int]]
"""How much strong features meet, negative, and the other paper's number; in order."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A related paper."""

    number: int
    """The other paper's `Paper.number`."""
    words: tuple[str, ...]
    """Terms that both share, as this paper writes them, the weightiest first."""
    authors: tuple[str, ...]
    """Names that both have among their authors, as this paper prints them, at most one."""


class Related:
    """Finds the related papers of one archive."""

    def __init__(self, papers: Sequence[Paper], learned: Learned, cache: Cache) -> None:
        self._papers = {paper.number: paper for paper in papers}
        self._weighing = Weighing(learned)
        self._before, self._now = cache.kind(_fingerprint(learned))
        self._keys = {paper.number: _key(paper) for paper in papers}
        self._kept = {
            number: self._before[number]
            for number, key in self._keys.items()
            if number in self._before and self._before[number][0] == key
        }
        self._vectors: dict[int, Vector] = {
            number: Vector(dict(zip(entry[1], entry[2], strict=True)), entry[3])
            for number, entry in self._kept.items()
        }
        fresh = [paper for paper in papers if paper.number not in self._kept]
        vectors = spread(self._weigh, fresh, _A_CORES_WORTH)
        self._vectors.update(zip((paper.number for paper in fresh), vectors, strict=True))
        self._authors = {
            paper.number: {author_key(name): name for name in paper.authors or ()}
            for paper in papers
        }
        self._postings: dict[int, list[tuple[int, int]]] = {}

    def _weigh(self, papers: Sequence[Paper]) -> list[Vector]:
        return [self._weighing.vector(paper.title, paper.abstract) for paper in papers]

    def find(self) -> dict[int, tuple[Relation, ...]]:
        """Give every paper's related papers, the nearest first, by `Paper.number`."""
        candidates, touched = self._candidates()
        ordered = sorted(touched)
        lists = spread(lambda part: [self._nearest(n, candidates[n]) for n in part], ordered,
                       _A_CORES_WORTH)  # fmt: skip
        found = dict(zip(ordered, lists, strict=True))
        result = {}
        for number in self._papers:
            if number in found:
                vector = self._vectors[number]
                entry = (
                    self._keys[number],
                    tuple(vector.weights),
                    bytes(vector.weights.values()),
                    vector.strong,
                    tuple(candidates[number]),
                    tuple(found[number]),
                )
            else:
                entry = self._kept[number]
            self._now[number] = entry
            result[number] = tuple(Relation(*relation) for relation in entry[5])
        return result

    def _candidates(self) -> tuple[dict[int, Candidates], set[int]]:
        """Give the candidates of every paper, and the papers whose lists must be made anew."""
        gone = self._before.keys() - self._kept.keys()
        candidates: dict[int, Candidates] = {}
        asking = self._papers.keys() - self._kept.keys()
        touched = set(asking)
        for number, entry in self._kept.items():
            known = entry[4]
            if gone and not gone.isdisjoint([other for _, other in known]):
                touched.add(number)
                if len(known) == MOST_CANDIDATES:
                    asking.add(number)
                    continue
                known = [item for item in known if item[1] not in gone]
            candidates[number] = list(known)
        self._post({f for number in asking for f in self._strong(number)})
        ordered = sorted(asking)
        for number, met in zip(ordered, spread(self._ask, ordered, _A_CORES_WORTH), strict=True):
            candidates[number] = met[0]
            if number not in self._kept:
                for other, meeting in met[1].items():
                    if other in asking:
                        continue
                    item, theirs = (-meeting, number), candidates[other]
                    if len(theirs) < MOST_CANDIDATES or item < theirs[-1]:
                        theirs.append(item)
                        theirs.sort()
                        del theirs[MOST_CANDIDATES:]
                        touched.add(other)
        return candidates, touched

    def _strong(self, number: int) -> list[int]:
        vector = self._vectors[number]
        return list(vector.weights)[: vector.strong]

    def _post(self, features: set[int]) -> None:
        """List the papers that are found by some features, with their weights."""
        self._postings = {feature: [] for feature in features}
        for number, vector in self._vectors.items():
            weights = vector.weights
            for feature in self._strong(number):
                if feature in features:
                    self._postings[feature].append((number, weights[feature]))

    def _ask(self, numbers: Sequence[int]) -> list[tuple[Candidates, dict[int, int]]]:
        """Give papers' candidates, and for how much any kept paper and they meet."""
        few = bool(self._kept)
        answers: list[tuple[Candidates, dict[int, int]]] = []
        for number in numbers:
            met: dict[int, int] = {}
            get = met.get
            weights = self._vectors[number].weights
            for feature in self._strong(number):
                weight = weights[feature]
                for other, theirs in self._postings[feature]:
                    met[other] = get(other, 0) + weight * theirs
            met.pop(number, None)
            least = sorted(met.values())[-MOST_CANDIDATES:][:1]
            best = [(-value, other) for other, value in met.items() if value >= least[0]]
            best.sort()
            answers.append((best[:MOST_CANDIDATES], met if few else {}))
        return answers

    def _nearest(self, number: int, candidates: Candidates) -> list[tuple[Any, ...]]:
        """Choose the nearest of a paper's candidates; give what makes a `Relation` of each."""
        own = self._vectors[number].weights
        near = []
        for _, other in candidates:
            theirs = self._vectors[other].weights
            shared = own.keys() & theirs.keys()
            value = sum([own[feature] * theirs[feature] for feature in shared])
            value = value * len(shared) // (len(shared) + _BREADTH)
            if value * _MOST_FAVOUR >= NEAR_ENOUGH * 100:
                near.append((-self._favoured(number, other, value), other))
        near.sort()
        chosen = [other for value, other in near if -value >= NEAR_ENOUGH][:MOST]
        if not chosen:
            return []
        paper = self._papers[number]
        text = f"{paper.title}. {paper.abstract or ''}"
        written = self._weighing.written(text)
        return [
            (other, self._words(number, other, written, text), self._shared_authors(number, other))
            for other in chosen
        ]

    def _favoured(self, number: int, other: int, value: int) -> int:
        """Count shared topics and authors in favour, and years between two papers against."""
        one, two = self._papers[number], self._papers[other]
        per_cent = 100
        if one.topics and two.topics:
            per_cent += 8 * min(2, len({*one.topics}.intersection(two.topics)))
        if not self._authors[number].keys().isdisjoint(self._authors[other]):
            per_cent += 15
        if one.published and two.published:
            per_cent -= min(20, 2 * abs(one.published.year - two.published.year))
        return value * per_cent // 100

    def _words(
        self, number: int, other: int, written: Mapping[str, str], text: str
    ) -> tuple[str, ...]:
        """Name what two papers share: the weightiest, pairs first, and no word twice."""
        own, theirs = self._vectors[number].weights, self._vectors[other].weights
        shared = sorted([(-own[f] * theirs[f], f) for f in own.keys() & theirs.keys()])
        terms = [self._weighing.term(feature, written) for _, feature in shared[: 2 * _SHARED]]
        terms.sort(key=lambda term: " " not in term)
        named: list[str] = []
        taken: set[str] = set()
        for term in terms:
            halves = term.split(" ")
            if taken.isdisjoint(halves) and (words := shown(term, written, text)):
                named.append(words)
                taken.update(halves)
        return tuple(named[:_SHARED])

    def _shared_authors(self, number: int, other: int) -> tuple[str, ...]:
        theirs = self._authors[other]
        return tuple(name for key, name in self._authors[number].items() if key in theirs)[:1]


def relate(
    papers: Sequence[Paper], learned: Learned, cache_folder: Path | None = None
) -> dict[int, tuple[Relation, ...]]:
    """Find every paper's related papers; the same with and without what a cache recalls."""
    cache = Cache(cache_folder, "related", ("learning", "archive"))
    found = Related(papers, learned, cache).find()
    cache.save()
    return found


def _key(paper: Paper) -> bytes:
    """Give a hash of everything of a paper that its own and others' lists depend on."""
    facts = (
        paper.title, paper.abstract, paper.authors, paper.topics,
        paper.published and paper.published.year,
    )  # fmt: skip
    return blake2b(repr(facts).encode("utf-8", "surrogatepass"), digest_size=12).digest()


def _fingerprint(learned: Learned) -> str:
    return blake2b(write_learned(learned).encode(), digest_size=12).hexdigest()

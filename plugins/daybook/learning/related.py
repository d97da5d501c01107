"""Related papers: for every paper up to eight, each with what they share.

How near two papers are depends on nothing but the two and `Learned`, in whole numbers. A paper's
*candidates* are those whose strong features meet its own most; the nearest of them by all features
are shown. So a paper that comes or goes changes only the lists it belongs in, and a build recalls
the others: the same lists come out with and without a cache.

Papers are known here by their places in the order of `Paper.number`, and compared many at a time,
as arrays (`candidates.py`, `nearness.py`).
"""

from __future__ import annotations

import marshal
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, cast

import numpy as np

from ..archive.cache import Cache
from ..archive.forking import spread
from ..archive.slugs import author_key
from ..records import Paper
from .candidates import MOST_CANDIDATES, NOBODY, WHO, Finder
from .learned import Learned, learn_from, write_learned
from .nearness import MOST, NEAR_ENOUGH, Near, Nearness
from .said import Numbers, Said
from .vectors import Vectors, Weighing
from .words import shown

__all__ = ["MOST", "NEAR_ENOUGH", "Related", "Relation", "relate"]

_SHARED = 3
"""So many features a reason names."""
_A_CORES_WORTH = 1500


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

    def __init__(self, papers: Sequence[Paper], learned: Learned | None, cache: Cache) -> None:
        self._papers = sorted(papers, key=lambda paper: paper.number)
        self._numbers = np.array([paper.number for paper in self._papers], np.int64)
        said = None
        if learned is None:
            said = Said(_texts(self._papers))
            learned = learn_from(said)
        self._weighing = Weighing(learned)
        before, self._now = cache.kind(_fingerprint(learned))
        self._keys = [_key(paper) for paper in self._papers]
        self._kept: dict[int, tuple[Any, ...]] = {
            place: before[paper.number]
            for place, paper in enumerate(self._papers)
            if paper.number in before and before[paper.number][0] == self._keys[place]
        }
        fresh = [place for place in range(len(papers)) if place not in self._kept]
        if said is None or self._kept:
            said = Said(_texts([self._papers[place] for place in fresh]))
        self._said = {place: (said, row) for row, place in enumerate(fresh)}
        self._vectors = self._recalled(fresh, self._weighing.vectors(said))
        self._authors = self._author_sets()

    def _recalled(self, fresh: list[int], found: Vectors) -> Vectors:
        """Put the vectors that were just made and those kept from the last time together."""
        if not self._kept:
            return found
        vectors = Vectors.empty(len(self._papers))
        vectors.features[fresh] = found.features
        vectors.weights[fresh] = found.weights
        vectors.strong[fresh] = found.strong
        kept = list(self._kept)
        entries = self._kept.values()
        shape = len(kept), vectors.features.shape[1]
        features = np.frombuffer(b"".join([entry[1] for entry in entries]), "<i8")
        weights = np.frombuffer(b"".join([entry[2] for entry in entries]), np.uint8)
        vectors.features[kept] = features.reshape(shape)
        vectors.weights[kept] = weights.reshape(shape)
        vectors.strong[kept] = [entry[3] for entry in entries]
        return vectors

    def _author_sets(self) -> list[dict[int, str]]:
        """Give for each paper its authors' names, by numbers that tell who is the same."""
        keys: dict[str, int] = {}
        numbers: dict[str, int] = {}
        found = []
        for paper in self._papers:
            names: dict[int, str] = {}
            for name in paper.authors or ():
                number = numbers.get(name)
                if number is None:
                    number = numbers[name] = keys.setdefault(author_key(name), len(keys))
                names[number] = name
            found.append(names)
        return found

    def find(self) -> dict[int, tuple[Relation, ...]]:
        """Give every paper's related papers, the nearest first, by `Paper.number`."""
        candidates, touched = self._candidates()
        nearness = Nearness(self._papers, [names.keys() for names in self._authors], self._vectors)

        def relations(some: Sequence[int]) -> list[tuple[bytes, list[tuple[Any, ...]]]]:
            nearest = list(nearness.nearest(np.array(some, np.int64), candidates))
            return self._listed(nearest)

        found = dict(zip(touched, spread(relations, touched, _A_CORES_WORTH), strict=True))
        numbered = candidates.copy()
        somebody = numbered != NOBODY
        numbered[somebody] += self._numbers[numbered[somebody] & WHO] - (numbered[somebody] & WHO)
        result = {}
        for place, paper in enumerate(self._papers):
            entry = self._kept.get(place)
            if entry is None or place in found:
                entry = (
                    self._keys[place],
                    self._vectors.features[place].astype("<i8").tobytes(),
                    self._vectors.weights[place].tobytes(),
                    int(self._vectors.strong[place]),
                    numbered[place].astype("<i8").tobytes(),
                    tuple(found[place][1]),
                    found[place][0],
                )
            self._now[paper.number] = entry
            result[paper.number] = tuple(Relation(*relation) for relation in entry[5])
        return result

    def _candidates(self) -> tuple[Numbers, list[int]]:
        """Give the candidates of every paper, and the papers whose lists must be made anew."""
        candidates = np.full((len(self._papers), MOST_CANDIDATES), NOBODY, np.int64)
        asking = {place for place in range(len(self._papers)) if place not in self._kept}
        listed = np.array([paper.withdrawn is None for paper in self._papers], np.bool_)
        finder = Finder(self._vectors, listed)
        if not self._kept:
            finder.ask(np.arange(len(self._papers)), candidates)
            return candidates, sorted(asking)
        entering = listed.copy()
        entering[list(self._kept)] = False
        touched = asking | self._recall(candidates, asking)
        touched |= finder.ask(np.array(sorted(asking), np.int64), candidates, entering)
        return candidates, sorted(touched)

    def _recall(self, candidates: Numbers, asking: set[int]) -> set[int]:
        """Enter the candidates of the last time, but for those that are gone.

        Who had as many as there is room for and lost one is `asking` anew. Returns all who lost.
        """
        places = np.array(list(self._kept), np.int64)
        said = b"".join([entry[4] for entry in self._kept.values()])
        known = np.frombuffer(said, "<i8").reshape(-1, MOST_CANDIDATES).astype(np.int64)
        is_kept = np.zeros(len(self._papers), np.bool_)
        is_kept[places] = True
        numbers = known & WHO
        at = np.minimum(np.searchsorted(self._numbers, numbers), len(self._numbers) - 1)
        somebody = known != NOBODY
        here = somebody & (self._numbers[at] == numbers) & is_kept[at]
        candidates[places] = np.sort(np.where(here, known - numbers + at, NOBODY), axis=1)
        lost = (somebody & ~here).any(axis=1)
        asking.update(places[lost & somebody.all(axis=1)].tolist())
        return set(places[lost].tolist())

    def _listed(
        self, nearest: Sequence[tuple[int, list[Near]]]
    ) -> list[tuple[bytes, list[tuple[Any, ...]]]]:
        """Give lists, each with what it was made from: as kept where that is the same.

        Most papers that a new one came near to are as near to the same others as before; only the
        texts of those that are not are read again.
        """
        marks = {place: self._mark(near) for place, near in nearest}
        anew = {
            place
            for place, near in nearest
            if place not in self._kept
            or self._kept[place][6] != marks[place]
            or any(each.place not in self._kept for each in near)
        }
        old = [place for place, _ in nearest if place in anew and place not in self._said]
        said = Said(_texts([self._papers[place] for place in old]))
        self._said.update((place, (said, row)) for row, place in enumerate(old))
        return [
            (
                marks[place],
                self._relations(place, near) if place in anew else self._kept[place][5],
            )
            for place, near in nearest
        ]

    def _mark(self, near: Sequence[Near]) -> bytes:
        """Give a hash of who is near and by which features."""
        told = [(self._numbers.item(each.place), each.shared) for each in near]
        return blake2b(marshal.dumps(told, 2), digest_size=12).digest()

    def _relations(self, place: int, near: Sequence[Near]) -> list[tuple[Any, ...]]:
        """Give what makes a `Relation` of each paper that is near one."""
        if not near:
            return []
        paper = self._papers[place]
        text = f"{paper.title}. {paper.abstract or ''}"
        said, row = self._said[place]
        words = said.of(row)[::-1].tolist()
        written = {said.halves[word]: said.words[word] for word in words}
        written.pop("", None)
        own = self._authors[place]
        terms: dict[int, tuple[str, str]] = {}
        for feature in {feature for each in near for feature in each.shared if feature >= 0}:
            term = self._weighing.term(feature, written)
            terms[feature] = term, shown(term, written, text)
        return [
            (
                int(self._numbers[each.place]),
                _reason([terms[feature] for feature in each.shared if feature >= 0]),
                tuple([own[key] for key in own if key in self._authors[each.place]][:1]),
            )
            for each in near
        ]


def _reason(terms: list[tuple[str, str]]) -> tuple[str, ...]:
    """Choose of terms, each with how it is shown: pairs first, and no word twice."""
    named: list[str] = []
    taken: set[str] = set()
    for term, words in sorted(terms, key=lambda term: " " not in term[0]):
        halves = term.split(" ")
        if words and taken.isdisjoint(halves):
            named.append(words)
            taken.update(halves)
    return tuple(named[:_SHARED])


def relate(
    papers: Sequence[Paper], learned: Learned | None = None, cache_folder: Path | None = None
) -> dict[int, tuple[Relation, ...]]:
    """Find every paper's related papers; the same with and without what a cache recalls.

    Without `learned` the papers themselves tell what their words are worth.
    """
    cache = Cache(cache_folder, "related", ("learning", "archive"))
    found = Related(papers, learned, cache).find()
    cache.save()
    return found


def _texts(papers: Sequence[Paper]) -> list[tuple[str, str | None]]:
    return [(paper.title, paper.abstract) for paper in papers]


def _key(paper: Paper) -> bytes:
    """Give a hash of everything of a paper that its own and others' lists depend on."""
    facts = (
        paper.title, paper.abstract, paper.authors, paper.topics,
        paper.published and paper.published.year, paper.withdrawn is None,
    )  # fmt: skip
    return blake2b(marshal.dumps(cast(Any, facts), 2), digest_size=12).digest()


def _fingerprint(learned: Learned) -> str:
    return blake2b(write_learned(learned).encode(), digest_size=12).hexdigest()

"""Related papers: for every paper up to eight, each with what they share.

How near two papers are depends on nothing but the two and `Learned`, in whole numbers. A paper's
*candidates* are those whose strong features meet its own most; the nearest of them by all features
are shown. So a paper that comes or goes changes only the lists it belongs in, and a build recalls
the others: the same lists come out with and without a cache.

Papers are known here by their places in the order of `Paper.number`, and compared many at a time,
as arrays (`candidates.py`, `nearness.py`), in one process.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b, sha1
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..archive.cache import Cache
from ..records import Paper
from .authorship import Authorship
from .candidates import MOST_CANDIDATES, NOBODY, WHO, Finder
from .kept import HASH, Kept, unpacked
from .learned import Learned
from .nearness import MOST, NEAR_ENOUGH, Nearest, Nearness
from .rarities import learn_from
from .reasons import reasons
from .relations import Relation, Relations
from .remembered import facts_of, weights_of
from .runs import Numbers
from .said import Said
from .vectors import Vectors, Weighing

__all__ = ["MOST", "NEAR_ENOUGH", "Related", "Relation", "Relations", "relate"]

_DENSE = 8
"""If of so many numbers one is a paper's, there is room for a table of all."""


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
        self._is_cached = cache.is_kept
        self._values, self._now = cache.kind(_fingerprint(learned))
        self._before = unpacked(self._values)
        self._keys = _hashes(map(facts_of, self._papers))
        self._at = _places(self._before.numbers, self._numbers)
        """Where each paper was the last time, if it is `_is_kept`."""
        self._is_kept = self._at >= 0
        self._is_kept[self._is_kept] = (
            self._before.keys[self._at[self._is_kept]] == self._keys[self._is_kept]
        ).all(1)
        fresh = np.flatnonzero(~self._is_kept)
        if said is None or len(fresh) < len(papers):
            said = Said(_texts([self._papers[place] for place in fresh.tolist()]))
        self._fresh, self._said = fresh, said
        self._vectors = self._recalled(self._weighing.vectors(said))
        self._authors = Authorship(self._papers)
        self._authors.masks[self._is_kept] = self._before.masks[self._at[self._is_kept]]
        self._authors.read(fresh)

    def _recalled(self, found: Vectors) -> Vectors:
        """Put the vectors that were just made and those kept from the last time together."""
        if len(self._fresh) == len(self._papers):
            return found
        before, at = self._before, self._at[self._is_kept]
        vectors = Vectors.empty(len(self._papers))
        for mine, fresh, kept in (
            (vectors.features, found.features, before.features),
            (vectors.weights, found.weights, before.weights),
            (vectors.strong, found.strong, before.strong),
        ):
            mine[self._fresh] = fresh
            mine[self._is_kept] = kept[at]
        return vectors

    def find(self) -> Relations:
        """Give every paper's related papers."""
        if not len(self._fresh) and len(self._numbers) == len(self._before.numbers):
            self._now.update(self._values)
            return self._before.relations
        candidates, touched = self._candidates()
        nearness = Nearness(self._papers, self._authors, self._vectors)
        near = nearness.nearest(touched, candidates)
        marks = np.zeros_like(self._keys)
        marks[self._is_kept] = self._before.marks[self._at[self._is_kept]]
        counts = np.bincount(near.row, minlength=len(touched))
        marks[touched], before = (
            _marks(self._numbers[near.other], near.told, counts),
            marks[touched],
        )
        # Most papers that a new one came near to are as near to the same others as before.
        anew = ~self._is_kept[touched] | (marks[touched] != before).any(1)
        anew[near.row[~self._is_kept[near.other]]] = True
        relations = self._relations(touched[anew], _only(near, anew))
        if self._is_cached:
            self._keep(candidates, marks, relations)
        return relations

    def _keep(self, candidates: Numbers, marks: NDArray[np.uint64], relations: Relations) -> None:
        """Keep what was found for the next run, which knows papers by their numbers."""
        somebody = candidates != NOBODY
        places = candidates[somebody] & WHO
        candidates[somebody] += self._numbers[places] - places
        vectors = self._vectors
        kept = Kept(
            self._numbers, self._keys, vectors.features, vectors.weights, vectors.strong,
            self._authors.masks, candidates, marks, relations,
        )  # fmt: skip
        self._now.update(kept.packed())

    def _candidates(self) -> tuple[Numbers, Numbers]:
        """Give the candidates of every paper, and the papers whose lists must be made anew."""
        candidates = np.full((len(self._papers), MOST_CANDIDATES), NOBODY, np.int64)
        listed = np.array([paper.withdrawn is None for paper in self._papers], np.bool_)
        finder = Finder(self._vectors, listed)
        if not self._is_kept.any():
            finder.ask(self._fresh, candidates)
            return candidates, self._fresh
        asking, lost = self._recall(candidates)
        # A withdrawn paper is found by nobody, and so by no new one: it must look itself.
        asking = np.union1d(asking, np.flatnonzero(~listed))
        entered = finder.ask(asking, candidates, listed & ~self._is_kept)
        return candidates, np.unique(np.concatenate([asking, lost, entered]))

    def _recall(self, candidates: Numbers) -> tuple[Numbers, Numbers]:
        """Enter the candidates of the last time, but for those that are gone.

        Returns who asks anew: who is not kept, or had as many as there is room for and lost one;
        and all who lost.
        """
        places = np.flatnonzero(self._is_kept)
        known = self._before.candidates[self._at[places]]
        numbers = known & WHO
        at = _places(self._numbers, numbers)
        somebody = known != NOBODY
        here = somebody & (at >= 0) & self._is_kept[at]
        candidates[places] = np.where(here, known - numbers + at, NOBODY)
        lost = (somebody & ~here).any(axis=1)
        candidates[places[lost]] = np.sort(candidates[places[lost]], axis=1)
        full = places[lost & somebody.all(axis=1)]
        return np.union1d(self._fresh, full), places[lost]

    def _relations(self, anew: Numbers, near: Nearest) -> Relations:
        """Give all lists: those of some papers from who is `near` them, the others as before."""
        words, names = self._told(anew, near)
        before = self._before.relations
        counts = np.zeros(len(self._papers), np.int64)
        begins = np.zeros(len(self._papers), np.int64)
        ends = np.array(before.ends, np.int64)
        at = self._at[self._is_kept]
        begins[self._is_kept], counts[self._is_kept] = ends[at], np.diff(ends)[at]
        counts[anew] = np.bincount(near.row, minlength=len(anew))
        begins[anew] = len(before.others) + np.cumsum(counts[anew]) - counts[anew]
        ends = np.cumsum(counts)
        source = np.repeat(begins - ends + counts, counts) + np.arange(counts.sum())
        others = np.array([*before.others, *self._numbers[near.other].tolist()], np.int64)[source]
        lines = [*before.words, *words]
        names = {
            **before.names,
            **{len(before.others) + pair: each for pair, each in names.items()},
        }
        now = np.full(len(lines), -1, np.int64)
        now[source] = np.arange(len(source))
        here = zip(now[list(names)].tolist(), names.values(), strict=True)
        return Relations(
            self._numbers.tolist(),
            [0, *ends.tolist()],
            others.tolist(),
            [lines[place] for place in source.tolist()],
            {place: name for place, name in here if place >= 0},
        )

    def _told(self, anew: Numbers, near: Nearest) -> tuple[list[str], dict[int, str]]:
        """Give why papers are near some: what is shared, and by pair an author of both."""
        papers = [self._papers[place] for place in anew.tolist()]
        said = self._said
        if not np.array_equal(anew, self._fresh):
            said = Said(_texts(papers))
        words = reasons(papers, said, near.row, near.told, self._weighing.halves(said))
        names = {}
        for pair in np.flatnonzero(near.authored).tolist():
            name = self._authors.common(int(anew[near.row[pair]]), int(near.other[pair]))
            if name is not None:
                names[pair] = name
        return words, names


def relate(
    papers: Sequence[Paper], learned: Learned | None = None, cache_folder: Path | None = None
) -> Relations:
    """Find every paper's related papers; the same with and without what a cache recalls.

    Without `learned` the papers themselves tell what their words are worth. It depends on nothing
    else, forks nothing, and what it gives is small when it is pickled: so it may be called by a
    process of its own.
    """
    cache = Cache(cache_folder, "related", ("learning", "archive"))
    found = Related(papers, learned, cache).find()
    cache.save()
    return found


def _only(near: Nearest, rows: NDArray[np.bool_]) -> Nearest:
    """Keep some rows' pairs, and number those rows anew."""
    wanted = rows[near.row]
    row = (np.cumsum(rows) - 1)[near.row[wanted]]
    return Nearest(row, near.other[wanted], near.told[wanted], near.authored[wanted])


def _places(numbers: Numbers, wanted: Numbers) -> Numbers:
    """Give the places of wanted numbers in a row that is in order; -1 for those not in it."""
    if not len(numbers):
        return np.full(wanted.shape, -1, np.int64)
    if numbers[0] >= 0 and numbers[-1] < _DENSE * len(numbers):
        places = np.full(numbers[-1] + 2, -1, np.int64)
        places[numbers] = np.arange(len(numbers))
        found: Numbers = places[np.clip(wanted, -1, numbers[-1] + 1)]
        return found
    at = np.minimum(np.searchsorted(numbers, wanted), len(numbers) - 1)
    return np.where(numbers[at] == wanted, at, -1)


def _texts(papers: Sequence[Paper]) -> list[tuple[str, str | None]]:
    return [(paper.title, paper.abstract) for paper in papers]


def _hashes(told: Iterable[bytes]) -> NDArray[np.uint64]:
    """Give hashes, a row each."""
    found = b"".join([sha1(each, usedforsecurity=False).digest()[:HASH] for each in told])
    return np.frombuffer(found, "<u8").reshape(-1, HASH // 8).astype(np.uint64)


def _marks(numbers: Numbers, told: Numbers, counts: Numbers) -> NDArray[np.uint64]:
    """Give hashes of who is near and by which features, for papers with so many near ones each."""
    rows = np.column_stack([numbers, told]).astype("<i8")
    size = rows.shape[1] * rows.itemsize
    ends = (np.cumsum(counts) * size).tolist()
    begins = ((np.cumsum(counts) - counts) * size).tolist()
    data = rows.tobytes()
    return _hashes(data[begin:end] for begin, end in zip(begins, ends, strict=True))


def _fingerprint(learned: Learned) -> str:
    """Give a hash of what vectors and candidates depend on."""
    return blake2b(weights_of(learned), digest_size=HASH).hexdigest()

"""Mentions grouped into papers, without regard to the order in which they come.

The rules are those of `identity`; what is here is the union-find that applies them to the whole
archive: by arXiv id, then by DOI, then by normalized title, each time over whole groups of equal
keys, taken in the keys' own order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .identity import Mention, identity_keys, likeness

_MOST_COMPARED = 48
"""With more different abstracts under one title than this only equal abstracts are one paper: the
pairs would grow with the square."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """Which mentions are one paper."""

    groups: tuple[tuple[int, ...], ...]
    """The mentions' places, ascending, the groups by their first."""
    doubtful: tuple[int, ...]
    """Mentions that nothing but a title shared by several papers identifies; kept apart."""
    keys: tuple[tuple[str | None, str | None, str | None], ...] = ()
    """Each mention's identity keys."""


def group_mentions(mentions: Sequence[Mention]) -> Grouping:
    """Group the mentions that mean the same paper."""
    forest = _Forest(mentions)
    forest.join_by_arxiv()
    forest.join_by_doi()
    forest.join_by_title()
    groups = sorted(tuple(sorted(members)) for members in forest.members.values())
    return Grouping(tuple(groups), tuple(sorted(forest.doubtful)), tuple(forest.keys))


class _Forest:
    """A union-find over mentions; no tree ever holds two arXiv ids."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.mentions = mentions
        self.keys = [identity_keys(mention) for mention in mentions]
        self.parent = list(range(len(mentions)))
        self.members = {place: [place] for place in range(len(mentions))}
        self.arxiv = {place: keys[0] for place, keys in enumerate(self.keys)}
        self.doubtful: set[int] = set()

    def find(self, place: int) -> int:
        while self.parent[place] != place:
            self.parent[place] = self.parent[self.parent[place]]
            place = self.parent[place]
        return place

    def join(self, places: Iterable[int]) -> None:
        roots = sorted({self.find(place) for place in places}, key=lambda r: -len(self.members[r]))
        for root in roots[1:]:
            self.parent[root] = roots[0]
            self.members[roots[0]] += self.members.pop(root)
            self.arxiv[roots[0]] = self.arxiv[roots[0]] or self.arxiv[root]

    def by_key(self, which: int) -> list[list[int]]:
        """Give the mentions that share a key, by the key."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, keys in enumerate(self.keys):
            if (key := keys[which]) is not None:
                found[key].append(place)
        return [places for _, places in sorted(found.items()) if len(places) > 1]

    def join_by_arxiv(self) -> None:
        for places in self.by_key(0):
            self.join(places)

    def join_by_doi(self) -> None:
        """Join by DOI, but for a DOI that is given to several arXiv ids: those stay apart."""
        for places in self.by_key(1):
            if len({self.keys[place][0] for place in places} - {None}) < 2:
                self.join(places)
            else:
                self.join([place for place in places if self.keys[place][0] is None])

    def join_by_title(self) -> None:
        """Join by title, but for what the keeper split off: only ids join that to others."""
        split = [place for place, mention in enumerate(self.mentions) if mention.apart is not None]
        for places in self.by_key(2):
            roots = {self.find(place) for place in places}
            roots -= {self.find(place) for place in split if place not in places}
            if len(roots) > 1:
                self._join_namesakes(roots)

    def _join_namesakes(self, roots: set[int]) -> None:
        """Join what one title holds together, unless arXiv ids or abstracts keep it apart."""
        namesakes = sorted((self._namesake(root) for root in roots), key=lambda n: n.order)
        anchors = [namesake for namesake in namesakes if namesake.arxiv is not None]
        abstracts = {abstract for namesake in namesakes for abstract in namesake.abstracts}
        if len(anchors) < 2 and len(abstracts) < 2:
            self.join(roots)
            return
        silent = [n for n in namesakes if n.arxiv is None and not n.abstracts]
        spoken = _components([n for n in namesakes if n.arxiv is None and n.abstracts])
        if len(spoken) * len(namesakes) > _MOST_COMPARED**2:
            papers = [[anchor] for anchor in anchors] + spoken
        else:
            mute = _mute(anchors, spoken)
            silent += [namesake for group in mute for namesake in group]
            papers = self._place(anchors, [group for group in spoken if group not in mute])
        if silent and len(papers) == 1:
            papers[0] += silent
        elif silent:
            if papers:  # else there is nobody else whom they could mean
                self.doubtful.update(place for n in silent for place in self.members[n.root])
            papers.append(silent)
        for paper in papers:
            self.join(namesake.root for namesake in paper)

    def _namesake(self, root: int) -> _Namesake:
        members = [self.mentions[place] for place in self.members[root]]
        abstracts = sorted({m.abstract for m in members if m.abstract}, key=lambda a: (-len(a), a))
        title = min(m.title for m in members if m.title)
        doi = min(self.keys[place][1] or "" for place in self.members[root])
        arxiv = self.arxiv[root]
        return _Namesake(root, arxiv, tuple(abstracts[:3]), title, (arxiv or "", doi, *abstracts))

    @staticmethod
    def _place(anchors: list[_Namesake], spoken: list[list[_Namesake]]) -> list[list[_Namesake]]:
        """Put each group without an arXiv id to the arXiv id that its abstract belongs to.

        One whose abstract is like none goes to the only arXiv id whose abstract nobody knows, if
        it is the only such group too; else it is a paper of its own.
        """
        papers = [[anchor] for anchor in anchors]
        left = []
        for group in spoken:
            likenesses = [_closeness(group, [anchor]) for anchor in anchors]
            best = max((like or 0.0 for like in likenesses), default=0.0)
            if best > 0:
                papers[[like or 0.0 for like in likenesses].index(best)] += group
            else:
                left.append((group, [p for p, like in enumerate(likenesses) if like is None]))
        if len(left) == 1 and len(left[0][1]) == 1 and len(papers[left[0][1][0]]) == 1:
            papers[left[0][1][0]] += left[0][0]
            return papers
        return papers + [group for group, _ in left]


@dataclass(frozen=True, slots=True)
class _Namesake:
    """A group that shares its title with others."""

    root: int
    arxiv: str | None
    abstracts: tuple[str, ...]
    """The longest few of its abstracts, the longest first."""
    title: str
    order: tuple[str, ...]
    """By content, so that the order of the files does not matter."""


def _closeness(one: Sequence[_Namesake], other: Sequence[_Namesake]) -> float | None:
    """Give the greatest likeness of their abstracts; ``None`` if none can be compared."""
    found = [
        like
        for n in one
        for m in other
        for a in n.abstracts
        for b in m.abstracts
        if (like := likeness(a, b, n.title)) is not None
    ]
    return max(found, default=None)


def _components(spoken: list[_Namesake]) -> list[list[_Namesake]]:
    """Gather those whose abstracts have something in common, directly or through others."""
    equal: dict[str, list[_Namesake]] = defaultdict(list)
    for namesake in spoken:
        equal[namesake.abstracts[0]].append(namesake)
    components = list(equal.values())
    if len(components) > _MOST_COMPARED:
        return components
    gathered: list[list[_Namesake]] = []
    for component in components:
        near = [other for other in gathered if (_closeness(component, other) or 0.0) > 0]
        gathered = [other for other in gathered if other not in near]
        gathered.append([namesake for part in (*near, component) for namesake in part])
    return gathered


def _mute(anchors: list[_Namesake], spoken: list[list[_Namesake]]) -> list[list[_Namesake]]:
    """Give the groups whose abstracts can be compared with nobody's: too short, or translated."""
    everybody = [*spoken, *([anchor] for anchor in anchors)]
    return [
        group
        for group in spoken
        if all(_closeness(group, other) is None for other in everybody if other is not group)
    ]

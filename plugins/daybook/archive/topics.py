"""Which topics a paper belongs to, decided by evidence that a keeper can read and change.

Every topic collects points: for the phrases in title and abstract and for the paper's arXiv
categories, as the taxonomy file says. Topics with enough points, and enough beside the strongest
one, are the paper's. A paper from another field (a physics paper that says 'diffusion') needs
more, for every topic; a paper that is not about learning machines needs more for the topics that
only such papers have. The rules are in `Weighing`, those of phrases in `topic_phrases`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ..records import Topic
from .topic_evidence import Home, TaxonomyFile, Weighing, read_taxonomy
from .topic_phrases import Found, Phrase, PhraseFinder

MOST_TOPICS = 4
"""A paper has at most so many topics."""

_MOST_MENTIONS = 8
"""Further mentions are worth next to nothing: with half for each, under one per cent."""

Worth = tuple[tuple[int, float], ...]
"""The topics, by their place in the taxonomy, that a piece of evidence speaks for: its points."""


@lru_cache(maxsize=1 << 14)
def _fields(categories: tuple[str, ...]) -> frozenset[str]:
    """Give categories and the archives that they are of; papers share them."""
    return frozenset((*categories, *(category.partition(".")[0] for category in categories)))


@dataclass(frozen=True, slots=True)
class Field:
    """What papers of a field are known by."""

    phrases: frozenset[int]
    """By their number in the finder."""
    categories: frozenset[str]

    def has(self, found: list[Found], categories: tuple[str, ...]) -> bool:
        """Tell whether a paper is of this field, by its categories or its words."""
        return not (
            self.categories.isdisjoint(_fields(categories))
            and self.phrases.isdisjoint([number for number, _, _ in found])
        )

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is said of the field, so that nothing may depend on it."""
        return not self.phrases and not self.categories


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """The topics, and everything it takes to assign them; made by `load_taxonomy`."""

    topics: tuple[Topic, ...]
    """In the order of the file."""
    weighing: Weighing
    needed: tuple[float, ...]
    """For each topic, the points that make it."""
    lead: tuple[float, ...]
    """For each topic, how much its strength counts when topics are put in order."""
    finder: PhraseFinder
    phrases: tuple[Worth, ...]
    """For each phrase of the finder, its worth; those that only tell a field are worth nothing."""
    categories: dict[str, Worth]
    """For each arXiv category that is evidence, its worth."""
    learned: tuple[bool, ...]
    """For each topic, whether only papers about learning machines have it."""
    home: Field
    learning: Field
    fingerprint: str = ""
    """A hash of the file: what was assigned by it holds for as long as it is the same."""


def load_taxonomy(path: Path) -> Taxonomy:
    """Load the taxonomy with its evidence.

    Raises:
        TopicsError: if the file cannot be read or is not a taxonomy; it names the line where one
            is known, and what to do.
    """
    return _ready(read_taxonomy(path))


def _ready(file: TaxonomyFile) -> Taxonomy:
    """Turn evidence by topic into topics by evidence, as assignment needs it."""
    phrases: dict[Phrase, list[tuple[int, float]]] = {}
    categories: dict[str, list[tuple[int, float]]] = {}
    for place, topic in enumerate(file.topics):
        for phrase, points in topic.phrases:
            phrases.setdefault(phrase, []).append((place, points))
        for category, points in topic.categories:
            categories.setdefault(category, []).append((place, points))
    for phrase in (*file.home.phrases, *file.learning.phrases):
        phrases.setdefault(phrase, [])
    numbers = {phrase: number for number, phrase in enumerate(phrases)}

    def field(home: Home) -> Field:
        return Field(
            frozenset(numbers[phrase] for phrase in home.phrases), frozenset(home.categories)
        )

    return Taxonomy(
        tuple(topic.topic for topic in file.topics),
        file.weighing,
        tuple(
            file.weighing.needed if topic.needed is None else topic.needed for topic in file.topics
        ),
        tuple(topic.lead for topic in file.topics),
        PhraseFinder(tuple(phrases)),
        tuple(tuple(worth) for worth in phrases.values()),
        {category: tuple(worth) for category, worth in categories.items()},
        tuple(topic.learning for topic in file.topics),
        field(file.home),
        field(file.learning),
        file.fingerprint,
    )


def assign_topics(
    taxonomy: Taxonomy, title: str, abstract: str | None, categories: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Give the slugs of a paper's topics, the strongest first, at most four.

    The empty tuple means 'Unsorted': too little in the paper speaks for any topic. Equal strength
    keeps the order of the taxonomy. The same texts always give the same topics.
    """
    weighing = taxonomy.weighing
    found = taxonomy.finder.find(title, abstract or "")
    learning, home = taxonomy.learning, taxonomy.home
    of_learning = learning.has(found, categories)
    at_home = home.is_empty or of_learning or home.has(found, categories)
    strengths = _strengths(taxonomy, found, categories)
    if at_home and not of_learning and not learning.is_empty:
        strengths = [
            strength if not learned or strength >= weighing.foreign else 0.0
            for strength, learned in zip(strengths, taxonomy.learned, strict=True)
        ]
    best = max(strengths)
    enough = min(1.0, weighing.alone / weighing.needed) if at_home else weighing.foreign
    if best <= 0 or best < enough:
        return ()
    least = max(1.0 if at_home else weighing.foreign, best * weighing.share)
    kept = [place for place, strength in enumerate(strengths) if strength >= least]
    if not kept:
        kept.append(strengths.index(best))
    elif len(kept) > MOST_TOPICS:
        kept = sorted(kept, key=lambda place: (-strengths[place], place))[:MOST_TOPICS]
    kept.sort(key=lambda place: (-strengths[place] * taxonomy.lead[place], place))
    return tuple(taxonomy.topics[place].slug for place in kept)


def _strengths(taxonomy: Taxonomy, found: list[Found], categories: tuple[str, ...]) -> list[float]:
    """Give every topic's points over those it needs, in the taxonomy's order."""
    weighing = taxonomy.weighing
    points = [0.0] * len(taxonomy.topics)
    mentions = _mentions(weighing.repeat)
    for number, in_title, times in found:
        weight = mentions[min(times, _MOST_MENTIONS)] + (weighing.title if in_title else 0.0)
        for place, worth in taxonomy.phrases[number]:
            points[place] += worth * weight
    for category in dict.fromkeys(categories):
        for place, worth in taxonomy.categories.get(category, ()):
            points[place] += worth
    return [have / need for have, need in zip(points, taxonomy.needed, strict=True)]


@lru_cache(maxsize=8)
def _mentions(repeat: float) -> tuple[float, ...]:
    """Give the weight of no mention, one, two and so on, each further one counting for less."""
    weights = [0.0]
    for further in range(_MOST_MENTIONS):
        weights.append(weights[-1] + repeat**further)
    return tuple(weights)

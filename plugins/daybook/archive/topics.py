"""Which topics a paper belongs to, decided by evidence that a keeper can read and change.

Every topic collects points: for the phrases in title and abstract and for the paper's arXiv
categories, as the taxonomy file says. Topics with enough points, and enough beside the strongest
one, are the paper's. The rules are in `Weighing`, the phrases' own in `topic_phrases`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..records import Topic
from .topic_evidence import TopicEvidence, Weighing, read_taxonomy
from .topic_phrases import Phrase, PhraseFinder

MOST_TOPICS = 4
"""A paper has at most so many topics."""


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """The topics, and everything it takes to assign them; made by `load_taxonomy`."""

    topics: tuple[Topic, ...]
    """In the order of the file."""
    weighing: Weighing
    finder: PhraseFinder
    meanings: tuple[tuple[tuple[int, float], ...], ...]
    """For each phrase of the finder: the topics it speaks for, by place, with its points."""
    categories: dict[str, tuple[tuple[int, float], ...]]
    """For each arXiv category: the same."""
    needed: tuple[float, ...]
    """For each topic, the points that make it."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence found in a paper: why it has a topic, or why not."""

    evidence: str
    """The phrase or category."""
    points: float


def load_taxonomy(path: Path) -> Taxonomy:
    """Load the taxonomy with its evidence.

    Raises:
        TopicsError: if the file cannot be read or is not a taxonomy.
    """
    weighing, topics = read_taxonomy(path)
    return build_taxonomy(weighing, topics)


def build_taxonomy(weighing: Weighing, evidence: Iterable[TopicEvidence]) -> Taxonomy:
    """Make a taxonomy of topics and their evidence."""
    evidence = tuple(evidence)
    phrases: dict[Phrase, list[tuple[int, float]]] = {}
    categories: dict[str, list[tuple[int, float]]] = {}
    for place, topic in enumerate(evidence):
        for phrase, points in topic.phrases:
            phrases.setdefault(phrase, []).append((place, points))
        for category, points in topic.categories:
            categories.setdefault(category, []).append((place, points))
    return Taxonomy(
        tuple(topic.topic for topic in evidence),
        weighing,
        PhraseFinder(tuple(phrases)),
        tuple(tuple(meaning) for meaning in phrases.values()),
        {category: tuple(meaning) for category, meaning in categories.items()},
        tuple(weighing.needed if topic.needed is None else topic.needed for topic in evidence),
    )


def assign_topics(
    taxonomy: Taxonomy, title: str, abstract: str | None, categories: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Give the slugs of a paper's topics, the strongest first, at most four.

    The empty tuple means 'Unsorted': nothing in the paper speaks for any topic. Equal points keep
    the order of the taxonomy.
    """
    weighing = taxonomy.weighing
    strengths = weigh_topics(taxonomy, title, abstract, categories)
    ranked = sorted(
        (place for place, strength in enumerate(strengths) if strength > 0),
        key=lambda place: (-strengths[place], place),
    )
    if not ranked or strengths[ranked[0]] * weighing.needed < weighing.alone:
        return ()
    least = max(1.0, strengths[ranked[0]] * weighing.share)
    kept = [place for place in ranked[1:MOST_TOPICS] if strengths[place] >= least]
    return tuple(taxonomy.topics[place].slug for place in (ranked[0], *kept))


def weigh_topics(
    taxonomy: Taxonomy, title: str, abstract: str | None, categories: tuple[str, ...] = ()
) -> list[float]:
    """Give every topic's strength, in the taxonomy's order: its points over those it needs."""
    weighing = taxonomy.weighing
    points = [0.0] * len(taxonomy.topics)
    for found in taxonomy.finder.find(title, abstract or ""):
        mentions = _mentions(found.times, weighing.repeat)
        if found.in_title:
            mentions += weighing.title
        for place, worth in taxonomy.meanings[found.phrase]:
            points[place] += worth * mentions
    for category in dict.fromkeys(categories):
        for place, worth in taxonomy.categories.get(category, ()):
            points[place] += worth
    return [have / need for have, need in zip(points, taxonomy.needed, strict=True)]


def _mentions(times: int, repeat: float) -> float:
    """Count repeated mentions for less and less."""
    total, worth = 0.0, 1.0
    for _ in range(min(times, 8)):
        total += worth
        worth *= repeat
    return total

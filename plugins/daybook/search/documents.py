"""What of a paper is searched: the index's fields, their boosts and their texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..records import Paper, Topic


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the index, as lunr knows it."""

    name: str
    boost: int = 1
    """What every weight of the field is multiplied with."""


FIELDS = (Field("title", 3), Field("abstract"), Field("author"), Field("topic"))
"""In the order in which lunr is told of them, which decides between equal scores."""


def text_of(paper: Paper) -> str:
    """Give the text that stands for a paper's contents: its abstract, or what a digest said."""
    return paper.abstract or paper.blurb or ""


def fields_of(paper: Paper, topics: Mapping[str, Topic]) -> tuple[str, ...]:
    """Give the texts of one paper, one a field of `FIELDS`."""
    names = (topics[slug].name if slug in topics else slug for slug in paper.topics)
    return paper.title, text_of(paper), " ".join(paper.authors or ()), " ".join(names)

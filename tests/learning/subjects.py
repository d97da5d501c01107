"""Made-up papers about ten subjects, each with words of its own."""

from __future__ import annotations

import random

from daybook.records import Paper, PartialDate

from ..catalogue.small_archive import paper

SUBJECTS = 10


def word(rng: random.Random) -> str:
    return "".join(rng.choice(letters) for letters in ("bdfgklm", "aou", "nprt", "aio", "kmpt"))


def about(number: int, subject: int, seed: int = 0) -> Paper:
    """Give a paper about a subject, which has ten words, with some words of its own."""
    shared = random.Random(subject)
    words = [word(shared) for _ in range(10)]
    rng = random.Random(f"{number} {seed}")
    own = [word(rng) for _ in range(8)]
    abstract = " ".join(rng.sample(words, 6) + own + words)
    return paper(
        number,
        title=f"{' '.join(words[:2])} {own[0]}".capitalize(),
        abstract=f"{abstract.capitalize()}.",
        authors=(f"Person {number % 7}", f"Someone {number}"),
        published=PartialDate(2020 + number % 5),
    )


def papers(count: int) -> list[Paper]:
    return [about(number, number % SUBJECTS) for number in range(count)]

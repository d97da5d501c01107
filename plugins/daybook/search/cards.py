"""Result cards: what the search page shows of a paper, in blocks of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..records import Paper, Topic
from .documents import text_of
from .shards import File, numbered_script

CARD_SIZE = 4
"""Papers a block; ten results seldom share one, so small blocks cost least."""
MOST_AUTHORS = 40
"""Names beyond these are only counted: some papers have thousands."""


def card(paper: Paper, topics: Mapping[str, Topic]) -> dict[str, object]:
    """Give what a result shows; what is unknown is left out."""
    authors = paper.authors or ()
    shown = authors[:MOST_AUTHORS]
    known: dict[str, object] = {"title": paper.title, "url": f"papers/{paper.slug}.html"}
    if shown:
        known["authors"] = list(shown)
    if more := max(len(authors), paper.author_count or 0) - len(shown):
        known["more"] = more
    if paper.published:
        known["date"] = str(paper.published)
    if paper.topics:
        known["topics"] = [
            {"name": topics[slug].name if slug in topics else slug, "url": f"topics/{slug}.html"}
            for slug in paper.topics
        ]
    if text := text_of(paper):
        known["text"] = text
    return known


def card_blocks(papers: Sequence[Paper], topics: Mapping[str, Topic]) -> Iterator[File]:
    """Write the cards of all papers, by number, a block of `CARD_SIZE` to a file."""
    for number, start in enumerate(range(0, len(papers), CARD_SIZE)):
        block = papers[start : start + CARD_SIZE]
        yield numbered_script("cards", number, [card(paper, topics) for paper in block])

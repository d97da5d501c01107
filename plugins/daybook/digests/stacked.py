"""Papers whose title, people and address stand on lines of their own, one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from .beside import read_beside
from .blocks import Block
from .labels import label_of, people_by
from .marks import papers_in, plain
from .people import names_people
from .shielding import unshielded
from .titles import alone

_MOST_BETWEEN = 3
"""Lines between a title and its address: people, a venue, a date."""
_NAME = range(2, 5)
"""Words of one name."""
_BESIDE = frozenset(
    {"authors", "published", "venue", "subjects", "keywords", "upvotes", "organization"}
)


def link_below(blocks: Sequence[Block], place: int, *, named: bool) -> str | None:
    """Give the address that stands alone in the next line, or below what stands beside a title.

    Where others have several people there, one name alone is who wrote it (`named`).
    """
    below = place + 1
    while below < len(blocks) and below - place <= _MOST_BETWEEN and _is_text(blocks[below]):
        block = blocks[below]
        single = named and block.number == blocks[below - 1].number + 1 and is_name(block)
        if not (single or _is_beside(block)):
            break
        below += 1
    following = blocks[below] if below < len(blocks) else None
    return alone(following) if following is not None and following.kind == "text" else None


def has_people_below(blocks: Sequence[Block], place: int) -> bool:
    """Whether several people stand below a line, and an address below them."""
    if place + 2 >= len(blocks) or not (_is_text(blocks[place]) and _is_text(blocks[place + 1])):
        return False
    found = read_beside(blocks[place + 1].text) or {}
    return "authors" in found and link_below(blocks, place, named=False) is not None


def _is_text(block: Block) -> bool:
    return block.kind == "text" and next(papers_in(block.text), None) is None


def _is_beside(block: Block) -> bool:
    if (label := label_of(block.raw)) is not None:
        return label[0] in _BESIDE
    return bool(read_beside(block.text)) or people_by(block.text) is not None


def is_name(block: Block) -> bool:
    """Whether a line can be one name, as a title of two words can."""
    words = unshielded(plain(block.text)).strip("*_ .")
    return len(words.split()) in _NAME and "," not in words and names_people(words)

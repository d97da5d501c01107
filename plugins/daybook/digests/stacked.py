"""Papers whose title, people, words and address stand on lines of their own, one below the other.

What one such paper has between its title and its address may be anything; what several have, is how
the text is made: people and days, or a paragraph. So it is looked for in the whole text first.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Container, Sequence

from .beside import read_beside
from .blocks import Block
from .citation_people import is_one_name
from .days import find_day
from .labels import label_of, people_by
from .marks import LINK, paper_key, papers_in, plain
from .sections import only_paper, up_to_rule
from .shielding import unshielded
from .titles import alone, is_bold, is_prose, paper_end, up_to_table

_MOST_BETWEEN = 5
"""Lines between a title and its address."""
_NAME = range(2, 5)
"""Words of one name."""
_FEWEST_WORDS = 3
"""Of a title above a paragraph."""
_PARAGRAPH = 80
"""Characters of a line that only a paragraph has."""
_FEWEST = 2
"""Papers with a paragraph above their address, to tell that a text is made so."""
_LONGEST_DAY = 28
_FILLED = 50
"""Characters of a line that may have been filled."""
_ENDS = (".", "!", ";", "…")
_OPEN_END = re.compile(
    r"(?:[:,–—-]|\b(?:and|or|of|for|in|on|the|a|an|with|to|by|from|via|using|as|at|under|over))\Z",
    re.IGNORECASE,
)
"""The end of a line behind which its title must go on."""
_POST = re.compile(r"\d{1,2}/ \S")
"""The number of a post in a thread, before its first words."""
_MARKS = re.compile(r"\A(?:[*_]+|\[(?=\[))")
_PARTS = re.compile(r"\s[|·•]\s")
_CALLED = frozenset({"paper", "arxiv", "pdf", "abs", "read the paper", "paper link", "论文"})
_BESIDE = frozenset(
    {"authors", "published", "venue", "subjects", "keywords", "upvotes", "organization"}
)


class Stack:
    """How a text stacks what it says of its papers."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._named = self._told = self._counted = False
        places = range(len(blocks) - 2)
        told = (place for place in places if self._has_words(place))
        self._told = sum(1 for _ in itertools.islice(told, _FEWEST)) == _FEWEST
        self._named = any(self._has_people(place) for place in places) or self._are_signed()
        counted = (place for place in places if self._address_below(place) is not None)
        self._counted = sum(1 for _ in itertools.islice(counted, _FEWEST)) == _FEWEST

    def link_below(self, place: int) -> int | None:
        """Give the place of the address that stands below a title and what is beside it."""
        if self._counted and (address := self._address_below(place)) is not None:
            return address
        below = place + 1
        while below < len(self._blocks) and below - place <= _MOST_BETWEEN:
            if not self._stands_between(below):
                break
            below += 1
        block = self._blocks[below] if below < len(self._blocks) else None
        return below if block is not None and block.kind == "text" and alone(block) else None

    def paper_of_section(self, place: int, end: int) -> tuple[str, int] | None:
        """Give the address of the paper that a heading is the title of, and where its section ends.

        It is the only one there, or the first, below its people: what is named further on is not.
        """
        blocks = self._blocks
        section = blocks[place + 1 : end]
        only = only_paper(blocks, place, end) or _called_so(section) or _labelled_first(section)
        if only:
            return only, up_to_rule(blocks, place, up_to_table(blocks, place, end, only))
        below = place + 1
        while below < min(end, place + _MOST_BETWEEN) and _is_people(blocks[below]):
            below += 1
        url = alone(blocks[below]) if place + 1 < below < end else None
        if url is None or blocks[below].kind != "text":
            return None
        return url, up_to_rule(blocks, place, paper_end(blocks, place, end, url))

    def is_name(self, place: int) -> bool:
        """Whether the line below a title is one name, as others have several people there."""
        block = self._blocks[place]
        adjacent = block.number == self._blocks[place - 1].number + 1
        words = unshielded(plain(block.text)).strip("*_ .")
        return self._named and adjacent and len(words.split()) in _NAME and is_one_name(words)

    def begun_above(self, place: int, address: int, taken: Container[int]) -> Block | None:
        """Give the line with which the title begins that a line ends: a text's lines were filled.

        People stand between both and the address; no other paper's line is above.
        """
        above = self._blocks[place - 1] if place else None
        block = self._blocks[place]
        if above is None or above.number in taken or above.number + 1 != block.number:
            return None
        words = unshielded(plain(above.text)).strip()
        apart = not _is_text(above) or label_of(above.raw) is not None or is_bold(above.text)
        if apart or address <= place + 1 or words[:1].islower() or words.endswith(_ENDS):
            return None
        several = len(words.split()) >= _FEWEST_WORDS
        joined = block.text[:1].islower() or _OPEN_END.search(words) or len(words) >= _FILLED
        first = place < 2 or self._blocks[place - 2].number + 1 < above.number
        return above if several and joined and first and not _is_beside(above) else None

    def _stands_between(self, place: int) -> bool:
        block = self._blocks[place]
        if not _is_text(block) or is_bold(block.text):
            return False
        # 'Deep Looms and Quiet Wool' may be two people, as well as a title.
        beside = _is_beside(block) and (self._named or _is_surely(block))
        return beside or self.is_name(place) or (self._told and _is_paragraph(block))

    def _address_below(self, place: int) -> int | None:
        """Give the place of the address with which what a post's first line begins ends."""
        if _POST.match(self._blocks[place].text) is None:
            return None
        for below in range(place + 1, min(place + 1 + _MOST_BETWEEN, len(self._blocks))):
            block = self._blocks[below]
            if block.kind == "text" and alone(block):
                return below
            if not _is_text(block) or _POST.match(block.text):
                return None
        return None

    def _has_people(self, place: int) -> bool:
        """Whether several people stand below a line, and an address below them."""
        block, below = self._blocks[place : place + 2]
        if not (_is_text(block) and _is_text(below)):
            return False
        found = read_beside(below.text) or {}
        several = "authors" in found and _is_surely(below)
        return several and self.link_below(place) is not None

    def _are_signed(self) -> bool:
        """Whether above each address one name or two stand, right below a line of more words."""
        blocks = self._blocks
        addresses = [n for n, block in enumerate(blocks) if block.kind == "text" and alone(block)]
        return len(addresses) >= _FEWEST and all(map(self._is_signed, addresses))

    def _is_signed(self, place: int) -> bool:
        if place < 2:
            return False
        title, name, address = self._blocks[place - 2 : place + 1]
        words = unshielded(plain(name.text)).strip("*_ .")
        return (
            title.number + 2 == name.number + 1 == address.number
            and _is_text(title)
            and _is_text(name)
            and (len(title.text.split()) >= _FEWEST_WORDS or title.text[:1].islower())
            and (_is_one(words) or "authors" in (read_beside(words) or ()))
        )

    def _has_words(self, place: int) -> bool:
        """Whether a paragraph and an address stand below a line of some words."""
        block, below, address = self._blocks[place : place + 3]
        few = _is_text(block) and not _is_paragraph(block)
        several = len(block.text.split()) >= _FEWEST_WORDS
        told = few and several and _is_text(below) and _is_paragraph(below)
        return told and address.kind == "text" and alone(address) is not None


def _is_one(words: str) -> bool:
    return len(words.split()) in _NAME and is_one_name(words)


def _is_text(block: Block) -> bool:
    return block.kind == "text" and next(papers_in(block.text), None) is None


def _is_beside(block: Block) -> bool:
    if (label := label_of(block.raw)) is not None:
        return label[0] in _BESIDE
    if len(block.text) < _LONGEST_DAY and find_day(plain(block.text)) is not None:
        return True
    return bool(read_beside(block.text)) or people_by(block.text) is not None


def _is_surely(block: Block) -> bool:
    """Whether what stands beside a title is no title itself: it says what it is, or is a list."""
    said = read_beside(block.text) or {}
    return "," in block.text or "·" in block.text or "authors" not in said


def _is_people(block: Block) -> bool:
    words = unshielded(plain(block.text)).strip("*_ .")
    return _is_text(block) and (is_one_name(words) or "authors" in (read_beside(words) or ()))


def _is_paragraph(block: Block) -> bool:
    return len(block.text) > _PARAGRAPH and label_of(block.raw) is None and is_prose(block.text)


def _labelled_first(blocks: Sequence[Block]) -> str | None:
    """Give the address of the one paper of a section's first line, if that has several labels.

    '**Authors**: Ada Lovelace | **arXiv**: [2501.00001](...)': what stands below is compared to it.
    """
    first = blocks[0] if blocks else None
    if first is None or first.kind != "text":
        return None
    labels = [label_of(part) for part in _PARTS.split(first.text)]
    papers = {key: link[2] for key, link in papers_in(first.text)}
    several = sum(label is not None for label in labels) >= _FEWEST
    return next(iter(papers.values())) if several and len(papers) == 1 else None


def _called_so(blocks: Sequence[Block]) -> str | None:
    """Give the address of the one line of a section that begins with a link called 'Paper'.

    '[Paper](...) | [Tweet](...)': what its text compares it with is another one's.
    """
    if any(block.kind == "heading" and next(papers_in(block.text), None) for block in blocks):
        return None
    found = {}
    for block in blocks:
        link = LINK.match(_MARKS.sub("", block.text)) if block.kind == "text" else None
        if link and link[1].strip("*_ ").lower() in _CALLED and (key := paper_key(link[2])):
            found[key] = link[2]
    return next(iter(found.values())) if len(found) == 1 else None

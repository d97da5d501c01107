"""Sections of a newsletter: which headings are titles of papers, and where what is theirs ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from .asides import names_others
from .blocks import Block
from .bullets import bullet_title
from .labels import RULE, label_of, titled
from .marks import BOLD, is_worded, paper_key, papers_in, plain
from .own_ids import address_of_one, is_source, own_ids
from .titles import alone, has_title, names_part, names_section, section_keys, title_link

_QUOTED = re.compile(r"[\"“]([^\"“”]{8,300})[\"”]")
_FEWEST_WORDS = 4
"""Words of an item's own title, and of a heading that may be one."""
ENDS = ("heading", "row", "aside")
"""The kinds of lines that never go on with a paper above them."""


def section_end(blocks: Sequence[Block], place: int) -> int:
    """Give the place of the next heading of the same level or a higher one."""
    level = blocks[place].depth
    for end in range(place + 1, len(blocks)):
        if blocks[end].kind == "heading" and blocks[end].depth <= level:
            return end
    return len(blocks)


def up_to_rule(blocks: Sequence[Block], place: int, end: int) -> int:
    """Give where a paper's section ends: at a rule below which no label stands."""
    for rule in range(place + 2, end):
        if RULE.fullmatch(blocks[rule].text):
            below = blocks[rule + 1 : end]
            return end if any(label_of(block.raw) for block in below) else rule + 1
    return end


def lists_further(section: Sequence[Block]) -> bool:
    """Whether a heading calls the papers below it further ones, and one of them has a title."""
    heading, *below = section
    owns = (bullet_title(block.text) for block in below if block.kind == "bullet")
    return names_section(plain(heading.text)) and any(own and is_worded(own[0]) for own in owns)


def ends_record(blocks: Sequence[Block], place: int, begin: int) -> bool:
    """Whether the record of a title, which begins on a line above, ends before a line.

    It does at an item that has a paper of its own, or a title under its label below it.
    """
    block, above = blocks[place], blocks[begin]
    if label_of(block.raw) is not None:
        return titled(block.raw) is not None
    nested = above.kind == "bullet" and block.depth > above.depth
    listed = block.kind == "bullet" and not nested
    counted = listed and block.raw.lstrip()[:1].isdecimal() and place + 1 < len(blocks)
    if counted and titled(blocks[place + 1].raw) is not None:
        return True  # '2、', its title's translation, and 'Title:' below it.
    return block.kind in ENDS or (listed and bullet_title(block.text) is not None)


@dataclass(slots=True)
class _Section:
    """What stands below a heading, as far as it tells whether that is the title of a paper."""

    depth: int = 0
    is_group: bool = False
    """Whether there are papers below it that have titles themselves."""
    papers: dict[str, str] = field(default_factory=dict)
    """The addresses of those that have none, by what tells them apart."""
    stated: set[str | None] = field(default_factory=set)
    """Those that are said to be the section's own: '[arXiv](...)', 'DOI: ...'."""
    asides: list[Block] = field(default_factory=list)
    """Lines that name others beside its paper, if it has one."""
    is_parted: bool = False
    """Whether words stand between two of its papers, as each one's title may."""
    _is_told: bool = False
    _lines: int = 0
    """Those with its papers."""

    def take(self, block: Block) -> None:
        """Take a line."""
        if names_others(block.raw):
            self.asides.append(block)
            return
        label = label_of(block.raw)
        addresses: dict[str, str] = {}
        for key, link in papers_in(block.text):
            addresses.setdefault(key, link[2])
            if is_source(link[1]):
                self.stated.add(key)
        keys = section_keys(block)
        self.is_parted |= bool(keys and self._is_told)
        self._lines += bool(keys)
        for key, address in addresses.items():  # In the line's order, which a set has not.
            if key in keys:
                self.papers.setdefault(key, address)
        self._is_told |= bool(self.papers) and not keys and label is None
        value = label[1] if label and label[0] == "link" else None
        self.stated.update(map(paper_key, own_ids(block.raw, value)))

    def take_section(self, other: _Section) -> None:
        """Take a section of this one."""
        self.is_group |= other.is_group
        self.is_parted |= bool(self.papers and other.papers)
        for key, address in other.papers.items():
            self.papers.setdefault(key, address)

    def end(self) -> None:
        """End it: what names others names its own paper where nothing else does."""
        asides, self.asides = self.asides, []
        for block in asides if not self.papers else ():
            for key in section_keys(block):
                link = next(link for k, link in papers_in(block.text) if k == key)
                self.papers.setdefault(key, link[2])

    @property
    def address(self) -> str | None:
        """The address of the only paper, which may have one of each kind if they are its own."""
        if self.is_group or not self.papers:
            return None
        if len(self.papers) == 1:
            return next(iter(self.papers.values()))
        own = not self.is_parted and self.stated.issuperset(self.papers)
        return address_of_one(self.papers.values(), beside=self._lines == 1) if own else None


def title_level(blocks: Sequence[Block]) -> int | None:
    """Give the level of the headings that are titles of papers: where most hold just one.

    Of two levels that hold one paper as often the deeper one has the titles: the other has groups.
    """
    counts: Counter[int] = Counter()
    within: list[tuple[_Section, bool]] = []

    def close(down_to: int) -> None:
        while within and within[-1][0].depth >= down_to:
            section, is_label = within.pop()
            section.end()
            if section.address is not None and not is_label:
                counts[section.depth] += 1
            if within:
                within[-1][0].take_section(section)

    for place, block in enumerate(blocks):
        if block.kind == "heading":
            close(block.depth)
            links = title_link(block.text) is not None
            if links and within:
                within[-1][0].is_group = True
            is_part = label_of(block.raw) is not None or names_part(block.text)
            within.append((_Section(block.depth), links or is_part))
        elif within and block.kind in ("bullet", "text"):
            within[-1][0].take(block)
            aside = names_others(block.raw)
            within[-1][0].is_group |= not aside and has_title(blocks, place)
    close(0)
    return max(counts, key=lambda level: (counts[level], level)) if counts else None


def _says_more(title: str, heading: str, text: str) -> bool:
    """Whether an item has a title of its own, and what stands above it names a group."""
    marked = BOLD.search(text) is not None or title in "".join(_QUOTED.findall(text))
    if len(title.split()) < _FEWEST_WORDS - marked or not title[:1].isupper():
        return False
    few = len(plain(heading).split()) < _FEWEST_WORDS
    return few and (marked or label_of(text) is None)


def only_paper(blocks: Sequence[Block], place: int, end: int) -> str | None:
    """Give the address of the one paper that a section is about."""
    section = _Section()
    titled: set[str | None] = set()
    for inside in range(place + 1, end):
        block = blocks[inside]
        if block.kind == "heading" and title_link(block.text) is not None:
            return None
        if block.kind not in ("bullet", "text"):
            continue
        if names_others(block.raw):
            section.take(block)
            continue
        own = bullet_title(block.text) if block.kind == "bullet" else None
        if own and (alone(block) is None or is_worded(own[0])):
            titled.add(paper_key(own[1]))
            if _says_more(own[0], blocks[place].text, block.text):
                return None  # A group of one paper.
        if has_title(blocks, inside) or len(titled) > 1:
            return None  # A group of papers.
        section.take(block)
    section.end()
    return section.address

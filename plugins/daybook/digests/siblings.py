"""Lists of papers: an item that is made as the papers beside it are is one of them.

An address says little by itself: a file, an archive that keeps data, too. In a list of papers,
each linked by its title, it is a paper's; what else stands there so is told.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import islice

from .beside import VENUE, read_beside
from .blocks import Block
from .bullets import DATED
from .identifiers import read_url
from .labels import label_of
from .marks import BOLD, BULLET, LINK, is_worded, paper_key, plain
from .people import names_people
from .publishers import may_be_paper
from .references import NUMBER, title_words
from .shielding import unshielded
from .titles import alone, can_be_title, is_bold
from .wording import one_line

_LEADING = re.compile(
    r"[\s*_\"“]*(?:(?:19|20)\d{2}(?: [A-Z][\w&'-]{1,14}){0,3} |\[[A-Z][\w&' -]{2,24}\] )?"
)
"""What stands before the words of a link that is an item's title."""
_OTHERS = re.compile(
    r"https?://(?:[\w-]+\.){0,4}(?:github|gitlab|bitbucket|youtube|youtu|twitter|x|medium|substack"
    r"|google|facebook|linkedin|reddit|discord|slack|kaggle|huggingface|hf|wikipedia|slideshare"
    r"|amazon|towardsdatascience|notion|vimeo|bilibili|zhihu|wandb|readthedocs|pypi|stackoverflow"
    r"|stackexchange|microsoft|openai|ycombinator|telegram|deepmind|anthropic|blogspot|wordpress"
    r"|goodreads|coursera|scholar)\.(?:com|org|io|co|be|ai|gg|net|so|tv|me|site)(?:[/?#]|\Z)"
    r"|https?://[^/\s]{1,253}\.github\.io(?:[/?#]|\Z)|https?://[^/\s]{1,250}\.[a-z]{2,24}/?(?:[?#]\S*)?\Z"
    r"|https?://(?:blog\.|docs?\.|news\.|[^\s/]{1,253}/(?:[^\s/]{1,253}/){0,6}"
    r"(?:blogs?|news|posts?|docs?|tutorials?|courses?|wiki)/)",
    re.IGNORECASE,
)
"""What lists of papers link to, too, and is no paper: code, films, talk, home pages."""
_PAPER = frozenset({"paper", "pdf", "preprint", "article", "full paper", "paper link", "论文"})
"""What a link to a paper is called, wherever it leads."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}\Z")
_FEWEST_WORDS = 2
_FEWEST_PLAIN = 3
"""Words of what has no mark of a title, to be one."""
_PARAGRAPH = 80
"""Characters that only a paragraph has."""
_FEWEST_FILES = 5
"""Titles with a file each that make a list of papers, wherever they are kept."""
_FEWEST = 2
"""Entries that begin alike, to tell how titles do."""


def lists_of_papers(blocks: list[Block]) -> tuple[frozenset[int], frozenset[int]]:
    """Give the places of all items of lists that have papers linked by their titles.

    Then of those among them in lists of which at least half the items are papers.
    """
    some: set[int] = set()
    most: set[int] = set()
    for places in _lists(blocks):
        papers = {place for place in places if _is_paper(blocks[place].text)}
        files = () if papers else [place for place in places if _is_file(blocks[place].text)]
        if len(files) >= _FEWEST_FILES and len(files) * 2 >= len(places):
            papers = set(files)
        if not papers:
            continue
        some.update(places)
        papers |= {place for place in places if sibling_title(blocks[place].text)}
        if len(papers) * 2 >= len(places):
            most.update(places)
    return frozenset(some), frozenset(most)


def _lists(blocks: Sequence[Block]) -> Iterator[list[int]]:
    """Give the places of the items of each list: bullets as far in as one another."""
    open_lists: list[tuple[int, list[int]]] = []
    for place, block in enumerate(blocks):
        if block.kind in ("heading", "row"):
            yield from (places for _, places in open_lists)
            open_lists = []
            continue
        while open_lists and open_lists[-1][0] > block.depth:
            yield open_lists.pop()[1]
        if block.kind != "bullet":
            continue
        if not open_lists or open_lists[-1][0] < block.depth:
            open_lists.append((block.depth, []))
        open_lists[-1][1].append(place)
    yield from (places for _, places in open_lists)


def _first_link(text: str) -> re.Match[str] | None:
    """Give the link with which an item begins, where its words can be a title."""
    begin = _LEADING.match(text)
    link = LINK.match(text, begin.end() if begin else 0) if "](" in text else None
    return link if link and is_worded(link[1]) else None


def _is_paper(text: str) -> bool:
    text = NUMBER.sub("", text)
    if (titled := _bold_and_paper(text)) is not None:
        return paper_key(titled[1]) is not None
    link = _first_link(text)
    return link is not None and paper_key(link[2]) is not None


def _bold_and_paper(text: str) -> tuple[str, str, str] | None:
    """Give a title in bold, where the link behind it leads that is the paper's, and the rest.

    People may stand before it.
    """
    bold = BOLD.search(text) if "](" in text else None
    if bold is None or "](" in bold[0] or not is_worded(bold[1] or bold[2]):
        return None
    people = plain(text[: bold.start()]).strip(" .,:;")
    if people and ("](" in text[: bold.start()] or not names_people(unshielded(people))):
        return None
    for link in LINK.finditer(text, bold.end()):
        called = plain(link[1]).strip("[]() ").lower() in _PAPER
        if called or paper_key(link[2]) or may_be_paper(link[2]):
            rest = plain(LINK.sub("", text[bold.end() :])).strip(" -–—:.·|,;*_[]()")
            return title_words(bold[1] or bold[2]).rstrip("."), link[2], f"{people}\n{rest}".strip()
    return None


def _is_file(text: str) -> bool:
    """Whether an item is a title in bold, and a file to be read that is called the paper."""
    titled = _bold_and_paper(NUMBER.sub("", text))
    return titled is not None and may_be_paper(titled[1])


def names_files(lines: Iterable[str]) -> bool:
    """Whether several items of a list are titles with a file each, wherever these are kept."""
    items = (item for line in lines if "**" in line and (item := BULLET.fullmatch(line)))
    files = (item for item in items if _is_file(item[2]))
    return sum(1 for _ in islice(files, _FEWEST_FILES)) == _FEWEST_FILES


def sibling_title(text: str) -> tuple[str, str, str] | None:
    """Give the title, address and the rest of an item of a list of papers; ``None`` for no paper.

    So is what links a title to a publisher or a file to be read, and a title in bold before people.
    """
    if label_of(text) is not None:
        return None
    text = DATED.sub("", NUMBER.sub("", text), count=1)
    if link := _first_link(text):
        rest = plain(text[: link.start()] + text[link.end() :]).strip(" -–—:.·|,;")
        return (title_words(link[1]), link[2], rest) if may_be_paper(link[2]) else None
    if (titled := _bold_and_paper(text)) and not _OTHERS.match(titled[1]) and read_url(titled[1]):
        return titled
    bold = BOLD.match(text) if "](" not in text else None
    if bold is None or not is_worded(bold[1] or bold[2]):
        return None
    rest = text[bold.end() :].strip(" -–—:.·|,;")
    venue = VENUE.search(rest)
    people = (
        f"{rest[: venue.start()]} {rest[venue.end() :]}".strip(" *_-–—:.·|,;()") if venue else ""
    )
    named = "authors" in (read_beside(rest) or ()) or names_people(unshielded(plain(people)))
    return (title_words(bold[1] or bold[2]), "", rest) if named else None


def untold(text: str) -> str | None:
    """Say of an item that is no paper, but looks like one, what it is: else ``None``."""
    text = NUMBER.sub("", text)
    link = _first_link(text)
    if link is None and (bold := BOLD.match(text)) and is_worded(bold[1] or bold[2]):
        return f"{one_line(plain(bold[0]))[:60]!r} leads to no paper, and is no entry"
    if link is None or label_of(text) is not None or read_url(link[2]) is None:
        return None
    words = one_line(plain(link[1]))
    titled = len(words.split()) >= _FEWEST_WORDS and not words[:1].islower()
    if not titled or paper_key(link[2]) is not None or _OTHERS.match(link[2]):
        return None
    return f"{words[:60]!r} leads to no address of papers that is known, and is no entry"


def is_cited(text: str) -> bool:
    """Whether an item is a link and who wrote it: '[A Title](...) (Lovelace et al., 2022)'."""
    link = _first_link(NUMBER.sub("", text))
    rest = unshielded(plain(LINK.sub("", text))).strip(" -–—:.·|,;()") if link else ""
    people = _YEAR.sub("", rest).rstrip(" ,(")
    said = people != rest or "et al" in rest
    return said and names_people(people)


def made_as_titles(blocks: Sequence[Block], begun: Container[int]) -> Iterator[int]:
    """Give the places of the lines that are made as those with which entries begin, and are none.

    `begun` has the lines where entries begin. What says where it leads, or leads elsewhere, is no
    title; nor is a heading or a line in bold without people under it.
    """
    for places in _lists(blocks):
        yield from _odd_ones(blocks, places, begun)
    headings: dict[int, list[int]] = {}
    bold: list[int] = []
    lines: list[int] = []
    for place, block in enumerate(blocks):
        if block.kind == "heading":
            headings.setdefault(block.depth, []).append(place)
        elif block.kind == "text" and begins_paragraph(blocks, place):
            (bold if is_bold(block.text) else lines).append(place)
    for places in headings.values():
        if _most_begin(blocks, places, begun):
            entries = [p for p in places if blocks[p].number in begun]
            linked = all("](" in blocks[p].text for p in entries)
            labelled = all(_is_over_label(blocks, p) for p in entries)
            yield from (
                p
                for p in places
                if _is_left(blocks[p], begun)
                and (
                    _has_people(blocks, p, begun)
                    or (linked and _has_text(blocks, p))
                    or (labelled and _is_over_item(blocks, p))
                )
            )
    if _most_begin(blocks, bold, begun):
        yield from (p for p in bold if _is_left(blocks[p], begun) and _has_people(blocks, p, begun))
    titled = [place for place in lines if can_be_title(blocks[place], blocks[place].text)]
    yield from _odd_ones(blocks, titled, begun)


def _odd_ones(
    blocks: Sequence[Block], places: Sequence[int], begun: Container[int]
) -> Iterator[int]:
    """Give what is no entry among places most of which are."""
    entries = [place for place in places if blocks[place].number in begun]
    if len(entries) < _FEWEST or len(entries) * 2 < len(places):
        return
    nearly_all = len(entries) * 3 >= len(places) * 2
    marks = {_first_mark(blocks[place].text) for place in entries} - {""}
    for place in places:
        marked = _first_mark(blocks[place].text) in marks
        if (marked or nearly_all) and _is_left(blocks[place], begun):
            yield place


def _most_begin(blocks: Sequence[Block], places: Sequence[int], begun: Container[int]) -> bool:
    entries = sum(blocks[place].number in begun for place in places)
    return entries >= _FEWEST and entries * 2 >= len(places)


def _first_mark(text: str) -> str:
    """Give the mark with which an item begins: of bold words, or of a link."""
    text = NUMBER.sub("", text)
    return "**" if BOLD.match(text) else text[:1] if text[:1] in "[*" else ""


def _is_left(block: Block, begun: Container[int]) -> bool:
    """Whether a line is no entry's, and can be a title."""
    if block.number in begun or label_of(block.raw) is not None:
        return False
    links = list(LINK.finditer(block.text))
    if any(paper_key(link[2]) for link in links):
        return False
    beside = unshielded(plain(LINK.sub("", block.text))).strip(" *_-–—:.·|,;()")
    if any(_OTHERS.match(link[2]) for link in links) and not names_people(beside):
        return False
    words = one_line(plain(NUMBER.sub("", block.text)))
    fewest = _FEWEST_WORDS if _first_mark(block.text) else _FEWEST_PLAIN
    return len(words.split()) >= fewest and not words[:1].islower()


def _has_people(blocks: Sequence[Block], place: int, begun: Container[int]) -> bool:
    """Whether a line has people or a label right under it; so has what was a link, or is last."""
    block = blocks[place]
    if "[" in block.text or place + 1 >= len(blocks):
        return True
    below = blocks[place + 1]
    label = label_of(below.raw)
    if label is not None:
        return label[0] in ("authors", "abstract", "link")
    if below.kind == "heading" or below.number in begun:
        return False
    words = unshielded(plain(below.text)).strip("*_ ")
    damaged = block.kind == "text" and len(words) < _PARAGRAPH and not words.endswith((".", ":"))
    return damaged or names_people(words.strip("."))


def _is_over_label(blocks: Sequence[Block], place: int) -> bool:
    return place + 1 < len(blocks) and label_of(blocks[place + 1].raw) is not None


def _is_over_item(blocks: Sequence[Block], place: int) -> bool:
    """Whether an item without a link is right under a line: a label of which little is left."""
    below = blocks[place + 1] if place + 1 < len(blocks) else None
    return below is not None and below.kind == "bullet" and "](" not in below.text


def _has_text(blocks: Sequence[Block], place: int) -> bool:
    """Whether a heading of some words has a paragraph right under it."""
    below = blocks[place + 1] if place + 1 < len(blocks) else None
    several = len(plain(blocks[place].text).split()) > _FEWEST_PLAIN
    return several and below is not None and below.kind == "text" and len(below.text) > _PARAGRAPH


def begins_paragraph(blocks: Sequence[Block], place: int) -> bool:
    """Whether no line of text stands right above a place; so is the end."""
    if not 0 < place < len(blocks):
        return True
    block, above = blocks[place], blocks[place - 1]
    return above.kind != "text" or block.kind != "text" or block.number != above.number + 1


def says_of_above(blocks: Sequence[Block], place: int, below: int, taken: Container[int]) -> bool:
    """Whether a line between two addresses may as well speak of the one above it.

    It does where that one has no title and is nearer, or where, as far away, the lines after the
    next addresses leave none without a line below it.
    """
    above, block, link = blocks[place - 1], blocks[place], blocks[below]
    if not place or above.kind != "text" or above.number in taken or alone(above) is None:
        return False
    if block.number - above.number != link.number - block.number or below > place + 1:
        return block.number - above.number <= link.number - block.number
    for address in range(place + 1, len(blocks) - 1, 2):
        if alone(blocks[address]) is None:
            return True
        line = blocks[address + 1]
        if line.kind != "text" or not can_be_title(line, line.text) or alone(line):
            return False
    return alone(blocks[-1]) is None

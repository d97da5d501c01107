"""Rows of tables that list several papers: in a cell, one below the other, or in several columns.

A reading group's table has them so: 'Required' and 'Optional', or two readings for one meeting.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..records import Entry
from .bullets import bullet_title
from .labels import read_fields
from .marks import LINK, is_worded, paper_key, papers_in, plain, without_links
from .newsletter_entries import make_entry
from .references import NUMBER, title_words
from .shielding import unshielded

BREAK = re.compile(r"<br\s*/?>|</p>|</li>", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:[\s,;&/|·•*+、，；()\[\]-]|\band\b|\d{1,2}[.)])*+", re.IGNORECASE)
"""What stands between papers that are listed in a cell."""
_ENDS = re.compile(r"[;|·•；]\s*(?:and\s*)?\Z")
"""What ends that which is said of a paper in a cell, where another follows."""
_LABEL = re.compile(r"[\w ]{3,20}:\s*")
"""'Required: ...'."""
_BY = re.compile(r"\Aby:?\s+", re.IGNORECASE)
_AROUND = " \n-–—:*_|·•,;()[]"
_FEWEST_WORDS = 3
"""Words of a title outside the column of titles: shorter ones name methods."""


class Listed(NamedTuple):
    """A paper of a cell: its title, its address, what the cell says of it, and its links."""

    title: str
    url: str
    text: str
    links: str

    def entry(self, number: int) -> Entry:
        """Make the entry of the row that begins in a line."""
        said = plain(without_links(self.text)).strip(_AROUND)
        fields = read_fields(_BY.sub("", said).split("\n") if said else [])
        return make_entry(number, self.title, self.url, fields, context=self.links)


def listed_papers(cells: Mapping[str, str]) -> list[Listed]:
    """Give the papers that the cells of a row list, if these are several, by columns' names.

    What the other cells say is then of none of them alone.
    """
    listing = [cells["title"]] if "title" in cells else cells.values()
    found = _distinct(paper for cell in listing for paper in _papers(cell))
    return found if len(found) > 1 else []


def listed_beside(cells: Mapping[str, str], entry: Entry | None) -> list[Listed]:
    """Give the papers that cells list beside that of a row's title: 'Background', 'Optional'.

    `entry` is made of the row already, and may have its address from one of these cells.
    """
    if entry is None or "title" not in cells:
        return []
    own = {entry.arxiv, entry.doi, *(paper_key(link.url) for link in entry.links)}
    found = _distinct(
        paper for name, cell in cells.items() if name != "title" for paper in _papers(cell)
    )
    return [
        paper
        for paper in found
        if paper_key(paper.url) not in own and len(paper.title.split()) >= _FEWEST_WORDS
    ]


def _distinct(papers: Iterator[Listed]) -> list[Listed]:
    """Give each paper once: a title may stand there with two addresses."""
    found: dict[str, Listed] = {}
    keys: set[str | None] = set()
    for paper in papers:
        name = paper.title.casefold()
        if name not in found and paper_key(paper.url) not in keys:
            found[name] = paper
            keys.add(paper_key(paper.url))
    return [*found.values()]


def _papers(cell: str) -> Iterator[Listed]:
    """Give the papers of a cell that does nothing but list them; none of any other."""
    lines = [line for line in BREAK.split(cell) if line.strip()] if "](" in cell else []
    yield from _linked(lines) or _items(lines)


def _linked(lines: list[str]) -> list[Listed]:
    """Give the papers of lines in which each is linked by its title, if these say nothing else."""
    found: list[Listed] = []
    for line in lines:
        titled = [link for link in LINK.finditer(line) if paper_key(link[2]) and is_worded(link[1])]
        if not titled and found and next(papers_in(line), None) is None:
            found[-1] = found[-1]._replace(text=f"{found[-1].text}\n{line}")
            continue
        if not titled or not _leads(line[: titled[0].start()]):
            return []
        for link, following in itertools.zip_longest(titled, titled[1:]):
            text = line[link.end() : following.start() if following else len(line)]
            if following and not _parts(text):
                return []
            found.append(Listed(title_words(link[1]), link[2], text, text))
    return found


def _items(lines: list[str]) -> list[Listed]:
    """Give the papers of lines that are items as those of a list, if these are several."""
    found: list[Listed] = []
    for line in lines:
        own = {key for key, _ in papers_in(line)} - {paper_key(paper.url) for paper in found}
        item = bullet_title(line) if own else None
        if item is not None:
            found.append(Listed(*item, line))
        elif own or not found:
            return []
        else:
            found[-1] = found[-1]._replace(text=f"{found[-1].text}\n{line}")
    return found if len(found) > 1 else []


def _parts(text: str) -> bool:
    """Whether what stands between two papers of a line parts them: signs, or a sign at its end."""
    words = unshielded(plain(without_links(text)))
    return _BETWEEN.fullmatch(words) is not None or _ENDS.search(unshielded(text)) is not None


def _leads(before: str) -> bool:
    """Whether what stands before a paper in its line says nothing: a sign, a number, a label."""
    words = NUMBER.sub("", plain(before).strip())
    return _BETWEEN.fullmatch(words) is not None or _LABEL.fullmatch(f"{words} ") is not None

"""arXiv's mailings saved as pages: their lines are paragraphs, breaks or preformatted text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import NavigableString, Tag
from bs4.element import PreformattedString

from .document import Document
from .html_tree import parse_html
from .lines import Lines
from .mailing_lines import PAPER, Line, lines_as_sent

_BREAKS = re.compile("p|div|br|tr|li|ul|ol|table|blockquote|h[1-6]|pre|hr")
_SKIPPED = re.compile("script|style|head|title")
_SPACE = re.compile(r"[^\S\xa0]+")
_MOST_MISSED = 20
"""Papers that are looked for in a page's source and not found."""


def page_lines(document: Document) -> list[Line]:
    """Give the lines of a mailing that is saved as a page."""
    written: list[str] = []
    words: list[str] = []
    stack: list[tuple[object, bool, bool]] = [(parse_html(document), False, False)]
    while stack:
        node, left, kept = stack.pop()
        if isinstance(node, NavigableString):
            if not isinstance(node, PreformattedString):
                words.append(str(node) if kept else _SPACE.sub(" ", str(node)))
        elif isinstance(node, Tag) and not _SKIPPED.fullmatch(node.name):
            if _BREAKS.fullmatch(node.name) and (words or node.name == "br"):
                written += _ended(words)
            if not left:
                inside = kept or node.name == "pre"
                stack.append((node, True, kept))
                stack += [(child, False, inside) for child in reversed(node.contents)]
    written += _ended(words)
    return [*_placed(lines_as_sent("\n".join(written)), document.text)]


def _ended(words: list[str]) -> list[str]:
    text = "".join(words).replace("\xa0", " ")
    words.clear()
    return [line.rstrip() for line in text.split("\n")]


def _placed(lines: list[Line], source: str) -> Iterator[Line]:
    """Give each line the place of its paper in the page's source."""
    places = Lines(source)
    missed = 0
    for _, text in lines:
        if PAPER.match(text) and missed < _MOST_MISSED:
            named = text.partition(":")[2].split()[0]
            missed += places.find(named, beyond=True) is None
        yield Line(places.last, text)

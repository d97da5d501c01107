"""What a page of HTML says by its elements: the signs by which sites' pages are known.

A site's own words may be quoted in any title or abstract, in an attribute, a script, a comment.
Here only elements count, as the parser finds them, in one pass over the page.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from .html_steps import DEEPEST, MOST_ELEMENTS, hand_over

_HEADINGS = frozenset({"h2", "h3", "h4"})
_CARD = re.compile(r"/papers/(?!(?:date|week|month)/)[^/?#]*\d")
_PAPER = re.compile(r"/(?:abs|pdf|html|papers)/[a-z.-]{0,20}/?\d|doi\.org/10\.")
_PARTS = frozenset({"DailyPapers", "PaperContent"})
_SCRIPTS = "/front/build/kube-"
_LONGEST_TITLE = 1_000
_CLASSES = frozenset({"gse_alrt_title", "list-title", "arxiv-result", "gs_ri", "gsc_a_tr"})


@dataclass(slots=True)
class PageSigns:
    """The signs of a page."""

    title: str = ""
    """What the page itself is called."""
    hydrated: bool = False
    """Whether it has the parts and scripts of Hugging Face's pages, above any link to a paper."""
    cards: int = 0
    """Headings inside articles that lead to a paper there."""
    metas: frozenset[str] = frozenset()
    """The names of its tags for indexes, in small letters, but for those behind its first link."""
    social_title: str = ""
    """What it is called where it is shared."""
    classes: Counter[str] = field(default_factory=Counter)
    """How many elements have one of the classes that are known here."""
    elements: int = 0
    """How many it has, up to where it was read."""
    is_deep: bool = False
    """Whether some are inside too many others: it was read no further."""
    lists_articles: bool = False
    """Whether it has the definition list of arXiv's listings."""


class _Target:
    """Takes what the parser finds, and keeps the signs."""

    def __init__(self) -> None:
        self.signs = PageSigns()
        self._depth = 0
        self._metas: set[str] = set()
        self._open: Counter[str] = Counter()
        self._title: list[str] | None = None
        self._linked = self._papers = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._open[tag] += 1
        signs = self.signs
        signs.elements += 1
        signs.is_deep |= self._depth > DEEPEST
        if tag == "title" and self._title is None and not self._open["svg"]:
            self._title = []
        elif tag == "meta":
            self._take_meta(attributes)
        elif tag == "a":
            self._take_link(attributes)
        elif tag == "dl":
            signs.lists_articles |= attributes.get("id") == "articles"
        if not self._papers:
            address = attributes.get("src") or attributes.get("href") or ""
            built = tag in ("script", "link") and _SCRIPTS in address
            signs.hydrated |= built or attributes.get("data-target") in _PARTS
        if (known := attributes.get("class")) and not _CLASSES.isdisjoint(names := known.split()):
            signs.classes.update(_CLASSES.intersection(names))

    def _take_meta(self, attributes: dict[str, str]) -> None:
        name = (attributes.get("name") or attributes.get("property") or "").lower()
        if name and not self._linked:
            self._metas.add(name)
        if name in ("og:title", "twitter:title") and not self.signs.social_title:
            self.signs.social_title = attributes.get("content") or ""

    def _take_link(self, attributes: dict[str, str]) -> None:
        self._linked = True
        address = attributes.get("href") or ""
        self._papers = self._papers or _PAPER.search(address) is not None
        inside = self._open["article"] > 0 and any(self._open[name] for name in _HEADINGS)
        if inside and _CARD.search(address):
            self.signs.cards += 1

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._open[tag] -= 1
        if tag == "title" and self._title is not None and not self.signs.title:
            self.signs.title = " ".join("".join(self._title).split())[:_LONGEST_TITLE]

    def data(self, text: str) -> None:
        if self._title is not None and not self.signs.title and self._open["title"] > 0:
            self._title.append(text[:_LONGEST_TITLE])

    def close(self) -> PageSigns:
        self.signs.metas = frozenset(self._metas)
        return self.signs


def read_signs(text: str) -> PageSigns:
    """Read a page's signs, as far as its elements are not too deep or too many."""
    target = _Target()
    signs = target.signs
    hand_over(text, target, lambda: signs.elements <= MOST_ELEMENTS and not signs.is_deep)
    return target.close()

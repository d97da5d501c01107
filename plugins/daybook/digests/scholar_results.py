"""What Google Scholar's pages say of each paper: a search's results and a person's own list.

The classes are those of the pages themselves. What leads back to Scholar is no page of a paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import Tag

from .wording import one_line

RESULT, LISTED = "gs_ri", "gsc_a_tr"
"""The classes of a result of a search and of a row of a person's list."""
_KIND = re.compile("gs_ct[a-z0-9]*")
"""'[PDF]', '[BOOK]', '[CITATION]' before a title."""
_OWN = re.compile(r"(?:https?://scholar\.google\.[a-z.]+)?/|javascript:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one paper."""

    title: str
    byline: str
    """Names, a venue and a year: 'H Hu, Q Chen - Journal of Looms, 2019'."""
    snippet: str = ""
    urls: tuple[str, ...] = ()
    """The title's address, and those of copies."""


def results(soup: Tag) -> Iterator[Said]:
    """Give what a page of results or a person's list says, in its order."""
    for item in soup.find_all("div", class_=RESULT):
        heading = item.find(class_="gs_rt")
        if not isinstance(heading, Tag):
            yield Said("", "")
            continue
        for kind in heading.find_all("span", class_=_KIND):
            kind.extract()
        copies = item.parent.find(class_="gs_or_ggsm") if item.parent else None
        yield Said(
            one_line(heading.get_text()),
            _words(item, "gs_a"),
            _words(item, "gs_rs"),
            (*_urls(heading), *(_urls(copies) if isinstance(copies, Tag) else ())),
        )
    for row in soup.find_all("tr", class_=LISTED):
        grey = [_text(part) for part in row.find_all(class_="gs_gray")]
        names, venue = [*grey, "", ""][:2]
        year = _words(row, "gsc_a_h")
        venue = venue if not year or venue.endswith(year) else f"{venue}, {year}".lstrip(" ,")
        yield Said(_words(row, "gsc_a_at"), f"{names} - {venue}")


def _words(item: Tag, name: str) -> str:
    found = item.find(class_=name)
    return _text(found) if isinstance(found, Tag) else ""


def _text(tag: Tag) -> str:
    return one_line(tag.get_text().replace("\xa0", " "))


def _urls(tag: Tag) -> tuple[str, ...]:
    urls = (str(link["href"]).strip() for link in tag.find_all("a", href=True))
    return tuple(url for url in urls if _OWN.match(url) is None)

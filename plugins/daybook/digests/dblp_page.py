"""DBLP's pages of people, venues and searches: records become linked titles with labelled lines.

The classes are those of the site (https://dblp.org/pid/...); a record's addresses stand in a menu.
"""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from .addresses import clean_address
from .marks import paper_key

_YEAR = re.compile(r"(?:19|20)\d{2}")
_PREPRINTS = "CoRR"
"""What DBLP calls arXiv."""
_RECORD = "https://dblp.org/rec/"
_SPACE = re.compile(r"\s+")


def write_records(page: Tag) -> None:
    """Write the records of a page as the items of a list."""
    for cited in page.find_all("cite", class_="data"):
        item = cited.find_parent(class_="entry")
        title = cited.find(class_="title")
        if isinstance(item, Tag) and isinstance(title, Tag):
            _write(item, cited, _words(title).rstrip("."))


def _write(item: Tag, cited: Tag, title: str) -> None:
    people = [_words(tag) for tag in cited.find_all(itemprop="author")]
    venue = next((_words(tag) for tag in cited.find_all(itemprop="isPartOf")), "")
    year = next((_words(tag) for tag in cited.find_all(itemprop="datePublished")), "")
    url = _address(item)
    new = BeautifulSoup("", "lxml").new_tag
    item.clear()
    heading = new("a", href=url) if url else new("b")
    heading.string = title
    item.append(heading)
    said = {
        "Authors": ", ".join(filter(None, people)),
        "Venue": f"{venue} {year}".strip() if venue and venue != _PREPRINTS else "",
        "Published": year if _YEAR.fullmatch(year) else "",
    }
    for name, text in said.items():
        if text:
            item.append(new("br"))
            item.append(f"{name}: {text}")


def _address(item: Tag) -> str | None:
    """Give where a record's paper is, and if that is not known, the record's own page."""
    urls = [clean_address(str(a["href"])) for a in item.find_all("a", href=True)]
    own = next((url for url in urls if paper_key(url) and not url.startswith(_RECORD)), None)
    name = item.get("id")
    return own or (f"{_RECORD}{name}" if isinstance(name, str) and "/" in name else None)


def _words(tag: Tag) -> str:
    return _SPACE.sub(" ", tag.get_text(" ")).strip()

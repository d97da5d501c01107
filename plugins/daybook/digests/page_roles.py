"""Titles and people that a page's classes name: they become headings and a line under a label.

Publishers' and people's own pages call them so ('title', 'paper-title', 'authors', 'author-list')
where no other mark tells them from the lines around them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from bs4 import NavigableString, Tag

from .html_tables import is_data
from .marks import paper_key
from .wording import one_line

_TITLE = re.compile(
    r"(?:(?:paper|article|publication|pub|docsum|citation|bookmark|entry|item)[-_]?)?title",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"(?:[\w-]{0,30}[-_])?(?:authors|creators)(?:[-_](?:list|names|text))?"
    r"|(?:[\w-]{0,30}[-_])?author[-_]?list|loa",
    re.IGNORECASE,
)
_KINDS = ("p", "div", "span", "a", "ul", "ol", "i", "em", "b", "strong", "small", "cite")
_HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
_LEVEL = "h6"
_LONGEST_TITLE, _LONGEST_PEOPLE = 400, 10_000
_FEWEST = 2
"""Elements of a class that make it one of a list."""
_SHORT = re.compile("short-(?:authors|citation|journal-citation)")
"""What PubMed shows on small screens in the place of the whole."""
_PART = re.compile("citation-part|docsum-journal-citation|free-resources")
_RECORD = re.compile("bib(?:tex|ref|entry)", re.IGNORECASE)
_ITS_TITLE = re.compile(r"\btitle\s{0,9}=\s{0,9}[{\"]([^{}\"\n]{3,400})[}\"],?\s*\n")
_SIGNS = re.compile(r"\A\s*[;,:|·]\s*")
_SPACE = re.compile(r"\s+")
_ITEMS = ["li", "dd"]


def write_roles(page: Tag) -> None:
    """Make headings of what the classes of a list call titles, and labelled lines of its people."""
    for tag in page.find_all(class_=_SHORT):
        tag.decompose()
    for tag in page.find_all(class_=_PART):
        tag.insert_before(" ")  # As the page's style sheet has it.
    _leave_out_records(page)
    _write_searches(page)
    classed = page.find_all(_KINDS, class_=True)
    titles = list(_called(classed, _TITLE, _LONGEST_TITLE))
    people = list(_called(classed, _PEOPLE, _LONGEST_PEOPLE))
    for tag in people:
        if tag.find(_HEADINGS) is None and tag.find_parent(_people_above) is None:
            _write_people(tag)
    for tag in titles:
        within = tag.find_parent([*_HEADINGS, "button", "nav"])
        if within is not None or tag.find(_HEADINGS) is not None:
            continue
        if tag.name == "a":
            tag.wrap(Tag(name=_LEVEL))
        else:
            tag.name = _LEVEL


def _leave_out_records(page: Tag) -> None:
    """Leave out the records in BibTeX that a page has beside papers to which it links."""
    boxes = [
        tag
        for tag in page.find_all(class_=_RECORD)
        if tag.get_text().lstrip().startswith("@") and tag.find("a", href=True) is None
    ]
    links = {a["href"] for a in page.find_all("a", href=True)} if boxes else set()
    if len(boxes) <= sum(paper_key(str(href)) is not None for href in links):
        for tag in boxes:
            tag.decompose()
        return
    shown = {one_line(a.get_text()) for a in page.find_all("a", href=True)}
    for tag in boxes:
        title = _ITS_TITLE.search(tag.get_text())
        if title and one_line(title[1]) in shown:
            tag.decompose()


def _write_searches(page: Tag) -> None:
    """Write the people that CVF's pages have in a form for each, to find their papers by."""
    for cell in page.find_all("dd"):
        asked = cell.find_all("input", attrs={"name": "query_author"})
        if asked:
            cell.string = "Authors: " + ", ".join(str(one.get("value", "")) for one in asked)


def _called(tags: Iterable[Tag], names: re.Pattern[str], longest: int) -> Iterator[Tag]:
    """Give the elements with a class that is called so, where several have the same."""
    found = [(tag, name) for tag in tags if (name := _class(tag, names))]
    counts = Counter((tag.name, name) for tag, name in found)
    for tag, name in found:
        if counts[tag.name, name] < _FEWEST:
            continue
        length = len(tag.get_text())
        table = tag.find_parent("table")
        if 3 < length < longest and not (table is not None and is_data(table)):
            yield tag


def _class(tag: Tag, names: re.Pattern[str]) -> str | None:
    return next((n for n in tag.get_attribute_list("class") if n and names.fullmatch(n)), None)


def _people_above(tag: Tag) -> bool:
    return _class(tag, _PEOPLE) is not None


def _links(tag: Tag) -> list[Tag]:
    """Give the links that are all of a text without a sign between people."""
    links = tag.find_all("a")
    words = "".join(link.get_text() for link in links)
    return links if len(words) == len(tag.get_text().strip()) else []


def _write_people(tag: Tag) -> None:
    items = tag.find_all(_ITEMS) or _links(tag) or [tag]
    names = (_SPACE.sub(" ", item.get_text(" ")).strip(" ,;") for item in items)
    text = ", ".join(name for name in names if name).replace(" ,", ",").replace(" ;", ";")
    if text:
        tag.name = "p"
        behind = tag.next_sibling
        if isinstance(behind, NavigableString):
            behind.replace_with(_SIGNS.sub("", str(behind), count=1))
        tag.string = text if text.lower().startswith(("author", "by ")) else f"Authors: {text}"

"""arXiv's pages saved as HTML: listings (new, recent, by month), search results.

Listings are definition lists, a ``dt`` with the identifier and a ``dd`` with the rest, under
headings that name a day or a kind of announcement (templates of
https://github.com/arXiv/arxiv-browse). A recent listing is a digest for each of its days, a
month's has the month for its date; a search's answer has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from bs4 import Tag

from ..errors import MalformedDigestError, Refusal
from ..records import Entry, PartialDate
from .claims import Claim, Fit
from .days import MONTHS, read_day, read_moment
from .document import Document
from .draft import Draft
from .html_tree import parse_html, tell_torn_texts
from .identifiers import doubtful_id, read_arxiv, read_doi
from .lines import Lines
from .people import split_names
from .remarks import links_in
from .tex import read_tex
from .wording import one_line, paragraphs

_LISTED = ("list-title", "arxiv-result")
"""Classes of a listing's titles and of a search's answers."""
_ABSTRACT_PAGE = re.compile(r"/abs/(.+)")
_VERSION = re.compile(r"/html/[^/\s]+?v([1-9]\d?)\Z")
_DAY = re.compile(r"\b(\d{1,2}) ([A-Z][a-z]{2,8})\.? (\d{4}|\d{2})\b", re.ASCII)
_MONTH = re.compile(r"\b(?:for|in) ([A-Z][a-z]{2,8}) (\d{4})\s*\Z", re.ASCII)
_GROUPS = (("replace", "Replacements"), ("cross", "Cross-lists"), ("new sub", "New submissions"))
_CATEGORY = re.compile(r"\(([a-z-]+(?:\.[A-Za-z-]{2,})?)\)")
_DESCRIPTOR = re.compile(
    r"(?:(?<!\s)\s+)?(?:Title|Authors?|Comments?|Journal-ref|Subjects?|Abstract)\s*:\s*"
)
_SUBMITTED = re.compile(r"Submitted\s+(\d{1,2} [A-Z][a-z]+,? \d{4})")
_FIRST_SUBMITTED = re.compile(r"v1\s+submitted\s+(\d{1,2} [A-Z][a-z]+,? \d{4})")


def accepts(document: Document) -> Claim | None:
    """Claim a page with a listing's own list, or with its or a search's titles."""
    text = document.text
    if not any(mark in text for mark in (*_LISTED, "articles")):
        return None
    page = document.page
    papers = sum(page.classes[name] for name in _LISTED)
    if page.lists_articles or papers > 1:
        return Claim()
    return Claim(Fit.LIKELY) if papers else None


def read(document: Document) -> Iterable[Draft]:
    """Read a listing as one digest, or as one for each of its days.

    Raises:
        MalformedDigestError: for a page that lists nothing.
    """
    soup = parse_html(document)
    page = _Page(document)
    for tag in soup.find_all(["h1", "h2", "h3", "dt", "dd", "li"]):
        if tag.name in ("h1", "h2", "h3"):
            page.take_heading(one_line(tag.get_text(" ")))
        elif tag.name == "dt":
            page.take_term(tag)
        elif tag.name == "dd":
            page.take_details(tag)
        elif "arxiv-result" in (tag.get("class") or []):
            page.take_result(tag)
    page.close_term()
    page.refusals += tell_torn_texts(document, soup)
    drafts = [day for day in page.days if day.entries]
    if not drafts:
        raise MalformedDigestError(
            document.path, "expected arXiv's listing, found no paper in it.", hint="Save it again."
        )
    for day in drafts:
        yield Draft(
            day.entries, stated=day.date, refusals=page.refusals if day is drafts[0] else ()
        )


@dataclass(slots=True)
class _Day:
    date: PartialDate | None = None
    entries: list[Entry] = field(default_factory=list)


class _Page:
    """A listing while it is being read, from tag to tag."""

    def __init__(self, document: Document) -> None:
        self.days = [_Day()]
        self.refusals: list[Refusal] = []
        self._document = document
        self._lines = Lines(document.text)
        self._group: str | None = None
        self._term: Tag | None = None

    def take_heading(self, text: str) -> None:
        """Take a heading for the day, the month or the group that it names."""
        self.close_term()
        lowered = text.lower()
        group = next((name for word, name in _GROUPS if lowered.startswith(word)), None)
        self._group = group
        date = _day_in(text) or _month_in(text)
        if date is None or date == self.days[-1].date:
            return
        # 'Cross-lists for Fri, 17 Mar 23' repeats the listing's day; a day alone begins another.
        if self.days[-1].date is None and not self.days[-1].entries:
            self.days[-1].date = date
        elif group is None:
            self.days.append(_Day(date))

    def take_term(self, term: Tag) -> None:
        """Take the first half of a paper, if it links to one."""
        self.close_term()
        if term.find("a", href=_ABSTRACT_PAGE) is not None:
            self._term = term

    def take_details(self, details: Tag) -> None:
        """Take the second half of a paper."""
        term, self._term = self._term, None
        if term is not None:
            self._add(_listed(term, details, self._group), term)
        elif words := _part(details, "list-title"):
            message = f"expected an identifier before the title, found none: {words[:60]!r}."
            path, line = self._document.path, self._lines.find(words[:60])
            self.refusals.append(Refusal(path, line, message, "Save the page again."))

    def take_result(self, result: Tag) -> None:
        """Take one answer of a search."""
        self._add(_result(result), result)

    def close_term(self) -> None:
        """Refuse a paper whose second half is missing."""
        term, self._term = self._term, None
        if term is not None:
            self._refuse(term)

    def _add(self, entry: Entry | None, tag: Tag) -> None:
        if entry is None:
            self._refuse(tag)
            return
        day = self.days[-1]
        whole = day.date if day.date and day.date.day else None
        listed = whole if entry.published is None else None
        place, line = len(day.entries) + 1, self._line_of(tag)
        day.entries.append(replace(entry, position=place, line=line, submitted=listed))
        link = tag.find("a", href=_ABSTRACT_PAGE)
        stated = _ABSTRACT_PAGE.search(str(link["href"])) if isinstance(link, Tag) else None
        told = [stated[1]] if stated else []
        self.refusals += doubtful_id(self._document.path, line, day.entries[-1], told)

    def _refuse(self, tag: Tag) -> None:
        found = one_line(tag.get_text(" "))[:60]
        message = f"expected an identifier and a title, found {found!r}."
        path, line = self._document.path, self._line_of(tag)
        self.refusals.append(Refusal(path, line, message, "Save the page again."))

    def _line_of(self, tag: Tag) -> int | None:
        """Give the line of the paper's first link: the parser does not know it."""
        link = tag.find("a", href=_ABSTRACT_PAGE)
        href = str(link["href"]) if isinstance(link, Tag) else ""
        return self._lines.find(href)


def _listed(term: Tag, details: Tag, group: str | None) -> Entry | None:
    link = term.find("a", href=_ABSTRACT_PAGE)
    identifier = _identifier(link)
    title = _part(details, "list-title")
    if not title:
        return None
    words = one_line(term.get_text(" ")).lower()
    page = term.find("a", href=_VERSION)  # The link to its HTML names the version.
    told = _VERSION.search(str(page["href"])) if isinstance(page, Tag) else None
    if "(replaced" in words:
        group = "Replacements"
    elif "(cross-list" in words:
        group = group or "Cross-lists"
    abstract = details.find("p")
    subjects = details.find(class_="list-subjects")
    return Entry(
        position=0,
        title=read_tex(title),
        abstract=_text(abstract),
        authors=_authors(details.find(class_="list-authors")),
        arxiv=identifier[0] if identifier else None,
        arxiv_version=(identifier[1] if identifier else None) or (int(told[1]) if told else None),
        venue=read_tex(_part(details, "list-journal-ref")) or None,
        remark=read_tex(_part(details, "list-comments")) or None,
        categories=tuple(_categories(subjects.get_text(" "))) if isinstance(subjects, Tag) else (),
        links=tuple(dict.fromkeys(links_in(_part(details, "list-comments")))),
        group=group,
    )


def _result(result: Tag) -> Entry | None:
    """Read one answer of https://arxiv.org/search."""
    link = result.find("a", href=_ABSTRACT_PAGE)
    identifier = _identifier(link)
    title = result.find("p", class_="title")
    if not isinstance(title, Tag) or not title.get_text(strip=True):
        return None
    full = result.find(class_="abstract-full") or result.find(class_="abstract-short")
    for more in full.find_all("a") if isinstance(full, Tag) else []:
        if more.find(True) is None:  # else it has no end, and what follows stands in it
            more.decompose()  # 'Less', which folds the abstract.
    words = one_line(result.get_text(" "))
    day = _FIRST_SUBMITTED.search(words) or _SUBMITTED.search(words)
    published = read_day(day[1].replace(",", "")) if day else None
    tags = [tag.get_text(strip=True) for tag in result.find_all("span", class_="tag")]
    doi = next((found for text in tags if (found := read_doi(text))), None)
    return Entry(
        position=0,
        title=read_tex(one_line(title.get_text())),
        abstract=_text(full),
        authors=_authors(result.find(class_="authors")),
        published=published if isinstance(published, PartialDate) else None,
        arxiv=identifier[0] if identifier else None,
        arxiv_version=identifier[1] if identifier else None,
        doi=None if doi and doi.startswith("10.48550/arxiv") else doi,
        categories=tuple(_categories(" ".join(f"({text})" for text in tags))),
    )


def _identifier(link: object) -> tuple[str, int | None] | None:
    found = _ABSTRACT_PAGE.search(str(link["href"])) if isinstance(link, Tag) else None
    return read_arxiv(found[1]) if found else None


def _part(details: Tag, name: str) -> str:
    part = details.find(class_=name)
    return _DESCRIPTOR.sub("", one_line(part.get_text()), count=1) if isinstance(part, Tag) else ""


def _text(tag: object) -> str | None:
    if not isinstance(tag, Tag):
        return None
    text = _DESCRIPTOR.sub("", tag.get_text().strip(), count=1)
    return paragraphs(read_tex(re.sub(r"\n[ \t]+", "\n", text)))  # The page's own indentation.


def _authors(tag: object) -> tuple[str, ...] | None:
    if not isinstance(tag, Tag):
        return None
    links = [one_line(link.get_text()) for link in tag.find_all("a")]
    text = one_line(tag.get_text())
    if not links:
        return split_names(read_tex(_DESCRIPTOR.sub("", text, count=1)))
    if re.search(r"\bet al\b|\(\d+ additional authors|\bauthors not shown", text):
        return None  # Some are not shown: whoever is listed is not all.
    return tuple(read_tex(name) for name in links if name) or None


def _categories(text: str) -> Iterator[str]:
    yield from dict.fromkeys(_CATEGORY.findall(text))


def _day_in(text: str) -> PartialDate | None:
    match = _DAY.search(text)
    if match is None:
        return None
    year = match[3] if len(match[3]) == 4 else f"20{match[3]}"
    return read_moment(f"{match[1]} {match[2]} {year}")


def _month_in(text: str) -> PartialDate | None:
    match = _MONTH.search(text)
    month = MONTHS.get(match[1].lower()) if match else None
    return PartialDate(int(match[2]), month) if match and month else None

"""The page of one paper with the tags that scholarly indexes read: arXiv's, publishers', journals'.

``citation_title``, ``citation_author`` and so on, as
https://scholar.google.com/intl/en/scholar/inclusion.html#indexing describes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4 import BeautifulSoup, SoupStrainer, Tag

from ..errors import MalformedDigestError, Refusal
from ..records import Entry, Link, PartialDate
from .days import find_day
from .document import Document
from .doubtful_dates import doubtful_date
from .draft import Draft
from .html_tree import parse_html
from .identifiers import doubtful_doi, doubtful_id, read_arxiv, read_doi, read_url
from .people import forename_first
from .tex import read_tex
from .wording import one_line, paragraphs

_VENUES = ("citation_journal_title", "citation_conference_title", "citation_conference")
_DATES = ("citation_publication_date", "citation_date", "citation_online_date", "citation_year")
_IDS = ("citation_arxiv_id", "citation_pdf_url", "og:url", "citation_abstract_html_url")
_ABSTRACTS = ("citation_abstract", "dc.description", "og:description")
_HEAD = re.compile(r"<head\b", re.IGNORECASE)
_BODY = re.compile(r"</head\b|<body\b", re.IGNORECASE)
_END = re.compile(r"</(?:html|body)\b", re.IGNORECASE)
_ABSTRACT = re.compile(r"<blockquote\b[^<>]*\babstract", re.IGNORECASE)


def accepts(document: Document) -> bool:
    """Accept a page that has a citation's title before its first link."""
    return "citation_title" in document.text and "citation_title" in document.page.metas


def read(document: Document) -> Iterable[Draft]:
    """Read the page as a digest of one paper.

    Raises:
        MalformedDigestError: for a page whose title is empty, or that is cut off before its body.
    """
    if _HEAD.search(document.text) and not _BODY.search(document.text):
        raise MalformedDigestError(
            document.path,
            "the page is cut off in its head, where it says what its paper is.",
            line=document.text.count("\n") + 1,
            hint="Save it again.",
        )
    told: dict[str, list[str]] = {}
    soup = parse_html(document, SoupStrainer(["meta", "blockquote"]))
    for tag in soup.find_all("meta"):
        name, content = tag.get("name") or tag.get("property"), tag.get("content")
        if name and content and str(content).strip():
            told.setdefault(str(name).lower(), []).append(str(content).strip())

    def first(*names: str) -> str:
        return next((told[name][0] for name in names if name in told), "")

    title = read_tex(one_line(first("citation_title")))
    if not title:
        raise MalformedDigestError(
            document.path, "expected a paper's page, found one without a title.", hint="Save again."
        )
    arxiv = next((found for text in _all(told, _IDS) if (found := read_arxiv(text))), None)
    doi = read_doi(first("citation_doi", "dc.identifier"))
    published = find_day(first(*_DATES), year_alone=True)
    pdf = read_url(first("citation_pdf_url"))
    entry = Entry(
        position=1,
        title=title,
        abstract=_abstract(soup, document.text, first(*_ABSTRACTS)),
        authors=_authors(told),
        published=published if isinstance(published, PartialDate) else None,
        arxiv=arxiv[0] if arxiv else None,
        doi=None if doi and doi.startswith("10.48550/arxiv") else doi,
        venue=one_line(first(*_VENUES)) or None,
        keywords=tuple(told.get("citation_keywords", ())),
        links=(Link("pdf", pdf),) if pdf and not read_arxiv(pdf) else (),
    )
    refusals = doubtful_id(document.path, None, entry, told.get("citation_arxiv_id", []))
    refusals += doubtful_doi(document.path, None, entry, told.get("citation_doi", []))
    refusals += doubtful_date(document.path, None, entry, [first(*_DATES)])
    if _HEAD.search(document.text) and not _END.search(document.text):
        refusals.append(_cut(document))
    yield Draft([entry], refusals=refusals)


def _is_cut(text: str) -> bool:
    """Whether the page ends within its abstract."""
    begun = [match.start() for match in _ABSTRACT.finditer(text)]
    return bool(begun) and "</blockquote" not in text[begun[-1] :].lower()


def _cut(document: Document) -> Refusal:
    message = "the page is cut off: of its abstract it may have only what stands in its head."
    line = document.text.count("\n") + 1
    return Refusal(document.path, line, message, "Save the page again.", fatal=False)


def _all(told: dict[str, list[str]], names: Iterable[str]) -> Iterable[str]:
    return (text for name in names for text in told.get(name, ()))


def _authors(told: dict[str, list[str]]) -> tuple[str, ...] | None:
    names = told.get("citation_author") or [
        name for text in told.get("citation_authors", ()) for name in text.split(";")
    ]
    return tuple(read_tex(forename_first(name), braces=True) for name in names if name) or None


def _abstract(soup: BeautifulSoup, page: str, told: str) -> str | None:
    quoted = None if _is_cut(page) else soup.find("blockquote", class_="abstract")
    text = quoted.get_text() if isinstance(quoted, Tag) else told
    return paragraphs(read_tex(text.strip().removeprefix("Abstract:").strip()))

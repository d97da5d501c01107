"""What a paper's page tells machines: ``citation_*`` tags, schema.org, Open Graph."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from ..records import Paper, PartialDate
from .outward import arxiv_page, arxiv_pdf, doi_page, safe_url
from .rendering import json_for_script
from .views import Named, Page

Tags = tuple[tuple[str, str], ...]


def citation_tags(paper: Paper, page: str | None) -> Tags:
    """Give the tags that Google Scholar and Zotero read; none without an author and a date.

    See https://scholar.google.com/intl/en/scholar/inclusion.html#indexing and Zotero's translator
    'Embedded Metadata'. `page` is the absolute address of the paper's page.
    """
    authors = [name for name in paper.authors or () if name.strip()]
    if not authors or paper.published is None:
        return ()
    tags: list[tuple[str, str | None]] = [
        ("title", paper.title),
        *(("author", name) for name in authors),
        ("publication_date", _slashed(paper.published)),
        ("conference_title", paper.venue),
        ("arxiv_id", paper.arxiv),
        ("doi", paper.doi),
        ("pdf_url", _pdf(paper)),
        ("abstract_html_url", page),
    ]
    return tuple((f"citation_{name}", value) for name, value in tags if value)


def _slashed(date: PartialDate) -> str:
    return str(date).replace("-", "/")


def _pdf(paper: Paper) -> str | None:
    if paper.arxiv and (url := arxiv_pdf(paper.arxiv)):
        return url
    pdfs = (safe_url(link.url) for link in paper.links if link.kind == "pdf")
    return next(filter(None, pdfs), None)


def scholarly_article(paper: Paper, page: str | None, topics: Iterable[Named]) -> Markup:
    """Describe the paper as https://schema.org/ScholarlyArticle, in JSON for a script element."""
    elsewhere = [
        paper.arxiv and arxiv_page(paper.arxiv),
        paper.doi and doi_page(paper.doi),
    ]
    facts: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": paper.title,
        "author": [{"@type": "Person", "name": name} for name in paper.authors or ()],
        "datePublished": paper.published and str(paper.published),
        "about": [topic.name for topic in topics],
        "keywords": list(paper.keywords),
        "publication": paper.venue and {"@type": "PublicationEvent", "name": paper.venue},
        "identifier": [
            {"@type": "PropertyValue", "propertyID": scheme, "value": value}
            for scheme, value in (("arXiv", paper.arxiv), ("DOI", paper.doi))
            if value
        ],
        "sameAs": [address for address in elsewhere if address],
        "url": page,
    }
    return json_for_script({name: value for name, value in facts.items() if value})


def open_graph(paper: Paper, page: Page, site: str, topics: Iterable[Named]) -> Tags:
    """Give what link previews show; see https://ogp.me/#type_article."""
    tags: list[tuple[str, str | None]] = [
        ("og:type", "article"),
        ("og:site_name", site),
        ("og:title", paper.title),
        ("og:description", page.description),
        ("og:url", page.canonical),
        ("article:published_time", str(paper.published) if paper.published else None),
        *(("article:tag", topic.name) for topic in topics),
    ]
    return tuple((name, value) for name, value in tags if value)

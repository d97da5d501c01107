"""What a paper's page tells machines: ``citation_*`` tags, schema.org, Open Graph."""

from __future__ import annotations

from markupsafe import Markup

from ..records import Paper, PartialDate
from .bibtex import MOST_AUTHORS
from .outward import arxiv_pdf, safe_url
from .rendering import json_for_script, meta_tags
from .views import Page

MOST_TAGS = 5000
"""Hardly a paper has more authors; the page itself names them all the same."""


def head_tags(paper: Paper, page: Page) -> Markup:
    """Give the tags that Google Scholar, Zotero and link previews read, as ``<meta>`` elements.

    The ``citation_*`` tags stand only where an author and a date are known. See
    https://scholar.google.com/intl/en/scholar/inclusion.html#indexing, Zotero's translator
    'Embedded Metadata', and https://ogp.me/#type_article. A title that both want is written once,
    and the description and ``og:url``, a property of the canonical link, are `base.html`'s. Each
    author has a tag, up to `MOST_TAGS` of them.
    """
    tags: list[tuple[str, str | None]] = [
        ("property=og:type", "article"),
    ]
    authors = [name for name in paper.authors or () if name.strip()][:MOST_TAGS]
    if authors and paper.published is not None:
        tags += [
            ("name=citation_title property=og:title", page.title),
            *(("name=citation_author", name) for name in authors),
            ("name=citation_publication_date", _slashed(paper.published)),
            ("name=citation_conference_title", paper.venue),
            ("name=citation_arxiv_id", paper.arxiv),
            ("name=citation_doi", paper.doi),
            ("name=citation_pdf_url", _pdf(paper)),
        ]
    else:
        tags.append(("property=og:title", page.title))
    return meta_tags((own, value) for own, value in tags if value)


def _slashed(date: PartialDate) -> str:
    return str(date).replace("-", "/")


def _pdf(paper: Paper) -> str | None:
    if paper.arxiv and (url := arxiv_pdf(paper.arxiv)):
        return url
    pdfs = (safe_url(link.url) for link in paper.links if link.kind == "pdf")
    return next(filter(None, pdfs), None)


def scholarly_article(paper: Paper, title: str, *, brief: bool = False) -> Markup:
    """Describe the paper as https://schema.org/ScholarlyArticle, in JSON for a script element.

    Its own address is the page's: `base.html` has said which. Authors are their names, since every
    byte is on every page; venue and identifiers are in the ``citation_*`` tags, and so are authors,
    whom a `brief` description leaves to those tags.
    """
    tagged = brief and paper.published is not None
    facts: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": title,
        "author": [] if tagged else list((paper.authors or ())[:MOST_AUTHORS]),
        "datePublished": paper.published and str(paper.published),
        "keywords": list(paper.keywords),
    }
    return json_for_script({name: value for name, value in facts.items() if value})

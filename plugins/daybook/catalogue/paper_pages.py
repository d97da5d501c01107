"""A paper's page, and the BibTeX file beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..records import Paper
from . import addresses
from .bibtex import bibtex
from .machine_facts import citation_tags, open_graph, scholarly_article
from .outward import outward_links
from .rendering import Press, markdown_to_html, text_to_html
from .shelves import Shelves
from .views import DateView, Named, Page, PaperDigest, PaperView, Site
from .wording import DESCRIPTION_LENGTH, counted, date_in_words, date_view, excerpt


def paper_pages(shelves: Shelves, press: Press) -> Iterator[tuple[str, bytes]]:
    """Give every paper's page and BibTeX, newest first."""
    papers = shelves.papers
    for place, paper in enumerate(papers):
        newer = _link(papers[place - 1]) if place else None
        older = _link(papers[place + 1]) if place + 1 < len(papers) else None
        url = addresses.paper(paper.slug)
        page = press.page("paper", paper.title, url, _description(paper))
        view = replace(paper_view(paper, shelves, page, press.site), previous=older, next=newer)
        yield press.print("paper.html", page, paper=view)
        yield view.bibtex_url, view.bibtex.encode()


def paper_view(paper: Paper, shelves: Shelves, page: Page, site: Site) -> PaperView:
    """Gather what a paper's page shows, but for its neighbours."""
    topics = shelves.topics_of(paper)
    digests = shelves.appearances(paper)
    return PaperView(
        title=paper.title,
        url=page.url,
        authors=shelves.people.printed(paper),
        author_count=paper.author_count if paper.authors is None else len(paper.authors),
        published=date_view(paper.published),
        first_seen=_first_seen(digests),
        topics=topics,
        abstract=text_to_html(paper.abstract),
        blurb=text_to_html(paper.blurb),
        ai_summary=text_to_html(paper.ai_summary),
        notes=markdown_to_html(paper.notes),
        venue=paper.venue,
        organization=paper.organization,
        submitter=paper.submitter,
        categories=paper.categories,
        keywords=paper.keywords,
        upvotes=paper.upvotes,
        comments=paper.comments,
        links=outward_links(paper),
        arxiv=paper.arxiv,
        doi=paper.doi,
        digests=digests,
        bibtex=bibtex(paper, page.canonical),
        bibtex_url=addresses.bibtex(paper.slug),
        meta=citation_tags(paper, page.canonical),
        open_graph=open_graph(paper, page, site.name, topics),
        json_ld=scholarly_article(paper, page.canonical, topics),
    )


def _first_seen(digests: tuple[PaperDigest, ...]) -> DateView | None:
    """Give the date of the first dated digest; dated ones stand first, by date."""
    return digests[0].date if digests else None


def _link(paper: Paper) -> Named:
    return Named(paper.title, addresses.paper(paper.slug))


def _description(paper: Paper) -> str:
    """Say in a line what the page is about: its abstract's beginning, or what else is known."""
    if text := excerpt(paper.abstract or paper.blurb, DESCRIPTION_LENGTH):
        return text
    parts = ["A paper"]
    if paper.authors:
        more = len(paper.authors) - 1
        parts.append(f"by {paper.authors[0]}" + (f" and {more} more" if more else ""))
    elif paper.author_count:
        parts.append(f"by {counted(paper.author_count, 'author')}")
    if paper.published:
        parts.append(f"of {date_in_words(paper.published)}")
    return " ".join(parts) + "."

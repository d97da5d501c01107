"""A paper's page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from markupsafe import Markup

from ..drafts import Draft, File
from ..records import Paper
from . import addresses
from .bibtex import bibtex
from .languages import in_language
from .machine_facts import head_tags, scholarly_article
from .outward import outward_links
from .rendering import Press, markdown_to_html, text_to_html
from .shelves import Shelves
from .stamps import Stamps
from .views import DateView, Named, Page, PaperDigest, PaperView
from .wording import DESCRIPTION_LENGTH, counted, date_view, excerpt

Beside = tuple[Named | None, Named | None]
"""The papers before and after."""
_NEIGHBOUR = 70
"""Characters of the titles of the papers before and after."""
_SHORT = 40
"""The same, and of related papers' titles, where a page has no room for more."""
_MOST_BYTES, _MOST_AUTHORS = 7000, 10
"""A page with up to so many authors has at most so many bytes besides its abstract, if leaving out
what is said elsewhere (`_TERSE`, `_LEAST`) makes it so."""
_MOST_LINKED = 300
"""Authors whose names lead to their pages."""
_FULL, _TERSE, _LEAST = 0, 1, 2
"""How much a page says; see `_shortened`."""


def paper_pages(shelves: Shelves, press: Press, stamps: Stamps, some: range) -> Iterator[Draft]:
    """Give every paper's page, newest first."""
    for place in some:
        paper = shelves.papers[place]
        beside = _neighbour(shelves, place - 1), _neighbour(shelves, place + 1)
        yield stamps.draft(
            addresses.paper(paper.slug),
            partial(_facts, stamps, paper, beside),
            partial(_page, shelves, press, paper, beside),
        )


def _facts(stamps: Stamps, paper: Paper, beside: Beside) -> object:
    """Give all that decides what a paper's page says."""
    return stamps.of([paper]), stamps.related(paper), beside


def _page(shelves: Shelves, press: Press, paper: Paper, beside: Beside) -> File:
    title = shelves.titles[paper.slug]
    page = press.page("paper", title, addresses.paper(paper.slug), _description(paper))
    view = paper_view(paper, shelves, page, *beside)
    file = press.print("paper.html", page, paper=view)
    if len(paper.authors or ()) <= _MOST_AUTHORS:
        room = _MOST_BYTES + len((view.abstract or "").encode())
        for way in (_TERSE, _LEAST):
            if len(file[1]) > room:
                file = press.print("paper.html", page, paper=_shortened(view, paper, page, way))
    return file


def _shortened(view: PaperView, paper: Paper, page: Page, way: int) -> PaperView:
    """Say less of other papers and in JSON-LD; at last no BibTeX, which a script makes too."""
    told = way == _LEAST and _is_citable(paper)
    return replace(
        view,
        json_ld=view.json_ld and scholarly_article(paper, page.title, brief=True),
        related=tuple(
            replace(each, title=excerpt(each.title, _SHORT) or "") for each in view.related
        ),
        previous=_short(view.previous),
        next=_short(view.next),
        bibtex=None if told else view.bibtex,
    )


def _linked(authors: tuple[Named, ...]) -> tuple[Named, ...]:
    """Link the first of very many authors alone: the index of authors links them all."""
    plain = tuple(replace(author, url=None) for author in authors[_MOST_LINKED:])
    return authors[:_MOST_LINKED] + plain


def _is_citable(paper: Paper) -> bool:
    """Tell whether a page's ``citation_*`` tags say all that BibTeX and JSON-LD would."""
    return bool(paper.authors) and paper.published is not None


def _short(named: Named | None) -> Named | None:
    return named and replace(named, name=excerpt(named.name, _SHORT) or "")


def paper_view(
    paper: Paper, shelves: Shelves, page: Page, newer: Named | None, older: Named | None
) -> PaperView:
    """Gather what a paper's page shows."""
    topics = shelves.topics_of(paper)
    digests = shelves.appearances(paper)
    short = shelves.large and _is_citable(paper)
    return PaperView(
        heading=shelves.headings[paper.slug],
        authors=_linked(shelves.people.printed(paper)),
        author_count=paper.author_count if paper.authors is None else len(paper.authors),
        published=date_view(paper.published),
        first_seen=_first_seen(digests),
        topics=topics,
        abstract=_told(paper.abstract, shelves),
        blurb=_told(paper.blurb, shelves),
        ai_summary=text_to_html(paper.ai_summary),
        withdrawn=paper.withdrawn,
        uncarried=paper.uncarried,
        notes=markdown_to_html(paper.notes),
        venue=paper.venue,
        organization=paper.organization,
        submitter=paper.submitter,
        remark=paper.remark,
        categories=paper.categories,
        keywords=paper.keywords,
        upvotes=paper.upvotes,
        comments=paper.comments,
        links=outward_links(paper),
        arxiv=paper.arxiv,
        arxiv_version=paper.arxiv_version,
        doi=paper.doi,
        digests=digests,
        bibtex=None if short else bibtex(paper, page.canonical),
        head=head_tags(paper, page),
        json_ld=None if short else scholarly_article(paper, page.title),
        related=shelves.related_to(paper),
        previous=newer,
        next=older,
        venue_url=shelves.venues.address_of(paper),
    )


def _told(text: str | None, shelves: Shelves) -> Markup | None:
    """Write a text as paragraphs, in an element that says its language if it is not the site's."""
    html = text_to_html(text)
    return html and in_language(html, text, shelves.language, "div")


def _first_seen(digests: tuple[PaperDigest, ...]) -> DateView | None:
    """Give the date of the first dated digest; dated ones stand first, by date."""
    return digests[0].date if digests else None


def _neighbour(shelves: Shelves, place: int) -> Named | None:
    """Link the paper at a place; in a large archive, where fifty share a day, it tells nothing."""
    if shelves.large or not 0 <= place < len(shelves.papers):
        return None
    slug = shelves.papers[place].slug
    return Named(excerpt(shelves.titles[slug], _NEIGHBOUR) or "", addresses.paper(slug))


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
        parts.append(f"of {paper.published.in_words}")
    return " ".join(parts) + "."

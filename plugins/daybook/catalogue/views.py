"""What templates see: small, ready-made records, so that a template only loops and tests.

Every ``url`` is relative to the site's root folder, names an ``.html`` file (or another file) and
is already percent-encoded; a template writes ``{{ page.root }}{{ x.url }}``. Every text is plain
and is escaped by the template engine, except those of type `Markup`, which one module
(`catalogue.rendering`) makes.

Nobody changes a view. They are not frozen all the same: a large site makes a million of them, and
each would take eight times as long to make.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(slots=True)
class Named:
    """Something with a page of its own, and how many papers or entries it has."""

    name: str
    url: str | None
    """``None`` where it has no page of its own."""
    count: int = 0


@dataclass(slots=True)
class DateView:
    """A date to show: human text and its machine form."""

    text: str
    """'11 March 2025', 'June 2024', '2023'."""
    machine: str
    """For ``<time datetime>``: '2025-03-11', '2024-06' or '2023'."""
    inferred: bool = False
    """True where the year was inferred: say so wherever it is shown."""


@dataclass(slots=True)
class Site:
    """The site as a whole; the same on every page."""

    name: str
    tagline: str
    language: str
    """A BCP 47 tag for ``<html lang>``."""
    url: str | None
    """The absolute address without a trailing slash; ``None`` when unset."""
    paper_count: int
    digest_count: int
    author_count: int
    topic_count: int
    menu: tuple[Named, ...]
    """The main navigation: Digests, Topics, Authors, Dates, Search, Reading list."""
    searched: bool = True
    """Whether there is a search index."""
    keeper: str | None = None
    large: bool = False
    """Whether there are so many papers that pages say only what no other page says."""
    offline: bool = False
    """Whether readers' browsers can keep the archive (see publishing/offline.py)."""
    subscribe: str | None = None
    """The address to which the subscription form posts; ``None`` for no form."""
    subscribe_field: str = "email"
    """What the form calls the reader's address."""
    form_action: str | None = None
    """`subscribe` as the security policy names it."""


@dataclass(slots=True)
class Page:
    """The page being rendered."""

    kind: str
    """``home``, ``paper``, ``topic``, ``topics``, ``author``, ``authors``, ``digest``,
    ``digests``, ``year``, ``month``, ``day``, ``dates``, ``undated``, ``search``, ``about``,
    ``not-found``, ``redirect``, ``article``."""
    title: str
    """Without the site's name."""
    url: str
    root: str
    """What leads from this page to the root folder: '', '../', '../../'; absolute on the 404
    page."""
    description: str
    canonical: str | None
    """The absolute URL of this page, where the site's address is known."""
    feed: Named | None = None
    """The Atom feed of just this page (a topic's, an author's); the archive's own feed is always
    linked as ``feeds/archive.atom.xml``."""
    bib: str | None = None
    """The BibTeX file of the whole list that the page is part of."""
    robots: str | None = None
    """Content for a robots meta tag, such as ``noindex``."""


@dataclass(slots=True)
class Frame:
    """What is the same on every page of a folder, already set."""

    head: Markup
    """The first elements of ``<head>``, the security policy before anything that loads."""
    masthead: Markup
    """The link to the content and the header, with the menu."""
    footer: Markup


@dataclass(slots=True)
class Pager:
    """A long list cut into pages."""

    number: int
    pages: int
    first: int
    """The place of the first item shown, counted from 1."""
    last: int
    total: int
    links: tuple[Named, ...]
    """The first, the last and the near pages, in order; `Named.name` is the page's number. A gap is
    a name ('…') whose URL is ``None``."""
    previous: Named | None = None
    next: Named | None = None


@dataclass(slots=True)
class Card:
    """A paper in a list."""

    title: str | Markup
    """With MathML where the title certainly holds mathematics."""
    url: str
    by: Callable[[], tuple[Named, ...]]
    """Gives `authors`: like topics and excerpt, a large archive's lists do not show them."""
    more_authors: int
    """How many authors are not in `authors` although their number is known."""
    byline: str
    """The first three authors and how many more there are; '' where nothing is known."""
    about: Callable[[], tuple[Named, ...]]
    """Gives `topics`."""
    published: DateView | None
    told: Callable[[], str | None]
    """Gives `excerpt`."""
    upvotes: int | None
    comments: int | None
    digests: int
    """In how many digests it came."""
    position: int | None = None
    """Its place in the digest being shown."""
    group: str | None = None
    """The heading in the digest being shown."""
    withdrawn: bool = False
    """Whether the keeper says that the paper was withdrawn."""
    venue: str | None = None
    arxiv: str | None = None
    doi: str | None = None
    names: tuple[str, ...] = ()
    """All authors' names, as far as a citation has them, where `authors` has fewer."""

    @property
    def authors(self) -> tuple[Named, ...]:
        """At most the first six, in printed order."""
        return self.by()

    @property
    def topics(self) -> tuple[Named, ...]:
        """Strongest first."""
        return self.about()

    @property
    def excerpt(self) -> str | None:
        """The abstract's beginning, cut at a word, at most about 280 characters."""
        return self.told()


@dataclass(slots=True)
class CardGroup:
    """A run of cards under one heading (a month of a year page, a group of a digest)."""

    heading: str | None
    anchor: str | None
    cards: Markup
    """``<li>`` elements, one a paper."""
    url: str | None = None
    numbered: bool = False
    """True where the papers have places in a digest."""


@dataclass(slots=True)
class PaperDigest:
    """A digest that carried the paper of this page."""

    name: str
    url: str
    """With the entry's anchor."""
    position: int
    of: int
    date: DateView | None
    group: str | None = None
    """The heading under which the digest lists the paper."""


@dataclass(slots=True)
class RelatedPaper:
    """Another paper that a reader of this one may open."""

    title: str
    url: str
    """From this paper's own folder: there are eight on most pages."""
    year: str
    """'' where it is not known."""
    reason: str
    """What both share: 'sparse autoencoders, circuits, by Ada King'."""


@dataclass(slots=True)
class PaperView:
    """Everything a paper's page shows."""

    heading: str | Markup
    """The title, with MathML where it certainly holds mathematics."""
    authors: tuple[Named, ...]
    author_count: int | None
    """The number to say where no names are known."""
    published: DateView | None
    first_seen: DateView | None
    """The first dated digest that carried it."""
    topics: tuple[Named, ...]
    abstract: Markup | None
    """``<p>`` elements."""
    blurb: Markup | None
    ai_summary: Markup | None
    withdrawn: str | None
    """What the keeper says of its withdrawal; '' where nothing but that it was."""
    uncarried: bool
    """True where digests carried it once and none does any more."""
    notes: Markup | None
    """The keeper's notes, sanitized HTML whose headings begin at ``<h2>``."""
    venue: str | None
    organization: str | None
    submitter: str | None
    remark: str | None
    categories: tuple[str, ...]
    keywords: tuple[str, ...]
    upvotes: int | None
    comments: int | None
    links: tuple[Named, ...]
    """Outward links in order: arXiv, PDF, Hugging Face, DOI, code, project, ... ; `Named.url` is
    absolute. Write them with ``rel="noopener noreferrer"``."""
    arxiv: str | None
    arxiv_version: int | None
    """The newest version that a digest named."""
    doi: str | None
    digests: tuple[PaperDigest, ...]
    bibtex: str | None
    """``None`` in a large archive, or without room for it: the page's script makes the same."""
    head: Markup
    """``<meta>`` elements: ``citation_*``, ``og:*`` and ``article:*``."""
    json_ld: Markup | None
    """schema.org ScholarlyArticle, safe inside a script element; ``None`` where, in a large
    archive, `head` says all of it."""
    related: tuple[RelatedPaper, ...] = ()
    previous: Named | None = None
    """The paper before it in the archive's order of publication."""
    next: Named | None = None
    venue_url: str | None = None
    """The page of what its venue published in that year, or ever."""


@dataclass(slots=True)
class DigestView:
    """A digest, in a list of digests or as the head of its own page."""

    name: str
    url: str
    date: DateView | None
    not_before: DateView | None
    dated_by: str | None
    """``sidecar``, ``file``, ``file name``, ``heading`` or ``inferred``."""
    count: int
    format: str
    """The format's name in words: 'Hugging Face Daily Papers, text copy'."""
    new: int
    """How many papers no earlier digest had carried."""


@dataclass(slots=True)
class TopicView:
    """A topic, in the index or as the head of its own page."""

    slug: str
    name: str
    url: str
    definition: str
    count: int


@dataclass(slots=True)
class TopicGroup:
    """A group of the taxonomy with its topics."""

    name: str
    topics: tuple[TopicView, ...]


@dataclass(slots=True)
class AuthorGroup:
    """A letter of the author index.

    `Named.url` leads to the author's page, or, in a large archive, to the one paper of an author
    of one paper.
    """

    letter: str
    anchor: str
    authors: tuple[Named, ...]


@dataclass(slots=True)
class YearView:
    """A year in the index of dates, with its months (`Named.name` is 'January')."""

    year: str
    url: str
    count: int
    months: tuple[Named, ...]

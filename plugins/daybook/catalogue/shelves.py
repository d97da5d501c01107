"""The archive in the orders in which pages show it, sorted and grouped once.

Papers stand newest first by publication, as exactly as known: what is known only to the year
stands after the dated papers of that year, what nobody knows at the very end. Every list of the
site is a run of that one order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property, partial
from itertools import chain

from ..digests.formats import TITLES
from ..learning.relating import Relating
from ..learning.relations import Plain
from ..maths import plain_text, title_to_html
from ..records import AUTHOR_FEEDS, Archive, DigestItem, KeptDigest, Paper, Topic
from . import addresses
from .bibtex import MOST_AUTHORS
from .languages import in_language
from .options import SiteOptions
from .people import People
from .related import Neighbours
from .venues import Venues
from .views import Card, DigestView, Named, PaperDigest, RelatedPaper, TopicGroup, TopicView
from .wording import counted, date_view, excerpt

_CARD_AUTHORS = 6
_BYLINE_AUTHORS = 3
_MAILED_IN_LARGE = 60
"""Newsletters of the newest digests: nobody sends an old one, and each is as large as its page."""
_UNSORTED = Topic(
    addresses.UNSORTED,
    "Unsorted",
    "Other",
    "Papers whose title and abstract give no topic enough evidence.",
)


class Shelves:
    """Everything that more than one page shows, made once."""

    def __init__(
        self,
        archive: Archive,
        options: SiteOptions,
        relating: Relating | None = None,
    ) -> None:
        self.archive = archive
        self._relating = relating
        self.language = options.language
        self.papers = sorted(archive.papers, key=_newest_first)
        """By publication, newest first."""
        self.by_slug = {paper.slug: paper for paper in archive.papers}
        self.large = len(archive.papers) > options.large_archive
        self.feeds_of_two = options.feeds_of_two
        self.once_fed = frozenset(
            old.removeprefix(AUTHOR_FEEDS)
            for old, _ in archive.gone
            if old.startswith(AUTHOR_FEEDS)
        )
        """The slugs of authors who had a feed, and perhaps too few papers for one by now."""
        self.way = "lean" if self.large else "full"
        """How lists show papers; see `Press.cards`."""
        self.short_way = "title" if self.large else "full"
        """How lists show papers that another list shows with more: years, weeks, authors."""
        self.people = People(
            self.papers, archive.author_slugs, archive.identities, pages_for_all=not self.large
        )
        self.venues = Venues(self.papers, large=self.large)
        self.by_topic = _group_by_topic(self.papers)
        self.topics = _topic_views(archive.topics, self.by_topic)
        """By slug, in the taxonomy's order; only those that have papers."""
        self.topic_groups = _topic_groups(archive.topics, self.topics)
        self.topic_names = {
            slug: Named(view.name, view.url, view.count) for slug, view in self.topics.items()
        }
        self.titles = {paper.slug: plain_text(paper.title) for paper in self.papers}
        """As text alone can say them: for what shows no markup."""
        by_number = {paper.number: paper for paper in archive.papers}
        self._neighbours = Neighbours(by_number, self.titles)
        self.headings = {
            paper.slug: in_language(title_to_html(paper.title), paper.title, options.language)
            for paper in self.papers
        }
        """As pages show them."""
        self._excerpts: dict[str, str | None] = {}
        self.cards = {paper.slug: self._card(paper) for paper in self.papers}
        self.digests = _digest_views(archive.digests)
        """By id, in the archive's order."""
        self._entry_pages = _entry_pages(archive.digests, options.digest_page_size)
        self._groups = {
            (digest.id, item.position): item.group
            for digest in archive.digests
            for item in digest.items
            if item.group is not None
        }
        self.newsletters = frozenset(
            digest.id for digest in archive.digests[: _MAILED_IN_LARGE if self.large else None]
        )
        """The digests, by id, that have a newsletter."""
        self._digest_sizes = {digest.id: len(digest.items) for digest in archive.digests}

    @cached_property
    def newest_month(self) -> tuple[int, int] | None:
        """The last year and month in which a paper was published, as far as months are known."""
        dates = (paper.published for paper in self.papers if paper.published)
        return next(((date.year, date.month) for date in dates if date.month), None)

    def way_of(self, number: int) -> str:
        """Say how the pages of a long list show papers: the first page, number 1, with more."""
        return self.way if number == 1 else self.short_way

    def _card(self, paper: Paper) -> Card:
        names = paper.authors or ()
        known = max(paper.author_count or 0, len(names))
        return Card(
            title=self.headings[paper.slug],
            url=addresses.paper(paper.slug),
            by=partial(self.people.printed, paper, _CARD_AUTHORS),
            more_authors=max(0, known - min(len(names), _CARD_AUTHORS)),
            byline=_byline(names, known),
            about=partial(self.topics_of, paper),
            published=date_view(paper.published),
            told=partial(self._excerpt, paper),
            upvotes=paper.upvotes,
            comments=paper.comments,
            digests=paper.digest_count,
            withdrawn=paper.withdrawn is not None,
            venue=paper.venue,
            arxiv=paper.arxiv,
            doi=paper.doi,
            names=names[:MOST_AUTHORS] if len(names) > _CARD_AUTHORS else (),
        )

    def _excerpt(self, paper: Paper) -> str | None:
        """Give the first words of a paper, made once for all lists that show them."""
        if paper.slug not in self._excerpts:
            text = paper.abstract or paper.blurb
            short = excerpt(text)
            self._excerpts[paper.slug] = short and in_language(short, text, self.language)
        return self._excerpts[paper.slug]

    def topics_of(self, paper: Paper) -> tuple[Named, ...]:
        """Name a paper's topics, strongest first."""
        return tuple(self.topic_names[slug] for slug in dict.fromkeys(paper.topics))

    def related_to(self, paper: Paper) -> tuple[RelatedPaper, ...]:
        """Give the papers that a reader of this one may open."""
        return self._neighbours.named(self.told_of_relations(paper))

    def told_of_relations(self, paper: Paper) -> Plain:
        """Give what is known of them: numbers, terms that both have, authors of both."""
        return self._relating.plain(paper) if self._relating is not None else ((), (), ())

    def cards_of(self, papers: Iterable[Paper]) -> tuple[Card, ...]:
        """Give the cards of papers, in their order."""
        return tuple(self.cards[paper.slug] for paper in papers)

    def entries(self, digest: KeptDigest) -> list[DigestItem]:
        """Give the entries of a digest whose papers have pages, in its own order."""
        return [item for item in digest.items if item.slug in self.by_slug]

    def entry_cards(self, items: Iterable[DigestItem]) -> list[Card]:
        """Give the cards of a digest's entries, with what only this digest says of them."""
        return [
            replace(
                self.cards[item.slug],
                position=item.position,
                group=item.group,
                upvotes=item.upvotes,
                comments=item.comments,
            )
            for item in items
        ]

    def entry(self, digest_id: str, position: int) -> str:
        """Give the address of a digest's entry."""
        return f"{self._entry_pages[digest_id, position]}#entry-{position}"

    def appearances(self, paper: Paper) -> tuple[PaperDigest, ...]:
        """List the digests that carried a paper, each leading to its entry."""
        return tuple(
            PaperDigest(
                name=view.name,
                url=self.entry(seen.digest, seen.position),
                position=seen.position,
                of=self._digest_sizes[seen.digest],
                date=view.date,
                group=self._groups.get((seen.digest, seen.position)),
            )
            for seen in paper.digests
            if (view := self.digests.get(seen.digest))
            and (seen.digest, seen.position) in self._entry_pages
        )

    def person_counts(
        self, papers: Sequence[Paper], most: int, least: int = 2, but: str = ""
    ) -> tuple[list[Named], int]:
        """Name who wrote most of some papers, if `least` or more, leaving out the key `but`.

        Returns at most `most` of them, and how many others there are.
        """
        found = Counter(chain.from_iterable(map(self.people.keys_of, papers)))
        del found[but]
        known_by = self.people.known_by
        ranked = sorted(
            (key for key, count in found.items() if count >= least),
            key=lambda key: (-found[key], known_by(key).order),
        )
        names = [known_by(key).named(found[key]) for key in ranked[:most]]
        return names, len(found) - len(names)

    def topic_counts(self, papers: Iterable[Paper], most: int, but: str = "") -> list[Named]:
        """Name the most frequent topics of some papers, with their counts, leaving out `but`."""
        found = Counter(slug for paper in papers for slug in dict.fromkeys(paper.topics))
        del found[but]
        ranked = sorted(found, key=lambda slug: (-found[slug], self.topics[slug].name))
        names = self.topic_names
        return [Named(names[slug].name, names[slug].url, found[slug]) for slug in ranked[:most]]


def _byline(authors: Sequence[str], known: int) -> str:
    """Name the first authors of those that are known to be, as a large archive's lists do."""
    shown = authors[:_BYLINE_AUTHORS]
    more = known - len(shown)
    if not shown:
        return counted(known, "author") if known else ""
    return ", ".join(shown) + (f" and {more:,} more" if more > 0 else "")


def _newest_first(paper: Paper) -> tuple[int, int, int, int]:
    date = paper.published
    if date is None:
        return (1, 0, 0, paper.number)
    return (-date.year, -date.month, -date.day, paper.number)


def _group_by_topic(papers: Iterable[Paper]) -> dict[str, list[Paper]]:
    found: dict[str, list[Paper]] = {}
    for paper in papers:
        for slug in dict.fromkeys(paper.topics or (addresses.UNSORTED,)):
            found.setdefault(slug, []).append(paper)
    return found


def _topic_views(topics: Iterable[Topic], by_topic: dict[str, list[Paper]]) -> dict[str, TopicView]:
    """Describe the topics that have papers; one that only a page names has no definition."""
    known = {topic.slug: topic for topic in topics}
    strangers = sorted(by_topic.keys() - known.keys() - {addresses.UNSORTED})
    everything = [
        *known.values(),
        *(Topic(slug, _in_words(slug), _UNSORTED.group, "") for slug in strangers),
        *([] if addresses.UNSORTED in known else [_UNSORTED]),
    ]
    return {
        topic.slug: TopicView(
            slug=topic.slug,
            name=topic.name,
            url=addresses.topic(topic.slug),
            definition=topic.definition,
            count=len(by_topic[topic.slug]),
        )
        for topic in everything
        if topic.slug in by_topic
    }


def _in_words(slug: str) -> str:
    return slug.replace("-", " ").capitalize()


def _topic_groups(topics: Iterable[Topic], views: dict[str, TopicView]) -> tuple[TopicGroup, ...]:
    group_of = {topic.slug: topic.group for topic in topics}
    groups: dict[str, list[TopicView]] = {}
    for slug, view in views.items():
        groups.setdefault(group_of.get(slug, _UNSORTED.group), []).append(view)
    return tuple(TopicGroup(name, tuple(found)) for name, found in groups.items())


def _digest_views(digests: Sequence[KeptDigest]) -> dict[str, DigestView]:
    """Describe the digests; what is new is counted from the oldest on, undated ones last."""
    dated = [digest for digest in digests if digest.date is not None]
    undated = [digest for digest in digests if digest.date is None]
    new: dict[str, int] = {}
    seen: set[str] = set()
    for digest in (*reversed(dated), *undated):
        slugs = {item.slug for item in digest.items}
        new[digest.id] = len(slugs - seen)
        seen |= slugs
    return {
        digest.id: DigestView(
            name=digest.name,
            url=addresses.digest(digest.id),
            date=date_view(digest.date, inferred=digest.dated_by == "inferred"),
            not_before=date_view(digest.not_before),
            dated_by=digest.dated_by,
            count=len(digest.items),
            format=TITLES.get(digest.format, digest.format),
            new=new[digest.id],
        )
        for digest in digests
    }


def _entry_pages(digests: Iterable[KeptDigest], size: int) -> dict[tuple[str, int], str]:
    """Give the page of each entry, by digest and position."""
    return {
        (digest.id, item.position): addresses.numbered(
            addresses.digest(digest.id), place // size + 1
        )
        for digest in digests
        for place, item in enumerate(digest.items)
    }

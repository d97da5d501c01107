"""The pages of digests, topics and authors: a heading and a list of papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice

from ..records import KeptDigest
from . import addresses
from .paging import cut
from .people import Person
from .rendering import Press
from .shelves import Shelves
from .views import Card, CardGroup, Named, Page, Pager, TopicView
from .wording import counted

File = tuple[str, bytes]
_CROWD = 100
"""Papers with more authors than this say nothing about who works with whom; 3,000 authors would
otherwise make nine million pairs."""

_NEAR = (1, 24, 12)
"""On an author's page: with so many joint papers a co-author is named, so many co-authors and so
many topics at most."""
_NEAR_IN_LARGE = (2, 12, 6)
"""The same where there are thousands of such pages."""


def titled(name: str, pager: Pager) -> str:
    """Tell the pages of a list apart by their titles."""
    return name if pager.number == 1 else f"{name}, page {pager.number}"


def digest_index(shelves: Shelves, press: Press) -> Iterator[File]:
    """Give the list of digests."""
    views = list(shelves.digests.values())
    about = f"{counted(len(views), 'digest')} of papers, the newest first."
    for url, shown, pager in cut(views, press.options.page_size, addresses.DIGESTS):
        page = press.page("digests", titled("Digests", pager), url, about)
        yield press.print("digests.html", page, digests=tuple(shown), pager=pager)


def digest_pages(shelves: Shelves, press: Press, some: range) -> Iterator[File]:
    """Give each digest with its entries as it gave them."""
    digests = shelves.archive.digests
    for place in some:
        yield from _one_digest(
            shelves,
            press,
            digests[place],
            previous=_digest_link(digests, place + 1),
            next=_digest_link(digests, place - 1),
        )


def _digest_link(digests: Sequence[KeptDigest], place: int) -> Named | None:
    if not 0 <= place < len(digests):
        return None
    return Named(digests[place].name, addresses.digest(digests[place].id))


def _one_digest(
    shelves: Shelves,
    press: Press,
    digest: KeptDigest,
    **neighbours: Named | None,
) -> Iterator[File]:
    view = shelves.digests[digest.id]
    about = f"{view.name}: {counted(view.count, 'paper')}, {view.new:,} of them new."
    cards = shelves.digest_cards(digest)
    for url, shown, pager in cut(cards, press.options.digest_page_size, view.url):
        page = press.page("digest", titled(view.name, pager), url, about)
        groups = _by_heading(shown, press, page)
        yield press.print(
            "digest.html", page, digest=view, groups=groups, pager=pager, **neighbours
        )


def _by_heading(cards: Iterable[Card], press: Press, page: Page) -> tuple[CardGroup, ...]:
    """Part entries where the digest has headings."""
    return tuple(
        CardGroup(
            heading,
            heading and f"group-{place}",
            press.cards(run, page, 3 if heading else 2),
            numbered=True,
        )
        for place, (heading, run) in enumerate(groupby(cards, key=lambda card: card.group), 1)
    )


def topic_index(shelves: Shelves, press: Press) -> Iterator[File]:
    """Give the list of topics."""
    about = f"{counted(len(shelves.topics), 'topic')} and the papers about them."
    page = press.page("topics", "Topics", addresses.TOPICS, about)
    yield press.print("topics.html", page, groups=shelves.topic_groups)


def topic_pages(shelves: Shelves, press: Press, some: range) -> Iterator[File]:
    """Give every topic's papers, newest first."""
    for topic in islice(shelves.topics.values(), some.start, some.stop):
        yield from _one_topic(shelves, press, topic)


def _one_topic(shelves: Shelves, press: Press, topic: TopicView) -> Iterator[File]:
    papers = shelves.by_topic[topic.slug]
    feed = Named(f"{topic.name} · {press.site.name}", addresses.topic_feed(topic.slug))
    about = f"{counted(topic.count, 'paper')} about {topic.name}. {topic.definition}".strip()
    leading = tuple(shelves.person_counts(papers, most=10))
    neighbours = tuple(shelves.topic_counts(papers, most=6, but=topic.slug))
    for url, shown, pager in cut(papers, press.options.page_size, topic.url):
        page = replace(press.page("topic", titled(topic.name, pager), url, about), feed=feed)
        first = pager.number == 1
        yield press.print(
            "topic.html",
            page,
            topic=topic,
            cards=press.cards(shelves.cards_of(shown), page, way=shelves.way),
            pager=pager,
            authors=leading if first else (),
            neighbours=neighbours if first else (),
        )


def author_pages(shelves: Shelves, press: Press, some: range) -> Iterator[File]:
    """Give the page of every author who has one, with their papers, newest first."""
    for person in shelves.people.everybody[some.start : some.stop]:
        if person.url is not None:
            yield from _one_author(shelves, press, person, person.url)


def _one_author(shelves: Shelves, press: Press, person: Person, first: str) -> Iterator[File]:
    papers = person.papers
    feed = None
    if len(papers) > 1:
        feed = Named(f"{person.name} · {press.site.name}", addresses.author_feed(person.slug))
    about = f"{counted(len(papers), 'paper')} by {person.name}."
    small = [paper for paper in papers if len(paper.authors or ()) <= _CROWD]
    least, most_people, most_topics = _NEAR_IN_LARGE if shelves.large else _NEAR
    coauthors = tuple(shelves.person_counts(small, most=most_people, least=least, but=person.key))
    for url, shown, pager in cut(papers, press.options.page_size, first):
        page = replace(press.page("author", titled(person.name, pager), url, about), feed=feed)
        alone = pager.number == 1
        yield press.print(
            "author.html",
            page,
            author=person.named(),
            cards=press.cards(shelves.cards_of(shown), page, way=shelves.way),
            pager=pager,
            coauthors=coauthors if alone else (),
            topics=tuple(shelves.topic_counts(papers, most=most_topics)) if alone else (),
        )

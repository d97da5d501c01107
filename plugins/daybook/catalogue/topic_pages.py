"""The pages of topics: what they are about, when, with what, by whom; and their papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from markupsafe import Markup

from ..drafts import File
from ..records import MONTHS, Paper
from . import addresses
from .charts import Chart, Subject, columns
from .combinations import Combinations
from .list_pages import titled
from .paging import cut
from .rendering import Press
from .shelves import Shelves
from .views import Named, TopicView
from .wording import counted

_TREND_MONTHS = 36
_MOST_SEEN = 5


@dataclass(frozen=True, slots=True)
class SeenPaper:
    """A paper that was seen more than once."""

    title: str | Markup
    url: str
    times: str
    """'in 3 digests, 24 upvotes'."""


def topic_index(shelves: Shelves, press: Press) -> Iterator[File]:
    """Give the list of topics."""
    about = f"{counted(len(shelves.topics), 'topic')} and the papers about them."
    page = press.page("topics", "Topics", addresses.TOPICS, about)
    yield press.print("topics.html", page, groups=shelves.topic_groups)


def topic_pages(
    shelves: Shelves, combined: Combinations, press: Press, some: range
) -> Iterator[File]:
    """Give every topic's papers, newest first."""
    for topic in islice(shelves.topics.values(), some.start, some.stop):
        yield from _one_topic(shelves, combined, press, topic)


def _one_topic(
    shelves: Shelves, combined: Combinations, press: Press, topic: TopicView
) -> Iterator[File]:
    papers = shelves.by_topic[topic.slug]
    feed = Named(f"{topic.name} · {press.site.name}", addresses.topic_feed(topic.slug))
    about = f"{counted(topic.count, 'paper')} about {topic.name}. {topic.definition}".strip()
    bib = None if shelves.large else addresses.topic_bib(topic.slug)
    first = {
        "trend": _trend(shelves, papers),
        "beside": combined.beside(topic.slug),
        "seen": most_seen(shelves, papers),
        "authors": tuple(shelves.person_counts(papers, most=10)[0]),
        "neighbours": tuple(shelves.topic_counts(papers, most=6, but=topic.slug)),
    }
    for url, shown, pager in cut(papers, press.options.page_size, topic.url):
        page = press.page("topic", titled(topic.name, pager), url, about)
        page = replace(page, feed=feed, bib=bib)
        shown_once = first if pager.number == 1 else dict.fromkeys(first, ()) | {"trend": None}
        yield press.print(
            "topic.html",
            page,
            topic=topic,
            cards=press.cards(shelves.cards_of(shown), page, way=shelves.way_of(pager.number)),
            pager=pager,
            **shown_once,
        )


def _trend(shelves: Shelves, papers: Sequence[Paper]) -> Chart | None:
    """Count a topic's papers in the last months of the archive; a single one is no trend."""
    newest = shelves.newest_month
    if newest is None:
        return None
    found = Counter(
        (paper.published.year, paper.published.month) for paper in papers if paper.published
    )
    end = newest[0] * 12 + newest[1]
    places = [divmod(month - 1, 12) for month in range(max(13, end - _TREND_MONTHS + 1), end + 1)]
    points = [(f"{MONTHS[month]} {year}", found[year, month + 1]) for year, month in places]
    if sum(count > 0 for _, count in points) < 2:
        return None
    drawn = sum(count for _, count in points)
    note = f"{drawn:,} of {counted(len(papers), 'paper')}: others are older, or of unknown month."
    return columns(
        Subject(
            "trend",
            "Papers by month of publication",
            "Month",
            note if drawn < len(papers) else "",
        ),
        points,
    )


def most_seen(shelves: Shelves, papers: Sequence[Paper]) -> tuple[SeenPaper, ...]:
    """Give the papers that came in most digests; among equals those with most upvotes."""
    again = [paper for paper in papers if paper.digest_count > 1]
    again.sort(key=lambda paper: (-paper.digest_count, -(paper.upvotes or 0)))
    return tuple(
        SeenPaper(
            shelves.headings[paper.slug],
            addresses.paper(paper.slug),
            f"in {counted(paper.digest_count, 'digest')}"
            + (f", {counted(paper.upvotes, 'upvote')}" if paper.upvotes else ""),
        )
        for paper in again[:_MOST_SEEN]
    )

"""Atom feeds (RFC 4287): the archive's and every topic's with abstracts, authors' without.

Identifiers are the permanent addresses of the pages, or name-based UUIDs while the site has no
address. Every time in a feed comes from the papers' own dates, so that a build changes nothing.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence

from markupsafe import escape

from ..records import Paper
from . import addresses
from .maths import plain_text
from .rendering import Press, text_to_html
from .shelves import Shelves

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://daybook.invalid/feeds")
_NO_TIME = "1970-01-01T00:00:00Z"
"""For a feed without entries, since an Atom feed must say when it changed."""
_MOST_AUTHORS = 100
"""Names in an entry: 3,000 authors, each with a feed, would otherwise make nine million."""


class Feeds:
    """Writes the feeds; what an entry says is made once, however many feeds carry it."""

    def __init__(self, shelves: Shelves, press: Press) -> None:
        self._shelves = shelves
        self._press = press
        self._options = press.options
        self._heads: dict[str, str] = {}
        self._tails: dict[str, str] = {}
        latest = sorted(shelves.papers, key=_latest_first)
        self._turn = {paper.slug: turn for turn, paper in enumerate(latest)}
        self._categories = {
            slug: f'<category term="{escape(slug)}" label="{escape(topic.name)}"/>\n'
            for slug, topic in shelves.topics.items()
        }

    def general(self) -> Iterator[tuple[str, bytes]]:
        """Give the feeds of the archive and of every topic."""
        name = self._options.name
        everything = self._shelves.papers
        yield self._feed(addresses.ARCHIVE_FEED, name, addresses.HOME, everything)
        for slug, topic in self._shelves.topics.items():
            papers = self._shelves.by_topic[slug]
            yield self._feed(
                addresses.topic_feed(slug), f"{topic.name} · {name}", topic.url, papers
            )

    def authors(self, some: range) -> Iterator[tuple[str, bytes]]:
        """Give the feeds of authors of two papers or more."""
        name = self._options.name
        for person in self._shelves.people.everybody[some.start : some.stop]:
            if person.url and len(person.papers) > 1:
                url = addresses.author_feed(person.slug)
                title = f"{person.name} · {name}"
                yield self._feed(url, title, person.url, person.papers, full=False)

    def _feed(
        self, url: str, title: str, page: str, papers: Sequence[Paper], *, full: bool = True
    ) -> tuple[str, bytes]:
        """Write a feed; one that is not `full` leaves out topics and abstracts.

        A large archive has as many feeds of authors as papers.
        """
        newest = sorted(papers, key=lambda paper: self._turn[paper.slug])[: self._options.feed_size]
        own = self._press.absolute(url)
        updated = max(map(_updated, newest), default=_NO_TIME)
        base = "" if own else f' xml:base="{addresses.root_of(url)}"'
        language = escape(self._options.language)
        tagline = self._options.tagline
        lines = [
            '<?xml version="1.0" encoding="utf-8"?>\n',
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}"{base}>\n',
            f"<id>{escape(self._identifier(url))}</id>\n",
            f"<title>{escape(title)}</title>\n",
            f"<subtitle>{escape(tagline)}</subtitle>\n" if tagline and full else "",
            f"<updated>{updated}</updated>\n",
            f'<link rel="self" href="{escape(own)}"/>\n' if own else "",
            f'<link href="{self._link(page)}"/>\n',
            f"<author><name>{escape(self._options.keeper or self._options.name)}</name></author>\n",
            "<generator>Daybook</generator>\n" if full else "",
        ]
        for paper in newest:
            lines += [self._head(paper), self._tail(paper) if full else "", "</entry>\n"]
        lines.append("</feed>\n")
        return url, "".join(lines).encode()

    def _head(self, paper: Paper) -> str:
        """Give an entry's beginning: what every feed says of a paper."""
        made = self._heads.get(paper.slug)
        if made is None:
            url = addresses.paper(paper.slug)
            day = paper.published
            lines = [
                f"<entry>\n<id>{escape(self._identifier(url))}</id>\n",
                f"<title>{escape(self._shelves.titles[paper.slug])}</title>\n",
                f'<link href="{self._link(url)}"/>\n',
                f"<updated>{_updated(paper)}</updated>\n",
                f"<published>{day}T00:00:00Z</published>\n" if day and day.day else "",
            ]
            lines += [
                f"<author><name>{escape(name)}</name></author>\n"
                for name in (paper.authors or ())[:_MOST_AUTHORS]
            ]
            made = self._heads[paper.slug] = "".join(lines)
        return made

    def _tail(self, paper: Paper) -> str:
        """Give an entry's topics and abstract."""
        made = self._tails.get(paper.slug)
        if made is None:
            topics = "".join(self._categories[slug] for slug in dict.fromkeys(paper.topics))
            made = self._tails[paper.slug] = topics + _abstract(paper)
        return made

    def _identifier(self, url: str) -> str:
        return self._press.absolute(url) or uuid.uuid5(_NAMESPACE, url).urn

    def _link(self, url: str) -> str:
        """Give an absolute address, or one that ``xml:base`` leads to the base folder."""
        return escape(self._press.absolute(url) or url)


def _abstract(paper: Paper) -> str:
    text = paper.abstract or paper.blurb
    html = text_to_html(text and plain_text(text))
    if html is None:
        return ""
    # str() first: Markup would count as escaped already, and Atom wants the HTML as text.
    return f'<summary type="html">{escape(str(html))}</summary>\n'


def _updated(paper: Paper) -> str:
    return f"{paper.date.isoformat()}T00:00:00Z"


def _latest_first(paper: Paper) -> tuple[bool, int, int]:
    """Order by arrival: what came into the archive last stands first, the undatable at the end."""
    return (paper.date_basis == "unknown", -paper.date.toordinal(), paper.number)

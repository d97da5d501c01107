"""Feeds: the archive's and every topic's with abstracts, authors' without; Atom (RFC 4287) all.

Identifiers are the permanent addresses of the pages, or name-based UUIDs while the site has no
address. Every time in a feed comes from the papers' own dates, so that a build changes nothing.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from heapq import nsmallest

from ..drafts import Draft, File
from ..maths import plain_text
from ..records import Paper
from . import addresses
from .bibtex import MOST_AUTHORS
from .feed_forms import Channel, Item, json_feed, opml, rss
from .languages import language_of
from .people import Person
from .rendering import Press, text_to_html
from .shelves import Shelves
from .stamps import Stamps
from .templating import shown

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://daybook.invalid/feeds")
_NO_TIME = "1970-01-01T00:00:00Z"
"""For a feed without entries, since an Atom feed must say when it changed."""
_MOST_LISTED = 500
"""Authors' feeds in the list of all; more have lists by letter."""


def has_feed(shelves: Shelves, person: Person) -> bool:
    """Tell whether an author has a feed: who has a page and two papers or more, or had one.

    Of late papers it takes three (`SiteOptions.feeds_of_two`). `theme/static/search/names.js`
    knows as much of everybody.
    """
    if person.url is not None and person.slug in shelves.once_fed:
        return True
    if person.url is None or len(person.papers) < 2:
        return False
    _, second, *more = sorted(paper.number for paper in person.papers)
    return bool(more) or second < shelves.feeds_of_two


def feed_letters(shelves: Shelves) -> tuple[str, ...]:
    """Give the letters whose authors' feeds have a list of their own; none where all are in one."""
    everybody = shelves.people.everybody
    letters = [person.letter.lower() for person in everybody if has_feed(shelves, person)]
    return () if len(letters) <= _MOST_LISTED else tuple(sorted(set(letters)))


class Feeds:
    """Writes the feeds; what an entry says is made once, however many feeds carry it."""

    def __init__(self, shelves: Shelves, press: Press) -> None:
        self._shelves = shelves
        self._press = press
        self._options = press.options
        self._briefs: dict[str, str] = {}
        self._heads: dict[str, str] = {}
        self._tails: dict[str, str] = {}
        self._abstracts: dict[str, str] = {}
        latest = sorted(shelves.papers, key=_latest_first)
        self._turn = {paper.slug: turn for turn, paper in enumerate(latest)}
        self._categories = {
            slug: f'<category term="{shown(slug)}" label="{shown(topic.name)}"/>\n'
            for slug, topic in shelves.topics.items()
        }

    def general(self) -> Iterator[tuple[str, bytes]]:
        """Give the feeds of the archive and of every topic, in every form, and their list."""
        name = self._options.name
        about = self._options.tagline or name
        everything = self._shelves.papers
        yield from self._forms(addresses.ARCHIVE_FEED, name, addresses.HOME, everything, about)
        for slug, topic in self._shelves.topics.items():
            url, title = addresses.topic_feed(slug), f"{topic.name} · {name}"
            papers = self._shelves.by_topic[slug]
            yield from self._forms(url, title, topic.url, papers, topic.definition or title)
        if self._press.site.url:
            yield from self._lists()

    def gone(self, lists: Mapping[str, str | None]) -> Iterator[File]:
        """Give what subscribers of topics and authors get whose lists have nothing to show.

        `lists` are as `single_pages.gone_lists` gives them. A topic that has another slug now goes
        on under both; the others' feeds have no entries any more.
        """
        topics = {topic.url: (slug, topic) for slug, topic in self._shelves.topics.items()}
        name = self._options.name
        for old, near in lists.items():
            kind, _, page = old.partition("/")
            slug = page.removesuffix(".html")
            if kind == "topics" and near in topics:
                now, topic = topics[near]
                title, papers = f"{topic.name} · {name}", self._shelves.by_topic[now]
                url, about = addresses.topic_feed(slug), topic.definition or title
                yield from self._forms(url, title, topic.url, papers, about)
            elif kind == "topics":
                url, about = addresses.topic_feed(slug), "A topic that was here."
                yield from self._forms(url, name, near or addresses.TOPICS, (), about)
            elif kind == "authors":
                yield self._feed(addresses.author_feed(slug), name, near or addresses.AUTHORS, ())

    def _forms(
        self, url: str, title: str, page: str, papers: Sequence[Paper], about: str
    ) -> Iterator[tuple[str, bytes]]:
        """Give a feed as Atom and, where the site has an address, as RSS and JSON Feed."""
        yield self._feed(url, title, page, papers)
        if self._press.site.url is None:
            return
        items = [self._item(paper) for paper in self._newest(papers)]
        for form, write in (("rss.xml", rss), ("feed.json", json_feed)):
            own = addresses.other_feed(url, form)
            language = self._options.language
            channel = Channel(title, self._link(page), self._link(own), about, language, items)
            yield own, write(channel)

    def _newest(self, papers: Iterable[Paper]) -> list[Paper]:
        turn = self._turn
        return nsmallest(self._options.feed_size, papers, key=lambda paper: turn[paper.slug])

    def _item(self, paper: Paper) -> Item:
        day = paper.published
        return Item(
            url=self._link(addresses.paper(paper.slug)),
            title=self._shelves.titles[paper.slug],
            date=None if paper.date_basis == "unknown" else paper.date,
            published=day.earliest if day and day.day else None,
            authors=(paper.authors or ())[:MOST_AUTHORS],
            topics=tuple(topic.name for topic in self._shelves.topics_of(paper)),
            html=self._abstract(paper),
            language=language_of(paper.abstract or paper.blurb, self._options.language),
        )

    def _lists(self) -> Iterator[tuple[str, bytes]]:
        """Give the list of feeds; where authors are many, a list for each letter of theirs."""
        name = self._options.name
        general = [(name, addresses.ARCHIVE_FEED)]
        general += [(t.name, addresses.topic_feed(s)) for s, t in self._shelves.topics.items()]
        letters = feed_letters(self._shelves)
        authors = [
            (person.letter.lower(), (person.name, addresses.author_feed(person.slug)))
            for person in self._shelves.people.everybody
            if has_feed(self._shelves, person)
        ]
        general += [outline for letter, outline in authors if letter not in letters]
        yield addresses.FEEDS, self._opml(name, general)
        for letter in letters:
            found = [outline for own, outline in authors if own == letter]
            title = f"{name}: authors, {letter.title()}"
            yield addresses.letter_feeds(letter), self._opml(title, found)

    def _opml(self, title: str, feeds: Iterable[tuple[str, str]]) -> bytes:
        return opml(title, ((text, self._link(url)) for text, url in feeds))

    def authors(self, stamps: Stamps, some: range) -> Iterator[Draft]:
        """Give the feeds of authors."""
        for person in self._shelves.people.everybody[some.start : some.stop]:
            if has_feed(self._shelves, person):
                url = addresses.author_feed(person.slug)
                facts = partial(stamps.person, person)
                yield stamps.draft(url, facts, partial(self._author, url, person))

    def _author(self, url: str, person: Person) -> File:
        title = f"{person.name} · {self._options.name}"
        page = person.url or addresses.AUTHORS
        if self._shelves.large:
            return self._brief(url, title, page, person)
        return self._feed(url, title, page, person.papers, full=False)

    def _feed(
        self, url: str, title: str, page: str, papers: Sequence[Paper], *, full: bool = True
    ) -> tuple[str, bytes]:
        """Write a feed; one that is not `full` leaves out topics and abstracts."""
        author = self._options.keeper or self._options.name
        newest = self._newest(papers)
        tagline, site = self._options.tagline, self._press.site.url
        lines = [
            *self._beginning(url, title, newest, "" if site else addresses.root_of(url)),
            f"<subtitle>{shown(tagline)}</subtitle>\n" if tagline and full else "",
            f'<link href="{shown(self._link(page))}"/>\n',
            f"<author><name>{shown(author)}</name></author>\n",
            "<generator>Daybook</generator>\n" if full else "",
        ]
        for paper in newest:
            lines += [self._head(paper), self._tail(paper) if full else "", "</entry>\n"]
        lines.append("</feed>\n")
        return url, "".join(lines).encode()

    def _brief(self, url: str, title: str, page: str, person: Person) -> File:
        """Write the feed of an author in a large archive, which has as many of them as papers.

        The author is the feed's, entries name nobody besides, and links begin where papers are.
        """
        newest = self._newest(person.papers)
        site = self._press.site.url
        base = f"{site}/papers/" if site else f"{addresses.root_of(url)}papers/"
        lines = [
            *self._beginning(url, title, newest, base),
            f'<link href="../{page}"/>\n',
            f"<author><name>{shown(person.name)}</name></author>\n",
        ]
        for paper in newest:
            made = self._briefs.get(paper.slug)
            if made is None:
                made = self._briefs[paper.slug] = self._entry(paper, f"{paper.slug}.html", "")
            lines += [made, "</entry>\n"]
        lines.append("</feed>\n")
        return url, "".join(lines).encode()

    def _beginning(self, url: str, title: str, newest: Sequence[Paper], base: str) -> Iterator[str]:
        """Give a feed's beginning; links start at `base`, or are absolute where it is ''."""
        own = self._press.absolute(url)
        language = shown(self._options.language)
        yield '<?xml version="1.0" encoding="utf-8"?>\n'
        yield f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}"'
        yield f' xml:base="{shown(base)}"' if base else ""
        yield f">\n<id>{shown(self._identifier(url))}</id>\n"
        yield f"<title>{shown(title)}</title>\n"
        yield f"<updated>{max(map(_updated, newest), default=_NO_TIME)}</updated>\n"
        if own:
            yield f'<link rel="self" href="{shown(own)}"/>\n'

    def _entry(self, paper: Paper, link: str, end: str = "\n") -> str:
        """Give an entry's beginning: what every feed says of a paper."""
        day = paper.published
        lines = [
            f"<entry>{end}<id>{shown(self._identifier(addresses.paper(paper.slug)))}</id>",
            f"<title>{shown(self._shelves.titles[paper.slug])}</title>",
            f'<link href="{shown(link)}"/>',
            f"<updated>{_updated(paper)}</updated>",
        ]
        if day and day.day:
            lines.append(f"<published>{day}T00:00:00Z</published>")
        return end.join(lines) + end

    def _head(self, paper: Paper) -> str:
        """Give an entry's beginning, and the authors."""
        made = self._heads.get(paper.slug)
        if made is None:
            lines = [
                self._entry(paper, self._link(addresses.paper(paper.slug))),
                *(
                    f"<author><name>{shown(name)}</name></author>\n"
                    for name in (paper.authors or ())[:MOST_AUTHORS]
                ),
            ]
            made = self._heads[paper.slug] = "".join(lines)
        return made

    def _tail(self, paper: Paper) -> str:
        """Give an entry's topics and abstract."""
        made = self._tails.get(paper.slug)
        if made is None:
            topics = "".join(self._categories[slug] for slug in dict.fromkeys(paper.topics))
            made = self._tails[paper.slug] = topics + self._summary(paper)
        return made

    def _summary(self, paper: Paper) -> str:
        html = self._abstract(paper)
        if not html:
            return ""
        language = language_of(paper.abstract or paper.blurb, self._options.language)
        said = f' xml:lang="{language}"' if language else ""
        return f'<summary type="html"{said}>{shown(html)}</summary>\n'

    def _abstract(self, paper: Paper) -> str:
        """Give the abstract as HTML, '' for none."""
        made = self._abstracts.get(paper.slug)
        if made is None:
            text = paper.abstract or paper.blurb
            made = str(text_to_html(text and plain_text(text)) or "")
            self._abstracts[paper.slug] = made
        return made

    def _identifier(self, url: str) -> str:
        return self._press.absolute(url) or uuid.uuid5(_NAMESPACE, url).urn

    def _link(self, url: str) -> str:
        """Give an absolute address, or one that ``xml:base`` leads to the base folder."""
        return self._press.absolute(url) or url


def _updated(paper: Paper) -> str:
    return f"{paper.date.isoformat()}T00:00:00Z"


def _latest_first(paper: Paper) -> tuple[bool, int, int]:
    """Order by arrival: what came into the archive last stands first, the undatable at the end."""
    return (paper.date_basis == "unknown", -paper.date.toordinal(), paper.number)

"""Feeds in other forms: RSS 2.0, JSON Feed 1.1, and OPML, the list of feeds.

https://www.rssboard.org/rss-specification, https://www.jsonfeed.org/version/1.1/ and
http://opml.org/spec2.opml. All three want absolute addresses: a site without one has Atom alone.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .templating import shown

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_DUBLIN = "http://purl.org/dc/elements/1.1/"
_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class Item:
    """A paper in a feed; texts are plain but for `html`."""

    url: str
    title: str
    date: dt.date | None
    """When it came into the archive."""
    published: dt.date | None
    authors: tuple[str, ...]
    topics: tuple[str, ...]
    html: str
    """The abstract; '' for none."""
    language: str | None
    """A BCP 47 tag where the text is in another language than the site."""


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed says of itself; addresses are absolute."""

    title: str
    page: str
    url: str
    description: str
    language: str
    items: Sequence[Item]


def rss(channel: Channel) -> bytes:
    """Write a channel of RSS 2.0."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>\n',
        f'<rss version="2.0" xmlns:dc="{_DUBLIN}" xmlns:atom="{_ATOM}"><channel>\n',
        f"<title>{shown(channel.title)}</title>\n<link>{shown(channel.page)}</link>\n",
        f"<description>{shown(channel.description)}</description>\n",
        f"<language>{shown(channel.language)}</language>\n",
        f'<atom:link rel="self" type="application/rss+xml" href="{shown(channel.url)}"/>\n',
    ]
    for item in channel.items:
        lines += [
            f"<item>\n<title>{shown(item.title)}</title>\n<link>{shown(item.url)}</link>\n",
            f"<guid>{shown(item.url)}</guid>\n",
            f"<pubDate>{_in_mail(item.published)}</pubDate>\n" if item.published else "",
            f"<atom:updated>{_in_json(item.date)}</atom:updated>\n" if item.date else "",
            *(f"<dc:creator>{shown(name)}</dc:creator>\n" for name in item.authors),
            *(f"<category>{shown(name)}</category>\n" for name in item.topics),
            f"<description>{shown(item.html)}</description>\n" if item.html else "",
            f"<dc:language>{shown(item.language)}</dc:language>\n" if item.language else "",
            "</item>\n",
        ]
    return "".join([*lines, "</channel></rss>\n"]).encode()


def _in_mail(day: dt.date) -> str:
    """Give a day's beginning as RFC 822 writes it, whatever the locale."""
    name, month = _DAYS[day.weekday()], _MONTHS[day.month - 1]
    return f"{name}, {day.day:02d} {month} {day.year:04d} 00:00:00 GMT"


def json_feed(channel: Channel) -> bytes:
    """Write a JSON Feed; an item without an abstract has its title as content."""
    items = [
        {
            "id": item.url,
            "url": item.url,
            "title": item.title,
            **({"content_html": item.html} if item.html else {"content_text": item.title}),
            **({"date_modified": _in_json(item.date)} if item.date else {}),
            **({"date_published": _in_json(item.published)} if item.published else {}),
            "authors": [{"name": name} for name in item.authors],
            "tags": list(item.topics),
            **({"language": item.language} if item.language else {}),
        }
        for item in channel.items
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.page,
        "feed_url": channel.url,
        "description": channel.description,
        "language": channel.language,
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, separators=(",", ":")).encode()


def _in_json(day: dt.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def opml(title: str, feeds: Iterable[tuple[str, str]]) -> bytes:
    """List feeds, each by its title and its absolute address."""
    outlines = "".join(
        f'<outline type="rss" text="{shown(text)}" xmlUrl="{shown(url)}"/>\n' for text, url in feeds
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0">\n'
        f"<head><title>{shown(title)}</title></head>\n<body>\n{outlines}</body>\n</opml>\n"
    ).encode()

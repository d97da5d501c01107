"""The Markdown page of a paper: what a keeper reads, edits and commits, and Pelican publishes.

Front matter is one line a key, then a blank line, the abstract as Markdown that renders literally,
and the keeper's own part: everything from the first heading, line across, comment or fence on. The
converter owns the keys of `KEYS` (`page_head.py`) and the abstract; further keys and the keeper's
part are carried over as they are. A key ``Topics: a, b`` is the keeper's: it names the topics by
hand, and ``Tags`` follow it. A paper that the keeper hides has ``Hidden:`` with the reason, and
``Status: skip``, so that Pelican alone does not publish it either
(https://docs.getpelican.com/en/stable/content.html#published-hidden-and-draft-content).

The page says nothing of where it lies and of the paper's number: the ledger does.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from ..errors import BadDateError, PageError
from ..records import Appearance, Link, Paper, PartialDate
from .dates import PLACEHOLDER, arxiv_month, is_plausible
from .identity import arxiv_of_doi
from .markdown_text import (
    one_line,
    read_markdown,
    read_value,
    shown_line,
    write_markdown,
    write_value,
)
from .page_head import RESTORE, split_page
from .slugs import is_name, name_of

_SKIPPED = ("Status", "skip")
BASES = ("digest", "publication", "not-before", "unknown")
LINK_KINDS = ("code", "project", "model", "dataset", "pdf", "page")
MOST_BYTES = 16_000_000
"""A page larger than this is not read."""
_MINE = re.compile(
    r"^(?: {0,3}(?:#|<!--|```|~~~|(?:[-*_] *){3,}$)|(?= *\S.*\n {0,3}(?:=+|-+) *$))", re.MULTILINE
)
"""What begins a person's part, in any way of writing Markdown: no line of an abstract is so."""
_MINE_SIGNS = ("#", "<!--", "```", "~~~", "\n=", "\n-", "\n ", "\n*", "\n_", "---", "***", "___")
"""One of these is in all that the pattern finds; it looks at every line."""
_APPEARANCE = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*) #([1-9]\d{0,8})\Z", re.ASCII)
_URL = re.compile(r"https?://[^\s<>\"]+\Z", re.IGNORECASE)
_NOT_URL = re.compile(r"[\s<>\"]")
_ITEM_SPECIAL = re.compile(r"<|&(?=[lg]t|amp|#)|;[0-9]*")
_ITEM_ESCAPED = re.compile(r"&lt|&amp|&#([45][0-9])")


def write_page(paper: Paper) -> str:
    """Write a paper as a Markdown page, every line with a line feed.

    Whatever the texts hold, the page has these keys and no others, and its abstract no construct.
    """
    lines = [f"{key}: {value}" for key, value in _values(paper) if value]
    if paper.hidden and not any(key.lower() == "status" for key, _ in paper.extra):
        lines.append("{}: {}".format(*_SKIPPED))
    lines += [f"{key}: {value}" for key, value in paper.extra]
    parts = ["\n".join(lines)]
    if paper.abstract and (body := write_markdown(paper.abstract)):
        parts.append(body)
    if paper.notes:
        parts.append(paper.notes)
    return "\n\n".join(parts) + "\n"


def _values(paper: Paper) -> Iterator[tuple[str, str | None]]:
    """Give the converter's keys and values in order; an empty one or none stands for unknown."""
    yield "Title", write_value(paper.title) or "Untitled"
    yield "Date", paper.date.isoformat()
    yield "Date_basis", paper.date_basis
    yield "Published", str(paper.published) if paper.published else None
    yield "Category", "papers"
    yield "Authors", _write_list(paper.authors or ())
    yield "Author_count", _write_number(paper.author_count)
    yield "Tags", ", ".join(paper.topics)
    yield "Slug", paper.slug
    yield "Former_slugs", ", ".join(paper.former)
    yield "Arxiv", paper.arxiv and write_value(paper.arxiv)
    yield "Arxiv_version", _write_number(paper.arxiv_version)
    yield "Doi", paper.doi and write_value(paper.doi)
    yield "Venue", paper.venue and write_value(paper.venue)
    yield "Remark", paper.remark and write_value(paper.remark)
    if paper.categories:
        yield "Categories", ", ".join(write_value(name) for name in paper.categories)
    yield "Organization", paper.organization and write_value(paper.organization)
    yield "Submitter", paper.submitter and write_value(paper.submitter)
    if paper.keywords:
        yield "Keywords", _write_list(paper.keywords)
    yield "Upvotes", _write_number(paper.upvotes)
    yield "Comments", _write_number(paper.comments)
    if paper.links:
        yield "Links", "; ".join(f"{link.kind} {link.url}" for link in map(page_link, paper.links))
    yield "Blurb", paper.blurb and write_value(paper.blurb)
    yield "Ai_summary", paper.ai_summary and write_value(paper.ai_summary)
    yield "Digests", "; ".join(f"{place.digest} #{place.position}" for place in paper.digests)
    yield "Withdrawn", paper.withdrawn and write_value(paper.withdrawn)
    yield "Hidden", paper.hidden and write_value(paper.hidden)


def _write_list(names: Iterable[str]) -> str:
    """Write names with semicolons between them, and one after a single name with a comma.

    So Pelican splits them, at semicolons first: a name's own is written as an entity.
    """
    written = [value for name in names if (value := _write_item(shown_line(name)))]
    if len(written) == 1 and "," in written[0]:
        return written[0] + ";"
    return "; ".join(written)


def _write_item(name: str) -> str:
    """Write a name so that no tag can begin in it, nor it end, by entities without the semicolon.

    HTML reads them too: https://html.spec.whatwg.org/multipage/parsing.html#named-character-reference-state
    """
    if "<" not in name and "&" not in name and ";" not in name:
        return name
    return _ITEM_SPECIAL.sub(_item_entity, name)


def _item_entity(match: re.Match[str]) -> str:
    if match[0] in "<&":
        return "&lt" if match[0] == "<" else "&amp"
    # The digits after a semicolon would go on with its number.
    return "".join(f"&#{ord(sign)}" for sign in match[0])


def _read_item(value: str) -> str:
    if "&" not in value:
        return value
    return _ITEM_ESCAPED.sub(_item_sign, value)


def _item_sign(match: re.Match[str]) -> str:
    return chr(int(match[1])) if match[1] else "<" if match[0] == "&lt" else "&"


def page_link(link: Link) -> Link:
    """Give a link as a page can hold it: an address without spaces or angle brackets."""
    return Link(link.kind, _NOT_URL.sub(lambda m: quote(m[0]), one_line(link.url)))


def _write_number(number: int | None) -> str:
    return "" if number is None else str(number)


def read_page(text: str, *, path: str, number: int = 0) -> Paper:
    """Read a page that lies at `path` (relative to the papers folder).

    A page made by hand needs no more than a ``Title:``; its tags are its topics, a date without a
    basis is its publication.

    Raises:
        PageError: where it is not a page, or a key of the converter does not hold what it should.
    """
    front, extra, body = split_page(text, path)
    read = _Reading(path, front)
    title = read.one("title")
    if title is None:
        raise PageError(path, "expected a 'Title:' line at the top, found none.", hint=RESTORE)
    mine = _MINE.search(body) if any(sign in body for sign in _MINE_SIGNS) else None
    abstract = read_markdown(body[: mine.start()] if mine else body)
    doi, arxiv = read.one("doi"), read.one("arxiv")
    published = read.parsed("published", _parse_date)
    date, basis, published = _read_dates(read, published, arxiv or arxiv_of_doi(doi))
    topics = named_topics(extra)
    slug = read.one("slug") or name_of(title, arxiv, path.rpartition("/")[2].removesuffix(".md"))
    former = read.split("former_slugs", ",;")
    for name in (slug, *former):
        if not is_name(name):
            raise PageError(path, f"the slug {name[:60]!r} cannot name a page.", hint=RESTORE)
    authors = read.names("authors") or read.names("author")
    hidden = read.one("hidden")
    if hidden is not None and extra[:1] == [_SKIPPED]:
        del extra[0]
    return Paper(
        slug=slug,
        path=path,
        number=number,
        title=title,
        date=date,
        date_basis=basis,
        abstract=abstract or None,
        blurb=read.one("blurb"),
        ai_summary=read.one("ai_summary"),
        authors=authors or None,
        author_count=read.number("author_count"),
        published=published,
        topics=read.split("tags", ",;") if topics is None else topics,
        arxiv=arxiv,
        arxiv_version=read.number("arxiv_version"),
        doi=doi,
        venue=read.one("venue"),
        remark=read.one("remark"),
        categories=read.split("categories", ","),
        organization=read.one("organization"),
        submitter=read.one("submitter"),
        keywords=read.names("keywords"),
        upvotes=read.number("upvotes"),
        comments=read.number("comments"),
        links=read.links(),
        digests=read.digests(),
        notes=body[mine.start() :].rstrip() if mine else None,
        extra=tuple(extra),
        withdrawn=read.one("withdrawn"),
        hidden=hidden,
        former=former,
    )


def named_topics(extra: Iterable[tuple[str, str]]) -> tuple[str, ...] | None:
    """Give the topics that a person names on a page, by its further keys; ``None`` without any."""
    said = next((value for key, value in extra if key.lower() == "topics"), None)
    return None if said is None else tuple(dict.fromkeys(_names(said, ",;\n")))


class _Reading:
    """The values of one page's keys, and what turns them into records."""

    def __init__(self, path: str, front: dict[str, str]) -> None:
        self.path = path
        self.front = front

    def one(self, key: str) -> str | None:
        value = self.front.get(key)
        return shown_line(read_value(value)) or None if value else None

    def split(self, key: str, separators: str) -> tuple[str, ...]:
        names = map(read_value, _names(self.front.get(key) or "", separators))
        return tuple(dict.fromkeys(filter(None, map(shown_line, names))))

    def names(self, key: str) -> tuple[str, ...]:
        value = self.front.get(key)
        if not value:
            return ()
        names = map(_read_item, _names(value, ";" if ";" in value else ","))
        return tuple(filter(None, map(shown_line, names)))

    def parsed(self, key: str, parse: Callable[[str], Any]) -> Any:
        value = self.front.get(key)
        if not value:
            return None
        try:
            return parse(value)
        except (ValueError, BadDateError):
            raise PageError(
                self.path, f"{key.capitalize()!r} cannot be {value[:40]!r}.", hint=RESTORE
            ) from None

    def number(self, key: str) -> int | None:
        number: int | None = self.parsed(key, _parse_number)
        return number

    def links(self) -> tuple[Link, ...]:
        return self.parsed("links", lambda text: tuple(_parse_links(text))) or ()

    def digests(self) -> tuple[Appearance, ...]:
        return self.parsed("digests", lambda text: tuple(_parse_digests(text))) or ()


def _names(value: str, separators: str) -> tuple[str, ...]:
    """Split at any of the separators; empty parts go."""
    for separator in separators[1:]:
        value = value.replace(separator, separators[0])
    parts = (part.strip() for part in value.split(separators[0]))
    return tuple(part for part in parts if part)


@lru_cache(maxsize=1 << 13)
def _parse_date(text: str) -> PartialDate:
    """Make each date once: an archive has fewer days than pages.

    Raises:
        ValueError: for what is no date, or no paper's.
        BadDateError: likewise.
    """
    date = PartialDate.parse(text)
    if not is_plausible(date):
        raise ValueError(text)
    return date


def _parse_day(text: str) -> dt.date:
    date = dt.date.fromisoformat(text[:10])
    if not is_plausible(PartialDate.of(date)):
        raise ValueError(text)
    return date


def _parse_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ValueError(text)
    return int(text)


def _parse_links(text: str) -> Iterator[Link]:
    for part in text.split("; "):
        kind, _, url = part.strip().partition(" ")
        if kind not in LINK_KINDS or not _URL.match(url):
            raise ValueError(part)
        yield Link(kind, url)


def _parse_digests(text: str) -> Iterator[Appearance]:
    for part in text.split(";"):
        match = _APPEARANCE.match(part.strip())
        if match is None:
            raise ValueError(part)
        yield Appearance(match[1], int(match[2]))


def _read_dates(
    read: _Reading, published: PartialDate | None, arxiv: str | None
) -> tuple[dt.date, str, PartialDate | None]:
    """Give the date, what it is, and the publication, where a person left some of them out."""
    date = read.parsed("date", _parse_day)
    basis = read.one("date_basis")
    if basis is not None and basis not in BASES:
        raise PageError(read.path, f"'Date_basis' cannot be {basis[:40]!r}.", hint=RESTORE)
    if basis is not None and date is not None:
        return date, basis, published
    published = published or (PartialDate.of(date) if date else arxiv_month(arxiv))
    if published is None:
        return PLACEHOLDER, "unknown", published
    return published.earliest, "publication", published

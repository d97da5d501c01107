"""The entry of a newsletter's paper, of its title, its address and what is said of it."""

from __future__ import annotations

import re

from ..records import Entry, Link
from .beside import VENUE
from .identifiers import read_arxiv, read_doi
from .labels import Fields, collect_links, unfolded
from .own_ids import other_ids
from .publishers import doi_of
from .references import APPEARED, ended_title
from .wording import one_line

VOTES = re.compile(
    r"(?:👍|⬆️?|🔺|▲|🔥|\bupvotes?\b:?)\s*(\d{1,6})\b"
    r"|\b(\d{1,6})\s*(?:👍|⬆|🔺|▲|(?:up)?votes?\b|likes?\b)"
)


def parted(title: str, rest: str) -> tuple[str, str, dict[str, str]]:
    """Part a title and what is said beside it from venue, votes, day and people."""
    found: dict[str, str] = {}
    for name, pattern in (("venue", VENUE), ("upvotes", VOTES)):
        if match := pattern.search(rest):
            found[name] = match[match.lastindex or 0]
            rest = (rest[: match.start()] + " " + rest[match.end() :]).strip(" ()[],.*_-")
    venue = None if APPEARED in title or found.get("venue") else VENUE.search(title)
    if venue and venue.end() == len(title):
        title, found["venue"] = title[: venue.start()].rstrip(" ,.([*_-"), venue[1]
    title, ended = ended_title(title)
    return title, rest, ended | found


def make_entry(number: int, title: str, url: str, fields: Fields, *, context: str = "") -> Entry:
    """Make an entry of what is known of a paper; its position is not known yet."""
    arxiv = read_arxiv(url) if url else None
    doi = None if arxiv or not url else read_doi(url) or doi_of(url)
    beside = Fields()
    for line in unfolded(context) if "](" in context else ():
        collect_links(beside, line)
    links = beside.links + fields.links
    if url and arxiv is None and doi is None:
        links.insert(0, Link("pdf" if url.endswith(".pdf") else "page", url))
    arxiv, doi = other_ids([*beside.ids, *fields.ids], arxiv, doi)
    published = fields.published
    return Entry(
        position=0,
        title=one_line(title),
        line=number,
        abstract=fields.text("abstract"),
        blurb=fields.blurb,
        ai_summary=fields.text("ai_summary"),
        authors=fields.authors,
        organization=fields.line("organization"),
        remark=fields.line("remark"),
        published=published if arxiv is None or arxiv[1] in (None, 1) else None,
        arxiv=arxiv[0] if arxiv else None,
        arxiv_version=arxiv[1] if arxiv else None,
        doi=doi,
        venue=fields.line("venue") or beside.line("venue"),
        categories=fields.categories,
        upvotes=fields.upvotes,
        keywords=fields.words("keywords"),
        links=tuple(dict.fromkeys(links)),
    )

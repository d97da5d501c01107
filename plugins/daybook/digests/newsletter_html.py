"""Newsletters and trackers saved as HTML, mails' bodies among them.

The page is rendered as the Markdown lines it would have been written in, and these are read as any
newsletter's: see `newsletter`. Tables that only lay a page out, as mails have them, are no tables.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import replace

from bs4 import BeautifulSoup, Tag

from ..errors import Refusal
from .addresses import absolute, base_of, clean_address
from .blocks import Block, read_blocks
from .claims import Claim, Fit
from .days import year_of
from .dblp_page import write_records
from .document import Document
from .draft import Draft
from .elements import without_comments
from .html_tree import parse_html
from .id_columns import with_id_columns
from .ids_above import with_ids_above
from .labelled_ids import with_labelled_ids
from .linked_titles import with_days_below, with_linked_titles, with_people_below
from .marks import paper_key, papers_in
from .newsletter import Newsletter
from .page_lines import NO_SIGNS, PageLines
from .page_roles import write_roles
from .shielding import shielded_words
from .stated import Statement
from .unread import tell_unread

_HREF = re.compile(
    r"\bhref\s*=\s*(?:\"([^\"]{8,3000})\"|'([^']{8,3000})'|([^\s>\"']{8,3000}))", re.IGNORECASE
)
_NAMED = re.compile(r">[^<>]{0,300}\barxiv:\s?\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}\b", re.IGNORECASE)
_LABELLED = re.compile(
    r"\b(?:doi|arxiv|preprint|paper)(?: id)?\s?:?\s?(?:</?\w{1,6}>\s?){0,3}:?\s?(?:<\w{1,6}>)?"
    r"(?:\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}(?!\d)|10\.\d{4,9}/\w)",
    re.IGNORECASE,
)
"""A bare identifier under a label."""
_HEADED = re.compile(r"<t[hd]\b[^<>]{0,300}>\s{0,20}(?:arxiv|doi)\b", re.IGNORECASE)
_BARE = re.compile(
    r"<td\b[^<>]{0,300}>\s{0,20}(?:\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}(?!\d)|10\.\d{4,9}/\w)",
    re.IGNORECASE,
)
_RECORD = re.compile(r"<cite\b[^<>]{0,100}\bclass=[\"']?data\b")
"""How DBLP's pages begin what they say of a paper."""
_BEHIND = ("noscript", "template")
"""What browsers show in place of a script, or not at all: read for papers only found there."""


def accepts(document: Document) -> Claim | None:
    """Claim HTML that links to a paper, or names one by its identifier."""
    if document.start.startswith("<?xml") and document.root != "html":
        return None
    base = base_of(document.text)
    links = any(
        paper_key(clean_address(absolute(_href(match), base)))
        for match in _HREF.finditer(document.text)
    )
    named = (
        links
        or _RECORD.search(document.text)
        or _NAMED.search(document.text)
        or _LABELLED.search(document.text)
    )
    return Claim(Fit.LIKELY) if named or _has_id_column(document.text) else None


def _has_id_column(text: str) -> bool:
    """Whether there is a table with a column of bare identifiers."""
    return _BARE.search(text) is not None and _HEADED.search(text) is not None


def _href(match: re.Match[str]) -> str:
    return NO_SIGNS.sub("", html.unescape(match[1] or match[2] or match[3])).strip()


def read(document: Document) -> Iterable[Draft]:
    """Read a newsletter's page, as one digest for each heading with a date of its own."""
    soup = parse_html(document)
    base = base_of(document.text)
    _leave_out_repeated(soup, base)
    write_records(soup)
    write_roles(soup)
    page = PageLines(document.text, base)
    title = soup.title.get_text(" ", strip=True) if soup.title else ""
    if title and soup.find("h1") is None:
        page.lines.append(f"# {shielded_words(title)}")
        page.sources.append(1)
    page.render(soup)
    lines = with_labelled_ids(with_id_columns(with_days_below(with_ids_above(page.lines))))
    blocks = read_blocks(with_linked_titles(with_people_below(lines)))
    newsletter = Newsletter(document.path, blocks, year_of(title, document.path))
    newsletter.read()

    def source(line: int | None) -> int | None:
        return page.sources[line - 1] if line else None

    drafts = [
        replace(
            draft,
            entries=[replace(entry, line=source(entry.line)) for entry in draft.entries],
            refusals=[replace(refusal, line=source(refusal.line)) for refusal in draft.refusals],
        )
        for draft in newsletter.drafts(Statement())
    ]
    told = _tell_unread(document, drafts, newsletter.blocks, base)
    for number, draft in enumerate(drafts):
        yield draft if number else replace(draft, refusals=[*draft.refusals, *told])


def _leave_out_repeated(soup: Tag, base: str) -> None:
    """Leave out what stands behind scripts where the page itself links to all its papers."""

    def papers(tag: Tag) -> set[str | None]:
        links = tag.find_all("a", href=True)
        return {paper_key(clean_address(absolute(str(a["href"]).strip(), base))) for a in links}

    behind = [(tag, papers(tag) - {None}) for tag in soup.find_all(_BEHIND)]
    if not any(found for _, found in behind):
        return
    parts = [(tag, tag.extract()) for tag, _ in behind if tag.find_parent(_BEHIND) is None]
    shown = papers(soup) - {None}
    body = soup.find("body") or soup
    for tag, part in parts:
        found = next(found for other, found in behind if other is tag)
        if found - shown and isinstance(body, Tag):
            shown |= found
            # Parsed anew: text in a template is none to the parser.
            body.append(BeautifulSoup(part.decode_contents(), "lxml"))


def _tell_unread(
    document: Document, drafts: list[Draft], blocks: list[Block], base: str
) -> list[Refusal]:
    """Name the papers to which the page links and that the reader was not shown at all."""
    entries = [entry for draft in drafts for entry in draft.entries]
    known = {k for e in entries for k in (e.arxiv, e.doi, *(paper_key(at.url) for at in e.links))}
    known |= {key for block in blocks for key, _ in papers_in(block.text)}
    told: list[Refusal] = []
    text = without_comments(document.text)
    for match in _HREF.finditer(text):
        url = clean_address(absolute(_href(match), base))
        key = paper_key(url)
        if key is None or key in known or url in known or "<link" in _tag_around(text, match):
            continue
        known.add(key)
        line = text.count("\n", 0, match.start()) + 1
        message = f"a link to {key} stands in no part of the page that is read, and is no entry."
        hidden = text.rfind("<!--", 0, match.start()) > text.rfind("-->", 0, match.start())
        told.append(Refusal(document.path, line, message, "Save the page again.", not hidden))
    said = [*told, *(refusal for draft in drafts for refusal in draft.refusals)]
    return told + tell_unread(document, entries, said, (block.text for block in blocks))


def _tag_around(text: str, match: re.Match[str]) -> str:
    begin = text.rfind("<", 0, match.start())
    return text[max(begin, 0) : match.start()].lower()

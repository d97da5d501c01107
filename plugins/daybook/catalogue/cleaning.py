"""The last gate before text becomes pages: characters that HTML and XML forbid are taken out.

READ already hands over clean text, but a keeper's hand-edited page, a settings file or a record
made in a test may not be. Cleaning the records once is cheaper than looking at every page.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..records import Archive, KeptDigest, Paper, Topic

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
    )
    + "]"
)
_BREAKS = re.compile("\r\n?|[\x85\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def clean_text(text: str) -> str:
    """Take out what neither XML 1.0 nor HTML allows; lone surrogates become U+FFFD.

    See https://www.w3.org/TR/xml/#charsets and
    https://html.spec.whatwg.org/multipage/parsing.html#preprocessing-the-input-stream.
    """
    if text.isprintable():
        return text
    text = _BREAKS.sub("\n", text)
    return _FORBIDDEN.sub("", _SURROGATES.sub("\ufffd", text))


def clean_line(text: str) -> str:
    """Clean a text that is shown on one line."""
    return text if text.isprintable() else " ".join(clean_text(text).split())


def _or_none(text: str | None) -> str | None:
    return clean_text(text) if text is not None else None


def _clean_paper(paper: Paper) -> Paper:
    texts = (paper.abstract, paper.blurb, paper.ai_summary, paper.notes)
    lines = (
        paper.title,
        paper.venue or "",
        paper.organization or "",
        paper.submitter or "",
        paper.remark or "",
        paper.withdrawn or "",
        *(paper.authors or ()),
        *paper.keywords,
        *paper.categories,
    )
    if "".join(lines).isprintable() and all(
        text is None or text.replace("\n", "").isprintable() for text in texts
    ):
        return paper
    return replace(
        paper,
        title=clean_line(paper.title),
        abstract=_or_none(paper.abstract),
        blurb=_or_none(paper.blurb),
        ai_summary=_or_none(paper.ai_summary),
        notes=_or_none(paper.notes),
        authors=None if paper.authors is None else tuple(map(clean_line, paper.authors)),
        venue=clean_line(paper.venue) if paper.venue else None,
        organization=clean_line(paper.organization) if paper.organization else None,
        submitter=clean_line(paper.submitter) if paper.submitter else None,
        remark=clean_line(paper.remark) if paper.remark else None,
        withdrawn=clean_line(paper.withdrawn) if paper.withdrawn is not None else None,
        keywords=tuple(map(clean_line, paper.keywords)),
        categories=tuple(map(clean_line, paper.categories)),
    )


def _clean_digest(digest: KeptDigest) -> KeptDigest:
    items = tuple(
        item
        if item.group is None or item.group.isprintable()
        else replace(item, group=clean_line(item.group))
        for item in digest.items
    )
    return replace(digest, name=clean_line(digest.name), items=items)


def _clean_topic(topic: Topic) -> Topic:
    return replace(
        topic,
        name=clean_line(topic.name),
        group=clean_line(topic.group),
        definition=clean_line(topic.definition),
    )


def clean_archive(archive: Archive) -> Archive:
    """Give the same archive with every shown text fit for HTML and XML."""
    return replace(
        archive,
        papers=tuple(map(_clean_paper, archive.papers)),
        digests=tuple(map(_clean_digest, archive.digests)),
        topics=tuple(map(_clean_topic, archive.topics)),
        removed=tuple((slug, reason and clean_line(reason)) for slug, reason in archive.removed),
    )

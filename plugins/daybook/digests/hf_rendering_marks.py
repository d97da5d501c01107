"""What a rendered list of Hugging Face's is known by: lines of its own, above its first card."""

from __future__ import annotations

import re

from .claims import Claim, Fit
from .document import Document

_MARK = re.compile(
    r"(?mi)^[^\w\n]{0,8}(?:(?:page )?title:[^\w\n]{0,4})?"
    r"(?:get (?:trending|daily) papers in your email|daily papers - hugging face"
    r"|(?:by\W{0,3})?(?:\[[^\n]{0,300})?AK\b[^\n]{0,120} and the research"
    r"|and the research community)"
)
"""Lines of the page's own, above its cards."""
_FIRST_PAPER = re.compile(
    r"(?m)\]\([^()\s]{0,200}?/(?:abs|pdf|html|papers)/\d{4}\.\d{4,5}"
    r"|^https?://\S{0,200}?/(?:abs|pdf|html|papers)/\d{4}\.\d{4,5}"
)
_CARD = re.compile(
    r"(?m)(?:/|%2F)papers(?:/|%2F)\d{4}\.\d{4,5}|\b\d{1,5} authors?\b"
    r"|^[^\w\n]{0,8}(?:Submitted by|Upvote)"
)
"""What stands in its cards."""
_TITLED = re.compile(r"(?m)^[^\S\n]*#{2,4} +\S|^https://huggingface\.co/papers/\d{4}\.\d{4,5}\s*$")
_LOOKED_AT = 8_000


def claim_of(document: Document) -> Claim | None:
    """Claim text with the page's own lines above any paper, and titles as headings or links.

    A newsletter may begin so, too: what links to papers has the page's cards.
    """
    start = document.start
    if start.startswith(("{", "@", "TY  -", "\\\\")) or _TITLED.search(start) is None:
        return None
    mark = _MARK.search(start[:_LOOKED_AT])
    first = _FIRST_PAPER.search(start)
    if mark is None or (first and (first.start() < mark.start() or not _CARD.search(start))):
        return None
    return Claim(Fit.LIKELY, mark.start())

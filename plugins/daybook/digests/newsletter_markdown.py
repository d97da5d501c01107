"""Newsletters and trackers in Markdown: see `newsletter` for what makes an entry."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .document import Document
from .draft import Draft
from .marks import BRACKETED, normalize, papers_in
from .newsletter import Newsletter, draft_issues, year_of
from .stated import read_statement
from .titles import read_blocks

_MARKED = re.compile(r"(?m)^(?:\s{0,3}#{1,6} |[^\S\n]*\||[^\S\n]*[-*+] |[^\S\n]*\d{1,3}[.)] )")
_LOOKED_AT = 400_000
_ALONE = 24


def accepts(document: Document) -> bool:
    """Accept text that links to a paper under a mark of Markdown's, or alone in a line."""
    if document.is_markup or document.start.startswith(("{", "@")):
        return False
    text = document.text[:_LOOKED_AT]
    marked = _MARKED.search(text) is not None
    for raw in text.split("\n"):
        if ("://" in raw or "rxiv:" in raw or BRACKETED.search(raw)) and (
            line := normalize(raw, {})
        ):
            link = next((link for _, link in papers_in(line)), None)
            if link and (marked or len(line) - len(link[0]) < _ALONE):
                return True
    return False


def lists_more(document: Document) -> bool:
    """Whether it is Markdown that links to more papers than it has entries in BibTeX."""
    text = document.text[:_LOOKED_AT]
    if "](" not in text or re.search(r"(?m)^#{1,6} |^[^\S\n]*[-*|] ", text) is None:
        return False
    linked = {key for line in text.split("\n") if "](" in line for key, _ in papers_in(line)}
    return len(linked) > len(re.findall(r"(?m)^[^\S\n]*@\w+\s*\{", text))


def read(document: Document) -> Iterable[Draft]:
    """Read a newsletter, as one digest for each heading with a date of its own."""
    lines = document.text.split("\n")
    statement = read_statement(document.path, lines)
    blocks = read_blocks(lines, statement.body)
    newsletter = Newsletter(document.path, blocks, year_of(document.text, document.path))
    newsletter.read()
    yield from draft_issues(newsletter, statement)

"""Where entries of BibTeX begin, and whether a text that has some is a bibliography."""

from __future__ import annotations

import re

from .bibtex_titles import KINDS
from .claims import BEHIND_ALL, Claim, Fit, claim_at
from .document import Document
from .marks import papers_in
from .shielding import shielded

_BARE = (
    rf"^[ \t]*(?:@[ \t]*(?P<unopened>[A-Za-z]+)|(?P<unmarked>{KINDS}))[ \t]*+[{{(]?[ \t]*+"
    r"[^\s,{}()=\"@]{0,200}[ \t]*+,(?=\s*[A-Za-z][\w-]{0,40}\s*=\s*[{\"\d])"
)
"""An entry without its '@' or its brace, known by its key and the field that follows."""
LINE = re.compile(rf"(?m)^[ \t]*@[ \t]*[A-Za-z]+\s*[{{(]|{_BARE}", re.IGNORECASE)
ENTRY = re.compile(
    rf"(?m)^[ \t]*@[ \t]*(?P<any>[A-Za-z]+)\s*[{{(]|{_BARE}"
    rf"|@[ \t]*(?P<kind>{KINDS})\s*[{{(]"
    r"(?=\s*[^\s,{}=]{0,200}\s*,\s*[A-Za-z][\w-]{0,40}\s*=)",
    re.IGNORECASE,
)
"""Where an entry begins: at the beginning of a line; of a known kind, with a field, anywhere."""
_OPENED = re.compile(r"(?m)^[^\S\n]*@\w+\s*\{")
_BRACE = re.compile(r"[{}]")
_LONGEST_MARK = 8
_LOOKED_AT = 400_000


def claim_of(document: Document) -> Claim | None:
    """Claim text for its first entry that has a field; one within a line may be any text's words.

    A list in Markdown that asks to be cited so is none.
    """
    start = document.start
    match = LINE.search(start) or ENTRY.search(start)
    if match is None or "=" not in start[match.end() : match.end() + 2000]:
        return None
    if match.re is LINE:
        listed = match.start() > 0 and _lists_more(document)
        return None if listed else claim_at(document, match.start())
    begins = match.start() <= _LONGEST_MARK  # '1. @article{' begins a list, too.
    return Claim(Fit.LIKELY, match.start() if begins else BEHIND_ALL + 1)


def _lists_more(document: Document) -> bool:
    """Whether it is Markdown that links to more papers than it has entries in BibTeX.

    What an entry holds are its own words, whatever they link to.
    """
    text = document.text[:_LOOKED_AT]
    if "](" not in text or re.search(r"(?m)^#{1,6} |^[^\S\n]*[-*|] ", text) is None:
        return False
    outside, entries = _without_entries(text)
    linked = {
        key for line in outside.split("\n") if "](" in line for key, _ in papers_in(shielded(line))
    }
    return len(linked) > entries


def _without_entries(text: str) -> tuple[str, int]:
    """Give what stands in no entry of BibTeX's, and how many entries there are."""
    parts: list[str] = []
    at = entries = 0
    for begun in _OPENED.finditer(text):
        if begun.start() < at:
            continue
        entries += 1
        parts.append(text[at : begun.start()])
        depth, at = 1, begun.end()
        for brace in _BRACE.finditer(text, at):
            at = brace.end()
            depth += 1 if brace[0] == "{" else -1
            if not depth:
                break
    return "".join([*parts, text[at:]]), entries

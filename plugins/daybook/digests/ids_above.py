"""Titles below the identifier of their paper, each in a paragraph of its own, as cards have them.

'arXiv:2501.00001 · cs.RO · 5 Mar 2026', and below it '### A Title' or '**A Title**'; arXiv's lists
copied with empty lines have 'Title: A Title' there. Read on, each title would have the next one's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .identifiers import read_arxiv
from .marks import is_worded, papers_in, plain

_ID = r"\d{4}\.\d{4,5}(?:v\d{1,2})?|[a-z-]{2,20}(?:\.[A-Z]{2})?/\d{7}(?:v\d{1,2})?"
_LINE = re.compile(
    rf"\s*(?:\[\d{{1,4}}\]\s{{1,3}})?(?:\[(?:arXiv[:\s]\s?)?(?P<linked>{_ID})\]\([^()\s]{{8,300}}\)"
    rf"|arXiv:\s?(?P<bare>{_ID}))(?:\s{{1,3}}[\[(·•|,–-][^\n]{{0,80}})?\s*",
    re.IGNORECASE,
)
_MARKED = re.compile(
    r"\s*(?:(?P<heading>#{1,6})\s+(?P<headed>\S.*)|(?P<bold>\*\*|__)(?P<words>[^*\n]{4,300})"
    r"(?:\*\*|__)|(?P<label>Title):\s*(?P<labelled>\S.*))\s*"
)
_FEWEST = 2


def with_ids_above(lines: Sequence[str]) -> list[str]:
    """Give lines of which such titles lead to their papers, and the identifiers are none.

    Every identifier that is a line must have a title below it, marked in the same way, and none
    above: else it is that one's.
    """
    told = [place for place, line in enumerate(lines) if line.strip()]
    found: dict[int, tuple[int, str]] = {}
    kinds = set()
    for at, place in enumerate(told):
        if (match := _LINE.fullmatch(lines[place])) is None:
            continue
        below = _MARKED.fullmatch(lines[told[at + 1]]) if at + 1 < len(told) else None
        above = _MARKED.fullmatch(lines[told[at - 1]]) if at else None
        if below is None or (above is not None and _kind(above) == _kind(below)):
            return list(lines)
        if below["label"] and match["bare"] and (told[at + 1] == place + 1 or "[" in match[0]):
            return list(lines)  # A listing of arXiv's has records: `numbered_records`.
        title = plain(below["headed"] or below["words"] or below["labelled"])
        known = read_arxiv(match["linked"] or match["bare"])
        if known is None or not is_worded(title) or next(papers_in(below[0]), None):
            return list(lines)
        kinds.add(_kind(below))
        found[place] = told[at + 1], f"[{title}](https://arxiv.org/abs/{known[0]})"
    if len(found) < _FEWEST or len(kinds) != 1:
        return list(lines)
    written = list(lines)
    for place, (title_place, title) in found.items():
        match = _MARKED.fullmatch(lines[title_place])
        heading = match["heading"] if match else None
        written[place] = ""
        written[title_place] = f"{heading} {title}" if heading else title
    return written


def _kind(match: re.Match[str]) -> str:
    return match["heading"] or match["bold"] or match["label"]

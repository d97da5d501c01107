"""Bare identifiers under a label: '**DOI:** 10.1000/182', 'Preprint: 2401.00001'.

A number is one of arXiv's, and not a measurement, where the label says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .identifiers import read_arxiv, read_doi
from .labels import label_of
from .marks import plain

_GLANCE = re.compile(r"\d{4}\.\d{4}|10\.\d{4,9}/|-\w+/\d{7}|[a-z]/\d{7}")
_MARKED = re.compile(r"\s*(?:[-*+]\s+)?(?:\*\*|__|`)|\s*[-*+]\s")
_CATEGORY = re.compile(r"\s+\[[a-z-]{2,10}(?:\.[A-Za-z-]{2,10})?\]\Z")
_AROUND = " *`;,<>"


def with_labelled_ids(lines: Iterable[str]) -> list[str]:
    """Give lines of which an identifier that is all a label says links to its paper."""
    return [_linked(line) if _GLANCE.search(line) else line for line in lines]


def _linked(line: str) -> str:
    if "](" in line or "://" in line or "|" in line:
        return line
    label = label_of(line)
    if label is None or label[0] != "link":
        return line
    value = plain(label[1]).strip(_AROUND)
    if _MARKED.match(line):
        value = _CATEGORY.sub("", value)  # Records of listings have it, too, without a mark.
    place = line.rfind(value)
    if not value or place < 0:
        return line
    before, behind = line[:place].rstrip("`<"), line[place + len(value) :].lstrip("`>")
    if found := read_arxiv(value):
        number = f"{found[0]}v{found[1]}" if found[1] else found[0]
        return f"{before}[arXiv:{number}](https://arxiv.org/abs/{number}){behind}"
    if doi := read_doi(value):
        return f"{before}[doi:{doi}](https://doi.org/{doi}){behind}"
    return line

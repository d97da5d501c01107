"""PubMed's 'Summary (text)' and 'Abstract (text)'.

A summary is a counted reference. An abstract has a counted line of the journal, then title, people,
words and numbers.

https://pubmed.ncbi.nlm.nih.gov/help/#save-file. Each paragraph says by its place what it is; they
are written under Markdown's marks, as all else that is read as lines is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .citation_people import read_people
from .days import MONTHS

_HEAD = re.compile(
    r"\d{1,5}\. (?P<venue>[^.]{2,120}(?:\. [A-Z][a-z]{1,9})?)\. (?P<year>(?:19|20)\d{2})"
    r"(?: (?P<month>[A-Z][a-z]{2}))?(?: (?P<day>\d{1,2}))?[^\n]*"
)
_SUMMARY = re.compile(r"(?P<number>\d{1,5}): (?P<said>\S.* PMID: \d{1,9}\b.*)")
_SINCE = re.compile(r" (?:Epub \d{4}[^.]{0,12}\. )?PMID: \d{1,9}\b.*\Z")
"""What PubMed says behind a reference, of itself."""
_DOI = re.compile(r"\bdoi: ?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_NOTE = re.compile(r"\(\d{1,3}\)(?:\(\d{1,3}\))*|[#*]")
_ABOUT = re.compile(
    r"(?:Author information|Collaborators|Comment (?:in|on)|Erratum|Update (?:in|of)|Copyright|©"
    r"|DOI:|PMCID:|PMID:|Conflict of interest)"
)
"""What begins a paragraph that is no abstract."""


def with_abstracts(lines: Sequence[str]) -> list[str]:
    """Give lines with such records written as Markdown has them; each stays where it begins."""
    written = list(lines)
    paragraphs = _paragraphs(lines)
    for place, text in paragraphs:
        if summary := _SUMMARY.fullmatch(" ".join(text.split())):
            end = place + text.count("\n") + 1
            said = _SINCE.sub("", summary["said"])
            written[place:end] = [f"{summary['number']}. {said}", *[""] * (end - place - 1)]
    heads = [n for n, (_, text) in enumerate(paragraphs) if _is_head(paragraphs, n)]
    for number, begin in enumerate(heads):
        end = heads[number + 1] if number + 1 < len(heads) else len(paragraphs)
        record = paragraphs[begin:end]
        for place, text in record:
            end_of_text = place + text.count("\n") + 1
            written[place:end_of_text] = [""] * (end_of_text - place)
        for place, said in _said([(place, " ".join(text.split())) for place, text in record]):
            written[place] = said
    return written


def _paragraphs(lines: Sequence[str]) -> list[tuple[int, str]]:
    """Give where paragraphs begin, and their text with its line ends."""
    found: list[tuple[int, list[str]]] = []
    for place, line in enumerate(lines):
        if not line.strip():
            continue
        if place and lines[place - 1].strip() and found:
            found[-1][1].append(line)
        else:
            found.append((place, [line]))
    return [(place, "\n".join(text)) for place, text in found]


def _is_head(paragraphs: Sequence[tuple[int, str]], number: int) -> bool:
    text = " ".join(paragraphs[number][1].split())
    named = _HEAD.fullmatch(text) and _DOI.search(text) and number + 2 < len(paragraphs)
    return bool(named) and _names(" ".join(paragraphs[number + 2][1].split())) is not None


def _names(text: str) -> str | None:
    people = read_people(_NOTE.sub("", text).rstrip("."))
    return ", ".join(people.names) if people else None


def _said(record: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Give the lines of a record, and where they stand."""
    (first, head), (second, title), (third, people), *others = record
    match, doi = _HEAD.fullmatch(head), _DOI.search(head)
    if match is None or doi is None:
        return []
    words = title.rstrip(".").replace("[", "\\[").replace("]", "\\]")
    month = MONTHS.get((match["month"] or "").lower(), 0)
    parts = (match["year"], f"{month:02d}" if month else "", f"{int(match['day'] or 0):02d}")
    day = "-".join(parts[: 1 + bool(month) + bool(month and match["day"])])
    abstract = next(((place, text) for place, text in others if not _ABOUT.match(text)), None)
    address = doi[1].rstrip(".,;")
    said = [
        (first, f"### [{words}](https://doi.org/{address})"),
        (first + 1, f"Authors: {_names(people)}"),
        (second, f"Venue: {match['venue']}"),
        (third, f"Published: {day}"),
    ]
    return [*said, (abstract[0], f"Abstract: {abstract[1]}")] if abstract else said

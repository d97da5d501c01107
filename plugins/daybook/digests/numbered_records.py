"""Records that are counted in square brackets: references, and arXiv's listings copied as text.

``[1]`` begins a line of references as ``1.`` does. In a listing it stands before a paper's own
identifier, above its title; what its comments name are other papers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .arxiv_pages import without_foot

_REFERENCE = re.compile(r"\s{0,3}\[(\d{1,3})\] +(?!https?:|arxiv:|www\.)(\S.{20,})", re.IGNORECASE)
_LISTED = re.compile(
    r"\s*\[\d{1,4}\]\s+arXiv:(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,2})?"
    r"(?:\s+\([^()]{1,80}\))?\s*(?:\[[^\[\]]{1,60}\])?\s*"
)
_TITLE = re.compile(r"\s*Title:\s*(\S.*)")
_PART = re.compile(
    r"\s*((?:new|cross|replacement) submissions|cross-lists|replacements)(?: \(.{0,60}\))?\s*",
    re.IGNORECASE,
)
"""What a listing calls its parts."""
_LISTED_DAY = re.compile(
    r"\s*(?:Showing new listings for )?([A-Z][a-z]{2,8}, \d{1,2} [A-Z][a-z]{2,8} \d{4})"
    r"(?: \(.{0,60}\))?\s*"
)
_COMMENTS = re.compile(r"\AComments:(?=\s*\S)")
_LAST_FIELD = re.compile(r"\s*(?:Subjects|MSC classes|ACM classes|Journal-ref|DOI)\b.*:")
_SHORTEST_ABSTRACT = 40
_FIELD = re.compile(r"\s*(?:\Z|(?:Authors?|Comments|Subjects|Journal-ref|DOI)\b)")
_FOUND = re.compile(
    r"\s*(?:\d{1,5}\.\s+(?=arXiv)|(?=[^\[\]]{1,40}\[(?:pdf|ps|other|html)))"
    r"arXiv:(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,2})?"
    r"(?:\s+\[[^\[\]]{1,60}\])?(?:\s+[a-z-]{2,10}(?:\.[A-Za-z-]{2,9})?){0,9}\s*"
)
"""The first line of what a search at arXiv found; some browsers leave out its number."""
_TAGS = re.compile(r"\s*(?:[a-z-]{2,10}(?:\.[A-Za-z-]{2,9})?(?:\s+|\Z)){1,9}")
"""The categories, where they stand below it."""
_LABEL_ALONE = re.compile(r"\s*Title:\s*")
_ITS_DOI = re.compile(r"\s*doi:?\s+10\.\S+\s*")
_AUTHORS = re.compile(r"\s*Authors?:\s*\S")
_FOLDED = re.compile(r"\s?[△▽]\s?(?:Less|More)\s*\Z")
_SUBMITTED = re.compile(r"\ASubmitted (\d{1,2} [A-Z][a-z]+, \d{4})[;.].*")
_MOST_BELOW = 12
"""Lines of one paper there."""
_FEWEST = 2


def with_records(lines: Sequence[str]) -> list[str]:
    """Give lines with such records written as Markdown has them; each line stays where it is."""
    return _with_references(_with_found(_with_listed(lines)))


def _with_listed(lines: Sequence[str]) -> list[str]:
    """Write a listed paper's title as a heading that leads to it; its fields stand below."""
    written = list(lines)
    if not any(map(_LISTED.fullmatch, lines)):
        return written
    within = False
    for place, line in enumerate(lines[:-1]):
        paper, title = _LISTED.fullmatch(line), _TITLE.fullmatch(lines[place + 1])
        if paper and title:
            words = title[1].replace("[", "\\[").replace("]", "\\]").rstrip()
            written[place] = ""
            written[place + 1] = f"### [{words}](https://arxiv.org/abs/{paper[1]})"
            if place + 2 < len(lines) and _FIELD.match(lines[place + 2]) is None:
                written[place + 2] = f"Authors: {lines[place + 2].strip()}"
            within = True
        elif part := _PART.fullmatch(line):
            written[place] = f"## {part[1]}"
        elif day := _LISTED_DAY.fullmatch(line):
            written[place] = f"# {day[1]}"
        elif within and written[place] == line:
            written[place] = _COMMENTS.sub("arXiv comments:", line.strip())
            if _LAST_FIELD.match(lines[place - 1]) and len(line) > _SHORTEST_ABSTRACT:
                written[place] = f"Abstract: {written[place]}"
    return written


def _with_found(lines: list[str]) -> list[str]:
    """Write what a search at arXiv found in the same way; its titles have no label."""
    written = without_foot(lines) if any(map(_FOUND.fullmatch, lines)) else list(lines)
    for place, line in enumerate(lines):
        paper = _FOUND.fullmatch(line)
        below = range(place + 1, min(place + _MOST_BELOW, len(lines)))
        told = (n for n in below if lines[n].strip() and not _is_beside(lines[n]))
        title = next(told, None) if paper else None
        if (
            paper is None
            or title is None
            or not any(map(_AUTHORS.match, lines[title + 1 : title + 3]))
        ):
            continue
        words = lines[title].strip().replace("[", "\\[").replace("]", "\\]")
        written[place:title] = [""] * (title - place)
        written[title] = f"### [{words}](https://arxiv.org/abs/{paper[1]})"
        for n in range(title + 1, min(title + _MOST_BELOW, len(lines))):
            if _FOUND.fullmatch(lines[n]):
                break
            said = _SUBMITTED.sub(r"Published: \1", _FOLDED.sub("", written[n]).strip())
            written[n] = _COMMENTS.sub("arXiv comments:", said)
    return written


def _is_beside(line: str) -> bool:
    """Whether a line between a paper's number and its title is none of it."""
    known = (_ITS_DOI, _TAGS, _LABEL_ALONE)
    return any(pattern.fullmatch(line) is not None for pattern in known)


def _with_references(lines: list[str]) -> list[str]:
    """Write the numbers of references as a list's, where they count from 1 without a gap."""
    looked_at = ((place, _REFERENCE.match(line)) for place, line in enumerate(lines))
    found = [(place, match) for place, match in looked_at if match]
    numbers = [int(match[1]) for _, match in found]
    if len(found) < _FEWEST or numbers != list(range(1, len(found) + 1)):
        return lines
    written = list(lines)
    for place, match in found:
        written[place] = f"{match[1]}. {match[2]}"
    return written

"""Records that are counted in square brackets: references, and arXiv's listings copied as text.

``[1]`` begins a line of references as ``1.`` does. In a listing it stands before a paper's own
identifier, above its title; what its comments name are other papers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from .arxiv_pages import without_foot

_REFERENCE = re.compile(r"\s{0,3}\[(\d{1,3})\] +(?!https?:|arxiv:|www\.)(\S.{20,})", re.IGNORECASE)
_LISTED = re.compile(
    r"\s*(?:\[\d{1,4}\]\s+)?arXiv:(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,2})?"
    r"(?:\s+\([^()]{1,80}\))?\s*(?:\[[^\[\]]{1,60}\])?\s*"
)
_TITLE = re.compile(r"\s*Title:\s*(\S.*)")
_DEFINED = re.compile(r":[^\S\n]{1,3}(?=Title:)")
"""A paper's fields where a converter made a list of definitions of the page."""
_LINKED = re.compile(r"\[(arXiv:[^\[\]\s]{5,30})\]\([^()]{1,200}\)")
_TOOLS = re.compile(r"\s*\[(?:\[[a-z ]{1,20}\]\([^()]{1,200}\)(?:, )?){1,9}\]\s*\Z")
_JOURNAL = re.compile(r"\AJournal-?\s?ref:\s*(?=\S)", re.IGNORECASE)
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
_FIELD = re.compile(r"\s*(?:\Z|(?:Authors?|Comments|Subjects|MSC|ACM|Journal-ref|DOI)\b)")
_FOUND = re.compile(
    r"\s*(?:\d{1,5}\.\s+(?=arXiv)|(?=[^\[\]]{1,40}\[(?:pdf|ps|other|html)))"
    r"arXiv:(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,2})?"
    r"(?:\s+\[[^\[\]]{1,60}\])?(?:\s+(?!doi\b)[a-z-]{2,10}(?:\.[A-Za-z-]{2,9})?){0,9}"
    r"(?:\s+doi:?\s+(?P<doi>10\.\S+))?\s*"
)
"""The first line of what a search at arXiv found; some browsers leave out its number."""
_TAGS = re.compile(r"\s*(?:[a-z-]{2,10}(?:\.[A-Za-z-]{2,9})?(?:\s+|\Z)){1,9}")
"""The categories, where they stand below it."""
_LABEL_ALONE = re.compile(r"\s*Title:\s*")
_ITS_DOI = re.compile(r"\s*doi:?\s+(10\.\S+)\s*")
_AUTHORS = re.compile(r"\s*Authors?:\s*\S")
_FOLDED = re.compile(r"\s?[△▽]\s?(?:Less|More)\s*\Z")
_SUBMITTED = re.compile(r"\ASubmitted (\d{1,2} [A-Z][a-z]+, \d{4})[;.].*")
_MOST_BELOW = 12
"""Lines of one paper there."""
_FEWEST = 2


def with_records(lines: Sequence[str]) -> list[str]:
    """Give lines with such records written as Markdown has them; each line stays where it is."""
    return _with_references(_with_found(_with_listed(_undefined(lines))))


def _undefined(lines: Sequence[str]) -> list[str]:
    """Give a listing as one copies it, where a converter made a list of definitions of it."""
    if not any(map(_DEFINED.match, lines)):
        return list(lines)
    written = []
    within = False
    for line, below in zip_longest(lines, lines[1:], fillvalue=""):
        if _DEFINED.match(below):
            written.append(_LINKED.sub(r"\1", _TOOLS.sub(" [pdf]", line)))
            within = True
        else:
            within = within and (not line.strip() or line.startswith((":", "    ")))
            written.append(_DEFINED.sub("", line).strip() if within else line)
    return written


def _with_listed(lines: Sequence[str]) -> list[str]:
    """Write a listed paper's title as a heading that leads to it; its fields stand below."""
    if not any(map(_LISTED.fullmatch, lines)):
        return list(lines)
    written = without_foot(lines, known=True)
    within, above = False, ""
    for place, line in enumerate(lines):
        paper = _LISTED.fullmatch(line)
        called = _told_below(lines, place) if paper else None
        title = _TITLE.fullmatch(lines[called]) if called else None
        if paper and called and title:
            words = title[1].replace("[", "\\[").replace("]", "\\]").rstrip()
            written[place] = ""
            written[called] = f"### [{words}](https://arxiv.org/abs/{paper[1]})"
            people = _told_below(lines, called)
            if people and _FIELD.match(lines[people]) is None:
                written[people] = f"Authors: {lines[people].strip()}"
            within = True
        elif part := _PART.fullmatch(line):
            written[place] = f"## {part[1]}"
        elif day := _LISTED_DAY.fullmatch(line):
            written[place] = f"# {day[1]}"
        elif within and written[place] == line:
            said = _JOURNAL.sub("Venue: ", line.strip())
            written[place] = _COMMENTS.sub("arXiv comments:", said)
            is_long = len(line) > _SHORTEST_ABSTRACT and _FIELD.match(line) is None
            if is_long and _LAST_FIELD.match(above):
                written[place] = f"Abstract: {written[place]}"
        above = line if line.strip() else above
    return written


def _told_below(lines: Sequence[str], place: int) -> int | None:
    """Give the place of the line below, or below an empty one."""
    near = range(place + 1, min(place + 3, len(lines)))
    return next((n for n in near if lines[n].strip()), None)


def _with_found(lines: list[str]) -> list[str]:
    """Write what a search at arXiv found in the same way; its titles have no label."""
    is_found = any(map(_FOUND.fullmatch, lines))
    written = without_foot(lines, known=True) if is_found else list(lines)
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
        beside = next(filter(None, map(_ITS_DOI.fullmatch, lines[place + 1 : title])), None)
        doi = paper["doi"] or (beside[1] if beside else None)
        written[place : title + 1] = [""] * (title + 1 - place)
        written[place] = f"### [{words}](https://arxiv.org/abs/{paper[1]})"
        written[place + 1] = f"DOI: {doi}" if doi else ""
        for n in range(title + 1, min(title + _MOST_BELOW, len(lines))):
            if _FOUND.fullmatch(lines[n]):
                break
            said = _SUBMITTED.sub(r"Published: \1", _FOLDED.sub("", written[n]).strip())
            written[n] = _COMMENTS.sub("arXiv comments:", _JOURNAL.sub("Venue: ", said))
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

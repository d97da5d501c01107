"""arXiv's pages of papers, copied as text: what stands between 'Submitted on' and 'Cite as'."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SUBMITTED = re.compile(r"\s*\[Submitted on (\d{1,2} [A-Z][a-z]{2,8} \d{4})\b[^\[\]]{0,200}\]\s*")
_CITED = re.compile(
    r"\s*Cite as:\s*arXiv:(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,2})?\b.*"
)
_FIELD = re.compile(r"\s*[A-Z][A-Za-z -]{3,40} > [A-Z][^<>\n]{3,80}")
"""A page's first line, 'Computer Science > Machine Learning'."""
_NAMES = re.compile(r"\A\s*(?:Title|Authors?|Abstract):\s*")
_ABOUT = re.compile(r"\s*(?:Subjects|Comments|Cite as|Journal reference|Related DOI|MSC|ACM)\b")
_ITSELF = re.compile(r"\s*(?:\(or arXiv:|https://doi\.org/10\.48550/|Focus to learn more).*")
_BESIDE = re.compile(r"\s*(?:Journal reference|(?P<doi>Related DOI)):(?P<said>.{0,400})")
_HISTORY = re.compile(r"\s*Submission history\s*")
_OTHERS = re.compile(r"\s*(?:#|[-*+>|] |\d{1,3}[.)] )|.*://")
"""What is no longer the page's own: marks of a list, addresses."""
_COMMENTS = re.compile(r"\A\s*Comments:(?=\s*\S)")
_FOOT = re.compile(
    r"\s*(?:About|Help|Copyright|Privacy Policy|Web Accessibility Assistance"
    r"|(?:contact|subscribe to) arXiv(?: mailings)?\s?Click here to .{3,40}"
    r"|arXiv Operational Status.{0,40}|Get status notifications via.{0,40}|Contact|Subscribe"
    r"|Total of \d+ entries|Showing up to \d+ entries per page:.{0,60})\s*",
)
"""The site's own words below every page."""
_BUTTONS = frozenset({"view pdf", "html (experimental)", "tex source", "other formats"})
_MOST_LINES = 80
"""Lines of one page, from its day to its identifier."""
_MOST_FURNITURE = 120
"""Lines of the page around its history: links, tools, context."""
_BEHIND = 5
"""Lines behind its identifier."""
_FEWEST = 3
"""Lines of it at least: title, people and abstract."""


def with_pages(lines: Sequence[str]) -> list[str]:
    """Give lines with such pages written as Markdown has papers; each line stays where it is."""
    written = without_foot(lines)
    begun: tuple[int, str] | None = None
    ended = -_MOST_LINES
    for place, line in enumerate(lines):
        if _FIELD.fullmatch(line):
            written[place] = f"## {line.strip()}"  # Else it would go on with the page above.
        elif day := _SUBMITTED.fullmatch(line):
            begun = place, day[1]
        elif begun and (cited := _CITED.fullmatch(line)):
            if place - begun[0] <= _MOST_LINES:
                _write(written, begun[0], place, begun[1], cited[1])
                ended = place
            begun = None
        elif place - ended <= _BEHIND and _ITSELF.fullmatch(line):
            written[place] = ""
        elif place - ended <= _BEHIND and (beside := _BESIDE.fullmatch(line)):
            _write_beside(written, place, beside)
            ended = place
        elif place - ended <= 2 * _BEHIND and _HISTORY.fullmatch(line):
            _leave_out(written, place)
    return written


def _write_beside(written: list[str], place: int, beside: re.Match[str]) -> None:
    """Write what stands below a page's identifier: a journal's reference, or the DOI it has there.

    The address of a DOI is a line of its own.
    """
    said = beside["said"].strip()
    if not said and place + 1 < len(written) and "doi.org/" in written[place + 1]:
        said, written[place + 1] = written[place + 1].strip(), ""
    written[place] = f"{'DOI' if beside['doi'] else 'Venue'}: {said}" if said else ""


def _leave_out(written: list[str], begin: int) -> None:
    """Leave out a page's history and all below it, up to another page or somebody's own lines."""
    for place in range(begin, min(begin + _MOST_FURNITURE, len(written))):
        line = written[place]
        if _FIELD.fullmatch(line) or _SUBMITTED.fullmatch(line) or _OTHERS.match(line):
            return
        written[place] = ""


def without_foot(lines: Sequence[str], *, known: bool = False) -> list[str]:
    """Give lines without the site's words below its pages, where it is known or says so itself."""
    foot = {place for place, line in enumerate(lines) if _FOOT.fullmatch(line)}
    if not known and not any("arXiv" in lines[place] for place in foot):
        return list(lines)
    return ["" if place in foot else line for place, line in enumerate(lines)]


def _write(written: list[str], begin: int, end: int, day: str, number: str) -> None:
    """Write the page whose day and identifier stand on two lines."""
    told = [place for place in range(begin + 1, end) if written[place].strip()]
    about = next((n for n, place in enumerate(told) if _ABOUT.match(written[place])), len(told))
    said = [place for place in told[:about] if written[place].strip().lower() not in _BUTTONS]
    if len(said) < _FEWEST:
        return
    title, people, *words = said
    text = " ".join(written[place].strip() for place in words)
    names, shown = (_NAMES.sub("", written[place]).strip() for place in (people, title))
    shown = shown.replace("[", "\\[").replace("]", "\\]")
    for place in (begin, end, *told[:about]):
        written[place] = ""
    written[title] = f"### [{shown}](https://arxiv.org/abs/{number})"
    written[people] = f"Authors: {names}"
    written[words[0]] = f"Published: {day}"
    for place in told[about:]:
        written[place] = _COMMENTS.sub("arXiv comments:", written[place])
    # What stands below an abstract, and is no label, is read as more of it.
    written[end] = f"Abstract: {_NAMES.sub('', text)}"

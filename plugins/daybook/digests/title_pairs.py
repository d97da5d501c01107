"""Lists of papers that lead nowhere: a title on each line, and who wrote it right below.

Conferences list what they accepted so, and so are OpenReview's and ACL Anthology's pages copied.
Two lines of that kind may be anything; where most of a text is made of them, it is such a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .beside import read_beside
from .citation_people import is_one_name
from .labels import label_of
from .marks import normalize, papers_in
from .titles import has_votes, is_prose
from .wording import one_line

PAIR = "\u200bTitle: "
"""What such a title is written under: no text says it itself."""
_PARTED = re.compile(r" [·•|⋅∙] |; ?")
_VOLUME = "Proceedings of "
_APPEARED = re.compile(
    r"; (?:In )?(?P<venue>Proceedings of [^;]{8,200}?), (?P<year>(?:19|20)\d{2})"
    r"(?:, pp\. [\d–-]+)?\Z"
)
"""What CVF's pages say behind a paper's people."""
_STARS = re.compile(r"(?<=\w)[*†‡§¹²³⁴⁵]{1,5}(?=[\s,;·|]|\Z)")
_NUMBER = re.compile(r"\A(?:\d{1,4}[.)]|\[\d{1,4}\]|#\d{1,5}) ")
_MARK = re.compile(r"[-*+•] |#{1,6} |>|\|")
_BUTTONS = frozenset(
    {"pdf", "bib", "abs", "html", "code", "video", "poster", "slides", "paper", "abstract"}
    | {"openreview", "show", "details", "readers:", "everyone", "bibtex", "supp", "arxiv"}
)
"""What pages have to be pressed beside a paper."""
_FEWEST = 3
_FEWEST_VOTED = 2
_BULLET = re.compile(r"\A\s{0,20}(?:[-*+•] ?)?")
_SHARE = 5
"""Lines that a paper has at most, on the average."""
_LONGEST, _FEWEST_WORDS = 300, 2
_MOST_WORDS = 6
"""Words of a name."""
_PARAGRAPH = 300
"""Characters of a line that is an abstract where one stands below people."""
_MOST_LINES = 100_000


def with_pairs(lines: Sequence[str]) -> list[str]:
    """Give lines of which such titles and people are written under labels."""
    if not _may_be_list(lines):
        return list(lines)
    if sum(map(_is_voted, lines)) >= _FEWEST_VOTED:
        return [PAIR + _BULLET.sub("", line) if _is_voted(line) else line for line in lines]
    found = _pairs(lines)
    if not found:
        return list(lines)
    written = ["" if _is_button(line) else line for line in lines]
    for place, title, people in found:
        written[place] = PAIR + title
        appeared = _APPEARED.search(one_line(lines[place + 1]))
        written[place + 1] = f"Authors: {people}{_where(appeared) if appeared else ''}"
        below = next((n for n in (place + 2, place + 3) if n < len(lines) and lines[n].strip()), 0)
        if below and len(lines[below]) > _PARAGRAPH and label_of(lines[below]) is None:
            written[below] = f"Abstract: {lines[below].strip()}"
        elif below and lines[below].startswith(_VOLUME):
            written[below] = f"Venue: {lines[below].strip()}"
    return written


def _where(appeared: re.Match[str]) -> str:
    """Say under labels where and when a paper appeared."""
    return f" · Venue: {appeared['venue']} · Published: {appeared['year']}"


def _is_voted(line: str) -> bool:
    """Whether a line is a title with its votes, as mails of Hugging Face's are copied."""
    return line.rstrip().endswith(")") and has_votes(line) and len(line) <= _LONGEST


def _may_be_list(lines: Sequence[str]) -> bool:
    return len(lines) < _MOST_LINES and not any(map(_leads, lines))


def _leads(line: str) -> bool:
    """Whether a line leads to a paper."""
    if "](" in line:
        return True
    return "://" in line and next(papers_in(normalize(line, {})), None) is not None


def _pairs(lines: Sequence[str]) -> list[tuple[int, str, str]]:
    """Give where titles stand, what they are and who wrote each; nothing if it is no list."""
    several = dict(_several(lines))
    begin = min(several, default=0) - 1
    told = sum(1 for line in lines[max(begin, 0) :] if _is_told(line))
    if len(several) < _FEWEST or len(several) * _SHARE < told:
        return []
    found: list[tuple[int, str, str]] = []
    place = 0
    while place + 1 < len(lines):
        people = several.get(place + 1) or _one(lines, place)
        if people is None and place + 2 not in several:
            people = _rest_of_people(lines, place, several)
        title = _NUMBER.sub("", one_line(lines[place]))
        if people and place not in several and _can_be_title(title):
            found.append((place, title, people))
            place += 1
        place += 1
    return found


def _is_button(line: str) -> bool:
    words = [word.strip("[]") for word in line.lower().split()]
    return bool(words) and all(word in _BUTTONS for word in words)


def _is_told(line: str) -> bool:
    return bool(line.strip()) and not _is_button(line) and label_of(line) is None


def _rest_of_people(lines: Sequence[str], place: int, several: dict[int, str]) -> str | None:
    """Give people who are called otherwise than most, where all others stand in the same place."""
    above = _stands_apart(lines, place) or place - 1 in several
    people = _people(lines[place + 1])
    parts = [part.strip() for part in people.split(",")]
    named = all(part and len(part.split()) <= _MOST_WORDS for part in parts)
    plain = not any(map(str.isdigit, people)) and any(part[:1].isupper() for part in parts if part)
    return people if above and len(parts) > 1 and named and plain else None


def _several(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Give the lines that are several people."""
    for place in range(1, len(lines)):
        people = _people(lines[place])
        if lines[place - 1].strip() and "," in people and "authors" in (read_beside(people) or ()):
            yield place, people


def _people(line: str) -> str:
    names = _APPEARED.sub("", one_line(line))
    return _STARS.sub("", _PARTED.sub(", ", names)).rstrip(" .,;")


def _one(lines: Sequence[str], place: int) -> str | None:
    """Give the one name below a title that stands apart, as others have several people there."""
    apart = _stands_apart(lines, place)
    name = _people(lines[place + 1])
    below = lines[place + 2].strip() if place + 2 < len(lines) else ""
    ends = not below or len(below) > _PARAGRAPH
    return name if apart and ends and is_one_name(name) else None


def _stands_apart(lines: Sequence[str], place: int) -> bool:
    """Whether nothing stands right above a line but what has to be pressed."""
    above = lines[place - 1] if place else ""
    return not above.strip() or _is_button(above)


def _can_be_title(title: str) -> bool:
    return (
        len(title.split()) >= _FEWEST_WORDS
        and len(title) <= _LONGEST
        and not title.endswith((".", ":", ","))
        and _MARK.match(title) is None
        and not title.startswith(_VOLUME)
        and label_of(title) is None
        and not is_prose(title)
    )

"""DBLP's lists copied as text: people and a colon, then title, venue and year on the next line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .people import are_names

_PREPRINT = re.compile(
    r"\s*(?P<title>\S.{3,400}?)(?:\.|(?<=[?!])) CoRR,? abs/(?P<number>\d{4}\.\d{4,5})(?:v\d{1,2})?"
    r" \((?P<year>\d{4})\)\.?\s*"
)
_HOMONYM = re.compile(r" \d{4}(?=[,:]|\Z)")
"""DBLP's number of one of several people of a name."""


def with_preprints(lines: Sequence[str]) -> list[str]:
    """Give lines with DBLP's preprints as Markdown has papers; each stays where it begins."""
    written = list(lines)
    for place in range(1, len(lines)):
        match = _PREPRINT.fullmatch(lines[place]) if "CoRR" in lines[place] else None
        people = _HOMONYM.sub("", lines[place - 1].strip())
        if match is None or not people.endswith(":") or not are_names(people[:-1]):
            continue
        title = match["title"].replace("[", "\\[").replace("]", "\\]")
        written[place - 1] = f"### [{title}](https://arxiv.org/abs/{match['number']})"
        written[place] = f"Authors: {people[:-1]}"
        if place + 1 < len(lines) and not lines[place + 1].strip():
            written[place + 1] = f"Published: {match['year']}"
    return written

"""What the titles of saved pages have besides their papers' own words.

Bookmarks, read-later services and connectors keep a page's title as its paper's: '[2501.00001] On
Looms', 'Paper page - On Looms', 'On Looms - ACL Anthology'. DBLP and PubMed end every title with a
full stop.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..records import Entry

_BEFORE = re.compile(
    r"(?:\[(?:arXiv:)?(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,2})?\]\s+"
    r"|Paper page - )(?=\S)",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?<=\S) (?:[-–—|] (?:arXiv(?:\.org)?(?: e-Print archive)?|Hugging ?Face|OpenReview"
    r"|ACL Anthology|alphaXiv|(?:bio|med)Rxiv|PubMed|PMC|Semantic Scholar|ScienceDirect"
    r"|SpringerLink|Papers With Code|IEEE Xplore|ACM Digital Library))\Z",
    re.IGNORECASE,
)
_FEWEST = 2
"""Titles with a full stop, of a list in which all have one."""


def without_site(title: str) -> str:
    """Give a page's title without what its site puts around its paper's.

    >>> without_site("[2501.00001] On Looms - arXiv.org")
    'On Looms'
    """
    if title[:1] in "[Pp" and (before := _BEFORE.match(title)):
        title = title[before.end() :]
    if " - " in title or " | " in title or " – " in title or " — " in title:
        title = _BEHIND.sub("", title)
    return title


def without_stops(entries: Sequence[Entry]) -> list[Entry]:
    """Give entries without the full stops behind their titles, where every title ends.

    A question ends with its own mark; one title alone may be a sentence.
    """
    stopped = [entry.title.endswith(".") for entry in entries]
    ended = all(entry.title.endswith((".", "?", "!")) for entry in entries)
    if sum(stopped) < _FEWEST or not ended:
        return list(entries)
    return [
        replace(entry, title=entry.title[:-1]) if _is_stopped(entry.title) else entry
        for entry in entries
    ]


def _is_stopped(title: str) -> bool:
    """Whether one full stop ends a title: not '...', nor an abbreviation's, as in 'U.S.'."""
    return (
        title.endswith(".") and re.search(r"(?:\.\.|\b\w\.|\b(?:Inc|etc|vs|al)\.)\Z", title) is None
    )

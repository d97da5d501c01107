"""Lines that say in which issue of a journal, or in which proceedings, a paper appeared."""

from __future__ import annotations

import re

from .marks import plain

PAGES = re.compile(
    r"[;,.]?\s?(?:\(\d{1,4}\)|\d{1,4}\s?\(\d{1,4}\)):\s?\d{1,6}\s?[-–−]\s?\d{1,6}"
    r"(?:, (?P<year>(?:19|20)\d{2})\b)?"
)
"""Volume, issue and pages: '12(3):1-20, 2024'."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_SLANTED = re.compile(
    r"[\s;,]*(?:[Ii]n:?\s+)?[*_](?P<venue>(?:[Tt]he )?(?:Proceedings|Proc\.|Journal|Transactions"
    r"|Advances|International|Annals|Findings|Letters|Lecture Notes|IEEE|ACM)\b[^*_\n]{2,200})[*_]"
    r"(?P<rest>(?:[\s,.;:()\d–−-]|PMLR|JMLR|[Vv]ol(?:ume)?\b|[Nn]o\b|pp\b|[Pp]ages?\b)*+)"
)
"""A line that is a journal or proceedings in italics, volume and pages."""
_ISSUE = re.compile(
    r"(?P<venue>[^\W\d_][^.\d;:]{2,120})\. (?P<day>(?:19|20)\d{2}(?: [A-Z][a-z]{2}(?: \d{1,2})?)?)"
    r";[\w(): ,–-]{1,60}\."
    r"|(?P<journal>[A-Z][^,;:.\d]{3,100}), Volume \d{1,4}[A-Z]?(?:, (?:Issue|Part) [\w–-]{1,20})*"
    r"(?:, (?P<issued>(?:\d{1,2} )?(?:[A-Z][a-z]{2,8} )?(?:19|20)\d{2}))?"
    r"(?:, (?:Article|Pages?|Pp\.?) [\w–-]{1,30})*\Z"
)
"""'Nat Commun. 2024 Mar 1;15(1):1231.', as medical lists have it; 'Ornis, Volume 3, May 2024'."""


def read_proceedings(text: str) -> dict[str, str] | None:
    """Give venue and year of a line that is a journal or proceedings in italics."""
    match = _SLANTED.fullmatch(text)
    if match is None:
        return None
    year = _YEAR.search(match["rest"])
    return {"venue": match["venue"]} | ({"published": year[0]} if year else {})


def read_issue(line: str) -> dict[str, str] | None:
    """Give journal and day of a line that begins with an issue; ``None`` for any other."""
    match = _ISSUE.match(plain(line)) if ";" in line or "Volume" in line else None
    if match is None:
        return None
    if match["journal"]:
        day = {"published": match["issued"]} if match["issued"] else {}
        return {"venue": match["journal"], **day}
    # The day as days are read: '1 Mar 2024'.
    return {"venue": match["venue"], "published": " ".join(reversed(match["day"].split()))}

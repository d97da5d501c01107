"""Papers that a list of records names where a record says what it is, and that no entry of it is.

A cut from one record into the next leaves one record of two, whose lines are all as they should be.
What it says of the lost one besides, its identifier, then stands in a field of the other.
"""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Iterable, Iterator, Sequence

from ..errors import Refusal
from ..records import Entry
from .identifiers import read_arxiv

_NAMED = re.compile(
    r"(?:arxiv(?:[:.]\s?|\.org/(?:abs|pdf|html)/)|/(?:abs|pdf|html|papers)/)"
    r"(?P<number>\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}(?!\d)|[a-z-]{2,12}(?:\.[a-z]{2})?/\d{7}(?!\d))"
    r"|(?<![\w.])(?P<doi>10\.\d{4,9}/[^\s\"<>,;{}\[\]\\]+)",
    re.IGNORECASE | re.ASCII,
)
_END = re.compile(r"/|\)|[?#]|v\d|\.(?:full|pdf|abs|short|html|xml|supp|s\d)")
"""Where a publisher's address goes on behind a DOI."""
_COINED = "10.48550/arxiv."
_MOST = 20
"""Papers that are told one by one."""
_HINT = "See whether a record is missing there, and export the list again."


def tell_strays(
    path: str,
    named: Iterable[tuple[int, str]],
    entries: Sequence[Entry],
    told: Iterable[Refusal],
) -> list[Refusal]:
    """Tell the papers that lines name and that are no entries, unless these lines were told.

    `named` has the lines that say which paper a record is, each with its number.
    """
    own = {key for entry in entries for key in (entry.arxiv, entry.doi) if key}
    own |= {key for entry in entries for link in entry.links for key in _keys(link.url)}
    own |= {key.partition("<")[0] for key in own}  # '...17:16<1661::aid-sim968>3.0.co;2-2'
    lines: set[int | None] | None = None
    strays: dict[str, int] = {}
    for line, text in named:
        if "/" not in text and ":" not in text:
            continue
        for key in _keys(text):
            if key in strays or _is_own(key, own):
                continue
            lines = {refusal.line for refusal in told} if lines is None else lines
            if line not in lines:
                strays[key] = line
    found = [*strays.items()]
    refusals = [
        Refusal(path, line, f"{key} is named there, and came out as no entry.", _HINT, fatal=False)
        for key, line in found[:_MOST]
    ]
    if more := found[_MOST:]:
        message = f"{len(more):,} more papers are named from there on, and came out as no entry."
        refusals.append(Refusal(path, more[0][1], message, _HINT, fatal=False))
    return refusals


def _keys(text: str) -> Iterator[str]:
    """Give the identifiers that a line names, as entries have them."""
    text = urllib.parse.unquote(text) if "%2" in text else text
    for match in _NAMED.finditer(text):
        if match["number"]:
            found = read_arxiv(match["number"])
            yield found[0] if found else match["number"]
        else:
            yield match["doi"].lower().rstrip(".,;:)").removeprefix(_COINED)


def _is_own(key: str, own: set[str]) -> bool:
    """Whether an identifier is an entry's, or begins with one, as addresses of publishers do."""
    return key in own or any(key[: end.start()] in own for end in _END.finditer(key))

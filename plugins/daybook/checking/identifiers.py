"""What papers are known by elsewhere: the list that the page of the reading list looks up.

It has a place for every number that a paper has or had, so that it says which paper an identifier
means; of each paper it must say what its result card says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from .folder import Finding, Folder

_FILE = "data/ids.js"
_LIST = re.compile(r'daybook\.ids=("[^\n]*");\n')
_NOTHING = "-"
"""In the place of a paper that nobody else knows, and of one that is gone."""


def known_by(card: Mapping[str, Any]) -> str:
    """Give a paper's place in the list, from what its result card says."""
    identifiers = (card.get("arxiv"), str(card.get("doi") or "").lower().replace(" ", ""))
    return "|".join(filter(None, identifiers)) or _NOTHING


def check_identifiers(folder: Folder, known: Mapping[int, str]) -> Iterator[Finding]:
    """Compare the list with what papers are `known` by, by their numbers."""
    path = folder.base + _FILE
    if path not in folder.sizes:
        return  # an older build's site, or a file that the list of what was built names
    try:
        found = _LIST.fullmatch(folder.text(path))
        listed = json.loads(found[1]).split(" ") if found else []
    except ValueError:
        listed = []
    if not listed:
        yield Finding(path, "is no list of identifiers")
        return
    numbers = max(known, default=0) + 1
    if len(listed) != numbers:
        yield Finding(path, f"has {len(listed)} places, and papers have {numbers} numbers")
        return
    wrong = [
        number
        for number, said in enumerate(listed)
        if (said or _NOTHING) != known.get(number, _NOTHING)
    ]
    if wrong:
        number, others = wrong[0], f"; so of {len(wrong)}" if len(wrong) > 1 else ""
        said, should = listed[number][:60], known.get(number, _NOTHING)
        message = f"says {said!r} of the paper numbered {number}, and its card {should!r}{others}"
        yield Finding(path, message)

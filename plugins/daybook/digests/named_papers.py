"""Whether a text names papers besides those that were found in it, before it is read once more.

To read a page of a thousand papers by its links takes far longer than by its own marks, and finds
the same papers. Who could read the file, too, is asked where enough is named that nobody found.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ..records import Entry
from .document import Document
from .identifiers import read_arxiv
from .marks import paper_key
from .publishers import may_be_paper

_ADDRESS = re.compile(
    r"https?://[^\s\"'<>()\[\]|]+|(?:/papers/|/abs/|\barxiv:\s?)\w[\w.-]*(?:/\d{7})?", re.IGNORECASE
)
_NUMBER = re.compile(r"(?<!\d)\d{4}\.\d{4,5}(?!\d)", re.ASCII)
_UNLINKED = re.compile(r"(?mi)(?:^|>)[^\w\n<>]{0,12}(?:\*\*|__|authors?\s*[:*]|by\s*[:*])")
"""What stands beside a title that may be a paper's without any address."""


def names_more(document: Document, entries: Sequence[Entry], than: int) -> bool:
    """Whether a text may name more than so many papers besides those of some entries.

    It counts generously: each address that can be a paper's, and each line that may be of a paper
    without one.
    """
    own = {key for entry in entries for key in (entry.arxiv, entry.doi) if key}
    found: set[str] = set()
    looked_at: set[str] = set()
    for match in _ADDRESS.finditer(document.text):
        address = match[0]
        number = _NUMBER.search(address)
        if address in looked_at or (number and number[0] in own):
            continue
        looked_at.add(address)
        key = _key(address)
        if key is not None and key not in own:
            found.add(key)
            if len(found) > than:
                return True
    unlinked = itertools.islice(_UNLINKED.finditer(document.text), than + 1)
    return len(found) + sum(1 for _ in unlinked) > than


def _key(address: str) -> str | None:
    """Give what tells an address that may be a paper's from others."""
    if not address.lower().startswith("http"):
        known = read_arxiv(address)
        return known[0] if known else address
    return paper_key(address) or (address if may_be_paper(address) else None)

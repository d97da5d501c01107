"""Whether a text names papers besides those that were found in it, before it is read once more.

To read a page of a thousand papers by its links takes far longer than by its own marks, and finds
the same papers. Who could read the file, too, is asked where enough is named that nobody found.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from ..records import Entry
from .document import Document
from .identifiers import read_arxiv
from .marks import paper_key
from .publishers import may_be_paper

_ADDRESS = re.compile(r"://[^\s\"'<>()\[\]|]+")
_HERE = re.compile(r"/(?<=[\"'(\s]/)(?:papers|abs|pdf|html)/[\w.-]+(?:/\d{7})?")
"""The address of a paper on the same site."""
_NAMED = re.compile(r"[aA][rR][xX][iI][vV]:\s?[\w.-]+(?:/\d{7})?")
_NUMBER = re.compile(r"(?<!\d)\d{4}\.\d{4,5}(?!\d)", re.ASCII)
_UNLINKED = re.compile(r"[\n>][^\w\n<>]{0,12}(?:\*\*|__|(?:[aA]uthors?|[bB]y|AUTHORS?)\s*[:*])")
"""What stands beside a title that may be a paper's without any address."""


def names_more(document: Document, entries: Sequence[Entry], than: int) -> bool:
    """Whether a text may name more than so many papers besides those of some entries.

    It counts generously: each address that can be a paper's, and each line that may be of a paper
    without one.
    """
    own = {key for entry in entries for key in (entry.arxiv, entry.doi) if key}
    found: set[str] = set()
    looked_at: set[str] = set()
    for match in _addresses(document.text):
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
    if not address.startswith(":"):
        known = read_arxiv(address)
        return known[0] if known else address
    address = f"https{address}"
    return paper_key(address) or (address if may_be_paper(address) else None)


def _addresses(text: str) -> Iterator[re.Match[str]]:
    """Give all that may be a paper's address; an absolute one without the name of its scheme."""
    yield from _ADDRESS.finditer(text)
    yield from _HERE.finditer(text)
    yield from _NAMED.finditer(text)

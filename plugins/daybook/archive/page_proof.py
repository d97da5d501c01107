"""What tells a page that stands as a conversion wrote it from one that was edited: ``pages.txt``.

A file beside the ledger: a first line, then a hash for every page that the converter made, in the
order of the papers' numbers::

    Daybook pages 1
    7e04c1b2a90d5f36
    91ab0c55d2e7f844

The hash is of what the converter writes, without the keeper's further keys and own part. A page
whose hash is nowhere in the file was edited: what its sources replace there is a person's word. So
a checkout without a cache knows as much as the machine that wrote the pages, numbers may be given
anew, and of a file that git merged, conflict marks and all, both sides count. Who loses the file
loses nothing but this: what is replaced then is taken for an edit.
"""

from __future__ import annotations

import re
from hashlib import blake2b

from ..records import Paper
from .page import named_topics, write_page
from .rows import changed

FILE_NAME = "pages.txt"
_HEADER = "Daybook pages 1"
_BYTES = 8
_LINE = re.compile(rf"[0-9a-f]{{{2 * _BYTES}}}", re.ASCII)


class PageProof:
    """The pages of one conversion, and what the file that lay there says of them."""

    def __init__(self, text: str | None = None) -> None:
        """Read the file's text."""
        lines = (text or "").split("\n")
        self.is_there = _HEADER in lines
        """Whether there is anything to compare with."""
        self._before = {line for line in lines if _LINE.fullmatch(line)} if self.is_there else set()
        self._now: dict[int, str] = {}
        self._is_lasting = False

    def knows(self, print_of_page: str) -> bool:
        """Tell whether a page with this fingerprint is as a conversion wrote it."""
        return print_of_page in self._before

    def note(self, number: int, print_of_page: str) -> None:
        """Note the page of a paper, as it stands there after this conversion."""
        self._now[number] = print_of_page

    def last(self) -> None:
        """Have what was known stay so: a page cannot be read, and may be mended."""
        self._is_lasting = True

    def write(self) -> str:
        """Give the file's text; without any page none."""
        now = [one for _, one in sorted(self._now.items())]
        lasting = sorted(self._before.difference(now)) if self._is_lasting else []
        lines = [f"{one}\n" for one in (*now, *lasting)]
        return f"{_HEADER}\n{''.join(lines)}" if lines else ""


def hash_page(data: bytes) -> bytes:
    """Give what the content of a page is known by."""
    return blake2b(data, digest_size=16).digest()


def print_of(paper: Paper, content: bytes = b"") -> str:
    """Give the fingerprint of a paper's page.

    `content` is `hash_page` of the page, where that is what `write_page` gives for the paper.
    """
    if paper.notes or paper.extra:
        topics = paper.topics if named_topics(paper.extra) is None else ()
        paper, content = changed(paper, notes=None, extra=(), topics=topics), b""
    return (content or hash_page(write_page(paper).encode("utf-8")))[:_BYTES].hex()

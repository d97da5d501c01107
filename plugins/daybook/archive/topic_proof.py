"""What proves that the topics on pages are still those that the evidence assigns: ``topics.txt``.

A file beside the ledger, in lines: first what assigned the topics (a hash of the taxonomy and of
the code), then for every 256 papers' numbers a hash over their words, categories and topics::

    Daybook topics 1 5f0c...
    0 91ab...
    256 7e04...

Where the papers of a line, with the topics that their pages name, give the same hash, the same
evidence assigned these topics to these very words, whoever wrote them there and when; else they
are assigned anew. So the file is safe to lose and to damage, a page edited by hand is noticed, and
so is one that a killed conversion did not come to write. Papers with characters whose properties
another version of Unicode may change are left out, so that it is the same with every Python.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path

FILE_NAME = "topics.txt"
_HEADER = "Daybook topics 1"
_RUN = 256
_CODE = ("topic_evidence.py", "topic_phrases.py", "topics.py")
_SETTLED = re.compile(
    "[\0-\u052f\u1e00-\u205e\u20a0-\u20bf\u2100-\u218b\u2190-\u23f3\u3000-\u303e\u3041-\u3096"
    "\u30a1-\u30fe\u4e00-\u9fa5\uac00-\ud7a3\uff01-\uff9d]*\\Z"
)
_LINE = re.compile(r"(\d{1,9}) ([0-9a-f]{32})", re.ASCII)

Words = tuple[str, str | None, tuple[str, ...]]
"""What topics are assigned by: title, text and categories."""


class TopicProof:
    """The papers of one conversion, and what the file that lay there says of them."""

    def __init__(self, taxonomy: str, text: str | None = None) -> None:
        """Read the file's text; `taxonomy` is the fingerprint of the taxonomy."""
        self._header = f"{_HEADER} {_hash(taxonomy.encode() + _code())}"
        first, *lines = (text or "").split("\n")
        found = [_LINE.fullmatch(line) for line in lines] if first == self._header else []
        self._before = {int(match[1]): match[2] for match in found if match is not None}
        self._keys: dict[int, bytes] = {}
        """For each paper that can be proved, a hash of its words."""

    def note(self, number: int, words: Words) -> None:
        """Note a paper whose topics its evidence assigns."""
        title, text, _ = words
        if all(part.isascii() or _SETTLED.match(part) for part in (title, text or "")):
            self._keys[number] = _hash(repr(words).encode("utf-8", "surrogatepass")).encode()

    def holding(self, topics: Mapping[int, Sequence[str]]) -> set[int]:
        """Give the papers, by number, for which the topics that pages name are proved.

        `topics` has those of every page that there is.
        """
        holding = set()
        for first, numbers in self._runs().items() if self._before else ():
            known = self._before.get(first)
            if all(number in topics for number in numbers) and known == self._line(numbers, topics):
                holding.update(numbers)
        return holding

    def write(self, topics: Mapping[int, Sequence[str]]) -> str:
        """Give the file's text for the topics of every paper that was noted."""
        lines = [f"{first} {self._line(n, topics)}\n" for first, n in self._runs().items()]
        return f"{self._header}\n{''.join(lines)}" if lines else ""

    def _runs(self) -> dict[int, list[int]]:
        runs: dict[int, list[int]] = {}
        for number in sorted(self._keys):
            runs.setdefault(number - number % _RUN, []).append(number)
        return runs

    def _line(self, numbers: Iterable[int], topics: Mapping[int, Sequence[str]]) -> str:
        said = [b"%d %b %b" % (n, self._keys[n], " ".join(topics[n]).encode()) for n in numbers]
        return _hash(b"\n".join(said))


def _hash(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


@cache
def _code() -> bytes:
    """Give the code that assigns topics."""
    return b"\0".join(Path(__file__).with_name(name).read_bytes() for name in _CODE)

"""Phrases found in text in one pass: the eyes of the topic assignment.

Text becomes words once; all phrases of all topics are one trie of words, so that a paper costs
the same whether the taxonomy holds a hundred phrases or ten thousand.

A phrase is words as a person writes them. Case, hyphens and punctuation do not count
('Fine-Tuning' is ``fine tuning``), nor does a plural ``s`` (``benchmark`` finds 'benchmarks').
A word that ends in ``*`` stands for every word that begins so (``disentangl*``). ``title: survey``
counts in the title only. Parts joined by ``+`` must all occur, in any order and any place
(``translation + corpus``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

TITLE_PREFIX = "title:"

_ASCII_WORDS = re.compile(r"[a-z0-9]+")
_CJK = "\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"
_WORDS = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+")
"""Chinese, Japanese and Korean text has no spaces between words: each character is a word."""

_REMEMBERED_WORDS = 200_000
"""Distinct words whose symbols are kept; real corpora of 50,000 papers have about as many."""


def words_of(text: str) -> list[str]:
    """Split text into folded words, plurals undone.

    Any string will do: control characters, lone surrogates and unassigned code points separate
    words or stand in them, and never fail. Time is linear in the length.
    """
    if text.isascii():
        words = _ASCII_WORDS.findall(text.lower())
    else:
        folded = unicodedata.normalize("NFKD", text).casefold()
        bare = "".join(char for char in folded if not unicodedata.combining(char))
        words = _WORDS.findall(unicodedata.normalize("NFC", bare))
    return [_singular(word) if word[-1] == "s" else word for word in words]


def _singular(word: str) -> str:
    """Undo a regular English plural, and leave 'bias', 'loss', 'corpus' and 'news' alone."""
    if len(word) < 3 or word == "news" or word.endswith(("ss", "us", "is", "as")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


@dataclass(frozen=True, slots=True)
class Phrase:
    """What to look for: parts that must all occur, each a sequence of words."""

    parts: tuple[tuple[str, ...], ...]
    title_only: bool = False

    @classmethod
    def parse(cls, text: str) -> Phrase:
        """Read a phrase as the taxonomy writes it.

        Raises:
            ValueError: if a part has no word, or a ``*`` stands elsewhere than at a word's end;
                the message says which.
        """
        body = text.strip()
        title_only = body.casefold().startswith(TITLE_PREFIX)
        if title_only:
            body = body[len(TITLE_PREFIX) :]
        return cls(tuple(_read_part(part) for part in body.split("+")), title_only)


def _read_part(part: str) -> tuple[str, ...]:
    """Read the words of one part; a final ``*`` stays on its word, whose ending is kept."""
    words: list[str] = []
    for chunk in part.split():
        if "*" in chunk[:-1]:
            raise ValueError(f"'*' may stand only at the end of a word, not in {chunk!r}")
        if chunk.endswith("*"):
            *before, stem = _stem_words(chunk)
            words += [*before, stem]
        else:
            words += words_of(chunk)
    if not words:
        raise ValueError("a phrase needs at least one word" + (f" in {part!r}" if part else ""))
    return tuple(words)


def _stem_words(chunk: str) -> list[str]:
    """Split 'pre-train*' into 'pre' and 'train*', without undoing a plural of the stem."""
    words = words_of(chunk[:-1] + "x")
    if not words or words[-1] == "x":
        raise ValueError(f"{chunk!r} needs letters before its '*'")
    return [*words[:-1], words[-1][:-1] + "*"]


@dataclass(frozen=True, slots=True)
class Found:
    """How often one phrase occurs in a paper."""

    phrase: int
    """The phrase's place in the sequence the finder was made from."""
    in_title: bool
    times: int
    """Occurrences in the abstract."""


class _Node:
    """A place in the trie: the words that may follow, and the part that ends here."""

    __slots__ = ("following", "part")

    def __init__(self) -> None:
        self.following: dict[int, _Node] = {}
        self.part = -1


class PhraseFinder:
    """All phrases, ready to be found in any number of texts."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._symbols: dict[str, int] = {}
        self._stem_lengths: tuple[int, ...] = ()
        self._root = _Node()
        self._remembered: dict[str, tuple[int, ...]] = {}
        parts: dict[tuple[str, ...], int] = {}
        self._users: list[list[int]] = []
        self._phrases = tuple(
            (tuple(self._add_part(part, parts, number) for part in phrase.parts), phrase.title_only)
            for number, phrase in enumerate(phrases)
        )
        stems = {len(symbol) - 1 for symbol in self._symbols if symbol.endswith("*")}
        self._stem_lengths = tuple(sorted(stems))

    def _add_part(
        self, words: tuple[str, ...], parts: dict[tuple[str, ...], int], phrase: int
    ) -> int:
        """Enter one part into the trie, or find it there, and note the phrase that uses it."""
        if words not in parts:
            parts[words] = len(parts)
            self._users.append([])
            node = self._root
            for word in words:
                symbol = self._symbols.setdefault(word, len(self._symbols))
                node = node.following.setdefault(symbol, _Node())
            node.part = parts[words]
        self._users[parts[words]].append(phrase)
        return parts[words]

    def find(self, title: str, abstract: str) -> list[Found]:
        """Find every phrase in a paper, in the order of the phrases."""
        in_title = self._count_parts(title)
        in_abstract = self._count_parts(abstract)
        candidates = {number for part in (*in_title, *in_abstract) for number in self._users[part]}
        found: list[Found] = []
        for number in sorted(candidates):
            parts, title_only = self._phrases[number]
            titled = all(part in in_title for part in parts)
            if title_only:
                times = 0
            elif len(parts) == 1:
                times = in_abstract.get(parts[0], 0)
            else:
                times = int(all(part in in_title or part in in_abstract for part in parts))
            if titled or times:
                found.append(Found(number, titled, times))
        return found

    def _count_parts(self, text: str) -> dict[int, int]:
        """Count the parts that occur in a text; overlapping ones all count."""
        remembered = self._remembered
        if len(remembered) > _REMEMBERED_WORDS:
            remembered.clear()
        line: list[tuple[int, ...]] = []
        for word in words_of(text):
            symbols = remembered.get(word)
            if symbols is None:
                symbols = remembered[word] = self._symbols_of(word)
            line.append(symbols)
        counts: dict[int, int] = {}
        for start, symbols in enumerate(line):
            if symbols:
                self._walk(line, start, counts)
        return counts

    def _symbols_of(self, word: str) -> tuple[int, ...]:
        """Give what a word may stand for in the trie: itself, and every stem it begins with."""
        keys = [word, *(word[:length] + "*" for length in self._stem_lengths)]
        symbols = (self._symbols.get(key) for key in dict.fromkeys(keys))
        return tuple(symbol for symbol in symbols if symbol is not None)

    def _walk(self, line: list[tuple[int, ...]], start: int, counts: dict[int, int]) -> None:
        """Count the parts that begin at one word, each once."""
        nodes: list[_Node] = [self._root]
        at = start
        while nodes and at < len(line):
            nodes = list(_followers(nodes, line[at]))
            for node in nodes:
                if node.part >= 0:
                    counts[node.part] = counts.get(node.part, 0) + 1
            at += 1


def _followers(nodes: Iterable[_Node], symbols: tuple[int, ...]) -> Iterable[_Node]:
    """Give the nodes one word further."""
    for node in nodes:
        for symbol in symbols:
            following = node.following.get(symbol)
            if following is not None:
                yield following

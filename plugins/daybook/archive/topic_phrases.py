"""Phrases found in text in one pass: the eyes of the topic assignment.

Text becomes words once; all phrases of all topics are one trie of words, so that a paper costs
the same whether the taxonomy holds a hundred phrases or ten thousand.

A phrase is words as a person writes them. Case, hyphens and punctuation do not count
('Fine-Tuning' is ``fine tuning``), nor does a plural ``s`` (``benchmark`` finds 'benchmarks').
A word that ends in ``*`` stands for every word that begins so (``disentangl*``). ``title: survey``
counts in the title only. Parts joined by ``+`` must all occur in one sentence, in any order
(``introduce + benchmark``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

TITLE_PREFIX = "title:"

_ASCII_WORDS = re.compile(r"[a-z0-9]+")
_CJK = "\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"
_WORDS = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+")
"""Chinese, Japanese and Korean text has no spaces between words: each character is a word."""

_SENTENCE_END = re.compile(r"[.!?](?=\s)|\n")

_REMEMBERED_WORDS = 200_000
"""Distinct words whose symbols are kept; real corpora of 50,000 papers have about as many."""


def words_of(text: str) -> list[str]:
    """Split text into folded words, plurals undone."""
    return [_singular(word) for word in _folded_words(text)]


def _folded_words(text: str) -> list[str]:
    """Split text into words without case and accents.

    Any string will do: control characters, lone surrogates and unassigned code points separate
    words or stand in them, and never fail. Time is linear in the length.
    """
    if text.isascii():
        return _ASCII_WORDS.findall(text.lower())
    folded = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    return _WORDS.findall(unicodedata.normalize("NFC", bare))


def _singular(word: str) -> str:
    """Undo a regular English plural, and leave 'bias', 'loss', 'corpus' and 'news' alone."""
    if (
        word[-1] != "s"
        or len(word) < 3
        or word == "news"
        or word.endswith(("ss", "us", "is", "as"))
    ):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


@dataclass(frozen=True, slots=True)
class Phrase:
    """What to look for: parts that must all occur in one sentence, each a sequence of words."""

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

    number: int
    """The phrase's place in the sequence the finder was made from."""
    in_title: bool
    times: int
    """Occurrences in the abstract; of a phrase of several parts, sentences that hold all."""


class _Node:
    """A place in the trie: the words that may follow, and the part that ends here."""

    __slots__ = ("following", "part")

    def __init__(self) -> None:
        self.following: dict[str, _Node] = {}
        self.part = -1


@dataclass(frozen=True, slots=True)
class _Known:
    """What a word of the text means to the trie."""

    symbols: tuple[str, ...]
    """The words and stems of phrases that it may stand for."""
    starts: tuple[_Node, ...]
    """Where a phrase that begins with it continues."""


_UNKNOWN = _Known((), ())


@dataclass(frozen=True, slots=True)
class _Use:
    """A phrase that needs a part: its number, and the parts it needs besides."""

    phrase: int
    others: tuple[int, ...]
    title_only: bool


class PhraseFinder:
    """All phrases, ready to be found in any number of texts."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._root = _Node()
        self._symbols: set[str] = set()
        self._uses: list[list[_Use]] = []
        self._known: dict[str, _Known] = {}
        for number, phrase in enumerate(phrases):
            # A phrase is looked up by its longest part: the one least often met in vain.
            first, *others = sorted(phrase.parts, key=lambda part: (-len(" ".join(part)), part))
            use = _Use(number, tuple(self._part(part) for part in others), phrase.title_only)
            self._uses[self._part(first)].append(use)
        stems = {len(symbol) - 1 for symbol in self._symbols if symbol.endswith("*")}
        self._stem_lengths = tuple(sorted(stems))

    def _part(self, words: tuple[str, ...]) -> int:
        """Give the number of a part, entering it into the trie when it is new."""
        node = self._root
        for word in words:
            self._symbols.add(word)
            node = node.following.setdefault(word, _Node())
        if node.part < 0:
            node.part = len(self._uses)
            self._uses.append([])
        return node.part

    def find(self, title: str, abstract: str) -> list[Found]:
        """Find every phrase in a paper, in the order of the phrases."""
        in_title = self._count(self._places(title), title=True)
        in_abstract = self._count(self._places(abstract), title=False)
        return [
            Found(number, number in in_title, in_abstract.get(number, 0))
            for number in sorted(in_title.keys() | in_abstract.keys())
        ]

    def _count(self, places: dict[int, list[int]], *, title: bool) -> dict[int, int]:
        """Count each phrase whose parts occur."""
        counts: dict[int, int] = {}
        for part, sentences in places.items():
            for use in self._uses[part]:
                if use.title_only and not title:
                    continue
                if not use.others:
                    counts[use.phrase] = len(sentences)
                elif all(other in places for other in use.others):
                    together = set(sentences).intersection(*(places[other] for other in use.others))
                    if together:
                        counts[use.phrase] = len(together)
        return counts

    def _places(self, text: str) -> dict[int, list[int]]:
        """Give, for each part that occurs, the sentences of its occurrences, by number.

        Parts that overlap all occur: 'attention head' is also an 'attention'.
        """
        places: dict[int, list[int]] = {}
        known = self._known
        if len(known) > _REMEMBERED_WORDS:
            known.clear()
        for sentence, words in enumerate(_SENTENCE_END.split(text)):
            line = [known.get(word) or self._learn(word) for word in _folded_words(words)]
            for at, word in enumerate(line, 1):
                for node in word.starts:
                    if node.part >= 0:
                        places.setdefault(node.part, []).append(sentence)
                    if node.following and at < len(line):
                        _walk(node, line, at, places, sentence)
        return places

    def _learn(self, word: str) -> _Known:
        """Work out, once, what a word means to the trie."""
        singular = _singular(word)
        keys = [singular, *(singular[:length] + "*" for length in self._stem_lengths)]
        symbols = tuple(key for key in dict.fromkeys(keys) if key in self._symbols)
        following = self._root.following
        starts = tuple(following[symbol] for symbol in symbols if symbol in following)
        known = _Known(symbols, starts) if symbols else _UNKNOWN
        self._known[word] = known
        return known


def _walk(
    node: _Node, line: list[_Known], at: int, places: dict[int, list[int]], sentence: int
) -> None:
    """Note the parts that go on from a node with the words from a place on."""
    for symbol in line[at].symbols:
        after = node.following.get(symbol)
        if after is not None:
            if after.part >= 0:
                places.setdefault(after.part, []).append(sentence)
            if after.following and at + 1 < len(line):
                _walk(after, line, at + 1, places, sentence)

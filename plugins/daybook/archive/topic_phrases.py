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
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

TITLE_PREFIX = "title:"

_SENTENCE_END = r"[.!?](?=\s)|[\n\u3002]"
_CJK = "\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"
_ASCII_TOKENS = re.compile(rf"[a-z0-9]+|{_SENTENCE_END}")
_TOKENS = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+|{_SENTENCE_END}")
"""Chinese, Japanese and Korean text has no spaces between words: each character is a word."""

_REMEMBERED_WORDS = 200_000
"""Distinct words whose symbols are kept; real corpora of 50,000 papers have about as many."""


def words_of(text: str) -> list[str]:
    """Split text into folded words, plurals undone."""
    return [_singular(token) for token in _tokens(text) if token[0].isalnum()]


def _tokens(text: str) -> list[str]:
    """Split text into words without case and accents, and the ends of sentences.

    Any string will do: control characters, lone surrogates and unassigned code points separate
    words or stand in them, and never fail. Time is linear in the length.
    """
    if text.isascii():
        return _ASCII_TOKENS.findall(text.lower())
    folded = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    return _TOKENS.findall(unicodedata.normalize("NFC", bare))


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


class Found(NamedTuple):
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

    symbols: tuple[str, ...] = ()
    """The words and stems of phrases that it may stand for."""
    parts: tuple[int, ...] = ()
    """The parts that it is, all by itself."""
    openings: Mapping[str, tuple[_Node, ...]] = field(default_factory=dict)
    """The parts that it opens, by the word that must come next."""


_END = _Known()
"""The end of a sentence."""


class _Vocabulary(dict[str, _Known | None]):
    """What the words met so far mean to a trie; ``None`` is nothing at all.

    A word is worked out when it is first met, by ``__missing__``, so that texts are looked up at
    the speed of a dictionary.
    """

    def __init__(self, root: _Node, symbols: frozenset[str]) -> None:
        super().__init__()
        self._root = root
        self._symbols = symbols
        stems = sorted(symbol for symbol in symbols if symbol.endswith("*"))
        self._fewest = min((len(stem) - 1 for stem in stems), default=0)
        self._stems: defaultdict[str, list[str]] = defaultdict(list)
        """By the letters that even the shortest stem has."""
        for stem in stems:
            self._stems[stem[: self._fewest]].append(stem)

    def __missing__(self, token: str) -> _Known | None:
        self[token] = known = self._work_out(token) if token[0].isalnum() else _END
        return known

    def _work_out(self, word: str) -> _Known | None:
        """Find the symbols a word stands for, and what begins with them."""
        singular = _singular(word)
        stems = self._stems.get(singular[: self._fewest], ())
        symbols = tuple(stem for stem in stems if singular.startswith(stem[:-1]))
        if singular in self._symbols:
            symbols = (singular, *symbols)
        if not symbols:
            return None
        starts = [node for node in map(self._root.following.get, symbols) if node is not None]
        openings: dict[str, tuple[_Node, ...]] = {}
        for start in starts:
            for symbol, node in start.following.items():
                openings[symbol] = (*openings.get(symbol, ()), node)
        return _Known(symbols, tuple(start.part for start in starts if start.part >= 0), openings)


@dataclass(frozen=True, slots=True)
class _Use:
    """A phrase that needs a part: its number, and the parts it needs besides."""

    phrase: int
    others: frozenset[int]


class _Uses:
    """Which phrases need which part."""

    def __init__(self) -> None:
        self._alone: dict[int, list[int]] = {}
        """The phrases that are this part and nothing else."""
        self._together: dict[int, list[_Use]] = {}

    def add(self, part: int, use: _Use) -> None:
        """Note what needs a part."""
        if use.others:
            self._together.setdefault(part, []).append(use)
        else:
            self._alone.setdefault(part, []).append(use.phrase)

    def count(self, places: Mapping[int, list[int]]) -> dict[int, int]:
        """Count each phrase whose parts occur at these places."""
        counts: dict[int, int] = {}
        for part, sentences in places.items():
            for phrase in self._alone.get(part, ()):
                counts[phrase] = len(sentences)
            for use in self._together.get(part, ()):
                if use.others <= places.keys():
                    together = set(sentences).intersection(*(places[other] for other in use.others))
                    if together:
                        counts[use.phrase] = len(together)
        return counts


class PhraseFinder:
    """All phrases, ready to be found in any number of texts."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._root = _Node()
        self._parts = 0
        self._in_titles = _Uses()
        self._in_abstracts = _Uses()
        for number, phrase in enumerate(phrases):
            # A phrase is looked up by its longest part: the one least often met in vain.
            first, *others = sorted(phrase.parts, key=lambda part: (-len(" ".join(part)), part))
            use = _Use(number, frozenset(map(self._part, others)))
            self._in_titles.add(self._part(first), use)
            if not phrase.title_only:
                self._in_abstracts.add(self._part(first), use)
        symbols = frozenset(word for phrase in phrases for part in phrase.parts for word in part)
        self._vocabulary = _Vocabulary(self._root, symbols)

    def _part(self, words: tuple[str, ...]) -> int:
        """Give the number of a part, entering it into the trie when it is new."""
        node = self._root
        for word in words:
            node = node.following.setdefault(word, _Node())
        if node.part < 0:
            node.part = self._parts
            self._parts += 1
        return node.part

    def find(self, title: str, abstract: str) -> list[Found]:
        """Find every phrase in a paper, in the order of the phrases."""
        in_title = self._in_titles.count(self._places(title))
        in_abstract = self._in_abstracts.count(self._places(abstract))
        return [
            Found(number, number in in_title, in_abstract.get(number, 0))
            for number in sorted(in_title.keys() | in_abstract.keys())
        ]

    def _places(self, text: str) -> Mapping[int, list[int]]:
        """Give, for each part that occurs, the sentences of its occurrences, by number.

        Parts that overlap all occur: 'attention head' is also an 'attention'.
        """
        places: defaultdict[int, list[int]] = defaultdict(list)
        if len(self._vocabulary) > _REMEMBERED_WORDS:
            self._vocabulary.clear()
        line = [*map(self._vocabulary.__getitem__, _tokens(text)), None]
        sentence = 0
        for after, word in enumerate(line, 1):
            if word is None:
                continue
            if word is _END:
                sentence += 1
            for part in word.parts:
                places[part].append(sentence)
            if word.openings and (following := line[after]) is not None:
                for symbol in following.symbols:
                    for node in word.openings.get(symbol, ()):
                        _walk(node, line, after + 1, places, sentence)
        return places


def _walk(
    node: _Node,
    line: list[_Known | None],
    at: int,
    places: defaultdict[int, list[int]],
    sentence: int,
) -> None:
    """Note the parts that end at a node, or go on from it with the words from a place on."""
    if node.part >= 0:
        places[node.part].append(sentence)
    if node.following and (word := line[at]) is not None:
        for symbol in word.symbols:
            following = node.following.get(symbol)
            if following is not None:
                _walk(following, line, at + 1, places, sentence)

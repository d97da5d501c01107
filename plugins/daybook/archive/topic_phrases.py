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
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

TITLE_PREFIX = "title:"

_SENTENCE_END = r"[.!?](?=\s)|[\n\u3002]"
_CJK = "\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"
_TOKENS = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+|{_SENTENCE_END}")
"""Chinese, Japanese and Korean text has no spaces between words: each character is a word."""

_FIRST_MARK = "\u0300"
_ASCII = {
    code: char.lower() if char.isalnum() else " " if char.isspace() else ","
    for code, char in enumerate(map(chr, range(128)))
} | {ord("."): ".", ord("!"): ".", ord("?"): ".", ord("\n"): ";"}
"""Of an ASCII text these signs are left: they take a third of the time that `_TOKENS` takes."""

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
        text = text.translate(_ASCII).replace(".;", ". ;").replace(". ", " ! ").replace(";", " ! ")
        return text.replace(".", " ").replace(",", " ").split()
    folded = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join([c for c in folded if c < _FIRST_MARK or not unicodedata.combining(c)])
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
    if "*" not in part and part.isascii() and (plain := words_of(part)):
        return tuple(plain)
    words: list[str] = []
    for chunk in part.split():
        if "*" in chunk[:-1]:
            raise ValueError(f"'*' may stand only at the end of a word, not in {chunk[:40]!r}")
        if chunk.endswith("*"):
            *before, stem = _stem_words(chunk)
            words += [*before, stem]
        else:
            words += words_of(chunk)
    if not words:
        raise ValueError(
            "a phrase needs at least one word" + (f" in {part[:40]!r}" if part else "")
        )
    return tuple(words)


def _stem_words(chunk: str) -> list[str]:
    """Split 'pre-train*' into 'pre' and 'train*', without undoing a plural of the stem."""
    words = words_of(chunk[:-1] + "x")
    if not words or words[-1] == "x":
        raise ValueError(f"{chunk[:40]!r} needs letters before its '*'")
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


_NOTHING, _END = 0, 1
"""The kinds of words that no phrase has, and of the ends of sentences."""


class _Vocabulary(dict[str, int]):
    """The kinds of the words met so far; those of one kind mean the same to every phrase.

    A word is worked out when it is first met, by ``__missing__``, so that texts are looked up at
    the speed of a dictionary.
    """

    def __init__(self, symbols: frozenset[str]) -> None:
        super().__init__()
        self.kinds: list[tuple[str, ...]] = [(), ()]
        """For each kind the words and stems of phrases that it may stand for."""
        self._kinds: dict[tuple[str, ...], int] = {(): _NOTHING}
        self._symbols = symbols
        stems = sorted(symbol for symbol in symbols if symbol.endswith("*"))
        self._fewest = min((len(stem) - 1 for stem in stems), default=0)
        self._stems: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        """With the letters of each, by those that even the shortest stem has."""
        for stem in stems:
            self._stems[stem[: self._fewest]].append((stem[:-1], stem))

    def __missing__(self, token: str) -> int:
        self[token] = kind = self._work_out(token) if token[0].isalnum() else _END
        return kind

    def _work_out(self, word: str) -> int:
        """Find the symbols a word stands for, and the kind of words that stand for these."""
        singular = _singular(word)
        stems = self._stems.get(singular[: self._fewest], ())
        symbols = tuple([stem for letters, stem in stems if singular.startswith(letters)])
        if singular in self._symbols:
            symbols = (singular, *symbols)
        kind = self._kinds.setdefault(symbols, len(self.kinds))
        if kind == len(self.kinds):
            self.kinds.append(symbols)
        return kind


class _Following(dict[int, tuple["_Following", tuple[int, ...]]]):
    """Where in the trie a text is: at a node for each beginning of a part that it ends with.

    Gives for the kind of the next word where that leads, and the parts that end there (`_SENTENCE`
    where a sentence does). It is worked out when it is first asked for, so that a text is followed
    by looking up a number a word. All occurrences are found: 'attention head' is an 'attention'.
    """

    def __init__(self, machine: _Machine, nodes: tuple[_Node, ...]) -> None:
        super().__init__()
        self._machine = machine
        self._nodes = nodes

    def __missing__(self, kind: int) -> tuple[_Following, tuple[int, ...]]:
        self[kind] = found = self._machine.after(self._nodes, kind)
        return found


_SENTENCE = -1
"""What ends beside parts."""


class _Machine:
    """The trie with the words of texts."""

    def __init__(self, root: _Node, symbols: frozenset[str]) -> None:
        self.vocabulary = _Vocabulary(symbols)
        self.start = _Following(self, ())
        self._root = root
        self._known: dict[tuple[_Node, ...], _Following] = {(): self.start}

    def after(self, nodes: tuple[_Node, ...], kind: int) -> tuple[_Following, tuple[int, ...]]:
        """Give where a word of a kind leads to, and what ends there."""
        if kind == _END:
            return self.start, (_SENTENCE,)
        symbols = self.vocabulary.kinds[kind]
        reached = [
            found
            for following in (*[node.following for node in nodes], self._root.following)
            for symbol in symbols
            if (found := following.get(symbol)) is not None
        ]
        if not reached:
            return self.start, ()
        open_ones = tuple([node for node in reached if node.following])
        if open_ones not in self._known:
            self._known[open_ones] = _Following(self, open_ones)
        return self._known[open_ones], tuple([node.part for node in reached if node.part >= 0])


class _Uses:
    """Which phrases need which part."""

    def __init__(self) -> None:
        self._alone: dict[int, list[int]] = {}
        """The phrases that are this part and nothing else."""
        self._together: dict[int, list[tuple[int, int, tuple[int, ...]]]] = {}
        """The phrases that need one more part besides, and perhaps further ones."""

    def add(self, part: int, phrase: int, others: Sequence[int]) -> None:
        """Note what needs a part."""
        if others:
            self._together.setdefault(part, []).append((phrase, others[0], tuple(others[1:])))
        else:
            self._alone.setdefault(part, []).append(phrase)

    def count(self, places: Mapping[int, list[int]]) -> dict[int, int]:
        """Count each phrase whose parts occur at these places."""
        counts: dict[int, int] = {}
        alone, together = self._alone, self._together
        for part, sentences in places.items():
            if part in alone:
                for phrase in alone[part]:
                    counts[phrase] = len(sentences)
            if part in together:
                for phrase, other, further in together[part]:
                    if other in places:
                        shared = set(sentences).intersection(
                            places[other], *[places.get(one, ()) for one in further]
                        )
                        if shared:
                            counts[phrase] = len(shared)
        return counts


class PhraseFinder:
    """All phrases, to be found in any number of texts.

    They are made ready for the first: most builds assign no topic, as those on pages are proved.
    """

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._phrases = phrases

    def find(self, title: str, abstract: str) -> list[Found]:
        """Find every phrase in a paper, in the order of the phrases."""
        return self._ready.find(title, abstract)

    @cached_property
    def _ready(self) -> _Ready:
        return _Ready(self._phrases)


class _Ready:
    """All phrases as one trie."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._root = _Node()
        self._parts = 0
        self._in_titles = _Uses()
        self._in_abstracts = _Uses()
        for number, phrase in enumerate(phrases):
            # A phrase is looked up by its longest part: the one least often met in vain.
            first, *others = sorted(phrase.parts, key=lambda part: (-len(" ".join(part)), part))
            part, *more = map(self._part, (first, *others))
            self._in_titles.add(part, number, more)
            if not phrase.title_only:
                self._in_abstracts.add(part, number, more)
        symbols = frozenset(word for phrase in phrases for part in phrase.parts for word in part)
        self._machine = _Machine(self._root, symbols)

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
        """Give, for each part that occurs, the sentences of its occurrences, by number."""
        places: defaultdict[int, list[int]] = defaultdict(list)
        vocabulary, following = self._machine.vocabulary, self._machine.start
        if len(vocabulary) > _REMEMBERED_WORDS:
            vocabulary.clear()
        sentence = 0
        for kind in map(vocabulary.__getitem__, _tokens(text)):
            following, parts = following[kind]
            for part in parts:
                if part == _SENTENCE:
                    sentence += 1
                else:
                    places[part].append(sentence)
        return places

"""When two mentions of a paper mean the same paper.

An arXiv id decides first, then a DOI, then the normalized title. Two mentions with different arXiv
ids are two papers whatever their titles; two with the same title whose abstracts have nothing in
common are two papers as well. The order in which mentions come never matters: every step works on
sorted, whole groups.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from .markdown_text import clean
from .tex import GREEK, plain_tex

_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ı": "i",
        "ȷ": "j",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ŋ": "n",
        "ς": "sigma",
    }
    | {letter: name for name, letter in GREEK.items()}
)
_NOT_KEY = re.compile(r"[\W_]+")
_KINDS = ("arxiv", "doi", "title")
_ARXIV_DOI = "10.48550/arxiv."
APART = "apart "
"""How the title key of what the keeper split off begins, as no title's does: it has a space."""
_WORD = re.compile(r"\w+")
_COMMON_WORDS = 0.3
"""Share of the smaller abstract's words: of 16,812 pairs of different abstracts 0.3% reach it."""
_COMMON_PAIRS = 0.12
"""Share of its pairs of neighbouring words; of the same pairs of abstracts 0.05% reach it."""
_FEWEST_WORDS = 3
"""With fewer words of its own an abstract says nothing about identity."""


@dataclass(frozen=True, slots=True)
class Mention:
    """What one source says that bears on which paper it means."""

    title: str | None
    arxiv: str | None = None
    doi: str | None = None
    abstract: str | None = None
    apart: str | None = None
    """What the keeper split off by this name: it stands in the title's place, so that nothing but
    an id joins it to others."""


@lru_cache(maxsize=1 << 18)
def title_key(title: str) -> str:
    """Normalize a title: letters and digits only, without case, accents, Unicode form or TeX.

    A title without any letter or digit is its own key.
    """
    if title.isascii() and "\\" not in title:
        text = title.lower()
    else:
        title = clean(title)
        text = unicodedata.normalize("NFKD", plain_tex(unicodedata.normalize("NFKC", title)))
        text = "".join(c for c in text.casefold() if not unicodedata.combining(c))
        text = text.translate(_LETTERS)
    key = _NOT_KEY.sub("", text.replace("&", "and").replace("+", "plus").replace("#", "sharp"))
    return key or unicodedata.normalize("NFC", " ".join(clean(title).split())) or "\ufffd"


def arxiv_of_doi(doi: str | None) -> str | None:
    """Give the arXiv id that a DOI of arXiv's own stands for (https://info.arxiv.org/help/doi)."""
    if doi is not None and doi.lower().startswith(_ARXIV_DOI):
        return re.sub(r"v\d+\Z", "", doi[len(_ARXIV_DOI) :].lower())
    return None


def name_keys(keys: Iterable[tuple[str | None, str | None, str | None]]) -> tuple[str, ...]:
    """Give the identity keys of several mentions, each once: ``arxiv:``, ``doi:``, ``title:``."""
    keys = list(keys)
    if len(keys) == 1:
        return tuple(f"{kind}:{key}" for kind, key in zip(_KINDS, keys[0], strict=True) if key)
    found = {(order, key) for three in keys for order, key in enumerate(three) if key}
    return tuple(f"{_KINDS[order]}:{key}" for order, key in sorted(found))


def identity_keys(mention: Mention) -> tuple[str | None, str | None, str | None]:
    """Give a mention's arXiv id, DOI (never one of arXiv's own) and title key."""
    doi = clean(mention.doi).lower() if mention.doi else None
    own = arxiv_of_doi(doi)
    key = title_key(mention.title) if mention.title else None
    if mention.apart is not None:
        key = f"{APART}{mention.apart}"
    return mention.arxiv or own, None if own else doi, key


def likeness(one: str | None, other: str | None, title: str = "") -> float | None:
    """Say how much two abstracts have in common: 0 for nothing, up to 1; ``None`` if unknowable.

    The words of the title they share do not count. Texts too short, or in different scripts,
    cannot be compared.
    """
    if not one or not other:
        return None
    if one == other:
        return 1.0
    return _likeness(_signature(one, title), _signature(other, title))


@lru_cache(maxsize=1024)
def _signature(text: str, title: str) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    skipped = set(_WORD.findall(title.casefold()))
    words = [word for word in _WORD.findall(text.casefold()) if word not in skipped]
    pairs = frozenset(itertools.pairwise(words))
    return frozenset(word for word in words if len(word) > 3 or not word.isascii()), pairs


def _likeness(
    one: tuple[frozenset[str], frozenset[tuple[str, str]]],
    other: tuple[frozenset[str], frozenset[tuple[str, str]]],
) -> float | None:
    (words, pairs), (other_words, other_pairs) = one, other
    fewest = min(len(words), len(other_words))
    if fewest < _FEWEST_WORDS or _is_latin(words) != _is_latin(other_words):
        return None
    common = len(words & other_words) / fewest
    paired = len(pairs & other_pairs) / (min(len(pairs), len(other_pairs)) or 1)
    if common < _COMMON_WORDS and paired < _COMMON_PAIRS:
        return 0.0
    return max(common, paired)


def _is_latin(words: frozenset[str]) -> bool:
    """Tell whether most of the words are in the Latin script, near enough."""
    return sum(min(word) < "\u0250" for word in words) * 2 >= len(words)

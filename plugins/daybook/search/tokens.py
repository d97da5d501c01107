"""The pipeline: how a text becomes the terms of the index, the same in Python and in the browser.

It is lunr.js's own pipeline with two functions before its trimmer, and with a trimmer that knows
more than ASCII: lunr's would cut 'Łukasz' to 'ukasz' and lose Chinese altogether. On ASCII text
the result is what lunr.js's default pipeline gives. ``theme/static/search/pipeline.js`` is the twin
of this module, registered with lunr in the browser; a test runs both over the same texts.

Character classes are written out as ranges rather than taken from a Unicode database, because the
browser's and Python's are of different ages and must not disagree.
"""

from __future__ import annotations

import re
import unicodedata

from lunr.stop_word_filter import WORDS

from .stemmer import stem

SPACES = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
r"""What ``\s`` means in JavaScript, as the inside of a character class."""

SEPARATOR = re.compile(f"[{SPACES}-]+")
"""Where lunr's tokenizer cuts: ``lunr.tokenizer.separator``."""

MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
"""Combining marks of alphabets whose letters are read without them; those of Indic scripts and of
kana carry sounds and stay."""

_MARKS = re.compile(f"[{MARKS}]+")
_BREAKS = re.compile(f"[{SPACES}\u2010-\u2015\u2212\u2044\u30a0\u30fb-]+")
"""What divides words besides a space and a hyphen: dashes, the fraction slash, katakana dots."""

_LETTERS = str.maketrans(
    {
        "æ": "ae",
        "ð": "d",
        "ø": "o",
        "þ": "th",
        "đ": "d",
        "ħ": "h",
        "ı": "i",
        "ĸ": "k",
        "ł": "l",
        "ŋ": "n",
        "œ": "oe",
        "ŧ": "t",
        "ß": "ss",
        "’": "'",
        "ʼ": "'",
        "\u00ad": "",
        "\u200b": "",
        "\u200c": "",
        "\u200d": "",
        "\u200e": "",
        "\u200f": "",
        "\u202a": "",
        "\u202b": "",
        "\u202c": "",
        "\u202d": "",
        "\u202e": "",
        "\u2060": "",
        "\u2066": "",
        "\u2067": "",
        "\u2068": "",
        "\u2069": "",
    }
)
"""Letters that have no decomposition, the two apostrophes, and characters that show nothing."""

IDEOGRAPHS = (
    "\u3005-\u3007\u3041-\u3096\u3099-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Han, hiragana and katakana, which are written without spaces."""

_RUNS = re.compile(f"([{IDEOGRAPHS}]+)")

PUNCTUATION = (
    r"\x00-/:-@\[-^`{-\x7f"
    "\x80-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb\xbf\xd7\xf7\u02c2-\u02df\u2000-\u206f\u20a0-\u20cf"
    "\u2190-\u245f\u2500-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u3030\u303d-\u303f"
    "\ufe10-\ufe1f\ufe30-\ufe6f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\ufff0-\uffff"
    "\U0001f000-\U0001faff"
)
"""What a word neither begins nor ends with; the ASCII part is exactly JavaScript's ``\\W``."""

ASCII_PUNCTUATION = "".join(re.findall(f"[{PUNCTUATION}]", "".join(map(chr, range(128)))))
_TRIM = re.compile(rf"\A[{PUNCTUATION}]+|[{PUNCTUATION}]+\Z")

STOP_WORDS = frozenset(WORDS)
"""The words that lunr leaves out, in lunr.py as in lunr.js."""


def fold(token: str) -> list[str]:
    """Reduce letters to those that a plain keyboard has, and cut at dashes.

    'josé' becomes 'jose', 'łukasz' 'lukasz', 'straße' 'strasse', 'ｂｅｒｔ' 'bert', '𝒳' 'x'. What
    is still empty afterwards stays one empty token, as lunr keeps one.
    """
    if token.isascii():
        return [token]
    letters = _MARKS.sub("", unicodedata.normalize("NFKD", token)).lower().translate(_LETTERS)
    words = [word for word in _BREAKS.split(unicodedata.normalize("NFC", letters)) if word]
    return words or [""]


def divide(word: str) -> list[str]:
    """Cut runs of Chinese or Japanese into their characters and pairs of characters.

    Both are indexed, so that a word of any length is found wherever it stands in a run; a query is
    cut into pairs alone.
    """
    if word.isascii():
        return [word]
    parts: list[str] = []
    for place, run in enumerate(_RUNS.split(word)):
        if place % 2:  # what the expression found; before and after it is the rest
            parts.extend(run)
            parts.extend(run[at : at + 2] for at in range(len(run) - 1))
        elif run:
            parts.append(run)
    return parts


def trim(word: str) -> str:
    """Take away what stands before and after a word: brackets, full stops, quotes."""
    return word.strip(ASCII_PUNCTUATION) if word.isascii() else _TRIM.sub("", word)


def terms_of(token: str) -> list[str]:
    """Run the whole pipeline over one lower-case token; a stop word gives no term."""
    words = [trim(part) for word in fold(token) for part in divide(word)]
    return [stem(word) for word in words if word not in STOP_WORDS]


_ODD_SPACES = ("\x1c", "\x1d", "\x1e", "\x1f", "\x85", "\ufeff")
"""What is a space to Python alone or to JavaScript alone."""


def tokenize(text: str) -> list[str]:
    """Cut a text into lower-case tokens where ``lunr.tokenizer`` cuts it."""
    lower = text.lower()
    if lower.isascii() and lower.isprintable():  # as nearly all are: none of those is among them
        return lower.replace("-", " ").split()
    if any(space in lower for space in _ODD_SPACES):
        return [token for token in SEPARATOR.split(lower) if token]
    return lower.replace("-", " ").split()

"""The stemmer: lunr.py's Porter stemmer, held to what lunr.js 2.3.9 does.

The two engines differ in four places, and the browser's is the one that reads the index: lunr.js
keeps a final y after a vowel ('monkey', which lunr.py makes 'monkei'), keeps 'yy' before '-ed' and
'-ing', and takes 'ies', 'eed' and 'sses' for suffixed words. A test compares every word of a large
vocabulary with lunr.js's own stemmer. The algorithm is M. F. Porter's 'An algorithm for suffix
stripping' (Program 14(3), 1980, https://tartarus.org/martin/PorterStemmer/def.txt).
"""

from __future__ import annotations

from functools import lru_cache

from lunr.stemmer import PorterStemmer

_WHOLE_WORDS = {"ies": "ie", "eed": "e", "eeds": "e", "sses": "sse"}


class _LunrJsStemmer(PorterStemmer):  # type: ignore[misc]  # lunr.py has no types
    """lunr.py's stemmer with lunr.js's rules for y."""

    b: str
    k: int

    def step1c(self) -> None:
        """Make a final y an i after a consonant that is not the word's first letter."""
        if self.ends("y") and self.k > 1 and self.b[self.k - 1] not in "aeiou":
            self.b = self.b[: self.k] + "i" + self.b[self.k + 1 :]

    def doublec(self, j: int) -> bool:
        """Tell whether a double consonant ends at `j`; lunr.js does not count 'yy'."""
        return self.b[j] != "y" and bool(super().doublec(j))


_porter = _LunrJsStemmer()


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """Give the stem of a lower-case word; what is no English word passes in the same way."""
    if len(word) < 3:
        return word
    if not word.isascii() and max(word) > "\uffff":
        return _joined(stem(_in_code_units(word)))
    return _WHOLE_WORDS.get(word) or str(_porter.stem(word))


def _in_code_units(word: str) -> str:
    """Write characters beyond the basic plane as JavaScript counts them, two units each."""
    return "".join(
        c if c <= "\uffff" else chr(0xD7C0 + (ord(c) >> 10)) + chr(0xDC00 | ord(c) & 0x3FF)
        for c in word
    )


def _joined(units: str) -> str:
    """Put code units together again."""
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

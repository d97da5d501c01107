"""Porter's stemmer, as lunr.js 2.3.9 runs it.

The algorithm is M. F. Porter's 'An algorithm for suffix stripping' (Program 14(3), 1980,
https://tartarus.org/martin/PorterStemmer/def.txt) with what lunr.js adds to it: 'bli' and 'logi'
in step 2, words under three characters left alone, an initial 'y' taken for a consonant. A test
compares every word of a large vocabulary with lunr.js's own stemmer.
"""

from __future__ import annotations

import re

_CONSONANTS = "[^aeiou][^aeiouy]*"
_VOWELS = "[aeiouy][aeiou]*"
_MEASURE_ABOVE_0 = re.compile(f"(?:{_CONSONANTS})?{_VOWELS}{_CONSONANTS}").match
_MEASURE_IS_1 = re.compile(f"(?:{_CONSONANTS})?{_VOWELS}{_CONSONANTS}(?:{_VOWELS})?\\Z").match
_MEASURE_ABOVE_1 = re.compile(
    f"(?:{_CONSONANTS})?{_VOWELS}{_CONSONANTS}{_VOWELS}{_CONSONANTS}"
).match
_HAS_VOWEL = re.compile(f"(?:{_CONSONANTS})?[aeiouy]").match
_ENDS_DOUBLE = re.compile(r"([^aeiouylsz])\1\Z").search
_ENDS_SHORT = re.compile(f"{_CONSONANTS}[aeiouy][^aeiouwxy]\\Z").match
"""The stem as a whole is consonant, vowel, consonant, and the last is not w, x or y."""

_STEP_2 = {
    "ational": "ate",
    "tional": "tion",
    "enci": "ence",
    "anci": "ance",
    "izer": "ize",
    "bli": "ble",
    "alli": "al",
    "entli": "ent",
    "eli": "e",
    "ousli": "ous",
    "ization": "ize",
    "ation": "ate",
    "ator": "ate",
    "alism": "al",
    "iveness": "ive",
    "fulness": "ful",
    "ousness": "ous",
    "aliti": "al",
    "iviti": "ive",
    "biliti": "ble",
    "logi": "log",
}
_STEP_3 = {
    "icate": "ic",
    "ative": "",
    "alize": "al",
    "iciti": "ic",
    "ical": "ic",
    "ful": "",
    "ness": "",
}
_STEP_4 = (
    *("ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous"),
    *("ive", "ize", "al", "er", "ic", "ou"),
)
"""The longest first."""

_STEP_2_ENDINGS, _STEP_3_ENDINGS = tuple(_STEP_2), tuple(_STEP_3)


def stem(word: str) -> str:
    """Give the stem of a lower-case word; what is no English word passes in the same way."""
    if len(word) < 3:
        return word
    if not word.isascii() and max(word) > "\uffff":
        return _joined(stem(_in_code_units(word)))
    initial_y = word[0] == "y"
    if initial_y:
        word = "Y" + word[1:]
    word = _step_5(_step_4(_step_2_and_3(_step_1(word))))
    return "y" + word[1:] if initial_y else word


def _in_code_units(word: str) -> str:
    """Write characters beyond the basic plane as JavaScript counts them, two units each."""
    return "".join(
        c if c <= "\uffff" else chr(0xD7C0 + (ord(c) >> 10)) + chr(0xDC00 | ord(c) & 0x3FF)
        for c in word
    )


def _joined(units: str) -> str:
    """Put code units together again."""
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _step_1(word: str) -> str:
    """Take plurals, '-ed' and '-ing' away, and let a final y be an i."""
    if (word.endswith("sses") and len(word) > 4) or (word.endswith("ies") and len(word) > 3):
        word = word[:-2]
    elif word[-1] == "s" and word[-2] != "s":
        word = word[:-1]
    if word.endswith("eed") and len(word) > 3:
        if _MEASURE_ABOVE_0(word[:-3]):
            word = word[:-1]
    elif word.endswith(("ed", "ing")):
        rest = word[:-2] if word.endswith("ed") else word[:-3]
        if rest and _HAS_VOWEL(rest):
            word = _mended(rest)
    if word[-1:] == "y" and len(word) > 2 and word[-2] not in "aeiou":
        word = word[:-1] + "i"
    return word


def _mended(rest: str) -> str:
    """Give what is left of a word without '-ed' or '-ing' its proper ending."""
    if rest.endswith(("at", "bl", "iz")):
        return rest + "e"
    if _ENDS_DOUBLE(rest):
        return rest[:-1]
    return rest + "e" if _ENDS_SHORT(rest) else rest


def _step_2_and_3(word: str) -> str:
    """Shorten double suffixes: '-ization' to '-ize', '-ical' to '-ic'."""
    for endings, shorter in ((_STEP_2_ENDINGS, _STEP_2), (_STEP_3_ENDINGS, _STEP_3)):
        if word.endswith(endings):
            ending = max(
                (e for e in endings if word.endswith(e) and e != word), key=len, default=""
            )
            rest = word[: len(word) - len(ending)]
            if ending and _MEASURE_ABOVE_0(rest):
                word = rest + shorter[ending]
    return word


def _step_4(word: str) -> str:
    """Take single suffixes away from longer words."""
    if word.endswith(_STEP_4):
        ending = next((e for e in _STEP_4 if word.endswith(e) and e != word), "")
        rest = word[: len(word) - len(ending)]
        if ending and _MEASURE_ABOVE_1(rest):
            return rest
    elif word.endswith(("sion", "tion")) and len(word) > 4 and _MEASURE_ABOVE_1(word[:-3]):
        return word[:-3]
    return word


def _step_5(word: str) -> str:
    """Take a final e away, and one of two final l's."""
    if word[-1:] == "e" and len(word) > 1:
        rest = word[:-1]
        if _MEASURE_ABOVE_1(rest) or (_MEASURE_IS_1(rest) and not _ENDS_SHORT(rest)):
            word = rest
    if word.endswith("ll") and _MEASURE_ABOVE_1(word):
        word = word[:-1]
    return word

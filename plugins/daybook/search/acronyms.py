"""Acronyms and what they stand for, learnt from the papers that introduce them in brackets.

The method is that of A. Schwartz and M. Hearst, 'A simple algorithm for identifying abbreviation
definitions in biomedical text' (Pacific Symposium on Biocomputing 8, 2003): the letters of the
acronym are looked for from the right in the words before the bracket, its first at a word's
beginning.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from .tokens import terms_of, tokenize

MOST_ACRONYMS = 500
"""Only those that most papers introduce are kept."""
MOST_MEANINGS = 3
"""What one acronym may stand for."""

_BRACKET = re.compile(r"\(([A-Z][A-Za-z0-9-]{1,8})\)")
_CLAUSE_END = re.compile(r"[()\[\]{}.,;:!?\n]")
_REACH = 90
"""How many characters before the bracket are looked at."""
_PLURAL = re.compile(r"(?<=[A-Z])s\Z")
_WORD = re.compile(r"[^\s-]+")


def long_form(before: str, acronym: str) -> str | None:
    """Find the words that an acronym abbreviates at the end of the text before its bracket."""
    letters = [letter for letter in acronym.lower() if letter.isalnum()]
    words = list(_WORD.finditer(before))[-min(len(letters) + 5, 2 * len(letters)) :]
    if len(letters) < 2 or not words:
        return None
    text = before.lower()
    begin, at = words[0].start(), len(text)
    for place in range(len(letters) - 1, -1, -1):
        at -= 1
        while at >= begin and not (
            text[at] == letters[place] and (place > 0 or at == begin or not text[at - 1].isalnum())
        ):
            at -= 1
        if at < begin:
            return None
    found = before[at:]
    return found if len(_WORD.findall(found)) > 1 else None


def mine_acronyms(texts: Iterable[str]) -> dict[str, list[str]]:
    """Give the acronyms that texts introduce, as terms, each with its meanings as runs of terms.

    The meanings that most texts give come first; everything is in a fixed order.
    """
    meanings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        introduced = set()
        for match in _BRACKET.finditer(text):
            acronym = _PLURAL.sub("", match[1])
            if sum(letter.isupper() for letter in acronym) < 2:
                continue
            before = text[max(0, match.start() - _REACH) : match.start()]
            if found := long_form(_CLAUSE_END.split(before)[-1], acronym):
                introduced.add((_terms(acronym), _terms(found)))
        for short, long in introduced:
            if short and " " not in short and " " in long:
                meanings[short][long] += 1
    kept = sorted(meanings, key=lambda short: (-meanings[short].total(), short))[:MOST_ACRONYMS]
    return {
        short: [
            long
            for long, _ in sorted(meanings[short].items(), key=lambda item: (-item[1], item[0]))
        ][:MOST_MEANINGS]
        for short in sorted(kept)
    }


def _terms(text: str) -> str:
    return " ".join(term for token in tokenize(text) for term in terms_of(token) if term)

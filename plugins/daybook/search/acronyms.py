"""Acronyms and what they stand for, learnt from the papers that introduce them in brackets.

The method is that of A. Schwartz and M. Hearst, 'A simple algorithm for identifying abbreviation
definitions in biomedical text' (Pacific Symposium on Biocomputing 8, 2003): the letters of the
acronym are looked for from the right in the words before the bracket, its first at a word's
beginning.

A word that some papers write with a hyphen and others in one ('fine-tuning', 'finetuning') is
learnt with them: either stands for the other as an acronym does for its words.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import lru_cache

from .shards import Range, hashed_script, in_order
from .tokens import terms_of, tokenize

MOST_ACRONYMS = 700
"""Only those that most papers introduce are kept."""
MOST_MEANINGS = 3
"""What one acronym may stand for."""

TERMS_A_FILE = 24

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


def count_acronyms(texts: Iterable[str], words: Container[str]) -> Counter[tuple[str, str]]:
    """Count in how many texts an acronym, a term, is introduced with a meaning, a run of terms.

    `words` are all tokens of the archive, as `tokenize` gives them.
    """
    counts: Counter[tuple[str, str]] = Counter()
    written: Counter[tuple[str, str]] = Counter()
    for text in texts:
        if "-" in text:
            hyphened = {token for token in text.lower().split() if "-" in token}
            written.update({_halves(token) for token in hyphened})
        introduced = set()
        for match in _BRACKET.finditer(text):
            acronym = _PLURAL.sub("", match[1])
            if sum(letter.isupper() for letter in acronym) < 2:
                continue
            before = text[max(0, match.start() - _REACH) : match.start()]
            if found := long_form(_CLAUSE_END.split(before)[-1], acronym):
                introduced.add((_terms(acronym), _terms(found)))
        counts.update(
            (short, long)
            for short, long in introduced
            if short and " " not in short and " " in long
        )
    for (first, second), count in written.items():
        joined = first + second
        if joined in words or f"{joined}." in words or f"{joined}," in words:
            short, long = _terms(joined), _terms(f"{first} {second}")
            if short and " " not in short and " " in long:
                counts[short, long] += count
    return counts


def _halves(token: str) -> tuple[str, str]:
    """Part a word at its only hyphen; give two empty texts for anything else."""
    first, _, second = token.strip("()[]{}.,;:!?\"'").partition("-")
    return (first, second) if first.isalpha() and second.isalpha() else ("", "")


def choose_acronyms(counts: Mapping[tuple[str, str], int]) -> dict[str, list[str]]:
    """Keep the acronyms that most texts introduce, each with its commonest meanings first.

    Everything is in a fixed order.
    """
    meanings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (short, long), count in counts.items():
        meanings[short][long] = count
    kept = sorted(meanings, key=lambda short: (-meanings[short].total(), short))[:MOST_ACRONYMS]
    return {
        short: [
            long
            for long, _ in sorted(meanings[short].items(), key=lambda item: (-item[1], item[0]))
        ][:MOST_MEANINGS]
        for short in sorted(kept)
    }


def acronym_files(acronyms: Mapping[str, Sequence[str]]) -> tuple[Range, ...]:
    """Write for every term the acronyms and meanings that it is, or is the first of.

    So a query needs the files of its own terms alone.
    """
    entries: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for short, meanings in acronyms.items():
        for long in meanings:
            for term in {short, long.split(" ")[0]}:
                entries[term].append((short, long))
    ranges: list[Range] = []
    part: list[tuple[str, list[tuple[str, str]]]] = []
    terms = in_order(entries)
    for term in terms:
        part.append((term, entries[term]))
        if len(part) == TERMS_A_FILE or term == terms[-1]:
            ranges.append(Range(part[0][0], term, hashed_script("acronyms", part)))
            part = []
    return tuple(ranges)


def _terms(text: str) -> str:
    return " ".join([terms for token in tokenize(text) if (terms := _joined_terms(token))])


@lru_cache(maxsize=1 << 16)
def _joined_terms(token: str) -> str:
    """Run one token through the pipeline; the same words stand before brackets again and again."""
    return " ".join(filter(None, terms_of(token)))

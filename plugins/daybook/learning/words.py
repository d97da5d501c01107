"""What a paper is about, as features: its words and pairs of neighbouring words, folded.

A word is folded so that 'Pruning', 'pruned' and 'prune' are one feature; a fold is never shown.
Words of grammar and those that every abstract has ('we propose a novel method') are no features,
and a pair does not reach over them or over punctuation.
"""

from __future__ import annotations

import re

MOST_CHARACTERS = 6000
"""What stands further on in a text says little of what the paper is about."""

_ADDRESSES = r"https?://\S+|\\[A-Za-z]+"
_NOISE = re.compile(_ADDRESSES), re.compile(rf"{_ADDRESSES}|[^\s@]{{1,64}}@\S+")
"""Addresses, and TeX's commands; then those with an '@', too, which take longer to look for."""
JOINS = (" ", "-", "\n", "\u2010", "\u2011")
"""What a pair's words may have between them, if it is all."""
APOSTROPHES = ("'", "’")
_VOWEL = re.compile("[aeiouy]")
_ENDINGS = ("ing", "ed")

_STOP_TEXT = """
a able about above according accordingly account across actually addition additional additionally
address addresses after afterwards again against aim aims all allow allowing allows almost alone
along already also although always am among amount an and another any anything apart appear appears
are around art article as aspect aspects at available away based be became because become becomes
becoming been before behind being below beside besides best better between beyond both but by call
called can cannot cant case cases certain challenge challenges challenging clear clearly code com
come comes commonly compare compared comparing comparison completely comprehensive conclude conduct
conducted consider considered considering consistent consistently contain contains contrast
contribute contribution contributions could crucial current currently demonstrate demonstrated
demonstrates demonstrating depend describe described despite detail detailed details develop
developed developing develops did differ different do does doing done down due during e each easily
easy effective effectively effectiveness either else emerge emerged emerging employ enable enables
enabling end enhance enhanced enhances enough ensure ensures especially essential et etc evaluate
evaluated evaluating evaluation evaluations even ever every everything evidence exceed exhibit
exist existing experiment experimental experiments explore explores exploring extensive extensively
facilitate fact far few field finally find finding findings first five focus focuses focusing
follow following for former found four frac framework from full fully further furthermore gain
gains general generally get github give given gives go goes good great greatly had has have having
he hence her here high higher highlight highlights highly him his hour how however http https huge
i idea ie if illustrate impact impacts important importantly improve improved improvement
improvements improves improving in include includes including increase increased increases
increasing increasingly indeed indicate indicates insight insights instead interest interesting
into introduce introduced introduces introducing investigate investigates involve involves is issue
issues it its itself just keep key know known large largely last later latter lead leading leads
least left less let like likely limit limitation limitations limited limits little long low lower
made mainly major make makes making many mathbb mathbf mathcal mathrm may me mean means meanwhile
method methods might more moreover most mostly much must my namely near nearly necessary need
needed needs neither never nevertheless new next no none nor not notable notably note nothing novel
now number numerous obtain obtained obtains of off offer offering offers often on once one ones
only onto open or order other others otherwise our ours out outperform outperforming outperforms
over overall own paper papers particular particularly per perform performance performed performing
performs perhaps play plays possible possibly potential potentially practical practice present
presented presents prevent previous previously primarily prior problem problems project prominent
promising propose proposed proposes proposing prove provide provided provides providing publicly
put quite range ranging rather real really recent recently reduce reduces regarding related
relatively release released relies rely remain remains remarkable report reported represent require
required requires research researchers respectively result resulting results reveal reveals right
robustly role same say second see seem seems seen serve serves set several she shed should show
showed showing shown shows significant significantly similar simple simply simultaneously since six
small so sole solely some something sota specific specifically state still strategies strategy
strong studied studies study such suffer suffers suggest suggests superior support supports take
taken takes task tasks ten textbf textit than that the their them themselves then there thereby
therefore these they thing this those though three through throughout thus time times to today
together too top toward towards traditional turn two type types typically under underlying
understand unlike until up upon us use used useful uses using usually utilize utilizes utilizing
valuable variety various very via was way ways we well were what whatever when where whereas
whether which while who whole whom whose why wide widely will with within without work works world
would www yet yield yielding yields you your zero
"""
_STOPS = frozenset(_STOP_TEXT.split())
_KEPT = frozenset({"zero", "world", "open", "code", "state", "strategy", "strategies", "address"})
"""Stop words that mean something beside another word: features only as part of a pair."""


def fold(word: str) -> str:
    """Fold a lower-case word: no plural, no '-ing', no '-ed', no final 'e', no double end.

    Folds only need to meet; they are no words.
    """
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    if word.endswith("ies") and len(word) > 4:
        word = f"{word[:-3]}y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 3 and _VOWEL.search(stem):
            word = stem
            break
    if len(word) > 4 and word.endswith("e"):
        word = word[:-1]
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word


class Folds(dict[str, str]):
    """The folds of the words met so far, as halves of pairs; '' for what is no feature."""

    def __missing__(self, word: str) -> str:
        lower = word.lower().replace("’", "'").removesuffix("'s")
        stops = lower in _STOPS and lower not in _KEPT
        nothing = len(lower) < 2 or lower.isdecimal() or "'" in lower or stops
        self[word] = found = "" if nothing else fold(lower)
        return found


def stands_alone(word: str) -> bool:
    """Tell whether a word with a fold is a feature by itself, too."""
    return word.lower() not in _KEPT


def readable(text: str) -> str:
    """Give what of a text is cut into words."""
    text = text[:MOST_CHARACTERS]
    has_at = "@" in text
    if has_at or "\\" in text or "://" in text:
        text = _NOISE[has_at].sub(" ; ", text)
    return text


def lowered(word: str) -> str:
    """Give a word that only begins with a capital in small letters, others as they are."""
    return word.lower() if word[1:].islower() else word

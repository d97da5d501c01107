"""In which language a text is, where its letters or its smallest words leave no doubt.

Only what a reader's browser needs to know: which way to write, which glyphs to choose and how to
speak. A text is said to be in another language only where two thirds of its letters are of a script
that one language, or a few that look alike, writes with; Latin letters say nothing, but three
different words such as 'dans' and 'nous', a fourth of all, and hardly any of another language do.
"""

from __future__ import annotations

import re
from typing import TypeVar

from markupsafe import Markup

_SCRIPTS = (
    ("ja", r"[\u3040-\u30ff\uff66-\uff9f]"),
    ("ko", r"[\uac00-\ud7a3\u1100-\u11ff]"),
    ("ar", r"[\u0600-\u06ff\u0750-\u077f]"),
    ("he", r"[\u0590-\u05ff]"),
    ("el", r"[\u0370-\u03ff\u1f00-\u1fff]"),
    ("th", r"[\u0e00-\u0e7f]"),
    ("hi", r"[\u0900-\u097f]"),
    ("zh", r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"),
    ("ru", r"[\u0400-\u04ff]"),
)
"""Made ready by the first text that needs them: that takes milliseconds, and few archives do."""
_OTHER_SCRIPT = re.compile(r"[^\x00-\u036f\u2000-\u303f]")
"""Their letters, among others: most texts beyond ASCII have an accent or a quotation mark.

Said by what it is not, since Python prepares a class of characters one character at a time.
"""
_SMALL_WORDS = {
    "en": "the of and to in is are for that with by on as we this from be an it which can our its",
    "fr": "le la les des du de une un est et dans pour nous sont que qui sur avec par au en ces",
    "de": "der die das und ist nicht mit von wir eine ein auf für dass zu den im des dem sind wird",
    "es": "el los las la una un que para con por del de se su y en es como al lo estos son más",
    "pt": "o os uma um que para com não do da dos das em e é por no na nos de se ao como são mais",
    "it": "il lo gli la le i di che per una un con del della dei delle sono è e nel si da come più",
    "nl": "het een van en dat zijn voor met niet wij op te de in is deze worden door ook aan bij",
}
_MORE_SMALL_WORDS = {
    "ca": "i el que els per una amb un és dels en no són com aquest aquesta més als",
    "ro": "și de la în pe cu un o este care din pentru sunt mai nu prin sau se ale acest această",
    "sv": "och i att det som en på är av för med den till inte vi ett kan har från denna eller hur",
    "da": "og i at det som en på er af for med den til ikke vi et kan har fra denne eller også",
    "nb": "og i at å det som en på er av for med den til ikke vi et kan har fra denne eller også",
    "id": "yang dan di untuk dengan pada ini dari dalam adalah tidak sebagai oleh kami dapat itu",
    "pl": "na do nie jest się że oraz dla są to przez które który jak po od ten tej ich",
    "cs": "na je se že do jsou pro který která jako ve jsme nebo tento jejich při",
    "tr": "ve bir bu için ile de da olarak olan çok daha gibi ancak en her ne kadar veya ise",
    "fi": "ja on että ei ovat tai sekä kun myös joka mutta tämä se voidaan sen ovat kuin",
    "hu": "a az és hogy nem egy is ez van mint vagy egyes ezek azonban de meg amely",
    "vi": "và của các một là trong cho được với những có không này chúng tôi để trên từ đã",
}
_SPEAKS = {
    tag: frozenset(words.split()) for tag, words in (_SMALL_WORDS | _MORE_SMALL_WORDS).items()
}
_NEIGHBOURS = {"da": "nb", "nb": "da"}
"""Languages that share most of their small words: the one with more of its own is meant."""
_FEW_SMALL_WORDS = frozenset({"pl", "cs", "tr", "fi", "hu"})
"""Languages that say by endings what others say by words."""
_WORD = re.compile(r"[^\W\d_]+")
_LEAST_WORDS = 3
_LEAST_SHARE, _LEAST_OF_FEW = 0.25, 0.1
_SHORTEST = 100
"""Characters of a text in ASCII that is looked at: most of those are English, and titles."""
_PERSIAN = re.compile("[پچژگ]")
_URDU = re.compile("[ٹڈڑںےھ]")
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_LETTER = re.compile(r"[^\W\d_]")
_KANA_ENOUGH = 0.1
Shown = TypeVar("Shown", str, Markup)
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


def language_of(text: str | None, site: str = "en") -> str | None:
    """Give a text's language as a BCP 47 tag; ``None`` for the site's own, and where unsure."""
    if not text or (text.isascii() and len(text) < _SHORTEST):
        return None
    found = _written(text) or _spoken(text) or site
    if found == "ar" and _PERSIAN.search(text):
        found = "ur" if _URDU.search(text) else "fa"
    if found == "ru" and _UKRAINIAN.search(text):
        found = "uk"
    return None if found == site.lower().partition("-")[0] else found


def _written(text: str) -> str | None:
    """Tell a language by its script, if two thirds of the letters are of one."""
    if text.isascii() or not _OTHER_SCRIPT.search(text):
        return None
    letters = len(_LETTER.findall(text))
    if not letters:
        return None
    counts = {tag: len(re.findall(letter, text)) for tag, letter in _SCRIPTS}
    if counts["ja"] > _KANA_ENOUGH * letters and counts["ja"] + counts["zh"] > letters * 2 / 3:
        return "ja"
    best = max(counts, key=lambda tag: counts[tag])
    return best if counts[best] > letters * 2 / 3 else None


def _spoken(text: str) -> str | None:
    """Tell a language that writes with Latin letters by its smallest words, if they are certain."""
    if " the " in text or " and " in text:
        return None
    words = _WORD.findall(text.lower())
    counts = {tag: sum(word in small for word in words) for tag, small in _SPEAKS.items()}
    best, *others = sorted(counts, key=lambda tag: -counts[tag])
    other = next(tag for tag in others if tag != _NEIGHBOURS.get(best))
    least = _LEAST_OF_FEW if best in _FEW_SMALL_WORDS else _LEAST_SHARE
    sure = counts[best] >= least * len(words) and 2 * counts[best] >= 3 * counts[other]
    different = len(_SPEAKS[best].intersection(words)) >= _LEAST_WORDS
    return best if sure and different else None


def in_language(shown: Shown, text: str | None, site: str, tag: str = "span") -> Shown:
    """Give what is shown of a text, in an element that says its language if that is not the site's.

    `shown` is escaped unless it is `Markup`.
    """
    language = language_of(text, site)
    if language is None:
        return shown
    way = Markup(' dir="rtl"') if language in RIGHT_TO_LEFT else ""
    return Markup('<{0} lang="{1}"{2}>{3}</{0}>').format(tag, language, way, shown)

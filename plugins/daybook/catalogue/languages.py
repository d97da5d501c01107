"""In which language a text is, where its letters leave no doubt.

Only what a reader's browser needs to know: which way to write, which glyphs to choose and how to
speak. A text is said to be in another language only where two thirds of its letters are of a script
that one language, or a few that look alike, writes with; Latin letters say nothing.
"""

from __future__ import annotations

import re
from typing import TypeVar

from markupsafe import Markup

_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff\uff66-\uff9f]")),
    ("ko", re.compile(r"[\uac00-\ud7a3\u1100-\u11ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff\u0750-\u077f]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("el", re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("zh", re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
)
_PERSIAN = re.compile("[پچژگ]")
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_LETTER = re.compile(r"[^\W\d_]")
_KANA_ENOUGH = 0.1
Shown = TypeVar("Shown", str, Markup)
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he"})


def language_of(text: str | None, site: str = "en") -> str | None:
    """Give a text's language as a BCP 47 tag; ``None`` for the site's own, and where unsure."""
    if not text or text.isascii():
        return None
    letters = len(_LETTER.findall(text))
    if not letters:
        return None
    counts = {tag: len(letter.findall(text)) for tag, letter in _SCRIPTS}
    if counts["ja"] > _KANA_ENOUGH * letters and counts["ja"] + counts["zh"] > letters * 2 / 3:
        found = "ja"
    else:
        found = max(counts, key=lambda tag: counts[tag])
        if counts[found] <= letters * 2 / 3:
            return None
    if found == "ar" and _PERSIAN.search(text):
        found = "fa"
    if found == "ru" and _UKRAINIAN.search(text):
        found = "uk"
    return None if found == site.lower().partition("-")[0] else found


def in_language(shown: Shown, text: str | None, site: str, tag: str = "span") -> Shown:
    """Give what is shown of a text, in an element that says its language if that is not the site's.

    `shown` is escaped unless it is `Markup`.
    """
    language = language_of(text, site)
    if language is None:
        return shown
    way = Markup(' dir="rtl"') if language in RIGHT_TO_LEFT else ""
    return Markup('<{0} lang="{1}"{2}>{3}</{0}>').format(tag, language, way, shown)

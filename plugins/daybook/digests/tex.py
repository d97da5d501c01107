"""TeX's accents and text commands become Unicode; mathematics stays as it is.

Only what has one meaning is read: accents and letters of
https://info.arxiv.org/help/prep.html#accents, font commands, escaped signs and dashes' ties.
"""

from __future__ import annotations

import re
import unicodedata

_MARKS = {
    '"': "\u0308",
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
    "c": "\u0327",
    "d": "\u0323",
    "b": "\u0331",
    "r": "\u030a",
    "k": "\u0328",
}
_LETTERS = {
    "aa": "å", "AA": "Å", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "ss": "ß",
    "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "i": "ı", "j": "ȷ",
    "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
    "textquoteright": "’", "textquoteleft": "‘", "textendash": "–", "textemdash": "—",
    "textasciitilde": "~", "textbackslash": "\\", "copyright": "©", "textregistered": "®",
}  # fmt: skip
_MATH = re.compile(
    r"(\$\$[^$]+\$\$|\$(?:\\\$|[^$])+\$"
    r"|\\\((?:(?!\\[()])[^$]){0,2000}\\\)|\\\[(?:(?!\\[\[\]])[^$]){0,2000}\\\])"
)
_ACCENT = re.compile(
    r"""\\(?:(?P<sign>["'`^~=.])|(?P<letter>[uvHcdbrk])(?=[\s{\\]))\s*
    (?:\{\\(?P<braced_dotless>[ij])\s*\}|\{(?P<braced>[A-Za-z])\}
      |\\(?P<dotless>[ij])(?![A-Za-z])\s?|(?P<bare>[A-Za-z]))""",
    re.VERBOSE,
)
_NAMES = "|".join(sorted(_LETTERS, key=len, reverse=True))
_SYMBOL = re.compile(rf"\\({_NAMES})(?![A-Za-z])(?:\{{\}}|\s)?")
_FONT = re.compile(r"\\(?:emph|text(?:it|bf|sc|tt|rm|sf|sl|normal)?|mbox|underline)\s*\{([^{}]*)\}")
_SWITCH = re.compile(r"\{\\(?:em|it|bf|sc|tt|rm|sf|sl)\b\s*([^{}]*)\}")
_ESCAPED = re.compile(r"\\([%&_#${}])")
_TIE = re.compile(r"(?<=[\w.,;)\]])(?:(?<!\d)~|~(?!\d))(?=[\w(\[])")  # '5~10' may be a range.
_QUOTED = re.compile(r"``((?:(?!``|'')[^\n]|\n(?!\n)){1,300}?)''(?!')")
_DASHES = re.compile(r"(?<!-)---?(?!-)")
_BRACED = re.compile(r"\{([^{}\\$]*)\}")


def read_tex(text: str, *, braces: bool = False, dashes: bool = False) -> str:
    r"""Give the Unicode text of a text with TeX in it; ``$...$`` and what is unknown stay.

    With `braces` grouping braces go, as BibTeX has them to protect capitals. With `dashes` two and
    three hyphens are dashes: so in BibTeX; elsewhere they are what somebody typed.
    """
    marked = "\\" in text or "~" in text or "``" in text
    if not marked and not (braces and "{" in text) and not (dashes and "--" in text):
        return text
    parts = _MATH.split(text) if "$" in text or "\\(" in text or "\\[" in text else [text]
    parts[0::2] = [_read_words(part, braces=braces) for part in parts[0::2]]
    if dashes:
        parts[0::2] = [_DASHES.sub(_dash, part) for part in parts[0::2]]
    return unicodedata.normalize("NFC", "".join(parts))


def _read_words(text: str, *, braces: bool) -> str:
    text = _ACCENT.sub(_accent, text)
    text = _SYMBOL.sub(lambda match: _LETTERS[match[1]], text)
    # A braced accent, "{\'e}", leaves braces around one letter.
    text = re.sub(r"\{([^\W\d_A-Za-z][\u0300-\u036f]*)\}", r"\1", text)
    for pattern in (_FONT, _SWITCH):
        text = pattern.sub(r"\1", text)
    text = _TIE.sub(" ", text)
    if "``" in text:
        text = _QUOTED.sub(r"“\1”", text)
    for _ in range(4 if braces else 0):
        text = _BRACED.sub(r"\1", text)
    return _ESCAPED.sub(r"\1", text)


def _dash(match: re.Match[str]) -> str:
    return "–" if len(match[0]) == 2 else "—"


def _accent(match: re.Match[str]) -> str:
    letter = next(
        match[name] for name in ("braced_dotless", "braced", "dotless", "bare") if match[name]
    )
    return unicodedata.normalize("NFC", letter + _MARKS[match["sign"] or match["letter"]])

"""The little TeX that titles and names carry, as plain Unicode text.

Accents, a few letters and Greek; other commands keep their name's argument and lose their name. It
serves identity (two spellings of one title) and bibliographies, never what is shown of a digest.
"""

from __future__ import annotations

import re
import unicodedata

_ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
}
_LETTERS = {
    "aa": "å",
    "AA": "Å",
    "ae": "æ",
    "AE": "Æ",
    "dh": "ð",
    "DH": "Ð",
    "dj": "đ",
    "DJ": "Đ",
    "i": "ı",
    "j": "ȷ",
    "l": "ł",
    "L": "Ł",
    "ng": "ŋ",
    "NG": "Ŋ",
    "o": "ø",
    "O": "Ø",
    "oe": "œ",
    "OE": "Œ",
    "ss": "ß",
    "th": "þ",
    "TH": "Þ",
}
_SYMBOL_ACCENT = re.compile(r"\\([`'^~=.\"])\s*(?:\{\s*(\\?[^\W\d_])\s*\}|(\\?[^\W\d_]))")
_LETTER_ACCENT = re.compile(r"\\([uvHckdbr])(?:\s+|\s*\{\s*)(\\?[^\W\d_])\s*(\})?")
_COMMAND = re.compile(r"\\([A-Za-z]+)[ \t]*")
_ESCAPED = re.compile(r"\\([#$%&_{}])")

GREEK = {
    unicodedata.name(chr(point)).rpartition(" ")[2].lower(): chr(point)
    for point in range(0x3B1, 0x3CA)
    if point != 0x3C2
} | {"lambda": "λ"}
"""The names of the Greek letters (Unicode's own 'lamda' too), each with the small letter."""


def plain_tex(text: str) -> str:
    r"""Give TeX text as plain text: ``Poincar\'{e}`` as ``Poincaré``, ``{B}ERT`` as ``BERT``.

    Accents and letters become Unicode, Greek commands their letters, any other command
    disappears and leaves what stands in its braces. Text without a backslash, brace or dollar sign
    comes back as it is.
    """
    if "\\" in text:
        text = _SYMBOL_ACCENT.sub(lambda m: _accented(m[1], m[2] or m[3]), text)
        text = _LETTER_ACCENT.sub(_letter_accented, text)
        text = _COMMAND.sub(lambda m: _LETTERS.get(m[1]) or GREEK.get(m[1]) or "", text)
        text = _ESCAPED.sub(r"\1", text)
    if "{" in text or "}" in text:
        text = text.replace("{", "").replace("}", "")
    return text.replace("$", "") if text.count("$") > 1 else text


def _accented(accent: str, letter: str) -> str:
    return unicodedata.normalize("NFC", letter.lstrip("\\") + _ACCENTS[accent])


def _letter_accented(match: re.Match[str]) -> str:
    return _accented(match[1], match[2]) + ("" if "{" in match[0] else match[3] or "")

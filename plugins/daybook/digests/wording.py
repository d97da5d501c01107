"""Texts put in order: only damage that is certain is undone, everything else stays as it came."""

from __future__ import annotations

import html
import re

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MOJIBAKE = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039"
    "\u0152\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]"
)
"""A UTF-8 lead byte followed by a continuation byte, both read as Windows-1252."""
_ENTITY = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|ndash|mdash|[lr][sd]quo|hellip|szlig|[Aa]elig|[Oo]elig|#\d{2,6}"
    r"|#x[0-9a-fA-F]{2,5}|[A-Za-z](?:acute|grave|circ|uml|tilde|cedil|ring|slash|caron));"
)
_ESCAPED_TAG = re.compile(
    r"&(?:amp;)*(?:lt|#0{0,5}60|#[xX]0{0,5}3[cC]);\s*[A-Za-z/!?]|&(?:amp;)+(?:[lg]t|#\w{1,8});"
)
"""A tag that somebody escaped: to be shown, or once too often, nobody can tell."""
_UNLIKELY = re.compile("[\x00-\x1f 0-9A-Za-z]")
"""What no program writes as a number."""
_SPACE = re.compile(r"\s+")
UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200d-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff"
)
"""Characters that nobody sees, as the inside of a character class: Unicode's default ignorable
ones, but for the joiner that parts words in Persian (https://www.unicode.org/reports/tr44/)."""
_BLANK = rf"[\s\u200c\u2800{UNSEEN}]"
_NOTHING = re.compile(f"{_BLANK}*")
_NOTHING_BETWEEN_BARS = re.compile(rf"\|{_BLANK}+(?=\|)")
_BREAK = re.compile(r"\n[ \t]*\n\s*")


def repair(text: str) -> tuple[str, tuple[str, ...]]:
    """Give the text as Unicode text that can be written anywhere, and what was repaired.

    Lone surrogates become U+FFFD, controls and non-characters go, UTF-8 that was read as
    Windows-1252 is read again. A second run changes nothing. Full-width signs and quotation
    marks stay as they are.
    """
    if is_whole(text):
        return text, ()
    repairs = []
    if _SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        repairs.append("half a surrogate pair was replaced by U+FFFD")
    mended = None
    while mended != text:  # Each step only shortens; what one leaves may concern the other.
        mended = text
        if _MOJIBAKE.search(text):
            import ftfy  # noqa: PLC0415 - takes as long to load as a hundred papers to show

            if (read_again := ftfy.fix_encoding(text)) != text:
                text = read_again
                repairs.append("UTF-8 that had been read as Windows-1252 was put right")
        if _CONTROL.search(text):
            text = _CONTROL.sub("", _LINE_END.sub("\n", text))
            repairs.append("control characters were removed")
    return text, tuple(dict.fromkeys(repairs))


def is_whole(text: str) -> bool:
    """Tell at a glance whether `repair` has nothing to do, as with most texts."""
    # Printable: no surrogate, no control, no non-character.
    return text.isprintable() and (text.isascii() or _MOJIBAKE.search(text) is None)


def shows_nothing(text: str) -> bool:
    """Tell whether all of a text is characters that nobody sees: it names nobody and nothing."""
    return not text.isascii() and _NOTHING.fullmatch(text) is not None


def has_nothing_between_bars(text: str) -> bool:
    """Tell whether one of the texts that bars part, and enclose, shows nothing."""
    return not text.isascii() and _NOTHING_BETWEEN_BARS.search(text) is not None


def unescape(text: str) -> str:
    """Give a text whose HTML entities had been escaped once more: 'Q&amp;A', 'Erd&#337;s'.

    Only what nobody writes in a paper's text counts: the markup's own signs, numbers, accents and
    quotation marks. What still looks escaped afterwards was escaped three times, and goes, too. A
    text with a tag that was escaped, as '&lt;pad&gt;', stays as it came: it may be about markup.
    """
    for _ in range(2):
        if "&" not in text or _ENTITY.search(text) is None or _ESCAPED_TAG.search(text):
            break
        text = _ENTITY.sub(_likely, text)
    return text


def _likely(entity: re.Match[str]) -> str:
    sign = html.unescape(entity[0])
    return entity[0] if _UNLIKELY.match(sign) else sign


def one_line(text: str) -> str:
    """Give a title or a name on one line: hard wraps become one space."""
    wrapped = "\n" in text or "\t" in text or "  " in text
    return _SPACE.sub(" ", text).strip() if wrapped else text.strip()


def paragraphs(text: str) -> str | None:
    """Give a text whose lines were hard-wrapped as paragraphs with a blank line between them.

    A line that begins with white space after a wrapped one begins a paragraph: so arXiv marks
    them (https://info.arxiv.org/help/prep.html#abstracts).
    """
    text = text.strip()
    if "\n" not in text:
        return text or None
    parts = [re.sub(r"\n(?=[ \t]{2,}\S)", "\n\n", part) for part in _BREAK.split(text)]
    pieces = [one_line(piece) for part in parts for piece in part.split("\n\n")]
    return "\n\n".join(piece for piece in pieces if piece) or None

"""From bytes to text: what encoding a saved file is in.

The order is that of browsers with the doubtful steps made strict: byte order mark, UTF-8 if it
decodes, the declared charset if it decodes, then a guess from the shape of the bytes
(https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding).
"""

from __future__ import annotations

import codecs
import re

from ..errors import MalformedDigestError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ZEROS = {
    "utf-16-le": (False, True, False, True),
    "utf-16-be": (True, False, True, False),
    "utf-32-le": (False, True, True, True),
    "utf-32-be": (True, True, True, False),
}
"""Which bytes of each four are mostly zeros."""
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"bplist00", "a web archive, as Safari saves pages"),
    (b"{\\rtf", "rich text (RTF)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of an older Office program"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"(\xb5/\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"SQLite format 3", "a SQLite database"),
)
_NAME = rb"\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})"
_IN_MARKUP = re.compile(
    rb"(?:<\?xml\b[^<>]{0,200}?\bencoding|<meta\b[^<>]{0,300}?\bcharset)" + _NAME, re.IGNORECASE
)
_IN_HEADERS = re.compile(
    rb"^(?:Content-Type:[^\n]{0,200}?|[ \t]{1,20})\bcharset" + _NAME, re.IGNORECASE | re.MULTILINE
)
"""Where a file declares its encoding: in a tag, or in a mail's header; elsewhere it is words."""
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_WIDENED = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
"""Labels that stand for a wider encoding (https://encoding.spec.whatwg.org/#names-and-labels)."""
_SAMPLE = 4096
_SHIFT = re.compile(rb"\x1b\$[@B]")
_BEYOND = re.compile(r"[^\x00-\x7f]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_CYRILLIC = re.compile("[\u0401\u0410-\u044f\u0451]")
_TORN_WORD = re.compile("[\u0430-\u044f\u0451][\u0401\u0410-\u042f]")
"""A capital behind a small letter, as Chinese read as Cyrillic has them."""
_FEWEST_LETTERS = 16
_WESTERN = frozenset("áàâäãåæçéèêëíìîïñóòôöõøœúùûüÿß‘’“”–—…ÄÖÜÉÅÁÓÍÚÇÑÊÈÀÂØ")
_OF_CHANCE = 3
"""Of a text in another encoding than UTF-8 fewer than one sign in four is of UTF-8 by chance."""
_STRAY_QUOTES = {
    0xDC00 + byte: bytes([byte]).decode("cp1252") for byte in b"\x85\x91\x92\x93\x94\x96\x97"
}
_ESCAPED = re.compile("[\udc80-\udcff]")
_STRAY = 40
"""Control characters that a title or two may have been given."""
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f\x1b")


def refuse_binary(path: str, data: bytes) -> None:
    """Refuse bytes that are not text.

    Raises:
        MalformedDigestError: naming what the bytes are, where that can be told.
    """
    head = data[:_SAMPLE]
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            raise MalformedDigestError(
                path,
                f"expected a text file, found {kind}.",
                hint="Unpack or export it as text, HTML or JSON.",
            )
    if is_unicode(head):
        return
    # Text may hold stray NULs; a file of which one byte in twenty is a control is no text, but for
    # a short one that holds a few and much more else.
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls * 20 > len(head) and (controls > _STRAY or controls * 10 > len(head)):
        raise MalformedDigestError(
            path, "expected a text file, found binary data.", hint="Remove it from the folder."
        )


def decode(data: bytes) -> tuple[str, str | None]:
    """Give the text of `data`, and what was doubtful about decoding it, if anything was."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], encoding)
    if wide := _unmarked(data[:_SAMPLE]):
        text, doubt = _lenient(data, wide)
        return text, doubt or f"It is {wide.upper()} without a byte order mark."
    try:
        return _shifted(data) or (data.decode("utf-8"), None)
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3 and "unexpected end" in error.reason:
            return data[: error.start].decode("utf-8"), "It ends in the middle of a character."
    return _declared(data) or _halves(data) or _mostly_utf8(data) or _guessed(data)


def is_unicode(data: bytes) -> bool:
    """Whether all of a file is in one of Unicode's encodings, whatever stands in it of others."""
    head = data[:_SAMPLE]
    marked = any(head.startswith(mark) for mark, _ in _MARKS)
    return marked or head.lstrip().startswith(codecs.BOM_UTF8) or _unmarked(head) is not None


def _unmarked(head: bytes) -> str | None:
    """Give the encoding of a text without a mark whose signs are mostly ASCII, by its zeros."""
    if len(head) < 8:
        return None
    quarter = len(head) // 4
    zeros = [head[place::4].count(0) for place in range(4)]
    for encoding, wide in _ZEROS.items():
        if all(
            (count > quarter * 0.6) if expected else (count < quarter * 0.1)
            for count, expected in zip(zeros, wide, strict=True)
        ):
            return encoding
    return None


def _lenient(data: bytes, encoding: str) -> tuple[str, str | None]:
    try:
        return data.decode(encoding), None
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        if error.start >= len(data) - 4:
            return text.rstrip("\ufffd"), "It ends in the middle of a character."
        return text, f"It is not all {encoding.upper()}; what is not was replaced by U+FFFD."


def _declared(data: bytes) -> tuple[str, str | None] | None:
    declared = _IN_MARKUP if data.lstrip()[:1] == b"<" else _IN_HEADERS
    match = declared.search(data[:_SAMPLE])
    if match is None:
        return None
    try:
        encoding = codecs.lookup(match[1].decode("ascii")).name
        encoding = _WIDENED.get(encoding, encoding)
        if encoding == "utf-8" or (encoding == "cp1252" and _looks_east_asian(data)):
            return None
        text = data.decode(encoding)
    except (LookupError, ValueError):
        return None
    return (text, None) if isinstance(text, str) else None


def _shifted(data: bytes) -> tuple[str, str | None] | None:
    """Decode ISO-2022-JP, which is all ASCII: what stands between its signs are other letters."""
    if _SHIFT.search(data) is None:
        return None
    try:
        return data.decode("iso2022_jp"), "It was read as ISO-2022-JP."
    except UnicodeDecodeError:
        return None


def _halves(data: bytes) -> tuple[str, str | None] | None:
    """Decode UTF-8 in which some programs write both halves of a UTF-16 character by themselves."""
    try:
        text = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text, "It is UTF-8 with halves of characters; one without the other was replaced."


def _mostly_utf8(data: bytes) -> tuple[str, str | None] | None:
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(character > "\x7f" for character in text) - bad
    if bad * _OF_CHANCE > good:
        return None
    text = data.decode("utf-8", "surrogateescape").translate(_STRAY_QUOTES)
    if not _ESCAPED.search(text):
        return text, f"It is UTF-8 with {bad} of Windows' quotation marks and dashes."
    text = data.decode("utf-8", "replace")
    return text, f"It is UTF-8 with {bad} damaged characters, replaced by U+FFFD."


def _looks_east_asian(data: bytes) -> bool:
    runs = _HIGH_RUN.findall(data[: 64 * _SAMPLE])
    # Accented Latin letters stand alone; double-byte characters stand in pairs.
    return sum(len(run) >= 2 for run in runs) * 10 > len(runs) * 7


def _guessed(data: bytes) -> tuple[str, str | None]:
    some = data[: 64 * _SAMPLE]
    likely = [name for name, is_like in _LIKELY if is_like(some.decode(name, "ignore"))]
    candidates = ("gb18030", "cp932", "cp949", "cp1252") if _looks_east_asian(data) else ("cp1252",)
    for encoding in (*likely, *candidates):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text, f"It is not UTF-8; it was read as {encoding.upper()}."
    return data.decode("latin-1"), "It is not UTF-8; it was read as ISO-8859-1."


def _is_japanese(text: str) -> bool:
    """Whether a text has the share of kana that no other reading of its bytes gives."""
    return len(_KANA.findall(text)) * 5 >= len(_BEYOND.findall(text)) > 0


def _is_russian(text: str) -> bool:
    """Whether a text is in Cyrillic letters, more of them small: KOI8-R has small for capital."""
    letters, beyond = _CYRILLIC.findall(text), len(_BEYOND.findall(text))
    if len(letters) < _FEWEST_LETTERS or len(letters) * 10 < beyond * 9:
        return False
    small = sum(letter.islower() for letter in letters)
    return small * 2 > len(letters) and _TORN_WORD.search(text) is None


def _is_western(text: str) -> bool:
    """Whether all but ASCII in a text are small accented letters, quotation marks and dashes."""
    beyond = set(_BEYOND.findall(text))
    return len(beyond) > 1 and beyond <= _WESTERN


_LIKELY = (
    ("euc_jp", _is_japanese),
    ("cp932", _is_japanese),
    ("koi8_r", _is_russian),
    ("cp1251", _is_russian),
    ("cp1252", _is_western),
    ("mac_roman", _is_western),
)
"""Encodings that what they make of a text tells: no other makes that of the same bytes."""

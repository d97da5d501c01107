"""The text of a mail's part, out of how it was packed for its way (RFC 2045, RFC 3676)."""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from email.errors import CloseBoundaryNotFoundDefect
from email.message import Message

from ..errors import Refusal

_BASE64 = "base64"
_QUOTED_PRINTABLE = "quoted-printable"
_ENCODED = (_BASE64, _QUOTED_PRINTABLE, "x-uuencode", "uuencode", "uue", "x-uue")
_PADDING = re.compile(r"(?<![ \t])[ \t]+(?=\r?\n|\Z)")
"""White space at the end of a line, which hosts on the way added (RFC 2045, 6.7)."""
_NO_SIGN = re.compile(r"[^A-Za-z0-9+/]+")
_STRANGE = re.compile(r"[^A-Za-z0-9+/=\s]")
_NO_CODE = re.compile(r"=(?![0-9A-Fa-f]{2}|\r?\n|\Z)")


def say_utf8(message: Message) -> None:
    """Correct what parts that are not encoded say of their charset: an editor changed it."""
    for part in message.walk():
        if _encoding(part) not in _ENCODED and part.get_param("charset") is not None:
            part.set_param("charset", "utf-8")


def decoded(part: Message) -> bytes:
    """Give a part's text, in UTF-8 where its charset is known."""
    data = _unpacked(part)
    charset = part.get_content_charset()
    try:
        return data.decode(charset or "utf-8").encode("utf-8")
    except (LookupError, ValueError):
        return data  # The document's own detection decides.


def _unpacked(part: Message) -> bytes:
    raw = _packed(part)
    if raw is not None and _encoding(part) == _QUOTED_PRINTABLE:
        return quopri.decodestring(_PADDING.sub("", raw).encode())
    if raw is not None and _encoding(part) == _BASE64:
        signs = _NO_SIGN.sub("", raw)
        whole = len(signs) - (len(signs) % 4 == 1)  # One sign alone is less than a byte.
        return binascii.a2b_base64(signs[:whole] + "==")
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _packed(part: Message) -> str | None:
    """Give a part as it stands in the mail, if it is packed as it should be: in ASCII."""
    try:
        raw = part.get_payload()
    except ValueError:  # newer Pythons look its charset up here
        part.del_param("charset")
        raw = part.get_payload()
    return raw if isinstance(raw, str) and raw.isascii() else None


def _encoding(part: Message) -> str:
    return str(part.get("Content-Transfer-Encoding", "")).strip().lower()


def unflowed(text: str, *, delete: bool) -> str:
    """Join the lines of flowed text (RFC 3676): one that ends in a space goes on in the next."""
    lines: list[list[str]] = []
    goes_on = False
    for line in text.split("\n"):
        line_ = line.removeprefix(" ") if not line.startswith(" >") else line
        if goes_on and lines:
            lines[-1].append(line_)
        else:
            lines.append([line_])
        goes_on = line_.endswith(" ") and line_ != "-- "
        if goes_on and delete:
            lines[-1][-1] = lines[-1][-1].removesuffix(" ")
    return "\n".join(map("".join, lines))


def tell_damage(path: str, line: int, end: int, message: Message) -> Iterator[Refusal]:
    """Tell a mail that ends before its parts do, or of which a part is not as it was packed.

    `line` is the number of lines before it, `end` that of its last.
    """
    parts = list(message.walk())
    if any(isinstance(defect, CloseBoundaryNotFoundDefect) for p in parts for defect in p.defects):
        what = "the mail ends before its parts do: it may be cut off, and its last paper with it."
        yield Refusal(path, end, what, "Save it again.", fatal=False)
    elif broken := [_encoding(part) for part in parts if _is_damaged(part)]:
        what = f"a text of the mail that begins here was packed as {broken[0]} and is cut off"
        yield Refusal(path, line + 1, f"{what} or damaged.", "Save it again.", fatal=False)


def _is_damaged(part: Message) -> bool:
    raw = _packed(part) if part.get_content_maintype() == "text" else None
    if raw is None or _encoding(part) not in (_BASE64, _QUOTED_PRINTABLE):
        return False
    if _encoding(part) == _QUOTED_PRINTABLE:
        return _NO_CODE.search(_PADDING.sub("", raw)) is not None
    return _STRANGE.search(raw) is not None or len("".join(raw.split())) % 4 > 0

"""Compressed digests: gzip files (RFC 1952) and ZIP archives, unpacked in memory and within bounds.

A recorded answer, as tests of programs keep them, is JSON whose ``body`` is the answer itself.

Nothing is written to disk. What inflates too much, hides outside its folder, is a link, is named
twice, is encrypted or is an archive again is refused by name, not unpacked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from ..errors import MalformedDigestError, Refusal
from .decoding import decode
from .document import TEXT_CAP
from .zip_members import DEFLATED, STORED, Packed, TooMuchError, inflate, led, listed, take_out

_GZIP = b"\x1f\x8b"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_NESTED = (_GZIP, *_ZIP, b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"(\xb5/\xfd")
_RATIO = 200
"""Times that contents may be larger than what holds them: text rarely exceeds 20."""
_FREE = 1_000_000
"""Bytes from which the ratio counts."""
_MEMBERS = 2000
_GZIP_BITS = 31
"""What tells zlib that it is a gzip file."""
_RECORDED = re.compile(r"\"body\"\s*:\s*(?:\{\s*\"string\"\s*:\s*)?\"(?:\\[nrt]|\s|\ufeff)*<")
_TO_ITS_END = re.compile(
    r"\"body\"\s*:\s*(?:\{\s*\"string\"\s*:\s*)?"
    r"(\"(?:[^\"\\]|\\[\"\\/bfnrt]|\\u[0-9a-fA-F]{4})*+)(?:\\u?[0-9a-fA-F]{0,3})?\Z"
)
_HEAD = 256
_BEFORE = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
"""What may stand before the first sign of a text, in any encoding."""
_CUT = "is cut off; what could be unpacked was read"
_DAMAGED = "is damaged; what could be unpacked was read"
_HINT = "Unpack it and put the lists of papers into the folder."
_AGAIN = "Save it again."
_MOVE = "Put it into the folder itself."


@dataclass(frozen=True, slots=True)
class Member:
    """A file out of a container, or why it was left out: one with a refusal may have no data."""

    name: str
    """As the container names it, or as the container is named itself."""
    data: bytes = b""
    refusal: Refusal | None = None


def unpack(path: str, data: bytes) -> Iterator[Member] | None:
    """Give the files of a container, in the order of their names; ``None`` for any other file.

    Raises:
        MalformedDigestError: for a container of which nothing can be read.
    """
    if data.startswith(_GZIP):
        return iter([_played(path, _gunzip(path, data))])
    if data.startswith(_ZIP):
        return (_played(path, member) for member in _unzip(path, data))
    member = Member(path, data)
    played = _played(path, member)
    return iter([played]) if played is not member else None


def _played(path: str, member: Member) -> Member:
    """Give the answer that a recording holds; any other file as it is.

    Of a recording that breaks off, the answer goes as far as it goes.
    """
    begin = member.data[:_HEAD].translate(None, _BEFORE)[:1]
    if begin != b"{" or b"body" not in member.data.replace(b"\0", b""):
        return member
    text, _ = decode(member.data)
    if _RECORDED.search(text) is None:
        return member
    try:
        value, refusal = json.loads(text.lstrip("\ufeff \t\r\n"), strict=False), member.refusal
    except (ValueError, RecursionError):
        value, refusal = _cut_recording(text), Refusal(path, None, f"it {_CUT}.", _AGAIN)
    body = value.get("body")
    body = body.get("string") if isinstance(body, dict) else body
    if not isinstance(body, str):
        return member
    return replace(member, data=body.encode("utf-8", "replace"), refusal=refusal)


def _cut_recording(text: str) -> dict[str, Any]:
    """Give the body of a recording within which the file ends; nothing for other broken JSON."""
    begun = _RECORDED.search(text)
    told = _TO_ITS_END.search(text, begun.start()) if begun else None
    return {"body": json.loads(told[1] + '"', strict=False)} if told else {}


def _gunzip(path: str, data: bytes) -> Member:
    """Inflate a gzip file, all of its members; one that is cut short gives what it has."""
    parts: list[bytes] = []
    at, size, said = 0, 0, None
    while data.startswith(_GZIP, at):
        try:
            part = inflate(data, at, len(data), _GZIP_BITS, _most(len(data)) - size)
        except TooMuchError:
            raise _refusal(path, f"it unpacks to {_too_much(len(data))}") from None
        at, size = part.end, size + len(part.content)
        parts.append(part.content)
        if part.error and not size:
            raise _refusal(path, f"the gzip file is damaged: {part.error}")
        if part.error or not part.is_whole:
            said = _DAMAGED if part.error else _CUT
            break
    content = b"".join(parts)
    if content.startswith(_NESTED):
        raise _refusal(path, "a compressed file is inside the compressed file")
    return Member(path, content, Refusal(path, None, f"it {said}.", _AGAIN) if said else None)


def _most(packed: int) -> int:
    """Give how many bytes may come of so many."""
    return min(TEXT_CAP, max(_FREE, packed * _RATIO))


def _too_much(packed: int) -> str:
    if _most(packed) == TEXT_CAP:
        return f"more than {TEXT_CAP // 1_000_000} MB"
    return f"more than {_RATIO} times its size"


def _unzip(path: str, data: bytes) -> Iterator[Member]:
    files = listed(data)
    is_cut = files is None
    if files is None:
        files = list(islice(led(data), _MEMBERS + 1))
    if is_cut and not files:
        raise _refusal(path, "the ZIP archive is damaged")
    if len(files) > _MEMBERS:
        held = "" if is_cut else f"{len(files)} files, "
        raise _refusal(path, f"the ZIP archive holds {held}more than {_MEMBERS} files")
    names = [file.name for file in files]
    size = 0
    for file in sorted(files, key=lambda file: file.name):
        parts = file.name.split("/")
        if file.is_folder or parts[0] == "__MACOSX" or parts[-1].startswith("."):
            continue
        problem, content = _problem(file, names), b""
        if problem is None:
            content, problem = _content(data, file, may_be_cut=is_cut)
            size += len(content)
            if size > _most(len(data)):
                raise _refusal(path, f"it unpacks to {_too_much(len(data))}")
        if content.startswith(_NESTED):
            problem, content = "is compressed again", b""
        yield Member(file.name or path, content, _told(path, file, problem, content))
    if is_cut:
        message = "the ZIP archive is cut off or damaged; what else it held is missing."
        yield Member(path, refusal=Refusal(path, None, message, _AGAIN))


def _told(path: str, file: Packed, problem: str | None, content: bytes) -> Refusal | None:
    if problem is None:
        return None
    ending, hint = ("", _AGAIN) if content else ("; it was left out", _MOVE)
    return Refusal(path, None, f"{file.name!r} in the archive {problem}{ending}.", hint)


def _problem(file: Packed, names: list[str]) -> str | None:
    """Say why a file must not be unpacked; ``None`` when it may."""
    name = file.name
    if name.startswith(("/", "\\")) or "\\" in name or ":" in name or ".." in name.split("/"):
        return "has a path that leads out of the archive"
    if file.is_link:
        return "is a link"
    if names.count(name) > 1:
        return "is named twice"
    if file.is_encrypted:
        return "is encrypted"
    if file.method not in (STORED, DEFLATED):
        # Others cannot be unpacked a piece at a time: 350 bytes of bzip2 hold 300 MB.
        return "is packed in a rare way"
    return None


def _content(data: bytes, file: Packed, *, may_be_cut: bool) -> tuple[bytes, str | None]:
    """Take a file out of an archive, within bounds; of one that is cut, what there is."""
    packed = len(data) - file.begin if file.size is None else file.size
    try:
        taken = take_out(data, file, _most(packed))
    except TooMuchError:
        return b"", f"unpacks to {_too_much(packed)}"
    if taken.error or not (taken.is_whole or may_be_cut):
        return b"", "is damaged"
    if taken.is_whole:
        return taken.content, None
    return taken.content, _CUT if taken.content else "is cut off"


def _refusal(path: str, message: str) -> MalformedDigestError:
    return MalformedDigestError(path, f"{message}.", hint=_HINT)

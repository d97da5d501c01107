"""Compressed digests: gzip files (RFC 1952) and ZIP archives, unpacked in memory and within bounds.

A recorded answer, as tests of programs keep them, is JSON whose ``body`` is the answer itself.

Nothing is written to disk. What inflates too much, hides outside its folder, is a link, is named
twice, is encrypted or is an archive again is refused by name, not unpacked.
"""

from __future__ import annotations

import io
import json
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from ..errors import MalformedDigestError
from .decoding import decode
from .document import TEXT_CAP

_GZIP = b"\x1f\x8b"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_NESTED = (_GZIP, *_ZIP, b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"(\xb5/\xfd")
_RATIO = 200
"""Times that contents may be larger than what holds them: text rarely exceeds 20."""
_FREE = 1_000_000
"""Bytes from which the ratio counts."""
_MEMBERS = 2000
_CHUNK = 1 << 16
_RECORDED = re.compile(r"\"body\"\s*:\s*(?:\{\s*\"string\"\s*:\s*)?\"(?:\\[nrt]|\s|\ufeff)*<")
_TO_ITS_END = re.compile(
    r"\"body\"\s*:\s*(?:\{\s*\"string\"\s*:\s*)?"
    r"(\"(?:[^\"\\]|\\[\"\\/bfnrt]|\\u[0-9a-fA-F]{4})*+)(?:\\u?[0-9a-fA-F]{0,3})?\Z"
)
_HEAD = 256
_BEFORE = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
"""What may stand before the first sign of a text, in any encoding."""
_CUT = "It is cut off; what could be unpacked was read."
_HINT = "Unpack it and put the lists of papers into the folder."


@dataclass(frozen=True, slots=True)
class Member:
    """A file out of a container, or why it was left out."""

    name: str
    """As the container names it, or as the container is named itself."""
    data: bytes = b""
    problem: str | None = None
    doubt: str | None = None


def unpack(path: str, data: bytes) -> Iterator[Member] | None:
    """Give the files of a container, in the order of their names; ``None`` for any other file.

    Raises:
        MalformedDigestError: for a container of which nothing can be read.
    """
    if data.startswith(_GZIP):
        content, doubt = _gunzip(path, data)
        return iter([_played(Member(path, content, doubt=doubt))])
    if data.startswith(_ZIP):
        return map(_played, _unzip(path, data))
    member = Member(path, data)
    played = _played(member)
    return iter([played]) if played is not member else None


def _played(member: Member) -> Member:
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
        value, doubt = json.loads(text.lstrip("\ufeff \t\r\n"), strict=False), member.doubt
    except (ValueError, RecursionError):
        value, doubt = _cut_recording(text), _CUT
    body = value.get("body")
    body = body.get("string") if isinstance(body, dict) else body
    if not isinstance(body, str):
        return member
    return replace(member, data=body.encode("utf-8", "replace"), doubt=doubt)


def _cut_recording(text: str) -> dict[str, Any]:
    """Give the body of a recording within which the file ends; nothing for other broken JSON."""
    begun = _RECORDED.search(text)
    told = _TO_ITS_END.search(text, begun.start()) if begun else None
    return {"body": json.loads(told[1] + '"', strict=False)} if told else {}


def _gunzip(path: str, data: bytes) -> tuple[bytes, str | None]:
    """Inflate a gzip file, all of its members; one that is cut short gives what it has."""
    parts: list[bytes] = []
    size, packed, doubt = 0, len(data), None
    while data.startswith(_GZIP):
        inflater = zlib.decompressobj(wbits=31)
        rest = data
        while rest and not inflater.eof:
            try:
                part = inflater.decompress(rest, _CHUNK)
            except zlib.error as error:
                if not size:
                    raise _refusal(path, f"the gzip file is damaged: {error}") from None
                doubt = "It is damaged; what could be unpacked was read."
                break
            parts.append(part)
            size += len(part)
            _check(path, size, packed)
            rest = inflater.unconsumed_tail
        if not inflater.eof:
            doubt = doubt or _CUT
        data = inflater.unused_data
    content = b"".join(parts)
    if content.startswith(_NESTED):
        raise _refusal(path, "a compressed file is inside the compressed file")
    return content, doubt


def _check(path: str, size: int, packed: int) -> None:
    if size > TEXT_CAP:
        raise _refusal(path, f"it unpacks to more than {TEXT_CAP // 1_000_000} MB")
    if size > max(_FREE, packed * _RATIO):
        raise _refusal(path, f"it unpacks to more than {_RATIO} times its size")


def _unzip(path: str, data: bytes) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError):
        raise _refusal(path, "the ZIP archive is damaged") from None
    if len(infos) > _MEMBERS:
        raise _refusal(path, f"the ZIP archive holds {len(infos)} files, more than {_MEMBERS}")
    names = [info.filename for info in infos]
    size = 0
    for info in sorted(infos, key=lambda info: info.filename):
        parts = info.filename.split("/")
        if info.is_dir() or parts[0] == "__MACOSX" or parts[-1].startswith("."):
            continue
        problem = _problem(info, names)
        content = b""
        if problem is None:
            content, problem = _inflate(archive, info)
            size += len(content)
            _check(path, size, len(data))
        if problem is None and content.startswith(_NESTED):
            problem = "is compressed again"
        yield Member(info.filename, b"" if problem else content, problem)


def _problem(info: zipfile.ZipInfo, names: list[str]) -> str | None:
    """Say why a member must not be unpacked; ``None`` when it may."""
    name = info.filename
    if name.startswith(("/", "\\")) or "\\" in name or ":" in name or ".." in name.split("/"):
        return "has a path that leads out of the archive"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a link"
    if names.count(name) > 1:
        return "is named twice"
    if info.flag_bits & 1:
        return "is encrypted"
    return None


def _inflate(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> tuple[bytes, str | None]:
    parts: list[bytes] = []
    size = 0
    try:
        with archive.open(info) as stream:
            while part := stream.read(_CHUNK):
                parts.append(part)
                size += len(part)
                if size > max(_FREE, info.compress_size * _RATIO) or size > TEXT_CAP:
                    return b"", f"unpacks to more than {_RATIO} times its size"
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError):
        return b"", "is damaged"
    return b"".join(parts), None


def _refusal(path: str, message: str) -> MalformedDigestError:
    return MalformedDigestError(path, f"{message}.", hint=_HINT)

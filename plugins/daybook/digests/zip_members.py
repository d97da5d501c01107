"""What a ZIP archive holds: by its list of files or, where that is cut off, by what leads each.

The list stands at the archive's very end (PKWARE's APPNOTE, 4.3.6), so an archive that is cut off
has none; but before each file stands its name again, and how it is packed (4.3.7).
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

STORED, DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED
_LEAD, _END = b"PK\x03\x04", b"PK\x05\x06"
_MANY = 0xFFFF
"""A number of files that stands elsewhere, as it does not fit."""
_FOLLOWS = b"PK\x07\x08"
"""What may stand before the checksum and sizes that follow a file's contents."""
_SIGNS = re.compile(rb"PK(?:\x07\x08|\x03\x04|\x01\x02)")
_HEADER = struct.Struct("<4s5H3I2H")
_ENCRYPTED, _SIZES_FOLLOW, _UTF8 = 1, 8, 0x800
_UNKNOWN = 0xFFFFFFFF
"""A size that stands elsewhere, as it does not fit."""
_IN, _OUT = 1 << 12, 1 << 16
"""Bytes that are packed and unpacked at once."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A file as it lies in an archive."""

    name: str
    begin: int
    """Where its contents begin; at the archive's end where what leads it is damaged."""
    method: int
    size: int | None
    """Of what is packed; ``None`` where only its end tells."""
    crc: int | None
    """The checksum of its contents; ``None`` where it stands behind them."""
    is_encrypted: bool = False
    is_link: bool = False

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder's name alone."""
        return self.name.endswith("/")


def listed(data: bytes) -> list[Packed] | None:
    """Give the files that an archive lists at its end; ``None`` where there is no such list.

    One is none that has another number of files than it says, or by which no file is where it lies.
    """
    try:
        infos = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError):
        return None
    if infos and not any(_is_led(data, info.header_offset) for info in infos):
        return None
    count = int.from_bytes(data[(end := data.rfind(_END)) + 10 : end + 12], "little")
    if count not in (len(infos), _MANY):
        return None
    return [
        Packed(
            info.filename,
            _contents(data, info.header_offset),
            info.compress_type,
            info.compress_size,
            info.CRC,
            bool(info.flag_bits & _ENCRYPTED),
            stat.S_ISLNK(info.external_attr >> 16),
        )
        for info in infos
    ]


def led(data: bytes) -> Iterator[Packed]:
    """Give the files of an archive without a list, by what leads each of them.

    What is a link cannot be told: its contents are then a path.
    """
    at = data.find(_LEAD)
    while 0 <= at <= len(data) - _HEADER.size:
        _, _, flags, method, _, _, crc, size, _, length, _ = _HEADER.unpack_from(data, at)
        name = data[at + _HEADER.size : at + _HEADER.size + length]
        begin = _contents(data, at)
        told = not flags & _SIZES_FOLLOW and size != _UNKNOWN
        yield Packed(
            name.decode("utf-8" if flags & _UTF8 else "cp437", "replace"),
            begin,
            method,
            size if told else None,
            crc if not flags & _SIZES_FOLLOW else None,
            bool(flags & _ENCRYPTED),
        )
        at = data.find(_LEAD, begin + size if told else begin)


def _is_led(data: bytes, at: int) -> bool:
    """Whether the header of a file is at a place, which may be outside the archive."""
    return 0 <= at <= len(data) - _HEADER.size and data.startswith(_LEAD, at)


def _contents(data: bytes, at: int) -> int:
    """Give the place behind the header of a file, which is at a place."""
    if not _is_led(data, at):
        return len(data)
    name, extra = _HEADER.unpack_from(data, at)[-2:]
    return min(at + _HEADER.size + int(name) + int(extra), len(data))


@dataclass(frozen=True, slots=True)
class Inflated:
    """What came of packed bytes."""

    content: bytes
    end: int
    """The place behind what was read."""
    is_whole: bool
    error: str | None = None


class TooMuchError(Exception):
    """Packed bytes hold more than they may."""


def inflate(data: bytes, begin: int, end: int, bits: int, most: int) -> Inflated:
    """Unpack what lies between two places by zlib, as `bits` says, as far as it goes.

    Raises:
        TooMuchError: when more than `most` bytes come of it.
    """
    inflater = zlib.decompressobj(wbits=bits)
    parts: list[bytes] = []
    size, at, error = 0, begin, None
    piece = b""
    while not inflater.eof:
        if not piece and at < end:
            piece = data[at : min(at + _IN, end)]
            at += len(piece)
        try:
            part = inflater.decompress(piece, _OUT)
        except zlib.error as problem:
            error = str(problem)
            break
        parts.append(part)
        size += len(part)
        if size > most:
            raise TooMuchError
        piece = inflater.unconsumed_tail
        if not part and not piece and at >= end:
            break
    at -= len(inflater.unused_data)
    return Inflated(b"".join(parts), at, inflater.eof, error)


def take_out(data: bytes, file: Packed, most: int) -> Inflated:
    """Take a file out of an archive; one that is not as its checksum says has an `error`.

    Raises:
        TooMuchError: when it unpacks to more than `most` bytes.
    """
    end = len(data) if file.size is None else min(file.begin + file.size, len(data))
    if file.method == DEFLATED:
        taken = inflate(data, file.begin, end, -zlib.MAX_WBITS, most)
    else:
        taken = _stored(data, file, end)
    if not taken.is_whole or taken.error:
        return taken
    crc = _crc_behind(data, taken.end) if file.crc is None else file.crc
    if crc is None or crc == zlib.crc32(taken.content):
        return taken
    return replace(taken, error="another checksum")


def _stored(data: bytes, file: Packed, end: int) -> Inflated:
    """Give what is not packed: to its size, or where that is unknown to the next file's sign."""
    if file.size is not None:
        return Inflated(data[file.begin : end], end, end - file.begin == file.size)
    sign = _SIGNS.search(data, file.begin)
    end = sign.start() if sign else end
    return Inflated(data[file.begin : end], end, sign is not None)


def _crc_behind(data: bytes, at: int) -> int | None:
    """Give the checksum that follows a file's contents; ``None`` where the archive ends before."""
    at += len(_FOLLOWS) * data.startswith(_FOLLOWS, at)
    crc = data[at : at + 4]
    return int.from_bytes(crc, "little") if len(crc) == 4 else None

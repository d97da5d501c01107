"""Compressed digests: read where that is safe, refused by name where it is not."""

from __future__ import annotations

import gzip
import io
import json
import stat
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from daybook.digests import read_digest, read_folder
from daybook.errors import DigestError

TEXT = b"byAK and the research community\n\nMar 11\n\nOnly One\n\nIt has an abstract.\n"
JSON = json.dumps([{"paper": {"id": "2503.00001", "title": "One", "summary": "Words."}}]).encode()


def archive(*members: tuple[str, bytes], links: tuple[str, ...] = ()) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            if name in links:
                info.external_attr = (stat.S_IFLNK | 0o777) << 16
            packed.writestr(info, data)
    return stream.getvalue()


def test_a_gzip_file_is_read_as_what_it_holds() -> None:
    (digest,) = read_digest("2025-03-11.json.gz", gzip.compress(JSON))
    assert (digest.format, str(digest.date), digest.refusals) == ("hf-json", "2025-03-11", ())
    (twice,) = read_digest("x.gz", gzip.compress(JSON[:20]) + gzip.compress(JSON[20:]))
    assert twice.entries == digest.entries


def test_a_zip_archive_is_a_digest_for_each_of_its_files(tmp_path: Path) -> None:
    packed = archive(
        ("b/2025-03-12.txt", TEXT.replace(b"Mar 11", b"Mar 12")),
        ("a/2025-03-11.json", JSON),
        ("__MACOSX/x", b"?"),
        (".x", b"?"),
    )
    (tmp_path / "week.zip").write_bytes(packed)
    reading = read_folder(tmp_path)
    assert [digest.source for digest in reading.digests] == ["week.zip", "week.zip#2"]
    assert [str(digest.date) for digest in reading.digests] == ["2025-03-11", "2025-03-12"]
    assert [digest.refusals for digest in reading.digests] == [(), ()]
    assert [path.name for path in tmp_path.iterdir()] == ["week.zip"]


def test_what_is_not_safe_in_an_archive_is_left_out_by_name(tmp_path: Path) -> None:
    names = ["../up.txt", "/root.txt", "C:\\x.txt", "a/../../b.txt", "link.txt"]
    packed = archive(("good.txt", TEXT), *((name, TEXT) for name in names), links=("link.txt",))
    (digest,) = read_digest("x.zip", packed)
    told = " ".join(refusal.message for refusal in digest.refusals)
    assert len(digest.refusals) == len(names)
    assert all(name.replace("\\", "\\\\") in told for name in names)
    assert all(refusal.fatal for refusal in digest.refusals)
    with pytest.warns(UserWarning, match="Duplicate"):
        doubled = archive(("a.txt", TEXT), ("a.txt", JSON))
    with pytest.raises(DigestError, match="named twice"):
        read_digest("x.zip", doubled)


def test_an_archive_in_an_archive_is_refused() -> None:
    with pytest.raises(DigestError, match="compressed again"):
        read_digest("x.zip", archive(("inner.zip", archive(("a.txt", TEXT)))))
    with pytest.raises(DigestError, match="inside the compressed"):
        read_digest("x.gz", gzip.compress(gzip.compress(JSON)))
    with pytest.raises(DigestError, match="inside the compressed"):
        read_digest("x.gz", gzip.compress(archive(("a.txt", TEXT))))


@pytest.mark.parametrize("kind", ["gzip", "zip"])
def test_a_bomb_is_refused_before_it_fills_the_memory(kind: str) -> None:
    packer = zlib.compressobj(9, wbits=31)
    block = b"0" * (1 << 20)
    bomb = b"".join([*(packer.compress(block) for _ in range(400)), packer.flush()])
    data = bomb if kind == "gzip" else archive(*[(f"{n}.txt", block * 8) for n in range(20)])
    tracemalloc.start()
    try:
        with pytest.raises(DigestError, match="200 times"):
            read_digest(f"x.{kind}", data)
        assert tracemalloc.get_traced_memory()[1] < 150_000_000
    finally:
        tracemalloc.stop()


def test_a_cut_file_gives_what_it_has_and_says_so() -> None:
    words = "".join(f"{n:x} is a word. " for n in range(9000))
    papers = [
        {"paper": {"id": f"2503.{n:05d}", "title": f"P{n}", "summary": words}} for n in (1, 2)
    ]
    whole = gzip.compress(json.dumps(papers).encode())
    (digest,) = read_digest("x.json.gz", whole[: len(whole) * 3 // 4])
    assert [entry.title for entry in digest.entries] == ["P1"]
    assert any("cut off" in refusal.message for refusal in digest.refusals)


@pytest.mark.parametrize(
    "data", [b"\x1f\x8b", b"\x1f\x8b\x08junk", b"PK\x03\x04junk", b"PK\x05\x06" + b"\0" * 18]
)
def test_a_damaged_container_is_refused(data: bytes) -> None:
    with pytest.raises(DigestError):
        read_digest("x", data)


def packed_by(method: int, *members: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as packed:
        for name, data in members:
            packed.writestr(name, data)
    return stream.getvalue()


class Pipe(io.BytesIO):
    """A stream without a way back: what is written to it has sizes and checksums behind files."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise OSError

    def tell(self) -> int:
        raise OSError


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("to", [io.BytesIO, Pipe])
def test_of_a_zip_that_is_cut_off_what_is_there_is_read(method: int, to: type[io.BytesIO]) -> None:
    others = b"".join(
        f"- [Paper {n:x} of Many](https://arxiv.org/abs/2503.{n:05d})\n\n".encode()
        for n in range(1, 2000)
    )
    stream = to()
    with zipfile.ZipFile(stream, "w", method) as packed:
        for name, data in (("a.json", JSON), ("b.txt", TEXT), ("c.md", others)):
            packed.writestr(name, data)
    whole = stream.getvalue()
    end = whole.rindex(b"PK\x05\x06")
    assert len(read_digest("x.zip", whole)[2].entries) == 1999
    for cut in (end + 5, end, whole.rindex(b"PK\x01\x02"), whole.index(b"PK\x01\x02")):
        found = read_digest("x.zip", whole[:cut])
        assert [len(digest.entries) for digest in found] == [1, 1, 1999]
        (told,) = found[0].refusals
        assert told.fatal
        assert "what else it held is missing" in told.message
    first, second, third = read_digest("x.zip", whole[: len(whole) * 2 // 3])
    assert [len(first.entries), len(second.entries)] == [1, 1]
    assert 100 < len(third.entries) < 1999
    assert any("'c.md' in the archive is cut off" in told.message for told in first.refusals)


def test_what_leads_a_file_of_a_cut_zip_is_believed_no_more_than_a_list() -> None:
    whole = archive(("../up.txt", TEXT), ("a.txt", TEXT), ("b.txt", TEXT), ("z.txt", b"0" * 9))
    whole = whole[: whole.index(b"PK\x01\x02")]
    damaged = whole.replace(zlib.crc32(b"0" * 9).to_bytes(4, "little"), b"0000")
    (first, _) = read_digest("x.zip", damaged)
    told = " ".join(refusal.message for refusal in first.refusals)
    assert "'../up.txt' in the archive has a path that leads out" in told
    assert "'z.txt' in the archive is damaged" in told
    bomb = archive(("a.txt", b"0" * 30_000_000))
    with pytest.raises(DigestError, match="200 times"):
        read_digest("x.zip", bomb[: len(bomb) // 2])


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_cannot_be_unpacked_in_pieces_is_left_out(method: int) -> None:
    packed = bytearray(packed_by(method, ("a.txt", b"0" * 300_000_000)))
    tracemalloc.start()
    try:
        with pytest.raises(DigestError, match="packed in a rare way"):
            read_digest("x.zip", bytes(packed))
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
        packed[40] ^= 0x55
        with pytest.raises(DigestError):
            read_digest("x.zip", bytes(packed))
    finally:
        tracemalloc.stop()


def test_a_list_by_which_no_file_is_where_it_lies_is_none() -> None:
    packed = bytearray(archive(("a.txt", TEXT), ("b.json", JSON)))
    packed[-3] ^= 0xE2  # The place of the list, far before the archive.
    digests = read_digest("x.zip", bytes(packed))
    assert [digest.format for digest in digests] == ["hf-text", "hf-json"]
    assert "cut off or damaged" in digests[0].refusals[0].message


@pytest.mark.parametrize("sign", [1, 0x80, 0xFF])
def test_any_byte_of_an_archive_may_be_another(sign: int) -> None:
    whole = archive(("a.txt", TEXT), ("b.json", JSON))
    for place in range(len(whole)):
        packed = bytearray(whole)
        packed[place] ^= sign
        try:
            digests = read_digest("x.zip", bytes(packed))
        except DigestError:
            continue
        told = any(digest.refusals for digest in digests)
        assert told or sum(len(digest.entries) for digest in digests) == 2, place

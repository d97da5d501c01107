"""No entry is lost: hostile text in the midst of a valid file, and who must be read all the same.

What the fuzzer thinks of stands between two of four entries or in a field of one more; of the four
each must be read, or a refusal must say that something was left out, or the whole file is refused.
"""

from __future__ import annotations

import io
import zipfile

import atheris

with atheris.instrument_imports(include=["daybook"]):
    from ..digests.shapes import NAMES, SHAPES, Shape, lost_of, made


def fuzz_lost(shape: Shape, data: bytes) -> None:
    """Put hostile text into a file of four; tell who is neither read nor refused."""
    some = atheris.FuzzedDataProvider(data)
    place = some.ConsumeIntInRange(0, len(NAMES) - 2)
    inside = some.ConsumeBool()
    hostile = some.ConsumeBytes(some.remaining_bytes()).decode("utf-8", "surrogateescape")
    lost = lost_of(made(shape, place, hostile, inside=inside))
    assert not lost, f"lost without a word: {lost}"


def fuzz_zip(data: bytes) -> None:
    """Pack what the fuzzer thinks of beside a whole list, and then damage the archive."""
    some = atheris.FuzzedDataProvider(data)
    packed = io.BytesIO()
    shape = SHAPES["markdown"]
    whole = shape.head + "".join(
        shape.record.format(title=n, number=i) for i, n in enumerate(NAMES)
    )
    at, name = some.ConsumeIntInRange(-1, 900), some.ConsumeUnicodeNoSurrogates(12)
    sign = some.ConsumeIntInRange(0, 255)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("list.md", whole)
        if name and "\0" not in name:
            archive.writestr(name, some.ConsumeBytes(some.remaining_bytes()))
    held = bytearray(packed.getvalue())
    if at >= 0:
        held[at % len(held)] ^= sign
    lost = lost_of(bytes(held))
    assert not lost, f"lost without a word: {lost}"

"""No entry is lost: hostile text in the midst of a valid file, and who must be read all the same.

What the fuzzer thinks of stands between two of four entries or in a field of one more; of the four
each must be read, or a refusal must say that something was left out, or the whole file is refused.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import partial

import atheris

with atheris.instrument_imports(include=["daybook"]):
    from ..digests.growth import ALONE, Case, fault
    from ..digests.shapes import NAMES, SHAPES, Shape, lost_of, made

_LONGEST_TOKEN = 40
_LENGTH = 2_000
"""Characters of one thing said over and over; four times as many follow, their code watched."""


def fuzz_lost(shapes: tuple[Shape, ...], data: bytes) -> None:
    """Put hostile text into a file of four; tell who is neither read nor refused."""
    some = atheris.FuzzedDataProvider(data)
    shape = some.PickValueInList(list(shapes))
    place = some.ConsumeIntInRange(0, len(NAMES) - 2)
    inside = some.ConsumeBool()
    hostile = some.ConsumeBytes(some.remaining_bytes()).decode("utf-8", "surrogateescape")
    lost = lost_of(made(shape, place, hostile, inside=inside))
    assert not lost, f"lost without a word: {lost}"


def fuzz_growth(data: bytes) -> None:
    """Say one thing over and over: what takes the square of a file's length to read is told."""
    some = atheris.FuzzedDataProvider(data)
    shape = some.PickValueInList([ALONE, *SHAPES])
    inside = some.ConsumeBool()
    lead, token = (some.ConsumeBytes(_LONGEST_TOKEN).decode("utf-8", "ignore") for _ in range(2))
    if token:
        told = fault(Case(shape, token, inside, lead), _LENGTH)
        assert not told, told


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


_KIN = {
    "json": ("json", "hf-json", "hf-json-field", "jsonl", "csl-json", "dblp-hits"),
    "yaml": ("yaml", "yaml-quoted"),
    "csv": ("csv", "csv-quoted", "tsv"),
    "bibtex": ("bibtex",),
    "tagged": ("ris", "pubmed", "endnote"),
    "xml": ("oai", "oai-dc", "pubmed-xml", "dblp-xml", "endnote-xml"),
    "feed": ("atom", "rss"),
    "markdown": ("markdown", "markdown-sections", "markdown-table", "markdown-bold", "rest", "org"),
    "markdown-loose": (
        "markdown-paragraphs", "markdown-doi", "markdown-cited", "markdown-labels", "markdown-bare",
    ),
    "html": ("html", "hf-html", "html-paragraphs", "html-doi", "arxiv-html"),
    "mail": ("arxiv-mail", "mail", "mailbox", "mail-html"),
    "hf-text": ("hf-text", "hf-text-tails", "hf-rendering"),
}  # fmt: skip
"""Shapes that are read alike, and so are fuzzed as one target: what is learned of one helps all."""
TARGETS: dict[str, Callable[[bytes], None]] = {
    **{
        f"lost-{name}": partial(fuzz_lost, tuple(SHAPES[shape] for shape in shapes))
        for name, shapes in _KIN.items()
    },
    "lost-zip": fuzz_zip,
    "growth": fuzz_growth,
}
if unknown := {*SHAPES} ^ {shape for shapes in _KIN.values() for shape in shapes}:
    raise LookupError(f"shapes that no target has, or none there is: {sorted(unknown)}")

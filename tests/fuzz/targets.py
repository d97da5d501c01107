"""What is fuzzed: each target takes bytes and raises when a promise is broken.

A target that meets only the project's own errors returns. Run one alone, as libFuzzer does:
``python -m tests.fuzz.targets merge FOLDER -max_total_time=60``; see
https://github.com/google/atheris and https://llvm.org/docs/LibFuzzer.html.
"""

from __future__ import annotations

import datetime as dt
import json
import pkgutil
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["daybook"]):
    from daybook import digests
    from daybook.archive.ledger import read_ledger, salvage_ledger
    from daybook.archive.markdown_text import one_line, paragraphs
    from daybook.archive.merging import (
        BY_HAND,
        METADATA,
        RENDERED,
        STATED,
        Source,
        merge_sources,
    )
    from daybook.archive.page import read_page, write_page
    from daybook.digests import FORMATS, read_digest
    from daybook.digests.document import Document
    from daybook.digests.yaml_lists import read_yaml
    from daybook.errors import DaybookError
    from daybook.records import Entry, Link, PartialDate

    # Readers are loaded when they are first needed, which would be too late to be led by them.
    for module in pkgutil.walk_packages(digests.__path__, f"{digests.__name__}."):
        import_module(module.name)

from ..digests.shapes import SHAPES, made
from . import beside, canaries
from .changing import changer, cross
from .dictionaries import fuzzed_words
from .promises import kept_on_page, quick, well_formed

DATA = Path(__file__).parents[1] / "data"
SEEDS = Path(__file__).with_name("seeds")
_MOST_ENTRIES = 6
_SAID = ("title", "abstract", "venue", "blurb", "remark", "organization")
"""Fields of which one source's word counts."""


def fuzz_reader(name: str, data: bytes) -> None:
    """Read as a build does, and with one format's reader where the table chose another."""
    if name in fuzz_table(data):
        return
    chosen = next(known for known in FORMATS if known.name == name)
    try:
        with quick():
            document = Document("2025-03-10", data)
            if not chosen.accepts(document):
                return
            for draft in chosen.read(document):
                assert all(entry.position > 0 for entry in draft.entries), "an entry has no place"
    except DaybookError:
        return


def fuzz_table(data: bytes) -> set[str]:
    """Read as a build does: entries are numbered by their places, none stands twice or is empty.

    What an entry says is on the page of its paper, in the same words. Gives the formats.
    """
    try:
        with quick():
            digests = read_digest("2025-03-10", data)
    except DaybookError as error:
        assert str(error), "an error without words"
        return set()
    for digest in digests:
        places = [entry.position for entry in digest.entries]
        assert places == sorted(set(places)), f"places {places}"
        assert all(refusal.message for refusal in digest.refusals), "a refusal without words"
        for entry in digest.entries:
            well_formed(entry)
            kept_on_page(entry)
    return {digest.format for digest in digests}


def fuzz_yaml(data: bytes) -> None:
    """Read a list in YAML, whole or broken: what JSON can say, and a line for each break."""
    fuzz_table(data)
    text = data.decode("utf-8", "replace")
    with quick():
        yaml = read_yaml("list", text)
    if yaml is not None:
        json.dumps(yaml.value)
        lines = text.count("\n") + 1
        assert all(told.line and told.line <= lines for told in yaml.told), yaml.told


def fuzz_merge(data: bytes) -> None:
    """Merge sources in two orders: the same paper, and the same record of what lost.

    Whatever a source says is the paper's, or in that record.
    """
    sources = list(_sources(atheris.FuzzedDataProvider(data)))
    if not sources:
        return
    there, back = merge_sources(sources), merge_sources(sources[::-1])
    assert there == back, f"{there}\n{back}"
    lost = {(entry.field, entry.value) for entry in there.lost}
    for source in sources:
        for field in _SAID:
            said = getattr(source.word, field)
            value = paragraphs(said or "") if field == "abstract" else one_line(said or "")
            kept = value == getattr(there, field) or (field, value) in lost
            assert not value or kept, f"{field} {value!r} is nowhere"


def _sources(some: atheris.FuzzedDataProvider) -> Iterator[Source]:
    for number in range(some.ConsumeIntInRange(0, _MOST_ENTRIES)):
        year = some.ConsumeIntInRange(1990, 2030)
        entry = Entry(
            number + 1,
            _words(some) or "T",
            abstract=_words(some) or None,
            authors=tuple(filter(None, (_words(some), _words(some)))) or None,
            author_count=some.ConsumeIntInRange(0, 3) or None,
            arxiv=some.PickValueInList([None, "2501.00001", "2501.00002"]),
            arxiv_version=some.ConsumeIntInRange(0, 3) or None,
            doi=some.PickValueInList([None, "10.1000/a", "10.48550/arxiv.2501.00001"]),
            venue=_words(some) or None,
            blurb=_words(some) or None,
            remark=_words(some) or None,
            organization=_words(some) or None,
            categories=tuple(filter(None, (_words(some),))),
            comments=some.ConsumeIntInRange(0, 3) or None,
            links=(Link("code", f"https://a.example/{_words(some)}"),) * some.ConsumeBool(),
            keywords=tuple(filter(None, (_words(some),))),
            upvotes=some.ConsumeIntInRange(0, 3) or None,
        )
        yield Source(
            entry,
            some.PickValueInList([BY_HAND, METADATA, RENDERED, STATED]),
            f"d{number} #1",
            dt.date(year, 1, 1) if some.ConsumeBool() else None,
            published=PartialDate(year) if some.ConsumeBool() else None,
        )


def _words(some: atheris.FuzzedDataProvider) -> str:
    return str(some.ConsumeUnicodeNoSurrogates(some.ConsumeIntInRange(0, 12))).strip()


def fuzz_page(data: bytes) -> None:
    """Read a page, write it and read it again: what was understood stays."""
    text = data.decode("utf-8", "replace")
    try:
        paper = read_page(text, path="2025/03/a.md")
    except DaybookError:
        return
    written = write_page(paper)
    again = read_page(written, path="2025/03/a.md")
    assert write_page(again) == written, "a page changes each time it is written"
    if text.replace("\n", " ").isprintable():
        assert again == paper, f"{paper}\n{again}"


def fuzz_ledger(data: bytes) -> None:
    """Read a ledger, or save what can be: what it then writes is read without a complaint."""
    text = data.decode("utf-8", "replace")
    try:
        saved, complaints = salvage_ledger(text)
    except DaybookError as error:
        assert "version" in str(error)
        return
    assert all(line > 0 and said for line, said in complaints)
    again = read_ledger(saved.text())
    assert again == saved
    assert again.text() == saved.text()


TARGETS: dict[str, Callable[[bytes], None]] = {
    **{f"read-{known.name}": partial(fuzz_reader, known.name) for known in FORMATS},
    "read-yaml": fuzz_yaml,
    "merge": fuzz_merge,
    "page": fuzz_page,
    "ledger": fuzz_ledger,
    **canaries.TARGETS,
    **beside.TARGETS,
}


_PAGE = """Title: A &lt;b> of $x$
Date: 2025-03-10
Date_basis: digest
Published: 2025-02
Category: papers
Authors: Lovelace, Ada;
Author_count: 3
Tags: language-models, vision
Slug: a
Former_slugs: b, c
Arxiv: 2501.00001
Arxiv_version: 2
Doi: 10.1000/a
Venue: Looms 3
Remark: 12 pages
Categories: cs.LG, cs.CL
Organization: Home
Keywords: looms&#59 wool; x
Upvotes: 3
Comments: 0
Links: code https://a.example/; page https://b.example/?c=d
Blurb: Said &amp;amp; done.
Digests: d #1; undated-1 #2
Withdrawn: by its authors
Hidden: asked
Topics: vision
Mine: what I
    wrote

One \\*line\\* of it, 1\\. and \\# not &lt;b>.

&#58;second paragraph.

## Notes

- mine
"""
_LEDGER: tuple[dict[str, object], ...] = (
    {"daybook": "ledger", "version": 1},
    {"paper": 0, "slug": "a", "path": "2025/03/a.md", "keys": ["arxiv:2501.00001"]},
    {"paper": 1, "slug": "b", "path": "2025/03/b.md", "keys": ["title:b"], "by": "hand"},
    {"paper": 0, "keys": ["doi:10.1000/a"]},
    {"digest": "undated-1", "source": "x.txt", "fingerprint": "f00", "day": "2025-03-12"},
    {"redirect": "c", "to": "a", "by": "hand"},
    {"author": "ada", "slug": "ada-one", "of": "ada lovelace"},
    {"gone": "authors/ada-two", "to": "papers/a"},
    {"gone": "dates/2025-03", "to": None},
)


def seeds(name: str) -> Iterator[bytes]:
    """Give what a target begins with: the tests' own small files, of its kind."""
    if name.startswith("read-"):
        format_name = name.removeprefix("read-")
        for folder in (DATA / format_name, SEEDS / format_name):
            for path in sorted(folder.iterdir()) if folder.exists() else ():
                if path.is_file() and not path.name.endswith((".expected.json", ".toml")):
                    yield path.read_bytes()
        for shape_name, shape in SHAPES.items():
            whole = made(shape, 0, "", inside=False)
            in_yaml = shape_name.startswith("yaml")
            if format_name == "yaml" if in_yaml else _format(whole) == format_name:
                yield whole
    elif name == "page":
        yield _PAGE.encode()
    elif name == "ledger":
        yield "".join(json.dumps(record) + "\n" for record in _LEDGER).encode()
    yield from beside.SEEDS.get(name, ())


def _format(data: bytes) -> str:
    return read_digest("list", data)[0].format


def _is_text(name: str) -> bool:
    """Whether a target's inputs are texts: they may end in bytes that stand for choices."""
    return name not in ("merge", "packed", "caches", "lost-zip")


def main() -> None:
    """Fuzz the target that the command names; libFuzzer reads the other arguments."""
    name = sys.argv.pop(1)
    changes = {"custom_mutator": changer(fuzzed_words(name)), "custom_crossover": cross}
    atheris.Setup(sys.argv, TARGETS[name], **(changes if _is_text(name) else {}))
    atheris.Fuzz()


if __name__ == "__main__":
    main()

"""What is written into any field of any format is read to the letter (see hostile_texts.py)."""

from __future__ import annotations

import re

import pytest
from daybook.digests import read_digest
from daybook.digests.registry import FORMATS as KNOWN
from daybook.records import Entry

from ..hostile_texts import FORMATS, PAYLOADS, line, sample


def read(name: str, written: str) -> Entry:
    (digest,) = read_digest("x", written.encode())
    assert digest.format == name.partition(" ")[0]
    (entry,) = digest.entries
    return entry


def test_every_format_has_a_hostile_sample() -> None:
    assert {name.partition(" ")[0] for name in FORMATS} == {known.name for known in KNOWN}


@pytest.mark.parametrize("name", FORMATS)
def test_every_text_is_read_as_it_was_written(name: str) -> None:
    kept = 0
    for number, text in enumerate(PAYLOADS, 1):
        written = sample(name, number, text)
        entry = read(name, written.text)
        assert line(entry.title) == written.title
        if written.abstract is not None:
            assert line(entry.abstract or "") == written.abstract
        if written.authors is not None:
            assert tuple(map(line, entry.authors or ())) == written.authors
            kept += 1
    assert kept > 5 or name in ("scholar-alert", "hf-rendering", "hf-text"), kept


@pytest.mark.parametrize(
    ("written", "title", "name"),
    [
        (r"{{R\&D of \textbackslash{}emph, \$5 and \$6}}", r"R&D of \emph, $5 and $6", None),
        ("{Deep $k$-means}", "Deep $k$-means", None),
        ("{One}", "One", "A {B}, C & D"),
    ],
)
def test_braces_around_a_whole_value_are_no_part_of_it(
    written: str, title: str, name: str | None
) -> None:
    said = r"{A \{B\}, C \& D}" if name else "Ada"
    record = f"@misc{{k,\n  title = {{{written}}},\n  author = {{{said}}},\n  year = 2024\n}}\n"
    entry = read("bibtex", record)
    assert (entry.title, entry.authors) == (title, (name or "Ada",))


@pytest.mark.parametrize("quoted", ["TY  - JOUR\nER  - \n", "@string{x = {One}}"])
def test_a_letter_that_quotes_another_format_is_a_letter(quoted: str) -> None:
    letter = f"# Papers\n\n## [A Title](https://arxiv.org/abs/2503.00001)\n\n{quoted}\n"
    assert read("markdown", letter).title == "A Title"


@pytest.mark.parametrize(
    "said",
    [
        "Also at https://x.example/a and https://y.example/b",
        "See [here](https://x.example/a), or [code](https://x.example/b)",
    ],
)
def test_words_that_lead_to_an_address_do_not_stand_alone(said: str) -> None:
    text = f"# 2025-03-11\n\n## [Looms](https://arxiv.org/abs/2401.00304)\n\n{said}.\n"
    (digest,) = read_digest("x", text.encode())
    shown = re.sub(r"\[(\w+)\]\(\S*?\)", r"\1", said)
    assert digest.entries[0].blurb == f"{shown}."

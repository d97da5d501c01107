"""Sealed files of lines of JSON: whole, or as if they were not there."""

from __future__ import annotations

import json

from daybook.archive.json_lines import read_sealed, write_sealed
from hypothesis import given
from hypothesis import strategies as st

HEAD = {"daybook": "test", "version": 1}
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(), max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=9,
)
LINES = st.lists(st.lists(VALUES, max_size=4) | st.dictionaries(st.text(max_size=3), VALUES))


@given(LINES, st.text(max_size=9))
def test_lines_are_read_as_they_were_written(lines: list[object], more: str) -> None:
    text = write_sealed({**HEAD, "more": more}, lines)
    assert text.isascii()
    assert read_sealed(text, HEAD) == ({"more": more}, lines)


@given(LINES, st.data())
def test_a_file_that_was_cut_or_edited_is_as_none(lines: list[object], data: st.DataObject) -> None:
    text = write_sealed(HEAD, lines)
    place = data.draw(st.integers(0, len(text) - 1))
    assert read_sealed(text[:place], HEAD) is None
    begun = text.index("\n") + 1
    if place >= begun:
        assert read_sealed(text[:place] + "x" + text[place:], HEAD) is None


def test_a_file_without_lines_that_lost_its_last_sign_is_as_none() -> None:
    text = write_sealed(HEAD, [])
    assert read_sealed(text, HEAD) == ({}, [])
    assert read_sealed(text[:-1], HEAD) is None


def test_another_kind_or_version_is_as_none() -> None:
    text = write_sealed(HEAD, [[1]])
    assert read_sealed(text, {**HEAD, "version": 2}) is None
    assert read_sealed(text, {**HEAD, "of": "that"}) is None
    assert read_sealed(json.dumps([HEAD]), HEAD) is None
    assert read_sealed("[" * 100_000, HEAD) is None


def test_no_sign_that_ends_a_line_elsewhere_breaks_one() -> None:
    lines = ["a\u2028b", "a\x85b", "a\rb", "\ud800"]
    assert read_sealed(write_sealed(HEAD, [lines]), HEAD) == ({}, [lines])

"""The table of bad input names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

from ..sites import PROJECT

SHOWN = re.compile(r"`[\w/]+\.py::test_\w+`|Cannot occur")
TABLE = (PROJECT / "tests" / "HOSTILE.md").read_text("utf-8")


def test_every_test_that_the_table_names_exists() -> None:
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", TABLE)
    assert len(named) > 60
    missing = [
        f"{path}::{test}"
        for path, test in named
        if not (PROJECT / "tests" / path).is_file()
        or f"\ndef {test}(" not in (PROJECT / "tests" / path).read_text("utf-8")
    ]
    assert not missing


def rows() -> dict[str, str]:
    """Give what the table says of each id."""
    found: dict[str, str] = {}
    for ids, said in re.findall(
        r"^\| ([A-E]\d\d(?:, [A-E]\d\d)*) \| (.*) \|$", TABLE, re.MULTILINE
    ):
        for known in ids.split(", "):
            assert known not in found, f"{known} is there twice"
            found[known] = said
    return found


def test_every_line_of_the_table_names_a_test_or_says_why_not() -> None:
    assert not [known for known, said in rows().items() if not SHOWN.search(said)]


def test_the_table_has_every_line_of_the_catalogue_and_no_other(shared: Path) -> None:
    catalogue = (shared / "hostile.md").read_text("utf-8")
    assert set(re.findall(r"^- ([A-Z]\d+) \|", catalogue, re.MULTILINE)) == rows().keys()

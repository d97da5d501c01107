"""The table of bad input names tests that exist."""

from __future__ import annotations

import re

from ..sites import PROJECT

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


def test_every_line_of_the_table_names_a_test_or_says_why_not() -> None:
    rows = re.findall(r"^\| ([A-E]\d\d(?:, [A-E]\d\d)*) \| (.*) \|$", TABLE, re.MULTILINE)
    ids = [known for row, _ in rows for known in row.split(", ")]
    assert len(ids) == len(set(ids))
    assert all("::test_" in said or "*open*" in said or "Cannot occur" in said for _, said in rows)

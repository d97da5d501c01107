"""TOML as keepers write it by hand, read in bounded time (https://toml.io/en/v1.0.0)."""

from __future__ import annotations

import tomllib
from typing import Any

_MOST_DOTS = 300
"""Before the first '=' of a line: what a key of so many parts takes grows with their square."""


def read_toml(text: str) -> dict[str, Any]:
    """Read a text.

    Raises:
        ValueError: for what is no TOML, or what no hand writes, with the line where it is known.
    """
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > _MOST_DOTS and line.partition("=")[0].count(".") > _MOST_DOTS:
            raise ValueError(f"A key of more than {_MOST_DOTS} parts (at line {number})")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("Nested too deeply") from None

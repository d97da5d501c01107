"""The search as one script, for the page, for its worker and for `make query`: Lunr and the client.

The client is written in many small files, which a browser would ask for one by one, with comments
that only their readers need. Here they become one file without comments; lines stay lines, so that
an error's place is found again.
"""

from __future__ import annotations

import re
from pathlib import Path

CLIENT = (
    *("codes", "errors", "pipeline", "patterns", "files", "postings", "scoring", "query"),
    *(
        "ranking",
        "spelling",
        "phrases",
        "titles",
        "meaning",
        "passages",
        "facts",
        "names",
        "results",
    ),
    *("client", "remote"),
)
"""The files of ``theme/static/search/`` that need no page, in the order in which they run."""

PAGE = ("../citing", "elements", "cards", "combobox", "panel", "exports", "page")
"""Those that make the page, in their order."""

_PACKAGE = Path(__file__).parents[1]
_PLACES = (_PACKAGE / "theme", _PACKAGE.parents[1] / "theme")
"""In an installed wheel, and beside the source tree."""

_COMMENT = re.compile(
    r"^\s*(?://[^\n]*|/\*.*?\*/)\n?|/\*\* @type \{.*?\} \*/ ?", re.DOTALL | re.MULTILINE
)
"""A comment that begins a line, and a type before an expression."""

_STRICT = '"use strict";'
"""Said once for all files: it counts only at the beginning of a script or a function."""


def without_comments(source: str) -> str:
    """Take comments and indentation out of a script of ours.

    No string of ours has several lines or looks like a comment; a test holds them to that.
    """
    lines = (line.strip() for line in _COMMENT.sub("", source).splitlines())
    return "".join(f"{line}\n" for line in lines if line and line != _STRICT)


def client_source(name: str) -> str:
    """Read a script of the client as it is written."""
    folder = next(place for place in _PLACES if place.is_dir()) / "static" / "search"
    return (folder / f"{name}.js").read_text("utf-8")


def search_script(lunr: bytes) -> bytes:
    """Put Lunr and the client together."""
    client = "".join(without_comments(client_source(name)) for name in CLIENT)
    return lunr + f"\n(() => {{\n{_STRICT}\n{client}}})();\n".encode()


def page_script() -> bytes:
    """Put the scripts of the page together."""
    page = "".join(without_comments(client_source(name)) for name in PAGE)
    return f"(() => {{\n{_STRICT}\n{page}}})();\n".encode()

"""The physical limit of a site: one compiled template that gives the same pages, and writing.

Each page is taken apart, before anything is timed, into the values that it says (addresses and
names of links, texts) and the markup between them. A template that escapes values, as Daybook's do,
puts them together again, byte for byte; then all files of the site are written from memory. Nothing
is read, sorted, merged or decided meanwhile, in one process.
"""

from __future__ import annotations

import gc
import html
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup, escape

from .running import BenchError

_PAGE = "{% for markup, value in values %}{{ markup }}{{ value }}{% endfor %}{{ rest }}"
_VALUES = re.compile(r'<a[^>]* href="?([^" >]*)[^>]*>([^<]*)|>([^<>]{20,})(?=<)')
_RENDERED = (".html", ".xml")


@dataclass(frozen=True, slots=True)
class _Page:
    """A page that can be rendered."""

    path: str
    values: list[tuple[Markup, str]]
    """What it says, each behind the markup that stands before it."""
    rest: Markup


def limit(files: Path, folder: Path) -> tuple[float, float]:
    """Give the seconds of rendering a site's pages and of writing its files elsewhere.

    Raises:
        BenchError: when a page that was rendered is another than the site's.
    """
    contents = [
        (file.relative_to(files).as_posix(), file.read_bytes())
        for file in sorted(files.rglob("*"))
        if file.is_file()
    ]
    pages = [
        _taken_apart(path, content.decode())
        for path, content in contents
        if path.endswith(_RENDERED)
    ]
    template = Environment(autoescape=True).from_string(_PAGE)

    def give(page: _Page) -> bytes:
        return template.render(values=page.values, rest=page.rest).encode()

    same = dict(contents)
    for page in pages:
        if give(page) != same[page.path]:
            raise BenchError(f"the limit's template gives another {page.path}")
    gc.freeze()
    rendering = timed(lambda: [give(page) and None for page in pages])
    return rendering, timed(lambda: write(contents, folder))


def _taken_apart(path: str, text: str) -> _Page:
    values: list[tuple[Markup, str]] = []
    end = 0
    for found in _VALUES.finditer(text):
        for group in range(1, 4):
            written = found[group]
            if not written:
                continue
            plain = html.unescape(written)
            value = plain if escape(plain) == written else Markup(written)
            start = found.start(group)
            values.append((Markup(text[end:start]), value))
            end = found.end(group)
    return _Page(path, values, Markup(text[end:]))


def write(files: Iterable[tuple[str, bytes]], folder: Path) -> None:
    """Write files below a folder."""
    made = set()
    for path, content in files:
        parent, _, _ = path.rpartition("/")
        if parent not in made:
            made.add(parent)
            (folder / parent).mkdir(parents=True, exist_ok=True)
        with open(f"{folder}/{path}", "wb") as file:  # noqa: PTH123 - the limit is not a Path's
            file.write(content)


def timed(work: Callable[[], object]) -> float:
    """Give the seconds that some work takes, by the clock, as whole builds are measured."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun

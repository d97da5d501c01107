"""Files of the site before they are rendered: what a file depends on is said before it is made.

Whoever shows something gives the facts that decide its bytes, and how to make them; whoever writes
keeps what the last build made from the very same facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

File = tuple[str, bytes]
"""A path below the base folder, and contents."""


@dataclass(slots=True)
class Draft:
    """A file that need not be rendered where the last build made it from the same facts."""

    path: str
    key: Callable[[], bytes]
    """Gives a hash of all that decides the bytes: facts, settings, templates, versions. It tells
    nothing of our own code: what remembers keys is of one version of it."""
    render: Callable[[], bytes]


Made = File | Draft


def rendered(files: Iterable[Made]) -> Iterator[File]:
    """Give files as they are, and render drafts."""
    for made in files:
        yield (made.path, made.render()) if isinstance(made, Draft) else made


def once(files: Iterable[Made]) -> Iterator[Made]:
    """Give each path once: of files that are named by a hash of their contents, two may be one."""
    seen = set()
    for made in files:
        path = made.path if isinstance(made, Draft) else made[0]
        if path not in seen:
            seen.add(path)
            yield made

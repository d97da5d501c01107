"""What plugins of other hands made of the archive's files after a build wrote them.

Some minify every page, or add a line to it, when Pelican says that the site is finished. What they
leave is what is published: so it is what readers keep for reading offline, and what the manifest
vouches for.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import Refusal
from .offline import Bundler
from .staging import Stage

_INDEX = "search/"
_PROGRAM = ("search/search.js", "search/code/")
"""What in the index's folder is a program, and may be as short as anybody likes."""


def take_as_left(stage: Stage, bundler: Bundler, base: str) -> Iterator[Refusal]:
    """Take the files below `base` as they are now; warn where that cannot be.

    The search knows the files of its index by hashes of what they hold.
    """
    index = []
    for path, mark in stage.look_again():
        own = path.removeprefix(base)
        if mark is None:
            bundler.forget(own)
        else:
            bundler.note(own, mark)
        if own.startswith(_INDEX) and not own.startswith(_PROGRAM):
            index.append(path)
    if index:
        files = f"{len(index)} file{'' if len(index) == 1 else 's'}"
        yield Refusal(
            min(index),
            None,
            f"a plugin changed {files} of the search index after they were written, and the search "
            "may not work",
            f"Have it pass over {base}{_INDEX}, or over JavaScript altogether.",
            fatal=False,
        )

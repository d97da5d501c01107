"""What git writes into a file that it could not merge: lines of marks around what two sides say.

https://git-scm.com/docs/git-merge#_how_conflicts_are_presented
"""

from __future__ import annotations

import re
from itertools import pairwise

from ..errors import Refusal

_BEGIN = re.compile(r"<{7} \S.*")
_BASE = re.compile(r"\|{7}(?: .*)?")
_BETWEEN = re.compile(r"={7}")
_END = re.compile(r">{7} \S.*")


def without_conflicts(path: str, text: str) -> tuple[str, Refusal | None]:
    """Give a text with both sides of what git left undone, without its marks, and tell the first.

    What both sides have changed (in git's style ``diff3``) is neither's. Lines behind the marks
    move up: an empty line in their place would part what belongs together.
    """
    if "<<<<<<< " not in text or "\n>>>>>>> " not in text:
        return text, None
    lines = text.split("\n")
    first = 0
    begun: int | None = None
    marks: list[int] = []
    gone: set[int] = set()
    for place, line in enumerate(lines):
        if _BEGIN.fullmatch(line):
            begun, marks = place, [place]
        elif begun is not None and (_BETWEEN.fullmatch(line) or _BASE.fullmatch(line)):
            marks.append(place)
        elif begun is not None and _END.fullmatch(line):
            if any(_BETWEEN.fullmatch(lines[mark]) for mark in marks):
                first = first or begun + 1
                gone |= {*marks, place}
                for mark, after in pairwise(marks):
                    gone |= {*range(mark, after)} if _BASE.fullmatch(lines[mark]) else set()
            begun = None
    if not first:
        return text, None
    message = "git left a merge undone there: both sides were read, and may be one paper twice."
    hint = "Keep what is right, take git's marks out (<<<<<<<, =======, >>>>>>>), and commit it."
    left = [line for place, line in enumerate(lines) if place not in gone]
    return "\n".join(left), Refusal(path, first, message, hint)

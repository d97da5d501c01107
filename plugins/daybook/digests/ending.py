"""Where a text ends: whether a list that has no end of its own was cut within its last line."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..errors import Refusal
from ..records import Entry

_WELL = re.compile(r"[.!?)\]}>\"'”’»…。！？|*`$]\Z|[-=_~]{2}\Z|(?:\A|\s)(?:https?://\S+|[\d.,]+)\Z")
"""What the last words of something that is whole end with: a mark, an address or a number."""
_OPEN = re.compile(r"\[[^\[\]]*\Z|\]\([^()]*(?:\([^()]*\)[^()]*)*\Z|<[^<>]*\Z")
"""A link or an element within which a line ends."""


def ends_well(text: str) -> bool:
    """Whether the words with which a text ends can be its last ones."""
    last = text.rstrip()[-2_000:].rpartition("\n")[2].strip()
    if last.startswith("|") and not last.endswith("|"):
        return False  # A row.
    paired = last.count("**") % 2 == 0
    return paired and _WELL.search(last) is not None and _OPEN.search(last) is None


def is_cut(text: str) -> bool:
    """Whether a text ends within a line, and not as one that is whole does."""
    return not text.endswith("\n") and not ends_well(text)


def tell_ending(
    path: str, text: str, entries: Iterable[Entry], told: Iterable[Refusal]
) -> list[Refusal]:
    """Tell a file that ends within a line, where nothing that was told speaks of its last paper."""
    if not is_cut(text):
        return []
    last = max((entry.line or 1 for entry in entries), default=1)
    if any(refusal.line is not None and refusal.line >= last for refusal in told):
        return []
    message = "the file ends in the middle of a line: what it says last may be cut off."
    hint = "Save it again; if nothing is missing, end its last line."
    return [Refusal(path, text.count("\n") + 1, message, hint, fatal=False)]

"""Where the braces and quotation marks of a BibTeX text close, and where its lines begin entries.

Found once, in one pass over the whole text: an entry that is broken is read up to three times, and
what stands in it may be an entry again, so that a search from each of them would take time with the
square of the text. Numbers are kept in arrays: a text of a hundred million braces is one, too.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left

from .bibtex_titles import KINDS

BARE = (
    rf"^[ \t]*(?:@[ \t]*(?P<unopened>[A-Za-z]+)|(?P<unmarked>{KINDS}))[ \t]*+[{{(]?[ \t]*+"
    r"[^\s,{}()=\"@]{0,200}[ \t]*+,(?=\s*[A-Za-z][\w-]{0,40}\s*=\s*[{\"\d])"
)
"""An entry without its '@' or its brace, known by its key and the field that follows."""
_LINE = re.compile(rf"(?m)^[ \t]*@[ \t]*[A-Za-z]+\s*[{{(]|{BARE}", re.IGNORECASE)
_FIELD_END = re.compile(r"[}\"][ \t]*,[ \t]*(?=\n[ \t]*(?:[A-Za-z][\w:.+/-]*[ \t]*=|[})]))")
_MARKS = re.compile(r"\\.|[{}\"]", re.DOTALL)


class Marks:
    """The braces and quotation marks of a text, each with that which closes it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places = array("i")
        """Where braces open, and all quotation marks."""
        self._ends = array("i")
        """Where each of them closes; -1 for never."""
        self._pair()
        self._entries: array[int] | None = None
        self._field_ends: array[int] | None = None

    def _pair(self) -> None:
        """Pair braces as they nest, and each quotation mark with the next of the same depth."""
        places, ends = self._places, self._ends
        opened, latest = array("i"), array("i")
        depth = 0
        for match in _MARKS.finditer(self._text):
            sign = match[0]
            if sign == "{":
                opened.append(len(places))
                depth += 1
            elif sign == "}":
                depth -= 1
                if opened:
                    ends[opened.pop()] = match.start()
                continue
            elif sign == '"':
                slot = 2 * depth if depth >= 0 else -2 * depth - 1
                latest.extend([-1] * (slot + 1 - len(latest)))
                if latest[slot] >= 0:
                    ends[latest[slot]] = match.start()
                latest[slot] = len(places)
            else:
                continue
            places.append(match.start())
            ends.append(-1)

    def closing(self, at: int, end: int) -> int | None:
        """Give where the brace or quotation mark at a place closes, if it does before an end."""
        found = bisect_left(self._places, at)
        if found == len(self._places) or self._places[found] != at:
            return None
        close = self._ends[found]
        return close if 0 <= close < end else None

    def next_entry(self, at: int) -> int:
        """Give where the next entry begins on a line of its own: at the end, if none does."""
        if self._entries is None:
            self._entries = array("i", (m.start() for m in _LINE.finditer(self._text)))
        found = bisect_left(self._entries, at)
        return self._entries[found] if found < len(self._entries) else len(self._text)

    def field_end(self, at: int, end: int) -> int | None:
        """Give where a brace or a quotation mark ends a line, if the next begins with a field."""
        if self._field_ends is None:
            self._field_ends = array("i", (m.start() for m in _FIELD_END.finditer(self._text)))
        found = bisect_left(self._field_ends, at)
        place = self._field_ends[found] if found < len(self._field_ends) else end
        return place if place < end else None


def unwrapped(text: str) -> str:
    """Give a text without braces around the whole of it."""
    if not (text.startswith("{") and text.endswith("}")):
        return text
    marks, begin, end = Marks(text), 0, len(text)
    while text.startswith("{", begin) and marks.closing(begin, end) == end - 1:
        begin, end = begin + 1, end - 1
        while begin < end and text[begin].isspace():
            begin += 1
        while begin < end and text[end - 1].isspace():
            end -= 1
    return text[begin:end]

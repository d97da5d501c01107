"""The titles that a BibTeX file has, each of which is in an entry or told."""

from __future__ import annotations

import re

from ..errors import Refusal
from .lines import Lines
from .wording import one_line

KINDS = (
    "article|book|booklet|collection|comment|conference|dataset|electronic|inbook|incollection"
    "|inproceedings|manual|mastersthesis|misc|online|patent|periodical|phdthesis|preamble|preprint"
    "|proceedings|report|software|string|techreport|thesis|unpublished|www"
)
"""What entries are called."""
_TITLE = re.compile(
    rf"(?<![\w-])title\s*=\s*[{{\"](?=(.{{0,80}}))|@(?:{KINDS})\s*\{{([^\s,{{}}=]{{1,80}}),"
    r"(?=\s*[A-Za-z][\w-]{0,40}\s*=)",
    re.IGNORECASE,
)
"""What each entry has once: a title, and a beginning."""
_END_OF_VALUE = re.compile(r"[}\"][ \t]*(?:,|\Z)")
_FIELD = re.compile(r"(?m)^[^\S\n]*(?:author|year|journal|abstract)\s*=\s*[{\"](?=(.{0,80}))")
"""What stands in entries alone."""


class Titles:
    """The titles that a file's text has, and how far they are accounted for."""

    def __init__(self, path: str, text: str) -> None:
        self.place = 0
        self._path = path
        self._text = text
        self._lines = Lines(text)

    def left_over(self, end: int) -> list[Refusal]:
        """Tell the titles that stand before the next entry and in none."""
        begin, self.place = self.place, max(end, self.place)
        found = [match for match in _TITLE.finditer(self._text, begin, end) if match[1]]
        return [
            self._tell(match) for match in found or [*_FIELD.finditer(self._text, begin, end)][:1]
        ]

    def within(self, begin: int, end: int) -> list[Refusal]:
        """Tell what within an entry says that another begins there: its first title is its own."""
        self.place = end
        found = [*_TITLE.finditer(self._text, begin + 1, end)]
        own = next((match for match in found if match[1] is not None), None)
        return [self._tell(match, within=True) for match in found if match is not own]

    def _tell(self, match: re.Match[str], *, within: bool = False) -> Refusal:
        line = self._lines.at(match.start())
        said = next(filter(None, match.groups()), "")
        words = one_line(_END_OF_VALUE.split(said)[0]).rstrip(' ,{}"')[:60]
        if within and match.re is _TITLE and match[1] is not None:
            message = f"{words!r} is a second title of one entry; it was left out."
            hint = "Begin each entry with '@article{key,', and give each one title."
            return Refusal(self._path, line, message, hint)
        message = f"{words!r} belongs to no entry: none begins before it, or one does not end."
        return Refusal(self._path, line, message, "Begin each entry with '@article{key,'.")

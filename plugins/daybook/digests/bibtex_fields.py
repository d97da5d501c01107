"""The fields of a BibTeX entry, whose braces or quotation marks may be missing.

No text is looked at twice for one entry's sake and again for another's: what closes what is known
(`Marks`), no entry reaches beyond the next that begins a line, and texts are cut out of an entry
only when it is known to close.
"""

from __future__ import annotations

import re

from .bibtex_marks import Marks
from .bibtex_strings import Strings

_NAME = re.compile(r"\s*([A-Za-z][\w:.+/-]*(?:[^\S\n]+[\w:.+/-]+){0,3})\s*=\s*")
"""A field's name; Scopus writes some in two words."""
_KEY = re.compile(r"\s*+[^,={}\"\n]*+\s*+,")
_WORD = re.compile(r"[^\s,#{}()\"]+")
_JOIN = re.compile(r"\s*#\s*")
_ONCE = frozenset({"author", "doi", "eprint", "year"})
"""Fields of which a second value is another entry's."""

_Spans = list[tuple[int, int]]
"""Where the parts of a value begin, with their marks, and end, without."""


class _BrokenError(Exception):
    """An entry whose braces or quotation marks do not close."""


class Fields:
    """What reads the fields of a text's entries, one entry after another."""

    def __init__(self, text: str) -> None:
        self.marks = Marks(text)
        self.strings = Strings(len(text))
        self._text = text
        self._failed: set[int] = set()
        """Places between fields from which no reading by lines comes to an entry's end."""

    def read(self, start: re.Match[str]) -> tuple[dict[str, str] | None, int, bool]:
        """Give an entry's fields, where it ends, and whether all is as it should be.

        The fields are ``None`` where its braces do not say where they end.
        """
        key = _KEY.match(self._text, start.end()) if start[0][-1] in "{(" else None
        begin = key.end() if key else start.end()
        for by_lines in (False, True):
            passed: list[int] = []
            try:
                values, end = self._values(begin, passed, by_lines=by_lines)
            except _BrokenError:
                continue
            fields, again = self._said(values)
            return fields, end, not (by_lines or again)
        self._failed.update(passed)
        return None, begin, False

    def _values(
        self, at: int, passed: list[int], *, by_lines: bool
    ) -> tuple[list[tuple[str, _Spans]], int]:
        """Find ``name = value`` pairs up to the entry's closing brace; note where each pair ends.

        With `by_lines` a value ends where the next field's line follows, whatever its braces say:
        for entries whose braces do not match.
        """
        text, end = self._text, self.marks.next_entry(at)
        values: list[tuple[str, _Spans]] = []
        while (name := _NAME.match(text, at, end)) is not None:
            spans, at = self._value(name.end(), end, by_lines=by_lines)
            if by_lines and at in self._failed:
                raise _BrokenError
            passed.append(at)
            values.append((name[1].lower(), spans))
            while at < end and text[at] in " \t\r\n,":
                at += 1
        if at >= end or text[at] not in "})":
            raise _BrokenError
        return values, at + 1

    def _value(self, at: int, end: int, *, by_lines: bool) -> tuple[_Spans, int]:
        spans: _Spans = []
        while True:
            if self._text[at : at + 1] in ("{", '"'):
                close = self._closing(at, end, by_lines=by_lines)
                spans.append((at, close))
                at = close + 1
            elif word := _WORD.match(self._text, at, end):
                spans.append(word.span())
                at = word.end()
            else:
                raise _BrokenError
            joined = _JOIN.match(self._text, at, end)
            if joined is None:
                return spans, at
            at = joined.end()

    def _closing(self, at: int, end: int, *, by_lines: bool) -> int:
        """Find where a value ends; an entry that begins on a line of its own means it never did."""
        mark = "}" if self._text[at] == "{" else '"'
        if by_lines:
            likely = self.marks.field_end(at + 1, end)
            if likely is not None and self._text[likely] == mark:
                return likely
        close = self.marks.closing(at, end)
        if close is None:
            raise _BrokenError
        return close

    def _said(self, values: list[tuple[str, _Spans]]) -> tuple[dict[str, str], bool]:
        """Give the first value of each field; whether one that an entry has once is said anew."""
        fields: dict[str, str] = {}
        again = False
        for key, spans in values:
            value = self._joined(spans)
            again |= key in _ONCE and fields.get(key, value) != value
            fields.setdefault(key, value)
        return fields, again

    def _joined(self, spans: _Spans) -> str:
        parts: list[str] = []
        named = 0
        for begin, end in spans:
            if self._text[begin] in '{"':
                parts.append(self._text[begin + 1 : end])
            else:
                parts.append(self.strings.text_of(self._text[begin:end]))
                named += len(parts[-1]) - (end - begin)
        return self.strings.joined(parts, named)

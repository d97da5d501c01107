"""The fields of one record in YAML, of which some may be broken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from ..errors import Refusal
from .wording import one_line
from .yaml_values import Record, value_of

_KEY = re.compile(r"(?P<indent> *)(?P<key>[\"']?[\w<][\w<.-]{0,40}[\"']?):(?=\s|\Z)")
_DASH = re.compile(r" *- *")
_VALUE = re.compile(r"\s*(?:[|>][-+\d]{0,2}(?=\s))?\s*([\s\S]*)")
_REFERS = re.compile(r"[&*!]")
"""What a value begins with that says it elsewhere."""
_CLOSINGS = ('"', "'", "]", '"]', "']", "}", '"}', "'}", "}]", '"}]', "'}]")
"""What a value may lack at its end."""
_BLOCKS = frozenset({"", "|", ">", "|-", ">-", "|+", ">+"})
"""What stands behind a key whose value is all below it."""
_HINT = "Correct it, or save the file again."

_Piece = tuple[int, list[str]]
"""The line on which a field begins, and its lines."""


class Fields:
    """Reads records one after the other, and collects what is broken in them."""

    def __init__(self, path: str, *, dashed: bool, cut: int) -> None:
        """Begin; `cut` is the line within which the file ends, or 0."""
        self.told: list[Refusal] = []
        self.breaks_off = False
        self.count = 0
        """How many fields there are."""
        self.broken = 0
        """How many of them are no YAML as they stand."""
        self._path = path
        self._dashed = dashed
        self._cut = cut
        self._odd = 0
        """The first line of a record whose key stands at another column than the others."""

    def read(self, line: int, lines: list[str]) -> Iterator[tuple[str, Record]]:
        """Read a record, or the two that its lines are, each with its name."""
        name, value = self._whole(lines)
        if value is not None:
            self.count += len(value)
            records = [(line, value)]
        else:
            records = list(self._read_fields(line, lines))
        for begin, record in records:
            if any(key.lower() == "title" and said for key, said in record.items()):
                placed = Record(record)
                placed.line = begin
                yield name, placed
            else:
                self.tell(begin, "the record that begins here has no title that can be read")

    def tell(self, line: int, what: str, *, kept: bool = False, cut: bool = False) -> None:
        """Tell what is broken on a line, and what became of it."""
        if cut:
            self.breaks_off = True
            message, hint = f"the list breaks off here: {what} was left out.", "Save it again."
        else:
            message = f"{what}; it was {'read as it stands' if kept else 'left out'}."
            hint = _HINT
        self.told.append(Refusal(self._path, line, message, hint, fatal=not kept))

    def _whole(self, lines: list[str]) -> tuple[str, dict[str, Any] | None]:
        """Read a record that is YAML as it stands; of another, its name alone."""
        value = value_of("\n".join(lines))
        if self._dashed:
            alone = isinstance(value, list) and len(value) == 1
            return "", value[0] if alone and isinstance(value[0], dict) else None
        if isinstance(value, dict) and len(value) == 1:
            ((name, record),) = value.items()
            return name, record if isinstance(record, dict) else None
        return lines[0].strip().rstrip(":").strip("\"'"), None

    def _read_fields(self, line: int, lines: list[str]) -> Iterator[tuple[int, dict[str, Any]]]:
        """Read what of a broken record is whole; where its fields come again, another begins."""
        record: dict[str, Any] = {}
        begin, before, self._odd = line, len(self.told), 0
        pieces = self._pieces(line, lines)
        self.count += len(pieces)
        fields = [(number, *self._field(number, piece)) for number, piece in pieces]
        for place, (number, key, value) in enumerate(fields):
            if key is None:
                continue
            if key in record:
                again = {other for _, other, _ in fields[place:] if other in record}
                if key.lower() == "title" or len(again) > 1:
                    names = ", ".join(sorted(filter(None, again)))
                    self.tell(number, f"a record says {names} twice, and may be two", kept=True)
                    yield begin, record
                    record, begin = {}, number
                else:
                    what = f"a record says {key!r} twice; what it says first was left for this"
                    self.tell(number, what, kept=True)
            record[key] = value
        if len(self.told) == before:
            what = "this line, or what is above it in its record, stands at a wrong column"
            self.tell(self._odd or line, what, kept=True)
        yield begin, record

    def _pieces(self, line: int, lines: list[str]) -> list[_Piece]:
        """Part a record's lines where a key begins that is none of a value's own."""
        if self._dashed:
            lines = [_DASH.sub(lambda dash: " " * len(dash[0]), lines[0], count=1), *lines[1:]]
            first = 0
        else:
            first = 1
        keys = (match for each in lines[first:] if (match := _KEY.match(each)))
        # The first may stand beside the others, behind its dash.
        column = min((len(match["indent"]) for match in islice(keys, 2)), default=0)
        pieces: list[_Piece] = []
        for number, each in enumerate(lines[first:], line + first):
            if not each.strip():
                if pieces:
                    pieces[-1][1].append("")
                continue
            match = _KEY.match(each)
            indent = len(each) - len(each.lstrip(" "))
            if match is not None and indent <= column + _slack(pieces, indent - column):
                pieces.append((number, [each[indent:]]))
                self._odd = self._odd or (number if indent != column else 0)
            elif indent > column or each.startswith("- ", column):
                if pieces:
                    pieces[-1][1].append(each[column:])
                else:
                    pieces.append((number, [each[column:]]))
            elif not each.lstrip().startswith("#"):
                pieces.append((number, [each.strip()]))
        return pieces

    def _field(self, line: int, piece: list[str]) -> tuple[str | None, Any]:
        """Read a field; what is none, or cannot be read, is told, and has no key."""
        text = "\n".join(piece).rstrip()
        last = line + text.count("\n")
        value = value_of(text)
        if isinstance(value, dict) and len(value) == 1:
            ((key, said),) = value.items()
            return key, said
        if value == {}:
            return None, None  # A name of the file's own.
        self.broken += 1
        shown = repr(one_line(text)[:40])
        match = _KEY.match(text)
        if self._cut and last >= self._cut:
            self.tell(line, shown, cut=True)
            return None, None
        if match is not None and (said := _mended(text, match)) is not None:
            self.tell(
                line, f"{shown} is no YAML: a quotation mark or a bracket may be amiss", kept=True
            )
            return match["key"].strip("\"'"), said
        refers = match is not None and _REFERS.match(text[match.end() :].lstrip())
        self.tell(line, f"{shown} {'refers to what is not read' if refers else 'is no YAML'}")
        return None, None


def _slack(pieces: list[_Piece], further: int) -> int:
    """Give 1 where a key stands a column too far, as nothing that the field above says does."""
    if further != 1 or not pieces:
        return 0
    said, *below = pieces[-1][1]
    inside = next((each for each in below if each.strip()), "")
    if inside:
        return int(inside.startswith("  "))
    key = _KEY.match(said)
    return int(said[key.end() if key else 0 :].strip() not in _BLOCKS)


_WORD_QUOTED = re.compile(r"([\"'])[^\"']+\1\s")
"""Where marks are around the first words alone, none of them is the value's own."""


def _mended(text: str, key: re.Match[str]) -> Any:
    """Give a value that lacks its end or has a mark too many; ``None`` where it cannot be told."""
    for closing in _CLOSINGS:
        value = value_of(text + closing)
        if isinstance(value, dict) and len(value) == 1:
            return next(iter(value.values()))
    match = _VALUE.match(text, key.end())
    said = one_line(match[1].replace("\n", " ")) if match else ""
    if not said or _REFERS.match(said) or said[0] in "[{":
        return None
    if said[0] in "\"'" and not _WORD_QUOTED.match(said):
        said = said[1:].removesuffix(said[0]).rstrip()
    return said or None

"""Lists of records in YAML, as sites' data files, pandoc's bibliographies and scripts have them.

What they use of it is read: blocks of keys and items, texts in quotes or over several lines, short
lists and objects in brackets. Anything else, an anchor, a tag, a key twice, makes the text none.
https://yaml.org/spec/1.2.2, https://pandoc.org/MANUAL.html#specifying-bibliographic-data
"""

from __future__ import annotations

import re
from typing import Any

_TITLED = re.compile(r"(?mi)^[^\S\n]*(?:- )?[\"']?title[\"']?:(?:\s|$)")
_FIRST = re.compile(r"(?:- +[\w\"'][^:\n]{0,40}|[\w\"'][^:\n]{0,40}):(?:\s|\Z)|-\s*\Z")
_KEY = re.compile(r"(?:\"([^\"]{1,60})\"|'([^']{1,60})'|([A-Za-z_][\w .+-]{0,60}?)):(?:\s+(.*))?")
_BLOCK = re.compile(r"([|>])[+-]?\d?[+-]?(?:\s+#.*)?")
_REMARK = re.compile(r"\s+#.*\Z")
_NONE = frozenset({"", "~", "null", "none"})
_ISSUED = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_DEEPEST = 12
_LONGEST_FLOW = 400
"""Lines of a list in brackets, or of a text in quotes."""


class _NotReadError(Exception):
    """Raised for what is no YAML, or none that is read."""


def read_yaml(text: str) -> list[Any] | dict[str, Any] | None:
    """Give the value of a text that is a list of records in YAML; ``None`` for any other."""
    if _TITLED.search(text) is None:
        return None
    lines = text.split("\n")
    first = next((line for line in lines if not _is_blank(line)), "")
    if _FIRST.match(first) is None:
        return None
    try:
        reader = _Reader(lines)
        value = reader.node(0)
        reader.end()
    except _NotReadError:
        return None
    if isinstance(value, dict) and not any(
        isinstance(each, dict | list) for each in value.values()
    ):
        return None
    if isinstance(value, dict) and isinstance(value.get("references"), list):
        value = value["references"]
    return _with_days(value) if isinstance(value, dict | list) else None


def _is_blank(line: str) -> bool:
    bare = line.strip()
    return not bare or bare.startswith("#") or bare in ("---", "...")


def _with_days(value: Any) -> Any:
    """Give records with the days of CSL as its JSON has them."""
    if isinstance(value, list):
        return [_with_days(each) for each in value]
    if not isinstance(value, dict):
        return value
    record = {key: _with_days(each) for key, each in value.items()}
    issued = record.get("issued")
    parts: tuple[Any, ...] = ()
    if isinstance(issued, list) and issued and isinstance(issued[0], dict):
        parts = tuple(issued[0].get(name) for name in ("year", "month", "day"))
    elif isinstance(issued, str) and (match := _ISSUED.fullmatch(issued)):
        parts = match.groups()
    numbers = [int(part) for part in parts if isinstance(part, str) and part.isdecimal()]
    return {**record, "issued": {"date-parts": [numbers]}} if numbers else record


class _Reader:
    """The lines of a text while they are being read."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._place = 0

    def end(self) -> None:
        """Make sure that nothing is left."""
        if self._peek() is not None:
            raise _NotReadError

    def node(self, depth: int) -> Any:
        """Read the value that begins in the next line."""
        found = self._peek()
        if found is None or depth > _DEEPEST:
            raise _NotReadError
        indent, text = found
        if text == "-" or text.startswith("- "):
            return self._items(indent, depth)
        if _KEY.fullmatch(text):
            return self._record(indent, depth)
        self._place += 1
        return self._scalar(text, indent - 1)

    def _peek(self) -> tuple[int, str] | None:
        """Give how far the next line that says something is set in, and its words."""
        while self._place < len(self._lines) and _is_blank(self._lines[self._place]):
            self._place += 1
        if self._place == len(self._lines):
            return None
        line = self._lines[self._place]
        if "\t" in line[: len(line) - len(line.lstrip())]:
            raise _NotReadError
        return len(line) - len(line.lstrip()), line.strip()

    def _items(self, indent: int, depth: int) -> list[Any]:
        items: list[Any] = []
        while (found := self._peek()) is not None and found[0] == indent:
            text = found[1]
            if text != "-" and not text.startswith("- "):
                break
            inner = text[1:].lstrip()
            if inner and not inner.startswith("#"):
                self._lines[self._place] = " " * (indent + len(text) - len(inner)) + inner
            else:
                self._place += 1
            items.append(self.node(depth + 1))
        return items

    def _record(self, indent: int, depth: int) -> dict[str, Any]:
        record: dict[str, Any] = {}
        while (found := self._peek()) is not None and found[0] == indent:
            match = _KEY.fullmatch(found[1])
            if match is None:
                break
            key = match[1] or match[2] or match[3]
            if key in record:
                raise _NotReadError
            self._place += 1
            rest = (match[4] or "").strip()
            record[key] = self._value(rest, indent, depth)
        below = self._peek()
        if below is not None and below[0] > indent:
            raise _NotReadError
        return record

    def _value(self, rest: str, indent: int, depth: int) -> Any:
        """Read what a key says, beside it or below."""
        if rest and not rest.startswith("#"):
            block = _BLOCK.fullmatch(rest)
            return self._block(block[1], indent) if block else self._scalar(rest, indent)
        below = self._peek()
        listed = below is not None and below[0] == indent and below[1].startswith("-")
        return self.node(depth + 1) if below and (below[0] > indent or listed) else None

    def _block(self, kind: str, indent: int) -> str:
        """Read a text over several lines, which are lines of it, or filled ones."""
        begin = self._place
        while self._place < len(self._lines):
            line = self._lines[self._place]
            if line.strip() and len(line) - len(line.lstrip()) <= indent:
                break
            self._place += 1
        lines = [line.strip() for line in self._lines[begin : self._place]]
        if kind == "|":
            return "\n".join(lines).strip()
        return "\n".join(
            " ".join(part.split("\n")) for part in "\n".join(lines).split("\n\n")
        ).strip()

    def _scalar(self, text: str, indent: int) -> Any:
        """Read a text, plain or in quotes, or what stands in brackets; more may stand below."""
        if text[0] in "&*!@`%":
            raise _NotReadError
        closing = {"[": "]", "{": "}", '"': '"', "'": "'"}.get(text[0])
        parts = [_REMARK.sub("", text)]
        for _ in range(_LONGEST_FLOW):
            if closing and _is_closed(parts[-1], closing, whole=len(parts) == 1):
                break
            if (below := self._peek()) is None or below[0] <= indent:
                break
            self._place += 1
            parts.append(_REMARK.sub("", below[1]))
        whole = " ".join(parts)
        if closing is None:
            return None if whole.lower() in _NONE else whole
        if not whole.endswith(closing) or len(whole) < len("[]"):
            raise _NotReadError
        return _flow(whole)


def _is_closed(text: str, closing: str, *, whole: bool) -> bool:
    return (
        text.endswith(closing)
        and not (whole and len(text) == 1)
        and not text.endswith("\\" + closing)
    )


def _flow(text: str) -> Any:
    """Read a text in quotes, a list or an object in brackets, as they stand on one line."""
    inner = text[1:-1].strip()
    if text[0] == '"':
        return re.sub(r"\\(.)", lambda sign: {"n": "\n", "t": " "}.get(sign[1], sign[1]), inner)
    if text[0] == "'":
        return inner.replace("''", "'")
    parts = [_plain(part) for part in _divided(inner)]
    if text[0] == "[":
        return parts
    pairs = [_KEY.fullmatch(part) if isinstance(part, str) else None for part in parts]
    if not all(pairs):
        raise _NotReadError
    return {pair[1] or pair[2] or pair[3]: _plain(pair[4] or "") for pair in pairs if pair}


def _plain(text: str) -> Any:
    text = text.strip()
    closed = len(text) > 1 and (text[0], text[-1]) in (
        ("[", "]"),
        ("{", "}"),
        ('"', '"'),
        ("'", "'"),
    )
    return _flow(text) if closed else text


def _divided(text: str) -> list[str]:
    """Divide what stands in brackets by its commas."""
    parts, begin, depth, quote = [], 0, 0, ""
    for place, sign in enumerate(text):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'" and not text[begin:place].strip():
            quote = sign
        elif sign in "[{":
            depth += 1
        elif sign in "]}":
            depth -= 1
        elif sign == "," and not depth:
            parts.append(text[begin:place])
            begin = place + 1
        if depth > _DEEPEST:
            raise _NotReadError
    last = text[begin:]
    return [*parts, last] if last.strip() else parts

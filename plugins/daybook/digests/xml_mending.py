"""XML in which something is broken, written so that a parser takes every record for one.

A parser that recovers leaves out what follows an end without a beginning, or what a tag without an
end swallows. So a broken text is written anew: what is no tag is text, what is open is ended where
what holds it ends, and a record never holds another of its kind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container
from dataclasses import dataclass, field

_NAME = r"[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?"
_TAG = re.compile(
    rf"<(?P<end>/?)(?P<name>{_NAME})"
    rf"(?:(?P<attributes>(?:\s+{_NAME}\s*=\s*(?:\"[^\"<]*+\"|'[^'<]*+'))*+)\s*+(?P<empty>/?)>"
    r"|(?P<rest>[^<>]*+)(?P<close>>?))"
)
_ANY_TAG = re.compile(rf"<(/?)({_NAME})")
_ENDS = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>", "<!": ">"}
"""What begins something in which a tag is none, and what ends it."""
_DECLARATION = "<?xml"
_DEEPEST = 1000
"""How deep elements are read: any parser has a bound, and reads nothing behind it."""
_TEXTUAL = re.compile(
    r"a|abbr|b|bd[io]|big|blockquote|br|center|cite|code|d[dlt]|del|div|em|figure|font|h[1-6]|hr|i|img"
    r"|ins|kbd|li|mark|nobr|[opqsu]|ol|pre|small|span|strike|strong|su[bp]|table|tbody|t[dhr]|thead"
    r"|tt|ul|var|wbr"
)
"""Elements of texts: which of them do not close costs no record anything."""


@dataclass(slots=True)
class Mended:
    """A text that is well-formed, and where it was not."""

    text: str
    faults: list[tuple[int, str]]
    """Places in the text as it was, and what is wrong there."""
    records: int
    """How many there are in it."""


@dataclass(slots=True)
class _Open:
    name: str
    place: int
    is_written: bool = True


@dataclass(slots=True)
class _Mender:
    text: str
    records: Container[str]
    parts: list[str] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    depths: Counter[str] = field(default_factory=Counter)
    begins: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    written: int = 0
    """How many records are."""
    free: tuple[int, int] | None = None
    """Where a record whose beginning was lost can begin: the place among the parts, the depth."""

    def mend(self) -> Mended:
        for end, name in _ANY_TAG.findall(self.text):
            (self.ends if end else self.begins)[name] += 1
        endless: set[str] = set()
        kept = 0
        while (place := self.text.find("<", kept)) >= 0:
            self.parts.append(self.text[kept:place])
            tag = _TAG.match(self.text, place)
            kept = self._take_tag(tag) if tag else self._take_other(place, endless)
        self.parts.append(self.text[kept:])
        while self.open:
            self._close()
        return Mended("".join(self.parts), sorted(set(self.faults)), self.written)

    def _take_other(self, place: int, endless: set[str]) -> int:
        """Take a comment or the like, or a sign that begins nothing; give where it ends."""
        begin = next((sign for sign in _ENDS if self.text.startswith(sign, place)), None)
        # A declaration, and a document type, stand before the first element.
        first = begin == "<!" or self.text.startswith(_DECLARATION, place)
        end = -1
        if begin is not None and begin not in endless and not (first and self.depths):
            end = self.text.find(_ENDS[begin], place + len(begin))
            if end < 0:
                endless.add(begin)
        if begin is None or end < 0:
            return self._as_text(place, place + 1, f"{begin or '<'!r} begins nothing that ends")
        end += len(_ENDS[begin])
        self.parts.append(self.text[place:end])
        return end

    def _as_text(self, place: int, end: int, what: str) -> int:
        """Write a part as the text it is; a record's beginning may have been there."""
        self.faults.append((place, what))
        self.parts.append(self.text[place:end].replace("<", "&lt;"))
        self.free = self._here()
        return end

    def _here(self) -> tuple[int, int]:
        self.parts.append("")
        return len(self.parts) - 1, len(self.open)

    def _take_tag(self, tag: re.Match[str]) -> int:
        name = tag["name"]
        if tag["rest"] is not None and not self._is_tag(tag):
            return self._as_text(tag.start(), tag.start() + 1, f"{tag[0][:40]!r} is no tag")
        if tag["end"]:
            self._end(name, tag.start())
            self.parts.append("\n" * tag[0].count("\n"))
        else:
            self._begin(tag)
            if tag["rest"] and not tag["close"]:
                return tag.start("rest")
        return tag.end()

    def _is_tag(self, tag: re.Match[str]) -> bool:
        """Whether what is no whole tag is the rest of one, as others of its name tell."""
        name = tag["name"]
        self.faults.append((tag.start(), f"the tag {name!r} is broken"))
        others = self.begins[name] if tag["end"] else self.ends[name]
        return others > 0 and (not tag["rest"] or tag["rest"][0] in " \t\r\n/" or bool(tag["end"]))

    def _begin(self, tag: re.Match[str]) -> None:
        name, place = tag["name"], tag.start()
        if self._is_record(name) and self.depths[name]:
            self.faults.append((place, "a record begins before the one above it ends"))
            while self.depths[name]:
                self._close()
        if len(self.open) >= _DEEPEST:
            self._begin_too_deep(tag)
            return
        empty = tag["empty"] or ""
        lines = "\n" * (tag["rest"] or "").count("\n") if tag["close"] else ""
        self.parts.append(f"<{name}{tag['attributes'] or ''}{lines}{empty}>")
        self.written += self._is_record(name)
        if not empty:
            self.open.append(_Open(name, place))
            self.depths[name] += 1
        elif self._is_record(name):
            self.free = self._here()

    def _begin_too_deep(self, tag: re.Match[str]) -> None:
        """Leave out a tag, and its end; what stands between them stays."""
        what = f"more than {_DEEPEST} elements are within each other; the inner ones were left out"
        self.faults[:] = self.faults or [(tag.start(), what)]
        self.parts.append("\n" * tag[0].count("\n"))
        if not tag["empty"]:
            self.open.append(_Open(tag["name"], tag.start(), is_written=False))
            self.depths[tag["name"]] += 1

    def _end(self, name: str, place: int) -> None:
        once = self.begins[name] == 1
        self.ends[name] -= 1
        if not self.depths[name]:
            self._end_unbegun(name, place)
        elif once and self.ends[name]:
            self.faults.append((place, f"'</{name}>' ends more than it began"))
        else:
            while self.open[-1].name != name:
                if _TEXTUAL.fullmatch(self.open[-1].name) is None:
                    what = f"the element {self.open[-1].name!r} that begins there does not end"
                    self.faults.append((self.open[-1].place, what))
                self._close()
            self._close()
            if self._is_record(name):
                self.free = self._here()

    def _end_unbegun(self, name: str, place: int) -> None:
        """Leave out an end without a beginning, or begin a record where its beginning was lost."""
        if _TEXTUAL.fullmatch(name) is None:
            self.faults.append((place, f"'</{name}>' ends nothing that began"))
        if not self._is_record(name) or self.free is None:
            return
        part, depth = self.free
        if depth <= len(self.open) and any(text[:1] == "<" for text in self.parts[part:]):
            self.parts[part] = f"<{name}>"
            self.written += 1
            while len(self.open) > depth:
                self._close()
            self.parts.append(f"</{name}>")
        self.free = self._here()

    def _close(self) -> None:
        element = self.open.pop()
        self.depths[element.name] -= 1
        if element.is_written:
            self.parts.append(f"</{element.name}>")
        if self.free is not None and self.free[1] > len(self.open):
            self.free = None

    def _is_record(self, name: str) -> bool:
        return name.rpartition(":")[2] in self.records


def mend(text: str, records: Container[str]) -> Mended:
    """Write a broken text so that it is well-formed, and each of the records in it apart."""
    return _Mender(text, records).mend()

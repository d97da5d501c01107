"""A page that a program rendered as text or Markdown, taken apart: headings, links and words.

Renderers differ in how they write a link: ``[words](address)``, ``[words][32]`` with the addresses
in a list at the end (or lost), or the address on the line after the words. In all of them a link
can span lines and hold an image. A `Piece` is what remains of either: words, and where they lead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .shielding import unescaped

_IMAGE = re.compile(
    r"!\[[^\[\]]{0,300}\]\([^()\s]*\)|\[(?:图片|Image|image|画像)(?: \d+)?[:：][^\[\]]{0,200}\]"
    r"|(?<!\\)<(?:a id|img|br)\b[^<>]{0,300}>|(?<!\\)</a>"
)
_END = re.compile(
    r"\]\((?P<url>[^()\s]*(?:\([^()\s]*\)[^()\s]*)?)(?:\s+\"[^\"\n]*\")?\)|\]\[(\d{1,4})\]"
)
_BRACKET = re.compile(r"\\.|[\[\]]")
_WRAPPED = re.compile(r" {2,}[^\s\[*-]")
_HEADING = re.compile(r"[ \t]*(#{1,6})[ \t]+(\S.*)?")
_REFERENCE = re.compile(r"\s*\[(\d{1,4})\]:\s+(\S+)")
_ADDRESS = re.compile(r"https?://(?:www\.)?huggingface\.co/\S*")
_LINE_END = re.compile(r"\\{1,2}(?=\s*(?:\n|\Z))|\\(?=  )")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a rendered page that belong together."""

    line: int
    """Where they begin, counted from 1."""
    text: str
    """One or several lines, without marks."""
    level: int = 0
    """1 to 6 for a heading, else 0."""
    url: str | None = None
    """Where a link leads; empty where the rendering lost its address, ``None`` for no link."""
    inline: bool = False
    """Whether other words precede it on its line."""
    pictured: bool = False
    """Whether a link's words begin with those of an image in brackets."""
    closed: bool = True
    """Whether a link, or what stood open at the end, was closed."""


@dataclass(slots=True)
class _Open:
    line: int
    inline: bool
    level: int
    words: list[str]


def take_apart(lines: list[str], begin: int = 0) -> Iterator[Piece]:
    """Give the pieces of a rendered page, in order; `begin` is the index of its first line."""
    found = (_REFERENCE.fullmatch(line) for line in lines)
    references = {match[1]: match[2] for match in found if match}
    addressed = _has_addresses(lines)
    pending: Piece | None = None
    for piece in _pieces(lines, begin, references):
        if not addressed:
            yield piece
            continue
        # The address of a link stands on a line of its own, after its words.
        if piece.url is None and _ADDRESS.fullmatch(piece.text):
            if pending is not None and pending.url is None:
                yield Piece(pending.line, pending.text, pending.level, piece.text)
            pending = None
            continue
        if pending is not None:
            yield pending
        pending = piece
    if pending is not None:
        yield pending


def _has_addresses(lines: list[str]) -> bool:
    return sum(_ADDRESS.fullmatch(line.strip()) is not None for line in lines) > 3


def _pieces(lines: list[str], begin: int, references: dict[str, str]) -> Iterator[Piece]:
    page = _Page(references)
    heading: Piece | None = None
    for index in range(begin, len(lines)):
        if _REFERENCE.fullmatch(lines[index]):
            continue
        line = _IMAGE.sub("", lines[index])
        if heading is not None and _WRAPPED.match(line):
            heading = replace(heading, text=f"{heading.text} {line.strip()}")
            continue
        if heading is not None:
            yield heading
            heading = None
        for piece in page.take(index + 1, line):
            if piece.level and piece.url is None and not piece.inline:
                heading = piece  # It may go on in the next line.
            else:
                yield piece
    if heading is not None:
        yield heading
    yield from page.abandon()


class _Page:
    """A rendered page while its lines are being read; a link may stand open between them."""

    def __init__(self, references: dict[str, str]) -> None:
        self._references = references
        self._open: _Open | None = None

    def take(self, number: int, line: str) -> Iterator[Piece]:
        """Give the pieces that end on a line."""
        heading = _HEADING.fullmatch(line)
        level = len(heading[1]) if heading else 0
        if heading is not None:
            yield from self.abandon()
        place = heading.start(2) if heading and heading[2] else len(line) if heading else 0
        first = place
        if self._open is not None:
            end = _END.search(line)
            if end is None:
                self._open.words.append(line)
                return
            yield self._close(line[: end.start()], end)
            place = end.end()
        for begin, end in _links(line, place):
            if words := _plain(line[place:begin]):
                yield Piece(number, words, level, inline=place > first)
            self._open = _Open(number, bool(line[first:begin].strip()), level, [])
            if end is None:
                self._open.words.append(line[begin + 1 :])
                return
            yield self._close(line[begin + 1 : end.start()], end)
            place = end.end()
        if words := _plain(line[place:]):
            yield Piece(number, words, level, inline=place > first)

    def _close(self, words: str, end: re.Match[str]) -> Piece:
        opened, self._open = self._open, None
        assert opened is not None
        opened.words.append(words)
        url = end["url"] if end["url"] is not None else self._references.get(end[2], "")
        return _link(opened, url)

    def abandon(self) -> Iterator[Piece]:
        """Give the words of a link that never ended."""
        opened, self._open = self._open, None
        if opened is not None and (text := "\n".join(opened.words).strip()):
            yield Piece(opened.line, _plain(text), opened.level, closed=False)


def _links(line: str, place: int) -> Iterator[tuple[int, re.Match[str] | None]]:
    """Give where links begin and end in a line; the end of one that goes on is ``None``.

    Brackets are matched in one pass. One that is closed and leads nowhere is only a bracket; one
    that is not closed begins a link when nothing but a mark precedes it.
    """
    ends: dict[int, int] = {}
    stack: list[int] = []
    for match in _BRACKET.finditer(line, place):
        if match[0] == "[":
            stack.append(match.start())
        elif match[0] == "]" and stack:
            ends[stack.pop()] = match.start()
    before = place
    for begin in sorted([*ends, *stack]):
        if begin < before:
            continue
        if begin not in ends:
            if not line[before:begin].strip(" \t#·•-*"):
                yield begin, None
                return
        elif end := _END.match(line, ends[begin]):
            yield begin, end
            before = end.end()


def _link(opened: _Open, url: str) -> Piece:
    text = "\n".join(opened.words).strip()
    alternative = re.match(r"\[[^\[\]\n]*\]\s*(?=\S)", text)
    if alternative:
        text = text[alternative.end() :]
    return Piece(
        opened.line, _plain(text), opened.level, url, opened.inline, pictured=bool(alternative)
    )


def _plain(text: str) -> str:
    text = _LINE_END.sub("", text)
    return unescaped(text).strip()

"""A file on its way to a reader: its bytes, its text, its JSON, each worked out once."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ..errors import MalformedDigestError, Refusal
from .decoding import decode, refuse_binary

MARKUP_CAP = 20_000_000
"""Bytes of HTML, XML or JSON that are parsed at most: a day's page has 0.3 million."""
TEXT_CAP = 100_000_000
"""Bytes of any other text that are read at most."""

_LISTS = re.compile(r'"(?:dailyPapers|papers|results|items|data|hits)"\s*:\s*\[')
_BLANK = re.compile(r"[\s,]*")
_PAGE = re.compile(r"<(?:!doctype|\?xml|html|rss|feed|rdf|body|head)\b", re.IGNORECASE)
_MARKS = re.compile(r"(?m)^(?:> ?)*(?:#{1,6} \S|[-*+] \S|\d+\. \S|\|.*\|[ \t]*$)")
_SHORTEN = "Save a shorter list, or split the file."


@dataclass(frozen=True)
class Json:
    """A JSON text as far as it could be read."""

    value: Any
    cut: Refusal | None = None
    """Where and why reading ended before the text did."""


@dataclass
class Document:
    """One saved file, as a reader sees it."""

    path: str
    """Relative to the digests folder, with forward slashes: for messages."""
    data: bytes
    doubts: list[Refusal] = field(default_factory=list)
    """Warnings about the file as a whole."""

    @cached_property
    def text(self) -> str:
        """The decoded text, with line feeds as line ends and no byte order mark.

        Raises:
            MalformedDigestError: for binary, empty and oversized files.
        """
        check_size(self.path, len(self.data), self.data[:256])
        refuse_binary(self.path, self.data)
        text, doubt = decode(self.data)
        if doubt is not None:
            self.doubts.append(
                Refusal(self.path, None, doubt, "Save it again as UTF-8.", fatal=False)
            )
        text = text.removeprefix("\ufeff")
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if not text.strip("\x00 \t\n\ufeff"):
            raise MalformedDigestError(
                self.path, "expected a list of papers, found an empty file.", hint="Save it again."
            )
        return text

    @cached_property
    def start(self) -> str:
        """The first 64,000 characters without leading white space: what `accepts` looks at."""
        return self.text[:64_000].lstrip()

    @cached_property
    def is_markup(self) -> bool:
        """Whether it is HTML or XML: Markdown, too, may begin with a tag or two."""
        if not self.start.startswith("<"):
            return False
        return _PAGE.match(self.start) is not None or not _is_markdown(self.start)

    @cached_property
    def parsed(self) -> Json | None:
        """The JSON value of the whole text; ``None`` where the text is something else.

        Of a list that breaks off, the elements before the break are read.

        Raises:
            MalformedDigestError: for JSON of which nothing can be read.
        """
        if not self.start.startswith(("{", "[")):
            return None
        try:
            return Json(json.loads(self.text, parse_constant=_no_constant))
        except RecursionError:
            raise MalformedDigestError(
                self.path,
                "the JSON is nested too deeply to be a list of papers.",
                hint="Save the list itself.",
            ) from None
        except json.JSONDecodeError as error:
            return self._broken_json(error)
        except ValueError as error:
            raise MalformedDigestError(
                self.path,
                f"the JSON cannot be read: {error}.",
                hint="Correct it, or save it again.",
            ) from None

    def _broken_json(self, error: json.JSONDecodeError) -> Json | None:
        text = self.text
        begin = len(text) - len(text.lstrip())
        if text[begin] == "{":
            match = _LISTS.search(text)
            if match is None or error.msg == "Extra data":
                return None
            begin = match.end() - 1
        elements, end = read_elements(text, begin + 1)
        if not elements and not re.match(r"\[\s*[{\[\"]", text[begin : begin + 64]):
            return None  # Bracketed text that is no JSON at all: another reader may know it.
        line = text.count("\n", 0, end) + 1
        cut = Refusal(
            self.path,
            line,
            f"the JSON breaks off after {len(elements)} entries ({error.msg}).",
            "Save or fetch it again.",
        )
        return Json(elements, cut)


def _is_markdown(text: str) -> bool:
    """Whether a text that begins with a tag has Markdown's marks and links, and more than tags'."""
    links = text.count("](")
    return links > 0 and links >= text.count(" href=") and len(_MARKS.findall(text)) > 2


def check_size(path: str, size: int, head: bytes) -> None:
    """Refuse a file that is too large to parse in bounded memory.

    Raises:
        MalformedDigestError: naming the size and the cap.
    """
    marked = head.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:1] in {b"<", b"{", b"["}
    cap = MARKUP_CAP if marked else TEXT_CAP
    if size > cap:
        raise MalformedDigestError(
            path,
            f"expected at most {cap // 1_000_000} MB, found {size / 1_000_000:.1f} MB.",
            hint=_SHORTEN,
        )


def read_elements(text: str, position: int) -> tuple[list[Any], int]:
    """Read the elements of a JSON array from just after its bracket, as far as they go.

    Returns the elements and where reading ended: at the closing bracket or at what is broken.
    """
    decoder = json.JSONDecoder(parse_constant=_no_constant)
    elements: list[Any] = []
    while True:
        gap = _BLANK.match(text, position)
        position = gap.end() if gap else position
        try:
            element, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            return elements, min(position, len(text))
        elements.append(element)


def _no_constant(_: str) -> None:
    """Read NaN and the infinities as unknown: JSON has no such numbers."""

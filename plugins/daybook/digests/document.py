"""A file on its way to a reader: its bytes, its text, its JSON, each worked out once."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from ..errors import MalformedDigestError, Refusal
from .conflicts import without_conflicts
from .decoding import decode, is_unicode, refuse_binary
from .json_text import Json, read_json

if TYPE_CHECKING:
    from .page_signs import PageSigns

MARKUP_CAP = 20_000_000
"""Bytes of HTML, XML or JSON that are parsed at most: a day's page has 0.3 million."""
TEXT_CAP = 100_000_000
"""Bytes of any other text that are read at most."""

_ROOT = re.compile(
    r"(?:\s|<\?[^>]*>|<!--(?:[^-]|-(?!->))*-->|<!doctype\b[^>\[]*+(?:\[[^\]]*+\])?[^>]*+>)*+"
    r"<(?:[A-Za-z]\w*:)?(?P<name>[A-Za-z][\w.-]*)",
    re.IGNORECASE,
)
"""A document's first element, behind its declaration, document type and comments."""
_XML_ROOTS = frozenset(
    {"feed", "rss", "rdf", "oai-pmh", "pubmedarticleset", "dblp", "result", "xml", "records"}
)
_HTML_ROOTS = frozenset({"html", "head", "body"})
_DECLARED = re.compile(r"<(?:!doctype|\?xml)\b", re.IGNORECASE)
_MARKS = re.compile(r"(?m)^(?:> ?)*(?:#{1,6} \S|[-*+] \S|\d+\. \S|\|.*\|[ \t]*$)")
_ENDS = re.compile(r"\r+\n|\r")
_ENDS_OF_BYTES = re.compile(_ENDS.pattern.encode())
_OBJECT = re.compile(r"[\[{]\s*(?:[\[{]\s*)*\"[^\"\n]{0,100}\"\s*:")
_NUMBERED = re.compile(r"\[\d{1,4}\][^\S\n]+\S")
"""A reference's number and its first word."""
_BLANK = re.compile(r"[\s\ufeff]*")
_SHORTEN = "Save a shorter list, or split the file."


class Kind(enum.Enum):
    """What a file is by what it begins with."""

    JSON = "JSON"
    XML = "XML"
    HTML = "HTML"
    TEXT = "text"


@dataclass
class Document:
    """One saved file, as a reader sees it."""

    path: str
    """Relative to the digests folder, with forward slashes: for messages."""
    data: bytes
    doubts: list[Refusal] = field(default_factory=list)
    """What is to be told of the file as a whole."""

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
        if "\r" in text:
            text = _ENDS.sub("\n", text)
        text, undone = without_conflicts(self.path, text)
        self.doubts += [undone] if undone else []
        if (blank := _BLANK.match(text)) and "\ufeff" in blank[0]:
            text = blank[0].replace("\ufeff", "") + text[blank.end() :]
        if not text.strip("\x00 \t\n\ufeff"):
            raise MalformedDigestError(
                self.path, "expected a list of papers, found an empty file.", hint="Save it again."
            )
        return text

    @cached_property
    def octets(self) -> bytes:
        """The file's bytes, with line feeds as line ends: for what holds texts of many encodings.

        A file that is in one of Unicode's encodings as a whole is given as UTF-8, without a mark.
        """
        if self.is_unicode:
            return self.text.encode("utf-8", "replace")
        return _ENDS_OF_BYTES.sub(b"\n", self.data) if b"\r" in self.data else self.data

    @property
    def is_unicode(self) -> bool:
        """Whether all of it is UTF-16, UTF-32 or marked UTF-8, whatever a part of it says."""
        return is_unicode(self.data)

    @cached_property
    def start(self) -> str:
        """The first 64,000 characters without leading white space: what `accepts` looks at."""
        return self.text[:64_000].lstrip()

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """What it may be, the likeliest first: its beginning decides, and no word within it.

        Only what begins with a tag and is no whole page, or breaks off where it should be JSON,
        may be something else, too.

        Raises:
            MalformedDigestError: for JSON of which nothing can be read.
        """
        if self.start.startswith(("{", "[")):
            held = self.parsed is not None and self.parsed.value not in ([], {})
            return (Kind.JSON,) if held or self.is_json else (Kind.TEXT, Kind.JSON)
        if not self.start.startswith("<"):
            # Cards of a page may stand below a note.
            return (Kind.TEXT, Kind.HTML) if "<article" in self.start else (Kind.TEXT,)
        if self.root in _XML_ROOTS or (self.start.startswith("<?xml") and self.root != "html"):
            return (Kind.XML, Kind.HTML)
        if self.root in _HTML_ROOTS or _DECLARED.match(self.start):
            return (Kind.HTML, Kind.XML)
        return (Kind.TEXT, Kind.HTML) if _is_markdown(self.start) else (Kind.HTML, Kind.TEXT)

    @cached_property
    def root(self) -> str | None:
        """The name of the first element, in small letters and without its namespace's prefix."""
        match = _ROOT.match(self.start)
        return match["name"].lower() if match else None

    @cached_property
    def is_markup(self) -> bool:
        """Whether it is HTML or XML: Markdown, too, may begin with a tag or two."""
        return self.kinds[0] in (Kind.XML, Kind.HTML)

    @cached_property
    def page(self) -> PageSigns:
        """What its elements say, where it is HTML."""
        from .page_signs import read_signs  # noqa: PLC0415 - text and JSON need no HTML parser

        return read_signs(self.text)

    @property
    def is_json(self) -> bool:
        """Whether it begins with an object of JSON, or a list of them, whole or not."""
        return _OBJECT.match(self.start) is not None

    @cached_property
    def parsed(self) -> Json | None:
        """The JSON value of the whole text; ``None`` where the text is something else.

        Of a list that is broken, the elements that are not are read.

        Raises:
            MalformedDigestError: for JSON of which nothing can be read.
        """
        if not self.start.startswith(("{", "[")) or _NUMBERED.match(self.start):
            return None
        return read_json(self.path, self.text)


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
            f"expected at most {cap:,} bytes ({cap // 1_000_000} MB), found {size:,}.",
            hint=_SHORTEN,
        )

"""Plain text as Markdown that shows it literally, and back.

What is escaped is what starts a construct in Python-Markdown with Pelican's extensions (extra,
codehilite, meta) or in CommonMark; everything else stays as a keeper would type it. Escapes are
backslashes where every Markdown knows them, and entities where only some do.
"""

from __future__ import annotations

import re

from ..digests.wording import shows_nothing

# `str.isprintable` is the quick way out below: of printable text nothing needs cleaning, and it is
# all of one line.

_SEPARATORS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile(r"\n{3,}")
_SPECIAL = re.compile(r"[\\`*_\[<]|&(?=#?\w+;)")
_SIGNS = "\\`*_[<&"
_LINE_START = re.compile(r"^(?:[-+#>{]|\d+(?=[.)](?:\s|\Z))|[=~|:])", re.MULTILINE)
_ENTITIES = {"<": "&lt;", "&": "&amp;"}
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|&(?:(lt|gt|amp|quot)|#(\d{2,3}));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_VALUE_SPECIAL = re.compile(r"<|&(?=#?\w+;)")
_VALUE_ESCAPED = re.compile(r"&(lt|amp);")


def clean(text: str) -> str:
    """Give the text as any file can hold it: no controls, no lone surrogates, one kind of line."""
    text = _SEPARATORS.sub("\n", text)
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", text))


def one_line(text: str) -> str:
    """Give a text on one line; spaces within it stay as they are."""
    if text.isprintable():
        return text.strip()
    text = clean(text)
    return " ".join(text.split()) if "\n" in text or "\t" in text else text.strip()


def paragraphs(text: str) -> str:
    """Give a text as paragraphs with one blank line between them, no line indented."""
    text = text.strip()
    if text.isprintable():
        return text
    text = "\n".join(line.strip() for line in clean(text).replace("\t", " ").split("\n"))
    return _BLANKS.sub("\n\n", text).strip()


def write_markdown(text: str) -> str:
    """Write plain text as Markdown that shows it as it is. The text is put into `paragraphs`."""
    text = paragraphs(text)
    if any(
        sign in text for sign in _SIGNS
    ):  # a tenth of a pattern's time, and mostly there is none
        text = _SPECIAL.sub(lambda match: _ENTITIES.get(match[0]) or "\\" + match[0], text)
    if "\n" in text:
        return _LINE_START.sub(lambda match: _escape_start(match[0]), text)
    start = _LINE_START.match(text)
    return _escape_start(start[0]) + text[start.end() :] if start else text


def _escape_start(start: str) -> str:
    if start in "=~|:":
        return f"&#{ord(start)};"
    return start + "\\" if start.isdigit() else "\\" + start


def read_markdown(text: str) -> str:
    """Read back what `write_markdown` wrote: `paragraphs` without the escapes."""
    text = paragraphs(text)
    if "\\" not in text and "&" not in text:
        return text
    return _ESCAPED.sub(
        lambda match: match[1] or _NAMED.get(match[2] or "") or chr(int(match[3])), text
    )


def shown_line(text: str) -> str:
    """Give a text on one line; '' where nobody sees any of it."""
    line = one_line(text)
    return "" if shows_nothing(line) else line


def write_value(text: str) -> str:
    """Write a text as a front-matter value: one line, in which no tag can begin.

    What nobody sees any of is no value.
    """
    value = shown_line(text)
    if "<" not in value and "&" not in value:
        return value
    return _VALUE_SPECIAL.sub(lambda match: _ENTITIES[match[0]], value)


def read_value(value: str) -> str:
    """Read back what `write_value` wrote."""
    return _VALUE_ESCAPED.sub(lambda match: _NAMED[match[1]], value) if "&" in value else value

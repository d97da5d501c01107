r"""Text that stands in Markdown as text: '\<b\>', '&lt;b&gt;' and '`<b>`' are read here, once.

What they stand for must not be taken for a mark afterwards, however often a line is looked at. So
each sign that could be one is shielded: written as one of Unicode's non-characters, which no text
may hold (and none keeps, see `wording.repair`), until the entry is made.
"""

from __future__ import annotations

import dataclasses
import html
import re

from ..errors import Refusal
from ..records import Entry, Link

_SIGNS = "\\`*_[]<>&!|~#{}-+();"
_SHIELDS = {sign: chr(0xFDD0 + place) for place, sign in enumerate(_SIGNS)}
_SHIELD = str.maketrans(_SHIELDS)
_UNSHIELD = str.maketrans({shield: sign for sign, shield in _SHIELDS.items()})
_SHIELDED = re.compile(f"[{''.join(_SHIELDS.values())}]")
_FOREIGN = re.compile("[\ufdd0-\ufdef]")
_MARKS = frozenset("\\`*_[]<>&!|~#{}")
"""Signs that could be a mark anywhere; others only where a line begins or after a bracket."""
_ESCAPED = re.compile(
    r"\\([\\`*_{}\[\]()#+.!|<>&~-])"  # https://spec.commonmark.org/0.31.2/#backslash-escapes
    r"|(&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)((?:#?\w{1,31};){0,9})"
)
_CODE = re.compile("`+")
_FENCE = "```"
_BAR = re.compile(r"(?<!\\)\|")
_LINKED = re.compile(
    r"!?\[[^\[\]]*+\]\([^()]{0,400}(?:\([^()]{0,400}\)[^()]{0,400})?\)|\](?=[(\[:])|!(?=\[)"
)
_REFERENCE = re.compile(r"&(?:#?\w{1,31};){1,9}")
"""What only looks like an entity; its end is no end of a title."""
_HTML_MARKS = re.compile(r"[\\`*_<>&~]")


def shielded(line: str) -> str:
    r"""Give a line of Markdown with its escapes, entities and code read, and shielded.

    Escapes that TeX has, too (``\'``, ``\%``), are left to it.
    """
    if not line.isascii() and _FOREIGN.search(line):
        line = _FOREIGN.sub("", line)
    if "\\" not in line and "&" not in line and "`" not in line:
        return line
    if _FENCE in line or "`" not in line:
        return _unescaped(line)
    if line.lstrip().startswith("|"):  # No code goes on in the next cell.
        return "|".join(map(_without_code, _BAR.split(line)))
    return _without_code(line)


def _without_code(line: str) -> str:
    parts, place = [], 0
    for begin, opened, closed, end in _code_spans(line):
        code = line[opened:closed]
        if code.startswith(" ") and code.endswith(" ") and code.strip():
            code = code[1:-1]
        parts += [_unescaped(line[place:begin]), _shield_all(code)]
        place = end
    return "".join([*parts, _unescaped(line[place:])])


def _code_spans(line: str) -> list[tuple[int, int, int, int]]:
    """Give where spans of code and the code in them begin and end.

    A run of backticks ends at the next of its length; an escaped one is none.
    """
    runs = [match.span() for match in _CODE.finditer(line)]
    following: dict[int, int] = {}
    closing: list[int | None] = [None] * len(runs)
    for number in range(len(runs) - 1, -1, -1):
        begin, end = runs[number]
        closing[number] = following.get(end - begin)
        following[end - begin] = number
    spans, number = [], 0
    while number < len(runs):
        begin, opened = runs[number]
        closed = closing[number]
        if closed is None or _is_escaped(line, begin):
            number += 1
            continue
        spans.append((begin, opened, *runs[closed]))
        number = closed + 1
    return spans


def unescaped(text: str) -> str:
    """Give a text with its escapes and entities read, for those who look for marks before."""
    return unshielded(_unescaped(text))


def _is_escaped(line: str, place: int) -> bool:
    before = place
    while before and line[before - 1] == "\\":
        before -= 1
    return (place - before) % 2 == 1


def _unescaped(text: str) -> str:
    if "\\" not in text and "&" not in text:
        return text
    return _ESCAPED.sub(_stands_for, text)


def _stands_for(match: re.Match[str]) -> str:
    if match[2]:
        said = html.unescape(match[2])
        following = match[3] if said != "&" else shield(match[3], ";")  # '&amp;lt;' is text.
        return _shield_all(said) + following
    sign = match[1]
    at = match.start()
    if sign in _MARKS:
        return _SHIELDS[sign]
    if sign in "+-" and not match.string[:at].strip(" >"):
        return _SHIELDS[sign]  # It would begin a list.
    if sign == "(" and match.string[at - 1 : at] == "]":
        return _SHIELDS[sign]  # It would end a link.
    return sign


def _shield_all(text: str) -> str:
    return "".join(_SHIELDS[sign] if sign in _MARKS else sign for sign in text)


def shielded_words(text: str) -> str:
    """Give the text of a page for a line of Markdown: what it says is never a mark there.

    Brackets, bars, numbers and dots stay, as newsletters divide what they say by them.
    """
    text = _FOREIGN.sub("", text)
    if "](" in text or "][" in text or "]:" in text or "![" in text:
        text = _LINKED.sub(lambda match: shield(match[0], _around(match[0])), text)
    if "&" in text:
        text = _REFERENCE.sub(lambda match: match[0].translate(_SHIELD), text)
    return _HTML_MARKS.sub(lambda match: _SHIELDS[match[0]], text)


def _around(link: str) -> str:
    return "![]" if "://" in link else "![]()"  # An address in brackets is no link of its own.


def shield(text: str, signs: str) -> str:
    """Shield some signs."""
    return text.translate({ord(sign): _SHIELDS[sign] for sign in signs})


def unshielded(text: str) -> str:
    """Give the text that is meant."""
    return text if text.isascii() or _SHIELDED.search(text) is None else text.translate(_UNSHIELD)


def unshielded_entry(entry: Entry) -> Entry:
    """Give an entry whose texts are those that are meant."""
    changes: dict[str, object] = {}
    for field in dataclasses.fields(entry):
        value = getattr(entry, field.name)
        fresh: object = value
        if isinstance(value, str):
            fresh = unshielded(value)
        elif isinstance(value, tuple):
            fresh = tuple(_unshielded_part(part) for part in value)
        if fresh != value:
            changes[field.name] = fresh
    return dataclasses.replace(entry, **changes) if changes else entry  # type: ignore[arg-type]


def _unshielded_part(part: object) -> object:
    if isinstance(part, str):
        return unshielded(part)
    return Link(part.kind, unshielded(part.url)) if isinstance(part, Link) else part


def unshielded_refusal(refusal: Refusal) -> Refusal:
    """Give a refusal whose message says what is meant."""
    return dataclasses.replace(refusal, message=unshielded(refusal.message))

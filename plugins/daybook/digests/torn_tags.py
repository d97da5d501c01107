"""Tags of a page that are broken: a parser makes something of each, and what it held is gone.

The one check behind all readers of pages: of a link that lost its beginning, its words are left,
and no reader can tell them from any others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..errors import Refusal
from .document import Document
from .lines import Lines

_TAG = re.compile(
    r"</?(?P<name>[A-Za-z][\w:.-]*+)"
    r"(?:[\s/]*+[^\s\"'<>/=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'<>]++))?+)*+[\s/]*+>"
)
_BEGIN = re.compile(r"<(?:!--|(?=/?[A-Za-z0-9])|(?=[\"']>))")
_ADDRESS = re.compile(r"\bhref\s*=\s*\"\s*+[^\"?\s<>]++[ <>][^\"?]*[^\"?\s]\"", re.IGNORECASE)
"""An address with a sign in it that none has."""
_PAPER = re.compile(r"\d{4}\.\d{4,5}(?!\d)|/10\.\d{4,9}/")
_SIGN = re.compile(r"[<>]")
_LONGEST_TAG = 10_000
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "noembed", "noframes", "iframe"})
"""Elements in which no tag is one, but their own end."""
_MOST_TOLD = 10
_LONGEST_SHOWN = 60


def tell_torn_tags(document: Document, known: Iterable[Refusal]) -> list[Refusal]:
    """Tell the tags of a page that are none, by their lines, where nothing is `known` of those."""
    text, lines = document.text, Lines(document.text)
    spoken_of = {refusal.line for refusal in known}
    told: list[Refusal] = []
    place, more = 0, 0
    while (begun := _BEGIN.search(text, place)) is not None:
        place = _behind(text, begun)
        if place > begun.start():
            torn = _torn_address(text[begun.start() : place])
        else:
            place = begun.start() + 1
            torn = _torn(text, begun.start())
        if torn is None:
            continue
        if (line := lines.at(begun.start())) in spoken_of:
            continue
        spoken_of.add(line)
        words = " ".join(torn.split())[:_LONGEST_SHOWN]
        if len(told) < _MOST_TOLD:
            message = f"a tag is broken there: {words!r}; what it held may be missing."
            told.append(_refusal(document.path, line, message))
        else:
            more += 1
    if more:
        message = f"{more:,} more lines have broken tags from there on."
        told.append(_refusal(document.path, told[-1].line, message))
    return told


def _torn(text: str, place: int) -> str | None:
    """Give what is left of a tag at a place: with an attribute's end, or without its own."""
    end = min(_ends(text, place), place + _LONGEST_TAG)
    rest = text[place:end]
    if rest.endswith(('">', "'>")):
        return rest
    is_tag = rest.lstrip("</")[:1].isalpha()
    return rest if is_tag and (not rest.endswith(">") or '"' in rest or "'" in rest) else None


def _torn_address(tag: str) -> str | None:
    """Give the address of a link where a sign within it keeps it from leading to its paper."""
    if tag[1:3].lower() not in ("a ", "a\n", "a\t"):
        return None
    address = _ADDRESS.search(tag)
    return address[0] if address and _PAPER.search(address[0]) else None


def _ends(text: str, place: int) -> int:
    sign = _SIGN.search(text, place + 1)
    if sign is None:
        return len(text)
    return sign.end() if sign[0] == ">" else sign.start()


def _behind(text: str, begun: re.Match[str]) -> int:
    """Give the place behind a comment, a tag or a whole script; where it begins if it is torn."""
    if begun[0] == "<!--":
        end = text.find("-->", begun.end())
        return end + 3 if end >= 0 else len(text)
    tag = _TAG.match(text, begun.start())
    if tag is None:
        return begun.start()
    name = tag["name"].lower()
    if name not in _RAW or tag[0][1] == "/":
        return tag.end()
    own_end = re.compile(rf"</{name}\b", re.IGNORECASE).search(text, tag.end())
    return own_end.start() if own_end else len(text)


def _refusal(path: str, line: int | None, message: str) -> Refusal:
    return Refusal(path, line, message, "See what stands there, and save it again.", fatal=False)

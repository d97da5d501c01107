"""Where a text ends: whether a list that has no end of its own was cut within its last line.

Very many good files have no line end behind their last line, so that alone says nothing. A cut
between two words of a short line, or within a name, cannot be known; told is what no whole file
ends with, and what hardly one does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..errors import Refusal
from ..records import Entry
from .identifiers import read_arxiv, read_doi
from .wording import one_line

_WELL = re.compile(r"[.!?)\]}>\"'”’»…。！？|*`$]\Z|[-=_~]{2}\Z|(?:\A|\s)(?:https?://\S+|[\d.,]+)\Z")
"""What the last words of something that is whole end with: a mark, an address or a number."""
_OPEN = re.compile(r"\[[^\[\]]*\Z|\]\([^()]*(?:\([^()]*\)[^()]*)*\Z|</?[A-Za-z!][^<>]*\Z")
"""A link or an element within which a line ends."""
_HALF_ADDRESS = re.compile(r"https?(?::/{0,2}[\w-]*)?", re.IGNORECASE)
_IDENTIFIER = re.compile(
    r"(?:https?://)?(?:www\.|dx\.)?(?:arxiv(?:\.org/(?:abs|pdf|html)/|:)|doi(?:\.org/|:)|10\.\d{4})",
    re.IGNORECASE,
)
"""What a word begins with that is an identifier, or was to be one."""
_LEADS_ON = re.compile(
    r"(?:[,–—]|(?<!\S)(?:an?|the|of|and|or|to|for|with|which|than|from|our|its|their|is|are))\Z"
)
"""What no text ends with: it leads on to a word."""
_LINK = re.compile(r"!?\[[^\[\]]*\]\([^()\s]*\)|https?://\S+")
_SENTENCE = re.compile(r"[^\W\d_]{2}[.!?]\s+[^\W\d_]")
_MARKED = re.compile(r"\s*(?:[-*+•|>#%]|\d+[.)]\s)")
"""A line that begins something, and goes on with nothing."""
_FEW, _MANY = 12, 25
"""Words of a text: of so few, as of a title or a remark, a full stop is not expected."""
_WRAPPED = 60
"""Characters of a line at least that goes on below."""
_LAST = 2_000
_WORDS = 3


def seems_cut(text: str) -> bool:
    """Whether the words with which a text or a value ends can hardly be its last ones."""
    return _is_torn(text) or _is_amid_sentence(text)


def _is_torn(text: str) -> bool:
    """Whether a text ends within a link, a row of a table, an address or an identifier."""
    last = text.rstrip()[-_LAST:].rpartition("\n")[2].strip()
    if last.startswith("|") and not last.endswith("|"):
        return True
    word = last.rpartition(" ")[2].lstrip("(<[\"'")
    half = _HALF_ADDRESS.fullmatch(word) or (
        _IDENTIFIER.match(word) and read_arxiv(word) is None and read_doi(word) is None
    )
    return bool(half) or last.count("**") % 2 == 1 or _OPEN.search(last) is not None


def _is_amid_sentence(text: str) -> bool:
    """Whether a text of several sentences, or a long one, ends without a mark, or leads on."""
    last = _paragraph(text)
    if _WELL.search(last):
        return False
    count = len(_LINK.sub(" ", last).split())
    long = count >= _MANY or (count >= _FEW and _SENTENCE.search(last) is not None)
    return long or (len(last.split()) > _WORDS and _LEADS_ON.search(last) is not None)


def _paragraph(text: str) -> str:
    """Give the last line, with those above it that go on in it."""
    lines = text.rstrip()[-_LAST:].split("\n")
    begin = len(lines) - 1
    while begin and len(lines[begin - 1]) >= _WRAPPED and not _MARKED.match(lines[begin]):
        begin -= 1
    return one_line(" ".join(lines[begin:]))


def tell_ending(
    path: str, text: str, entries: Iterable[Entry], told: Iterable[Refusal]
) -> list[Refusal]:
    """Tell a file that ends within a line, where nothing that was told speaks of its last paper.

    A farewell below the papers may end as it likes.
    """
    if text.endswith("\n") or not seems_cut(text):
        return []
    last = max(entries, key=lambda entry: entry.line or 1, default=None)
    if not _is_torn(text) and (last is None or not _says_last(last, text)):
        return []
    line = (last and last.line) or 1
    if any(refusal.line is not None and refusal.line >= line for refusal in told):
        return []
    message = "the file ends in the middle of a line: what it says last may be cut off."
    hint = "Save it again; if nothing is missing, end its last line."
    return [Refusal(path, text.count("\n") + 1, message, hint, fatal=False)]


def _says_last(entry: Entry, text: str) -> bool:
    """Whether a text's last words are the last ones of something that is said of a paper."""
    words = re.findall(r"\w+", text[-_LAST:])
    for said in (entry.title, entry.abstract, entry.blurb, entry.ai_summary):
        last = re.findall(r"\w+", (said or "")[-_LAST:])[-_WORDS:]
        if last and words[-len(last) :] == last:
            return True
    return False

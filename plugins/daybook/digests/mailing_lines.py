r"""Lines of arXiv's mailings as arXiv sent them: quoted, indented, or doubled.

What programs for mail do to a mailing, beside its words: a sign of quotation before each line, an
empty line behind each, ``\\`` as ``\`` or as nothing. Of pages see `mailing_page`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

MARK = "\\\\"
RULE = re.compile(r"-{20,}|[%-]{20,}")
SIGN = re.compile(
    r"(?m)^(?P<before>(?:[ \t\xa0]{0,8}[>|])*+[ \t\xa0]{0,8})(?:arXiv:|Paper: )\S[^\n]{0,100}\n"
    r"(?:(?P=before)[ \t]*\n|[ \t>|\xa0]{0,20}\n){0,3}(?P=before)(?:Date|From)\b[^\n:]{0,20}:"
)
"""A paper's first two lines, however far in."""
_ADDRESS = re.compile(r"\\{0,2}\s*\(\s*https?://arxiv\.org/abs/\S{4,30}\s*,?[^()]{0,40}\)\s*")
PAPER = re.compile(r"(?:arXiv:|Paper: )\S")
_FIELD = re.compile(
    r"(?:Date|From|Title|Authors?|Categories|Comments|Journal-ref|DOI|Report-no|Proxy|License"
    r"|(?:MSC|ACM)-class)\b[^:]{0,20}:"
)
_SHORT = re.compile(r"(?:Categories|DOI|Report-no|License|(?:MSC|ACM)-class):")
"""A field of one line."""
_TITLE = "Title:"
_FIRST = ("Date", "From:", "replaced with", _TITLE)


class Line(NamedTuple):
    """A line of a mailing, and the number of the file's line that it was."""

    number: int
    text: str


def lines_as_sent(text: str) -> list[Line]:
    """Give a text's lines as they were sent."""
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    sign = SIGN.search(text)
    if sign is None:
        return lines
    if before := sign["before"]:
        lines = [Line(n, _without(line, before)) for n, line in lines]
    lines = [Line(n, MARK + line[1:]) if _is_halved(line) else Line(n, line) for n, line in lines]
    if _are_doubled(lines):
        lines = _halved(lines)
    if not any(line.startswith(MARK) for _, line in lines):
        lines = [*_with_marks(lines)]
    return lines


def _without(line: str, before: str) -> str:
    """Take what stands before each line off one; where it ends, spaces may be lost."""
    if line.startswith(before):
        return line[len(before) :]
    return "" if line.strip() == before.strip() else line


def _is_halved(line: str) -> bool:
    r"""Whether a line's ``\\`` became ``\``, as Markdown and others have it."""
    return line.strip() == "\\" or (line[:3] == "\\ (" and _ADDRESS.fullmatch(line) is not None)


def _are_doubled(lines: list[Line]) -> bool:
    """Whether an empty line stands behind each line."""
    told = [place for place, line in enumerate(lines) if line.text.strip()]
    pairs = list(itertools.pairwise(told))
    return bool(pairs) and sum(after - place == 1 for place, after in pairs) * 20 < len(pairs)


def _halved(lines: list[Line]) -> list[Line]:
    kept: list[Line] = []
    empty = 0
    for line in lines:
        if line.text.strip():
            kept += [Line(line.number, "")] * (empty // 2)
            kept.append(line)
            empty = 0
        else:
            empty += 1
    return kept


def _with_marks(lines: list[Line]) -> Iterator[Line]:
    """Write the marks of which none is left, around each paper's head and behind its abstract."""
    within = titled = False
    for place, (number, text) in enumerate(lines):
        begins = _begins(lines, place)
        if within and (begins or RULE.fullmatch(text.strip())):
            yield Line(number, MARK)
            within = False
        if begins:
            yield Line(number, MARK)
            within, titled = True, False
        titled |= text.startswith(_TITLE)
        if within and titled and _ends_head(lines, place):
            yield Line(number, MARK)
            titled = False
        if within and _ADDRESS.fullmatch(text):
            yield Line(number, f"{MARK} {text}")
            within = False
        else:
            yield Line(number, text)
    if within:
        yield Line(lines[-1].number, MARK)


def _ends_head(lines: list[Line], place: int) -> bool:
    """Whether a line is behind a head that has a title: empty, or the first of an abstract.

    That one is indented as a field's second line is; but it is behind a field that has none, or
    the next line is neither indented nor a field.
    """
    text = lines[place].text
    if not text.strip():
        return True
    below = lines[place + 1].text if place + 1 < len(lines) else ""
    if text[0] != " ":
        return _FIELD.match(text) is None
    goes_on = below[:1].strip() != "" and _FIELD.match(below) is None
    return _SHORT.match(lines[place - 1].text) is not None or (
        goes_on and not (RULE.fullmatch(below) or _ADDRESS.fullmatch(below))
    )


def _begins(lines: list[Line], place: int) -> bool:
    """Whether a line is a paper's first: it names one, and its fields follow."""
    if PAPER.match(lines[place].text) is None:
        return False
    below = (line.text for line in lines[place + 1 : place + 4] if line.text.strip())
    return next(below, "").startswith(_FIRST)

"""One damage to a list of four, as a cut or a stray sign; and which papers it cost untold."""

from __future__ import annotations

import random
import re

from daybook.digests import read_digest
from daybook.errors import DigestError, Refusal
from daybook.records import Entry

from .shapes import NAMES, Shape

_STRAY = (
    *("\"'<>&()[]{}*`|\\#\n \t-@%,;:$\0\r"),
    *("**", "```", "\n\n", "- ", "<!--", "-->", "<b>", "</a>", "</li>", "</ul>", "<p", "</td>"),
    *(
        "</table>",
        "<div>",
        "<![CDATA[",
        "]]>",
        "<?",
        "</title>",
        "<title>",
        "</record>",
        "</entry>",
    ),
    *("\\\\\n", "---\n", "&nbsp;", "<script>", "<a href=", "ER  - \n", "%0 ", "</article>"),
)
_LONGEST_CUT = 160
_MARK = re.compile(r"[\[\](){}<>\"*|,:/\\-]")
_ID = re.compile(r"2501\.0\d{4}|10\.1000/[a-z]+\.\d")
_STRAY_ENDS = 1
"""Line ends that a damage may have put into a record."""
_BELOW = 2
"""Lines behind a paper's name on which it may be told; before it, as many as a record has."""


def damaged(text: str, begin: int, end: int, chance: random.Random) -> str:
    """Give a text with one damage between two places."""
    place = chance.randrange(begin, end)
    kind, stray = chance.randrange(6), str(chance.choice(_STRAY))
    if kind == 0:
        return text[:place] + text[min(place + chance.randint(1, _LONGEST_CUT), end) :]
    if kind == 1:
        return text[:place] + stray + text[place:]
    if kind == 2:
        return text[:place] + stray[0] + text[place + 1 :]
    if kind == 3:
        line = text.rfind("\n", 0, place) + 1
        return text[:line] + text[text.find("\n", place) + 1 or len(text) :]
    if kind == 4:
        line = text.find("\n", place)
        return text[:line] + text[line + 1 :] if line >= 0 else text[:place] + text[place + 1 :]
    marks = [match.start() for match in _MARK.finditer(text, begin, end)]
    mark = chance.choice(marks or [place])
    return text[:mark] + text[mark + 1 :]


def whole(shape: Shape) -> str:
    """Give a list of a shape without any damage."""
    records = [shape.record.format(title=name, number=n) for n, name in enumerate(NAMES)]
    return shape.head + shape.between.join(records) + shape.tail


def damages(shape: Shape, count: int) -> list[str]:
    """Give lists of a shape with one damage each: the same ones every time."""
    text = whole(shape)
    chance = random.Random(shape.record)
    begin, end = len(shape.head), len(text) - len(shape.tail)
    return [damaged(text, begin, end, chance) for _ in range(count)]


def untold(shape: Shape, text: str) -> list[str]:
    """Give the papers that a file names, and that are neither an entry nor told by their lines.

    A paper is named where its title or its identifier is whole. A file that is refused tells all.
    """
    try:
        digests = read_digest("list", text.encode("utf-8", "surrogateescape"))
    except DigestError:
        return []
    entries = [entry for digest in digests for entry in digest.entries]
    told = [refusal for digest in digests for refusal in digest.refusals]
    return [
        name
        for number, name in enumerate(NAMES)
        if (signs := _signs(shape, number, text))
        and not any(_is_of(entry, signs) for entry in entries)
        and not any(_tells(refusal, signs, text, shape) for refusal in told)
    ]


def _signs(shape: Shape, number: int, text: str) -> list[str]:
    """Give what of a paper is whole in a text: its title, its identifiers."""
    record = shape.record.format(title=NAMES[number], number=number)
    return [sign for sign in (NAMES[number], *_ID.findall(record)) if sign in text]


def _is_of(entry: Entry, signs: list[str]) -> bool:
    own = (entry.arxiv, entry.doi)
    return any(sign in own or sign in entry.title for sign in signs)


def _tells(refusal: Refusal, signs: list[str], text: str, shape: Shape) -> bool:
    if any(sign in refusal.message for sign in signs):
        return True
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = [
        plain.count("\n", 0, m.start()) + 1 for s in signs for m in re.finditer(re.escape(s), plain)
    ]
    first, last = min(lines) - shape.record.count("\n") - _STRAY_ENDS, max(lines) + _BELOW
    return refusal.line is not None and first <= refusal.line <= last

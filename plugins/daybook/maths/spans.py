"""Mathematics in other people's text: found where it certainly is some, set or left alone.

Titles and abstracts carry TeX between dollar signs, but also prices, shell variables and TeX whose
signs were lost on the way. A doubtful span stays as it came: a formula that is not set still reads,
a price that is set does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

from .mathml import LONGEST, Formula, formula

_MOST = 500
"""Formulas in one text; what follows is text."""
_SPAN = re.compile(
    rf"""
      \$\$ (?P<display> [^$]{{1,{LONGEST}}} ) \$\$
    | \\\[ (?P<bracket> .{{1,{LONGEST}}}? ) \\\]
    | \\\( (?P<paren> .{{1,{LONGEST}}}? ) \\\)
    | (?<![\\$]) \$ (?P<inline> [^$]{{1,{LONGEST}}} ) (?<!\\) \$ (?!\$)
    """,
    re.VERBOSE | re.DOTALL,
)
_STRONG = re.compile(r"\\[A-Za-z,;!% |{}]|[\^_]")
"""What only TeX writes."""
_IN_TEXT = re.compile(
    r"\\(?:text|math|operatorname|mbox|emph)[a-z]*\*?\s*\{[^{}]*\}|\\[A-Za-z]+", re.ASCII
)
_SENTENCE = re.compile(r"[^\W\d_]{4,}[ ,.;]+[^\W\d_]{4,}|[^\W\d_]{2,} [^\W\d_]{2,} [^\W\d_]{2,}")
_FORMULA = re.compile(r"[\w\s+\-*/=<>()\[\]|.,:;!%@'~≤≥≈×·∼→∞∈±−…{}]+")
_COMMAND = re.compile(r"\\[A-Za-z]")
_RELATION = re.compile(r"[<>=+\-−~≤≥≈∼±×]\Z")
_WORDS = re.compile(r"[^\W\d_]{4,}|[^\W\d_]{2,}\s+[^\W\d_]{2,}|\d\s+[^\W\d_]{2,}")


def may_have_maths(text: str) -> bool:
    """Tell at once that most texts hold no mathematics."""
    return "$" in text or "\\(" in text or "\\[" in text


def parts(text: str) -> Iterator[str | Formula]:
    """Part a text into what stays text and formulas, in order."""
    end = start = found = 0
    while found < _MOST and (match := _SPAN.search(text, start)):
        known = _formula(text, match)
        if known is None:
            start = match.start() + 1
            continue
        found += 1
        if match.start() > end:
            yield text[end : match.start()]
        yield known
        end = start = match.end()
    if end < len(text):
        yield text[end:]


def plain_text(text: str) -> str:
    """Write a text for what knows no markup: '$O(n^2)$' becomes 'O(n²)'."""
    if not may_have_maths(text):
        return text
    return "".join(part if isinstance(part, str) else part.plain for part in parts(text))


def plain_start(text: str, length: int) -> str:
    """Give the beginning of `plain_text`, at least `length` characters of it or else all.

    A list shows but the first words of an abstract, whose formulas are not set for that.
    """
    head = text[: length + 1]  # and a character of what may begin with the last one
    if len(text) <= length or may_have_maths(head):
        return _start(parts(text), length) if may_have_maths(text) else text
    return head[:length]


def _start(said: Iterator[str | Formula], length: int) -> str:
    found = ""
    for part in said:
        found += part if isinstance(part, str) else part.plain
        if len(found) >= length:
            break
    return found


def title_to_html(title: str) -> str | Markup:
    """Give a title for a page: as it is, or with its formulas as MathML."""
    if not may_have_maths(title):
        return title
    found = list(parts(title))
    if not any(isinstance(part, Formula) for part in found):
        return title
    return Markup("").join(escape(part) if isinstance(part, str) else part.html for part in found)


def _formula(text: str, match: re.Match[str]) -> Formula | None:
    kind = match.lastgroup
    tex = match[kind or 0].strip()
    if not tex or (kind == "inline" and not _is_certain(text, match, tex)):
        return None
    display = kind in {"display", "bracket"}
    if display and _SENTENCE.search(_IN_TEXT.sub(" ", tex)):
        return None
    return formula(tex, display=display)


def _is_certain(text: str, match: re.Match[str], tex: str) -> bool:
    """Tell '$n$' and '$O(n^2)$' from 'between $5 and US$' and '$HOME/$PATH'."""
    before, after = text[max(0, match.start() - 200) : match.start()], text[match.end() :][:1]
    if "://" in before.rpartition(" ")[2]:
        return False
    if before[-1:].isalnum() and tex[0] not in "_^\\{" and not _RELATION.match(tex):
        return False
    if (after.isdigit() or tex != match["inline"]) and not (
        _COMMAND.match(tex) or _RELATION.match(tex)
    ):
        return False  # '$5 and $6', '$5-$6'; but '$\\sim$10' and '$ \\times $'
    if _STRONG.search(tex):
        return _SENTENCE.search(_IN_TEXT.sub(" ", tex)) is None
    if tex[-1] in ",.:;/" and after.isalnum():
        return False
    return _FORMULA.fullmatch(tex) is not None and _WORDS.search(tex) is None

r"""One formula in TeX, set as MathML for a page and as plain text for what knows no markup.

latex2mathml reads the TeX; its tree is written here, element by element, since its own writing lets
``\text{<script>}`` through. What is not in the tables below is not written, and a formula with a
command that latex2mathml does not know (it gives such a one back as an identifier) is not
converted at all. Style attributes do not exist in the tables: the security policy forbids them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert_to_element
from markupsafe import Markup, escape

from .mathtext import RELATIONS, WIDTH, merged, plain_row, text_of

LONGEST = 600
"""Characters of TeX; a longer formula is no formula for a line of text."""
_DEEPEST = 12
"""Braces within braces; latex2mathml and browsers go down recursively."""
_LARGEST = 400
"""Elements; a matrix larger than that is shown as its TeX."""
_WIDEST = 56
"""Characters that 360 pixels hold of a formula, most of which stand above or below each other."""
_NOT = re.compile(r"\\not\s*(=|\\in(?![a-z])|\\subset(?![a-z])|\\equiv(?![a-z]))")
_PER_CENT = re.compile(r"(?<!\\)%")
_NUMBERED = re.compile(r"\\unicode\{x([23][0-9a-fA-F]{3})\}")
_CROSSED = {"=": r"\neq ", r"\in": r"\notin ", r"\subset": "⊄", r"\equiv": "≢"}
_SIGNED = frozenset("+-−±∓∼")
_CLOSING = frozenset(")]}|‖!′%")
_ROWS = {"math", "mrow", "mtd", "mstyle", "mpadded", "mphantom", "msqrt"}
_ELEMENTS = _ROWS | {
    *("mi", "mn", "mo", "mtext", "mspace", "mfrac", "mroot", "msub", "msup", "msubsup"),
    *("munder", "mover", "munderover", "mmultiscripts", "mprescripts", "mtable", "mtr"),
}
_ATTRIBUTES = {
    "displaystyle": {"true", "false"},
    "scriptlevel": {"0", "1", "2"},
    "stretchy": {"true", "false"},
    "fence": {"true", "false"},
    "form": {"prefix", "infix", "postfix"},
    "accent": {"true"},
    "movablelimits": {"true", "false"},
    "linethickness": {"0"},
}
_REFUSED = re.compile(
    r"\\(?:[gex]?def|let|(?:re)?newcommand|href|url|class|style|cssId|id|unicode|char|color"
    r"|textcolor|colorbox|tag|label|eqref|ref|cite[pt]?|begin\{(?:align|tabular|equation)|input|not)"
    r"(?![A-Za-z])"
)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was understood."""

    html: Markup
    """A ``<math>`` element with the plain text as its ``alttext``; a long formula is several of
    them, between which a line may break."""
    plain: str
    """The formula as a line of text: 'O(n²)', 'x_max ≤ ½'."""


@lru_cache(maxsize=8192)
def formula(tex: str, *, display: bool = False) -> Formula | None:
    """Set one formula, given without its dollar signs; ``None`` where that is not certain to work.

    The time it takes is bounded: TeX is limited in length and depth, and definitions, with which a
    few characters can grow without end, are refused.
    """
    if len(tex) > LONGEST or _depth(tex) > _DEEPEST or _REFUSED.search(_spelt(tex)):
        return None
    try:
        tree = convert_to_element(_spelt(tex), display="block" if display else "inline")
        if sum(1 for _ in tree.iter()) > _LARGEST:
            return None
        pieces = _pieces(tree, display=display)
        lines = [(_markup(piece), " ".join(plain_row(piece).split())) for piece in pieces]
    except Exception:  # noqa: BLE001 - latex2mathml has no base for its errors, and others escape
        return None
    plain = " ".join(line for _, line in lines if line)
    if not plain:
        return None
    written = "<wbr>".join(_piece(markup, line, display=display) for markup, line in lines)
    return Formula(Markup(written), plain)


def _spelt(tex: str) -> str:
    """Write what TeX and latex2mathml read otherwise: signs crossed out or named by number, '%'."""
    tex = _NUMBERED.sub(lambda match: chr(int(match[1], 16)), tex)
    return _NOT.sub(lambda match: _CROSSED[match[1]], _PER_CENT.sub(r"\\%", tex))


def _piece(markup: str, plain: str, *, display: bool) -> str:
    """Write a piece; one too wide for a phone, that nothing can break, as text, which wraps."""
    if len(plain) > _WIDEST:
        return str(escape(plain))
    block = ' display="block"' if display else ""
    return f'<math{block} alttext="{escape(plain)}">{markup}</math>'


def _depth(tex: str) -> int:
    """Give how deep braces nest; unbalanced ones are deeper than anything."""
    depth = deepest = 0
    for brace in re.findall(r"\\.|[{}]|\\left\b|\\right\b", tex):
        depth += (brace == "{") - (brace == "}")
        deepest = max(deepest, depth)
        if depth < 0:
            return LONGEST
    return LONGEST if depth else deepest + tex.count("\\begin") + tex.count("\\left")


def _pieces(tree: Element, *, display: bool) -> list[list[Element]]:
    """Give what stands in one ``<math>`` each: a long line may break after a relation or comma.

    Browsers do not break formulas, and a phone is 360 pixels wide.
    """
    row = list(tree)
    while len(row) == 1 and row[0].tag == "mrow":
        row = list(row[0])
    if display or len(plain_row(row)) <= 16:
        return [row]
    pieces: list[list[Element]] = [[]]
    for element in row:
        pieces[-1].append(element)
        if element.tag == "mo" and (text_of(element) in RELATIONS or text_of(element) == ","):
            pieces.append([])
    return [piece for piece in pieces if piece]


def _markup(row: Iterable[Element]) -> str:
    """Write elements as MathML, knowing nothing but the tables above.

    Raises:
        ValueError: for an element that is not in them, and for TeX that was not understood.
    """
    written = ""
    before: Element | None = None
    for element in merged(row):
        if before is not None and _needs_space(before, element):
            written += '<mspace width="0.167em"></mspace>'
        if element.tag == "mo" and text_of(element) in _SIGNED and _opens(before):
            element.set("form", "prefix")
        written += _element(element)
        before = element
    return written


def _needs_space(before: Element, element: Element) -> bool:
    """Tell whether two names stand side by side of which one is a word: 'n log n'."""
    names = [text_of(name) for name in (before, element) if name.tag in {"mi", "mn"}]
    return len(names) == 2 and any(len(name) > 1 and name.isalpha() for name in names)


def _opens(before: Element | None) -> bool:
    """Tell whether a sign after `before` belongs to what follows it: 'exp(−x)'."""
    return before is None or (before.tag == "mo" and text_of(before) not in _CLOSING)


def _element(element: Element) -> str:
    tag = str(element.tag)
    if tag not in _ELEMENTS:
        raise ValueError(tag)
    text = escape(text_of(element))
    attributes = "".join(
        f' {name}="{value}"'
        for name, value in element.items()
        if value in _ATTRIBUTES.get(name, ()) or (name == "width" and WIDTH.fullmatch(value))
    )
    if tag == "mi" and len(text) == 1 and element.get("mathvariant") == "normal":
        attributes += ' mathvariant="normal"'
    inside = _markup(element) if tag in _ROWS else "".join(map(_element, element))
    if tag == "mrow" and not attributes and len(element) == 1:
        return inside
    return f"<{tag}{attributes}>{text}{inside}</{tag}>"

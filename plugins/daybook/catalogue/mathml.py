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
    r"|textcolor|colorbox|tag|label|eqref|ref|cite[pt]?|begin\{(?:align|tabular|equation)|input)"
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
    if len(tex) > LONGEST or _depth(tex) > _DEEPEST or _REFUSED.search(tex):
        return None
    try:
        tree = convert_to_element(tex, display="block" if display else "inline")
        budget = sum(1 for _ in tree.iter())
        if budget > _LARGEST:
            return None
        pieces = _pieces(tree, display=display)
        set_pieces = [(_markup(piece), plain_row(piece)) for piece in pieces]
    except Exception:  # noqa: BLE001 - latex2mathml has no base for its errors, and others escape
        return None
    block = ' display="block"' if display else ""
    written = "<wbr>".join(
        f'<math{block} alttext="{escape(plain)}">{markup}</math>' for markup, plain in set_pieces
    )
    plain = " ".join(" ".join(plain for _, plain in set_pieces).split())
    return Formula(Markup(written), plain) if plain else None


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
    return "".join(map(_element, merged(row)))


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

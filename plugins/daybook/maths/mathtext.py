"""The tree of a formula, read: what its elements say, and the whole as a line of plain text.

The tree is latex2mathml's. Plain text is for what knows no markup: meta tags, feeds, excerpts, and
the alternative text of the formula itself.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

RELATIONS = frozenset("=<>≤≥≈∼≃≅≡≠≪≫∈∉⊂⊆∝→←↦⇒≲≳:≔")
WIDTH = re.compile(r"\d(?:\.\d+)?em")
"""A space that has a width, as MathML writes it."""
_WRONG = re.compile(r"[\\$#&\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""In the text of an element: TeX that was not understood, and what HTML forbids."""
_VARIANTS = {
    "bold": "BOLD",
    "bold-italic": "BOLD ITALIC",
    "script": "SCRIPT",
    "fraktur": "FRAKTUR",
    "double-struck": "DOUBLE-STRUCK",
    "sans-serif": "SANS-SERIF",
    "monospace": "MONOSPACE",
}
_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()aeijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
"""Unicode has these and few more; words below the line are hard to read in them."""
_ACCENTS = {"^": "\u0302", "~": "\u0303", "¯": "\u0304", "―": "\u0304", "‾": "\u0304"} | {
    "˙": "\u0307", "¨": "\u0308", "→": "\u20d7", "ˇ": "\u030c", "˘": "\u0306",
}  # fmt: skip
_MARKS = {"′": "′", "″": "″", "‴": "‴", "∘": "°"}
_TIGHT = re.compile(r" ([=<>≤≥∈→]) ")
_WORD = re.compile(r"[a-z]{3}")
_ENDS_IN_WORD = re.compile(r"(?<![A-Za-z_])[a-z]{2,}\Z")


def text_of(element: Element) -> str:
    """Give an element's own text; latex2mathml writes characters as entities.

    Raises:
        ValueError: for TeX that was not understood.
    """
    text = html.unescape(element.text or "")
    if _WRONG.search(text) or len(text) > 200:
        raise ValueError(text)
    names = _VARIANTS.get(element.get("mathvariant", ""))
    return "".join(_variant(letter, names) for letter in text) if names else text


def _variant(letter: str, names: str) -> str:
    """Give a letter's own character in a style: browsers ignore ``mathvariant`` but for one value.

    See https://w3c.github.io/mathml-core/#the-mathvariant-attribute.
    """
    name = re.sub(r"^(?:LATIN|GREEK) |LETTER ", "", unicodedata.name(letter, ""))
    short = f"{names} {name}"
    for full in (f"MATHEMATICAL {short}", short):
        try:
            return unicodedata.lookup(full)
        except KeyError:
            continue
    return letter


def merged(row: Iterable[Element]) -> Iterator[Element]:
    """Join the letters of an upright word, which latex2mathml gives one by one."""
    word: Element | None = None
    for element in row:
        if element.tag == "mi" and _is_sign(html.unescape(element.text or "")):
            element.tag = "mo"  # latex2mathml takes '±' and '∼' for identifiers
            element.text = "∼" if html.unescape(element.text or "") == "~" else element.text
        if element.tag == "mi" and element.get("mathvariant") == "normal" and element.text:
            if word is None:
                word = Element("mi", {"mathvariant": "normal"})
                word.text = ""
            word.text = (word.text or "") + element.text
            continue
        if word is not None:
            yield word
            word = None
        yield element
    if word is not None:
        yield word


def _is_sign(text: str) -> bool:
    return len(text) == 1 and unicodedata.category(text) in {"Sm", "Po", "Pd", "Sk"}


def plain_row(row: Iterable[Element]) -> str:
    """Write a row as text, with space around relations and words."""
    line = ""
    for element in merged(row):
        text = _plain(element)
        if element.tag == "mo" and text in RELATIONS and text != ":":
            text = f" {text} " if line.strip() else text
        elif element.tag == "mo" and text == ",":
            text = ", "
        elif _parts_words(line, element, text):
            text = f" {text}"
        line += text
    return line


def _parts_words(line: str, element: Element, text: str) -> bool:
    """Tell where 'n log n' needs a space: before a word, and between a word and what follows."""
    is_word = element.tag in {"mi", "mo"} and len(text) > 1 and text.isalpha()
    if is_word and line[-1:].isalnum():
        return True
    return text[:1].isalnum() and _ENDS_IN_WORD.search(line) is not None


def _plain(element: Element) -> str:
    write = _WRITERS.get(str(element.tag))
    if write is not None:
        return write(list(element))
    if element.tag == "mspace":
        return " " if WIDTH.fullmatch(element.get("width", "")) else ""
    if len(element):
        return plain_row(element)
    return "".join(
        unicodedata.normalize("NFKC", letter) if letter > "\uffff" else letter
        for letter in text_of(element)
    )


def _fraction(parts: list[Element]) -> str:
    above, below = (_grouped(_plain(part)) for part in parts)
    return f"{above}/{below}"


def _square_root(parts: list[Element]) -> str:
    return "√" + _grouped(plain_row(parts))


def _root(parts: list[Element]) -> str:
    return _script(_plain(parts[1]), is_above=True) + "√" + _grouped(_plain(parts[0]))


def _table(parts: list[Element]) -> str:
    return "; ".join(", ".join(map(_plain, line)) for line in parts)


def _below(parts: list[Element]) -> str:
    base, script = map(_plain, parts)
    return base + _script(script, is_above=False)


def _above(parts: list[Element]) -> str:
    base, script = map(_plain, parts)
    return base + _script(script, is_above=True)


def _accented(parts: list[Element]) -> str:
    base, accent = map(_plain, parts)
    if accent not in _ACCENTS:
        return base + _script(accent, is_above=True)
    return unicodedata.normalize("NFC", base + _ACCENTS[accent]) if len(base) == 1 else base


def _both(parts: list[Element]) -> str:
    base, below, above = map(_plain, parts)
    return base + _script(below, is_above=False) + _script(above, is_above=True)


_WRITERS = {
    "mfrac": _fraction,
    "msqrt": _square_root,
    "mroot": _root,
    "mtable": _table,
    "msub": _below,
    "munder": _below,
    "msup": _above,
    "mover": _accented,
    "msubsup": _both,
    "munderover": _both,
}


def _script(text: str, *, is_above: bool) -> str:
    """Write what stands above or below the line, with Unicode's own characters where it can be."""
    text = _TIGHT.sub(r"\1", text)
    if not text or text in _MARKS:
        return _MARKS.get(text, "")
    table, sign = (_RAISED, "^") if is_above else (_LOWERED, "_")
    if all(ord(letter) in table for letter in text) and not _WORD.search(text):
        return text.translate(table)
    return sign + _grouped(text)


def _grouped(text: str) -> str:
    """Put brackets around what is more than one thing."""
    return text if len(text) == 1 or text.isalnum() else f"({text})"

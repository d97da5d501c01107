"""What programs write into BibTeX's values that neither TeX nor their users meant to be there."""

from __future__ import annotations

import re

_MENDELEY = re.compile(
    r"\$\\\{\$([^\W\d_][\w '’-]{0,80})\$\\\}\$|\{\\\{\}([^\W\d_][\w '’-]{0,80})\{\\\}\}"
)
_SIGNS = {"lt": "<", "gt": ">", "amp": "&"}
_ENTITY = re.compile(r"(?<=\s)\\&(lt|gt|amp);(?=\s)")
"""'0.1 \\&lt; z': one beside words is a tag that a title quotes."""
_UNICODE = re.compile(r"\{\\unicode\s?\{(\d{2,6})\}\}|\\unicode\s?\{(\d{2,6})\}")
"""DBLP's way to write a sign that TeX has no name for."""
_EITHER = re.compile(
    r"\\ifmmode(?![A-Za-z]) ?((?:(?!\\else)[^$]){0,40}?)\\else(?![A-Za-z]) ?"
    r"((?:(?!\\fi)[^$]){0,40}?)\\fi(?![A-Za-z])(?:\{\}| )?"
)
"""One text in formulas and another outside, as records of the American Physical Society have it."""
_NESTED = re.compile(r"\{\$(\\[A-Za-z]+)\$\}|(?<=[\^_])\{\$([^${}]{1,20})\$\}")
"""A formula within a formula, which is none to TeX."""
_RELAX = re.compile(r"\\relax(?![A-Za-z])\s*")
"""What keeps styles from writing a name of capitals small."""


def without_customs(text: str) -> str:
    r"""Give a value without what a program put into it on its way out.

    Mendeley escapes the braces that its users put around capitals, '{\{}BERT{\}}', as others do in
    formulas, '$\{$BERT$\}$'; a sign that was escaped for HTML is escaped for TeX as well: '\&lt;'.
    """
    if "\\" not in text:
        return text
    text = _RELAX.sub("", _UNICODE.sub(_sign, text))
    text = _NESTED.sub(lambda found: f"{{{found[1] or found[2]}}}", text) if "{$" in text else text
    text = _EITHER.sub(_either, text) if "\\ifmmode" in text else text
    text = _ENTITY.sub(lambda entity: _SIGNS[entity[1]], text)
    return _MENDELEY.sub(lambda found: found[1] or found[2], text)


def _either(found: re.Match[str]) -> str:
    inside = found.string.count("$", 0, found.start()) % 2
    return f"{found[1]} " if inside else f"{found[2]}{{}}"


def _sign(match: re.Match[str]) -> str:
    number = int(match[1] or match[2])
    return chr(number) if number < 0x110000 and chr(number).isprintable() else match[0]

"""What programs write into BibTeX's values that neither TeX nor their users meant to be there."""

from __future__ import annotations

import html
import re

_PROTECTED = r"([^\W\d_][^\\{}$,;=<>]{0,80})"
_MENDELEY = re.compile(rf"\$\\\{{\${_PROTECTED}\$\\\}}\$|\{{\\\{{\}}{_PROTECTED}\{{\\\}}\}}")
_ESCAPED = re.compile(rf"\\\{{{_PROTECTED}\\\}}")
"""Escaped braces around what begins with a letter."""
_ENTITY = re.compile(r"\\&(?:lt|gt|amp|quot|apos);")
_UNICODE = re.compile(r"\{\\unicode\s?\{(\d{2,6})\}\}|\\unicode\s?\{(\d{2,6})\}")
"""DBLP's way to write a sign that TeX has no name for."""
_RELAX = re.compile(r"\\relax(?![A-Za-z])\s*")
"""What keeps styles from writing a name of capitals small."""


def without_customs(text: str) -> str:
    r"""Give a value without what a program put into it on its way out.

    Mendeley escapes the braces that its users put around capitals, '{\{}BERT{\}}', others write
    '\{BERT\}'; what has signs in it, '\{0, 1\}', is a set. What was escaped for HTML is escaped for
    TeX as well: '\&lt;'.
    """
    if "\\" not in text:
        return text
    text = _RELAX.sub("", _UNICODE.sub(_sign, text))
    text = _ENTITY.sub(lambda entity: html.unescape(entity[0][1:]), text)
    text = _MENDELEY.sub(lambda found: found[1] or found[2], text)
    if "$" in text or "\\}" not in text:
        return text  # '$\\{a\\}$' is a set.
    return _ESCAPED.sub(r"\1", text) if "\\{" in text else text.replace("\\}", "")


def _sign(match: re.Match[str]) -> str:
    number = int(match[1] or match[2])
    return chr(number) if number < 0x110000 and chr(number).isprintable() else match[0]

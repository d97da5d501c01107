r"""Bibliographies as LaTeX has them: ``\bibitem{key}`` and a reference, over several lines.

https://www.latex-project.org/help/documentation/ (`thebibliography`). References become the items
of a list, each in its first line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .tex import read_tex

_ITEM = re.compile(
    r"\s*\\bibitem\s*(?:\[[^\[\]]{0,300}(?:\[[^\[\]]{0,100}\][^\[\]]{0,100})?\])?\s*\{[^{}]{0,200}\}"
)
_END = re.compile(r"\s*(?:\\end\{thebibliography\}|\\bibliographystyle|\\begin\{|\\section)")
_BEGIN = re.compile(r"\s*\\begin\{thebibliography\}.*")
_SLANTED = re.compile(
    r"\\(?:emph|textit|textsl)\s*\{((?:[^{}]|\{[^{}]{0,200}\}){1,400})\}"
    r"|\{\s*\\(?:em|it|itshape|sl)\b\s*((?:[^{}]|\{[^{}]{0,200}\}){1,400})\}"
)
_LINK = re.compile(r"\\href\s*\{([^{}]{4,2000})\}\s*\{((?:[^{}]|\{[^{}]{0,200}\}){0,400})\}")
_ADDRESS = re.compile(r"\\(?:url|path|nolinkurl)\s*\{([^{}]{4,2000})\}")
_BLOCK = re.compile(r"\\newblock\b\s*")
_QUOTED = re.compile(r"``((?:[^`']|'(?!')){2,400})''")


def with_references(lines: Sequence[str]) -> list[str]:
    """Give lines of which the references of such bibliographies are items."""
    written = list(lines)
    for begin, end in _references(lines):
        text = " ".join(line.strip() for line in lines[begin:end])
        written[begin:end] = [
            f"- {_plain(_ITEM.sub('', text, count=1))}",
            *[""] * (end - begin - 1),
        ]
    return ["" if _BEGIN.fullmatch(line) or _END.match(line) else line for line in written]


def _references(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Give where references begin and end."""
    begun: int | None = None
    for place, line in enumerate(lines):
        if _ITEM.match(line) or _END.match(line):
            if begun is not None:
                yield begun, place
            begun = place if _ITEM.match(line) else None
    if begun is not None:
        yield begun, len(lines)


def _plain(text: str) -> str:
    """Give a reference without commands; what they mark as a title or a link stays marked."""
    text = _LINK.sub(r"[\2](\1)", _ADDRESS.sub(r"\1", _BLOCK.sub("", text)))
    text = _SLANTED.sub(lambda match: f"*{(match[1] or match[2]).strip()}*", text)
    return " ".join(read_tex(_QUOTED.sub(r"“\1”", text.replace("~", " ")), braces=True).split())

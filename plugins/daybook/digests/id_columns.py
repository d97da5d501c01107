"""Tables that have a column of bare identifiers: '| 2401.00001 |' under '| arXiv |'.

A number is one of arXiv's, and not a measurement, where the column says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .identifiers import read_arxiv, read_doi
from .marks import DIVIDER, plain

_ARXIV = frozenset({"arxiv", "arxiv id", "arxiv identifier", "arxiv number", "arxiv no", "arxiv:"})
_DOI = frozenset({"doi", "doi:"})
_EITHER = frozenset({"id", "identifier", "link", "url", "paper id", "preprint"})
_BORDER = re.compile(r"(?<!\\)\|")


def with_id_columns(lines: Sequence[str]) -> list[str]:
    """Give lines of which cells that are an identifier, in a column of such, link to the paper."""
    found = list(lines)
    columns: dict[int, str] = {}
    for place, line in enumerate(lines):
        if "|" not in line:
            columns = {}
        elif place and DIVIDER.fullmatch(line.strip()) and "-" in line:
            columns = _columns(lines[place - 1])
        elif columns:
            found[place] = _linked(line, columns)
    return found


def _columns(line: str) -> dict[int, str]:
    """Give the columns of identifiers by their places: what they are called."""
    names = [plain(cell).strip(" *_.").lower() for cell in _BORDER.split(line)]
    return {n: name for n, name in enumerate(names) if name in _ARXIV | _DOI | _EITHER}


def _linked(line: str, columns: dict[int, str]) -> str:
    cells = _BORDER.split(line)
    for place, name in columns.items():
        if place >= len(cells):
            continue
        cell = cells[place].strip(" `")
        if ":" in cell or "](" in cell:
            continue
        if name not in _DOI and read_arxiv(cell):
            cells[place] = f" [arXiv:{cell}](https://arxiv.org/abs/{cell}) "
        elif name not in _ARXIV and read_doi(cell):
            cells[place] = f" [doi:{cell}](https://doi.org/{cell}) "
    return "|".join(cells)

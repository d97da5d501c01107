"""What was said of papers and is not what their pages say: ``provenance.jsonl``.

Beside the ledger, one JSON object a line, by paper: ``{"paper": slug, "field": ..., "value": ...,
"from": ...}``. ``from`` is where a keeper finds it again: ``2025-03-14 #71`` (a digest and a place
in it), a metadata file and its record, ``papers.toml``, or a page that was merged or corrected. An
older abstract is there whole. Lines about papers that no digest carries any more stay. Of a file
that is lost or damaged everything is made again but what stood in damaged lines on such papers.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping
from typing import Any

from ..errors import Refusal
from ..records import Paper
from .merging import Lost, say

FILE_NAME = "provenance.jsonl"
_SILENT = frozenset(
    ("slug", "path", "number", "date", "date_basis", "digests", "notes", "extra", "topics", "links")
) | {"former"}


def write_provenance(before: str, lost: Mapping[str, Iterable[Lost]], kept: set[str]) -> str:
    """Give the file's text: what each paper lost now, and the lines of `before` on others.

    `lost` goes by slug. Of a slug in `kept` the lines of `before` stay beside the new ones, each
    once: they are about a page that no source gives again.
    """
    lines = {slug: [_line(slug, one) for one in said] for slug, said in lost.items()}
    for line in before.split("\n"):
        slug = _paper_of(line)
        if slug is not None and (slug not in lost or slug in kept):
            lines.setdefault(slug, []).append(line)
    return "".join(f"{line}\n" for _, said in sorted(lines.items()) for line in dict.fromkeys(said))


def examine_provenance(text: str) -> list[Refusal]:
    """Give a warning for each of the first few lines that are damaged; they are left out."""
    return [
        Refusal(
            FILE_NAME,
            line,
            "expected a record, found damage; the line was taken out, and what sources still say "
            "was written again.",
            f"What was not is kept in {FILE_NAME}.damaged.",
            fatal=False,
        )
        for line in damaged_lines(text)[:3]
    ]


def damaged_lines(text: str) -> list[int]:
    """Give the numbers, from 1, of the lines that are no records."""
    return [
        number
        for number, line in enumerate(text.split("\n"), 1)
        if line and _paper_of(line) is None
    ]


def lost_with(page: Paper, paper: Paper | None, origin: str) -> list[Lost]:
    """Give what a page said that its paper (or, merged, none of its own) does not say any more."""
    lost = []
    for field in dataclasses.fields(Paper):
        value: Any = getattr(page, field.name)
        if field.name in _SILENT or value in (None, (), False):
            continue
        if paper is None or getattr(paper, field.name) != value:
            lost.append(Lost(field.name, say(value), origin))
    return lost


def _line(slug: str, lost: Lost) -> str:
    record = {"paper": slug, "field": lost.field, "value": lost.value, "from": lost.origin}
    return json.dumps(record, ensure_ascii=False)


def _paper_of(line: str) -> str | None:
    try:
        record = json.loads(line)
        said = [record[key] for key in ("paper", "field", "value", "from")]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return said[0] if all(isinstance(text, str) for text in said) else None

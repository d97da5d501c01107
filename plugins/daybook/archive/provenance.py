"""What was said of papers and is not what their pages say: ``provenance.jsonl``.

Beside the ledger, one JSON object a line, by paper: ``{"paper": slug, "field": ..., "value": ...,
"from": ...}``. ``from`` is where a keeper finds it again: ``2025-03-14 #71`` (a digest and a place
in it), a metadata file and its record, ``papers.toml``, or a page that was merged or corrected.
What a person wrote on a page and its sources replaced is from that page, ``edited``. An older
abstract is there whole. Lines about papers that no digest carries any more stay, and those on
edits. Of a file that is lost or damaged all is made again but damaged lines of these two kinds.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping, Set
from types import MappingProxyType
from typing import Any

from ..errors import Refusal
from ..records import PROVENANCE, Appearance, Link, Paper
from .merging import Lost

FILE_NAME = PROVENANCE
_EDITED = ", edited"
"""How the origin of what a person wrote on a page ends."""
_SILENT = frozenset(
    ("slug", "path", "number", "date", "date_basis", "digests", "notes", "extra", "topics", "links")
) | {"former"}


def write_provenance(
    before: str,
    lost: Mapping[str, Iterable[Lost]],
    kept: Set[str],
    edited: Mapping[str, Iterable[Lost]] = MappingProxyType({}),
) -> str:
    """Give the file's text: what each paper lost now, and the lines of `before` on others.

    `lost` and `edited` (what `edits_on` gives) go by slug. Of a slug in `kept` the lines of
    `before` stay beside the new ones, each once: they are about a page that no source gives again.
    """
    lines = {slug: [_line(slug, one) for one in said] for slug, said in lost.items()}
    for line in before.split("\n"):
        slug, origin = _parse(line)
        if slug and (slug not in lost or slug in kept or origin.endswith(_EDITED)):
            lines.setdefault(slug, []).append(line)
    for slug, said in edited.items():
        lines.setdefault(slug, []).extend(_line(slug, one) for one in said)
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
        number for number, line in enumerate(text.split("\n"), 1) if line and not _parse(line)[0]
    ]


def lost_with(page: Paper, origin: str) -> list[Lost]:
    """Give what a page says that goes."""
    fields = (field.name for field in dataclasses.fields(Paper) if field.name not in _SILENT)
    said = ((field, getattr(page, field)) for field in fields)
    return [Lost(field, _say(value), origin) for field, value in said if value]


def edits_on(page: Paper, fields: Iterable[str]) -> list[Lost]:
    """Give what a person wrote on a page in these fields."""
    said = ((field, getattr(page, field)) for field in fields)
    return [Lost(field, _say(v), page.path + _EDITED) for field, v in said if v not in (None, ())]


def keys_on(page: Paper, keys: Iterable[tuple[str, str]]) -> list[Lost]:
    """Give what a person wrote on a page under keys of their own."""
    return [Lost(key, value, page.path + _EDITED) for key, value in keys]


def _say(value: Any) -> str:
    """Give a value of a page as the page has it."""
    if isinstance(value, tuple):
        return "; ".join(map(_say, value))
    if isinstance(value, Link):
        return f"{value.kind} {value.url}"
    return f"{value.digest} #{value.position}" if isinstance(value, Appearance) else str(value)


def _line(slug: str, lost: Lost) -> str:
    record = {"paper": slug, "field": lost.field, "value": lost.value, "from": lost.origin}
    return json.dumps(record, ensure_ascii=False)


def _parse(line: str) -> tuple[str, str]:
    """Give whose a line is, and where that was said; empty texts for what is no record."""
    try:
        record = json.loads(line)
        said = [record[key] for key in ("paper", "from", "field", "value")]
    except (ValueError, KeyError, TypeError, RecursionError):
        return "", ""
    return (said[0], said[1]) if all(isinstance(text, str) for text in said) else ("", "")

"""Notes on one paper each, as Obsidian, Jekyll and Hugo keep them: their head says what it is.

Between '---' lines stand its title, people, year, identifiers and address in YAML; they are read as
what newsletters say of a paper under labels, and so is the note below them.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..records import Entry
from .columns import as_text, entry_of
from .json_flat import flatten
from .marks import HEADING, paper_key, plain
from .wording import one_line
from .yaml_values import value_of

_FENCE = "---"
_LONGEST = 200
"""Lines of a head."""


def with_note_head(lines: list[str]) -> list[str]:
    """Give the lines of a note with its head under labels; those of any other text as they are."""
    end = _end_of_head(lines)
    value = value_of("\n".join(lines[1:end])) if end else None
    if not isinstance(value, dict) or not isinstance(value.get("title"), str):
        return lines
    date = as_text(value.pop("date", "")).strip()
    record = flatten(value)
    title = one_line(str(record.get("title") or ""))
    entry = entry_of(1, None, title, record)
    if not title or not (entry.arxiv or entry.doi or _address(entry)):
        return lines
    said = [*([f"date: {date}"] if date else []), f"Title: {title}", *_said(entry)]
    below = [
        "" if (heading := HEADING.fullmatch(line)) and _same(plain(heading[2]), title) else line
        for line in lines[end + 1 :]
    ]
    return [*said, *[""] * (end + 1 - len(said)), *below]


def _end_of_head(lines: Sequence[str]) -> int:
    """Give the place of the line that ends a head; 0 where there is none."""
    if not lines or lines[0].strip() != _FENCE:
        return 0
    ends = (place for place, line in enumerate(lines[1:_LONGEST], 1) if line.strip() == _FENCE)
    return next(ends, 0)


def _address(entry: Entry) -> str | None:
    """Give the address of the paper, where it has no identifier."""
    return next((link.url for link in entry.links if paper_key(link.url)), None)


def _said(entry: Entry) -> list[str]:
    """Give what a head says of its paper, a line for each field."""
    abstract = one_line(entry.abstract or "")
    arxiv = f"https://arxiv.org/abs/{entry.arxiv}" if entry.arxiv else ""
    said = {
        "Authors": ", ".join(entry.authors or ()),
        "Published": str(entry.published or ""),
        "Venue": entry.venue or "",
        "Keywords": "; ".join(entry.keywords),
        "arXiv": f"{arxiv}v{entry.arxiv_version}" if entry.arxiv_version else arxiv,
        "DOI": f"https://doi.org/{entry.doi}" if entry.doi else "",
        "Paper": "" if arxiv or entry.doi else _address(entry) or "",
        "Code": next((link.url for link in entry.links if link.kind == "code"), ""),
        "Abstract": abstract,
    }
    return [f"{label}: {text}" for label, text in said.items() if text]


def _same(heading: str, title: str) -> bool:
    return heading.casefold().strip(" .") == title.casefold().strip(" .")

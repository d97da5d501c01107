"""What a keeper is told because it may be a mistake, and what is done all the same.

Papers that nothing but a title made one, and that authors or years speak against, stay one (two
DOIs may be a preprint's and its journal's, and names are spelt in many ways); what the page does
not show is in the provenance file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..errors import Refusal
from ..records import Digest, Entry
from .dates import arxiv_month
from .gathering import Gathered, keys_of
from .ledger import PaperRecord
from .slugs import author_key

_YEARS_APART = 2
"""A preprint and its publication are a year apart often enough."""
_HINT = "If they are two, [[split]] them in papers.toml."


def doubtful_authors(
    gathered: Sequence[Gathered],
    records: Sequence[PaperRecord],
    digests: Sequence[Digest],
    ids: Sequence[str],
) -> Iterator[Refusal]:
    """Warn of papers whose sources name wholly different authors, at the entry that does."""
    for paper, record in zip(gathered, records, strict=True):
        if paper.is_joined:
            continue
        if len(paper.entries) > 1 and (found := _with_other_authors(paper)) is not None:
            number, entry = found
            message = f"its sources name different authors{_places(paper, ids)}"
            yield Refusal(
                digests[number].source.partition("#")[0],
                entry.line,
                f"{record.slug!r} is one paper by nothing but its title, and {message}.",
                f"{_HINT} What its page does not show is in provenance.jsonl.",
                fatal=False,
            )


def doubtful_years(
    gathered: Sequence[Gathered], records: Sequence[PaperRecord], ids: Sequence[str]
) -> Iterator[Refusal]:
    """Warn of papers whose sources date them years apart."""
    for paper, record in zip(gathered, records, strict=True):
        if paper.is_joined:
            continue
        years = [year for part in _parts_by_id(paper) if (year := _year(part))]
        if years and max(years) - min(years) >= _YEARS_APART:
            message = f"its years are {min(years)} and {max(years)}{_places(paper, ids)}"
            yield Refusal(
                record.path,
                None,
                f"{record.slug!r} is one paper by nothing but its title, and {message}.",
                _HINT,
                fatal=False,
            )


def _places(paper: Gathered, ids: Sequence[str]) -> str:
    places = "; ".join(f"{ids[number]} #{entry.position}" for number, entry in paper.entries[:9])
    return f" ({places}{'; ...' if len(paper.entries) > 9 else ''})"


def _with_other_authors(paper: Gathered) -> tuple[int, Entry] | None:
    """Give the first entry of a part whose authors are nobody of an earlier part's."""
    if len({entry.authors for _, entry in paper.entries} - {None, ()}) < 2:
        return None
    named = [(part, people) for part in _parts_by_id(paper) if (people := _people(part))]
    for place, (part, people) in enumerate(named):
        if any(people.isdisjoint(others) for _, others in named[:place]):
            return next(one for one in paper.entries if one[1] is part[0])
    return None


def _parts_by_id(paper: Gathered) -> list[list[Entry]]:
    """Part a paper's entries by what arXiv ids and DOIs hold together; none where they are one."""
    parts: list[tuple[set[str], list[Entry]]] = []
    for _, entry in paper.entries:
        keys = {key for key in keys_of(entry) if not key.startswith("title:")}
        mine = (keys, [entry])
        others = []
        for part in parts:
            if part[0] & keys:
                mine = (mine[0] | part[0], part[1] + mine[1])
            else:
                others.append(part)
        parts = [*others, mine]
    return [entries for _, entries in parts] if len(parts) > 1 else []


def _year(entries: Sequence[Entry]) -> int | None:
    dates = (date for e in entries for date in (e.published, arxiv_month(e.arxiv)) if date)
    return min((date.year for date in dates), default=None)


def _people(entries: Sequence[Entry]) -> set[str]:
    """Give the words of the authors' names but initials: spellings differ in the others."""
    words = (word for e in entries for n in e.authors or () for word in author_key(n).split(" "))
    return {word for word in words if len(word) > 1}

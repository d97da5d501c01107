"""The archive as data, for programs: one JSON object a paper, and the list of digests."""

from __future__ import annotations

import json

from ..records import Archive, Paper
from . import addresses

_LINE_ENDS = tuple((c, f"\\u{ord(c):04x}") for c in "\x85\u2028\u2029")
"""Characters that JSON allows but that some programs take for the end of a line."""
_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def papers_jsonl(archive: Archive) -> bytes:
    """Write every paper as a line of JSON, sorted by `url`; what is unknown is null."""
    papers = sorted(archive.papers, key=lambda paper: addresses.paper(paper.slug))
    return "".join(_line(_paper_facts(paper)) for paper in papers).encode()


def digests_json(archive: Archive) -> bytes:
    """Write the list of digests, newest first, the undated ones last."""
    digests = [
        {
            "id": digest.id,
            "name": digest.name,
            "date": digest.date and str(digest.date),
            "dated_by": digest.dated_by,
            "not_before": digest.not_before and str(digest.not_before),
            "entries": len(digest.items),
        }
        for digest in archive.digests
    ]
    return (json.dumps(digests, ensure_ascii=False, indent=1) + "\n").encode()


def _paper_facts(paper: Paper) -> dict[str, object]:
    """Give what is known of a paper; a date that is only a placeholder is unknown."""
    dated = paper.date_basis != "unknown"
    return {
        "id": paper.slug,
        "url": addresses.paper(paper.slug),
        "title": paper.title,
        "abstract": paper.abstract,
        "authors": None if paper.authors is None else list(paper.authors),
        "topics": list(paper.topics),
        "arxiv": paper.arxiv,
        "published": paper.published and str(paper.published),
        "date": paper.date.isoformat() if dated else None,
        "date_basis": paper.date_basis if dated else None,
        "digests": [{"id": seen.digest, "position": seen.position} for seen in paper.digests],
    }


def _line(facts: dict[str, object]) -> str:
    line = _compact(facts)
    for character, written in _LINE_ENDS:
        line = line.replace(character, written)
    return line + "\n"

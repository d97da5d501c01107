"""The archive as data, for programs: one JSON object a paper, tables, and the list of digests.

All is cut by `Paper.number`, which papers keep: one more digest changes the last part alone. A
large archive has it packed, a third of the bytes. `data_page` describes every field;
`theme/templates/daybook/data.html` shows it.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterable

from ..records import Archive, Paper
from . import addresses
from .bibtex import address_of

_LINE_ENDS = tuple((c, f"\\u{ord(c):04x}") for c in "\x85\u2028\u2029")
"""Characters that JSON allows but that some programs take for the end of a line."""
PART = 10_000
"""Numbers in a part."""
_LEVEL = 5
"""Of gzip: 6 takes half as long again for a hundredth, 9 twice as long for little more."""
COLUMNS = (
    ("id", "the last part of the paper's address, given once for good"),
    ("title", "plain text, with TeX's mathematics where the title has some"),
    ("authors", "names as printed, divided by '; '"),
    ("published", "YYYY, YYYY-MM or YYYY-MM-DD, as exactly as known"),
    ("venue", "where it appeared"),
    ("topics", "slugs, strongest first, divided by '; '"),
    ("arxiv", "the arXiv id without its version"),
    ("doi", "in small letters, without a resolver"),
    ("url", "where the paper is: arXiv, a DOI's resolver, else its page here"),
    ("digests", "ids of the digests that carried it, divided by '; '"),
)
"""Of the tables, each with its meaning; a cell is empty where nothing is known."""
FIELDS = (
    ("id, url", "the last part of the page's address, and the address in this site"),
    ("title, abstract", "plain text; paragraphs of an abstract are divided by an empty line"),
    ("authors", "a list of names as printed, or null"),
    ("topics", "a list of slugs, strongest first"),
    ("arxiv", "the arXiv id without its version, or null"),
    ("published", "YYYY, YYYY-MM or YYYY-MM-DD, as exactly as known, or null"),
    ("date, date_basis", "the day it is filed under, and why: digest, publication or not-before"),
    ("digests", "a list of the digests that carried it: id and position"),
)
"""Of JSON Lines, each with its meaning."""
_FORMULA = (*"=+-@", *"＝＋－＠", "\t", "\r")
_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def packed(data: bytes) -> bytes:
    """Pack as gzip (RFC 1952), without a name or a time."""
    return gzip.compress(data, _LEVEL, mtime=0)


def papers_jsonl(papers: Iterable[Paper]) -> bytes:
    """Write papers as lines of JSON, sorted by `url`; what is unknown is null."""
    ordered = sorted(papers, key=lambda paper: addresses.paper(paper.slug))
    return "".join(_line(_paper_facts(paper)) for paper in ordered).encode()


def parts(papers: Iterable[Paper]) -> dict[int, list[Paper]]:
    """Cut papers by their numbers; give each part that has any, counted from 1."""
    found: dict[int, list[Paper]] = {}
    for paper in sorted(papers, key=lambda paper: paper.number):
        found.setdefault(paper.number // PART + 1, []).append(paper)
    return found


def papers_csv(papers: Iterable[Paper], page: str | None) -> bytes:
    """Write papers as a table (RFC 4180) with a heading; `page` is the address of their folder.

    What a spreadsheet would take for a formula gets an apostrophe before it.
    """
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow([name for name, _ in COLUMNS])
    for paper in papers:
        cells = [
            paper.slug,
            paper.title,
            "; ".join(paper.authors or ()),
            str(paper.published or ""),
            " ".join((paper.venue or "").split()),
            "; ".join(paper.topics),
            paper.arxiv or "",
            paper.doi or "",
            address_of(paper, page and f"{page}/{addresses.paper(paper.slug)}") or "",
            "; ".join(dict.fromkeys(seen.digest for seen in paper.digests)),
        ]
        rows.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return text.getvalue().encode()


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

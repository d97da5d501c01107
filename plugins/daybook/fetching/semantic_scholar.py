"""Semantic Scholar's Graph API, which knows papers by arXiv id and DOI: many in one request.

https://api.semanticscholar.org/api-docs/graph: ``POST /graph/v1/paper/batch`` with up to 500 ids.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..digests.identifiers import read_arxiv, read_doi
from ..errors import BadDateError
from ..records import PartialDate
from .errors import AnswerError
from .host import Host, read_json
from .wants import Finding, Want

PAUSE = 3.0
"""Seconds: 100 requests in five minutes, shared by all who ask without a key."""
PER_REQUEST = 500
_INITIAL = re.compile(r"\w\.?\s")
_FIELDS = "title,externalIds,venue,publicationDate,year,authors"


def ask_papers(host: Host, wants: Sequence[Want]) -> list[Finding]:
    """Look papers up by their arXiv ids, or else their DOIs."""
    ids = [f"ARXIV:{want.arxiv}" if want.arxiv else f"DOI:{want.doi}" for want in wants]

    def read(body: bytes) -> list[Finding]:
        return _read(body, len(ids))

    # 400 is the answer where none of the ids is known.
    return host.ask(
        "/graph/v1/paper/batch", {"fields": _FIELDS}, read, post={"ids": ids}, missing=(400, 404)
    )


def _read(body: bytes, asked: int) -> list[Finding]:
    """Read what is known of each id, null where it is none; what is something else is no answer.

    Taken for one, it would say for three months that nobody knows these papers.
    """
    if not body:
        return []
    answer = read_json(body)
    records = answer if isinstance(answer, list) else []
    known = [record for record in records if isinstance(record, dict)]
    if len(records) != asked or len(known) + records.count(None) != asked:
        raise AnswerError("expected a list of the papers that were asked for")
    return [_finding(record) for record in known]


def _finding(record: dict[str, Any]) -> Finding:
    ids = record.get("externalIds")
    ids = ids if isinstance(ids, dict) else {}
    arxiv = read_arxiv(_text(ids.get("ArXiv")))
    authors = record.get("authors")
    names = [_text(a.get("name")) if isinstance(a, dict) else "" for a in _list(authors)]
    return Finding(
        titles=(_text(record.get("title")),),
        arxiv=arxiv[0] if arxiv else None,
        doi=read_doi(_text(ids.get("DOI"))),
        authors=tuple(names) if names and all(map(_is_printed, names)) else None,
        # The date of an arXiv paper is arXiv's to say.
        date=None if arxiv else _date(record),
        venue=_text(record.get("venue")) or None,
    )


def _date(record: dict[str, Any]) -> PartialDate | None:
    for key in ("publicationDate", "year"):
        try:
            return PartialDate.parse(str(record.get(key)))
        except BadDateError:
            continue
    return None


def _is_printed(name: str) -> bool:
    """Whether a name is there, and not cut down to initials as many are here."""
    return bool(name) and _INITIAL.match(name) is None


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []

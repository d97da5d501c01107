"""Where a BibTeX entry says that its paper is: `url`, and the fields that programs add to it.

DBLP's `ee`, BibDesk's `bdsk-url-1` (https://bibdesk.sourceforge.io), and `pdf`, `html`, `code` and
`website` of pages made of bibliographies (https://github.com/alshedivat/al-folio).
"""

from __future__ import annotations

from collections.abc import Mapping

from ..records import Link
from .identifiers import read_arxiv, read_doi, read_url

_KINDS = {
    "url": "page",
    "ee": "page",
    "link": "page",
    "html": "page",
    "bdsk-url-1": "page",
    "pdf": "pdf",
    "code": "code",
    "website": "project",
}
_PAPERS = frozenset({"page", "pdf"})


class Addresses:
    """The addresses of an entry: of the paper, and of what belongs to it."""

    def __init__(self, fields: Mapping[str, str], *besides: str | None) -> None:
        said = ((kind, fields.get(name, "")) for name, kind in _KINDS.items())
        read = [(kind, read_url(text.replace("\\", "").strip())) for kind, text in said if text]
        self._all = [(kind, url) for kind, url in read if url]
        self._all += [("page", url) for url in besides if url]

    @property
    def papers(self) -> list[str]:
        """Those of the paper itself."""
        return [url for kind, url in self._all if kind in _PAPERS]

    @property
    def doi(self) -> str | None:
        """The DOI that one of them is."""
        return next((doi for url in self.papers if (doi := read_doi(url))), None)

    @property
    def links(self) -> tuple[Link, ...]:
        """Those that say something else than an identifier, each once."""
        kept = {
            url: Link(kind, url)
            for kind, url in reversed(self._all)
            if not read_arxiv(url) and not read_doi(url)
        }
        return tuple(reversed(kept.values()))

"""Google Scholar's alerts, as mails' bodies or saved pages: titles, short bylines, snippets.

There is no definition; the classes are those of the mails since 2017. Titles lead over a redirector
that carries the address; a byline is 'H Hu, Q Chen - Journal of Looms, 2019', cut with an ellipsis
when long: names that are not all there name no one, a venue that is cut is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4 import Tag

from ..errors import Refusal
from ..records import Entry, Link, PartialDate
from .addresses import clean_address
from .claims import Claim, Fit
from .document import Document
from .draft import Draft
from .html_tree import parse_html
from .identifiers import read_arxiv, read_doi, read_url
from .people import split_names
from .publishers import doi_of
from .wording import one_line

_TITLE = "gse_alrt_title"
_SNIPPET = "gse_alrt_sni"
_CUT = re.compile(r"…|\.\.\.")
_YEAR = re.compile(r"(?:^|,\s*)((?:19|20)\d{2})\Z")
_PREPRINT = re.compile(r"arxiv preprint\s*(arxiv:\S+)?|arxiv\b.*", re.IGNORECASE)
_PARTS = re.compile(r"(?<!\s)\s+[-–]\s+")


def accepts(document: Document) -> Claim | None:
    """Claim a page with the class of an alert's titles."""
    titles = document.page.classes[_TITLE] if _TITLE in document.text else 0
    return Claim(Fit.SURE if titles > 1 else Fit.LIKELY) if titles else None


def read(document: Document) -> Iterable[Draft]:
    """Read the one digest of an alert."""
    entries: list[Entry] = []
    refusals: list[Refusal] = []
    soup = parse_html(document)
    text = document.text
    place, line = max(text.find("<body"), 0), 1
    line += text.count("\n", 0, place)
    for position, link in enumerate(soup.find_all("a", class_=_TITLE), 1):
        found = max(text.find(_TITLE, place), place)
        line += text.count("\n", place, found)
        place = found + len(_TITLE)
        title = one_line(link.get_text())
        if title:
            entries.append(_entry(position, line, title, link))
        else:
            message = f"entry {position} has no title."
            refusals.append(Refusal(document.path, line, message, "Save the alert again."))
    yield Draft(entries, refusals=refusals)


def _entry(position: int, line: int, title: str, link: Tag) -> Entry:
    url = read_url(clean_address(str(link.get("href") or "")))
    byline, snippet = _texts(link)
    names, _, rest = _PARTS.sub(" - ", byline).partition(" - ")
    rest = rest.rpartition(" - ")[0] or rest if rest.count(" - ") else rest
    year = _YEAR.search(rest or names)
    venue = _YEAR.sub("", rest).strip(" ,")
    preprint = _PREPRINT.fullmatch(venue)
    arxiv = read_arxiv(url) if url else None
    arxiv = arxiv or (read_arxiv(preprint[1]) if preprint and preprint[1] else None)
    doi = (read_doi(url) or doi_of(url)) if url else None
    kind = "pdf" if url and url.lower().partition("?")[0].endswith(".pdf") else "page"
    return Entry(
        position=position,
        line=line,
        title=title,
        blurb=snippet or None,
        authors=None if _CUT.search(names) or not rest else split_names(names),
        published=PartialDate(int(year[1])) if year else None,
        arxiv=arxiv[0] if arxiv else None,
        arxiv_version=arxiv[1] if arxiv else None,
        doi=doi,
        venue=None if preprint or _CUT.search(venue) else venue or None,
        links=(Link(kind, url),) if url and arxiv is None and read_doi(url) is None else (),
    )


def _texts(link: Tag) -> tuple[str, str]:
    """Give the byline and the snippet, which stand in the elements after the title's."""
    texts = ["", ""]
    above = link.parent if isinstance(link.parent, Tag) and link.parent.name == "h3" else link
    for after in above.find_next_siblings(limit=4):
        if not isinstance(after, Tag):
            continue
        if after.name == "h3" or _TITLE in str(after.get("class") or ""):
            break
        words = one_line(after.get_text(" ").replace("\xa0", " "))
        if _SNIPPET in (after.get("class") or []):
            texts[1] = words
            break
        texts[0] = texts[0] or words
    return texts[0], texts[1]

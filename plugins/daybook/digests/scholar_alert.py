"""Google Scholar's alerts, searches and profiles, as mails' bodies or saved pages.

They give titles, short bylines and snippets; see `scholar_results` for pages.

There is no definition; the classes are those of the mails since 2017. Titles lead over a redirector
that carries the address; a byline is 'H Hu, Q Chen - Journal of Looms, 2019', cut with an ellipsis
when long: names that are not all there name no one, a venue that is cut is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

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
from .scholar_results import LISTED, RESULT, Said, results
from .wording import one_line

_TITLE = "gse_alrt_title"
_SNIPPET = "gse_alrt_sni"
_CUT = re.compile(r"…|\.\.\.")
_YEAR = re.compile(r"(?:^|,\s*)((?:19|20)\d{2})\Z")
_PREPRINT = re.compile(r"arxiv preprint\s*(arxiv:\S+)?|arxiv\b.*", re.IGNORECASE)
_PARTS = re.compile(r"(?<!\s)\s+[-–]\s+")


def accepts(document: Document) -> Claim | None:
    """Claim a page with the class of an alert's titles, or of a search's or a list's papers."""
    known = [mark for mark in (_TITLE, RESULT, LISTED) if mark in document.text]
    titles = max((document.page.classes[mark] for mark in known), default=0)
    return Claim(Fit.SURE if titles > 1 else Fit.LIKELY) if titles else None


def read(document: Document) -> Iterable[Draft]:
    """Read the one digest of an alert."""
    entries: list[Entry] = []
    refusals: list[Refusal] = []
    soup = parse_html(document)
    text = document.text
    place, line = max(text.find("<body"), 0), 1
    line += text.count("\n", 0, place)
    for position, (mark, said) in enumerate(_said(soup), 1):
        found = max(text.find(mark, place), place)
        line += text.count("\n", place, found)
        place = found + len(mark)
        if said.title:
            entries.append(_entry(position, line, said))
        else:
            message = f"entry {position} has no title."
            refusals.append(Refusal(document.path, line, message, "Save the alert again."))
    yield Draft(entries, refusals=refusals)


def _said(soup: Tag) -> Iterator[tuple[str, Said]]:
    """Give what is said of each paper, with the class by which it was found."""
    links = soup.find_all("a", class_=_TITLE)
    for link in links:
        byline, snippet = _texts(link)
        title = one_line(link.get_text())
        yield _TITLE, Said(title, byline, snippet, (str(link.get("href") or ""),))
    if not links:
        mark = RESULT if soup.find(class_=RESULT) else LISTED
        yield from ((mark, said) for said in results(soup))


def _entry(position: int, line: int, said: Said) -> Entry:
    urls = [url for each in said.urls if (url := read_url(clean_address(each)))]
    url = urls[0] if urls else None
    names, _, rest = _PARTS.sub(" - ", said.byline).partition(" - ")
    rest = rest.rpartition(" - ")[0] or rest if rest.count(" - ") else rest
    year = _YEAR.search(rest or names)
    venue = _YEAR.sub("", rest).strip(" ,")
    preprint = _PREPRINT.fullmatch(venue)
    arxiv = next((known for each in urls if (known := read_arxiv(each))), None)
    arxiv = arxiv or (read_arxiv(preprint[1]) if preprint and preprint[1] else None)
    doi = next((found for each in urls if (found := read_doi(each) or doi_of(each))), None)
    kind = "pdf" if url and url.lower().partition("?")[0].endswith(".pdf") else "page"
    led = url is not None and read_arxiv(url) is None and read_doi(url) is None
    return Entry(
        position=position,
        line=line,
        title=said.title,
        blurb=said.snippet or None,
        authors=None if _CUT.search(names) or not rest else split_names(names),
        published=PartialDate(int(year[1])) if year else None,
        arxiv=arxiv[0] if arxiv else None,
        arxiv_version=arxiv[1] if arxiv else None,
        doi=doi,
        venue=None if preprint or _CUT.search(venue) else venue or None,
        links=(Link(kind, url),) if url and led else (),
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

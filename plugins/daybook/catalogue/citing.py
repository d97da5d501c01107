"""One paper cited: as RIS, as CSL-JSON, and as text in APA's, MLA's and Chicago's manner.

`theme/static/citing.js` does the same in the reader's browser, and is held to what is said here.

Formats: https://github.com/citation-style-language/schema (CSL-JSON),
https://en.wikipedia.org/wiki/RIS_(file_format); manners: https://apastyle.apa.org,
https://style.mla.org (9th edition), https://www.chicagomanualofstyle.org (author-date).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..maths import plain_text
from ..records import Paper, PartialDate
from .bibtex import address_of, appeared, is_journal, is_proceedings
from .name_parts import name_parts

_SHORT_MONTHS = (
    *("Jan.", "Feb.", "Mar.", "Apr.", "May", "June"),
    *("July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."),
)
_APA_MOST, _CHICAGO_MOST, _CHICAGO_SHOWN = 20, 10, 7


@dataclass(frozen=True, slots=True)
class Work:
    """What is cited of a paper; texts are plain."""

    id: str
    title: str
    authors: tuple[str, ...] = ()
    more: int = 0
    """Authors whose names are not known."""
    date: PartialDate | None = None
    venue: str = ""
    arxiv: str = ""
    doi: str = ""
    url: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    note: str = ""
    """A reader's own, on any number of lines."""


def work_of(paper: Paper, page: str | None) -> Work:
    """Give what is cited; `page` is the absolute address of its page."""
    authors = tuple(filter(None, map(_line, paper.authors or ())))
    text = paper.abstract or paper.blurb
    return Work(
        id=paper.slug,
        title=_line(plain_text(paper.title)),
        authors=authors,
        more=max(0, (paper.author_count or 0) - len(authors)),
        date=appeared(paper),
        venue=_line(paper.venue or ""),
        arxiv=paper.arxiv or "",
        doi=paper.doi or "",
        url=address_of(paper, page) or "",
        abstract=_line(plain_text(text)) if text else "",
        keywords=tuple(map(_line, paper.keywords)),
    )


def _line(text: str) -> str:
    return " ".join(text.split())


def ris(work: Work) -> str:
    """Write a record of RIS, its lines ending as the format says."""
    kind = _kind(work)
    date = work.date
    fields = [("TY", {"paper-conference": "CPAPER", "article-journal": "JOUR"}.get(kind, "GEN"))]
    fields += [("ID", work.id), ("TI", work.title)]
    fields += [("AU", name.turned(name.given)) for name in map(name_parts, work.authors)]
    if date:
        parts = [f"{date.year:04d}", *(f"{part:02d}" if part else "" for part in _rest(date)), ""]
        fields += [("PY", parts[0]), ("DA", "/".join(parts))]
    fields += [("T2", work.venue), ("AB", work.abstract)]
    fields += [("KW", keyword) for keyword in work.keywords]
    fields += [("DO", work.doi), ("AN", f"arXiv:{work.arxiv}" if work.arxiv else "")]
    fields += [("UR", work.url), ("N1", work.note.replace("\n", "\r\n      "))]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields if value) + "ER  - \r\n"


def _rest(date: PartialDate) -> tuple[int, int]:
    return date.month, date.day


def _kind(work: Work) -> str:
    if work.venue and is_proceedings(work.venue):
        return "paper-conference"
    return "article-journal" if work.venue and is_journal(work.venue) else "article"


def csl(work: Work) -> dict[str, object]:
    """Give an item of CSL-JSON."""
    names = map(name_parts, work.authors)
    item: dict[str, object] = {
        "id": work.id,
        "type": _kind(work),
        "title": work.title,
        "author": [
            {key: part for key, part in parts if part} if name.given else {"literal": name.printed}
            for name in names
            for parts in [(("family", name.family), ("given", name.given), ("suffix", name.suffix))]
        ],
        "issued": work.date and {"date-parts": [[work.date.year, *filter(None, _rest(work.date))]]},
        "container-title": work.venue,
        "publisher": "arXiv" if work.arxiv and not work.venue else "",
        "archive": "arXiv" if work.arxiv else "",
        "archive_location": work.arxiv,
        "DOI": work.doi,
        "URL": work.url,
        "abstract": work.abstract,
        "keyword": ", ".join(work.keywords),
        "note": work.note,
    }
    return {key: value for key, value in item.items() if value}


def apa(work: Work) -> str:
    """Cite as APA does."""
    names = [name.turned(name.initials) for name in map(name_parts, work.authors)]
    if len(names) > _APA_MOST:
        who = ", ".join(names[: _APA_MOST - 1]) + f", . . . {names[-1]}"
    elif work.more and names:
        who = ", ".join(names) + ", et al."
    elif len(names) > 1:
        who = f"{', '.join(names[:-1])}, & {names[-1]}"
    else:
        who = "".join(names)
    when = f"({work.date.year if work.date else 'n.d.'})."
    what = _stopped(work.title)
    lead = f"{_stopped(who)} {when} {what}" if who else f"{what} {when}"
    return " ".join(filter(None, (lead, _stopped(_where(work)), work.url)))


def mla(work: Work) -> str:
    """Cite as MLA does."""
    names = [*map(name_parts, work.authors)]
    who = names[0].turned(names[0].given) if names else ""
    if len(names) > 2 or (work.more and names):
        who += ", et al."
    elif len(names) == 2:
        who += f", and {names[1].printed}"
    when = ""
    if work.date:
        month = _SHORT_MONTHS[work.date.month - 1] if work.date.month else ""
        day = str(work.date.day) if work.date.day else ""
        when = " ".join(filter(None, (day, month, str(work.date.year))))
    link = re.sub(r"^https?://", "", work.url)
    rest = ", ".join(filter(None, (_where(work), when, link)))
    what = f"“{_stopped(work.title)}”"
    return " ".join(filter(None, (_stopped(who), what, rest and f"{rest}.")))


def chicago(work: Work) -> str:
    """Cite as Chicago's author-date manner does."""
    names = [*map(name_parts, work.authors)]
    said = [name.printed for name in names]
    if names:
        said[0] = names[0].turned(names[0].given)
    if len(said) > _CHICAGO_MOST:
        who = ", ".join(said[:_CHICAGO_SHOWN]) + ", et al."
    elif work.more and said:
        who = ", ".join(said) + ", et al."
    elif len(said) > 1:
        who = f"{', '.join(said[:-1])}, and {said[-1]}"
    else:
        who = "".join(said)
    year = f"{work.date.year if work.date else 'n.d.'}".removesuffix(".") + "."
    what = f"“{_stopped(work.title)}”"
    lead = (_stopped(who), year, what) if who else (what, year)
    return " ".join(filter(None, (*lead, _stopped(_where(work)), work.url and f"{work.url}.")))


def _where(work: Work) -> str:
    return work.venue or ("arXiv" if work.arxiv else "")


def _stopped(text: str) -> str:
    """End a text with a full stop, unless it ends itself."""
    return text if not text or text[-1] in ".?!" else f"{text}."

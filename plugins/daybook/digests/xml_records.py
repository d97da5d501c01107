"""Records in XML, as archives and databases hand them out: one module, for one idea in five shapes.

- OAI-PMH answers, with arXiv's own metadata or Dublin Core
  (https://www.openarchives.org/OAI/openarchivesprotocol.html, https://info.arxiv.org/help/oa);
- PubMed's XML (https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html);
- DBLP's records and search answers (https://dblp.org/faq/How+to+use+the+dblp+search+API.html);
- EndNote's XML export.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from ..errors import BadDateError, MalformedDigestError, Refusal
from ..records import Entry, Link, PartialDate
from .claims import Claim, Fit
from .days import MONTHS, read_moment
from .document import Document
from .doubtful_dates import doubtful_date
from .draft import Draft
from .identifiers import (
    doubtful_doi,
    doubtful_id,
    read_arxiv,
    read_doi,
    read_orcid,
    read_url,
    says_arxiv,
)
from .people import forename_first, split_names
from .remarks import links_in
from .stated import parse_date
from .tex import read_tex
from .wording import one_line, paragraphs
from .xml_tree import is_cut, local_name, parse_xml, tell_two_titles

Element = etree._Element
_ROOT = re.compile(
    r"(?:\s|<\?[^>]*>|<!--(?:[^-]|-(?!->))*-->|<!DOCTYPE[^>]*>)*+"
    r"<(?:\w+:)?(?P<root>OAI-PMH|PubmedArticleSet|dblp|result|xml)\b[^<>]*>\s*(?P<next><[\w:]+)?"
)
_DBLP_KINDS = ("article", "inproceedings", "incollection", "phdthesis", "mastersthesis", "book")
_NAMESAKE = re.compile(r" \d{4}$")
"""DBLP's number for people of one name."""
_REMARK = re.compile(r"Comment:\s*")
_ARXIV_ID = re.compile(r"oai:arXiv\.org:", re.IGNORECASE)
_ARXIV_DOI = "10.48550/arxiv."
_PREPRINTS = ("corr", "arxiv", "arxiv.org", "arxiv e-prints")


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a record says, in whichever shape."""

    title: str
    abstract: str = ""
    authors: tuple[str, ...] = ()
    published: PartialDate | None = None
    venue: str = ""
    remark: str = ""
    submitter: str = ""
    version: int | None = None
    ids: tuple[str, ...] = ()
    """Identifiers and addresses, the paper's own first."""
    categories: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    orcids: tuple[tuple[str, str], ...] = ()
    stated: str = ""
    """What is stated as arXiv's identifier."""
    dois: tuple[str, ...] = ()
    """What is stated as DOIs; they are among the `ids`."""
    dated: str = ""
    """What is stated as its date."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """The elements that are records, and what reads one."""

    records: tuple[str, ...]
    facts: Callable[[Element], _Facts | None]


def accepts(document: Document) -> Claim | None:
    """Claim XML whose root is one of the five shapes'."""
    return Claim(Fit.FINAL) if _shape(document) is not None else None


def read(document: Document) -> Iterable[Draft]:
    """Read the one digest of an answer or an export.

    Raises:
        MalformedDigestError: for an error answer, an empty one, and XML with entities of its own.
    """
    shape = _shape(document) or _OAI
    root = parse_xml(document, shape.records)
    items = list(root.iter(*(f"{{*}}{name}" for name in shape.records)))
    cut = is_cut(document.text, root, shape.records)
    entries: list[Entry] = []
    refusals: list[Refusal] = []
    for position, item in enumerate(items, 1):
        line = item.sourceline if isinstance(item.sourceline, int) else None
        facts = shape.facts(item)
        if cut and position == len(items):
            refusals.append(_refuse(document, line, f"record {position} is cut off"))
        elif facts is None:
            refusals.append(_deleted(document, line, position))
        elif not one_line(facts.title):
            refusals.append(_refuse(document, line, f"record {position} has no title"))
        else:
            entry = _entry(position, line, facts)
            entries.append(entry)
            stated = [facts.stated, *filter(says_arxiv, facts.ids)]
            refusals += doubtful_id(document.path, line, entry, stated)
            refusals += doubtful_doi(document.path, line, entry, facts.dois)
            refusals += doubtful_date(document.path, line, entry, [facts.dated])
        refusals += tell_two_titles(document.path, line, position, item)
    if not items:
        error = next((_words(e) for e in root.iter("{*}error")), "no records")
        raise MalformedDigestError(
            document.path, f"expected records of papers, found {error}.", hint="Fetch it again."
        )
    yield Draft(entries, stated=read_moment(_text(root, "responseDate")), refusals=refusals)


def _shape(document: Document) -> _Shape | None:
    match = _ROOT.match(document.start[:4000])
    if match is None:
        return None
    root, first = match["root"], (match["next"] or "").lower()
    if root == "xml":
        return _ENDNOTE if first == "<records" else None
    if root == "result":
        return _HITS if "<hits" in document.start else None
    return {"OAI-PMH": _OAI, "PubmedArticleSet": _PUBMED, "dblp": _DBLP}[root]


def _entry(position: int, line: int | None, facts: _Facts) -> Entry:
    dois = [doi for text in facts.ids if (doi := read_doi(text))]
    coined = [doi.removeprefix(_ARXIV_DOI) for doi in dois if doi.startswith(_ARXIV_DOI)]
    arxiv = next((found for text in (*facts.ids, *coined) if (found := read_arxiv(text))), None)
    doi = next((doi for doi in dois if not doi.startswith(_ARXIV_DOI)), None)
    pages = [url for text in facts.ids if (url := read_url(text))]
    pages = [url for url in pages if not read_arxiv(url) and not read_doi(url)]
    venue = one_line(read_tex(facts.venue))
    remark = one_line(read_tex(facts.remark))
    return Entry(
        position=position,
        line=line,
        title=one_line(read_tex(facts.title)),
        abstract=paragraphs(read_tex(facts.abstract)),
        authors=tuple(filter(None, map(one_line, facts.authors))) or None,
        submitter=one_line(facts.submitter) or None,
        published=facts.published,
        arxiv=arxiv[0] if arxiv else None,
        arxiv_version=facts.version or (arxiv[1] if arxiv else None),
        doi=doi,
        venue=venue if venue.lower() not in ("", *_PREPRINTS) else None,
        remark=remark or None,
        categories=facts.categories if arxiv else (),
        keywords=tuple(dict.fromkeys(filter(None, map(one_line, facts.keywords)))),
        links=(*(Link("page", url) for url in pages[:1]), *links_in(facts.remark)),
        orcids=facts.orcids,
    )


def _of_oai(record: Element) -> _Facts | None:
    header = _child(record, "header")
    if header is not None and header.get("status") == "deleted":
        return None
    metadata = _child(record, "metadata")
    inside = next(iter(metadata), None) if metadata is not None else None
    if inside is None:
        return _Facts("")
    identifier = _ARXIV_ID.sub("", _text(header, "identifier") if header is not None else "")
    return _of_dublin_core(inside) if local_name(inside) == "dc" else _of_arxiv(inside, identifier)


def _of_arxiv(record: Element, identifier: str) -> _Facts:
    """Read ``arXiv`` and ``arXivRaw``, which has versions, and all authors in a line."""
    people = _child(record, "authors")
    authors = () if people is None else tuple(map(_arxiv_author, people))
    versions = [child for child in record if local_name(child) == "version"]
    first = _text(versions[0], "date") if versions else _text(record, "created")
    last = re.fullmatch(r"v(\d{1,3})", versions[-1].get("version") or "") if versions else None
    return _Facts(
        _text(record, "title"),
        _text(record, "abstract"),
        authors or split_names(read_tex(_text(record, "authors"), braces=True)) or (),
        read_moment(first),
        _text(record, "journal-ref"),
        _text(record, "comments"),
        _text(record, "submitter"),
        int(last[1]) if last else None,
        (_text(record, "id") or identifier, *_text(record, "doi").split()),
        tuple(dict.fromkeys(_text(record, "categories").split())),
        stated=_text(record, "id") or identifier,
        dois=tuple(_text(record, "doi").split()),
        dated=first,
    )


def _arxiv_author(author: Element) -> str:
    parts = (_text(author, name) for name in ("forenames", "keyname", "suffix"))
    return read_tex(" ".join(filter(None, parts)), braces=True)


def _of_dublin_core(record: Element) -> _Facts:
    said = [one_line(text) for text in _texts(record, "description")]
    remarks = [_REMARK.sub("", text, count=1) for text in said if _REMARK.match(text)]
    return _Facts(
        _text(record, "title"),
        next((text for text in said if not _REMARK.match(text)), ""),
        tuple(forename_first(read_tex(name, braces=True)) for name in _texts(record, "creator")),
        parse_date(_text(record, "date")),
        _text(record, "source"),
        " ".join(remarks),
        dated=_text(record, "date"),
        ids=tuple(_texts(record, "identifier")),
        keywords=tuple(_texts(record, "subject")),
    )


def _of_pubmed(record: Element) -> _Facts:
    parts = [_labelled(part) for part in _deep(record, "AbstractText")]
    dates = [*_deep(record, "ArticleDate"), *_deep(record, "PubDate")]
    number = next((_words(child) for child in _deep(record, "PMID")), "")
    ids = [_words(e) for e in _deep(record, "ELocationID") if e.get("EIdType") == "doi"]
    for listed in _deep(record, "PubmedData"):
        found = (i for group in listed if local_name(group) == "ArticleIdList" for i in group)
        ids += [_words(each) for each in found if each.get("IdType") == "doi"]
    return _Facts(
        next((_words(child) for child in _deep(record, "ArticleTitle")), "").removesuffix("."),
        "\n\n".join(parts),
        tuple(filter(None, map(_pubmed_author, _deep(record, "Author")))),
        next((day for each in dates if (day := _pubmed_day(each))), None),
        next((_text(child, "Title") for child in _deep(record, "Journal")), ""),
        dated=next(map(_pubmed_date, dates), ""),
        ids=(*ids, *([f"https://pubmed.ncbi.nlm.nih.gov/{number}/"] if number.isdigit() else ())),
        dois=tuple(ids),
        keywords=tuple(_words(child).rstrip(".") for child in _deep(record, "Keyword")),
        orcids=tuple(
            (one_line(name), orcid)
            for author in _deep(record, "Author")
            if (name := _pubmed_author(author))
            for each in author
            if each.get("Source") == "ORCID" and (orcid := read_orcid(_words(each)))
        ),
    )


def _labelled(part: Element) -> str:
    """Give a part of an abstract with the label that prints show before it."""
    label = part.get("Label")
    return f"{label}: {_words(part)}" if label else _words(part)


def _pubmed_author(author: Element) -> str:
    names = (_text(author, "ForeName") or _text(author, "Initials"), _text(author, "LastName"))
    return " ".join(filter(None, (*names, _text(author, "Suffix")))) or _text(
        author, "CollectiveName"
    )


def _pubmed_date(date: Element) -> str:
    """Give what a date says, in numbers where it has them."""
    parts = (_text(date, name) for name in ("Year", "Month", "Day"))
    return "-".join(filter(None, parts)) or _text(date, "MedlineDate")


def _pubmed_day(date: Element) -> PartialDate | None:
    year = _text(date, "Year") or _text(date, "MedlineDate")[:4]
    month, day = _text(date, "Month"), _text(date, "Day")
    numbers = int(month) if month.isdecimal() else MONTHS.get(month.lower(), 0), day
    for parts in ((numbers[0], int(day) if day.isdecimal() and numbers[0] else 0), (0, 0)):
        try:
            return PartialDate(int(year), *parts)
        except (BadDateError, ValueError):
            continue
    return None


def _of_dblp(record: Element) -> _Facts:
    people = _child(record, "authors")
    title = _text(record, "title")
    return _Facts(
        title if title.endswith("..") else title.removesuffix("."),
        authors=tuple(
            _NAMESAKE.sub("", n) for n in _texts(record if people is None else people, "author")
        ),
        published=parse_date(_text(record, "year")),
        venue=_text(record, "venue") or _text(record, "journal") or _text(record, "booktitle"),
        ids=(*_texts(record, "doi"), *_texts(record, "ee")),
        dois=tuple(_texts(record, "doi")),
        dated=_text(record, "year"),
    )


def _of_hit(hit: Element) -> _Facts:
    info = _child(hit, "info")
    return _Facts("") if info is None else _of_dblp(info)


def _of_endnote(record: Element) -> _Facts:
    def within(path: str) -> list[str]:
        return [_words(found) for found in record.findall(path)]

    titles = within("titles/title")
    venues = [*within("periodical/full-title"), *within("titles/secondary-title")]
    dates = [*within("dates/year"), *within("dates/pub-dates/date")]
    return _Facts(
        titles[0] if titles else "",
        next(iter(within("abstract")), ""),
        tuple(forename_first(name) for name in within("contributors/authors/author")),
        next((day for text in dates if (day := parse_date(text))), None),
        next(iter(venues), ""),
        ids=(*within("electronic-resource-num"), *within("urls/related-urls/url")),
        dois=tuple(within("electronic-resource-num")),
        keywords=tuple(within("keywords/keyword")),
        dated=next(iter(dates), ""),
    )


_OAI = _Shape(("record",), _of_oai)
_PUBMED = _Shape(("PubmedArticle",), _of_pubmed)
_DBLP = _Shape(_DBLP_KINDS, _of_dblp)
_HITS = _Shape(("hit",), _of_hit)
_ENDNOTE = _Shape(("record",), _of_endnote)


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if local_name(child) == name), None)


def _words(element: Element) -> str:
    return one_line("".join(element.itertext()))


def _text(element: Element, name: str) -> str:
    """Give what the first child of that name says, or nothing."""
    child = _child(element, name)
    return "" if child is None else "".join(child.itertext()).strip()


def _texts(element: Element, name: str) -> list[str]:
    return [_words(child) for child in element if local_name(child) == name]


def _deep(element: Element, name: str) -> Iterator[Element]:
    return element.iter(f"{{*}}{name}")


def _refuse(document: Document, line: int | None, message: str) -> Refusal:
    return Refusal(document.path, line, f"{message}.", "Fetch it again, or leave it.")


def _deleted(document: Document, line: int | None, position: int) -> Refusal:
    """Say that a record is only a mark of where one was: nothing that could be kept."""
    message = f"record {position} was deleted at its source."
    return Refusal(document.path, line, message, "Leave it: nothing is missing.", fatal=False)

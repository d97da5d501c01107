"""Feeds whose items are papers: arXiv's API and its daily feeds, and anyone's RSS or Atom.

Atom is RFC 4287, RSS https://www.rssboard.org/rss-specification; arXiv's own elements are in
https://info.arxiv.org/help/api/user-manual.html and https://info.arxiv.org/help/rss.html. lxml
reads the XML with entities, network and document types switched off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial

from lxml import etree

from ..errors import MalformedDigestError, Refusal
from ..records import Entry, Link, PartialDate
from .claims import Claim, Fit
from .days import read_moment
from .document import Document
from .doubtful_dates import doubtful_date, doubtful_day
from .draft import Draft
from .elements import read_html, without_typesetting
from .feed_customs import take_description, take_title
from .identifiers import doubtful_doi, doubtful_id, read_arxiv, read_doi, read_url
from .marks import paper_key
from .people import split_names
from .publishers import doi_of, is_article
from .remarks import links_in
from .tex import read_tex
from .wording import one_line, paragraphs
from .xml_tree import ITEMS, is_cut, local_name, parse_xml, tell_two_titles

_ROOTS = frozenset({"feed", "rss", "rdf"})
_ROOT = re.compile(r"<(?:\w+:)?(?:feed|rss|RDF)\b")
_ITEM = re.compile(r"<(?:\w+:)?(?:item|entry|channel)\b")
_ANNOUNCED = re.compile(r"\s*arXiv:(\S+) Announce Type: ([\w-]+)\s*(?:Abstract: )?", re.IGNORECASE)
_GROUPS = {
    "new": "New submissions",
    "cross": "Cross-lists",
    "replace": "Replacements",
    "replace-cross": "Replacements",
}
_SUMMARIES = ("summary", "description", "content", "encoded")
_DATES = ("published", "pubDate", "publicationDate", "date", "issued", "created")
_ATOM_ENTRY = "{http://www.w3.org/2005/Atom}entry"
_OF_PODCASTS = ("itunes", "podcast")
_CATEGORY = re.compile(r"[a-z-]+(?:\.[A-Za-z-]{2,})?")


def accepts(document: Document) -> Claim | None:
    """Claim XML whose root is a feed's, or stands in a page that a browser put around it.

    RDF is a feed where it has items: programs export bibliographies in it, too.
    """
    if document.root in _ROOTS:
        is_feed = document.root != "rdf" or _ITEM.search(document.text)
        return Claim(Fit.FINAL) if is_feed else None
    around = _ROOT.search(document.start[:2000])
    return Claim(Fit.LIKELY) if around and "<a" not in document.start[: around.start()] else None


def read(document: Document) -> Iterable[Draft]:
    """Read the one digest of a feed.

    Raises:
        MalformedDigestError: for a feed that is about something else, an error answer, an empty
            one, and XML with a document type of its own.
    """
    root = parse_xml(document)
    if _is_podcast(root):
        raise MalformedDigestError(
            document.path,
            "expected a feed of papers, found a podcast: its items are episodes about papers.",
            hint="Remove it; save the papers' own feed.",
        )
    items = [item for item in root.iter("{*}entry", "{*}item") if isinstance(item.tag, str)]
    cut = is_cut(document.text, root, ITEMS)
    if not items:
        raise MalformedDigestError(
            document.path,
            "expected a feed of papers, found one without items (a weekend, or no result).",
            hint="Remove it, or fetch another day.",
        )
    entries: list[Entry] = []
    refusals: list[Refusal] = []
    for position, item in enumerate(items, 1):
        line = item.sourceline if isinstance(item.sourceline, int) else None
        if cut and position == len(items):
            refusals.append(_refuse(document, line, f"item {position} is cut off"))
        elif (entry := _entry(position, line, item)) is not None:
            entries.append(entry)
            announced = _ANNOUNCED.match(
                next(filter(None, map(partial(_text, item), _SUMMARIES)), "")
            )
            refusals += doubtful_id(document.path, line, entry, [announced[1]] if announced else [])
            refusals += doubtful_doi(document.path, line, entry, [_text(item, "doi")])
            dated = _dated(item)
            refusals += doubtful_date(document.path, line, entry, [dated], read_moment(dated))
        else:
            title = one_line(_text(item, "title") or "")[:60]
            error = _text(item, "summary") if "/api/errors" in (_text(item, "id") or "") else None
            message = (
                f"arXiv answered with an error: {error}"
                if error
                else f"item {position}, {title!r}, is no paper: it leads to no paper's page"
            )
            refusals.append(_refuse(document, line, message))
        refusals += tell_two_titles(document.path, line, position, item)
    if not entries:
        raise _nothing(document, refusals)
    stated, wrong = _feed_day(root)
    refusals += doubtful_day(document.path, None, "feed", wrong or "")
    yield Draft(entries, stated=stated, refusals=refusals)


def _is_podcast(root: etree._Element) -> bool:
    """Whether a feed says what podcasts say of themselves, or most of its items are to be heard."""
    channel = root.find("{*}channel")
    own = root if channel is None else channel
    if any(_is_of_podcasts(child.tag) for child in own if isinstance(child.tag, str)):
        return True
    items = list(root.iter("{*}entry", "{*}item"))
    heard = sum(any(map(_is_heard, item)) for item in items)
    return heard * 2 > len(items)


def _is_of_podcasts(tag: str) -> bool:
    name, _, _ = tag.rpartition("}" if tag.startswith("{") else ":")
    return any(word in name.lower() for word in _OF_PODCASTS)


def _is_heard(element: etree._Element) -> bool:
    return isinstance(element.tag, str) and (element.get("type") or "").startswith("audio/")


def _entry(position: int, line: int | None, item: etree._Element) -> Entry | None:
    """Make an entry of a feed's item; ``None`` when it is no paper."""
    links = [link for link in _links(item) if link]
    summary = next(filter(None, (_text(item, name) for name in _SUMMARIES)), "")
    title = one_line(_title(item))
    old = take_title(title)
    announced = _ANNOUNCED.match(summary)
    named = announced[1] if announced else old.arxiv if old else None
    arxiv, version = _arxiv(links, named)
    doi = _doi(item, links)
    page = next((url for link in links if (url := read_url(link)) and _is_paper(url)), None)
    if arxiv is None and doi is None and page is None:
        return None
    abstract = summary[announced.end() :] if announced else summary
    if announced is None and _summary_is_html(item):
        abstract = read_html(abstract)
    abstract, people = take_description(abstract)
    day = read_moment(_dated(item))
    kind = _text(item, "announce_type") or (announced[2] if announced else None)
    kind = kind or (old.kind if old else None)
    from_api = arxiv is not None and kind is None
    return Entry(
        position=position,
        line=line,
        title=read_tex(old.title if old else title),
        abstract=paragraphs(read_tex(abstract)),
        authors=_authors(item) or people,
        published=day if from_api or arxiv is None else None,
        submitted=day if kind else None,
        arxiv=arxiv,
        arxiv_version=version,
        doi=doi,
        venue=next(filter(None, (_line(_text(item, name)) for name in _VENUES)), None),
        remark=_line(_text(item, "comment")) if arxiv else None,
        categories=(tuple(_categories(item)) or ((old.category,) if old else ())) if arxiv else (),
        links=(
            *([Link("page", page)] if page and arxiv is None and doi is None else ()),
            *links_in(_text(item, "comment") or ""),
        ),
        group=_GROUPS.get(kind.lower()) if kind else None,
    )


_VENUES = ("journal_ref", "journal_reference", "publicationName")


def _dated(item: etree._Element) -> str | None:
    return next(filter(None, (_text(item, name) for name in _DATES)), None)


def _is_paper(url: str) -> bool:
    return paper_key(url) is not None or is_article(url)


def _feed_day(root: etree._Element) -> tuple[PartialDate | None, str | None]:
    """Give the day a feed was made: of its channel, or of the feed itself; else what it says."""
    channel = root.find("{*}channel")
    where = root if channel is None else channel
    wrong = None
    for name in ("pubDate", "lastBuildDate", "updated", "date"):
        child = where.find(f"{{*}}{name}")
        if child is None:
            child = where.find(name)
        if child is not None and (day := read_moment(child.text)):
            return day, None
        wrong = wrong or (child.text if child is not None else None)
    return None, wrong


def _text(item: etree._Element, name: str) -> str | None:
    """Give the text of the first child of that local name, in whichever namespace."""
    for child in item:
        if local_name(child) == name:
            text = "".join(child.itertext())
            if text.strip():
                return text
    return None


def _title(item: etree._Element) -> str:
    """Give the title: of Atom what its type says (RFC 4287, 3.1), of RSS a text, typeset or not."""
    text = _text(item, "title") or ""
    if item.tag != _ATOM_ENTRY:
        return without_typesetting(text)
    return read_html(text) if _type(item, "title") == "html" else text


def _summary_is_html(item: etree._Element) -> bool:
    if item.tag != _ATOM_ENTRY:
        return True
    name = next((name for name in _SUMMARIES if _text(item, name)), None)
    return name is not None and _type(item, name) in ("html", "text/html")


def _type(item: etree._Element, name: str) -> str:
    found = (child for child in item if local_name(child) == name)
    return next((child.get("type") or "text" for child in found if "".join(child.itertext())), "")


def _line(text: str | None) -> str | None:
    return one_line(read_tex(text)) or None if text else None


def _links(item: etree._Element) -> Iterator[str]:
    for child in item:
        name = local_name(child)
        if name in ("id", "guid", "link", "identifier", "origLink"):
            yield (child.get("href") or child.text or "").strip()


def _arxiv(links: list[str], named: str | None) -> tuple[str | None, int | None]:
    candidates = [named] if named else []
    candidates += [link.removeprefix("oai:") for link in links]
    found = [read for text in candidates if (read := read_arxiv(text))]
    versioned = next((read for read in found if read[1] is not None), None)
    return versioned or (found[0] if found else (None, None))


def _doi(item: etree._Element, links: list[str]) -> str | None:
    for text in (_text(item, "doi"), _text(item, "DOI"), *links):
        doi = read_doi(text) or doi_of(text) if text else None
        if doi and not doi.startswith("10.48550/arxiv"):
            return doi
    return None


def _authors(item: etree._Element) -> tuple[str, ...] | None:
    people = [
        "".join(name.itertext())
        for author in item.findall("{*}author")
        for name in author
        if local_name(name) == "name"
    ]
    if people:
        return tuple(read_tex(" ".join(name.split()), braces=True) for name in people)
    creators = [read_tex(c.text, braces=True) for c in item.findall("{*}creator") if c.text]
    if len(creators) > 1:
        return tuple(" ".join(name.split()) for name in creators)
    if not creators:
        # RSS's own element is a mail address, with the name in parentheses at most.
        creators = [a.text for a in item.findall("{*}author") if a.text and "@" not in a.text]
    return split_names(read_html(creators[0])) if creators else None


def _categories(item: etree._Element) -> Iterator[str]:
    """Give arXiv's categories, the primary one first and each once."""
    primary = item.find("{*}primary_category")
    terms = [primary.get("term")] if primary is not None else []
    terms += [child.get("term") or child.text for child in item.findall("{*}category")]
    known = (term.strip() for term in terms if term)
    yield from dict.fromkeys(term for term in known if _CATEGORY.fullmatch(term))


def _refuse(document: Document, line: int | None, message: str) -> Refusal:
    return Refusal(document.path, line, message.rstrip(".") + ".", "Fetch the feed again.")


def _nothing(document: Document, refusals: list[Refusal]) -> MalformedDigestError:
    first = refusals[0]
    return MalformedDigestError(
        document.path,
        f"expected a feed whose items are papers, but {first.message}",
        line=first.line,
        hint="Remove it; save a feed of papers.",
    )

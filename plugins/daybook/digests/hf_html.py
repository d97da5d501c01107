"""Pages of Hugging Face Papers as they are served, and as browsers save them.

A page carries its data twice: as JSON in the ``data-props`` of the ``div`` that its script brings
to life, and as visible cards. The JSON knows more and is read first; the cards are read where a
browser or a tool left it out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bs4 import BeautifulSoup, SoupStrainer, Tag

from ..errors import MalformedDigestError, Refusal
from ..records import DayOfYear, Entry, Link, PartialDate
from .claims import Claim, Fit
from .days import read_day, read_timestamp
from .document import Document
from .draft import Draft
from .hf_records import is_item, is_paper, read_items
from .html_tree import parse_html, tell_torn_texts
from .identifiers import doubtful_id, read_arxiv, read_url
from .json_elements import read_elements
from .json_text import Json, read_json
from .lines import Lines
from .unread import tell_unread
from .wording import one_line, paragraphs

_MARKS = ("DailyPapers", "PaperContent", "Papers - Hugging Face", "Paper page - ", "/front/build/")
"""Without any of which no page is asked for its signs, nor without cards."""
_LISTS = ("Daily Papers - Hugging Face", "Trending Papers - Hugging Face")
_SINGLE = "Paper page - "
_PAPER_LINK = re.compile(r"/papers/\d{4}\.\d{4,5}", re.ASCII)
_ANY_PAPER = re.compile(r"/papers/(?!(?:date|week|month)/)[^/?#]*\d")
"""Where cards lead: to a paper, even where its identifier cannot be read."""
_PAGE_DAY = re.compile(
    r"/papers(?:/date/|\?(?:[^\"'\s]{0,300}&(?:amp;)?)?date=)(\d{4}-\d{2}-\d{2})"
)
_CUT_PROPS = re.compile(r"data-props=(?:\"([^\"]*)|'([^']*))\Z")
_CUT_LIST = re.compile(r'"dailyPapers":\s*\[')
_AUTHORS = re.compile(r"(\d{1,5}) authors?\b", re.ASCII)
_SUBMITTED = re.compile(r"Submitted by\s+(\S[^\n]*)")
_NUMBER = re.compile(r"\d{1,6}", re.ASCII)
_HEAD = 6000
_BUTTONS = ((r"GitHub\b", "code"), (r"Project page\Z", "project"))


def accepts(document: Document) -> Claim | None:
    """Claim a page that has the site's own parts or title, or its cards."""
    text = document.text
    has_cards = "huggingface" in text and "<article" in text
    if not has_cards and not any(mark in text for mark in _MARKS):
        return None
    page = document.page
    if page.hydrated:
        return Claim(Fit.FINAL)
    if page.title.startswith(_SINGLE) or page.social_title.startswith(_SINGLE):
        return Claim()
    listed = page.title.startswith(_LISTS) or (has_cards and page.cards > 0)
    return Claim(Fit.LIKELY) if listed else None


def read(document: Document) -> Iterable[Draft]:
    """Read the page's one digest.

    Raises:
        MalformedDigestError: for a page without papers: a login, an error, an empty day.
    """
    draft = _read_props(document) or _read_visible(document)
    if draft is None:
        raise MalformedDigestError(
            document.path,
            "expected a Hugging Face page that lists papers, found one without any "
            "(a login, an error or an empty day).",
            hint="Open the page in a browser, wait for its papers, and save it again.",
        )
    yield draft


def _read_props(document: Document) -> Draft | None:
    """Read the JSON that the page's script starts from."""
    text = document.text
    if "data-props" not in text:
        return None
    only = SoupStrainer(attrs={"data-props": True})
    for part in parse_html(document, only).find_all(attrs={"data-props": True}):
        try:
            props = read_json(document.path, str(part["data-props"]))
        except MalformedDigestError:
            continue
        draft = _props_draft(document, _placed(document, props)) if props else None
        if draft is not None:
            return draft
    return _read_cut_props(document)


def _placed(document: Document, props: Json) -> Json:
    """Give what was read of an attribute with the line of the page on which it stands."""
    line = document.text.count("\n", 0, document.text.find("data-props")) + 1
    return Json(props.value, told=tuple(replace(refusal, line=line) for refusal in props.told))


def _props_draft(document: Document, source: Json) -> Draft | None:
    props: Any = source.value
    if isinstance(props, list) and _are_items(props):
        return _dated(document, read_items(document.path, props, source), None)
    if not isinstance(props, dict):
        return None
    listed = next((props[k] for k in ("dailyPapers", "papers") if _are_items(props.get(k))), None)
    if listed is not None:
        day = read_timestamp(props.get("date"))
        return _dated(document, read_items(document.path, listed, source), day)
    if is_paper(props.get("paper")):
        return read_items(document.path, [_single(props)], source)
    return None


def _are_items(value: object) -> bool:
    return isinstance(value, list) and any(map(is_item, value))


def _single(props: dict[str, Any]) -> dict[str, Any]:
    """Make a single page's props an item: its discussion is listed beside the paper."""
    comments = props.get("comments")
    roots = [c for c in comments if isinstance(c, dict)] if isinstance(comments, list) else None
    return {"paper": props["paper"], "numComments": len(roots) if roots is not None else None}


def _dated(document: Document, draft: Draft, day: PartialDate | None) -> Draft:
    """Date a draft: by the day the page is of, else as its items say."""
    stated = day or _page_day(document.text) or draft.stated
    return Draft(draft.entries, stated=stated, refusals=draft.refusals)


def _page_day(text: str) -> PartialDate | None:
    """Read the day in the page's own address: a browser's remark or the canonical link."""
    head = text[:_HEAD]
    for mark in ("saved from url=", 'rel="canonical"', 'property="og:url"'):
        at = head.find(mark)
        if at >= 0 and (match := _PAGE_DAY.search(head, max(0, at - 200), at + 300)):
            return read_timestamp(match[1])
    return None


def _read_cut_props(document: Document) -> Draft | None:
    """Read the papers before the cut of a page that ends within its ``data-props``."""
    text = document.text
    match = _CUT_PROPS.search(text, text.rfind("data-props=") if "data-props=" in text else 0)
    if match is None:
        return None
    props = html.unescape(match[1] or match[2] or "")
    listed = _CUT_LIST.search(props)
    if listed is None:
        return None
    items, _, told = read_elements(document.path, props, listed.end(), "it is cut off")
    cut = Refusal(
        document.path,
        text.count("\n") + 1,
        f"the page is cut off after {len(items)} papers.",
        "Save it again.",
    )
    day = re.search(r'"date":\s*"([^"]*)"', props[: listed.start()])
    told = [replace(refusal, line=cut.line) for refusal in told[:-1]]
    draft = read_items(document.path, items, Json(None, told=(*told, cut)))
    return _dated(document, draft, read_timestamp(day[1]) if day else None)


def _read_visible(document: Document) -> Draft | None:
    """Read what a reader of the page sees: cards, or a single paper's page."""
    soup = parse_html(document)
    cards = _cards(soup)
    if cards:
        numbers = Lines(document.text)
        entries = [_card_entry(place, card, numbers) for place, card in enumerate(cards, 1)]
        time = soup.find("time", attrs={"datetime": True})
        day = read_timestamp(time["datetime"]) if isinstance(time, Tag) else None
        told = [
            refusal
            for pair in zip(entries, cards, strict=True)
            for refusal in _doubt(document, *pair)
        ]
        told += _tell_others(document, soup, cards)
        told += tell_unread(document, entries, told)
        told += tell_torn_texts(document, soup)
        return _dated(document, Draft(entries, refusals=told), day)
    entry = _page_entry(document, soup)
    return Draft([entry], stated=entry.submitted) if entry is not None else None


def _cards(soup: BeautifulSoup) -> list[Tag]:
    """Give the innermost articles around the titles of papers, each once, in page order."""
    cards: dict[int, Tag] = {}
    for link in soup.find_all("a", href=_ANY_PAPER):
        card = link.find_parent("article") if link.find_parent(["h2", "h3", "h4"]) else None
        if card is not None and id(card) not in cards and card.find("article") is None:
            cards[id(card)] = card
    return list(cards.values())


def _tell_others(document: Document, soup: BeautifulSoup, cards: list[Tag]) -> list[Refusal]:
    """Tell the cards whose title is a link and leads to no paper."""
    known = {id(card) for card in cards}
    refusals: list[Refusal] = []
    lines = Lines(document.text)
    for card in soup.find_all("article"):
        heading = card.find(["h2", "h3", "h4"])
        if id(card) in known or not isinstance(heading, Tag) or heading.find("a") is None:
            continue
        if words := one_line(heading.get_text(" ")):
            message = f"expected a card that leads to a paper, found {words[:60]!r}."
            hint = "Save the page again, or mend the link of its title."
            line = lines.find(heading.get_text().strip().split("\n")[0])
            refusals.append(Refusal(document.path, line, message, hint))
    return refusals


def _card_link(card: Tag) -> Tag | None:
    heading = card.find(["h2", "h3", "h4"])
    if not isinstance(heading, Tag):
        return None
    links = heading.find_all("a", href=True)
    return next((a for a in links if _ANY_PAPER.search(str(a["href"]))), None)


def _doubt(document: Document, entry: Entry, card: Tag) -> list[Refusal]:
    """Tell a card's identifier that cannot be read, with the line of its link."""
    if entry.arxiv is not None:
        return []
    link = _card_link(card)
    href = str(link["href"]) if link is not None else ""
    place = document.text.find(href)
    line = document.text.count("\n", 0, place) + 1 if href and place >= 0 else None
    return doubtful_id(document.path, line, entry, [href.partition("/papers/")[2]])


def _card_entry(position: int, card: Tag, numbers: Lines) -> Entry:
    link = _card_link(card)
    href = str(link["href"]) if link is not None else ""
    lines = card.get_text("\n", strip=True).split("\n")
    text = "\n".join(lines)
    authors = _AUTHORS.search(text)
    submitter = _SUBMITTED.search(text)
    first = link.get_text("\n", strip=True).split("\n")[0] if link is not None else ""
    before_title = lines[: lines.index(first)] if first in lines else []
    comments = card.find("a", href=re.compile(r"#community$"))
    summary = card.find("p")
    found = read_arxiv("/papers/" + href.partition("/papers/")[2])
    return Entry(
        position=position,
        title=one_line(" ".join(link.get_text(" ").split())) if link is not None else "",
        line=numbers.find(href),
        abstract=paragraphs(summary.get_text()) if isinstance(summary, Tag) else None,
        author_count=int(authors[1]) if authors else None,
        submitter=submitter[1].strip() if submitter else None,
        arxiv=found[0] if found else None,
        upvotes=next((int(n) for n in reversed(before_title) if _NUMBER.fullmatch(n)), None),
        comments=_number_in(comments),
    )


def _number_in(tag: object) -> int | None:
    match = _NUMBER.search(tag.get_text(" ", strip=True)) if isinstance(tag, Tag) else None
    return int(match[0]) if match else None


def _page_entry(document: Document, soup: BeautifulSoup) -> Entry | None:
    """Read the visible part of a single paper's page."""
    heading = soup.find("h1")
    address = soup.find("link", rel="canonical") or soup.find("meta", property="og:url")
    where = str(address.get("href") or address.get("content")) if isinstance(address, Tag) else ""
    identifier = _PAPER_LINK.search(where) or _PAPER_LINK.search(document.text)
    if not isinstance(heading, Tag) or identifier is None:
        return None
    title = " ".join(heading.get_text(" ").split())
    if not title or "Paper page" not in document.text[:_HEAD]:
        return None
    abstract, ai_summary = _page_texts(soup)
    text = soup.get_text("\n", strip=True)
    published = re.search(r"Published on\s+([^\n]+)", text)
    submitter = _SUBMITTED.search(text)
    upvotes = re.search(r"Upvote\s+(\d{1,6})\b", text)
    day = read_day(published[1]) if published else None
    names = [" ".join(name.get_text(" ").split()) for name in soup.select("span.author")]
    listed = _PAGE_DAY.search(document.text)
    found = read_arxiv(identifier[0])
    return Entry(
        position=1,
        title=title,
        line=heading.sourceline,
        abstract=abstract,
        ai_summary=ai_summary,
        authors=tuple(name.rstrip(" ,") for name in names) or None,
        arxiv=found[0] if found else None,
        published=day if isinstance(day, PartialDate) else None,
        published_day=day if isinstance(day, DayOfYear) else None,
        submitted=read_timestamp(listed[1]) if listed else None,
        submitter=submitter[1].strip() if submitter else None,
        upvotes=int(upvotes[1]) if upvotes else None,
        keywords=_page_keywords(soup),
        links=_page_links(soup),
    )


def _page_keywords(soup: BeautifulSoup) -> tuple[str, ...]:
    """Give the words of the texts that are linked to a search for them: the page's keywords."""
    found = soup.find_all("a", href=re.compile(r"/papers\?q="))
    words = (
        one_line(" ".join(link.get_text(" ").split())) for link in found if link.find_parent("p")
    )
    return tuple(dict.fromkeys(word for word in words if word))


def _page_links(soup: BeautifulSoup) -> tuple[Link, ...]:
    """Give the code and the project's page, which stand as buttons below the texts."""
    links = []
    for link in soup.find_all("a", href=re.compile(r"^https?://")):
        words = " ".join(link.get_text(" ").split())
        kind = next((kind for mark, kind in _BUTTONS if re.match(mark, words)), None)
        url = read_url(str(link["href"]))
        if kind and url and link.find_parent("p") is None:
            links.append(Link(kind, url))
    return tuple(dict.fromkeys(links))


def _page_texts(soup: BeautifulSoup) -> tuple[str | None, str | None]:
    """Give the abstract and the machine's summary, which stands above it in a box of its own."""
    heading = soup.find("h2", string=re.compile(r"\s*Abstract\s*"))
    section = heading.parent if isinstance(heading, Tag) else None
    texts: list[str | None] = [None, None]
    for part in section.find_all("p") if section is not None else []:
        by_machine = part.parent is not None and "AI-generated" in part.parent.get_text(" ")
        among = by_machine and part.parent is not section and len(part.parent.find_all("p")) == 1
        place = 1 if among else 0
        words = " ".join(part.get_text().split())
        if part.find("a") is not None:  # Keywords are links, and a pretty printer sets them apart.
            words = re.sub(r"(?<=\() | (?=[.,;:!?)])", "", words)
        texts[place] = texts[place] or words or None
    return texts[0], texts[1]

"""The one escaping boundary: plain text becomes HTML here and nowhere else.

Templates escape whatever they print; only what this module returns as `Markup` passes unescaped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

import nh3
from jinja2 import Environment, Template
from markdown import Markdown
from markupsafe import Markup, escape

from ..maths import may_have_maths, parts
from . import addresses
from .options import SiteOptions
from .outward import safe_url
from .templating import environment, shown
from .views import Card, Frame, Page, Site

_LINK = re.compile(r"https?://[^\s<>\"“”«»]+", re.IGNORECASE)
_TRAILING = ".,;:!?'*_~’"
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_MOST_SCANNED = 10_000_000
"""Characters: the library looks for each link's and tag's end as far as its paragraph goes."""
_HEADING = re.compile(r"(</?h)([1-6])>")
_RELATIVE = re.compile(r"#[\w-]+\Z|(?:\.\./)*[\w-][\w./-]*(?:#[\w-]+)?\Z", re.ASCII)
_TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "cite", "code", "del", "dd", "dl", "dt", "em"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "ins", "kbd", "li", "ol", "p", "pre", "q"),
    *("s", "small", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
_IN_SCRIPT = tuple((c, f"\\u{ord(c):04x}") for c in "<>&\u2028\u2029")

_OWN_MASTHEAD = {"home", "search"}
"""Kinds of pages without the site's name or without the search box above them."""
_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def text_to_html(text: str | None) -> Markup | None:
    """Write plain text as paragraphs.

    Addresses in it become links where they are safe, and what certainly is mathematics MathML.
    """
    if not text or not text.strip():
        return None
    paragraphs = _PARAGRAPH.split(text.strip())
    return Markup("\n".join(f"<p>{_paragraph(paragraph)}</p>" for paragraph in paragraphs))


def _paragraph(text: str) -> Markup:
    if not may_have_maths(text):
        return _linked(text)
    return Markup("").join(
        _linked(part) if isinstance(part, str) else part.html for part in parts(text)
    )


def _linked(text: str) -> Markup:
    if "://" not in text:
        return escape(text)
    pieces = []
    end = 0
    for match in _LINK.finditer(text):
        shown = _without_tail(match.group())
        url = safe_url(shown)
        if url is None:
            continue
        pieces.append(escape(text[end : match.start()]))
        pieces.append(Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(url, shown))
        end = match.start() + len(shown)
    pieces.append(escape(text[end:]))
    return Markup().join(pieces)


def _without_tail(url: str) -> str:
    """Leave the sentence its full stop, and a bracket that the address did not open."""
    while True:
        shorter = url.rstrip(_TRAILING)
        for opening, closing in ("()", "[]", "{}"):
            if shorter.endswith(closing) and shorter.count(closing) > shorter.count(opening):
                shorter = shorter[:-1]
        if shorter == url:
            return url
        url = shorter


def _attribute(tag: str, name: str, value: str) -> str | None:
    if (tag, name) == ("a", "rel"):
        return value  # added by `link_rel`, never the keeper's: `attributes` has no such name
    if (tag, name) != ("a", "href"):
        return None
    return value if _RELATIVE.match(value) else safe_url(value)


def sanitized(html: str) -> Markup:
    """Keep the structure of a keeper's HTML, drop what could act; headings begin at ``<h2>``.

    What is left after an element is dropped may nest as a browser would not read it, so that the
    result is cleaned once more and is then what a browser reads.
    """
    clean = _cleaned(_cleaned(html))
    top = min((int(level) for _, level in _HEADING.findall(clean)), default=2)
    return Markup(_HEADING.sub(lambda m: f"{m[1]}{min(int(m[2]) + 2 - top, 6)}>", clean))


def _cleaned(html: str) -> str:
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )


def markdown_to_html(text: str | None) -> Markup | None:
    """Write a keeper's Markdown as sanitized HTML.

    What Markdown cannot nest, or would take very long to read, is shown as text.
    """
    if not text or not text.strip():
        return None
    if _scanned(text) > _MOST_SCANNED:
        return text_to_html(text)
    try:
        html = Markdown(extensions=["tables", "fenced_code", "sane_lists"]).convert(text)
    except RecursionError:
        return text_to_html(text)
    return sanitized(html)


def _scanned(markdown: str) -> int:
    """Say how many characters are looked at at most for the ends of links and tags."""
    blocks = _PARAGRAPH.split(markdown)
    return sum((block.count("[") + block.count("<")) * len(block) for block in blocks)


def meta_tags(tags: Iterable[tuple[str, str]]) -> Markup:
    """Write ``<meta>`` elements.

    Args:
        tags: our own attributes (``name="citation_title"``), and the content, anybody's text.
    """
    return Markup("".join([f'<meta {own} content="{shown(value)}">' for own, value in tags]))


def json_for_script(value: object) -> Markup:
    """Write JSON that may stand inside a script element, whatever its strings hold.

    See https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements.
    """
    text = _compact(value)
    for character, written in _IN_SCRIPT:
        text = text.replace(character, written)
    return Markup(text)


class Press:
    """Turns views into files, and keeps what recurs."""

    def __init__(self, site: Site, options: SiteOptions) -> None:
        self.site = site
        self.options = options
        self._environment = environment(options.templates)
        self._templates: dict[str, Template] = {}
        self._frames: dict[tuple[str, str, str], Frame] = {}
        self._menu = {item.url for item in site.menu}
        cards: Any = self._environment.get_template("daybook/_cards.html").module
        self._set_card = {"full": cards.full, "lean": cards.lean, "title": cards.title}
        self._cards: dict[tuple[str, str, int, str], str] = {}

    def absolute(self, url: str) -> str | None:
        """Give the absolute address of a page, where the site's own is known."""
        if self.site.url is None:
            return None
        return f"{self.site.url}/{'' if url == addresses.HOME else url}"

    def page(
        self,
        kind: str,
        title: str,
        url: str,
        description: str,
    ) -> Page:
        """Describe a page of the site, with neither a feed of its own nor word to robots."""
        return Page(
            kind=kind,
            title=title,
            url=url,
            root=addresses.root_of(url),
            description=description,
            canonical=self.absolute(url),
        )

    def cards(
        self, cards: Iterable[Card], page: Page, level: int = 2, *, way: str = "full"
    ) -> Markup:
        """Set papers as list items below a heading of `level` - 1.

        `way` is ``full``, ``lean`` (title, first authors, date) or ``title``.

        A card is set once for each way in which it is shown, and kept; one with a place in a
        digest stands in one list only, and is not.
        """
        root = page.root
        found = []
        for card in cards:
            if card.position:
                found.append(self._set_card[way](card, root, level))
                continue
            key = (card.url, root, level, way)
            html = self._cards.get(key)
            if html is None:
                html = self._cards[key] = str(self._set_card[way](card, root, level))
            found.append(html)
        return Markup("".join(found))

    def print(self, template: str, page: Page, **views: Any) -> tuple[str, bytes]:
        """Render a page and give its path and content."""
        found = self._templates.get(template)
        if found is None:
            found = self._environment.get_template(f"daybook/{template}")
            self._templates[template] = found
        html = found.render(site=self.site, page=page, frame=self._frame(page), **views)
        return page.url, html.encode()

    def _frame(self, page: Page) -> Frame:
        here = page.url if page.url in self._menu else ""
        kind = page.kind if page.kind in _OWN_MASTHEAD else ""
        key = (page.root, here, kind)
        frame = self._frames.get(key)
        if frame is None:
            frame = self._frames[key] = frame_of(self._environment, self.site, *key)
        return frame


def frame_of(templates: Environment, site: Site, root: str, here: str, kind: str) -> Frame:
    """Set the frame of the pages that reach the base folder by `root`.

    Args:
        templates: the theme.
        site: the site.
        root: what leads to the base folder.
        here: the page's address where the menu has it, else ''.
        kind: the page's kind where its masthead differs from others', else ''.
    """
    macros: Any = templates.get_template("daybook/_frame.html").module
    return Frame(
        head=macros.head(site, root),
        masthead=macros.masthead(site, root, here, kind),
        footer=macros.footer(site, root, kind),
    )

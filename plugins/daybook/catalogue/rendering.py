"""The one escaping boundary: plain text becomes HTML here and nowhere else.

Templates escape whatever they print; only what this module returns as `Markup` passes unescaped.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import nh3
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown import Markdown
from markupsafe import Markup, escape

from . import addresses
from .options import SiteOptions
from .outward import safe_url
from .views import Page, Site

PACKAGE = Path(__file__).resolve().parents[1]
_LINK = re.compile(r"https?://[^\s<>\"“”«»]+", re.IGNORECASE)
_TRAILING = ".,;:!?'*_~’"
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_HEADING = re.compile(r"(</?h)([1-6])>")
_RELATIVE = re.compile(r"#[\w-]+\Z|(?:\.\./)*[\w-][\w./-]*(?:#[\w-]+)?\Z", re.ASCII)
_TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "cite", "code", "del", "dd", "dl", "dt", "em"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "ins", "kbd", "li", "ol", "p", "pre", "q"),
    *("s", "small", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
_IN_SCRIPT = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def text_to_html(text: str | None) -> Markup | None:
    """Write plain text as paragraphs; addresses in it become links where they are safe."""
    if not text or not text.strip():
        return None
    paragraphs = _PARAGRAPH.split(text.strip())
    return Markup("\n").join(Markup("<p>{}</p>").format(_linked(p)) for p in paragraphs)


def _linked(text: str) -> Markup:
    if "://" not in text:
        return escape(text)
    parts = []
    end = 0
    for match in _LINK.finditer(text):
        shown = _without_tail(match.group())
        url = safe_url(shown)
        if url is None:
            continue
        parts.append(escape(text[end : match.start()]))
        parts.append(Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(url, shown))
        end = match.start() + len(shown)
    parts.append(escape(text[end:]))
    return Markup().join(parts)


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
    """Write a keeper's Markdown as sanitized HTML; what Markdown cannot nest is shown as text."""
    if not text or not text.strip():
        return None
    try:
        html = Markdown(extensions=["tables", "fenced_code", "sane_lists"]).convert(text)
    except RecursionError:
        return text_to_html(text)
    return sanitized(html)


def json_for_script(value: object) -> Markup:
    """Write JSON that may stand inside a script element, whatever its strings hold.

    See https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_IN_SCRIPT))


def own_theme() -> Path:
    """Give Daybook's own theme: packaged beside the code, or the repository's."""
    packaged = PACKAGE / "theme"
    return packaged if packaged.is_dir() else PACKAGE.parents[1] / "theme"


@lru_cache(maxsize=2)
def environment(folders: tuple[Path, ...]) -> Environment:
    """Open the templates of `folders`, the first winning, then Daybook's own.

    Each is compiled once, and again only when its file changes (which `make serve` needs; the look
    at the file costs nothing that could be measured).
    """
    return Environment(
        loader=FileSystemLoader([*folders, own_theme() / "templates"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class Press:
    """Turns views into files, and remembers the addresses that a sitemap lists."""

    def __init__(self, site: Site, options: SiteOptions) -> None:
        self.site = site
        self.options = options
        self.addresses: list[str] = []
        """What search engines may list: the absolute addresses of all pages so far."""
        self._environment = environment(options.templates)

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

    def print(self, template: str, page: Page, **views: Any) -> tuple[str, bytes]:
        """Render a page and give its path and content."""
        if page.canonical is not None and page.robots is None:
            self.addresses.append(page.canonical)
        found = self._environment.get_template(f"daybook/{template}")
        html = found.render(site=self.site, page=page, **views)
        return page.url, html.encode()

"""One pass over a page: is it well formed, what may it do, which ids has it, where does it lead.

HTML has a forgiving parser in every browser; this one forgives nothing that it looks at. It is no
validator (the Nu checker is one, see `nu`), but fast enough for every page of a large archive, and
made of regular expressions that take linear time.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from .moments import is_time
from .vocabulary import DRAWN, ELEMENTS, is_attribute

TOKEN = re.compile(
    r"<!--|<!doctype[^<>]*>"
    r"|<(?P<end>/?)(?P<name>[a-z][a-z0-9-]*)"
    r"(?P<attributes>(?:\s+[^\s\"'<>/=]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?)*)"
    r"\s*(?P<alone>/?)>",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"\s+([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
RAW = {name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in
        ("script", "style", "title", "textarea")}  # fmt: skip
"""Elements that hold text alone, and what ends each."""
VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
     "wbr")
)  # fmt: skip
ENDLESS = frozenset(
    ("html", "head", "body", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot",
     "colgroup", "option", "optgroup", "rt", "rp")
)  # fmt: skip
"""Elements whose end tag may be left out."""
BLOCK = frozenset(
    ("address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figcaption",
     "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr",
     "main", "menu", "nav", "ol", "p", "pre", "section", "table", "ul")
)  # fmt: skip
"""What ends a paragraph by beginning."""
ACTIVE = frozenset(("applet", "base", "embed", "frame", "frameset", "iframe", "object", "portal"))
"""What no page of an archive needs, and what brings others' pages into it."""
_LIST = frozenset(("li", "script", "template"))
_ONLY = {
    "ul": _LIST,
    "ol": _LIST,
    "menu": _LIST,
    "dl": frozenset(("dt", "dd", "div", "script", "template")),
    "table": frozenset(
        ("caption", "colgroup", "thead", "tbody", "tfoot", "tr", "script", "template")
    ),
}
"""What may stand right inside an element, where not everything may."""
_TABLE = frozenset(("table", "template"))
_INSIDE = {
    "li": frozenset(("ul", "ol", "menu", "template")),
    "dt": frozenset(("dl", "div", "template")),
    "dd": frozenset(("dl", "div", "template")),
    **dict.fromkeys(("tr", "td", "th", "thead", "tbody", "tfoot", "colgroup"), _TABLE),
}
"""What an element is a part of, those apart that lie between without an end tag."""
_NEVER_IN_ITSELF = frozenset(("a", "button", "form", "label", "main"))
_LOADED = frozenset(
    ("stylesheet", "icon", "preload", "modulepreload", "manifest", "prefetch", "preconnect",
     "dns-prefetch", "prerender", "apple-touch-icon", "mask-icon")
)  # fmt: skip
"""What a browser fetches by itself, of all that ``<link>`` names."""
_ADDRESSES = ("href", "src", "action", "formaction", "poster", "data", "cite", "xlink:href")
_REFRESH = re.compile(r"\s*\d+\s*;\s*url=(.*)", re.IGNORECASE | re.DOTALL)
_REFERRING = (
    *("for", "form", "headers", "list", "popovertarget", "aria-activedescendant"),
    *("aria-controls", "aria-describedby", "aria-details", "aria-labelledby", "aria-owns"),
)
"""Attributes that name other elements of the page by their ids."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_DIRECTIONS = frozenset(("ltr", "rtl", "auto"))
_DATA_TYPES = ("application/ld+json", "application/json")


@dataclass(slots=True)
class Page:
    """What there is on a page."""

    ids: list[str] = field(default_factory=list)
    leads: list[tuple[str, int]] = field(default_factory=list)
    """Every address it names, with where in the text."""
    loads: list[tuple[str, int]] = field(default_factory=list)
    """Those of them that a browser fetches by itself."""
    outward: list[tuple[str, frozenset[str], int]] = field(default_factory=list)
    """The addresses of links that a reader follows, with what ``rel`` says."""
    policies: list[str] = field(default_factory=list)
    forwards: str | None = None
    """Where a page sends its reader on to."""
    canonical: str | None = None
    """What it says its own address is."""
    sends: list[tuple[str, int]] = field(default_factory=list)
    """Where its forms send what a reader enters."""
    counts: dict[str, int] = field(default_factory=dict)
    """How many elements there are of each name."""
    title: str = ""
    language: str = ""
    faults: list[tuple[str, int]] = field(default_factory=list)
    """What is wrong with it, and where in the text."""


def read_page(text: str) -> Page:
    """Read a page."""
    return _Reader(text).page


def read_piece(text: str) -> Page:
    """Read a piece of HTML, such as a text in a feed."""
    return _Reader(f"<!doctype html>{text}").page


class _Reader:
    """Reads one page, from its first tag to its last."""

    def __init__(self, text: str) -> None:
        self.page = Page()
        self._text = text
        self._open: list[str] = []
        self._read()

    def _read(self) -> None:
        page, text, at = self.page, self._text, 0
        if not re.match(r"<!doctype html>", text, re.IGNORECASE):
            page.faults.append(("does not begin with <!doctype html>", 0))
        while True:
            found = TOKEN.search(text, at)
            stray = text.find("<", at, found.start() if found else len(text))
            if stray >= 0:
                page.faults.append(("a < that begins no tag", stray))
            if found is None:
                break
            at = found.end()
            name = found["name"]
            if name is None:
                at = self._pass_comment(at) if found[0] == "<!--" else at
                continue
            name = name.lower()
            if found["end"]:
                self._end(name, found.start())
                continue
            if "svg" not in self._open:  # whose titles name a drawing, not the page
                page.counts[name] = page.counts.get(name, 0) + 1
            at = self._begin(name, found)
        page.faults += [
            (f"<{name}> has no end", len(text)) for name in self._open if name not in ENDLESS
        ]

    def _pass_comment(self, at: int) -> int:
        """Give where a comment ends: a search of its own, as most of a page may be beginnings."""
        end = self._text.find("-->", at)
        if end < 0:
            self.page.faults.append(("a comment has no end", at))
            return len(self._text)
        if self._text.startswith((">", "->"), at) or self._text.find("--!>", at, end) >= 0:
            self.page.faults.append(("a comment that a browser ends sooner", at))
        return end + 3

    def _begin(self, name: str, found: re.Match[str]) -> int:
        """Open an element; give where to read on."""
        faults, start = self.page.faults, found.start()
        attributes = attributes_of(self.page, found)
        look(self.page, name, attributes, start)
        if name in BLOCK and self._open and self._open[-1] == "p":
            self._open.pop()
        drawn = bool({"svg", "math"} & {name, *self._open})
        if not drawn and name in DRAWN:
            faults.append((f"<{name}> outside of a drawing", start))
        if not drawn and (fault := misplaced(self._open, name)):
            faults.append((fault, start))
        if drawn and name == "script":
            faults.append(("a <script> in a drawing", start))
        if name == "style":
            faults.append(("a <style> in the page", start))
        if name in RAW and "svg" not in self._open:
            return self._pass_over(name, attributes, found)
        if found["alone"]:
            if name not in VOID and not drawn:
                faults.append((f"<{name}/> does not end itself in HTML", start))
        elif name not in VOID:
            self._open.append(name)
        return found.end()

    def _pass_over(self, name: str, attributes: dict[str, str], found: re.Match[str]) -> int:
        """Read an element that holds text alone; give where to read on."""
        end = RAW[name].search(self._text, found.end())
        if end is None:
            self.page.faults.append((f"<{name}> has no end", found.start()))
            return len(self._text)
        inside = self._text[found.end() : end.start()]
        if name == "title":
            self.page.title = html.unescape(inside).strip()
        elif name == "script":
            look_at_script(self.page, attributes, inside, found.start())
        return end.end()

    def _end(self, name: str, at: int) -> None:
        """Close an element, and those inside it that need no end tag."""
        left = len(self._open) - 1
        while left >= 0 and self._open[left] != name and self._open[left] in ENDLESS:
            left -= 1
        if left >= 0 and self._open[left] == name:
            del self._open[left:]
            return
        inside = f" inside <{self._open[-1]}>" if self._open else ""
        self.page.faults.append((f"</{name}>{inside} ends nothing that is open", at))
        if name in self._open:  # one fault, not one for every element from here on
            while self._open.pop() != name:
                pass


def misplaced(opened: Sequence[str], name: str) -> str | None:
    """Say what is wrong with an element's place, by the names of those that are open."""
    if opened:
        above = opened[-1]
        allowed = _ONLY.get(above)
        if allowed is not None and name not in allowed:
            return f"<{name}> right inside <{above}>"
        if name == above and name in _INSIDE:
            return None  # which it ends by beginning
    if name in _INSIDE:
        whole = next((element for element in reversed(opened) if element not in ENDLESS), "")
        if whole not in _INSIDE[name]:
            return f"<{name}> outside of what it is a part of"
    elif name in _NEVER_IN_ITSELF and name in opened:
        return f"<{name}> inside another"
    return None


def attributes_of(page: Page, found: re.Match[str]) -> dict[str, str]:
    """Give the attributes of a tag, a match of `TOKEN`."""
    attributes: dict[str, str] = {}
    text = found["attributes"]
    if not text:
        return attributes
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        value = double or single or bare
        known = name.lower()
        if known in attributes:
            page.faults.append((f"two attributes {known} on one element", found.start()))
        attributes[known] = html.unescape(value) if "&" in value else value
    return attributes


def look(page: Page, name: str, attributes: dict[str, str], at: int) -> None:
    """Note what an element's attributes say."""
    _look_at_words(page, name, attributes, at)
    if name in ACTIVE:
        page.faults.append((f"a <{name}> in the page", at))
    if "lang" in attributes and not _LANGUAGE.fullmatch(attributes["lang"]):
        page.faults.append((f"{attributes['lang']!r} is no language", at))
    if attributes.get("dir", "auto").lower() not in _DIRECTIONS:
        page.faults.append((f"{attributes['dir']!r} is no direction", at))
    if name == "time" and not is_time(attributes.get("datetime", "P")):
        page.faults.append((f"{attributes['datetime']!r} is no time", at))
    if "id" in attributes:
        _look_at_id(page, attributes["id"], at)
    if name == "html":
        page.language = attributes.get("lang", "")
    elif name == "meta":
        _look_at_meta(page, attributes, at)
    elif name == "img" and "alt" not in attributes:
        page.faults.append(("an image without alt", at))
    elif name == "link" and attributes.get("rel", "").lower() == "canonical":
        page.canonical = attributes.get("href", "")
    elif name in {"a", "area"} and "href" in attributes:
        rel = frozenset(attributes.get("rel", "").lower().split())
        page.outward.append((attributes["href"], rel, at))
    _look_at_addresses(page, name, attributes, at)


def _look_at_words(page: Page, name: str, attributes: dict[str, str], at: int) -> None:
    """Note elements and attributes that no page is written with."""
    for attribute, value in attributes.items():
        if attribute in {"style", "srcdoc", "ping"} or attribute.startswith("on"):
            page.faults.append((f"an inline {attribute} attribute on <{name}>", at))
        elif not is_attribute(attribute):
            page.faults.append((f"an attribute {attribute} on <{name}>, which no page needs", at))
        elif name in DRAWN and "url(" in value and not value.startswith("url(#"):
            page.faults.append((f"loads {value} from elsewhere", at))
    if name not in ELEMENTS and name not in DRAWN:
        page.faults.append((f"<{name}> is no element of HTML", at))


def _look_at_id(page: Page, identifier: str, at: int) -> None:
    if not identifier or identifier.split() != [identifier]:
        page.faults.append((f"{identifier!r} is no id", at))
    page.ids.append(identifier)


def _look_at_addresses(page: Page, name: str, attributes: dict[str, str], at: int) -> None:
    loaded = name not in {"a", "area", "form", "q", "blockquote", "ins", "del"}
    if name == "link":
        loaded = bool(_LOADED & set(attributes.get("rel", "").lower().split()))
    for attribute in _ADDRESSES:
        if attribute in attributes:
            (page.loads if loaded else page.leads).append((attributes[attribute], at))
            if attribute in {"action", "formaction"}:
                page.sends.append((attributes[attribute], at))
    for attribute in _REFERRING if name in ELEMENTS else ():  # a sign's form is no <form>
        for identifier in attributes.get(attribute, "").split():
            page.leads.append((f"#{quote(identifier)}", at))
    for candidate in attributes.get("srcset", "").split(","):
        if candidate.strip():
            page.loads.append((candidate.split()[0], at))


def _look_at_meta(page: Page, attributes: dict[str, str], at: int) -> None:
    kind, content = attributes.get("http-equiv", "").lower(), attributes.get("content", "")
    if kind == "content-security-policy":
        page.policies.append(content)
    elif kind == "refresh":
        found = _REFRESH.fullmatch(content)
        if not found:
            page.faults.append((f"a refresh that leads nowhere: {content!r}", at))
            return
        page.forwards = found[1].strip()
        page.leads.append((page.forwards, at))
    elif kind not in {"", "content-type", "x-ua-compatible"}:
        page.faults.append((f"a <meta> that stands for a header {kind}", at))


def look_at_script(page: Page, attributes: Mapping[str, str], inside: str, at: int) -> None:
    """Note what is wrong with a script: it is a file, or data."""
    if attributes.get("type", "").lower() in _DATA_TYPES:
        try:
            json.loads(inside)
        except (ValueError, RecursionError) as error:
            page.faults.append((f"data that are no JSON: {error}", at))
    elif "src" not in attributes or inside.strip():
        page.faults.append(("a <script> in the page", at))


def scheme_of(address: str) -> str:
    """Give an address's scheme as a browser reads it, in small letters; '' without one."""
    if ":" not in address:
        return ""
    bare = re.sub(r"[\t\r\n]", "", address).lstrip("".join(map(chr, range(33))))
    try:
        return urlsplit(bare).scheme.lower()
    except ValueError:
        return "?"

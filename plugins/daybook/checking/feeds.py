"""Feeds: valid XML or JSON, with what their formats demand, leading to pages that are there.

Atom is RFC 4287, RSS https://www.rssboard.org/rss-specification, JSON Feed
https://www.jsonfeed.org/version/1.1/, OpenSearch https://github.com/dewitt/opensearch, OPML
https://opml.org/spec2.opml. What a blog says in feeds of its own is its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from lxml import etree

from ..archive.forking import spread
from .feed_texts import FeedTexts
from .folder import Finding, Folder
from .manners import resolved
from .moments import is_in_mail, is_moment, no_number
from .resolving import led
from .sitemaps import NAMESPACE as SITEMAP
from .sitemaps import sitemap

_SPREAD = 500
_ATOM = "{http://www.w3.org/2005/Atom}"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
_VERSIONS = ("https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1")
_SHORT = 16
"""Characters of a search engine's short name."""


def check_feeds(folder: Folder) -> Iterator[Finding]:
    """Look at every XML file that the build wrote, and at the feeds in JSON."""
    built = folder.built & folder.sizes.keys()
    paths = sorted(path for path in built if path.endswith((".xml", ".xml.gz", ".opml")))
    paths += folder.archive(".feed.json")
    yield from spread(partial(_check_all, folder), paths, _SPREAD)


def _check_all(folder: Folder, paths: Sequence[str]) -> list[Finding]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    texts = FeedTexts(folder)
    findings: list[Finding] = []
    for path in paths:
        if path.endswith(".json"):
            findings += _json_feed(folder, path, texts)
            continue
        try:
            root = etree.fromstring(folder.bytes(path), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            findings.append(Finding(path, f"is no XML: {error}"))
            continue
        if root.getroottree().docinfo.doctype:
            findings.append(Finding(path, "has a document type, which no reader of it needs"))
        findings += _check(folder, path, root, texts)
    return findings


def _check(folder: Folder, path: str, root: etree._Element, texts: FeedTexts) -> Iterator[Finding]:
    if root.tag == f"{_ATOM}feed":
        yield from _atom(folder, path, root, texts)
    elif root.tag == "rss":
        yield from _rss(folder, path, root, texts)
    elif root.tag in {f"{SITEMAP}urlset", f"{SITEMAP}sitemapindex"}:
        yield from sitemap(folder, path, root)
    elif root.tag == f"{_SEARCH}OpenSearchDescription":
        yield from _open_search(folder, path, root)
    elif root.tag == "opml":
        yield from _outlines(folder, path, root)
    elif path in folder.own:
        yield Finding(path, f"is of no known kind: {root.tag!r}")
    if path in folder.own and root.getprevious() is not None:
        yield Finding(path, "says something before its first element, where only a style could be")


def _json_feed(folder: Folder, path: str, texts: FeedTexts) -> Iterator[Finding]:
    try:
        feed = json.loads(folder.bytes(path), parse_constant=no_number)
        items = feed["items"]
        if feed["version"] not in _VERSIONS:
            yield Finding(path, f"is of an unknown version: {feed['version']!r}")
        if not feed["title"]:
            yield Finding(path, "the feed has no title")
        if len({item["id"] for item in items}) < len(items):
            yield Finding(path, "has an item twice")
        if feed["feed_url"] != f"{folder.address}/{path}":
            yield Finding(path, f"says that it is {feed['feed_url']}")
        yield from led(folder, path, feed["home_page_url"])
        for number, item in enumerate(items, 1):
            yield from _json_item(folder, path, f"item {number}", item, texts)
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
        yield Finding(path, f"is no JSON Feed: {error!r}")


def _json_item(
    folder: Folder, path: str, what: str, item: Any, texts: FeedTexts
) -> Iterator[Finding]:
    yield from _permanent(folder, path, what, item["id"], item["url"])
    yield from led(folder, path, item["url"])
    if not item["title"] or not (item.get("content_html") or item.get("content_text")):
        yield Finding(path, f"{what} has no title or no content")
    for name in ("date_published", "date_modified"):
        if name in item and not is_moment(item[name]):
            yield Finding(path, f"{item[name]!r} is no time of RFC 3339")
    if not all(author["name"] for author in item.get("authors", ())):
        yield Finding(path, f"{what} has an author without a name")
    yield from _texts(folder, path, what, [item.get("content_html", "")], texts)


def _texts(
    folder: Folder, path: str, what: str, said: Sequence[str | None], texts: FeedTexts
) -> Iterator[Finding]:
    """Look at what is said in HTML."""
    for text in said if path in folder.own else ():
        if text and (fault := texts.fault(text)):
            yield Finding(path, f"{what}: {fault}")


def _outlines(folder: Folder, path: str, root: etree._Element) -> Iterator[Finding]:
    """Look at a list of feeds."""
    for outline in root.iter("outline"):
        if path in folder.own and len(outline) == 0:
            if not outline.get("text") or not outline.get("xmlUrl", outline.get("url")):
                yield Finding(path, "a feed without a name or an address", outline.sourceline)
            elif outline.get("xmlUrl", ".opml").endswith(".html"):
                yield Finding(path, f"{outline.get('xmlUrl')} is no feed", outline.sourceline)
        for name in ("xmlUrl", "htmlUrl", "url"):
            if name in outline.attrib:
                yield from led(folder, path, outline.attrib[name])


def _open_search(folder: Folder, path: str, root: etree._Element) -> Iterator[Finding]:
    places = [found.get("template", "") for found in root.findall(f"{_SEARCH}Url")]
    if not any("{searchTerms}" in place for place in places):
        yield Finding(path, "does not say how to search")
    for place in places:
        yield from led(folder, path, place.partition("?")[0])
    name = root.findtext(f"{_SEARCH}ShortName") or ""
    if not 0 < len(name) <= _SHORT:
        yield Finding(path, f"has a ShortName of {len(name)} characters: 1 to {_SHORT}")


def _atom(folder: Folder, path: str, feed: etree._Element, texts: FeedTexts) -> Iterator[Finding]:
    yield from _lacking(path, "the feed", feed, [f"{_ATOM}{name}" for name in _ALL])
    entries = feed.findall(f"{_ATOM}entry")
    seen: set[str] = set()
    base = feed.get(_BASE, "")
    own = f"{folder.address}/{path}"
    yield from _permanent(folder, path, "the feed", feed.findtext(f"{_ATOM}id") or "", own)
    itself = [link for link in feed.findall(f"{_ATOM}link") if link.get("rel") == "self"]
    if folder.address and path in folder.own and [link.get("href") for link in itself] != [own]:
        yield Finding(path, "does not say where it is")
    for number, entry in enumerate(entries, 1):
        what = f"entry {number}"
        yield from _lacking(path, what, entry, [f"{_ATOM}{name}" for name in (*_ALL, "link")])
        names = [name.text for name in entry.iterfind(f"{_ATOM}author/{_ATOM}name")]
        if not all(names or [feed.findtext(f"{_ATOM}author/{_ATOM}name")]):
            yield Finding(path, f"{what} has no author, and neither has the feed")
        said = (*entry.findall(f"{_ATOM}summary"), *entry.findall(f"{_ATOM}content"))
        written = [text.text for text in said if text.get("type") == "html"]
        yield from _texts(folder, path, what, written, texts)
        if path in folder.own and (len(written) < len(said) or any(len(text) for text in said)):
            yield Finding(path, f"{what} has a text that is said to be no HTML")
        identifier = entry.findtext(f"{_ATOM}id") or ""
        if identifier in seen:
            yield Finding(path, f"{what} has the id of another: {identifier}")
        seen.add(identifier)
        link = entry.find(f"{_ATOM}link")
        leads = "" if link is None else _on_base(link.get("href", ""), base)
        yield from _permanent(folder, path, what, identifier, leads)
    for element in (feed, *entries):
        for moment in (*element.findall(f"{_ATOM}updated"), *element.findall(f"{_ATOM}published")):
            if not is_moment(moment.text or ""):
                yield Finding(path, f"{moment.text!r} is no time of RFC 3339")
        for link in element.findall(f"{_ATOM}link"):
            yield from led(folder, path, _on_base(link.get("href", ""), base))
        for picture in (*element.findall(f"{_ATOM}icon"), *element.findall(f"{_ATOM}logo")):
            yield from led(folder, path, _on_base(picture.text or "", base))


_ALL = ("id", "title", "updated")


def _rss(folder: Folder, path: str, rss: etree._Element, texts: FeedTexts) -> Iterator[Finding]:
    channel = rss.find("channel")
    if channel is None:
        yield Finding(path, "has no channel")
        return
    yield from _lacking(path, "the channel", channel, ["title", "link", "description"])
    itself = [link.get("href") for link in channel.findall(f"{_ATOM}link")]
    if path in folder.own and (rss.get("version"), itself) != ("2.0", [f"{folder.address}/{path}"]):
        yield Finding(path, "does not say that it is RSS 2.0, and where")
    seen: set[str] = set()
    for number, item in enumerate(channel.findall("item"), 1):
        yield from _lacking(path, f"item {number}", item, ["title", "link"])
        identifier = item.findtext("guid")
        if identifier is not None and identifier in seen:
            yield Finding(path, f"item {number} has the guid of another: {identifier}")
        seen.add(identifier or "")
        link = item.findtext("link") or ""
        yield from _permanent(folder, path, f"item {number}", identifier or "", link)
        moment = item.findtext("pubDate")
        if moment is not None and not is_in_mail(moment):
            yield Finding(path, f"{moment!r} is no time of RFC 822")
        updated = item.findtext(f"{_ATOM}updated")
        if updated is not None and not is_moment(updated):
            yield Finding(path, f"{updated!r} is no time of RFC 3339")
        yield from _texts(folder, path, f"item {number}", [item.findtext("description")], texts)
    for element in channel.iter("link"):
        yield from led(folder, path, element.text or "")


def _lacking(
    path: str, what: str, element: etree._Element, names: Sequence[str]
) -> Iterator[Finding]:
    for name in names:
        found = element.find(name)
        if found is None or not ((found.text or "").strip() or found.get("href")):
            yield Finding(path, f"{what} has no {name.rpartition('}')[2]}")


def _permanent(
    folder: Folder, path: str, what: str, identifier: str, leads: str
) -> Iterator[Finding]:
    """Look whether an id is where it leads to, so that feed readers know a paper in any feed.

    A site without an address has names instead.
    """
    if path not in folder.own:
        return
    if what != "the feed" and not _leads_to_a_paper(folder, path, leads):
        yield Finding(path, f"{what} leads to {leads!r}, which is no paper's page")
    if folder.address and identifier != leads:
        yield Finding(path, f"{what} has the id {identifier!r}, and leads to {leads!r}")
    elif not re.match("[a-z][a-z0-9+.-]*:", identifier):
        yield Finding(path, f"{what} has the id {identifier!r}, which is nobody's name elsewhere")


def _leads_to_a_paper(folder: Folder, path: str, leads: str) -> bool:
    found = resolved(folder, path, leads)  # what is not there, others say
    return isinstance(found, str) or found[0].startswith(f"{folder.base}papers/")


def _on_base(address: str, base: str) -> str:
    """Give an address as it is meant: from `base` on, unless it stands for itself."""
    if base and not re.match(r"[a-z]+:|/", address):
        return base.rpartition("/")[0] + "/" + address
    return address

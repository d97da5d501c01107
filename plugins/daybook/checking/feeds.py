"""Feeds and sitemaps: valid XML, with what their formats demand, leading to pages that are there.

Atom is RFC 4287, RSS https://www.rssboard.org/rss-specification, JSON Feed
https://www.jsonfeed.org/version/1.1/, sitemaps https://www.sitemaps.org/protocol.html, OpenSearch
https://github.com/dewitt/opensearch, OPML https://opml.org/spec2.opml.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from email.utils import parsedate_to_datetime
from functools import partial

from lxml import etree

from ..archive.forking import spread
from .folder import Finding, Folder, Lost

_SPREAD = 500
_HEAD = 2000
"""Bytes of a page in which it says whether it sends its reader on."""
_LOCATION = re.compile("<loc>([^<]*)</loc>")
_MOST_ADDRESSES = 50_000
_MOST_BYTES = 50 * 1024 * 1024
"""What a sitemap may hold."""
_ATOM = "{http://www.w3.org/2005/Atom}"
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d))?)?)?")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def check_feeds(folder: Folder) -> Iterator[Finding]:
    """Look at every XML file that the build wrote, and at what robots are told."""
    built = folder.built & folder.sizes.keys()
    paths = sorted(path for path in built if path.endswith((".xml", ".xml.gz", ".opml")))
    yield from spread(partial(_check_all, folder), paths, _SPREAD)
    for path in folder.archive(".feed.json"):
        yield from _json_feed(folder, path)
    yield from _unlisted(folder)
    robots = f"{folder.base}robots.txt"
    if robots in folder.sizes:
        for line in folder.bytes(robots).decode("utf-8", "replace").splitlines():
            if line.startswith("Sitemap:"):
                yield from _led(folder, robots, line.removeprefix("Sitemap:").strip())


def _unlisted(folder: Folder) -> Iterator[Finding]:
    """Say which papers' pages no sitemap names: not those of moved and removed papers."""
    listed: set[str] = set()
    paths = [path for path in folder.archive(".xml", ".xml.gz") if "sitemap" in path]
    for path in paths:
        try:
            places = _LOCATION.findall(folder.bytes(path).decode("utf-8", "replace"))
        except ValueError:
            return  # `_check_all` has said it
        for place in places:
            with suppress(Lost, ValueError):
                listed.add(folder.leads(path, html.unescape(place).strip())[0])
    home = f"{folder.base}papers/"
    for path in folder.archive(".html") if listed else ():
        if (
            path.startswith(home)
            and path not in listed
            and b"name=robots content=noindex"
            not in (folder.bytes(path)[:_HEAD].replace(b'"', b""))
        ):
            yield Finding(path, "is named by no sitemap")


def _json_feed(folder: Folder, path: str) -> Iterator[Finding]:
    try:
        feed = json.loads(folder.bytes(path))
        items = feed["items"]
        if not str(feed["version"]).startswith("https://jsonfeed.org/version/"):
            yield Finding(path, f"is of an unknown version: {feed['version']!r}")
        if not feed["title"]:
            yield Finding(path, "the feed has no title")
        if len({item["id"] for item in items}) < len(items):
            yield Finding(path, "has an item twice")
        for number, item in enumerate(items, 1):
            yield from _permanent(folder, path, f"item {number}", item["id"], item["url"])
        for address in (feed["feed_url"], *(item["url"] for item in items)):
            yield from _led(folder, path, address)
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        yield Finding(path, f"is no JSON Feed: {error!r}")


def _check_all(folder: Folder, paths: Sequence[str]) -> list[Finding]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    findings: list[Finding] = []
    for path in paths:
        try:
            root = etree.fromstring(folder.bytes(path), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            findings.append(Finding(path, f"is no XML: {error}"))
            continue
        if root.getroottree().docinfo.doctype:
            findings.append(Finding(path, "has a document type, which no reader of it needs"))
        findings += _check(folder, path, root)
    return findings


def _check(folder: Folder, path: str, root: etree._Element) -> Iterator[Finding]:
    if root.tag == f"{_ATOM}feed":
        yield from _atom(folder, path, root)
    elif root.tag == "rss":
        yield from _rss(folder, path, root)
    elif root.tag in {f"{_SITEMAP}urlset", f"{_SITEMAP}sitemapindex"}:
        yield from _sitemap(folder, path, root)
    elif root.tag == f"{_SEARCH}OpenSearchDescription":
        yield from _open_search(folder, path, root)
    elif root.tag == "opml":
        for outline in root.iter("outline"):
            for name in ("xmlUrl", "htmlUrl", "url"):
                if name in outline.attrib:
                    yield from _led(folder, path, outline.attrib[name])


def _open_search(folder: Folder, path: str, root: etree._Element) -> Iterator[Finding]:
    places = [found.get("template", "") for found in root.findall(f"{_SEARCH}Url")]
    if not any("{searchTerms}" in place for place in places):
        yield Finding(path, "does not say how to search")
    for place in places:
        yield from _led(folder, path, place.partition("?")[0])


def _atom(folder: Folder, path: str, feed: etree._Element) -> Iterator[Finding]:
    yield from _lacking(path, "the feed", feed, [f"{_ATOM}{name}" for name in _ALL])
    entries = feed.findall(f"{_ATOM}entry")
    seen: set[str] = set()
    base = feed.get(_BASE, "")
    own = f"{folder.address}/{path}"
    yield from _permanent(folder, path, "the feed", feed.findtext(f"{_ATOM}id") or "", own)
    for number, entry in enumerate(entries, 1):
        what = f"entry {number}"
        yield from _lacking(path, what, entry, [f"{_ATOM}{name}" for name in (*_ALL, "link")])
        if feed.find(f"{_ATOM}author") is None and entry.find(f"{_ATOM}author") is None:
            yield Finding(path, f"{what} has no author, and neither has the feed")
        identifier = entry.findtext(f"{_ATOM}id") or ""
        if identifier in seen:
            yield Finding(path, f"{what} has the id of another: {identifier}")
        seen.add(identifier)
        link = entry.find(f"{_ATOM}link")
        leads = "" if link is None else _on_base(link.get("href", ""), base)
        yield from _permanent(folder, path, what, identifier, leads)
    for element in (feed, *entries):
        for moment in (*element.findall(f"{_ATOM}updated"), *element.findall(f"{_ATOM}published")):
            if not _TIME.fullmatch(moment.text or ""):
                yield Finding(path, f"{moment.text!r} is no time of RFC 3339")
        for link in element.findall(f"{_ATOM}link"):
            yield from _led(folder, path, _on_base(link.get("href", ""), base))


_ALL = ("id", "title", "updated")


def _rss(folder: Folder, path: str, rss: etree._Element) -> Iterator[Finding]:
    channel = rss.find("channel")
    if channel is None:
        yield Finding(path, "has no channel")
        return
    yield from _lacking(path, "the channel", channel, ["title", "link"])
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
        if moment is not None and not _is_rfc_822(moment):
            yield Finding(path, f"{moment!r} is no time of RFC 822")
    for element in channel.iter("link"):
        yield from _led(folder, path, element.text or "")


def _sitemap(folder: Folder, path: str, root: etree._Element) -> Iterator[Finding]:
    places = [(found.text or "").strip() for found in root.iter(f"{_SITEMAP}loc")]
    if len(places) != len(root):
        yield Finding(path, f"names {len(places)} addresses in {len(root)} elements")
    if len(places) > _MOST_ADDRESSES or folder.sizes[path] > _MOST_BYTES:
        yield Finding(path, f"is too long for a sitemap: at most {_MOST_ADDRESSES:,} addresses")
    if len(set(places)) < len(places):
        yield Finding(path, "names an address twice")
    for found in root.iter(f"{_SITEMAP}lastmod"):
        if not _DAY.fullmatch((found.text or "").strip()):
            yield Finding(path, f"{found.text!r} is no date of W3C's form")
    for place in places:
        if not re.match("https?://", place):
            yield Finding(path, f"{place!r} is no absolute address")
        yield from _led(folder, path, place)


def _is_rfc_822(moment: str) -> bool:
    try:
        parsedate_to_datetime(moment)
    except ValueError:
        return False
    return True


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

    A site without an address has names instead. What a blog says in feeds of its own is its own.
    """
    if path not in folder.own:
        return
    if folder.address and identifier != leads:
        yield Finding(path, f"{what} has the id {identifier!r}, and leads to {leads!r}")
    elif not re.match("[a-z][a-z0-9+.-]*:", identifier):
        yield Finding(path, f"{what} has the id {identifier!r}, which is nobody's name elsewhere")


def _on_base(address: str, base: str) -> str:
    """Give an address as it is meant: from `base` on, unless it stands for itself."""
    if base and not re.match(r"[a-z]+:|/", address):
        return base.rpartition("/")[0] + "/" + address
    return address


def _led(folder: Folder, path: str, address: str) -> Iterator[Finding]:
    """Follow an address within the site."""
    if folder.is_foreign(address):
        if folder.address:
            yield Finding(path, f"{address} is not of this site")
        return
    if re.match("https?:", address) and not folder.address:
        return
    try:
        folder.leads(path, address)
    except Lost as lost:
        yield Finding(path, f"{address} {lost}")
    except ValueError:
        yield Finding(path, f"{address} is no address")

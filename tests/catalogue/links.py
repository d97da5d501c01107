"""A checker of links: whether every address inside a site leads to a file, and to its anchor."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

import lxml.html

_ADDRESSES = ("href", "src", "action")


def broken_links(files: Mapping[str, bytes], prefix: str = "/repo/", but: str = "") -> list[str]:
    """List what leads nowhere, as 'page -> address'.

    Args:
        files: the site's files by path from its root folder.
        prefix: the path at which a server shows that folder, for root-absolute addresses.
        but: a folder that is not looked into, such as ``search/``.
    """
    pages = {
        path: lxml.html.document_fromstring(content.decode())
        for path, content in files.items()
        if path.endswith(".html")
    }
    anchors = {path: set(page.xpath("//@id")) for path, page in pages.items()}
    return [
        f"{path} -> {address}"
        for path, page in pages.items()
        for address in _internal(page)
        if not (but and but in address)
        and not _leads_somewhere(path, address, files, anchors, prefix)
    ]


def _internal(page: lxml.html.HtmlElement) -> Iterator[str]:
    for attribute in _ADDRESSES:
        for address in page.xpath(f"//@{attribute}"):
            if not urlsplit(address).scheme and not address.startswith("//"):
                yield str(address)
    for content in page.xpath("//meta[@http-equiv='refresh']/@content"):
        yield content.partition("url=")[2]


def _leads_somewhere(
    path: str,
    address: str,
    files: Mapping[str, bytes],
    anchors: Mapping[str, set[str]],
    prefix: str,
) -> bool:
    parts = urlsplit(address)
    where = unquote(parts.path)
    if where.startswith("/"):
        if not where.startswith(prefix):
            return False
        target = where[len(prefix) :]
    elif where:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), where))
    else:
        target = path
    if target not in files:
        return False
    return not parts.fragment or unquote(parts.fragment) in anchors.get(target, ())

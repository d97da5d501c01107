"""Links that lead out of the archive: the one place that decides whether an address is safe.

Other people wrote the addresses. Only http, https and mailto are ever written as a link; whatever
could mislead a reader (a user name that looks like a host, a host without its scheme) is not.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from ..records import Paper
from .views import Named

_LONGEST = 2000
"""Longer addresses are no addresses but payloads; browsers and servers agree on about this much."""
_WEB = re.compile(r"https?://[^/?#\s]", re.IGNORECASE | re.ASCII)
_MAIL = re.compile(r"mailto:[\w.+-]+@[\w.-]+\Z", re.IGNORECASE | re.ASCII)
_NEW_ARXIV = re.compile(r"\d{4}\.\d{4,5}\Z", re.ASCII)
_OLD_ARXIV = re.compile(r"[a-z-]+(?:\.[A-Z]{2})?/\d{7}\Z", re.ASCII)
_HOST = re.compile(r"(?:[a-z0-9_-]+\.)*[a-z0-9-]+\.?\Z|\[[0-9a-f:.]+\]\Z", re.ASCII)
_KINDS = {
    "code": "Code",
    "project": "Project page",
    "model": "Model",
    "dataset": "Data set",
    "pdf": "PDF",
    "page": "Page",
}


def safe_url(url: str) -> str | None:
    """Give `url` percent-encoded and with an ASCII host, or ``None`` where it must not be a link.

    A host in another script becomes punycode, so that no letter passes for another; user names
    and passwords are refused, as are schemes other than http, https and mailto.
    """
    if len(url) > _LONGEST or not url.isprintable() or " " in url or "\\" in url:
        return None
    if _MAIL.match(url):
        return url
    if _WEB.match(url) is None:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _ascii_host(parts.hostname or "")
    except ValueError:
        return None
    if host is None or "@" in parts.netloc:
        return None
    place = host if port is None else f"{host}:{port}"
    return parts._replace(
        scheme=parts.scheme.lower(),
        netloc=place,
        path=_encoded(parts.path),
        query=_encoded(parts.query),
        fragment=_encoded(parts.fragment),
    ).geturl()


def _ascii_host(host: str) -> str | None:
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    host = f"[{host}]" if ":" in host else host
    return host if _HOST.match(host) else None


def _encoded(part: str) -> str:
    return re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", quote(part, safe="%/:=&?~#+!$,;'@()*-._"))


def arxiv_page(identifier: str) -> str | None:
    """Give the address of the abstract on arXiv; ``None`` for what is no identifier."""
    if _NEW_ARXIV.match(identifier) or _OLD_ARXIV.match(identifier):
        return f"https://arxiv.org/abs/{identifier}"
    return None


def arxiv_pdf(identifier: str) -> str | None:
    """Give the address of the PDF on arXiv; ``None`` for what is no identifier."""
    page = arxiv_page(identifier)
    return page and page.replace("/abs/", "/pdf/")


def doi_page(doi: str) -> str | None:
    """Give the resolver's address of a DOI, encoded as https://www.doi.org/doi_handbook asks."""
    return safe_url("https://doi.org/" + quote(doi, safe="/:;().-_")) if "/" in doi else None


def outward_links(paper: Paper) -> tuple[Named, ...]:
    """List where a paper is found elsewhere: arXiv, PDF, Hugging Face, DOI, then its own links.

    Hugging Face knows papers by new-style arXiv identifiers only. An address that is not safe is
    left out.
    """
    found: dict[str, str] = {}
    if paper.arxiv and (page := arxiv_page(paper.arxiv)):
        found[page] = "arXiv"
        found[page.replace("/abs/", "/pdf/")] = "PDF"
        if _NEW_ARXIV.match(paper.arxiv):
            found[f"https://huggingface.co/papers/{paper.arxiv}"] = "Hugging Face"
    if paper.doi and (page := doi_page(paper.doi)):
        found[page] = "DOI"
    for link in paper.links:
        if url := safe_url(link.url):
            found.setdefault(url, _KINDS.get(link.kind, "Page"))
    return tuple(Named(name, url) for url, name in found.items())

"""Publishers' addresses: the DOI that one carries, and which ones are those of articles."""

from __future__ import annotations

import functools
import re
import urllib.parse

from .identifiers import read_doi
from .paper_hosts import ARTICLE, KEPT

_ADDRESS = re.compile(r"https?://[^/\s]{3,253}/", re.IGNORECASE)
_DOI = re.compile(r"(?:/|[?&](?:doi|id)=(?:doi:)?)(10\.\d{4,9}/[^\s?#&]+)", re.IGNORECASE)
_DOI_END = re.compile(
    r"(?:(?<=\d)v\d{1,2})?(?:\.(?:full|abstract|short)(?:\.pdf|-text)?|\.pdf"
    r"|/(?:full|pdf|epdf|abstract|html|meta|summary|full-?text|fullhtml)/?)?\Z",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"/article[\w-]{0,20}/doi/", re.IGNORECASE)
_NUMBER = re.compile(r"(?<=[^/])/\d{1,9}(?:/[^/]*)?\Z")
"""What one maker of publishers' sites puts behind a DOI: its own number, and words of the title."""
_PAPER = re.compile(
    r"https?://(?:www\.)?(?:openreview\.net/(?:forum|pdf|attachment)\b|aclanthology\.org/"
    r"(?!(?:people|volumes|events|venues|sigs|info|faq|posts)\b"
    r"|\d{4}\.[a-z0-9_]{2,30}-[a-z0-9_]{1,30}(?:\.0)?(?:\.pdf|\.bib)?/?(?:[?#]|\Z))\S"
    r"|proceedings\.mlr\.press/v\d+/\S|openaccess\.thecvf\.com/{1,2}content\S*/(?:html|papers)/"
    r"|papers\.nips\.cc/paper|proceedings\.neurips\.cc/paper|ojs\.aaai\.org/\S*/article/"
    r"|(?:www\.)?semanticscholar\.org/paper/|(?:www\.)?biorxiv\.org/content/"
    r"|(?:www\.)?medrxiv\.org/content/|(?:www\.)?techrxiv\.org/(?:doi|articles)/"
    r"|(?:www\.)?jmlr\.org/papers/\S|papers\.ssrn\.com/sol3/\S|dl\.acm\.org/doi/|ieeexplore\.ieee\.org/(?:abstract/)?document/)",
    re.IGNORECASE,
)
"""Where nothing but papers is: their addresses tell a paper wherever they stand."""

_NEURIPS = (
    r"(?:papers\.nips\.cc|proceedings\.neurips\.cc)/((?:paper_files/)?paper/\d{4})"
    r"/(?:hash|file)/([0-9a-f]{32})"
)
_OLD_ANTHOLOGY = (
    r"(?:aclweb\.org/anthology|anthology\.aclweb\.org)(?:/papers)?/(?:[A-Z]/[A-Z]\d\d/)?"
)
_OWN_PAGES = tuple(
    (re.compile(rf"https?://(?:www\.)?{pattern}", re.IGNORECASE), page)
    for pattern, page in (
        (
            r"openreview\.net/(?:forum|pdf|attachment)\?(?:[^#]{0,200}&)?id=([\w-]+).*",
            r"https://openreview.net/forum?id=\1",
        ),
        (
            r"semanticscholar\.org/paper/(?:[^/?#]{1,300}/)?([0-9a-f]{40}).*",
            r"https://www.semanticscholar.org/paper/\1",
        ),
        (
            r"pubmed\.ncbi\.nlm\.nih\.gov/(\d{1,9})(?:[/?#].*)?",
            r"https://pubmed.ncbi.nlm.nih.gov/\1/",
        ),
        (
            r"aclanthology\.org/([A-Z]\d\d-\d+|[\w.-]+-[\w]+\.\d+)(?:\.pdf|\.bib)?/?",
            r"https://aclanthology.org/\1/",
        ),
        (
            rf"{_OLD_ANTHOLOGY}([A-Z]\d\d-\d{{4}}|20\d\d\.[\w-]+\.\d+)(?:v\d)?(?:\.pdf|\.bib)?/?",
            r"https://aclanthology.org/\1/",
        ),
        (
            r"jmlr\.org/proceedings/papers/(v\d+)/([\w-]+)(?:\.html|\.pdf|/\2\.pdf)",
            r"https://proceedings.mlr.press/\1/\2.html",
        ),
        (
            r"cv-foundation\.org/{1,2}openaccess/(content[^/]*)/(?:html|papers)/([\w-]+)\.(?:html|pdf)",
            r"https://openaccess.thecvf.com/\1/html/\2.html",
        ),
        (
            r"ieeexplore\.ieee\.org/(?:stamp/stamp|xpls?/\w+)\.jsp\?(?:\S*&)?arnumber=0*(\d+)(?:&\S*)?",
            r"https://ieeexplore.ieee.org/document/\1",
        ),
        (
            r"proceedings\.mlr\.press/(v\d+)/([\w-]+)(?:\.html|\.pdf|/\2\.pdf)",
            r"https://proceedings.mlr.press/\1/\2.html",
        ),
        (
            r"jmlr\.org/papers/v(?:olume)?(\d+)/([\w-]+)(?:\.html|\.bib|/\2\.pdf)",
            r"https://jmlr.org/papers/v\1/\2.html",
        ),
        (
            r"openaccess\.thecvf\.com/{1,2}(content[^/]*(?:/[\w-]+)?)/(?:html|papers)/([\w-]+)\.(?:html|pdf)",
            r"https://openaccess.thecvf.com/\1/html/\2.html",
        ),
        (
            rf"{_NEURIPS}-(?:Abstract|Paper|Supplemental|Bibtex)((?:-[A-Za-z_]+)?)\.\w+",
            r"https://papers.nips.cc/\1/hash/\2-Abstract\3.html",
        ),
        (
            r"ijcai\.org/proceedings/(\d{4})/0*(\d+)(?:\.pdf)?",
            r"https://www.ijcai.org/proceedings/\1/\2",
        ),
        (
            r"ojs\.aaai\.org/index\.php/([A-Z]+)/article/(?:view|download)/(\d+)(?:/\d+)*",
            r"https://ojs.aaai.org/index.php/\1/article/view/\2",
        ),
    )
)
"""Where publishers have a paper's page, its file and its record under addresses of their own."""


@functools.lru_cache(maxsize=4096)
def own_page(url: str) -> str:
    """Give the address of the page whose file or record an address leads to, else that itself."""
    for pattern, page in _OWN_PAGES:
        if match := pattern.fullmatch(url):
            return match.expand(page)
    return url


def doi_of(url: str) -> str | None:
    """Give the DOI that a publisher's address carries, without a preprint's version."""
    if "10." not in url or _ADDRESS.match(url) is None:
        return None
    url = urllib.parse.unquote(url) if "%2" in url else url
    match = _DOI.search(url)
    if match is None:
        return None
    doi = _DOI_END.sub("", match[1])
    return read_doi(_NUMBER.sub("", doi) if _NUMBERED.search(url, 0, match.end()) else doi)


def is_paper(url: str) -> bool:
    """Whether an address is that of a paper's page where every page of its kind is a paper's."""
    return _PAPER.match(url) is not None or ARTICLE.match(url) is not None


def is_article(url: str) -> bool:
    """Whether an address without a DOI is that of an article's page."""
    return ARTICLE.match(url) is not None


def may_be_paper(url: str) -> bool:
    """Whether an address can be a paper's where its siblings in a list are papers'."""
    return is_article(url) or KEPT.match(url) is not None

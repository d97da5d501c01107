"""What publishers' feeds put around a title, an abstract and names, each by its own custom.

arXiv's feeds until January 2024 had the identifier in the title (RSS 1.0); Nature's, Science's and
the American Physical Society's have dates and names in the description; bioRxiv's and medRxiv's
names are 'Kukla, D., Crampton, A.' (read in `people`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .identifiers import read_arxiv, read_doi
from .people import split_names
from .wording import one_line

_ARXIV_TITLE = re.compile(
    r"(?P<title>.*?)\.?(?:(?<!\s)\s+)?\(arXiv:(?P<id>\S{1,60})\s+\[(?P<category>[a-z-]+(?:\.[A-Za-z-]+)?)\]"
    r"(?:\s+(?P<kind>UPDATED|CROSS LISTED))?\)\s*",
    re.DOTALL,
)
_KINDS = {"UPDATED": "replace", "CROSS LISTED": "cross", None: "new"}
_DOI_PATH = re.compile(
    r"https?://[^/\s]+/(?:[a-z]+/)?(?:doi(?:/(?:abs|full|pdf|epdf|abstract))?|content(?:/early)?"
    r"|articles?|chapter|abs|full)/(?:\d{4}/\d\d/\d\d/)?(?P<doi>10\.\d{4,9}/[^\s?#&]+)"
)
_DOI_END = re.compile(
    r"(?:v\d{1,2})?(?:\.(?:full|abstract|short)(?:\.pdf|-text)?|/(?:full|pdf))?\Z"
)
_ARTICLE = re.compile(
    r"https?://(?:www\.)?(?:jmlr\.org/(?:papers|mloss)/v|nature\.com/articles/s\d"
    r"|(?:[\w-]+\.)?sciencedirect\.com/science/article/|cell\.com/[\w-]+/(?:fulltext|abstract)/"
    r"|academic\.oup\.com/[\w-]+/(?:article|advance-article)|direct\.mit\.edu/[\w-]+/article"
    r"|mdpi\.com/\d{4}-\d{3}[\dX]/|eprint\.iacr\.org/\d{4}/\d+|isca-archive\.org/\w+/\w"
    r"|roboticsproceedings\.org/\w+/p\d|drops\.dagstuhl\.de/entities/document/"
    r"|papers\.ssrn\.com/\S*abstract_id=|osf\.io/preprints/|ijcai\.org/proceedings/\d{4}/\d"
    r"|usenix\.org/conference/\w+/presentation/|ndss-symposium\.org/ndss-paper/"
    r"|tmlr\.infinite-conf\.org/paper_pages/|distill\.pub/\d{4}/\w)",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"(?:(?<!\s)\s+)?[^.;\n]{0,80}, (?:Published online: \d{1,2} \w+ \d{4}|Volume [^.;]{1,60});?\s*"
    r"(?:doi:\s*\S+)?\s*",
    re.IGNORECASE,
)
_AUTHORS = re.compile(r"\s*Author\(s\):\s*(?P<names>[^\n]+)\n?")
_ISSUE = re.compile(r"(?:(?<!\s)\s+)?\[[^\[\]\n]{3,60}\] Published [A-Z][^\n]{5,30}\Z")


@dataclass(frozen=True, slots=True)
class TitleOfOld:
    """A title of arXiv's feeds before 2024, taken apart."""

    title: str
    arxiv: str
    category: str
    kind: str
    """As the later feeds call it: ``new``, ``cross`` or ``replace``."""


def take_title(title: str) -> TitleOfOld | None:
    """Take 'A Title. (arXiv:2301.02654v1 [cs.LG] UPDATED)' apart; ``None`` for any other."""
    match = _ARXIV_TITLE.fullmatch(title)
    if match is None or read_arxiv(match["id"]) is None:
        return None
    return TitleOfOld(match["title"], match["id"], match["category"], _KINDS[match["kind"]])


def doi_of(url: str) -> str | None:
    """Give the DOI that a publisher's address carries, without a preprint's version."""
    match = _DOI_PATH.match(url)
    return read_doi(_DOI_END.sub("", match["doi"])) if match else None


def is_article(url: str) -> bool:
    """Whether an address without a DOI is that of an article's page."""
    return _ARTICLE.match(url) is not None


def take_description(text: str) -> tuple[str, tuple[str, ...] | None]:
    """Give a description without what is not the abstract, and the authors it names."""
    names = None
    if match := _AUTHORS.match(text):
        names = split_names(one_line(match["names"]))
        text = text[match.end() :]
    text = _ISSUE.sub("", _PUBLISHED.sub("", text, count=1) if _PUBLISHED.match(text) else text)
    return text, names

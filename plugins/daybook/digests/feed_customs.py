"""What publishers' feeds put around a title, an abstract and names, each by its own custom.

arXiv's feeds until January 2024 had the identifier in the title (RSS 1.0); Nature's, Science's and
the American Physical Society's have dates and names in the description; bioRxiv's and medRxiv's
names are 'Kukla, D., Crampton, A.' (read in `people`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .identifiers import read_arxiv
from .people import split_names
from .wording import one_line

_ARXIV_TITLE = re.compile(
    r"(?P<title>.*?)\.?(?:(?<!\s)\s+)?\(arXiv:(?P<id>\S{1,60})\s+\[(?P<category>[a-z-]+(?:\.[A-Za-z-]+)?)\]"
    r"(?:\s+(?P<kind>UPDATED|CROSS LISTED))?\)\s*",
    re.DOTALL,
)
_KINDS = {"UPDATED": "replace", "CROSS LISTED": "cross", None: "new"}
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


def take_description(text: str) -> tuple[str, tuple[str, ...] | None]:
    """Give a description without what is not the abstract, and the authors it names."""
    names = None
    if match := _AUTHORS.match(text):
        names = split_names(one_line(match["names"]))
        text = text[match.end() :]
    text = _ISSUE.sub("", _PUBLISHED.sub("", text, count=1) if _PUBLISHED.match(text) else text)
    return text, names

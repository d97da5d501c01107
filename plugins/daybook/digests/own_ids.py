"""A paper's other identifier, as a list names it beside the link that its title is.

'DOI: 10.1000/182' below a link to arXiv, '[arXiv](...)' beside a publisher's address: what says
that it is the paper's own, and no work that its text speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..errors import Refusal
from ..records import Entry
from .identifiers import doubtful_doi, read_arxiv, read_doi, read_url
from .marks import LINK, is_worded, papers_in, plain
from .publishers import doi_of

_KINDS = re.compile(r"\W*(?:doi|arxiv|pre-?print|arxiv pre-?print)\W*", re.IGNORECASE)
"""The words of a link that tell nothing but which identifier it has."""
_OF_OTHERS = re.compile(
    r"(?:data(?:sets?)?|code|github|videos?|slides|poster|demo|models?|weights|checkpoints?|tweet"
    r"|twitter|thread|blog(?: post)?|bib(?:tex)?|supp\w*|project(?: page)?|web(?:site|page)?"
    r"|homepage)",
    re.IGNORECASE,
)
"""The words of links to what a paper has besides, which may have a DOI of its own."""
_RANK = ("arxiv", "doi", "")
"""The kinds of addresses, the one that tells most first."""
_SEVERAL = 2


def is_id(text: str) -> bool:
    """Whether a text is an identifier and nothing else."""
    words = plain(text)
    return read_arxiv(words) is not None or read_doi(words) is not None


def is_source(words: str) -> bool:
    """Whether a link's words call it the paper itself: 'PDF', 'OpenReview', and no title."""
    text = plain(words).strip(" []()")
    other = is_worded(words) or is_id(words) or read_url(text) or _OF_OTHERS.fullmatch(text)
    return not other


def own_ids(line: str, value: str | None) -> Iterator[str]:
    """Give the identifiers in a line that are its paper's own.

    `value` is what stands behind a label for links; ``None`` where there is none.
    """
    links = [link for _, link in papers_in(line)]
    if all(is_source(link[1]) for link in links) and not re.search(r"\w", LINK.sub("", line)):
        yield from (link[2] for link in links)  # '[Paper](...) | [PDF](...)'
        return
    for link in links:
        if _KINDS.fullmatch(plain(link[1])) or (value is not None and not is_worded(link[1])):
            yield link[2]
    if value and "](" not in value:
        yield plain(value)


def address_of_one(urls: Iterable[str], *, beside: bool = False) -> str | None:
    """Give the address that counts of those of one paper; ``None`` if they are of several.

    Pages at two hosts are one paper's if their links stand `beside` each other, on one line.
    """
    by_kind: dict[str, str] = {}
    hosts: set[str] = set()
    for url in urls:
        kind = "arxiv" if read_arxiv(url) else "doi" if read_doi(url) else ""
        host = url.partition("://")[2].partition("/")[0]
        if kind in by_kind and (kind or host in hosts or not beside):
            return None
        by_kind.setdefault(kind, url)
        hosts.add(host)
    return next((by_kind[kind] for kind in _RANK if kind in by_kind), None)


def other_ids(
    stated: Iterable[str], arxiv: tuple[str, int | None] | None, doi: str | None
) -> tuple[tuple[str, int | None] | None, str | None]:
    """Give a paper's identifiers: those known, and of each other kind what alone was stated."""
    texts = [*stated]
    numbers = {found[0]: found for text in texts if (found := read_arxiv(text))}
    dois = _dois(texts)
    if arxiv is None and len(numbers) == 1:
        arxiv = next(iter(numbers.values()))
    if doi is None and len(dois) == 1:
        doi = dois[0]
    return arxiv, doi


def doubtful_ids(path: str, entry: Entry, stated: Iterable[str]) -> list[Refusal]:
    """Tell what was stated as the paper's DOI and could not be taken for it."""
    texts = [*stated]
    dois = _dois(texts)
    if entry.doi is not None or len(dois) < _SEVERAL:
        written = [text for text in texts if text.startswith("10.")]
        return doubtful_doi(path, entry.line, entry, written)
    message = f"in entry {entry.position}, two DOIs are stated, {dois[0]} and {dois[1]}"
    hint = "Leave that of the paper itself."
    return [Refusal(path, entry.line, f"{message}; neither was taken.", hint, fatal=False)]


def _dois(texts: Iterable[str]) -> list[str]:
    found = (read_doi(text) or doi_of(text) for text in texts if read_arxiv(text) is None)
    return [*dict.fromkeys(filter(None, found))]

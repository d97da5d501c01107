"""arXiv identifiers, DOIs and ORCID iDs, out of whatever surrounds them."""

from __future__ import annotations

import html
import re
import urllib.parse
from collections.abc import Callable, Iterable

from ..errors import Refusal
from ..records import Entry

_NEW = r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}"
_OLD = r"[a-z-]{2,12}(?:\.[A-Za-z-]{2,8})?/\d{2}(?:0[1-9]|1[0-2])\d{3}"
_ARXIV = re.compile(
    r"(?:arxiv(?::\s*|[ \t]{1,3})|(?:https?://)?(?:[\w-]+\.)*(?:arxiv|alphaxiv)\.org/(?:abs|pdf|html|overview)/"
    r"|(?:https?://)?(?:huggingface|hf)\.co/papers/|/papers/|https?://[\w.-]{3,60}/arxiv/"
    r"|(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:\s?)?10\.48550/arxiv\.)?"
    rf"({_NEW}|{_OLD})(?:v([1-9]\d?))?(?:\.pdf)?(?:[?#].*|/)?",
    re.IGNORECASE | re.ASCII,
)
_NAMED = re.compile(
    r"(?:arxiv(?::\s{0,3}|[ \t]{1,3})|(?:(?:https?://)?(?:dx\.)?doi\.org/|doi: ?)?"
    r"(?:10\.48550/)?arxiv\."
    r"|https?://(?:[\w-]+\.)*(?:arxiv|alphaxiv)\.org/(?:abs|pdf|html)/"
    r"|(?<![\w.])(?:(?:corr|arxiv)[, ]{1,3})?abs/|(?<![\w.-]))"
    rf"({_NEW}|{_OLD})(v[1-9]\d?)?(?:\.pdf)?(?![\w/]|\.\d)",
    re.IGNORECASE | re.ASCII,
)
_WORDS = re.compile(
    r"(?:\[[a-z., -]{2,60}\]|\W|_|\d{1,3} pages?\b|(?:19|20)\d{2}\b|version:? ?\d{1,2}\b"
    r"|(?:arxiv(?: as)?|corr|cornell university|e-?prints?|e-?prints? archive|unpublished"
    r"|online|art(?:icle)?|tech(?:nical|\.)? report|manuscript|working paper"
    r"|(?:pre-?prints?|available|posted|published|accessible|online)(?: (?:at|on|from|as|in|by))*"
    r"|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*"
    r")\b)*+",
    re.IGNORECASE,
)
"""What stands around an identifier where nothing else is said: 'arXiv preprint', '[cs.CL]'."""
_TEX = re.compile(r"\\[A-Za-z]+\*?|[{}\\~]")
_STATED = re.compile(r"(?:arxiv:|(?:https?://)?(?:www\.)?arxiv\.org/(?:abs|pdf)/)", re.IGNORECASE)
_PAGE = re.compile(
    r"https?://(?:[\w-]+\.)*arxiv\.org/(?:abs|pdf|html)/\S*\d"
    r"|(?:https?://(?:www\.)?(?:huggingface|hf)\.co)?/papers/"
    r"(?!(?:date|week|month)/)[^/?#\s]{0,20}\d[^/?#\s]{0,20}/?(?:[?#].*)?\Z",
    re.IGNORECASE,
)
_DOI = re.compile(
    r"(?:(?:pii:\s*\S{1,80}\s+)?doi:\s*|(?:https?://)?(?:dx\.)?doi\.org/)?(10\.\d{4,9}/"
    r"(?:[^\s\"<>]|<\d{1,7}::?[a-z0-9-]{1,20}>)+)",  # '16<1661::AID-SIM968>3.0.CO;2-2'
    re.IGNORECASE,
)
_ESCAPED = re.compile(r"&(?:amp|lt|gt);")
_DOI_ADDRESS = re.compile(r"(?i)\s*(?:https?://)?(?:dx\.)?doi\.org/[^?#]*")
"""The address of a DOI without what a page added; signs of its own are encoded there."""
_NUMBER_WITHIN = re.compile(
    r"[/:]\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}(?:v\d{1,2})?(?:\.pdf)?\Z", re.ASCII
)
_LONGEST_NAMED = 400
"""Characters of a field that an identifier is looked for in."""
_ORCID = re.compile(r"(?i)\b\d{4}-\d{4}-\d{4}-\d{3}[\dX]\b")


def read_arxiv(text: str) -> tuple[str, int | None] | None:
    """Read an arXiv identifier: bare, with ``arXiv:``, or as the address of one of its pages.

    Gives the identifier without version and the version; ``None`` for anything else. The
    archive's subject class is dropped, as arXiv does (``math.GT/0309136`` is ``math/0309136``):
    https://info.arxiv.org/help/arxiv_identifier.html
    """
    match = _ARXIV.fullmatch(text.strip())
    if match is None:
        return None
    identifier = match[1].lower()
    if "/" in identifier:
        archive, number = identifier.split("/")
        identifier = f"{archive.split('.')[0]}/{number}"
    return identifier, int(match[2]) if match[2] else None


def read_only_arxiv(text: str) -> tuple[str, int | None] | None:
    """Read the arXiv identifier of a text of words that says nothing but this identifier.

    'arXiv preprint arXiv:2401.00001' and 'arXiv:2401.00001 [cs], 2024' do; what names a second
    paper, or has words of its own ('Reply to arXiv:2401.00001'), speaks of others: ``None``.
    """
    text = _TEX.sub(" ", text) if len(text) <= _LONGEST_NAMED else ""
    if "arxiv" not in (low := text.lower()) and "abs/" not in low:
        return None
    found = [*_NAMED.finditer(text)]
    ids = {read_arxiv(match[1] + (match[2] or "")) for match in found}
    papers = {known[0] for known in ids if known}
    if len(papers) != 1 or _WORDS.fullmatch(_NAMED.sub(" ", text)) is None:
        return None
    return max(filter(None, ids), key=lambda known: known[1] or 0)


def read_arxiv_beside(text: str) -> tuple[str, int | None] | None:
    """Read the arXiv identifier that stands beside a venue: 'NeurIPS 2023, arXiv:2301.00001'.

    It is set off by a sign; what a word leads to ('see arXiv:2301.00001') is another paper.
    """
    text = _TEX.sub(" ", text[:_LONGEST_NAMED])
    found = [*_NAMED.finditer(text)]
    before = text[: found[0].start()].rstrip() if len(found) == 1 else "and"
    if (before and before[-1] not in ",;([") or "arxiv" not in found[0][0].lower():
        return None
    return read_arxiv(found[0][1] + (found[0][2] or ""))


_LONGEST_DOI = 1_000
"""Characters: none that is registered has so many."""


def read_doi(text: str) -> str | None:
    """Read a DOI, bare or as an address; lower case, without resolver; else ``None``.

    One that holds another is what is left of two; of an address neither query nor fragment counts.
    Its characters are graphic ones (https://www.doi.org/doi-handbook/HTML/doi-name-syntax.html).
    """
    if "?" in text or "#" in text:
        address = _DOI_ADDRESS.match(text)
        text = address[0] if address else text
    text = urllib.parse.unquote(text) if "%2" in text or "%3" in text else text
    text = _ESCAPED.sub(lambda sign: html.unescape(sign[0]), text) if "&" in text else text
    match = _DOI.fullmatch(text.strip())
    if match is None or not match[1].isprintable() or "doi.org/" in match[1].lower():
        return None
    if len(match[1]) > _LONGEST_DOI:
        return None
    return match[1].lower().rstrip(".,;")


def read_orcid(text: object) -> str | None:
    """Read an ORCID iD, bare or as an address; ``None`` for anything else.

    https://support.orcid.org/hc/en-us/articles/360006897674
    """
    match = _ORCID.search(text) if isinstance(text, str) else None
    return match[0].upper() if match else None


def read_url(text: object) -> str | None:
    """Give an absolute http or https address as it stands; ``None`` for anything else."""
    if not isinstance(text, str):
        return None
    url = text.strip()
    return url if re.fullmatch(r"https?://[^\s\"<>\\^`{|}]{3,2000}", url, re.IGNORECASE) else None


def says_arxiv(text: str) -> bool:
    """Whether a text begins as an arXiv identifier or the address of a paper there does."""
    return _STATED.match(text.strip()) is not None


def holds_number(text: str) -> bool:
    """Whether an arXiv number stands in a text, whatever stands before it."""
    return _NUMBER_WITHIN.search(text) is not None


def leads_to_paper(url: str) -> bool:
    """Whether an address leads to a paper's page by its identifier, readable or not."""
    return _PAGE.match(url) is not None


def doubtful_id(
    path: str,
    line: int | Callable[[], int | None] | None,
    entry: Entry,
    stated: Iterable[object],
    *,
    expected: bool = False,
) -> list[Refusal]:
    """Tell the first of the texts stated as arXiv identifiers, where none of them can be read.

    What has no digit ('none', '-') states nothing, unless one is `expected`; a DOI is read as one.
    A `line` that takes a look at the file is asked for when there is something to tell.
    """
    if entry.arxiv is not None:
        return []
    texts = [str(text).strip() for text in stated if isinstance(text, str | int | float)]
    digits = [text for text in texts if any(map(str.isdigit, text)) and read_doi(text) is None]
    if not digits and not expected:
        return []
    found = next(iter(digits or texts), "")[:60]
    message = f"in entry {entry.position}, {found!r} is no arXiv identifier"
    hint = "Write it as 2501.00001 or math/0309136."
    line = line() if callable(line) else line
    return [Refusal(path, line, f"{message}; the paper was kept by its title.", hint, fatal=False)]


def doubtful_doi(
    path: str,
    line: int | Callable[[], int | None] | None,
    entry: Entry,
    stated: Iterable[object],
) -> list[Refusal]:
    """Tell the first of the texts stated as DOIs, where none of them can be read.

    What has no digit ('n/a') states nothing; what is one of arXiv's was read as that.
    """
    texts = [str(text).strip() for text in stated if isinstance(text, str | int | float)]
    texts = [text for text in texts if any(map(str.isdigit, text))]
    if entry.doi is not None or not texts or any(read_doi(t) or read_arxiv(t) for t in texts):
        return []
    message = f"in entry {entry.position}, {texts[0][:60]!r} is no DOI; it was left out."
    line = line() if callable(line) else line
    return [Refusal(path, line, message, "Write it as 10.1000/182.", fatal=False)]

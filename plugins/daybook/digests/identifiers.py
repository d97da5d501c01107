"""arXiv identifiers, DOIs and ORCID iDs, out of whatever surrounds them."""

from __future__ import annotations

import re
import urllib.parse

_NEW = r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}"
_OLD = r"[a-z-]{2,12}(?:\.[A-Za-z-]{2,8})?/\d{2}(?:0[1-9]|1[0-2])\d{3}"
_ARXIV = re.compile(
    r"(?:arxiv:\s*|(?:https?://)?(?:[\w-]+\.)*(?:arxiv|alphaxiv)\.org/(?:abs|pdf|html|overview)/"
    r"|(?:https?://)?(?:huggingface|hf)\.co/papers/|/papers/|10\.48550/arxiv\.)?"
    rf"({_NEW}|{_OLD})(?:v([1-9]\d?))?(?:\.pdf)?(?:[?#].*|/)?",
    re.IGNORECASE | re.ASCII,
)
_DOI = re.compile(
    r"(?:doi:\s*|(?:https?://)?(?:dx\.)?doi\.org/)?(10\.\d{4,9}/[^\s\"<>]+)", re.IGNORECASE
)
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


def read_doi(text: str) -> str | None:
    """Read a DOI, bare or as an address; lower case, without resolver; else ``None``.

    Its characters are graphic ones (https://www.doi.org/doi-handbook/HTML/doi-name-syntax.html).
    """
    text = urllib.parse.unquote(text) if "%2" in text else text
    match = _DOI.fullmatch(text.strip())
    return match[1].lower().rstrip(".,;") if match and match[1].isprintable() else None


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

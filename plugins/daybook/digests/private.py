"""What tells of people and their machines, and of no paper: mail addresses, paths on a disk.

Bibliographies carry them where names and venues stand ('Two, Bo <bo@example.org>', a journal that
is 'file:///home/bo/x.pdf'); from there they would get into titles, indexes and permanent addresses.
Every entry comes by here, whatever read it (see `settle`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..errors import Refusal
from ..records import Entry, Link
from .addresses import clean_address
from .identifiers import read_arxiv, read_doi, read_only_arxiv, read_url

_HOST = r"(?:[\w-]+(?:\.[\w-]+)+|localhost|\[[\da-fA-F.:]+\])"
_MAIL = re.compile(
    rf"[<(\[{{]?\s{{0,3}}(?:mailto:|e-?mail:?\s)?(?<![^\s<>()\[\]{{}},;:\"'])"
    rf"(?:\{{[^{{}}@]*\}}|[^\s<>()\[\]{{}},;:\"'@]+)@{_HOST}(?:\?\S*)?\s{{0,3}}[>)\]}}]?"
    rf"|<[^\s<>@]*@[^\s<>@]*>|(?<![\w.+-])[\w.+-]+ ?[\[({{] ?at ?[\])}}] ?{_HOST}",
    re.IGNORECASE,
)
_AT = re.compile(r"[\[({] ?at ?[\])}]", re.IGNORECASE)
_ADDRESS = re.compile(r"<?\b(?:https?://|www\.)[^\s\"<>\\^`{|}]+>?", re.IGNORECASE)
_LOCAL = re.compile(
    r"(?<![\w/.:])(?:"
    r"(?:file|s?ftp|smb|afp|nfs|zotero|obsidian|evernote|mendeley|bookends|papers3?|onenote"
    r"|x-devonthink-item|vscode|content|(?:chrome|moz)-extension):/+\S*|mailto:\S+"
    r"|[a-z]:[\\/].*|\\\\[\w.$-]+\\.*"
    r"|(?:~|/(?:home|users|root|mnt|media|tmp|private|var|srv|opt|volumes)(?=/))/\S*)",
    re.IGNORECASE | re.DOTALL,
)
"""Addresses that nobody else can follow, and paths; those of Windows, with spaces, to the end."""
_FILE = re.compile(
    r"(?:file:/+|[a-z]:\\|/(?:home|users|root)/|~/)[^\s/\\:]"
    r"(?:[^\s:<>\"|*?]*|(?:[^\s:<>\"|*?]| (?![/~\\]))*\.(?:pdf|ps|djvu|epub"
    r"|docx?|html?|txt|tex|bib|md))",
    re.IGNORECASE,
)
"""A path and nothing else: one with blanks ends as files of papers do."""
_MAY_HAVE = re.compile(
    r"@|[a-z]:[/\\]|\\\\|www\.|[~/](?:home|users|root|mnt|media|tmp|private|var|srv|opt|volumes)?/"
    r"|\bat ?[\])}]|\bmailto:",
    re.IGNORECASE,
)
_SIGNS = ("@", "/", "\\", "www.", "at)", "at]", "at }", "at ]", "at )", "at}")
"""What everything has that `_MAY_HAVE` finds."""
_LED = re.compile(
    r"(?:\[online\]|\b(?:see|also|url|link|at|from|via|on|accessed|retrieved|available(?: online)?"
    r"|e\.g|cf))\W{0,3}\Z",
    re.IGNORECASE,
)
"""A word that leads to an address."""
_LONGEST_LEAD = 30
_WHERE = re.compile(
    r"\W*(?:(?:available|accessed|retrieved|online|published|see|url|link|web|website|page|at|from|on"
    r"|in|also|via|and|last|visited|checked|here|project|home|homepage|paper|pdf|code|doi|html|abs"
    r"|abstract|preprint|arxiv|[12]\d{3}|\d{1,2}|jan\w*|feb\w*|mar\w*|apr\w*|may|june?"
    r"|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)\b\W*)*",
    re.IGNORECASE,
)
"""What is said around an address: '[Online]. Available at', 'Accessed 3 May 2024'."""
_BEFORE_SIGN = re.compile(r"(?<!\s)\s+(?=[.,;:)])")
_EMPTY = re.compile(r"[(\[{<]\s*[)\]}>]")
_EDGE = " \t,;:\"'<>-–—|/"


@dataclass(frozen=True, slots=True)
class Cleared:
    """An entry without what is private, and what to tell of it."""

    entry: Entry
    refusals: tuple[Refusal, ...] = ()


def may_have(text: str) -> bool:
    """Tell at a glance whether a text could hold anything private, or an address."""
    if not any(sign in text for sign in _SIGNS):  # So it is with most, and a tenth of the time.
        return False
    return _MAY_HAVE.search(text) is not None


def without_mail_address(name: str) -> str:
    """Give a name without mail addresses; '' where it is nothing else."""
    if "@" not in name and _AT.search(name) is None:
        return name
    return _tidy(_MAIL.sub(" ", name), name)


def _tidy(text: str, before: str) -> str:
    """Put what is left in order; a text of which nothing went stays as it was."""
    if text == before:
        return before
    text = _EMPTY.sub(" ", text)
    return " ".join(text.split()).strip(_EDGE) if any(map(str.isalpha, text)) else ""


def _without_local(text: str) -> str:
    return _tidy(_LOCAL.sub(" ", without_mail_address(text)), text)


def clear(path: str, entry: Entry) -> Cleared:
    """Leave out of an entry's names what is private; a venue's address becomes a link."""
    told: list[str] = []
    changes: dict[str, object] = {}
    if entry.authors:
        names = {name: without_mail_address(name) for name in entry.authors}
        kept = tuple(filter(None, (names[name] for name in entry.authors)))
        if len(kept) < len(entry.authors):
            alone, all_of = len(entry.authors) - len(kept), len(entry.authors)
            told.append(f"{alone} of {all_of} authors are a mail address and no name")
        changes["authors"] = kept or None
        changes["orcids"] = tuple(
            (named, orcid)
            for name, orcid in entry.orcids
            if (named := names.get(name) or without_mail_address(name))
        )
    words = tuple(filter(None, map(_without_local, entry.keywords)))
    if len(words) < len(entry.keywords):
        alone, all_of = len(entry.keywords) - len(words), len(entry.keywords)
        told.append(f"{alone} of {all_of} keywords are a mail address or a path on one machine")
    changes["keywords"] = words
    for field in ("submitter", "organization", "group"):
        if text := getattr(entry, field):
            changes[field] = _without_local(text) or None
            if changes[field] is None:
                told.append(f"the {field} is a mail address or a path on one machine")
    if entry.venue and (own := entry.arxiv is None and read_only_arxiv(entry.venue)):
        changes["venue"], (changes["arxiv"], changes["arxiv_version"]) = None, own
    elif entry.venue:
        venue, links = _venue(entry.venue, entry)
        if venue is None and not links and may_have(_ADDRESS.sub("", entry.venue)):
            told.append("the venue is a path or an address on one machine")
        changes["venue"] = venue
        changes["links"] = tuple(dict.fromkeys((*entry.links, *links)))
    if _FILE.fullmatch(entry.title):
        changes["title"] = re.split(r"[\\/:]", entry.title.rstrip("\\/"))[-1]
        told.append("the title is a path on one machine, of which the last part was kept")
    refusals = (
        Refusal(path, entry.line, f"in entry {entry.position}, {what}.", _HINT, fatal=False)
        for what in told
    )
    return Cleared(replace(entry, **changes), tuple(refusals))  # type: ignore[arg-type]


_HINT = "Correct the entry, if it is yours."


def _venue(text: str, entry: Entry) -> tuple[str | None, list[Link]]:
    """Give a venue's name, if it has one, and the addresses that stand in it as links."""
    links: list[Link] = []
    parts, place = [], 0
    for match in _ADDRESS.finditer(text):
        written = _address_alone(match[0])
        parts.append(_without_lead(text[place : match.start()]))
        place = match.start() + len(written)
        written = written.strip("<>")
        url = read_url(written if "://" in written else f"https://{written}")
        arxiv = read_arxiv(url) if url else None
        if url is None or (arxiv and arxiv[0] == entry.arxiv):
            continue
        if entry.doi is None or read_doi(url) != entry.doi:
            links.append(Link("page", clean_address(url)))
    rest = text[place:] if not place or text[place:].strip(" .,;") else ""
    if parts and parts[-1].endswith("."):
        rest = rest.removeprefix(".")
    joined = _BEFORE_SIGN.sub("", " ".join((*parts, rest))) if place else text
    name = _without_local(_tidy(joined, text))
    if name != text and _WHERE.fullmatch(name):
        return None, links
    return name or None, links


def _address_alone(text: str) -> str:
    """Give an address without the signs of the sentence that it stands in."""
    text = text.rstrip(".,;:!?>")
    for _ in range(text.count(")") - text.count("(")):
        text = text.removesuffix(")").rstrip(".,;:!?>")
    return text


def _without_lead(text: str) -> str:
    """Give what stands before an address without the words that lead to it."""
    before = text = text.rstrip()
    while lead := _LED.search(text, max(0, len(text) - _LONGEST_LEAD)):
        text = text[: lead.start()].rstrip()
    return text if text == before else text.rstrip(",;: ")

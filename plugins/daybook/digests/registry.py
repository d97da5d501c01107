"""The table of formats, and the one way from a file's bytes to its digests."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..errors import MalformedDigestError, Refusal, UnknownFormatError
from ..records import Digest
from . import (
    arxiv_html,
    arxiv_mail,
    bibtex,
    csl_json,
    feeds,
    hf_html,
    hf_json,
    hf_rendering,
    hf_text,
    mail,
    newsletter_html,
    newsletter_markdown,
    ris,
    tables,
)
from .document import Document
from .draft import Draft
from .settle import settle
from .sidecars import SUFFIX, Sidecar, read_sidecar


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file that can be read."""

    name: str
    title: str
    """In words, as reports and the README say it."""
    accepts: Callable[[Document], bool]
    """Whether the content is of this format: quick, and strict enough to leave others theirs."""
    read: Callable[[Document], Iterable[Draft]]
    """Read it, as one digest or several.

    Raises:
        DigestError: where nothing in the file can be kept.
    """


_PLAIN: tuple[Format, ...] = (
    Format("hf-json", "Hugging Face API answers (JSON)", hf_json.accepts, hf_json.read),
    Format("hf-html", "Hugging Face pages (HTML)", hf_html.accepts, hf_html.read),
    Format("arxiv-html", "arXiv listings and searches (HTML)", arxiv_html.accepts, arxiv_html.read),
    Format("feed", "feeds of papers, arXiv's first (Atom, RSS)", feeds.accepts, feeds.read),
    Format(
        "html", "newsletters and trackers in HTML", newsletter_html.accepts, newsletter_html.read
    ),
    Format("arxiv-mail", "arXiv mailings and text listings", arxiv_mail.accepts, arxiv_mail.read),
    Format("csl-json", "bibliographies in CSL-JSON", csl_json.accepts, csl_json.read),
    Format("jsonl", "JSON Lines of papers", tables.accepts_lines, tables.read_lines),
    Format("bibtex", "bibliographies in BibTeX", bibtex.accepts, bibtex.read),
    Format("ris", "bibliographies in RIS", ris.accepts, ris.read),
    Format("csv", "tables of papers (CSV, TSV)", tables.accepts_csv, tables.read_csv),
    Format(
        "hf-rendering",
        "Hugging Face pages rendered as text or Markdown",
        hf_rendering.accepts,
        hf_rendering.read,
    ),
    Format(
        "markdown",
        "newsletters and trackers in Markdown",
        newsletter_markdown.accepts,
        newsletter_markdown.read,
    ),
    Format("hf-text", "Hugging Face Daily Papers copied as text", hf_text.accepts, hf_text.read),
)
"""The formats that hold papers themselves, the strictest first."""


def _read_body(document: Document) -> Iterable[Draft]:
    """Read what a mail holds, in whichever format; what no reader knows is no draft."""
    chosen = next((known for known in _PLAIN if known.accepts(document)), None)
    return chosen.read(document) if chosen is not None else ()


FORMATS: tuple[Format, ...] = (
    Format("mail", "e-mail (a message or a mailbox)", mail.accepts, mail.reader(_read_body)),
    *_PLAIN,
)
"""Every format; the first that accepts a file reads it."""

_HINT = "See the README for the formats that are read, or remove the file from the folder."


def read_digest(source: str, data: bytes, sidecar: bytes | None = None) -> tuple[Digest, ...]:
    """Read one file of any known format.

    `source` is the file's path relative to the digests folder; `sidecar` is what its ``.toml``
    file holds. Digests after the first of a file get ``#2``, ``#3`` after their source.

    Raises:
        DigestError: for a file of which nothing can be kept; never anything else.
    """
    document = Document(source, data)
    word = read_sidecar(source, sidecar) if sidecar is not None else Sidecar()
    chosen = next((known for known in FORMATS if known.accepts(document)), None)
    if chosen is None:
        raise UnknownFormatError(
            source, f"expected a list of papers, found {_describe(document)}.", hint=_HINT
        )
    drafts = tuple(chosen.read(document))
    if not any(draft.entries for draft in drafts):
        raise MalformedDigestError(
            source,
            f"expected {chosen.title}, found no paper in it.",
            line=next((r.line for d in drafts for r in d.refusals), None),
            hint="Save it again, or remove it from the folder.",
        )
    drafts = _with_papers(drafts)
    if len(drafts) > 1 and word.date is not None:
        word = dataclasses.replace(word, date=None, refusals=(*word.refusals, _too_many(source)))
    silent = dataclasses.replace(word, refusals=())
    digests = [
        settle(
            source if number == 1 else f"{source}#{number}",
            chosen.name,
            draft,
            word if number == 1 else silent,
        )
        for number, draft in enumerate(drafts, 1)
    ]
    first = dataclasses.replace(digests[0], refusals=(*digests[0].refusals, *document.doubts))
    return (first, *digests[1:])


def _with_papers(drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """Leave out drafts without a paper; what they refuse is told by the first that has one."""
    orphaned = [refusal for draft in drafts if not draft.entries for refusal in draft.refusals]
    first, *others = (draft for draft in drafts if draft.entries)
    first = dataclasses.replace(first, refusals=(*first.refusals, *orphaned))
    return (first, *others)


def _too_many(source: str) -> Refusal:
    return Refusal(
        source + SUFFIX,
        None,
        "it gives one date to a file that holds several digests; the file's own dates were taken.",
        "Leave the date out.",
        fatal=False,
    )


def _describe(document: Document) -> str:
    """Say in a few words what an unknown file seems to be."""
    if document.is_markup:
        return "HTML or XML of no known kind"
    if document.parsed is not None:
        return "JSON of no known kind"
    return "text of no known kind"

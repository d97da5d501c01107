"""The table of formats, and the one way from a file's bytes to its digests."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..errors import DigestError, MalformedDigestError, Refusal, UnknownFormatError
from ..records import Digest
from . import (
    arxiv_html,
    arxiv_mail,
    bibtex,
    citation_html,
    csl_json,
    feeds,
    hf_html,
    hf_json,
    hf_rendered_paper,
    hf_rendering,
    hf_text,
    json_papers,
    mail,
    newsletter_html,
    newsletter_markdown,
    ris,
    scholar_alert,
    tables,
    tagged,
    xml_records,
)
from .containers import Member, unpack
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
    rendered: bool = False
    """Whether fields are read off a text made for people, whose lines may be wrapped, cut or
    forwarded: any format that states its fields counts more."""


def _is_bibliography(document: Document) -> bool:
    """Whether a file is BibTeX, and not a list in Markdown that asks to be cited so."""
    return bibtex.accepts(document) and not newsletter_markdown.lists_more(document)


_PLAIN: tuple[Format, ...] = (
    Format("hf-json", "Hugging Face API answers (JSON)", hf_json.accepts, hf_json.read),
    Format("hf-html", "Hugging Face pages (HTML)", hf_html.accepts, hf_html.read),
    Format(
        "scholar-alert",
        "Google Scholar's alerts (HTML)",
        scholar_alert.accepts,
        scholar_alert.read,
        rendered=True,
    ),
    Format("arxiv-html", "arXiv listings and searches (HTML)", arxiv_html.accepts, arxiv_html.read),
    Format(
        "citation-html",
        "pages of one paper with citation tags (HTML)",
        citation_html.accepts,
        citation_html.read,
    ),
    Format(
        "xml",
        "records in XML: OAI-PMH, PubMed, DBLP and EndNote",
        xml_records.accepts,
        xml_records.read,
    ),
    Format("feed", "feeds of papers, arXiv's first (Atom, RSS)", feeds.accepts, feeds.read),
    Format(
        "html",
        "newsletters and trackers in HTML",
        newsletter_html.accepts,
        newsletter_html.read,
        rendered=True,
    ),
    Format(
        "arxiv-mail",
        "arXiv mailings and text listings",
        arxiv_mail.accepts,
        arxiv_mail.read,
        rendered=True,
    ),
    Format("csl-json", "bibliographies in CSL-JSON", csl_json.accepts, csl_json.read),
    Format("jsonl", "JSON Lines of papers", json_papers.accepts_lines, json_papers.read_lines),
    Format(
        "json",
        "lists of papers and answers of services (JSON)",
        json_papers.accepts,
        json_papers.read,
    ),
    Format("bibtex", "bibliographies in BibTeX", _is_bibliography, bibtex.read),
    Format("ris", "bibliographies in RIS", ris.accepts, ris.read),
    Format("tagged", "exports of PubMed, Web of Science and EndNote", tagged.accepts, tagged.read),
    Format("csv", "tables of papers (CSV, TSV)", tables.accepts_csv, tables.read_csv),
    Format(
        "hf-rendered-paper",
        "a paper's page at Hugging Face rendered as text or Markdown",
        hf_rendered_paper.accepts,
        hf_rendered_paper.read,
        rendered=True,
    ),
    Format(
        "hf-rendering",
        "Hugging Face pages rendered as text or Markdown",
        hf_rendering.accepts,
        hf_rendering.read,
        rendered=True,
    ),
    Format(
        "markdown",
        "newsletters and trackers in Markdown",
        newsletter_markdown.accepts,
        newsletter_markdown.read,
        rendered=True,
    ),
    Format(
        "hf-text",
        "Hugging Face Daily Papers copied as text",
        hf_text.accepts,
        hf_text.read,
        rendered=True,
    ),
)
"""The formats that hold papers themselves, the strictest first."""


def _read_body(document: Document) -> Iterable[Draft]:
    """Read what a mail holds, in whichever format; what no reader knows is no draft."""
    chosen = next((known for known in _PLAIN if known.accepts(document)), None)
    return chosen.read(document) if chosen is not None else ()


FORMATS: tuple[Format, ...] = (
    Format(
        "mail",
        "e-mail (a message or a mailbox)",
        mail.accepts,
        mail.reader(_read_body),
        rendered=True,
    ),
    *_PLAIN,
)
"""Every format; the first that accepts a file reads it."""
RENDERINGS = frozenset(known.name for known in FORMATS if known.rendered)
"""The names of the formats whose fields are read off a text."""

_HINT = "See the README for the formats that are read, or remove the file from the folder."


def read_digest(source: str, data: bytes, sidecar: bytes | None = None) -> tuple[Digest, ...]:
    """Read one file of any known format, or all that a compressed one holds.

    `source` is the file's path relative to the digests folder; `sidecar` is what its ``.toml``
    file holds. Digests after the first of a file get ``#2``, ``#3`` after their source.

    Raises:
        DigestError: for a file of which nothing can be kept; never anything else.
    """
    word = read_sidecar(source, sidecar) if sidecar is not None else Sidecar()
    members = unpack(source, data)
    if members is None:
        document = Document(source, data)
        chosen, drafts = _read_drafts(document)
        found, told = [(chosen.name, draft) for draft in drafts], document.doubts
    else:
        found, told = _read_members(source, list(members))
    if len(found) > 1 and word.date is not None:
        word = dataclasses.replace(word, date=None, refusals=(*word.refusals, _too_many(source)))
    silent = dataclasses.replace(word, refusals=())
    digests = [
        settle(
            source if number == 1 else f"{source}#{number}",
            name,
            draft,
            word if number == 1 else silent,
        )
        for number, (name, draft) in enumerate(found, 1)
    ]
    first = dataclasses.replace(digests[0], refusals=(*digests[0].refusals, *told))
    return (first, *digests[1:])


def _read_drafts(document: Document) -> tuple[Format, tuple[Draft, ...]]:
    """Read a file that is not compressed.

    Raises:
        DigestError: for a file of which nothing can be kept.
    """
    chosen = next((known for known in FORMATS if known.accepts(document)), None)
    if chosen is None:
        raise UnknownFormatError(
            document.path, f"expected a list of papers, found {_describe(document)}.", hint=_HINT
        )
    drafts = tuple(chosen.read(document))
    if not any(draft.entries for draft in drafts):
        raise MalformedDigestError(
            document.path,
            f"expected {chosen.title}, found no paper in it.",
            line=next((r.line for d in drafts for r in d.refusals), None),
            hint="Save it again, or remove it from the folder.",
        )
    return chosen, _with_papers(drafts)


def _read_members(
    source: str, members: list[Member]
) -> tuple[list[tuple[str, Draft]], list[Refusal]]:
    """Read every file of an archive; what cannot be read is told by its name.

    Raises:
        DigestError: for an archive of which nothing can be kept.
    """
    found: list[tuple[str, Draft]] = []
    told: list[Refusal] = []
    for member in members:
        inside = f"{member.name!r} " if member.name != source else ""
        if member.problem is not None:
            message = f"{inside}in the archive {member.problem}; it was left out."
            told.append(Refusal(source, None, message, "Put it into the folder itself."))
            continue
        document = Document(source, member.data)
        try:
            chosen, drafts = _read_drafts(document)
        except DigestError as error:
            if len(members) == 1:
                raise
            message = f"in {inside}{error.refusal.message}"
            told.append(dataclasses.replace(error.refusal, message=message))
            continue
        if member.doubt is not None:
            told.append(Refusal(source, None, member.doubt, "Save it again.", fatal=False))
        told += document.doubts
        found += [(chosen.name, dataclasses.replace(d, file_name=member.name)) for d in drafts]
    if not found:
        first = told[0] if told else Refusal(source, None, "the archive holds no file.", _HINT)
        raise MalformedDigestError(source, first.message, hint=first.hint)
    return found, told


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
    if "arxiv.org/api/errors" in document.text:
        return "an error that arXiv's API answered with, inside something else"
    if document.parsed is not None:
        return "JSON of no known kind"
    return "text of no known kind"

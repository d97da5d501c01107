"""The table of formats, and the one way from a file's bytes to its digests."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from ..errors import DigestError, MalformedDigestError, Refusal, UnknownFormatError
from ..records import Digest, Entry
from .containers import Member, unpack
from .document import Document
from .draft import Draft
from .empty_days import only_says_nothing
from .ending import tell_ending
from .hf_text_places import has_more_tails
from .settle import settle
from .sidecars import SUFFIX, Sidecar, read_sidecar
from .unread import tell_unread


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


def _lazily(module: str, function: str) -> Callable[[Document], Any]:
    """Give a reader's function; its module is loaded with the first file that it is shown.

    All of them, with what they parse by, take as long to load as a small archive to build.
    """

    def call(document: Document) -> Any:
        return getattr(import_module(f".{module}", __package__), function)(document)

    return call


def _format(
    name: str,
    title: str,
    *,
    module: str | None = None,
    functions: tuple[str, str] = ("accepts", "read"),
    rendered: bool = False,
) -> Format:
    """Enter a format that is read by the module of its name, or the one that is named."""
    module = module or name.replace("-", "_")
    accepts, read = (_lazily(module, function) for function in functions)
    return Format(name, title, accepts, read, rendered)


def _markup(name: str, title: str, *, module: str | None = None, rendered: bool = False) -> Format:
    """Enter a format of HTML or XML: other files are not shown to its module at all."""
    known = _format(name, title, module=module, rendered=rendered)

    def accepts(document: Document) -> bool:
        marked = document.is_markup or "<article" in document.start
        return marked and known.accepts(document)

    return dataclasses.replace(known, accepts=accepts)


def _is_bibliography(document: Document) -> bool:
    """Whether a file is BibTeX, and not a list in Markdown that asks to be cited so."""
    found: bool = _lazily("bibtex", "accepts")(document)
    return found and not _lazily("newsletter_markdown", "lists_more")(document)


_PLAIN: tuple[Format, ...] = (
    _format("hf-json", "Hugging Face API answers (JSON)"),
    _markup("hf-html", "Hugging Face pages (HTML)"),
    _markup("scholar-alert", "Google Scholar's alerts (HTML)", rendered=True),
    _markup("arxiv-html", "arXiv listings and searches (HTML)"),
    _markup("citation-html", "pages of one paper with citation tags (HTML)"),
    _markup("xml", "records in XML: OAI-PMH, PubMed, DBLP and EndNote", module="xml_records"),
    _markup("feed", "feeds of papers, arXiv's first (Atom, RSS)", module="feeds"),
    _markup("html", "newsletters and trackers in HTML", module="newsletter_html", rendered=True),
    _format("arxiv-mail", "arXiv mailings and text listings", rendered=True),
    _format("csl-json", "bibliographies in CSL-JSON"),
    _format(
        "jsonl",
        "JSON Lines of papers",
        module="json_papers",
        functions=("accepts_lines", "read_lines"),
    ),
    _format("json", "lists of papers and answers of services (JSON)", module="json_papers"),
    dataclasses.replace(_format("bibtex", "bibliographies in BibTeX"), accepts=_is_bibliography),
    _format("ris", "bibliographies in RIS"),
    _format("tagged", "exports of PubMed, Web of Science and EndNote"),
    _format(
        "csv",
        "tables of papers (CSV, TSV)",
        module="tables",
        functions=("accepts_csv", "read_csv"),
    ),
    _format(
        "hf-rendered-paper",
        "a paper's page at Hugging Face rendered as text or Markdown",
        rendered=True,
    ),
    _format("hf-rendering", "Hugging Face pages rendered as text or Markdown", rendered=True),
    _format(
        "markdown",
        "newsletters and trackers in Markdown",
        module="newsletter_markdown",
        rendered=True,
    ),
    _format("hf-text", "Hugging Face Daily Papers copied as text", rendered=True),
)
"""The formats that hold papers themselves, the strictest first."""


_TEXTS = ("scholar-alert", "arxiv-html", "arxiv-mail", "hf-rendering", "markdown", "hf-text")
"""The formats whose readers find entries by what stands around them: see `unread`."""

_LENIENT = ("hf-rendering", "markdown")
"""What one link or heading in a copied page can be taken for."""


def _read_as(chosen: Format, document: Document) -> tuple[Draft, ...]:
    """Read a file as what it is, and tell what a text names that was not read."""
    first, *others = tuple(chosen.read(document)) or (Draft(()),)
    if chosen.name in _TEXTS:
        entries = [entry for draft in (first, *others) for entry in draft.entries]
        told = [refusal for draft in (first, *others) for refusal in draft.refusals]
        if unread := tell_unread(document, entries, told):
            first = dataclasses.replace(first, refusals=(*first.refusals, *unread))
    return (first, *others)


def _read_body(document: Document) -> Iterable[Draft]:
    """Read what a mail holds, in whichever format; what no reader knows is no draft."""
    nothing: list[Draft] = []
    for known in _PLAIN:
        if known.accepts(document):
            drafts = list(_read_as(known, document))
            if any(draft.entries for draft in drafts):
                return drafts
            nothing = nothing or drafts
    return nothing


def _read_mail(document: Document) -> Iterable[Draft]:
    from .mail import reader  # noqa: PLC0415 - see `_lazily`

    return reader(_read_body)(document)


FORMATS: tuple[Format, ...] = (
    dataclasses.replace(
        _format("mail", "e-mail (a message or a mailbox)", rendered=True), read=_read_mail
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
    problem: MalformedDigestError | None = None
    scarce: tuple[Format, tuple[Draft, ...]] | None = None
    cut: int | None = None
    for chosen in FORMATS:
        if (scarce and chosen.name != "hf-text") or not chosen.accepts(document):
            continue
        try:
            drafts = _read_as(chosen, document)
        except MalformedDigestError:
            if scarce is None:
                raise
            break
        if entries := [entry for draft in drafts for entry in draft.entries]:
            if cut is not None and all((entry.line or cut) >= cut for entry in entries):
                continue  # What stands in a record that is cut is no list of its own.
            if chosen.name in _LENIENT and has_more_tails(document.text, 2 * len(entries)):
                scarce = chosen, drafts
                continue
            _refuse_nothing(document, entries)
            return chosen, _with_ending(document, chosen, _with_papers(drafts))
        problem = problem or MalformedDigestError(
            document.path,
            f"expected {chosen.title}, found no paper in it.",
            line=next((r.line for d in drafts for r in d.refusals), None),
            hint="Save it again, or remove it from the folder.",
        )
        cut = cut or next((draft.cut for draft in drafts if draft.cut), None)
    if scarce is not None:
        return scarce[0], _with_ending(document, scarce[0], _with_papers(scarce[1]))
    # What only quotes a format, as a letter that tells how to cite it, has been read as another.
    raise (
        problem
        or _broken_json(document)
        or UnknownFormatError(
            document.path, f"expected a list of papers, found {_describe(document)}.", hint=_HINT
        )
    )


def _broken_json(document: Document) -> MalformedDigestError | None:
    """Say where JSON breaks off of which nothing could be read."""
    for told in document.parsed.told if document.parsed is not None else ():
        if told.fatal:
            return MalformedDigestError(
                document.path, told.message, line=told.line, hint=told.hint or _HINT
            )
    return None


def _refuse_nothing(document: Document, entries: list[Entry]) -> None:
    """Refuse a file whose only entries are the words of a page without papers.

    Raises:
        MalformedDigestError: for such a page.
    """
    if only_says_nothing(entries):
        raise MalformedDigestError(
            document.path,
            f"expected a list of papers, found a page without any: {entries[0].title[:60]!r} "
            "(a login, an error or an empty day).",
            line=entries[0].line,
            hint="Remove it, or save the page again.",
        )


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


def _with_ending(
    document: Document, chosen: Format, drafts: tuple[Draft, ...]
) -> tuple[Draft, ...]:
    """Tell of a text made for people that it ends within a line: its last paper has no end."""
    *others, last = drafts
    if not chosen.rendered or document.is_markup or document.is_json:
        return drafts
    told = [*document.doubts, *(refusal for draft in drafts for refusal in draft.refusals)]
    ending = tell_ending(document.path, document.text, last.entries, told)
    return (*others, dataclasses.replace(last, refusals=[*last.refusals, *ending]))


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
    if document.parsed is not None and document.parsed.value in ([], {}):
        return "an empty list, as of a day without papers"
    if document.parsed is not None:
        return "JSON of no known kind"
    return "text of no known kind"

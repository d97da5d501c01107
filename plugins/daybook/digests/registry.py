"""The table of formats, and the one way from a file's bytes to its digests."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

from ..errors import DigestError, MalformedDigestError, Refusal
from ..records import Digest
from .choosing import Format, Found, read_best
from .claims import Claim
from .containers import Member, unpack
from .document import Document, Kind
from .draft import Draft
from .ending import tell_ending
from .fenced import with_fenced
from .formats import TITLES
from .settle import settle
from .several_lists import with_others
from .sidecars import SUFFIX, Sidecar, read_sidecar
from .stated import read_statement
from .unknown import HINT, office_document, unknown


def _lazily(module: str, function: str) -> Callable[[Document], Any]:
    """Give a reader's function; its module is loaded with the first file that it is shown.

    All of them, with what they parse by, take as long to load as a small archive to build.
    """

    def call(document: Document) -> Any:
        return getattr(import_module(f".{module}", __package__), function)(document)

    return call


def _format(
    name: str,
    *kinds: Kind,
    module: str | None = None,
    functions: tuple[str, str] = ("accepts", "read"),
    rendered: bool = False,
) -> Format:
    """Enter a format that is read by the module of its name, or the one that is named."""
    module = module or name.replace("-", "_")
    known, read = (_lazily(module, function) for function in functions)

    def accepts(document: Document) -> Claim | None:
        claim: Claim | bool | None = known(document)
        return (Claim() if claim else None) if isinstance(claim, bool) else claim

    return Format(name, TITLES[name], accepts, read, kinds or (Kind.TEXT,), rendered)


_PLAIN: tuple[Format, ...] = (
    _format("hf-json", Kind.JSON),
    _format("hf-html", Kind.HTML),
    _format("scholar-alert", Kind.HTML, rendered=True),
    _format("arxiv-html", Kind.HTML),
    _format("citation-html", Kind.HTML),
    _format("xml", Kind.XML, module="xml_records"),
    _format("feed", Kind.XML, module="feeds"),
    _format("arxiv-mail", Kind.TEXT, Kind.HTML, rendered=True),
    _format("html", Kind.HTML, module="newsletter_html", rendered=True),
    _format("csl-json", Kind.JSON),
    _format(
        "jsonl",
        Kind.JSON,
        Kind.TEXT,
        module="json_papers",
        functions=("accepts_lines", "read_lines"),
    ),
    _format("json", Kind.JSON, module="json_papers"),
    _format("bibtex"),
    _format("ris"),
    _format("tagged"),
    _format(
        "csv",
        module="tables",
        functions=("accepts_csv", "read_csv"),
    ),
    _format(
        "hf-rendered-paper",
        rendered=True,
    ),
    _format("hf-rendering", rendered=True),
    _format(
        "markdown",
        Kind.TEXT,
        Kind.JSON,
        module="newsletter_markdown",
        rendered=True,
    ),
    _format("hf-text", rendered=True),
)
"""The formats that hold papers themselves, the strictest first."""


def _read_body(document: Document) -> Iterable[Draft]:
    """Read what a mail holds, in whichever format; what no reader knows is no draft."""
    chosen = with_others(document, read_best(document, _PLAIN), _read_text)
    return chosen[1] if chosen else ()


def _read_mail(document: Document) -> Iterable[Draft]:
    from .mail import reader  # noqa: PLC0415 - see `_lazily`

    return reader(_read_body)(document)


FORMATS: tuple[Format, ...] = (
    dataclasses.replace(_format("mail", rendered=True), read=_read_mail),
    *_PLAIN,
)
"""Every format; of two that claim a file from the same place, the first is asked first."""
RENDERINGS = frozenset(known.name for known in FORMATS if known.rendered)
"""The names of the formats whose fields are read off a text."""

_LISTED = re.compile(r"(?:#[^\n]*\n|\s)*+- [\w-]{1,40}:\s")
"""A list in YAML, whose records may quote BibTeX."""
_STATES = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:date|name)[ \t]*:", re.IGNORECASE)


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
    if found := _read_below_head(document):
        return found
    if found := _read_whole(document):
        chosen, drafts = found
        return chosen, _with_ending(document, chosen, drafts)
    raise _broken_json(document) or unknown(document)


def _read_below_head(document: Document) -> Found | None:
    """Read what stands below a head in JSON; ``None`` where there is none, or no paper below."""
    if not document.start.startswith("{"):
        return None
    from .json_head import below_json_head  # noqa: PLC0415 - see `_lazily`

    beneath = below_json_head(document)
    if beneath is None:
        return None
    try:
        found = _read_drafts(beneath)
    except DigestError:
        return None
    document.doubts += beneath.doubts
    return found


def _read_whole(document: Document) -> Found | None:
    """Read a file with what a keeper's own lines above it say.

    Readers of texts made for people know such lines; a mail may begin with one that looks so.

    Raises:
        DigestError: as `read_best`.
    """
    problem: DigestError | None = None
    found = None
    try:
        found = read_best(document, FORMATS)
    except DigestError as error:
        problem = error
    if found is None or not found[0].rendered:
        found = _read_beneath(document) or found
    quoted = found is not None and found[0].name == "bibtex" and _LISTED.match(document.start)
    if found is None or found[0].name == "markdown" or quoted:
        found = _read_yaml(document, found)
    found = with_fenced(document, found, _read_plain, _read_text)
    found = with_others(document, found, _read_text)
    if found is None and problem is not None:
        raise problem
    return found


def _read_beneath(document: Document) -> Found | None:
    """Read what stands beneath a keeper's own lines, if there are any; these date and name it."""
    if not _STATES.match(document.data):
        return None
    lines = document.text.split("\n")
    said = read_statement(document.path, lines)
    body = "\n" * said.body + "\n".join(lines[said.body :])
    beneath = Document(document.path, body.encode("utf-8", "replace"))
    try:
        found = read_best(beneath, _PLAIN)
    except DigestError:
        return None
    if found is None or found[0].rendered:
        return None
    document.doubts += [doubt for doubt in beneath.doubts if doubt not in document.doubts]
    first, *others = found[1]
    first = dataclasses.replace(
        first,
        stated=said.date or first.stated,
        name=said.name or first.name,
        refusals=(*said.refusals, *first.refusals),
    )
    return found[0], (first, *others)


def _read_yaml(document: Document, otherwise: Found | None) -> Found | None:
    """Read a file as a list in YAML, if it is one, or else as what it is otherwise.

    Raises:
        MalformedDigestError: for one that is nothing else, and has no paper that is whole.
    """
    if document.is_markup or document.is_json or "title" not in document.text.lower():
        return otherwise
    from .yaml_found import read_yaml_file  # noqa: PLC0415 - see `_lazily`

    return read_yaml_file(document, otherwise, _PLAIN)


def _read_plain(document: Document) -> Found | None:
    """Read what states its fields, as code within a text may; ``None`` for anything else."""
    found = _read_text(document)
    return found if found and not found[0].rendered else None


def _read_text(document: Document) -> Found | None:
    """Read a part of a text; ``None`` for what is no list."""
    try:
        return _read_yaml(document, read_best(document, _PLAIN))
    except DigestError:
        return None


def _broken_json(document: Document) -> MalformedDigestError | None:
    """Say where JSON breaks off of which nothing could be read."""
    for told in document.parsed.told if document.parsed is not None else ():
        if told.fatal:
            return MalformedDigestError(
                document.path, told.message, line=told.line, hint=told.hint or HINT
            )
    return None


def _read_members(
    source: str, members: list[Member]
) -> tuple[list[tuple[str, Draft]], list[Refusal]]:
    """Read every file of an archive; what cannot be read is told by its name.

    Raises:
        DigestError: for an archive of which nothing can be kept.
    """
    if document := office_document(source, (member.name for member in members)):
        raise document
    found: list[tuple[str, Draft]] = []
    told: list[Refusal] = []
    for member in members:
        inside = f"{member.name!r} " if member.name != source else ""
        if member.refusal is not None:
            told.append(member.refusal)
        if member.refusal is not None and not member.data:
            continue
        held = Document(source, member.data)
        try:
            chosen, drafts = _read_drafts(held)
        except DigestError as error:
            if len(members) == 1:
                raise
            message = f"in {inside}{error.refusal.message}"
            told.append(dataclasses.replace(error.refusal, message=message))
            continue
        told += held.doubts
        found += [(chosen.name, dataclasses.replace(d, file_name=member.name)) for d in drafts]
    if not found:
        first = told[0] if told else Refusal(source, None, "the archive holds no file.", HINT)
        raise MalformedDigestError(source, first.message, hint=first.hint)
    return found, told


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

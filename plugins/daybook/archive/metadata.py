"""Bibliographic facts from the metadata folder: CSL-JSON and BibTeX.

Facts are joined to papers by arXiv id, DOI or normalized title. In CSL-JSON
(https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables) the arXiv id is
``"archive": "arXiv", "archive_location": "2412.14093"``, and ``custom`` holds what CSL has no
variable for: ``categories`` (arXiv's, the primary one first) and ``sources``, which says for each
fact where it was found. An ``authors_unordered`` there stays in the file and is never shown: a set
is no order.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..digests import bibtex
from ..digests.bibtex_names import is_others
from ..digests.csl_json import stated_dates
from ..digests.document import Document
from ..digests.doubtful_dates import doubtful_date, implausible_date
from ..digests.identifiers import doubtful_doi, read_arxiv, read_doi, read_orcid
from ..digests.json_reader import JsonReader
from ..errors import BadDateError, DigestError, MetadataError, Refusal
from ..plain_files import left_out, read_plain_text
from ..records import Entry, PartialDate
from .fact_files import READ, list_facts
from .markdown_text import one_line, paragraphs

MOST_BYTES = 200_000_000
"""A metadata file larger than this is refused."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What one record of a metadata file says of a paper."""

    origin: str
    """The file and the record's own key: ``papers.json: lv2025autonomy``."""
    title: str | None = None
    arxiv: str | None = None
    arxiv_version: int | None = None
    doi: str | None = None
    abstract: str | None = None
    authors: tuple[str, ...] | None = None
    published: PartialDate | None = None
    venue: str | None = None
    categories: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    orcids: tuple[tuple[str, str], ...] = ()
    """Authors, as `authors` names them, with their ORCID iDs (``0000-0002-1825-0097``)."""
    sources: tuple[tuple[str, str], ...] = ()
    """Where each fact was found, by the name of its field."""


def read_metadata(folder: Path | None) -> tuple[tuple[Fact, ...], tuple[Refusal, ...]]:
    """Read every ``.json`` and ``.bib`` file below a folder, in the order of their paths.

    A file or record that cannot be read is a refusal; a folder that does not exist holds nothing.
    """
    facts: list[Fact] = []
    refusals: list[Refusal] = []
    unlisted: list[OSError] = []
    for path in list_facts(folder, unlisted) if folder else ():
        assert folder is not None
        relative = path.relative_to(folder).as_posix()
        if path.suffix.lower() not in READ:
            message = "facts are read from .json (CSL-JSON) and .bib files alone; this was not."
            hint = "Export it as one of them, or move it elsewhere."
            refusals.append(Refusal(relative, None, message, hint, fatal=False))
            continue
        read = _read_bib if path.suffix.lower() == ".bib" else _read_csl
        try:
            for fact in read(relative, _load(path, relative)):
                if isinstance(fact, Fact):
                    facts.append(fact)
                else:
                    refusals.append(fact)
        except DigestError as error:  # BibTeX is read as a digest of that format is
            refusals.append(error.refusal)
    if folder:
        refusals += left_out(folder, unlisted)
    return tuple(facts), tuple(refusals)


def _load(path: Path, relative: str) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise MetadataError(relative, f"it is larger than {MOST_BYTES:,} bytes.")
        return read_plain_text(path, "utf-8-sig")
    except OSError as error:
        hint = "Check its permissions, or remove it."
        raise MetadataError(relative, f"it cannot be read: {error.strerror}.", hint=hint) from None
    except UnicodeDecodeError:
        raise MetadataError(relative, "expected UTF-8.", hint="Save it as UTF-8.") from None


def _read_csl(path: str, text: str) -> Iterator[Fact | Refusal]:
    """Read a CSL-JSON file: a list of items.

    Raises:
        MetadataError: for what is not JSON, or not such a list.
    """
    try:
        # A number of 5,000 digits, which nothing here has, is no reason to leave all facts out.
        items = JsonReader(path).decoder.decode(text)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise MetadataError(
            path, f"expected CSL-JSON ({error}).", line=line, hint="Correct it, or remove the file."
        ) from None
    if not isinstance(items, list):
        raise MetadataError(
            path, "expected CSL-JSON, a list of items.", hint="Correct it, or remove the file."
        )
    for number, item in enumerate(items, 1):
        if isinstance(item, dict) and (fact := _csl_fact(path, number, item)):
            yield fact
            yield from _doubts(path, number, item, fact)
        else:
            yield Refusal(
                path,
                None,
                f"item {number} has neither a title nor an arXiv id nor a DOI.",
                "Give it one of them, or remove it.",
            )


def _csl_fact(path: str, number: int, item: dict[str, Any]) -> Fact | None:
    custom = item["custom"] if isinstance(item.get("custom"), dict) else {}
    arxiv, version = _csl_arxiv(item)
    sources = custom.get("sources")
    return _fact(
        f"{path}: {_line(item.get('id')) or number}",
        title=_line(item.get("title")),
        arxiv=arxiv,
        version=version,
        doi=_line(item.get("DOI")),
        abstract=paragraphs(text) if isinstance(text := item.get("abstract"), str) else None,
        authors=_csl_names(item.get("author")),
        published=_csl_date(item.get("issued")),
        venue=_line(item.get("container-title")) or _line(item.get("event-title")),
        categories=_lines(custom.get("categories")),
        keywords=_lines((_line(item.get("keyword")) or "").split(",")),
        orcids=_csl_orcids(item.get("author")),
        sources=tuple((field, words) for field, said in sources.items() if (words := _line(said)))
        if isinstance(sources, dict)
        else (),
    )


def _doubts(path: str, number: int, item: dict[str, Any], fact: Fact) -> Iterator[Refusal]:
    """Tell what an item states as its DOI or its date and is none."""
    entry = Entry(number, fact.title or "", doi=fact.doi, published=fact.published)
    yield from doubtful_doi(path, None, entry, [item.get("DOI")])
    yield from doubtful_date(path, None, entry, stated_dates(item))
    yield from implausible_date(path, entry)
    said = item.get("author")
    if said and fact.authors is None:
        message = f"item {number}'s authors are no list of names as CSL-JSON has it: left out."
        hint = 'Write "author": [{"given": "Ada", "family": "Lovelace"}].'
        yield Refusal(path, None, message, hint, fatal=False)
    if isinstance(said, list) and fact.authors and len(fact.authors) < len(said):
        message = f"item {number}'s authors end in 'et al.': those named were kept."
        hint = "Name all of them, if they should be shown."
        yield Refusal(path, None, message, hint, fatal=False)


def _fact(
    origin: str, *, version: int | None, doi: str | None, abstract: str | None, **values: Any
) -> Fact | None:
    """Make a fact, unless nothing says which paper it is about."""
    doi = read_doi(doi) if doi else None
    if not (values["title"] or values["arxiv"] or doi):
        return None
    return Fact(origin, arxiv_version=version, doi=doi, abstract=abstract or None, **values)


def _csl_arxiv(item: dict[str, Any]) -> tuple[str | None, int | None]:
    """Find the arXiv id: the archive's location, or what ``number`` or ``URL`` say of arXiv."""
    if str(item.get("archive", "")).lower() == "arxiv":
        found = read_arxiv(_line(item.get("archive_location")) or "")
        if found:
            return found
    for key in ("number", "URL", "DOI"):
        value = _line(item.get(key)) or ""
        if "arxiv" in value.lower() and (found := read_arxiv(value)):
            return found
    return None, None


def _csl_names(value: Any) -> tuple[str, ...] | None:
    """Give the names as printed: ``literal``, or the given name before the family name."""
    names = []
    for name in value if isinstance(value, list) else ():
        if not isinstance(name, dict):
            return None
        parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
        printed = _line(name.get("literal")) or " ".join(
            part for key in parts if (part := _line(name.get(key)))
        )
        if not printed:
            return None
        names.append(printed)
    if names and is_others(names[-1]):
        names.pop()
    return tuple(names) or None


def _csl_orcids(value: Any) -> tuple[tuple[str, str], ...]:
    """Give who has an ORCID iD (Crossref's ``ORCID`` beside CSL's names), with it."""
    found = []
    for name in value if isinstance(value, list) else ():
        orcid = read_orcid(name.get("ORCID")) if isinstance(name, dict) else None
        if orcid and (printed := _csl_names([name])):
            found.append((printed[0], orcid))
    return tuple(found)


def _csl_date(value: Any) -> PartialDate | None:
    """Read ``{"date-parts": [[2024, 6]]}`` (the first day of a range) or an ISO ``raw`` date."""
    try:
        parts = value["date-parts"][0]
        return PartialDate(*(int(part) for part in parts[:3]))
    except (BadDateError, ValueError, KeyError, IndexError, TypeError):
        pass
    try:
        return PartialDate.parse(value["raw"])
    except (BadDateError, KeyError, TypeError, AttributeError):
        return None


_BARE_BIB = re.compile(r"(?im)^[^\S\n]*(?:%|@(?:comment|string|preamble)\b)")
"""What a file without entries may hold: remarks and abbreviations."""


def _read_bib(path: str, text: str) -> Iterator[Fact | Refusal]:
    """Read a BibTeX file, as a digest of its format is read; records are known by their lines."""
    for draft in bibtex.read(Document(path, text.encode("utf-8"))):
        yield from draft.refusals
        if not (draft.entries or draft.refusals or _BARE_BIB.search(text)):
            message = "expected entries of BibTeX, found none."
            yield Refusal(path, 1, message, "Begin each with '@article{' or the like.")
        for entry in draft.entries:
            yield from implausible_date(path, entry)
            yield Fact(
                f"{path}:{entry.line}",
                title=one_line(entry.title),
                arxiv=entry.arxiv,
                arxiv_version=entry.arxiv_version,
                doi=entry.doi,
                abstract=paragraphs(entry.abstract or "") or None,
                authors=entry.authors,
                published=entry.published,
                venue=entry.venue,
                categories=entry.categories,
                keywords=_lines(entry.keywords),
            )


def _line(value: Any) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return one_line(value) or None if isinstance(value, str) else None


def _lines(values: Any) -> tuple[str, ...]:
    if not isinstance(values, Iterable) or isinstance(values, str):
        return ()
    return tuple(dict.fromkeys(line for value in values if (line := _line(value))))

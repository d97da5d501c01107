"""What a file seems to be that no reader knows, in a few words for its keeper."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from ..errors import MalformedDigestError, UnknownFormatError
from .document import Document
from .json_cut import TITLES
from .json_text import values_of

_MOST_NAMES = 4
_LONGEST_NAME = 40


_EXPORTS = {
    "rdf": "a bibliography in RDF, as Zotero exports it",
    "modscollection": "a bibliography in MODS",
    "mods": "a bibliography in MODS",
    "listbibl": "a bibliography in TEI",
    "tei": "a text in TEI",
    "sources": "a bibliography of Word's",
    "collection": "records in MARC",
}
"""What XML is by its first element."""
HINT = "See the README for the formats that are read, or remove the file from the folder."
_AS_TEXT = "Save it as plain text or HTML."
_AS_TABLE = "Save its sheet as CSV."
_DOCUMENTS = {
    "xl/": ("a workbook of Excel's", _AS_TABLE),
    "word/": ("a document of Word's", _AS_TEXT),
    "ppt/": ("slides of PowerPoint's", _AS_TEXT),
    "META-INF/manifest.xml": ("a document of LibreOffice's", "Save it as CSV, plain text or HTML."),
    "META-INF/container.xml": ("an electronic book (EPUB)", _AS_TEXT),
    "Index/Document.iwa": ("a document of Apple's", "Export it as CSV or plain text."),
}
"""What a ZIP file is by the beginning of a member's name."""
_PARTS = frozenset({"[Content_Types].xml", *_DOCUMENTS})
"""Members of which such a document has one."""
_TITLE_FIRST = (
    "Put each title and its address on one line, or export the list as BibTeX, RIS or CSV."
)
_PAPER = re.compile(
    r"\b(?:arxiv(?:\.org/(?:abs|pdf|html)/|:\s?)(\d{4}\.\d{4,5})|doi\.org/(10\.\d{4,9}/[^\s\"'<>]{1,200}))",
    re.IGNORECASE,
)
_EXPORT_AGAIN = "Export it as BibTeX, RIS or CSL-JSON instead; Daybook reads these."


def unknown(document: Document) -> UnknownFormatError:
    """Give the error of a file that no reader knows: what it seems to be, and what to do."""
    known = _EXPORTS.get(document.root or "") if document.is_markup else None
    what, hint = (known, _EXPORT_AGAIN) if known else (_describe(document), HINT)
    if not known and (count := _count_papers(document)):
        papers = "a paper is" if count == 1 else f"{count:,} papers are"
        what += f" in which {papers} named without a title that can be told"
        hint = _TITLE_FIRST
    return UnknownFormatError(document.path, f"expected a list of papers, found {what}.", hint=hint)


def advise(document: Document, otherwise: str) -> str:
    """Say what to do with a file in which is no title; `otherwise` where it names no paper."""
    return _TITLE_FIRST if _count_papers(document) else otherwise


def office_document(path: str, names: Iterable[str]) -> MalformedDigestError | None:
    """Give the error of an archive that is a document of an Office program, by its members."""
    inside = list(names)
    if _PARTS.isdisjoint(inside):
        return None
    for name in inside:
        for begin, (what, hint) in _DOCUMENTS.items():
            if name.startswith(begin):
                return MalformedDigestError(path, f"expected a text file, found {what}.", hint=hint)
    return None


def _count_papers(document: Document) -> int:
    """Count the identifiers of papers in a text or a page that no reader knows."""
    if document.is_json:
        return 0
    return len({match[1] or match[2] for match in _PAPER.finditer(document.text)})


def _describe(document: Document) -> str:
    if document.is_markup:
        return "HTML or XML of no known kind"
    if "arxiv.org/api/errors" in document.text:
        return "an error that arXiv's API answered with, inside something else"
    if document.parsed is None and not document.is_json:
        return "text of no known kind"
    value = document.parsed.value if document.parsed is not None else values_of(document.text)
    if value in ([], {}):
        return "an empty list, as of a day without papers"
    return _describe_records(_records(value)) or "JSON of no known kind"


def _records(value: Any) -> list[dict[str, Any]]:
    """Give the records of a list, or of the only list in an object."""
    if isinstance(value, dict):
        lists = [inside for inside in value.values() if isinstance(inside, list)]
        value = lists[0] if len(lists) == 1 else []
    records = value if isinstance(value, list) else []
    return records if records and all(isinstance(each, dict) for each in records) else []


def _describe_records(records: list[dict[str, Any]]) -> str | None:
    if not records:
        return None
    if any(not TITLES.isdisjoint(record) for record in records):
        missing = "an identifier, or authors and a date, an abstract or a venue"
        return f"records with titles, but without what makes them papers ({missing})"
    many = f"{len(records):,} record{'s' if len(records) > 1 else ''}"
    counted = Counter(name for record in records for name in record)
    named = ", ".join(repr(name[:_LONGEST_NAME]) for name, _ in counted.most_common(_MOST_NAMES))
    return f"{many} without titles (they have {named})"

"""Hugging Face's record of a paper, as its API answers and its pages carry it.

The field names are those of ``https://huggingface.co/api/daily_papers`` and of the ``data-props``
of the pages it serves (https://huggingface.co/docs/hub/api). The day a paper was on the list is
``paper.submittedOnDailyAt``; the outer ``publishedAt`` is the paper's own, shifted by hours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from ..errors import Refusal
from ..records import Entry, Link, PartialDate
from .days import read_timestamp
from .doubtful_dates import doubtful_date
from .draft import Draft
from .identifiers import doubtful_id, read_arxiv, read_url
from .json_elements import UNREADABLE
from .json_glued import tell_glued
from .json_text import Json
from .wording import one_line, paragraphs

_ITS_KEYS = frozenset({"authors", "summary", "publishedAt", "upvotes"})
"""Of which a record of a paper has one at least."""
OTHERS_KEYS = frozenset(
    {"abstract", "doi", "venue", "published", "date", "year", "updated", "created", "versions"}
    | {"categories", "primary_category", "category", "pdf_url", "pdf", "url", "link", "journal_ref"}
)
"""What others' records have, whose identifier and title are called the same."""
_IN_COLLECTIONS = ("model", "dataset", "space", "collection", "bucket")
"""What stands in a collection beside papers."""
_LONGEST_LIST = 31
"""Days that a day's, week's or month's list may span; a wider one is a search answer."""


def is_item(value: object) -> bool:
    """Whether a JSON value is an item of a list, or a paper by itself."""
    return isinstance(value, dict) and (is_paper(value.get("paper")) or is_paper(value))


def is_paper(value: object) -> bool:
    """Whether a JSON value is Hugging Face's record of a paper."""
    return (
        isinstance(value, dict)
        and isinstance(number := value.get("id"), str)
        and "://" not in number
        and isinstance(value.get("title"), str)
        and not _ITS_KEYS.isdisjoint(value)
        and OTHERS_KEYS.isdisjoint(value)
        and not isinstance(value.get("authors"), str)
    )


def read_items(path: str, items: Sequence[Any], source: Json) -> Draft:
    """Read a list of items: one digest, dated by the day its source listed them.

    The days of a week's or a month's list differ: the latest is the digest's. A list that spans
    more is the answer to a search and has no day of its own.
    """
    entries: list[Entry] = []
    refusals = [*source.told, *tell_glued(path, items, partial(source.line_of, items))]
    for position, item in enumerate(items, 1):
        if item is UNREADABLE:
            continue
        line = partial(source.line_of, items, position - 1)
        record = _record(item)
        if _title(record):
            entry = _entry(position, item, record)
            entries.append(entry)
            refusals += doubtful_id(path, line, entry, [record.get("id")], expected=True)
            refusals += doubtful_date(path, line, entry, [record.get("publishedAt")])
        else:
            refusals.append(_no_item(path, line(), position, item))
    return Draft(entries, stated=_listed_on(entries), refusals=refusals)


def _record(item: object) -> dict[str, Any]:
    """Give the paper's own record of an item, or what comes nearest to one."""
    if not isinstance(item, dict):
        return {}
    paper = item.get("paper")
    if isinstance(paper, dict) and (_title(paper) or "id" in paper):
        return paper if _title(paper) else {**item, **paper, "title": item.get("title")}
    return item


def _title(record: dict[str, Any]) -> str:
    title = record.get("title")
    return one_line(str(title)) if isinstance(title, str | int | float) else ""


def _entry(position: int, item: dict[str, Any], paper: dict[str, Any]) -> Entry:
    identifier = read_arxiv(str(paper.get("id") or ""))
    return Entry(
        position=position,
        title=_title(paper),
        abstract=_paragraphs(paper.get("summary") or item.get("summary")),
        authors=_authors(paper.get("authors")),
        organization=_name(paper.get("organization") or item.get("organization")),
        submitter=_name(paper.get("submittedOnDailyBy") or item.get("submittedBy")),
        published=read_timestamp(paper.get("publishedAt")),
        submitted=read_timestamp(paper.get("submittedOnDailyAt")),
        arxiv=identifier[0] if identifier else None,
        arxiv_version=identifier[1] if identifier else None,
        upvotes=_count(paper.get("upvotes")),
        comments=_count(item.get("numComments")),
        keywords=tuple(_texts(paper.get("ai_keywords"))),
        ai_summary=_paragraphs(paper.get("ai_summary")),
        links=tuple(_links(paper)),
    )


def _listed_on(entries: Iterable[Entry]) -> PartialDate | None:
    days = sorted(entry.submitted.earliest for entry in entries if entry.submitted)
    if not days or (days[-1] - days[0]).days > _LONGEST_LIST:
        return None
    return PartialDate.of(days[-1])


def _authors(value: object) -> tuple[str, ...] | None:
    people = value if isinstance(value, list) else []
    names = (_name(person) for person in people)
    return tuple(name for name in names if name) or None


def _name(value: object) -> str | None:
    """Give a person's or an organization's name: in full where it is known."""
    if isinstance(value, dict):
        value = value.get("fullname") or value.get("name") or value.get("user")
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _links(paper: dict[str, Any]) -> Iterable[Link]:
    for key, kind in (("githubRepo", "code"), ("projectPage", "project")):
        if url := read_url(paper.get(key)):
            yield Link(kind, url)


def _paragraphs(value: object) -> str | None:
    return paragraphs(value) if isinstance(value, str) else None


def _texts(value: object) -> Iterable[str]:
    for text in value if isinstance(value, list) else []:
        if isinstance(text, str) and text.strip():
            yield one_line(text)


def _count(value: object) -> int | None:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return value if whole and isinstance(value, int) and 0 <= value < 10**9 else None


def _no_item(path: str, line: int | None, position: int, item: object) -> Refusal:
    kind = item.get("type") if isinstance(item, dict) else None
    if kind in _IN_COLLECTIONS:
        message = f"entry {position} is a {kind} and no paper; it was left out."
        return Refusal(path, line, message, fatal=False)
    found = ", ".join(list(item)[:6]) if isinstance(item, dict) else repr(item)[:60]
    return Refusal(
        path,
        line,
        f"expected a paper with id and title as entry {position}, found {found or 'nothing'}.",
        "Fetch the list again, or remove the entry.",
    )

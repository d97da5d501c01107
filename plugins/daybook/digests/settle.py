"""From a reader's draft to a digest: dated, its texts repaired, mirrors' links put right."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from operator import attrgetter

from ..errors import Refusal
from ..records import DayOfYear, Digest, Entry, Link, PartialDate
from .addresses import clean_address, without_secrets
from .bounds import bounded
from .days import impossible_days, read_file_name
from .doubtful_dates import implausible_date
from .draft import Draft
from .identifiers import doubtful_id, holds_number, leads_to_paper, read_arxiv
from .mirrors import may_name, put_right
from .page_titles import without_site, without_stops
from .people import all_named
from .private import clear, may_have, without_mail_address
from .sidecars import Sidecar
from .tex import read_tex
from .wording import (
    has_nothing_between_bars,
    is_whole,
    one_line,
    repair,
    shows_nothing,
    unescape,
)

_LINES = ("title", "organization", "submitter", "venue", "remark", "group")
_TEXTS = ("abstract", "blurb", "ai_summary")
_LISTS = ("authors", "keywords")
_SHORT = attrgetter(*_LINES)
_DOUBTFUL = ("&", "\\", "  ", "| ", " |", "||", "://")
"""Entities, TeX, and spaces that one line does not have."""
_VERBATIM = frozenset({"hf-text"})
"""Copies of a rendering that had read the TeX already: what still looks like TeX is half of it,
and undoing half would be a guess."""
_READ = frozenset({"bibtex"})
"""What is TeX all through and was read as such: a backslash that it then has is one."""


def settle(source: str, format_name: str, draft: Draft, sidecar: Sidecar) -> Digest:
    """Make the digest of a draft.

    Its date is the sidecar's, else the file's own, else the file name's, else a full heading's;
    sources that disagree are reported, none is dropped silently.
    """
    path = source.partition("#")[0]
    entries, repaired, refusals = [], 0, list(draft.refusals)
    for found in draft.entries:
        entry, cut = bounded(path, found)
        refusals += cut
        mended, links, doubts = _mend(path, entry, format_name)
        if not mended.title:
            refusals.append(_untitled(path, entry))
            continue
        entries.append(mended)
        refusals += _doubtful_links(path, mended, refusals)
        repaired += links
        refusals += doubts
        refusals += implausible_date(path, entry)
    if format_name not in _VERBATIM:
        entries = without_stops(entries)
    date, dated_by, disagreement = _settle_date(path, draft, sidecar)
    name = sidecar.name or (
        without_mail_address(one_line(repair(draft.name)[0])) if draft.name else None
    )
    return Digest(
        source=source,
        format=format_name,
        entries=tuple(entries),
        name=None if name and shows_nothing(name) else name or None,
        date=date,
        dated_by=dated_by,
        heading_day=draft.heading_day,
        repaired_links=repaired,
        refusals=(*refusals, *disagreement, *sidecar.refusals),
    )


def _settle_date(
    path: str, draft: Draft, sidecar: Sidecar
) -> tuple[PartialDate | None, str | None, list[Refusal]]:
    named = read_file_name(draft.file_name or "") or read_file_name(path)
    said = (
        ("sidecar", sidecar.date),
        ("file", draft.stated),
        ("file name", named),
        ("heading", draft.heading),
    )
    known = [(by, date) for by, date in said if date is not None and date.is_plausible]
    wrong = [f"the {by} says {date}" for by, date in said if date and not date.is_plausible]
    if named is None and sidecar.date is None:
        wrong += [f"its name says {day}" for day in impossible_days(draft.file_name or path)]
    refused = [
        Refusal(
            path,
            None,
            f"{what}, which is no date of a digest; it was not taken.",
            "Put the right one into a sidecar file.",
            fatal=False,
        )
        for what in wrong
    ]
    if not known:
        return None, None, refused
    by, date = known[0]
    others = [(other, str(day)) for other, day in known[1:] if not _agree(date, day)]
    if draft.heading_day is not None and not _can_be(date, draft.heading_day):
        day = draft.heading_day
        others.append(("heading", f"{day.month:02d}-{day.day:02d}, of some year"))
    doubts = [
        Refusal(
            path,
            None,
            f"the {by} says {date}, the {other} says {day}; {date} was taken.",
            "Put the right one into a sidecar file.",
            fatal=False,
        )
        for other, day in others
        if by != "sidecar"
    ]
    return date, by, refused + doubts


def _agree(one: PartialDate, other: PartialDate) -> bool:
    return one.earliest <= other.latest and other.earliest <= one.latest


def _can_be(date: PartialDate, day: DayOfYear) -> bool:
    return date.month in (0, day.month) and date.day in (0, day.day)


def _mend(path: str, entry: Entry, format_name: str) -> tuple[Entry, int, list[Refusal]]:
    """Repair every text of an entry; most need nothing and stay the very same object.

    A verbatim text keeps its TeX and its entities: only mojibake and mirrors are put right.
    """
    verbatim = format_name in _VERBATIM
    changes: dict[str, object] = {}
    links, repairs = 0, set[str]()

    def mended(text: str, *, inline: bool) -> str:
        nonlocal links
        fresh, done = repair(text if verbatim or "&" not in text else unescape(text))
        if done:
            repairs.update(done)
        if "\\" in fresh and not verbatim and format_name not in _READ:
            fresh = read_tex(fresh)
        if "://" in fresh:
            fresh = without_secrets(fresh)
        fresh, count = put_right(fresh)
        links += count
        if shows_nothing(fresh):
            repairs.add("a text that shows nothing was left out")
            return ""
        return one_line(fresh) if inline else fresh.strip()

    short = "|".join(
        ("", *filter(None, _SHORT(entry)), *(entry.authors or ()), *entry.keywords, "")
    )
    settled = _is_settled(short)
    for field in _TEXTS if settled else (*_LINES, *_TEXTS):
        text = getattr(entry, field)
        if text is not None and (fresh := mended(text, inline=field in _LINES)) != text:
            changes[field] = fresh if fresh or field == "title" else None
    for field in () if settled else _LISTS:
        texts = getattr(entry, field)
        if texts and (whole := tuple(filter(None, _each(mended, texts)))) != texts:
            changes[field] = whole or (None if field == "authors" else ())
    title = str(changes.get("title", entry.title))
    if not verbatim and (bare := without_site(title)) != title:
        changes["title"] = bare
    if (named := all_named(entry.authors)) != entry.authors:
        changes["authors"] = named
    if entry.links:
        urls = tuple(
            Link(link.kind, clean_address(mended(link.url, inline=True))) for link in entry.links
        )
        changes["links"] = tuple(dict.fromkeys(urls))
    doubts = [
        Refusal(path, entry.line, f"in entry {entry.position}, {what}.", None, fatal=False)
        for what in sorted(repairs)
    ]
    if changes:
        entry = dataclasses.replace(entry, **changes)  # type: ignore[arg-type]
    if may_have(short):
        cleared = clear(path, entry)
        return cleared.entry, links, [*doubts, *cleared.refusals]
    return entry, links, doubts


def _is_settled(text: str) -> bool:
    """Tell whether certainly nothing is to be mended in texts of one line, looked at all at once.

    So it is with most entries, and it takes a third of the time.
    """
    return (
        is_whole(text)
        and not any(sign in text for sign in _DOUBTFUL)
        and not may_name(text)
        and not has_nothing_between_bars(text)
    )


def _each(mended: object, texts: Iterable[str]) -> list[str]:
    return [mended(text, inline=True) for text in texts]  # type: ignore[operator]


def _doubtful_links(path: str, entry: Entry, told: list[Refusal]) -> list[Refusal]:
    """Tell an address by an identifier that cannot be read, unless a reader did.

    Of a paper without any, a number at the end of its page's address, or in an author's place, too.
    """
    urls = [link.url for link in entry.links if leads_to_paper(link.url)]
    urls = [url for url in urls if read_arxiv(url) is None]
    if not urls and entry.arxiv is None and entry.doi is None:
        pages = [link.url for link in entry.links if link.kind == "page"]
        told_by = (*pages, *(entry.authors or ()))
        urls = [text for text in told_by if holds_number(text) and read_arxiv(text) is None]
    return [
        refusal
        for refusal in doubtful_id(path, entry.line, entry, urls)
        if not any(refusal.message == known.message for known in told)
    ]


def _untitled(path: str, entry: Entry) -> Refusal:
    return Refusal(
        path, entry.line, f"entry {entry.position} has no title.", "Add it, or remove the entry."
    )

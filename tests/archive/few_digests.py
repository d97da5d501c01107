"""A few digests of a few papers, to convert in every manner."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from daybook.records import Archive, Digest, Entry, Paper, PartialDate

STORKS = Entry(
    1,
    "Where storks rest",
    abstract="We follow storks across deserts with light transmitters and map where they rest at "
    "night, which wells they visit, and how long the flocks stay together afterwards.",
    arxiv="2401.00001",
)


SHIPS = Entry(
    2,
    "Loading vessels",
    abstract="A compiler for container vessels decides at loading time which crates may stand on "
    "top of others and proves that no ship capsizes while the cranes are working.",
    published=PartialDate(2023, 5),
)


BARE = Entry(3, "Nothing is known of this")


def digest(source: str, *entries: Entry, day: str | None = None, **more: object) -> Digest:
    date = PartialDate.parse(day) if day else None
    placed = tuple(dataclasses.replace(e, position=n) for n, e in enumerate(entries, 1))
    made = Digest(source, "hf-text", placed, date=date, dated_by="file name" if day else None)
    return dataclasses.replace(made, **more)  # type: ignore[arg-type]


MONDAY = digest("monday.txt", STORKS, SHIPS, day="2025-03-10")


TUESDAY = digest("tuesday.txt", BARE, STORKS, day="2025-03-11")


UNDATED = digest("undated.txt", SHIPS, STORKS)


def paper_of(archive: Archive, title: str) -> Paper:
    return next(paper for paper in archive.papers if paper.title == title)


def page_of(folder: Path, slug: str) -> Path:
    (found,) = folder.rglob(f"{slug}.md")
    return found

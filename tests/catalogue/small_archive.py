"""A toy archive with one of everything: what the tests of the catalogue show."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from daybook.catalogue import SiteOptions, render_catalogue
from daybook.records import (
    Appearance,
    Archive,
    DigestItem,
    KeptDigest,
    Link,
    Paper,
    PartialDate,
    Topic,
)

SITE = "https://papers.example.org/repo"
OPTIONS = SiteOptions(name="Toy archive", tagline="Three papers", url=SITE)
TOPICS = (
    Topic("safety", "Safety", "Trust", "Keeping models from harm."),
    Topic("vision", "Vision", "Senses", "Seeing."),
    Topic("empty", "Empty", "Senses", "Nobody writes about it."),
)


def paper(number: int, **fields: Any) -> Paper:
    """Give a paper of which little is known, with what a test says of it."""
    known = {
        "slug": f"paper-{number}",
        "path": f"2025/03/paper-{number}.md",
        "number": number,
        "title": f"Paper {number}",
        "date": dt.date(2025, 3, 11),
        "date_basis": "digest",
        **fields,
    }
    return Paper(**known)


def digest(known_as: str, /, *slugs: str, **fields: Any) -> KeptDigest:
    """Give a digest of the papers with these slugs; a dated id gives its date."""
    known: dict[str, Any] = {
        "id": known_as,
        "source": f"{known_as}.txt",
        "format": "hf-text",
        "name": known_as,
        "items": tuple(DigestItem(place, slug, slug) for place, slug in enumerate(slugs, 1)),
        **fields,
    }
    if known_as[0].isdigit():
        known = {"date": PartialDate.parse(known_as[:10]), "dated_by": "file", **known}
    return KeptDigest(**known)


FAKING = paper(
    0,
    slug="pretending-to-agree",
    title="Pretending to agree: 100% of $O(n^2)$ models",
    date=dt.date(2025, 3, 11),
    abstract="We watch models.\n\nThey pretend & smile; see https://example.org/code.",
    authors=("Zoë Łukasz", "Ada van Dyke", "Bo Chen Jr."),
    published=PartialDate(2024, 12, 18),
    topics=("safety", "vision"),
    arxiv="2412.00001",
    doi="10.1000/abc_(1)",
    venue="NeurIPS 2024",
    categories=("cs.LG", "cs.AI"),
    keywords=("faith",),
    upvotes=12,
    links=(Link("code", "https://github.com/a/b"),),
    digests=(Appearance("2025-03-11", 1), Appearance("2025-03-14", 2)),
    notes="## Notes\n\nRead *twice*.",
)
PLAIN = "Pretending to agree: 100% of O(n²) models"
"""Its title for what knows no markup."""
SEEING = paper(
    1,
    slug="seeing-less",
    title="Seeing less",
    date=dt.date(2025, 3, 11),
    abstract="Less is seen.",
    authors=("Zoe Lukasz", "张三"),
    published=PartialDate(2024, 12),
    topics=("vision",),
    arxiv="math/0309136",
    digests=(Appearance("2025-03-11", 2),),
)
UNKNOWN = paper(
    2,
    slug="nobody-knows",
    title="Nobody knows",
    date=dt.date(1970, 1, 1),
    date_basis="unknown",
    author_count=4,
    digests=(Appearance("undated-1", 1),),
)
YEAR_ONLY = paper(
    3,
    slug="some-time-in-2024",
    title="Some time in 2024",
    date=dt.date(2025, 3, 14),
    authors=("章三",),
    published=PartialDate(2024),
    digests=(Appearance("2025-03-14", 1),),
)
ARCHIVE = Archive(
    papers=(FAKING, SEEING, UNKNOWN, YEAR_ONLY),
    digests=(
        digest(
            "2025-03-14",
            "some-time-in-2024",
            "pretending-to-agree",
            dated_by="inferred",
            name="14 March 2025",
        ),
        digest("2025-03-11", "pretending-to-agree", "seeing-less", name="11 March 2025"),
        digest("undated-1", "nobody-knows", name="Undated digest, 1 paper"),
    ),
    topics=TOPICS,
    redirects=(("feigning-agreement", "pretended"), ("pretended", "pretending-to-agree")),
)


def render(archive: Archive = ARCHIVE, options: SiteOptions = OPTIONS) -> dict[str, bytes]:
    """Give the site's files by path, and fail where a path comes twice, whatever its case."""
    files: dict[str, bytes] = {}
    names = set()
    for path, content in render_catalogue(archive, options):
        assert path.lower() not in names, path
        names.add(path.lower())
        files[path] = content
    return files


def large_archive(papers: int, authors: int) -> Archive:
    """Give an archive of papers with one author of their own each, and one author in common."""
    names = [f"Given{number % 7} {chr(65 + number % 26)}amily{number}" for number in range(authors)]
    return replace(
        ARCHIVE,
        papers=tuple(
            paper(
                number,
                published=PartialDate.of(dt.date(2000, 1, 1) + dt.timedelta(days=number)),
                authors=("Everywhere Present", *names[number::papers]),
            )
            for number in range(papers)
        ),
        digests=(),
        redirects=(),
    )

"""Drafts: what two archives' files are made from tells whether they are the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from daybook.catalogue import SiteOptions
from daybook.catalogue.site import Catalogue
from daybook.catalogue.templating import own_theme
from daybook.drafts import Draft
from daybook.records import (
    Appearance,
    Archive,
    DigestItem,
    Identities,
    Link,
    Paper,
    PartialDate,
    Topic,
)

from ..learning.subjects import SUBJECTS, papers
from .small_archive import ARCHIVE, FAKING, OPTIONS, SEEING, TOPICS, UNKNOWN, digest, paper

FRIEND = paper(
    4,
    slug="pretending-again",
    title="Pretending to agree again",
    abstract="We watch models pretend and smile once more.",
    authors=("Ada van Dyke", "Zoë Łukasz"),
    published=PartialDate(2025, 1, 2),
    topics=("safety", "vision"),
    venue="NeurIPS 2024",
    digests=(Appearance("2025-03-14", 3),),
)
WHOLE = replace(
    ARCHIVE,
    papers=(*ARCHIVE.papers, FRIEND),
    digests=tuple(
        replace(one, items=(*one.items, DigestItem(3, FRIEND.slug, FRIEND.title)))
        if one.id == "2025-03-14"
        else one
        for one in ARCHIVE.digests
    ),
)
LARGE = replace(OPTIONS, large_archive=2)
OTHER: dict[str, Any] = {
    "path": "2025/04/elsewhere.md",
    "title": "Agreeing to pretend",
    "date": dt.date(2025, 3, 9),
    "date_basis": "publication",
    "abstract": "Nobody watches.",
    "blurb": "A blurb.",
    "ai_summary": "A summary.",
    "authors": ("Ada van Dyke", "Somebody Else", "Zoe Lukasz"),
    "author_count": 17,
    "published": PartialDate(2023, 5, 6),
    "topics": ("vision",),
    "arxiv": "2301.00009",
    "arxiv_version": 4,
    "doi": "10.1000/other",
    "venue": "ICML 2023",
    "remark": "12 pages",
    "categories": ("cs.CL",),
    "organization": "An organization",
    "submitter": "A submitter",
    "keywords": ("hope",),
    "upvotes": 99,
    "comments": 3,
    "links": (Link("project", "https://example.org/project"),),
    "digests": (Appearance("2025-03-14", 2),),
    "notes": "Other notes.",
    "extra": (("Own", "field"),),
    "withdrawn": "by its authors",
    "hidden": None,
    "former": ("feigning",),
    "uncarried": True,
}
CHOICES: dict[str, Any] = {
    "name": "Another archive",
    "tagline": "Another line",
    "language": "de",
    "url": "https://elsewhere.example.org",
    "base": "archive",
    "keeper": "Somebody",
    "page_size": 1,
    "digest_page_size": 1,
    "large_archive": 1,
    "feed_size": 1,
    "offline": 1000,
    "subscribe": "https://mail.example.org/list",
    "mail_from": "list@example.org",
    "unsubscribe": "mailto:leave@example.org",
}


def with_paper(changed: Paper, archive: Archive = WHOLE) -> Archive:
    found = tuple(changed if one.slug == changed.slug else one for one in archive.papers)
    return replace(archive, papers=found)


def edits() -> Iterator[tuple[str, Archive]]:
    """Give archives that differ from the whole one in something."""
    for name, value in OTHER.items():
        yield f"{name} of a paper", with_paper(replace(FAKING, **{name: value}))
        yield f"{name} of another", with_paper(replace(SEEING, **{name: value}))
    more = paper(5, title="One more", authors=("Zoe Lukasz", "Ada van Dyke"), topics=("vision",))
    yield "a paper more", replace(WHOLE, papers=(*WHOLE.papers, more))
    yield "a paper less", with_paper(UNKNOWN, replace(WHOLE, papers=WHOLE.papers[:-1]))
    yield "a digest less", replace(WHOLE, digests=WHOLE.digests[1:])
    yield (
        "a digest more",
        replace(WHOLE, digests=(digest("2025-03-20", SEEING.slug), *WHOLE.digests)),
    )
    first, *others = WHOLE.digests
    for changed in (
        replace(first, name="Another name"),
        replace(first, date=PartialDate(2025, 3, 15)),
        replace(first, dated_by="file"),
        replace(first, format="bibtex"),
        replace(first, items=tuple(replace(i, group="A group") for i in first.items)),
        replace(first, items=tuple(replace(i, upvotes=7, comments=8) for i in first.items)),
        replace(first, items=first.items[:1]),
        replace(first, items=tuple(replace(i, position=i.position + 1) for i in first.items)),
    ):
        yield f"a digest: {changed}", replace(WHOLE, digests=(changed, *others))
    renamed = (Topic("safety", "Harm", "Other", "Keeping models from harm."), *TOPICS[1:])
    yield "a topic's name", replace(WHOLE, topics=renamed)
    yield "an author's slug", replace(WHOLE, author_slugs=(("ada van dyke", "ada"),))
    joined = Identities(joined=(("bo chen jr", "ada van dyke"),))
    yield "who is who", replace(WHOLE, identities=joined)
    yield (
        "an author's name",
        replace(WHOLE, identities=Identities(names=(("ada van dyke", "A. D."),))),
    )


def drafts(archive: Archive, options: SiteOptions) -> dict[str, tuple[bytes, bytes]]:
    """Give the key and the bytes of every file that is made as a draft."""
    return {
        made.path: (made.key(), made.render())
        for part in Catalogue(archive, options).parts
        for made in part.files()
        if isinstance(made, Draft)
    }


def told_apart(
    one: dict[str, tuple[bytes, bytes]], other: dict[str, tuple[bytes, bytes]], how: str
) -> int:
    """Count files with the same key, which must have the same bytes."""
    same = [path for path in one.keys() & other.keys() if one[path][0] == other[path][0]]
    assert [path for path in same if one[path][1] != other[path][1]] == [], how
    return len(same)


def test_every_field_of_a_paper_is_changed_here() -> None:
    assert {field.name for field in fields(Paper)} - OTHER.keys() == {"slug", "number"}


@pytest.mark.parametrize("options", [OPTIONS, LARGE], ids=["small", "large"])
def test_files_of_the_same_key_are_the_same_whatever_was_edited(options: SiteOptions) -> None:
    before = drafts(WHOLE, options)
    assert len(before) > 15
    assert told_apart(before, drafts(replace(WHOLE), options), "nothing") == len(before)
    kept = {how: told_apart(before, drafts(after, options), how) for how, after in edits()}
    assert kept["abstract of another"] > len(before) // 3
    assert kept["a digest more"] > len(before) // 3


def test_files_of_the_same_key_are_the_same_whatever_the_keeper_chooses() -> None:
    before = drafts(WHOLE, OPTIONS)
    for name, value in CHOICES.items():
        told_apart(before, drafts(WHOLE, replace(OPTIONS, **{name: value})), name)


def test_templates_of_the_keepers_own_may_count(tmp_path: Path) -> None:
    folder = tmp_path / "daybook"
    folder.mkdir()
    (folder / "paper.html").write_text(
        "{{ site.paper_count }} {{ site.author_count }} {{ page.title }}"
        "{% for author in paper.authors %} {{ author.count }}{% endfor %}"
        "{% for topic in paper.topics %} {{ topic.count }}{% endfor %}"
    )
    options = replace(OPTIONS, templates=(tmp_path,))
    before = drafts(WHOLE, options)
    assert b"5 " in before[f"papers/{FAKING.slug}.html"][1]
    for how, after in edits():
        if how in {"a paper more", "authors of another", "topics of another"}:
            told_apart(before, drafts(after, options), how)
    (folder / "paper.html").write_text("{{ page.title }}")
    pages = {path for path in before if path.endswith(".html")}
    kept = told_apart(before, drafts(WHOLE, options), "a template")
    assert 0 < kept == len(before.keys() - pages)  # feeds, tables and BibTeX have no template


def test_daybooks_own_theme_does_not_count() -> None:
    options = replace(LARGE, templates=(own_theme() / "templates",))  # as `make site` has it
    more = dict(edits())["a paper more"]
    assert told_apart(drafts(WHOLE, options), drafts(more, options), "a paper more") > 3


def test_tables_depend_on_records_alone() -> None:
    before, after = drafts(WHOLE, LARGE), drafts(dict(edits())["an author's slug"], LARGE)
    tables = [path for path in before if path.startswith("data/papers")]
    assert len(tables) == 3
    assert [before[path] for path in tables] == [after[path] for path in tables]


def test_what_a_page_says_of_related_papers_is_in_its_key() -> None:
    some = papers(30)
    archive = Archive(tuple(some), (), ())
    before = drafts(archive, LARGE)
    first = before[f"papers/{some[0].slug}.html"][1]
    assert f"{some[SUBJECTS].slug}.html".encode() in first
    for name in ("title", "abstract", "authors", "published", "withdrawn"):
        changed = replace(some[SUBJECTS], **{name: OTHER[name]})
        told_apart(
            before, drafts(with_paper(changed, archive), LARGE), f"{name} of a related paper"
        )

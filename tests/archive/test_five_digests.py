"""The five real digests: what is known of them, to the paper; and their pages in stock Pelican."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from daybook.archive import Conversion, Taxonomy, convert
from daybook.digests import Reading, read_folder
from daybook.records import PartialDate

from .conftest import tree


@pytest.fixture(scope="module")
def five(shared: Path) -> Reading:
    return read_folder(shared / "digests")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("five") / "papers"


@pytest.fixture(scope="module")
def done(five: Reading, folder: Path, project: Path, taxonomy: Taxonomy) -> Conversion:
    return convert(five, folder, project / "content" / "metadata", taxonomy)


def test_626_entries_are_561_papers(done: Conversion) -> None:
    assert (done.digests, done.entries, done.papers, done.merged) == (5, 626, 561, 65)
    assert (done.repaired_links, done.inferred_dates, done.pages_written) == (8, 3, 561)
    assert not [refusal for refusal in done.refusals if refusal.fatal]


def test_44_papers_came_in_more_than_one_digest_and_two_in_all(done: Conversion) -> None:
    times = Counter(len({place.digest for place in p.digests}) for p in done.archive.papers)
    assert sum(count for digests, count in times.items() if digests > 1) == 44
    assert times[5] == 2


def test_identity_needs_no_metadata(
    five: Reading, tmp_path: Path, taxonomy: Taxonomy, done: Conversion
) -> None:
    bare = convert(five, tmp_path, None, taxonomy)
    assert bare.papers == 561
    assert {p.title for p in bare.archive.papers} == {p.title for p in done.archive.papers}


def test_the_digests_are_dated_and_named(done: Conversion) -> None:
    found = [(d.id, d.name, str(d.date), d.dated_by) for d in done.archive.digests]
    assert found == [
        ("2025-11-10", "10 November 2025", "2025-11-10", "inferred"),
        ("2025-03-14", "14 March 2025", "2025-03-14", "inferred"),
        ("2025-03-11", "11 March 2025", "2025-03-11", "inferred"),
        ("undated-1", "Undated digest, 241 papers", "None", None),
        ("undated-2", "Undated digest, 201 papers", "None", None),
    ]
    bounds = [digest.not_before for digest in done.archive.digests if digest.date is None]
    papers = {paper.slug: paper for paper in done.archive.papers}
    for digest, bound in zip(done.archive.digests[3:], bounds, strict=True):
        known = [p for item in digest.items if (p := papers[item.slug].published)]
        assert bound is not None
        assert bound.earliest == max(date.earliest for date in known)


def test_every_entry_leads_to_its_paper(done: Conversion) -> None:
    papers = {paper.slug: paper for paper in done.archive.papers}
    assert [len(digest.items) for digest in done.archive.digests] == [49, 87, 48, 241, 201]
    for digest in done.archive.digests:
        assert [item.position for item in digest.items] == list(range(1, len(digest.items) + 1))
        for item in digest.items:
            places = papers[item.slug].digests
            assert (digest.id, item.position) in {(p.digest, p.position) for p in places}


def test_facts_are_joined(done: Conversion) -> None:
    papers = {paper.title: paper for paper in done.archive.papers}
    faking = papers["Alignment faking in large language models"]
    assert faking.slug == "alignment-faking-in-large-language-models"
    assert faking.arxiv == "2412.14093"
    assert faking.authors is not None
    assert faking.authors[0] == "Ryan Greenblatt"
    assert str(faking.date) == "2025-03-14"
    assert sum(paper.authors is not None for paper in done.archive.papers) == 440
    assert sum(paper.arxiv is not None for paper in done.archive.papers) == 421
    fair = next(paper for title, paper in papers.items() if title.startswith("FairFedMed"))
    assert fair.published == PartialDate(2025, 7, 21)


def test_the_order_of_the_five_never_matters(
    five: Reading, tmp_path: Path, taxonomy: Taxonomy, folder: Path, done: Conversion
) -> None:
    metadata = Path(__file__).parents[2] / "content" / "metadata"
    convert(Reading(five.digests[::-1], (), 5), tmp_path, metadata, taxonomy)
    assert done.papers == 561
    assert tree(tmp_path) == tree(folder)


def test_stock_pelican_publishes_every_page(folder: Path, done: Conversion, tmp_path: Path) -> None:
    config = tmp_path / "stock.py"
    config.write_text(
        "SITENAME = 'Stock'\nTIMEZONE = 'UTC'\nTHEME = 'simple'\nPLUGINS = []\n"
        "DEFAULT_PAGINATION = False\nFEED_ALL_ATOM = CATEGORY_FEED_ATOM = None\n"
        "AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None\n",
        encoding="utf-8",
    )
    output = tmp_path / "output"
    command = [sys.executable, "-m", "pelican", str(folder), "-s", str(config), "-o", str(output)]
    ran = subprocess.run(
        [*command, "--fatal", "errors"], capture_output=True, text=True, check=False, timeout=300
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert "561 articles" in ran.stdout
    for paper in done.archive.papers:
        assert (output / f"{paper.slug}.html").exists()
    tags = {topic for paper in done.archive.papers for topic in paper.topics}
    assert {path.stem for path in (output / "tag").iterdir()} == tags
    assert (output / "category" / "papers.html").exists()
    assert (output / "author" / "ryan-greenblatt.html").exists()
    assert "WARNING" not in ran.stdout + ran.stderr

"""Whatever a keeper adds, changes and removes, and in which order: the archive is the same."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import pickle
import random
import shutil
from pathlib import Path

import pytest
from daybook.archive import Conversion, Taxonomy, convert
from daybook.archive.ledger import FILE_NAME
from daybook.archive.topic_proof import FILE_NAME as PROOF
from daybook.digests import Reading
from daybook.records import Archive, DayOfYear, Digest, Entry, PartialDate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .conftest import tree

FORMATS = ("hf-text", "hf-json", "bibtex", "feed", "markdown", "arxiv-mail")
TOPICS = (
    "storks that rest at wells in the desert and the transmitters that follow their flocks",
    "compilers for container vessels which decide the order of crates while cranes are working",
    "choirs whose singers hold a note together although each of them hears only two neighbours",
    "bridges that hum in the wind and the dampers which engineers hang below their decks",
    "bakers who keep one sourdough alive for decades by feeding it rye at the same hour",
)


def work(number: int, variant: int) -> Entry:
    """Give one of a few papers, as one of several sources tells of it."""
    title = f"On {TOPICS[number].split(' ', maxsplit=1)[0]}" if number < 4 else "Notes"
    entry = Entry(1, title.upper() if variant % 3 == 2 else title)
    if variant % 2:
        entry = dataclasses.replace(entry, arxiv=f"24{number + 1:02d}.0000{number}")
    if variant % 4 < 3:
        text = f"We study {TOPICS[number]}. " * 3
        entry = dataclasses.replace(entry, abstract=text + ("Revised." if variant > 4 else ""))
    if variant % 5 == 0:
        entry = dataclasses.replace(entry, doi=f"10.1000/{number}", authors=("Ada One", "Bo Two"))
    if variant % 5 == 1:
        entry = dataclasses.replace(
            entry, published=PartialDate(2024, number + 1, 5), upvotes=variant, author_count=2
        )
    return entry


WORKS = st.builds(work, st.integers(0, len(TOPICS) - 1), st.integers(0, 7))


@st.composite
def digests(draw: st.DrawFn) -> Digest:
    entries = draw(st.lists(WORKS, min_size=1, max_size=4))
    placed = tuple(dataclasses.replace(e, position=n) for n, e in enumerate(entries, 1))
    name, date = draw(st.integers(0, 4)), draw(st.sampled_from((None, 10, 11, 12)))
    made = Digest(f"{name}.txt", draw(st.sampled_from(FORMATS)), placed)
    if date is None:
        heading = draw(st.sampled_from((None, DayOfYear(3, 11))))
        return dataclasses.replace(made, heading_day=heading)
    return dataclasses.replace(made, date=PartialDate(2025, 3, date), dated_by="file")


def metadata_of(number: int | None, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    facts = [] if number is None else [{"title": work(number, 0).title, "DOI": f"10.1000/{number}",
        "author": [{"literal": "Ada One"}], "container-title": "Ornis"}]  # fmt: skip
    (folder / "facts.json").write_text(json.dumps(facts), encoding="utf-8")
    return folder


def keep(
    found: dict[str, Digest], folder: Path, taxonomy: Taxonomy, **more: Path | None
) -> Conversion:
    reading = Reading(tuple(found.values()), (), len(found))
    return convert(
        reading,
        folder,
        more.get("metadata"),
        taxonomy,
        corrections=more.get("word"),
        cache_folder=more.get("cache"),
    )


def groups(archive: Archive) -> set[frozenset[tuple[str, int]]]:
    """Give which entries are one paper, whatever the digests are called."""
    found: dict[str, set[tuple[str, int]]] = {}
    for digest in archive.digests:
        for item in digest.items:
            found.setdefault(item.slug, set()).add((digest.source, item.position))
    return {frozenset(places) for places in found.values()}


WORDS = st.sampled_from(
    (
        "",
        '[[hide]]\npaper = "notes"\n',
        '[[correct]]\npaper = "2402.00001"\ntitle = "Vessels"\n',
        '[[merge]]\npapers = ["on-storks", "on-compilers"]\n',
        '[[split]]\npaper = "notes"\nentries = ["1.txt #1"]\n',
        '[[withdraw]]\npaper = "on-choirs"\n',
    )
)
EDITS = st.lists(
    st.one_of(digests(), st.integers(0, 4), WORDS, st.tuples(st.integers(0, 4))),
    min_size=1,
    max_size=7,
)
"""A digest added or changed, one removed, another word of the keeper's, another metadata file."""
SETTINGS = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@SETTINGS
@given(EDITS)
def test_a_conversion_with_a_cache_gives_what_one_without_gives(
    tmp_path_factory: pytest.TempPathFactory,
    taxonomy: Taxonomy,
    edits: list[Digest | int | str | tuple[int]],
) -> None:
    base = tmp_path_factory.mktemp("edits")
    found: dict[str, Digest] = {}
    word, metadata = base / "papers.toml", metadata_of(None, base / "metadata")
    for number, edit in enumerate(edits):
        if isinstance(edit, Digest):
            found[edit.source] = edit
        elif isinstance(edit, int):
            found.pop(f"{edit}.txt", None)
        elif isinstance(edit, str):
            word.write_text(edit, encoding="utf-8")
        else:
            metadata_of(edit[0], metadata)
        (base / "warm").mkdir(exist_ok=True)
        cold = shutil.copytree(base / "warm", base / f"cold-{number}")
        if number % 2:
            (cold / PROOF).unlink(missing_ok=True)
        warm = keep(
            found, base / "warm", taxonomy, metadata=metadata, word=word, cache=base / "cache"
        )
        plain = keep(found, cold, taxonomy, metadata=metadata, word=word)
        assert tree(cold) == tree(base / "warm")
        assert warm == plain
        again = keep(
            found, base / "warm", taxonomy, metadata=metadata, word=word, cache=base / "cache"
        )
        assert (again.pages_written, again.archive) == (0, warm.archive)
        assert tree(cold) == tree(base / "warm")


def test_a_merge_with_a_page_that_no_digest_tells_of_is_settled_at_once(
    tmp_path: Path, taxonomy: Taxonomy
) -> None:
    word = tmp_path / "papers.toml"
    word.write_text('[[merge]]\npapers = ["on-storks", "on-compilers"]\n', encoding="utf-8")
    before, after = (Digest("0.txt", "hf-text", (work(number, 0),)) for number in (1, 0))
    papers = tmp_path / "papers"
    papers.mkdir()
    keep({"0.txt": before}, papers, taxonomy, word=word)
    first = keep({"0.txt": after}, papers, taxonomy, word=word)
    assert [paper.slug for paper in first.archive.papers] == ["on-compilers"]
    kept = tree(papers)
    keep({"0.txt": after}, papers, taxonomy, word=word)
    assert tree(papers) == kept


@SETTINGS
@given(st.lists(digests(), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_digests_kept_one_by_one_are_the_papers_of_all_at_once(
    tmp_path_factory: pytest.TempPathFactory,
    taxonomy: Taxonomy,
    made: list[Digest],
    rng: random.Random,
) -> None:
    base = tmp_path_factory.mktemp("one-by-one")
    found = {digest.source: digest for digest in made}
    for number in range(1, len(found) + 1):
        some = dict(list(found.items())[:number])
        grown = keep(some, base / "grown", taxonomy, cache=base / "cache")
    shuffled = dict(rng.sample(list(found.items()), len(found)))
    whole = keep(shuffled, base / "whole", taxonomy)
    keep(found, base / "in-order", taxonomy)
    assert tree(base / "whole") == tree(base / "in-order")
    assert groups(whole.archive) == groups(grown.archive)
    names = {(p.slug, p.number, p.path) for p in grown.archive.papers}
    again = keep(shuffled, base / "grown", taxonomy)
    assert {(p.slug, p.number, p.path) for p in again.archive.papers} == names
    ledger = base / "ledger"
    ledger.mkdir()
    shutil.copy(base / "grown" / FILE_NAME, ledger)
    renewed = keep(shuffled, ledger, taxonomy)
    assert groups(renewed.archive) == groups(grown.archive)
    assert {p.slug for p in renewed.archive.papers} <= {p.slug for p in grown.archive.papers} | {
        slug for slug, _ in grown.archive.redirects
    }


@pytest.mark.parametrize(
    "damage", ["lost", "cut", "foreign", "forged", "a pipe", "another version"]
)
def test_a_cache_that_is_lost_or_damaged_changes_nothing(
    taxonomy: Taxonomy, tmp_path: Path, damage: str
) -> None:
    entries = tuple(dataclasses.replace(work(n, n), position=n + 1) for n in range(5))
    found = {"0.txt": Digest("0.txt", "hf-text", entries)}
    first = keep(found, tmp_path / "papers", taxonomy, cache=tmp_path / "cache")
    before = tree(tmp_path / "papers")
    (file,) = (tmp_path / "cache").iterdir()
    data = file.read_bytes()
    if damage == "lost":
        file.unlink()
    elif damage == "cut":
        file.write_bytes(data[: len(data) // 2])
    elif damage == "foreign":
        file.write_bytes(b"cos\nsystem\n(S'exit 1'\ntR.")
    elif damage == "forged":  # with the hash of what it holds
        content = pickle.dumps({"pages": 5})
        file.write_bytes(hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
    elif damage == "a pipe":
        file.unlink()
        os.mkfifo(file)
    else:
        file.rename(file.with_name("archive-0000.cache"))
    again = keep(found, tmp_path / "papers", taxonomy, cache=tmp_path / "cache")
    assert again.archive == first.archive
    assert tree(tmp_path / "papers") == before
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [file.name]


def test_an_edit_that_keeps_size_and_time_is_seen(taxonomy: Taxonomy, tmp_path: Path) -> None:
    entry = dataclasses.replace(work(0, 1), position=1)
    found = {"0.txt": Digest("0.txt", "hf-text", (entry,))}
    keep(found, tmp_path / "papers", taxonomy, cache=tmp_path / "cache")
    (page,) = (tmp_path / "papers").rglob("*.md")
    page.write_text(page.read_text("utf-8") + "\n## Notes\n\nOne.\n", encoding="utf-8")
    keep(found, tmp_path / "papers", taxonomy, cache=tmp_path / "cache")
    stamp = page.stat()
    page.write_text(page.read_text("utf-8").replace("One.", "Two."), encoding="utf-8")
    os.utime(page, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    (paper,) = keep(found, tmp_path / "papers", taxonomy, cache=tmp_path / "cache").archive.papers
    assert paper.notes == "## Notes\n\nTwo."

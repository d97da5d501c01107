"""A folder of pages that is damaged, locked, linked or full of others' things."""

from __future__ import annotations

import dataclasses
import multiprocessing
import os
from pathlib import Path

import pytest
from daybook.archive import Taxonomy, convert
from daybook.archive.folder import hold_folder
from daybook.archive.ledger import FILE_NAME
from daybook.digests import Reading
from daybook.errors import PublishError

from .conftest import Keep, tree
from .few_digests import BARE, MONDAY, SHIPS, STORKS, TUESDAY, UNDATED, digest, page_of, paper_of


def test_a_damaged_page_is_refused_and_never_written_over(keep: Keep, papers: Path) -> None:
    keep(MONDAY)
    page = page_of(papers, "where-storks-rest")
    page.write_text("<<<<<<< HEAD\n" + page.read_text(encoding="utf-8"), encoding="utf-8")
    damaged = page.read_bytes()
    done = keep(MONDAY, TUESDAY)
    (refusal,) = [refusal for refusal in done.refusals if refusal.fatal]
    assert refusal.path == "2025/03/where-storks-rest.md"
    assert page.read_bytes() == damaged
    assert done.papers == 3
    assert page_of(papers, "nothing-is-known-of-this").exists()
    assert paper_of(done.archive, STORKS.title).slug == "where-storks-rest"


def test_a_pipe_among_the_pages_is_refused_and_keeps_nobody_waiting(
    keep: Keep, papers: Path
) -> None:
    keep(MONDAY)
    os.mkfifo(papers / "2025/pipe.md")
    (refusal,) = [refusal for refusal in keep(MONDAY, TUESDAY).refusals if refusal.fatal]
    assert refusal.path == "2025/pipe.md"
    (papers / FILE_NAME).unlink()
    os.mkfifo(papers / FILE_NAME)
    with pytest.raises(PublishError, match="no file"):
        keep(MONDAY)


def test_a_folder_of_pages_that_nobody_may_list_stops_a_build_before_it_lacks_them(
    keep: Keep, unprivileged: Path
) -> None:
    keep(MONDAY, into=unprivileged)
    before = tree(unprivileged)
    (unprivileged / "2025").chmod(0)
    try:
        with pytest.raises(PublishError, match="2025 cannot be listed: Permission denied"):
            keep(MONDAY, TUESDAY, into=unprivileged)
    finally:
        (unprivileged / "2025").chmod(0o755)
    assert tree(unprivileged) == before


def test_a_damaged_provenance_file_is_made_again_with_a_warning(keep: Keep, papers: Path) -> None:
    other = digest("2.txt", dataclasses.replace(STORKS, title="where storks\x85\u2028REST"))
    keep(MONDAY, other)
    file = papers / "provenance.jsonl"
    whole = file.read_text("utf-8")
    for damaged in (
        "",
        whole[:40],
        f'{whole}[]\n{{"paper": "where-storks-rest"}}\n',
        "\ufffd" + whole,
    ):
        file.write_text(damaged, encoding="utf-8")
        done = keep(MONDAY, other)
        assert file.read_text("utf-8") == whole
        assert {(w.path, w.fatal) for w in done.refusals} == (
            {("provenance.jsonl", False)} if damaged else set()
        )
        kept = papers / "provenance.jsonl.damaged"
        said = [line for line in damaged.splitlines() if line and line not in whole.splitlines()]
        assert said == (kept.read_text("utf-8").splitlines() if damaged else [])
        assert [w.path for w in keep(MONDAY, other).refusals] == [kept.name] * bool(damaged)
        kept.unlink(missing_ok=True)
    assert not keep(MONDAY, other).refusals
    gone = keep(digest("3.txt", BARE, day="2025-03-13"))
    assert gone.archive.papers[0].uncarried
    assert file.read_text("utf-8") == whole


def test_a_conversion_killed_before_its_pages_ends_as_an_undisturbed_one(
    keep: Keep, papers: Path
) -> None:
    keep(MONDAY, TUESDAY)
    whole = tree(papers)
    for path in list(papers.rglob("*.md"))[:2]:
        path.unlink()
    (papers / ".writing").mkdir()
    (papers / ".writing" / "0").write_text("half", encoding="utf-8")
    keep(MONDAY, TUESDAY)
    assert tree(papers) == whole
    assert not (papers / ".writing").exists()


def test_a_link_in_the_folder_is_not_followed_for_writing(
    keep: Keep, papers: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    papers.mkdir()
    (papers / "2025").symlink_to(outside)
    with pytest.raises(PublishError):
        keep(MONDAY)
    assert not list(outside.iterdir())


def test_two_conversions_at_once_into_one_folder_do_not_mix(
    papers: Path, taxonomy: Taxonomy
) -> None:
    papers.mkdir()
    with hold_folder(papers, 1), pytest.raises(PublishError, match="another conversion"):
        convert(Reading((MONDAY,), (), 1), papers, None, taxonomy, wait=0)
    assert not list(papers.iterdir())
    context = multiprocessing.get_context("fork")
    runs = [
        context.Process(
            target=convert, args=(Reading((MONDAY, day), (), 2), papers, None, taxonomy)
        )
        for day in (TUESDAY, UNDATED)
    ]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
        assert run.exitcode == 0
    done = convert(Reading((MONDAY, TUESDAY, UNDATED), (), 3), papers, None, taxonomy)
    assert done.papers == 3
    assert not [refusal for refusal in done.refusals if refusal.fatal]


def test_a_folder_that_cannot_be_written_is_a_clear_error(keep: Keep, unprivileged: Path) -> None:
    unprivileged.chmod(0o500)
    try:
        with pytest.raises(PublishError, match="cannot be written: Permission denied"):
            keep(MONDAY, into=unprivileged)
    finally:
        unprivileged.chmod(0o700)


def test_a_page_that_cannot_be_put_in_its_place_is_named(keep: Keep, unprivileged: Path) -> None:
    """And not the file of our own that was to become it."""
    keep(MONDAY, into=unprivileged)
    page = page_of(unprivileged, "loading-vessels")
    page.parent.chmod(0o500)
    try:
        with pytest.raises(PublishError) as refused:
            keep(
                digest("monday.txt", STORKS, dataclasses.replace(SHIPS, venue="Ports")),
                into=unprivileged,
            )
        assert str(page) in str(refused.value)
    finally:
        page.parent.chmod(0o700)

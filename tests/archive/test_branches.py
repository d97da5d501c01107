"""Two branches, each with a digest of one day, are merged: the first keeps its address."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from daybook.archive import Conversion, Taxonomy, convert
from daybook.digests import Reading
from daybook.records import Digest, Entry

from .conftest import tree
from .few_digests import MONDAY, digest

DESK = digest("2026-11-12-desk.md", Entry(1, "Where Gulls Rest"), day="2026-11-12")
LAPTOP = digest("2026-11-12-laptop.md", Entry(1, "Where Terns Rest"), day="2026-11-12")


def converted(folder: Path, taxonomy: Taxonomy, *digests: Digest) -> Conversion:
    return convert(Reading(digests, (), len(digests)), folder, None, taxonomy)


@pytest.mark.parametrize("markers", [False, True])
@pytest.mark.parametrize("first", ["desk", "laptop"])
def test_the_digest_of_the_first_branch_keeps_its_name(
    tmp_path: Path, taxonomy: Taxonomy, first: str, markers: bool
) -> None:
    base, ours, theirs = (tmp_path / name for name in ("base", "ours", "theirs"))
    mine, other = (DESK, LAPTOP) if first == "desk" else (LAPTOP, DESK)
    base.mkdir()
    converted(base, taxonomy, MONDAY)
    for branch, one in ((ours, mine), (theirs, other)):
        shutil.copytree(base, branch)
        converted(branch, taxonomy, MONDAY, one)
    old, new, more = (
        (folder / "ledger.jsonl").read_text("utf-8").splitlines() for folder in (base, ours, theirs)
    )
    lines = [*old, "<<<<<<< HEAD", *new[len(old) :], "=======", *more[len(old) :], ">>>>>>> theirs"]
    kept = lines if markers else [line for line in lines if line.startswith("{")]
    shutil.copytree(
        theirs,
        ours,
        dirs_exist_ok=True,
        ignore=lambda _, names: [name for name in names if name.endswith((".jsonl", ".txt"))],
    )
    (ours / "ledger.jsonl").write_text("\n".join(kept) + "\n", "utf-8")
    done = converted(ours, taxonomy, MONDAY, DESK, LAPTOP)
    sources = {record.id: record.source for record in done.archive.digests}
    assert sources["2026-11-12"] == mine.source
    assert sources["2026-11-12-2"] == other.source
    told = [r for r in done.refusals if "both called '2026-11-12'" in r.message]
    assert len(told) == 1
    before = tree(ours)
    again = converted(ours, taxonomy, MONDAY, DESK, LAPTOP)
    assert tree(ours) == before
    assert not any("both called" in r.message for r in again.refusals)


def test_a_digest_that_was_renamed_and_mended_keeps_its_name(
    tmp_path: Path, taxonomy: Taxonomy
) -> None:
    one = digest(
        "a.md", Entry(1, "Where Gulls Rest"), Entry(2, "Where Owls Rest"), day="2026-11-12"
    )
    converted(tmp_path, taxonomy, one)
    moved = digest("b.md", *one.entries, day="2026-11-12")
    converted(tmp_path, taxonomy, moved)
    mended = digest("b.md", *one.entries, Entry(3, "Where Terns Rest"), day="2026-11-12")
    done = converted(tmp_path, taxonomy, mended)
    assert [(d.id, d.source) for d in done.archive.digests] == [("2026-11-12", "b.md")]
    assert not done.refusals

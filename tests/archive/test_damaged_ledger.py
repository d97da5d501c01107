"""A ledger that is lost, cut or damaged costs no page and no address."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from daybook.archive.ledger import FILE_NAME
from daybook.records import Entry

from .conftest import Keep, tree
from .few_digests import BARE, MONDAY, STORKS, TUESDAY, UNDATED, digest, page_of


def test_a_lost_ledger_is_made_again_from_the_pages(keep: Keep, papers: Path) -> None:
    first = keep(MONDAY, UNDATED, digest("other.txt", BARE))
    before = tree(papers)
    (papers / FILE_NAME).unlink()
    moved = dataclasses.replace(UNDATED, source="zzz.txt")
    done = keep(MONDAY, moved, digest("other.txt", BARE))
    assert done.archive.papers == first.archive.papers
    assert {kept.id for kept in done.archive.digests} == {"2025-03-10", "undated-1", "undated-2"}
    assert {k: v for k, v in tree(papers).items() if k != FILE_NAME} == {
        k: v for k, v in before.items() if k != FILE_NAME
    }
    (warning,) = done.refusals
    assert (warning.path, warning.fatal) == (FILE_NAME, False)
    assert not keep(MONDAY, moved, digest("other.txt", BARE)).refusals


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.99])
def test_a_cut_ledger_gives_the_same_pages(keep: Keep, papers: Path, share: float) -> None:
    first = keep(MONDAY, TUESDAY)
    before = tree(papers)
    text = (papers / FILE_NAME).read_bytes()
    (papers / FILE_NAME).write_bytes(text[: int(len(text) * share)])
    done = keep(MONDAY, TUESDAY)
    assert {p.slug for p in done.archive.papers} == {p.slug for p in first.archive.papers}
    assert [w.path for w in done.refusals if not w.fatal] == [FILE_NAME] * len(done.refusals)
    assert done.refusals
    after = tree(papers)
    assert {k: after[k] for k in before if k != FILE_NAME} == {
        k: v for k, v in before.items() if k != FILE_NAME
    }


JOINED = digest(
    "joined.txt",
    dataclasses.replace(STORKS, doi="10.1000/storks", title="At rest"),
    day="2025-03-12",
)
AT_REST = digest("a.txt", Entry(1, "At rest", doi="10.1000/storks"), day="2025-03-11")


def test_a_lost_ledger_loses_no_redirect(keep: Keep, papers: Path) -> None:
    keep(MONDAY, AT_REST)
    assert keep(MONDAY, AT_REST, JOINED).archive.redirects == (("at-rest", "where-storks-rest"),)
    assert "\nFormer_slugs: at-rest\n" in page_of(papers, "where-storks-rest").read_text("utf-8")
    before = tree(papers)
    (papers / FILE_NAME).unlink()
    done = keep(MONDAY)
    assert done.archive.redirects == (("at-rest", "where-storks-rest"),)
    assert {w.path for w in done.refusals} == {FILE_NAME}
    again = keep(MONDAY, AT_REST, JOINED)
    assert {p.slug for p in again.archive.papers} == {"where-storks-rest", "loading-vessels"}
    assert {k: v for k, v in tree(papers).items() if k != FILE_NAME} == {
        k: v for k, v in before.items() if k != FILE_NAME
    }


@pytest.mark.parametrize("damage", ["garbage", "twice", "conflict", "redirect gone", "shuffled"])
def test_a_damaged_ledger_costs_no_address(keep: Keep, papers: Path, damage: str) -> None:
    keep(MONDAY, AT_REST)
    first = keep(MONDAY, AT_REST, JOINED, TUESDAY)
    before = tree(papers)
    head, *lines = (papers / FILE_NAME).read_text("utf-8").splitlines()
    if damage == "garbage":
        lines[2:2] = ["<<<<<<< HEAD", "\x00\ufffd{", '{"paper": "x"}', "=======", ">>>>>>> other"]
    elif damage == "twice":
        lines += lines
    elif damage == "conflict":  # two branches, each with a number for another paper
        lines = [line.replace('"paper": 3', '"paper": 1') for line in lines]
    elif damage == "redirect gone":
        lines = [line.replace("redirect", "redir") for line in lines]
    else:
        lines.reverse()
    (papers / FILE_NAME).write_text("\n".join((head, *lines)) + "\n", encoding="utf-8")
    done = keep(MONDAY, AT_REST, JOINED, TUESDAY)
    assert {w.path for w in done.refusals if not w.fatal} == {FILE_NAME}
    assert {p.slug for p in done.archive.papers} == {p.slug for p in first.archive.papers}
    assert done.archive.redirects == first.archive.redirects
    after = tree(papers)
    assert {k: after[k] for k in before if k != FILE_NAME} == {
        k: v for k, v in before.items() if k != FILE_NAME
    }
    kept = papers / f"{FILE_NAME}.damaged"
    told = keep(MONDAY, AT_REST, JOINED, TUESDAY).refusals
    assert [w.path for w in told] == [kept.name] * (damage != "twice")
    kept.unlink(missing_ok=True)
    assert not keep(MONDAY, AT_REST, JOINED, TUESDAY).refusals


def test_what_is_taken_out_of_a_ledger_is_kept_and_told_until_it_is_removed(
    keep: Keep, papers: Path
) -> None:
    keep(MONDAY)
    ledger, kept = papers / FILE_NAME, papers / f"{FILE_NAME}.damaged"
    whole = ledger.read_bytes()
    cut = b'{"redirect": "old-\xff", "to": "first-of-all'
    for _ in range(2):  # however often it is put there
        ledger.write_bytes(whole + cut + b"\n" + cut)
        (telling,) = {w.path for w in keep(MONDAY).refusals} - {kept.name}
        assert telling == FILE_NAME
        assert (ledger.read_bytes(), kept.read_bytes()) == (whole, cut + b"\n")
    (warning,) = keep(MONDAY).refusals
    assert (warning.path, warning.fatal) == (kept.name, False)
    assert "1 line" in warning.message
    assert "old-" in warning.message
    kept.unlink()
    assert not keep(MONDAY).refusals


@pytest.mark.parametrize("damage", ["missing", "empty", "headless", "twice", "garbage"])
def test_lines_are_said_to_be_kept_only_where_they_are(
    keep: Keep, papers: Path, damage: str
) -> None:
    keep(MONDAY)
    ledger = papers / FILE_NAME
    head, *lines = ledger.read_text("utf-8").splitlines()
    if damage == "missing":
        ledger.unlink()
    else:
        more = {"empty": [], "headless": lines, "twice": [head, *lines, *lines]}
        said = more.get(damage, [head, *lines, "<<<<<<<"])
        ledger.write_text("".join(f"{line}\n" for line in said), encoding="utf-8")
    told = keep(MONDAY).refusals
    assert {w.path for w in told} == {FILE_NAME}
    kept = {f"{FILE_NAME}.damaged" in (w.hint or "") for w in told}
    assert kept == {(papers / f"{FILE_NAME}.damaged").exists()} == {damage == "garbage"}


def test_of_two_authors_with_one_slug_in_the_ledger_the_first_has_it(
    keep: Keep, papers: Path
) -> None:
    two = digest("1.txt", dataclasses.replace(STORKS, authors=("Ada One", "Bo Two")))
    keep(two)
    with (papers / FILE_NAME).open("a", encoding="utf-8") as ledger:
        for name in ("ada one", "bo two"):
            ledger.write(json.dumps({"author": name, "slug": "same-slug"}) + "\n")
    done = keep(two)
    assert done.archive.author_slugs == (("ada one", "same-slug"),)
    lines = (papers / FILE_NAME).read_text("utf-8").splitlines()
    (warning,) = done.refusals
    assert (warning.path, warning.line) == (FILE_NAME, len(lines) + 1)
    assert "another author" in warning.message

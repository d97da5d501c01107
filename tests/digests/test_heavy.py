"""Files that are too large, too deep or too full: read in bounded time and memory, or refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from daybook.digests import read_digest
from daybook.digests.bounds import MOST_CHARACTERS, MOST_ITEMS

from .heavy import KINDS, files, read_alone

SCALE = 0.01
SECONDS, MEGABYTES = 60, 1_500


@pytest.mark.parametrize("name", [name for name, _ in files(0)])
def test_a_heavy_file_is_read_or_refused_in_bounded_time_and_memory(
    tmp_path: Path, name: str
) -> None:
    read_alone(tmp_path, dict(files(SCALE))[name], SECONDS, MEGABYTES)


@pytest.mark.parametrize("name", KINDS)
def test_what_no_paper_has_is_cut_and_told(name: str) -> None:
    authors, characters = MOST_ITEMS["authors"], MOST_CHARACTERS["abstract"]
    text = "".join(KINDS[name].file(2, authors + 5, characters + 50))
    (digest,) = read_digest("x", text.encode())
    told = [refusal.message for refusal in digest.refusals]
    assert len(digest.entries) == 2
    for entry in digest.entries:
        for field, most in MOST_CHARACTERS.items():
            assert len(getattr(entry, field) or "") <= most
        assert len(entry.authors or ()) <= authors
        cut = [m for m in told if m.startswith(f"in entry {entry.position} ")]
        whole = (entry.abstract or entry.blurb or "").count("word") == characters // 5 + 10
        assert cut or whole, told


def test_of_a_table_cut_inside_a_cell_the_row_is_kept_without_it_and_told() -> None:
    (digest,) = read_digest("x.csv", b'title,abstract\nOne,A 5" disk.\n\nTwo,"Words, and')
    assert [entry.abstract for entry in digest.entries] == ['A 5" disk.', None]
    (refusal,) = digest.refusals
    assert (refusal.line, refusal.fatal) == (4, True)
    assert refusal.message.startswith("row 2 breaks off inside quotation marks")
    (whole,) = read_digest("x.csv", b'title,abstract\nOne,A.\nTwo,A 5" disk.\n')
    assert whole.refusals == ()


def test_a_row_without_end_costs_no_other_row() -> None:
    table = f'title,abstract\nOne,A.\nTwo,"{"word " * 2_000_001}\nmore"\nThree,C.\n'
    (digest,) = read_digest("x.csv", table.encode())
    assert [entry.title for entry in digest.entries] == ["One", "Three"]
    (refusal,) = digest.refusals
    assert (refusal.line, refusal.fatal) == (3, True)
    assert refusal.message.startswith("row 2 has a field of more than 10 million characters")

"""The learned file: it says again what was learned, and a broken one is named by its line."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from daybook.learning.learned import (
    FILE_NAME,
    Learned,
    LearnedError,
    parse_learned,
    read_learned,
    recall_learned,
    write_learned,
)
from daybook.learning.rarities import learn
from daybook.learning.words import fold
from hypothesis import given
from hypothesis import strategies as st

TEXTS = [
    ("Sparse autoencoders in language models", "We prune a sparse autoencoder."),
    ("Pruning language models", "A sparse model is a pruned model: zero-shot."),
    ("Sparse attention", None),
]
LEARNED = Learned(
    7, {"prun": 3, "prun model": 5, "spars": 2, "zero shot": 4}, {"sae": ["spars autoencod", "x y"]}
)
WRITTEN = """\
Daybook learned 1
papers 7

terms
prun 3 model 5
spars 2
zero - shot 4

acronyms
sae = spars autoencod | x y

end
"""


def test_a_word_is_known_in_all_its_forms() -> None:
    groups = ("prune prunes pruned pruning", "embedding embeddings embed", "study studies")
    assert [len({fold(word) for word in group.split()}) for group in groups] == [1, 1, 1]
    assert fold("GPT".lower()) == "gpt"


def test_terms_that_papers_share_are_learned_by_how_rare_they_are() -> None:
    learned = learn(TEXTS)
    assert learned.papers == 3
    assert learned.rarities == {
        "languag": 1, "languag model": 1, "model": 1, "prun": 1, "spars": 0,
    }  # fmt: skip


def test_the_order_of_papers_does_not_matter() -> None:
    shuffled = random.Random(2).sample(TEXTS, len(TEXTS))
    assert write_learned(learn(shuffled)) == write_learned(learn(TEXTS))


@given(st.lists(st.tuples(st.text(max_size=40), st.none() | st.text(max_size=80)), max_size=6))
def test_what_any_texts_teach_can_be_written_and_read(texts: list[tuple[str, str | None]]) -> None:
    learned = learn([*texts, *texts])
    if learned.papers:
        again = parse_learned(write_learned(learned), "x")
        assert (again.papers, list(again.rarities.items())) == (
            learned.papers, list(learned.rarities.items()),
        )  # fmt: skip


def test_the_file_is_text_that_says_it_all() -> None:
    assert write_learned(LEARNED) == WRITTEN
    again = parse_learned(WRITTEN, "x")
    assert (again.papers, again.rarities, again.acronyms) == (7, LEARNED.rarities, LEARNED.acronyms)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("learned 1", "learned 2", 1),
        ("papers 7", "papers many", 2),
        ("papers 7", "papers 0", 2),
        ("prun 3 model 5", "prun 3 model", 5),
        ("prun 3 model 5", "prun 3 model x", 5),
        ("prun 3 model 5", "prun 3 model 5 model 5", 5),
        ("prun 3", "prun  3", 5),
        ("zero -", "zero 999", 7),
        ("sae =", "sae", 10),
        ("spars autoencod | x y", "", 10),
        ("\nend\n", "", 11),
    ],
)
def test_a_broken_file_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int
) -> None:
    assert old in WRITTEN
    folder = tmp_path / "learned"
    folder.mkdir()
    (folder / FILE_NAME).write_text(WRITTEN.replace(old, new), encoding="utf-8")
    with pytest.raises(LearnedError) as caught:
        read_learned(folder)
    refusal = caught.value.refusal
    assert (refusal.path, refusal.line) == (f"learned/{FILE_NAME}", line)
    assert refusal.hint is not None
    assert "make learn" in refusal.hint


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LearnedError, match="cannot be read"):
        read_learned(tmp_path)


def test_no_file_is_no_mistake(tmp_path: Path) -> None:
    assert read_learned(tmp_path / "nowhere") is None


def test_it_serves_an_archive_of_at_most_twice_its_papers() -> None:
    assert [LEARNED.serves(papers) for papers in (1, 7, 14, 15)] == [True, True, True, False]


def test_a_build_recalls_a_file_that_serves_it(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(WRITTEN, encoding="utf-8")
    learned, doubts = recall_learned(tmp_path, 14)
    assert learned is not None
    assert (learned.papers, doubts) == (7, ())
    assert recall_learned(tmp_path, 15) == (None, ())


def test_a_broken_file_is_a_warning_and_the_build_learns_afresh(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(WRITTEN.replace("papers 7", "x"), encoding="utf-8")
    learned, (doubt,) = recall_learned(tmp_path, 7)
    assert learned is None
    assert not doubt.fatal
    assert (doubt.path, doubt.line) == (f"{tmp_path.name}/{FILE_NAME}", 2)
    assert "afresh" in doubt.message


@pytest.mark.parametrize("written", [True, False])
def test_a_large_archive_is_told_what_keeps_its_pages_steady(tmp_path: Path, written: bool) -> None:
    if written:
        (tmp_path / FILE_NAME).write_text(WRITTEN, encoding="utf-8")
    learned, (doubt,) = recall_learned(tmp_path, 1001)
    assert learned is None
    assert not doubt.fatal
    assert "make learn" in (doubt.hint or "")
    assert recall_learned(tmp_path, 1000) == (None, ())

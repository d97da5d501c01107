"""Acronyms are learnt where papers introduce them, and nowhere else."""

from __future__ import annotations

import pytest
from daybook.search.acronyms import choose_acronyms, count_acronyms, long_form
from daybook.search.tokens import tokenize


@pytest.mark.parametrize(
    ("before", "acronym", "found"),
    [
        ("We use reinforcement learning from human feedback", "RLHF", True),
        ("a mixture-of-experts", "MoE", True),
        ("sparse autoencoders", "SAE", True),
        ("the results on a benchmark", "RLHF", False),
        ("on images", "ImageNet", False),
        ("", "AB", False),
    ],
)
def test_a_long_form_has_the_acronyms_letters_in_order(
    before: str, acronym: str, found: bool
) -> None:
    assert (long_form(before, acronym) is not None) == found


def test_a_long_form_begins_where_the_acronym_does() -> None:
    before = "We use reinforcement learning from human feedback"
    assert long_form(before, "RLHF") == "reinforcement learning from human feedback"


def chosen_of(texts: list[str]) -> dict[str, list[str]]:
    return choose_acronyms(count_acronyms(texts, {t for text in texts for t in tokenize(text)}))


def test_acronyms_are_terms_and_their_plurals_the_same() -> None:
    texts = [
        "Sparse autoencoders (SAEs) find features.",
        "A sparse autoencoder (SAE) finds features (see Section A).",
        "Some accuracy (about 90%) and a remark (Table II).",
    ]
    assert chosen_of(texts) == {"sae": ["spars autoencod"]}


def test_a_word_written_with_a_hyphen_and_without_is_one() -> None:
    texts = [
        "We study fine-tuning, and state-of-the-art.",
        "On finetuning. (Fine-tuning!)",
        "re-do",
    ]
    assert chosen_of(texts) == {"finetun": ["fine tune"]}


def test_the_commonest_meaning_comes_first() -> None:
    texts = ["an area under curve (AUC)", "accuracy under change (AUC)", "area under curve (AUC)"]
    assert chosen_of(texts) == {"auc": ["area under curv", "accuraci under chang"]}

"""Which mentions are one paper."""

from __future__ import annotations

import random
import time
import unicodedata

import pytest
from daybook.archive.grouping import group_mentions
from daybook.archive.identity import Mention, likeness, title_key
from hypothesis import example, given
from hypothesis import strategies as st

BIRDS = "We follow storks across deserts with light transmitters and map where they rest at night."
SHIPS = "A compiler for container vessels decides at loading time which crates may stand on top."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Attention Is All You Need", "attention is all you need."),
        ("Graph-Based Learning: A Survey", "Graph based learning – a survey"),
        ("Café networks", "Cafe\u0301 networks"),
        ("Schrödinger bridges", r"Schr\"{o}dinger Bridges"),
        ("Poincaré maps", r"Poincar{\'e} maps"),
        ("α-divergences", r"$\alpha$-divergences"),
        ("alpha-divergences", "α-divergences"),
        ("O(n^2) sorting", r"$O(n^2)$ Sorting"),
        ("The ﬁrst fluent model", "The first fluent model"),
        ("Łukasiewicz logic", "Lukasiewicz Logic"),
        ("Bias & Fairness", r"Bias \& Fairness"),
        ("Bias and fairness", "Bias & Fairness"),
        ("BERT: Pre-training", r"{BERT}: Pre-training"),
        ("ＦＵＬＬ width", "full width"),
        ("Genotypes usingPhylogenies", "Genotypes using Phylogenies"),
        ("Straße", "STRASSE"),
    ],
)
def test_spellings_of_one_title_have_one_key(one: str, other: str) -> None:
    assert title_key(one) == title_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("R trees", "R+ trees"), ("A guide to C", "A guide to C#"), ("深度", "机器"), ("!", "?")],
)
def test_different_titles_have_different_keys(one: str, other: str) -> None:
    assert title_key(one) != title_key(other)


@given(st.text())
@example("≠")
def test_a_title_key_depends_on_no_unicode_form_and_is_never_empty(title: str) -> None:
    if title.strip():
        assert title_key(title)
        for form in ("NFC", "NFD"):
            assert title_key(unicodedata.normalize(form, title)) == title_key(title)


def groups(*mentions: Mention) -> list[list[int]]:
    return [list(group) for group in group_mentions(mentions).groups]


def test_an_arxiv_id_joins_different_titles() -> None:
    assert groups(Mention("Old name", "2401.00001"), Mention("New name", "2401.00001")) == [[0, 1]]


def test_an_arxiv_doi_is_the_arxiv_id() -> None:
    doi = "10.48550/arXiv.2401.00001"
    assert groups(Mention("A", "2401.00001"), Mention("B", doi=doi)) == [[0, 1]]


def test_a_doi_joins_different_titles() -> None:
    assert groups(Mention("A", doi="10.1/x"), Mention("B", doi="10.1/X")) == [[0, 1]]


def test_a_doi_given_to_two_arxiv_ids_joins_neither() -> None:
    one, two = Mention("A", "2401.00001", "10.1/x"), Mention("B", "2401.00002", "10.1/x")
    assert groups(one, two) == [[0], [1]]


def test_a_title_joins_what_has_no_id() -> None:
    assert groups(Mention("A title"), Mention("a Title"), Mention("A title", "2401.1")) == [
        [0, 1, 2]
    ]


def test_different_arxiv_ids_under_one_title_are_two_papers() -> None:
    assert groups(Mention("Notes", "2401.00001"), Mention("Notes", "2401.00002")) == [[0], [1]]


def test_abstracts_that_have_nothing_in_common_are_two_papers() -> None:
    assert groups(Mention("Notes", abstract=BIRDS), Mention("Notes", abstract=SHIPS)) == [[0], [1]]


def test_a_revised_or_cut_abstract_is_one_paper() -> None:
    revised = BIRDS.replace("We follow", "In this work we track") + " We find three routes."
    mentions = (BIRDS, revised, BIRDS[:60])
    assert groups(*(Mention("Notes", abstract=text) for text in mentions)) == [[0, 1, 2]]


def test_a_translated_abstract_cannot_part_a_paper() -> None:
    chinese = "我们跟踪白鹳穿越沙漠 并绘制它们夜间休息的地点 地图 研究 迁徙"
    assert groups(Mention("Notes", abstract=BIRDS), Mention("Notes", abstract=chinese)) == [[0, 1]]


@pytest.mark.parametrize("dois", [(None, None), ("10.1000/a", "10.1000/b")])
def test_what_is_one_paper_in_the_end_is_not_told_as_doubtful(
    dois: tuple[str | None, str | None],
) -> None:
    texts = ("First text of one thing.", "Second text of another.")
    grouping = group_mentions(
        [Mention("Same", doi=doi, abstract=text) for doi, text in zip(dois, texts, strict=True)]
    )
    assert (grouping.groups, grouping.doubtful) == (((0, 1),), ())


def test_an_abstract_finds_its_arxiv_id_among_namesakes() -> None:
    grouping = group_mentions(
        [
            Mention("Notes", "2401.00001", abstract=BIRDS),
            Mention("Notes", "2401.00002", abstract=SHIPS),
            Mention("Notes", abstract=SHIPS + " More."),
            Mention("Notes"),
        ]
    )
    assert grouping.groups == ((0,), (1, 2), (3,))
    assert grouping.doubtful == (3,)


def test_an_abstract_like_none_is_left_to_the_id_that_nobody_describes() -> None:
    known = Mention("Notes", "2401.00001", abstract=BIRDS), Mention("Notes", "2401.00002")
    assert groups(*known, Mention("Notes", abstract=SHIPS)) == [[0], [1, 2]]


TITLES = ("Notes", "NOTES", "Other notes", "On storks")
ABSTRACTS = (None, BIRDS, SHIPS, BIRDS + " Revised.", "Short.")
MENTIONS = st.builds(
    Mention,
    title=st.sampled_from(TITLES),
    arxiv=st.sampled_from((None, None, "2401.00001", "2401.00002", "2401.00003")),
    doi=st.sampled_from((None, None, "10.1/x", "10.1/y", "10.48550/arxiv.2401.00001")),
    abstract=st.sampled_from(ABSTRACTS),
)


@given(st.lists(MENTIONS, max_size=14), st.randoms(use_true_random=False))
def test_grouping_does_not_depend_on_order(mentions: list[Mention], rng: random.Random) -> None:
    shuffled = list(range(len(mentions)))
    rng.shuffle(shuffled)
    straight = {frozenset(group) for group in group_mentions(mentions).groups}
    again = group_mentions([mentions[place] for place in shuffled]).groups
    assert {frozenset(shuffled[place] for place in group) for group in again} == straight


@given(st.lists(MENTIONS, max_size=14))
def test_no_group_has_two_arxiv_ids_and_every_mention_has_one_group(
    mentions: list[Mention],
) -> None:
    found = group_mentions(mentions).groups
    assert sorted(place for group in found for place in group) == list(range(len(mentions)))
    for group in found:
        assert len({mentions[p].arxiv for p in group if mentions[p].arxiv}) < 2


def test_likeness_says_when_it_cannot_know() -> None:
    assert likeness(BIRDS, None) is None
    assert likeness("Too short", BIRDS) is None
    assert likeness(BIRDS, SHIPS) == 0.0
    assert likeness(BIRDS, BIRDS) == 1.0


def test_many_namesakes_are_grouped_in_bounded_time() -> None:
    mentions = [Mention("Untitled", abstract=f"{n} {BIRDS} {n * 7}") for n in range(3000)]
    mentions += [Mention("Untitled", f"2401.{n:05}") for n in range(3000)]
    begun = time.process_time()
    assert sum(map(len, groups(*mentions))) == 6000
    assert time.process_time() - begun < 10

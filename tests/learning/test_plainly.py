"""What is found by arrays is what the plainest code finds."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from daybook.learning import candidates, cutting, nearness, reasons, said
from daybook.learning.cutting import cut
from daybook.learning.learned import Learned
from daybook.learning.rarities import learn
from daybook.learning.related import relate
from daybook.learning.words import MOST_CHARACTERS
from daybook.records import Paper, PartialDate
from hypothesis import given, settings
from hypothesis import strategies as st

from ..catalogue.small_archive import paper
from .plainly import relate_plainly, terms_of, words_of

ODD = "ab zC9_-'’.\u2010\u2011\n\0éßα中٣½\u0301\ud800\U0001d4b3@\\:/"
TEXTS = st.text(st.sampled_from(ODD), max_size=60) | st.sampled_from(
    ["w" * length for length in (8, 9, 15, 16, 17, 30)]
)


@given(st.lists(TEXTS | st.none(), max_size=12))
def test_texts_are_cut_into_their_words(texts: list[str | None]) -> None:
    found = cut(texts)
    for text, (start, end) in zip(texts, pairwise(found.ends.tolist()), strict=True):
        words = [found.words[place] for place in found.said[start:end]]
        assert (words, found.joined[start:end].tolist()) == words_of(text)


def test_many_texts_are_cut_alike() -> None:
    rng = random.Random(4)
    words = ["".join(rng.choices("abcdeé'", k=rng.randint(1, 19))) for _ in range(30_000)]
    texts = [" ".join(rng.choices(words, k=600)) for _ in range(60)]
    found = cut(texts)
    assert [found.words[place] for place in found.said] == [
        word for text in texts for word in words_of(text)[0]
    ]
    assert len(set(found.words)) == len(found.words)


def test_only_a_text_s_beginning_is_read() -> None:
    found = cut([f"{'a ' * (MOST_CHARACTERS // 2)}b", "c"])
    assert found.words == ["a", "c"]


def test_a_pair_does_not_reach_over_stop_words_or_punctuation() -> None:
    text = "State-space models: deep, zero-shot learning of graphs"
    pairs = ["stat spac", "spac model", "zero shot", "shot learn"]
    assert [term for term in terms_of(text) if " " in term] == pairs
    twice = [(text, None), (text, None)]
    assert sorted(t for t in learn(twice).rarities if " " in t) == sorted(pairs)


def archive(seed: int, size: int) -> list[Paper]:
    """Make papers up of few words, so that much is shared, with hyphens and other spellings."""
    rng = random.Random(seed)
    words = ["".join(rng.choices("bdgklmnrstaeiou", k=rng.randint(3, 7))) for _ in range(70)]
    words += [word.title() for word in words[:20]] + [f"{word}s" for word in words[:20]]
    words += [
        "the",
        "zero",
        "world",
        "Müller",
        "x'y",
        "e5",
        "of",
        "proposes",
        "electroencephalogram",
    ]

    def text(length: int) -> str:
        return "".join(rng.choice(words) + rng.choice("    -. ") for _ in range(length))

    def made(number: int) -> Paper:
        year = rng.choice((None, 2015, 2020, 2026))
        return paper(
            number,
            title=text(rng.randint(1, 8)),
            abstract=rng.choice((None, text(30), text(60))),
            authors=tuple(f"{rng.choice('ABCD')}. Person {rng.randint(0, 9)}" for _ in range(3)),
            topics=tuple(rng.sample(("ocean", "wind", "ice"), rng.randint(0, 3))),
            published=PartialDate(year) if year else None,
            withdrawn=rng.choice((None, None, None, "")),
        )

    return [made(number) for number in rng.sample(range(9 * size), size)]


@pytest.mark.parametrize("seed", range(6))
def test_related_papers_are_those_that_the_plainest_code_finds(seed: int) -> None:
    some = archive(seed, 20 + 20 * seed)
    learned = learn((each.title, each.abstract) for each in some[: 10 + 15 * seed])
    found = relate(some, learned)
    assert found == relate_plainly(some, learned)
    assert any(each.words and each.authors for each in sum(found.values(), ()))


def test_so_they_are_when_few_are_looked_at_together(monkeypatch: pytest.MonkeyPatch) -> None:
    some = archive(7, 100)
    learned = learn((each.title, each.abstract) for each in some)
    plainly = relate_plainly(some, learned)
    monkeypatch.setattr(said, "_BLOCK", 7)
    monkeypatch.setattr(cutting, "_BLOCK", 1000)
    monkeypatch.setattr(nearness, "_TABLE", 1)
    monkeypatch.setattr(reasons, "_TABLE", 1)
    monkeypatch.setattr(candidates, "_AT_ONCE", 100)
    assert relate(some, learned) == plainly
    monkeypatch.setattr(candidates, "_ASKING", 1)
    assert relate(some, learned) == plainly


def test_each_of_many_papers_finds_its_twin() -> None:
    rng = random.Random(5)
    titles = [
        " ".join("".join(rng.choices("bdgklmaeiou", k=7)) for _ in range(5)) for _ in range(1200)
    ]
    some = [paper(number, title=titles[number // 2]) for number in range(2400)]
    found = relate(some, Learned(2400, {}))
    assert [[each.number for each in found[number]] for number in range(2400)] == [
        [number ^ 1] for number in range(2400)
    ]


@settings(max_examples=30)
@given(st.data())
def test_so_they_are_when_common_terms_are_rare(data: st.DataObject) -> None:
    some = archive(data.draw(st.integers(10, 10**6)), data.draw(st.integers(1, 12)))
    terms = sorted({term for each in some for term in terms_of(each.abstract)})
    kept = data.draw(st.lists(st.sampled_from(terms), unique=True)) if terms else []
    rarities = {term: data.draw(st.integers(0, 30)) for term in sorted(kept, key=str.split)}
    some = [replace(each, withdrawn=None) for each in some]
    learned = Learned(data.draw(st.integers(1, 50_000)), rarities)
    assert relate(some, learned) == relate_plainly(some, learned)


@pytest.mark.parametrize("seed", range(8))
def test_papers_that_come_go_change_or_are_withdrawn_leave_no_list_behind(
    seed: int, tmp_path: Path
) -> None:
    rng = random.Random(seed)
    every = archive(seed, 90)
    learned = learn((each.title, each.abstract) for each in every)
    now = {each.number: each for each in every[:60]}
    for step in range(6):
        some = list(now.values())
        assert relate(some, learned, tmp_path) == relate(some, learned), step
        for number in rng.sample(sorted(now), 3):
            change = rng.choice(("go", "authors", "withdrawn", "back"))
            if change == "go":
                del now[number]
            elif change == "authors":
                now[number] = replace(now[number], authors=(now[number].authors or ())[:2])
            else:
                now[number] = replace(now[number], withdrawn=None if change == "back" else "")
        now |= {each.number: each for each in rng.sample(every, 2)}


def test_a_new_paper_that_meets_all_as_much_as_they_meet_each_other_comes_by_its_number(
    tmp_path: Path,
) -> None:
    some = [paper(number, title="Zebra crossing lanterns") for number in range(10, 50)]
    learned = Learned(2400, {})
    relate(some, learned, tmp_path)
    some.append(paper(3, title="Zebra crossing lanterns"))
    assert relate(some, learned, tmp_path) == relate(some, learned)

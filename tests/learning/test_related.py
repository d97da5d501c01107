"""Related papers: near ones come first, with what is shared, and a cache changes nothing."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from daybook.learning.learned import Learned
from daybook.learning.rarities import learn
from daybook.learning.related import MOST, relate
from daybook.records import Paper

from ..catalogue.small_archive import paper
from .subjects import SUBJECTS, about, papers


def learned_from(some: list[Paper]) -> Learned:
    return learn((each.title, each.abstract) for each in some)


@pytest.fixture(scope="module")
def some() -> list[Paper]:
    return papers(100)


def test_papers_about_the_same_are_related_and_others_are_not(some: list[Paper]) -> None:
    found = relate(some, learned_from(some))
    for number, related in found.items():
        assert len(related) == MOST
        assert number not in {each.number for each in related}
        assert {each.number % SUBJECTS for each in related} == {number % SUBJECTS}


def test_a_relation_says_what_both_papers_share_as_this_one_writes_it(some: list[Paper]) -> None:
    found = relate(some, learned_from(some))
    texts = {each.number: f"{each.title} {each.abstract}".lower() for each in some}
    for number, related in found.items():
        for each in related:
            assert each.words
            assert all(words.lower() in texts[number] for words in each.words)
            shared = number % 7 == each.number % 7
            assert each.authors == ((f"Person {number % 7}",) if shared else ())


def test_a_paper_of_which_only_the_title_is_known_has_near_ones_or_none() -> None:
    alone = paper(900, title="Cooking noodles")
    bare = paper(901, title=about(0, 0).title)
    some = [*papers(100), alone, bare]
    found = relate(some, learned_from(some))
    assert found[900] == ()
    assert {each.number % SUBJECTS for each in found[901]} == {0}


def test_words_that_were_not_learned_count_and_are_named(some: list[Paper]) -> None:
    learned = learned_from(some)
    new = [
        paper(900 + n, title="Quokkas and numbats", abstract="With quokkas numbats woylies thrive.")
        for n in range(2)
    ]
    found = relate([*some, *new], learned)
    assert [each.number for each in found[900]] == [901]
    assert {"quokkas", "numbats"} < set(found[900][0].words)


def test_a_text_too_long_to_be_read_to_its_end_is_no_fault(some: list[Paper]) -> None:
    end = f"{'of the ' * 1200}quokkas"
    new = [paper(900 + n, title="Quokkas", abstract=f"{end[n:]} numbats") for n in range(2)]
    found = relate([*some, *new], learned_from(some))
    assert [each.number for each in found[900]] == [901]


def test_the_order_in_which_papers_come_does_not_matter(some: list[Paper]) -> None:
    learned = learned_from(some)
    shuffled = random.Random(3).sample(some, len(some))
    assert relate(shuffled, learned) == relate(some, learned)


def edits(some: list[Paper]) -> list[list[Paper]]:
    """Give archives as they follow each other: papers come, go, change, and come back."""
    changed = [about(each.number, 3, 1) if each.number % 9 == 0 else each for each in some]
    by_topic = [replace(each, topics=("ocean",) * (each.number % 2)) for each in changed]
    return [some[:60], some, some[5:], changed[5:], by_topic, [*by_topic[::2]], some[:3], some]


def test_a_cache_changes_nothing(some: list[Paper], tmp_path: Path) -> None:
    learned = learned_from(some)
    for archive in edits(some):
        assert relate(archive, learned, tmp_path) == relate(archive, learned)


def test_a_cache_changes_nothing_where_many_papers_compete(tmp_path: Path) -> None:
    rivals = [about(number, 1) for number in range(150)]
    learned = learned_from(rivals)
    random.Random(1).shuffle(rivals)
    for archive in (rivals[:100], rivals, rivals[20:], rivals[20:90], rivals):
        assert relate(archive, learned, tmp_path) == relate(archive, learned)


def test_a_kept_list_follows_the_authors_of_the_others(some: list[Paper], tmp_path: Path) -> None:
    learned = learned_from(some)
    one, two = (
        paper(900 + n, title="Quokkas and numbats", abstract="With quokkas numbats woylies thrive.")
        for n in range(2)
    )
    one = replace(one, authors=("Ada King",))
    for authors in ("Bo Lee",), ("Ada King",), ("Bo Lee",):
        found = relate([*some, one, replace(two, authors=authors)], learned, tmp_path)
        assert [each.number for each in found[900]] == [901]
        assert found[900][0].authors == (authors if authors == one.authors else ())


def test_what_is_learned_anew_is_not_mixed_with_the_old(some: list[Paper], tmp_path: Path) -> None:
    relate(some, learned_from(some[:40]), tmp_path)
    learned = learned_from(some)
    assert relate(some, learned, tmp_path) == relate(some, learned)


def test_a_damaged_cache_is_as_good_as_none(some: list[Paper], tmp_path: Path) -> None:
    learned = learned_from(some)
    expected = relate(some, learned, tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-9] + b"something")
    assert relate(some, learned, tmp_path) == expected


def test_a_warm_run_makes_only_what_is_new(some: list[Paper], tmp_path: Path) -> None:
    learned = learned_from(some)
    before = relate(some, learned, tmp_path)
    (file,) = tmp_path.iterdir()
    kept = file.read_bytes()
    assert relate(some, learned, tmp_path) == before
    assert file.read_bytes() == kept


def test_a_withdrawn_paper_is_suggested_nowhere(some: list[Paper], tmp_path: Path) -> None:
    learned = learned_from(some)
    relate(some, learned, tmp_path)
    archive = [replace(each, withdrawn="") if each.number == 7 else each for each in some]
    found = relate(archive, learned, tmp_path)
    assert found == relate(archive, learned)
    assert len(found[7]) == MOST
    assert 7 not in {each.number for related in found.values() for each in related}

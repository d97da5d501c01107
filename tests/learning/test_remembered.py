"""Related papers that an earlier build found are taken over while they would be found again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from daybook.learning import relating
from daybook.learning.learned import Learned
from daybook.learning.related import relate
from daybook.learning.relating import Relating
from daybook.learning.relations import Relations
from daybook.learning.remembered import origin_of, read_related, write_related
from daybook.records import Paper, PartialDate

from ..processes import children
from .subjects import papers

LEARNED = Learned(40, {"spars": 4, "spars attent": 6})


@pytest.fixture(scope="module")
def some() -> list[Paper]:
    """Make papers, two by an author whose name is no ASCII, one of nothing, one withdrawn."""
    made = papers(40)
    made[3] = replace(made[3], authors=("Zoë Ünal",))
    made[13] = replace(made[13], authors=("Zoë Ünal",))
    made[5] = replace(made[5], title="?", abstract=None)
    made[6] = replace(made[6], withdrawn="")
    return made


def test_lists_are_read_as_they_were_written(some: list[Paper]) -> None:
    found = relate(some)
    assert "Zoë Ünal" in found.names.values()
    again = read_related(write_related(found, "origin"), "origin")
    assert again is not None
    assert [again.plain(paper.number) for paper in some] == [
        found.plain(paper.number) for paper in some
    ]
    assert again == found


EDITS: dict[str, Callable[[Paper], Paper]] = {
    "title": lambda paper: replace(paper, title="Other"),
    "abstract": lambda paper: replace(paper, abstract=None),
    "authors": lambda paper: replace(paper, authors=("Ada One",)),
    "topics": lambda paper: replace(paper, topics=("sheep",)),
    "year": lambda paper: replace(paper, published=PartialDate(1999)),
    "withdrawn": lambda paper: replace(paper, withdrawn="so"),
    "number": lambda paper: replace(paper, number=99),
}


@pytest.mark.parametrize("edit", sorted(EDITS))
def test_lists_of_other_papers_are_others(some: list[Paper], edit: str) -> None:
    edited = [*some[:20], EDITS[edit](some[20]), *some[21:]]
    assert origin_of(edited, LEARNED) != origin_of(some, LEARNED)


def test_lists_by_other_weights_are_others(some: list[Paper]) -> None:
    other = replace(LEARNED, rarities={"spars": 5, "spars attent": 6})
    assert len({origin_of(some, each) for each in (LEARNED, other, None)}) == 3
    assert origin_of(some[1:], LEARNED) != origin_of(some, LEARNED)


def test_what_no_list_depends_on_makes_none_another(some: list[Paper]) -> None:
    noted = [replace(paper, notes="Mine.", upvotes=7) for paper in some]
    assert origin_of(noted, LEARNED) == origin_of(some, LEARNED)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: text.replace(r"\u00eb", "e"),
        lambda text: f"<<<<<<< HEAD\n{text}",
        lambda text: text.replace('"version": 1', '"version": 2'),
        lambda text: text.partition("\n")[0],
        lambda text: "[" * 100_000,
        lambda text: "",
    ],
)
def test_a_damaged_file_is_as_none(some: list[Paper], damage: Callable[[str], str]) -> None:
    text = write_related(relate(some), "origin")
    assert damage(text) != text
    assert read_related(damage(text), "origin") is None


@pytest.mark.parametrize("line", ['[0,[9,"a"]]', '[0,["0","a"]]', "[]", "7", "{}", "[0,[0]]"])
def test_lines_that_could_not_have_been_written_are_believed_of_nobody(line: str) -> None:
    rest = f"{line}\n"
    head = {"daybook": "related", "version": 1, "of": "x"}
    head["rest"] = sha256(rest.encode()).hexdigest()[:32]
    assert read_related(f"{json.dumps(head)}\n{rest}", "x") is None


def test_what_is_remembered_is_not_found_again(
    some: list[Paper], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(relating, "_WORTH_REMEMBERING", 30)
    monkeypatch.setattr(relating, "A_CORES_WORTH", 15)
    first = Relating(some, LEARNED)
    text = first.to_remember()
    assert text is not None
    marked = write_related(_marked(some), origin_of(some, LEARNED))
    again = Relating(some, LEARNED, tmp_path, marked)
    assert not children()
    assert again.is_ready()
    assert again.plain(some[0]) == ((1,), ("marked",), (None,))
    assert again.to_remember() == marked
    other = Relating(some[1:], LEARNED, None, marked)
    assert other.found() == relate(some[1:], LEARNED)
    assert other.to_remember() not in (None, marked)


def test_few_papers_are_not_worth_a_file(some: list[Paper]) -> None:
    assert Relating(some, LEARNED, None, "something").to_remember() is None


def _marked(some: list[Paper]) -> Relations:
    """Give lists that nobody would find: so it shows whether they are asked."""
    numbers = [paper.number for paper in some]
    return Relations(numbers, [0, *[1] * len(some)], [1], ["marked"], {})

"""Titles that look like the page around them: numbers, dates, counts, its buttons."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from daybook.digests import read_digest
from daybook.errors import DigestError, Refusal
from hypothesis import example, given, settings
from hypothesis import strategies as st

HEADS = {
    "paragraphs": "new\n\nSubscribe\n\nbyAK and the research community\n\nMar 11\n\n",
    "lines": "Get trending papers in your email inbox!\nSubscribe",
    "tails": "Daily Papers\n\nbyAK and the research community\n\nNov 10\n\n",
}
SHAPES = {
    "paragraphs": "{}\n\n{}\n\n",
    "lines": "{}\n{}\n",
    "tails": "{}\n\n{}\n\n  • 3 authors\n·\nJul 21, 2023{}\n\n",
}
UNFRIENDLY = (
    """
1984|2001|3|-|May 12|Jan 5|Jul 21, 2023|Jul 21, 2023 5|2025-03-11|11 March 2025|May|48 authors
1 author|7 authors|Submitted by|Submitted by Nobody: A Study|Subscribe|Subscribe to Reason
SubscribeNet|new|Daily Papers|Models|Next|Previous|Company|...|byAK: A Benchmark|AK|Weekly
© Hugging Face|Xylem.|What Is a Value?
""".strip()
    .replace("\n", "|")
    .split("|")
)
LONG = "A Title without End " * 17 + "and Then Some"
Papers = list[tuple[str, str]]

titles = st.sampled_from(UNFRIENDLY) | st.from_regex(r"\AThe [a-z]{3,20} of [A-Z][a-z]{2,9}\Z")


def abstract_of(number: int, words: int) -> str:
    return f"Abstract {number} tells of " + "one thing and the other, " * words + "and ends."


papers_of = st.lists(st.tuples(titles, st.integers(8, 60)), min_size=1, max_size=7).map(
    lambda drawn: [(title, abstract_of(n, words)) for n, (title, words) in enumerate(drawn)]
)


def written(layout: str, papers: Papers, comments: Sequence[str] = ()) -> str:
    shape = SHAPES[layout]
    ends = [*comments, *[""] * len(papers)]
    return HEADS[layout] + "".join(
        shape.format(*paper, end) for paper, end in zip(papers, ends, strict=False)
    )


def read(text: str) -> tuple[Papers, tuple[Refusal, ...]]:
    try:
        (digest,) = read_digest("copy.txt", text.encode())
    except DigestError as error:
        return [], (error.refusal,)
    return [(entry.title, entry.abstract or "") for entry in digest.entries], digest.refusals


@pytest.mark.parametrize("layout", SHAPES)
@given(papers_of, st.lists(st.sampled_from(["", " 5", "\n7"]), max_size=7))
@settings(deadline=None)
def test_a_title_may_look_like_anything_on_the_page(
    layout: str, papers: Papers, comments: list[str]
) -> None:
    entries, refusals = read(written(layout, papers, comments))
    assert entries == papers
    assert not [refusal for refusal in refusals if refusal.fatal]


@pytest.mark.parametrize("layout", SHAPES)
@pytest.mark.parametrize("title", UNFRIENDLY)
def test_every_unfriendly_title_is_read_first_between_and_last(layout: str, title: str) -> None:
    papers = [
        (title if number % 2 == 0 else f"The Usual {number}", abstract_of(number, 20))
        for number in range(5)
    ]
    assert read(written(layout, papers))[0] == papers


@pytest.mark.parametrize("layout", SHAPES)
@given(papers_of, st.data())
@settings(deadline=None)
def test_a_title_too_long_is_refused_by_its_line_and_its_neighbours_stay_whole(
    layout: str, papers: Papers, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(papers)))
    papers = [*papers[:place], (LONG, abstract_of(99, 40)), *papers[place:]]
    text = written(layout, papers)
    entries, refusals = read(text)
    assert entries == [paper for paper in papers if paper[0] != LONG]
    line = text[: text.index(LONG)].count("\n") + 1
    assert [refusal.line for refusal in refusals if refusal.fatal] == [line]


@pytest.mark.parametrize("layout", ["lines", "paragraphs"])
@given(
    st.lists(
        st.tuples(titles.filter(lambda title: title[-1] != "."), st.integers(0, 3)), max_size=5
    )
)
@example([("1984", 0), ("The Third of Three", 0)])
@settings(deadline=None)
def test_beside_short_abstracts_nothing_is_misread_in_silence(
    layout: str, drawn: list[tuple[str, int]]
) -> None:
    drawn = [("The First of All", 20), *drawn]
    papers = [(title, abstract_of(n, words)) for n, (title, words) in enumerate(drawn)]
    entries, refusals = read(written(layout, papers))
    assert entries == papers or refusals


@pytest.mark.parametrize("layout", ["lines", "tails"])
def test_a_paper_that_lost_its_title_is_refused_and_not_glued_to_another(layout: str) -> None:
    papers = [(f"The Usual {number}", abstract_of(number, 20)) for number in range(4)]
    text = written(layout, papers).replace("The Usual 2\n", "")
    entries, refusals = read(text)
    assert entries == [*papers[:2], papers[3]]
    assert [refusal.fatal for refusal in refusals] == [True]


def test_the_rest_of_an_abstract_with_which_a_copy_begins_is_no_title() -> None:
    words = "We weave, and we say at some length how we weave, and with which looms. " * 4
    text = f"of the threads, and release all.\n\n  • 3 authors\n·\nNov 6\n\nA Title\n\n{words}\n\n"
    text += f"  • 2 authors\n·\nNov 7\n\nAnother Title\n\n{words}\n\n  • 1 author\n·\nNov 7\n"
    (digest,) = read_digest("copy.txt", text.encode())
    assert [entry.title for entry in digest.entries] == ["A Title", "Another Title"]
    assert [(refusal.line, refusal.fatal) for refusal in digest.refusals] == [(1, True)]

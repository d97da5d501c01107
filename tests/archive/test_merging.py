"""Which word counts where sources disagree."""

from __future__ import annotations

import datetime as dt
import random

from daybook.archive.merging import (
    BY_HAND,
    METADATA,
    RENDERED,
    STATED,
    Lost,
    Source,
    merge_sources,
)
from daybook.archive.metadata import Fact
from daybook.records import Entry, Link, PartialDate
from hypothesis import given
from hypothesis import strategies as st

DAY, LATER = dt.date(2025, 3, 11), dt.date(2025, 3, 14)


def test_a_stated_field_beats_a_text_rendering() -> None:
    text = Source(Entry(1, "title as copied"), RENDERED, "b #1", LATER)
    api = Source(Entry(1, "Title as Stated"), STATED, "a #1", DAY)
    merged = merge_sources([text, api])
    assert merged.title == "Title as Stated"
    assert merged.lost == (Lost("title", "title as copied", "b #1"),)


def test_metadata_settles_authors_and_digests_settle_titles() -> None:
    api = Source(Entry(1, "The Title", authors=("A. One",)), STATED, "a #1", DAY)
    fact = Source(Fact("p.json: x", title="The title", authors=("Ada One",)), METADATA, "p.json: x")
    merged = merge_sources([api, fact])
    assert (merged.title, merged.authors) == ("The Title", ("Ada One",))
    assert {lost.field for lost in merged.lost} == {"title", "authors"}


def test_authors_that_go_on_where_the_preferred_ones_end_win_but_over_no_person() -> None:
    api = Source(Entry(1, "T", authors=("A. One", "Bo Two", "C Three")), STATED, "a #1", DAY)
    fact = Source(Fact("x.bib:1", title="T", authors=("Ada One", "Bo Two")), METADATA, "x.bib:1")
    merged = merge_sources([fact, api])
    assert merged.authors == ("A. One", "Bo Two", "C Three")
    assert [lost.origin for lost in merged.lost] == ["x.bib:1"]
    own = Source(Entry(1, "T", authors=("Ada One",)), BY_HAND, "p.md")
    assert merge_sources([fact, api, own]).authors == ("Ada One",)


def test_a_later_arxiv_version_of_the_abstract_wins_and_the_older_is_kept() -> None:
    one = Source(Entry(1, "T", abstract="Old.", arxiv_version=1), STATED, "a #1", LATER)
    two = Source(Entry(1, "T", abstract="New.", arxiv_version=2), STATED, "b #1", DAY)
    merged = merge_sources([one, two])
    assert (merged.abstract, merged.arxiv_version) == ("New.", 2)
    assert merged.lost == (Lost("abstract", "Old.", "a #1"),)


def test_a_later_version_beats_an_older_one_whatever_says_it_but_no_person() -> None:
    older = Source(Entry(1, "T", abstract="Old.", arxiv_version=1), STATED, "a #1", LATER)
    newer = Source(Entry(1, "T", abstract="New.", arxiv_version=2), RENDERED, "b #1", DAY)
    merged = merge_sources([older, newer])
    assert merged.abstract == "New."
    assert merged.lost == (Lost("abstract", "Old.", "a #1"),)
    unknown = Source(Entry(1, "T", abstract="Stated."), STATED, "c #1", DAY)
    assert merge_sources([older, newer, unknown]).abstract == "Stated."
    own = Source(Entry(1, "T", abstract="Mine.", arxiv_version=1), BY_HAND, "p.md")
    assert merge_sources([older, newer, own]).abstract == "Mine."


def test_the_later_digest_wins_and_undated_ones_come_last() -> None:
    words = [
        Source(Entry(1, "Undated title"), RENDERED, "undated-1 #1"),
        Source(Entry(1, "Early title"), RENDERED, "a #1", DAY),
        Source(Entry(1, "Late title"), RENDERED, "b #1", LATER),
    ]
    assert merge_sources(words).title == "Late title"


def test_of_one_days_sources_the_most_decide_then_a_fixed_order() -> None:
    words = ["A Title", "Z title", "A Title"]
    sources = [Source(Entry(1, w), RENDERED, f"{n} #1", DAY) for n, w in enumerate(words)]
    assert merge_sources(sources).title == "A Title"
    assert merge_sources(sources[:2]).title == "Z title"


def test_a_publication_is_made_more_exact_by_who_agrees() -> None:
    def merged(*dates: PartialDate, arxiv: str | None = None) -> str:
        facts = [
            Source(Fact(f"{n}", title="T", arxiv=arxiv), METADATA, f"{n}", published=date)
            for n, date in enumerate(dates)
        ]
        entry = Source(Entry(1, "T", arxiv=arxiv), STATED, "a #1")
        return str(merge_sources([entry, *facts]).published)

    assert merged(PartialDate(2024), PartialDate(2024, 6, 28)) == "2024-06-28"
    assert merged(PartialDate(2024), arxiv="2406.00001") == "2024-06"
    assert merged(PartialDate(2025), arxiv="2406.00001") == "2025"
    assert merged(arxiv="2406.00001") == "2024-06"
    assert merged(arxiv="math/0309136") == "2003-09"
    assert merged() == "None"


def test_nobody_is_made_up_where_only_a_number_of_authors_is_known() -> None:
    counted = Source(Entry(1, "T", author_count=8), RENDERED, "a #1")
    merged = merge_sources([counted])
    assert (merged.authors, merged.author_count) == (None, 8)
    named = Source(Fact("f", title="T", authors=("A B", "C D")), METADATA, "f")
    merged = merge_sources([counted, named])
    assert (merged.authors, merged.author_count) == (("A B", "C D"), None)
    assert merged.lost == (Lost("author_count", "8", "a #1"),)


def test_votes_are_the_highest_and_links_and_keywords_are_united() -> None:
    code, page = Link("code", "https://a.example/code"), Link("project", "https://a.example/")
    one = Entry(1, "T", upvotes=3, comments=9, keywords=("Speech",), links=(page,))
    two = Entry(1, "T", upvotes=5, keywords=("speech", "audio"), links=(code, page))
    merged = merge_sources([Source(one, STATED, "a #1"), Source(two, STATED, "b #1")])
    assert (merged.upvotes, merged.comments) == (5, 9)
    assert merged.keywords == ("Speech", "audio")
    assert merged.links == (code, page)


def test_a_category_is_what_its_page_can_hold() -> None:
    entry = Entry(1, "T", categories=("cs.LG", "$6,", ",", "cs.LG ,"))
    both = [Source(entry, STATED, "a #1"), Source(Entry(1, "T"), STATED, "b #1")]
    assert merge_sources(both[:1]).categories == merge_sources(both).categories == ("cs.LG", "$6")


WORDS = st.builds(
    Entry,
    position=st.just(1),
    title=st.sampled_from(("A title", "A Title", "a title!")),
    abstract=st.sampled_from((None, "One.", "Two.")),
    authors=st.sampled_from((None, ("A B",), ("A B", "C D"))),
    author_count=st.sampled_from((None, 1, 2)),
    published=st.sampled_from((None, PartialDate(2024), PartialDate(2024, 6), PartialDate(2023))),
    arxiv=st.sampled_from((None, "2406.00001")),
    arxiv_version=st.sampled_from((None, 1, 2)),
    venue=st.sampled_from((None, "X", "Y")),
    categories=st.sampled_from(((), ("cs.CL",), ("cs.LG", "cs.CL"))),
    keywords=st.sampled_from(((), ("a",), ("A", "b"))),
    doi=st.sampled_from((None, "10.1000/a", "10.1000/b", "10.48550/arxiv.2406.00001")),
    blurb=st.sampled_from((None, "Said", "said")),
    organization=st.sampled_from((None, "X", "x")),
    links=st.lists(
        st.builds(
            Link, st.just("code"), st.sampled_from(("https://a.example/", "https://b.example/"))
        ),
        max_size=2,
    ).map(tuple),
    upvotes=st.sampled_from((None, 1, 9)),
)


@given(
    st.lists(
        st.tuples(
            WORDS,
            st.sampled_from((BY_HAND, METADATA, STATED, RENDERED)),
            st.sampled_from((None, DAY, LATER)),
        ),
        min_size=1,
        max_size=6,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_sources_never_matters(
    words: list[tuple[Entry, int, dt.date | None]], rng: random.Random
) -> None:
    sources = [
        Source(word, kind, f"{number}", day, word.published)
        for number, (word, kind, day) in enumerate(words)
    ]
    merged = merge_sources(sources)
    rng.shuffle(sources)
    assert merge_sources(sources) == merged
    titles = {source.word.title for source in sources}
    assert titles == {merged.title} | {v.value for v in merged.lost if v.field == "title"}

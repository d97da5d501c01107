"""Years that headings leave out, and the dates of papers."""

from __future__ import annotations

import datetime as dt

import pytest
from daybook.archive.dates import (
    PLACEHOLDER,
    Carrier,
    arxiv_month,
    date_digests,
    date_paper,
    own_day,
    youngest_of,
)
from daybook.records import DayOfYear, PartialDate
from hypothesis import given
from hypothesis import strategies as st

MARCH_11 = DayOfYear(3, 11)


def dates_of(carriers: list[Carrier], births: dict[int, str] | None = None) -> list[str]:
    known = {paper: dt.date.fromisoformat(day) for paper, day in (births or {}).items()}
    return [str(date) for date in date_digests(carriers, known).dates]


def test_a_heading_takes_the_earliest_year_that_leaves_no_paper_younger() -> None:
    carrier = Carrier(None, MARCH_11, (0, 1))
    assert dates_of([carrier], {0: "2019-01-01", 1: "2025-03-11"}) == ["2025-03-11"]
    assert dates_of([carrier], {0: "2019-01-01", 1: "2025-03-12"}) == ["2026-03-11"]


def test_a_heading_whose_papers_nobody_dates_stays_undated() -> None:
    assert dates_of([Carrier(None, MARCH_11, (0,))]) == ["None"]


def test_a_leap_day_takes_a_leap_year() -> None:
    assert dates_of([Carrier(None, DayOfYear(2, 29), (0,))], {0: "2021-05-01"}) == ["2024-02-29"]


def test_a_bare_day_is_in_the_digests_own_year_or_the_year_before() -> None:
    digest = PartialDate(2025, 11, 10)
    assert own_day(digest, DayOfYear(7, 21)) == PartialDate(2025, 7, 21)
    assert own_day(digest, DayOfYear(12, 24)) == PartialDate(2024, 12, 24)
    assert own_day(digest, DayOfYear(2, 29)) == PartialDate(2024, 2, 29)
    assert own_day(digest, DayOfYear(2, 30)) is None


def test_a_bare_day_in_one_digest_dates_the_heading_of_another() -> None:
    later = Carrier(None, DayOfYear(11, 10), (0, 1), ((1, DayOfYear(7, 21)),))
    carriers = [Carrier(None, MARCH_11, (1,)), later]
    births = {0: "2025-01-01"}
    assert dates_of(carriers, births) == ["2026-03-11", "2025-11-10"]
    assert dates_of(carriers[::-1], births) == ["2025-11-10", "2026-03-11"]


def test_bare_days_that_contradict_each_other_end_in_a_date_all_the_same() -> None:
    march = Carrier(None, DayOfYear(3, 1), (0, 1), ((0, DayOfYear(2, 20)), (1, DayOfYear(2, 20))))
    february = Carrier(
        None, DayOfYear(2, 1), (0, 1, 2), ((0, DayOfYear(1, 31)), (1, DayOfYear(1, 31)))
    )
    dating = date_digests([march, february], {2: dt.date(2024, 1, 1)})
    assert all(date is not None for date in dating.dates)


CARRIERS = st.lists(
    st.builds(
        Carrier,
        st.none() | st.builds(PartialDate, st.integers(1990, 2030), st.integers(0, 12)),
        st.none() | st.builds(DayOfYear, st.integers(1, 12), st.integers(1, 31)),
        st.lists(st.integers(0, 5), max_size=5).map(tuple),
        st.lists(
            st.tuples(
                st.integers(0, 5), st.builds(DayOfYear, st.integers(1, 12), st.integers(1, 31))
            ),
            max_size=3,
        ).map(tuple),
    ),
    max_size=6,
)
BIRTHS = st.dictionaries(st.integers(0, 5), st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1)))


@given(CARRIERS, BIRTHS)
def test_dating_ends_and_does_not_depend_on_order(
    carriers: list[Carrier], births: dict[int, dt.date]
) -> None:
    dating = date_digests(carriers, births)
    assert date_digests(carriers[::-1], births).dates == dating.dates[::-1]
    for number in dating.inferred:
        date = dating.dates[number]
        assert date is not None
        fixed = [births[paper] for paper in carriers[number].papers if paper in births]
        bare = {paper for carrier in carriers for paper, _ in carrier.bare_days}
        assert all(day <= date.earliest for day in fixed if not bare)


@pytest.mark.parametrize(
    ("arxiv", "month"),
    [
        ("2412.14093", "2024-12"),
        ("0704.0001", "2007-04"),
        ("math/0309136", "2003-09"),
        ("hep-th/9901001", "1999-01"),
        ("2413.00001", "None"),
        ("0601.00001", "None"),
        ("nonsense", "None"),
        (None, "None"),
    ],
)
def test_the_month_of_an_arxiv_id(arxiv: str | None, month: str) -> None:
    assert str(arxiv_month(arxiv)) == month


def test_a_papers_date_is_its_first_digest_else_its_publication_else_the_bound() -> None:
    digests = [PartialDate(2025, 3, 14), PartialDate(2025, 3, 11)]
    published, bound = PartialDate(2024), PartialDate(2025, 5)
    assert date_paper(digests, published, [bound]) == (dt.date(2025, 3, 11), "digest")
    assert date_paper([], published, [bound]) == (dt.date(2024, 1, 1), "publication")
    assert date_paper([], None, [bound]) == (dt.date(2025, 5, 1), "not-before")
    assert date_paper([], None, []) == (PLACEHOLDER, "unknown")


def test_the_youngest_is_the_more_exact_of_equals() -> None:
    dates = [PartialDate(2025), None, PartialDate(2025, 1), PartialDate(2024, 12, 31)]
    assert youngest_of(dates) == PartialDate(2025, 1)
    assert youngest_of([None]) is None

"""Charts: what is drawn, what is said of it, and the data beside it."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from bs4 import BeautifulSoup
from daybook.catalogue.charts import (
    Chart,
    Subject,
    bars,
    calendar,
    columns,
    growth,
    months_of_years,
    series,
)

SUBJECT = Subject("k", "Papers <b>by</b> year & month", "Year")
HOSTILE = "<script>alert(1)</script>"
CHARTS = (
    columns(SUBJECT, ((HOSTILE, 3), ("2025", 1))),
    growth(SUBJECT, ((HOSTILE, 3), ("2025", 4))),
    bars(SUBJECT, ((HOSTILE, 3), ("2025", 0)), of=3),
    series(SUBJECT, (HOSTILE, "2025"), ((HOSTILE, (1, 2)),)),
    calendar(SUBJECT, 2024, {dt.date(2024, 2, 29): 2}),
    months_of_years(SUBJECT, {(2024, 2): 2}, (2024,)),
    columns(SUBJECT, ()),
    growth(SUBJECT, ()),
    bars(SUBJECT, ()),
    series(SUBJECT, (), ()),
    calendar(SUBJECT, 1, {}),
    months_of_years(SUBJECT, {}, ()),
)


@pytest.mark.parametrize("chart", CHARTS)
def test_every_drawing_has_its_name_and_says_what_it_shows(chart: Chart) -> None:
    drawing = BeautifulSoup(chart.svg, "lxml-xml").svg
    assert drawing is not None
    assert drawing.title is not None
    assert drawing.title.get_text() == SUBJECT.caption
    assert drawing.desc is not None
    assert drawing.desc.get_text()
    assert not drawing.find_all("script")
    assert "style" not in chart.svg


@pytest.mark.parametrize("chart", CHARTS)
def test_every_number_drawn_is_whole(chart: Chart) -> None:
    for value in re.findall(r' (?:d|x|y|viewBox)="([^"]*)"', chart.svg):
        assert not re.search(r"\d\.\d|[eE]", value), value


def test_a_single_figure_is_no_range() -> None:
    told = BeautifulSoup(columns(SUBJECT, (("2025", 1200),)).svg, "lxml-xml").desc
    assert told is not None
    assert told.get_text() == "2025: 1,200."


def test_columns_are_as_high_as_their_numbers() -> None:
    svg = columns(SUBJECT, (("a", 4), ("b", 2), ("c", 0), ("d", 1))).svg
    heights = [int(text) for text in re.findall(r"v-(\d+)h", svg)]
    assert heights == [90, 45, 22]


def test_what_is_not_nothing_can_be_seen_and_what_is_not_all_is_not_said_to_be() -> None:
    chart = bars(SUBJECT, (("few", 1), ("most", 9999), ("none", 0)), of=10_000)
    assert [row[2] for row in chart.rows] == ["under 1%", "99%", "0%"]
    assert "h1v6" in chart.svg


def test_every_day_of_a_year_has_a_cell_of_its_own() -> None:
    for year, days in ((2024, 366), (2025, 365), (1, 365), (9999, 365)):
        svg = calendar(SUBJECT, year, {dt.date(year, 12, 31): 1}).svg
        cells = re.findall(r"M\d+ \d+h8v8h-8z", svg)
        assert len(set(cells)) == len(cells) == days


def test_darker_cells_hold_more() -> None:
    counts = {dt.date(2025, 1, day): number for day, number in enumerate((1, 2, 5, 8), 1)}
    svg = calendar(SUBJECT, 2025, counts).svg
    levels = [
        len(re.findall("M", found)) for found in re.findall(r'"level-[1-4]" d="([^"]*)"', svg)
    ]
    assert levels == [1, 1, 2]
    assert calendar(SUBJECT, 2025, counts).rows[2] == ("3 January", "5")

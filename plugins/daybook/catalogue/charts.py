"""Charts as static SVG, each with its data as a table.

They are drawn in the colour of the text, stronger where there is more, so that they read in both
colour schemes, in forced colours and on paper. All numbers in them are whole, so that the same data
give the same bytes everywhere. See https://www.w3.org/TR/SVG2/.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from ..records import MONTHS
from .wording import counted

Points = Sequence[tuple[str, int]]
"""What is counted, and how many."""
_WIDTH = 340
_HEIGHT = 90
_ROW = 30
_SERIES = 50
_CELL = 10
_LEVELS = ("level-0", "level-1", "level-2", "level-3", "level-4")
_LABEL = 12
"""The height of a line of labels."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, what it shows in words, and its data."""

    caption: str
    svg: Markup
    head: tuple[str, ...]
    """The columns of its table."""
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    """What must be known to read it."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a chart is about."""

    key: str
    """Tells its ids from those of other charts on the page."""
    caption: str
    """What it shows."""
    what: str
    """The first column of its table ('Month')."""
    note: str = ""
    """What must be known to read it."""


@dataclass(frozen=True, slots=True)
class _Box:
    """Where columns stand: their left and upper edge, and how wide and high they all are."""

    x: int
    y: int
    width: int
    height: int


def columns(subject: Subject, points: Points) -> Chart:
    """Draw a column for each point, in their order; zeros are left out of the table."""
    most = max((count for _, count in points), default=0)
    path = _columns(points, most, _Box(0, _LABEL + 4, _WIDTH, _HEIGHT))
    base = _LABEL + 4 + _HEIGHT
    marks = [_text(0, _LABEL - 2, f"{most:,}"), f'<path class="axis" d="M0 {base}h{_WIDTH}"/>']
    if points:
        marks.append(_text(0, base + _LABEL, points[0][0]))
    if len(points) > 1:
        marks.append(_text(_WIDTH, base + _LABEL, points[-1][0], "end"))
    drawing = f'<path d="{path}"/>' + "".join(marks)
    svg = _svg(subject, _told(points), (_WIDTH, base + _LABEL + 4), drawing)
    return Chart(subject.caption, svg, (subject.what, "Papers"), _rows(points), subject.note)


def growth(subject: Subject, points: Points) -> Chart:
    """Draw totals that only grow, as an area; the table has them as they are given."""
    most = max((count for _, count in points), default=0)
    top, base = _LABEL + 4, _LABEL + 4 + _HEIGHT
    steps = "".join(
        f"H{place * _WIDTH // max(1, len(points))}V{base - _scaled(count, most, _HEIGHT)}"
        for place, (_, count) in enumerate(points)
    )
    drawing = f'<path d="M0 {base}{steps}H{_WIDTH}V{base}z"/>' + _text(0, top - 6, f"{most:,}")
    if points:
        drawing += _text(0, base + _LABEL, points[0][0])
        drawing += _text(_WIDTH, base + _LABEL, points[-1][0], "end")
    svg = _svg(subject, _told(points), (_WIDTH, base + _LABEL + 4), drawing)
    return Chart(subject.caption, svg, (subject.what, "Papers in all"), _rows(points), subject.note)


def bars(subject: Subject, points: Points, *, of: int = 0) -> Chart:
    """Draw a bar for each point below its name; `of` is what a whole bar stands for."""
    most = of or max((count for _, count in points), default=0)
    drawing = "".join(
        _text(0, place * _ROW + _LABEL, _short(name))
        + _text(_WIDTH, place * _ROW + _LABEL, _said(count, of), "end")
        + f'<path class="axis" d="M0 {place * _ROW + 17}h{_WIDTH}v6H0z"/>'
        + f'<path d="M0 {place * _ROW + 17}h{_scaled(count, most, _WIDTH)}v6H0z"/>'
        for place, (name, count) in enumerate(points)
    )
    svg = _svg(subject, _told(points), (_WIDTH, len(points) * _ROW), drawing)
    if of:
        rows = tuple((name, f"{count:,}", _percent(count, of)) for name, count in points)
        return Chart(
            subject.caption, svg, (subject.what, "Papers", f"Of {of:,}"), rows, subject.note
        )
    return Chart(
        subject.caption, svg, (subject.what, "Number"), _rows(points, zeros=True), subject.note
    )


def series(
    subject: Subject, labels: Sequence[str], lines: Sequence[tuple[str, Sequence[int]]]
) -> Chart:
    """Draw a row of columns below the name of each of several things, all to one scale.

    Args:
        subject: what it is about.
        labels: what the columns are (years).
        lines: each row's name and its numbers, one for each label.
    """
    most = max((count for _, counts in lines for count in counts), default=0)
    drawing = ""
    for place, (name, counts) in enumerate(lines):
        y = place * _SERIES + _LABEL
        points = list(zip(labels, counts, strict=True))
        path = _columns(points, most, _Box(0, y + 4, _WIDTH, 24))
        drawing += _text(0, y, _short(name))
        drawing += f'<path class="axis" d="M0 {y + 28}h{_WIDTH}"/><path d="{path}"/>'
    base = len(lines) * _SERIES + _LABEL
    if labels:
        drawing += _text(0, base, labels[0]) + _text(_WIDTH, base, labels[-1], "end")
    told = f"{len(lines)} rows, {labels[0]} to {labels[-1]}." if labels else "No data."
    svg = _svg(subject, told, (_WIDTH, base + 4), drawing)
    rows = tuple((name, *(f"{count:,}" for count in counts)) for name, counts in lines)
    return Chart(subject.caption, svg, (subject.what, *labels), rows, subject.note)


def calendar(subject: Subject, year: int, counts: Mapping[dt.date, int]) -> Chart:
    """Draw the days of a year, a half in a row, a week in a column, darker where there is more."""
    unit = max(1, -(-max(counts.values(), default=1) // 8))
    cells: dict[int, list[str]] = {level: [] for level in range(5)}
    labels: list[str] = []
    day = dt.date(year, 1, 1)
    last = dt.date(year, 12, 31)
    height = 7 * _CELL + _LABEL + 8
    starts = {1: _monday(day), 2: _monday(dt.date(year, 7, 1))}
    while True:
        half = 1 if day.month <= 6 else 2
        x = ((day - starts[half]).days // 7) * _CELL
        y = (half - 1) * height + _LABEL + 2 + day.weekday() * _CELL
        cells[_level(counts.get(day, 0), unit)].append(f"M{x} {y}h8v8h-8z")
        if day.day == 1:
            labels.append(_text(x, (half - 1) * height + _LABEL - 2, MONTHS[day.month - 1][:3]))
        if day == last:
            break
        day += dt.timedelta(days=1)
    drawing = _shaded(cells) + "".join(labels)
    told = f"{counted(sum(counts.values()), 'paper')} on {counted(len(counts), 'day')}."
    svg = _svg(subject, told, (27 * _CELL + 8, 2 * height - 6), drawing)
    rows = tuple(
        (f"{day.day} {MONTHS[day.month - 1]}", f"{counts[day]:,}") for day in sorted(counts)
    )
    return Chart(subject.caption, svg, (subject.what, "Papers"), rows, _scale(unit))


def months_of_years(
    subject: Subject, counts: Mapping[tuple[int, int], int], years: Sequence[int]
) -> Chart:
    """Draw the months of `years`, a year in a row, darker where there is more."""
    shown = {place: count for place, count in counts.items() if place[0] in set(years)}
    unit = max(1, -(-max(shown.values(), default=1) // 8))
    cells: dict[int, list[str]] = {level: [] for level in range(5)}
    labels = [
        _text(40 + month * 25 + 12, _LABEL - 2, name[0], "middle")
        for month, name in enumerate(MONTHS)
    ]
    for row, year in enumerate(years):
        y = _LABEL + 4 + row * 16
        labels.append(_text(0, y + 11, str(year)))
        for month in range(12):
            level = _level(shown.get((year, month + 1), 0), unit)
            cells[level].append(f"M{40 + month * 25} {y}h23v14h-23z")
    drawing = _shaded(cells) + "".join(labels)
    told = f"{counted(sum(shown.values()), 'paper')} in {counted(len(years), 'year')}."
    svg = _svg(subject, told, (_WIDTH, _LABEL + 4 + 16 * len(years)), drawing)
    rows = tuple(
        (f"{MONTHS[month - 1]} {year}", f"{count:,}")
        for (year, month), count in sorted(shown.items(), reverse=True)
    )
    return Chart(subject.caption, svg, (subject.what, "Papers"), rows, _scale(unit))


def _monday(day: dt.date) -> dt.date:
    ordinal = day.toordinal() - day.weekday()
    return dt.date.fromordinal(max(1, ordinal))


def _level(count: int, unit: int) -> int:
    if not count:
        return 0
    return 1 + (count > unit) + (count > 2 * unit) + (count > 4 * unit)


def _scale(unit: int) -> str:
    steps = [f"1 to {unit}" if unit > 1 else "1", f"to {2 * unit}", f"to {4 * unit}", "more"]
    return f"Papers, from light to strong: {', '.join(steps)}."


def _shaded(cells: Mapping[int, Sequence[str]]) -> str:
    return "".join(
        f'<path class="{_LEVELS[level]}" d="{"".join(found)}"/>'
        for level, found in cells.items()
        if found
    )


def _columns(points: Points, most: int, box: _Box) -> str:
    step = max(1, box.width // max(1, len(points)))
    bar = min(24, max(1, step - 1 - step // 6))
    found = []
    for place, (_, count) in enumerate(points):
        if tall := _scaled(count, most, box.height):
            left = box.x + place * box.width // len(points)
            found.append(f"M{left} {box.y + box.height}v-{tall}h{bar}v{tall}z")
    return "".join(found)


def _scaled(count: int, most: int, length: int) -> int:
    """Give a length to a number; one that is not zero can be seen."""
    return max(1, count * length // most) if count and most else 0


def _text(x: int, y: int, text: str, anchor: str = "") -> str:
    where = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{x}" y="{y}"{where}>{escape(text)}</text>'


def _short(text: str, most: int = 50) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _percent(count: int, of: int) -> str:
    """Say a share; what is not all is never said to be."""
    if not of or count == of:
        return "100%" if of else "0%"
    share = count * 100 // of
    return f"{share}%" if share or not count else "under 1%"


def _said(count: int, of: int) -> str:
    return f"{count:,} · {_percent(count, of)}" if of else f"{count:,}"


def _told(points: Points) -> str:
    """Say in a sentence what a drawing shows."""
    if not points:
        return "No data."
    name, most = max(points, key=lambda point: point[1])
    if len(points) == 1:
        return f"{name}: {most:,}."
    return f"{points[0][0]} to {points[-1][0]}; the most, {most:,}: {name}."


def _rows(points: Iterable[tuple[str, int]], *, zeros: bool = False) -> tuple[tuple[str, ...], ...]:
    return tuple((name, f"{count:,}") for name, count in points if count or zeros)


def _svg(subject: Subject, told: str, size: tuple[int, int], drawing: str) -> Markup:
    """Write a drawing, of which every text is escaped already, with its name."""
    key, title = subject.key, escape(subject.caption)
    return Markup(
        f'<svg viewBox="0 0 {size[0]} {size[1]}" role="img" aria-labelledby="{key}-t {key}-d">'
        f'<title id="{key}-t">{title}</title><desc id="{key}-d">{escape(told)}</desc>'
        f"{drawing}</svg>"
    )

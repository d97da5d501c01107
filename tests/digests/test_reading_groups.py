"""Tables of reading groups: several papers in a row, cells that span rows or columns, meetings."""

from __future__ import annotations

import pytest
from daybook.digests import read_digest
from daybook.records import Digest, PartialDate

TITLES = ["Where Storks Rest", "Where Cranes Rest", "Where Owls Rest", "Where Geese Rest"]
STORKS, CRANES, OWLS, GEESE = (
    f'<a href="https://arxiv.org/abs/2403.0000{number}">{title}</a>'
    for number, title in enumerate(TITLES, 1)
)


def read(names: str, *rows: str) -> list[Digest]:
    """Read a page with a table: names of columns divided by bars, rows of cells."""
    head = "".join(f"<th>{name}</th>" for name in names.split("|"))
    body = "\n".join(f"<tr>{row}</tr>" for row in rows)
    page = f"<html><body><h1>Group</h1><table><tr>{head}</tr>\n{body}</table></body></html>"
    return list(read_digest("group.html", page.encode()))


def cells(*texts: str) -> str:
    return "".join(f"<td>{text}</td>" for text in texts)


def titles(digests: list[Digest]) -> list[str]:
    return [entry.title for digest in digests for entry in digest.entries]


@pytest.mark.parametrize(
    "cell",
    [
        "{0}, Kaplan et al.<br>{1}, Hoffmann et al.",
        "<ul><li>{0}</li><li>{1} (Ada One, Bo Two)</li></ul>",
        "{0}; {1} (optional)",
        "1. {0}<br>2. {1}",
        "{0} | {1}",
        "Required: {0}<br>Optional: {1}",
    ],
)
@pytest.mark.parametrize("names", ["Week|Topic|Readings", "Week|Topic|Papers"])
def test_a_cell_may_list_several_papers(names: str, cell: str) -> None:
    rows = [("1", "Coast", cell.format(STORKS, CRANES)), ("2", "Night", cell.format(OWLS, GEESE))]
    (digest,) = read(names, *(cells(*row) for row in rows))
    assert titles([digest]) == TITLES
    assert [entry.arxiv for entry in digest.entries] == [f"2403.0000{n}" for n in (1, 2, 3, 4)]
    assert digest.refusals == ()


def test_what_stands_beside_one_of_several_is_its_own() -> None:
    cell = f"{STORKS} by Ada One and Bo Two, ICML 2024<br>{CRANES} (optional)"
    (digest,) = read("Week|Readings", cells("1", cell), cells("2", OWLS))
    first, second, _ = digest.entries
    assert (first.authors, first.venue) == (("Ada One", "Bo Two"), "ICML 2024")
    assert (second.authors, second.blurb) == (None, "optional")


def test_a_cell_may_have_items_as_a_list_has() -> None:
    item = "<li><b>{}</b>. {} <a href=https://arxiv.org/abs/2403.0000{}>[pdf]</a></li>"
    people = "Ada One, Bo Two."
    cell = "".join(item.format(title, people, n) for n, title in enumerate(TITLES[:2], 1))
    (digest,) = read("Week|Papers", cells("1", f"<ol>{cell}</ol>"), cells("2", OWLS))
    assert titles([digest]) == TITLES[:3]
    assert [entry.authors for entry in digest.entries] == [("Ada One", "Bo Two")] * 2 + [None]


@pytest.mark.parametrize("words", ["TBD", "No meeting (retreat)", "Spring break", "cancelled"])
def test_what_stands_for_no_paper_is_none_and_told(words: str) -> None:
    link = "<a href=https://arxiv.org/abs/2403.00001>link</a>"
    (digest,) = read("Week|Paper|Link", cells("1", TITLES[0], link), cells("2", words, ""))
    assert titles([digest]) == TITLES[:1]
    (refusal,) = digest.refusals
    assert (words in refusal.message, refusal.fatal) == (True, False)


def test_a_paper_named_in_prose_is_none_of_the_list() -> None:
    cell = f"{STORKS}, which builds on {CRANES}"
    (digest,) = read("Week|Readings", cells("1", cell), cells("2", OWLS))
    assert titles([digest]) == [TITLES[0], TITLES[2]]


def test_one_title_with_two_addresses_is_one_paper() -> None:
    again = STORKS.replace("arxiv.org/abs/2403.00001", "doi.org/10.1000/1")
    (digest,) = read("Week|Paper", cells("1", f"{STORKS}<br>{again}"), cells("2", OWLS))
    assert titles([digest]) == [TITLES[0], TITLES[2]]


@pytest.mark.parametrize("names", ["Week|Required|Optional", "Week|Paper|Background"])
def test_papers_in_two_columns_are_all_entries(names: str) -> None:
    (digest,) = read(names, cells("1", STORKS, CRANES), cells("2", OWLS, GEESE))
    assert titles([digest]) == TITLES
    assert digest.refusals == ()


def test_short_names_in_other_columns_are_methods() -> None:
    method = '<a href="https://arxiv.org/abs/2106.09685">LoRA</a>'
    (digest,) = read("Paper|Baseline", cells(STORKS, method), cells(CRANES, ""))
    assert titles([digest]) == TITLES[:2]


def test_a_cell_that_spans_rows_moves_no_column() -> None:
    rows = [
        f'<td rowspan="2">Coast</td><td>Ada One</td><td>{STORKS}</td><td>ICML 2024</td>',
        cells("Bo Two", CRANES, "ICML 2023"),
        f"<td rowspan=0>Night</td><td>Cy Three</td><td>{OWLS}</td><td>ICLR 2024</td>",
        cells("Dee Four", GEESE, "ICLR 2023"),
    ]
    (digest,) = read("Topic|Presenter|Paper|Venue", *rows)
    assert titles([digest]) == TITLES
    assert [e.venue for e in digest.entries] == ["ICML 2024", "ICML 2023", "ICLR 2024", "ICLR 2023"]


def test_a_paper_that_spans_rows_is_one_entry() -> None:
    rows = [
        f"<td>1</td><td rowspan=2>{STORKS}</td><td>Ada One</td>",
        cells("2", "Bo Two"),
        cells("3", CRANES, "Cy Three"),
    ]
    (digest,) = read("Week|Paper|Presenter", *rows)
    assert titles([digest]) == TITLES[:2]


def test_rows_over_all_columns_are_headings() -> None:
    rows = [
        "<td colspan=2>The coast</td>",
        cells(STORKS, "Ada One"),
        "<td colspan=2>Lunch break</td>",
        cells(CRANES, "Bo Two"),
        '<td colspan="100%">May 8, 2024</td>',
        cells(OWLS, "Cy Three"),
    ]
    first, second = read("Paper|Presenter", *rows)
    assert [(e.title, e.group) for e in first.entries] == [(t, "The coast") for t in TITLES[:2]]
    assert (titles([second]), second.date) == ([TITLES[2]], PartialDate(2024, 5, 8))


def test_words_over_several_columns_are_no_title_and_told() -> None:
    rows = [cells("1", STORKS, "Ada One"), "<td>2</td><td colspan=2>No meeting</td>"]
    (digest,) = read("Week|Paper|Presenter", *rows, cells("3", CRANES, "Bo Two"))
    assert titles([digest]) == TITLES[:2]
    (refusal,) = digest.refusals
    assert "No meeting" in refusal.message
    assert refusal.line == 3


def test_names_of_columns_may_stand_in_two_rows_below_a_caption() -> None:
    page = (
        "<table><tr><th colspan=3>Spring</th></tr>"
        "<tr><th rowspan=2>Week</th><th colspan=2>Papers</th></tr>"
        "<tr><th>Venue</th><th>Title</th></tr>"
        f"<tr><td>1</td><td>ICML 2024</td><td>{STORKS}</td></tr></table>"
    )
    (digest,) = read_digest("group.html", page.encode())
    (entry,) = digest.entries
    assert (entry.title, entry.venue, entry.group) == (TITLES[0], "ICML 2024", "Spring")


@pytest.mark.parametrize(
    ("names", "published"),
    [
        ("Date|Presenter|Paper", None),
        ("Date|Authors|Paper", PartialDate(2024, 5, 8)),
    ],
)
def test_a_day_of_meeting_is_no_day_of_publication(
    names: str, published: PartialDate | None
) -> None:
    (digest,) = read(names, cells("2024-05-08", "Ada One, Bo Two", STORKS))
    assert [entry.published for entry in digest.entries] == [published]
    table = f'{names.replace("|", ",")},URL\n2024-05-08,"Ada One, Bo Two",{TITLES[0]},'
    (digest,) = read_digest("group.csv", f"{table}https://arxiv.org/abs/2403.00001\n".encode())
    assert [entry.published for entry in digest.entries] == [published]


def test_spans_that_would_fill_a_table_cost_no_more_than_it_has() -> None:
    wide = "<td rowspan=9999 colspan=999>x</td>" * 100
    rows = [cells(STORKS, "x"), wide, *(["<td>y</td>"] * 2000), cells(CRANES, "z")]
    (digest,) = read("Paper|Notes", *rows)
    assert titles([digest])[:1] == TITLES[:1]


@pytest.mark.parametrize(
    ("cell", "authors", "blurb"),
    [
        ("{} (Ada One et al., 2024) {}", None, "Ada One et al."),
        ("“{}” by Ada One and Bo Two (2024) {}", ("Ada One", "Bo Two"), None),
        ("Ada One et al. (2024): {} {}", None, "Ada One et al"),
    ],
)
def test_a_titles_cell_is_read_as_an_item_of_a_list(
    cell: str, authors: tuple[str, ...] | None, blurb: str | None
) -> None:
    links = [f"<a href=https://arxiv.org/abs/2403.0000{n}>link</a>" for n in (1, 2)]
    rows = [cells("1", cell.format(*pair)) for pair in zip(TITLES, links, strict=False)]
    (digest,) = read("Week|Paper", *rows)
    assert [e.title for e in digest.entries] == TITLES[:2]
    assert [(e.authors, e.blurb) for e in digest.entries] == [(authors, blurb)] * 2
    assert [e.arxiv for e in digest.entries] == ["2403.00001", "2403.00002"]

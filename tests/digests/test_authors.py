"""One person is one author, whichever way a table or a list writes the name."""

from __future__ import annotations

import json

import pytest
from daybook.digests import read_digest


def authors(text: str, name: str) -> list[tuple[str, ...] | None]:
    (digest,) = read_digest(name, text.encode())
    return [entry.authors for entry in digest.entries]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Doe, Jane", "Jane Doe"),
        ("Doe, Jane (57200000000)", "Jane Doe"),
        ("García Márquez, José", "José García Márquez"),
        ("van den Berg, A.", "A. van den Berg"),
        ("Doe, Jane, Jr.", "Jane Doe Jr."),
        ("Marlow Reed, Ada May", "Ada May Marlow Reed"),
        ("OpenAI", "OpenAI"),
    ],
)
def test_a_row_without_a_semicolon_is_one_name_where_others_have_them(
    written: str, name: str
) -> None:
    table = f'Title,Authors,Year\nOne,"{written}",2022\n' + 2 * 'Two,"Li, Xin; Wu, Yu",2022\n'
    assert authors(table, "t.csv")[:2] == [(name,), ("Xin Li", "Yu Wu")]


def test_names_between_commas_stay_several_in_a_table_that_divides_them_so() -> None:
    table = 'Title,Authors,Year\nOne,"Jane Doe, Kim Roe",2022\nTwo,"Doe, J., Roe, K.",2022\n'
    table += 'Three,"van den Berg, A.",2022\nFour,"Doe, Jane (57200000000)",2022\n'
    found = [("Jane Doe", "Kim Roe"), ("J. Doe", "K. Roe"), ("A. van den Berg",), ("Jane Doe",)]
    assert authors(table, "t.csv") == found


def test_a_comma_is_within_a_name_where_every_row_has_one_between_two_words() -> None:
    rows = 'One,"Doe, Jane",2022\nTwo,"Roe, Kim",2022\nThree,"García Márquez, José",2022\n'
    table = "Title,Authors,Year\n" + rows
    found = [("Jane Doe",), ("Kim Roe",), ("José García Márquez",)]
    assert authors(table, "t.csv") == found
    listed = authors(table + 'Four,"Jane Doe, Kim Roe",2022\n', "t.csv")
    assert listed[3] == ("Jane Doe", "Kim Roe")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Smith, John, Jr.", "John Smith Jr."),
        ("Smith, Jr., John", "John Smith Jr."),
        ("Ada One, PhD", "Ada One PhD"),
        ("Smith, MD", "MD Smith"),
        ("Smith, John", "John Smith"),
    ],
)
def test_a_name_in_a_list_keeps_what_is_behind_it(written: str, name: str) -> None:
    record = {"title": "One", "authors": [written, "Bo Two"], "doi": "10.1000/1"}
    assert authors(json.dumps([record]), "l.json") == [(name, "Bo Two")]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("family=Doe, given=Jane", "Jane Doe"),
        ("given=Jane, family=Doe", "Jane Doe"),
        ("given=Jean, prefix=de la, prefix-i=d, useprefix=true, family=Loom", "Jean de la Loom"),
        ("family={van Reed}, given=Ada, given-i=A, suffix=Jr.", "Ada van Reed Jr."),
        ('{family=M{\\"u}ller, given={Hans Peter}}', "Hans Peter Müller"),
        ("family={Loom and Sons, Inc.}", "Loom and Sons, Inc."),
        ("{Looms = Spindles, Inc.}", "Looms = Spindles, Inc."),
    ],
)
def test_a_name_of_biblatex_that_says_its_parts_is_put_together(written: str, name: str) -> None:
    text = f"@misc{{a, title = {{One}}, author = {{{written} and Hopper, Grace}}}}\n"
    assert authors(text, "list.bib") == [(name, "Grace Hopper")]

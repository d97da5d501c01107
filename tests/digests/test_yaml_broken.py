"""Lists in YAML in which something is broken: what is whole is read, and the rest told."""

from __future__ import annotations

from contextlib import suppress

import pytest
from daybook.digests import read_digest
from daybook.errors import DigestError, MalformedDigestError
from daybook.records import Digest

NAMES = (
    "Alphabetical Looms of Quiet Valleys",
    "Bricklaying Machines Dream in Colour",
    "Cartographic Kites over Deep Seas",
    "Dovetailed Rivers and Their Clocks",
)
PEOPLE = ("Ada Lovelace", "Grace Hopper")
RECORDS = [
    f"- title: {name}\n  authors: [Ada Lovelace, Grace Hopper]\n  abstract: >-\n"
    "    Told of looms and\n    of lanterns.\n"
    f"  url: https://arxiv.org/abs/2501.0000{number}\n  date: 2025-01-02\n"
    for number, name in enumerate(NAMES)
]
LIST = "".join(RECORDS)


def damaged(old: str, new: str) -> str:
    """Give the list with something else in the second of its records, which is on line 8."""
    assert old in RECORDS[1]
    return "".join([RECORDS[0], RECORDS[1].replace(old, new, 1), *RECORDS[2:]])


def read(text: str) -> Digest:
    (digest,) = read_digest("list", text.encode())
    return digest


DAMAGE = {
    "a tab": (damaged("  url", "\turl"), 13),
    "a quote at a title": (damaged("title: ", 'title: "'), 8),
    "a quote at an address": (damaged("https", "'https"), 13),
    "a quote at a text": (damaged(">-\n    Told", '"Told'), 10),
    "a bracket": (damaged("]", ""), 9),
    "a column too far": (damaged("  url", "   url"), 13),
    "a column too near": (damaged("  url", " url"), 13),
    "a dash that is lost": (damaged("- title", "  title"), 8),
    "a dash at another column": (damaged("- title", " - title"), 8),
    "a dash at the column of names": (damaged("- title", "  - title"), 8),
    "a key twice": (damaged("  url", "  url: https://b.example\n  url"), 14),
    "a line of signs": (damaged("  url", "@@ %% \n  url"), 13),
}


@pytest.mark.parametrize(("text", "line"), DAMAGE.values(), ids=DAMAGE)
def test_a_broken_line_costs_no_paper_and_is_told(text: str, line: int) -> None:
    digest = read(text)
    assert [entry.title for entry in digest.entries] == list(NAMES)
    assert [entry.arxiv for entry in digest.entries] == [f"2501.0000{n}" for n in range(4)]
    assert {entry.authors for entry in digest.entries} == {PEOPLE}
    assert {entry.abstract for entry in digest.entries} == {"Told of looms and of lanterns."}
    assert [refusal.line for refusal in digest.refusals] == [line]
    assert all(refusal.hint for refusal in digest.refusals)


@pytest.mark.parametrize("people", ["*nobody", "& b", "{family: Lovelace"])
def test_a_field_that_cannot_be_read_costs_itself_alone(people: str) -> None:
    digest = read(damaged("[Ada Lovelace, Grace Hopper]", people))
    assert [entry.title for entry in digest.entries] == list(NAMES)
    assert [entry.authors for entry in digest.entries if entry.authors] == [PEOPLE] * 3
    assert digest.entries[1].authors != PEOPLE
    assert [refusal.line for refusal in digest.refusals] == [9]


def test_a_record_whose_first_line_is_lost_takes_nothing_from_the_one_above() -> None:
    digest = read(damaged(f"- title: {NAMES[1]}\n", ""))
    assert [(entry.title, entry.arxiv) for entry in digest.entries] == [
        (name, f"2501.0000{number}") for number, name in enumerate(NAMES) if number != 1
    ]
    assert [(refusal.line, refusal.fatal) for refusal in digest.refusals] == [(8, False), (8, True)]


def test_tabs_on_all_lines_are_read_as_spaces() -> None:
    text = LIST.replace("\n    ", "\n\t\t").replace("\n  ", "\n\t").replace("- t", "-\tt")
    digest = read(text)
    assert [entry.title for entry in digest.entries] == list(NAMES)
    assert [(refusal.line, refusal.fatal) for refusal in digest.refusals] == [(1, False)]
    assert "28 lines" in digest.refusals[0].message


@pytest.mark.parametrize("text", [LIST, LIST.replace("title: D", 'title: "D')])
def test_a_list_that_is_cut_keeps_what_is_before_and_says_so(text: str) -> None:
    begin = text.index(RECORDS[2][-30:]) + 31
    for end in range(begin + 2, len(text)):
        digest = read(text[:end])
        titles = [entry.title for entry in digest.entries]
        assert titles[:3] == list(NAMES[:3]), end
        told = [refusal.line for refusal in digest.refusals if refusal.line]
        is_date = text[:end].rpartition("\n")[2].startswith("  date: 2")
        assert text[end - 1] == "\n" or is_date or (told and max(told) >= 22), end


def test_lists_under_names_keep_them_as_headings() -> None:
    one, two = ("".join(f"    {line}\n" for line in r.splitlines()) for r in RECORDS[:2])
    text = f"papers:\n  May:\n{one}  June:\n{two.replace(']', '')}"
    digest = read(text)
    assert [entry.group for entry in digest.entries] == ["May", "June"]
    assert [refusal.line for refusal in digest.refusals] == [12]


def test_lists_at_other_columns_are_read_and_a_title_beside_them_is_told() -> None:
    one, two = ("".join(f"  {line}\n" for line in r.splitlines()) for r in RECORDS[:2])
    more = "".join(f"     {line}\n" for r in RECORDS[2:] for line in r.splitlines())
    text = f"May:\n{one}{two.replace(']', '')}June:\n{more}July:\n  last:\n    title: On Looms\n"
    digest = read(text)
    assert [entry.title for entry in digest.entries] == list(NAMES)
    assert [entry.arxiv for entry in digest.entries] == [f"2501.0000{n}" for n in range(4)]
    assert [refusal.line for refusal in digest.refusals] == [10, 33]


def test_records_under_names_are_read_past_a_broken_one() -> None:
    records = [
        f"  k{number}:\n" + "".join(f"    {line[2:]}\n" for line in record.splitlines())
        for number, record in enumerate(RECORDS)
    ]
    records[1] = records[1].replace("]", "")
    records[3] = records[3].replace("k3", "k2")
    digest = read("papers:\n" + "".join(records))
    assert [entry.title for entry in digest.entries] == list(NAMES)
    assert [refusal.line for refusal in digest.refusals] == [12, 26]


def test_a_list_of_which_nothing_is_whole_is_refused_with_its_line() -> None:
    text = "- title: On Looms\n  authors: [Ada, Grace\n- title: On Spindles\n  authors: *x\n"
    with pytest.raises(MalformedDigestError) as caught:
        read(text)
    refusal = caught.value.refusal
    assert (refusal.path, refusal.line, refusal.fatal) == ("list", 2, True)
    assert "expected a list of papers in YAML" in refusal.message
    assert refusal.hint


@pytest.mark.parametrize(
    "head", ["date: 2025-03-10\n\n", "---\ntitle: Week\ndate: 2025-03-10\n---\n", "\ufeff---\n"]
)
def test_a_head_above_a_list_in_yaml_dates_it(head: str) -> None:
    lines = head.count("\n")
    for text, told in ((LIST, []), (damaged("]", ""), [9 + lines])):
        digest = read(head + text)
        assert [entry.title for entry in digest.entries] == list(NAMES)
        assert digest.date is None or str(digest.date) == "2025-03-10"
        assert (digest.date is not None) == ("date" in head)
        assert [refusal.line for refusal in digest.refusals] == told


def test_lines_of_something_else_in_a_list_cost_no_paper_and_are_told() -> None:
    lines = "".join(f" | \n10.1000/{number}>\n" for number in range(20))
    digest = read("".join([*RECORDS[:3], lines, *RECORDS[3:]]))
    assert [entry.title for entry in digest.entries] == list(NAMES)
    assert next(refusal.line for refusal in digest.refusals) == 22


def test_a_line_that_looks_like_a_name_and_others_below_it_cost_no_paper() -> None:
    records = "".join(f"  {line}\n" for record in RECORDS for line in record.splitlines())
    text = f"references:\n{records}"
    place = text.index(f"  - title: {NAMES[1]}")
    digest = read(f"{text[:place]}10.1000/a:\nhttps://arxiv.org/abs/2501.00009\n{text[place:]}")
    assert [entry.title for entry in digest.entries] == list(NAMES)
    assert [refusal.line for refusal in digest.refusals] == [10]


def test_a_record_s_own_name_is_nothing_broken() -> None:
    text = damaged("- title", "- id: looms2\n  title").replace("Hopper]\n  abs", "Hopper\n  abs")
    assert [refusal.line for refusal in read(text).refusals] == [2, 10, 17, 24]


def test_labels_that_people_write_are_read_as_before() -> None:
    text = "\n".join(
        f"- Title: {name}\n  Link: https://arxiv.org/abs/2501.0000{number}\nTold of\nlooms.\n"
        for number, name in enumerate(NAMES)
    )
    digest = read(text)
    assert (digest.format, digest.refusals) == ("markdown", ())
    assert [entry.title for entry in digest.entries] == list(NAMES)


def test_lists_without_a_name_beside_others_are_under_no_heading() -> None:
    digest = read(f"{RECORDS[0].replace(']', '')}May:\n{RECORDS[1]}")
    assert [entry.group for entry in digest.entries] == [None, "May"]


def test_a_page_below_a_head_is_no_broken_list() -> None:
    head = "---\ntitle: Week\nmenu:\n  main:\n    title: Week\ndate: 2025-03-10\n---\n\n"
    items = [f"- [{name}](https://arxiv.org/abs/2501.0000{n})" for n, name in enumerate(NAMES)]
    digest = read(head + "\n".join(items) + "\n")
    assert (digest.format, len(digest.entries), digest.refusals) == ("markdown", 4, ())


def test_no_list_in_yaml_takes_long_however_broken() -> None:
    for text in ("\n- title: [", "\n  - title: '", "\n- title: a\n  b: *c", "- ", "\ntitle:\n "):
        with suppress(DigestError):
            read("- title: On Looms\n  url: https://arxiv.org/abs/2501.00001\n" + text * 3_000)

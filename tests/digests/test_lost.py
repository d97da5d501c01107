"""Nothing lost: what a file has of papers is read, or named with its line."""

from __future__ import annotations

import pytest

from .reading import read, titles


@pytest.mark.parametrize(
    "second",
    [
        "article{b, title={Two}}",
        "@article b, title={Two}}",
        "@ article{b, title={Two}}",
        "@article\n{b, title={Two}}",
        "@article(b, title={Two})",
        "@article[b, title={Two}}",
        "% @article{b, title={Two}}",
        "@article{, title={Two}}",
    ],
)
def test_a_record_of_bibtex_with_a_broken_beginning_is_read(second: str) -> None:
    text = f"@article{{a, title={{One}}}}\n{second}\n@article{{c, title={{Three}}}}\n"
    assert titles(text) == ["One", "Two", "Three"]
    assert titles(f"@article{{a, title={{One}}}} {second.strip('% ')}")[0] == "One"


def test_records_of_bibtex_on_one_line_are_all_read() -> None:
    records = " ".join(f"@misc{{k{n}, title={{Title {n}}}}}" for n in range(5))
    assert titles(records) == [f"Title {n}" for n in range(5)]


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        ("@article{b,\n title={Two {open},\n year={2020}\n@article{c, title={Three}}", 2),
        ("{b, title={Two}}\n@article{c, title={Three}}", 2),
        (", title={Two}}\n@article{c, title={Three}}", 2),
        ('@misc{b, author = "Ada,\n title = "Two"} @misc{c, title={Three}}', 2),
    ],
)
def test_what_is_broken_in_bibtex_costs_no_other_record_and_is_told(broken: str, line: int) -> None:
    entries, told = read(f"@article{{a, title={{One}}}}\n{broken}\n@article{{d, title={{Four}}}}\n")
    assert {entry.title for entry in entries} >= {"One", "Three", "Four"}
    assert [refusal.line for refusal in told if refusal.fatal] == [line]


def test_a_field_of_no_bibtex_entry_is_told_though_nothing_stands_on_its_line() -> None:
    entries, told = read("  abstract = {\nWords},\n}\n@article{a, title={One}}\n")
    assert [entry.title for entry in entries] == ["One"]
    assert [refusal.line for refusal in told] == [1]


def test_a_record_in_a_comment_of_bibtex_is_none() -> None:
    text = "@comment{@article{x, title={Not}}}\n@article{a, title={One}}\n"
    entries, told = read(text)
    assert ([entry.title for entry in entries], told) == (["One"], [])


@pytest.mark.parametrize(
    "row", ["Two,Ada,2025,2501.00002,more", "Two, or Three,Ada,2025,x", "Two,A"]
)
def test_a_row_of_more_or_fewer_cells_than_columns_stays_and_is_told(row: str) -> None:
    table = f"title,authors,year,arxiv\nOne,Ada,2025,2501.00001\n{row}\nFour,Ada,2025,2501.00004\n"
    entries, told = read(table)
    assert [entry.title for entry in entries] == ["One", "Two", "Four"]
    assert {refusal.line for refusal in told} == {3}
    assert any(refusal.fatal for refusal in told) == (row.count(",") > 3)
    assert read(table.replace(row, "Two,Ada,2025,2501.00002,,"))[1] == []


@pytest.mark.parametrize("broken", ['"Two,"Ada",2025,x', 'Two,"Ada,2025,x', '"Two",Ada,"2025,"x'])
def test_quotation_marks_that_do_not_close_cost_no_other_row(broken: str) -> None:
    rows = [f'"Title {n}","Ada, Bo",2025,10.1000/{n}' for n in range(6)]
    rows[2] = broken
    entries, told = read("title,authors,year,doi\n" + "\n".join(rows) + "\n")
    found = [entry.title for entry in entries]
    assert [title for title in found if title.startswith("Title")] == [
        f"Title {n}" for n in (0, 1, 3, 4, 5)
    ]
    assert len(found) == 6
    assert {refusal.line for refusal in told} == {4}


LIST = "".join(
    f'<li><a href="HOST/abs/2501.0000{n}">{title}</a></li>'
    for n, title in ((1, "Storks at Rest"), (2, "Tides of Tea"))
)


@pytest.mark.parametrize("element", ["noscript", "template", "form", "div hidden", "dialog"])
def test_a_list_in_any_element_of_a_page_is_read(element: str) -> None:
    inside = LIST.replace("HOST", "https://arxiv.org")
    page = (
        f"<html><body><{element}><ul>{inside}</ul></{element.split(maxsplit=1)[0]}></body></html>"
    )
    entries, told = read(page)
    assert ([entry.title for entry in entries], told) == (["Storks at Rest", "Tides of Tea"], [])
    entries, told = read(page.replace("<body>", f"<body><ul>{inside}</ul>"))
    assert len(entries) == (2 if element in ("noscript", "template") else 4)


@pytest.mark.parametrize(
    ("base", "host"),
    [
        ("https://arxiv.org/", "."),
        ("https://arxiv.org/list/cs.AI/", ""),
        ("https://arxiv.org/x/", ".."),
        ("", "//arxiv.org"),
        ("", ""),
        ("javascript:alert(1)//", "https://arxiv.org"),
        ("https://elsewhere.example/", "https://arxiv.org"),
    ],
)
def test_relative_links_lead_where_the_page_s_base_says(base: str, host: str) -> None:
    page = f'<html><head><base href="{base}"></head><body><ul>{LIST.replace("HOST", host)}</ul>'
    entries, _ = read(page + "</body></html>")
    assert [entry.arxiv for entry in entries] == ["2501.00001", "2501.00002"]
    assert not any(entry.links for entry in entries)


@pytest.mark.parametrize("element", ["nav", "button", "iframe", "svg"])
def test_a_paper_where_a_page_is_not_read_is_told(element: str) -> None:
    inside = LIST.replace("HOST", "https://arxiv.org")
    other = inside.replace("2501", "2502")
    page = f"<html><body><ul>{inside}</ul>\n<{element}>{other}</{element}></body></html>"
    entries, told = read(page)
    assert len(entries) == 2
    assert [(refusal.line, refusal.fatal) for refusal in told] == [(2, True)] * 2


NOTHING = [
    *("No papers today.", "No papers found", "There are no papers for this day yet"),
    *("Be the first to submit a paper!", "Nothing here yet", "No results found for 'storks'."),
    *("404", "404 Not Found", "Page not found", "Sorry, we can't find the page you look for."),
    *("Log in or sign up to continue", "Please log in", "429 Too Many Requests"),
    "Just a moment...\n\nChecking your browser before you go on. This may take some seconds.",
    "Verify you are human by completing the action below.\n\nThis site needs to look at you.",
    "This page doesn't exist.\n\nGo back to the list.",
    *("暂无论文", "論文はありません", "논문이 없습니다", "Keine Artikel gefunden"),
]


TEXT = "Get trending papers in your email inbox!\n\nSubscribe\n\n"


PAGES = {
    "text": TEXT + "Daily Papers\n\nby AK and the research community\n\nMar 11\n\nWORDS\n",
    "text without a head": TEXT + "WORDS\n",
    "markdown": "# Daily Papers\n\n## by AK and the research community\n\nOct 2\n\nWORDS\n",
    "heading": "# Daily Papers\n\n## by AK and the research community\n\nOct 2\n\n### WORDS\n",
    "html": "<html><head><title>Daily Papers - Hugging Face</title></head><body><h1>Daily Papers"
    "</h1><p>WORDS</p></body></html>",
    "other html": "<html><body><h1>WORDS</h1><a href='https://arxiv.org/'>arXiv</a></body></html>",
    "list": "# Papers\n\n- WORDS\n",
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("words", NOTHING)
def test_a_page_that_says_there_is_none_is_no_paper(page: str, words: str) -> None:
    entries, told = read(PAGES[page].replace("WORDS", words))
    assert ([entry.title for entry in entries], [refusal.fatal for refusal in told]) == ([], [True])


def test_a_paper_called_like_an_empty_day_is_a_paper() -> None:
    tail = "8 authors\n\n·\n\nMar 10, 2025\n\n"
    text = TEXT + "".join(f"3\n\n{title}\n\n{'Words. ' * 60}\n\n{tail}" for title in ("404", "Two"))
    assert titles(text) == ["404", "Two"]
    assert titles("@article{a, title={No Papers Found}, author={Ada Lovelace}}") == [
        "No Papers Found"
    ]

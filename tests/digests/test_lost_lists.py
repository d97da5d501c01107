"""No paper of a list, a page or a letter is lost without a word."""

from __future__ import annotations

import re

import pytest
from daybook.digests import read_digest

from .reading import THREE, read, titles

LINKED = "## [Storks at Rest](https://arxiv.org/abs/2501.00001)\n\n"


PAGE = '<html><body><h2><a href="https://arxiv.org/abs/2501.00001">Storks at Rest</a></h2>'


@pytest.mark.parametrize(
    "text",
    [
        LINKED + "**Authors** Ada Lovelace, Grace Hopper\n\n**Abstract** Words of it.\n",
        LINKED + "- **Authors** Ada Lovelace, Grace Hopper\n- **Abstract** Words of it.\n",
        PAGE
        + "<p><b>Authors</b> Ada Lovelace, Grace Hopper</p><p><b>Abstract</b> Words of it.</p>"
        + "</body></html>",
    ],
)
def test_a_label_in_bold_needs_no_colon(text: str) -> None:
    ((entry,), told) = read(text)
    assert (entry.authors, entry.abstract) == (("Ada Lovelace", "Grace Hopper"), "Words of it.")
    assert told == []


def test_a_doi_after_a_publisher_s_number_is_read() -> None:
    for tag in ("SO ", "LID"):
        value = "pii: S0140-6736(25)00001-2. doi: 10.1000/x.5."
        (entry,), _ = read(f"PMID- 1\nTI  - Storks\nFAU - Lovelace, Ada\n{tag} - {value}\n")
        assert entry.doi == "10.1000/x.5"


def test_a_link_of_title_year_and_people_is_taken_apart() -> None:
    text = "- [Storks at Rest (2012), J. Dean et al.](https://arxiv.org/abs/2501.00001)\n"
    text += (
        "- [Tides (of Tea) (2013), A. Lovelace and G. Hopper](https://arxiv.org/abs/2501.00002)\n"
    )
    one, two = read(text)[0]
    assert (one.title, str(one.published), one.authors) == ("Storks at Rest", "2012", None)
    assert (two.title, two.authors) == ("Tides (of Tea)", ("A. Lovelace", "G. Hopper"))


@pytest.mark.parametrize(
    "head", ["Title|Authors|Paper", "Paper|Authors|Title", "Method|Authors|Paper", "Name|By|Paper"]
)
def test_a_table_with_a_column_of_links_has_its_titles_from_the_other(head: str) -> None:
    cells = {"Title": "Storks at Rest", "Method": "STORK", "Name": "STORK", "By": "Ada Lovelace"}
    cells |= {"Authors": "Ada Lovelace", "Paper": "[link](https://arxiv.org/abs/2501.00001)"}
    if "Title" not in head:
        cells["Paper"] = "[Storks at Rest](https://arxiv.org/abs/2501.00001)"
    row = "|".join(cells[name] for name in head.split("|"))
    ((entry,), told) = read(f"# Papers\n\n|{head}|\n|---|---|---|\n|{row}|\n")
    assert (entry.title, entry.arxiv, entry.authors) == (
        "Storks at Rest",
        "2501.00001",
        ("Ada Lovelace",),
    )
    assert told == []


RECORDS = {
    "ris": ("TY  - JOUR\n", "TI  - T\nAU  - Lovelace, Ada\nPY  - 2025\n", "ER  - \n\n"),
    "pubmed": ("PMID- 1\nOWN - NLM\n", "TI  - T\nFAU - Lovelace, Ada\nDP  - 2025\n", "\n"),
    "science": ("PT J\nAU Lovelace, Ada\n", "TI T\nSO JOURNAL\nPY 2025\n", "ER\n\n"),
    "endnote": ("%0 Journal Article\n", "%T T\n%A Lovelace, Ada\n%D 2025\n", "\n"),
}


@pytest.mark.parametrize("kind", RECORDS)
@pytest.mark.parametrize("broken", [1, 2, 3])
def test_a_record_whose_beginning_is_broken_costs_none(kind: str, broken: int) -> None:
    begin, body, end = RECORDS[kind]
    for first in (begin, begin[1:], f"]{begin}", f"{begin[:3]}x{begin[4:]}", "words\n", ""):
        text = "".join(
            (first if n == broken else begin) + re.sub(r" T\n", f" Title {n}\n", body) + end
            for n in (1, 2, 3)
        )
        entries, _ = read(text)
        assert [entry.title for entry in entries] == THREE, text
        if broken > 1 and first:
            entries, _ = read(text.replace(end + first, first, 1))
            assert [entry.title for entry in entries] == THREE, text


def test_lists_as_rest_and_org_write_them_are_read() -> None:
    rest = "* `Storks at Rest <https://arxiv.org/abs/2501.00001>`_ by A. B.\n"
    rest += "* `Tides of Tea <https://arxiv.org/abs/2501.00002>`__\n"
    org = "- [[https://arxiv.org/abs/2501.00001][Storks at Rest]] by A. B.\n"
    org += "- [[https://arxiv.org/abs/2501.00002][Tides of Tea]]\n"
    for text in ("Papers\n======\n\n" + rest, "* Papers\n\n" + org):
        entries, told = read(text)
        assert [entry.title for entry in entries] == ["Storks at Rest", "Tides of Tea"]
        assert ([entry.arxiv for entry in entries], told) == (["2501.00001", "2501.00002"], [])


@pytest.mark.parametrize(
    "between", ["", "-----{-----\n", "\\\\ ( ht\n", "-" * 78 + "\n", "\\\\\n" * 3]
)
@pytest.mark.parametrize("mark", ["\\\\\n", ""])
def test_a_paper_of_a_mailing_begins_where_it_says_so(between: str, mark: str) -> None:
    papers = [
        f"arXiv:2503.0000{n}\nDate: Mon, 10 Mar 2025 12:00:00 GMT\n\nTitle: Title {n}\n"
        "Authors: Ada Lovelace\n\\\\\n  Words of it.\n\\\\\n"
        for n in (1, 2, 3)
    ]
    entries, _ = read(
        "\\\\\n" + papers[0] + between + mark + papers[1] + "-" * 78 + "\n\\\\\n" + papers[2]
    )
    assert [entry.title for entry in entries] == THREE


@pytest.mark.parametrize(
    ("address", "doi"),
    [
        ("www.science.org/doi/10.1126/science.abc1234", "10.1126/science.abc1234"),
        ("www.tandfonline.com/doi/full/10.1080/0.2023.1", "10.1080/0.2023.1"),
        ("journals.plos.org/plosone/article?id=10.1371/journal.pone.1", "10.1371/journal.pone.1"),
        ("www.frontiersin.org/articles/10.3389/fnins.2023.1/full", "10.3389/fnins.2023.1"),
        ("direct.mit.edu/tacl/article/doi/10.1162/tacl_a_00001/1", "10.1162/tacl_a_00001"),
        ("link.springer.com/content/pdf/10.1007/978-3-031-1_1.pdf", "10.1007/978-3-031-1_1"),
        ("www.medrxiv.org/content/10.1101/2024.01.01.24300001v1", "10.1101/2024.01.01.24300001"),
        ("chemrxiv.org/x/10.26434/chemrxiv-2023-abc-v2", "10.26434/chemrxiv-2023-abc-v2"),
        ("www.x.org/q?doi=10.1145%2F3292500&a=b", "10.1145/3292500"),
    ],
)
def test_an_address_with_a_doi_in_it_leads_to_a_paper(address: str, doi: str) -> None:
    text = f"- [Bees](https://arxiv.org/abs/2402.10001)\n- [Of Doors](https://{address})\n"
    entries, told = read(text)
    assert [(entry.title, entry.doi) for entry in entries] == [("Bees", None), ("Of Doors", doi)]
    assert told == []


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- - [Old bees](https://arxiv.org/abs/2001.30004) -->\n",
        "- <!-- - [Old bees](https://arxiv.org/abs/2001.30004) -->\n",
        "<!--\n- [Old bees](https://arxiv.org/abs/2001.30004)\n\n- arXiv:2001.30005\n-->\n",
        "<!-- TODO: add https://arxiv.org/abs/2001.30004 -->\n",
    ],
)
def test_a_comment_is_no_text_and_what_stands_in_it_is_not_missed(comment: str) -> None:
    first, last = (f"- [Bees {n}](https://arxiv.org/abs/2402.1000{n})\n" for n in "12")
    entries, told = read(first + comment + last)
    assert [(entry.title, entry.blurb) for entry in entries] == [("Bees 1", None), ("Bees 2", None)]
    assert entries[1].line == 2 + comment.count("\n")
    assert told == []


def test_a_comment_of_a_page_is_not_missed() -> None:
    old = "<!--\n<a href='https://arxiv.org/abs/2001.30004'>Old</a>\n-->"
    page = "<ul><li><a href='https://arxiv.org/abs/2402.10001'>New bees</a></li></ul>"
    entries, told = read(f"<html><body>{old}{page}</body></html>")
    assert ([entry.title for entry in entries], told) == (["New bees"], [])


def test_what_only_looks_like_a_comment_hides_no_paper() -> None:
    links = [f"(https://arxiv.org/abs/2402.1000{n})" for n in (1, 2)]
    assert titles(f"- [`<!--` and Bees]{links[0]}\n- [A --> B]{links[1]}\n") == [
        "<!-- and Bees",
        "A --> B",
    ]


@pytest.mark.parametrize("length", [401, 2_999, 3_500])
def test_a_title_of_any_length_is_that_of_a_paper(length: int) -> None:
    title = "bees `and` stars ".ljust(length, "x")
    link = f"[{title}](https://arxiv.org/abs/2401.00001)"
    short = "[Short bees](https://arxiv.org/abs/2401.00002)"
    anchor = f"<a href='https://arxiv.org/abs/2401.00001'>{title}</a>"
    plain = title.replace("`", "")[:3_000]
    for text in (
        f"- {link}\n- {short}\n",
        f"## {link}\n\n## {short}\n",
        f"- {anchor}\n- {short}\n",
    ):
        entries, told = read(text)
        assert [entry.title for entry in entries] == [plain, "Short bees"]
        assert [refusal.line for refusal in told] == [1] * (length - 2 > 3_000)


def test_an_item_made_as_the_papers_beside_it_is_a_paper() -> None:
    text = """- [Bees of arXiv](https://arxiv.org/abs/2402.10001)
- [Of Nature](https://www.nature.com/articles/s41586-024-00001-1)
- [A File](https://example.edu/~ada/bees.pdf), ICML 2024
  With a remark.
- **In Bold**, Ada One, ICML 2024
- [The Code of Bees](https://github.com/ada/bees)
- [Home of Ada](https://example.edu/)
- [What May Be One](https://example.edu/what/may-be-one)
- [our own code](https://example.edu/code)

## Else

- [A File](https://example.edu/~ada/else.pdf)
- **Bold Words**, as in prose
"""
    entries, told = read(text)
    assert [(entry.title, entry.line, entry.venue) for entry in entries] == [
        ("Bees of arXiv", 1, None),
        ("Of Nature", 2, None),
        ("A File", 3, "ICML 2024"),
        ("In Bold", 5, "ICML 2024"),
    ]
    assert [link.kind for entry in entries for link in entry.links] == ["page", "pdf"]
    assert [(refusal.line, refusal.fatal) for refusal in told] == [(8, False)]


def test_what_an_entry_says_of_other_papers_is_not_told_as_lost() -> None:
    row = (
        "| **[Bees](http://arxiv.org/abs/2404.00001v1)** | <details><summary>Show</summary>"
        "<p>We extend arXiv:2401.00001 and [x](https://arxiv.org/abs/2401.00002).</p></details> |"
    )
    beside = "- [Bees](https://openreview.net/forum?id=abc) (see also arXiv:2401.30006)\n"
    for text in (f"| Title | Abstract |\n|---|---|\n{row}\n", beside):
        entries, told = read(text)
        assert ([entry.title for entry in entries], told) == (["Bees"], [])
    second = (
        "- [Bees](https://arxiv.org/abs/2404.00001), [Stars](https://arxiv.org/abs/2404.00002)\n"
    )
    assert [refusal.line for refusal in read(second)[1]] == [1]


@pytest.mark.parametrize(
    "item",
    [
        "[2402.10003](https://arxiv.org/abs/2402.10003) Bees by number",
        "https://arxiv.org/abs/2402.10003 — Bees by number",
        "[Paper: Bees by number](https://arxiv.org/abs/2402.10003)",
        "[Paper](https://arxiv.org/abs/2402.10003): **Bees by number**",
        "**[NeurIPS'23]** Bees by number, [[paper]](https://arxiv.org/abs/2402.10003)",
        "Bees by number (arXiv:2402.10003)",
    ],
)
def test_a_title_beside_a_link_that_says_little_is_read(item: str) -> None:
    entries, told = read(f"- {item}\n- [Stars](https://arxiv.org/abs/2402.10004)\n")
    assert [entry.title for entry in entries] == ["Bees by number", "Stars"]
    assert told == []
    assert entries[0].arxiv == "2402.10003"


def test_words_that_lead_to_a_link_are_no_title() -> None:
    text = (
        "- We added [this paper](https://arxiv.org/abs/2403.30001)!\n"
        "- v2 of our survey is on [arXiv](https://arxiv.org/abs/2401.30000v2).\n"
        "- [Stars](https://arxiv.org/abs/2402.10004)\n\n"
        "On Mon, Bo wrote:\n> What about https://arxiv.org/abs/2404.00009 ?\n"
    )
    entries, told = read(text)
    assert [entry.title for entry in entries] == ["Stars"]
    assert [(refusal.line, refusal.fatal) for refusal in told] == [(n, False) for n in (1, 2, 6)]


def test_each_paper_of_a_line_that_only_lists_papers_is_one() -> None:
    links = [f"[Title {n}](https://arxiv.org/abs/2402.1000{n})" for n in range(1, 7)]
    text = (
        f"- Bees: {links[0]}, {links[1]}; {links[2]} and {links[3]}.\n- {links[4]} / {links[5]}\n"
    )
    entries, told = read(text)
    assert [(e.title, e.line, e.blurb) for e in entries] == [
        *((f"Title {n}", 1, "Bees") for n in range(1, 5)),
        *((f"Title {n}", 2, None) for n in (5, 6)),
    ]
    assert [entry.arxiv for entry in entries] == [f"2402.1000{n}" for n in range(1, 7)]
    assert told == []


def test_each_paper_of_a_line_that_is_in_no_entry_is_told() -> None:
    links = [f"[Title {n}](https://arxiv.org/abs/2402.1000{n})" for n in range(1, 4)]
    entries, told = read(f"- {links[0]} (in two parts), {links[1]}, {links[2]}\n")
    assert [entry.title for entry in entries] == ["Title 1"]
    assert [refusal.message[:24] for refusal in told] == [
        f"a link to 2402.1000{n} stan"[:24] for n in (2, 3)
    ]


NUMBERED = """LETTER 2026-11-20

Sent by our sponsor (Sponsor) [1]

STORKS THAT LEARN (20 MINUTE READ) [2]

A study of weaving, which goes on where another [4] ends.

TIDES OF TEA (GITHUB REPO) [3]

Links:
------
[1] https://acme.example.com/
[2] https://arxiv.org/abs/2611.12001
[3] https://github.com/x/tides
[4] https://arxiv.org/abs/2611.12002
"""


def test_links_that_are_numbered_at_the_end_are_read_where_their_numbers_stand() -> None:
    entries, told = read(NUMBERED)
    assert [(e.title, e.arxiv, e.line) for e in entries] == [("STORKS THAT LEARN", "2611.12001", 5)]
    assert ["2611.12002" in refusal.message for refusal in told] == [True]


@pytest.mark.parametrize("number", ["[7] ", "7. ", ""])
def test_an_address_is_no_title(number: str) -> None:
    pages = f"{number}https://example.org/a/page\n{number}https://arxiv.org/abs/2611.12001\n"
    text = f"Storks at Rest\nhttps://arxiv.org/abs/2611.12002\n\n{pages}"
    entries, told = read(text)
    assert [entry.title for entry in entries] == ["Storks at Rest"]
    assert any("2611.12001" in refusal.message for refusal in told)


@pytest.mark.parametrize(
    "text",
    [
        "## https://example.org/a/page\n\n[Paper](https://arxiv.org/abs/2611.12001)\n",
        "- **https://example.org/a/page** [Paper](https://arxiv.org/abs/2611.12001)\n",
        "### Title: https://example.org/a/page\n- Paper: https://arxiv.org/abs/2611.12001\n",
    ],
)
def test_a_paper_under_an_address_is_told_and_is_no_entry(text: str) -> None:
    entries, told = read(f"# Papers\n\n## [Storks](https://arxiv.org/abs/2611.12002)\n\n{text}")
    assert [entry.title for entry in entries] == ["Storks"]
    assert any("2611.12001" in r.message or "is no title" in r.message for r in told)


def test_of_very_many_broken_items_of_a_list_the_first_are_told_and_how_many_more() -> None:
    record = '{"title": "Title Number %d", "arxiv_id": "2501.00001", "x": %s}'
    items = [record % (n, "" if n % 3 == 1 else 1) for n in range(400)]
    (digest,) = read_digest("x", "[{}]".format(",\n".join(items)).encode())
    assert len(digest.entries) == 267
    *first, last = digest.refusals
    assert [refusal.line for refusal in first] == list(range(2, 150, 3))
    assert (last.line, last.fatal) == (152, True)
    assert last.message.startswith("83 more places")
    nested = ",".join(['{"a": 1}'] * 200) + "]"
    items = [record % (n, nested if n % 3 == 1 else 1) for n in range(400)]
    (digest,) = read_digest("x", "[{}]".format(",\n".join(items)).encode())
    assert len(digest.entries) == 267
    assert digest.refusals[-1].message.startswith("83 more places")
    items = [record % (n, '1, "title": "Other"') for n in range(90)]
    (digest,) = read_digest("x", "[{}]".format(",\n".join(items)).encode())
    assert digest.refusals[-1].message.startswith("40 more places")
    assert digest.refusals[-1].fatal


def test_what_stands_between_two_items_and_is_no_item_costs_none() -> None:
    records = [f'{{"title": "Title Number {n}", "authors": ["Ada Lovelace"]}}' for n in range(1, 4)]
    (digest,) = read_digest("x", f"[{', // a word'.join(f'{r}' for r in records)}]".encode())
    assert [entry.title[-1] for entry in digest.entries] == ["1", "2", "3"]
    assert [refusal.fatal for refusal in digest.refusals] == [False, False]
    assert "'// a word' stands where an item should" in digest.refusals[0].message


def test_it_is_told_how_far_an_item_goes_that_cannot_be_read() -> None:
    records = [f'{{"title": "Title Number {n}", "authors": ["Ada Lovelace"]' for n in range(1, 7)]
    (digest,) = read_digest("x", f"[{','.join(f'{r}{chr(10)}' for r in records)}}}]".encode())
    assert [entry.title for entry in digest.entries] == ["Title Number 6"]
    (told,) = digest.refusals
    assert told.message.endswith("it was left out, and so was all up to line 6.")


@pytest.mark.parametrize("kind", ["list", "csl", "hugging face"])
def test_a_record_that_is_the_halves_of_two_is_told(kind: str) -> None:
    """The cut begins within a name and ends within another: what is left is whole JSON."""
    shapes = {
        "list": '{"arxiv_id":"2501.0000%d","authors":["Ada"],"title":"Title %d","year":2025}',
        "csl": '{"type":"article","author":[{"family":"L"}],"id":"2501.0000%d","title":"Title %d"}',
        "hugging face": '{"paper":{"id":"2501.0000%d","summary":"Told.","title":"Title %d"}}',
    }
    first, second, *others = (shapes[kind] % (n, n) for n in range(1, 6))
    (whole,) = read_digest("x", f"[{','.join([first, second, *others])}]".encode())
    assert (len(whole.entries), whole.refusals) == (5, ())
    name = "id" if kind == "csl" else "summary" if kind == "hugging face" else "authors"
    glued = first[: first.index(f'"{name}"') + 3] + second[second.index('itle":') :]
    (digest,) = read_digest("x", f"[{','.join([*others, glued])}]".encode())
    assert any("the halves of two" in refusal.message for refusal in digest.refusals)


@pytest.mark.parametrize(
    "text",
    [
        "TY  - JOUR\nTI  - A Title\nUR  - https://arxiv.org/aborg/abs/2501.00003\nER  - \n",
        "TY  - JOUR\nTI  - A Title\nAU  - Love/arxiv.org/abs/2501.00003\nER  - \n",
        '[{"type":"article","title":"A","author":[{"family":"L"}],"URL":"https://arxiv/2501.00003"}]',
        "- [On A](https://doi.org/10.1000/s://doi.org/10.1000/3)\n- [On B](https://doi.org/10.1000/4)\n",
    ],
)
def test_an_address_of_which_a_part_is_missing_is_told(text: str) -> None:
    (digest,) = read_digest("x", text.encode())
    assert not any("2501.00003" in (e.arxiv or "") or "//" in (e.doi or "") for e in digest.entries)
    assert any("2501.00003" in r.message or "'On A' leads to" in r.message for r in digest.refusals)


@pytest.mark.parametrize("lost", [1, 10, 20, 30])
def test_a_paper_of_a_mailing_whose_first_lines_are_lost_is_told(lost: int) -> None:
    record = (
        "\\\\\narXiv:2501.0000{n}\nDate: Wed, 15 Jan 2025 18:34:08 GMT   (243kb)\n\n"
        "Title: {title}\nAuthors: Ada Lovelace\nCategories: cs.LG\n\\\\\n  Told.\n"
        "\\\\ ( https://arxiv.org/abs/2501.0000{n} ,  243kb)\n" + "-" * 78 + "\n"
    )
    first, second = record.format(n=1, title="Looms"), record.format(n=2, title="Carding")
    mailing = first[:-lost] + second[lost + 5 :] + record.format(n=3, title="Weaving")
    (digest,) = read_digest("x", f"{'-' * 78}\n{mailing}".encode())
    read_or_told = [entry.title for entry in digest.entries]
    read_or_told += [refusal.message for refusal in digest.refusals if refusal.fatal]
    assert all(any(t in each for each in read_or_told) for t in ("Looms", "Carding", "Weaving"))


@pytest.mark.parametrize(
    ("record", "left"),
    [
        ("**{}**\nAda Lovelace, Grace Hopper\n[paper]({})\n\n", "**{}**\n"),
        ("## {}\n\nAda Lovelace\n\n[paper]({})\n\n", "## {}\n"),
        ("## {}\n\n- **Authors:** Ada Lovelace\n- **Link:** {}\n\n", "## {}\n\n- **A.00003\n\n"),
    ],
)
def test_a_title_under_which_a_list_ends_is_told(record: str, left: str) -> None:
    titles = ("Looms of Quiet Valleys", "Machines Dream in Colour", "Kites over Deep Seas")
    whole = [record.format(t, f"https://arxiv.org/abs/2501.0000{n}") for n, t in enumerate(titles)]
    text = f"# Papers\n\n{''.join(whole)}{left.format('Rivers and Their Clocks')}"
    (digest,) = read_digest("x", text.encode())
    assert [entry.title for entry in digest.entries] == list(titles)
    assert any("Rivers and Their Clocks" in refusal.message for refusal in digest.refusals)

"""Lists as people and their scripts keep them in public: each made in a way of its own."""

from __future__ import annotations

import pytest
from daybook.digests import read_digest
from daybook.digests.venue_names import says_where, venue_called
from daybook.records import Digest, Entry

HOST = "https://arxiv.org/abs"
BIRDS = ["Storks", "Cranes", "Herons", "Owls", "Gulls", "Terns"]
CVF = "https://openaccess.thecvf.com"


def read(text: str, name: str = "list.md") -> Digest:
    (digest,) = read_digest(name, text.encode())
    return digest


def only(line: str) -> Entry:
    """Give the paper of a line of a list, which has another one."""
    entry, _ = read(f"# Birds\n\n{line}\n- [Rails, Too]({HOST}/2403.09999)\n").entries
    return entry


def titles(digest: Digest) -> list[str]:
    return [entry.title for entry in digest.entries]


@pytest.mark.parametrize(
    "line",
    [
        f"- [[CVPR2023]({HOST}/2403.00001)] Where Storks Rest in Spring [[Project](https://a.org)]",
        f"- [CVPR 2023]({HOST}/2403.00001) Where Storks Rest in Spring",
        f"- [CVPR 2023 Oral]({HOST}/2403.00001) | Where Storks Rest in Spring",
        f"- [[arXiv, 21 Jul 2025]({HOST}/2403.00001)] Where Storks Rest in Spring",
        f"- [[pdf]({HOST}/2403.00001)] Where Storks Rest in Spring",
        f"- [[pdf]({HOST}/2403.00001)] [[code](https://a.org/b)] Where Storks Rest in Spring",
        f"- [PDF]({HOST}/2403.00001) [Code](https://github.com/a/b) Where Storks Rest in Spring",
        f"- CVPR 2023 | Where Storks Rest in Spring [[paper]]({HOST}/2403.00001)",
        f"- 【CVPR 2023】Where Storks Rest in Spring [[paper]]({HOST}/2403.00001)",
        f"- [[TOG]({HOST}/2403.00001)] Where Storks Rest in Spring",
        f"- [new 012] Where Storks Rest in Spring [[paper]]({HOST}/2403.00001)",
        f"- ICLR 2024 spotlight, Where Storks Rest in Spring [[paper]]({HOST}/2403.00001)",
        f'- Storks: "Where Storks Rest in Spring" ECCV (Oral). [[Paper]]({HOST}/2403.00001)',
    ],
)
def test_a_title_stands_behind_its_link_or_its_venue(line: str) -> None:
    entry = only(line)
    assert (entry.title, entry.arxiv) == ("Where Storks Rest in Spring", "2403.00001")


@pytest.mark.parametrize(
    ("title", "venue"),
    [("iCrane: Where Cranes Rest", "IROS2021"), ("fastcrane: A Layered View", "SIGGRAPH Asia2019")],
)
def test_behind_a_venue_a_title_may_begin_small(title: str, venue: str) -> None:
    entry = only(f"- [[{venue}]({HOST}/2403.00001)] {title}")
    assert (entry.title, entry.venue) == (title, venue)


def test_people_behind_such_a_title_are_its_people() -> None:
    entry = only(f"- [CVPR 2023]({HOST}/2403.00001) Where Storks Rest. Ada Lovelace, Grace Hopper.")
    assert (entry.title, entry.authors) == ("Where Storks Rest", ("Ada Lovelace", "Grace Hopper"))
    assert entry.venue == "CVPR 2023"


def test_a_sentence_behind_a_link_is_no_title() -> None:
    lines = [
        f"- [Where Storks Rest]({HOST}/2403.00001)",
        f"- [Paper]({HOST}/2403.00002) It came out in spring.",
    ]
    digest = read("\n".join(lines) + "\n")
    assert titles(digest) == ["Where Storks Rest"]
    assert [refusal.line for refusal in digest.refusals] == [2]


def test_a_link_that_says_where_is_no_title_of_what_stands_above_it() -> None:
    cards = [
        f"**Where {bird} Rest in Spring** <br>\nAda Lovelace, Grace Hopper <br>\n"
        f"[{venue}]({HOST}/2403.0000{n}) • [Homepage](https://a.org)\n"
        for n, (bird, venue) in enumerate(
            [("Storks", "COLM 2025"), ("Cranes", "arXiv, 1 Jul 2025")]
        )
    ]
    storks, cranes = read("## Birds\n" + "\n".join(cards)).entries
    assert [storks.title, cranes.title] == [
        "Where Storks Rest in Spring",
        "Where Cranes Rest in Spring",
    ]
    assert (storks.venue, cranes.venue, storks.blurb) == ("COLM 2025", None, None)


@pytest.mark.parametrize(
    "line",
    [
        "- **RT-2**: Where Robot Storks Rest in Spring, [arXiv]({url})",
        "- **RT-2:** Where Robot Storks Rest in Spring [[paper]]({url})",
        "- arXiv 2024.10, **RT-2**: Where Robot Storks Rest in Spring, [arXiv]({url})",
    ],
)
def test_a_name_in_bold_is_the_beginning_of_a_title_with_capitals(line: str) -> None:
    assert only(line.format(url=f"{HOST}/2403.00001")).title.endswith(
        "RT-2: Where Robot Storks Rest in Spring"
    )


def test_a_word_in_bold_within_a_title_is_a_part_of_it() -> None:
    entry = only(f"- Counting **Storks** in Spring by Ear, [arXiv]({HOST}/2403.00001)")
    assert entry.title == "Counting **Storks** in Spring by Ear".replace("**", "")


def test_quotation_marks_are_around_a_title_that_has_some_itself() -> None:
    entry = only(f'- **"Your "Storks" Are My "Cranes": Or Not"** [[paper]]({HOST}/2403.00001)')
    assert entry.title == 'Your "Storks" Are My "Cranes": Or Not'


def test_a_credit_may_name_the_journal() -> None:
    entry = only(f"- Where Storks Rest (Lovelace et al., Nature 2024) — {HOST}/2403.00001")
    assert (entry.title, entry.venue) == ("Where Storks Rest", "Nature")
    assert str(entry.published) == "2024"


def test_titles_with_a_file_each_are_papers_wherever_these_are_kept() -> None:
    lines = [
        f'- Ada Lovelace,Grace Hopper. **"Where {bird} Rest."** | [[PDF]](https://birds.org/{n}.pdf)'
        for n, bird in enumerate(BIRDS)
    ]
    digest = read("# BIRD2021\n\n" + "\n\n\n".join(lines) + "\n")
    assert titles(digest) == [f"Where {bird} Rest" for bird in BIRDS]
    assert digest.entries[0].authors == ("Ada Lovelace", "Grace Hopper")
    assert [link.url for link in digest.entries[1].links] == ["https://birds.org/1.pdf"]


def test_a_card_of_title_and_people_may_lead_to_any_page_that_says_where() -> None:
    cards = [
        f"**Where {bird} Rest in Spring** <br>\nAda Lovelace, Grace Hopper <br>\n[{label}]({url})\n"
        for bird, label, url in [
            ("Storks", "NIPS 2025", "https://neurips.cc/virtual/2025/loc/a/poster/1"),
            ("Cranes", "Visual Informatics 2024", f"{HOST}/2403.00002"),
        ]
    ]
    assert titles(read("## Birds\n" + "\n".join(cards))) == [
        "Where Storks Rest in Spring",
        "Where Cranes Rest in Spring",
    ]


@pytest.mark.parametrize(
    ("line", "venue", "year"),
    [
        ("- [(CVPR 2025) Where Storks Rest]({url})", "CVPR 2025", None),
        ("- [Where Storks Rest (IEEE Bird Magazine 2017)]({url})", "IEEE Bird Magazine 2017", 2017),
        ("- [Where Storks Rest - ARXIV - 2018]({url})", None, 2018),
        ("- [Where Storks Rest, arXiv 2017]({url})", None, 2017),
        ("- **【SFT】Where Storks Rest** [[paper]]({url}) They rest.", None, None),
        (
            '5.【】 <span id = "">**Where Storks Rest.**</span> ACL, 2019. [paper]({url})',
            "ACL",
            None,
        ),
        ("- 2019 NDSS [Where Storks Rest]( {url})", None, None),
        ("- **[STORK]** <[Where Storks Rest]({url})> by Ada One and Bo Two, 2004.", None, None),
        ("- [Where Storks\n  Rest]({url})", None, None),
    ],
)
def test_what_stands_around_a_title_is_no_part_of_it(
    line: str, venue: str | None, year: int | None
) -> None:
    entry = only(line.format(url=f"{HOST}/1703.00001"))
    assert (entry.title, entry.arxiv) == ("Where Storks Rest", "1703.00001")
    assert year is None or (entry.published and entry.published.year == year)
    assert venue is None or (entry.venue or "").startswith(venue)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("- [ACM Surveys 2020] ([paper]({url})) Where Storks Rest in Spring", "ACM Surveys 2020"),
        ("- [ICLR 2017 Storker Ada] ([paper]({url}) [code](https://a.org)) {title}", "Storker Ada"),
        ("- [ICML 2019] ([paper]({url})) (RECOMMENDED!) {title}", "RECOMMENDED"),
        ("- [ICML 2019] (RECOMMENDED!) ([paper]({url})) {title}", "RECOMMENDED"),
        ("+ (2023 Arxiv) {title} [[Paper]({url})][[Blog](https://a.org/b)] (Birds)", "2023 Arxiv"),
        ("- (*ICLR‘24*) {title} [[paper]({url})]", ""),
        ("- [arXiv24] ✅ {title} [paper]({url}) [note](../../a.md)", ""),
        ("1. {title}. arXiv 2021. [[paper]]({url})", ""),
        (
            '* **STORK**: "{title}", arXiv, 2020 (*Nest*). [[Paper]({url})][[Code](https://a.org)]',
            "",
        ),
        ('* "{title}", CVPR, 2021 (*Nest University*). [[Paper]({url})]', "CVPR, 2021"),
        ("- **{title}** (2016), J. Hopper et al. [[pdf]]({url})", ""),
        ("- {title} (2017), Grace Hopper et al. [[pdf]]({url})", ""),
        ("- **Paper**: [{title}]({url})", ""),
        ("- **Paper:** [{title}]({url})\n  **Authors:** Ada Lovelace, Grace Hopper.", ""),
        ("[28] {title}<br>\n[paper]({url})<br>", ""),
        ("- **{title} (2017 ICCV)** [[Paper]]({url})", "ICCV 2017"),
        ("- {title} (2016) [[Paper]]({url})", ""),
        ('- **"{title}" (2016) -** [[Paper]]({url})', ""),
        ("- {title} [[Paper]({url})] [[pytorch](https://github.com/a/b)] :fire::star:", ""),
        ("- :fire: [{title}]({url}) :star2:", ""),
        ("- [{title}]({url}) [[C++](https://a.org/code)]", ""),
        ("* (MLSys'24) {title} [paper]({url}) **Inference** | **Storks**", "Inference"),
        ("* {title} ([OSDI 2023](../../osdi.md)) \\[[Paper]({url})] \\[[Code](https://a.org)]", ""),
    ],
)
def test_years_and_words_of_praise_are_no_part_of_a_title(line: str, said: str) -> None:
    entry = only(line.format(url=f"{HOST}/2403.00001", title="Where Storks Rest in Spring"))
    assert (entry.title, entry.arxiv) == ("Where Storks Rest in Spring", "2403.00001")
    assert said in f"{entry.blurb} {entry.venue}"


def test_a_card_leads_to_its_own_paper_before_any_page_that_says_where() -> None:
    cards = [
        f"**Where {bird} Rest in Spring** \\\n[[NeurIPS 2023](https://nips.cc/virtual/2023/1)] \n"
        f"[[Website]({HOST}/2403.0000{n})] \n[[Code](https://github.com/a/b)]\n"
        for n, bird in enumerate(["Storks", "Cranes"])
    ]
    cards += [f"**Where Owls Rest** \\\n[[TPAMI]({HOST}/2403.00005)]\n"]
    digest = read("## Birds\n" + "\n".join(cards))
    assert [entry.arxiv for entry in digest.entries] == ["2403.00000", "2403.00001", "2403.00005"]
    assert titles(digest)[2] == "Where Owls Rest"


def test_a_record_may_name_its_links() -> None:
    text = (
        '[{"title": "Where Storks Rest", "authors": "Ada One, Bo Two", "date": "2023-03-03",'
        f' "links": {{"Paper": "{HOST}/2403.00001"}}}}]'
    )
    (entry,) = read(text, "db.json").entries
    assert entry.arxiv == "2403.00001"


def test_a_title_in_bold_may_have_a_dash() -> None:
    entry = only(f"- **STORK - A Method of Resting in Spring.** ICDM. [paper]({HOST}/2403.00001)")
    assert entry.title == "STORK - A Method of Resting in Spring"


def test_years_and_venues_may_stand_before_titles_without_a_link() -> None:
    items = [f"- 2{n}-OSDI-A Look at {bird}" for n, bird in enumerate(BIRDS)]
    digest = read("# List\n\n" + "\n".join(items) + "\n")
    assert titles(digest) == [f"A Look at {bird}" for bird in BIRDS]
    assert digest.entries[3].venue == "OSDI 2023"


def test_a_heading_that_only_says_where_belongs_to_the_title_above_it() -> None:
    text = "# Details\n\n" + "\n\n".join(
        f"##### Where {bird} Rest\n\n###### \\[[pdf]({HOST}/2403.0000{n})] TOG 2019\n\n> They rest."
        for n, bird in enumerate(["Storks", "Cranes"])
    )
    assert titles(read(text)) == ["Where Storks Rest", "Where Cranes Rest"]


def test_a_part_of_a_document_is_no_title() -> None:
    lines = [f"- [Where Storks Rest]({HOST}/2403.00001)", f"- [Cranes, Too]({HOST}/2403.00002)"]
    text = "# Birds\n\n" + "\n".join(lines) + f"\n\n## References\n\n{HOST}/2403.00003\n"
    assert titles(read(text)) == ["Where Storks Rest", "Cranes, Too"]


def test_counts_in_a_table_are_no_papers() -> None:
    table = "| Papers | Systems |\n|---:|---:|\n| 382 | 90 |\n"
    listed = f"- [Where Storks Rest]({HOST}/2403.00001)\n"
    assert titles(read(f"# Birds\n\n{table}\n{listed}")) == ["Where Storks Rest"]


@pytest.mark.parametrize("host", ["papers.cool", "hjfy.top"])
def test_mirrors_name_arxivs_papers_by_their_numbers(host: str) -> None:
    (entry,) = read(f"- [Where Storks Rest](https://{host}/arxiv/2403.00001)\n").entries
    assert entry.arxiv == "2403.00001"


def test_a_column_called_paper_may_hold_its_address() -> None:
    text = f"Title,📄 Paper\nWhere Storks Rest,{HOST}/2403.00001\nCranes,{HOST}/2403.00002\n"
    digest = read(text, "list.csv")
    assert [entry.arxiv for entry in digest.entries] == ["2403.00001", "2403.00002"]


def test_mendeley_calls_the_identifier_so() -> None:
    text = (
        "@article{a,\n title = {Where Storks Rest},\n arxivId = {1103.4838v1},\n year = {2010}\n}\n"
    )
    (entry,) = read(text, "list.bib").entries
    assert (entry.arxiv, entry.arxiv_version) == ("1103.4838", 1)


def test_a_name_in_bold_is_the_title_where_words_say_what_it_does() -> None:
    entry = only(f"- **Storker**: counts storks in spring, [arXiv]({HOST}/2403.00001)")
    assert (entry.title, entry.blurb) == ("Storker", "counts storks in spring")


def test_titles_before_a_bar_and_their_links_need_no_mark() -> None:
    page, pdf = f"{CVF}/content_cvpr_2016/html/One_CVPR_2016_paper.html", "https://a.org/x.pdf"
    links = f"[link]({page}), [pdf]({pdf}), [supp]({pdf})"
    lines = [
        f"Where {bird} Rest | {links}, [arXiv]({HOST}/2403.0000{n})"
        for n, bird in enumerate(["Storks", "Cranes"])
    ]
    storks, cranes = read("\n".join(lines) + "\n").entries
    assert [storks.title, cranes.title] == ["Where Storks Rest", "Where Cranes Rest"]
    assert (storks.arxiv, storks.blurb) == ("2403.00000", None)


def test_people_may_stand_before_a_title_in_bold() -> None:
    url = f"{CVF}//content/CVPR2021/html/Lovelace_Storks_CVPR_2021_paper.html"
    entry = only(f'- Ada Lovelace,Grace Hopper. **"Where Storks Rest"** | [[Home Page]]({url})')
    assert (entry.title, entry.authors) == ("Where Storks Rest", ("Ada Lovelace", "Grace Hopper"))


def test_a_note_may_begin_with_its_papers_address() -> None:
    text = (
        f"{HOST}/2403.00001\n\n*Where Storks Rest* (Ada Lovelace, Grace Hopper)\n\n"
        f"> They rest. See {HOST}/2403.00002 too.\n"
    )
    (entry,) = read(text).entries
    assert (entry.title, entry.arxiv) == ("Where Storks Rest", "2403.00001")
    assert entry.authors == ("Ada Lovelace", "Grace Hopper")


def test_columns_may_be_named_in_two_languages() -> None:
    text = (
        "| No | arXiv ID | 論文タイトル (日本語訳) | リンク |\n|---|---|---|---|\n"
        f"| 1 | `2403.00001v3` | [Where Storks Rest](../a.md) | [arXiv]({HOST}/2403.00001v3) |\n"
    )
    (entry,) = read(text).entries
    assert (entry.title, entry.arxiv) == ("Where Storks Rest", "2403.00001")


def test_records_that_python_printed_line_by_line_are_read() -> None:
    records = [
        {"arxiv_id": f"arXiv:2403.0000{n}", "title": f"Where {bird}' Nests Are", "doi": None}
        for n, bird in enumerate(["Storks", "Cranes"])
    ]
    digest = read("".join(f"{record}\n" for record in records), "list.jsonl")
    assert titles(digest) == ["Where Storks' Nests Are", "Where Cranes' Nests Are"]


def test_records_in_yaml_may_quote_their_bibtex() -> None:
    text = "# Papers\n" + "".join(
        f"- title: Where {bird} Rest\n  arxiv_id: '2403.0000{n}'\n  date: 2024-03-0{n}\n"
        f"  bibtex: |-\n    @misc{{b{n},\n      title = {{Where {bird} Rest}}\n    }}\n"
        for n, bird in enumerate(["Storks", "Cranes"], 1)
    )
    storks, cranes = read(text, "papers.yaml").entries
    assert [str(storks.published), str(cranes.published)] == ["2024-03-01", "2024-03-02"]


def test_titles_with_where_they_appeared_need_no_link() -> None:
    places = ["VLDB 2020", "aiDM2020", "Phd@PVLDB 2018", "CHEOPS 22", "arXiv 2021", "2021"]
    items = [f"* Where {bird} Rest ({place})" for bird, place in zip(BIRDS, places, strict=True)]
    items[1] += " [code](https://github.com/a/b)"
    contents = "- [Birds](#birds)\n  - [Nests](#nests)\n"
    digest = read(
        f"# List\n\n{contents}\n## Birds\n" + "\n".join(items) + "\n* And Where Rails Do\n"
    )
    assert titles(digest) == [*(f"Where {bird} Rest" for bird in BIRDS), "And Where Rails Do"]
    venues = [entry.venue for entry in digest.entries]
    assert venues == ["VLDB 2020", "aiDM2020", "Phd@PVLDB 2018", "CHEOPS 22", None, None, None]
    assert [str(e.published) for e in digest.entries[:1]] == ["2020"]
    assert [link.url for link in digest.entries[1].links] == ["https://github.com/a/b"]
    assert digest.entries[0].group == "Birds"


def test_a_few_things_with_years_are_no_list_of_papers() -> None:
    items = [f"* We met {bird} there (spring 202{n})" for n, bird in enumerate(BIRDS[:4])]
    listed = f"- [Where Storks Rest]({HOST}/2403.00001)\n"
    assert titles(read(f"{listed}\n## Trips\n" + "\n".join(items) + "\n")) == ["Where Storks Rest"]


@pytest.mark.parametrize(
    "words",
    [
        "CVPR2023",
        "COLING 2025 Industry Track",
        "arXiv, 21 Jul 2025",
        "NeurIPS'22",
        "ICCV Workshop2019",
    ],
)
def test_words_that_say_where(words: str) -> None:
    assert says_where(words)


@pytest.mark.parametrize(
    "words", ["Storks", "ACL", "YOLO26", "Storks at ICML 2024", "May 2023", ""]
)
def test_words_that_say_more_or_less(words: str) -> None:
    assert not says_where(words)
    assert venue_called(words) is None


@pytest.mark.parametrize(
    "title", ["TL;DR: Too Long for Storks", "Code: A Language for Nests", "RePo: Models in Order"]
)
def test_a_linked_title_that_begins_as_a_label_does_is_one(title: str) -> None:
    item = (
        "1. [**{}**](https://arxiv.org/abs/2301.0000{}) _Ada Lovelace, Jo van Dam._ arXiv 2023.\n\n"
    )
    text = item.format("Where Cranes Rest", 1) + item.format(title, 2)
    [digest] = read_digest("list.md", text.encode())
    assert [entry.title for entry in digest.entries] == ["Where Cranes Rest", title]
    assert [entry.authors for entry in digest.entries] == [("Ada Lovelace", "Jo van Dam")] * 2
    assert digest.refusals == ()


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        (["1. ", "2. ", "3. "], ["", "", ""]),
        (["1) ", "2) ", "1) "], ["", "", ""]),
        (["1. ", "2. ", ""], ["1. ", "2. ", ""]),
        (["1. ", "5. ", "9. "], ["1. ", "5. ", "9. "]),
    ],
)
def test_the_numbers_of_a_table_s_rows_are_no_part_of_titles(
    numbers: list[str], shown: list[str]
) -> None:
    rows = "".join(f"{n}Where Storks Rest,https://a.org/{n[:1]}.pdf\n" for n in numbers)
    [digest] = read_digest("list.csv", f"title,link\n{rows}".encode())
    assert [entry.title for entry in digest.entries] == [f"{n}Where Storks Rest" for n in shown]


LINKED = [
    "\\[2024/03\\] {title}. Ada Lovelace et al. [\\[paper\\]]({url})",
    "<b>{title} (2016)</b> [[Paper]]({url}) [[Code]](https://github.com/a/b)",
    "**{title}** | [Paper]({url}) | [Project](https://a.org/nest)",
    "{title} [[arXiv]({url})]",
]


@pytest.mark.parametrize("line", LINKED)
@pytest.mark.parametrize("gap", ["\n", "\n\n", '\n<p><img src="nest.png"></p>\n\n'])
def test_lines_that_end_in_links_to_their_papers_are_a_list(line: str, gap: str) -> None:
    titles = [f"Where {bird} Rest in Spring" for bird in ("Storks", "Cranes", "Owls", "Larks")]
    items = [line.format(title=t, url=f"{HOST}/2403.0000{n}") for n, t in enumerate(titles, 1)]
    [digest] = read_digest("list.md", f"# Nests\n\n{gap.join(items)}\n".encode())
    assert [entry.title for entry in digest.entries] == titles
    assert [entry.arxiv for entry in digest.entries] == [f"2403.0000{n}" for n in (1, 2, 3, 4)]
    assert digest.refusals == ()


def test_lines_that_end_in_links_within_a_text_are_none() -> None:
    text = f"""# News

## [Where Storks Rest]({HOST}/2403.00001)

They rest on roofs, as we knew before they did so there [Code](https://github.com/a/b)

## [Where Cranes Rest]({HOST}/2403.00002)

Ada Lovelace, Grace Hopper [PDF]({HOST}/2403.00002)

For more of them see the earlier [paper]({HOST}/2403.00009)
"""
    [digest] = read_digest("list.md", text.encode())
    assert [entry.title for entry in digest.entries] == ["Where Storks Rest", "Where Cranes Rest"]


NOTE = """---
title: "Where Storks Rest: A Study"
type: paper
authors:
  - Ada Lovelace
  - Jo van Dam
year: 2022
{said}
tags:
  - storks
---

# Where Storks Rest: A Study

## TL;DR

They rest on roofs.
"""


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ('arxiv: "2205.09328"', "2205.09328"),
        ("arxiv_id: 2205.09328", "2205.09328"),
        ('doi: "10.1145/1234567.89"\nvenue: Nest', "10.1145/1234567.89"),
        ("url: https://aclanthology.org/D18-1493/", "https://aclanthology.org/D18-1493/"),
        ("url_pdf: https://arxiv.org/pdf/2205.09328.pdf", "2205.09328"),
    ],
)
def test_the_head_of_a_note_says_what_its_paper_is(said: str, found: str) -> None:
    [digest] = read_digest("note.md", NOTE.format(said=said).encode())
    [entry] = digest.entries
    assert (entry.title, entry.authors) == (
        "Where Storks Rest: A Study",
        ("Ada Lovelace", "Jo van Dam"),
    )
    assert (entry.arxiv or entry.doi or entry.links[0].url) == found
    assert (str(entry.published), entry.keywords) == ("2022", ("storks",))
    assert entry.venue == ("Nest" if "venue" in said else None)
    assert digest.refusals == ()


def test_the_head_of_a_list_is_its_own() -> None:
    text = (
        f"---\ntitle: Papers of the Week\ndate: 2024-03-05\n---\n\n- [Storks]({HOST}/2403.00001)\n"
    )
    [digest] = read_digest("list.md", text.encode())
    assert [entry.title for entry in digest.entries] == ["Storks"]
    assert str(digest.date) == "2024-03-05"


@pytest.mark.parametrize("heading", ["基本情報", "関連リンク", "相关链接", "Paper Info", "Links"])
def test_parts_of_a_note_are_no_titles(heading: str) -> None:
    text = f"""# Where Storks Rest: A Study

[arXiv:2403.00001]({HOST}/2403.00001) | cs.CV

## Results
- They rest.

## {heading}
- [arXiv]({HOST}/2403.00001)
- [PDF](https://arxiv.org/pdf/2403.00001)
"""
    [digest] = read_digest("note.md", text.encode())
    assert [entry.title for entry in digest.entries] == ["Where Storks Rest: A Study"]


@pytest.mark.parametrize("name", ["page.html", "page.md"])
def test_people_in_a_heading_below_a_title_are_no_title(name: str) -> None:
    people = "Ada Lovelace, Grace Hopper, Jo van Dam. Proceedings of the Nest 2020"
    link = f"{HOST}/2403.00001"
    text = f"# Where Storks Rest\n##### {people}\n\n[Paper]({link})\n\nThey rest on roofs.\n"
    if name.endswith("html"):
        text = f"<h1>Where Storks Rest</h1><h5>{people}</h5><p>[<a href={link}>Paper</a>]</p>"
        text = f"<html><body>{text}<p>They rest on roofs.</p></body></html>"
    [digest] = read_digest(name, text.encode())
    [entry] = digest.entries
    assert entry.title == "Where Storks Rest"
    assert entry.authors == ("Ada Lovelace", "Grace Hopper", "Jo van Dam")


def test_a_section_whose_reference_ends_in_its_link_is_none_of_a_paper() -> None:
    titles = [f"Where {bird} Rest in Spring" for bird in ("Storks", "Cranes", "Owls")]
    pdf = "http://jmlr.org/proceedings/papers/v32/dam14.pdf"
    text = f"""## 1.4 Where Birds Rest

**[8]** Lovelace, Ada, et al. "**{titles[0]}**." Nests (2012). [[pdf]](https://a.org/a.pdf) **(1)**

**[9]** Hopper, Grace, and Jo Dam. "**{titles[1]}**." ICML. Vol. 14. 2014. [[pdf]]({pdf})

**[10]** Dam, Jo, et al. "**{titles[2]}**." arXiv (2015). [[pdf]]({HOST}/1507.06947) **(2)**
"""
    [digest] = read_digest("list.md", text.encode())
    assert [entry.title for entry in digest.entries] == titles
    assert {entry.group for entry in digest.entries} == {"1.4 Where Birds Rest"}


def test_references_below_where_people_work_are_papers() -> None:
    text = f"""* Nest University, Chimney Lab
  * Ada Lovelace, Jo van Dam, "Where Storks Rest in Spring", ICLR 2016, [[Paper]({HOST}/1511.07122)]
* Roof College
  * Grace Hopper, "Where Cranes Rest in Spring", ICLR 2016, [[Paper]({HOST}/1511.07386)]
"""
    [digest] = read_digest("list.md", text.encode())
    titles = ["Where Storks Rest in Spring", "Where Cranes Rest in Spring"]
    assert [entry.title for entry in digest.entries] == titles
    assert digest.entries[1].authors == ("Grace Hopper",)


@pytest.mark.parametrize("people", ["G. Hopper", "G. M. Hopper et al.", "Grace Hopper"])
def test_people_behind_a_year_are_no_title(people: str) -> None:
    text = f"- **Where Storks Rest** (2015), {people} [[pdf]]({HOST}/2403.00001)\n"
    [digest] = read_digest("list.md", text.encode())
    [entry] = digest.entries
    assert (entry.title, str(entry.published)) == ("Where Storks Rest", "2015")

"""References as their styles write them, alone and in lists copied as text."""

from __future__ import annotations

import pytest
from daybook.digests import read_digest
from daybook.digests.citations import read_citation
from daybook.digests.marks import normalize
from daybook.errors import DigestError
from daybook.records import Entry

WOOL = "Wool is all you need"
TWO = ("A. M. Lovelace", "G. Hopper")
FULL = ("Ada Lovelace", "Grace Hopper")
THREE = ("Ada M. Lovelace", "Grace Hopper", "Mary Jackson")
LINK = "https://arxiv.org/abs/2501.00001"
DOI = "https://doi.org/10.1000/wool.1"
VENUE = "Journal of Looms"


@pytest.mark.parametrize(
    ("written", "names", "published", "venue", "url"),
    [
        (
            f"Lovelace, A. M., & Hopper, G. (2020). {WOOL}. *{VENUE}*, 33, 1877-1901. {DOI}",
            TWO,
            "2020",
            VENUE,
            DOI,
        ),
        (
            f"Lovelace, A. M., & Hopper, G. (2019, June). {WOOL}. In Proceedings of LOOM (pp. 4).",
            TWO,
            "June 2019",
            "Proceedings of LOOM",
            None,
        ),
        (
            f'Lovelace, Ada, and Grace Hopper. "{WOOL}." {VENUE}, vol. 3, 2020, pp. 77-90. {DOI}.',
            FULL,
            "2020",
            VENUE,
            DOI,
        ),
        (
            f"Lovelace, Ada M., Grace Hopper, Mary Jackson. 2020. “{WOOL}.” {VENUE} 33: 1877–1901.",
            THREE,
            "2020",
            VENUE,
            None,
        ),
        (
            f"Lovelace, Ada M., Grace Hopper, Mary Jackson. “{WOOL}.” arXiv, May 2, 2023. {LINK}.",
            THREE,
            "2023-05-02",
            None,
            LINK,
        ),
        (
            f"[1] A. M. Lovelace and G. Hopper, “{WOOL},” in {VENUE}, 2020, doi: 10.1000/wool.1.",
            TWO,
            "2020",
            VENUE,
            DOI,
        ),
        (
            f"A. M. Lovelace, and G. Hopper, “{WOOL},” Aug. 02, 2023, arXiv: arXiv:2501.00001.",
            TWO,
            "2023-08-02",
            None,
            LINK,
        ),
        (
            f"Ada M. Lovelace, Grace Hopper, and Mary Jackson. 2020. {WOOL}. In {VENUE}. {LINK}",
            THREE,
            "2020",
            VENUE,
            LINK,
        ),
        (
            f"Ada Lovelace and Grace Hopper. {WOOL}. In {VENUE}, pages 7-8, 2016. arXiv:2501.00001",
            FULL,
            "2016",
            VENUE,
            LINK,
        ),
        (
            f"Lovelace AM, Hopper G. {WOOL}. {VENUE}. 2017;30:59-98. doi:10.1000/wool.1. PMID: 9.",
            TWO,
            "2017",
            VENUE,
            DOI,
        ),
        (
            f"12. Lovelace, A. M., Hopper, G.: {WOOL}. In: {VENUE}, pp. 59–98 (2017). {DOI}",
            TWO,
            "2017",
            VENUE,
            DOI,
        ),
        (
            f"Lovelace, A. M. and Hopper, G. (2017) ‘{WOOL}’, arXiv. doi: 10.1000/wool.1.",
            TWO,
            "2017",
            None,
            DOI,
        ),
        (f"LoomAI. {WOOL}, 2023. URL {LINK}.", ("LoomAI",), "2023", None, LINK),
        (f"LoomAI (2023). {WOOL}. {LINK}", ("LoomAI",), "2023", None, LINK),
        (
            f"van den Reed, A., Müller-Loom, J.-P., & O'Wool, B. (2018). {WOOL}. {LINK}",
            ("A. van den Reed", "J.-P. Müller-Loom", "B. O'Wool"),
            "2018",
            None,
            LINK,
        ),
        (
            f"Ada Lovelace, Daniel Y. Hopper, Mary Jackson: {WOOL}. Looms 2022. {LINK}",
            ("Ada Lovelace", "Daniel Y. Hopper", "Mary Jackson"),
            "2022",
            "Looms",
            LINK,
        ),
    ],
)
def test_a_reference_is_read_in_any_usual_style(
    written: str, names: tuple[str, ...], published: str, venue: str | None, url: str | None
) -> None:
    found = read_citation(normalize(written, {}))
    assert found is not None
    assert (found.title, found.people.names, found.people.is_whole) == (WOOL, names, True)
    assert (found.published, found.venue, found.url) == (published, venue, url)


@pytest.mark.parametrize(
    "people",
    [
        "Lovelace, A. et al.",
        "Lovelace, Ada, et al.",
        "A. Lovelace et al.",
        "Lovelace, A., . . . Hopper, G.",
    ],
)
def test_who_is_left_out_of_a_reference_is_not_made_up(people: str) -> None:
    found = read_citation(normalize(f"{people} (2020). {WOOL}. {LINK}", {}))
    assert found is not None
    assert (found.title, found.people.is_whole) == (WOOL, False)


@pytest.mark.parametrize(
    "line",
    [
        f"Smith et al. (2024) showed that wool is good. See {LINK}",
        f"Last week, Smith et al. (2024) published Wool. {LINK}",
        f"Looms That Learn. We study the wool. 2025. {LINK}",
        f"New from Loom Labs: Wool Robotics. Read it at {LINK}",
        f"Great Paper. Amazing Results by Looms. {LINK} (2025)",
        f"Looms That Learn (2025) - Ada Lovelace, Grace Hopper {LINK}",
        f"Wool, Looms, and Spindles: A Study of the Weaving {LINK}",
    ],
)
def test_a_line_that_only_names_people_or_a_year_is_no_reference(line: str) -> None:
    assert read_citation(normalize(line, {})) is None


def entries(text: str) -> list[Entry]:
    (digest,) = read_digest("list.txt", text.encode())
    assert digest.refusals == ()
    return list(digest.entries)


LIST = (
    f"Lovelace, A. M., & Hopper, G. (2020). {WOOL}. {VENUE}, 33, 1877. {DOI}",
    "Hopper, G. (2021). On spindles. arXiv preprint arXiv:2501.00002.",
    "Jackson, M., Lovelace, A. M., & Hopper, G. (2022). Carding at scale: A long study. Looms, 3.",
)


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("mark", ["", "- ", "[{}] ", "{}. "])
@pytest.mark.parametrize("wrapped", [False, True])
def test_a_list_of_references_is_read(between: str, mark: str, wrapped: bool) -> None:
    lines = [mark.format(number) + line for number, line in enumerate(LIST, 1)]
    if wrapped:
        lines = [line.replace("). ", ").\n   ", 1).replace("& ", "&\n   ") for line in lines]
    found = entries(f"References\n\n{between.join(lines)}\n")
    assert [(entry.title, entry.doi or entry.arxiv, str(entry.published)) for entry in found] == [
        (WOOL, "10.1000/wool.1", "2020"),
        ("On spindles", "2501.00002", "2021"),
        ("Carding at scale: A long study", None, "2022"),
    ]
    assert [entry.authors for entry in found] == [
        TWO,
        ("G. Hopper",),
        ("M. Jackson", "A. M. Lovelace", "G. Hopper"),
    ]


def test_a_word_that_a_line_s_end_divides_is_whole() -> None:
    text = f"{LIST[0]}\nHopper, G. (2021). On spin-\ndles. arXiv:2501.00002.\n"
    assert [entry.title for entry in entries(text)] == [WOOL, "On spindles"]


def test_a_reference_that_goes_on_begins_with_a_name_of_any_kind() -> None:
    text = "Jane van der Doe et al. On spindles and\ncards. arXiv preprint arXiv:2501.00002.\n"
    assert [(entry.title, entry.arxiv) for entry in entries(f"{LIST[0]}\n\n{text}")] == [
        (WOOL, None),
        ("On spindles and cards", "2501.00002"),
    ]


def test_references_are_read_where_none_leads_anywhere_but_one_alone_is_not() -> None:
    assert [
        entry.title for entry in entries(f"{LIST[2]}\n{LIST[2].replace('Card', 'Sort')}\n")
    ] == [
        "Carding at scale: A long study",
        "Sorting at scale: A long study",
    ]
    with pytest.raises(DigestError):
        entries(f"{LIST[2]}\n")


def test_a_doi_that_arxiv_gives_is_its_identifier() -> None:
    text = f"- [{WOOL}](https://doi.org/10.48550/arXiv.2501.00001)\n- [Looms]({LINK[:-1]}2)\n"
    assert [(entry.arxiv, entry.doi) for entry in entries(text)] == [
        ("2501.00001", None),
        ("2501.00002", None),
    ]


@pytest.mark.parametrize(
    ("written", "title", "venue"),
    [
        ("Is wool so? A negative one. Looms, 3, 2025.", "Is wool so? A negative one", "Looms"),
        ("Is wool enough? Journal of Looms, 3, 2025.", "Is wool enough?", VENUE),
        ("Is wool enough? arXiv preprint, 2025.", "Is wool enough?", None),
        ("Is wool enough? LOOM 2025.", "Is wool enough?", "LOOM"),
    ],
)
def test_a_question_may_be_a_title_or_its_beginning(
    written: str, title: str, venue: str | None
) -> None:
    found = read_citation(normalize(f"Ada Lovelace and Grace Hopper. {written} {LINK}", {}))
    assert found is not None
    assert (found.title, found.venue, found.published) == (title, venue, "2025")


def test_one_name_is_enough_where_others_are_several() -> None:
    people = ("Ada Lovelace, Grace Hopper", "John Smith", "Mary Jackson and P. V. Roe")
    titles = ("Looms that learn", "Carding at Scale", "Is wool enough? A negative result")
    for form in ("{p}. {t}. Looms, 2025. [pdf] {u}\n", "- {t}. {p}. Looms 2025. [PDF]({u})\n"):
        text = "".join(
            form.format(p=names, t=title, u=f"https://arxiv.org/abs/2501.0000{n}")
            for n, (names, title) in enumerate(zip(people, titles, strict=True), 1)
        )
        found = entries(f"Publications\n\n{text}")
        assert [(entry.title, entry.arxiv) for entry in found] == [
            (title, f"2501.0000{n}") for n, title in enumerate(titles, 1)
        ]
        assert [len(entry.authors or ()) for entry in found] == [2, 1, 2]


@pytest.mark.parametrize("number", ["", "[{}] "])
def test_a_reference_s_lines_may_begin_as_titles_and_labels_do(number: str) -> None:
    first = "Ada Lovelace, Grace M. Hopper. WeaveFormer:\nTeaching Looms to Reason. arXiv preprint"
    second = "Jane Doe, Xin Li. Do Wheels Dream? On Self-\nSupervision in Yarn. arXiv preprint"
    lists = (f"{first}\narXiv:2511.04321, 2025.\n", f"{second} arXiv:2511.04455, 2025.\n")
    text = "".join(number.format(n) + said for n, said in enumerate(lists, 1))
    assert [(entry.title, entry.arxiv) for entry in entries(text)] == [
        ("WeaveFormer: Teaching Looms to Reason", "2511.04321"),
        ("Do Wheels Dream? On Self-Supervision in Yarn", "2511.04455"),
    ]


def test_lines_of_one_cell_below_several_names_are_no_table() -> None:
    text = "Title\tCited by\tYear\n" + "".join(
        f"Looms {n}\nA. Lovelace\nJournal\t9\t2025\n" for n in range(4)
    )
    with pytest.raises(DigestError):
        entries(text)


def test_a_journal_s_day_and_a_journal_of_one_word_are_read() -> None:
    text = (
        "1. Lovelace A, Hopper GB. Looms that learn: a study of weaving. Nature. 2026 Jan "
        "7;650(8001):12-19. doi: 10.1000/looms. Epub 2026 Jan 7. PMID: 41234567.\n"
        "2. Noether E, Hopper GB. Knots that hold the world. Lancet. 2025 Mar;26(3):12-9. "
        "PMCID: PMC1234567.\n"
    )
    (digest,) = read_digest("list.txt", text.encode())
    assert [entry.venue for entry in digest.entries] == ["Nature", "Lancet"]
    assert [str(entry.published) for entry in digest.entries] == ["2026-01-07", "2025-03"]
    assert [entry.blurb for entry in digest.entries] == [None, None]

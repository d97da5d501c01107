"""Citations: what other programs read of them, and that the browser's are the same."""

from __future__ import annotations

import itertools
import json
import random
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import bibtexparser.entrypoint
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors
from bibtexparser.middlewares.names import parse_single_name_into_parts
from citeproc.source.json import CiteProcJSON
from daybook.catalogue.bibtex import bibtex, latex_letters
from daybook.catalogue.citing import Work, apa, chicago, csl, mla, ris, work_of
from daybook.catalogue.name_parts import is_plain, name_parts
from daybook.records import Paper, PartialDate

from .small_archive import FAKING, PLAIN, SEEING, UNKNOWN, YEAR_ONLY, paper

PAGE = "https://papers.example.org/papers/x.html"
HOSTILE = (
    "A title with } and { and {{ unbalanced \\",
    "100% of $5 & #1_2 ~ ^ @article{x, title={y}}",
    "<script>alert(1)</script> \"quoted\" 'single' `back`",
    "深度学习 – “curly” – naïve Ångström",
    "TY  - JOUR\r\nER  - \r\n",
    "-- --- '' `` end.",
    "Is this a question? Nguyễn ő ş ẽ Å ß æ … “q”",
    "β-VAE with SMIX(λ) over Ω",
)
NOTE = (
    "First {line}: 100% of $5 & #1_2 ~ ^ \\emph{a} 'q' -- “b” naïve\n\n  \\indented\n"
    "@article{b, title={No}}\nER  - \nTY  - JOUR\nN1  - x\n\n\nend, doi = {10.1000/other}"
)
TAGS = ("C++ & #1", "a;b", "naïve", "100% {of} x_y")
"""What a reader may write of a paper."""
NAMES = (
    "Zoë Łukasz",
    "Ada van Dyke",
    "Bo Chen Jr.",
    "Ada Byron, Jr.",
    "Red Team II",
    "The Card Collaboration",
    "Jean-Pierre de la Cruz III",
    "张三",
    "Salt and Pepper",
    "The Team, Inc.",
    "J. R. R. Tolkien",
    'Eve "><script>',
    "{Brace} %Percent",
    "others",
    "O’Neil d'Arc",
)


def many() -> list[Paper]:
    """Give papers with every title and many ways to be named, dated and published."""
    chance = random.Random(7)
    venues = (
        None,
        "NeurIPS 2023",
        "Findings of ACL 2023 and 2024",
        "IEEE Transactions on Things",
        "Some workshop",
        "Nature & co",
    )
    dates = (None, PartialDate(2024), PartialDate(2024, 5), PartialDate(2023, 12, 9))
    return (
        [FAKING, SEEING, UNKNOWN, YEAR_ONLY]
        + [
            paper(
                number + 10,
                title=HOSTILE[number % len(HOSTILE)],
                authors=tuple(chance.choices(NAMES, k=chance.choice((0, 1, 2, 3, 9, 11, 25))))
                or None,
                author_count=chance.choice((None, 30)),
                venue=chance.choice(venues),
                published=chance.choice(dates),
                arxiv=chance.choice((None, "2401.00001", "math/0309136")),
                doi=chance.choice((None, "10.1000/a_b(c)<d>")),
                abstract=chance.choice((None, HOSTILE[0], "First.\n\nSecond.")),
                keywords=chance.choice(((), ("a b", "c"), TAGS)),
            )
            for number in range(150)
        ]
        + [paper(200, title="Very many", authors=tuple(f"Ada Number{n}" for n in range(150)))]
    )


def works() -> list[Work]:
    cited = [work_of(one, PAGE) for one in many()]
    return [replace(work, note=NOTE * (place % 2)) for place, work in enumerate(cited)]


def as_json(work: Work) -> Mapping[str, Any]:
    known = asdict(work) | {"date": work.date and str(work.date)}
    return {name: value for name, value in known.items() if value}


def test_the_browser_cites_as_python_does(project: Path) -> None:
    done = subprocess.run(
        ["node", project / "tests/js/citing.js"],
        input=json.dumps([as_json(work) for work in works()]),
        capture_output=True,
        text=True,
        check=True,
    )
    for work, cited in zip(works(), json.loads(done.stdout), strict=True):
        own = {"ris": ris(work), "csl": csl(work), "apa": apa(work), "mla": mla(work)}
        own |= {"chicago": chicago(work), "ascii": latex_letters(cited["bibtex"])}
        assert {name: cited[name] for name in own} == own


def test_the_browsers_bibtex_says_what_the_pages_does(project: Path) -> None:
    plain = [replace(one, categories=(), keywords=()) for one in many() if "$" not in one.title]
    done = subprocess.run(
        ["node", project / "tests/js/citing.js"],
        input=json.dumps([as_json(work_of(one, PAGE)) for one in plain]),
        capture_output=True,
        text=True,
        check=True,
    )
    for one, cited in zip(plain, json.loads(done.stdout), strict=True):
        tidy = replace(one, title=" ".join(one.title.split()))
        expected = bibtex(tidy, PAGE)
        if len(one.authors or ()) > 100:
            assert " and others}" in expected
        assert cited["bibtex"].replace(" and others}", "}") == expected.replace(" and others}", "}")


def test_what_a_reader_says_is_in_the_bibtex_of_a_list(project: Path) -> None:
    done = subprocess.run(
        ["node", project / "tests/js/citing.js"],
        input=json.dumps([as_json(work) for work in works()]),
        capture_output=True,
        text=True,
        check=True,
    )
    for form in ("bibtex", "ascii"):
        text = "\n".join(cited[form] for cited in json.loads(done.stdout))
        library = bibtexparser.entrypoint.parse_string(
            text, append_middleware=[LatexDecodingMiddleware()]
        )
        assert not library.failed_blocks
        for work, entry in zip(works(), library.entries, strict=True):
            said = {field.key: field.value for field in entry.fields}
            assert entry.key == work.id
            assert said.get("keywords", "") == ", ".join(work.keywords)
            note = said.get("annote", "")
            for sign, read in {"^": "ˆ", "~": "˜", "“": "``", "”": "''"}.items():
                note = note.replace(read, sign)  # as the parser has them
            assert note.split() == work.note.split()
            if form == "bibtex":
                assert note.count("\n") == work.note.count("\n")
            assert said.get("doi", "") in {"", "10.1000/a_b(c)<d>", FAKING.doi}


def test_ris_reads_back_in_rispy_with_hostile_titles_and_names() -> None:
    texts = works()
    read: Sequence[Mapping[str, Any]] = rispy.loads("".join(map(ris, texts)))
    assert len(read) == len(texts)
    for work, record in zip(texts, read, strict=True):
        assert record["title"] == work.title
        assert record["id"] == work.id
        names = [" ".join(name.replace(",", " ").split()) for name in work.authors]
        turned = [_straight(name) for name in record.get("authors", [])]
        assert turned == names
        assert record.get("doi", "") == work.doi
        assert record.get("keywords", []) == list(work.keywords)
        assert record.get("notes", []) == [line.strip() for line in work.note.splitlines()]
        assert record.get("year", "") == (f"{work.date.year}" if work.date else "")


def _straight(name: str) -> str:
    family, *rest = name.split(", ")
    given, suffix = [*rest, "", ""][:2]
    return " ".join(filter(None, (given, family, suffix)))


def test_csl_names_have_parts_and_unknown_values_are_left_out() -> None:
    item = csl(work_of(FAKING, PAGE))
    assert item["author"] == [
        {"family": "Łukasz", "given": "Zoë"},
        {"family": "van Dyke", "given": "Ada"},
        {"family": "Chen", "given": "Bo", "suffix": "Jr."},
    ]
    assert item["issued"] == {"date-parts": [[2024, 12, 18]]}
    assert (item["type"], item["container-title"]) == ("paper-conference", "NeurIPS 2024")
    assert csl(work_of(UNKNOWN, PAGE)) == {
        "id": "nobody-knows",
        "type": "article",
        "title": "Nobody knows",
        "URL": PAGE,
    }
    assert csl(work_of(SEEING, PAGE))["author"][1] == {"literal": "张三"}  # type: ignore[index]


def test_texts_are_in_the_three_manners() -> None:
    work = work_of(FAKING, PAGE)
    assert apa(work) == (
        f"Łukasz, Z., van Dyke, A., & Chen, B., Jr. (2024). {PLAIN}. NeurIPS 2024. "
        "https://arxiv.org/abs/2412.00001"
    )
    assert mla(work) == (
        f"Łukasz, Zoë, et al. “{PLAIN}.” NeurIPS 2024, 18 Dec. 2024, arxiv.org/abs/2412.00001."
    )
    assert chicago(work) == (
        f"Łukasz, Zoë, Ada van Dyke, and Bo Chen Jr. 2024. “{PLAIN}.” NeurIPS 2024. "
        "https://arxiv.org/abs/2412.00001."
    )
    nobody = work_of(UNKNOWN, PAGE)
    assert apa(nobody) == f"Nobody knows. (n.d.). {PAGE}"
    assert chicago(nobody) == f"“Nobody knows.” n.d. {PAGE}."


def test_many_authors_are_cut_as_each_manner_says() -> None:
    work = Work("x", "T", tuple(f"A{n} B{n}" for n in range(25)))
    assert "B18, A., . . . B24, A. (n.d.)" in apa(work)
    assert chicago(work).startswith("B0, A0, A1 B1,")
    assert "A6 B6, et al. n.d." in chicago(work)
    assert mla(work) == "B0, A0, et al. “T.”"


@pytest.mark.parametrize(
    ("name", "family", "given", "suffix"),
    [
        ("Ada van der Dyke", "van der Dyke", "Ada", ""),
        ("Van Dyke", "Dyke", "Van", ""),
        ("Bo Chen Jr.", "Chen", "Bo", "Jr."),
        ("张三", "张三", "", ""),
        ("de Finetti", "Finetti", "de", ""),
        ("The Card Collaboration", "The Card Collaboration", "", ""),
        ("Llama Team, AI @ Meta", "Llama Team AI @ Meta", "", ""),
    ],
)
def test_names_are_parted_as_their_spelling_tells(
    name: str, family: str, given: str, suffix: str
) -> None:
    parts = name_parts(name)
    assert (parts.family, parts.given, parts.suffix) == (family, given, suffix)


def test_a_name_without_anything_to_tell_of_is_plain() -> None:
    words = ("Ada", "van", "Byron", "Jr.", "Byron,", "iii,", "TEAM", "team,", "\u0130\u0130")
    told = [" ".join(chosen) for n in range(5) for chosen in itertools.product(words, repeat=n)]
    for name in told:
        parts = name_parts(name)
        parted = not parts.suffix and (parts.given or " " not in parts.family)
        assert parted or not is_plain(name), name
    assert sum(map(is_plain, told)) > len(told) / 10


def test_bibtex_says_what_is_a_suffix_and_who_is_a_group() -> None:
    names = ("Bo Chen Jr.", "Ada Byron, Jr.", "The Card Collaboration", "Ludwig van Beethoven")
    text = bibtex(replace(paper(1), authors=names), None)
    (entry,) = bibtexparser.entrypoint.parse_string(
        text, append_middleware=[SeparateCoAuthors()]
    ).entries
    people = [parse_single_name_into_parts(name) for name in entry["author"]]
    assert [(" ".join(p.von + p.last), p.jr, p.first) for p in people] == [
        ("Chen", ["Jr."], ["Bo"]),
        ("Byron", ["Jr."], ["Ada"]),
        ("{The Card Collaboration}", [], []),
        ("van Beethoven", [], ["Ludwig"]),
    ]


def test_letters_become_latex_commands_where_there_are_some() -> None:
    assert latex_letters("Zoë Łukasz, Ångström, Çelik, ő, ẽ – “q”") == (
        r"Zo{\"{e}} {\L}ukasz, {\AA}ngstr{\"{o}}m, {\c{C}}elik, {\H{o}}, {\~{e}} -- ``q''"
    )
    assert latex_letters("张三 ∞") == "张三 ∞"
    assert latex_letters("β of Ω") == r"{\ensuremath{\beta}} of {\ensuremath{\Omega}}"


def test_csl_json_reads_back_in_citeproc_with_hostile_titles_and_names() -> None:
    texts = [replace(work, id=f"{place}") for place, work in enumerate(works())]
    read = CiteProcJSON(json.loads(json.dumps(list(map(csl, texts)))))
    for work in texts:
        record = read[work.id]
        assert str(record.title) == work.title
        assert str(record.get("note", "")) == work.note
        assert len(record.get("author", ())) == len(work.authors)
        if work.date:
            assert int(record.issued.year) == work.date.year

"""Records under labels and columns as people name them; each paper has what is said of it alone."""

from __future__ import annotations

import json

import pytest
from daybook.digests import read_digest
from daybook.records import Entry

LINK = "https://arxiv.org/abs/2402.0000{}"


def read(text: str, name: str = "list.md") -> tuple[Entry, ...]:
    (digest,) = read_digest(name, text.encode())
    assert digest.refusals == ()
    return digest.entries


@pytest.mark.parametrize(
    "record",
    [
        "- **Title:** {t}\n  **Authors:** Ada One, Bo Two\n  **URL:** {u}\n",
        "**Paper:** {t}\n**Author(s):** Ada One, Bo Two\n**Link:** {u}\n\n---\n\n",
        "TITLE: {t}\nAUTHOR(S): Ada One; Bo Two\nLINK: {u}\n----------\n",
        "论文：{t}\n作者：Ada One, Bo Two\n链接：{u}\n\n",
    ],
)
def test_each_record_under_labels_is_a_paper_with_its_people(record: str) -> None:
    before = f"> [Where cranes rest]({LINK.format(1)})\n\n" if record.startswith("-") else ""
    text = before + "".join(
        record.format(t=title, u=LINK.format(number))
        for number, title in ((2, "Where storks rest"), (3, "Where gulls go"))
    )
    found = [(entry.title, entry.arxiv, entry.authors, entry.blurb) for entry in read(text)]
    assert found[-2:] == [
        ("Where storks rest", "2402.00002", ("Ada One", "Bo Two"), None),
        ("Where gulls go", "2402.00003", ("Ada One", "Bo Two"), None),
    ]
    assert [title for title, *_ in found[:-2]] == ["Where cranes rest"] * bool(before)
    assert all(authors is None for _, _, authors, _ in found[:-2])


@pytest.mark.parametrize(
    ("named", "ids"),
    [("DOI: 10.1000/182", (None, "10.1000/182")), ("**arXiv:** 2402.00002", ("2402.00002", None))],
)
def test_a_record_of_a_title_and_an_identifier_is_a_paper(
    named: str, ids: tuple[str | None, str | None]
) -> None:
    (_, entry) = read(
        f"- [Where gulls go]({LINK.format(3)})\n- **Title:** Where storks rest\n  {named}\n"
    )
    assert (entry.title, entry.arxiv, entry.doi) == ("Where storks rest", *ids)


@pytest.mark.parametrize(
    "line", ["Paper: see the link above", "Paper: It says where storks rest.", "Paper: PDF"]
)
def test_what_stands_behind_paper_and_is_no_title_is_none(line: str) -> None:
    for text in (
        f"## Where storks rest\n\nPaper: {LINK.format(2)}\n{line}\nAbstract: They rest.\n",
        f"[Where storks rest]({LINK.format(2)})\n{line}\nAbstract: They rest.\n",
    ):
        (entry,) = read(text)
        assert (entry.title, entry.arxiv) == ("Where storks rest", "2402.00002")
        assert entry.abstract == "They rest."


NAMES = ("Paper title", "Paper authors", "Paper link", "Paper abstract", "Publication year")


@pytest.mark.parametrize("sign", [" ", "_", ""])
def test_columns_that_say_that_they_are_the_papers_are_known(sign: str) -> None:
    names = [name.replace(" ", sign) for name in NAMES]
    values = ["Where storks rest", "Ada One, Bo Two", LINK.format(2), "They rest.", "2024"]
    table = f"Number,{','.join(names)}\n7," + ",".join(f'"{value}"' for value in values) + "\n"
    listed = json.dumps([dict(zip(names, values, strict=True))])
    for (entry,) in (read(table, "list.csv"), read(listed, "list.json")):
        assert (entry.title, entry.arxiv, entry.abstract) == (values[0], "2402.00002", values[3])
        assert (entry.authors, str(entry.published)) == (("Ada One", "Bo Two"), "2024")

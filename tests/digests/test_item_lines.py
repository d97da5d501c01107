"""Lines of a title and an address, comments behind links, and people where others have theirs."""

from __future__ import annotations

import pytest
from daybook.digests import read_digest
from daybook.errors import DigestError
from daybook.records import Entry

IDS = ("2501.00001", "2501.00002", "2501.00003")
TITLES = ("Looms That Learn: A Study of the Weaving", "Is Silk All You Need?", "Deep Wool")
PEOPLE = ("Ada Lovelace, Grace Hopper", "Jane Doe, Richard Roe", "John Smith")
SPLIT = [("Ada Lovelace", "Grace Hopper"), ("Jane Doe", "Richard Roe"), ("John Smith",)]


def entries(text: str, name: str = "list.txt") -> list[Entry]:
    (digest,) = read_digest(name, text.encode())
    assert digest.refusals == ()
    return list(digest.entries)


def written(line: str) -> str:
    rows = zip(TITLES, IDS, PEOPLE, strict=True)
    told = {"remark": "a remark that goes on for longer than its title, as remarks on papers do."}
    return "".join(line.format(t=title, i=number, p=names, **told) for title, number, names in rows)


@pytest.mark.parametrize(
    "line",
    [
        "{t} – https://arxiv.org/abs/{i}\n",
        "{t}: arXiv:{i}\n\n",
        "{t} (https://huggingface.co/papers/{i})\n",
        "{t} [{i}]\n",
        "https://arxiv.org/abs/{i} – {t}\n",
        "{i}: {t}\n",
        "[{i}] {t}\n",
        "[arXiv:{i}v2] {t}\n",
        "1) {t} [https://arxiv.org/abs/{i}]\n",
        "{t}\narxiv.org/abs/{i}\n\n",
        "{t}\nwww.huggingface.co/papers/{i}\n\n",
        "**[{t}](https://arxiv.org/abs/{i})** — {remark}\n\n",
        "- [[{t}]] https://arxiv.org/abs/{i}\n",
    ],
)
def test_a_title_and_its_address_in_a_line_are_a_paper(line: str) -> None:
    found = entries(f"Papers\n\n{written(line)}")
    assert [(entry.title, entry.arxiv) for entry in found] == list(zip(TITLES, IDS, strict=True))


@pytest.mark.parametrize(
    "line",
    [
        "see also {i}: the paper of last week\n",
        "Bob said that this one is good: https://arxiv.org/abs/{i}.\nIndeed.\nWho reads it?\n",
    ],
)
def test_a_line_that_only_speaks_of_a_paper_is_none(line: str) -> None:
    with pytest.raises(DigestError):
        entries(written(line))


@pytest.mark.parametrize(
    "line",
    [
        "- [{t}](https://arxiv.org/abs/{i}) ({p})\n",
        "- [{t}](https://arxiv.org/abs/{i}), {p}\n",
        '"{t}", {p}, https://arxiv.org/abs/{i}\n',
        "→ [{t}](https://arxiv.org/abs/{i}) by {p}\n\n",
        "📄 **{t}**\n🔗 https://arxiv.org/abs/{i}\n👥 {p}\n\n",
        "**{t}**  \n{p}  \n*arXiv 2025* [[paper]](https://arxiv.org/abs/{i})\n\n",
        "<summary><b>{t} at large</b> - {p}</summary>\n\n[arXiv](https://arxiv.org/abs/{i})\n\n",
        "## {t}\n- authors:: {p}\n- url:: https://arxiv.org/abs/{i}\n\n",
        "- id: loom\n  title: {t}\n  authors: {p}\n  URL: https://arxiv.org/abs/{i}\n",
    ],
)
def test_people_are_read_where_a_list_has_them_though_one_paper_has_but_one(line: str) -> None:
    found = entries(written(line), "list.md")
    assert [entry.title.removesuffix(" at large") for entry in found] == list(TITLES)
    assert [(entry.arxiv, entry.authors) for entry in found] == list(zip(IDS, SPLIT, strict=True))


@pytest.mark.parametrize("first", ["Machine Learning", "A note", "Example University", "Nature"])
def test_what_is_no_person_s_name_stays_a_remark(first: str) -> None:
    people = (*PEOPLE[:2], first)
    text = "".join(
        f"- [{title}](https://arxiv.org/abs/{number})\n  {said}\n"
        for title, number, said in zip(TITLES, IDS, people, strict=True)
    )
    assert [entry.authors for entry in entries(text)] == [*SPLIT[:2], None]


def test_people_behind_a_title_are_none_of_it() -> None:
    text = written("- {t} (Lovelace et al., 2024) https://arxiv.org/abs/{i}\n")
    found = entries(text)
    assert [(entry.title, str(entry.published)) for entry in found] == [
        (title, "2024") for title in TITLES
    ]


@pytest.mark.parametrize(
    "item",
    [
        "- 2402.00002 Where storks rest",
        "- [2402.00002] Where storks rest",
        "* [ ] arXiv:2402.00002v2 — Where storks rest",
        "1. 2402.00002: Where storks rest",
        "2) Where storks rest (2402.00002)",
        "- Where storks rest (arXiv:2402.00002)",
        '- "Where storks rest", 2402.00002',
    ],
)
def test_a_marked_item_with_a_number_of_arxivs_is_a_paper(item: str) -> None:
    (digest,) = read_digest("list.md", f"# Storks\n\n{item}\n".encode())
    found = [(entry.title, entry.arxiv, entry.line) for entry in digest.entries]
    assert (found, digest.refusals) == ([("Where storks rest", "2402.00002", 3)], ())


@pytest.mark.parametrize(
    "item",
    ["- see 2402.00002", "- Where storks rest (2402.00002), as Ada says", "- 2402.00002 rest"],
)
def test_an_item_with_such_a_number_that_is_no_paper_is_told(item: str) -> None:
    text = f"- [Where gulls rest](https://arxiv.org/abs/2402.00003)\n{item}\n"
    (digest,) = read_digest("list.md", text.encode())
    assert [entry.title for entry in digest.entries] == ["Where gulls rest"]
    (told,) = digest.refusals
    assert (told.line, "2402.00002" in told.message) == (2, True)


@pytest.mark.parametrize("item", ["- the loss was 2402.0002", "- it took 12402.00002 seconds"])
def test_a_measurement_in_an_item_is_none(item: str) -> None:
    text = f"- [Where gulls rest](https://arxiv.org/abs/2402.00003)\n{item}\n"
    (digest,) = read_digest("list.md", text.encode())
    assert (len(digest.entries), digest.refusals) == (1, ())

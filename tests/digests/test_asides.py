"""What stands above an address and is no title: speakers of a chat, and what a list asks for."""

from __future__ import annotations

import pytest
from daybook.digests import read_digest
from daybook.digests.asides import leads_to_address, speakers
from daybook.errors import DigestError

ONE, TWO, THREE = (f"https://arxiv.org/abs/2501.0000{number}" for number in (1, 2, 3))


@pytest.mark.parametrize(
    "line",
    [
        "Bob, 1:05 PM",
        "Bob Miller  1:05 PM",
        "bob — Today at 1:05 PM",
        "alice — 11/20/2026 1:07 PM",
        "Ada Lovelace, [20.11.2026 13:05]",
        "[1:05 PM] Ada Lovelace",
        "Ada  Friday at 13:05 (edited)",
        "  1:05 PM",
        "Yesterday at 13:07",
        "王伟  下午 1:05",
    ],
)
def test_a_line_that_says_who_spoke_when_says_nothing_else(line: str) -> None:
    assert speakers(["", line, ONE]) == {1}


def test_a_name_above_a_time_is_who_spoke() -> None:
    assert speakers(["Bob Miller", "  1:05 PM", ONE, "Looms That Learn", ONE]) == {0, 1}


@pytest.mark.parametrize(
    "line",
    [
        "Looms That Learn at 12:30",
        "Published: 2025-03-01 13:05",
        "10:15 Ways to Weave with Looms, Wool and Spindles",
        "On the 16:10 Ratio of Looms",
        f"Bob, 1:05 PM {ONE}",
    ],
)
def test_a_title_with_a_time_in_it_is_a_title(line: str) -> None:
    assert speakers(["", line, ONE]) == frozenset()


@pytest.mark.parametrize("above", ["Bob, 1:05 PM", "Bob\n  1:05 PM", "bob — Today at 1:05 PM"])
def test_who_shared_a_paper_is_not_its_title(above: str) -> None:
    text = f"Papers channel\n\n{above}\nseen this? {ONE}\n\n{above}\nLooms That Learn\n{TWO}\n"
    (digest,) = read_digest("chat.txt", text.encode())
    assert [(entry.title, entry.arxiv) for entry in digest.entries] == [
        ("Looms That Learn", "2501.00002")
    ]
    assert ["2501.00001" in refusal.message for refusal in digest.refusals] == [True]
    with pytest.raises(DigestError, match="found no paper"):
        read_digest("chat.txt", f"{above}\n{ONE}\n\n{above}\n{TWO}\n".encode())


@pytest.mark.parametrize(
    "asked",
    [
        "If you use this list, please cite:",
        "Please cite the following papers if you use this list",
        "If you find our work useful, consider giving it a star and a citation",
        "Our survey is on",
        "如果本列表对您有帮助，请引用",
    ],
)
def test_what_a_list_asks_its_readers_is_no_title(asked: str) -> None:
    assert leads_to_address(asked)
    text = f"# Looms\n\n{asked}\n{ONE}\n\n- [Wool at Scale]({TWO})\n- [Carding]({THREE})\n"
    (digest,) = read_digest("list.md", text.encode())
    assert [entry.title for entry in digest.entries] == ["Wool at Scale", "Carding"]
    assert ["2501.00001" in refusal.message for refusal in digest.refusals] == [True]


@pytest.mark.parametrize("title", ["Do Models Cite What They Read", "How to Follow a Star"])
def test_a_title_about_citing_is_one(title: str) -> None:
    assert not leads_to_address(title)
    (digest,) = read_digest("list.txt", f"{title}\n{ONE}\n\nWool at Scale\n{TWO}\n".encode())
    assert [entry.title for entry in digest.entries] == [title, "Wool at Scale"]


def test_a_picture_s_address_with_brackets_is_a_picture_s() -> None:
    badge = f"[![Paper (v2)](https://x.example/badge/Looms_(v2)-red.svg)]({ONE})"
    text = (
        f"# Looms\n\n{badge}\n\n- Wool at Scale {badge.replace(ONE, TWO)}\n- [Carding]({THREE})\n"
    )
    (digest,) = read_digest("list.md", text.encode())
    assert [entry.title for entry in digest.entries] == ["Wool at Scale", "Carding"]


def test_a_page_s_own_badge_is_that_of_no_paper_in_its_list() -> None:
    badge = f"[![arXiv](https://x.example/arXiv-2501.00001-red.svg)]({ONE})"
    text = f"# Looms {badge}\n\n## Papers\n\n- [Wool at Scale]({TWO})\n- [Carding]({THREE})\n"
    (digest,) = read_digest("list.md", text.encode())
    assert [entry.title for entry in digest.entries] == ["Wool at Scale", "Carding"]
    assert [(refusal.line, refusal.fatal) for refusal in digest.refusals] == [(1, False)]
    (alone,) = read_digest("paper.md", f"# Looms That Learn {badge}\n\nWe weave.\n".encode())
    assert [entry.title for entry in alone.entries] == ["Looms That Learn"]


def test_a_picture_leads_to_a_paper_where_no_words_do() -> None:
    pictures = [f'<a href="{url}"><img src="x.svg" alt="arXiv badge"></a>' for url in (ONE, TWO)]
    page = (
        f"<html><body><h1>Looms</h1><ul><li>Wool, at Scale, <em>Ada One, Bo Two</em> {pictures[0]}"
        f'<li><a href="{TWO}">Carding</a> {pictures[1]}</ul></body></html>'
    )
    (digest,) = read_digest("list.html", page.encode())
    assert [(entry.title, entry.authors) for entry in digest.entries] == [
        ("Wool, at Scale", ("Ada One", "Bo Two")),
        ("Carding", None),
    ]
    assert digest.refusals == ()

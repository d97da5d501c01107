"""A page saved mid-load, in every layout: what stands before the cut is read, the rest is told."""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from daybook.digests import read_digest
from daybook.errors import DigestError
from daybook.records import Digest
from hypothesis import given
from hypothesis import strategies as st

from .cuts import ENDED, faults, samples

Paper = tuple[str, str]
"""A title and an arXiv id."""
CUTS = 24

WORDS = "Words in place of an abstract, and some more of them."


def rendering(paper: Paper) -> str:
    title, number = paper
    return (
        f"[3](https://huggingface.co/login?next=%2Fpapers%2F{number})\n\n"
        f"### [{title}](https://huggingface.co/papers/{number})\n\n"
        f"[{WORDS}](https://huggingface.co/papers/{number})\n\n"
        f"[- 2 authors](https://huggingface.co/papers/{number})\n\n·\n\nMay 29, 2025\n\n"
    )


def references(paper: Paper) -> str:
    tail = "[\n* 2 authors\n][34]\n·\nMay 29, 2025\n"
    return f"[\n3\n][31]\n\n### [{paper[0]}][32]\n\n[\n\n{WORDS}\n\n][33]\n{tail}"


def listing(paper: Paper) -> str:
    title, number = paper
    return (
        f'<dt><a href="/abs/{number}" title="Abstract">arXiv:{number}</a></dt>\n<dd>'
        f'<div class="list-title mathjax"><span>Title:</span> {title}</div>'
        f'<div class="list-authors"><a href="#">Ada Lovelace</a></div><p>{WORDS}</p></dd>\n'
    )


def section(paper: Paper) -> str:
    title, number = paper
    return f"### [{title}](https://arxiv.org/abs/{number})\n\nAuthors: Ada Lovelace\n\n{WORDS}\n\n"


def bullet(paper: Paper) -> str:
    return f"- **{paper[0]}** [[paper]](https://arxiv.org/abs/{paper[1]}) {WORDS}\n"


def paragraph(paper: Paper) -> str:
    link = f"[[PDF](https://arxiv.org/abs/{paper[1]})]"
    return f"**{paper[0]}.**<br>\n*Ada Lovelace, Grace Hopper.*<br>\nICLR 2024. {link}\n\n"


def article(paper: Paper) -> str:
    link = f'<a href="https://arxiv.org/abs/{paper[1]}">arXiv:{paper[1]}</a>'
    data = f"<p>Ada Lovelace, Grace Hopper · {link}</p>"
    return f"<article><h3>{paper[0]}</h3>{data}<p>{WORDS}</p></article>\n"


def row(paper: Paper) -> str:
    return f"| [{paper[0]}](https://arxiv.org/abs/{paper[1]}) | {WORDS} |\n"


def item(paper: Paper) -> str:
    return f'<li><a href="https://arxiv.org/abs/{paper[1]}">{paper[0]}</a> {WORDS}</li>\n'


PAGE = "# Daily Papers\n\n## by AK and the research community\n\nOct 2\n\n"
LAYOUTS: dict[str, tuple[str, Callable[[Paper], str]]] = {
    "rendering": (PAGE, rendering),
    "references": (PAGE, references),
    "listing": ("<html><h3>New submissions for Mon, 10 Mar 2025</h3>\n<dl>\n", listing),
    "sections": ("# Papers\n\n", section),
    "bullets": ("# Papers\n\n", bullet),
    "table": ("# Papers\n\n| Title | Blurb |\n|---|---|\n", row),
    "paragraphs": ("# Papers\n\n", paragraph),
    "articles": ("<html><body><h1>Papers</h1>\n", article),
    "html": ("<html><body><ul>\n", item),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@given(st.data())
def test_what_stands_before_a_cut_is_read(layout: str, data: st.DataObject) -> None:
    head, shape = LAYOUTS[layout]
    papers = [(f"The Title Number {n}", f"2503.{n:05d}") for n in range(1, 6)]
    parts = [shape(paper) for paper in papers]
    whole = head + "".join(parts)
    cut = data.draw(st.integers(0, len(whole)))
    ends = [len(head) + len("".join(parts[: n + 1]).rstrip()) for n in range(len(parts))]
    complete = sum(end <= cut for end in ends)
    digests = read_or_refuse(whole[:cut].encode())
    entries = [entry for digest in digests for entry in digest.entries]
    assert [entry.title for entry in entries[:complete]] == [
        title for title, _ in papers[:complete]
    ]
    if layout != "references":
        ids = [entry.arxiv for entry in entries[:complete]]
        assert ids == [number for _, number in papers[:complete]]
    assert len(entries) <= complete + 1


def read_or_refuse(data: bytes) -> tuple[Digest, ...]:
    try:
        return read_digest("x", data)
    except DigestError:
        return ()


def test_any_specimen_may_be_cut_anywhere(shared: Path) -> None:
    """Nothing but the project's own error, and no paper is made up.

    Each is cut at 24 places, the few that make up most of the bytes at 8.
    """
    for path in sorted((shared / "specimens").rglob("*.*")):
        data = path.read_bytes()
        if path.name == "README.md" or len(data) > 1_500_000:
            continue
        known = {e.title for d in read_or_refuse(data) for e in d.entries}
        step = max(len(data) // (24 if len(data) < 200_000 else 8), 1)
        for cut in range(step // 2, len(data), step):
            found = [e.title for d in read_or_refuse(data[:cut]) for e in d.entries]
            assert sum(title not in known for title in found) <= 1, (path.name, cut)


def test_a_compressed_file_may_be_cut_anywhere() -> None:
    data = gzip.compress("".join(section(("A Title", f"2503.{n:05d}")) for n in range(50)).encode())
    for cut in range(len(data)):
        read_or_refuse(data[:cut])


@pytest.mark.parametrize("sample", samples(), ids=lambda path: f"{path.parent.name}-{path.name}")
def test_whole_papers_of_a_cut_file_stay_and_the_rest_is_told(sample: Path) -> None:
    """At some places of each sample; those that say where a record ends have twice as many.

    Told is what can be known: see `faults` for what cannot, where records have no end of their own.
    """
    size = sample.stat().st_size
    count = min(CUTS * (1 + (sample.parent.name in ENDED)), size)
    places = sorted(random.Random(sample.name).sample(range(size), count))
    assert not faults(sample, places)


BIBLIOGRAPHY = """\
[{"type": "article", "title": "On Looms", "author": [{"family": "Ada"}], "abstract": "Findings.",
  "URL": "https://arxiv.org/abs/2501.00001"}]
"""
RIS = "TY  - JOUR\nTI  - On Looms\nUR  - https://arxiv.org/abs/2501.00001\nAU  - Hopper, Grace\n"
ENTRY = "@article{a,\n title = {On Looms},\n url = {https://arxiv.org/abs/2501.00001}\n"


DBLP = "<dblp>\n<inproceedings key='a'><author>Ada L</author><title>On Looms</title><book"


@pytest.mark.parametrize(
    "text",
    [BIBLIOGRAPHY[:-4], BIBLIOGRAPHY[:90], RIS, RIS[:-8], ENTRY, DBLP, DBLP + "title>L</book"],
)
def test_a_record_that_is_cut_is_not_read_as_something_else(text: str) -> None:
    """Its lines, one of which links to a paper, are no list in Markdown, and half a tag is none."""
    with pytest.raises(DigestError, match=r"cut off|breaks off|no end|do not close|no paper in it"):
        read_digest("x", text.encode())


def test_a_file_of_one_record_that_is_cut_says_where_and_why() -> None:
    with pytest.raises(DigestError) as refused:
        read_digest("x", f"\n{RIS}".encode())
    assert refused.value.refusal.line == 2
    assert refused.value.refusal.message.endswith("record 1 cannot be read: it has no end (ER).")


@pytest.mark.parametrize(
    ("text", "titles", "told"),
    [
        ('{"A": [{"title": "One", "arxiv": "2501.00001"}],\n "B": [{"title": "T',
         ["One"], (2, "the JSON breaks off after 1 entries")),
        ("title,authors,abstract\nOne,Ada L,Words.\nTwo,Grace Hop", ["One", "Two"],
         (3, "row 2 breaks off after 2 of 3 cells; what it says was kept.")),
        ('title,authors,abstract\nOne,Ada L,Words.\nTwo,Grace Hopper,"Wor', ["One", "Two"],
         (3, "row 2 breaks off inside quotation marks; what is cut was left out.")),
        ("title,url\nOne,https://a.org/1\nTwo,https://ar", ["One", "Two"],
         (3, "row 2 may be cut off")),
        ("title,arxiv\nOne,2501.00001\nTwo,arXiv:2501.0", ["One", "Two"],
         (3, "row 2 may be cut off")),
        ("title,note\nOne,good\nTwo,It is good. We read it and found that the looms learn to",
         ["One", "Two"], (3, "row 2 may be cut off")),
        ("%0 Journal Article\n%A Ada L\n%T One of ma", ["One of ma"], (1, "record 1 seems cut")),
        ("%0 Journal Article\n%T One\n%X The looms are those of", ["One"],
         (1, "record 1 seems cut")),
        ("PMID- 1\nTI  - One\nSO  - A. 2020\n\nPMID- 2\nTI  - Two\nFAU - Hopper, Gr",
         ["One", "Two"], (5, "record 2 seems cut")),
        ("# Papers\n\n- [One](https://arxiv.org/abs/2501.00001) is of", ["One"],
         (3, "the file ends in the middle of a line")),
    ],
)  # fmt: skip
def test_what_is_cut_is_told_with_its_line(
    text: str, titles: list[str], told: tuple[int, str]
) -> None:
    (digest,) = read_digest("x", text.encode())
    assert [entry.title for entry in digest.entries] == titles
    said = [(refusal.line, refusal.message) for refusal in digest.refusals if refusal.hint]
    assert any((line, message[: len(told[1])]) == told for line, message in said), said
    assert "Grace Hop" not in [
        name for e in digest.entries if e.title == "One" for name in e.authors or ()
    ]


LIST = "- [One](https://arxiv.org/abs/2501.00001) by Ada L\n"
FAREWELL = (
    "That is all. Send what you find on looms and on all that is woven by hand or by a machine, "
    "and see you next week"
)


@pytest.mark.parametrize(
    "text",
    [
        "title,url,notes\nOne,https://arxiv.org/abs/2501.00001,good\nTwo,https://a.org/2,very good",
        "title,authors\nOne,Ada L\nTwo,Grace Hopper",
        "title,authors,doi,notes\nOne,Ada L,10.1000/1\nTwo,Grace Hopper,10.1000/abc",
        'title,note\nOne,good\nTwo,"It is good. We read it and found that the looms learn to, um"',
        f"{LIST}- [Two](https://arxiv.org/abs/2501.00002) by Jane Doe",
        f"{LIST}- [Two](https://arxiv.org/abs/2501.00002)\n\nSee you next week",
        f"{LIST}- [Two](https://arxiv.org/abs/2501.00002)\n\n{FAREWELL}",
        "Looms That Learn\nhttps://arxiv.org/abs/2501.00001\n\nCheers, Jane",
        "%0 Journal Article\n%T One\n%J Looms\n\n%0 Journal Article\n%T Two\n%J Neural computation",
        "TY  - JOUR\nTI  - One\nER  - \n\nTY  - JOUR\nTI  - Two\nJO  - Looms\nER  -",
    ],
)
def test_a_whole_file_without_a_last_line_end_is_read_as_one_with_it(text: str) -> None:
    """Spreadsheets, the clipboard and editors in browsers save none: nothing is lost or told."""
    (digest,) = read_digest("x", text.encode())
    (ended,) = read_digest("x", f"{text}\n".encode())
    assert digest.entries == ended.entries
    assert len(digest.entries) == len(re.findall("One|Two|Learn", text))
    assert digest.refusals == ended.refusals


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("title,authors,date,doi,notes\nOne,Ada L,2025,10.1000/1,\nTwo,,2025,10.1000/abc", "doi",
         "10.1000/abc"),
        ("%0 Journal Article\n%A Ada L\n%J Looms\n%T Two", "title", "Two"),
        ("PMID- 1\nTI  - One\nSO  - A. 2020\n\nPMID- 2\nTI  - Two\nJT  - Looms", "venue", "Looms"),
    ],
)  # fmt: skip
def test_what_stands_in_a_doubtful_last_field_is_kept(text: str, field: str, value: str) -> None:
    (digest,) = read_digest("x", text.encode())
    assert getattr(digest.entries[-1], field) == value
    assert len(digest.refusals) == 1
    assert not digest.refusals[0].fatal

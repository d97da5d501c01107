r"""arXiv's mailings as programs for mail leave them: quoted, indented, without marks, as pages."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from daybook.digests import read_digest
from daybook.records import Digest, PartialDate

RULE = "-" * 78
PAPERS = [
    ("Where Storks Rest in Winter\n  and in Spring", "DOI: 10.1000/stork\n"),
    ("Where Cranes Rest", ""),
    ("Where Owls Rest", "Journal-ref: Birds 3 (2024)\n"),
]
MAILING = "".join(
    f"{RULE}\n\\\\\narXiv:2403.0000{n}\n"
    f"Date: Mon, {n} Mar 2024 18:56:47 GMT   (828kb,D)\n\n"
    f"Title: {title}\nAuthors: Ada One,\n  Bo Two\nCategories: cs.CL\nComments: 9 pages\n{more}"
    "\\\\\n  They rest on chimneys and on poles,\nwhich they have done for long.\n\n"
    "  And on roofs.\n"
    f"\\\\ ( https://arxiv.org/abs/2403.0000{n} ,  828kb)\n"
    for n, (title, more) in enumerate(PAPERS, 1)
)


def each_line(make: Callable[[str], str]) -> str:
    return "".join(f"{make(line)}\n" for line in MAILING.split("\n"))


WAYS = {
    "as sent": MAILING,
    "quoted": f"On Monday arXiv wrote:\n{each_line(lambda line: f'> {line}')}",
    "quoted twice, spaces cut": each_line(lambda line: f">> {line}".rstrip()),
    "barred": each_line(lambda line: f"| {line}"),
    "indented by four": each_line(lambda line: f"    {line}"),
    "indented by a tab": each_line(lambda line: f"\t{line}"),
    "doubled": each_line(lambda line: f"{line}\n"),
    "halved marks": MAILING.replace("\\\\", "\\"),
    "empty marks": MAILING.replace("\\\\ ", "").replace("\\\\", ""),
    "no marks": MAILING.replace("\\\\ ", "").replace("\\\\\n", ""),
    "no spaces": re.sub(r"(?m)^  (?=\w)", "", MAILING),
    "preformatted": f"<html><body><p>See:</p><pre>{html.escape(MAILING)}</pre></body></html>",
    "breaks": f"<div>{html.escape(MAILING).replace('  ', '&nbsp; ')}</div>".replace("\n", "<br>"),
    "a word processor's": each_line(
        lambda line: f"<p class=MsoNormal>{html.escape(line) or '&nbsp;'}<o:p></o:p></p>"
    ),
    "blocks": each_line(lambda line: f"<div>{html.escape(line) or '<br>'}</div>"),
}


def read(text: str) -> Digest:
    (digest,) = read_digest("letter", text.encode())
    return digest


@pytest.mark.parametrize("way", WAYS)
def test_a_mailing_is_read_whatever_was_done_to_its_lines(way: str) -> None:
    digest = read(WAYS[way])
    assert digest.format == "arxiv-mail"
    assert digest.refusals == ()
    assert digest.date is None
    titles = [entry.title for entry in digest.entries]
    assert titles == [title.replace("\n ", "") for title, _ in PAPERS]
    for number, entry in enumerate(digest.entries, 1):
        assert (entry.arxiv, entry.authors) == (f"2403.0000{number}", ("Ada One", "Bo Two"))
        assert entry.published == PartialDate(2024, 3, number)
        assert entry.remark == "9 pages"
        words = (entry.abstract or "").replace("\n\n", " ")
        assert words.startswith("They rest on chimneys and on poles, which they have done for long")
        assert words.endswith("And on roofs.")
    assert [entry.doi for entry in digest.entries] == ["10.1000/stork", None, None]
    assert [entry.venue for entry in digest.entries] == [None, None, "Birds 3 (2024)"]


@pytest.mark.parametrize("way", ["quoted", "doubled", "no marks", "blocks", "a word processor's"])
def test_a_paper_has_its_own_line(way: str) -> None:
    lines = WAYS[way].split("\n")
    named = [n for n, line in enumerate(lines, 1) if "arXiv:2403" in line]
    found = [entry.line or 0 for entry in read(WAYS[way]).entries]
    assert all(place - 2 <= line <= place for line, place in zip(found, named, strict=True))


def test_a_paper_cut_in_two_is_told_in_a_quotation_too() -> None:
    text = WAYS["quoted"]
    digest = read(text[: text.rindex("They rest") + 30])
    assert [entry.title for entry in digest.entries] == [
        "Where Storks Rest in Winter and in Spring",
        "Where Cranes Rest",
    ]
    (refusal,) = digest.refusals
    assert "'Where Owls Rest' is cut off" in refusal.message


def test_a_listing_on_the_site_is_no_mailing() -> None:
    text = "".join(
        f"[{n}] arXiv:2403.0000{n} [pdf, html]\nTitle: {title}\nAuthors: Ada One, Bo Two\n"
        "Comments: 9 pages\nSubjects: Computation and Language (cs.CL)\n\n"
        for n, title in enumerate(["Where Storks Rest", "Where Cranes Rest"], 1)
    )
    digest = read(text)
    assert digest.format == "markdown"
    assert [entry.arxiv for entry in digest.entries] == ["2403.00001", "2403.00002"]

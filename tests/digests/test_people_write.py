"""Lists as people, mail programs, newsletters and chat programs write them: what comes of them."""

from __future__ import annotations

import json

import pytest
from daybook.digests import read_digest

from .reading import read_undoubted as read

LOOMS = "https://arxiv.org/abs/2501.00001"
SPINDLES = "https://arxiv.org/abs/2501.00002"
KNOTS = "https://arxiv.org/abs/2501.00003"
MAIL = "From: a@b.example\nDate: Fri, 16 Jan 2026 09:00:00 +0000\nSubject: papers\n\n"


def test_a_title_in_italics_that_a_mail_program_broke_is_whole() -> None:
    long = "The Confidence of Looms: Analysing and Mitigating Miscalibration in\nTool-Use Weavers"
    text = (
        f"{MAIL}1. *On Looms* (Analytical Engines) - {LOOMS}\n2. *{long}* - {SPINDLES}\n"
        f"   I liked the plots.\n3. *On\nKnots* {KNOTS}\n\n5 * 3 is\n15 * 1.\n"
    )
    entries = read(text)
    titles = ["On Looms", long.replace("\n", " "), "On Knots"]
    assert [entry.title for entry in entries] == titles
    assert entries[1].blurb == "I liked the plots."


QUOTED = {
    "outlook": "________________\nFrom: Dan\nSent: 16 January 2026\nTo: Cy\nSubject: RE: x",
    "german": "Von: Dan <dan@b.example>\nGesendet: Freitag\nAn: Cy\nBetreff: AW: x",
    "bold": "*From:* Dan\n*Date:* Friday\n*To:* Cy\n*Subject:* x",
}


@pytest.mark.parametrize("headers", QUOTED.values(), ids=QUOTED)
def test_headers_of_a_mail_that_is_quoted_are_no_titles(headers: str) -> None:
    text = f"{MAIL}- On Looms<{LOOMS}>\n- On Spindles<{SPINDLES}>\n\n{headers}\n\nAlso: {KNOTS}\n"
    (digest,) = read_digest("list", text.encode())
    assert [entry.title for entry in digest.entries] == ["On Looms", "On Spindles"]
    assert "2501.00003" in digest.refusals[0].message


@pytest.mark.parametrize("box", ["[ ]", "[x]", "[X]", "[-]"])
@pytest.mark.parametrize("key", ["", "[[@lovelace2026]] ", "[@lovelace2026] ", "@lovelace2026a "])
def test_what_a_list_of_things_to_read_says_of_the_task_is_not_the_paper_s(
    box: str, key: str
) -> None:
    entries = read(
        f"# Read\n\n- {box} {key}On Looms — <{LOOMS}>\n"
        f"- {box} [On Spindles]({SPINDLES}) ✅ 2026-01-17\n"
    )
    assert [entry.title for entry in entries] == ["On Looms", "On Spindles"]
    assert [entry.blurb for entry in entries] == [None, None]
    assert [entry.published for entry in entries] == [None, None]


RECORDS = [
    {"title": "On Looms", "authors": ["Ada Lovelace"], "arxiv_id": "2501.00001"},
    {"title": "On Spindles", "authors": ["Ada Lovelace"], "arxiv_id": "2501.00002"},
]
FENCED = {
    "json": json.dumps(RECORDS, indent=1),
    "csv": "title,authors,arxiv\nOn Looms,Ada Lovelace,2501.00001\nOn Spindles,Ada,2501.00002",
    "bibtex": "@misc{a, title={On Looms}, eprint={2501.00001}}\n"
    "@misc{b, title={On Spindles}, eprint={2501.00002}}",
}


@pytest.mark.parametrize("kind", FENCED)
@pytest.mark.parametrize("above", ["", "Here is your list:\n\n"])
@pytest.mark.parametrize("below", ["", "\nLet me know if you need more!\n"])
def test_a_list_that_a_chat_program_gives_in_a_fence_is_read(
    kind: str, above: str, below: str
) -> None:
    entries = read(f"{above}```{kind}\n{FENCED[kind]}\n```\n{below}")
    assert [entry.title for entry in entries] == ["On Looms", "On Spindles"]
    assert [entry.arxiv for entry in entries] == ["2501.00001", "2501.00002"]


def test_a_listing_of_arxiv_s_copied_as_text_gives_all_that_it_says() -> None:
    text = """\
Computation and Language
Showing new listings for Friday, 16 January 2026
Total of 2 entries

New submissions (showing 1 of 1 entries)

[1] arXiv:2501.00001 [pdf, html, other]
Title: On Looms
Ada Lovelace, Grace Hopper
Comments: 20 pages, code at this https URL
Subjects: Computation and Language (cs.CL)
Looms weave, and so do those who are told of looms in the evening.

Cross submissions (showing 1 of 1 entries)

[2] arXiv:2501.00002 (cross-list from cs.CV) [pdf, html, other]
Title: On Spindles
Ada Lovelace
Subjects: Computer Vision and Pattern Recognition (cs.CV)
Spindles turn, and so do those who are told of spindles in the evening.
"""
    (digest,) = read_digest("list", text.encode())
    assert digest.refusals == ()
    assert str(digest.date) == "2026-01-16"
    looms, spindles = digest.entries
    assert looms.abstract == "Looms weave, and so do those who are told of looms in the evening."
    assert (looms.remark, looms.blurb) == ("20 pages, code at this https URL", None)
    assert [looms.group, spindles.group] == ["New submissions", "Cross submissions"]


def test_a_section_s_number_before_a_title_is_not_said_of_its_paper() -> None:
    text = "".join(
        f"### **1.{n}.** ***[{title}]({url})***\n\nIt was told.\n\n"
        for n, (title, url) in enumerate((("On Looms", LOOMS), ("On Spindles", SPINDLES)), 1)
    )
    assert [entry.blurb for entry in read(f"## 1. Weaving\n\n{text}")] == ["It was told."] * 2


def test_a_json_feed_keeps_abstracts_and_days() -> None:
    item = {"id": LOOMS, "url": LOOMS, "title": "On Looms", "authors": [{"name": "Ada Lovelace"}]}
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            item | {"content_text": "Looms weave.", "date_published": "2026-01-13T18:00:00Z"},
            item | {"id": SPINDLES, "url": SPINDLES, "content_html": "<p>They <b>turn</b>.</p>"},
        ],
    }
    looms, spindles = read(json.dumps(feed))
    assert (looms.abstract, str(looms.published)) == ("Looms weave.", "2026-01-13")
    assert (spindles.abstract, spindles.arxiv) == ("They turn.", "2501.00002")


def test_what_apa_writes_behind_a_preprint_s_title_is_none_of_its_words() -> None:
    text = (
        "Lovelace, A., & Hopper, G. (2026, January 12). On looms that weave (arXiv:2501.00001). "
        f"arXiv. {LOOMS}\n\nHopper, G., & Lovelace, A. (2025). On spindles that turn [Preprint]. "
        f"arXiv. {SPINDLES}\n"
    )
    titles = ["On looms that weave", "On spindles that turn"]
    assert [entry.title for entry in read(text)] == titles


def test_posts_of_a_thread_may_say_a_word_between_title_and_address() -> None:
    entries = read(
        f"1/ On Looms\nThey weave.\n{LOOMS}\n\n2/ On Spindles\n{SPINDLES}\n\n"
        f"3/ On Knots\nThey hold, and are held.\nNobody knows why.\n{KNOTS}\n"
    )
    assert [entry.title for entry in entries] == ["On Looms", "On Spindles", "On Knots"]
    assert [entry.blurb for entry in entries][:2] == ["They weave.", None]


def test_votes_on_a_line_of_their_own_are_votes() -> None:
    page = "".join(
        f'<tr><td><a href="{url}"><h3>{title}</h3></a></td><td>\u25b2 {votes}</td></tr>'
        for title, url, votes in (("On Looms", LOOMS, 112), ("On Spindles", SPINDLES, 45))
    )
    entries = read(f"<html><body><h1>Papers</h1><table>{page}</table></body></html>")
    assert [entry.upvotes for entry in entries] == [112, 45]
    assert [entry.blurb for entry in entries] == [None, None]


def test_brackets_in_a_doi_are_its_own() -> None:
    doi = "10.1016/S0140-6736(25)0000"
    text = (
        f"# Papers\n\n- [On Looms](https://doi.org/{doi}1-x)\n"
        f"- On Spindles. https://doi.org/{doi}2-x\n- **On Knots** doi:{doi}3-x\n"
        f"- On Kites (https://doi.org/{doi}4-x)\n- On Bees (doi: {doi}5-x)\n"
    )
    entries = read(text)
    assert [entry.doi for entry in entries] == [f"{doi.lower()}{n}-x" for n in range(1, 6)]
    assert entries[4].title == "On Bees"


def test_a_doi_that_is_named_and_no_entry_s_is_told() -> None:
    text = f"See also (doi: 10.1000/xyz).\n\n- [On Looms]({LOOMS})\n- [On Knots]({KNOTS})\n"
    (digest,) = read_digest("list", text.encode())
    assert "10.1000/xyz" in digest.refusals[0].message


def test_how_long_it_takes_to_read_is_not_in_a_title() -> None:
    text = f"### [On Looms (28 minute read)]({LOOMS})\n\n- On Knots (5 min read) {KNOTS}\n"
    assert [entry.title for entry in read(text)] == ["On Looms", "On Knots"]


def test_of_a_mail_s_two_versions_that_say_as_much_the_page_is_read() -> None:
    head = (
        MAIL.rstrip() + "\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=x\n\n"
    )
    plain = f"1. On Looms\nThey [ https://r.example/abc ] weave. (paper [ {LOOMS} ])\n"
    page = (
        '<html><body><h2>1. On Looms</h2><p>They <a href="https://r.example/abc">weave</a>.</p>'
        f'<p>(<a href="{LOOMS}">paper</a>)</p></body></html>'
    )
    kind = "--x\nContent-Type: text/"
    (entry,) = read(f"{head}{kind}plain\n\n{plain}\n{kind}html\n\n{page}\n--x--\n")
    assert (entry.title, entry.blurb) == ("On Looms", "They weave.")

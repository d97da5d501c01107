"""What one paper's title quotes of another format costs no paper, and is shown as written.

The marks are the tests' own files and samples of every format: what they begin with, and the whole
as one text; `make soak` takes each line.
"""

from __future__ import annotations

import html

import pytest
from daybook.digests import read_digest

from .quoting import lost_by, marks, stays, texts, titles_of
from .shapes import NAMES, SHAPES

LINES = 1
"""Of each file that marks are taken from, as many lines are quoted."""
LONGEST_TEXT = 400
_WHOLE = ("json", "csl-json", "csv-quoted", "atom", "html")
"""Whose titles may be of many lines."""


@pytest.mark.parametrize("shape", SHAPES)
def test_a_title_that_quotes_a_format_costs_no_paper_and_is_shown_as_written(shape: str) -> None:
    guilty = {mark: lost for mark in marks(LINES) if (lost := lost_by(shape, mark))}
    assert not guilty


@pytest.mark.parametrize("shape", _WHOLE)
def test_a_title_that_quotes_a_whole_file_costs_no_paper_and_is_shown_as_written(
    shape: str,
) -> None:
    said = (html.unescape(text)[:LONGEST_TEXT].strip() for text in texts())
    whole = [text for text in said if text and all(map(stays, text.split("\n")))]
    assert len(whole) > 40
    assert not {text[:60]: lost for text in whole if (lost := lost_by(shape, text))}


FOUR = "".join(
    f'<li><a href="https://arxiv.org/abs/2501.0000{n}">{name}MARK</a> told.</li>\n'
    for n, name in enumerate(NAMES, 1)
)
UNESCAPED = (
    '<b class="list-title">x</b>',
    '<a class="gse_alrt_title" href="https://arxiv.org/abs/2501.00009">x</a>',
    '<meta name="citation_title" content="x">',
    '<div data-target="DailyPapers"></div>',
    "<article><h3><a href='/papers/2501.00009'>huggingface</a></h3></article>",
)


@pytest.mark.parametrize("mark", UNESCAPED)
def test_an_element_of_another_site_s_in_one_title_makes_no_other_page_of_a_list(mark: str) -> None:
    rows = FOUR.replace("MARK", mark, 1).replace("MARK", "")
    page = f"<!doctype html><html><body><h1>Papers</h1><ul>{rows}</ul></body></html>"
    (digest,) = read_digest("list", page.encode())
    assert digest.format == "html"
    assert {*NAMES[1:]} <= {*titles_of((digest,))}


@pytest.mark.parametrize(
    "quoted",
    [
        "Daily Papers - Hugging Face",
        "Get trending papers in your email inbox once a day!",
        "by AK and the research community",
        "TY  - JOUR\nTI  - evil\nER  - ",
        "@article{key,\n  title = {evil},\n  author = {Nobody}\n}",
        "PMID- 1\nTI  - evil\nFAU - Nobody",
        "\\\\\narXiv:2501.00009\nDate: Tue, 2 Jan 2024\n\\\\",
        "title,authors,arxiv\nevil,Nobody,2501.00009",
        "title: x\nFrom: a@b.example\nSubject: evil",
        '{"title": "evil"}',
    ],
)
def test_lines_in_an_abstract_make_no_other_format_of_a_newsletter(quoted: str) -> None:
    sections = "".join(
        f"## [{name}](https://arxiv.org/abs/2501.0000{n})\n\n**Authors:** Ada Lovelace\n\n"
        f"**Abstract:** It is told.\n\n{quoted if n == 1 else 'And more.'}\n\n"
        for n, name in enumerate(NAMES, 1)
    )
    (digest,) = read_digest("list", f"# Papers\n\n{sections}".encode())
    assert digest.format == "markdown"
    assert {*NAMES} <= {*titles_of((digest,))}
    assert [entry.authors for entry in digest.entries][:4] == [("Ada Lovelace",)] * 4


def test_one_paper_to_be_heard_makes_no_podcast_of_a_feed() -> None:
    items = "".join(
        f"<item><title>{name}</title><link>https://arxiv.org/abs/2501.0000{n}</link>"
        f"<description><![CDATA[<itunes:author> is an element.]]></description>{heard}</item>"
        for n, (name, heard) in enumerate(
            zip(NAMES, ['<enclosure type="audio/mpeg" url="x"/>', "", "", ""], strict=True), 1
        )
    )
    feed = f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'
    assert titles_of(read_digest("list", feed.encode())) == list(NAMES)


def test_a_page_that_is_declared_as_xml_is_read_without_a_warning() -> None:
    rows = FOUR.replace("MARK", "")
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN">'
    )
    page = f'{head}\n<html xmlns="http://www.w3.org/1999/xhtml"><body><ul>{rows}</ul></body></html>'
    (digest,) = read_digest("list", page.encode())
    assert titles_of((digest,)) == list(NAMES)
    assert digest.refusals == ()

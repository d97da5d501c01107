"""What one paper's title quotes of another format costs no paper, and is shown as written.

The marks are the tests' own files and samples of every format: what they begin with, each line by
itself, the whole as one text.
"""

from __future__ import annotations

import functools
import html
import itertools
import json
import re
from collections.abc import Callable, Iterator

import pytest
from daybook.digests import read_digest
from daybook.digests.wording import is_whole
from daybook.records import Digest

from ..hostile_texts import FORMATS, as_markdown, as_tex, line, sample
from .corpus import cases
from .shapes import NAMES, SHAPES, Shape

BEFORE, BEHIND = "Bricklaying", "Machines"
LONGEST, LONGEST_TEXT = 100, 400
LINES = 1
"""Of each file that marks are taken from, as many lines are quoted; `make soak` quotes more."""
WORDS = (
    "Daily Papers - Hugging Face",
    "Get trending papers in your email inbox once a day!",
    "by AK and the research community",
    '<div data-target="DailyPapers"> /front/build/kube-1 <title>Paper page - x</title>',
    "<article> of huggingface, see /papers/2501.00001",
    "<a class=gse_alrt_title> <p class=arxiv-result> <meta name=citation_title content=x>",
    "@article{key, title = {x}, author={y}}",
    '<itunes:author> <enclosure type="audio/mpeg">',
    "<!DOCTYPE html> <html> <rss> <feed> <OAI-PMH>",
    "3 authors",
    "View arXiv page /login?next=%2Fpapers%2F2501.00001 Published on May 3 Abstract",
)


_MENDED = re.compile(r"[\\&]|``|huggingface\.host|</?(?:i|b|em|strong|sub|sup|span)\b")
"""TeX, entities, addresses of mirrors, and words that are typeset, which some formats allow."""


def _in_json(text: str) -> str:
    return json.dumps(text)[1:-1]


_WRITTEN: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(("json", "hf-json", "jsonl", "csl-json"), _in_json),
    "csv-quoted": lambda text: text.replace('"', '""'),
    **dict.fromkeys(("ris", "endnote", "hf-text"), line),
    **dict.fromkeys(("bibtex", "arxiv-mail"), as_tex),
}
"""How each format writes any text; of others only the papers beside the one are held to theirs."""
_MARKUP = {name for name, shape in SHAPES.items() if shape.record.startswith("<")}
_WHOLE = ("json", "csl-json", "csv-quoted", "atom", "html")
"""Whose titles may be of many lines."""


def texts() -> Iterator[str]:
    """Give the tests' own files of every format."""
    for name in FORMATS:
        yield sample(name, 1, "Words").text
    for path in cases():
        data = path.read_bytes()
        if b"\0" not in data:
            yield data.decode("utf-8", "replace").replace("\ufffd", "").replace("\ufeff", "")


def marks(lines: int) -> list[str]:
    """Give lines of all formats' files, each once."""
    found = dict.fromkeys(WORDS)
    for text in texts():
        said = (line(html.unescape(raw))[:LONGEST].strip() for raw in text.split("\n"))
        found |= dict.fromkeys(itertools.islice(filter(_is_mark, said), lines))
    return list(found)


def _is_mark(said: str) -> bool:
    return len(re.findall(r"\w", said)) > 1 and _stays(said)


def _stays(said: str) -> bool:
    """Whether no reader mends a line."""
    return is_whole(said) and _MENDED.search(said) is None


def quoting(shape: Shape, said: str) -> bytes:
    """Write a list of four, of which the second quotes something."""
    names = [NAMES[0], f"{BEFORE} {said} {BEHIND}", *NAMES[2:]]
    records = (shape.record.format(title=name, number=n) for n, name in enumerate(names, 1))
    return (shape.head + shape.between.join(records) + shape.tail).encode()


def lost_by(shape: str, mark: str) -> str | None:
    """Say what a mark in a title costs, if anything."""
    exactly = html.escape if shape in _MARKUP else _WRITTEN.get(shape)
    written = exactly(mark) if exactly else as_markdown(mark)
    digests = read_digest("list", quoting(SHAPES[shape], written))
    if {digest.format for digest in digests} != {_format(shape)}:
        return f"it is read as {digests[0].format}"
    titles = _titles(digests)
    if missing := [name for name in (NAMES[0], *NAMES[2:]) if name not in titles]:
        return f"{missing} is missing"
    shown = f"{BEFORE} {line(mark)} {BEHIND}"
    kept = shape != "mail-html" or "@" not in mark  # Mails lose their addresses.
    if exactly and kept and _plain(shown) not in map(_plain, titles):
        return f"it is shown as {titles}"
    return None


@functools.cache
def _format(shape: str) -> str:
    (plain, *_) = read_digest("list", quoting(SHAPES[shape], "of"))
    return plain.format


def _titles(digests: tuple[Digest, ...]) -> list[str]:
    return [line(entry.title) for digest in digests for entry in digest.entries]


def _plain(title: str) -> str:
    """Give a title as it is compared: dashes of TeX's are other signs."""
    return re.sub(r"[-\u2013\u2014]+", "-", title)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_title_that_quotes_a_format_costs_no_paper_and_is_shown_as_written(shape: str) -> None:
    guilty = {mark: lost for mark in marks(LINES) if (lost := lost_by(shape, mark))}
    assert not guilty


@pytest.mark.parametrize("shape", _WHOLE)
def test_a_title_that_quotes_a_whole_file_costs_no_paper_and_is_shown_as_written(
    shape: str,
) -> None:
    said = (html.unescape(text)[:LONGEST_TEXT].strip() for text in texts())
    whole = [text for text in said if text and all(map(_stays, text.split("\n")))]
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
    assert {*NAMES[1:]} <= {*_titles((digest,))}


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
    assert {*NAMES} <= {*_titles((digest,))}
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
    assert _titles(read_digest("list", feed.encode())) == list(NAMES)


def test_a_page_that_is_declared_as_xml_is_read_without_a_warning() -> None:
    rows = FOUR.replace("MARK", "")
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN">'
    )
    page = f'{head}\n<html xmlns="http://www.w3.org/1999/xhtml"><body><ul>{rows}</ul></body></html>'
    (digest,) = read_digest("list", page.encode())
    assert _titles((digest,)) == list(NAMES)
    assert digest.refusals == ()

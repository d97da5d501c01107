"""A paper's Markdown page: written, shown, read."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import html
import re
import time
from typing import Any

import markdown
import pytest
from daybook.archive import read_page, write_page
from daybook.archive.markdown_text import (
    clean,
    one_line,
    paragraphs,
    read_markdown,
    read_value,
    shown_line,
    write_markdown,
    write_value,
)
from daybook.archive.page import LINK_KINDS
from daybook.archive.page_head import KEYS
from daybook.digests.wording import shows_nothing
from daybook.errors import PageError
from daybook.records import Appearance, Link, Paper, PartialDate
from hypothesis import example, given, settings
from hypothesis import strategies as st

PELICAN: dict[str, Any] = {
    "extensions": [
        "markdown.extensions.codehilite",
        "markdown.extensions.extra",
        "markdown.extensions.meta",
    ],
    "output_format": "html5",
}
"""What Pelican 4.12 gives to Python-Markdown."""

PAPER = Paper(
    slug="a-paper",
    path="2025/03/a-paper.md",
    number=7,
    title="A paper",
    date=dt.date(2025, 3, 14),
    date_basis="digest",
    abstract="One.\n\nTwo.",
    authors=("Ada One", "Bo Two"),
    published=PartialDate(2024, 12),
    topics=("safety", "evaluation"),
    arxiv="2412.00001",
    digests=(Appearance("2025-03-14", 71), Appearance("undated-1", 3)),
)


def test_the_page_is_one_line_a_key_then_the_abstract() -> None:
    assert write_page(PAPER) == (
        "Title: A paper\nDate: 2025-03-14\nDate_basis: digest\nPublished: 2024-12\n"
        "Category: papers\nAuthors: Ada One; Bo Two\nTags: safety, evaluation\nSlug: a-paper\n"
        "Arxiv: 2412.00001\nDigests: 2025-03-14 #71; undated-1 #3\n\nOne.\n\nTwo.\n"
    )


MARKS = st.lists(
    st.sampled_from(
        [
            *"ab1 \n\n\\`*_{}[]()>#+-.!<&;=~|:$^\"'%/@\t",
            *("&lt;", "&#61;", "    ", "---", "===", "```", "~~~", "[a]: b", "[^1]: ", "*[A]: "),
            *("1. ", "- ", ": x", "|-|", "{: .a}", "http://a.b", "<b>", "</p>", "<!--", "# A"),
            *("x\n--|--\na|b", "éß深", "\u00a0", "wzxhzdk:0", "klzzwxh:0", "Key: v", "\x02\x03"),
            *("\u2028", "\x85", "\ud800", "\ufffe", "javascript:", "{{ 7*7 }}", "${x}", "[TOC]"),
        ]
    ),
    max_size=25,
).map("".join)
TEXT = st.one_of(MARKS, st.text(max_size=60))


def shown(text: str) -> str:
    """Give the text a reader sees of a page whose abstract is `text`."""
    out = markdown.Markdown(**PELICAN).convert(f"Title: x\n\n{write_markdown(text)}\n")
    assert set(re.findall(r"<[^>]*>", out)) <= {"<p>", "</p>"}, out
    return html.unescape(re.sub(r"</?p>", "", out))


def squeezed(text: str) -> str:
    return " ".join(text.split())


@settings(max_examples=400, deadline=None)
@given(TEXT)
@example("a\n--|--\nb|c")
@example("Term\n: definition")
@example("Title\n=====\n\n    code\n\n1. one\n\n> quote")
@example("[x](javascript:alert(1)) ![y](z) <http://a.b> &copy; &amp;lt;")
@example("```\ncode\n```\n\n~~~\ncode\n~~~")
def test_no_abstract_becomes_a_construct_of_markdown_or_html(text: str) -> None:
    assert squeezed(shown(text)) == squeezed(paragraphs(text))


@given(TEXT)
def test_an_abstract_is_read_back_as_it_was_written(text: str) -> None:
    assert read_markdown(write_markdown(text)) == paragraphs(text)


@given(TEXT)
def test_a_value_is_read_back_as_it_was_written(text: str) -> None:
    value = write_value(text)
    assert read_value(value) == ("" if shows_nothing(one_line(text)) else one_line(text))
    assert "<" not in value
    assert len(f"x{value}x".splitlines()) == 1


def lines(strategy: st.SearchStrategy[str] = TEXT) -> st.SearchStrategy[str]:
    return strategy.map(shown_line).filter(bool)


NAMES = st.lists(lines(), max_size=4).map(tuple)
OPTIONAL_LINE = st.none() | lines()
NUMBER = st.none() | st.integers(0, 10**6)
DATES = st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31))
PUBLISHED = st.builds(PartialDate, st.integers(1000, 2999), st.integers(0, 12))
SLUGS = st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9})?", fullmatch=True)
LINKS = st.builds(
    Link, st.sampled_from(LINK_KINDS), st.sampled_from(("https://a.b/c?d=e&lt;f", "http://x/;;"))
)
NOTES = st.none() | MARKS.map(lambda t: f"## Notes\n{clean(t)}".replace("\r", "").rstrip())
EXTRA_KEYS = st.sampled_from(("Status", "Rating", "My_key", "Template", "Summary"))
EXTRAS = st.lists(st.tuples(EXTRA_KEYS, lines().map(lambda t: t.strip())), max_size=3).map(tuple)
PAPERS = st.builds(
    Paper,
    slug=SLUGS,
    path=st.just("2025/03/a.md"),
    number=st.just(3),
    title=lines(),
    date=DATES,
    date_basis=st.sampled_from(("digest", "publication", "not-before", "unknown")),
    abstract=st.none() | TEXT.map(paragraphs).filter(bool),
    blurb=OPTIONAL_LINE,
    ai_summary=OPTIONAL_LINE,
    authors=st.none() | NAMES.filter(bool),
    author_count=NUMBER,
    published=st.none() | PUBLISHED,
    topics=st.lists(SLUGS, max_size=4, unique=True).map(tuple),
    arxiv=st.none() | st.just("2401.00001") | st.just("math/0309136"),
    arxiv_version=NUMBER,
    doi=st.none() | st.just("10.1/a<b>;c"),
    venue=OPTIONAL_LINE,
    categories=st.lists(st.sampled_from(("cs.CL", "cs.LG")), unique=True).map(tuple),
    organization=OPTIONAL_LINE,
    submitter=OPTIONAL_LINE,
    remark=OPTIONAL_LINE,
    keywords=NAMES,
    upvotes=NUMBER,
    comments=NUMBER,
    links=st.lists(LINKS, max_size=3).map(tuple),
    digests=st.lists(st.builds(Appearance, SLUGS, st.integers(1, 999)), max_size=3).map(tuple),
    notes=NOTES,
    extra=EXTRAS,
    former=st.lists(SLUGS, max_size=2, unique=True).map(tuple),
)


@settings(max_examples=150, deadline=None)
@given(PAPERS)
def test_page_record_page_is_the_identity(paper: Paper) -> None:
    page = write_page(paper)
    assert read_page(page, path=paper.path, number=3) == paper
    assert write_page(read_page(page, path=paper.path)) == page


@settings(max_examples=200, deadline=None)
@given(
    st.builds(
        Paper,
        slug=st.just("a"),
        path=st.just("a.md"),
        number=st.just(0),
        title=TEXT,
        date=DATES,
        date_basis=st.just("unknown"),
        abstract=TEXT,
        blurb=TEXT,
        ai_summary=TEXT,
    )
)
def test_no_text_can_make_or_change_a_key(paper: Paper) -> None:
    hostile = dataclasses.replace(paper, authors=(paper.title, "x\nTemplate: y"), venue=paper.blurb)
    md = markdown.Markdown(**PELICAN)
    md.convert(write_page(hostile))
    meta: dict[str, list[str]] = vars(md)["Meta"]
    assert set(meta) <= {key.lower() for key in KEYS}
    assert all(len(value) == 1 for value in meta.values())
    page = write_page(hostile)
    page.encode("utf-8")
    assert write_page(read_page(page, path="a.md")) == page


def test_a_name_keeps_its_semicolons_in_any_reader() -> None:
    names = ("&lt;b&gt; 1;23;", "a;b &#59 &amp", "<c;>")
    page = write_page(dataclasses.replace(PAPER, authors=names))
    assert read_page(page, path=PAPER.path).authors == names
    (written,) = re.findall("Authors: (.*)", page)
    assert [html.unescape(name) for name in written.split("; ")] == list(names)


@pytest.mark.parametrize("names", ["cs.LG\0, cs.LG", "\0, cs.LG", "cs.LG,\x1fcs.LG\x7f"])
def test_a_name_is_once_on_a_page_whatever_signs_nobody_sees_are_in_it(names: str) -> None:
    page = read_page(f"Title: A\nCategories: {names}\nTags: {names}\n", path="a.md")
    assert page.categories == page.topics == ("cs.LG",)
    assert read_page(write_page(page), path="a.md").categories == page.categories


def test_topics_that_a_person_names_on_several_lines_are_each_one() -> None:
    page = read_page("Title: A\nTopics: vision,\n    speech\n    agents\n", path="a.md")
    assert page.topics == ("vision", "speech", "agents")
    assert read_page(write_page(page), path="a.md").topics == page.topics


def test_what_a_person_adds_survives() -> None:
    page = write_page(PAPER).replace("Slug:", "Rating: five stars\n    of six\nSlug:")
    page += "\n## Notes\n\nRead *again*.\n\n# More\n    code\n"
    paper = read_page(page, path=PAPER.path)
    assert paper.extra == (("Rating", "five stars\n    of six"),)
    assert paper.notes == "## Notes\n\nRead *again*.\n\n# More\n    code"
    again = write_page(dataclasses.replace(paper, title="Another title"))
    assert "Rating: five stars\n    of six\n" in again
    assert again.endswith("Two.\n\n## Notes\n\nRead *again*.\n\n# More\n    code\n")


def test_an_indented_line_goes_on_with_the_key_above_it_whose_ever_it_is() -> None:
    text = "Mine: one\nTitle: A title\n    in two lines\nAuthors: Ada A.;\n    Bo B.\n\nText.\n"
    paper = read_page(text, path="2025/03/a.md")
    assert (paper.title, paper.authors) == ("A title in two lines", ("Ada A.", "Bo B."))
    assert paper.extra == (("Mine", "one"),)


def test_a_key_of_very_many_lines_is_read_in_time_that_grows_with_them() -> None:
    lines = "    x\n" * 1_000_000
    for key in ("Mine", "Blurb"):
        read_page(f"Title: A\n{key}: y\n{lines}\nText.\n", path="2025/03/a.md")


def test_an_empty_line_of_four_spaces_does_not_end_what_a_person_adds() -> None:
    text = "Title: A\nRating: five\n    \n    of six\n    \n\nText.\n"
    paper = read_page(text, path="2025/03/a.md")
    written = write_page(paper)
    assert paper.extra == (("Rating", "five\n    of six"),)
    assert write_page(read_page(written, path="2025/03/a.md")) == written


@pytest.mark.parametrize(
    "notes",
    [
        *("Mine\n----\n\nRead.", "Mine\n=\nRead.", "   ## Mine\n\nRead.", "##Mine\n\nRead."),
        *("<!-- read again -->", "---\n\nMine.", "* * *\nMine.", "```\n# mine\n```"),
    ],
)
def test_every_way_of_writing_a_heading_or_a_line_across_begins_what_a_person_adds(
    notes: str,
) -> None:
    text = f"Title: One\n\nAn abstract - with 2\\. *lines* --\n\\# of text.\n\n{notes}\n"
    paper = read_page(text, path="2025/03/one.md")
    assert (paper.abstract, paper.notes) == (
        "An abstract - with 2. *lines* --\n# of text.",
        notes,
    )
    assert read_page(write_page(paper), path="2025/03/one.md").notes == notes


@pytest.mark.parametrize("line", ["  ", "\t", "    "])
def test_a_line_of_blanks_ends_the_keys_as_an_empty_one_does(line: str) -> None:
    page = write_page(PAPER).replace("\n\nOne", f"\n{line}\nOne")
    assert read_page(page, path=PAPER.path, number=7) == PAPER


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ("  \nVenue: X", "empty line", "Remove"),
        ("Größe: 5", "'Größe'", "another name"),
        ("My mood: fine", "'My mood'", "another name"),
        ("Mine:\n  - one", "'- one', indented", "four spaces"),
        ("Mine: one\n\ttwo", "'two', indented", "four spaces"),
    ],
)
def test_what_is_odd_in_the_keys_is_told_with_what_to_do(
    line: str, message: str, hint: str
) -> None:
    page = write_page(PAPER).replace("\n\n", f"\n{line}\n\n", 1)
    with pytest.raises(PageError) as caught:
        read_page(page, path=PAPER.path)
    refusal = caught.value.refusal
    assert refusal.line in (11, 12)
    assert message in refusal.message
    assert hint in (refusal.hint or "")


@pytest.mark.parametrize("notes", ["#", "##\n\nMine.", "# Mine\n\n#"])
def test_a_heading_without_words_begins_what_a_person_adds(notes: str) -> None:
    text = f"Title: One\n\nAn abstract.\n\n{notes} \n"
    paper = read_page(text, path="2025/03/one.md")
    assert (paper.abstract, paper.notes) == ("An abstract.", notes)
    assert read_page(write_page(paper), path="2025/03/one.md").notes == notes


def test_topics_named_by_hand_count_more_than_tags() -> None:
    page = write_page(PAPER).replace("Slug:", "Topics: robotics, speech\nSlug:")
    assert read_page(page, path=PAPER.path).topics == ("robotics", "speech")


def test_a_page_made_by_hand_needs_no_more_than_a_title() -> None:
    paper = read_page("Title: My own find\n", path="2025/my-find.md")
    assert (paper.title, paper.slug) == ("My own find", "my-own-find")
    assert (paper.date_basis, paper.abstract, paper.authors) == ("unknown", None, None)
    dated = read_page("Title: X\nDate: 2025-01-02 10:00\nAuthors: A B, C D\n", path="x.md")
    assert (dated.date_basis, dated.published) == ("publication", PartialDate(2025, 1, 2))
    assert dated.authors == ("A B", "C D")


def test_a_page_from_a_windows_editor_is_read() -> None:
    page = "\ufeff" + write_page(PAPER).replace("\n", "\r\n")
    assert read_page(page, path=PAPER.path, number=7) == PAPER


def test_a_single_author_with_a_comma_stays_one() -> None:
    paper = dataclasses.replace(PAPER, authors=("Sammy Davis, Jr.",))
    assert "Authors: Sammy Davis, Jr.;\n" in write_page(paper)
    assert read_page(write_page(paper), path=PAPER.path).authors == paper.authors


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Title: A paper", "Titel: A paper"),
        ("Date: 2025-03-14", "Date: yesterday"),
        ("Date_basis: digest", "Date_basis: guess"),
        ("Published: 2024-12", "Published: 2024-13"),
        ("Slug: a-paper", "Slug: ../../evil"),
        ("Slug: a-paper", "Slug: con"),
        ("Digests: 2025-03-14 #71", "Digests: somewhere"),
        ("Category: papers", "<<<<<<< HEAD"),
        ("Category: papers", "Title: Twice"),
    ],
)
def test_damage_is_named_and_not_guessed_at(old: str, new: str) -> None:
    with pytest.raises(PageError) as caught:
        read_page(write_page(PAPER).replace(old, new), path="2025/03/a-paper.md")
    assert caught.value.refusal.path == "2025/03/a-paper.md"


@given(st.text(max_size=200))
def test_no_text_makes_reading_fail_otherwise(text: str) -> None:
    with contextlib.suppress(PageError):
        read_page(text, path="x.md")


@pytest.mark.parametrize("bomb", ["[", "<", "&lt;", "*", "`", "\\", "<a ", "&", "![", "_"])
def test_markdown_time_bombs_are_defused(bomb: str) -> None:
    begun = time.process_time()
    shown(bomb * 5000)
    assert time.process_time() - begun < 5


def test_reading_a_page_is_quick() -> None:
    """20,000 pages must load in about a second: 50 µs each, with room for a busy machine here."""
    page = write_page(dataclasses.replace(PAPER, abstract="Words and words. " * 90))
    best = min(_seconds_for(page) for _ in range(5))
    assert best / 200 < 250e-6


def _seconds_for(page: str) -> float:
    begun = time.process_time()
    for _ in range(200):
        read_page(page, path=PAPER.path)
    return time.process_time() - begun


@pytest.mark.parametrize("unseen", ["\u200b", "\u2800\u3164", "\u200c\u202e", "\u00ad\x00"])
def test_what_nobody_sees_is_no_title_and_no_name_on_a_page(unseen: str) -> None:
    with pytest.raises(PageError, match="expected a 'Title:'"):
        read_page(f"Title: {unseen}\n", path="a.md")
    page = read_page(f"Title: A\nAuthors: {unseen}; Ada One\nVenue: {unseen}\n", path="a.md")
    assert (page.authors, page.venue) == (("Ada One",), None)
    written = write_page(dataclasses.replace(page, title=unseen, authors=(unseen, "Ada One")))
    assert read_page(written, path="a.md").title == "Untitled"
    assert read_page(written, path="a.md").authors == ("Ada One",)


@pytest.mark.parametrize("line", ["Date: 9999-12-31", "Published: 3000", "Date: 0001-01-01"])
def test_a_page_of_a_year_that_no_paper_is_of_is_refused(line: str) -> None:
    key, _, said = line.partition(": ")
    with pytest.raises(PageError, match=f"'{key}' cannot be '{said}'"):
        read_page(f"Title: A\n{line}\n", path="a.md")


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff \r\n"])
def test_a_page_of_nothing_is_called_so(text: str) -> None:
    with pytest.raises(PageError, match="the page is empty"):
        read_page(text, path="a.md")

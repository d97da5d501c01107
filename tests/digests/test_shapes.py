"""Whatever stands in the midst of a list costs no other entry, or is told; see `make fuzz`."""

from __future__ import annotations

import pytest
from daybook.digests import read_digest

from .shapes import NAMES, SHAPES, lost_of, made

HOSTILE = ("", "\0", '"', "}", "<!--", "</ul></li>", "<textarea>")
TORN = ("</li></ul>", "</entry>", "<!--", "<![CDATA[", "<?xml", "</a>", "<b>", "&nbsp;")


@pytest.mark.parametrize("shape", SHAPES)
def test_text_of_any_kind_in_a_list_costs_no_entry_or_is_told(shape: str) -> None:
    for text in HOSTILE:
        for inside in (False, True):
            lost = lost_of(made(SHAPES[shape], 0, text, inside=inside))
            assert not lost, (text, inside)


@pytest.mark.parametrize("shape", ["rss", "atom", "oai"])
def test_xml_is_read_on_behind_what_is_broken_in_it_and_its_line_is_told(shape: str) -> None:
    for text in TORN:
        (digest,) = read_digest("list", made(SHAPES[shape], 0, text, inside=False))
        assert [entry.title for entry in digest.entries] == list(NAMES), text
        assert all(refusal.line for refusal in digest.refusals)
        assert digest.refusals or text in {"<b>", "&nbsp;", "</a>", "</li></ul>"}


@pytest.mark.parametrize("inside", [False, True])
@pytest.mark.parametrize("shape", ["oai", "dblp-xml", "endnote-xml"])
@pytest.mark.parametrize("text", ["<!DOCTYPE</script>", "<!a b>", '<?a"b?>', "<!---->--->"])
def test_what_xml_has_only_at_its_beginning_costs_nothing_in_its_midst(
    shape: str, text: str, inside: bool
) -> None:
    (digest,) = read_digest("list", made(SHAPES[shape], 0, text, inside=inside))
    assert {*NAMES} <= {entry.title for entry in digest.entries}
    assert digest.refusals or text.startswith("<!--")


@pytest.mark.parametrize("text", ["<p", "<a href=", "<![CDATA["])
def test_a_card_that_a_tag_without_end_takes_in_is_told_by_its_line(text: str) -> None:
    (digest,) = read_digest("list", made(SHAPES["hf-html"], 0, text, inside=False))
    assert NAMES[1] not in [entry.title for entry in digest.entries]
    told = [r for r in digest.refusals if not r.message.startswith("a tag is broken")]
    assert [(r.line, r.message[:10], r.fatal) for r in told] == [(4, "2501.00001", False)]
    assert {r.line for r in digest.refusals} <= {3, 4}


def test_a_paper_that_a_mark_of_code_or_a_broken_row_takes_in_is_read_or_told() -> None:
    (read,) = read_digest("list", made(SHAPES["markdown-sections"], 0, "```", inside=True))
    assert {*NAMES} < {entry.title for entry in read.entries}
    row = made(SHAPES["markdown-table"], 0, "( ", inside=False)
    for digest in read_digest("list", row):
        titles = [entry.title for entry in digest.entries]
        assert {*NAMES} <= {*titles} or any(r.line in (6, 7) for r in digest.refusals)


@pytest.mark.parametrize("text", ["https://arxiv.org/abs/2501.00009", "### One heading"])
def test_one_line_of_another_kind_makes_no_other_format_of_a_copied_page(text: str) -> None:
    (digest,) = read_digest("list", made(SHAPES["hf-text"], 1, text, inside=False))
    assert digest.format == "hf-text"
    assert {*NAMES} <= {entry.title for entry in digest.entries}


def test_a_line_that_is_no_bullet_any_more_is_no_part_of_the_paper_above_without_a_word() -> None:
    lines = ["# Papers", ""]
    lines += [f"- {name} https://arxiv.org/abs/2501.0000{n}" for n, name in enumerate(NAMES)]
    lines[3] = "," + lines[3]
    (digest,) = read_digest("list", "\n".join(lines).encode())
    assert len(digest.entries) == 3
    assert [(r.line, r.message[:10]) for r in digest.refusals] == [(4, "2501.00001")]


@pytest.mark.parametrize("props", ["", " ", "\n\t", "&#10;", "\ufeff"])
def test_a_page_s_blank_data_costs_none_of_its_cards(props: str) -> None:
    page = made(SHAPES["hf-html"], 0, f'<div data-props="{props}"></div>', inside=False)
    (digest,) = read_digest("list", page)
    assert [entry.title for entry in digest.entries] == list(NAMES)


def test_lines_of_another_kind_make_no_other_format_of_a_table() -> None:
    record = "a\n%T Another\n%A Lovelace, Ada\n%D 2025\nb"
    for shape in ("csv", "tsv"):
        (digest,) = read_digest("list", made(SHAPES[shape], 2, record, inside=False))
        assert digest.format == "csv"
        assert {*NAMES} <= {entry.title for entry in digest.entries}


@pytest.mark.parametrize("shape", ["mail", "html-doi", "markdown", "markdown-doi"])
def test_a_title_s_label_takes_in_no_item_of_the_list_below_it(shape: str) -> None:
    for text in ("</body>\n\nTitle: B", "- Title: B"):
        (digest,) = read_digest("list", made(SHAPES[shape], 2, text, inside=False))
        assert {*NAMES} <= {entry.title for entry in digest.entries}


def test_a_heading_that_is_a_number_is_no_title() -> None:
    (digest,) = read_digest("list", made(SHAPES["markdown-bare"], 2, "\n## 20", inside=False))
    assert [entry.title for entry in digest.entries] == list(NAMES)


def test_titles_that_may_be_people_are_none_by_their_words() -> None:
    (digest,) = read_digest("list", made(SHAPES["markdown-bare"], 2, "**Vision**", inside=False))
    (entry,) = (entry for entry in digest.entries if entry.arxiv == "2501.00003")
    assert entry.authors is None
    assert NAMES[3] in (entry.title, entry.blurb)


def test_a_table_below_a_list_takes_no_paper_from_it() -> None:
    table = "| Title | Link |\n|---|---*x8o)"
    (digest,) = read_digest("list", made(SHAPES["markdown"], 2, table, inside=False))
    assert {*NAMES} <= {entry.title for entry in digest.entries}
    one = f"- {NAMES[0]} https://arxiv.org/abs/2501.00001\n\n{table}\n"
    (digest,) = read_digest("list", one.encode())
    assert [entry.title for entry in digest.entries] == [NAMES[0]]


def test_a_note_with_two_papers_makes_no_other_format_of_a_copied_page() -> None:
    papers = "".join(
        f"#### 2025-0{n}\n\n- Nested Widgets [[arXiv](https://arxiv.org/abs/2503.0000{n})]\n\n"
        for n in (1, 2)
    )
    note = f"# Notes\n\n{papers}"
    (digest,) = read_digest("list", made(SHAPES["hf-text"], 0, note, inside=False))
    assert digest.format == "hf-text"
    assert {*NAMES} <= {entry.title for entry in digest.entries}

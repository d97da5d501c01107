"""What a file says of a paper is kept to the sign, and by whoever said it."""

from __future__ import annotations

import json

import pytest
from daybook.digests import read_digest

from .reading import read

ATOM = (
    '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>\n{}\n</feed>'
)
ENTRY = "<entry><id>http://arxiv.org/abs/2401.0000{0}v1</id><title>{1}</title>"
ENTRY += "<summary>{2}</summary></entry>"


def test_signs_that_are_no_entities_stay_in_a_feed() -> None:
    one = ENTRY.format(1, "Bees & Stars", "a < b & c R&D; <![CDATA[x & y <b>]]>")
    two = ENTRY.format(2, "Bees &amp; &#38; Stars", "p<0.05")
    entries, told = read(ATOM.format(one + two), "x.xml")
    assert [entry.title for entry in entries] == ["Bees & Stars", "Bees & & Stars"]
    assert entries[0].abstract == "a < b & c R&D; x & y <b>"
    assert (entries[1].abstract, told) == ("p<0.05", [])


def test_a_control_character_in_xml_is_a_blank() -> None:
    entries, _ = read(ATOM.format(ENTRY.format(1, "Bees\x0bStars", "a\x02b")), "x.xml")
    assert [(entry.title, entry.abstract) for entry in entries] == [("Bees Stars", "a b")]


def test_an_entry_of_a_feed_that_does_not_end_does_not_swallow_the_next() -> None:
    torn = ENTRY.format(1, "One", "a").replace("</summary></entry>", "\n")
    entries, told = read(ATOM.format(torn + ENTRY.format(2, "Two", "b")), "x.xml")
    assert [(entry.title, entry.abstract) for entry in entries] == [("One", "a"), ("Two", "b")]
    assert [(refusal.line, refusal.fatal) for refusal in told] == [(3, False)]


@pytest.mark.parametrize(
    ("title", "below", "whole"),
    [
        ("Bees", "A study", "Bees: A study"),
        ("Bees?", "A study", "Bees? A study"),
        ("Bees: a study", "A study", "Bees: a study"),
    ],
)
def test_crossrefs_subtitle_and_its_groups_are_kept(title: str, below: str, whole: str) -> None:
    people = [{"given": "Jane", "family": "Doe"}, {"name": "WHO", "sequence": "additional"}]
    work = {"type": "journal-article", "title": [title], "subtitle": [below], "author": people}
    entries, _ = read(json.dumps({"message": {"items": [work]}}), "x.json")
    assert [(entry.title, entry.authors) for entry in entries] == [(whole, ("Jane Doe", "WHO"))]


def test_pubmed_says_who_has_an_orcid_id() -> None:
    text = "PMID- 1\nTI  - One\nFAU - Doe, Jane\nAU  - Doe J\nFAU - Roe, Kim\nAU  - Roe K\n"
    text += "AUID- ORCID: 0000-0002-1825-0097\nFAU - Li, Wei\n"
    entries, told = read(text, "x.nbib")
    assert (entries[0].orcids, told) == ((("Kim Roe", "0000-0002-1825-0097"),), [])


def test_ris_names_a_conference_in_c3() -> None:
    entries, _ = read("TY  - CONF\nTI  - One\nC3  - Bees 2022\nER  - \n", "x.ris")
    assert [entry.venue for entry in entries] == ["Bees 2022"]


@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_a_field_of_a_table_that_begins_with_a_quoted_word_keeps_its_marks(sign: str) -> None:
    rows = ["Title,Authors", '"Bees" of war,Jane Doe', '"Is it?" they "ask",Kim Roe']
    rows += ['"a ""b"" c",Li Wei', '"One,\n""Two"" of",Ada One', '"Three",Bo Two']
    text = "".join(row.replace(",", sign) + "\n" for row in rows)
    entries, told = read(text, "x.csv")
    titles = ['"Bees" of war', '"Is it?" they "ask"', 'a "b" c', f'One{sign.strip()} "Two" of']
    assert [entry.title for entry in entries] == [*titles, "Three"]
    assert told == []


def test_what_bibtex_says_twice_or_quotes_is_told_as_what_it_is() -> None:
    text = "@article{a, title={One}, title={Two}, author={Ada One}}\n"
    entries, told = read(text + "@article{b, title={The @article{fake, } trap}, year=2020}\n")
    assert [entry.title for entry in entries] == ["One", "The @articlefake, trap"]
    assert [refusal.message for refusal in told] == [
        "'Two' is a second title of one entry; it was left out."
    ]


@pytest.mark.parametrize(
    ("named", "what"), [("", "no boundary"), ("other", "a boundary that stands nowhere in it")]
)
def test_a_mail_whose_parts_nothing_divides_is_told_as_such(named: str, what: str) -> None:
    head = f"From: a@b.c\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary={named}\n\n"
    entries, (told,) = read(f"{head}--\n--\nx\n", "x.eml")
    assert not entries
    assert what in told.message


@pytest.mark.parametrize(
    "unseen", ["\u200b", "\u3164", "\u2800", "\u202e \u202c", "\u00ad\ufe0f", "\u200c"]
)
def test_what_shows_nothing_is_no_name_and_no_title(unseen: str) -> None:
    paper = {
        "title": "Storks",
        "authors": [unseen, "Ada One"],
        "keywords": [unseen],
        "venue": unseen,
    }
    untitled = {**paper, "title": unseen, "arxiv": "2402.00002"}
    (entry,), told = read(json.dumps([{**paper, "arxiv": "2402.00001"}, untitled]))
    assert (entry.authors, entry.keywords, entry.venue) == (("Ada One",), (), None)
    assert [refusal.message for refusal in told if refusal.fatal] == ["entry 2 has no title."]
    assert "in entry 1, a text that shows nothing was left out." in {
        refusal.message for refusal in told
    }


def test_signs_nobody_sees_stay_where_others_are_beside_them() -> None:
    title = "\u202bStorks\u202c\u00ad of \u3164 \u2800 Z\u00fcrich"
    (entry,), told = read(json.dumps([{"title": title, "arxiv": "2402.00001"}]))
    assert (entry.title, told) == (title, [])


def test_a_name_of_a_list_that_shows_nothing_is_none() -> None:
    lines = "name: \u200b\u2800\ndate: 2025-03-11\n\n- [One](https://arxiv.org/abs/2402.00001)\n"
    (digest,) = read_digest("list.md", lines.encode())
    assert (digest.name, str(digest.date), len(digest.entries)) == (None, "2025-03-11", 1)

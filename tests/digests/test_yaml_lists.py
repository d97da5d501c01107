"""Lists of records in YAML: data files of sites, pandoc's bibliographies, scripts' own."""

from __future__ import annotations

import pytest
from daybook.digests import read_digest
from daybook.digests.yaml_lists import read_yaml
from daybook.records import Entry

LOOMS = "https://arxiv.org/abs/2501.00001"
SPINDLES = "https://arxiv.org/abs/2501.00002"
ABSTRACT = "Looms weave, and so do those who are told of looms in the evening, thread by thread."
YAML = {
    "plain": f"""\
- title: "On Looms: A Study"
  authors: [Ada Lovelace, Grace Hopper]
  date: 2025-01-02
  url: {LOOMS}  # read again
  abstract: |
    Looms weave, and so do those who are told
    of looms in the evening, thread by thread.

- title: 'On Spindles'
  authors:
  - Ada Lovelace
  - Grace Hopper
  url: {SPINDLES}
""",
    "csl": f"""\
---
references:
- id: lovelace2025
  type: article
  title: >-
    On Looms: A
    Study
  author:
  - family: Lovelace
    given: Ada
  - {{family: Hopper, given: Grace}}
  issued:
  - year: 2025
    month: 1
    day: 2
  URL: {LOOMS}
  abstract: >-
    {ABSTRACT}
- id: b
  type: article
  title: On Spindles
  author:
  - family: Lovelace
    given: Ada
  - family: Hopper
    given: Grace
  URL: {SPINDLES}
...
""",
    "keyed": f"""\
papers:
  looms:
    title: On Looms: A Study
    authors: "Ada Lovelace, Grace
      Hopper"
    date: 2025-01-02
    arxiv: "2501.00001"
    abstract: {ABSTRACT}
  spindles:
    title: On Spindles
    authors: Ada Lovelace and Grace Hopper
    arxiv: "2501.00002"
""",
}


def read(text: str) -> list[Entry]:
    """Give the entries of a list in which nothing is doubtful."""
    (digest,) = read_digest("list", text.encode())
    assert digest.refusals == ()
    return list(digest.entries)


@pytest.mark.parametrize("text", YAML.values(), ids=YAML)
def test_a_list_in_yaml_is_read(text: str) -> None:
    looms, spindles = read(text)
    assert (looms.title, spindles.title) == ("On Looms: A Study", "On Spindles")
    assert looms.authors == spindles.authors == ("Ada Lovelace", "Grace Hopper")
    assert (looms.arxiv, str(looms.published)) == ("2501.00001", "2025-01-02")
    assert " ".join((looms.abstract or "").split()) == " ".join(ABSTRACT.split())


@pytest.mark.parametrize(
    "text",
    [
        "-\n" * 50 + "title: a\n",
        "title: On Looms\nauthors: Ada Lovelace\n",
        "---\ntitle: On Looms\n---\n\nA page of a site.\n",
        "- title: On Looms\n---\n\nA page of a site.\n",
        "- title: On Looms\n---\n- title: On Spindles\n",
    ],
)
def test_what_is_no_list_in_yaml_is_left_to_others(text: str) -> None:
    assert read_yaml("list", text) is None


@pytest.mark.parametrize(
    "text",
    [
        "- title: On Looms\n  - broken\n",
        "- title: On Looms\n  authors: &a [*a]\n",
        "- title: On Looms\n  1: [" + "[" * 100_000,
        "- title: On Looms\n" + "- " * 100_000,
        "- title: On Looms\n  [a, b]: c\n",
        '- title: "On Looms\n  url: x\n',
        "- title: a\n  title: b\n",
        "- title: [a, [b\n",
    ],
)
def test_what_is_no_yaml_as_a_whole_is_never_believed_without_a_word(text: str) -> None:
    yaml = read_yaml("list", text)
    assert yaml is not None
    assert yaml.told


def test_what_is_nothing_is_no_text() -> None:
    text = YAML["plain"] + "  abstract: null\n  venue: ~\n  blurb: 'null'\n"
    entry = read(text)[1]
    assert (entry.abstract, entry.venue, entry.blurb) == (None, None, "null")


def test_a_list_beside_the_references_is_read_too() -> None:
    more = YAML["plain"].replace("On ", "More on ").replace("2501.", "2502.")
    text = YAML["csl"].replace("...\n", f"others:\n{more}")
    assert [(entry.title, entry.group) for entry in read(text)] == [
        ("On Looms: A Study", "references"),
        ("On Spindles", "references"),
        ("More on Looms: A Study", "others"),
        ("More on Spindles", "others"),
    ]


def test_a_record_without_a_title_is_told_by_its_line() -> None:
    text = YAML["plain"].replace("title: 'On Spindles'", "t,tle: 'On Spindles'")
    (digest,) = read_digest("list", f"{text}{YAML['plain']}".encode())
    assert [entry.position for entry in digest.entries] == [1, 3, 4]
    assert [refusal.line for refusal in digest.refusals] == [9]

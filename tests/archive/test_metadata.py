"""Bibliographic facts from CSL-JSON and BibTeX."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from daybook.archive.metadata import Fact, _read_bib, _read_csl, read_metadata
from daybook.errors import Refusal
from daybook.records import PartialDate
from hypothesis import given
from hypothesis import strategies as st

BIB = r"""
A comment before.
@string{venue = "Journal of " # "Examples"}
@comment{ignored}
@article{poincare2024,
  title = {{P}oincar{\'e} maps: 100\% of them},
  author = {Garc{\'\i}a, Jos{\'e} and van der Berg, Jr., Anna and {The Storks Team} and Li Wei},
  journal = venue,
  year = 2024, month = jun,
  doi = "https://doi.org/10.1000/ABC",
}
@misc{faking, title="Other", author={A B and others}, eprint={2412.14093v2},
  archivePrefix={arXiv}, primaryClass={cs.CL}, date={2024-12-18}}
@misc{broken, title = {never closed
"""


def test_bibtex_becomes_facts(tmp_path: Path) -> None:
    (tmp_path / "x.bib").write_text(BIB, encoding="utf-8")
    (one, two), told = read_metadata(tmp_path)
    assert one == Fact(
        "x.bib:5",
        title="Poincaré maps: 100% of them",
        doi="10.1000/abc",
        authors=("José García", "Anna van der Berg Jr.", "The Storks Team", "Li Wei"),
        published=PartialDate(2024, 6),
        venue="Journal of Examples",
    )
    assert (two.arxiv, two.arxiv_version, two.categories) == ("2412.14093", 2, ("cs.CL",))
    assert two.authors == ("A B",)
    assert two.published == PartialDate(2024, 12, 18)
    assert [(refusal.path, refusal.line, refusal.fatal) for refusal in told] == [
        ("x.bib", 12, False),
        ("x.bib", 14, True),
    ]


@pytest.mark.parametrize("others", [{"literal": "et al."}, {"family": "others"}])
def test_authors_who_are_not_named_are_nobody(tmp_path: Path, others: dict[str, str]) -> None:
    people = [{"literal": "Ada One"}, {"family": "Two", "given": "Bo"}, others]
    items = [{"id": "x", "title": "A paper", "author": people}]
    (tmp_path / "x.json").write_text(json.dumps(items), encoding="utf-8")
    (fact,), (told,) = read_metadata(tmp_path)
    assert fact.authors == ("Ada One", "Bo Two")
    assert "item 1's authors end in 'et al.'" in told.message
    assert not told.fatal


def test_csl_json_becomes_facts(tmp_path: Path) -> None:
    item = {
        "id": "x",
        "title": "A  paper",
        "author": [{"literal": "The Storks Team"}, {"family": "Li", "given": "Wei"}],
        "issued": {"date-parts": [["2024", 6]]},
        "DOI": "10.1000/ABC",
        "container-title": "Examples 2024",
        "archive": "arXiv",
        "archive_location": "2412.14093v2",
        "custom": {"categories": ["cs.CL", "cs.LG"], "sources": {"authors": "the venue's page"}},
    }
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "x.json").write_text(json.dumps([item]), encoding="utf-8")
    (fact,), refusals = read_metadata(tmp_path)
    assert not refusals
    assert fact == Fact(
        "sub/x.json: x",
        title="A  paper",
        arxiv="2412.14093",
        arxiv_version=2,
        doi="10.1000/abc",
        authors=("The Storks Team", "Wei Li"),
        published=PartialDate(2024, 6),
        venue="Examples 2024",
        categories=("cs.CL", "cs.LG"),
        sources=(("authors", "the venue's page"),),
    )


def test_a_set_of_authors_is_never_an_order(tmp_path: Path) -> None:
    item = {"title": "A", "custom": {"authors_unordered": ["B", "C"], "first_author": "C"}}
    (tmp_path / "x.json").write_text(json.dumps([item]), encoding="utf-8")
    assert read_metadata(tmp_path)[0][0].authors is None


@pytest.mark.parametrize("text", ["{", "{}", '[{"author": []}]', "[1]", "[" * 100_000, "\xff"])
def test_a_file_that_is_no_metadata_is_refused_and_the_rest_is_read(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / "bad.json").write_bytes(text.encode("latin-1"))
    (tmp_path / "good.json").write_text('[{"title": "A"}]', encoding="utf-8")
    facts, refusals = read_metadata(tmp_path)
    assert [fact.title for fact in facts] == ["A"]
    assert [refusal.path for refusal in refusals] == ["bad.json"]


@pytest.mark.parametrize("data", [b"", b"\n", b"\x89PNG\r\n\x1a\n\0\0"])
def test_bibtex_with_nothing_in_it_stops_no_build(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "bad.bib").write_bytes(data)
    (tmp_path / "good.json").write_text('[{"title": "A"}]', encoding="utf-8")
    facts, refusals = read_metadata(tmp_path)
    assert [fact.title for fact in facts] == ["A"]
    assert [refusal.path for refusal in refusals] == ["bad.bib"]


def test_what_is_no_file_and_a_folder_that_nobody_may_list_are_refused(unprivileged: Path) -> None:
    os.mkfifo(unprivileged / "pipe.bib")
    (unprivileged / "locked").mkdir(mode=0)
    _, refusals = read_metadata(unprivileged)
    assert [(refusal.path, refusal.fatal) for refusal in refusals] == [
        ("pipe.bib", True),
        ("locked", True),
    ]


def test_a_missing_folder_holds_nothing(tmp_path: Path) -> None:
    assert read_metadata(tmp_path / "none") == ((), ())
    assert read_metadata(None) == ((), ())


@given(st.text(alphabet='@ab{}(),="#\\ \n1', max_size=80))
def test_no_text_makes_the_bibtex_reader_fail(text: str) -> None:
    for fact in _read_bib("x.bib", "@misc{" + text):
        assert isinstance(fact, Fact | Refusal)


@given(st.lists(st.one_of(st.none(), st.integers(), st.text(), st.dictionaries(
    st.sampled_from(("title", "author", "issued", "DOI", "custom", "archive", "number")),
    st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=4)
    | st.dictionaries(st.text(), st.text()),
))))  # fmt: skip
def test_no_json_makes_the_csl_reader_fail(items: list[object]) -> None:
    for fact in _read_csl("x.json", json.dumps(items)):
        assert isinstance(fact, Fact | Refusal)


def test_the_facts_of_the_five_digests_are_carried_over(project: Path, shared: Path) -> None:
    found, refusals = read_metadata(project / "content" / "metadata")
    assert not refusals
    facts = {fact.title: fact for fact in found}
    lines = (shared / "facts" / "papers.jsonl").read_text(encoding="utf-8").splitlines()
    known = 0
    for said in map(json.loads, lines):
        fact = facts.get(said["title"])
        if fact is None:
            assert not any(said[key] for key in ("arxiv", "authors", "date", "doi", "categories"))
            continue
        known += 1
        assert fact.arxiv == said["arxiv"]
        named = [name for name in said["authors"] or [] if name != "et al."]
        assert list(fact.authors or ()) == named
        assert list(fact.categories) == (said["categories"] or [])
        assert str(fact.published) == str(said["date"])
        doi = said["doi"] or ""
        assert fact.doi == (doi.lower() if doi.startswith("10.") else None)
        assert fact.venue == (None if said["venue"] == "No Venue" else said["venue"])
        assert bool(fact.sources) == bool(said["source"])
    assert known == 540


def test_a_number_that_is_none_costs_no_fact(tmp_path: Path) -> None:
    items = '[{"title": "One", "DOI": "10.1000/1", "volume": %s}, {"title": "Two"}]'
    for number in ("9" * 5000, "1e400", "NaN"):
        (tmp_path / "a.json").write_text(items % number)
        facts, refusals = read_metadata(tmp_path)
        assert ([fact.title for fact in facts], [*refusals]) == (["One", "Two"], [])


def test_bibtex_that_is_something_else_is_refused_and_a_file_of_remarks_is_not(
    tmp_path: Path,
) -> None:
    (tmp_path / "letter.bib").write_text("Dear keeper,\nmail me at a@b.example.\n", "utf-8")
    (tmp_path / "later.bib").write_text("% to be filled\n@string{j = {Journal}}\n", "utf-8")
    facts, refusals = read_metadata(tmp_path)
    assert facts == ()
    assert [(r.path, r.line, r.message) for r in refusals] == [
        ("letter.bib", 1, "expected entries of BibTeX, found none.")
    ]


WRONG_BIB = """\
@misc{a, title={A}, doi={10.abc/x}, date={2024-02-31}}
@misc{b, title={B}, date={9999-12-31}}
"""
WRONG_CSL = """[
{"title": "A", "DOI": "10.abc/x", "issued": {"date-parts": [[2024, 2, 31]]}},
{"title": "B", "issued": {"raw": "9999-12-31"}}
]"""


@pytest.mark.parametrize(("name", "text"), [("x.bib", WRONG_BIB), ("x.json", WRONG_CSL)])
def test_a_date_and_a_doi_that_are_none_are_told_and_the_facts_stay(
    tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / name).write_text(text)
    facts, told = read_metadata(tmp_path)
    assert [(fact.title, fact.doi) for fact in facts] == [("A", None), ("B", None)]
    assert [(refusal.path, refusal.fatal, refusal.message) for refusal in told] == [
        (name, False, "in entry 1, '10.abc/x' is no DOI; it was left out."),
        (
            name,
            False,
            "in entry 1, '2024-02-31' was not read as a date; the paper was kept without it.",
        ),
        (
            name,
            False,
            "in entry 2, 9999-12-31 is no paper's date; the paper was kept without it.",
        ),
    ]


def test_files_of_facts_that_are_not_read_and_authors_that_are_none_are_told(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.ris").write_text("TY  - JOUR\n")
    (tmp_path / "b.json").write_text('[{"title": "On Looms", "author": "Ada Byron"}]')
    (tmp_path / "README.md").write_text("Where the facts come from.")
    facts, told = read_metadata(tmp_path)
    assert [(fact.title, fact.authors) for fact in facts] == [("On Looms", None)]
    assert [(refusal.path, refusal.fatal) for refusal in told] == [
        ("a.ris", False),
        ("b.json", False),
    ]
    assert "no list of names" in told[1].message

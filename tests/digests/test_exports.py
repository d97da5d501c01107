"""Records as programs and services export them: signs above a table, markup in titles."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from daybook.digests import read_digest
from daybook.errors import DigestError
from daybook.records import Entry

from ..hostile_texts import as_tex


def entries(name: str, text: str) -> tuple[Entry, ...]:
    (digest,) = read_digest(name, text.encode())
    assert digest.refusals == ()
    return tuple(digest.entries)


@pytest.mark.parametrize(
    ("said", "sign"),
    [("sep=;", ";"), ("SEP=,", ","), ('"sep=\t"', "\t"), ("sep=;;;;", ";"), ("\ufeffsep=|\r", "|")],
)
def test_a_table_s_first_line_may_say_what_divides_its_cells(said: str, sign: str) -> None:
    rows = ("Title,Authors,Year,DOI", 'One,"Doe, Jane",2025,10.1000/1', "Two,Ada,2024,10.1000/2")
    table = "\n".join(rows).replace(",", sign).replace(f"Doe{sign} ", "Doe, ")
    found = entries("list.csv", f"{said}\n{table}\n")
    assert [(entry.title, entry.doi, entry.line) for entry in found] == [
        ("One", "10.1000/1", 3),
        ("Two", "10.1000/2", 4),
    ]
    assert found[0].authors == ("Jane Doe",)


def as_json(title: str) -> str:
    return json.dumps([{"title": title, "authors": ["Ada"], "doi": "10.1000/1"}])


def as_csl(title: str) -> str:
    return json.dumps([{"type": "article", "title": title, "author": [{"family": "Ada"}]}])


RECORDS: dict[str, Callable[[str], str]] = {
    "json": as_json,
    "openalex": lambda title: json.dumps(
        {"results": [{"display_name": title, "doi": "https://doi.org/10.1000/1"}]}
    ),
    "jsonl": lambda title: as_json(title)[1:-1],
    "csl-json": as_csl,
    "csv": lambda title: f'title,doi\n"{title.replace(chr(34), 2 * chr(34))}",10.1000/1\n',
    "bibtex": lambda title: f"@misc{{a,\n  title = {{{as_tex(title)}}},\n  year = 2025\n}}\n",
    "ris": lambda title: f"TY  - JOUR\nTI  - {title}\nER  - \n",
    "pubmed": lambda title: f"PMID- 1\nTI  - {title}\nAB  - Words.\n",
}


@pytest.mark.parametrize("format_name", RECORDS)
@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Growth of <i>E. coli</i> in H<sub>2</sub>O", "Growth of E. coli in H2O"),
        ("Growth of &lt;i&gt;E. coli&lt;/i&gt; at home", "Growth of E. coli at home"),
        ("Looms &amp; the <scp>Spindles</scp>", "Looms & the Spindles"),
        (
            "On <mml:math xmlns:mml='http://www.w3.org/1998/Math/MathML'><mml:mi>W</mml:mi> bosons",
            "On W bosons",
        ),
        ("The <i> of <pad> and 1 </ 2", "The <i> of <pad> and 1 </ 2"),
    ],
)
def test_what_typesets_the_words_of_a_record_s_title_is_none_of_them(
    format_name: str, written: str, title: str
) -> None:
    (entry,) = entries("list", RECORDS[format_name](written))
    assert entry.title == title


@pytest.mark.parametrize(
    "authors", [["Ada Lovelace", "Grace Hopper"], "Ada Lovelace, Grace Hopper", ["Lovelace, Ada"]]
)
def test_a_list_of_titles_and_authors_and_nothing_else_is_one_of_papers(authors: object) -> None:
    records = [{"title": "Looms That Learn", "authors": authors}, {"title": "Wool", "authors": []}]
    found = entries("list.json", json.dumps(records))
    assert [entry.title for entry in found] == ["Looms That Learn", "Wool"]
    assert (found[0].authors or ())[0] == "Ada Lovelace"
    (one,) = entries("one.json", json.dumps(records[0]))
    assert one.title == "Looms That Learn"


@pytest.mark.parametrize(
    "record",
    [
        {"title": "Looms That Learn", "authors": ["Ada Lovelace"], "isbn": "9780000000000"},
        {"title": "Looms That Learn", "author": "Ada Lovelace"},
        {"title": "Looms That Learn", "authors": ["user_17"]},
        {"title": "Looms", "authors": ["Ada Lovelace"]},
    ],
)
def test_a_list_that_may_be_of_anything_is_none_of_papers(record: dict[str, object]) -> None:
    with pytest.raises(DigestError, match="without what makes them papers"):
        entries("list.json", json.dumps([record]))


def test_lines_of_hugging_face_s_items_keep_the_paper_s_own_fields() -> None:
    paper = {"id": "2501.00001", "title": "Looms", "authors": [{"name": "Ada Lovelace"}]}
    item = {"paper": paper, "title": "Looms", "summary": "Words.", "numComments": 2}
    (found,) = entries("list.jsonl", f"{json.dumps(item)}\n{json.dumps(item)}\n")[:1]
    assert (found.arxiv, found.authors, found.comments) == ("2501.00001", ("Ada Lovelace",), 2)


def test_endnote_s_journal_may_be_an_identifier() -> None:
    text = (
        "%0 Journal Article\n%T Looms\n%A Doe, Jane\n%J arXiv preprint arXiv:2501.00001\n%D 2025\n"
    )
    (found,) = entries("list.enw", text)
    assert (found.arxiv, found.venue) == ("2501.00001", None)


def test_records_under_their_identifiers_are_a_list() -> None:
    records = {
        "2501.00001": {"title": "Looms", "authors": ["Ada Lovelace"]},
        "2501.00002v2": {"title": "Wool", "authors": ["Grace Hopper"]},
    }
    found = entries("list.json", json.dumps(records))
    assert [(entry.title, entry.arxiv) for entry in found] == [
        ("Looms", "2501.00001"),
        ("Wool", "2501.00002"),
    ]


def test_an_answer_of_hugging_face_s_may_stand_under_any_key() -> None:
    paper = {"id": "2501.00001", "title": "Looms", "summary": "Words.", "authors": []}
    listed = {"fetched": "2025-01-02", "data": [{"paper": paper}, {"paper": paper}]}
    (digest,) = read_digest("list.json", json.dumps(listed).encode())
    assert (digest.format, len(digest.entries)) == ("hf-json", 2)


@pytest.mark.parametrize("above", ["My list,,,\n,,,\n", "My list\n", '"Papers, 2025",,,\n\n'])
def test_a_sheet_s_own_title_may_stand_above_its_columns(above: str) -> None:
    found = entries("list.csv", f"{above}Title,Authors,Year,DOI\nLooms,Ada,2025,10.1000/1\n")
    line = above.count("\n") + 2
    assert [(entry.title, entry.doi, entry.line) for entry in found] == [
        ("Looms", "10.1000/1", line)
    ]


@pytest.mark.parametrize(
    "header",
    [
        "Titel;Autoren;Link;Jahr",
        "Título;Autor;DOI;Año",
        "标题;作者;链接;发布日期",
        "제목;저자;링크;날짜",
    ],
)
def test_a_table_s_columns_are_called_in_its_keeper_s_language(header: str) -> None:
    row = "Looms;李明, 王芳;https://arxiv.org/abs/2501.00001;2025"
    (found,) = entries("list.csv", f"{header}\n{row}\n")
    assert (found.title, found.authors) == ("Looms", ("李明", "王芳"))


RDF = """\
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:bib="http://purl.org/net/biblio#"
 xmlns:link="http://purl.org/rss/1.0/modules/link/">
  <bib:Article rdf:about="http://arxiv.org/abs/2501.00001"><dc:title>On Looms</dc:title>
  </bib:Article>
</rdf:RDF>
"""
MODS = '<modsCollection xmlns="http://www.loc.gov/mods/v3"><mods/></modsCollection>'


@pytest.mark.parametrize("declared", ["", '<?xml version="1.0" encoding="UTF-8"?>\n'])
@pytest.mark.parametrize(("export", "name"), [(RDF, "RDF, as Zotero"), (MODS, "in MODS")])
def test_an_export_that_is_not_read_is_called_by_its_name(
    declared: str, export: str, name: str
) -> None:
    with pytest.raises(DigestError, match=f"found a bibliography in.*{name}|{name}") as caught:
        read_digest("zotero.rdf", (declared + export).encode())
    assert "BibTeX, RIS or CSL-JSON" in str(caught.value)


def test_volumes_lend_their_papers_what_these_do_not_say_and_are_none() -> None:
    text = """@inproceedings{c, author={Gunn, Eli}, title={Hooks}, crossref={D}}
@article{b, author={Reed, Bo}, title={Lensing}, journal={\\mnras}, year=2026}
@proceedings{d, title={Advances in Hooks 38}, year=2025, editor={Fahr, Dee}}
@proceedings{e, title={A Volume of Its Own}, year=2025}
@book{f, title={The Book of Looms}, author={Byron, Ada}, year=2020}
@incollection{g, title={Wool}, author={Liu, Bo}, crossref={f}}
"""
    (digest,) = read_digest("list.bib", text.encode())
    assert [(e.title, e.venue, str(e.published)) for e in digest.entries] == [
        ("Hooks", "Advances in Hooks 38", "2025"),
        ("Lensing", "Monthly Notices of the Royal Astronomical Society", "2026"),
        ("A Volume of Its Own", None, "2025"),
        ("The Book of Looms", None, "2020"),
        ("Wool", "The Book of Looms", "2020"),
    ]


def test_names_with_their_places_and_a_star_are_names() -> None:
    text = "Paper ID\tTitle\tAuthors\n1\tFoldBot\tAda Quill (TidalLab)*; Bo Reed (Univ B)\n"
    (digest,) = read_digest("list.tsv", f"{text}2\tHooks\tEli Gunn (TidalLab)*\n".encode())
    assert [e.authors for e in digest.entries] == [("Ada Quill", "Bo Reed"), ("Eli Gunn",)]

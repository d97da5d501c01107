import csv
import gzip
import io
import json
import re
from dataclasses import replace

import bibtexparser
import pytest
from daybook.catalogue.exports import COLUMNS, FIELDS, digests_json, papers_jsonl
from daybook.records import Archive
from lxml import etree

from .small_archive import ARCHIVE, OPTIONS, SITE, paper, render


def test_the_dump_has_every_field_in_order_sorted_by_url_and_null_where_unknown() -> None:
    lines = render()["data/papers.jsonl"].decode().splitlines()
    assert lines[0] == (
        '{"id":"nobody-knows","url":"papers/nobody-knows.html","title":"Nobody knows",'
        '"abstract":null,"authors":null,"topics":[],"arxiv":null,"published":null,'
        '"date":null,"date_basis":null,"digests":[{"id":"undated-1","position":1}]}'
    )
    assert json.loads(lines[1]) == {
        "id": "pretending-to-agree",
        "url": "papers/pretending-to-agree.html",
        "title": "Pretending to agree: 100% of $O(n^2)$ models",
        "abstract": "We watch models.\n\nThey pretend & smile; see https://example.org/code.",
        "authors": ["Zoë Łukasz", "Ada van Dyke", "Bo Chen Jr."],
        "topics": ["safety", "vision"],
        "arxiv": "2412.00001",
        "published": "2024-12-18",
        "date": "2025-03-11",
        "date_basis": "digest",
        "digests": [
            {"id": "2025-03-11", "position": 1},
            {"id": "2025-03-14", "position": 2},
        ],
    }
    found = [json.loads(line) for line in lines]
    assert [facts["published"] for facts in found[2:]] == ["2024-12", "2024"]
    assert [facts["url"] for facts in found] == sorted(facts["url"] for facts in found)


def test_the_list_of_digests_says_what_dated_each() -> None:
    assert json.loads(render()["data/digests.json"]) == [
        {
            "id": "2025-03-14",
            "name": "14 March 2025",
            "date": "2025-03-14",
            "dated_by": "inferred",
            "not_before": None,
            "entries": 2,
        },
        {
            "id": "2025-03-11",
            "name": "11 March 2025",
            "date": "2025-03-11",
            "dated_by": "file",
            "not_before": None,
            "entries": 2,
        },
        {
            "id": "undated-1",
            "name": "Undated digest, 1 paper",
            "date": None,
            "dated_by": None,
            "not_before": None,
            "entries": 1,
        },
    ]


def test_no_character_of_a_title_ends_a_line_of_the_dump() -> None:
    title = "one\u2028two\x85three\nfour"
    archive = Archive((paper(0, title=title), paper(1)), (), ())
    lines = papers_jsonl(archive.papers).decode().splitlines()
    assert len(lines) == 2
    assert json.loads(lines[0])["title"] == title


def test_an_empty_archive_has_an_empty_dump() -> None:
    empty = Archive((), (), ARCHIVE.topics)
    assert papers_jsonl(()) == render(empty)["data/papers.jsonl"] == b""
    assert json.loads(digests_json(empty)) == []


def test_the_table_reads_back_and_no_cell_is_a_formula() -> None:
    title = '=HYPERLINK("http://evil"), "quoted"\nline'
    archive = Archive((*ARCHIVE.papers, paper(9, title=title, authors=("@me", "张三"))), (), ())
    rows = list(csv.DictReader(io.StringIO(render(archive)["data/papers.csv"].decode(), "")))
    assert list(rows[0]) == [name for name, _ in COLUMNS]
    assert [row["id"] for row in rows] == [one.slug for one in archive.papers]
    assert rows[0]["authors"] == "Zoë Łukasz; Ada van Dyke; Bo Chen Jr."
    assert (rows[0]["topics"], rows[0]["published"]) == ("safety; vision", "2024-12-18")
    assert rows[0]["url"] == "https://arxiv.org/abs/2412.00001"
    assert rows[-1]["title"] == "'" + " ".join(title.split("\n"))
    assert rows[-1]["authors"] == "'@me; 张三"
    assert rows[-1]["url"] == f"{SITE}/papers/paper-9.html"


@pytest.mark.parametrize("sign", ["+", "-", "@", "＝", "＋", "－", "＠"])
def test_no_cell_begins_as_a_formula_of_any_spreadsheet(sign: str) -> None:
    archive = Archive((paper(9, title=f"{sign}1+1"),), (), ())
    rows = list(csv.DictReader(io.StringIO(render(archive)["data/papers.csv"].decode(), "")))
    assert rows[0]["title"] == f"'{sign}1+1"


def test_parts_are_cut_by_number_so_that_a_later_paper_changes_the_last_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("daybook.catalogue.exports.PART", 2)
    papers = tuple(paper(number) for number in (0, 1, 3, 6))
    before, after = (render(Archive(some, (), ())) for some in (papers, (*papers, paper(7))))
    for ending in ("jsonl", "csv", "bib"):
        names = [f"data/papers{part}.{ending}" for part in ("", "-2", "-4")]
        assert [path for path in before if path.endswith(f".{ending}") and "data/" in path] == names
        assert [before[name] == after[name] for name in names] == [True, True, False]
    page = before["data/index.html"].decode()
    assert all(f'href="../data/papers{part}.csv"' in page for part in ("", "-2", "-4"))


def test_a_large_archives_data_and_sitemap_are_the_same_packed() -> None:
    plain, large = (render(ARCHIVE, replace(OPTIONS, large_archive=most)) for most in (10, 1))
    for ending in ("jsonl", "csv", "bib"):
        name = f"data/papers.{ending}"
        assert gzip.decompress(large[f"{name}.gz"]) == plain[name]
        assert name not in large
        assert f'href="../{name}.gz"' in large["data/index.html"].decode()
    (part,) = re.findall(r"<loc>(.*?)</loc>", large["sitemap.xml"].decode())
    assert part == f"{SITE}/sitemap-1.xml.gz"
    listed = set(re.findall(rb"<loc>(.*?)</loc>", gzip.decompress(large["sitemap-1.xml.gz"])))
    assert {f"{SITE}/papers/{one.slug}.html".encode() for one in ARCHIVE.papers} <= listed


def test_bibtex_of_everything_has_an_entry_for_every_paper() -> None:
    library = bibtexparser.entrypoint.parse_string(render()["data/papers.bib"].decode())
    assert not library.failed_blocks
    assert [entry.key for entry in library.entries] == [one.slug for one in ARCHIVE.papers]


def test_the_data_page_describes_every_field_of_the_files() -> None:
    files = render()
    page = files["data/index.html"].decode()
    fields = {name for names, _ in FIELDS for name in names.split(", ")}
    assert fields == set(json.loads(files["data/papers.jsonl"].decode().splitlines()[0]))
    assert all(f"<code>{names}</code>" in page for names, _ in (*FIELDS, *COLUMNS))
    assert 'href="../feeds/feeds.opml"' in page


def test_a_browsers_address_bar_can_search_where_the_site_has_an_address() -> None:
    files = render(ARCHIVE, replace(OPTIONS, name="A & B of a long name"))
    root = etree.fromstring(files["opensearch.xml"])
    assert root.tag == "{http://a9.com/-/spec/opensearch/1.1/}OpenSearchDescription"
    (url,) = root.iter("{*}Url")
    assert url.get("template") == f"{SITE}/search.html?q={{searchTerms}}"
    assert len(root.findtext("{*}ShortName") or "") <= 16
    for path in ("index.html", "search.html"):
        assert b'type="application/opensearchdescription+xml"' in files[path]
    files = render(ARCHIVE, replace(OPTIONS, url=None))
    assert "opensearch.xml" not in files
    assert b"opensearch" not in files["index.html"]

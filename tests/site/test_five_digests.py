"""What the five real digests must become: the numbers and dates a person counted."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter

from daybook.archive import load_taxonomy

from ..sites import PROJECT, Site, resolve

FIELDS = ["id", "url", "title", "abstract", "authors", "topics", "arxiv"]
FIELDS += ["published", "date", "date_basis", "digests"]
DIGEST_FIELDS = ["id", "name", "date", "dated_by", "not_before", "entries"]


def test_every_entry_is_read(five_digests_site: Site) -> None:
    entries = Counter(digest["entries"] for digest in five_digests_site.digests)
    assert entries == Counter([48, 87, 241, 201, 49])


def test_they_are_561_papers_of_which_44_came_again(five_digests_site: Site) -> None:
    seen = Counter(
        len({place["id"] for place in paper["digests"]}) for paper in five_digests_site.dump
    )
    assert sum(seen.values()) == 561
    assert sum(count for digests, count in seen.items() if digests > 1) == 44
    assert seen[5] == 2


def test_every_place_in_every_digest_is_one_papers(five_digests_site: Site) -> None:
    """All 626 entries lead somewhere, and none is counted twice."""
    places = Counter(
        (place["id"], place["position"])
        for paper in five_digests_site.dump
        for place in paper["digests"]
    )
    expected = {
        (digest["id"], position)
        for digest in five_digests_site.digests
        for position in range(1, digest["entries"] + 1)
    }
    assert set(places) == expected
    assert len(expected) == 626
    assert set(places.values()) == {1}


def test_the_digests_are_dated_as_far_as_can_be_known(five_digests_site: Site) -> None:
    dated = {
        digest["date"]: digest for digest in five_digests_site.digests if digest["date"] is not None
    }
    assert set(dated) == {"2025-03-11", "2025-03-14", "2025-11-10"}
    assert {digest["dated_by"] for digest in dated.values()} == {"inferred"}
    undated = [digest for digest in five_digests_site.digests if digest["date"] is None]
    assert {digest["name"] for digest in undated} == {
        f"Undated digest, {digest['entries']} papers" for digest in undated
    }
    assert len(undated) == 2
    for digest in undated:
        assert digest["dated_by"] is None
        assert dt.date.fromisoformat(f"{digest['not_before']}-01-01"[:10])


def test_an_inferred_year_is_marked_wherever_the_date_is_shown(five_digests_site: Site) -> None:
    for digest in five_digests_site.digests:
        if digest["dated_by"] != "inferred":
            continue
        page = five_digests_site.pages[f"digests/{digest['id']}.html"]
        assert "infer" in " ".join(page.text("//main")).lower(), digest["id"]
    listed = " ".join(five_digests_site.pages["digests/index.html"].text("//main")).lower()
    assert listed.count("infer") >= 3


def test_no_reader_is_sent_to_a_mirror(five_digests_site: Site) -> None:
    mirrors = re.compile(r"hf-mirror|huggingface\.host", re.IGNORECASE)
    for folder in (five_digests_site.output, five_digests_site.papers):
        for path in folder.rglob("*"):
            if path.is_file():
                assert not mirrors.search(path.read_text("utf-8", errors="replace")), path


def test_the_report_says_what_was_done(five_digests_site: Site) -> None:
    report = five_digests_site.report.lower()
    numbers = {
        "digest": 5, "entries": 626, "papers": 561, "merged": 65, "repaired": 8, "inferred": 3
    }  # fmt: skip
    for word, number in numbers.items():
        lines = [line for line in report.splitlines() if word in line]
        assert any(re.search(rf"\b{number}\b", line) for line in lines), (word, number, report)


def test_the_dump_has_every_field_in_order_and_is_sorted(five_digests_site: Site) -> None:
    dump = five_digests_site.dump
    topics = {topic.slug for topic in load_taxonomy(PROJECT / "content" / "topics.toml").topics}
    for paper in dump:
        assert list(paper) == FIELDS
        assert f"{paper['url']}" in five_digests_site.files
        assert paper["title"]
        assert paper["title"].strip() == paper["title"]
        assert paper["abstract"] != ""
        assert paper["authors"] is None or all(paper["authors"])
        assert len(paper["topics"]) <= 4
        assert set(paper["topics"]) <= topics
        assert paper["date_basis"] in {"digest", "publication", "not-before", "unknown"}
        dt.date.fromisoformat(paper["date"])
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", paper["published"] or "2025")
        assert all(list(place) == ["id", "position"] for place in paper["digests"])
    urls = [paper["url"] for paper in dump]
    assert urls == sorted(urls)
    assert len({paper["id"] for paper in dump}) == len(dump)
    text = (five_digests_site.output / "data" / "papers.jsonl").read_text("utf-8")
    assert text.endswith("}\n")
    assert [json.loads(line) for line in text.splitlines()] == dump


def test_the_list_of_digests_has_every_field(five_digests_site: Site) -> None:
    assert all(list(digest) == DIGEST_FIELDS for digest in five_digests_site.digests)


def test_few_papers_are_left_unsorted(five_digests_site: Site) -> None:
    unsorted = [paper for paper in five_digests_site.dump if not paper["topics"]]
    assert len(unsorted) <= 0.03 * 561


def test_a_paper_says_in_which_digests_it_came_and_they_link_back(
    five_digests_site: Site,
) -> None:
    for paper in five_digests_site.dump:
        page = five_digests_site.pages[paper["url"]]
        leads = {resolve(page.path, str(link)) for link in page.tree.xpath("//main//a/@href")}
        for place in paper["digests"]:
            anchor = f"entry-{place['position']}"
            files = {file for file, found in filter(None, leads) if found == anchor}
            stem = f"digests/{place['id']}"
            assert any(file.startswith(stem) for file in files), (paper["url"], place)
            (file,) = {file for file in files if re.match(rf"{stem}(-page-\d+)?\.html", file)}
            entry = five_digests_site.pages[file].tree.get_element_by_id(anchor)
            back = {resolve(file, str(link)) for link in entry.xpath("descendant-or-self::a/@href")}
            assert (paper["url"], "") in back, (file, anchor)


def test_titles_and_abstracts_are_shown_as_they_came(five_digests_site: Site) -> None:
    for paper in five_digests_site.dump:
        page = five_digests_site.pages[paper["url"]]
        assert page.text("//h1") == [" ".join(paper["title"].split())]
        if paper["abstract"]:
            text = " ".join(page.text("//main"))
            start = " ".join(paper["abstract"].split())[:200]
            assert start in text, paper["url"]


def test_authors_are_named_where_they_are_known_and_never_made_up(
    five_digests_site: Site,
) -> None:
    for paper in five_digests_site.dump:
        page = five_digests_site.pages[paper["url"]]
        named = page.text("//article/header/p[@class='by']/a")
        assert named == (paper["authors"] or []), paper["url"]
        tagged = page.tree.xpath("//meta[@name='citation_author']/@content")
        if paper["published"]:
            assert [str(name) for name in tagged] == (paper["authors"] or []), paper["url"]

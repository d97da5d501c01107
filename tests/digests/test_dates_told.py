"""A date or a DOI that cannot be read costs a paper nothing else, and is told."""

from __future__ import annotations

import json

import pytest
from daybook.digests import read_digest
from daybook.errors import Refusal
from daybook.records import Digest, Entry, PartialDate

RECORD = {"title": "Where storks rest", "authors": ["Ada One"], "arxiv": "2402.00002"}
PAPER = {"id": "2402.00002", "title": "Where storks rest", "publishedAt": "DATE"}
ITEM = {"type": "article", "title": "Where storks rest", "author": [{"family": "One"}]}
STATING = {
    "json": json.dumps([{**RECORD, "date": "DATE"}]),
    "jsonl": json.dumps({**RECORD, "published": "DATE"}) + "\n",
    "hf-json": json.dumps([{"paper": PAPER, "title": "Where storks rest"}]),
    "csl-json": json.dumps([{**ITEM, "issued": {"raw": "DATE"}}]),
    "bibtex": "@article{a, title={Where storks rest}, date={DATE}}\n",
    "ris": "TY  - JOUR\nTI  - Where storks rest\nPY  - DATE\nER  - \n",
    "tagged": "PMID- 1\nDP  - DATE\nTI  - Where storks rest.\n\n",
    "csv": "title,arxiv,date\nWhere storks rest,2402.00002,DATE\n",
    "tsv": "arxiv_id\ttitle\tsubmitted\n2402.00002\tWhere storks rest\tDATE\n",
    "feed": (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Where storks rest</title>'
        "<id>http://arxiv.org/abs/2402.00002v1</id><published>DATE</published></entry></feed>"
    ),
    "xml": (
        "<OAI-PMH><ListRecords><record><metadata><arXiv><id>2402.00002</id><created>DATE</created>"
        "<title>Where storks rest</title></arXiv></metadata></record></ListRecords></OAI-PMH>"
    ),
    "arxiv-mail": (
        "\\\\\narXiv:2402.00002\nDate: DATE\n\nTitle: Where storks rest\nAuthors: Ada One\n"
        "Categories: cs.AI\n\\\\\n  They rest.\n\\\\\n"
    ),
    "citation-html": (
        '<html><head><meta name="citation_title" content="Where storks rest">'
        '<meta name="citation_publication_date" content="DATE"></head><body></body></html>'
    ),
    "sections": (
        "## [Where storks rest](https://arxiv.org/abs/2402.00002)\n\n**Published:** DATE\n\n"
        "They rest where nobody looks for them.\n"
    ),
    "list": "- [Where storks rest](https://arxiv.org/abs/2402.00002)\n  - Date: DATE\n",
    "table": (
        "| Title | Date | Link |\n|---|---|---|\n"
        "| Where storks rest | DATE | [paper](https://arxiv.org/abs/2402.00002) |\n"
    ),
    "page": (
        '<html><body><h2><a href="https://arxiv.org/abs/2402.00002">Where storks rest</a></h2>'
        "<p><b>Published:</b> DATE</p><p>They rest where nobody looks.</p></body></html>"
    ),
}
NO_DATES = ("2024-02-31", "0000-00-00", "31 February 2024", "2024-13-01", "12345-01-01")


def read(text: str, name: str = "x") -> Digest:
    (digest,) = read_digest(name, text.encode())
    return digest


def about_dates(digest: Digest) -> list[Refusal]:
    return [told for told in digest.refusals if "date" in told.message]


@pytest.mark.parametrize("date", NO_DATES)
@pytest.mark.parametrize("kind", STATING)
def test_a_papers_date_that_is_none_is_told_and_the_paper_stays(kind: str, date: str) -> None:
    digest = read(STATING[kind].replace("DATE", date))
    assert [entry.title for entry in digest.entries] == ["Where storks rest"]
    told = [(refusal.message, refusal.fatal) for refusal in about_dates(digest)]
    published = digest.entries[0].published
    kept = f"with {published} for it" if published else "without it"
    if published is None or "-" in date:
        what = f"in entry 1, {date!r} was not read as a date"
        assert told == [(f"{what}; the paper was kept {kept}.", False)]
    if published is not None:  # what can be of it was taken
        assert published in (PartialDate(2024), PartialDate(2024, 2))


@pytest.mark.parametrize("date", ["2024-02-29", "2024", "in press", "0"])
@pytest.mark.parametrize("kind", STATING)
def test_of_a_date_or_of_none_nothing_is_told(kind: str, date: str) -> None:
    whole = kind in ("feed", "hf-json", "xml", "arxiv-mail")  # they have a day, or break
    if (date, whole) != ("2024", True) and (kind, date) != ("tagged", "2024-02-29"):
        assert about_dates(read(STATING[kind].replace("DATE", date))) == []


def test_the_date_of_a_later_version_is_read_though_it_is_not_taken() -> None:
    (entry,), told = read_told(STATING["list"].replace("00002", "00002v3"), "2024-02-29")
    assert (entry.published, told) == (None, [])
    (entry,), told = read_told(STATING["list"].replace("00002", "00002v3"), "2024-02-31")
    assert (entry.published, len(told)) == (None, 1)


def read_told(text: str, date: str) -> tuple[tuple[Entry, ...], list[Refusal]]:
    """Give the entries of a digest with a date, and what is told of dates."""
    digest = read(text.replace("DATE", date))
    return digest.entries, about_dates(digest)


@pytest.mark.parametrize("date", ["9999-12-31", "3000-01-01", "0999-12-31"])
def test_a_date_that_stands_for_unknown_is_told(date: str) -> None:
    (told,) = about_dates(read(STATING["json"].replace("DATE", date)))
    assert told.message.startswith(f"in entry 1, {date} is no paper's date")


def test_the_parts_of_a_date_are_told_as_one() -> None:
    issued = {"date-parts": [[2024, 2, 31]]}
    (told,) = about_dates(read(json.dumps([{**ITEM, "issued": issued}])))
    assert "'2024-02-31' was not read" in told.message


def test_a_feeds_own_date_that_is_none_is_told() -> None:
    feed = STATING["feed"].replace("DATE", "2024-02-29")
    digest = read(feed.replace("<entry>", "<updated>2024-02-31T00:00:00Z</updated><entry>"))
    assert [told.message for told in about_dates(digest)] == [
        "the date of the feed, '2024-02-31T00:00:00Z', was not read as one; it was not taken."
    ]


WITH_A_DOI = {
    "json": json.dumps([{**RECORD, "doi": "THIS"}]),
    "jsonl": json.dumps({**RECORD, "doi": "THIS"}) + "\n",
    "csl-json": json.dumps([{**ITEM, "DOI": "THIS"}]),
    "bibtex": "@article{a, title={Where storks rest}, doi={THIS}}\n",
    "ris": "TY  - JOUR\nTI  - Where storks rest\nDO  - THIS\nER  - \n",
    "csv": "title,arxiv,doi\nWhere storks rest,2402.00002,THIS\n",
    "pubmed": "PMID- 1\nTI  - Where storks rest.\nLID - S0092-1 [pii]\nAID - THIS [doi]\n\n",
    "web-of-science": "PT J\nAU One, A\nTI Where storks rest\nDI THIS\nPY 2024\nER\n\nEF\n",
    "endnote": "%0 Journal Article\n%A One, Ada\n%T Where storks rest\n%R THIS\n",
    "endnote-xml": (
        "<xml><records><record><titles><title>Where storks rest</title></titles>"
        "<electronic-resource-num>THIS</electronic-resource-num></record></records></xml>"
    ),
    "pubmed-xml": (
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>"
        "Where storks rest</ArticleTitle></Article></MedlineCitation><PubmedData><ArticleIdList>"
        '<ArticleId IdType="doi">THIS</ArticleId></ArticleIdList></PubmedData></PubmedArticle>'
        "</PubmedArticleSet>"
    ),
    "dblp": (
        '<dblp><article key="a"><author>Ada One</author><title>Where storks rest</title>'
        "<doi>THIS</doi></article></dblp>"
    ),
    "feed": (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">'
        "<entry><title>Where storks rest</title><id>http://arxiv.org/abs/2402.00002v1</id>"
        "<arxiv:doi>THIS</arxiv:doi></entry></feed>"
    ),
    "citation-html": (
        '<html><head><meta name="citation_title" content="Where storks rest">'
        '<meta name="citation_doi" content="THIS"></head><body></body></html>'
    ),
}


@pytest.mark.parametrize("doi", ["10.abc/xyz", "10.1000", "10.1000/a b", "\uff11\uff10.1000/a"])
@pytest.mark.parametrize("kind", WITH_A_DOI)
def test_a_doi_that_is_none_is_told_and_the_paper_stays(kind: str, doi: str) -> None:
    digest = read(WITH_A_DOI[kind].replace("THIS", doi))
    assert [(entry.title, entry.doi) for entry in digest.entries] == [("Where storks rest", None)]
    told = [refusal for refusal in digest.refusals if "is no DOI" in refusal.message]
    assert [(refusal.message, refusal.fatal) for refusal in told] == [
        (f"in entry 1, {doi!r} is no DOI; it was left out.", False)
    ]


def test_of_a_resource_that_has_no_number_nothing_is_told() -> None:
    for said in ("n/a", "arXiv:2402.00002", "https://doi.org/10.48550/arXiv.2402.00002"):
        for kind in ("endnote", "endnote-xml", "pubmed", "web-of-science"):
            assert not read(WITH_A_DOI[kind].replace("THIS", said)).refusals, (kind, said)


@pytest.mark.parametrize(
    ("written", "doi"),
    [
        ("https://doi.org/10.1000/182?utm_source=x#top", "10.1000/182"),
        ("https://doi.org/10.1000/a%23b", "10.1000/a#b"),
        ("10.1000/a?b#c", "10.1000/a?b#c"),
        (
            "10.1002/(SICI)1097-0258(19980815)17:16<1661::AID-SIM968>3.0.CO;2-2",
            "10.1002/(sici)1097-0258(19980815)17:16<1661::aid-sim968>3.0.co;2-2",
        ),
        (
            "10.1175/1520-0469(1996)053<0946:ASTFHH>2.0.CO;2",
            "10.1175/1520-0469(1996)053<0946:astfhh>2.0.co;2",
        ),
        (
            "https://doi.org/10.1175/1520(1996)053%3C0946:ASTFHH%3E2.0.CO;2",
            "10.1175/1520(1996)053<0946:astfhh>2.0.co;2",
        ),
        ("n/a", None),
        ("10.48550/arXiv.2402.00002", None),
    ],
)
def test_a_doi_is_read_as_it_is_written_and_nothing_is_told(written: str, doi: str | None) -> None:
    digest = read(WITH_A_DOI["json"].replace("THIS", written))
    assert (digest.entries[0].doi, digest.refusals) == (doi, ())
    listed = json.dumps([{**RECORD, "doi": [written.replace("<", "&lt;").replace(">", "&gt;")]}])
    assert (read(listed).entries[0].doi, read(listed).refusals) == (doi, ())
    if doi is not None:
        digest = read(WITH_A_DOI["bibtex"].replace("THIS", written))
        assert (digest.entries[0].doi, digest.refusals) == (doi, ())


@pytest.mark.parametrize(
    "written", ["2024-03-01", '"2024-03-01"', "'2024-03-01'", "2024-03-01T23:30:00-12:00"]
)
@pytest.mark.parametrize(
    "head",
    [
        "---\ntitle: Storks\ndate: THIS\n---\n",
        '+++\ntitle = "Storks"\ndate = THIS\ntags = ["a"]\n+++\n',
        "+++\ndate=THIS\n\n[params]\nmath = true\n+++\n",
    ],
)
def test_a_head_between_fences_dates_a_list(head: str, written: str) -> None:
    listed = "- [Where storks rest](https://arxiv.org/abs/2402.00002)\n"
    digest = read(head.replace("THIS", written) + listed, "list.md")
    assert (str(digest.date), [entry.title for entry in digest.entries]) == (
        "2024-03-01",
        ["Where storks rest"],
    )
    (told,) = about_dates(read(head.replace("THIS", "2024-02-31") + listed, "list.md"))
    assert told.message == "expected a date after 'date:', found '2024-02-31'."


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("Mar 2024", "2024-03"),
        ("March 1st, 2024", "2024-03-01"),
        ("2024.03.01", "2024-03-01"),
        ("2024\u5e743\u67081\u65e5", "2024-03-01"),
        ("Spring 2024", "2024"),
        ("c2024", "2024"),
        ("[2024]", "2024"),
        ("2024a", "2024"),
        ("2024/2025", "None"),
        ("1999 (reprint 2005)", "None"),
    ],
)
@pytest.mark.parametrize("kind", ["json", "csv", "bibtex"])
def test_a_date_in_words_that_is_one_is_read(kind: str, written: str, date: str) -> None:
    text = STATING[kind].replace("date={DATE}", "year={DATE}")
    digest = read(text.replace("DATE", written if kind != "csv" else f'"{written}"'))
    assert str(digest.entries[0].published) == date
    assert [told.fatal for told in about_dates(digest)] == [False] * (date == "None")


def test_a_day_that_is_a_line_above_the_papers_dates_a_list_and_below_a_title_it_does_not() -> None:
    paper = "Text.\n\n[Paper](https://arxiv.org/abs/2501.0000{})\n\n"
    papers = f"## 1. Looms\n{{}}{paper.format(1)}## 2. Wool\n{paper.format(2)}"
    (above,) = read_digest("x.md", f"# Top\n\nACME\n\nMar 08, 2026\n\n{papers.format('')}".encode())
    assert (str(above.date), above.dated_by) == ("2026-03-08", "heading")
    (below,) = read_digest(
        "x.md", f"# Top\n\n{papers.format('Mar 08, 2026' + chr(10) * 2)}".encode()
    )
    assert below.date is None
    assert [entry.title for entry in below.entries] == ["Looms", "Wool"]
    lines = "Looms\nMar 08, 2026\nhttps://arxiv.org/abs/2501.00001\n\nWool of Sheep\nMar 09, 2026\n"
    (beside,) = read_digest("x.md", f"{lines}https://arxiv.org/abs/2501.00002\n".encode())
    assert (beside.date, len(beside.entries)) == (None, 2)

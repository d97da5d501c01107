"""Addresses as people write them: without their beginning, above a title, on one machine."""

from __future__ import annotations

import pytest
from daybook.digests import read_digest
from daybook.errors import MalformedDigestError


def read(text: str) -> list[tuple[str, str | None, str | None]]:
    """Give the titles and identifiers of a file."""
    (digest,) = read_digest("x", text.encode())
    return [(entry.title, entry.arxiv, entry.doi) for entry in digest.entries]


@pytest.mark.parametrize("scheme", ["", "http:/", "https//", "htps://", "://", "www."])
def test_an_address_of_a_paper_is_one_without_its_scheme(scheme: str) -> None:
    address, other = f"{scheme}arxiv.org/abs/2401.00001", f"{scheme}doi.org/10.1000/loom.1"
    items = (("Storks at Rest", address), ("Tides of Tea", other))
    found = [("Storks at Rest", "2401.00001", None), ("Tides of Tea", None, "10.1000/loom.1")]
    assert read("# Papers\n\n" + "".join(f"- [{t}]({a})\n" for t, a in items)) == found
    page = "".join(f'<li><a href="{a}">{t}</a></li>\n' for t, a in items)
    assert read(f"<html><body><ul>\n{page}</ul></body></html>") == found


def test_a_page_of_a_site_is_no_paper_s_address_without_a_scheme() -> None:
    text = "- [Bees](https://arxiv.org/abs/2401.00001)\n- [Notes on it](notes/arxiv.org.md)\n"
    assert read(text) == [("Bees", "2401.00001", None)]


@pytest.mark.parametrize("home", ["file:///home/ada/bees.pdf", "C:\\\\ada\\\\bees.pdf"])
def test_a_title_of_a_page_that_leads_to_one_machine_is_no_longer_than_its_link(home: str) -> None:
    items = (("Bees of War", home), ("Stars", "file:///home/ada/stars.pdf"))
    page = "".join(
        f'<li><a href="{a}">{t}</a>, Ada One, ICML 2024 '
        f'<a href="https://arxiv.org/abs/2401.0000{n}">arXiv</a></li>\n'
        for n, (t, a) in enumerate(items)
    )
    assert read(f"<html><body><ul>\n{page}</ul></body></html>") == [
        ("Bees of War", "2401.00000", None),
        ("Stars", "2401.00001", None),
    ]


FIRST, SECOND = "https://arxiv.org/abs/2501.00001", "https://arxiv.org/abs/2501.00002"


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_line_below_an_address_names_no_other_paper(gap: str) -> None:
    lines = gap.join((FIRST, "What one says of it", SECOND, "What one says of that"))
    with pytest.raises(MalformedDigestError):
        read(f"## This week\n\n{lines}\n")
    more = "\n## More\n\n- [Bees](https://arxiv.org/abs/2401.00001)\n"
    (digest,) = read_digest("x", f"## This week\n\n{lines}\n{more}".encode())
    assert [entry.title for entry in digest.entries] == ["Bees"]
    step = gap.count("\n")
    assert [refusal.line for refusal in digest.refusals] == [3, 3 + 2 * step]
    assert all(refusal.hint for refusal in digest.refusals)


def test_a_line_above_an_address_names_its_paper() -> None:
    text = f"## Papers\n\nStorks at Rest\n{FIRST}\n\nTides of Tea\n{SECOND}\n"
    assert [entry[:2] for entry in read(text)] == [
        ("Storks at Rest", "2501.00001"),
        ("Tides of Tea", "2501.00002"),
    ]


def test_a_line_that_is_underlined_is_a_heading() -> None:
    text = "".join(
        f"{title}\n=======\n\n{url}\n\nWords of it.\n\n"
        for title, url in (("Storks at Rest", FIRST), ("Tides of Tea", SECOND))
    )
    assert [entry[0] for entry in read(text)] == ["Storks at Rest", "Tides of Tea"]


def test_a_section_of_a_page_is_of_the_paper_that_its_last_sentence_invites_to_read() -> None:
    page = "".join(
        f"<h3>{title}</h3><p>Ada Lovelace</p><p>They sleep. <a href='{url}'>Read the paper</a></p>"
        for title, url in (("Storks at Rest", FIRST), ("Tides of Tea", SECOND))
    )
    assert read(f"<html><body><h1>Papers</h1>{page}</body></html>") == [
        ("Storks at Rest", "2501.00001", None),
        ("Tides of Tea", "2501.00002", None),
    ]


def test_records_with_prefixes_that_nothing_declares_are_read() -> None:
    records = "".join(
        f"<oai:record><oai:metadata><oai_dc:dc><dc:title>{title}</dc:title>"
        f"<dc:identifier>{url}</dc:identifier></oai_dc:dc></oai:metadata></oai:record>\n"
        for title, url in (("Storks at Rest", FIRST), ("Tides of Tea", SECOND))
    )
    text = f'<?xml version="1.0"?>\n<OAI-PMH><ListRecords>\n{records}</ListRecords></OAI-PMH>'
    assert [entry[0] for entry in read(text)] == ["Storks at Rest", "Tides of Tea"]


def test_an_address_in_brackets_behind_a_title_is_its_link() -> None:
    text = (
        "Reading group, 12 November 2026\n\n"
        "- Looms That Learn (https://arxiv.org/abs/2511.12001)\n"
        "2. Spindles Are All You Need (https://arxiv.org/abs/2511.12002).\n"
        "- On Shuttles (https://doi.org/10.1000/shuttles)\n"
    )
    assert read(text) == [
        ("Looms That Learn", "2511.12001", None),
        ("Spindles Are All You Need", "2511.12002", None),
        ("On Shuttles", None, "10.1000/shuttles"),
    ]

"""Real files of every other format, read to their full count or refused with a clear word."""

from __future__ import annotations

from pathlib import Path

import pytest
from daybook.digests import read_digest
from daybook.errors import DigestError, Refusal

COUNTS = {
    "arxiv_atom/2025-10_query_old_layout_2.xml": [2],
    "arxiv_atom/2026-06_query_transformer_5.xml": [5],
    "arxiv_rss/2025-08-20_cs.AI_atom_flavour.xml": [7],
    "arxiv_rss/2026-04-27_cs.CL_rss20.xml": [3],
    "arxiv_mail/arxiv-browse__q-fin_listings_new.txt": [16],
    "arxiv_mail/arxiv-browse__q-fin_listings_new.EC.txt": [4],
    "arxiv_mail/arxiv-browse__astro-ph_listings_pastweek.EP.txt": [10, 13, 6, 8, 12],
    "bib_ris/rispy_example_full.ris": [2],
    "bib_ris/zoia_doi_response.bib": [1],
    "newsletters/dair_AI-Papers-of-the-Week_2023.md": [10] * 52,
    "newsletters/hiwei93_2023-09-26_hf_daily_zh.md": [6],
    "newsletters/l-yohai_2023-11-21_hf_daily_ko.md": [16],
    "newsletters/zezhishao_DailyArXiv_README_2026-08-20.md": [251],
}
DOUBTS = {
    "newsletters/zezhishao_DailyArXiv_README_2026-08-20.md": (
        Refusal(
            "newsletters/zezhishao_DailyArXiv_README_2026-08-20.md",
            None,
            "the file says 2026-08-21, the file name says 2026-08-20; 2026-08-21 was taken.",
            "Put the right one into a sidecar file.",
            fatal=False,
        ),
    ),
}
"""What is told of a file that is read to its full count."""
REFUSED = {
    "arxiv_atom/2025-10_query_empty.xml": "without items",
    "arxiv_atom/arxivpy_id_error.json": "arXiv answered with an error",
    "arxiv_rss/2026-08-01_cs.CL_rss20_weekend_empty.xml": "without items",
    "feeds_other/abid1214_scirate-digest_feed.xml": "podcast",
    "hf_json/derived_AtharvaDomale_2025-12-09.json": "without what makes them papers",
}


@pytest.mark.parametrize("name", COUNTS)
def test_a_real_file_is_read_to_its_full_count(shared: Path, name: str) -> None:
    digests = read_digest(name, (shared / "specimens" / name).read_bytes())
    assert [len(digest.entries) for digest in digests] == COUNTS[name]
    assert [digest.refusals for digest in digests] == [DOUBTS.get(name, ())] * len(digests)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_list_of_papers_is_refused_with_a_clear_word(shared: Path, name: str) -> None:
    with pytest.raises(DigestError, match=REFUSED[name]):
        read_digest(name, (shared / "specimens" / name).read_bytes())


def test_a_mailing_s_accents_crosses_and_replacements_are_told(shared: Path) -> None:
    name = "arxiv_mail/arxiv-browse__q-fin_listings_new.txt"
    (digest,) = read_digest(name, (shared / "specimens" / name).read_bytes())
    assert sum(entry.group == "Replacements" for entry in digest.entries) == 3
    texts = [
        *(e.title for e in digest.entries),
        *(n for e in digest.entries for n in e.authors or ()),
    ]
    assert not any("\\" in text for text in texts)

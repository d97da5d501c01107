"""Topics that are proved are not assigned again, and whatever is not proved is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from daybook.archive import Taxonomy, convert, load_taxonomy
from daybook.archive.topic_proof import FILE_NAME, TopicProof
from daybook.digests import Reading
from daybook.records import LEDGER, Digest, Entry, PartialDate

from .conftest import Keep, tree

PRIVACY = Entry(1, "Differential privacy for hospitals", abstract="We study differential privacy.")
DIGEST = Digest("one.txt", "hf-text", (PRIVACY,), date=PartialDate(2025, 3, 11), dated_by="file")


@pytest.fixture
def page(keep: Keep, papers: Path) -> Path:
    """Give the page of a converted paper."""
    keep(DIGEST)
    (page,) = papers.rglob("*.md")
    assert "\nTags: robustness-privacy" in page.read_text("utf-8")
    return page


def forge(page: Path, taxonomy: Taxonomy) -> None:
    """Give a page another topic, and prove that."""
    text = page.read_text("utf-8").replace("Tags: robustness-privacy", "Tags: fairness")
    page.write_text(text, encoding="utf-8")
    proof = TopicProof(taxonomy.fingerprint)
    proof.note(0, (PRIVACY.title, PRIVACY.abstract, ()))
    file = page.parents[2] / FILE_NAME
    file.write_text(proof.write({0: ("fairness",)}), encoding="utf-8")


def test_what_is_proved_is_not_assigned_again(page: Path, keep: Keep, taxonomy: Taxonomy) -> None:
    forge(page, taxonomy)
    assert keep(DIGEST).archive.papers[0].topics == ("fairness",)


def test_a_topic_edited_by_hand_is_noticed(page: Path, keep: Keep, papers: Path) -> None:
    """The ledger remembers that such a page may have been seen: its address answers."""
    before = tree(papers)
    page.write_text(
        page.read_text("utf-8").replace("Tags: robustness-privacy", "Tags: fairness"), "utf-8"
    )
    keep(DIGEST)
    after = tree(papers)
    assert after.pop(LEDGER).removeprefix(before.pop(LEDGER)) == (
        b'{"gone": "topics/fairness", "to": null}\n'
    )
    assert b'"field": "topics", "value": "fairness"' in after.pop("provenance.jsonl")
    assert after == before


@pytest.mark.parametrize("change", ["title", "taxonomy", "damage"])
def test_nothing_is_proved_by_other_words_or_another_taxonomy(
    page: Path, taxonomy: Taxonomy, project: Path, tmp_path: Path, change: str
) -> None:
    forge(page, taxonomy)
    digest, papers, file = DIGEST, page.parents[2], tmp_path / "topics.toml"
    shutil.copy(project / "content" / "topics.toml", file)
    if change == "title":
        entry = Entry(1, "Differential privacy for clinics", abstract=PRIVACY.abstract)
        digest = Digest("one.txt", "hf-text", (entry,), date=DIGEST.date, dated_by="file")
    elif change == "taxonomy":
        file.write_text(file.read_text("utf-8") + "# another one\n", encoding="utf-8")
    else:
        proof = papers / FILE_NAME
        proof.write_bytes(proof.read_bytes().replace(b"\n0 ", b"\n0 \xff"))
    done = convert(Reading((digest,), (), 1), papers, None, load_taxonomy(file))
    assert done.archive.papers[0].topics[:1] == ("robustness-privacy",)


def test_it_is_the_same_whether_pages_are_there_or_written(page: Path, keep: Keep) -> None:
    file = page.parents[2] / FILE_NAME
    before = file.read_bytes()
    file.unlink()
    keep(DIGEST)
    assert file.read_bytes() == before


@pytest.mark.parametrize("text", ["a \ue000 b", "\U0001fae9", "\ud800"])
def test_characters_that_unicode_may_yet_change_prove_nothing(text: str) -> None:
    proof = TopicProof("taxonomy")
    proof.note(0, ("Title", text, ()))
    assert not proof.write({0: ()})
    proof.note(1, ("Façade", "naïve – ∑ α 学习", ("cs.LG",)))
    written = proof.write({0: (), 1: ("a",)})
    again = TopicProof("taxonomy", written)
    again.note(1, ("Façade", "naïve – ∑ α 学习", ("cs.LG",)))
    assert again.holding({1: ("a",)}) == {1}
    assert not again.holding({1: ("a", "b")})
    assert not again.holding({})
